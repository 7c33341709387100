"""Who may do what: layers around the rooms of the server, each one a check or a header (plain ASGI)."""

import hmac
import ipaddress
import sys
import time
from base64 import b64decode
from collections import OrderedDict
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TextIO
from urllib.parse import urlsplit

import msgspec
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.web.metrics import Metrics
from kg.web.problems import MEDIA_TYPE, Problem
from kg.web.settings import LOOPBACK, Settings

# Nothing that the endpoint sends is a page: whatever a browser is made to show of it may do nothing at all.
_HEADERS = {
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
}
_READABLE = "Age, ETag, Last-Modified, Location, Content-Location"
_ASKABLE = "Accept, Authorization, Content-Type, If-None-Match"

# So many addresses are kept in mind by the rate limit; who is forgotten begins anew.
_MOST_ADDRESSES = 10_000
# A burst may be as long as this many seconds of the rate.
_BURST = 2.0


def problem_response(problem: Problem) -> Response:
    """A problem as it is sent."""
    headers = {"cache-control": "no-store"}
    if problem.kind == "token":
        headers["www-authenticate"] = 'Bearer realm="kg"'
    if problem.status in {429, 503}:
        headers["retry-after"] = "1"
    if problem.kind == "method":
        headers["allow"] = "GET, HEAD, POST, OPTIONS"
    return Response(problem.body(), problem.status, headers, MEDIA_TYPE)


def check_writer(request: Request, settings: Settings) -> str:
    """Who writes, by the name of the token. Raises :class:`Problem` for a request that may not write."""
    check_writable(settings)
    check_same_site(request, settings)
    if not is_token(_token(request.headers.get("authorization", "")), settings):
        raise Problem("token", "Send the server's token: “Authorization: Bearer TOKEN”, or as the password of Basic.")
    return settings.writer


def check_writable(settings: Settings) -> None:
    """Whether anybody may write. Raises :class:`Problem`."""
    if settings.read_only:
        raise Problem("forbidden", "This server only reads: its operator started it with --read-only.")
    if settings.token is None:
        raise Problem(
            "forbidden", "This server takes no writes: its operator gave no token (--token-file or KG_TOKEN)."
        )


def is_token(given: bytes, settings: Settings) -> bool:
    """Whether that is the server's token; how long the answer takes does not tell how much of it is right."""
    return settings.token is not None and hmac.compare_digest(given, settings.token.encode())


def check_same_site(request: Request, settings: Settings) -> None:
    """No page of another site may write, even with the browser's consent: browsers say whose page it is."""
    origin = request.headers.get("origin")
    allowed = {f"{request.url.scheme}://{request.url.netloc}", settings.url, *settings.origins} - {"*"}
    if (origin is not None and origin not in allowed) or (
        origin is None and request.headers.get("sec-fetch-site", "none") not in {"none", "same-origin"}
    ):
        raise Problem("forbidden", "Pages of other sites may not write here.")


def _token(authorization: str) -> bytes:
    scheme, _, value = authorization.strip().partition(" ")
    if scheme.lower() == "bearer":
        return value.strip().encode("utf-8", "surrogateescape")
    if scheme.lower() == "basic":
        try:
            return b64decode(value.strip(), validate=True).partition(b":")[2]
        except ValueError:
            return b""
    return b""


class Watch:
    """The outermost layer: headers on every answer, one line of log and one count for every request."""

    def __init__(self, app: ASGIApp, metrics: Metrics, log: TextIO | None = None) -> None:
        """``log`` is standard error unless given."""
        self._app = app
        self._metrics = metrics
        self._log = log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        began, seen = time.monotonic(), _Seen()

        async def watched(message: Message) -> None:
            if message["type"] == "http.response.start":
                seen.status = message["status"]
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            elif message["type"] == "http.response.body":
                seen.size += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(scope, receive, watched)
        finally:
            self._tell(scope, seen, time.monotonic() - began)

    def _tell(self, scope: Scope, seen: "_Seen", seconds: float) -> None:
        """What was asked is left out: addresses and bodies may hold what is nobody else's business."""
        room = scope.get("route_name") or "other"
        self._metrics.request(room, _known_method(scope["method"]), seen.status, seconds, seen.size)
        line = {
            "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "from": (scope.get("client") or ("",))[0],
            "method": scope["method"][:16],
            "path": scope["path"][:200],
            "status": seen.status,
            "ms": round(seconds * 1000, 1),
            "bytes": seen.size,
        }
        # JSON escapes control characters: no request can forge a line.
        print(msgspec.json.encode(line).decode(), file=self._log or sys.stderr, flush=True)


