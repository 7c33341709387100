"""Dates as people, feeds and pages write them."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.documents import dates


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024", "2024"),
        ("2024-01", "2024-01"),
        ("2024-01-03", "2024-01-03"),
        (" 20240103 ", "2024-01-03"),
        ("2024-01-03T10:00Z", "2024-01-03T10:00:00Z"),
        ("2024-01-03T10:00:00.123+03:30", "2024-01-03T10:00:00+03:30"),
        ("2024-01-03 10:00:00", "2024-01-03T10:00:00"),
        ("2024-01-03T10:00:00+0000", "2024-01-03T10:00:00Z"),
        ("Wed, 03 Jan 2024 12:30:00 GMT", "2024-01-03T12:30:00Z"),
        ("Wed, 03 Jan 2024 12:30:00 +0330", "2024-01-03T12:30:00+03:30"),
        ("January 3, 2024", "2024-01-03"),
        ("3rd January 2024", "2024-01-03"),
        ("Sept. 15, 2019", "2019-09-15"),
        ("January 3, 2024 9:41 PM", "2024-01-03"),
        ("2024-13", None),
        ("2024-02-30", None),
        ("1/3/2024", None),
        ("0001-01-01", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_machine_written_dates_keep_their_precision(value: str, expected: str | None) -> None:
    assert dates.iso(value) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Sunday, September 15, 2019", "2019-09-15"),
        ("KABUL, 3 Jan 2024 (Lantern Wire) -", "2024-01-03"),
        ("signed on 2 May 2011 in Oslo", "2011-05-02"),
        ("May 2011", None),
        ("February 30, 2019", None),
        ("no date", None),
    ],
)
def test_dates_in_words(words: str, expected: str | None) -> None:
    assert dates.written(words) == expected


def test_unix_times_in_seconds_and_milliseconds() -> None:
    assert dates.from_unix(1704270000) == dates.from_unix(1704270000_000) == "2024-01-03T08:20:00Z"
    assert dates.from_unix(1e300) is None


@pytest.mark.parametrize(
    ("published", "expected"),
    [("2024", "2024"), ("2025", None), ("2024-07", None), ("2024-06-02", "2024-06-02"), ("2024-06-03T00:00Z", None)],
)
def test_only_the_past_is_believed(published: str, expected: str | None) -> None:
    assert dates.believable(published, datetime(2024, 6, 1, tzinfo=UTC)) == expected


@given(st.text())
def test_any_text_gives_a_date_or_none(value: str) -> None:
    for found in (dates.iso(value), dates.written(value)):
        assert found is None or dates.iso(found) == found


@given(st.datetimes(min_value=datetime(1700, 1, 1), timezones=st.sampled_from([None, UTC])))
def test_iso_times_come_out_to_the_second(moment: datetime) -> None:
    expected = moment.replace(microsecond=0)
    assert datetime.fromisoformat(dates.iso(moment.isoformat()) or "") == expected
