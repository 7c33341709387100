"""Two names of places in, their likeness out."""

from functools import lru_cache

import msgspec

from kg.resolution.bands import Likeness, different, hard, same
from kg.resolution.reference import City, cities, countries, shared_places, spellings, words
from kg.resolution.spelling import one_sound, plain


class PlaceName(msgspec.Struct, frozen=True):
    """A name taken apart: its words, the kind of place that it tells of itself, and the wider place behind a comma."""

    whole: str
    words: tuple[str, ...]
    types: frozenset[str]
    within: str


@lru_cache(maxsize=50_000)
def parse(name: str) -> PlaceName:
    """Take a name apart.

    >>> parse("Springfield, Illinois")
    PlaceName(whole='springfield illinois', words=('springfield',), types=frozenset(), within='illinois')
    """
    head, _, within = name.partition(",")
    found = [spellings("places").get(word, word) for word in plain(head).split()]
    without = [word for word in found if word not in {*words("places", "articles"), "of"}] or found
    kept = [word for word in without if word not in words("places", "types")] or without
    types = frozenset(without) & words("places", "types") if kept != without else frozenset[str]()
    return PlaceName(_whole(name), tuple(kept), types, plain(within))


def likeness(left: str, right: str, kind: str) -> Likeness:
    """Whether two names may be of one place, by the names alone. ``kind`` is a class of the ontology."""
    one, two = parse(left), parse(right)
    known = _as_countries(one, two, kind)
    if known:
        return known
    if one.whole == two.whole:
        return _equal(one, kind)
    if one.words == two.words:
        return _same_head(one, two)
    parting = words("places", "parting") & {*one.words} ^ words("places", "parting") & {*two.words}
    if parting:
        return different(f"another place by {' '.join(sorted(parting))}")
    if one.types and two.types and one.types != two.types:
        return different("two kinds of place")
    return _in_gazetteer(one, two) or _by_words(one, two)


def largest(name: str) -> City | None:
    """The largest city that bears a name; None if no city of the table does."""
    found = cities().get(plain(name), ())
    return found[0] if found else None


def _whole(name: str) -> str:
    found = [spellings("places").get(word, word) for word in plain(name).split()]
    return " ".join(found[1:] if len(found) > 1 and found[0] == "the" else found)


def _as_countries(one: PlaceName, two: PlaceName, kind: str) -> Likeness | None:
    first, second = countries().get(one.whole), countries().get(two.whole)
    if not first or not second:
        return None
    if first != second:
        return different(f"two countries: {first}, {second}")
    if kind != "Country" and _is_shared(one):
        return hard(0.5, "a country, or another place of its name")
    return same(1.0, f"names of one country: {first}")


def _equal(one: PlaceName, kind: str) -> Likeness:
    if _is_shared(one) and kind != "Country" and not one.within:
        return hard(0.6, "the same name, which several places bear")
    return same(1.0, "the same name")


def _is_shared(one: PlaceName) -> bool:
    return " ".join(one.words) in shared_places()


def _same_head(one: PlaceName, two: PlaceName) -> Likeness:
    if one.within and two.within and one.within != two.within:
        return different(f"within two places: {one.within}, {two.within}")
    if one.types and two.types and one.types != two.types:
        return different("two kinds of place")
    if one.types != two.types:
        return hard(0.5, f"only one is called {' '.join(sorted(one.types | two.types))}")
    if one.within != two.within:
        return hard(0.6, f"only one is said to be in {one.within or two.within}")
    if _is_shared(one):
        return hard(0.6, "the same name, which several places bear")
    return same(0.95, "the same name but for the article")


def _in_gazetteer(one: PlaceName, two: PlaceName) -> Likeness | None:
    if {one.whole, two.whole} & countries().keys():
        return None
    known = cities()
    left = known.get(one.whole) or known.get(" ".join(one.words), ())
    right = known.get(two.whole) or known.get(" ".join(two.words), ())
    if not left or not right:
        return None
    no_cities = (one.types ^ two.types) - {"city", "town"}
    if left[0] == right[0] and no_cities:
        return hard(0.4, f"only one is called {' '.join(sorted(no_cities))}")
    if left[0] == right[0]:
        return same(0.95, "names of one city in GeoNames")
    if {*left} & {*right}:
        return hard(0.5, "a city in GeoNames bears both names, and another one of them")
    return None if one.types or two.types else different("two cities in GeoNames")


def _by_words(one: PlaceName, two: PlaceName) -> Likeness:
    left, right = one.words, two.words
    if len(left) == len(right) and all(one_sound(a, b) for a, b in zip(left, right, strict=True)):
        return _spelled(one, two)
    if {*left} < {*right} or {*right} < {*left}:
        extra = {*left} ^ {*right}
        return hard(0.3, f"one leaves out {' '.join(sorted(extra))}")
    initials = {"".join(word[0] for word in each.whole.split()) for each in (one, two)}
    if {one.whole, two.whole} & initials and len(one.whole) != len(two.whole):
        return hard(0.3, "the initials of the other name")
    return different(f"names differ: {one.whole}, {two.whole}")


def _spelled(one: PlaceName, two: PlaceName) -> Likeness:
    reason = "spellings of one name"
    known = {*countries()} & {one.whole, two.whole}
    if known or one.types != two.types or (one.within != two.within) or _is_shared(one):
        return hard(0.3, reason)
    rare = len(one.words) > 1 or min(len(one.whole), len(two.whole)) > 4
    return same(0.8, reason) if rare else hard(0.4, reason)
