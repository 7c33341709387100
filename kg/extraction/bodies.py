"""A Doc with things in, drafts on where organizations have their seat out: "the institute in Lisbon", "Norway's X"."""

from collections.abc import Callable, Iterator

from spacy.tokens import Doc, Token

from kg.extraction import clauses
from kg.extraction.drafts import Draft, thing_of
from kg.extraction.layers import Thing

IsA = Callable[[str, str], bool]

SEAT = 0.85
"""Prior of "X in Lisbon" and of "the Norwegian company X"."""

_NATIONAL = ("Company", "NewsAgency", "University", "SportsTeam")
"""What is at home where the adjective of nation before it says; a body of state is part of the state."""


def drafts(doc: Doc, is_a: IsA) -> Iterator[Draft]:
    """Seats of organizations with a name."""
    for ent in doc.ents:
        body = thing_of(doc, ent.root)
        if body is None or not body.named or not is_a(body.kind, "Organization"):
            continue
        places = [p for marker, p in clauses.obliques(ent.root) if marker == "in"]
        if any(is_a(body.kind, kind) for kind in _NATIONAL):
            places += _nations(ent.root)
        for place in (t for token in places if (t := _place(doc, token, is_a)) is not None):
            yield Draft(body.index, "basedIn", place.index, ent.root.i, SEAT, "bodies/seat")


def _nations(name: Token) -> list[Token]:
    """The adjectives of nation before the noun that classes a name: "the Norwegian company X"."""
    noun = name.head if name.dep_ == "appos" and name.head.i < name.i else None
    classes = [noun] if noun is not None else [c for c in name.lefts if c.dep_ in ("compound", "nmod:desc")]
    return [c for n in classes if n.pos_ == "NOUN" for c in n.lefts if c.dep_ == "amod" and c.ent_type_]


def _place(doc: Doc, token: Token, is_a: IsA) -> Thing | None:
    thing = thing_of(doc, token)
    return thing if thing is not None and thing.named and is_a(thing.kind, "Place") else None
