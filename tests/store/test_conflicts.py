"""Which facts contradict each other, and which only look so."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.claims import Claim, EntityRef, Quantity, Span, Stance, Time, Value
from kg.store import Store
from tests.store.small import add, extraction, store_of

FIRST, SECOND, THIRD = "2024-01-03T08:00:00Z", "2024-01-03T15:00:00Z", "2024-01-05"


def said(subject: str, predicate: str, value: Value | str, stance: Stance = "asserted") -> Claim:
    value = EntityRef(value) if isinstance(value, str) else value
    return Claim(subject, predicate, value, Span(0, 43), stance=stance)


def told(*documents: list[Claim], dates: tuple[str | None, ...] = (FIRST, SECOND, THIRD, None)) -> Store:
    """A store of documents, each of its own, published one after the other."""
    return store_of([extraction(number, None, dates[number], None, it) for number, it in enumerate(documents)])


def conflicts(store: Store) -> list[tuple[str, str]]:
    """The objects of facts that conflict, by their last name, each pair once."""
    found = store.query("SELECT ?a ?b { ?f kg:conflictsWith ?g . ?f rdf:object ?a . ?g rdf:object ?b }")
    pairs = [tuple(str(row[name]).rpartition("/")[2] for name in "ab") for row in found]
    assert sorted(pairs) == sorted((b, a) for a, b in pairs)
    return sorted((a, b) for a, b in pairs if a <= b)


def exactly(number: int) -> Quantity:
    return Quantity(number, number, str(number))


TWO_TOWNS = [said("e1", "diedIn", "e7")], [said("e1", "diedIn", "e9")]
TWO_KILLERS = [said("e1", "killedBy", "e6")], [said("e1", "killedBy", "e11")]


def test_two_places_of_death() -> None:
    assert conflicts(told(*TWO_TOWNS)) == [("arda", "belmor")]


def test_an_allegation_counts_and_a_denial_or_a_possibility_does_not() -> None:
    for stance, count in (("alleged", 1), ("denied", 0), ("possible", 0), ("planned", 0)):
        other = said("e1", "diedIn", "e9", stance)  # type: ignore[arg-type]
        assert len(conflicts(told(TWO_TOWNS[0], [other]))) == count, stance


def test_a_place_in_the_other_is_none_and_one_in_another_country_is() -> None:
    town, country = [said("e1", "diedIn", "e9")], [said("e1", "diedIn", "e8")]
    assert conflicts(told(town, country)) == []
    assert conflicts(told(town, country, [said("e9", "locatedIn", "e8")])) == []
    elsewhere = told(town, country, [said("e9", "locatedIn", "e10")])
    assert conflicts(elsewhere) == [("belmor", "norland")]
    elsewhere.withdraw("0002")
    assert conflicts(elsewhere) == []


def test_two_killers_unless_one_document_names_both_or_one_is_part_of_the_other() -> None:
    assert conflicts(told(*TWO_KILLERS)) == [("black-lantern", "red-hand")]
    assert conflicts(told(*TWO_KILLERS, [*TWO_KILLERS[0], *TWO_KILLERS[1]])) == []
    assert conflicts(told(*TWO_KILLERS, [said("e11", "partOf", "e6")])) == []


def test_who_has_no_name_rivals_nobody() -> None:
    assert conflicts(told(TWO_KILLERS[0], [said("e1", "killedBy", "e12")])) == []


def test_an_event_and_who_did_it_are_no_two_killers() -> None:
    assert conflicts(told([said("e1", "killedBy", "e5")], [said("e1", "killedBy", "e6")])) == []


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("2024-01-03", "2024-01-04", 1),
        ("2024-01-03", "2024-01", 0),
        ("2024", "2024-01-03", 0),
        ("2024-03", "2024-01-04", 1),
    ],
)
def test_days_agree_as_far_as_they_are_told(one: str, other: str, found: int) -> None:
    documents = [[said("e1", "diedOn", Time(day, day))] for day in (one, other)]
    assert len(conflicts(told(*documents))) == found


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        (exactly(40), exactly(60), 0),  # it rose
        (exactly(60), exactly(40), 1),  # it fell: one of the two is wrong
        (exactly(60), Quantity(41, None, "more than 40"), 0),
        (exactly(60), Quantity(None, 40, "up to 40"), 1),
        (exactly(60), Quantity(55, 55, "about 55", approximate=True), 0),
        (exactly(60), Quantity(40, 40, "40 children", unit="children"), 0),
    ],
)
def test_tolls_that_exclude_each_other(one: Quantity, other: Quantity, found: int) -> None:
    assert len(conflicts(told([said("e5", "deaths", one)], [said("e5", "deaths", other)]))) == found


def test_a_lower_toll_that_is_said_again_contradicts_the_higher() -> None:
    low, high = [said("e5", "deaths", exactly(40))], [said("e5", "deaths", exactly(60))]
    assert conflicts(told(low, high)) == []
    assert conflicts(told(low, high, low)) == [("40", "60")]
    assert conflicts(told(low, high, dates=(THIRD, THIRD))) == [("40", "60")]
    assert conflicts(told(low, high, dates=(None, THIRD))) == [("40", "60")]


def test_a_document_that_tells_both_tells_a_story() -> None:
    low, high = said("e5", "deaths", exactly(40)), said("e5", "deaths", exactly(60))
    assert conflicts(told([high], [low, high])) == []


CLAIMS = [
    *(said("e1", "diedIn", place, stance) for place in ("e7", "e8", "e9", "e10") for stance in ("asserted", "denied")),
    *(said("e1", "killedBy", who, stance) for who in ("e6", "e11", "e12") for stance in ("asserted", "alleged")),
    *(said("e5", "deaths", exactly(number)) for number in (40, 60, 70)),
    *(said("e9", "locatedIn", country) for country in ("e8", "e10")),
    said("e7", "capitalOf", "e10"),
    said("e11", "partOf", "e6"),
    said("e1", "diedOn", Time("2024-01-03", "Wednesday")),
    said("e1", "diedOn", Time("2024-01", "January")),
    said("e1", "diedOn", Time("2024-03", "March")),
]


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.sets(st.sampled_from(CLAIMS), max_size=4)), min_size=2, max_size=8))
def test_they_come_and_go_with_what_makes_them(steps: list[tuple[int, set[Claim]]]) -> None:
    # A document that says nothing is withdrawn.
    store = Store.memory()
    for number, claims in steps:
        if claims:
            add(store, extraction(number, None, (FIRST, SECOND, THIRD, None)[number], None, sorted(claims, key=str)))
        elif store.has(f"{number:04x}"):
            store.withdraw(f"{number:04x}")
        assert store.rebuild() == (0, 0)
