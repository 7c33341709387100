"""A template's name and what it shows in; the page, with the headers that keep it harmless, out."""

import hashlib
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

import jinja2
from starlette.requests import Request
from starlette.responses import Response

from kg.explorer import addresses
from kg.explorer.facts import period
from kg.web.settings import Settings

# Own style and script only, no request elsewhere, no frame, no form that leads away.
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {"content-security-policy": POLICY, "cache-control": "private, no-cache", "vary": "Accept"}

STATIC = {
    "explorer.css": "text/css; charset=utf-8",
    "explorer.js": "text/javascript; charset=utf-8",
    "graph.js": "text/javascript; charset=utf-8",
    "review.js": "text/javascript; charset=utf-8",
    "cytoscape.min.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
}
"""The files that pages load, with their media types."""


def page(request: Request, template: str, status: int = 200, **shown: object) -> Response:
    """A page. ``shown`` is what the template names."""
    settings: Settings = request.app.state.service.settings
    base = settings.base or ""
    html = (
        _templates()
        .get_template(template)
        .render(page_of=lambda iri: addresses.page_of(iri, base), here=request.url.path, **shown)
    )
    return Response(html.encode("utf-8", "replace"), status, dict(_HEADERS), "text/html; charset=utf-8")


@cache
def static(name: str) -> tuple[bytes, str]:
    """The content of a file that pages load, and its tag. Raises :class:`KeyError` for any other name."""
    assert STATIC[name]
    data = files(__package__).joinpath("static", name).read_bytes()
    return data, hashlib.sha256(data).hexdigest()[:16]


@cache
def _templates() -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("kg.explorer", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["static"] = lambda name: f"/static/{name}?v={static(name)[1]}"
    made.globals["sentence"] = addresses.sentence
    made.globals["passage"] = addresses.passage
    made.globals["article"] = addresses.article
    made.globals["view"] = addresses.view
    made.filters["web_address"] = web_address
    made.filters["count"] = count
    made.filters["period"] = period
    return made


def web_address(url: str | None) -> str | None:
    """An address that may be a link: http or https, nothing that could run."""
    try:
        return url if url and urlsplit(url).scheme in {"http", "https"} else None
    except ValueError:
        return None


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
