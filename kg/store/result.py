"""What a query gives: columns and rows of Python values, or triples, or yes or no; and the same in the usual formats.

An answer is whole and belongs to no store: it can be kept, passed to another thread, and written more than once.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, Literal

import pyoxigraph as ox

from kg.errors import UsageError
from kg.store.names import PREFIXES
from kg.store.terms import Term, value_of

Kind = Literal["select", "ask", "graph"]

_TABLES = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}
_GRAPHS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "xml": ox.RdfFormat.RDF_XML,
    "rdf": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}


class Row(Mapping[str, Term | None]):
    """One solution: values by variable, in the order of the columns. A variable without a value is ``None``."""

    __slots__ = ("_values",)

    def __init__(self, values: dict[str, Term | None]) -> None:
        self._values = values

    def __getitem__(self, variable: str) -> Term | None:
        return self._values[variable]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        return f"Row({self._values!r})"


class Result:
    """The answer to one query. ``kind`` is ``select``, ``ask`` or ``graph`` (CONSTRUCT and DESCRIBE).

    Iterating gives rows or triples; ``bool()`` is the answer of an ASK, else whether there is anything.
    """

    def __init__(self, answer: Any) -> None:
        """Take over pyoxigraph's answer."""
        self.kind: Kind
        if isinstance(answer, ox.QueryTriples):
            self.kind = "graph"
            # The solutions of a CONSTRUCT come in no order and more than once.
            self._triples = sorted(set(answer), key=str)
        else:
            self.kind = "ask" if isinstance(answer, ox.QueryBoolean) else "select"
            self._answer = bool(answer) if self.kind == "ask" else True
            self._data: bytes = answer.serialize(format=ox.QueryResultsFormat.JSON)

    @cached_property
    def variables(self) -> tuple[str, ...]:
        """The columns of a SELECT, without ``?``; none of other queries."""
        return tuple(variable.value for variable in self._solutions().variables) if self.kind == "select" else ()

    @cached_property
    def rows(self) -> list[Row]:
        """The solutions of a SELECT."""
        if self.kind != "select":
            return []
        names = self.variables
        return [
            Row({name: None if term is None else value_of(term) for name, term in zip(names, solution, strict=True)})
            for solution in self._solutions()
        ]

    @cached_property
    def triples(self) -> list[tuple[Term, Term, Term]]:
        """The triples of a CONSTRUCT or DESCRIBE, sorted."""
        if self.kind != "graph":
            return []
        return [(value_of(it.subject), value_of(it.predicate), value_of(it.object)) for it in self._triples]

    def __iter__(self) -> Iterator[Any]:
        return iter(self.triples if self.kind == "graph" else self.rows)

    def __len__(self) -> int:
        return len(self.triples if self.kind == "graph" else self.rows)

    def __bool__(self) -> bool:
        return self._answer if self.kind == "ask" else len(self) > 0

    @property
    def formats(self) -> tuple[str, ...]:
        """The formats that this answer can be written in."""
        return tuple(_GRAPHS if self.kind == "graph" else _TABLES)

    def serialize(self, format: str) -> bytes:  # noqa: A002 - the word that every RDF library uses
        """The answer as csv, tsv, json or xml (SPARQL 1.1 results); or as ttl, nt, nq, trig, xml or jsonld if a graph.

        Raises :class:`kg.errors.UsageError` for a format that doesn't suit the answer.
        """
        if format not in self.formats:
            raise UsageError(f"This answer can't be written as {format}. Choose one of {', '.join(self.formats)}.")
        if self.kind == "graph":
            prefixes = PREFIXES if format in {"ttl", "trig", "xml", "rdf", "jsonld"} else None
            written = ox.serialize(self._triples, format=_GRAPHS[format], prefixes=prefixes)
            assert written is not None
            return written
        if self.kind == "ask" and format in {"csv", "tsv"}:
            # The two have no form for yes and no in the standard; a word is what one expects.
            return b"true\n" if self._answer else b"false\n"
        if format == "json":
            return self._data
        again: bytes = self._solutions().serialize(format=_TABLES[format])
        return again

    def _solutions(self) -> Any:
        return ox.parse_query_results(self._data, format=ox.QueryResultsFormat.JSON)
