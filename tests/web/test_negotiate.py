"""Accept headers and what is sent for them."""

import pytest

from kg.web.negotiate import Shape, chosen, prefers_page
from kg.web.problems import Problem

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
RDFLIB = "application/sparql-results+xml, application/rdf+xml"


@pytest.mark.parametrize(
    ("shape", "accept", "name"),
    [
        ("rows", "", "json"),
        ("rows", "*/*", "json"),
        ("graph", "*/*", "ttl"),
        ("rows", "text/csv", "csv"),
        ("rows", "TEXT/CSV ; Q=0.5", "csv"),
        ("rows", "text/*", "csv"),
        ("rows", "application/*", "json"),
        ("rows", "text/csv;q=0.2, application/sparql-results+xml;q=0.8", "xml"),
        ("rows", "*/*;q=0.1, text/tab-separated-values", "tsv"),
        ("rows", "application/sparql-results+json;q=0, */*", "xml"),
        ("rows", BROWSER, "xml"),
        ("rows", RDFLIB, "xml"),
        ("graph", RDFLIB, "rdf"),
        ("graph", "application/n-quads", "nq"),
        ("graph", "text/plain", "nt"),
        ("graph", "application/json", "jsonld"),
        ("rows", "nonsense, ;;, text/csv;q=zzz, application/json;q=0.1", "json"),
    ],
)
def test_by_header(shape: Shape, accept: str, name: str) -> None:
    assert chosen(shape, accept).name == name


@pytest.mark.parametrize(
    ("shape", "accept"), [("rows", "text/turtle"), ("graph", "text/csv"), ("rows", "image/png"), ("rows", "*/*;q=0")]
)
def test_nothing_fits(shape: Shape, accept: str) -> None:
    with pytest.raises(Problem) as problem:
        chosen(shape, accept)
    assert problem.value.status == 406
    assert "/" in problem.value.detail


@pytest.mark.parametrize(
    ("shape", "wanted", "name"),
    [("rows", "csv", "csv"), ("graph", "turtle", "ttl"), ("graph", "JSONLD", "jsonld"), ("rows", "text/csv", "csv")],
)
def test_by_name(shape: Shape, wanted: str, name: str) -> None:
    assert chosen(shape, "image/png", wanted).name == name


def test_an_unknown_name_tells_the_known() -> None:
    with pytest.raises(Problem, match="json, xml, csv, tsv"):
        chosen("rows", "", "doc")


def test_who_asks_by_another_name_is_told_that_name() -> None:
    assert chosen("rows", "application/json").content_type == "application/json"
    assert chosen("rows", "application/*").content_type == "application/sparql-results+json"
    assert chosen("rows", "text/csv").content_type == "text/csv;charset=utf-8"


@pytest.mark.parametrize(
    ("accept", "page"),
    [
        (BROWSER, True),
        ("text/html", True),
        ("application/xhtml+xml", True),
        ("text/html, text/turtle", True),
        ("text/html;q=0.9, text/turtle", False),
        ("text/html;q=0.5, */*;q=0.4", True),
        ("text/html;q=0, */*", False),
        ("text/*", False),
        ("*/*", False),
        ("", False),
        (RDFLIB, False),
        ("application/ld+json, text/html;q=0.1", False),
    ],
)
def test_who_would_rather_have_a_page(accept: str, page: bool) -> None:
    assert prefers_page(accept) is page
