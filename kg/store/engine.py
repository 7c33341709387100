"""What a store needs of the engine that holds its quads: pyoxigraph's own store has it, and so has another server's."""

from collections.abc import Iterator
from typing import Any, Protocol

import pyoxigraph as ox

Node = ox.NamedNode | ox.BlankNode
Value = ox.NamedNode | ox.BlankNode | ox.Literal
Name = ox.NamedNode | ox.BlankNode | ox.DefaultGraph


class Engine(Protocol):
    """Reading, by pyoxigraph's names and terms, so that its store is an engine as it is.

    Writing is not part of it: that is one :class:`kg.store.update.Update` at a time, whole or not at all.
    """

    def quads_for_pattern(
        self,
        subject: Node | None,
        predicate: ox.NamedNode | None,
        object: Value | None,  # noqa: A002 - pyoxigraph's own word
        graph_name: Name | None = None,
        /,
    ) -> Iterator[ox.Quad]:
        """The quads that agree with what is given; None agrees with everything."""

    def __contains__(self, quad: Any, /) -> bool:
        """Whether a quad is there."""

    def contains_named_graph(self, graph_name: Name, /) -> bool:
        """Whether a graph is there."""

    def named_graphs(self, /) -> Iterator[Node]:
        """The names of all graphs but the default one."""

    def query(
        self, query: str, /, *, prefixes: dict[str, str] | None = None
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """The answer to a query, as the engine gives it."""

    def dump(self, /, *, format: ox.RdfFormat | None = None) -> bytes | None:  # noqa: A002 - pyoxigraph's own word
        """All quads, written."""

    def flush(self, /) -> None:
        """Make sure that all is where no power cut reaches it."""
