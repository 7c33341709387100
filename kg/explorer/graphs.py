"""Facts in; nodes with places and edges with words, as the script of the graph page draws them, out."""

from collections.abc import Sequence

import msgspec

from kg.explorer.addresses import page_of, sentence
from kg.explorer.facts import Told
from kg.views import layout
from kg.views.picture import Picture

MOST_NODES = 2000
"""Beyond so many things a picture tells nothing: the page asks to narrow."""

MOST_LINKS = 4000


class Node(msgspec.Struct, frozen=True):
    """One thing, where it stands (pixels), and whether all around it is shown."""

    id: str
    name: str
    kind: str
    family: str
    page: str
    x: float
    y: float
    sources: int
    opened: bool


class Edge(msgspec.Struct, frozen=True):
    """One fact between two things; ``sentence`` is the page of the words that state it."""

    id: str
    source: str
    target: str
    relation: str
    stance: str
    inferred: bool
    sources: int
    since: str | None
    time: str | None
    sentence: str | None


class Graphed(msgspec.Struct, frozen=True):
    """A picture to be drawn; ``more`` tells that not all could be shown."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    more: bool


_SPREAD = 130
"""Pixels of an edge."""


def picture(told: Told) -> Picture:
    """What is drawn, for the writers of files."""
    links = [fact for fact in told.facts if fact.object in told.things and fact.subject in told.things]
    ends = {end for fact in links for end in (fact.subject, fact.object) if end}
    made = Picture(tuple(told.things[iri] for iri in sorted(ends)), tuple(links))
    return made.limited(MOST_NODES)


def graphed(told: Told, opened: Sequence[str], base: str) -> Graphed:
    """What is drawn, with places."""
    shown = picture(told)
    number = {thing.iri: place for place, thing in enumerate(shown.things)}
    places = layout.positions(len(number), [(number[fact.subject], number[other]) for fact, other in shown.links])
    sources: dict[str, int] = {}
    for fact, other in shown.links:
        for end in (fact.subject, other):
            sources[end] = max(sources.get(end, 0), fact.sources)
    nodes = [
        Node(
            thing.iri,
            thing.label,
            thing.kind,
            thing.family,
            page_of(thing.iri, base),
            round(float(x) * _SPREAD, 1),
            round(float(y) * _SPREAD, 1),
            sources.get(thing.iri, 0),
            thing.iri in opened,
        )
        for thing, (x, y) in zip(shown.things, places, strict=True)
    ]
    edges = [
        Edge(
            fact.iri,
            fact.subject,
            other,
            fact.label,
            fact.stance,
            fact.inferred,
            fact.sources,
            fact.first_said,
            fact.time,
            sentence(fact.evidence[0].claim) if fact.evidence else None,
        )
        for fact, other in shown.links
    ]
    return Graphed(tuple(nodes), tuple(edges), told.more or shown.left_out > 0)
