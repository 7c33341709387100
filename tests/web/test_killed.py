"""kill -9 of the server, of a worker, of an ingest beside it: what comes after is whole documents and whole updates."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread

import httpx
import pytest

from kg.config import data_folder
from kg.store import Store
from kg.web.settings import Settings
from kg.web.stores import make_plain
from tests.web.served import PATIENCE, TOKEN, UPDATE, WRITER, Served, eventually, plain, served
from tests.web.test_snapshots import HALVES, writer

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes as Linux shows them")

ROOT = str(Path(__file__).parents[2])
SERVER = """
import sys
from pathlib import Path
from kg.web.serve import serve
from kg.web.settings import Settings
base = sys.argv[3] or None
settings = Settings(store=Path(sys.argv[1]), base=base, port=0, token=sys.argv[2], workers=1, timeout=120.0)
serve(settings, lambda it: print(it, flush=True))
"""
DOCUMENTS = "SELECT ?d { GRAPH ?d { ?d a kg:Document } }"


@contextmanager
def process(store: Path, base: str = "") -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server in a process of its own, and its address."""
    words = [sys.executable, "-c", SERVER, str(store), TOKEN, base]
    running = subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=os.environ | {"PYTHONPATH": ROOT}
    )
    assert running.stdout is not None
    try:
        yield running, running.stdout.readline().split(" at ")[1].split(". Ctrl")[0]
    finally:
        running.kill()
        running.wait()
        running.stdout.close()


def children(process: int) -> set[int]:
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(process)], capture_output=True, text=True, check=False)
    return {int(it) for it in found.stdout.split()}


def lives(process: int) -> bool:
    status = Path(f"/proc/{process}/stat")
    return status.exists() and status.read_text().rpartition(")")[2].split()[0] != "Z"


def killed_while_it_writes(store: Path, update: str, moment: float, base: str = "") -> None:
    """Send an update to a server, and kill the server some seconds later, with its workers."""
    with process(store, base) as (running, url):
        workers = children(running.pid)
        assert workers

        def send() -> None:
            headers = {"content-type": UPDATE, **WRITER}
            with suppress(httpx.HTTPError):
                httpx.post(f"{url}/sparql", content=update, timeout=PATIENCE, headers=headers)

        thread = Thread(target=send)
        thread.start()
        time.sleep(moment)
        running.send_signal(signal.SIGKILL)
        thread.join()
        assert eventually(lambda: not any(map(lives, workers))), "workers outlive their server"


@pytest.mark.parametrize("moment", [0.0, 0.03, 0.1])
def test_of_the_server_in_the_middle_of_an_update(tmp_path: Path, moment: float) -> None:
    store = tmp_path / "store"
    make_plain(store)
    lines = "".join(f"<urn:s{number}> <urn:p> {number} .\n" for number in range(20_000))
    killed_while_it_writes(store, f"INSERT DATA {{ {lines} }}", moment)
    left = list((store / "snapshots").iterdir())
    assert len(left) == 1
    with served(plain(store, timeout=PATIENCE)) as server:
        assert server.rows("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")[0]["n"] in {"0", "20000"}
        assert not left[0].exists(), "what a killed server leaves is swept"
        assert server.update("DROP ALL").status_code == 204


@pytest.mark.parametrize("moment", [0.02, 0.06, 0.2])
def test_of_the_server_of_a_knowledge_graph_in_the_middle_of_an_update(folder: Path, moment: float) -> None:
    """The update is there whole with its entry in the log, or neither is; documents are what they were."""
    with Store.open(folder, read_only=True) as store:
        before = store.dump()
    lines = "".join(f"<urn:s{number}> <urn:p> {number} .\n" for number in range(20_000))
    killed_while_it_writes(folder, f"INSERT DATA {{ GRAPH <urn:notes> {{ {lines} }} }}", moment, "urn:newskg:")
    with served(Settings(store=folder, token=TOKEN, timeout=PATIENCE, workers=1)) as server:
        noted = server.ask('ASK { GRAPH <urn:newskg:log> { ?entry kg:action "updated" ; kg:graph <urn:notes> } }')
        (row,) = server.rows("SELECT (COUNT(*) AS ?n) { GRAPH <urn:notes> { ?s ?p ?o } }")
        assert row["n"] == ("20000" if noted else "0")
        assert server.update("DROP SILENT GRAPH <urn:notes>").status_code == 204
    with Store.open(folder, read_only=True) as store:
        assert store.dump() == before


def test_of_a_writer_beside_the_server(tmp_path: Path) -> None:
    with served(plain(tmp_path / "store", snapshot_pause=0.1, timeout=PATIENCE)) as server:
        for _ in range(3):
            with writer(tmp_path / "store") as running:
                time.sleep(0.3)
                assert server.rows(HALVES) == []
                running.kill()
            time.sleep(0.2)
            assert server.rows(HALVES) == []
        assert server.update("DROP ALL").status_code == 204
        assert not server.ask("ASK { ?s ?p ?o }")


@contextmanager
def ingesting(store: Path) -> Iterator[subprocess.Popen[bytes]]:
    """``kg ingest samples`` in a process of its own."""
    words = [sys.executable, "-P", "-m", "kg", "ingest", str(data_folder("samples")), "--store", str(store)]
    world = os.environ | {"PYTHONPATH": ROOT}
    running = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=world)
    try:
        yield running
    finally:
        running.kill()
        running.wait()


def told(server: Served) -> dict[str, str]:
    """What each document says that the server knows of, as N-Quads would have it."""
    documents = {row["d"] for row in server.rows(DOCUMENTS)}
    return {
        iri: "".join(sorted(server.client.get("/graphs", params={"graph": iri, "format": "nt"}).text.splitlines(True)))
        for iri in documents
    }


def test_of_a_real_ingest_beside_the_server(tmp_path: Path) -> None:
    store = tmp_path / "kg.store"
    Store.open(store).close()
    with served(Settings(store=store, token=TOKEN, timeout=PATIENCE, workers=1, snapshot_pause=0.1)) as server:
        with ingesting(store) as running:
            assert eventually(lambda: len(server.rows(DOCUMENTS)) >= 2 or running.poll() is not None)
            running.kill()
        with Store.open(store, read_only=True) as left:
            documents = {node[1:-1] for node in left.document_nodes()}
            assert len(documents) >= 2
            assert left.check(), "the evidence is whole, and the merged view follows from it"
        assert eventually(lambda: {row["d"] for row in server.rows(DOCUMENTS)} == documents)
        seen = told(server)
    # The next server says the same, and the next ingest goes on where this one was ended.
    with served(Settings(store=store, token=TOKEN, timeout=PATIENCE, workers=1)) as server:
        assert told(server) == seen
        with ingesting(store) as running:
            assert running.wait(PATIENCE * 3) == 0
        assert eventually(lambda: len(server.rows(DOCUMENTS)) > len(documents))
        now = told(server)
        assert {iri: now[iri] for iri in documents} == seen
    with Store.open(store, read_only=True) as whole:
        assert whole.check()
