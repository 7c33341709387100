"""A SPARQL server in; a store on it, with all that a store in a folder can do, out.

What documents and judgements make of the graph is worked out here, as always, and looked up and written over HTTP. The
server needs SPARQL 1.1 query and update, and named graphs; nothing has to be installed on it. A new store first tries
how the server keeps what it is given, and lays itself out accordingly (:class:`kg.store.mirror.Layout`).
"""

from collections.abc import Iterable
from typing import Self

import httpx

from kg.clusters import key_iri
from kg.errors import StoreError
from kg.ontology import Ontology
from kg.store import answers
from kg.store.endpoint import Endpoint
from kg.store.evidence import Evidence
from kg.store.identities import HOME
from kg.store.keys import Match
from kg.store.local import FORMAT, Incoming, Store, no_match
from kg.store.merge import fact_of
from kg.store.mirror import Layout, Mirror
from kg.store.names import SPECIALIZES, WKT, kg
from kg.store.releases import Release
from kg.store.terms import literal
from kg.store.turns import Turn, node_of
from kg.store.update import Update
from kg.store.wire import Wire

_FORMAT, _MERGED_IN, _PLAIN_POINTS = kg("format"), kg("mergedIn"), kg("plainPoints")
_POINT = "POINT(139.69171 35.68950)"
"""Servers that keep positions as numbers of 32 bits give another number back."""


class RemoteStore(Store):
    """A knowledge graph on a SPARQL server. Open it with :meth:`connect`."""

    def __init__(self, mirror: Mirror, turn: Turn | None, base: str, ontology: Ontology | None) -> None:
        """Not for use from outside: see :meth:`connect`."""
        super().__init__(mirror, base=base, ontology=ontology, lock=turn, read_only=turn is None)
        self.mirror = mirror
        self._turn = turn

    @classmethod
    def connect(
        cls,
        endpoint: Endpoint,
        *,
        read_only: bool = False,
        create: bool = True,
        ontology: Ontology | None = None,
        transport: httpx.BaseTransport | None = None,
    ) -> Self:
        """Open the store on a server, by default to write, making it if it isn't there.

        Raises :class:`kg.errors.StoreError` if the server can't be reached or lets us not in, if somebody else is
        writing, or if there is no store and none may be made.
        """
        wire = Wire(endpoint, transport)
        try:
            layout = _layout(wire, endpoint.base) or _made(wire, endpoint, create and not read_only)
            mirror = Mirror(wire, endpoint.base, layout)
            turn = None if read_only else Turn(mirror, endpoint.base)
            if turn:
                turn.take()
        except BaseException:
            wire.close()
            raise
        store = cls(mirror, turn, endpoint.base, ontology)
        if turn:
            try:
                store._load_ontology()
            except BaseException:
                store.close()
                raise
        return store

    def close(self) -> None:
        """Let others write."""
        super().close()
        self.mirror.wire.close()

    def _change(self, gone: list[str], arriving: list[Incoming], action: str, match: Match = no_match) -> None:
        self._expect(arriving)
        super()._change(gone, arriving, action, match)

    def _expect(self, arriving: Iterable[Incoming]) -> None:
        """Fetch what documents that come are sure to be compared with, all at once: what their entities and keys are
        held to be, then the things that these are, and the facts that the documents speak of.

        Nothing depends on it but the number of requests; whatever else is looked up is fetched then.
        """
        mirror, ledger, tally = self.mirror, self._graph("judgements"), self._graph("tally")
        entities = [entity.node for it in arriving for entity in it.evidence.entities]
        stars = {entity: f"<{key}>" for it in arriving for entity, key in it.arrival.keys.items()}
        keys = [*stars.values(), *(f"<{wider.right}>" for it in arriving for wider in it.arrival.wider.values())]
        mirror.expect(keys, tally)
        mirror.expect([*keys, *entities], ledger)
        mirror.expect_subjects(None, keys, ledger)
        mirror.expect_subjects(kg("entity"), entities, ledger)
        homes = {key: self.graph(tally).first(key, HOME) or f"<{key_iri(key[1:-1], self.base)}>" for key in keys}
        things = {entity: homes[key] for entity, key in stars.items()}
        facts = [fact_of(claim, things) for it in arriving for claim in it.evidence.claims]
        mirror.expect(homes.values(), tally)
        mirror.expect([*homes.values(), *entities, *(fact.node(self.base) for fact in facts)], None)

    def _evidence(self, node: str, fresh: Iterable[Release] = ()) -> Evidence:
        """Whoever reads a document's evidence soon looks up what its entities are held to be, and its facts."""
        ledger, mirror = self._graph("judgements"), self.mirror
        parts = {subject for subject, _, _ in self.graph(node).triples() if subject.startswith(f"{node[:-1]}/")}
        mirror.expect_subjects(kg("entity"), parts, ledger)
        found = super()._evidence(node, fresh)
        entities = [it.node for it in found.entities]
        mirror.expect(entities, ledger)
        mirror.expect(entities, None)
        merged = self.graph()
        things = {it: thing for it in entities if (thing := merged.first(it, SPECIALIZES))}
        mirror.expect([fact_of(claim, things).node(self.base) for claim in found.claims], None)
        return found

    def _apply(self, update: Update) -> None:
        assert self._turn is not None
        self._turn.write(update)


