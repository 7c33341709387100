"""What a document tells of a place in; the city of GeoNames that it is, with its position, out. None where in doubt.

A name is hardly ever enough: Birmingham, Cordoba and Hyderabad are several. A city is told by its country, as the
document gives it; else by being far larger than all others of its name, unless the document speaks of a country that
has another.
"""

from collections.abc import Iterable

from kg.clusters import Location
from kg.resolution import places
from kg.resolution.records import Record
from kg.resolution.reference import City, adjectives, cities, country_codes, shared_places
from kg.resolution.spelling import plain

JUDGE = "machine:places/1"
FAR_LARGER = 10
"""How many times larger than the next of its name a city is that needs no other sign."""
WELL_KNOWN = 500_000
"""Inhabitants from which on a city is called by its bare name abroad."""
NOT_AMONG_MANY = 300_000
"""Inhabitants from which on a city of the United States is told by its country: smaller ones share names with towns."""
_CITIES = "https://sws.geonames.org/"


def location_of(record: Record, entity: str) -> Location | None:
    """The statement that an entity (its IRI) is a city of GeoNames."""
    found = city_of(record)
    if found is None:
        return None
    city, reason = found
    return Location(entity, f"{_CITIES}{city.id}/", city.longitude, city.latitude, reason, JUDGE)


def city_of(record: Record) -> tuple[City, str] | None:
    """The city that a document's record of a place is, and why."""
    found = _found(record) if record.kind == "City" else None
    return None if found and found[0].country == "US" and found[0].people < NOT_AMONG_MANY else found


def _found(record: Record) -> tuple[City, str] | None:
    name = places.parse(record.names[0])
    head = " ".join(name.words)
    named = cities().get(plain(record.names[0].partition(",")[0]), ())
    told = _countries_told(record, name.within)
    if told is None:
        return None
    if told:
        inside = [city for city in named if city.country in _codes(told)]
        only = _far_largest(inside)
        return (only, f"the city of this name in {min(told)}") if only else None
    return _by_size(record, head, named)


def _countries_told(record: Record, within: str) -> frozenset[str] | None:
    """The countries that it is said to lie in; None if what it is said to lie in is no country, and tells another."""
    if not within:
        return record.countries
    country = adjectives().get(within)
    return record.countries | {country} if country else None


def _by_size(record: Record, head: str, named: tuple[City, ...]) -> tuple[City, str] | None:
    """A city that nothing places, by its size: those that go by the name first of all, and not as a by-name."""
    own = [city for city in named if plain(city.name) == head]
    at_home = [city for city in own if record.home and city.country in _codes({record.home})]
    if at_home and _far_largest(own) in at_home:
        return at_home[0], f"the largest city of this name, in a report on {record.home}"
    largest = _far_largest(named)
    if at_home or largest is None or largest not in own or head in shared_places() or largest.people < WELL_KNOWN:
        return None
    return largest, "far the largest city of this name"


def _far_largest(found: Iterable[City]) -> City | None:
    ordered = sorted(found, key=lambda city: (-city.people, city.id))
    alone = ordered[:1] if len(ordered) < 2 or ordered[0].people >= FAR_LARGER * ordered[1].people else []
    return alone[0] if alone else None


def _codes(names: Iterable[str]) -> frozenset[str]:
    known = country_codes()
    return frozenset(known[name] for name in names if name in known)
