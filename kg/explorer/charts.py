"""Facts in; small drawings as shapes with places in a box of so many units out. The templates write them as SVG."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

import msgspec

from kg.explorer.facts import Told
from kg.views.picture import Evidence, Fact, Thing

# ---- what is around a thing -----------------------------------------------------------------------------------------

MOST_BESIDE = 8
"""Neighbours drawn on each side."""

_WIDTH, _ROW, _TOP = 860, 46, 30
# Room for the words beside the neighbours.
_BESIDE = 250.0


class Neighbour(msgspec.Struct, frozen=True):
    """One thing beside the one in the middle; ``path`` is the line to it, ``end`` the side its words end on."""

    thing: Thing
    relation: str
    stance: str
    x: float
    y: float
    path: str
    end: str


class Neighbourhood(msgspec.Struct, frozen=True):
    """A thing in the middle, on the left what says something of it, on the right what it says something of."""

    width: int
    height: int
    x: float
    y: float
    neighbours: tuple[Neighbour, ...]
    hidden: int


def neighbourhood(told: Told, iri: str) -> Neighbourhood | None:
    """The drawing of what is around a thing; none if there is nothing."""
    right = _others((fact.object, fact) for fact in told.facts if fact.subject == iri and fact.object in told.things)
    left = _others((fact.subject, fact) for fact in told.facts if fact.object == iri and fact.subject in told.things)
    rows = min(max(len(left), len(right)), MOST_BESIDE)
    if not rows:
        return None
    height = 2 * _TOP + _ROW * rows
    middle = height / 2
    drawn = [*_column(left[:MOST_BESIDE], told, middle, "start"), *_column(right[:MOST_BESIDE], told, middle, "end")]
    return Neighbourhood(_WIDTH, height, _WIDTH / 2, middle, tuple(drawn), len(left) + len(right) - len(drawn))


def _others(ends: Iterable[tuple[str | None, Fact]]) -> list[tuple[str, list[Fact]]]:
    by_thing: dict[str, list[Fact]] = {}
    for end, fact in ends:
        by_thing.setdefault(end or "", []).append(fact)
    return sorted(by_thing.items(), key=lambda it: (-max(fact.sources for fact in it[1]), -len(it[1]), it[0]))


def _column(others: Sequence[tuple[str, list[Fact]]], told: Told, middle: float, side: str) -> Iterable[Neighbour]:
    x = _BESIDE if side == "start" else _WIDTH - _BESIDE
    towards = 1 if side == "start" else -1
    for place, (iri, facts) in enumerate(others):
        y = middle + (place - (len(others) - 1) / 2) * _ROW
        near, far = _WIDTH / 2 - towards * 16, _WIDTH / 2 - towards * 90
        path = f"M {x + towards * 10:g} {y:g} C {x + towards * 80:g} {y:g}, {far:g} {middle:g}, {near:g} {middle:g}"
        relation = ", ".join(dict.fromkeys(fact.label for fact in facts))
        yield Neighbour(told.things[iri], relation, facts[0].stance, x, y, path, "end" if side == "start" else "start")


# ---- a toll through time --------------------------------------------------------------------------------------------

_TOLL_WIDTH, _TOLL_HEIGHT = 760, 260
_LEFT, _RIGHT, _ABOVE, _BELOW = 56, 24, 18, 34

TOLLS = ("deaths", "injuries", "missing")


class Count(msgspec.Struct, frozen=True):
    """One number that somebody gave: the fact, its bounds (one may be open), and the sentence."""

    fact: Fact
    low: int | None
    high: int | None
    said: Evidence


class Mark(msgspec.Struct, frozen=True):
    """A number in the drawing: a line from ``top`` to ``bottom``, open upwards or downwards."""

    count: Count
    x: float
    top: float
    bottom: float
    words: str


class Toll(msgspec.Struct, frozen=True):
    """The drawing: marks, lines across with their numbers, days below."""

    width: int
    height: int
    marks: tuple[Mark, ...]
    levels: tuple[tuple[float, str], ...]
    days: tuple[tuple[float, str], ...]


def toll(counts: Sequence[Count]) -> Toll | None:
    """The drawing of numbers through time. Numbers of undated articles are left to the table beside it."""
    dated = [(day, count) for count in counts if (day := _day(count.said.document.published)) is not None]
    if not dated:
        return None
    highest = max(max(count.low or 0, count.high or 0) for _, count in dated) or 1
    days = sorted({day for day, _ in dated})

    def across(day: date) -> float:
        span = (days[-1] - days[0]).days
        share = 0.5 if not span else (day - days[0]).days / span
        return round(_LEFT + 14 + share * (_TOLL_WIDTH - _LEFT - _RIGHT - 28), 1)

    def up(number: float) -> float:
        return round(_TOLL_HEIGHT - _BELOW - number / highest * (_TOLL_HEIGHT - _ABOVE - _BELOW), 1)

    marks = [_mark(count, _aside(across(day), place), up) for place, (day, count) in _in_days(dated)]
    levels = tuple((up(level), f"{level:,}") for level in _levels(highest))
    return Toll(_TOLL_WIDTH, _TOLL_HEIGHT, tuple(marks), levels, tuple((across(day), str(day)) for day in _some(days)))


def _mark(count: Count, x: float, up: Callable[[float], float]) -> Mark:
    low, high = count.low, count.high
    top = up(high if high is not None else low or 0)
    bottom = up(low if low is not None else high or 0)
    return Mark(count, x, top, bottom, count.fact.value)


def _in_days(dated: Sequence[tuple[date, Count]]) -> Iterable[tuple[int, tuple[date, Count]]]:
    """Each number with its place among those of its day."""
    seen: dict[date, int] = {}
    for day, count in sorted(dated, key=lambda it: (it[0], it[1].fact.predicate, it[1].low or it[1].high or 0)):
        seen[day] = seen.get(day, -1) + 1
        yield seen[day], (day, count)


def _aside(x: float, place: int) -> float:
    """Numbers of one day stand side by side: 0, 10, -10, 20 … units from the day."""
    return x + (place + 1) // 2 * 10 * (1 if place % 2 else -1)


def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None


def _levels(highest: int) -> list[int]:
    step = max(1, highest // 4)
    return list(range(0, highest + 1, step))


def _some(days: Sequence[date]) -> Sequence[date]:
    """Days that have room below the drawing: the first, the last, and few between."""
    if len(days) <= 4:
        return days
    return [days[0], days[len(days) // 3], days[2 * len(days) // 3], days[-1]]
