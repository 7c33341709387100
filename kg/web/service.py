"""The store behind the server: who reads gets an answer from a snapshot, who writes waits for a turn."""

import asyncio
import contextlib
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from kg.errors import StoreError
from kg.web.messages import Answered, Reading, Writing
from kg.web.metrics import Metrics
from kg.web.problems import Problem
from kg.web.settings import Settings
from kg.web.snapshots import Shelf, Snapshot, take
from kg.web.workers import Answer, Pool

# A look at the store's files costs some 0.1 ms; they are not looked at more often than this, in seconds.
_LOOK = 0.02
# How long a reader waits for a fresher snapshot when there is an old one.
_PATIENCE = 0.5
# A snapshot that can't be opened was copied at an unlucky moment.
_TRIES = 5


class Service:
    """One per server. Start it, ask it, close it."""

    def __init__(self, settings: Settings) -> None:
        """Make the folder for snapshots. Raises :class:`kg.errors.StoreError` if that can't be done."""
        self.settings = settings
        self.metrics = Metrics()
        self.shelf = Shelf(settings.store)
        self.pool = Pool(settings, self.shelf, self.metrics)
        self._turn = asyncio.Lock()
        self._renewal: asyncio.Task[None] | None = None
        self._pinned: Counter[str] = Counter()
        self._looked = self._fresh = 0.0

    async def start(self) -> None:
        """Start the workers, and take the first snapshot."""
        await self.pool.start()
        await self._renew()

    async def close(self) -> None:
        """Stop, and leave nothing behind."""
        if self._renewal is not None:
            self._renewal.cancel()
            with contextlib.suppress(asyncio.CancelledError, Problem, StoreError):
                await self._renewal
        await self.pool.close()
        self.shelf.close()

    @property
    def age(self) -> float:
        """For how many seconds the store may have had something newer than the latest snapshot."""
        return max(0.0, time.monotonic() - self._fresh)

    async def snapshot(self) -> Snapshot:
        """The state that is to be read now: the newest one, or while another process keeps writing one that is as old
        as the settings allow."""
        self._look()
        if self._renewal is not None and not self._renewal.done():
            await asyncio.wait({self._renewal}, timeout=_PATIENCE)
        assert self.shelf.latest is not None
        return self.shelf.latest

    async def read(self, ask: Callable[[str], Reading], snapshot: Snapshot) -> Answer:
        """The answer to what is asked of a snapshot. Raises :class:`Problem`."""
        with self.pinned(snapshot):
            return await self.pool.ask(ask(str(snapshot.path)))

    @contextlib.contextmanager
    def pinned(self, snapshot: Snapshot) -> Iterator[None]:
        """Keep a snapshot until the end of the block."""
        path = str(snapshot.path)
        self._pinned[path] += 1
        try:
            yield
        finally:
            self._pinned[path] -= 1

    async def write(self, ask: Callable[[str], Writing]) -> Answer:
        """Write, one after the other. Who reads afterwards sees it. Raises :class:`Problem`."""
        async with self._turn:
            path = self.shelf.next()
            try:
                done = await self.pool.ask(ask(str(path)))
            except BaseException:
                shutil.rmtree(path, ignore_errors=True)
                raise
            self._adopt(path)
            return done

    def _look(self) -> None:
        """See whether the store was written by somebody else, and begin to renew the snapshot if so."""
        now = time.monotonic()
        if now - self._looked < _LOOK or (self._renewal is not None and not self._renewal.done()):
            return
        self._looked = now
        if not self.shelf.behind():
            self._fresh = now
        elif not self._turn.locked() and now - self._fresh >= self._pause():
            self._renewal = asyncio.get_running_loop().create_task(self._renewed())

    def _pause(self) -> float:
        """A store that rests is copied at once; one that keeps being written now and then."""
        latest = self.shelf.latest
        rested = latest is None or time.time() - latest.taken >= self.settings.snapshot_pause
        return 0.0 if rested else self.settings.snapshot_pause

    async def _renewed(self) -> None:
        # What can't be copied now is tried again with the next request; meanwhile the old snapshot does.
        with contextlib.suppress(StoreError, Problem):
            await self._renew()

    async def _renew(self) -> None:
        async with self._turn:
            for attempt in range(_TRIES):
                path = self.shelf.next()
                try:
                    await asyncio.to_thread(take, self.settings.store, path)
                    # Can it be opened? A worker has it open, then, too.
                    await self.pool.ask(Answered(str(path), "ASK {}"))
                except Problem:
                    shutil.rmtree(path, ignore_errors=True)
                    if attempt == _TRIES - 1:
                        raise
                else:
                    return self._adopt(path)
        return None

    def _adopt(self, path: Path) -> None:
        self.shelf.adopt(path)
        self._looked = self._fresh = time.monotonic()
        self.shelf.sweep(self.pool.used | {path for path, count in self._pinned.items() if count})
