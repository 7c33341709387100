"""The 34 cases of the W3C's tests of the SPARQL 1.1 Protocol, by their names, told in our own way.

Published at https://w3c.github.io/rdf-tests/sparql/sparql11/protocol/ (approved by the SPARQL working group).
"""

from collections.abc import Iterator
from urllib.parse import quote, urlencode

import httpx
import pytest

from tests.web.served import FORM, QUERY, UPDATE, WRITER, Served

DATA = "http://kasei.us/2009/09/sparql/data/data{}.rdf"
ONE, TWO, THREE = (DATA.format(number) for number in (1, 2, 3))
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
DOCUMENT, RESOURCE = "http://xmlns.com/foaf/0.1/Document", "http://purl.org/dc/terms/BibliographicResource"

BOOLEANS = {"application/sparql-results+json", "application/sparql-results+xml"}
TABLES = {*BOOLEANS, "text/csv", "text/tab-separated-values"}
GRAPHS = {"text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"}


@pytest.fixture
def server(empty: Served) -> Served:
    inside = " ".join(f"GRAPH <{it}> {{ <{it}> a <{DOCUMENT}> }}" for it in (ONE, TWO, THREE))
    empty.update(f"INSERT DATA {{ {inside} }}").raise_for_status()
    return empty


def send(
    server: Served,
    method: str,
    pairs: list[tuple[str, str]] | None = None,
    content: bytes | None = None,
    kind: str = "",
) -> httpx.Response:
    headers = WRITER | ({"content-type": kind} if kind else {})
    address = "/sparql/" + (f"?{urlencode(pairs)}" if pairs else "")
    return server.client.request(method, address, content=content, headers=headers)


def is_true(answer: httpx.Response) -> bool:
    assert media_type(answer) in BOOLEANS
    return bool(answer.raise_for_status().json()["boolean"])


def media_type(answer: httpx.Response) -> str:
    return answer.headers["content-type"].partition(";")[0]


def default(*graphs: str) -> list[tuple[str, str]]:
    return [("default-graph-uri", graph) for graph in graphs]


def named(*graphs: str) -> list[tuple[str, str]]:
    return [("named-graph-uri", graph) for graph in graphs]


BOTH = f"ASK {{ <{ONE}> a ?type . <{TWO}> a ?type }}"
BOTH_NAMED = f"ASK {{ GRAPH ?g1 {{ <{ONE}> a ?type }} GRAPH ?g2 {{ <{TWO}> a ?type }} }}"


def test_query_get(server: Served) -> None:
    assert is_true(send(server, "GET", [("query", "ASK {}"), *default(DATA.format(0))]))


def test_query_post_form(server: Served) -> None:
    assert is_true(send(server, "POST", default(DATA.format(0)), b"query=" + quote("ASK {}").encode(), FORM))


def test_query_post_direct(server: Served) -> None:
    assert is_true(send(server, "POST", default(DATA.format(0)), b"ASK {}", QUERY))


def test_query_dataset_default_graphs_get(server: Served) -> None:
    assert is_true(send(server, "GET", [("query", BOTH), *default(ONE, TWO)]))


def test_query_dataset_default_graphs_post(server: Served) -> None:
    assert is_true(send(server, "POST", default(ONE, TWO), BOTH.encode(), QUERY))


def test_query_dataset_named_graphs_get(server: Served) -> None:
    assert is_true(send(server, "GET", [("query", BOTH_NAMED), *named(ONE, TWO)]))


def test_query_dataset_named_graphs_post(server: Served) -> None:
    assert is_true(send(server, "POST", named(ONE, TWO), BOTH_NAMED.encode(), QUERY))


def test_query_dataset_full(server: Served) -> None:
    query = BOTH_NAMED.replace("ASK {", f"ASK {{ <{THREE}> a ?type")
    assert is_true(send(server, "POST", [*default(THREE), *named(ONE, TWO)], query.encode(), QUERY))


def test_query_multiple_dataset(server: Served) -> None:
    """The dataset of the protocol outranks that of the query."""
    query = f"ASK FROM <{THREE}> {{ <{ONE}> a ?type . FILTER NOT EXISTS {{ <{THREE}> a ?type }} }}"
    assert is_true(send(server, "POST", default(ONE), query.encode(), QUERY))


def test_query_content_type_select(server: Served) -> None:
    answer = send(server, "GET", [("query", "SELECT (1 AS ?value) {}")])
    assert media_type(answer) in TABLES
    assert answer.json()["results"]["bindings"][0]["value"]["value"] == "1"


def test_query_content_type_ask(server: Served) -> None:
    assert is_true(send(server, "GET", [("query", "ASK {}")]))


def test_query_content_type_describe(server: Served) -> None:
    answer = send(server, "GET", [("query", "DESCRIBE <http://example.org/>")])
    assert (answer.status_code, media_type(answer) in GRAPHS) == (200, True)


def test_query_content_type_construct(server: Served) -> None:
    answer = send(server, "GET", [("query", "CONSTRUCT { <s> <p> 1 } WHERE {}")])
    assert (answer.status_code, media_type(answer) in GRAPHS) == (200, True)


def updated(server: Served, target: str, where: str, using: list[tuple[str, str]]) -> None:
    """Copy what a WHERE part sees under a dataset into a graph."""
    text = f"INSERT {{ GRAPH <{target}> {{ ?s a <{RESOURCE}> }} }} WHERE {{ {where} }}"
    assert send(server, "POST", using, text.encode(), UPDATE).is_success


