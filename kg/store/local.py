"""Documents' graphs and judgements in; queries, dumps and checks out: a store in one folder, on pyoxigraph.

Everything that a document changes (its graph, the judgements on its entities, the merged view) is written in one SPARQL
update, which the engine applies whole or not at all. One process writes; others read whole documents only.
"""

import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol, Self
from urllib.parse import quote, unquote
from uuid import uuid4

import msgspec
import pyoxigraph as ox

from kg.claims import Judgement
from kg.clusters import Location, Profile, is_key, is_person
from kg.config import BASE
from kg.errors import StoreError, UsageError
from kg.ontology import Ontology, default
from kg.store import merge
from kg.store.engine import Engine
from kg.store.evidence import Evidence, Header, Triple, evidence, header, nodes_of, with_locations
from kg.store.guard import guarded
from kg.store.identities import Turn
from kg.store.keys import Arrival, Ledger, Match, Profiles, ledger_after
from kg.store.ledger import (
    judgement_of,
    judgement_triples,
    judgements_in,
    link,
    links_of,
    located,
    location_triples,
    locations_of,
)
from kg.store.lock import WriterLock
from kg.store.lookups import Lookups, subjects_anywhere
from kg.store.names import (
    ACTIVITY,
    ADDRESS,
    AT_TIME,
    DOCUMENT,
    ISSUED,
    PREFIXES,
    REFUSED,
    SOURCE,
    TITLE,
    TYPE,
    URL,
    XSD,
    kg,
)
from kg.store.releases import Release, checked_release, release_triples, released_in, releases_in
from kg.store.result import Result
from kg.store.rules import Rules
from kg.store.terms import literal, term_of, text_of
from kg.store.update import Update

if TYPE_CHECKING:
    from kg.store.changes import Changed
    from kg.store.check import Checked
    from kg.store.show import Thing

FORMAT = 4
_ABOUT = "store.json"
_DATA = "oxigraph"

# Opening to read beside a busy writer fails now and then (the engine is swapping files); a moment later it works.
_TRIES, _PAUSE = 20, 0.05

_FLUSHED_AFTER = 300_000
"""Quads written before the engine is told to put them on disk: until then it holds about a kilobyte of memory each."""

Outcome = Literal["new", "changed", "unchanged"]


class Put(NamedTuple):
    """One document to put in: its graph as N-Quads, the machine's judgements on its entities and on what these are,
    what the key records that they are judged to be are known by, and which places of a gazetteer they are."""

    nquads: str
    judgements: tuple[Judgement, ...] = ()
    profiles: tuple[Profile, ...] = ()
    locations: tuple[Location, ...] = ()


class DocumentInfo(msgspec.Struct, frozen=True):
    """A document of the store without its text. ``issued`` is ISO 8601; ``source`` is the source's IRI."""

    id: str
    iri: str
    title: str | None = None
    issued: str | None = None
    address: str | None = None
    source: str | None = None


class Rebuilt(NamedTuple):
    """How many triples of the merged view a rebuild put in and took out: none, if all was well."""

    added: int
    removed: int


class Held(Protocol):
    """A turn to write, which ends."""

    def release(self) -> None:
        """Let others write."""


class Incoming(NamedTuple):
    """A document that comes: its graph and what is said of its entities."""

    node: str
    triples: set[Triple]
    evidence: Evidence
    arrival: Arrival
    judgements: set[Triple]


def no_match(_left: Profile, _right: Profile) -> None:
    """Holds no two key records to be one."""


