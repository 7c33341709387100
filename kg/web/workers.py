"""Requests in, replies of worker processes out: a pool in which whatever takes too long or too much is killed.

An answer is whole before its first byte goes out (large ones lie in a file meanwhile): so a query that is killed is an
error that says so and never half an answer, and a slow reader keeps no worker busy.
"""

import asyncio
import contextlib
import itertools
import os
import signal
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from kg.web.engine import EngineSettings
from kg.web.messages import LENGTH, READY, Done, Failed, Reading, Reply, Request, packed, reply
from kg.web.metrics import Metrics
from kg.web.problems import Problem
from kg.web.settings import Settings
from kg.web.snapshots import Shelf

_ROOT = str(Path(__file__).parents[2])
# This very program, whatever else is installed; but nothing beside it may stand in for a standard module.
_PROGRAM = """
import sys
place = next((at for at, it in enumerate(sys.path) if it.endswith("-packages")), len(sys.path))
sys.path.insert(place, {root!r})
from {module} import main
main()
"""

# Nobody waits less than this for a worker, in seconds: one is born in a fifth of a second, on a busy machine in some.
_BIRTH = 10.0
# How long an idle server keeps checking whether a process that it killed has gone, in seconds.
_GONE = 5.0


def command(module: str, *arguments: str) -> tuple[str, ...]:
    """What runs ``main()`` of one of our modules as a process of its own."""
    return (sys.executable, "-P", "-c", _PROGRAM.format(root=_ROOT, module=module), *arguments)


class Answer(NamedTuple):
    """A whole answer: its bytes, or an open file with them, and the snapshot's id that it was made from."""

    content_type: str
    body: bytes
    file: Any
    size: int
    existed: bool


class _Worker:
    """One process, which answers one request at a time."""

    def __init__(self, process: asyncio.subprocess.Process, spool: Path) -> None:
        self.process = process
        self.spool = spool
        self.snapshot = ""
        self._killed = False

    async def ask(self, request: Request) -> Reply:
        """Raises :class:`EOFError` or :class:`OSError` if the process dies over it."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.snapshot = request.snapshot
        self.process.stdin.write(packed(request))
        await self.process.stdin.drain()
        length = await self.process.stdout.readexactly(LENGTH)
        return reply(await self.process.stdout.readexactly(int.from_bytes(length, "big")))

    def kill(self) -> None:
        self._killed = True
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()

    async def bury(self) -> None:
        """Wait until a killed process has gone, with its pipes and its file."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        await self.process.stdout.read()
        await self.process.wait()
        with contextlib.suppress(OSError):
            await self.process.stdin.wait_closed()
        self.spool.unlink(missing_ok=True)

    @property
    def lives(self) -> bool:
        return not self._killed and self.process.returncode is None


