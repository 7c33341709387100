"""Which city of GeoNames a place is: only where its country or its size tells."""

import pytest

from kg.resolution.gazetteer import city_of, location_of
from kg.resolution.records import Record


def _record(name: str, *, kind: str = "City", countries: tuple[str, ...] = (), home: str | None = None) -> Record:
    return Record("0001", "e1", kind, (name,), countries=frozenset(countries), home=home)


@pytest.mark.parametrize(
    ("record", "city"),
    [
        (_record("Kerman", countries=("iran",)), "128234"),
        (_record("Kerman"), "128234"),
        (_record("Hyderabad", countries=("india",)), "1269843"),
        (_record("Hyderabad", countries=("pakistan",)), "1176734"),
        (_record("Birmingham, England"), None),
        (_record("Birmingham", countries=("united kingdom",)), "2655603"),
        (_record("Birmingham", home="united kingdom"), None),
        (_record("Birmingham"), None),
        (_record("London"), "2643743"),
        (_record("London", home="canada"), None),
        (_record("Athens", home="united states"), None),
        (_record("Córdoba"), None),
        (_record("Paris, France"), "2988507"),
        (_record("Paris, Texas"), None),
        (_record("Paris", countries=("canada",)), None),
        (_record("Victoria"), None),
        (_record("Kerman", kind="Region"), None),
        (_record("Henderson", countries=("united states",)), None),
        (_record("Nowhere Springs"), None),
    ],
    ids=lambda value: value.names[0] if isinstance(value, Record) else value,
)
def test_which_city_it_is(record: Record, city: str | None) -> None:
    found = city_of(record)
    assert (found[0].id if found else None) == city


def test_the_statement_links_to_the_gazetteer_and_says_why() -> None:
    found = location_of(_record("Kerman", countries=("iran",)), "urn:newskg:doc/0001/e1")
    assert found
    assert found.link == "https://sws.geonames.org/128234/"
    assert (round(found.longitude), round(found.latitude)) == (57, 30)
    assert found.reason == "the city of this name in iran"