class Store:
    """A knowledge graph on disk (or in memory). Open it with :meth:`open` or :meth:`memory`, best by ``with``."""

    def __init__(
        self,
        data: Engine,
        *,
        base: str,
        ontology: Ontology | None = None,
        lock: Held | None = None,
        read_only: bool = False,
    ) -> None:
        """Not for use from outside: see :meth:`open` and :meth:`memory`."""
        self.base = base
        self._data: Engine | None = data
        self._lock = lock
        self._read_only = read_only
        self._given_ontology = ontology
        self._rules: Rules | None = None
        self._reviews: list[Judgement] | None = None
        self._merging: merge.Merge | None = None
        self._profiles: Profiles | None = None
        self._unflushed = 0

    # --- opening and closing -------------------------------------------------------------------------------------

    @staticmethod
    def base_of(path: Path) -> str:
        """The base of the IRIs of the store in the folder ``path``, without opening it.

        Raises :class:`kg.errors.StoreError` if it is missing or no store.
        """
        base: str = _about(path, create=False, base=BASE)["base"]
        return base

    @classmethod
    def open(
        cls,
        path: Path | str,
        *,
        read_only: bool = False,
        create: bool = True,
        base: str = BASE,
        ontology: Ontology | None = None,
    ) -> Self:
        """Open the store in the folder ``path``, by default to write, making it if it isn't there.

        ``base`` counts for a new store only: an old one keeps its own. ``ontology`` is the shipped one unless given;
        when it is not what the store was last opened with, it is loaded and the merged view computed again.

        Raises :class:`kg.errors.StoreError` if another process writes to it, or if it is missing or no store.
        """
        path = Path(path)
        about = _about(path, create and not read_only, base)
        if read_only:
            return cls(_open_to_read(path / _DATA), base=about["base"], ontology=ontology, read_only=True)
        lock = WriterLock(path / "lock")
        try:
            store = cls(_open_to_write(path / _DATA), base=about["base"], ontology=ontology, lock=lock)
            store._load_ontology()
        except BaseException:
            lock.release()
            raise
        return store

    @classmethod
    def memory(cls, *, base: str = BASE, ontology: Ontology | None = None) -> Self:
        """An empty store that is gone when closed."""
        store = cls(ox.Store(), base=base, ontology=ontology)
        store._load_ontology()
        return store

    def as_of(self, day: str) -> "Store":
        """The store as it was known at the end of a day (or year, month, moment): another one, in memory.

        It holds what documents that were published by then say; those without a date are left out. See
        :mod:`kg.store.asof`. Raises :class:`kg.errors.UsageError` for what is no day.
        """
        from kg.store.asof import fill

        then = Store(ox.Store(), base=self.base, ontology=self._given_ontology)
        fill(then, self, day)
        return then

    def close(self) -> None:
        """Make sure that all is on disk, and let others write."""
        if self._data is not None and self._lock is not None:
            self._data.flush()
        self._data = self._merging = self._profiles = None
        if self._lock is not None:
            self._lock.release()

    def flush(self) -> None:
        """Make sure that all is on disk, should the power fail. What a killed process had put is safe without it."""
        self._reader.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def engine(self) -> ox.Store:
        """pyoxigraph's own store. Writing through it is on your own head: :meth:`check` will tell.

        Raises :class:`kg.errors.StoreError` if the store is another server's.
        """
        if not isinstance(self._reader, ox.Store):
            raise StoreError("This works on a store in a folder only, not on another server's.")
        return self._reader

    @property
    def _reader(self) -> Engine:
        if self._data is None:
            raise StoreError("The store is closed. Open it again.")
        return self._data

    # --- writing -------------------------------------------------------------------------------------------------

    def put(
        self,
        nquads: str,
        judgements: Iterable[Judgement] = (),
        profiles: Iterable[Profile] = (),
        locations: Iterable[Location] = (),
        match: Match = no_match,
    ) -> Outcome:
        """Put one document in, or put it in anew, with all that follows, in one atomic step.

        ``nquads`` is the document's graph (see :func:`kg.mapping.to_nquads`); what is said of entities that it lacks
        (as they were quarantined) is passed over. ``match`` judges key records that are new here against others of
        their blocks (:func:`kg.resolution.match`); a store is filled with the same one always. Raises
        :class:`kg.errors.StoreError` for a graph that can't be one.
        """
        return self.put_many([Put(nquads, tuple(judgements), tuple(profiles), tuple(locations))], match)[0]

    def put_many(self, documents: Iterable[Put], match: Match = no_match) -> list[Outcome]:
        """Put several documents in, in one atomic step: faster than one by one. The last of two with one id counts."""
        incoming = {it.node: it for it in (self._incoming(document) for document in documents)}
        outcomes: dict[str, Outcome] = {node: self._outcome(it) for node, it in incoming.items()}
        arriving = [it for node, it in incoming.items() if outcomes[node] != "unchanged"]
        if arriving:
            gone = [it.node for it in arriving if outcomes[it.node] == "changed"]
            self._change(gone, arriving, "ingested", match)
        return [outcomes[node] for node in incoming]

    def withdraw(self, name: str) -> list[str]:
        """Take out a document by its id or IRI, or all versions at an address, with everything that only they said.

        Returns the ids. Raises :class:`kg.errors.UsageError` if there is no such document.
        """
        nodes = self.named(name)
        if not nodes:
            raise UsageError(f"No document here has the id or address {name!r}. `kg query documents` lists them.")
        self._change(nodes, [], "withdrawn")
        return [self._id(node) for node in nodes]

    def judge(self, judgements: Iterable[Judgement]) -> None:
        """Append what persons decided on who is who; the merged view follows in the same atomic step.

        Raises :class:`kg.errors.StoreError` for a machine's judgement (those come with their document), or one without
        a time.
        """
        judgements = list(judgements)
        for judgement in judgements:
            if not is_person(judgement) or not judgement.at:
                raise StoreError("judge() takes the judgements of persons, with their time. Machines' come with put().")
        triples = {triple for it in judgements for triple in _checked_judgement(it, self.base)}
        known = {(it.left, it.right, it.verdict, it.judge, it.at) for it in self.reviews()}
        fresh = [it for it in judgements if (it.left, it.right, it.verdict, it.judge, it.at) not in known]
        after = [*self.reviews(), *fresh]
        turn = Turn(reviews_before=tuple(self.reviews()), reviews_after=tuple(after))
        patch = self._merge().patch({}, turn)
        update = Update()
        update.add(self._graph("judgements"), triples)
        self._patch(update, patch)
        self._log(update, "reviewed", [])
        self._run(update)
        self._reviews = None

    def release(self, releases: Iterable[Release]) -> None:
        """Append what persons decided on claims that were refused; the merged view follows in the same atomic step.

        A release of a claim that is not here (yet) waits for it. Raises :class:`kg.errors.StoreError` for one that is
        not a person's, or has no time.
        """
        fresh = [checked_release(it) for it in releases]
        documents = {node for it in fresh for node in [merge.document_of(f"<{it.claim}>")] if self.has(self._id(node))}
        changes = {node: merge.Change(self.evidence(node), self._evidence(node, fresh)) for node in documents}
        reviews = tuple(self.reviews())
        patch = self._merge().patch(changes, Turn(reviews_before=reviews, reviews_after=reviews))
        update = Update()
        update.add(self._graph("judgements"), {triple for it in fresh for triple in release_triples(it, self.base)})
        self._patch(update, patch)
        self._log(update, "released", sorted(documents))
        self._run(update)

    def rebuild(self) -> Rebuilt:
        """Compute the merged view again from the evidence. If nothing was broken, nothing changes."""
        patch = self.differences()
        minus, plus = (len(part.merged) + len(part.tallies) for part in patch)
        if minus or plus:
            update = Update()
            self._patch(update, patch)
            self._log(update, "rebuilt", [])
            self._run(update)
            self._merging = None
        return Rebuilt(plus, minus)

    # --- reading -------------------------------------------------------------------------------------------------

    def query(self, sparql: str, substitutions: Mapping[str, object] | None = None) -> Result:
        """Answer a SPARQL 1.1 query (SELECT, ASK, CONSTRUCT or DESCRIBE). The usual prefixes need no declaration.

        ``substitutions`` gives values to variables, by name without ``?``: text, numbers, dates, :class:`Iri` (or text
        in angle brackets). Each occurrence of such a variable becomes the value.

        Raises :class:`kg.errors.UsageError` for a mistake in the query, an update, ``SERVICE`` or ``LOAD``.
        """
        parameters = {name.lstrip("?$"): str(term_of(value)) for name, value in (substitutions or {}).items()}
        text = guarded(sparql, parameters)
        try:
            return Result(self._reader.query(text, prefixes=PREFIXES))
        except (SyntaxError, ValueError, RuntimeError) as error:
            raise UsageError(f"The query can't be read: {_one_line(error)}. Mend it there.") from error

    def dump(self, log: bool = False) -> str:
        """All quads as sorted canonical N-Quads: the same for the same documents and judgements, whatever the order.

        Left out unless ``log`` is set: the log, and the store's own counts beside the merged view.
        """
        written = self._reader.dump(format=ox.RdfFormat.N_QUADS)
        assert written is not None
        hidden = () if log else tuple(f" {self._graph(name)} ." for name in ("log", "tally"))
        lines = (line for line in written.decode().split("\n") if line and not line.endswith(hidden))
        return "".join(f"{line}\n" for line in sorted(lines))

    def documents(self) -> list[DocumentInfo]:
        """All documents, by publication, then by id."""
        found = [self._info(node) for node in self.document_nodes()]
        return sorted(found, key=lambda it: (it.issued or "", it.id))

    def document_nodes(self) -> list[str]:
        """The nodes of all documents, which are the names of their graphs too, in angle brackets, sorted."""
        return sorted(node for node, graph in self._in_documents(TYPE, DOCUMENT) if node == graph)

    def refused(self) -> list[str]:
        """The nodes of all claims that were refused and can be released, sorted."""
        return sorted(node for node, _ in self._in_documents(TYPE, REFUSED))

    def has(self, identifier: str) -> bool:
        """Whether the document with this id is in."""
        return self._reader.contains_named_graph(ox.NamedNode(self._node(identifier)[1:-1]))

    def __contains__(self, identifier: object) -> bool:
        return isinstance(identifier, str) and self.has(identifier)

    def __len__(self) -> int:
        """The number of documents."""
        return len(self.document_nodes())

    def check(self, say: Callable[[str], None] | None = None) -> "Checked":
        """The store's invariants, SHACL's counts and what was quarantined: see :mod:`kg.store.check`."""
        from kg.store.check import check  # here, as it reads this module's store

        return check(self, say)

    def show(self, name: str) -> "list[Thing]":
        """What is known of the things with this name, with the sentences: see :mod:`kg.store.show`."""
        from kg.store.show import show

        return show(self, name)

    def changes(self, name: str | None = None) -> "list[Changed]":
        """What the versions of an article added, dropped and revised: see :mod:`kg.store.changes`."""
        from kg.store.changes import changes

        return changes(self, name)

    def graph_names(self) -> list[str]:
        """The names of all graphs but the default one, in angle brackets, sorted."""
        return sorted(str(name) for name in self._reader.named_graphs())

    def header(self, node: str) -> Header:
        """A document without its text."""
        return header(node, self.graph(node).node(node))

    def evidence(self, node: str) -> Evidence:
        """What the graph of a document says, with what was refused and released, and where its entities are held to
        be."""
        return self._evidence(node)

    def _evidence(self, node: str, fresh: Iterable[Release] = ()) -> Evidence:
        """The evidence as it will be with fresh releases."""
        triples, ledger = list(self.graph(node).triples()), self.graph(self._graph("judgements"))
        found = evidence(node, triples, released_in(triples, ledger, fresh))
        nodes = [it for entity in found.entities for it in locations_of(entity.node, ledger).values()]
        return with_locations(found, located(nodes))

    def graph(self, node: str | None = None) -> Lookups:
        """Look-ups in one graph: the merged view, or that of a document."""
        return Lookups(self._reader, node)

    def judgements(self) -> list[Judgement]:
        """The whole ledger."""
        return list(judgements_in(self.graph(self._graph("judgements")).triples(), self.base))

    def reviews(self) -> list[Judgement]:
        """The judgements of persons."""
        if self._reviews is None:
            ledger = self.graph(self._graph("judgements"))
            nodes = (ledger.node(node) for node, _ in sorted(ledger.pairs(kg("at"))))
            self._reviews = [judgement_of(it) for it in nodes if kg("left") in it]
        return self._reviews

    def releases(self) -> list[Release]:
        """What persons decided on claims that were refused."""
        return releases_in(self.graph(self._graph("judgements")))

    def differences(self) -> merge.Patch:
        """How the merged view would have to change to be what evidence and judgements make it. Should be nothing."""
        nodes = self.document_nodes()
        new = merge.whole(map(self.evidence, nodes), self.judgements(), self._merge_rules(), self.base)
        merged, tallies = set(self.graph().triples()), set(self.graph(self._graph("tally")).triples())
        return merge.Patch(
            merge.View(merged - new.merged, tallies - new.tallies),
            merge.View(new.merged - merged, new.tallies - tallies),
        )

    # --- inside --------------------------------------------------------------------------------------------------

    def _graph(self, name: str) -> str:
        return f"<{self.base}{name}>"

    def _node(self, identifier: str) -> str:
        return f"<{self.base}doc/{quote(identifier, safe='~', errors='replace')}>"

    def _id(self, node: str) -> str:
        return unquote(node[1:-1].removeprefix(f"{self.base}doc/"))

    def _info(self, node: str) -> DocumentInfo:
        graph = self.graph(node)
        title, issued, source = (graph.first(node, name) for name in (TITLE, ISSUED, SOURCE))
        address = graph.first(node, URL) or graph.first(node, ADDRESS)
        texts = (text_of(term) if term else None for term in (title, issued, address, source))
        return DocumentInfo(self._id(node), node[1:-1], *texts)

    def named(self, name: str) -> list[str]:
        """The documents with an id, an IRI or an address."""
        if self.has(name):
            return [self._node(name)]
        if name.startswith(f"{self.base}doc/") and self.has(self._id(f"<{name}>")):
            return [f"<{name}>"]
        # An address is looked for as it is and escaped as the mapping escapes it.
        addresses = [literal(name), f"<{quote(name, safe=_SAFE_IN_IRI)}>"]
        found = set()
        for address in addresses:
            try:
                found |= set(self.places(address))
            except ValueError:
                continue
        return sorted(found)

    def places(self, address: str) -> list[str]:
        """The documents at an address (a term)."""
        predicate = URL if address.startswith("<") else ADDRESS
        # A source's homepage is said with the same properties, but not of the graph's own node.
        return sorted(node for node, graph in self._in_documents(predicate, address) if node == graph)

    def _in_documents(self, predicate: str, object_: str) -> set[tuple[str, str]]:
        """The subjects in documents' graphs with this predicate and object, each with the graph: users may have graphs
        of their own elsewhere."""
        found = subjects_anywhere(self._reader, predicate, object_)
        return {(node, graph) for node, graph in found if graph.startswith(f"<{self.base}doc/")}

    def _merge_rules(self) -> Rules:
        if self._rules is None:
            self._rules = Rules(self.ontology)
        return self._rules

    @property
    def ontology(self) -> Ontology:
        """The ontology that the merged view follows."""
        return self._given_ontology or default()

    def _merge(self) -> merge.Merge:
        if self._merging is None:
            self._merging = merge.Merge(
                self.graph(),
                self.graph(self._graph("tally")),
                self.graph(self._graph("judgements")),
                self.evidence,
                self.graph,
                self.places,
                self._merge_rules(),
                self.base,
            )
        return self._merging

    def _incoming(self, document: Put) -> Incoming:
        node, triples = _parsed(document.nquads, self.base)
        found = evidence(node, triples, released_in(triples, self.graph(self._graph("judgements"))))
        _check_whole(found)
        arrival, judgements = self._arrival(found, document)
        placed = self._locations(found, document)
        return Incoming(
            node, triples, with_locations(found, located(nodes_of(placed).values())), arrival, judgements | placed
        )

    def _locations(self, found: Evidence, document: Put) -> set[Triple]:
        """The triples of the statements on where entities of a document are."""
        entities = {entity.node for entity in found.entities}
        told = (it for it in document.locations if f"<{it.entity}>" in entities)
        return {triple for it in told for triple in location_triples(it, self.base)}

    def _arrival(self, found: Evidence, document: Put) -> tuple[Arrival, set[Triple]]:
        """What a document says of who is who, and the links of its entities."""
        entities = {entity.node for entity in found.entities}
        stars: dict[str, Judgement] = {}
        wider: dict[str, Judgement] = {}
        for judgement in document.judgements:
            entity = f"<{judgement.left}>"
            if is_key(judgement.left, self.base):
                wider[judgement.left] = judgement
            elif entity not in entities:
                continue
            elif stars.setdefault(entity, judgement) != judgement:
                raise StoreError(f"put() takes one judgement per entity: there are two on {judgement.left}.")
            _check_iris(judgement)
            if not _is_star(judgement, self.base):
                raise StoreError(f"put() takes a machine's certain judgements against a key record: {judgement.left}.")
        used = {it.right for it in stars.values()}
        profiles = {it.record: it for it in document.profiles if it.record in used}
        links = {link(it, self.base) for it in stars.values()}
        return Arrival(stars, {key: it for key, it in wider.items() if key in used}, profiles), links

    def _outcome(self, incoming: Incoming) -> Outcome:
        if not self._reader.contains_named_graph(ox.NamedNode(incoming.node[1:-1])):
            return "new"
        same = set(self.graph(incoming.node).triples()) == incoming.triples
        return "unchanged" if same and self._judged_in(incoming.node) == incoming.judgements else "changed"

    def _judged_in(self, node: str) -> set[Triple]:
        """The machine's judgements on the entities of a document."""
        entities = self.evidence(node).entities
        return {triple for entity in entities for triple in self._judged_on(entity.node)}

    def _judged_on(self, entity: str) -> set[Triple]:
        """The machine's judgement on an entity, and its statement on where it is."""
        ledger = self.graph(self._graph("judgements"))
        placed = locations_of(entity, ledger).items()
        told = {(it, name, value) for it, node in placed for name, values in node.items() for value in values}
        return {*links_of(entity, ledger, self.base), *told}

    def _change(self, gone: list[str], arriving: list[Incoming], action: str, match: Match = no_match) -> None:
        """Take documents out and put others in, atomically."""
        before = {node: self.evidence(node) for node in gone}
        changes = {node: merge.Change(document, None) for node, document in before.items()}
        changes |= {it.node: merge.Change(before.get(it.node), it.evidence) for it in arriving}
        ledger = self._ledger_after(before.values(), arriving, match)
        patch = self._merge().patch(changes, ledger.turn)
        update = Update()
        name = self._graph("judgements")
        for node in gone:
            update.drop(node)
        for it in arriving:
            update.add(it.node, it.triples)
            update.add(name, it.judgements)
        update.remove(name, ledger.minus)
        update.add(name, ledger.plus)
        self._patch(update, patch)
        self._log(update, action, sorted({*gone, *(it.node for it in arriving)}))
        self._run(update)

    def _ledger_after(self, gone: Iterable[Evidence], arriving: list[Incoming], match: Match) -> Ledger:
        """What judgements come and go with documents."""
        arrival = Arrival.joined(it.arrival for it in arriving)
        leaving = {entity.node: self._judged_on(entity.node) for document in gone for entity in document.entities}
        reviews = tuple(self.reviews())
        ledger, tallies = self.graph(self._graph("judgements")), self.graph(self._graph("tally"))
        if self._profiles is None:
            self._profiles = Profiles(ledger)
        found = ledger_after(arrival, leaving, ledger, tallies, match, self._profiles, self.base)
        return found._replace(turn=found.turn._replace(reviews_before=reviews, reviews_after=reviews))

    def _patch(self, update: Update, patch: merge.Patch) -> None:
        update.remove(None, patch.minus.merged)
        update.add(None, patch.plus.merged)
        update.remove(self._graph("tally"), patch.minus.tallies)
        update.add(self._graph("tally"), patch.plus.tallies)

    def _log(self, update: Update, action: str, documents: list[str]) -> None:
        now = datetime.now(UTC)
        node = f"<{self.base}log/{now:%Y%m%dT%H%M%S}-{uuid4().hex[:12]}>"
        triples = {
            (node, TYPE, ACTIVITY),
            (node, kg("action"), literal(action)),
            (node, AT_TIME, f'"{now:%Y-%m-%dT%H:%M:%S}Z"^^<{XSD}dateTime>'),
        }
        triples |= {(node, kg("of"), document) for document in documents}
        update.add(self._graph("log"), triples)

    def _run(self, update: Update) -> None:
        if self._read_only:
            raise StoreError("The store is open for reading only. Open it without read_only to write.")
        try:
            self._apply(update)
            self._unflushed += update.size()
            if self._unflushed > _FLUSHED_AFTER:
                self.flush()
                self._unflushed = 0
        except OSError as error:
            raise StoreError(f"The store can't be written: {_one_line(error)}. Is the disk full?") from error

    def _apply(self, update: Update) -> None:
        """Write one change, whole or not at all."""
        self.engine.update(update.text())

    def _load_ontology(self) -> None:
        """Load the ontology if it is not the one loaded last; the merged view, which depends on it, follows."""
        digest = _digest(self.ontology.folder)
        graph, log = self._graph("ontology"), self._graph("log")
        old = self.graph(log).objects(graph, kg("digest"))
        if old == [literal(digest)]:
            return
        update = Update()
        update.drop(graph)
        update.add(graph, _ontology_triples(self.ontology, self.base, digest))
        update.remove(log, {(graph, kg("digest"), value) for value in old})
        update.add(log, {(graph, kg("digest"), literal(digest))})
        self._patch(update, self.differences())
        self._apply(update)
        self.flush()


