"""Settings in; a server that answers until it is interrupted."""

import contextlib
import socket
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import uvicorn
from starlette.routing import BaseRoute

from kg.errors import StoreError, UsageError
from kg.web.addresses import ENDPOINT
from kg.web.app import Beside, app
from kg.web.settings import LOOPBACK, Settings

# More connections than this at once are refused (503), seconds that an idle one is kept.
_MOST_CONNECTIONS, _KEEP_ALIVE = 512, 15
# How long answers on their way may take when the server is told to stop, in seconds.
_GRACE = 5


def serve(
    settings: Settings,
    say: Callable[[str], None],
    rooms: Sequence[BaseRoute] = (),
    beside: Sequence[Beside] = (),
) -> None:
    """Serve until interrupted. ``say`` is told where, once requests are answered; the rest as of the app.

    Raises :class:`kg.errors.UsageError` if the address can't be had, :class:`kg.errors.StoreError` if the store can't.
    """
    listening = bound(settings.host, settings.port)
    try:
        made = app(settings, rooms=rooms, beside=beside)
    except StoreError:
        listening.close()
        raise
    server = _Server(
        uvicorn.Config(
            made,
            http="h11",  # which limits what comes before a body
            lifespan="on",
            log_config=None,
            access_log=False,
            server_header=False,
            limit_concurrency=_MOST_CONNECTIONS,
            timeout_keep_alive=_KEEP_ALIVE,
            timeout_graceful_shutdown=_GRACE,
            ws="none",
            proxy_headers=False,
        ),
        lambda: say(greeting(settings, listening)),
    )
    # The server has ended what it was at when it passes the interruption on.
    with contextlib.suppress(KeyboardInterrupt):
        server.run(sockets=[listening])
    if not server.started:
        raise StoreError(f"{settings.store} can't be served: {_reason(settings.store)}.")


class _Server(uvicorn.Server):
    """Says when it is ready."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """As uvicorn's, with a word at its end."""
        await super().startup(sockets)
        if self.started:
            self._ready()


def bound(host: str, port: int) -> socket.socket:
    """A socket that listens; port 0 is any free one. Raises :class:`kg.errors.UsageError`."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        return _listening(family, address)
    except OSError as error:
        raise UsageError(f"{host}:{port} can't be had: {error.strerror}. Choose another --port or --host.") from error


def _listening(family: int, address: Any) -> socket.socket:
    # Named by its protocol, for then nothing is held back to be sent together (TCP_NODELAY): 40 ms an answer.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
    except OSError:
        listening.close()
        raise
    return listening


def greeting(settings: Settings, listening: socket.socket) -> str:
    """A few lines that tell where what is, and who may write."""
    host, port = listening.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    address = settings.url or f"http://{shown}:{port}"
    seen = "" if settings.host in LOOPBACK else ", open to the network"
    lines = [f"kg serves {settings.store} at {address}{seen}. Ctrl-C ends it."]
    lines += [] if settings.plain else [f"  pages    {address}/"]
    lines += [f"  SPARQL   {address}{ENDPOINT}", f"  writing  {_writing(settings)}"]
    return "\n".join(lines)


def _writing(settings: Settings) -> str:
    if settings.read_only:
        return "off: started with --read-only"
    if settings.token is None:
        return "off: no token given (--token-file FILE, or KG_TOKEN in the environment)"
    return f"on, with the token in {settings.token_place}"


def _reason(store: Path) -> str:
    return "its copies can't be made or opened" if store.is_dir() else "it is not there"
