"""A Doc in, drafts on offices out: who holds which position, at what; and the official status of organizations."""

from collections.abc import Callable, Iterator

from spacy.tokens import Doc, Token

from kg.claims import Text
from kg.extraction import bearers, clauses
from kg.extraction.clauses import preposition
from kg.extraction.drafts import Draft, thing_of
from kg.extraction.frames import TITLE, Frames, certainty
from kg.extraction.layers import Thing
from kg.extraction.positions import position, title_of

STATUS = frozenset(
    [
        "state-run",
        "state-owned",
        "state-controlled",
        "state-backed",
        "state-funded",
        "semi-official",
        "official",
        "government-run",
        "government-owned",
        "government-controlled",
        "privately-owned",
        "privately-run",
        "independent",
        "non-profit",
        "nonprofit",
        "state",
    ]
)
"""Adjectives that say what an organization is to the state."""


_SEATS = frozenset("mp senator representative lawmaker congressman congresswoman governor mayor deputy peer".split())
"""Offices that members of a party hold, but not at the party: "a Labour MP"."""


def drafts(doc: Doc, frames: Frames, is_a: Callable[[str, str], bool]) -> Iterator[Draft]:
    """Positions of named people, and the status of organizations."""
    for noun in doc:
        if noun.pos_ not in ("NOUN", "PROPN"):
            continue
        entry = frames.entry_of(noun)
        if entry is not None and entry.office:
            yield from _positions(doc, noun, frames, is_a)
        kind = entry.kind if entry is not None else noun.ent_type_
        if kind and is_a(kind, "Organization"):
            yield from _status(doc, noun, frames)


def _positions(doc: Doc, noun: Token, frames: Frames, is_a: Callable[[str, str], bool]) -> Iterator[Draft]:
    for bearer in bearers.bearers(noun, frames.lexicon.identity):
        person = thing_of(doc, bearer.token)
        if bearer.how == "itself" or person is None or not person.named or person.kind != "Person":
            continue
        owners = _owners(doc, noun, bearer, person, is_a)
        owner = thing_of(doc, owners[0]) if owners else None
        held = position(doc, title_of(noun, {o.i for o in owners}), noun, owner)
        time = frames.time_held(noun, bearer)
        yield Draft(
            person.index,
            "holdsPosition",
            held.index,
            bearer.head.i,
            TITLE * certainty(bearer.token),
            "offices/holder",
            time,
            ends=bearer.how == "former",
        )
        if owner:
            yield Draft(
                held.index, "positionAt", owner.index, bearer.head.i, TITLE * certainty(owners[0]), "offices/at"
            )


def _owners(
    doc: Doc, noun: Token, bearer: bearers.Bearer, person: Thing, is_a: Callable[[str, str], bool]
) -> list[Token]:
    found = list[Token]()
    for token in bearers.owners(noun, bearer.token):
        thing = thing_of(doc, token)
        if (
            thing is not None
            and thing is not person
            and (is_a(thing.kind, "Place") or is_a(thing.kind, "Organization"))
            and not (thing.kind == "Party" and noun.lemma_.lower() in _SEATS)
        ):
            found.append(token)
    return found or _employers(doc, noun, bearer, is_a)


def _employers(doc: Doc, noun: Token, bearer: bearers.Bearer, is_a: Callable[[str, str], bool]) -> list[Token]:
    """The body that names somebody to an office that is not said to be of another, or that they join in it."""
    if (
        bearer.how != "identity"
        or bearer.head.pos_ != "VERB"
        or any(preposition(c) == "of" and thing_of(doc, c) for c in noun.children)
    ):
        return []
    clause = clauses.clause(bearer.head)
    sides = clause.objects if bearer.head.lemma_ == "join" else clause.subjects
    bodies = [t for t in sides if (thing := thing_of(doc, t)) is not None and is_a(thing.kind, "Organization")]
    return bodies[:1]


def _status(doc: Doc, noun: Token, frames: Frames) -> Iterator[Draft]:
    status = _status_before(noun)
    if status is None:
        return
    for bearer in bearers.bearers(noun, frames.lexicon.identity):
        thing = thing_of(doc, bearer.token)
        if thing is not None and thing.named and frames.accepts("officialStatus", thing.kind, "text"):
            yield Draft(thing.index, "officialStatus", Text(status), noun.i, TITLE, "offices/status")


def _status_before(noun: Token) -> str | None:
    """The status among the words before the noun ("the state-run X news agency"), wherever the tree hangs it."""
    before = [t for t in noun.doc[noun.left_edge.i : noun.i] if t.dep_ != "det"]
    text = " ".join(t.lower_ if t.is_sent_start or t.text.islower() or t.text == "-" else "_" for t in before)
    return next((w for w in text.replace(" - ", "-").split() if w in STATUS), None)
