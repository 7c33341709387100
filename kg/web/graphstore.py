"""Requests of the SPARQL 1.1 Graph Store HTTP Protocol in; graphs read, replaced, added to and taken out.

A graph is named by ``?graph=IRI`` or ``?default`` at the graph store's address, or is the address below it itself.
"""

import asyncio
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import Response

from kg.web import addresses
from kg.web.access import check_writer
from kg.web.bodies import body, dated, etag, is_known, payloads, response, unless_hung_up
from kg.web.messages import Author, Dropped, Fetched, Payload, Stored
from kg.web.problems import Problem
from kg.web.protocol import Parameters, absolute, decoded
from kg.web.service import Service

_READING, _WRITING = frozenset({"GET", "HEAD"}), frozenset({"PUT", "POST", "DELETE"})


async def graphs(request: Request) -> Response:
    """Answer one request to the graph store."""
    service: Service = request.app.state.service
    if request.method not in _READING | _WRITING:
        raise Problem("method", "Use GET, HEAD, PUT, POST or DELETE.")
    parameters = decoded(request.scope["query_string"])
    if request.method in _READING:
        return await _get(service, request, _graph(request, parameters), parameters.at_most_one("format"))
    writer = check_writer(request, service.settings)
    if request.method == "POST" and _is_bare(request, parameters):
        return await _created(service, request, writer)
    graph = _graph(request, parameters)
    if request.method == "DELETE":
        await service.write(lambda snapshot: Dropped(snapshot, graph, Author(writer, 0)))
        return Response(status_code=200)
    return await _stored(service, request, graph, writer)


async def _get(service: Service, request: Request, graph: str | None, wanted: str | None) -> Response:
    snapshot = await service.snapshot()
    accept = request.headers.get("accept", "")
    tag = etag(snapshot, graph or "", accept, wanted or "")
    headers = dated(snapshot, service.age, tag)
    if is_known(request, tag):
        return Response(status_code=304, headers=headers)
    asked = service.read(lambda path: Fetched(path, graph, accept, wanted), snapshot)
    return response(await unless_hung_up(request, asyncio.ensure_future(asked)), headers)


async def _stored(service: Service, request: Request, graph: str | None, writer: str) -> Response:
    """PUT replaces a graph, POST adds to it. What is new answers 201."""
    replace = request.method == "PUT"
    sent, author = await _sent(service, request, writer)
    base = graph or addresses.of(request)
    done = await service.write(lambda snapshot: Stored(snapshot, graph, sent, replace, base, author))
    if not done.existed:
        return Response(status_code=201, headers={"location": addresses.of(request, query=True)})
    return Response(status_code=204 if replace else 200)


async def _created(service: Service, request: Request, writer: str) -> Response:
    """POST to the graph store itself makes a graph with a name that nothing else has."""
    address = f"{addresses.of(request).rstrip('/')}/{uuid4().hex}"
    sent, author = await _sent(service, request, writer)
    await service.write(lambda snapshot: Stored(snapshot, address, sent, False, address, author))
    return Response(status_code=201, headers={"location": address})


async def _sent(service: Service, request: Request, writer: str) -> tuple[tuple[Payload, ...], Author]:
    data = await body(request, service.settings)
    return payloads(request.headers.get("content-type", ""), data), Author(writer, len(data))


def _graph(request: Request, parameters: Parameters) -> str | None:
    """The graph that a request names; none is the default graph."""
    graph = parameters.at_most_one("graph")
    if graph is not None and "default" in parameters:
        raise Problem("request", "Name one graph: by graph= or default.")
    if graph is not None:
        return absolute("graph", graph)
    if "default" in parameters:
        return None
    if not request.path_params.get("path"):
        raise Problem("request", "Name a graph: by ?graph=IRI, ?default, or a path.")
    return absolute("The path of the graph", addresses.of(request))


def _is_bare(request: Request, parameters: Parameters) -> bool:
    return "graph" not in parameters and "default" not in parameters and not request.path_params.get("path")
