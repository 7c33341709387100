"""Queries and updates out over HTTP, answers in: one client of one server, which waits and tries again.

What is sent may be sent twice: a query changes nothing, and updates are written so that doing them again does nothing
more (``INSERT DATA``, ``DELETE DATA``). Nothing is sent to any other host: a redirection is an error.
"""

import ssl
import time
from collections.abc import Callable, Generator, Mapping
from http import HTTPStatus
from ipaddress import ip_address
from typing import NoReturn
from urllib.parse import quote

import httpx

from kg.errors import StoreError, UsageError
from kg.store.endpoint import PASSWORD, USER, Endpoint

# RDF::Endpoint writes XML well, and a JSON without types under another name than this.
_ROWS = "application/sparql-results+json, application/sparql-results+xml;q=0.9"
NTRIPLES = "application/n-triples"
# Virtuoso 7 calls N-Triples by its old name.
_TRIPLES = f"{NTRIPLES}, text/turtle;q=0.9, text/plain;q=0.8"

_BUSY = {
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.BAD_GATEWAY,
    HTTPStatus.SERVICE_UNAVAILABLE,
    HTTPStatus.GATEWAY_TIMEOUT,
}
_TRIES = 7
_FIRST_TRIES = 3
"""Until a server has answered once, its address may be wrong, and nobody wants to wait a minute to be told so."""
_PAUSE, _LONGEST_PAUSE = 0.5, 20.0
"""Seconds before the second try, doubled each time: a minute in all, in which a server can be started anew."""
_CONNECT_SECONDS = 10.0
_TOLD = 300
"""Letters of a server's complaint that are passed on."""


