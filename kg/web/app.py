"""Settings in; the server as an ASGI application out: the endpoint, the graph store, things by their IRIs.

The rooms are plain functions of a request. Whoever adds rooms (pages, for one) finds the store behind
``request.app.state.service``: see :class:`kg.web.service.Service`.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from http import HTTPStatus
from typing import TextIO
from urllib.parse import quote

import msgspec
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Match, Route
from starlette.types import Receive, Scope, Send

from kg.web import addresses, metrics
from kg.web.access import Door, Sharing, Watch, check_writer, problem_response
from kg.web.bodies import body, dated, etag, is_known, response, unless_hung_up
from kg.web.describe import Describer
from kg.web.engine import serialized
from kg.web.graphstore import graphs
from kg.web.messages import Answered, Author, Updated
from kg.web.negotiate import chosen, prefers_page
from kg.web.problems import Problem
from kg.web.protocol import Description, Query, Update, absolute, asked, decoded
from kg.web.service import Service
from kg.web.settings import Settings

# Below this many bytes an answer is sent as it is; the level is where zlib is fast.
_GZIP_FROM, _GZIP_LEVEL = 1024, 4


Beside = Callable[[Starlette], AbstractAsyncContextManager[None]]
"""What goes on beside the server as long as it runs; it finds the store as rooms do."""


def app(
    settings: Settings, log: TextIO | None = None, rooms: Sequence[BaseRoute] = (), beside: Sequence[Beside] = ()
) -> Starlette:
    """The server. It opens the store when it starts, and leaves nothing behind when it ends.

    ``rooms`` are further routes, tried before its own: the pages of :mod:`kg.explorer`. One may be for things by their
    IRIs: it gets the requests of those who would rather look at a page than have data. ``beside`` is what they need.
    """
    service = Service(settings)

    @asynccontextmanager
    async def life(made: Starlette) -> AsyncIterator[None]:
        try:
            await service.start()
            async with AsyncExitStack() as stack:
                for each in beside:
                    await stack.enter_async_context(each(made))
                yield
        finally:
            await service.close()

    made = Starlette(
        routes=[
            _DataRoute(f"{addresses.THINGS}/{{path:path}}", _Room(thing, "id"), name="data"),
            *rooms,
            _room(addresses.ENDPOINT, sparql, "sparql"),
            _room(f"{addresses.ENDPOINT}/", sparql, "sparql"),
            _room(addresses.GRAPHS, graphs, "graphs"),
            _room(f"{addresses.GRAPHS}/{{path:path}}", graphs, "graphs"),
            _room(f"{addresses.THINGS}/{{path:path}}", thing, "id"),
            _room(addresses.HEALTH, health, "health"),
            _room(addresses.METRICS, measured, "metrics"),
            _room("/.well-known/void", void, "void"),
            _room("/", front, "front"),
        ],
        middleware=[
            Middleware(Watch, metrics=service.metrics, log=log),
            Middleware(Door, settings=settings),
            Middleware(Sharing, origins=settings.origins),
            Middleware(GZipMiddleware, minimum_size=_GZIP_FROM, compresslevel=_GZIP_LEVEL),
        ],
        exception_handlers={
            Problem: _problem,
            HTTPException: _refused,
            ClientDisconnect: _hung_up,
            Exception: _broken,
        },
        lifespan=life,
    )
    made.state.service = service
    made.state.describer = Describer(service)
    return made


_Answer = Callable[[Request], Awaitable[Response]]


class _Room:
    """A function of a request as an ASGI application for all methods, which leaves its name for log and counts."""

    def __init__(self, answer: _Answer, name: str) -> None:
        self._answer = answer
        self._name = name

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["route_name"] = self._name
        answered = await self._answer(Request(scope, receive))
        await answered(scope, receive, send)


def _room(path: str, answer: _Answer, name: str) -> Route:
    return Route(path, _Room(answer, name), name=name)


class _DataRoute(Route):
    """A route that passes those by who would rather have a page."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """As Starlette's, but for requests that ask for a page."""
        found, inner = super().matches(scope)
        if found is not Match.NONE and _asks_for_page(scope):
            return Match.NONE, {}
        return found, inner


