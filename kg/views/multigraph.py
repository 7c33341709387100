"""A picture in, a networkx graph out, with all that is known of each thing and each fact as attributes."""

from collections.abc import Iterable

import networkx

from kg.views.picture import Evidence, Fact, Picture, Thing


def graph(picture: Picture) -> "networkx.MultiDiGraph[str]":
    """Things as nodes (by IRI), facts between things as edges (by the fact's IRI), other facts as node attributes.

    Nodes carry label, kind, aliases, mentions, sources, documents, first_said, last_said, and a list per property that
    gives a value (``deaths``, ``bornOn``). Edges carry label, predicate, stance, weight and sources (independent
    sources), documents, first_said, last_said, time, confidence, inferred, and lists of quotes, speakers and urls.
    Attributes that are not known are left out; times are text (ISO 8601).
    """
    network: networkx.MultiDiGraph[str] = networkx.MultiDiGraph(name=picture.title)
    said = _said(picture.facts)
    for thing in picture.things:
        network.add_node(thing.iri, **_node(thing), **said.get(thing.iri, {}))
    for fact in picture.values:
        if fact.subject in network:
            network.nodes[fact.subject].setdefault(_attribute(fact), []).append(worded(fact))
    for fact, target in picture.links:
        network.add_edge(fact.subject, target, key=fact.iri, **_edge(fact))
    return network


def worded(fact: Fact) -> str:
    """The value of a fact, with its stance unless it is simply asserted."""
    return fact.value if fact.stance == "asserted" else f"{fact.value} ({fact.stance})"


_NODE_NAMES = frozenset(Thing.__struct_fields__) | {"first_said", "last_said"}


def _attribute(fact: Fact) -> str:
    return f"{fact.predicate}_" if fact.predicate in _NODE_NAMES else fact.predicate


def _node(thing: Thing) -> dict[str, object]:
    return _known(
        label=thing.label,
        kind=thing.kind,
        family=thing.family,
        aliases=list(thing.aliases),
        mentions=thing.mentions,
        sources=thing.sources,
        documents=thing.documents,
    )


def _edge(fact: Fact) -> dict[str, object]:
    return _known(
        label=fact.label,
        predicate=fact.predicate,
        stance=fact.stance,
        weight=fact.sources,
        sources=fact.sources,
        documents=fact.documents,
        first_said=fact.first_said,
        last_said=fact.last_said,
        time=fact.time,
        confidence=fact.confidence,
        inferred=fact.inferred,
        quotes=[item.quote for item in fact.evidence],
        speakers=_distinct(item.speaker for item in fact.evidence),
        urls=_distinct(item.document.url for item in fact.evidence),
        evidence=[reference(item) for item in fact.evidence],
    )


def reference(item: Evidence) -> str:
    """Where a piece of evidence stands: document and characters, as in an RFC 5147 text fragment."""
    return f"{item.document.id}#char={item.start},{item.end}"


def _known(**attributes: object) -> dict[str, object]:
    return {name: value for name, value in attributes.items() if value is not None and value != []}


def _distinct(values: Iterable[str | None]) -> list[str]:
    return list(dict.fromkeys(value for value in values if value))


def _said(facts: Iterable[Fact]) -> dict[str, dict[str, object]]:
    """When each thing was first and last spoken of, in the facts that touch it."""
    dates: dict[str, list[str]] = {}
    for fact in facts:
        known = [day for day in (fact.first_said, fact.last_said) if day]
        for end in (fact.subject, fact.object):
            if end and known:
                dates.setdefault(end, []).extend(known)
    return {thing: {"first_said": min(days), "last_said": max(days)} for thing, days in dates.items()}
