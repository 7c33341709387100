"""A Doc with things in, drafts on where places are out: "Kerman in southern Iran", "Denver, Colorado"; nested ones."""

from collections.abc import Callable, Iterator

from spacy.tokens import Doc, Token

from kg.extraction import clauses
from kg.extraction.drafts import Draft, thing_of
from kg.extraction.layers import Thing

IsA = Callable[[str, str], bool]

INSIDE = frozenset({"in", "inside", "within"})
PHRASE, COMMA, BEFORE = 0.88, 0.85, 0.85
"""Priors of "X in Y", of "X, Y" and of "the Norlandic city of X"."""

_SIZE = {"Site": 0, "City": 1, "Region": 2, "Country": 3}
"""What lies in what: a place is located only in a larger sort of place, or in one of its own sort if regions nest."""


def drafts(doc: Doc, is_a: IsA) -> Iterator[Draft]:
    """Where the document's places are."""
    yield from _beside(doc, is_a)
    yield from _on_islands(doc, is_a)
    for token in doc:
        place = _place(doc, token, is_a)
        if place is None:
            continue
        for marker, phrase in clauses.obliques(token):
            if marker in INSIDE:
                yield from _located(doc, place, phrase, PHRASE, "places/in", is_a)
        for child in token.lefts:
            if _names_land(doc, place, child, is_a):
                yield from _located(doc, place, child, BEFORE, "places/before", is_a)
        for child in () if _listed(token) else token.rights:
            beside = child.dep_ in ("appos", "nmod:unmarked", "nmod", "list", "dep", "flat")
            if beside and not clauses.preposition(child) and _after_comma(token, child):
                yield from _located(doc, place, child, COMMA, "places/comma", is_a)


def _located(doc: Doc, place: Thing, token: Token, prior: float, rule: str, is_a: IsA) -> Iterator[Draft]:
    for part in clauses.conjuncts(token) if rule == "places/in" else [token]:
        larger = _place(doc, part, is_a)
        if larger is not None and larger is not place and larger.named and _fits(place, larger, is_a):
            yield Draft(place.index, "locatedIn", larger.index, token.i, prior, rule)


def _fits(place: Thing, larger: Thing, is_a: IsA) -> bool:
    small, large = (_rank(t.kind, is_a) for t in (place, larger))
    return small < large or (small == large == 2)


def _rank(kind: str, is_a: IsA) -> int:
    return next((rank for name, rank in _SIZE.items() if is_a(kind, name)), 1)


def _after_comma(token: Token, child: Token) -> bool:
    """Whether only a comma stands between the two names."""
    between = token.doc[token.i + 1 : child.i]
    return (
        1 <= len(between) <= 4
        and "," in [t.text for t in between]
        and all(t.text == "," or t.head in (token, child) for t in between)
    )


def _names_land(doc: Doc, place: Thing, word: Token, is_a: IsA) -> bool:
    """Whether an adjective or a possessive before a town or region says in which land it lies.

    Of a site it need not: an embassy or a base stands in another land than the one that it is of.
    """
    if word.dep_ not in ("amod", "compound", "nmod:poss") or not any(is_a(place.kind, k) for k in ("City", "Region")):
        return False
    land = thing_of(doc, word)
    if land is None or land.kind not in ("Country", "Region"):
        return False
    return land.name not in place.name.split()  # "the Baltic region" is the Baltic


BANKS = frozenset(
    {"bank", "shore", "shoreline", "riverbank", "lakeshore", "foreshore", "waterfront", "mouth", "confluence"}
)
"""Nouns for where water begins: what lies there lies on the water."""


def _beside(doc: Doc, is_a: IsA) -> Iterator[Draft]:
    """Which waters a place lies on: "Ilva, on the banks of the Neris", "a mill on the Black River"."""
    for token in doc:
        water = _place(doc, token, is_a)
        if water is None or water.kind != "GeographicFeature" or not water.named:
            continue
        phrase = token.head if token.dep_ == "nmod" and token.head.lemma_ in BANKS else token
        if clauses.preposition(phrase) not in ("on", "along", "beside", "overlooking"):
            continue
        before = phrase.left_edge.i - 1
        before -= before > 0 and doc[before].text == ","
        place = _holder(doc, phrase, is_a) or _ending_at(doc, before + 1, is_a)
        if place is not None and place is not water:
            yield Draft(place.index, "adjacentTo", water.index, token.i, PHRASE, "places/beside")


def _on_islands(doc: Doc, is_a: IsA) -> Iterator[Draft]:
    """ "Sarda on the island of Oro"."""
    for noun in doc:
        if noun.lemma_.lower() not in ("island", "peninsula", "archipelago") or clauses.preposition(noun) != "on":
            continue
        land = next((t for m, p in clauses.obliques(noun) if m == "of" and (t := _place(doc, p, is_a))), None)
        place = _holder(doc, noun, is_a) or _ending_at(doc, noun.left_edge.i, is_a)
        if land is not None and place is not None and place is not land and place.named:
            yield Draft(place.index, "locatedIn", land.index, noun.i, PHRASE, "places/island")


