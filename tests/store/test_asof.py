"""The graph as it was known on a day is that of the documents published by then, and nothing else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.claims import Claim, EntityRef, Extraction, Judgement, Span
from kg.errors import UsageError
from kg.store.asof import end_of
from tests.store.small import dumped, extraction, store_of
from tests.store.strategies import batches
from tests.store.test_merge import reviews

# By the end of each, which of the dates in small.py are over, told by hand.
OVER: dict[str, set[str | None]] = {
    "2024-01-02": set(),
    "2024-01-03T08:00:00Z": {"2024-01-03T10:00:00+02:00"},
    "2024-01-03": {"2024-01-03T10:00:00+02:00", "2024-01-03T09:00:00Z", "2024-01-03"},
    "2024-01": {"2024-01-03T10:00:00+02:00", "2024-01-03T09:00:00Z", "2024-01-03", "2024-01-05"},
    "2024": {"2024-01-03T10:00:00+02:00", "2024-01-03T09:00:00Z", "2024-01-03", "2024-01-05", "2024"},
}


@settings(max_examples=20, deadline=None)
@given(batches(), reviews(), st.sampled_from(sorted(OVER)))
def test_it_is_the_store_that_had_only_the_documents_of_then(
    documents: list[Extraction], judged: list[Judgement], day: str
) -> None:
    then = [it for it in documents if it.document.published in OVER[day]]
    found = store_of(documents, judged).as_of(day)
    assert dumped(found) == dumped(store_of(then, judged))
    assert not found.check().findings


def test_what_a_later_version_dropped_was_known_before() -> None:
    url = "https://a.example/story"
    early = extraction(1, url, "2024-01-03", None, [Claim("e1", "spouse", EntityRef("e3"), Span(0, 43))])
    late = extraction(2, url, "2024-01-05", None, [Claim("e5", "happenedIn", EntityRef("e7"), Span(0, 43))])
    store = store_of([early, late])
    for day, spouse, place in (("2024-01-02", 0, 0), ("2024-01-04", 2, 0), ("2024-01-05", 0, 1)):
        then = store.as_of(day)
        assert len(then.query("SELECT ?s { ?s kg:spouse ?o }")) == spouse
        assert len(then.query("SELECT ?s { ?s kg:happenedIn ?o }")) == place


@pytest.mark.parametrize("day", ["yesterday", "", "2024-13", "2024-02-30", "2024-01-03-04", "3 January 2024"])
def test_what_is_no_day_is_refused(day: str) -> None:
    with pytest.raises(UsageError, match="is no day"):
        store_of([]).as_of(day)


def test_a_time_is_over_at_its_end() -> None:
    told = {"2024": "2024-12-31T23:59:59.999999+00:00", "2023-02": "2023-02-28T23:59:59.999999+00:00"}
    told |= {"2024-01-03": "2024-01-03T23:59:59.999999+00:00", "2024-01-03T23:30:00-05:00": "2024-01-04T04:30:00+00:00"}
    assert {when: str(end and end.isoformat()) for when in told for end in [end_of(when)]} == told
