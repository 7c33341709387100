"""A request in; the address that its client knows the place by out."""

from starlette.requests import Request

ENDPOINT, GRAPHS, THINGS, HEALTH, METRICS = "/sparql", "/graphs", "/id", "/health", "/metrics"


def root(request: Request) -> str:
    """The server's own address: the one that its operator gave it, else the one that it was asked by."""
    url: str | None = request.app.state.service.settings.url
    return url or f"{request.url.scheme}://{request.url.netloc}"


def of(request: Request, query: bool = False) -> str:
    """The address of a request, its path as it was sent."""
    path = request.scope.get("raw_path", b"").decode("ascii", "replace") or request.url.path
    asked = request.scope["query_string"].decode("ascii", "replace")
    return f"{root(request)}{path}" + (f"?{asked}" if query and asked else "")
