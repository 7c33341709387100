"""A picture in, the same with the measures of its things out: who is central, what belongs together, what hangs on one.

All but PageRank is computed by networkx, with a fixed seed, on who is linked to whom at all: the facts between two
things, whichever way they point, are one edge, as strong as they are many. PageRank looks which way they point.

- *degree*: how many facts link a thing to others.
- *betweenness* (Freeman 1977; sampled as in Brandes and Pich 2007): the share of shortest paths that lead through it.
- *pagerank* (Page et al. 1999, damping 0.85): where one who follows facts from subject to object would be found.
- *community* (Louvain, Blondel et al. 2008): things with more facts among them than with others; 1 is the largest.
- *cutpoint*, *bridge*: a thing, or the only fact between two, without which the graph falls into more parts.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import msgspec
import networkx
import numpy
from msgspec.structs import replace

from kg.views.picture import Fact, Measures, Picture, Thing, degree

Order = Literal["pagerank", "betweenness", "degree"]

SEED = 7

EXACT = 2000
"""Up to so many things betweenness counts all shortest paths; beyond, those from :data:`SAMPLE` things."""

SAMPLE = 500


class Community(msgspec.Struct, frozen=True):
    """Things that belong together; ``names`` are those with the highest PageRank."""

    number: int
    things: int
    names: tuple[str, ...]


class Bridge(msgspec.Struct, frozen=True):
    """A fact on which the graph hangs; ``parts`` are how many things it keeps together on either side, least first."""

    subject: str
    relation: str
    object: str
    parts: tuple[int, int]


class Analysis(msgspec.Struct, frozen=True):
    """A picture with measures, and what is most telling in it, most telling first.

    ``parts`` is how many parts without a link between them there are. ``sampled`` is from how many things betweenness
    was counted, None if from all.
    """

    picture: Picture
    parts: int
    communities: tuple[Community, ...]
    bridges: tuple[Bridge, ...]
    sampled: int | None = None

    def ranked(self, by: Order = "pagerank") -> list[tuple[Thing, Measures]]:
        """The things, those with the highest value first."""
        measured = [(thing, thing.measures) for thing in self.picture.things if thing.measures]
        return sorted(measured, key=lambda pair: (-getattr(pair[1], by), pair[0].iri))


def measured(picture: Picture) -> Picture:
    """The picture with the measures of its things, and its facts told bridges or not."""
    return analysed(picture).picture


def analysed(picture: Picture) -> Analysis:
    """All that is computed of a picture. Ten CPU seconds for 6,000 facts; betweenness takes most of them."""
    graph = _graph(picture)
    sample = SAMPLE if len(graph) > EXACT else None
    measures, groups = _measures(picture, graph, sample)
    bridges = _bridges(picture, graph)
    hanging = {fact.iri for fact, _ in bridges}
    labels = {thing.iri: thing.label for thing in picture.things}
    shown = replace(
        picture,
        things=tuple(replace(thing, measures=measures[thing.iri]) for thing in picture.things),
        facts=tuple(
            fact if fact.object is None else replace(fact, bridge=fact.iri in hanging) for fact in picture.facts
        ),
    )
    return Analysis(
        shown,
        networkx.number_connected_components(graph),
        tuple(_community(number, group, measures, labels) for number, group in enumerate(groups, 1)),
        tuple(_bridge(fact, parts, labels) for fact, parts in bridges),
        sample,
    )


def _graph(picture: Picture) -> "networkx.Graph[str]":
    """Who is linked to whom; ``weight`` is by how many facts. A thing is not linked to itself."""
    graph: networkx.Graph[str] = networkx.Graph()
    graph.add_nodes_from(thing.iri for thing in picture.things)
    for fact, target in picture.links:
        if fact.subject != target:
            weight = graph.get_edge_data(fact.subject, target, {"weight": 0})["weight"]
            graph.add_edge(fact.subject, target, weight=weight + 1)
    return graph


def _measures(
    picture: Picture, graph: "networkx.Graph[str]", sample: int | None
) -> tuple[dict[str, Measures], list[set[str]]]:
    links = picture.links
    degrees = degree(fact for fact, _ in links)
    between = networkx.betweenness_centrality(graph, k=sample, seed=SEED)
    ranks = pagerank(list(graph), [(fact.subject, target) for fact, target in links])
    cutpoints = set(networkx.articulation_points(graph))
    groups = _groups(graph)
    member = {thing: number for number, group in enumerate(groups, 1) for thing in group}
    return {
        thing: Measures(degrees.get(thing, 0), between[thing], ranks[thing], member[thing], thing in cutpoints)
        for thing in graph
    }, groups


def _groups(graph: "networkx.Graph[str]") -> list[set[str]]:
    """The communities, the largest first."""
    found = networkx.community.louvain_communities(graph, weight="weight", seed=SEED) if graph else []
    return sorted(found, key=lambda group: (-len(group), min(group)))


def pagerank(things: Sequence[str], links: Iterable[tuple[str, str]], damping: float = 0.85) -> dict[str, float]:
    """The share of time that a reader who follows links, and now and then (1 - ``damping``) starts anew, is at each.

    By power iteration, as networkx does it (its own needs scipy), until nothing changes by a millionth per thing.
    """
    if not things:
        return {}
    number = {thing: place for place, thing in enumerate(things)}
    pairs = numpy.array([(number[a], number[b]) for a, b in links], dtype=numpy.int64).reshape(-1, 2)
    sources, targets = pairs[:, 0], pairs[:, 1]
    out = numpy.bincount(sources, minlength=len(things))
    share = 1 / out[sources]
    ranks = numpy.full(len(things), 1 / len(things))
    for _ in range(200):
        flow = numpy.bincount(targets, weights=ranks[sources] * share, minlength=len(things))
        before, ranks = ranks, damping * (flow + ranks[out == 0].sum() / len(things)) + (1 - damping) / len(things)
        if numpy.abs(ranks - before).sum() < 1e-6:
            break
    return dict(zip(things, ranks.tolist(), strict=True))


def _community(number: int, group: set[str], measures: Mapping[str, Measures], labels: Mapping[str, str]) -> Community:
    first = sorted(group, key=lambda thing: (-measures[thing].pagerank, thing))[:5]
    return Community(number, len(group), tuple(labels[thing] for thing in first))


def _bridges(picture: Picture, graph: "networkx.Graph[str]") -> list[tuple[Fact, tuple[int, int]]]:
    """The bridges with the things on either side of each, those that hold the largest parts together first."""
    sides = _sides(graph)
    ends = {frozenset(pair) for pair in networkx.bridges(graph)}
    found = [
        (fact, sides[pair])
        for fact, target in picture.links
        if (pair := frozenset((fact.subject, target))) in ends and graph.edges[fact.subject, target]["weight"] == 1
    ]
    return sorted(found, key=lambda pair: (-pair[1][0], pair[0].iri))


def _sides(graph: "networkx.Graph[str]") -> dict[frozenset[str], tuple[int, int]]:
    """For each edge of a tree through the graph, how many things are below it, and how many are not; least first.

    A bridge is in every such tree, and what is below it is one side of it.
    """
    below, above, root = dict.fromkeys(graph, 1), dict[str, str](), dict[str, str]()
    for parent, thing, way in networkx.dfs_labeled_edges(graph):
        if way == "forward":
            root[thing] = root.get(parent, parent)
        elif way == "reverse" and parent != thing:
            above[thing] = parent
            below[parent] += below[thing]
    sides = {frozenset((thing, parent)): (below[thing], below[root[thing]]) for thing, parent in above.items()}
    return {pair: (min(one, whole - one), max(one, whole - one)) for pair, (one, whole) in sides.items()}


def _bridge(fact: Fact, parts: tuple[int, int], labels: Mapping[str, str]) -> Bridge:
    assert fact.object is not None
    return Bridge(labels[fact.subject], fact.label, labels[fact.object], parts)


def report(found: Analysis, by: Order = "pagerank", top: int = 20) -> dict[str, object]:
    """The analysis as plain values, for JSON: the ``top`` things, all communities of more than one thing, all bridges
    that hold more than one thing to the rest."""
    things, facts = found.picture.size()
    return {
        "things": things,
        "facts": facts,
        "parts": found.parts,
        "betweenness_sampled_from": found.sampled,
        "ranked_by": by,
        "ranked": [
            {"iri": thing.iri, "label": thing.label, "kind": thing.kind} | msgspec.structs.asdict(measures)
            for thing, measures in found.ranked(by)[:top]
        ],
        "communities": [it for it in found.communities if it.things > 1],
        "bridges": [it for it in found.bridges if it.parts[0] > 1],
    }
