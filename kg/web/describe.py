"""A service and the state of its store in; what they are, as RDF (SPARQL 1.1 Service Description, VoID), out."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec

from kg.config import KG
from kg.store.names import PREFIXES, RDF, XSD
from kg.store.terms import literal
from kg.web.messages import Answered
from kg.web.negotiate import media_types
from kg.web.problems import Problem
from kg.web.service import Service
from kg.web.settings import Settings
from kg.web.snapshots import Snapshot

_SD, _VOID, _FORMATS = (
    "http://www.w3.org/ns/sparql-service-description#",
    "http://rdfs.org/ns/void#",
    "http://www.w3.org/ns/formats/",
)
_RESULTS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
_RDF_FORMATS = ("Turtle", "N-Triples", "N-Quads", "TriG", "RDF_XML", "JSON-LD")
_MOST_GRAPHS = 100


class Counts(NamedTuple):
    """How much there is; what could not be counted in time is missing."""

    triples: int | None = None
    documents: int | None = None
    classes: tuple[tuple[str, int], ...] = ()
    graphs: tuple[str, ...] = ()


class Describer:
    """Counts a state of the store once, and writes descriptions of it."""

    def __init__(self, service: Service) -> None:
        """Nothing is counted before somebody asks."""
        self._service = service
        self._counted: tuple[str, Counts] | None = None

    async def ntriples(self, endpoint: str, snapshot: Snapshot) -> str:
        """The description of the endpoint at an address."""
        counts = await self._counts(snapshot)
        triples = [*_of_service(endpoint, self._service.settings), *_of_data(endpoint, self._service.settings, counts)]
        return "".join(f"{subject} {predicate} {value} .\n" for subject, predicate, value in triples)

    async def _counts(self, snapshot: Snapshot) -> Counts:
        if self._counted is None or self._counted[0] != snapshot.id:
            self._counted = snapshot.id, await self._count(snapshot)
        return self._counted[1]

    async def _count(self, snapshot: Snapshot) -> Counts:
        base = self._service.settings.base
        documents = literal(f"{base}doc/")
        try:
            triples = await self._rows(snapshot, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
            classes = await self._rows(snapshot, "SELECT ?c (COUNT(?s) AS ?n) { ?s a ?c } GROUP BY ?c ORDER BY ?c")
            own = f"FILTER(!STRSTARTS(STR(?g), {documents}))" if base else ""
            graphs = await self._rows(snapshot, f"SELECT ?g {{ GRAPH ?g {{}} {own} }} ORDER BY ?g LIMIT {_MOST_GRAPHS}")
            count = f"SELECT (COUNT(*) AS ?n) {{ GRAPH ?g {{}} FILTER(STRSTARTS(STR(?g), {documents})) }}"
            held = await self._rows(snapshot, count) if base else []
        except Problem:
            return Counts()
        return Counts(
            int(triples[0]["n"]),
            int(held[0]["n"]) if held else None,
            tuple((row["c"], int(row["n"])) for row in classes if row["c"].partition(":")[1]),
            tuple(row["g"] for row in graphs),
        )

    async def _rows(self, snapshot: Snapshot, text: str) -> list[dict[str, str]]:
        """The solutions of a query of our own."""
        answer = await self._service.read(lambda path: Answered(path, text, format="json"), snapshot)
        found: Any = msgspec.json.decode(answer.body)
        return [{name: it["value"] for name, it in row.items()} for row in found["results"]["bindings"]]


_Triple = tuple[str, str, str]


def _of_service(endpoint: str, settings: Settings) -> Iterator[_Triple]:
    service, dataset = f"<{endpoint}>", f"<{endpoint}#dataset>"
    yield service, f"<{RDF}type>", f"<{_SD}Service>"
    yield service, f"<{_SD}endpoint>", service
    yield service, f"<{_SD}supportedLanguage>", f"<{_SD}SPARQL11Query>"
    if settings.writable:
        yield service, f"<{_SD}supportedLanguage>", f"<{_SD}SPARQL11Update>"
    for name in (*_RESULTS, *_RDF_FORMATS):
        yield service, f"<{_SD}resultFormat>", f"<{_FORMATS}{name}>"
    for name in _RDF_FORMATS if settings.writable else ():
        yield service, f"<{_SD}inputFormat>", f"<{_FORMATS}{name}>"
    yield service, f"<{_SD}feature>", f"<{_SD}EmptyGraphs>"
    if settings.services:
        yield service, f"<{_SD}feature>", f"<{_SD}BasicFederatedQuery>"
    yield service, f"<{_SD}defaultDataset>", dataset


def _of_data(endpoint: str, settings: Settings, counts: Counts) -> Iterator[_Triple]:
    dataset, default = f"<{endpoint}#dataset>", f"<{endpoint}#default>"
    for subject, kind in ((dataset, f"{_SD}Dataset"), (dataset, f"{_VOID}Dataset"), (default, f"{_SD}Graph")):
        yield subject, f"<{RDF}type>", f"<{kind}>"
    yield dataset, f"<{_SD}defaultGraph>", default
    yield dataset, f"<{_VOID}sparqlEndpoint>", f"<{endpoint}>"
    if settings.base:
        yield dataset, f"<{_VOID}uriSpace>", literal(settings.base)
        yield dataset, f"<{_VOID}vocabulary>", f"<{KG}>"
    for name in media_types("graph"):
        yield dataset, f"<{PREFIXES['dcterms']}format>", literal(name)
    if counts.triples is not None:
        yield default, f"<{_VOID}triples>", _integer(counts.triples)
    if counts.documents is not None:
        yield dataset, f"<{_VOID}documents>", _integer(counts.documents)
    for number, graph in enumerate(counts.graphs):
        node = f"<{endpoint}#graph-{number}>"
        yield dataset, f"<{_SD}namedGraph>", node
        yield node, f"<{RDF}type>", f"<{_SD}NamedGraph>"
        yield node, f"<{_SD}name>", f"<{graph}>"
    for number, (kind, count) in enumerate(counts.classes):
        node = f"<{endpoint}#class-{number}>"
        yield dataset, f"<{_VOID}classPartition>", node
        yield node, f"<{_VOID}class>", f"<{kind}>"
        yield node, f"<{_VOID}entities>", _integer(count)


def _integer(value: int) -> str:
    return f'"{value}"^^<{XSD}integer>'