class Wire:
    """One server. ``requests`` counts what was sent, tries among them; ``sleep`` is there to be replaced in tests."""

    def __init__(
        self,
        endpoint: Endpoint,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """No request is made yet."""
        self.endpoint = endpoint
        self.requests = 0
        self._sleep = sleep
        self._answered = False
        self._client = httpx.Client(
            auth=_Login(endpoint),
            verify=_trusted(endpoint),
            transport=transport,
            follow_redirects=False,
            timeout=httpx.Timeout(endpoint.seconds, connect=_CONNECT_SECONDS),
            headers={"User-Agent": "kg"},
        )

    def query(self, text: str, *, graph: bool = False, dataset: Mapping[str, str] | None = None) -> httpx.Response:
        """The answer to a query as the server writes it: triples if ``graph``, else rows.

        Raises :class:`kg.errors.UsageError` for a query that the server refuses.
        """
        # Virtuoso hangs on a query that is the body itself, and takes this.
        form = {"query": plain(text), **(dataset or {})}
        answer = self._send("POST", self.endpoint.query, data=form, headers={"Accept": _TRIPLES if graph else _ROWS})
        if answer.status_code == HTTPStatus.BAD_REQUEST:
            raise UsageError(f"The server can't read the query: {_complaint(answer)}")
        return self._well(answer, self.endpoint.query)

    def update(self, text: str) -> None:
        """Have an update done."""
        self._well(self._send("POST", self.endpoint.updates, data={"update": plain(text)}), self.endpoint.updates)

    def put_graph(self, name: str, triples: str) -> None:
        """Make a graph (an IRI) these triples (N-Triples) and nothing else, by the graph store protocol."""
        address = (
            f"{self.endpoint.graphs}{'&' if '?' in str(self.endpoint.graphs) else '?'}graph={quote(name, safe='')}"
        )
        headers = {"Content-Type": NTRIPLES}
        self._well(self._send("PUT", address, content=triples.encode(), headers=headers), str(self.endpoint.graphs))

    def close(self) -> None:
        self._client.close()

    def _send(self, method: str, address: str, **request: object) -> httpx.Response:
        """The answer of a server that can be reached and isn't busy."""
        tries = _TRIES if self._answered else _FIRST_TRIES
        for number in range(tries):
            last = number == tries - 1
            self.requests += 1
            try:
                answer = self._client.request(method, address, **request)  # type: ignore[arg-type]
            except httpx.ReadTimeout:
                # Asked again, it would take as long again, and the server is still at the first.
                raise StoreError(
                    f"{address} has not answered in {self.endpoint.seconds:.0f} s. Ask for less, or let it take longer "
                    "(seconds, in the settings file)."
                ) from None
            except httpx.TransportError as error:
                if last or not _may_pass(error):
                    raise StoreError(
                        f"{address} can't be reached: {_reason(error)}. Check address and server."
                    ) from None
                self._sleep(_pause(number))
                continue
            except httpx.HTTPError as error:
                raise StoreError(f"{address} can't be used: {_reason(error)}. Check the address.") from None
            self._answered = True
            if answer.status_code not in _BUSY or last:
                return answer
            self._sleep(_asked_pause(answer) or _pause(number))
        raise AssertionError("the last try returns or raises")

    def _well(self, answer: httpx.Response, address: str) -> httpx.Response:
        if not answer.is_success:
            _fail(answer, address, bool(self.endpoint.user))
        return answer


def _fail(answer: httpx.Response, address: str, named: bool) -> NoReturn:
    status = answer.status_code
    told = f"{status} {answer.reason_phrase}".strip()
    if status == HTTPStatus.UNAUTHORIZED:
        wrong = "refuses the name and the password" if named else "asks for a name and a password"
        raise StoreError(f"{address} {wrong} ({told}). Set {USER} and {PASSWORD}, or write them into a settings file.")
    if status == HTTPStatus.FORBIDDEN:
        raise StoreError(f"{address} does not allow this ({told}): {_complaint(answer)}. Ask who runs it.")
    if answer.is_redirect:
        raise StoreError(
            f"{address} sends us on to {answer.headers.get('Location')}, where we don't follow. Name the place itself."
        )
    if status in {HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED}:
        raise StoreError(f"There is no SPARQL endpoint at {address} ({told}). Check the address.")
    if status in _BUSY:
        raise StoreError(f"{address} stays busy ({told}). Try again later: what was finished is kept.")
    raise StoreError(f"{address} fails ({told}): {_complaint(answer)}. Check the address, or see the server's log.")


def plain(text: str) -> str:
    r"""A query or update in ASCII: servers that take the bytes of a form for Latin-1 read ``\u00E9`` rightly."""
    return text if text.isascii() else "".join(letter if letter < "\x80" else _escaped(letter) for letter in text)


def _escaped(letter: str) -> str:
    return f"\\u{ord(letter):04X}" if ord(letter) < 0x10000 else f"\\U{ord(letter):08X}"


class _Login(httpx.Auth):
    """Answers when a server asks who we are, by Basic or Digest, and from then on without being asked."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._chosen: httpx.Auth | None = None

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        if self._chosen is None:
            answer = yield request
            if answer.status_code != HTTPStatus.UNAUTHORIZED or not self._endpoint.user:
                return
            self._chosen = self._choice(answer, request)
        yield from self._chosen.auth_flow(request)

    def _choice(self, answer: httpx.Response, request: httpx.Request) -> httpx.Auth:
        user, password = self._endpoint.user or "", self._endpoint.password or ""
        offered = {it.strip().partition(" ")[0].lower() for it in answer.headers.get_list("WWW-Authenticate")}
        if "digest" in offered:
            return httpx.DigestAuth(user, password)
        if request.url.scheme != "https" and not _is_here(request.url.host) and not self._endpoint.plain_password:
            raise StoreError(
                f"{request.url} asks for the password without encryption, so that anybody on the way reads it. "
                "Use https, or set plain_password = true in the settings file."
            )
        return httpx.BasicAuth(user, password)


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _trusted(endpoint: Endpoint) -> bool | ssl.SSLContext:
    if endpoint.authority is None:
        return True
    try:
        return ssl.create_default_context(cafile=endpoint.authority)
    except OSError as error:
        raise UsageError(f"{endpoint.authority} holds no certificates: {_reason(error)}. Name another file.") from error


def _may_pass(error: httpx.TransportError) -> bool:
    """Whether it may be well the next time: not where the name is unknown or the certificate is wrong."""
    words = str(error).lower()
    never = ("certificate", "name or service not known", "no address associated", "nodename nor servname")
    return not isinstance(error, httpx.UnsupportedProtocol) and not any(it in words for it in never)


def _pause(number: int) -> float:
    return min(_PAUSE * 2.0**number, _LONGEST_PAUSE)


def _asked_pause(answer: httpx.Response) -> float | None:
    """The seconds that the server asks us to wait, if it says so."""
    told = answer.headers.get("Retry-After", "")
    return min(float(told), _LONGEST_PAUSE) if told.isdigit() else None


def _reason(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__


def _complaint(answer: httpx.Response) -> str:
    """The beginning of what a server says went wrong, on one line."""
    words = " ".join(answer.text.split()).rstrip(".")
    return words if len(words) <= _TOLD else f"{words[:_TOLD]}…"
