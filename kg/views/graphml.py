"""A picture in, GraphML out (for Gephi, yEd, Cytoscape, igraph …), written as it is read.

GraphML wants names of XML as ids (NMTOKEN), which IRIs are not: nodes and edges are numbered, and carry their IRI.
See the schemas at http://graphml.graphdrawing.org/xmlns/1.1/.
"""

import re
from collections.abc import Iterator, Mapping
from typing import IO

from kg.views import attributes, clean, markup
from kg.views.markup import Keys, element
from kg.views.picture import Shown

_SPACE = "http://graphml.graphdrawing.org/xmlns"
_ROOT = {
    "xmlns": _SPACE,
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xsi:schemaLocation": f"{_SPACE} {_SPACE}/1.1/graphml.xsd",
}
_TYPES = {int: "int", float: "double", bool: "boolean", str: "string"}
_NOT_IN_A_NAME = re.compile(r"[^\w.:-]", re.ASCII)


def write(shown: Shown, out: IO[bytes]) -> None:
    """Write GraphML with an id for every edge, so that facts in parallel are read back as such.

    What facts tell of their things, and which attributes there are, stands in front of edges: these are put aside on
    disk until all facts went by. Memory holds the things' IRIs and values, and one fact.
    """
    told, keys, numbers = attributes.Told(), Keys(), dict[str, int]()
    with markup.aside() as edges, markup.aside() as nodes:
        markup.written(_edges(shown, told, keys, numbers), edges)
        markup.written(_nodes(shown, told, keys, numbers), nodes)
        markup.written(_opening(shown.title, keys), out)
        markup.appended(nodes, out)
        markup.appended(edges, out)
    markup.written(("</graph>", "</graphml>"), out)


def _opening(title: str, keys: Keys) -> Iterator[str]:
    yield markup.HEAD
    yield element("graphml", _ROOT).removesuffix("/>") + ">"
    for owner in ("node", "edge"):
        for key, name, kind in keys.of(owner):
            said = {"id": key, "for": owner, "attr.name": _NOT_IN_A_NAME.sub("_", name), "attr.type": _TYPES[kind]}
            yield element("key", said)
    yield '<graph id="G" edgedefault="directed">'
    yield f"<desc>{markup.words(title)}</desc>"


def _edges(shown: Shown, told: attributes.Told, keys: Keys, numbers: dict[str, int]) -> Iterator[str]:
    links = ((fact, fact.object) for fact in told.listening(shown.facts) if fact.object is not None)
    for number, (fact, target) in enumerate(links):
        ends = {"source": _node_id(fact.subject, numbers), "target": _node_id(target, numbers)}
        data = _data({"iri": fact.iri, **attributes.edge(fact)}, "edge", keys)
        yield element("edge", {"id": f"e{number}", **ends}, data)


def _nodes(shown: Shown, told: attributes.Told, keys: Keys, numbers: dict[str, int]) -> Iterator[str]:
    for thing in shown.things:
        data = _data({"iri": thing.iri, **told.node(thing)}, "node", keys)
        yield element("node", {"id": _node_id(thing.iri, numbers)}, data)


def _node_id(iri: str, numbers: dict[str, int]) -> str:
    return f"n{numbers.setdefault(iri, len(numbers))}"


def _data(known: Mapping[str, object], owner: str, keys: Keys) -> str:
    plain = clean.attributes(known, ("label", "weight"))
    return "".join(
        f'<data key="{keys.key(owner, name, value)}">{markup.words(value)}</data>' for name, value in plain.items()
    )
