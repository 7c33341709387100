"""A server in; the part of its quads that was asked for, kept here for as long as one writer's turn lasts, out.

Look-ups go to the server once. What comes back is put into a store in memory, with a note of what was asked, and the
next look-up that this covers is answered from there. That is sound as long as nobody else writes, of which the turn
(:mod:`kg.store.turns`) takes care; our own changes are made here as well as there.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import Any, NamedTuple

import pyoxigraph as ox

from kg.errors import StoreError
from kg.store import answers
from kg.store.engine import Name, Node, Value
from kg.store.evidence import Triple
from kg.store.guard import makes_triples
from kg.store.names import AS_WKT, WKT, XSD, kg
from kg.store.update import Update
from kg.store.wire import Wire

_DEFAULT = ox.DefaultGraph()
_AT_ONCE = 100
"""Nodes asked for in one query: some ten kilobytes of text."""
_SURELY_WHOLE = 1_000
"""Rows that any server gives without cutting the answer off; a longer answer is counted."""
_MOST_QUADS = 3_000_000
"""Quads kept here before we begin anew: about a gigabyte of memory."""

Pattern = tuple[Node | None, ox.NamedNode | None, Value | None, Name | None]


class Layout(NamedTuple):
    """How our graphs lie on the server: the graph of the merged view (None: the default graph), and whether positions
    are kept as plain text, as the server would round them."""

    merged: str | None = None
    plain_points: bool = False


class Mirror:
    """An :class:`kg.store.engine.Engine` on a server; ``base`` is what the names of our graphs begin with."""

    def __init__(self, wire: Wire, base: str, layout: Layout) -> None:
        """Nothing is asked yet."""
        self.wire, self.layout = wire, layout
        self._base = base
        self._merged = ox.NamedNode(layout.merged) if layout.merged else None
        self._kept = ox.Store()
        self._covered = set[Pattern]()
        self._size = 0

    # --- an engine -----------------------------------------------------------------------------------------------

    def quads_for_pattern(
        self,
        subject: Node | None,
        predicate: ox.NamedNode | None,
        object: Value | None,  # noqa: A002 - pyoxigraph's own word
        graph_name: Name | None = None,
        /,
    ) -> Iterator[ox.Quad]:
        """See :class:`kg.store.engine.Engine`."""
        pattern = subject, predicate, object, graph_name
        if not self._is_covered(pattern):
            self._fetch(_widened(pattern))
        return self._kept.quads_for_pattern(*pattern)

    def __contains__(self, quad: Any, /) -> bool:
        return any(True for _ in self.quads_for_pattern(*quad))

    def contains_named_graph(self, graph_name: Name, /) -> bool:
        """Whether a graph holds anything: not every server knows graphs without triples."""
        if self._is_covered((None, None, None, graph_name)):
            return any(True for _ in self._kept.quads_for_pattern(None, None, None, graph_name))
        # A document's graph holds the document itself.
        return any(True for _ in self.quads_for_pattern(graph_name, None, None, graph_name))  # type: ignore[arg-type]

    def named_graphs(self, /) -> Iterator[Node]:
        """Our graphs: those of others on the same server are none of our business."""
        found = self._rows("DISTINCT ?g", "GRAPH ?g { ?s ?p ?o }")
        names = {row["g"] for row in found}
        return iter(sorted((it for it in names if isinstance(it, ox.NamedNode) and self._is_ours(it)), key=str))

    def query(self, query: str, /, *, prefixes: dict[str, str] | None = None) -> answers.Answer:
        """The server's answer, or our own on what it holds. Prefixes that the query lacks are put before it."""
        if self.wire.endpoint.queries == "here":
            self._fetch_all()
            return self._kept.query(query, prefixes=prefixes)
        declared = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in (prefixes or {}).items())
        dataset = {"default-graph-uri": self.layout.merged} if self.layout.merged else None
        graph = makes_triples(query)
        answer = self.wire.query(declared + query, graph=graph, dataset=dataset)
        if graph:
            return answers.triples(answer.content, answer.headers.get("Content-Type", ""))
        return answers.answered(answer.content)

    def dump(self, /, *, format: ox.RdfFormat | None = None) -> bytes | None:  # noqa: A002 - pyoxigraph's own word
        """All quads of ours."""
        self._fetch_all()
        return self._kept.dump(format=format)

    def flush(self, /) -> None:
        """Nothing to do: what a server has taken is the server's to keep."""

    # --- what is asked for ahead ---------------------------------------------------------------------------------

    def expect(self, nodes: Iterable[str], graph: str | None) -> None:
        """Fetch the properties of nodes (in angle brackets) of a graph, many in one request."""
        name = _name(graph)
        missing = [it for it in dict.fromkeys(map(_iri, nodes)) if not self._is_covered((it, None, None, name))]
        for some in _batches(missing):
            values = f"VALUES ?s {{ {' '.join(map(str, some))} }}"
            self._keep("?s ?p ?o", f"{values} {self._inside(name, '?s ?p ?o')}", (None, None, None, name))
            self._covered.update((it, None, None, name) for it in some)

    def expect_subjects(self, predicate: str | None, objects: Iterable[str], graph: str | None) -> None:
        """Fetch what has a predicate (or any) with these objects (IRIs in angle brackets)."""
        name, verb = _name(graph), _iri(predicate) if predicate else None
        missing = [it for it in dict.fromkeys(map(_iri, objects)) if not self._is_covered((None, verb, it, name))]
        asked, triple = ("?s ?o", f"?s {verb} ?o") if verb else ("?s ?p ?o", "?s ?p ?o")
        for some in _batches(missing):
            values = f"VALUES ?o {{ {' '.join(map(str, some))} }}"
            self._keep(asked, f"{values} {self._inside(name, triple)}", (None, verb, None, name))
            self._covered.update((None, verb, it, name) for it in some)

    # --- changes -------------------------------------------------------------------------------------------------

    def changed(self, update: Update) -> None:
        """Do here what was done on the server."""
        self._kept.update(update.text())
        self._size += update.size()
        whole = (it for it in update.plus() if it in update.dropped or self._is_document(it))
        self._covered.update((None, None, None, _name(it)) for it in whole)
        self._covered.update((None, None, None, _name(it)) for it in update.dropped)
        if self._size > _MOST_QUADS:
            self.forget()

    def forget(self) -> None:
        """Ask anew from now on."""
        self._kept, self._covered, self._size = ox.Store(), set(), 0

    def pieces(self, triples: Mapping[str | None, set[Triple]]) -> Iterator[str]:
        """Triples by graph as the insides of ``INSERT DATA`` or ``DELETE DATA``, each as long as the server takes."""
        blocks, size, most = list[str](), 0, self.wire.endpoint.most_bytes
        for graph, those in triples.items():
            for lines in _cut(map(self.written, sorted(those)), most):
                if blocks and size + len(lines) > most:
                    yield "".join(blocks)
                    blocks, size = [], 0
                blocks.append(self._inside(_name(graph), "\n" + lines) + "\n")
                size += len(lines)
        if blocks:
            yield "".join(blocks)

    def written(self, triple: Triple) -> str:
        """A triple as the server keeps it."""
        subject, predicate, value = triple
        if self.layout.plain_points and value.endswith(f"^^{WKT}"):
            value = value.removesuffix(f"^^{WKT}")
        return f"{subject} {predicate} {value} .\n"

    # --- inside --------------------------------------------------------------------------------------------------

    def _fetch_all(self) -> None:
        everything: Pattern = (None, None, None, None)
        if everything not in self._covered:
            for graph in (_DEFAULT, *self.named_graphs()):
                self.quads_for_pattern(None, None, None, graph)
            self._covered.add(everything)

    def _is_covered(self, pattern: Pattern) -> bool:
        """Whether this or something wider was asked for."""
        return any(wider in self._covered for wider in product(*({it, None} for it in pattern)))

    def _fetch(self, pattern: Pattern) -> None:
        subject, predicate, value, graph = pattern
        words = [str(it) if it else f"?{name}" for it, name in zip(pattern[:3], "spo", strict=True)]
        asked = [f"?{name}" for it, name in zip(pattern[:3], "spo", strict=True) if it is None]
        triple = " ".join(words)
        if graph is None:
            self._keep(" ".join([*asked, "?g"]), f"GRAPH ?g {{ {triple} }}", pattern)
            if self._merged is None:
                self._keep(" ".join(asked), triple, (subject, predicate, value, _DEFAULT))
        else:
            self._keep(" ".join(asked) or "(1 AS ?one)", self._inside(graph, triple), pattern)
        self._covered.add(pattern)

    def _keep(self, asked: str, where: str, pattern: Pattern) -> None:
        subject, predicate, value, graph = pattern
        found = []
        for row in self._rows(asked, where):
            name = graph or row["g"]
            if graph is None and name == self._merged:
                name = _DEFAULT
            elif graph is None and not self._is_ours(name):
                continue
            quad = row.get("s", subject), row.get("p", predicate), row.get("o", value), name
            found.append(self._as_ours(ox.Quad(*quad)))  # type: ignore[arg-type]
        self._kept.extend(found)
        self._size += len(found)

    def _rows(self, asked: str, where: str) -> list[dict[str, answers.Term]]:
        """All solutions, although servers cut long answers off without a word: long ones are counted, and fetched piece
        by piece."""
        page = self.wire.endpoint.most_rows
        found = self._select(f"SELECT {asked} WHERE {{ {where} }} LIMIT {page}")
        if len(found) < min(page, _SURELY_WHOLE):
            return found
        # Counted around the whole: RDF::Endpoint counts other graphs in where it counts patterns.
        whole = f"SELECT (COUNT(*) AS ?n) WHERE {{ {{ SELECT {asked} WHERE {{ {where} }} }} }}"
        number = int(self._select(whole)[0]["n"].value)
        # The order within is the faster one to leave to the server; not all keep to one from piece to piece.
        ordered = f"{{ SELECT {asked} WHERE {{ {where} }} ORDER BY {asked.removeprefix('DISTINCT ')} }}"
        for inside in (where, ordered):
            found = self._pieces(asked, inside, number)
            if len(found) == number == len({_row_key(row) for row in found}):
                return found
        raise StoreError(
            f"The server gave {len(found):,} rows of {number:,}, or some of them twice, when asked for {page:,} at a "
            "time. Let it answer with more rows at once, and say so in the settings file (most_rows)."
        )

    def _pieces(self, asked: str, where: str, number: int) -> list[dict[str, answers.Term]]:
        found = list[dict[str, answers.Term]]()
        page = self.wire.endpoint.most_rows
        while len(found) < number:
            more = self._select(f"SELECT {asked} WHERE {{ {where} }} OFFSET {len(found)} LIMIT {page}")
            if not more:
                break
            found += more
        return found

    def _select(self, query: str) -> list[dict[str, answers.Term]]:
        return answers.rows(self.wire.query(query).content)

    def _inside(self, graph: Name, triples: str) -> str:
        """A pattern, or triples, in a graph as it lies on the server."""
        name = self._merged if graph == _DEFAULT else graph
        return f"GRAPH {name} {{ {triples} }}" if name else triples

    def _as_ours(self, quad: ox.Quad) -> ox.Quad:
        """A quad as we wrote it, where the term alone doesn't tell."""
        value = quad.object
        if not isinstance(value, ox.Literal) or value.language:
            return quad
        if str(quad.predicate) == kg("score") and value.datatype == _DECIMAL and "." not in value.value:
            # The ledger writes its scores with a point.
            value = ox.Literal(f"{value.value}.0", datatype=_DECIMAL)
        elif self.layout.plain_points and str(quad.predicate) == AS_WKT:
            value = ox.Literal(value.value, datatype=_WKT)
        return ox.Quad(quad.subject, quad.predicate, value, quad.graph_name)

    def _is_ours(self, graph: answers.Term | Name) -> bool:
        name = graph.value if isinstance(graph, ox.NamedNode) else ""
        return name.startswith(self._base) and graph != self._merged

    def _is_document(self, graph: str | None) -> bool:
        return graph is not None and graph.startswith(f"<{self._base}doc/")


