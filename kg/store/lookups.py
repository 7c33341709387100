"""A pyoxigraph store seen through its indexes: terms in and out as N-Triples text, never a scan."""

from collections.abc import Collection, Iterable, Iterator

import pyoxigraph as ox

from kg.store.evidence import Triple

_DEFAULT = ox.DefaultGraph()


class Lookups:
    """The triples of one graph of a store, the default graph unless another is named."""

    def __init__(self, store: ox.Store, graph: str | None = None) -> None:
        self._store = store
        self._graph = ox.NamedNode(graph[1:-1]) if graph else _DEFAULT

    def node(self, subject: str) -> dict[str, list[str]]:
        """The properties of a node."""
        properties: dict[str, list[str]] = {}
        for quad in self._store.quads_for_pattern(_iri(subject), None, None, self._graph):
            properties.setdefault(str(quad.predicate), []).append(str(quad.object))
        return properties

    def parts(self, subject: str, but: str, most: int, names: Iterable[str]) -> dict[str, list[str]]:
        """The properties of a node without one that may have very many values: if it has more than ``most`` triples,
        only the properties with these names are looked up."""
        found: dict[str, list[str]] = {}
        for count, quad in enumerate(self._store.quads_for_pattern(_iri(subject), None, None, self._graph)):
            if count == most:
                return {name: values for name in names if (values := self.objects(subject, name))}
            if (name := str(quad.predicate)) != but:
                found.setdefault(name, []).append(str(quad.object))
        return found

    def each_object(self, subject: str, predicate: str) -> Iterator[str]:
        """The objects one by one: for who needs the first few of very many."""
        for quad in self._store.quads_for_pattern(_iri(subject), _iri(predicate), None, self._graph):
            yield str(quad.object)

    def triples(self) -> Iterator[Triple]:
        """All of them."""
        for quad in self._store.quads_for_pattern(None, None, None, self._graph):
            yield str(quad.subject), str(quad.predicate), str(quad.object)

    def pairs(self, predicate: str) -> Iterator[tuple[str, str]]:
        """Subjects and objects of a predicate."""
        for quad in self._store.quads_for_pattern(None, _iri(predicate), None, self._graph):
            yield str(quad.subject), str(quad.object)

    def objects(self, subject: str, predicate: str) -> list[str]:
        found = self._store.quads_for_pattern(_iri(subject), _iri(predicate), None, self._graph)
        return [str(quad.object) for quad in found]

    def first(self, subject: str, predicate: str) -> str | None:
        """One object, the first in the alphabet."""
        return min(self.objects(subject, predicate), default=None)

    def subjects(self, predicate: str, object_: str) -> list[str]:
        return list(self.each_subject(predicate, object_))

    def each_subject(self, predicate: str, object_: str) -> Iterator[str]:
        """The subjects one by one: for who needs the first few of very many."""
        for quad in self._store.quads_for_pattern(None, _iri(predicate), term(object_), self._graph):
            yield str(quad.subject)

    def each_to(self, object_: str) -> Iterator[tuple[str, str]]:
        """What points at a node, one by one: the subject and the predicate."""
        for quad in self._store.quads_for_pattern(None, None, term(object_), self._graph):
            yield str(quad.subject), str(quad.predicate)

    def has_subject(self, predicate: str, object_: str, besides: Collection[str] = ()) -> bool:
        """Whether anything has this predicate and object, but for some subjects."""
        return any(subject not in besides for subject in self.each_subject(predicate, object_))

    def __contains__(self, triple: object) -> bool:
        assert isinstance(triple, tuple)
        subject, predicate, object_ = triple
        if not object_.startswith("<"):
            return object_ in self.objects(subject, predicate)
        return ox.Quad(_iri(subject), _iri(predicate), _iri(object_), self._graph) in self._store


def subjects_anywhere(store: ox.Store, predicate: str, object_: str) -> list[tuple[str, str]]:
    """The subjects with this predicate and object in any graph, each with the graph."""
    found = store.quads_for_pattern(None, _iri(predicate), term(object_), None)
    return [(str(quad.subject), str(quad.graph_name)) for quad in found]


def term(text: str) -> ox.NamedNode | ox.Literal:
    """An N-Triples term as pyoxigraph's object."""
    if text.startswith("<"):
        return _iri(text)
    quad = next(iter(ox.parse(f"<urn:s> <urn:p> {text} .", format=ox.RdfFormat.N_TRIPLES)))
    assert isinstance(quad.object, ox.Literal)
    return quad.object


def _iri(text: str) -> ox.NamedNode:
    return ox.NamedNode(text[1:-1])