_SAFE_IN_IRI = "~:/?#@!$&'()*+,;=%"


def _parsed(nquads: str, base: str) -> tuple[str, set[Triple]]:
    """The name of the one graph that a document's N-Quads are in, and its triples."""
    try:
        # Through the engine and back: checked, and every line in the one form that the rest of this module relies on.
        written = ox.serialize(ox.parse(nquads.encode(), format=ox.RdfFormat.N_QUADS), format=ox.RdfFormat.N_QUADS)
    except (SyntaxError, ValueError) as error:
        raise StoreError(f"A document's graph can't be read: {_one_line(error)}. Write it with kg.mapping.") from error
    assert written is not None
    lines = written.decode().split("\n")[:-1]
    name = lines[0].rpartition(" <")[2] if lines else ""
    ending = f" <{name}"
    if not name.startswith(f"{base}doc/") or not all(line.endswith(ending) for line in lines):
        raise StoreError(f"A document's quads must all be in one graph {base}doc/ID. Write them with kg.mapping.")
    if any(line.startswith("_:") or " _:" in line.replace(ending, "").partition('"')[0] for line in lines):
        raise StoreError("A document's graph may hold no blank nodes. Write it with kg.mapping.")
    cut = -len(ending)
    triples = {
        (subject, predicate, value) for subject, predicate, value in (line[:cut].split(" ", 2) for line in lines)
    }
    return ending[1:-2], triples


