"""A date as people and machines write it goes in, an ISO 8601 date or time of the same precision comes out."""

import re
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
"""A month's name or its usual short forms, as a pattern without groups."""

WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\.?)"
"""A weekday's name or its usual short forms, as a pattern without groups."""

_DAY = r"\d{1,2}(?:st|nd|rd|th)?"

WHOLE_DATE = rf"(?:{MONTH}\s+{_DAY},?\s+\d{{4}}|{_DAY}\s+{MONTH},?\s+\d{{4}}|\d{{4}}-\d{{2}}-\d{{2}})"
"""Day, month and year in words, or in ISO form, as a pattern without groups."""

_MONTH_FIRST = rf"(?P<m1>{MONTH})\s+(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y1>\d{{4}})"
_DAY_FIRST = rf"(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m2>{MONTH}),?\s+(?P<y2>\d{{4}})"
_ISO_DATE = r"(?P<iso>\d{4}-\d{2}-\d{2})"
_WRITTEN = re.compile(rf"(?<![\w-])(?:{_MONTH_FIRST}|{_DAY_FIRST}|{_ISO_DATE})(?![\w-])", re.IGNORECASE)

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2}))?")
_LONE_HOUR_ZONE = re.compile(r"([+-]\d{2})(\d{2})?$")

_MILLISECONDS_FROM = 100_000_000_000
"""Unix times above this are milliseconds: as seconds they would lie beyond the year 5000."""


_EARLIEST = 1600
"""The first newspapers; earlier years are the zeros of some database."""


def iso(value: str) -> str | None:
    """The ISO 8601 form of a machine-written date (ISO 8601 or RFC 5322), or None.

    The precision stays: ``2020``, ``2020-01``, ``2020-01-03`` or a time to the second, with its zone if one is given.
    Fractions of a second go; UTC is written ``Z``.
    """
    value = value.strip()
    if partial := _PARTIAL.fullmatch(value):
        return value if _in_calendar(int(partial[1]), int(partial[2] or 1), 1) else None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return _from_mail(value) or written(value)
    return _formatted(moment, has_time=len(value) > len("2020-01-03")) if moment.year >= _EARLIEST else None


def _in_calendar(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return year >= _EARLIEST


def _formatted(moment: datetime, has_time: bool) -> str:
    if not has_time:
        return moment.date().isoformat()
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def _from_mail(value: str) -> str | None:
    """``Wed, 03 Jan 2024 12:30:00 GMT``, as feeds and mail headers write it (RFC 5322)."""
    if ":" not in value or re.search(r"\b[ap]\.?m\b", value, re.IGNORECASE):
        return None  # the mail parser takes 9:41 PM for the morning
    try:
        return _formatted(parsedate_to_datetime(value), has_time=True)
    except (ValueError, IndexError, TypeError, OverflowError):
        return None


def from_unix(seconds: float) -> str | None:
    """The ISO 8601 time, in UTC, of a Unix time in seconds or milliseconds."""
    try:
        return _formatted(
            datetime.fromtimestamp(seconds / 1000 if seconds > _MILLISECONDS_FROM else seconds, UTC), True
        )
    except (ValueError, OverflowError, OSError):
        return None


def written(words: str) -> str | None:
    """The first whole date (day, month, year) that stands in English words: ``Sunday, September 15, 2019``.

    Numbers only (``03/04/2024``) are not read, as nobody knows which is the month.
    """
    found = _WRITTEN.search(words)
    if found is None:
        return None
    if found["iso"]:
        year, month, day = map(int, found["iso"].split("-"))
    else:
        year, day = int(found["y1"] or found["y2"]), int(found["d1"] or found["d2"])
        month = 1 + _MONTHS.index((found["m1"] or found["m2"])[:3].lower())
    return date(year, month, day).isoformat() if _in_calendar(year, month, day) else None


WIRE_DATE = r"\d{1,2} (?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[A-Z]*(?: \d\d)?(?!\d)"
"""Day, month and perhaps two figures of the year, as old wires write it in datelines, as a pattern without groups."""


def of_wire(words: str) -> str | None:
    """The date of an old wire's dateline, ``3 JAN 90``. Years up to 68 are of this century (as POSIX has it)."""
    found = re.search(WIRE_DATE, words)
    if found is None or len(found[0].split()) < 3:
        return None
    day, month, year = found[0].split()
    century = "20" if int(year) < 69 else "19"
    return written(f"{day} {month} {century}{year}")


def believable(published: str | None, now: datetime) -> str | None:
    """The date, unless it lies in the future: a page that says so is wrong about it, and None is better than wrong.

    One day of grace covers time zones.
    """
    latest = (now.astimezone(UTC) + timedelta(days=1)).date().isoformat()
    return published if published is not None and published[:10] <= latest[: len(published)] else None
