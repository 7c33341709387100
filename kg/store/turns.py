"""A server that many may write to in; one writer's turn, and changes that are finished whoever is killed, out.

SPARQL has neither locks nor transactions over several requests, and servers cut long updates up. So the store keeps, in
its log, one node of its own that says whose turn it is and what is being written:

- A turn is one value, which a writer replaces by its own only if it still is what the writer read (one ``DELETE …
  INSERT … WHERE``), and then reads back. Each change does it again. Whoever comes between is noticed by the other.
- A change is first written down whole, packed, beside the data; then, together with the turn, named as *pending*;
  then made, piece by piece, each of which may be done twice; then forgotten. A writer killed before it is pending has
  changed nothing; one killed later leaves all that the next writer needs, which finishes it before anything else.

Who asks the server while a change is being made may see a part of it.
"""

import os
import socket
import time
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from uuid import uuid4

import msgspec

from kg.errors import StoreError
from kg.store import answers
from kg.store.mirror import Mirror
from kg.store.names import kg
from kg.store.terms import literal
from kg.store.update import Update

TURN, PENDING, PART = kg("turn"), kg("pending"), kg("part")

_STALE = timedelta(minutes=5)
"""A writer that was not heard of for so long is gone. No request with all its tries takes longer than this."""
_RENEWED_AFTER = 30.0
_PART = 40_000
"""Letters of a packed change in one literal."""


class State(NamedTuple):
    """What the store's own node says: the turns (one, if all is well), what is pending, and the server's clock."""

    turns: tuple[str, ...]
    pending: tuple[str, ...]
    now: datetime


class Turn:
    """Our turn to write to a server. ``lost`` tells that it is unknown whether it still is ours."""

    def __init__(self, mirror: Mirror, base: str) -> None:
        """Nothing is asked yet; see :meth:`take`."""
        self._mirror, self._wire, self._base = mirror, mirror.wire, base
        self._log, self._node = f"<{base}log>", node_of(base)
        self._mine: str | None = None
        self._unfinished: str | None = None
        self._clock = (datetime.now(UTC), time.monotonic())
        self._renewed = time.monotonic()

    def take(self) -> None:
        """Begin to write, and finish what a writer that was killed had begun.

        Raises :class:`kg.errors.StoreError` if somebody else is writing.
        """
        state = self.state()
        self._clock = state.now, time.monotonic()
        for turn in state.turns:
            if (age := _age_of_writer(turn, state.now)) is not None:
                raise StoreError(
                    f"{self._wire.endpoint.query} is being written by {_writer(turn)}, last heard of {age:.0f} s ago. "
                    "Wait until it has finished."
                )
        self._claim(state.turns)
        for pending in state.pending:
            self._finish(pending)
        self._sweep()

    def write(self, update: Update) -> None:
        """Make a change. If this fails or is killed on the way, it is finished by the next to write, or never began.

        Raises :class:`kg.errors.StoreError` if somebody else has written since our turn began.
        """
        if self._unfinished:
            self._finish(self._unfinished)
        name = f"{self._base}log/{uuid4().hex}"
        parts = list(_packed(update))
        for number, part in enumerate(parts):
            self._wire.update(
                f"INSERT DATA {{ GRAPH {self._log} {{ <{name}> {PART} {literal(f'{number} {part}')} }} }}"
            )
        pending = f"{name} {len(parts)}"
        self._claim((self._held(),), pending)
        self._unfinished = pending
        self._mirror.changed(update)
        self._make(update)
        self._forget(pending)

    def release(self) -> None:
        """Let others write. If the server can't be reached any more, they will find out."""
        if self._mine is not None:
            mine, self._mine = self._mine, None
            free = f"{uuid4().hex} {self._now().isoformat()} "
            with suppress(StoreError):
                self._wire.update(self._exchange((mine,), free, None))
        self._wire.close()

    def state(self) -> State:
        """What the store's own node says at present."""
        asked = f"SELECT ?p ?o (STR(NOW()) AS ?now) WHERE {{ GRAPH {self._log} {{ {self._node} ?p ?o }} }}"
        rows = answers.rows(self._wire.query(asked).content)
        found = [(str(row["p"]), row["o"].value, row["now"].value) for row in rows]
        turns = tuple(sorted(value for name, value, _ in found if name == TURN))
        pending = tuple(sorted(value for name, value, _ in found if name == PENDING))
        return State(turns, pending, _moment(found[0][2]) if found else datetime.now(UTC))

    # --- whose turn it is ----------------------------------------------------------------------------------------

    def _held(self) -> str:
        if self._mine is None:
            raise StoreError("It is not sure whose turn it is to write any more. Open the store again.")
        return self._mine

    def _claim(self, before: tuple[str, ...], pending: str | None = None) -> None:
        """Put our turn in the place of another's (or ours), and what we are about to do with it."""
        mine = f"{uuid4().hex} {self._now().isoformat()} {_here()}"
        self._mine = None
        self._wire.update(self._exchange(before, mine, pending))
        state = self.state()
        if state.turns != (mine,) or (pending and pending not in state.pending):
            raise StoreError(
                f"Another writer has come between us at {self._wire.endpoint.query}. Nothing of this change was "
                "written; run the same command again."
            )
        self._mine, self._renewed = mine, time.monotonic()

    def _exchange(self, before: tuple[str, ...], after: str, pending: str | None) -> str:
        more = f" ; {PENDING} {literal(pending)}" if pending else ""
        new = f"GRAPH {self._log} {{ {self._node} {TURN} {literal(after)}{more} }}"
        if not before:
            return f"INSERT DATA {{ {new} }}"
        old = f"GRAPH {self._log} {{ {self._node} {TURN} ?old }}"
        known = " ".join(f"{self._node} {TURN} {literal(it)} ." for it in before)
        where = f"GRAPH {self._log} {{ {known} {self._node} {TURN} ?old }}"
        return f"DELETE {{ {old} }} INSERT {{ {new} }} WHERE {{ {where} }}"

    def _renew(self) -> None:
        """In the midst of a long change, let others know that we are there."""
        if time.monotonic() - self._renewed > _RENEWED_AFTER:
            self._claim((self._held(),))

    def _now(self) -> datetime:
        """The time by the server's clock."""
        then, counted = self._clock
        return then + timedelta(seconds=time.monotonic() - counted)

    # --- what is pending -----------------------------------------------------------------------------------------

    def _finish(self, pending: str) -> None:
        """Make a change that was written down."""
        name, _, count = pending.partition(" ")
        asked = f"SELECT ?part WHERE {{ GRAPH {self._log} {{ <{name}> {PART} ?part }} }}"
        found = [row["part"].value.partition(" ") for row in answers.rows(self._wire.query(asked).content)]
        parts = [part for _, _, part in sorted(found, key=lambda it: int(it[0]))]
        if len(parts) == int(count):
            self._make(_unpacked(parts))
        self._forget(pending)
        self._mirror.forget()

    def _make(self, update: Update) -> None:
        """What a change consists of; the same again changes nothing more."""
        graphs = [
            it
            for it in update.plus()
            if self._wire.endpoint.graphs and it in {*update.dropped, *_documents(update, self._base)}
        ]
        for graph in update.dropped:
            if graph not in graphs:
                self._send(f"DROP SILENT GRAPH {graph}")
        for graph in graphs:
            assert graph is not None
            self._renew()
            self._wire.put_graph(graph[1:-1], "".join(map(self._mirror.written, sorted(update.plus()[graph]))))
        for piece in self._mirror.pieces(update.minus()):
            self._send(f"DELETE DATA {{\n{piece}}}")
        for piece in self._mirror.pieces({name: it for name, it in update.plus().items() if name not in graphs}):
            self._send(f"INSERT DATA {{\n{piece}}}")

    def _send(self, text: str) -> None:
        self._renew()
        self._wire.update(text)

    def _forget(self, pending: str) -> None:
        name = pending.partition(" ")[0]
        self._wire.update(
            f"DELETE DATA {{ GRAPH {self._log} {{ {self._node} {PENDING} {literal(pending)} }} }} ;\n"
            f"DELETE WHERE {{ GRAPH {self._log} {{ <{name}> {PART} ?part }} }}"
        )
        self._unfinished = None

    def _sweep(self) -> None:
        """Throw away what was written down and never became pending."""
        asked = f"SELECT DISTINCT ?it WHERE {{ GRAPH {self._log} {{ ?it {PART} ?part }} }}"
        for row in answers.rows(self._wire.query(asked).content):
            self._wire.update(f"DELETE WHERE {{ GRAPH {self._log} {{ {row['it']} {PART} ?part }} }}")