class _Seen:
    """What is known of an answer that is being sent. 499 is a client that hung up before it."""

    def __init__(self) -> None:
        self.status = 499
        self.size = 0


def _known_method(method: str) -> str:
    return method if method in {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"} else "other"


_LARGEST_HEAD = 16_384
"""Bytes of a request's headers. The server looks only at what it hasn't read whole yet."""


class Door:
    """Refuses requests for another name than the server's, and those that come too fast."""

    def __init__(self, app: ASGIApp, settings: Settings, clock: Callable[[], float] = time.monotonic) -> None:
        """``clock`` tells seconds."""
        self._app = app
        self._settings = settings
        self._rate = _Rate(settings.rate, clock)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in {"http", "websocket"} and (problem := self._objection(scope)):
            if scope["type"] == "websocket":
                return await send({"type": "websocket.close", "code": 1008})
            return await problem_response(problem)(scope, receive, send)
        return await self._app(scope, receive, send)

    def _objection(self, scope: Scope) -> Problem | None:
        if sum(len(name) + len(value) for name, value in scope["headers"]) > _LARGEST_HEAD:
            return Problem("head", f"Headers may have {_LARGEST_HEAD:,} bytes in all. Send fewer.")
        if not self._is_ours(Headers(scope=scope).get("host", "")):
            return Problem("address", "Ask by the server's own address. If it has another name, start it with --url.")
        address = (scope.get("client") or ("",))[0]
        if not _is_loopback(address) and not self._rate.allows(address):
            return Problem("rate", f"At most {self._settings.rate:g} requests a second. Wait a moment.")
        return None

    def _is_ours(self, host: str) -> bool:
        """On loopback, any name but our own is a page that has its name point here (DNS rebinding)."""
        if self._settings.host not in LOOPBACK:
            return True
        name = urlsplit(f"//{host}").hostname if host.isprintable() and _is_host(host) else None
        own = urlsplit(self._settings.url).hostname if self._settings.url else None
        return name is not None and (name in LOOPBACK or name == own)


def _is_host(host: str) -> bool:
    try:
        return urlsplit(f"//{host}").netloc == host and "@" not in host
    except ValueError:
        return False


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


class _Rate:
    """A bucket of requests for each address, which fills at a rate."""

    def __init__(self, rate: float, clock: Callable[[], float]) -> None:
        self._rate = rate
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def allows(self, address: str) -> bool:
        if self._rate <= 0:
            return True
        now = self._clock()
        left, then = self._buckets.pop(address, (self._rate * _BURST, now))
        left = min(left + (now - then) * self._rate, self._rate * _BURST)
        allowed = left >= 1
        self._buckets[address] = (left - allowed, now)
        while len(self._buckets) > _MOST_ADDRESSES:
            self._buckets.popitem(last=False)
        return allowed


class Sharing:
    """CORS (the Fetch standard, section 3.2): pages of the origins that the operator names may read."""

    def __init__(self, app: ASGIApp, origins: tuple[str, ...]) -> None:
        """Nobody may if ``origins`` is empty: a page on the web must not read what lies on one's own computer."""
        self._app = app
        self._origins = origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        origin = Headers(scope=scope).get("origin") if scope["type"] == "http" else None
        if origin is None or not self._origins:
            return await self._app(scope, receive, send)
        allowed = "*" if "*" in self._origins else origin if origin in self._origins else None
        if scope["method"] == "OPTIONS" and "access-control-request-method" in Headers(scope=scope):
            return await self._preflight(allowed)(scope, receive, send)

        async def shared(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.add_vary_header("Origin")
                if allowed:
                    headers["access-control-allow-origin"] = allowed
                    headers["access-control-expose-headers"] = _READABLE
                    headers["cross-origin-resource-policy"] = "cross-origin"
            await send(message)

        return await self._app(scope, receive, shared)

    def _preflight(self, allowed: str | None) -> Response:
        if allowed is None:
            return problem_response(Problem("forbidden", "Pages of that origin may not read here (--allow-origin)."))
        headers = {
            "access-control-allow-origin": allowed,
            "access-control-allow-methods": "GET, HEAD, POST, PUT, DELETE",
            "access-control-allow-headers": _ASKABLE,
            "access-control-max-age": "600",
            "vary": "Origin",
        }
        return Response(status_code=204, headers=headers)
