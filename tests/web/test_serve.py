"""``kg serve``, run as a user runs it."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import httpx
import pytest

from kg.cli import run
from tests.web.served import PATIENCE, TOKEN, UPDATE, WRITER

ROOT = str(Path(__file__).parents[2])


@contextmanager
def serving(*words: object, token: str = "") -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The command, and the lines that it greets with, up to the one that tells who may write."""
    world = os.environ | {"PYTHONPATH": ROOT, "KG_TOKEN": token}
    command = [sys.executable, "-m", "kg", "serve", "--port", "0", *map(str, words)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=world)
    assert process.stdout is not None
    try:
        yield process, _greeting(process.stdout)
    finally:
        process.kill()
        process.communicate()


def _greeting(printed: IO[str]) -> str:
    lines = []
    while (line := printed.readline()) and not line.startswith("  writing"):
        lines.append(line)
    return "".join([*lines, line])


def endpoint(greeting: str) -> str:
    return greeting.split("SPARQL")[1].split()[0]


def test_a_plain_store_from_greeting_to_interruption(tmp_path: Path) -> None:
    store = tmp_path / "store"
    with serving("--plain", "--store", store, "--workers", 1, token=TOKEN) as (process, greeting):
        assert greeting.startswith(f"kg serves {store} at http://127.0.0.1:")
        assert "writing  on, with the token in KG_TOKEN" in greeting
        assert TOKEN not in greeting
        assert "pages" not in greeting, "a plain store has none"
        url = endpoint(greeting)
        headers = {"content-type": UPDATE, **WRITER}
        written = httpx.post(url, content="INSERT DATA { <urn:s> <urn:p> 1 }", headers=headers, timeout=PATIENCE)
        assert written.status_code == 204
        asked = httpx.get(url, params={"query": "ASK { <urn:s> <urn:p> 1 }"}, timeout=PATIENCE)
        assert asked.json()["boolean"] is True
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0
        assert "Traceback" not in told
        assert told.count("\n") == 2, "a line for each request"
    assert not list((store / "snapshots").iterdir())


def test_read_only(folder: Path) -> None:
    words = ("--store", folder, "--read-only", "--workers", 1)
    with serving(*words, token=TOKEN) as (_, greeting):
        assert "writing  off: started with --read-only" in greeting
        url = endpoint(greeting)
        headers = {"content-type": UPDATE, **WRITER}
        assert httpx.post(url, content="CREATE GRAPH <urn:g>", headers=headers, timeout=PATIENCE).status_code == 403


def test_the_greeting_tells_where_the_pages_are_and_how_to_write(folder: Path, tmp_path: Path) -> None:
    with serving("--store", folder, "--workers", 1) as (_, greeting):
        page = greeting.split("pages")[1].split()[0]
        assert "<title>" in httpx.get(page, headers={"accept": "text/html"}, timeout=PATIENCE).text
        assert "writing  off: no token given (--token-file FILE" in greeting
    (tmp_path / "token").write_text(f"kim {TOKEN}")
    with serving("--store", folder, "--workers", 1, "--token-file", tmp_path / "token") as (_, greeting):
        assert f"writing  on, with the token in {tmp_path / 'token'}" in greeting
        assert TOKEN not in greeting


def test_what_is_wrong_is_one_line(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "short").write_text("secret")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        wrong = [
            (["--store", tmp_path / "none"], 1, "no store"),
            (["--plain", "--store", tmp_path / "new", "--token-file", tmp_path / "short"], 2, "openssl rand"),
            (["--plain", "--store", tmp_path / "new", "--port", port], 2, "Choose another --port"),
            (["--plain", "--store", tmp_path / "new", "--host", "nowhere.invalid"], 2, "can't be had"),
            (["--plain", "--store", tmp_path / "new", "--url", "example.org"], 2, "--url takes"),
            (["--plain", "--store", tmp_path], 1, "no plain store"),
            (["--token-file", tmp_path / "none"], 2, "does not exist"),
        ]
        for words, code, complaint in wrong:
            assert run(["serve", *map(str, words)]) == code, words
            said, complained = capfd.readouterr()
            assert said == ""
            assert complaint in complained
            assert "Traceback" not in complained
