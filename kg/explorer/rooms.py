"""The routes of the explorer: requests in, pages out. ``kg serve`` puts them before the rooms of :mod:`kg.web.app`.

Every view is a plain GET with an address that can be shared; what is shown comes from one snapshot of the store.
"""

import asyncio
import io
from collections.abc import Awaitable, Callable, Coroutine
from functools import wraps
from typing import Any, TypeVar

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from kg.errors import UsageError
from kg.explorer import asking, charts, happenings, maps
from kg.explorer.addresses import page_of, view
from kg.explorer.articles import article
from kg.explorer.asking import Asker
from kg.explorer.facts import Told, told_of
from kg.explorer.graphs import MOST_LINKS, MOST_NODES, Graphed, graphed, picture
from kg.explorer.index import FAMILIES
from kg.explorer.keeping import index_of, kept
from kg.explorer.menu import filled, questions
from kg.explorer.rendering import STATIC, page, static
from kg.explorer.reviewing import Reviewing
from kg.explorer.things import event_of, groups, whole
from kg.views import gexf
from kg.web import addresses, app
from kg.web.bodies import unless_hung_up
from kg.web.problems import Problem
from kg.web.protocol import absolute

Room = Callable[[Request], Awaitable[Response]]
_T = TypeVar("_T")

# So many names are offered while one types, and on the page that lists them.
_OFFERED, _LISTED = 8, 60
# Characters of an article: the largest file that is read has 50 million bytes.
_LONGEST_TEXT = 50_000_000
# Rows of somebody's own query that a page shows; downloads have all.
_SHOWN_ROWS = 500


def rooms() -> list[Route]:
    """The routes, in the order in which they are tried."""
    reviewing = Reviewing()
    return [
        _room("/", front, "explorer"),
        _room("/search", search, "search"),
        _room("/search.json", search_json, "search"),
        _room("/thing/{path:path}", thing, "thing"),
        _room("/article/{path:path}", one_article, "article"),
        _room("/disputed", disputed, "disputed"),
        _room("/recent", recent, "recent"),
        _room("/timeline", timeline, "timeline"),
        _room("/review", reviewing.show, "review"),
        _room("/review/enter", reviewing.enter, "review", "POST"),
        _room("/review/leave", reviewing.leave, "review", "POST"),
        _room("/review/decide", reviewing.decide, "review", "POST"),
        _room("/review/undo", reviewing.undo, "review", "POST"),
        _room("/ask", ask, "ask"),
        _room("/graph", graph, "graph"),
        _room("/graph.json", graph_json, "graph"),
        _room("/graph.gexf", graph_gexf, "graph"),
        _room("/static/{name}", file, "static"),
        _room(f"{addresses.THINGS}/{{path:path}}", thing_by_iri, "id"),
    ]


def beside() -> list[app.Beside]:
    """What must go on as long as the routes are served."""
    return [kept]


def _room(path: str, answer: Room, name: str, method: str = "GET") -> Route:
    """A page of one method; what goes wrong is told on a page, too."""

    @wraps(answer)
    async def answered(request: Request) -> Response:
        request.scope["route_name"] = name
        try:
            return await answer(request)
        except Problem as problem:
            return _troubled(request, problem.status, problem.detail)
        except UsageError as error:
            return _troubled(request, 400, str(error))

    return Route(path, answered, name=f"explorer-{name}", methods=[method])


def _troubled(request: Request, status: int, detail: str) -> Response:
    if request.url.path.endswith((".json", ".gexf")):
        return _json({"error": detail}, status)
    return page(request, "problem.html", status, detail=detail)


def _wants_page(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "")


def _asked(request: Request, name: str, longest: int = 500) -> str:
    return request.query_params.get(name, "").strip()[:longest]


def _number(request: Request, name: str, least: int, most: int) -> int:
    given = _asked(request, name)
    return min(max(int(given), least), most) if given.isdecimal() and len(given) < 9 else least


def _iri(asker: Asker, path: str) -> str:
    return absolute("The path of a thing", f"{asker.base}{path}")


