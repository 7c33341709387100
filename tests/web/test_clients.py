"""Clients that others wrote, each as its own documentation uses it."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore
from SPARQLWrapper import CSV, JSON, POST, POSTDIRECTLY, TURTLE, XML, SPARQLWrapper

from tests.web.served import TOKEN, Served

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")

LEADERS = """PREFIX kg: <https://w3id.org/newskg#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?who ?what { ?a kg:leaderOf ?b . ?a rdfs:label ?who . ?b rdfs:label ?what }"""
ANSWER = ("Ada Brandt", "Harbour Guard")
S, P = URIRef("urn:s"), URIRef("urn:p")


def wrapper(server: Served, text: str, form: str, **others: str) -> SPARQLWrapper:
    asked = SPARQLWrapper(server.endpoint, **others)
    asked.setQuery(text)
    asked.setReturnFormat(form)
    return asked


def test_sparqlwrapper(news: Served) -> None:
    found: Any = wrapper(news, LEADERS, JSON).queryAndConvert()
    assert ANSWER in {(row["who"]["value"], row["what"]["value"]) for row in found["results"]["bindings"]}
    document: Any = wrapper(news, LEADERS, XML).queryAndConvert()
    assert "Harbour Guard" in document.toxml()
    table: Any = wrapper(news, LEADERS, CSV).queryAndConvert()
    assert b"Ada Brandt,Harbour Guard" in table
    construct = LEADERS.partition("SELECT")[0] + "CONSTRUCT WHERE { ?a kg:leaderOf ?b }"
    turtle: Any = wrapper(news, construct, TURTLE).queryAndConvert()
    assert len(Graph().parse(data=turtle, format="turtle")) >= 1


@pytest.mark.parametrize("how", ["urlencoded", "postdirectly"])
def test_sparqlwrapper_updates(empty: Served, how: str) -> None:
    asked = wrapper(empty, "INSERT DATA { <urn:s> <urn:p> 'ö' }", JSON)
    asked.setMethod(POST)
    asked.setRequestMethod(POSTDIRECTLY if how == "postdirectly" else "urlencoded")
    asked.addCustomHttpHeader("Authorization", f"Bearer {TOKEN}")
    asked.query()
    assert empty.ask("ASK { <urn:s> <urn:p> 'ö' }")


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_reads(news: Served, method: str) -> None:
    graph = Graph(SPARQLStore(news.endpoint, method=method), identifier=DATASET_DEFAULT_GRAPH_ID)
    found = {(str(row[0]), str(row[1])) for row in graph.query(LEADERS)}  # type: ignore[index]
    assert ANSWER in found
    ada = URIRef("urn:newskg:person/ada-brandt")
    assert (ada, URIRef("http://www.w3.org/2000/01/rdf-schema#label"), None) in graph


def test_rdflib_writes(empty: Served) -> None:
    store = SPARQLUpdateStore(empty.endpoint, empty.endpoint, auth=("anybody", TOKEN))
    graph = Graph(store, identifier=URIRef("urn:g"))
    graph.add((S, P, Literal("ö")))
    graph.add((S, P, Literal(2)))
    graph.remove((S, P, Literal(2)))
    assert set(graph) == {(S, P, Literal("ö"))}
    assert empty.ask("ASK { GRAPH <urn:g> { <urn:s> <urn:p> 'ö' } }")


def test_rdflib_may_not_write_without_the_token(empty: Served) -> None:
    store = SPARQLUpdateStore(empty.endpoint, empty.endpoint)
    with pytest.raises(Exception, match=r"401|Unauthorized"):
        Graph(store, identifier=URIRef("urn:g")).add((S, P, S))


def test_pandas(news: Served) -> None:
    sparql_dataframe = pytest.importorskip("sparql_dataframe")
    for post in (False, True):
        frame = sparql_dataframe.get(news.endpoint, LEADERS, post)
        assert ANSWER in set(zip(frame["who"], frame["what"], strict=True))


def test_roqet(news: Served) -> None:
    """Debian's rasqal-utils."""
    roqet = shutil.which("roqet")
    if roqet is None:
        # A program of Debian's, which PyPI can't bring along: the tests need nothing but Python and PyPI.
        pytest.skip("roqet is not installed: apt-get install rasqal-utils")
    words = [roqet, "-q", "-r", "csv", "-p", news.endpoint, "-e", LEADERS]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    assert ",".join(ANSWER) in done.stdout


def test_comunica(news: Served) -> None:
    """Comunica 4.5: npm install @comunica/query-sparql@4.5, with its command in the path."""
    comunica = shutil.which("comunica-sparql")
    if comunica is None:
        # It needs Node and npm, which PyPI can't bring along: the tests need nothing but Python and PyPI.
        pytest.skip("Comunica is not installed: npm install -g @comunica/query-sparql@4.5")
    words = [comunica, f"sparql@{news.endpoint}", "-q", LEADERS, "-t", "text/csv"]
    done = subprocess.run(words, capture_output=True, text=True, check=True, cwd=Path(comunica).parent)
    assert ",".join(ANSWER) in done.stdout.replace('"', "")
