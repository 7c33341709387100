"""Queries that may run, those that may not, and where parameters go."""

import pytest

from kg.errors import UsageError
from kg.store.guard import DEEPEST, LONGEST, guarded, tokens

NAME = {"name": '"Ada"'}


@pytest.mark.parametrize(
    "query",
    [
        'SELECT ?s { ?s rdfs:label "SERVICE { }" }',
        "SELECT ?s { ?s <urn:service> ?o } # SERVICE <urn:x>",
        "SELECT ?s { ?s kg:payload ?o , kg:service }",
        "SELECT ?service { ?service kg:service ?load }",
        "SELECT ?s { ?s service:load ?o . ?s kg:load ?o }",
        'SELECT ?s { ?s rdfs:label """a "SERVICE" <x> """ }',
        "SELECT ?s { ?s rdfs:label 'it\\'s SERVICE' }",
        "SELECT ?s { ?s ?p ?o FILTER(?o < 3 && ?o > 1) }",
        "PREFIX service: <urn:x#> ASK { ?s service:a ?o }",
        "SELECT ?deleted { ?deleted a kg:Person }",
    ],
)
def test_harmless_queries_pass_unchanged(query: str) -> None:
    assert guarded(query) == query
    assert "".join(token.text for token in tokens(query)) == query


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", "SERVICE"),
        ("SELECT * { service silent ?x { ?s ?p ?o } }", "SERVICE"),
        ("SELECT * { ?s ?p '#' SERVICE <urn:x> { } }", "SERVICE"),
        ("SELECT * { ?s ?p 1SERVICE <urn:x> { } }", "SERVICE"),
        ("SELECT * { ?s ?p ?o . SERVICE<urn:x>{ } }", "SERVICE"),
        ("SELECT * { \\u0053ERVICE <urn:x> { } }", "SERVICE"),
        # The engine needs no space between words.
        ("SELECT * { SERVICESILENT<urn:x>{ } }", "SERVICE"),
        ("SELECT * { ?s ?p trueSERVICE<urn:x>{ } }", "SERVICE"),
        ("PREFIX ex: <urn:x> SELECT * { ?s ?p 1e5SERVICEex:y{ } }", "SERVICE"),
        ("PREFIX : <urn:x> SELECT * { service:y{ } }", "SERVICE"),
        ("PREFIX ex: <urn:x> LOADex:y", "LOAD"),
        ("SELECT * { S\\U00000045RVICE <urn:x> { } }", "SERVICE"),
        ("LOAD <http://127.0.0.1/>", "LOAD"),
        ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", "update"),
        ("PREFIX x: <urn:x> DELETE WHERE { ?s ?p ?o }", "update"),
        ("DROP ALL", "update"),
    ],
)
def test_what_reaches_out_or_writes_is_refused(query: str, word: str) -> None:
    with pytest.raises(UsageError, match=word):
        guarded(query)


@pytest.mark.parametrize(
    "query",
    [
        "ASK " + "{" * 10_000 + "}" * 10_000,
        "SELECT (" + "(" * 500 + "1" + ")" * 500 + " AS ?x) {}",
        "ASK { FILTER(" + "!" * 500 + "true) }",
        "ASK { FILTER(" + "! " * 500 + "true) }",
        "ASK { FILTER(" + "-" * 500 + "1) }",
        "ASK { ?s " + "^" * 500 + "kg:a ?o }",
    ],
)
def test_deep_nesting_is_refused(query: str) -> None:
    with pytest.raises(UsageError, match=f"more than {DEEPEST} deep"):
        guarded(query)


def test_a_long_query_is_refused() -> None:
    with pytest.raises(UsageError, match="shorter"):
        guarded("ASK { }" + " " * LONGEST)


@pytest.mark.parametrize(
    ("query", "filled"),
    [
        ("ASK { ?s rdfs:label ?name }", 'ASK { ?s rdfs:label "Ada" }'),
        ("ASK { ?s rdfs:label $name . ?s ?names ?o }", 'ASK { ?s rdfs:label "Ada" . ?s ?names ?o }'),
        ("SELECT ?name { ?s rdfs:label ?name }", 'SELECT ("Ada" AS ?name) { ?s rdfs:label "Ada" }'),
        ("SELECT (COUNT(?name) AS ?n) { }", 'SELECT (COUNT("Ada") AS ?n) { }'),
        ("SELECT ?s { } GROUP BY ?s ?name", 'SELECT ?s { } GROUP BY ?s ("Ada" AS ?name)'),
        ("SELECT ?s { } ORDER BY ?name DESC(?name)", 'SELECT ?s { } ORDER BY ("Ada") DESC("Ada")'),
        ("SELECT ?s { VALUES ?name { 'x' } }", "SELECT ?s { VALUES ?name { 'x' } }"),
        ("SELECT ?s { BIND(1 AS ?name) }", "SELECT ?s { BIND(1 AS ?name) }"),
        ("ASK { FILTER(!BOUND(?name) || ?x = ?name) }", 'ASK { FILTER(!true || ?x = "Ada") }'),
        ("ASK { FILTER(bound( ?name )) }", "ASK { FILTER(true) }"),
        ('ASK { ?s rdfs:label "?name" } # ?name', 'ASK { ?s rdfs:label "?name" } # ?name'),
    ],
)
def test_a_parameter_becomes_its_value(query: str, filled: str) -> None:
    assert guarded(query, NAME).replace("  ", " ") == filled
