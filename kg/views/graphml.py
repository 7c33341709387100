"""A picture in, GraphML out (for Gephi, yEd, igraph, Neo4j …)."""

from typing import IO

import networkx

from kg.views import clean, multigraph
from kg.views.picture import Picture


def write(picture: Picture, out: IO[bytes]) -> None:
    """Write GraphML with an id for every edge, so that facts in parallel are read back as such."""
    graph = clean.graph(multigraph.graph(picture))
    networkx.write_graphml(graph, out, encoding="utf-8", named_key_ids=True, edge_id_from_attribute=None)
