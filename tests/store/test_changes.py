"""What a new version of an article says otherwise than the one before."""

import pytest

from kg.claims import Claim, EntityRef, Quantity, Span, Stance
from kg.errors import UsageError
from kg.store import Store
from tests.store.small import TEXT, extraction, store_of

URL = "https://a.example/story"


def link(subject: str, predicate: str, value: str, stance: Stance = "asserted") -> Claim:
    return Claim(subject, predicate, EntityRef(value), Span(0, 43), stance=stance)


def toll(event: str, number: int) -> Claim:
    return Claim(event, "deaths", Quantity(number, None, f"at least {number}"), Span(44, 88))


def versions(*said: list[Claim]) -> Store:
    return store_of([extraction(number, URL, f"2024-01-{number + 3:02d}", None, it) for number, it in enumerate(said)])


def told(store: Store, name: str | None = URL) -> list[tuple[str, str, str, str | None, str | None]]:
    return [(it.what, it.subject, it.predicate, it.was, it.now) for it in store.changes(name)]


def test_what_came_and_what_went() -> None:
    store = versions([link("e1", "spouse", "e3"), link("e5", "happenedIn", "e7")], [link("e5", "happenedIn", "e7")])
    assert told(store) == [("dropped", "Ada Lovell", "married to", "Bram Okoro", None)]
    (change,) = store.changes("0001")
    assert (change.article, change.before, change.document) == (URL, "urn:newskg:doc/0000", "urn:newskg:doc/0001")
    assert (change.issued, change.was_quote, change.now_quote) == ("2024-01-04", TEXT[:43], None)


def test_a_toll_that_rises_is_revised_even_of_an_event_without_a_name() -> None:
    store = versions([toll("e4", 40)], [toll("e4", 60)], [toll("e4", 60), toll("e5", 60)])
    assert told(store) == [
        ("revised", "the bombing", "deaths", "at least 40", "at least 60"),
        ("added", "Arda bombing", "deaths", None, "at least 60"),
    ]


def test_another_place_and_another_stance_are_revisions_and_another_ally_is_not() -> None:
    old = [link("e1", "diedIn", "e7"), link("e5", "carriedOutBy", "e6"), link("e8", "alliedWith", "e10")]
    new = [link("e1", "diedIn", "e9"), link("e5", "carriedOutBy", "e6", "alleged"), link("e10", "alliedWith", "e8")]
    assert sorted(told(versions(old, new))) == [
        ("added", "Sudria", "allied with", None, "Norland"),
        ("dropped", "Norland", "allied with", "Sudria", None),
        ("revised", "Ada Lovell", "died in", "Arda", "Belmor"),
        ("revised", "Arda bombing", "carried out by", "Red Hand", "Red Hand (alleged)"),
    ]


def test_articles_of_one_version_have_none_and_unknown_ones_are_refused() -> None:
    store = store_of([extraction(1, None, "2024-01-03", None, [toll("e4", 3)])])
    assert store.changes() == store.changes("0001") == Store.memory().changes() == []
    with pytest.raises(UsageError, match="No article"):
        store.changes("https://a.example/other")
