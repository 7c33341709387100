"""What the endpoint sends back: formats, headers, and what is known of a thing by its IRI."""

import gzip
import json
import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest
from rdflib import Graph, URIRef, Variable
from rdflib.query import Result
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.web.settings import Settings
from tests.web.served import FORM, QUERY, UPDATE, WRITER, Served, served

PEOPLE = "SELECT ?who ?name { ?who a kg:Person ; rdfs:label ?name } ORDER BY ?name"


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_rows_in_every_format(news: Served, form: str) -> None:
    found = Result.parse(source=BytesIO(news.get(PEOPLE, format=form).content), format=form)
    assert "Ada Brandt" in {str(it[Variable("name")]) for it in found.bindings}


@pytest.mark.parametrize("form", ["ttl", "nt", "nq", "trig", "rdf", "jsonld"])
def test_graphs_in_every_format(news: Served, form: str) -> None:
    answer = news.get("CONSTRUCT { ?s a ?k } WHERE { ?s a kg:Person , ?k }", format=form)
    media_type = answer.headers["content-type"].partition(";")[0]
    found = list(ox.parse(answer.content, format=ox.RdfFormat.from_media_type(media_type)))
    assert len(found) == len(set(found)) > 3


def test_a_graph_has_each_triple_once(news: Served) -> None:
    answer = news.get("CONSTRUCT { <urn:a> <urn:b> 1 } WHERE { ?s ?p ?o }", format="nt")
    assert answer.text.count("\n") == 1


def test_ask_in_formats_that_have_no_word_for_it(news: Served) -> None:
    assert news.get("ASK {}", format="csv").text == "true"


def test_a_mistake_is_told_with_its_place(news: Served) -> None:
    answer = news.get("SELECT *\n{ ?s ?p")
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert (told["status"], told["line"], told["column"]) == (400, 2, 8)
    assert told["detail"] == "Mistake in line 2, column 8: the text ends too early."


@pytest.mark.parametrize(
    ("query", "detail"),
    [
        ("SELECT * { ?s nonsense ?o }", "line 1, column 23: “?o }” can't stand there."),
        ("SELECT * { ?s no:thing ?o }", "column 23: prefix not found."),
    ],
)
def test_a_mistake_is_told_in_words(news: Served, query: str, detail: str) -> None:
    assert news.get(query).json()["detail"].endswith(detail)


def test_a_mistake_in_an_update_is_told_with_its_place(news: Served) -> None:
    told = news.update("INSERT DATA { GRAPH <urn:mine> { <urn:s> <urn:p> } }").json()
    assert (told["status"], told["line"]) == (400, 1)
    assert told["column"] > 40


def test_head_has_the_headers_and_no_body(news: Served) -> None:
    answer = news.client.head("/sparql", params={"query": PEOPLE})
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-type"] == "application/sparql-results+json"


def test_gzip(news: Served) -> None:
    query = "SELECT * { ?s ?p ?o } LIMIT 200"
    with (
        httpx.Client(base_url=news.url) as client,
        client.stream("GET", "/sparql", params={"query": query}, headers={"accept-encoding": "gzip"}) as answer,
    ):
        raw = b"".join(answer.iter_raw())
        assert answer.headers["content-encoding"] == "gzip"
    assert len(json.loads(gzip.decompress(raw))["results"]["bindings"]) == 200