def _triples(ntriples: str) -> Iterator[Triple]:
    for quad in ox.parse(ntriples.encode(), format=ox.RdfFormat.N_TRIPLES):
        yield str(quad.subject), str(quad.predicate), str(quad.object)


def _check_whole(found: Evidence) -> None:
    """Everything belongs to the document, and claims speak of its entities only."""
    prefix = found.header.node[:-1] + "/"
    entities = {entity.node for entity in found.entities}
    for node in (*entities, *(claim.node for claim in found.claims)):
        if not node.startswith(prefix) or "/" in node[len(prefix) :]:
            raise StoreError(f"{node} is not within its document {found.header.node}. Write the graph with kg.mapping.")
    for claim in found.claims:
        about = {claim.subject} | ({claim.object} if claim.object.startswith("<") else set())
        if missing := about - entities:
            raise StoreError(f"{claim.node} speaks of {min(missing)}, which its document does not hold.")


def _is_star(judgement: Judgement, base: str) -> bool:
    machine = not is_person(judgement) and judgement.at is None
    certain = judgement.verdict == "same" and judgement.score == 1
    return machine and certain and is_key(judgement.right, base)


def _checked_judgement(judgement: Judgement, base: str) -> set[Triple]:
    _check_iris(judgement)
    return judgement_triples(judgement, base)