def _holder(doc: Doc, phrase: Token, is_a: IsA) -> Thing | None:
    """The place that a phrase is said of, by its own noun or by the name that this is in apposition to."""
    noun = phrase.head
    if phrase.dep_ != "nmod":
        return None
    return _place(doc, noun, is_a) or (_place(doc, noun.head, is_a) if noun.dep_ == "appos" else None)


def _ending_at(doc: Doc, end: int, is_a: IsA) -> Thing | None:
    """The place whose mention ends before a token: of several the one with a name."""
    found = [t for t in doc._.things if is_a(t.kind, "Place") and any(r.end == end for r in t.references)]
    return min(found, key=lambda t: not t.named, default=None)


LONGEST = 3
"""How many names "City, Region, Country" has; more in a row are a list, in which none lies in the next."""


def _listed(token: Token) -> bool:
    """Whether the name stands in a row of more names than an address has, commas between them."""
    commas = sum(t.text == "," for step in (-1, 1) for t in _row(token, step))
    return commas >= LONGEST


def _row(token: Token, step: int) -> Iterator[Token]:
    """The names, commas and "and" on one side of a token, up to the first other word."""
    i = token.i + step
    while token.sent.start <= i < token.sent.end:
        other = token.doc[i]
        if other.pos_ != "PROPN" and other.text not in (",", "and", "or"):
            return
        yield other
        i += step


def _place(doc: Doc, token: Token, is_a: IsA) -> Thing | None:
    thing = thing_of(doc, token)
    return thing if thing is not None and is_a(thing.kind, "Place") else None


_PARTS = frozenset("centre center heart middle north south east west part parts side town city area".split())
"""Nouns for a part of a place, which is in it: "the centre of Tartu"."""


def named_places(doc: Doc, token: Token, is_a: IsA, *, outside: bool = False) -> Iterator[tuple[Thing, Token]]:
    """The place that the phrase names; for a mere description ("a hotel in Denver") the named one it is in, if any.

    What is outside a place with a name is near it and not there, unless ``outside`` counts as well.
    """
    place = _place(doc, token, is_a)
    thing = thing_of(doc, token)
    if place is None and token.pos_ == "NOUN" and (thing is None or thing.kind == "Entity"):  # "on a tram in Oslo"
        markers = {*INSIDE, "of"} if token.lemma_.lower() in _PARTS else INSIDE
        yield from (n for m, p in clauses.obliques(token) if m in markers for n in named_places(doc, p, is_a))
    if place is None or (place.named and not outside and clauses.preposition(token) == "outside"):
        return
    if not place.named:
        inner = [t for marker, p in clauses.obliques(token) if marker in (*INSIDE, "of") for t in clauses.conjuncts(p)]
        found = [n for t in inner for n in named_places(doc, t, is_a)]
        if any(thing.named for thing, _ in found):
            yield from found
            return
    yield place, token


_EDGES = frozenset({"outskirts", "outskirt", "suburb", "edge", "vicinity", "fringe", "coast"})
"""Nouns for what is close to a place: "on the outskirts of Gao"."""


def nearby(doc: Doc, head: Token, is_a: IsA) -> Iterator[tuple[Thing, Token]]:
    """The named places that phrases of a verb or noun say something was close to, but not in."""
    for child in head.children:
        for token in _close(child):
            for part in clauses.conjuncts(token):
                place = _place(doc, part, is_a)
                if place is not None and not place.named:
                    inner = [p for marker, p in clauses.obliques(part) if marker == "of"]
                    place = next((t for p in inner if (t := _place(doc, p, is_a))), None)
                if place is not None and place.named:
                    yield place, part


def _close(child: Token) -> Iterator[Token]:
    """ "Near X", "outside X", "close to X", "on the outskirts of X": X, for a phrase of its head."""
    marker, phrase = clauses.preposition(child), child.dep_ in ("obl", "nmod")
    close = marker == "to" and any(c.lower_ in ("close", "next") for c in child.children)
    if phrase and (close or marker in ("near", "outside", "close to", "next to", "near to")):
        yield child
    elif phrase and child.lemma_.lower() in _EDGES and marker in ("on", "in", "at", "off"):
        own = child.lemma_.lower() == "suburb" and any(c.lower_ == "the" for c in child.children)
        yield from (p for m, p in clauses.obliques(child) if m == "of" and not own)  # "the suburb of X" is X itself
    elif child.lower_ in ("close", "near", "outside", "next") and child.dep_ in (
        "advmod",
        "xcomp",
        "advcl",
        "amod",
        "acl",
    ):
        yield from (p for m, p in clauses.obliques(child) if m in ("to", "near", ""))


def useful(doc: Doc, drafts: list[Draft]) -> list[Draft]:
    """Leaves out where a place is that has no name and of which nothing else is told ("cities within Russia")."""
    told = {i for d in drafts if d.predicate not in _WHERE for i in (d.subject, d.object) if isinstance(i, int)}
    return [d for d in drafts if d.predicate not in _WHERE or doc._.things[d.subject].named or d.subject in told]


_WHERE = frozenset({"locatedIn", "basedIn", "adjacentTo"})
