"""Calendar sums on ISO 8601 prefixes: a day, month, year, week or interval in, the same shifted, cut or bounded out.

A prefix is as precise as it is long (``2020``, ``2020-01``, ``2020-01-03``). Whatever cannot be known is None: a week
before ``2020-01`` has no day, and 30 February is no date. Weeks run from Monday to Sunday (ISO 8601) and are intervals.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

_PREFIX = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?![\d-])")
_LENGTHS = {"day": 10, "week": 10, "month": 7, "year": 4, "decade": 4, "century": 4}
_FAR = 9  # months: whoever means a day further ahead than this names its year
_YEARS = {"year": 1, "decade": 10, "century": 100}
_DAYS = {"day": 1, "week": 7}


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, or a month or a year where no more is known."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def iso(self) -> str:
        """The moment as an ISO 8601 prefix."""
        parts = [f"{self.year:04d}", *(f"{part:02d}" for part in (self.month, self.day) if part)]
        return "-".join(parts)

    @property
    def date(self) -> date | None:
        """The day, where it is known."""
        return date(self.year, self.month, self.day) if self.month and self.day else None


def read(text: str | None) -> Moment | None:
    """The moment that an ISO prefix or a full date-time starts with; its day is the one written, in its own zone."""
    match = _PREFIX.match(text or "")
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    return made(year or 0, month, day)


def made(year: int, month: int | None = None, day: int | None = None) -> Moment | None:
    """The moment of these numbers, or None where no calendar has it."""
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return None
    return Moment(year, month, day)


def of(day: date) -> Moment:
    """A date as a moment."""
    return Moment(day.year, day.month, day.day)


def shift(moment: Moment, unit: str, count: int) -> str | None:
    """``count`` units later (earlier where negative), no more precise than the unit; None where ``moment`` is coarser.

    A shift by weeks gives the whole week that the day falls in.
    """
    if unit in _YEARS:
        return _iso(made(moment.year + _YEARS[unit] * count))
    if unit == "month" and moment.month:
        months = moment.year * 12 + moment.month - 1 + count
        return _iso(made(months // 12, months % 12 + 1))
    day = moment.date
    if unit not in _DAYS or day is None:
        return None
    moved = _moved(day, _DAYS[unit] * count)
    if moved is None:
        return None
    return week(moved) if unit == "week" else moved.isoformat()


def week(day: date) -> str:
    """Monday to Sunday around a day."""
    monday = day - timedelta(days=day.weekday())
    return f"{monday.isoformat()}/{(monday + timedelta(days=6)).isoformat()}"


def weekend(day: date, direction: int) -> str:
    """The Saturday and Sunday last begun (``direction`` -1) or next to come (1); on a weekend it is that one."""
    saturday = day - timedelta(days=(day.weekday() - 5) % 7)
    if direction > 0 and day.weekday() < 5:
        saturday += timedelta(days=7)
    return f"{saturday.isoformat()}/{(saturday + timedelta(days=1)).isoformat()}"


def weekday(day: date, name: int, direction: int, strict: bool = False) -> str:
    """The nearest day called ``name`` (Monday is 0) at or before ``day`` (``direction`` -1), or at or after it (1).

    ``strict`` leaves ``day`` itself out.
    """
    away = (day.weekday() - name) % 7 if direction < 0 else (name - day.weekday()) % 7
    if strict and away == 0:
        away = 7
    return (day + timedelta(days=direction * away)).isoformat()


def yearless(anchor: Moment, month: int, day: int | None, direction: int) -> Moment | None:
    """The month or day of a year left unsaid: the last (``direction`` -1), the next (1), or the nearest (0)."""
    candidates = [found for year in (-1, 0, 1) if (found := made(anchor.year + year, month, day))]
    if direction < 0:
        return max((found for found in candidates if _months(found, anchor) <= 0), key=_order, default=None)
    if direction > 0:
        ahead = [found for found in candidates if 0 <= _months(found, anchor) <= _FAR]
        if ahead:
            return min(ahead, key=_order)
    return min(candidates, key=lambda found: (abs(_months(found, anchor)), _months(found, anchor)), default=None)


def on_weekday(anchor: Moment, month: int, day: int, name: int) -> Moment | None:
    """The year left unsaid in "Wednesday, Jan. 3": the one near ``anchor`` in which that day has that name."""
    candidates = [made(anchor.year + year, month, day) for year in (0, -1, 1)]
    return next((found for found in candidates if found and found.date and found.date.weekday() == name), None)


def cut(value: str, unit: str) -> str | None:
    """``value`` no more precise than ``unit``: the year of a day. None where it is coarser, or an interval."""
    moment = read(value) if "/" not in value else None
    if moment is None or len(moment.iso) < _LENGTHS[unit]:
        return None
    if unit == "week":
        return week(moment.date) if moment.date else None
    return moment.iso[: _LENGTHS[unit]]


def begin(value: str) -> str:
    """Where a moment or interval begins; empty where that side is open."""
    return value.split("/")[0]


def end(value: str) -> str:
    """Where a moment or interval ends; empty where that side is open."""
    return value.split("/")[-1]


def before(value: str) -> str | None:
    """The last moment before ``value``, as precise as it is."""
    moment = read(begin(value))
    if moment is None:
        return None
    unit = "day" if moment.day else "month" if moment.month else "year"
    return shift(moment, unit, -1)


def _iso(moment: Moment | None) -> str | None:
    return moment.iso if moment else None


def _moved(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def _order(moment: Moment) -> tuple[int, int, int]:
    return moment.year, moment.month or 0, moment.day or 0


def _months(moment: Moment, anchor: Moment) -> float:
    """How many months after ``anchor``; days count only where both know theirs."""
    days = (moment.day - anchor.day) / 31 if moment.day and anchor.day else 0
    return (moment.year - anchor.year) * 12 + ((moment.month or 0) - (anchor.month or moment.month or 0)) + days