def _layout(wire: Wire, base: str) -> Layout | None:
    """How the store on a server is laid out; None if there is none."""
    asked = f"SELECT ?p ?o WHERE {{ GRAPH <{base}log> {{ {node_of(base)} ?p ?o }} }}"
    found = {str(row["p"]): row["o"].value for row in answers.rows(wire.query(asked).content)}
    if _FORMAT not in found:
        return None
    if found[_FORMAT] != str(FORMAT):
        raise StoreError(f"The store at {wire.endpoint.query} was made by another version of kg. Use another base.")
    return Layout(found.get(_MERGED_IN), _PLAIN_POINTS in found)


def _made(wire: Wire, endpoint: Endpoint, create: bool) -> Layout:
    """Make a store that is empty."""
    if not create:
        raise StoreError(f"There is no store at {endpoint.query}. Make one with `kg ingest ARTICLE --store …`.")
    layout = _tried(wire, endpoint)
    node = node_of(endpoint.base)
    lines = [f"{node} {_FORMAT} {literal(str(FORMAT))} ."]
    lines += [f"{node} {_MERGED_IN} {literal(layout.merged)} ."] if layout.merged else []
    lines += [f"{node} {_PLAIN_POINTS} {literal('yes')} ."] if layout.plain_points else []
    wire.update(f"INSERT DATA {{ GRAPH <{endpoint.base}log> {{ {' '.join(lines)} }} }}")
    return layout


def _tried(wire: Wire, endpoint: Endpoint) -> Layout:
    """How a server keeps what it is given."""
    probe = f"<{endpoint.base}probe>"
    triple = f'{probe} {probe} "{_POINT}"^^{WKT}'
    wire.update(f"INSERT DATA {{ GRAPH {probe} {{ {triple} }} }}")
    found = answers.rows(wire.query(f"SELECT ?o WHERE {{ GRAPH {probe} {{ {probe} {probe} ?o }} }}").content)
    if len(found) != 1:
        raise StoreError(f"{endpoint.query} doesn't give back what {endpoint.updates} took. Check the two addresses.")
    merged = endpoint.merged or (None if _stands_apart(wire, probe) else f"{endpoint.base}merged")
    wire.update(f"DROP SILENT GRAPH {probe}")
    return Layout(merged, str(found[0]["o"]) != f'"{_POINT}"^^{WKT}')


def _stands_apart(wire: Wire, probe: str) -> bool:
    """Whether the server's default graph is empty, holds what is put into it, and nothing of other graphs."""
    anything = "SELECT ?p WHERE { ?s ?p ?o } LIMIT 1"
    if answers.rows(wire.query(anything).content):
        return False
    try:
        wire.update(f"INSERT DATA {{ {probe} {probe} {probe} }}")
        kept = bool(answers.rows(wire.query(anything).content))
        wire.update(f"DELETE DATA {{ {probe} {probe} {probe} }}")
    except StoreError:
        return False
    return kept
