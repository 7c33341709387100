"""A store in; the graph as networkx, GraphML, GEXF, Cytoscape JSON, HTML, tables and RDF files out."""

from typing import TYPE_CHECKING

from kg.views.files import ENDINGS, export
from kg.views.select import behind, find, picture_of

if TYPE_CHECKING:
    import networkx

    from kg.store import Store

__all__ = ["ENDINGS", "behind", "export", "find", "network", "picture_of"]


def network(
    store: "Store",
    about: str | None = None,
    hops: int = 1,
    query: str | None = None,
    *,
    include_alleged: bool = True,
    include_inferred: bool = True,
) -> "networkx.MultiDiGraph[str]":
    """The merged graph, or a part of it, as networkx: things by IRI, facts by IRI, all that is known as attributes.

    See :func:`kg.views.select.picture_of` for what the arguments choose, and :func:`kg.views.multigraph.graph` for the
    attributes. :mod:`kg.views.clean` makes them fit for networkx's own writers.
    """
    from kg.views import multigraph

    shown = picture_of(store, about, hops, query, include_alleged=include_alleged, include_inferred=include_inferred)
    return multigraph.graph(shown)
