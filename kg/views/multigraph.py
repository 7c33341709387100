"""A picture in, a networkx graph out, with all that is known of each thing and each fact as attributes."""

import networkx

from kg.views.attributes import Told, edge
from kg.views.picture import Shown


def graph(shown: Shown) -> "networkx.MultiDiGraph[str]":
    """Things as nodes (by IRI), facts between things as edges (by the fact's IRI), other facts as node attributes.

    See :mod:`kg.views.attributes` for what nodes and edges carry.
    """
    network: networkx.MultiDiGraph[str] = networkx.MultiDiGraph(name=shown.title)
    told = Told()
    edges = [(fact.subject, fact.object, fact.iri, edge(fact)) for fact in told.listening(shown.facts) if fact.object]
    for thing in shown.things:
        network.add_node(thing.iri, **told.node(thing))
    for subject, target, key, attributes in edges:
        network.add_edge(subject, target, key=key, **attributes)
    return network
