"""A store in; RDF files of all of it, or of a part with its evidence, out.

Turtle and N-Triples hold one graph: the merged view. TriG, N-Quads and JSON-LD hold the documents' graphs as well. All
of a store is written as it is read; a part of it is held in memory.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import IO, TYPE_CHECKING

from kg.config import KG
from kg.views import notation, select
from kg.views.picture import Picture

if TYPE_CHECKING:
    from kg.store import Store

Writer = Callable[[Iterable[notation.Quad]], Iterator[str]]

FORMATS: dict[str, Writer] = {
    ".ttl": notation.turtle,
    ".nt": notation.ntriples,
    ".trig": notation.trig,
    ".nq": notation.nquads,
    ".jsonld": notation.jsonld,
}
ONE_GRAPH = frozenset({".ttl", ".nt"})
"""These can't name graphs."""


def write(
    store: "Store", out: IO[bytes], ending: str, about: str | None = None, hops: int = 1, query: str | None = None
) -> None:
    """Write the store, or what surrounds a thing, or what a query finds (a CONSTRUCT: its triples and no more)."""
    if about is None and query is None:
        quads: Iterable[notation.Quad] = _everything(store, ending in ONE_GRAPH)
    elif query is not None and store.query(query).kind == "graph":
        quads = notation.quads(_lines(store, query))
    else:
        part = _part(store, select.picture_of(store, about, hops, query), ending in ONE_GRAPH)
        quads = notation.quads(part)
    for text in FORMATS[ending](quads):
        out.write(text.encode())


def _everything(store: "Store", one_graph: bool) -> Iterator[notation.Quad]:
    """What :meth:`kg.store.Store.dump` gives, in the order of the writers, with little of it in memory."""
    yield from notation.of_graph("", store.graph().triples())
    if one_graph:
        return
    hidden = {f"<{store.base}{name}>" for name in ("log", "tally")}
    for graph in sorted(set(store.graph_names()) - hidden):
        yield from notation.of_graph(graph, store.graph(graph).triples())


def _lines(store: "Store", query: str) -> list[str]:
    # Not splitlines(): it would cut at other signs that literals may hold.
    return store.query(query).serialize("nt").decode().split("\n")


def _part(store: "Store", picture: Picture, one_graph: bool) -> Iterator[str]:
    """The merged view of a picture's things and facts; and, graph by graph, the claims that they rest on."""
    own = {thing.iri for thing in picture.things} | {fact.iri for fact in picture.facts}
    for line in _about(store, own):
        if _stays_inside(line, own):
            yield line
    if one_graph:
        return
    claims: dict[str, set[str]] = {}
    for fact in picture.facts:
        for item in fact.evidence:
            claims.setdefault(item.claim.rpartition("/")[0], set()).add(item.claim)
    for document in sorted(claims):
        yield from _evidence(store, document, claims[document])


def _about(store: "Store", nodes: Iterable[str], graph: str = "") -> Iterator[str]:
    for batch in select.batches(nodes):
        where = f"{select.values('s', batch)} ?s ?p ?o"
        inside = f"GRAPH <{graph}> {{ {where} }}" if graph else where
        for line in _lines(store, f"CONSTRUCT {{ ?s ?p ?o }} {{ {inside} }}"):
            if line:
                yield f"{line.removesuffix('.').rstrip()} <{graph}> ." if graph else line


_OBJECT = re.compile(r"<[^>]*> (<[^>]*>) <([^>]*)> ?\.")


def _stays_inside(line: str, own: set[str]) -> bool:
    """Whether a triple gives a value, a class, a claim, or leads to another part of the picture."""
    found = _OBJECT.fullmatch(line.strip())
    return not found or found[2] in own or found[2].startswith(KG) or found[1] == f"<{KG}claim>"


def _evidence(store: "Store", document: str, claims: Sequence[str] | set[str]) -> Iterator[str]:
    """The claims, the entities that they name, what these are in the merged view, the document and its source."""
    said = list(_about(store, claims, document))
    named = {iri for line in said for iri in re.findall(r"<([^>]*)>", line) if iri.startswith(f"{document}/")}
    entities = named - set(claims)
    sources = {iri for line in _about(store, [document], document) for iri in re.findall(r"/source> <([^>]*)>", line)}
    yield from said
    yield from _about(store, entities | sources | {document}, document)
    yield from (line for line in _about(store, entities) if "specializationOf" in line)
