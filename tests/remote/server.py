"""A SPARQL server as little as it can be, asked without a network, with the faults of real ones on demand."""

from base64 import b64encode
from collections.abc import Callable
from urllib.parse import parse_qs, unquote

import httpx
import pyoxigraph as ox

from kg.store.endpoint import Endpoint

ENDPOINT = Endpoint(query="http://server.example/query", update="http://server.example/update")


class Server(httpx.BaseTransport):
    """Holds quads, answers in JSON. ``before`` is called with the number of each request and may give an answer of its
    own or raise; ``most_rows`` cuts answers off without a word; ``union`` makes the default graph that of all graphs;
    ``password`` is asked for by Basic."""

    def __init__(
        self,
        before: Callable[[int], httpx.Response | None] = lambda number: None,
        *,
        most_rows: int | None = None,
        union: bool = False,
        password: str | None = None,
    ) -> None:
        self.data = ox.Store()
        self.before = before
        self.number = 0
        self.updates: list[str] = []
        self._most_rows, self._union, self._password = most_rows, union, password

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.number += 1
        refused = self.before(self.number) or self._refused(request)
        if refused is not None:
            return refused
        if request.method == "PUT":
            return self._put(request)
        form = {name: values[0] for name, values in parse_qs(request.read().decode("ascii")).items()}
        try:
            return self._updated(form["update"]) if "update" in form else self._answered(form)
        except SyntaxError as error:
            return httpx.Response(400, text=str(error))

    def _refused(self, request: httpx.Request) -> httpx.Response | None:
        if self._password is None:
            return None
        expected = "Basic " + b64encode(f"kim:{self._password}".encode()).decode()
        if request.headers.get("Authorization") == expected:
            return None
        return httpx.Response(401, headers={"WWW-Authenticate": 'Basic realm="here"'})

    def _put(self, request: httpx.Request) -> httpx.Response:
        graph = ox.NamedNode(unquote(request.url.query.decode().removeprefix("graph=")))
        self.data.remove_graph(graph)
        self.data.load(request.read(), format=ox.RdfFormat.N_TRIPLES, to_graph=graph)
        return httpx.Response(204)

    def _updated(self, text: str) -> httpx.Response:
        self.updates.append(text)
        self.data.update(text)
        return httpx.Response(200, text="done")

    def _answered(self, form: dict[str, str]) -> httpx.Response:
        default = form.get("default-graph-uri")
        found = self.data.query(
            form["query"],
            use_default_graph_as_union=self._union and default is None,
            default_graph=ox.NamedNode(default) if default else None,
            named_graphs=list(self.data.named_graphs()) if default else None,
        )
        if isinstance(found, ox.QueryTriples):
            written = ox.serialize(found, format=ox.RdfFormat.N_TRIPLES)
            return httpx.Response(200, content=written or b"", headers={"Content-Type": "application/n-triples"})
        written = found.serialize(format=ox.QueryResultsFormat.JSON)
        return httpx.Response(200, content=self._cut(written or b""))

    def _cut(self, answer: bytes) -> bytes:
        found = httpx.Response(200, content=answer).json()
        if self._most_rows is None or "results" not in found:
            return answer
        found["results"]["bindings"] = found["results"]["bindings"][: self._most_rows]
        return httpx.Response(200, json=found).content
