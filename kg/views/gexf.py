"""A picture in, GEXF 1.3 out, with the days from and to which each thing and fact is there (Gephi's timeline).

Written as it is read; see https://gexf.net/primer.html and the schemas beside it.
"""

import calendar
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import IO

from kg.views import attributes, clean, markup
from kg.views.markup import Keys, element
from kg.views.picture import Fact, Shown

Period = tuple[str | None, str | None]
"""First and last day as ``YYYY-MM-DD``; None where that is open or not known."""

_ROOT = {"xmlns": "http://gexf.net/1.3", "version": "1.3"}
_GRAPH = {"defaultedgetype": "directed", "idtype": "string", "mode": "dynamic", "timeformat": "date"}
_TYPES = {int: "integer", float: "double", bool: "boolean", str: "string"}
_PREFIX = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


def write(shown: Shown, out: IO[bytes]) -> None:
    """Write GEXF. A fact is there while it holds, if that is known, else from the day it was first said.

    What facts tell of their things, and which attributes there are, stands in front of edges: these are put aside on
    disk until all facts went by. Memory holds the things' IRIs and values, and one fact.
    """
    told, keys, days = attributes.Told(), Keys(), dict[str, Period]()
    with markup.aside() as edges, markup.aside() as nodes:
        markup.written(_edges(shown, told, keys, days), edges)
        markup.written(_nodes(shown, told, keys, days), nodes)
        markup.written(_opening(shown.title, keys), out)
        for name, lines in (("nodes", nodes), ("edges", edges)):
            markup.written((f"<{name}>",), out)
            markup.appended(lines, out)
            markup.written((f"</{name}>",), out)
    markup.written(("</graph>", "</gexf>"), out)


def periods(fact: Fact) -> list[Period]:
    """When a fact is there: while it holds (more than once, maybe), else from the day it was first said."""
    held = [_period(time) for time in (fact.time or "").split(", ")]
    known = [days for days in held if days != (None, None)]
    return known or [(first_day(fact.first_said), None)]


def first_day(time: str | None) -> str | None:
    """The first day of an ISO 8601 prefix: ``2020-01`` begins on ``2020-01-01``."""
    found = _PREFIX.match(time or "")
    return found and _day(int(found[1]), int(found[2] or 1), int(found[3] or 1))


def last_day(time: str | None) -> str | None:
    """The last day of an ISO 8601 prefix: ``2020-02`` ends on ``2020-02-29``."""
    found = _PREFIX.match(time or "")
    if not found:
        return None
    year, month = int(found[1]), int(found[2] or 12)
    return _day(year, month, int(found[3] or (calendar.monthrange(year, month)[1] if 1 <= month <= 12 else 0)))


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _period(time: str) -> Period:
    begin, _, end = time.partition("/")
    days = first_day(begin), last_day(end if "/" in time else begin)
    # What ends before it begins is a mistake of a text: nothing is known then.
    return (None, None) if days[0] and days[1] and days[1] < days[0] else days


def _opening(title: str, keys: Keys) -> Iterator[str]:
    yield markup.HEAD
    yield element("gexf", _ROOT).removesuffix("/>") + ">"
    yield element("meta", {}, element("creator", {}, "kg") + element("description", {}, markup.words(title) or " "))
    yield element("graph", _GRAPH).removesuffix("/>") + ">"
    for owner in ("node", "edge"):
        declared = (element("attribute", _declared(*found)) for found in keys.of(owner))
        yield element("attributes", {"class": owner}, "".join(declared))


def _declared(key: str, name: str, kind: type) -> dict[str, object]:
    return {"id": key, "title": name, "type": _TYPES[kind]}


def _edges(shown: Shown, told: attributes.Told, keys: Keys, days: dict[str, Period]) -> Iterator[str]:
    for fact in told.listening(shown.facts):
        if fact.object is None:
            continue
        spells = periods(fact)
        for end in (fact.subject, fact.object):
            days[end] = _hull([*spells, days[end]] if end in days else spells)
        # Two facts between the same two things are parallel edges: their kinds keep them apart in Gephi.
        own: dict[str, object] = {"id": fact.iri, "source": fact.subject, "target": fact.object, "kind": fact.predicate}
        yield _told("edge", own, attributes.edge(fact), spells, keys)


def _nodes(shown: Shown, told: attributes.Told, keys: Keys, days: dict[str, Period]) -> Iterator[str]:
    for thing in shown.things:
        yield _told("node", {"id": thing.iri}, told.node(thing), [days.get(thing.iri, (None, None))], keys)


def _told(owner: str, own: dict[str, object], known: Mapping[str, object], spells: list[Period], keys: Keys) -> str:
    plain = clean.attributes(known, ("label", "weight"))
    own |= {name: plain.pop(name) for name in ("label", "weight") if name in plain}
    values = (
        element("attvalue", {"for": keys.key(owner, name, value), "value": value}) for name, value in plain.items()
    )
    inside = element("attvalues", {}, "".join(values))
    if len(spells) == 1:
        own |= {"start": spells[0][0], "end": spells[0][1]}
    else:
        inside += element("spells", {}, "".join(element("spell", {"start": a, "end": b}) for a, b in spells))
    return element(owner, own, inside)


def _hull(some: list[Period]) -> Period:
    """From the first day on; to the last one's end, unless one is open."""
    starts, ends = zip(*some, strict=True)
    first = None if None in starts else min(starts)
    last = None if None in ends else max(ends)
    return first, last
