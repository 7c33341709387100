"""Calendar sums: what a prefix becomes when it is shifted, cut or bounded."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extraction import isodates
from kg.extraction.isodates import Moment

WEDNESDAY = date(2024, 1, 3)


def test_a_date_time_is_read_by_the_day_it_is_written_with() -> None:
    assert isodates.read("2024-01-03T23:30:00-05:00") == Moment(2024, 1, 3)


@pytest.mark.parametrize("text", [None, "", "yesterday", "2024-13", "2024-02-30", "24-01-03"])
def test_what_is_no_date_is_none(text: str | None) -> None:
    assert isodates.read(text) is None


@pytest.mark.parametrize(
    ("moment", "unit", "count", "expected"),
    [
        (Moment(2020, 1, 3), "day", 2, "2020-01-05"),
        (Moment(2020, 1, 3), "week", -1, "2019-12-23/2019-12-29"),
        (Moment(2020, 1, 3), "month", -1, "2019-12"),
        (Moment(2020, 1), "month", 12, "2021-01"),
        (Moment(2020), "decade", -1, "2010"),
        (Moment(2020, 1), "day", 1, None),
        (Moment(2020), "month", 1, None),
        (Moment(2020, 1, 3), "hour", 1, None),
        (Moment(1, 1, 1), "day", -1, None),
        (Moment(5), "year", -10, None),
    ],
)
def test_shift(moment: Moment, unit: str, count: int, expected: str | None) -> None:
    assert isodates.shift(moment, unit, count) == expected


def test_weekdays_count_the_day_itself_unless_strict() -> None:
    assert isodates.weekday(WEDNESDAY, 2, -1) == "2024-01-03"
    assert isodates.weekday(WEDNESDAY, 2, -1, strict=True) == "2023-12-27"
    assert isodates.weekday(WEDNESDAY, 4, 1) == "2024-01-05"


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 6), st.sampled_from([-1, 1]))
def test_a_weekday_is_within_a_week_and_has_its_name(day: date, name: int, direction: int) -> None:
    found = date.fromisoformat(isodates.weekday(day, name, direction))
    assert found.weekday() == name
    assert 0 <= (found - day).days * direction < 7


def test_weekends() -> None:
    assert isodates.weekend(WEDNESDAY, -1) == "2023-12-30/2023-12-31"
    assert isodates.weekend(WEDNESDAY, 1) == "2024-01-06/2024-01-07"
    assert isodates.weekend(date(2024, 1, 7), 1) == "2024-01-06/2024-01-07"


@pytest.mark.parametrize(
    ("month", "day", "direction", "expected"),
    [
        (12, 28, 0, "2023-12-28"),
        (12, 28, -1, "2023-12-28"),
        (1, 10, 0, "2024-01-10"),
        (1, 10, -1, "2023-01-10"),
        (1, 10, 1, "2024-01-10"),
        (12, 28, 1, "2023-12-28"),  # nobody means a day eleven months ahead without naming its year
        (1, None, -1, "2024-01"),
        (2, 29, 0, "2024-02-29"),
    ],
)
def test_the_year_left_unsaid(month: int, day: int | None, direction: int, expected: str) -> None:
    found = isodates.yearless(Moment(2024, 1, 3), month, day, direction)
    assert found is not None
    assert found.iso == expected


def test_the_weekday_tells_the_year() -> None:
    assert isodates.on_weekday(Moment(2024, 1, 3), 12, 25, 0) == Moment(2023, 12, 25)
    assert isodates.on_weekday(Moment(2024, 1, 3), 12, 25, 4) is None


def test_cut_never_adds_precision() -> None:
    assert isodates.cut("2020-01-03", "month") == "2020-01"
    assert isodates.cut("2020-01-03", "week") == "2019-12-30/2020-01-05"
    assert isodates.cut("2020", "day") is None
    assert isodates.cut("2020/2021", "year") is None


def test_before() -> None:
    assert isodates.before("2020") == "2019"
    assert isodates.before("2020-01") == "2019-12"
    assert isodates.before("2020-01-01/2020-01-05") == "2019-12-31"
