"""A size in; what `kg serve` costs out: the price of HTTP, of a large answer, and of many clients beside an ingest.

The server runs as its users run it, in processes of its own, over the invented facts of :mod:`kg.bench.exporting`, and
beside an ingest of the invented reports of :mod:`kg.bench.archive`. The client is one connection of Python's own for
times, and one for each thread under load: what it takes itself is in the figures.
"""

import contextlib
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPException
from itertools import count, islice
from pathlib import Path
from urllib.parse import urlencode

import msgspec

from kg.bench import exporting
from kg.bench.archive import archive
from kg.errors import KgError
from kg.mapping import to_nquads
from kg.resolution import match, resolve
from kg.store import Put, Store

ASKS = 300
"""How often `ASK {}` is asked."""
REPEATS = 7
"""How often each query is asked, in turn in-process and over HTTP: the medians are compared."""

_QUERIES = {
    "count": "SELECT (COUNT(*) AS ?n) { ?fact a kg:Fact ; kg:claim ?claim }",
    "group": "SELECT ?p (COUNT(*) AS ?n) { ?fact rdf:predicate ?p } GROUP BY ?p",
    "join": "SELECT ?a ?c { ?one rdf:subject ?a ; rdf:object ?b . ?two rdf:subject ?b ; rdf:object ?c } LIMIT 2000",
    "sort": "SELECT ?fact ?day { ?fact kg:firstSaid ?day } ORDER BY ?day LIMIT 100",
    "rows": "SELECT ?s ?p ?o { ?fact rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o } LIMIT 20000",
}
"""What takes more than 10 ms of 200,000 facts, each for another reason."""
_ALL = "SELECT ?s ?p ?o { ?fact rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o }"
_UNDER_LOAD = (
    "SELECT ?name { ?who a kg:Person ; rdfs:label ?name } LIMIT 50",
    "SELECT ?who ?what { ?who kg:holdsPosition ?what } LIMIT 50",
    "ASK {}",
)

_PIECE = 1 << 16
_PATIENCE = 120.0
_SEEDED = 64
"""Reports that are in the store before clients come."""
_AT_ONCE = 16


class Overhead(msgspec.Struct, frozen=True):
    """One query: medians in milliseconds, JSON written and read in both; ``ratio`` is the second by the first."""

    name: str
    in_process: float
    endpoint: float
    ratio: float


class Stream(msgspec.Struct, frozen=True):
    """One answer as CSV. ``server`` and ``worker`` are megabytes: the most that the process ever held until then."""

    rows: int
    megabytes: float
    seconds: float
    server: float
    worker: float


class Load(msgspec.Struct, frozen=True):
    """Many clients at once beside an ingest. Times are milliseconds; ``errors`` are answers other than 200, or none.

    ``documents`` were put into the store meanwhile.
    """

    connections: int
    seconds: float
    requests: int
    errors: int
    median: float
    p99: float
    documents: int


class Serving(msgspec.Struct, frozen=True):
    """One run. ``ask`` is the median of `ASK {}` in milliseconds, ``ask_p99`` its 99th percentile."""

    facts: int
    load_before: float
    """The machine's load average when it began: a busy machine has no figures worth quoting."""
    ask: float
    ask_p99: float
    overheads: tuple[Overhead, ...]
    streams: tuple[Stream, ...]
    load: Load