class Pool:
    """A fixed number of workers; one that was killed has a successor at once."""

    def __init__(self, settings: Settings, shelf: Shelf, metrics: Metrics) -> None:
        """Nothing runs before :meth:`start`."""
        self._settings = settings
        self._shelf = shelf
        self._metrics = metrics
        self._idle: asyncio.LifoQueue[_Worker] = asyncio.LifoQueue()
        self._workers: set[_Worker] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._numbers = itertools.count(1)
        self._waiting = 0
        self._closed = False

    async def start(self) -> None:
        """Start all workers."""
        await asyncio.gather(*(self._hire() for _ in range(self._settings.workers)))

    async def close(self) -> None:
        """Kill all workers, and wait until they have gone."""
        self._closed = True
        for worker in list(self._workers):
            self._dismiss(worker)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_GONE):
                while self._tasks:
                    await asyncio.gather(*self._tasks, return_exceptions=True)

    @property
    def busy(self) -> int:
        """How many workers are at work, or just being replaced."""
        return self._settings.workers - self._idle.qsize()

    @property
    def used(self) -> set[str]:
        """The snapshots that workers have open."""
        return {worker.snapshot for worker in self._workers}

    @property
    def processes(self) -> list[int]:
        """The numbers of the workers' processes."""
        return [worker.process.pid for worker in self._workers]

    async def ask(self, request: Request) -> Answer:
        """The answer to a request.

        Raises :class:`Problem` for what went wrong. If the caller is cancelled, the worker is killed.
        """
        # Somebody killed the process, which says nothing about the query; perhaps he killed every one that there was.
        for _ in range(self._settings.workers + 1):
            try:
                return await self._ask(request)
            except ConnectionError:
                if not isinstance(request, Reading):
                    raise Problem(
                        "crash", "The writer was killed: if what it wrote is not there, none of it is."
                    ) from None
        raise Problem("crash", "The workers were killed. Try again in a moment.")

    async def _ask(self, request: Request) -> Answer:
        worker = await self._free()
        try:
            async with asyncio.timeout(self._settings.timeout):
                got = await worker.ask(request)
            return self._answer(got, worker)
        except TimeoutError:
            self._killed(worker, "time")
            raise Problem("time", f"It ran for {self._settings.timeout:g} s and was stopped. Narrow it.") from None
        except (EOFError, OSError) as error:
            raise await self._fate(worker) from error
        except asyncio.CancelledError:
            self._killed(worker, "hang-up")
            raise
        finally:
            self._release(worker)

    async def _free(self) -> _Worker:
        if self._idle.empty() and self._waiting >= self._settings.waiting:
            raise Problem("busy", "Too many requests wait already. Try again in a moment.")
        self._waiting += 1
        try:
            async with asyncio.timeout(max(self._settings.timeout, _BIRTH)):
                while not (worker := await self._idle.get()).lives:
                    self._release(worker)
                return worker
        except TimeoutError:
            raise Problem("busy", "No worker came free in time. Try again in a moment.") from None
        finally:
            self._waiting -= 1

    def _answer(self, got: Reply, worker: _Worker) -> Answer:
        if isinstance(got, Failed):
            raise Problem(got.kind, got.detail, got.line, got.column)  # type: ignore[arg-type]
        if got.spooled is None:
            return Answer(got.content_type, got.body, None, len(got.body), got.existed)
        return _spooled(got, worker.spool)

    def _killed(self, worker: _Worker, why: str) -> None:
        self._metrics.killed(why)
        worker.kill()

    async def _fate(self, worker: _Worker) -> Exception:
        """Why a worker died by itself."""
        worker.kill()
        code = await worker.process.wait()
        self._metrics.killed("crash")
        if code == -signal.SIGKILL:
            return ConnectionError("killed")
        if code == -signal.SIGABRT:
            return Problem("memory", "It needed more memory than a query may have. Narrow it.")
        return Problem("crash", "It ended the worker. Make it simpler.")

    def _release(self, worker: _Worker) -> None:
        """Take a worker back, or find another in its place if it is no more."""
        if worker.lives:
            self._idle.put_nowait(worker)
            return
        self._dismiss(worker)
        if not self._closed:
            self._do(self._hire())

    def _dismiss(self, worker: _Worker) -> None:
        worker.kill()
        self._workers.discard(worker)
        self._do(worker.bury())

    def _do(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _hire(self) -> None:
        spool = self._shelf.folder / f"answer-{next(self._numbers)}"
        settings = EngineSettings(
            str(self._settings.store),
            self._settings.base,
            str(spool),
            self._settings.answer_limit,
            self._settings.memory,
            self._settings.services,
        )
        process = await asyncio.create_subprocess_exec(
            *command("kg.web.worker", msgspec.json.encode(settings).decode()),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            limit=1 << 20,
            # With an arena for each thread, the allocator would take up address space for nothing.
            env=os.environ | {"PYTHONUTF8": "1", "MALLOC_ARENA_MAX": "2"},
        )
        worker = _Worker(process, spool)
        self._workers.add(worker)
        # What the limits apply to is the query, not the birth of its worker.
        assert process.stdout is not None
        with contextlib.suppress(EOFError):
            await process.stdout.readexactly(len(READY))
        if self._closed:
            self._dismiss(worker)
        else:
            self._idle.put_nowait(worker)


def _spooled(done: Done, spool: Path) -> Answer:
    """An answer in a file, which has no name any more: it goes when it is closed."""
    file = spool.open("rb")
    spool.unlink()
    assert done.spooled is not None
    return Answer(done.content_type, b"", file, done.spooled, done.existed)
