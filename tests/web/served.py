"""A server of our own for tests, in a thread, on any free port, with real sockets and real workers."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from msgspec.structs import replace
from starlette.routing import BaseRoute

from kg.web.app import Beside, app
from kg.web.serve import bound
from kg.web.service import Service
from kg.web.settings import Settings
from kg.web.stores import make_plain

TOKEN = "correct-horse-battery"
FORM, QUERY, UPDATE = ("application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update")
WRITER = {"authorization": f"Bearer {TOKEN}"}


PATIENCE = 120.0
"""How long tests wait for what must happen, in seconds. A busy machine may take its time; a sound one takes none."""


def eventually(happened: Callable[[], object], patience: float = PATIENCE) -> bool:
    """Whether something comes true before patience ends."""
    until = time.monotonic() + patience
    while not happened():
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


class Served:
    """A running server: its address, a client for it, what it logged, and its inside."""

    def __init__(self, url: str, service: Service, log: StringIO, loop: asyncio.AbstractEventLoop) -> None:
        self.url = url
        self.endpoint = f"{url}/sparql"
        self.service = service
        self.log = log
        self.loop = loop
        self.client = httpx.Client(base_url=url, timeout=PATIENCE, trust_env=False)

    def get(self, query: str, **parameters: Any) -> httpx.Response:
        headers = parameters.pop("headers", None)
        return self.client.get("/sparql", params={"query": query, **parameters}, headers=headers)

    def ask(self, query: str) -> bool:
        return bool(self.get(query).raise_for_status().json()["boolean"])

    def answers_soon(self) -> bool:
        """Whether a query gets its turn, as busy as the machine may be."""
        return eventually(lambda: self.get("ASK {}").status_code == 200)

    def rows(self, query: str) -> list[dict[str, str]]:
        found = self.get(query).raise_for_status().json()["results"]["bindings"]
        return [{name: it["value"] for name, it in row.items()} for row in found]

    def update(self, update: str) -> httpx.Response:
        return self.client.post("/sparql", content=update.encode(), headers={"content-type": UPDATE, **WRITER})


@contextmanager
def served(settings: Settings, rooms: Sequence[BaseRoute] = (), beside: Sequence[Beside] = ()) -> Iterator[Served]:
    """Serve until the end of the block, with further rooms and what goes on beside them if some are given."""
    log, listening = StringIO(), bound("127.0.0.1", 0)
    made = app(settings, log, rooms, beside)
    server = uvicorn.Server(
        uvicorn.Config(made, http="h11", lifespan="on", log_config=None, access_log=False, ws="none")
    )
    loop = asyncio.new_event_loop()
    ready = threading.Event()

    async def run() -> None:
        try:
            await serve_and_tell()
        finally:
            ready.set()

    async def serve_and_tell() -> None:
        async with asyncio.TaskGroup() as group:
            serving = group.create_task(server.serve(sockets=[listening]))
            while not server.started and not serving.done():
                await asyncio.sleep(0.01)
            ready.set()

    thread = threading.Thread(target=loop.run_until_complete, args=(run(),), daemon=True)
    thread.start()
    assert ready.wait(PATIENCE), "the server does not start"
    assert server.started, "the server could not start"
    here = Served(f"http://127.0.0.1:{listening.getsockname()[1]}", made.state.service, log, loop)
    try:
        yield here
    finally:
        here.client.close()
        server.should_exit = True
        thread.join(PATIENCE)
        loop.close()


def plain(folder: Path, **others: Any) -> Settings:
    """Settings for a plain store in a folder."""
    make_plain(folder)
    return replace(Settings(store=folder, base=None, token=TOKEN, timeout=10.0), **others)