def seen(server: Served, target: str) -> set[str]:
    return {row["s"] for row in server.rows(f"SELECT ?s {{ GRAPH <{target}> {{ ?s a <{RESOURCE}> }} }}")}


def test_update_dataset_default_graph(server: Served) -> None:
    target = "http://example.org/protocol-update-dataset-test/"
    updated(server, target, f"?s a <{DOCUMENT}>", [("using-graph-uri", ONE)])
    assert seen(server, target) == {ONE}


def test_update_dataset_default_graphs(server: Served) -> None:
    target = "http://example.org/protocol-update-dataset-graphs-test/"
    updated(server, target, f"?s a <{DOCUMENT}>", [("using-graph-uri", ONE), ("using-graph-uri", TWO)])
    assert seen(server, target) == {ONE, TWO}


def test_update_dataset_named_graphs(server: Served) -> None:
    target = "http://example.org/protocol-update-dataset-named-graphs-test/"
    using = [("using-named-graph-uri", ONE), ("using-named-graph-uri", TWO)]
    updated(server, target, f"GRAPH ?g {{ ?s a <{DOCUMENT}> }}", using)
    assert seen(server, target) == {ONE, TWO}


def test_update_dataset_full(server: Served) -> None:
    text = f"""DROP GRAPH <{THREE}> ; INSERT DATA {{ GRAPH <{THREE}> {{ <{THREE}> a <{DOCUMENT}> }} }} ;
    INSERT {{ GRAPH <urn:test> {{ ?s <urn:in> ?in }} }} WHERE {{
      {{ GRAPH ?g {{ ?s a <{DOCUMENT}> }} BIND(?g AS ?in) }} UNION {{ ?s a <{DOCUMENT}> BIND("default" AS ?in) }} }}"""
    using = [("using-graph-uri", ONE), ("using-named-graph-uri", TWO)]
    assert send(server, "POST", using, text.encode(), UPDATE).is_success
    rows = server.rows("SELECT ?s ?in { GRAPH <urn:test> { ?s <urn:in> ?in } } ORDER BY ?s")
    assert rows == [{"s": ONE, "in": "default"}, {"s": TWO, "in": TWO}]


def test_update_post_form(server: Served) -> None:
    assert send(server, "POST", None, b"update=CLEAR+ALL", FORM).is_success
    assert not server.ask("ASK { GRAPH ?g { ?s ?p ?o } }")


def test_update_post_direct(server: Served) -> None:
    assert send(server, "POST", None, b"CLEAR ALL", UPDATE).is_success
    assert not server.ask("ASK { GRAPH ?g { ?s ?p ?o } }")


def test_update_base_uri(server: Served) -> None:
    """The service defines a base: a relative IRI becomes a whole one."""
    server.update("INSERT DATA { GRAPH <urn:g> { <urn:s> <urn:p> <test> } }").raise_for_status()
    (row,) = server.rows("SELECT ?o { GRAPH <urn:g> { <urn:s> <urn:p> ?o } }")
    assert row["o"] == f"{server.url}/test"


BAD: dict[str, tuple[str, list[tuple[str, str]], bytes | None, str]] = {
    "bad_query_method": ("PUT", [("query", "ASK {}"), *default(DATA.format(0))], None, FORM),
    "bad_multiple_queries": ("GET", [("query", "ASK {}"), ("query", "SELECT * {}")], None, ""),
    "bad_query_wrong_media_type": ("POST", [], b"ASK {}", "text/plain"),
    "bad_query_missing_form_type": ("POST", [], b"query=ASK%20%7B%7D", ""),
    "bad_query_missing_direct_type": ("POST", [], b"ASK {}", ""),
    "bad_query_non_utf8": ("POST", [], "ASK {}".encode("utf-16"), f"{QUERY}; charset=UTF-16"),
    "bad_query_syntax": ("GET", [("query", "ASK {")], None, ""),
    "bad_update_get": ("GET", [("update", "CLEAR ALL")], None, ""),
    "bad_multiple_updates": ("POST", [], b"update=CLEAR%20NAMED&update=CLEAR%20DEFAULT", FORM),
    "bad_update_wrong_media_type": ("POST", [], b"CLEAR NAMED", "text/plain"),
    "bad_update_missing_form_type": ("POST", [], b"update=CLEAR%20NAMED", ""),
    "bad_update_non_utf8": ("POST", [], "CLEAR NAMED".encode("utf-16"), f"{UPDATE}; charset=UTF-16"),
    "bad_update_syntax": ("POST", [], b"update=CLEAR%20XYZ", FORM),
    "bad_update_dataset_conflict": (
        "POST",
        [("using-named-graph-uri", "http://example/people")],
        b"WITH <urn:g> DELETE { ?who <urn:name> 'Bill' } INSERT { ?who <urn:name> 'William' }"
        b" WHERE { ?who <urn:name> 'Bill' }",
        UPDATE,
    ),
}


@pytest.fixture(scope="module")
def unchanging(plain_server: Served) -> Iterator[Served]:
    yield plain_server


@pytest.mark.parametrize("name", BAD)
def test_bad(unchanging: Served, name: str) -> None:
    method, pairs, content, kind = BAD[name]
    answer = send(unchanging, method, pairs, content, kind)
    assert 400 <= answer.status_code < 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == answer.status_code
    assert answer.json()["detail"]
    assert unchanging.ask("ASK {}")


def test_all_34_are_here() -> None:
    good = [name for name, it in globals().items() if name.startswith(("test_query", "test_update")) and callable(it)]
    assert len(good) + len(BAD) == 34
