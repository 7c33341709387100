"""The W3C's three tests of the SPARQL 1.1 Service Description, and VoID.

Published at https://w3c.github.io/rdf-tests/sparql/sparql11/service-description/.
"""

import pytest
from rdflib import RDF, Graph, Literal, Namespace, URIRef

from tests.web.served import Served

SD, VOID = Namespace("http://www.w3.org/ns/sparql-service-description#"), Namespace("http://rdfs.org/ns/void#")


@pytest.fixture(scope="module")
def description(news: Served) -> Graph:
    answer = news.client.get("/sparql")
    assert answer.headers["content-type"] == "text/turtle;charset=utf-8"
    return Graph().parse(data=answer.text, format="turtle")


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph")  # rdflib's reader of JSON-LD warns of rdflib
@pytest.mark.parametrize(
    "accept", ["application/rdf+xml", "application/n-triples", "application/ld+json", "text/turtle"]
)
def test_returns_rdf(news: Served, accept: str) -> None:
    answer = news.client.get("/sparql", headers={"accept": accept})
    assert answer.headers["content-type"].partition(";")[0] == accept
    assert len(Graph().parse(data=answer.text, format=accept)) > 20


def test_a_browser_gets_it_too(news: Served) -> None:
    assert news.client.get("/sparql", headers={"accept": "text/html"}).status_code == 200


def test_has_endpoint_triple(news: Served, description: Graph) -> None:
    (service,) = description.subjects(SD.endpoint, URIRef(news.endpoint))
    assert (service, RDF.type, SD.Service) in description


# The vocabulary's own domains and ranges (https://www.w3.org/ns/sparql-service-description).
SCHEMA = {
    SD.endpoint: (SD.Service, None),
    SD.supportedLanguage: (SD.Service, None),
    SD.resultFormat: (SD.Service, None),
    SD.inputFormat: (SD.Service, None),
    SD.feature: (SD.Service, None),
    SD.defaultDataset: (SD.Service, SD.Dataset),
    SD.defaultGraph: (SD.Dataset, SD.Graph),
    SD.namedGraph: (SD.Dataset, SD.NamedGraph),
    SD.name: (SD.NamedGraph, None),
}


def test_conforms_to_schema(description: Graph) -> None:
    for subject, predicate, value in description:
        if str(predicate).startswith(str(SD)):
            domain, range_ = SCHEMA[URIRef(str(predicate))]
            assert (subject, RDF.type, domain) in description
            assert range_ is None or (value, RDF.type, range_) in description
    assert (None, SD.supportedLanguage, SD.SPARQL11Query) in description


def test_void_counts(news: Served, description: Graph) -> None:
    (triples,) = description.objects(None, VOID.triples)
    assert str(triples) == news.rows("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")[0]["n"]
    assert (None, VOID.documents, Literal(7)) in description
    (persons,) = description.subjects(VOID["class"], URIRef("https://w3id.org/newskg#Person"))
    assert int(str(description.value(persons, VOID.entities))) == len(news.rows("SELECT ?p { ?p a kg:Person }"))


def test_void_is_where_one_looks_for_it(news: Served) -> None:
    answer = news.client.get("/.well-known/void")
    assert (answer.status_code, answer.headers["location"]) == (303, news.endpoint)