def _asks_for_page(scope: Scope) -> bool:
    """Whether the Accept header does. Who writes ``format=`` into the address has chosen."""
    request = Request(scope)
    return "format" not in request.query_params and prefers_page(request.headers.get("accept", ""))


# ---- the endpoint ---------------------------------------------------------------------------------------------------


async def sparql(request: Request) -> Response:
    """The SPARQL 1.1 Protocol."""
    service: Service = request.app.state.service
    settings = service.settings
    sent = await body(request, settings) if request.method == "POST" else b""
    what = asked(request.method, request.scope["query_string"], request.headers.get("content-type", ""), sent)
    if isinstance(what, Query):
        return await _answered(service, request, what)
    if isinstance(what, Update):
        return await _updated(service, request, what, len(sent))
    return await _described(request, what)


async def _answered(service: Service, request: Request, query: Query) -> Response:
    snapshot = await service.snapshot()
    accept = request.headers.get("accept", "")
    base = f"{addresses.root(request)}{addresses.ENDPOINT}"
    parts = query.text, accept, query.format or "", base, *query.default_graphs, "named", *query.named_graphs
    tag = etag(snapshot, *parts) if request.method != "POST" else None
    headers = dated(snapshot, service.age, tag)
    if is_known(request, tag):
        return Response(status_code=304, headers=headers)
    asked_of = service.read(
        lambda path: Answered(path, query.text, accept, query.format, query.default_graphs, query.named_graphs, base),
        snapshot,
    )
    return response(await unless_hung_up(request, asyncio.ensure_future(asked_of)), headers)


async def _updated(service: Service, request: Request, update: Update, sent: int) -> Response:
    author = Author(check_writer(request, service.settings), sent)
    base = f"{addresses.root(request)}{addresses.ENDPOINT}"
    await service.write(lambda path: Updated(path, update.text, update.using, update.using_named, base, author))
    return Response(status_code=204)


async def _described(request: Request, asked_for: Description) -> Response:
    service: Service = request.app.state.service
    snapshot = await service.snapshot()
    accept = request.headers.get("accept", "")
    try:
        form = chosen("graph", accept, asked_for.format)
    except Problem:
        if asked_for.format or "text/html" not in accept:
            raise
        form = chosen("graph", "")
    endpoint = f"{addresses.root(request)}{addresses.ENDPOINT}"
    written = serialized(await request.app.state.describer.ntriples(endpoint, snapshot), form)
    return Response(written, headers={"content-type": form.content_type, **dated(snapshot, service.age, None)})


async def void(request: Request) -> Response:
    """Where VoID says a description is to be found (section 7.2)."""
    return RedirectResponse(f"{addresses.root(request)}{addresses.ENDPOINT}", HTTPStatus.SEE_OTHER)


# ---- things ---------------------------------------------------------------------------------------------------------


async def thing(request: Request) -> Response:
    """What is known of a thing or a document: ``/id/person/ada-lovell`` is ``urn:newskg:person/ada-lovell``."""
    service: Service = request.app.state.service
    _only_reading(request)
    raw = addresses.of(request).removeprefix(addresses.root(request)).removeprefix(f"{addresses.THINGS}/")
    iri = absolute("The path of a thing", f"{service.settings.base or ''}{raw}")
    snapshot = await service.snapshot()
    wanted = decoded(request.scope["query_string"]).at_most_one("format")
    accept = request.headers.get("accept", "")
    tag = etag(snapshot, iri, accept, wanted or "")
    headers = dated(snapshot, service.age, tag)
    if is_known(request, tag):
        return Response(status_code=304, headers=headers)
    there = await service.read(lambda path: Answered(path, _WHERE_IS.format(iri=iri), format="tsv"), snapshot)
    found = there.body.decode().split("\n")[1:-1]
    if not found:
        raise Problem("not-found", f"Nothing is known of <{iri}>.")
    if found[0]:
        newer = found[0][1:-1].removeprefix(service.settings.base or "")
        return RedirectResponse(f"{addresses.root(request)}{addresses.THINGS}/{newer}", 301, headers)
    told = service.read(lambda path: Answered(path, _ABOUT.format(iri=iri), accept, wanted), snapshot)
    return response(await unless_hung_up(request, asyncio.ensure_future(told)), headers)


