"""A store's folder in; a copy of it that never changes, made of hard links in milliseconds, out.

Who reads the engine's files while another process writes them reads nonsense, or nothing (half of such opens failed
when it was tried). So queries are answered from snapshots: folders that look like a store and share its files. The
server's own writes end with one (the engine's ``backup``). Beside a foreign writer, an ingest for one, a snapshot is
made of the files alone: the engine never changes a table once it is written, and a copy of its journal that breaks off
is what a process leaves that was killed there, which the engine mends: whole updates, so whole documents.
"""

import os
import re
import shutil
import time
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from kg.errors import StoreError

try:
    import fcntl
except ImportError:  # Windows has no such locks; folders of servers that are gone are then swept by hand.
    fcntl = None  # type: ignore[assignment]

DATA, ABOUT = "oxigraph", "store.json"
FOLDER = "snapshots"
_SIGNATURE = "signature.json"

_TABLE = re.compile(r"\d+\.sst")
_JOURNAL = re.compile(r"\d+\.log")
_COPIED = re.compile(r"CURRENT|IDENTITY|(?:MANIFEST|OPTIONS)-\d+")

# How often a busy store's files are tried before giving up until the next time, and the pause between, in seconds.
_TRIES, _PAUSE = 20, 0.01

Signature = tuple[tuple[str, int], ...]


class Snapshot(NamedTuple):
    """One state of the store. ``taken`` is seconds since 1970."""

    path: Path
    signature: Signature
    taken: float

    @property
    def id(self) -> str:
        return f"{self.path.parent.name}-{self.path.name}"


def signature(store: Path) -> Signature:
    """What tells one state of a store's files from another: its manifest and journals, with their sizes."""
    found = []
    with os.scandir(store / DATA) as entries:
        for entry in entries:
            if entry.name.startswith("MANIFEST-") or _JOURNAL.fullmatch(entry.name):
                try:
                    found.append((entry.name, entry.stat().st_size))
                except FileNotFoundError:
                    continue
    return tuple(sorted(found))


def back_up(data: Any, store: Path, snapshot: Path) -> None:
    """Make a snapshot of an open store (pyoxigraph's) whose writer we are."""
    snapshot.mkdir(parents=True)
    data.backup(str(snapshot / DATA))
    _finish(store, snapshot, signature(store))


def take(store: Path, snapshot: Path) -> Signature:
    """Make a snapshot of a store's files, whoever is writing it. Returns the signature of what was copied.

    Raises :class:`kg.errors.StoreError` if the files would not stand still for as long as that takes.
    """
    for _ in range(_TRIES):
        try:
            before = signature(store)
            _copy(store / DATA, snapshot / DATA)
            if _settled(before, signature(store)):
                _finish(store, snapshot, before)
                return before
        except FileNotFoundError:
            if not (store / DATA).is_dir():
                raise StoreError(f"There is no store at {store}.") from None
        shutil.rmtree(snapshot, ignore_errors=True)
        time.sleep(_PAUSE)
    raise StoreError(f"{store} is being changed faster than it can be copied. Try again in a moment.")


def load(snapshot: Path) -> Snapshot:
    """A snapshot that was made before."""
    data = (snapshot / _SIGNATURE).read_bytes()
    return Snapshot(snapshot, msgspec.json.decode(data, type=Signature), (snapshot / _SIGNATURE).stat().st_mtime)


def _copy(source: Path, target: Path) -> None:
    target.mkdir(parents=True)
    names = sorted(entry.name for entry in source.iterdir())
    # The list of tables first: tables that it does not name may come, those that it names must be there.
    for name in filter(_COPIED.fullmatch, names):
        shutil.copyfile(source / name, target / name)
    for name in filter(_TABLE.fullmatch, names):
        _link(source / name, target / name)
    for name in filter(_JOURNAL.fullmatch, names):
        shutil.copyfile(source / name, target / name)


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except FileNotFoundError:
        raise
    except OSError:  # another file system, or one without links
        shutil.copyfile(source, target)


def _settled(before: Signature, after: Signature) -> bool:
    """Whether tables and journals stayed the same ones. The last journal may have grown."""
    (tables, journals), (tables_after, journals_after) = _parts(before), _parts(after)
    names, names_after = ([name for name, _ in them] for them in (journals, journals_after))
    return tables == tables_after and names == names_after and journals[:-1] == journals_after[:-1]


def _parts(state: Signature) -> tuple[Signature, Signature]:
    """The lists of tables, and the journals, the oldest first."""
    journals = tuple(it for it in state if _JOURNAL.fullmatch(it[0]))
    return tuple(it for it in state if it not in journals), journals


def _finish(store: Path, snapshot: Path, state: Signature) -> None:
    shutil.copyfile(store / ABOUT, snapshot / ABOUT)
    (snapshot / _SIGNATURE).write_bytes(msgspec.json.encode(state))


class Shelf:
    """The snapshots of one server, in a folder of its own inside the store; those of servers that died are swept."""

    def __init__(self, store: Path) -> None:
        """Make the folder. Raises :class:`kg.errors.StoreError` if it can't be."""
        self.store = store
        self._number = 0
        self._lock: Any = None
        try:
            _sweep_dead(store / FOLDER)
            self.folder = self._own_folder()
        except OSError as error:
            raise StoreError(
                f"{store / FOLDER} can't be written: {error}. The server keeps its copies there."
            ) from error
        self.latest: Snapshot | None = None

    def _own_folder(self) -> Path:
        folder = self.store / FOLDER / f"{os.getpid()}-{time.time_ns():x}"
        folder.mkdir(parents=True)
        self._lock = (folder / "lock").open("w")
        if fcntl:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return folder

    def next(self) -> Path:
        """The folder for another snapshot."""
        self._number += 1
        return self.folder / str(self._number)

    def adopt(self, path: Path) -> None:
        """Take a snapshot that was made as the latest."""
        self.latest = load(path)

    def behind(self) -> bool:
        """Whether the store has been written since the latest snapshot."""
        return self.latest is None or self.latest.signature != signature(self.store)

    def sweep(self, used: set[str]) -> None:
        """Delete all snapshots but the latest and those that are being used."""
        kept = used | ({str(self.latest.path)} if self.latest else set())
        for path in self.folder.iterdir():
            if path.is_dir() and path.name.isdigit() and int(path.name) < self._number and str(path) not in kept:
                shutil.rmtree(path, ignore_errors=True)

    def close(self) -> None:
        """Delete all."""
        self._lock.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def _sweep_dead(folder: Path) -> None:
    """Delete what servers left behind that were killed: nobody holds their locks."""
    for path in folder.glob("*/lock") if fcntl else ():
        with path.open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                continue
            shutil.rmtree(path.parent, ignore_errors=True)