def _row_key(row: Mapping[str, answers.Term]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((name, str(value)) for name, value in row.items()))


def _cut(lines: Iterable[str], most: int) -> Iterator[str]:
    """Lines, together as long as allowed; a longer one goes by itself."""
    held, size = list[str](), 0
    for line in lines:
        if held and size + len(line) > most:
            yield "".join(held)
            held, size = [], 0
        held.append(line)
        size += len(line)
    if held:
        yield "".join(held)


def _batches(nodes: list[ox.NamedNode]) -> Iterator[list[ox.NamedNode]]:
    return (nodes[start : start + _AT_ONCE] for start in range(0, len(nodes), _AT_ONCE))


_DECIMAL = ox.NamedNode(f"{XSD}decimal")
_WKT = ox.NamedNode(WKT[1:-1])


def _widened(pattern: Pattern) -> Pattern:
    """What is fetched at once with a look-up: whoever asks for one property of a node soon asks for another."""
    subject, predicate, value, graph = pattern
    return (subject, None, None, graph) if subject is not None else (None, predicate, value, graph)


def _iri(text: str) -> ox.NamedNode:
    return ox.NamedNode(text[1:-1])


def _name(graph: str | None) -> Name:
    return ox.NamedNode(graph[1:-1]) if graph else _DEFAULT