def _check_iris(judgement: Judgement) -> None:
    for record in (judgement.left, judgement.right):
        try:
            ox.NamedNode(record)
        except ValueError as error:
            raise StoreError(f"A judgement is about IRIs, and {record!r} is none. Mend it.") from error


def _about(path: Path, create: bool, base: str) -> dict[str, Any]:
    """What the store's own small file says of it; a new store gets one."""
    file = path / _ABOUT
    if file.is_file():
        about: dict[str, Any] = _read_about(file)
        if about.get("format") != FORMAT:
            raise StoreError(f"{path} was made by another version of kg. Make a new store with `kg ingest --store`.")
        return about
    if not create:
        raise StoreError(f"There is no store at {path}. Make one with `kg ingest ARTICLE --store {path}`.")
    if path.exists() and (not path.is_dir() or _has_other_things(path)):
        raise StoreError(f"{path} is there already and is no store. Name another folder.")
    path.mkdir(parents=True, exist_ok=True)
    about = {"format": FORMAT, "base": base}
    # In one step, so that a kill in the middle leaves no half of it.
    draft = path / f"{_ABOUT}.new"
    draft.write_text(json.dumps(about) + "\n", encoding="utf-8")
    draft.replace(file)
    return about


def _read_about(file: Path) -> dict[str, Any]:
    try:
        about = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise StoreError(f"{file} can't be read: {_one_line(error)}. Restore it, or make a new store.") from error
    return about if isinstance(about, dict) and isinstance(about.get("base"), str) else {}