def node_of(base: str) -> str:
    """The node of the store itself, in angle brackets."""
    return f"<{base}log/store>"


def _documents(update: Update, base: str) -> list[str]:
    """The graphs of documents that a change writes whole."""
    return [graph for graph in update.plus() if graph and graph.startswith(f"<{base}doc/")]


class _Written(msgspec.Struct, array_like=True):
    """A change as it is written down."""

    dropped: list[str]
    minus: list[tuple[str | None, list[tuple[str, str, str]]]]
    plus: list[tuple[str | None, list[tuple[str, str, str]]]]


def _packed(update: Update) -> Iterator[str]:
    minus, plus = ([(name, sorted(it)) for name, it in part.items()] for part in (update.minus(), update.plus()))
    data = msgspec.msgpack.encode(_Written(update.dropped, minus, plus))
    text = b64encode(zlib.compress(data)).decode()
    return (text[start : start + _PART] for start in range(0, len(text), _PART))


def _unpacked(parts: list[str]) -> Update:
    data = zlib.decompress(b64decode("".join(parts)))
    written = msgspec.msgpack.decode(data, type=_Written)
    update = Update()
    for graph in written.dropped:
        update.drop(graph)
    for name, triples in written.minus:
        update.remove(name, triples)
    for name, triples in written.plus:
        update.add(name, triples)
    return update


def _here() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"


def _writer(turn: str) -> str:
    host, _, process = turn.split(" ", 2)[2].rpartition(":")
    return f"process {process} on {host}"


def _age_of_writer(turn: str, now: datetime) -> float | None:
    """The seconds since a writer was heard of; None if nobody has the turn, or its holder is gone."""
    _, since, writer = turn.split(" ", 2)
    age = now - _moment(since)
    return None if not writer or age > _STALE or _is_dead(writer) else age.total_seconds()


def _is_dead(writer: str) -> bool:
    """Whether a process of this computer is no more. Of others nobody knows."""
    host, _, process = writer.rpartition(":")
    if host != socket.gethostname() or os.name != "posix":
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def _moment(text: str) -> datetime:
    """A time as servers write it; in UTC where no zone is told."""
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