def measure(
    facts: int, connections: int = 32, seconds: float = 60.0, told: Callable[[str], None] = lambda _: None
) -> Serving:
    """Serve invented facts and ask for them, then invented reports beside their ingest. ``told`` hears what is done."""
    load_before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as place:
        told("filling a store")
        folder = Path(place) / "facts.store"
        exporting.fill(folder, exporting.Invented(facts))
        with served(folder) as server:
            told("queries")
            asks = sorted(server.ask("ASK {}") for _ in range(ASKS))
            overheads = tuple(_overheads(folder, server))
            told("large answers")
            streams = tuple(server.stream(f"{_ALL} LIMIT {rows}") for rows in (facts // 10, facts))
        told("clients beside an ingest")
        load = _loaded(Path(place) / "reports.store", connections, seconds)
    ask, ask_p99 = _percentile(asks, 0.5), _percentile(asks, 0.99)
    return Serving(facts, load_before, 1000 * ask, 1000 * ask_p99, overheads, streams, load)


def lines(found: Serving) -> Iterator[str]:
    """A figure a line, its name in front, a tab between."""
    yield f"ASK {{}}\tmedian {found.ask:.2f} ms, p99 {found.ask_p99:.2f} ms (load {found.load_before:.1f})"
    for it in found.overheads:
        yield f"{it.name}\tin-process {it.in_process:,.1f} ms, endpoint {it.endpoint:,.1f} ms, ratio {it.ratio:.2f}"
    for each in found.streams:
        size = f"{each.rows:,} rows, {each.megabytes:,.1f} MB in {each.seconds:.2f} s"
        yield f"CSV\t{size}; server {each.server:,.0f} MB, worker {each.worker:,.0f} MB at most"
    load = found.load
    rate = f"{load.requests:,} requests in {load.seconds:.0f} s, {load.errors:,} errors"
    yield f"{load.connections} clients\t{rate}, median {load.median:.1f} ms, p99 {load.p99:.1f} ms"
    yield f"ingest\t{load.documents:,} documents meanwhile"


class Client:
    """One connection to a server that runs."""

    def __init__(self, port: int, process: int) -> None:
        """``process`` is the server's number."""
        self._port = port
        self._process = process
        self._line = HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)

    def ask(self, query: str) -> float:
        """Seconds from the question to the last byte. Raises :class:`kg.errors.KgError` for anything but an answer."""
        began = time.perf_counter()
        self._pieces(query, "json", lambda _: None)
        return time.perf_counter() - began

    def stream(self, query: str) -> Stream:
        """A large answer, read in pieces."""
        sizes: list[int] = []
        rows: list[int] = []

        def read(piece: bytes) -> None:
            sizes.append(len(piece))
            rows.append(piece.count(b"\n"))

        began = time.perf_counter()
        self._pieces(query, "csv", read)
        seconds = time.perf_counter() - began
        workers = max(map(exporting.peak, _children(self._process)), default=0.0)
        return Stream(sum(rows) - 1, sum(sizes) / 1e6, seconds, exporting.peak(self._process), workers)

    def again(self) -> "Client":
        """Another connection to the same server."""
        return Client(self._port, self._process)

    def close(self) -> None:
        self._line.close()

    def _pieces(self, query: str, form: str, read: Callable[[bytes], None]) -> None:
        self._line.request("GET", f"/sparql?{urlencode({'query': query, 'format': form})}")
        answer = self._line.getresponse()
        while piece := answer.read(_PIECE):
            read(piece)
        if answer.status != 200:
            raise KgError(f"The server answered {answer.status}. Run it alone on the machine.")


@contextlib.contextmanager
def served(folder: Path) -> Iterator[Client]:
    """A store behind ``kg serve`` on any free port."""
    process = _started("-m", "kg", "serve", "--store", str(folder), "--port", "0")
    assert process.stdout is not None
    try:
        greeting = process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:(\d+)", greeting)
        if not found:
            raise KgError(f"{folder} can't be served: `kg serve` did not start.")
        client = Client(int(found[1]), process.pid)
        yield client
        client.close()
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


def _started(*words: str) -> subprocess.Popen[str]:
    """A process of this very program, whose output is to be read."""
    paths = [str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH", "")]
    return subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-P", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, paths))},
    )


def _overheads(folder: Path, client: Client) -> Iterator[Overhead]:
    with Store.open(folder, read_only=True) as store:
        for name, query in _QUERIES.items():
            pairs = [(_seconds(store, query), client.ask(query)) for _ in range(REPEATS)]
            inside, outside = (1000 * statistics.median(times) for times in zip(*pairs, strict=True))
            yield Overhead(name, inside, outside, outside / inside)


def _seconds(store: Store, query: str) -> float:
    began = time.perf_counter()
    store.query(query).serialize("json")
    return time.perf_counter() - began


def _loaded(folder: Path, connections: int, seconds: float) -> Load:
    """Ask from many threads while a process fills the store."""
    with Store.open(folder) as store:
        for _ in _put(store, 0, _SEEDED):
            pass
    ingesting = _started("-c", f"from kg.bench.serving import ingest; ingest({str(folder)!r})")
    assert ingesting.stdout is not None
    try:
        with served(folder) as client, ThreadPoolExecutor(connections) as threads:
            until = time.monotonic() + seconds
            results = list(threads.map(lambda number: _asking(client.again(), number, until), range(connections)))
    finally:
        ingesting.kill()
        ingesting.wait()
        done = ingesting.stdout.read().split()
        ingesting.stdout.close()
    times = sorted(each for answered, _ in results for each in answered)
    errors = sum(failed for _, failed in results)
    median, p99 = (1000 * _percentile(times, part) for part in (0.5, 0.99))
    return Load(connections, seconds, len(times) + errors, errors, median, p99, int(done[-1]) if done else 0)


def _asking(client: Client, first: int, until: float) -> tuple[list[float], int]:
    """The seconds of each answer until some moment, and how often there was none."""
    times, errors = list[float](), 0
    for number in count(first):
        if time.monotonic() > until:
            break
        try:
            times.append(client.ask(_UNDER_LOAD[number % len(_UNDER_LOAD)]))
        except (KgError, OSError, HTTPException):
            errors += 1
    client.close()
    return times, errors


def ingest(folder: str) -> None:
    """Put more reports into the store until the process is killed; print how many there are so far."""
    with Store.open(Path(folder)) as store:
        for number in _put(store, _SEEDED, sys.maxsize):
            print(number, flush=True)


def _put(store: Store, first: int, end: int) -> Iterator[int]:
    """Put in some reports of the archive, a few at once; how many so far after each time."""
    reports = islice(archive(end), first, end)
    done = 0
    while group := [Put(to_nquads(it, store.base), *resolve(it, store.base)) for it in islice(reports, _AT_ONCE)]:
        store.put_many(group, match)
        done += len(group)
        yield done


def _percentile(times: list[float], part: float) -> float:
    """The value that so large a part of sorted values does not exceed; nothing of none."""
    return times[min(int(part * len(times)), len(times) - 1)] if times else 0.0


def _children(process: int) -> list[int]:
    """The processes that a process has started; none where the system does not tell."""
    with contextlib.suppress(OSError):
        return [int(it) for it in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    return []
