"""Queries in processes of their own: what takes too long or too much is killed, and the next one is served."""

import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread

import httpx
import pyoxigraph as ox
import pytest

from kg.web.settings import MEGABYTE
from kg.web.snapshots import DATA
from tests.web.served import PATIENCE, UPDATE, WRITER, Served, eventually, plain, served

PRODUCT = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o }"
TIMEOUT = 3.0


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Two workers with little time, memory and room; 20,000 triples."""
    with limited(tmp_path_factory.mktemp("limits") / "store", timeout=TIMEOUT, workers=2) as it:
        yield it


@contextmanager
def limited(folder: Path, **limits: float) -> Iterator[Served]:
    small = {"memory": 128 * MEGABYTE, "answer_limit": MEGABYTE, "body_limit": 2 * MEGABYTE}
    settings = plain(folder, **small, **limits)
    data = ox.Store(str(settings.store / DATA))
    name = ox.NamedNode
    data.extend(ox.Quad(name(f"urn:s{number}"), name("urn:p"), ox.Literal(number)) for number in range(20_000))
    data.flush()
    del data
    with served(settings) as it:
        yield it


def kind(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["type"].rpartition(":")[2]


def settled(server: Served) -> None:
    """Wait until the pool is whole again."""
    assert eventually(lambda: server.service.pool.busy == 0), "workers do not come back"


def test_a_query_over_its_time(server: Served) -> None:
    began = time.monotonic()
    answer = server.get(PRODUCT)
    assert kind(answer) == (503, "time")
    assert f"{TIMEOUT:g} s" in answer.json()["detail"]
    assert answer.headers["retry-after"] == "1"
    # Nobody waits for its end, which is years away.
    assert time.monotonic() - began < TIMEOUT + 30
    assert server.answers_soon()


def test_an_update_over_its_limits_writes_nothing(server: Served) -> None:
    update = PRODUCT.replace("SELECT (COUNT(*) AS ?n)", "INSERT { GRAPH <urn:new> { ?a ?b ?o } } WHERE")
    assert kind(server.update(update)) in {(503, "time"), (503, "memory")}  # whichever it meets first
    settled(server)
    assert not server.ask("ASK { GRAPH <urn:new> { ?s ?p ?o } }")
    assert server.update("INSERT DATA { GRAPH <urn:new> { <urn:s> <urn:p> 1 } }").status_code == 204
    assert server.ask("ASK { GRAPH <urn:new> { ?s ?p ?o } }")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not limit memory")
def test_a_query_over_its_memory(tmp_path: Path) -> None:
    # The engine gives up in an orderly way, mostly; else it breaks.
    ended = {(503, "memory"), (503, "crash")}
    steps = " ".join(f"BIND(CONCAT(?x{number}, ?x{number}) AS ?x{number + 1})" for number in range(32))
    with limited(tmp_path / "store", timeout=PATIENCE, workers=1) as server:
        assert kind(server.get("SELECT ?a { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c")) in ended
        assert kind(server.get(f"SELECT (STRLEN(?x32) AS ?n) {{ BIND('0123456789' AS ?x0) {steps} }}")) in ended
        assert server.answers_soon()


def test_an_answer_over_its_limit(server: Served) -> None:
    answer = server.get("SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 100000", format="csv")
    assert kind(answer) == (413, "answer")
    assert not list(server.service.shelf.folder.glob("answer-*"))


def test_a_large_answer_is_whole(server: Served) -> None:
    answer = server.get("SELECT ?a ?c { ?a <urn:p> ?c }", format="csv")
    assert len(answer.content) > 256 * 1024
    assert answer.text.count("\n") == 20_001
    assert not list(server.service.shelf.folder.glob("answer-*"))


def test_a_body_over_its_limit(server: Served) -> None:
    headers = {"content-type": UPDATE, **WRITER}
    assert kind(server.client.post("/sparql", content=b"x" * (2 * MEGABYTE + 1), headers=headers)) == (413, "body")
    # Without saying so before.
    pieces = (b"x" * MEGABYTE for _ in range(3))
    assert kind(server.client.post("/sparql", content=pieces, headers=headers)) == (413, "body")


def test_a_client_that_hangs_up_frees_its_worker(server: Served) -> None:
    settled(server)
    before = hang_ups(server)
    host, port = server.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port))) as line:
        query = str(httpx.QueryParams({"query": PRODUCT}))
        line.sendall(f"GET /sparql?{query} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        assert eventually(lambda: server.service.pool.busy == 1)
    # Had it gone on for nobody, it would have been killed for the time it took.
    assert eventually(lambda: hang_ups(server) == before + 1, 30)


def hang_ups(server: Served) -> int:
    return int(server.client.get("/metrics").text.partition('why="hang-up"} ')[2].split()[0])


@pytest.mark.skipif(sys.platform != "linux", reason="networks of one's own are Linux's")
def test_workers_have_no_network(server: Served) -> None:
    """Not even a way to this machine or to link-local addresses, whatever the engine would ask for."""
    settled(server)
    ours = Path("/proc/self/ns/net").readlink()
    networks = {Path(f"/proc/{process}/ns/net").readlink() for process in server.service.pool.processes}
    if ours in networks:
        # Containers without user namespaces refuse it. What else keeps queries in (SERVICE, LOAD) has tests of its own.
        pytest.skip("this system lets nobody leave the network: there, what queries may say has to do")
    ways = [Path(f"/proc/{process}/net/route").read_text().splitlines() for process in server.service.pool.processes]
    assert all(len(it) <= 1 for it in ways), "a heading and no route"


def slay(server: Served) -> None:
    """Kill all workers that there are at the moment; one may go by itself meanwhile."""
    for process in server.service.pool.processes:
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)


def test_kill_9_of_idle_workers_is_got_over(server: Served) -> None:
    settled(server)
    slay(server)
    assert server.answers_soon()
    assert server.update("INSERT DATA { GRAPH <urn:k> { <urn:s> <urn:p> 1 } }").status_code in {204, 503}
    assert server.answers_soon()


def test_kill_9_of_a_worker_at_work(server: Served) -> None:
    """A query is asked again of another worker, and comes to its own end there."""
    settled(server)
    with httpx.Client(base_url=server.url, timeout=30) as client:
        answers: list[httpx.Response] = []
        thread = Thread(target=lambda: answers.append(client.get("/sparql", params={"query": PRODUCT})))
        thread.start()
        assert eventually(lambda: server.service.pool.busy == 1)
        slay(server)
        thread.join()
    assert answers[0].status_code == 503
    assert server.answers_soon()


def test_more_than_there_are_workers_wait_their_turn(server: Served) -> None:
    settled(server)
    with ThreadPoolExecutor(16) as threads:
        answers = list(threads.map(lambda number: server.get(f"SELECT ({number} AS ?n) {{}}"), range(48)))
    assert [it.json()["results"]["bindings"][0]["n"]["value"] for it in answers] == [str(it) for it in range(48)]


def test_who_can_not_wait_is_told_so(tmp_path: Path) -> None:
    settings = plain(tmp_path / "store", workers=1, waiting=1, timeout=1.0)
    with served(settings) as server, ThreadPoolExecutor(6) as threads:
        answers = list(threads.map(lambda _: server.client.get("/sparql", params={"query": LONG}), range(6)))
        assert {kind(it) for it in answers} <= {(503, "busy"), (503, "time")}
        assert (503, "busy") in {kind(it) for it in answers}
        assert server.answers_soon()


_DIGITS = " ".join(map(str, range(10)))
# A hundred million solutions out of nothing.
LONG = (
    "SELECT (COUNT(*) AS ?n) {"
    + " ".join(f"VALUES ?x{number} {{ {_DIGITS} }}" for number in range(8))
    + "FILTER(?x0 + ?x1 + ?x2 + ?x3 + ?x4 + ?x5 + ?x6 + ?x7 = 1000) }"
)
