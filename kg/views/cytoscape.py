"""A picture in, Cytoscape JSON out: the form that Cytoscape desktop and cytoscape.js read."""

from collections.abc import Mapping
from typing import IO

import msgspec

from kg.views import clean, multigraph
from kg.views.picture import Picture


def write(picture: Picture, out: IO[bytes]) -> None:
    """Write ``{"elements": {"nodes": [{"data": {"id", …}}], "edges": [{"data": {"id", "source", "target", …}}]}}``."""
    graph = multigraph.graph(picture)
    # Cytoscape labels nodes by their name; networkx, reading this, calls them by their value.
    nodes = [{"data": _data(data, id=node, value=node, name=data["label"])} for node, data in graph.nodes(data=True)]
    edges = [{"data": _data(data, id=key, source=a, target=b)} for a, b, key, data in graph.edges(keys=True, data=True)]
    content = {
        "data": {"name": picture.title},
        "directed": True,
        "multigraph": True,
        "elements": {"nodes": nodes, "edges": edges},
    }
    out.write(msgspec.json.format(msgspec.json.encode(content), indent=1))


def _data(attributes: Mapping[str, object], **own: str) -> dict[str, object]:
    """Lists may stay here; names that Cytoscape itself uses may not."""
    return {clean.name(name, ("label", "weight")): _listed(value) for name, value in attributes.items()} | own


def _listed(value: object) -> object:
    return [clean.value(item) for item in value] if isinstance(value, list) else clean.value(value)
