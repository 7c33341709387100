"""Servers that are not ours, started on this computer for a while: Virtuoso (Debian) and Oxigraph's own (PyPI)."""

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

_SECONDS = 90.0
"""How long a server may take to answer for the first time."""

_VIRTUOSO = """
[Database]
DatabaseFile = kg.db
ErrorLogFile = kg.log
LockFile = kg.lck
TransactionFile = kg.trx
xa_persistent_file = kg.pxa
[TempDatabase]
DatabaseFile = kg-temp.db
TransactionFile = kg-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
ServerThreads = 10
CheckpointInterval = 60
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
DirsAllowed = .
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
ServerThreads = 10
[SPARQL]
ResultSetMaxRows = 10000
"""


@contextmanager
def virtuoso(folder: Path) -> Iterator[dict[str, str]]:
    """A new Virtuoso with its first password; the settings of its endpoint, which asks for it by Digest."""
    program = shutil.which("virtuoso-t")
    if program is None:
        # A package of Debian's, which PyPI can't bring along; `.ci/run` installs it where it may.
        pytest.skip("Virtuoso is not installed: apt-get install virtuoso-opensource")
    sql, http = _free_port(), _free_port()
    (folder / "virtuoso.ini").write_text(_VIRTUOSO.format(sql=sql, http=http))
    address = f"http://127.0.0.1:{http}/sparql-auth"
    with _running([program, "+foreground", "+configfile", "virtuoso.ini"], folder, address):
        yield {"query": address, "user": "dba", "password": "dba"}


@contextmanager
def oxigraph(folder: Path) -> Iterator[dict[str, str]]:
    """A new server of Oxigraph's; the settings of its endpoint, with its graph store."""
    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
    assert program, "Oxigraph's server is missing: pip install -e '.[dev]' brings it"
    here = f"127.0.0.1:{_free_port()}"
    with _running([program, "serve", "--location", "data", "--bind", here], folder, f"http://{here}/"):
        yield {name: f"http://{here}/{path}" for name, path in _OXIGRAPH.items()}


_OXIGRAPH = {"query": "query", "update": "update", "graphs": "store"}


@contextmanager
def _running(command: list[str], folder: Path, address: str) -> Iterator[None]:
    with (folder / "output").open("wb") as output:
        process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=subprocess.STDOUT)
    try:
        _wait(process, address, folder)
        yield
    finally:
        process.kill()
        process.wait()


def _wait(process: "subprocess.Popen[bytes]", address: str, folder: Path) -> None:
    until = time.monotonic() + _SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            httpx.get(address, timeout=5)
        except httpx.TransportError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError(f"{address} did not come up: {(folder / 'output').read_text(errors='replace')[-500:]}")


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])
