"""A Doc in, drafts on offices out: who holds which position, at what; and the official status of organizations."""

from collections.abc import Callable, Iterator

from spacy.tokens import Doc, Token

from kg.claims import Text
from kg.extraction import bearers
from kg.extraction.clauses import preposition
from kg.extraction.drafts import Draft, thing_of
from kg.extraction.frames import _FORMER, TITLE, Frames, certainty, former_of
from kg.extraction.layers import Reference, Thing

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
    made: dict[str, Thing] = {}
    for noun in doc:
        if noun.pos_ not in ("NOUN", "PROPN"):
            continue
        entry = frames.entry_of(noun)
        if entry is None:
            continue
        if entry.office:
            yield from _positions(doc, noun, frames, made, is_a)
        if entry.kind and is_a(entry.kind, "Organization"):
            yield from _status(doc, noun, frames)


def _positions(
    doc: Doc, noun: Token, frames: Frames, made: dict[str, Thing], is_a: Callable[[str, str], bool]
) -> Iterator[Draft]:
    for bearer in bearers.bearers(noun, frames.lexicon.identity):
        person = thing_of(doc, bearer.token)
        if bearer.how == "itself" or person is None or not person.named or person.kind != "Person":
            continue
        owners = _owners(doc, noun, bearer.token, person, is_a)
        title = title_of(noun, {o.i for o in owners})
        owner = thing_of(doc, owners[0]) if owners else None
        name = f"{title} of {owner.name}" if owner else title
        position = made.get(name) or _position(doc, name, title, noun, named=owner is not None)
        made[name] = position
        former = former_of(noun) is not None and doc._.published
        time = f"/{doc._.published[:10]}" if former else None
        yield Draft(
            person.index,
            "holdsPosition",
            position.index,
            bearer.head.i,
            TITLE * certainty(bearer.token),
            "offices/holder",
            time,
        )
        if owner:
            yield Draft(
                position.index, "positionAt", owner.index, bearer.head.i, TITLE * certainty(owners[0]), "offices/at"
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


def _position(doc: Doc, name: str, title: str, noun: Token, named: bool) -> Thing:
    thing = Thing(len(doc._.things), "Position", name, named, [Reference(noun.i, noun.i + 1, noun.i, "nominal")])
    if title != name:
        thing.aliases.append(title)
    doc._.things.append(thing)
    return thing


def title_of(noun: Token, owners: set[int]) -> str:
    """The words of the title: the noun with what narrows it ("deputy governor for security"), without whose it is."""
    words = [noun]
    own = noun.lemma_ if noun.morph.get("Number", []) == ["Plur"] else noun.text
    for child in noun.lefts:
        if (
            child.i in owners
            or child.lower_ in _FORMER
            or child.dep_ not in ("compound", "amod", "punct", "nmod:unmarked")
        ):
            continue
        known = thing_of(noun.doc, child)
        if not (known is not None and known.named) and not child.is_punct:
            words.extend(t for t in child.subtree if not t.is_space)
    for child in noun.rights:
        marker = preposition(child)
        if (
            child.dep_ == "nmod"
            and marker in ("for", "of")
            and child.i not in owners
            and child.i not in noun.doc._.thing_at
        ):
            words.extend(t for t in child.subtree if t.i > noun.i and t.dep_ not in ("acl:relcl", "appos"))
    ordered = sorted(set(words), key=lambda t: t.i)
    text = " ".join(own if t.i == noun.i else t.text for t in ordered).replace(" - ", "-").strip(".")
    return text if noun.pos_ == "NOUN" and noun.lemma_.isupper() else text.lower() if not text.isupper() else text


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
