"""What a change takes out and puts in, gathered part by part; one SPARQL update out, which is applied whole."""

from collections.abc import Iterable, Mapping

from kg.store.evidence import Triple


class Update:
    """One SPARQL update that drops graphs, takes triples out and puts others in, in this order."""

    def __init__(self) -> None:
        """An update that does nothing yet."""
        self.dropped: list[str] = []
        self._minus: dict[str | None, set[Triple]] = {}
        self._plus: dict[str | None, set[Triple]] = {}

    def drop(self, graph: str) -> None:
        self.dropped.append(graph)

    def remove(self, graph: str | None, triples: Iterable[Triple]) -> None:
        self._minus.setdefault(graph, set()).update(triples)

    def add(self, graph: str | None, triples: Iterable[Triple]) -> None:
        self._plus.setdefault(graph, set()).update(triples)

    def size(self) -> int:
        """The number of quads that come or go."""
        return sum(len(triples) for part in (self._minus, self._plus) for triples in part.values())

    def minus(self) -> dict[str | None, set[Triple]]:
        """The triples that go, by graph (None is the default graph)."""
        return _without(self._minus, self._plus)

    def plus(self) -> dict[str | None, set[Triple]]:
        """The triples that come. What was to go and to come is in neither: it stays."""
        return _without(self._plus, self._minus)

    def text(self) -> str:
        parts = [f"DROP SILENT GRAPH {graph}" for graph in self.dropped]
        parts += [f"DELETE DATA {{\n{_block(self.minus())}}}", f"INSERT DATA {{\n{_block(self.plus())}}}"]
        return " ;\n".join(parts)


def _without(
    triples: Mapping[str | None, set[Triple]], others: Mapping[str | None, set[Triple]]
) -> dict[str | None, set[Triple]]:
    return {graph: left for graph, those in triples.items() if (left := those - others.get(graph, set()))}


def _block(graphs: Mapping[str | None, set[Triple]]) -> str:
    return "".join(_graph_block(graph, triples) for graph, triples in graphs.items())


def _graph_block(graph: str | None, triples: set[Triple]) -> str:
    lines = "".join(f"{subject} {predicate} {value} .\n" for subject, predicate, value in triples)
    return f"GRAPH {graph} {{\n{lines}}}\n" if graph else lines
