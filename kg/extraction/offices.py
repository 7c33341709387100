"""A Doc in, drafts on offices out: who holds which position, at what; and the official status of organizations."""

from collections.abc import Callable, Iterator

from spacy.tokens import Doc, Token

from kg.claims import Text
from kg.extraction import bearers
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


def drafts(doc: Doc, frames: Frames, is_a: Callable[[str, str], bool]) -> Iterator[Draft]:
    """Positions of named people, and the status of organizations."""
    for noun in doc:
        if noun.pos_ not in ("NOUN", "PROPN"):
            continue
        entry = frames.entry_of(noun)
        if entry is None:
            continue
        if entry.office:
            yield from _positions(doc, noun, frames, is_a)
        if entry.kind and is_a(entry.kind, "Organization"):
            yield from _status(doc, noun, frames)


def _positions(doc: Doc, noun: Token, frames: Frames, is_a: Callable[[str, str], bool]) -> Iterator[Draft]:
    for bearer in bearers.bearers(noun, frames.lexicon.identity):
        person = thing_of(doc, bearer.token)
        if bearer.how == "itself" or person is None or not person.named or person.kind != "Person":
            continue
        owners = _owners(doc, noun, bearer.token, person, is_a)
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
        )
        if owner:
            yield Draft(
                held.index, "positionAt", owner.index, bearer.head.i, TITLE * certainty(owners[0]), "offices/at"
            )


def _owners(doc: Doc, noun: Token, bearer: Token, person: Thing, is_a: Callable[[str, str], bool]) -> list[Token]:
    found = list[Token]()
    for token in bearers.owners(noun, bearer):
        thing = thing_of(doc, token)
        if (
            thing is not None
            and thing is not person
            and (is_a(thing.kind, "Place") or is_a(thing.kind, "Organization"))
        ):
            found.append(token)
    return found


def _status(doc: Doc, noun: Token, frames: Frames) -> Iterator[Draft]:
    before = [c for c in noun.lefts if c.dep_ in ("amod", "compound")]
    before += [g for c in before for g in c.lefts]  # "the state-run X news agency", wherever the tree hangs it
    found = [s for c in before if c.text.islower() and (s := _joined(c)) in STATUS]
    if not found:
        return
    for bearer in bearers.bearers(noun, frames.lexicon.identity):
        thing = thing_of(doc, bearer.token)
        if thing is not None and thing.named and frames.accepts("officialStatus", thing.kind, "text"):
            yield Draft(thing.index, "officialStatus", Text(found[0]), noun.i, TITLE, "offices/status")


def _joined(token: Token) -> str:
    """ "state - run" as one word."""
    return "".join(t.text for t in token.subtree if not t.is_space).lower()