# One solution if anything is said of it; with the IRI that has taken its place, if one has.
_WHERE_IS = """SELECT ?newer {{
  FILTER EXISTS {{ {{ <{iri}> ?p ?o }} UNION {{ GRAPH <{iri}> {{ ?s ?q ?r }} }} }}
  OPTIONAL {{ <{iri}> dcterms:isReplacedBy ?newer FILTER NOT EXISTS {{ <{iri}> a ?kind }} }}
}} LIMIT 1"""
# What is said of it, what is said with it, the facts about it, and what a document says.
_ABOUT = """CONSTRUCT {{ ?s ?p ?o }} {{
  {{ <{iri}> ?p ?o . BIND(<{iri}> AS ?s) }}
  UNION {{ ?s ?p <{iri}> . BIND(<{iri}> AS ?o) }}
  UNION {{ ?s rdf:subject|rdf:object <{iri}> ; ?p ?o }}
  UNION {{ GRAPH <{iri}> {{ ?s ?p ?o }} }}
}} LIMIT 20000"""


# ---- how it is ------------------------------------------------------------------------------------------------------


async def health(request: Request) -> Response:
    """Whether the server can answer, and how old what it answers from is, in seconds."""
    _only_reading(request)
    service: Service = request.app.state.service
    snapshot = await service.snapshot()
    told = {
        "status": "ok",
        "snapshot_age": round(service.age, 3),
        "workers": service.settings.workers,
        "busy": service.pool.busy,
        "writable": service.settings.writable,
        "snapshot": snapshot.id,
    }
    return Response(msgspec.json.encode(told), media_type="application/json", headers={"cache-control": "no-store"})


async def measured(request: Request) -> Response:
    """Counts and times for Prometheus."""
    _only_reading(request)
    service: Service = request.app.state.service
    gauges = {
        "kg_workers": float(service.settings.workers),
        "kg_workers_busy": float(service.pool.busy),
        "kg_snapshot_age_seconds": service.age,
    }
    return Response(service.metrics.text(gauges), headers={"content-type": metrics.CONTENT_TYPE})


async def front(request: Request) -> Response:
    """Where everything is."""
    _only_reading(request)
    here = addresses.root(request)
    lines = [
        "kg: a knowledge graph of news articles.",
        f"SPARQL 1.1             {here}{addresses.ENDPOINT}?query={quote('SELECT * { ?s ?p ?o } LIMIT 10')}",
        f"what it holds          {here}{addresses.ENDPOINT}",
        f"graph store            {here}{addresses.GRAPHS}?default",
        f"things by their names  {here}{addresses.THINGS}/…",
        f"health and metrics     {here}{addresses.HEALTH} {here}{addresses.METRICS}",
    ]
    return Response("\n".join(lines) + "\n", media_type="text/plain")


def _only_reading(request: Request) -> None:
    if request.method not in {"GET", "HEAD"}:
        raise Problem("method", "Use GET or HEAD.")


# ---- what goes wrong ------------------------------------------------------------------------------------------------


async def _problem(_: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)
    return problem_response(error)


async def _refused(request: Request, error: Exception) -> Response:
    """What Starlette refuses: an address that leads nowhere."""
    assert isinstance(error, HTTPException)
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        return problem_response(Problem("method", "Use GET or HEAD."))
    return problem_response(Problem("not-found", f"Nothing is here. {addresses.root(request)}/ tells what is."))


async def _hung_up(_: Request, __: Exception) -> Response:
    """Nobody is there to read it; the log says 499."""
    return Response(status_code=499)


async def _broken(_: Request, __: Exception) -> Response:
    return problem_response(Problem("crash", "The server made a mistake. It is in its log; try something else."))
