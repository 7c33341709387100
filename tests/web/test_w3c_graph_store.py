"""The W3C's tests of the SPARQL 1.1 Graph Store HTTP Protocol, by their names, told in our own way, in their order.

Published at https://w3c.github.io/rdf-tests/sparql/sparql11/http-rdf-update/ (approved by the SPARQL working group).
"""

from typing import Any

import httpx
import pytest
from rdflib import Graph
from rdflib.compare import isomorphic

from tests.web.served import WRITER, Served

PREFIXES = """@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix v: <http://www.w3.org/2006/vcard/ns#> .
"""
JOHN, JANE = (
    f'{PREFIXES}<http://example.org/person/1> a foaf:Person ; foaf:businessCard [ a v:VCard ; v:fn "{name} Doe" ] .'
    for name in ("John", "Jane")
)
ALICE = f'{PREFIXES}[] a foaf:Person ; foaf:businessCard [ a v:VCard ; v:given-name "Alice" ] .'
NAME = f'{PREFIXES}<http://example.org/person/1> foaf:name "Jane Doe" .'
TURTLE = "text/turtle; charset=utf-8"


class Store:
    """The graph store of a server."""

    def __init__(self, server: Served) -> None:
        self.server = server

    def send(self, method: str, path: str, content: str = "", kind: str = TURTLE) -> httpx.Response:
        headers = WRITER | ({"content-type": kind} if content else {}) | {"accept": "text/turtle"}
        return self.server.client.request(method, path, content=content.encode(), headers=headers)

    def holds(self, path: str, *turtles: str) -> bool:
        found = self.send("GET", path)
        assert found.status_code == 200
        assert found.headers["content-type"] == "text/turtle;charset=utf-8"
        return isomorphic(parsed(found.text), parsed(*turtles))


def parsed(*turtles: str) -> Any:
    graph = Graph()
    for turtle in turtles:
        graph.parse(data=turtle, format="turtle")
    return graph


@pytest.fixture
def store(empty: Served) -> Store:
    return Store(empty)


def test_put_initial_state_and_get(store: Store) -> None:
    assert store.send("PUT", "/graphs/person/1.ttl", JOHN).status_code == 201
    assert store.holds("/graphs/person/1.ttl", JOHN)
    assert store.holds(f"/graphs?graph={store.server.url}/graphs/person/1.ttl", JOHN)


def test_put_graph_already_in_store_and_get(store: Store) -> None:
    store.send("PUT", "/graphs/person/1.ttl", JOHN)
    assert store.send("PUT", "/graphs/person/1.ttl", JANE).status_code == 204
    assert store.holds("/graphs/person/1.ttl", JANE)


def test_put_default_graph_and_get(store: Store) -> None:
    assert store.send("PUT", "/graphs?default", ALICE).status_code == 201
    assert store.holds("/graphs?default", ALICE)


def test_put_mismatched_payload(store: Store) -> None:
    """Turtle that says it is RDF/XML."""
    answer = store.send("PUT", "/graphs/person/1.ttl", JOHN, "application/rdf+xml")
    assert answer.status_code == 400
    assert answer.json()["type"].endswith("syntax")


def test_delete_existing_graph_and_get(store: Store) -> None:
    store.send("PUT", "/graphs/person/2.ttl", JOHN)
    assert store.send("DELETE", "/graphs/person/2.ttl").status_code == 200
    assert store.send("GET", "/graphs/person/2.ttl").status_code == 404


def test_delete_nonexistent_graph(store: Store) -> None:
    assert store.send("DELETE", "/graphs/person/2.ttl").status_code == 404


def test_post_existing_graph_and_get(store: Store) -> None:
    store.send("PUT", "/graphs/person/1.ttl", JANE)
    assert store.send("POST", "/graphs/person/1.ttl", NAME).status_code == 200
    assert store.holds("/graphs/person/1.ttl", JANE, NAME)


def test_post_multipart_formdata_and_get(store: Store) -> None:
    store.send("PUT", "/graphs/person/1.ttl", JANE)
    names = [f"{PREFIXES}<http://example.org/person/1> foaf:{it} ." for it in ('familyName "Doe"', 'givenName "Jane"')]
    files = [(f"{number}.ttl", (f"{number}.ttl", it, TURTLE)) for number, it in enumerate(names)]
    answer = store.server.client.post("/graphs/person/1.ttl", files=files, headers=WRITER)
    assert answer.status_code == 200
    assert store.holds("/graphs/person/1.ttl", JANE, *names)


def test_post_create_new_graph_and_get(store: Store) -> None:
    made = store.send("POST", "/graphs", ALICE)
    assert made.status_code == 201
    where = made.headers["location"].removeprefix(store.server.url)
    assert store.holds(where, ALICE)


def test_get_of_post_after_noop(store: Store) -> None:
    where = store.send("POST", "/graphs", ALICE).headers["location"].removeprefix(store.server.url)
    assert store.send("POST", where, "# nothing").is_success
    assert store.holds(where, ALICE)


def test_head_on_an_existing_graph(store: Store) -> None:
    store.send("PUT", "/graphs/person/1.ttl", JANE)
    answer = store.send("HEAD", "/graphs/person/1.ttl")
    assert (answer.status_code, answer.content) == (200, b"")
    assert int(answer.headers["content-length"]) > 0


def test_head_on_a_nonexisting_graph(store: Store) -> None:
    assert store.send("HEAD", "/graphs/person/4.ttl").status_code == 404


# ---- and what the published cases leave out ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/graphs", 400),
        ("GET", "/graphs?graph=relative", 400),
        ("GET", "/graphs?graph=urn:x&default", 400),
        ("GET", "/graphs?graph=urn:x&graph=urn:y", 400),
        ("PATCH", "/graphs?graph=urn:x", 405),
        ("GET", "/graphs?default&format=csv", 406),
    ],
)
def test_what_has_no_meaning(plain_server: Served, method: str, path: str, status: int) -> None:
    assert Store(plain_server).send(method, path).status_code == status


def test_blank_nodes_of_two_bodies_are_two(store: Store) -> None:
    for _ in range(2):
        assert store.send("POST", "/graphs?graph=urn:x", '_:a <urn:p> "x" .').is_success
    assert store.server.rows("SELECT (COUNT(?s) AS ?n) { GRAPH <urn:x> { ?s ?p ?o } }") == [{"n": "2"}]


def test_relative_iris_are_below_the_graph(store: Store) -> None:
    store.send("PUT", "/graphs/person/1.ttl", "<> <urn:p> <2> .")
    (row,) = store.server.rows("SELECT ?s ?o { GRAPH ?g { ?s ?p ?o } }")
    here = f"{store.server.url}/graphs/person"
    assert row == {"s": f"{here}/1.ttl", "o": f"{here}/2"}


def test_quads_have_no_place_in_a_graph(store: Store) -> None:
    answer = store.send("PUT", "/graphs?graph=urn:x", "<urn:s> <urn:p> 1 <urn:g> .", "application/n-quads")
    assert answer.status_code == 400
    assert store.send("PUT", "/graphs?graph=urn:x", "hello", "text/html").status_code == 415


def test_what_is_wrong_in_the_middle_leaves_nothing(store: Store) -> None:
    store.send("PUT", "/graphs?graph=urn:x", JOHN)
    assert store.send("PUT", "/graphs?graph=urn:x", f"{JANE} and then").status_code == 400
    assert store.holds("/graphs?graph=urn:x", JOHN)
