"""Snapshots: whole states of a store that somebody else is writing, and what happens when somebody is killed."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import StoreError
from kg.store import Result, Store
from kg.web import snapshots
from kg.web.settings import Settings
from kg.web.stores import base_of, make_plain
from tests.store.small import add, numbered
from tests.web.served import TOKEN, eventually, plain, served

# Writes groups of ten triples, one update each, as fast as it can.
WRITER_OF_TENS = """
import sys, pyoxigraph as ox
data = ox.Store(sys.argv[1])
for number in range(10 ** 9):
    lines = "".join(f"<urn:s{number}> <urn:p{each}> <urn:o{number % 97}> . " for each in range(10))
    data.update(f"INSERT DATA {{ {lines} }}")
    if number == 0:
        print("writing", flush=True)
"""
HALVES = "SELECT ?s (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?s HAVING (COUNT(*) != 10)"


@contextmanager
def writer(store: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that writes."""
    words = [sys.executable, "-c", WRITER_OF_TENS, str(store / snapshots.DATA)]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "writing\n"
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def test_snapshots_beside_a_busy_writer_are_whole_and_never_go_back(tmp_path: Path) -> None:
    store = tmp_path / "store"
    make_plain(store)
    counts: list[int] = []
    with writer(store):
        until = time.monotonic() + 4
        while time.monotonic() < until or counts[-1] == counts[0]:
            snapshot = tmp_path / f"s{len(counts)}"
            snapshots.take(store, snapshot)
            data = ox.Store.read_only(str(snapshot / snapshots.DATA))
            assert not len(list(Result(data.query(HALVES))))
            counts.append(len(data))
    assert counts == sorted(counts)
    assert counts[0] > 0


def test_a_snapshot_is_a_store_that_does_not_change(folder: Path, tmp_path: Path) -> None:
    with Store.open(folder) as store:
        snapshots.take(folder, tmp_path / "then")
        add(store, numbered(20))
        assert len(store) == 8
    with Store.open(tmp_path / "then", read_only=True) as then:
        assert len(then) == 7


def test_no_store_no_snapshot(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no store"):
        snapshots.take(tmp_path / "none", tmp_path / "then")


def test_what_another_process_writes_is_answered(folder: Path) -> None:
    query = "SELECT ?d { GRAPH ?d { ?d a kg:Document } }"
    with served(Settings(store=folder, token=TOKEN, snapshot_pause=0.2)) as server:
        assert len(server.rows(query)) == 7
        with Store.open(folder) as store:
            add(store, numbered(20))
            assert eventually(lambda: len(server.rows(query)) == 8)
            # Meanwhile the server can't write, and says so.
            answer = server.update("INSERT DATA { GRAPH <urn:mine> { <urn:s> <urn:p> 1 } }")
            assert (answer.status_code, answer.json()["type"]) == (503, "urn:newskg:problem:writing")
        assert server.update("INSERT DATA { GRAPH <urn:mine> { <urn:s> <urn:p> 1 } }").status_code == 204
        assert server.ask("ASK { GRAPH <urn:mine> { ?s ?p 1 } }")
        # And it holds no lock when it does not write.
        with Store.open(folder) as store:
            add(store, numbered(21))
        assert eventually(lambda: len(server.rows(query)) == 9)
        assert eventually(lambda: len([it for it in server.service.shelf.folder.iterdir() if it.name.isdigit()]) <= 4)
    assert not list((folder / "snapshots").glob("*"))


def test_reading_while_somebody_writes_all_the_time(tmp_path: Path) -> None:
    settings = plain(tmp_path / "store", snapshot_pause=0.2)
    with served(settings) as server, writer(tmp_path / "store"):
        counts: list[int] = []
        until = time.monotonic() + 4
        while time.monotonic() < until or counts[-1] == counts[0]:
            answer = server.get("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
            assert answer.status_code == 200
            assert int(answer.headers["age"]) < 60
            counts.append(int(answer.json()["results"]["bindings"][0]["n"]["value"]))
            assert server.rows(HALVES) == []
            time.sleep(0.1)
        assert counts == sorted(counts)


def test_what_kind_of_store(folder: Path, tmp_path: Path) -> None:
    assert base_of(folder) == "urn:newskg:"
    with pytest.raises(StoreError, match="leave --plain out"):
        make_plain(folder)
    make_plain(tmp_path / "plain")
    make_plain(tmp_path / "plain")
    with pytest.raises(StoreError, match="--plain"):
        base_of(tmp_path / "plain")
    with pytest.raises(StoreError, match="no store"):
        base_of(tmp_path / "none")
    with pytest.raises(StoreError):
        Store.open(tmp_path / "plain")
    (tmp_path / "else").mkdir()
    (tmp_path / "else" / "letter.txt").write_text("Dear all")
    with pytest.raises(StoreError, match="is there already"):
        make_plain(tmp_path / "else")
