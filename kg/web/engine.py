"""A request from the server in; the store asked or written, and the reply out. It runs in a worker's process.

Beside :mod:`kg.web.stores`, this is the one module of the server that knows pyoxigraph.
"""

import re
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from traceback import clear_frames
from typing import Any, TypeVar

import msgspec
import pyoxigraph as ox

from kg.errors import StoreError, UsageError
from kg.store import Store
from kg.store.lock import WriterLock
from kg.store.names import PREFIXES
from kg.web import reviews, snapshots
from kg.web.guarding import checked_query, checked_update
from kg.web.logged import Action, entry
from kg.web.memory import limited_afterwards
from kg.web.messages import (
    Answered,
    Done,
    Dropped,
    Failed,
    Fetched,
    Judged,
    Payload,
    Reply,
    Request,
    Reviewed,
    Stored,
    Undone,
    Updated,
)
from kg.web.negotiate import Form, Shape, chosen
from kg.web.problems import Problem
from kg.web.updates import DEFAULT, check_targets

# Answers up to this many bytes go through the pipe, larger ones by a file.
_INLINE = 256 * 1024

# How long to wait for another process to finish writing, in seconds: an update of another server takes milliseconds.
_PATIENCE, _PAUSE = 5.0, 0.05

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
    "rdf": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}
# What rdflib and Jena call the default graph when they ask for it by name.
_DEFAULT_GRAPH = frozenset({"urn:x-rdflib:default", "urn:x-arq:DefaultGraph"})
_WITH_PREFIXES = frozenset({"ttl", "trig", "rdf", "jsonld"})
_MISTAKE = re.compile(r"error at (\d+):(\d+)")
# Reasons in words that stand among what the parser expected.
_REASON = re.compile(r"IRI parsing failed|Prefix not found|The SELECT contains a variable that is unbound")


_T = TypeVar("_T")


class EngineSettings(msgspec.Struct, frozen=True):
    """What a worker must know. ``base`` is none for a plain store; ``answer_limit`` is in bytes."""

    store: str
    base: str | None
    spool: str
    answer_limit: int
    memory: int
    services: tuple[str, ...] = ()