def _task(work: Coroutine[Any, Any, _T]) -> "asyncio.Task[_T]":
    return asyncio.ensure_future(work)


def _json(data: object, status: int = 200) -> Response:
    headers = {"cache-control": "private, no-cache"}
    return Response(msgspec.json.encode(data), status, headers, "application/json")


# ---- finding --------------------------------------------------------------------------------------------------------


async def front(request: Request) -> Response:
    """The first page: a box to search in, and what most is known of. Programs get a plain text."""
    if not _wants_page(request):
        return await app.front(request)
    index = await index_of(request)
    known = [(many, index.most_told(families, _OFFERED)) for many, families in FAMILIES]
    return page(request, "front.html", known=[it for it in known if it[1]])


async def search(request: Request) -> Response:
    """What goes by a name."""
    words = _asked(request, "q")
    hits = (await index_of(request)).found(words, _LISTED)
    return page(request, "search.html", words=words, hits=hits)


async def search_json(request: Request) -> Response:
    """What may go by the letters typed so far: for the box."""
    hits = (await index_of(request)).found(_asked(request, "q"), _OFFERED)
    base = request.app.state.service.settings.base or ""
    return _json(
        [
            {
                "name": hit.thing.label,
                "by": "" if hit.by == hit.thing.label else hit.by,
                "kind": hit.thing.kind,
                "family": hit.thing.family,
                "facts": hit.facts,
                "sources": hit.sources,
                "page": page_of(hit.thing.iri, base),
                "iri": hit.thing.iri,
            }
            for hit in hits
        ]
    )


# ---- things and articles --------------------------------------------------------------------------------------------


async def thing(request: Request) -> Response:
    """A thing's page, with the chart of its toll if it is an event."""
    asker = await Asker.of(request)
    iri = _iri(asker, request.path_params["path"])
    shown = await whole(asker, iri)
    if shown is None:
        raise Problem("not-found", "Nothing is known under this address. Search for the name.")
    if shown.newer is not None:
        return RedirectResponse(page_of(shown.newer, asker.base), 301)
    return page(
        request,
        "thing.html",
        it=shown,
        groups=groups(shown),
        event=event_of(shown),
        map=maps.drawn(shown.places),
        picture=charts.neighbourhood(shown.told, iri),
        graph_page=view("/graph", of=iri),
    )


async def thing_by_iri(request: Request) -> Response:
    """Browsers that follow an IRI come to its page; programs get data (:func:`kg.web.app.thing`)."""
    if not _wants_page(request) or "format" in request.query_params:
        return await app.thing(request)
    asker = await Asker.of(request)
    iri = _iri(asker, request.path_params["path"])
    return RedirectResponse(page_of(iri, asker.base), 303, {"vary": "Accept"})


async def one_article(request: Request) -> Response:
    """An article, with the sentence of one claim marked."""
    asker = await Asker.of(request)
    iri = _iri(asker, f"doc/{request.path_params['path']}")
    claim = _asked(request, "claim", 40)
    start, end = (_number(request, name, 0, _LONGEST_TEXT) for name in ("from", "to"))
    shown = await article(asker, iri, claim or None, (start, end) if start < end else None)
    if shown is None:
        raise Problem("not-found", "There is no such article. It may have been withdrawn.")
    chosen = next((it for it in shown.statements if it.id == claim), None)
    return page(request, "article.html", it=shown, chosen=chosen, iri=iri)


# ---- what happens ---------------------------------------------------------------------------------------------------


async def disputed(request: Request) -> Response:
    """What sources contradict."""
    asker = await Asker.of(request)
    about = _asked(request, "about")
    shown = await unless_hung_up(request, _task(happenings.disputed(asker, await index_of(request), about)))
    return page(request, "disputed.html", about=about, it=shown, most=happenings.MOST_DISPUTED)


async def recent(request: Request) -> Response:
    """What changed with the last ingest, or with an earlier one."""
    asker = await Asker.of(request)
    shown = await unless_hung_up(
        request, _task(happenings.recent(asker, await index_of(request), _asked(request, "since")))
    )
    return page(request, "recent.html", it=shown, most=happenings.MOST_READ)


