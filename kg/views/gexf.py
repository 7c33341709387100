"""A picture in, GEXF 1.2 out, with the days from and to which each thing and fact is there (Gephi's timeline)."""

import calendar
import re
from collections.abc import Iterable
from typing import IO

import networkx

from kg.views import clean, multigraph
from kg.views.picture import Fact, Picture

_PREFIX = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


def write(picture: Picture, out: IO[bytes]) -> None:
    """Write GEXF. A fact is there while it holds, if that is known, else from the day it was first said."""
    graph = multigraph.graph(picture)
    for fact, target in picture.links:
        graph.edges[fact.subject, target, fact.iri].update(_named(*period(fact)))
    for thing, days in _first_and_last(picture.links).items():
        graph.nodes[thing].update(_named(*days))
    networkx.write_gexf(clean.graph(graph, allowed=("label", "weight", "start", "end")), out, encoding="utf-8")


def period(fact: Fact) -> tuple[str | None, str | None]:
    """First and last day of a fact as ``YYYY-MM-DD``; None where that is open or not known."""
    if not fact.time:
        return first_day(fact.first_said), None
    begin, _, end = fact.time.partition("/")
    return first_day(begin), last_day(end if "/" in fact.time else begin)


def first_day(time: str | None) -> str | None:
    """The first day of an ISO 8601 prefix: ``2020-01`` begins on ``2020-01-01``."""
    found = _PREFIX.match((time or "").split(", ")[0])
    return found and f"{found[1]}-{found[2] or '01'}-{found[3] or '01'}"


def last_day(time: str | None) -> str | None:
    """The last day of an ISO 8601 prefix: ``2020-02`` ends on ``2020-02-29``."""
    found = _PREFIX.match((time or "").split(", ")[0])
    if not found:
        return None
    year, month = int(found[1]), int(found[2] or 12)
    if not (1 <= year <= 9999 and 1 <= month <= 12):
        return None
    return f"{found[1]}-{month:02}-{found[3] or calendar.monthrange(year, month)[1]}"


def _named(start: str | None, end: str | None) -> dict[str, str]:
    return {name: day for name, day in (("start", start), ("end", end)) if day}


def _first_and_last(facts: Iterable[tuple[Fact, str]]) -> dict[str, tuple[str | None, str | None]]:
    """The days of a thing: from the first of its facts on; to the last one's end, unless one is open."""
    periods: dict[str, list[tuple[str | None, str | None]]] = {}
    for fact, target in facts:
        for end in (fact.subject, target):
            periods.setdefault(end, []).append(period(fact))
    return {thing: _hull(days) for thing, days in periods.items()}


def _hull(days: list[tuple[str | None, str | None]]) -> tuple[str | None, str | None]:
    starts = [start for start, _ in days]
    ends = [end for _, end in days]
    first = None if None in starts else min(start for start in starts if start)
    last = None if None in ends else max(end for end in ends if end)
    return first, last