class Engine:
    """Answers requests one after the other. A snapshot stays open until another is asked of."""

    def __init__(self, settings: EngineSettings) -> None:
        """Nothing is opened before the first request."""
        self._settings = settings
        self._path = ""
        self._data: ox.Store | None = None

    def reply(self, request: Request) -> Reply:
        """The answer to a request, or why there is none."""
        try:
            if isinstance(request, Answered):
                return self._answer(request)
            if isinstance(request, Fetched):
                return self._fetch(request)
            if isinstance(request, Reviewed):
                return self._review(request)
            if isinstance(request, Judged | Undone):
                return self._decide(request)
            return self._write(request)
        except Problem as problem:
            return Failed(problem.kind, problem.detail, problem.line, problem.column)
        except UsageError as error:
            return Failed("forbidden", str(error))
        except SyntaxError as error:
            return mistake(error, request.text if isinstance(request, Answered | Updated) else "")
        except (ValueError, RuntimeError) as error:
            return Failed("syntax", one_line(error))
        except MemoryError:
            return Failed("memory", "Ask for less at once.")
        except (StoreError, OSError) as error:
            return Failed("writing" if isinstance(error, StoreError) else "crash", one_line(error))

    # --- reading -------------------------------------------------------------------------------------------------

    def _answer(self, request: Answered) -> Done:
        data = self._opened(request.snapshot)
        text = checked_query(request.text, self._settings.services)
        dataset: dict[str, Any] = {}
        if request.default_graphs or request.named_graphs:
            dataset = {
                "default_graph": [_graph(None if iri in _DEFAULT_GRAPH else iri) for iri in request.default_graphs],
                "named_graphs": [ox.NamedNode(iri) for iri in request.named_graphs],
            }
        answer = data.query(text, prefixes=PREFIXES, base_iri=request.base, **dataset)
        shape: Shape = "graph" if isinstance(answer, ox.QueryTriples) else "rows"
        form = chosen(shape, request.accept, request.format)
        return self._written(form, lambda output: _write_answer(answer, form, output))

    def _fetch(self, request: Fetched) -> Done:
        data = self._opened(request.snapshot)
        graph = _graph(request.graph)
        if not _has(data, graph):
            raise Problem("not-found", f"There is no graph <{request.graph}>.")
        form = chosen("graph", request.accept, request.format)
        quads = (quad.triple for quad in data.quads_for_pattern(None, None, None, graph))
        return self._written(form, lambda output: _write_triples(quads, form, output))

    def _review(self, request: Reviewed) -> Done:
        with limited_afterwards(self._settings.memory):
            graph = Store.open(request.snapshot, read_only=True)
        with graph:
            return _told(reviews.desk(graph, request))

    def _opened(self, snapshot: str) -> ox.Store:
        if self._data is None or self._path != snapshot:
            self._data = None
            with limited_afterwards(self._settings.memory):
                self._data = ox.Store.read_only(str(Path(snapshot) / snapshots.DATA))
            self._path = snapshot
        return self._data

    def _written(self, form: Form, write: Callable[["_Sink"], None]) -> Done:
        with _Sink(Path(self._settings.spool), self._settings.answer_limit) as sink:
            write(sink)
            return sink.done(form.content_type)

    # --- writing -------------------------------------------------------------------------------------------------

    def _decide(self, request: Judged | Undone) -> Done:
        """Keep a person's word on who is who, with all that follows from it."""
        store = Path(self._settings.store)
        with limited_afterwards(self._settings.memory):
            graph = _patiently(lambda: Store.open(store, create=False))
        with graph:
            kept = reviews.judged(graph, request) if isinstance(request, Judged) else reviews.undone(graph, request)
            graph.flush()
            snapshots.back_up(graph.engine, store, Path(request.snapshot))
        return _told(kept)

    def _write(self, request: Updated | Stored | Dropped) -> Done:
        change = self._change(request)
        store = Path(self._settings.store)
        lock = _patiently(lambda: WriterLock(store / "lock"))
        try:
            return self._changed(store, change, Path(request.snapshot))
        except BaseException as error:
            # What the trace holds on to keeps the store open, which must be closed before others may write.
            clear_frames(error.__traceback__)
            raise
        finally:
            lock.release()

    def _changed(self, store: Path, change: Callable[[ox.Store], Done], snapshot: Path) -> Done:
        """Change a store that is ours alone. Afterwards all is on disk, and in the snapshot."""
        with limited_afterwards(self._settings.memory):
            data = ox.Store(str(store / snapshots.DATA))
        done = change(data)
        data.flush()
        snapshots.back_up(data, store, snapshot)
        return done

    def _change(self, request: Updated | Stored | Dropped) -> Callable[[ox.Store], Done]:
        """What to do to the store, checked and parsed before the store is locked."""
        if isinstance(request, Updated):
            return self._update(request)
        if self._settings.base is not None:
            check_targets([DEFAULT if request.graph is None else request.graph], self._settings.base)
        return self._store(request) if isinstance(request, Stored) else self._drop(request)

    def _update(self, request: Updated) -> Callable[[ox.Store], Done]:
        settings = self._settings
        _check_syntax(request)
        allowed = checked_update(request.text, settings.base, request.using, request.using_named, settings.services)
        noted = self._noted(request, "updated", allowed.graphs)

        def run(data: ox.Store) -> Done:
            data.update(allowed.then(noted), prefixes=PREFIXES, base_iri=request.base)
            return Done()

        return run

    def _store(self, request: Stored) -> Callable[[ox.Store], Done]:
        lines = "".join(f"{triple} .\n" for payload in request.payloads for triple in _parsed(payload, request.base))
        name = "DEFAULT" if request.graph is None else f"GRAPH <{request.graph}>"
        noted = self._noted(request, "replaced" if request.replace else "added to", _named(request.graph))
        steps = [f"CLEAR SILENT {name}"] if request.replace else []
        steps += [f"CREATE SILENT {name}"] if request.graph is not None else []
        steps.append(
            f"INSERT DATA {{ {lines} }}" if request.graph is None else f"INSERT DATA {{ {name} {{ {lines} }} }}"
        )

        def run(data: ox.Store) -> Done:
            existed = _has(data, _graph(request.graph), empty=False)
            data.update(" ;\n".join(filter(None, [*steps, noted])))
            return Done(existed=existed)

        return run

    def _drop(self, request: Dropped) -> Callable[[ox.Store], Done]:
        graph = _graph(request.graph)
        noted = self._noted(request, "dropped", _named(request.graph))

        def run(data: ox.Store) -> Done:
            if not _has(data, graph):
                raise Problem("not-found", f"There is no graph <{request.graph}>.")
            step = "CLEAR DEFAULT" if request.graph is None else f"DROP GRAPH <{request.graph}>"
            data.update(" ;\n".join(filter(None, [step, noted])))
            return Done(existed=True)

        return run

    def _noted(self, request: Updated | Stored | Dropped, action: Action, graphs: tuple[str, ...]) -> str:
        """What goes behind an update for the log to tell of it. A plain store has no log: all in it is its owner's."""
        if self._settings.base is None or request.author is None or not graphs:
            return ""
        return entry(self._settings.base, action, graphs, request.author)


