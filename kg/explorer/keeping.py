"""A server in; the index of what it serves, kept up with its store, out.

A new snapshot has its index some time later: meanwhile that of the one before answers. What is found may be gone from
the store by then, and pages say so.
"""

import asyncio
import contextlib
import itertools
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.requests import Request

from kg.explorer.index import Index
from kg.web.problems import Problem
from kg.web.service import Service
from kg.web.snapshots import Snapshot
from kg.web.workers import command

# How long who asks waits for an index that is being made: for the first one there is, and for the next, in seconds. A
# store of some hundred articles has its index within the second.
_FIRST, _NEXT = 60.0, 1.0
# Beside somebody who keeps writing, making indexes takes no more than one part in so many of the time.
_SHARE = 10


@asynccontextmanager
async def kept(app: Starlette) -> AsyncIterator[None]:
    """Keep an index as long as the server runs."""
    keeper = Keeper(app.state.service)
    app.state.keeper = keeper
    keeper.look(await keeper.service.snapshot())
    try:
        yield
    finally:
        await keeper.close()


async def index_of(request: Request) -> Index:
    """The index to answer a request from. Raises :class:`Problem` if there is none in time."""
    keeper: Keeper = request.app.state.keeper
    return await keeper.index()


class Keeper:
    """One per server."""

    def __init__(self, service: Service) -> None:
        """Nothing is made before :meth:`look`."""
        self.service = service
        self._latest: Index | None = None
        self._making: asyncio.Task[None] | None = None
        self._took = self._made = 0.0
        self._numbers = itertools.count(1)

    async def index(self) -> Index:
        """The newest index: one that is made within a second or so is waited for. Raises :class:`Problem`."""
        self.look(await self.service.snapshot())
        if self._making is not None and (self._latest is None or self._took < _NEXT):
            await asyncio.wait({self._making}, timeout=_FIRST if self._latest is None else _NEXT)
        if self._latest is None:
            raise Problem("busy", "The names are being read for the first time. Try again in a moment.")
        return self._latest

    def look(self, snapshot: Snapshot) -> None:
        """Begin to make an index of a snapshot, unless there is one, or one is being made, or it is too soon."""
        if self._making is not None and not self._making.done():
            return
        known = self._latest is not None and self._latest.snapshot == snapshot.id
        if not known and time.monotonic() - self._made >= self._took * (_SHARE - 1):
            self._making = asyncio.get_running_loop().create_task(self._make(snapshot))

    async def _make(self, snapshot: Snapshot) -> None:
        file = self.service.shelf.folder / f"names-{next(self._numbers)}.sqlite"
        began = time.monotonic()
        with self.service.pinned(snapshot):
            succeeded = await _written(snapshot, str(file))
        self._made = time.monotonic()
        self._took = self._made - began
        if not succeeded:
            return file.unlink(missing_ok=True)
        if self._latest is not None:
            self._latest.close()
        self._latest = Index(file, snapshot.id)
        return None

    async def close(self) -> None:
        """Stop, and delete what was made."""
        if self._making is not None:
            self._making.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._making
        if self._latest is not None:
            self._latest.close()


async def _written(snapshot: Snapshot, file: str) -> bool:
    """Whether another process could write the index."""
    process = await asyncio.create_subprocess_exec(
        *command("kg.explorer.indexing", str(snapshot.path), file),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
    )
    try:
        return await process.wait() == 0
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