async def timeline(request: Request) -> Response:
    """What happened when."""
    asker = await Asker.of(request)
    about, since, until = (_asked(request, name) for name in ("about", "since", "until"))
    number = _number(request, "page", 0, 10_000)
    index = await index_of(request)
    shown = await unless_hung_up(request, _task(happenings.timeline(asker, index, about, since, until, number)))
    here = {"about": about, "since": since, "until": until}
    last = (number + 1) * happenings.A_PAGE >= shown.total
    return page(
        request,
        "timeline.html",
        it=shown,
        about=about,
        since=since,
        until=until,
        earlier=view("/timeline", **here, page=number - 1) if number else None,
        map=maps.drawn(shown.places),
        later=None if last else view("/timeline", **here, page=number + 1),
    )


# ---- asking ---------------------------------------------------------------------------------------------------------


async def ask(request: Request) -> Response:
    """SPARQL: the questions of the menu with their parameters, an editor, and the answer as a table."""
    chosen = questions().get(_asked(request, "name", 80))
    given = {item.name: _asked(request, f"p-{item.name}") for item in chosen.parameters} if chosen else {}
    written, missing = filled(chosen, given) if chosen else (request.query_params.get("query", ""), [])
    asker = await Asker.of(request)
    table, trouble = asking.Table((), []), ""
    run = bool(written.strip()) and not missing and not (chosen and "run" not in request.query_params)
    if run:
        try:
            table = await unless_hung_up(request, _task(asker.table(written)))
        except (Problem, UsageError) as error:
            trouble = error.detail if isinstance(error, Problem) else str(error)
    return page(
        request,
        "ask.html",
        menu=questions().values(),
        chosen=chosen,
        given=given,
        query=written,
        table=table,
        ran=run and not trouble,
        trouble=trouble,
        shown=_SHOWN_ROWS,
        downloads=[(form, view("/sparql", query=written, format=form)) for form in table.forms],
    )


# ---- the graph ------------------------------------------------------------------------------------------------------


async def graph(request: Request) -> Response:
    """A picture of things and the facts between them, to widen and to narrow."""
    asker = await Asker.of(request)
    shown = await _graphed(request, asker)
    ends = {node.id: node for node in shown.nodes}
    return page(request, "graph.html", it=shown, ends=ends, most=MOST_NODES, of=request.query_params.getlist("of"))


async def graph_json(request: Request) -> Response:
    """The things around some, and the facts between them: for the picture."""
    asker = await Asker.of(request)
    return _json(msgspec.to_builtins(await _graphed(request, asker)))


async def graph_gexf(request: Request) -> Response:
    """The same as a file for Gephi."""
    asker = await Asker.of(request)
    shown = picture(await _told(request, asker))
    written = io.BytesIO()
    gexf.write(shown, written)
    headers = {"content-disposition": 'attachment; filename="graph.gexf"'}
    return Response(written.getvalue(), 200, headers, "application/gexf+xml")


async def _graphed(request: Request, asker: Asker) -> Graphed:
    told = await _told(request, asker)
    # The places take a while to compute; others are answered meanwhile.
    return await asyncio.to_thread(graphed, told, request.query_params.getlist("of"), asker.base)


async def _told(request: Request, asker: Asker) -> Told:
    iris = [absolute("of", iri) for iri in request.query_params.getlist("of")[:MOST_NODES]]
    return await unless_hung_up(request, _task(told_of(asker, iris, MOST_LINKS)))


# ---- files ----------------------------------------------------------------------------------------------------------


async def file(request: Request) -> Response:
    """Style and scripts."""
    name = request.path_params["name"]
    if name not in STATIC:
        raise Problem("not-found", "There is no such file.")
    data, tag = static(name)
    headers = {"cache-control": "max-age=86400", "etag": f'"{tag}"'}
    if request.headers.get("if-none-match") == headers["etag"]:
        return Response(status_code=304, headers=headers)
    return Response(data, 200, headers, STATIC[name])