def _has_other_things(path: Path) -> bool:
    return any(entry.name not in {f"{_ABOUT}.new", "lock"} for entry in path.iterdir())


def _open_to_write(path: Path) -> ox.Store:
    # A killed bulk load leaves its files behind, which nobody would ever delete.
    for leftover in path.glob("bulk-*.sst"):
        leftover.unlink(missing_ok=True)
    try:
        return ox.Store(str(path))
    except OSError as error:
        raise StoreError(f"{path} can't be opened: {_one_line(error)}. Is it in use, or the disk full?") from error


def _open_to_read(path: Path) -> ox.Store:
    for attempt in range(_TRIES):
        try:
            return ox.Store.read_only(str(path))
        # Beside a writer, files go while they are opened: the engine may call that corrupt.
        except (OSError, RuntimeError) as error:
            problem: Exception = error
            time.sleep(_PAUSE if attempt < _TRIES - 1 else 0)
    raise StoreError(f"{path} can't be read just now: {_one_line(problem)}. Try again in a moment.")


def _digest(folder: Path) -> str:
    digest = sha256()
    for path in sorted(folder.glob("*.ttl")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


_ontologies: dict[tuple[str, str], frozenset[Triple]] = {}


def _ontology_triples(ontology: Ontology, base: str, digest: str) -> frozenset[Triple]:
    """The ontology without blank nodes; kept, as naming them takes a while."""
    if (digest, base) not in _ontologies:
        _ontologies[digest, base] = frozenset(_triples(ontology.ntriples(base)))
    return _ontologies[digest, base]


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split())