def test_etag(news: Served) -> None:
    tag = news.get(PEOPLE).headers["etag"]
    again = news.get(PEOPLE, headers={"if-none-match": f'"other", {tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert news.get(PEOPLE, headers={"if-none-match": tag, "accept": "text/csv"}).status_code == 200
    news.update("INSERT DATA { GRAPH <urn:mine> { <urn:s> <urn:p> <urn:o> } }").raise_for_status()
    assert news.get(PEOPLE, headers={"if-none-match": tag}).status_code == 200
    news.update("DROP GRAPH <urn:mine>").raise_for_status()


def test_what_changes_each_time_has_no_tag(news: Served) -> None:
    assert "etag" not in news.get("SELECT (NOW() AS ?now) {}").headers


def test_an_answer_tells_how_old_it_is(news: Served) -> None:
    answer = news.get("ASK {}")
    assert answer.headers["age"] == "0"
    assert answer.headers["last-modified"].endswith("GMT")


def test_form_and_direct_post_give_the_same(news: Served) -> None:
    one = news.client.post("/sparql", data={"query": PEOPLE, "format": "csv"})
    other = news.client.post("/sparql?format=csv", content=PEOPLE, headers={"content-type": QUERY})
    assert one.content == other.content == news.get(PEOPLE, format="csv").content
    assert one.request.headers["content-type"] == FORM


def test_a_thing_by_its_iri(news: Served) -> None:
    answer = news.client.get("/id/person/ada-brandt", headers={"accept": "text/turtle"})
    found = Graph().parse(data=answer.text, format="turtle")
    ada = URIRef("urn:newskg:person/ada-brandt")
    assert "Ada Brandt" in {str(it) for it in found.objects(ada)}
    facts = set(found.subjects(None, ada))
    assert any((fact, URIRef("https://w3id.org/newskg#claim"), None) in found for fact in facts)


def test_a_document_by_its_iri(news: Served) -> None:
    (row,) = news.rows("SELECT ?d { GRAPH ?d { ?d a kg:Document ; kg:mention ?m } } ORDER BY ?d LIMIT 1") or [{}]
    if not row:
        (row,) = news.rows("SELECT ?d { GRAPH ?d { ?d a kg:Document } } ORDER BY ?d LIMIT 1")
    path = row["d"].removeprefix("urn:newskg:")
    answer = news.client.get(f"/id/{path}?format=nt")
    assert answer.status_code == 200
    assert f"<{row['d']}>" in answer.text


@pytest.mark.parametrize("path", ["person/nobody-at-all", "", "person/a%20b", "../../etc/passwd"])
def test_nothing_is_known_of_it(news: Served, path: str) -> None:
    assert news.client.get(f"/id/{path}").status_code == 404


def test_no_iri_can_be_made_of_it(news: Served) -> None:
    assert news.client.get("/id/person/<script>").status_code in {400, 404}


def test_what_is_not_there(news: Served) -> None:
    for path in ("/nothing", "/sparql/more", "/.env"):
        answer = news.client.get(path)
        assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
    assert news.client.delete("/sparql").status_code == 405
    assert news.client.post("/health").status_code == 405


def test_the_front_tells_where_everything_is(news: Served) -> None:
    text = news.client.get("/").text
    for path in ("/sparql", "/graphs", "/id", "/health", "/metrics"):
        assert f"{news.url}{path}" in text


def test_health_and_metrics(news: Served) -> None:
    told = news.client.get("/health").json()
    assert (told["status"], told["workers"], told["writable"]) == ("ok", 2, True)
    assert told["snapshot_age"] < 5
    news.client.get("/health")  # an answer is counted once it is out
    text = news.client.get("/metrics").text
    assert 'kg_requests_total{room="health",method="GET",status="200"}' in text
    assert "kg_workers 2\n" in text


def test_own_graphs_may_be_written_and_asked(news: Served) -> None:
    added = news.client.put(
        "/graphs?graph=urn:notes",
        content="<urn:newskg:person/ada-brandt> <urn:seen> true .",
        headers={"content-type": "text/turtle", **WRITER},
    )
    assert added.status_code == 201
    query = "ASK { GRAPH <urn:notes> { ?who <urn:seen> true } ?who a kg:Person }"
    assert news.ask(query)
    assert news.client.delete("/graphs?graph=urn:notes", headers=WRITER).status_code == 200
    assert not news.ask(query)


COMPUTED = [
    "INSERT DATA { <urn:s> <urn:p> 1 }",
    "INSERT DATA { GRAPH <urn:mine> { <urn:s> <urn:p> 1 } <urn:s> <urn:p> 1 }",
    "INSERT DATA { GRAPH <urn:newskg:judgements> { <urn:s> <urn:p> 1 } }",
    "INSERT DATA { GRAPH <urn:newskg:doc/1> { <urn:s> <urn:p> 1 } }",
    "PREFIX d: <urn:newskg:> INSERT DATA { GRAPH d:log { <urn:s> <urn:p> 1 } }",
    "PREFIX d: <urn:news> INSERT DATA { GRAPH d:kg:log { <urn:s> <urn:p> 1 } }",
    "INSERT DATA { GRAPH <urn:./newskg:log> { <urn:s> <urn:p> 1 } }",
    "BASE <urn:newskg:> INSERT DATA { GRAPH <log> { <urn:s> <urn:p> 1 } }",
    "INSERT DATA { GRAPH <urn:\\u006eewskg:log> { <urn:s> <urn:p> 1 } }",
    "DELETE DATA { <urn:s> <urn:p> 1 }",
    "DELETE WHERE { ?s ?p ?o }",
    "DELETE WHERE { GRAPH ?g { ?s ?p ?o } }",
    "DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "DELETE { GRAPH ?g { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o } }",
    "WITH <urn:newskg:log> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "INSERT { GRAPH <urn:mine> { ?s ?p ?o } } WHERE { ?s ?p ?o } ; CLEAR DEFAULT",
    "CLEAR ALL",
    "CLEARALL",
    "DROP NAMED",
    "DROP SILENT GRAPH <urn:newskg:log>",
    "DROPGRAPH<urn:newskg:log>",
    "CLEAR GRAPH <urn:newskg:doc/1>",
    "CREATE SILENT GRAPH <urn:newskg:doc/2>",
    "COPY <urn:mine> TO DEFAULT",
    "COPYDEFAULT TO <urn:newskg:log>",
    "MOVE DEFAULT TO <urn:mine>",
    "MOVE <urn:newskg:log> TO <urn:mine>",
    "ADD <urn:mine> TO <urn:newskg:log>",
]


@pytest.mark.parametrize("update", COMPUTED)
def test_what_documents_make_is_not_to_be_written(news: Served, update: str) -> None:
    answer = news.update(update)
    assert answer.status_code == 403, answer.text
    assert answer.json()["detail"].endswith((".", "…"))


def test_nor_by_the_graph_store(news: Served) -> None:
    for graph in ("default", "graph=urn:newskg:log", "graph=urn:newskg:doc/1"):
        for method in ("PUT", "POST", "DELETE"):
            answer = news.client.request(
                method,
                f"/graphs?{graph}",
                content="<urn:s> <urn:p> 1 .",
                headers={"content-type": "text/turtle", **WRITER},
            )
            assert answer.status_code == 403, (graph, method)


ALLOWED = [
    "INSERT DATA { GRAPH <urn:mine> { <urn:s> <urn:p> 1 , true ; <urn:q> 'GRAPH <urn:newskg:log> { }' } }",
    "PREFIX d: <urn:mine> INSERT DATA { GRAPH d: { <urn:s> <urn:p> 1 } } # DROP ALL",
    "INSERT { GRAPH <urn:mine> { ?s ?p ?o } } USING <urn:newskg:log> WHERE { { ?s ?p ?o } UNION { ?s ?p ?o } }",
    "WITH <urn:mine> DELETE { ?s ?p ?o } INSERT { ?s ?p 2 } WHERE { ?s ?p ?o }",
    "DELETE WHERE { GRAPH <urn:mine> { ?s ?p ?o } } ; CREATE SILENT GRAPH <urn:mine> ;",
    "COPY DEFAULT TO <urn:mine> ; ADD SILENT <urn:mine> TO GRAPH <urn:mine2> ; MOVE <urn:mine2> TO <urn:mine3>",
    "DROP SILENT GRAPH <urn:mine> ; DROP SILENT GRAPH <urn:mine2> ; DROP SILENT GRAPH <urn:mine3>",
]


def test_other_graphs_may_be(news: Served) -> None:
    before = news.rows("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    for update in ALLOWED:
        answer = news.update(update)
        assert answer.status_code == 204, (update, answer.text)
    assert news.rows("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }") == before


def test_a_dataset_for_the_short_form_of_delete(empty: Served) -> None:
    empty.update("INSERT DATA { <urn:s> <urn:p> 1 GRAPH <urn:g> { <urn:s> <urn:p> 1 } }").raise_for_status()
    address = "/sparql?using-graph-uri=urn:none"
    headers = {"content-type": UPDATE, **WRITER}
    assert empty.client.post(address, content="DELETE WHERE { ?s ?p ?o }", headers=headers).status_code == 204
    assert empty.ask("ASK { <urn:s> <urn:p> 1 }")
    address = "/sparql?using-graph-uri=urn:g"
    assert empty.client.post(address, content="DELETE WHERE { ?s ?p ?o }", headers=headers).status_code == 204
    assert not empty.ask("ASK { <urn:s> <urn:p> 1 }")


@pytest.mark.parametrize(
    ("accept", "address", "content_type"),
    [
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "", "text/html"),
        ("text/html", "", "text/html"),
        ("text/turtle, text/html;q=0.5", "", "text/turtle"),
        ("application/ld+json", "", "application/ld+json"),
        ("*/*", "", "text/turtle"),
        ("text/html", "?format=nt", "application/n-triples"),
    ],
)
def test_a_thing_has_a_page_for_people_and_data_for_programs(
    paged: Served, accept: str, address: str, content_type: str
) -> None:
    answer = paged.client.get(f"/id/person/ada-brandt{address}", headers={"accept": accept})
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(content_type)


@pytest.fixture(scope="module")
def paged(_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Served with a room for pages of things."""

    async def page(_: Request) -> Response:
        return Response("<h1>Ada Brandt</h1>", media_type="text/html")

    folder = Path(shutil.copytree(_made, tmp_path_factory.mktemp("paged") / "kg.store"))
    with served(Settings(store=folder, workers=1), [Route("/id/{path:path}", page)]) as it:
        yield it


def test_without_pages_a_browser_gets_data(news: Served) -> None:
    accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    answer = news.client.get("/id/person/ada-brandt", headers={"accept": accept})
    assert (answer.status_code, answer.headers["vary"]) == (200, "Accept, Accept-Encoding")