class _Sink:
    """Takes an answer's bytes: in memory while they are few, then in a file, and not more than allowed."""

    def __init__(self, spool: Path, limit: int) -> None:
        self._spool = spool
        self._limit = limit
        self._parts: list[bytes] = []
        self._file: Any = None
        self.size = 0

    def write(self, data: bytes) -> int:
        self.size += len(data)
        if self.size > self._limit:
            raise Problem("answer", f"The answer has more than {self._limit:,} bytes. Ask for less, or with LIMIT.")
        if self._file is None and self.size > _INLINE:
            self._file = self._spool.open("wb")
            self._file.writelines(self._parts)
        if self._file is not None:
            self._file.write(data)
        else:
            self._parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing waits that would have to be flushed before the end."""

    def done(self, content_type: str) -> Done:
        if self._file is None:
            return Done(content_type, b"".join(self._parts))
        return Done(content_type, spooled=self.size)

    def __enter__(self) -> "_Sink":
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if self._file is not None:
            self._file.close()
            if kind is not None:
                self._spool.unlink(missing_ok=True)


def serialized(ntriples: str, form: Form) -> bytes:
    """Triples in another form."""
    triples = [it.triple for it in ox.parse(ntriples.encode(), format=ox.RdfFormat.N_TRIPLES)]
    prefixes = _PREFIXES_OF_SERVICES if form.name in _WITH_PREFIXES else None
    written = ox.serialize(triples, format=_GRAPHS[form.name], prefixes=prefixes)
    assert written is not None
    return written


_PREFIXES_OF_SERVICES = {name: PREFIXES[name] for name in ("kg", "rdf", "rdfs", "dcterms", "xsd")} | {
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "void": "http://rdfs.org/ns/void#",
    "formats": "http://www.w3.org/ns/formats/",
}


def mistake(error: SyntaxError, text: str) -> Failed:
    """A parser's complaint about a text: the place and what stands there, not all that it would have liked."""
    told = one_line(error)
    found = _MISTAKE.match(told)
    if not found:
        return Failed("syntax", told[:300], error.lineno, error.offset)
    line, column = int(found[1]), int(found[2])
    reason = _REASON.search(told)
    why = reason[0][0].lower() + reason[0][1:] if reason else _what_stands(text, line, column)
    return Failed("syntax", f"Mistake in line {line}, column {column}: {why}.", line, column)


def _what_stands(text: str, line: int, column: int) -> str:
    lines = text.split("\n")
    rest = lines[line - 1][column - 1 :].strip() if line <= len(lines) else ""
    if not rest and line >= len(lines):
        return "the text ends too early"
    return f"“{rest[:30]}” can't stand there" if rest else "the line can't end there"


def one_line(error: BaseException) -> str:
    """An error's message."""
    return " ".join(str(error).split())[:500]


def _told(found: msgspec.Struct) -> Done:
    return Done("application/json", msgspec.json.encode(found))


def _patiently(take: Callable[[], _T]) -> _T:
    """What is taken from a store that somebody else may be writing just now."""
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            return take()
        except StoreError:
            if time.monotonic() > until:
                raise
            time.sleep(_PAUSE)


def _check_syntax(request: Updated) -> None:
    """A mistake in an update is told with its place before anything else is, by trying it on an empty store."""
    text = checked_update(request.text).text
    try:
        ox.Store().update(text, prefixes=PREFIXES, base_iri=request.base)
    except RuntimeError:
        # What is missing in an empty store is no mistake.
        return


def _parsed(payload: Payload, base: str | None) -> Iterator[ox.Triple]:
    media_type = payload.media_type.partition(";")[0].strip().lower()
    form = ox.RdfFormat.from_media_type(media_type)
    if form is None:
        raise Problem("type", "Send triples as text/turtle, application/n-triples, application/rdf+xml or JSON-LD.")
    try:
        # Two bodies may have blank nodes of one name, which are not one.
        for quad in ox.parse(payload.data, format=form, base_iri=base, rename_blank_nodes=True):
            if not isinstance(quad.graph_name, ox.DefaultGraph):
                raise Problem("request", "Send triples without graphs: the address names the graph.")
            yield quad.triple
    except ValueError as error:
        raise Problem("syntax", one_line(error)) from error


def _graph(iri: str | None) -> ox.NamedNode | ox.DefaultGraph:
    return ox.DefaultGraph() if iri is None else ox.NamedNode(iri)


def _named(graph: str | None) -> tuple[str, ...]:
    return () if graph is None else (graph,)


def _has(data: ox.Store, graph: ox.NamedNode | ox.DefaultGraph, empty: bool = True) -> bool:
    """Whether a graph is there. The default graph always is, unless ``empty`` graphs count for none."""
    if isinstance(graph, ox.NamedNode):
        return data.contains_named_graph(graph)
    return empty or next(iter(data.quads_for_pattern(None, None, None, graph)), None) is not None


def _write_answer(answer: Any, form: Form, output: _Sink) -> None:
    if isinstance(answer, ox.QueryTriples):
        _write_triples(_once(answer), form, output)
    else:
        answer.serialize(output=output, format=_TABLES[form.name])


def _once(triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """Each triple once: a CONSTRUCT gives one for each solution, and a graph has it once."""
    seen: set[ox.Triple] = set()
    for triple in triples:
        if triple not in seen:
            seen.add(triple)
            yield triple


def _write_triples(triples: Iterable[ox.Triple], form: Form, output: Any) -> None:
    prefixes = PREFIXES if form.name in _WITH_PREFIXES else None
    ox.serialize(triples, output, format=_GRAPHS[form.name], prefixes=prefixes)
