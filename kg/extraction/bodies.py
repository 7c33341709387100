"""A Doc with things in, drafts on where organizations have their seat out: "the institute in Lisbon", "Norway's X"."""

from collections.abc import Callable, Iterator, Mapping

from spacy.tokens import Doc, Token

from kg.extraction import clauses
from kg.extraction.drafts import Draft, thing_of
from kg.extraction.layers import Thing

IsA = Callable[[str, str], bool]

SEAT = 0.85
"""Prior of "X in Lisbon" and of "the Norwegian company X"."""

_NATIONAL = ("Company", "NewsAgency", "University", "SportsTeam")
"""What is at home where the adjective of nation before it says; a body of state is part of the state."""

_STAYING = frozenset(
    """
    study train educate school teach work lecture graduate own lead run head chair manage direct attend enrol enroll
    """.split()
)
"""Verbs after whose organization a place is its seat and not where something happened once: "studied at X in Y"."""


def drafts(doc: Doc, nouns: Mapping[str, str], is_a: IsA) -> Iterator[Draft]:
    """Seats of organizations, of those with a name by what they are called, too.

    ``nouns`` tells the kinds of the nouns that class a name: a "bank", a "newspaper".
    """
    for token in (t for t in doc if t.i in doc._.thing_at):
        body = thing_of(doc, token)
        if body is None or not is_a(body.kind, "Organization"):
            continue
        places = [p for p in _seats(token) if not _is_scene(p)]
        places += _homes(token, body, nouns, is_a) if body.named else _towns(doc, token, body, is_a)
        for place in (t for p in places if (t := _place(doc, p, is_a)) is not None):
            yield Draft(body.index, "basedIn", place.index, token.i, SEAT, "bodies/seat")


def _seats(body: Token) -> list[Token]:
    """Places right after the body: on its own phrase, or on a verb that tells of no one event."""
    own = [p for marker, p in clauses.obliques(body) if marker == "in"]
    if any(c.dep_ == "nmod:poss" and c.ent_type_ in ("Country", "Nationality") for c in body.lefts):
        return []
    verb = body.head
    if verb.lemma_ in _STAYING and body.dep_ in ("obj", "obl"):
        end = max((t.i for t in body.subtree if t.ent_type_ == body.ent_type_ or t.i == body.i), default=body.i)
        own += [p for m, p in clauses.obliques(verb) if m == "in" and p.left_edge.i == end + 1]
    return own


def _is_scene(place: Token) -> bool:
    """ "Signed a deal with X in Lisbon on Tuesday" tells where that happened."""
    doc, after = place.doc, place.right_edge.i + 1
    return after < len(doc) and any(after <= time.start <= after + 1 for time in doc._.times or ())


def _homes(name: Token, body: Thing, nouns: Mapping[str, str], is_a: IsA) -> list[Token]:
    """What stands before the noun that classes a name: "the Norwegian company X", "X, Peru's oldest bank", "the Leeds
    band X"."""
    noun = name.head if name.dep_ == "appos" and name.head.i < name.i else None
    classes = [noun] if noun is not None else [c for c in name.lefts if c.dep_ in ("compound", "nmod:desc")]
    classes += [c for c in name.rights if c.dep_ == "appos"]
    found = list[Token]()
    for each in (c for c in classes if c.pos_ == "NOUN"):
        kind = nouns.get(each.lemma_.lower(), "")
        national = any(is_a(k, n) for k in (body.kind, kind) if k for n in _NATIONAL)
        found += [c for c in each.lefts if national and c.dep_ in ("amod", "nmod:poss") and c.ent_type_]
        classed = bool(kind) and is_a(kind, "Organization")
        found += [c for c in each.lefts if classed and c.dep_ == "compound" and c.ent_type_ in ("City", "Region")]
    return found


def _towns(doc: Doc, noun: Token, body: Thing, is_a: IsA) -> list[Token]:
    """The town whose a body is: "its university", "the town's oldest bank"."""
    if not any(is_a(body.kind, kind) for kind in _NATIONAL):
        return []
    owners = [c for c in noun.lefts if c.dep_ == "nmod:poss"]
    return [c for c in owners if (t := thing_of(doc, c)) is not None and t.kind == "City"]


def _place(doc: Doc, token: Token, is_a: IsA) -> Thing | None:
    thing = thing_of(doc, token)
    return thing if thing is not None and thing.named and is_a(thing.kind, "Place") else None
