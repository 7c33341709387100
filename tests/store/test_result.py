"""Answers: Python values, and the usual formats, from a store that knows two people."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from kg.claims import Claim, EntityRef, Quantity, Span
from kg.errors import UsageError
from kg.store import Iri, Literal, Store
from tests.store.small import extraction, store_of

ADA = "urn:newskg:person/ada-lovell"


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    said = [
        Claim("e1", "spouse", EntityRef("e3"), Span(0, 43)),
        Claim("e5", "deaths", Quantity(3, 3, "3"), Span(0, 43)),
    ]
    with store_of([extraction(1, None, "2024-01-03", None, said)]) as store:
        yield store


def test_values_are_python_values(store: Store) -> None:
    (row,) = store.query(
        'SELECT ?a ?n (true AS ?t) (1.50 AS ?d) (1e0 AS ?f) ("x"@en AS ?w) ?day ?none '
        '{ ?a kg:spouse ?b . ?e kg:deaths ?n . BIND("2024-01-03"^^xsd:date AS ?day) FILTER(?a = ?who) }',
        {"who": Iri(ADA)},
    )
    assert isinstance(row["a"], Iri)
    assert dict(row) == {
        "a": ADA,
        "n": 3,
        "t": True,
        "d": Decimal("1.5"),
        "f": 1.0,
        "w": "x",
        "day": "2024-01-03",
        "none": None,
    }
    assert isinstance(row["w"], Literal)
    assert row["w"].language == "en"
    assert isinstance(row["day"], Literal)
    assert row["day"].datatype.endswith("#date")


def test_parameters_of_every_sort(store: Store) -> None:
    values = ['a "b" \\', 3, True, Decimal("1.5"), date(2024, 1, 3), Iri(ADA), Literal("x", language="en")]
    for value in values:
        (row,) = store.query("SELECT ?x { }", {"x": value})
        assert row["x"] == (str(value) if isinstance(value, date) else value)
    (row,) = store.query("SELECT (isIRI(?x) AS ?y) { }", {"x": f"<{ADA}>"})
    assert row["y"] is True
    with pytest.raises(UsageError, match="list"):
        store.query("SELECT ?x { }", {"x": []})
    with pytest.raises(UsageError, match="spelling"):
        store.query("SELECT ?x { }", {"x": Iri("no iri")})


def test_tables_can_be_written_and_read_again_and_again(store: Store) -> None:
    answer = store.query("SELECT ?a ?b { ?a kg:spouse ?b } ORDER BY ?a")
    assert answer.variables == ("a", "b")
    assert len(answer) == len(answer.rows) == 2
    table = list(csv.DictReader(io.StringIO(answer.serialize("csv").decode())))
    assert table == [{name: str(value) for name, value in row.items()} for row in answer.rows]
    assert json.loads(answer.serialize("json"))["head"]["vars"] == ["a", "b"]
    assert answer.serialize("tsv").startswith(b"?a\t?b\n")
    assert b"<sparql" in answer.serialize("xml")
    with pytest.raises(UsageError, match="csv, tsv, json, xml"):
        answer.serialize("ttl")


def test_yes_and_no(store: Store) -> None:
    yes, no = store.query("ASK { ?a kg:spouse ?b }"), store.query("ASK { ?a kg:killedBy ?b }")
    assert (bool(yes), bool(no)) == (True, False)
    assert json.loads(no.serialize("json"))["boolean"] is False
    assert yes.serialize("csv") == b"true\n"


def test_graphs(store: Store) -> None:
    answer = store.query("CONSTRUCT { ?b kg:spouse ?a } { ?a kg:spouse ?b }")
    assert answer.kind == "graph"
    assert len(answer.triples) == 2
    assert {type(term) for triple in answer for term in triple} == {Iri}
    assert b"kg:spouse" in answer.serialize("ttl")
    assert len(answer.serialize("nt").split(b"\n")) == 3
    assert store.query(f"DESCRIBE <{ADA}>").triples
    with pytest.raises(UsageError, match="ttl, nt"):
        answer.serialize("csv")


def test_a_mistake_is_one_line_that_says_where(store: Store) -> None:
    with pytest.raises(UsageError, match=r"can't be read.*Mend it") as caught:
        store.query("SELECT ?x {\n ?x kg:spouse }")
    assert "\n" not in str(caught.value)
