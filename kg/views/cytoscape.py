"""A picture in, Cytoscape JSON out, written as it is read: the form that Cytoscape desktop and cytoscape.js read."""

from collections.abc import Iterable, Iterator, Mapping
from typing import IO

import msgspec

from kg.views import attributes, clean
from kg.views.picture import Shown


def write(shown: Shown, out: IO[bytes]) -> None:
    """Write ``{"elements": {"edges": [{"data": {"id", "source", "target", …}}], "nodes": [{"data": {"id", …}}]}}``."""
    told = attributes.Told()
    out.write(b'{"data": ' + msgspec.json.encode({"name": clean.text(shown.title)}))
    out.write(b', "directed": true, "multigraph": true, "elements": {\n"edges": [')
    _listed(_edges(shown, told), out)
    out.write(b'],\n"nodes": [')
    _listed(_nodes(shown, told), out)
    out.write(b"]}}\n")


def _edges(shown: Shown, told: attributes.Told) -> Iterator[dict[str, object]]:
    for fact in told.listening(shown.facts):
        if fact.object is not None:
            yield _data(attributes.edge(fact), id=fact.iri, source=fact.subject, target=fact.object)


def _nodes(shown: Shown, told: attributes.Told) -> Iterator[dict[str, object]]:
    for thing in shown.things:
        # Cytoscape labels nodes by their name; networkx, reading this, calls them by their value.
        yield _data(told.node(thing), id=thing.iri, value=thing.iri, name=clean.text(thing.label))


def _listed(elements: Iterable[dict[str, object]], out: IO[bytes]) -> None:
    comma = b"\n"
    for each in elements:
        out.write(comma + msgspec.json.encode({"data": each}))
        comma = b",\n"


def _data(known: Mapping[str, object], **own: str) -> dict[str, object]:
    """Lists may stay here; names that Cytoscape itself uses may not."""
    return {clean.name(name, ("label", "weight")): _item(value) for name, value in known.items()} | own


def _item(value: object) -> object:
    return [clean.value(item) for item in value] if isinstance(value, list) else clean.value(value)
