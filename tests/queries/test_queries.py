"""Every file of ``queries/`` runs on ``data.trig`` and gives the rows of ``expected.txt``."""

import re
import shlex
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pyoxigraph
import pytest

from kg.config import KG, data_folder
from kg.ontology import default

HERE = Path(__file__).parent
FILES = sorted(data_folder("queries").glob("*.rq"))
HEADER = re.compile(
    r"# title: (?P<title>\S.*)\n"
    r"# answers: (?P<answers>\S.*\.)\n"
    r"(?P<parameters>(# parameter: [a-z_]+ \((text|date), (required|optional)\) — \S.*\n)*)"
    r"(?P<examples>(# example: kg query .*\n)+)"
    r"\n(?!#)"
)
PARAMETER = re.compile(r"# parameter: ([a-z_]+) \((\w+), (\w+)\)")


class Case(NamedTuple):
    query: str
    parameters: dict[str, str]
    columns: list[str]
    rows: list[list[str]]


def cases() -> Iterator[Case]:
    text = (HERE / "expected.txt").read_text(encoding="utf-8")
    for block in text.split("\n$ kg query ")[1:]:
        command, columns, *rows = block.rstrip("\n").split("\n")
        name, *parameters = shlex.split(command)
        yield Case(name, dict(each.split("=", 1) for each in parameters), cells(columns), [cells(row) for row in rows])


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split(" |")]


CASES = list(cases())


@cache
def store() -> pyoxigraph.Store:
    world = pyoxigraph.Store()
    world.load(path=str(HERE / "data.trig"), format=pyoxigraph.RdfFormat.TRIG)
    graph = pyoxigraph.NamedNode("urn:newskg:ontology")
    world.load(default().ntriples(), format=pyoxigraph.RdfFormat.N_TRIPLES, to_graph=graph)
    return world


def bound(query: str, parameters: dict[str, str]) -> str:
    """The query with its parameters filled in: ``VALUES ?name { UNDEF }`` is the place of a parameter."""
    for name, value in parameters.items():
        place = f"VALUES ?{name} {{ UNDEF }}"
        assert place in query
        query = query.replace(place, f"VALUES ?{name} {{ {pyoxigraph.Literal(value)} }}")
    return query


def answer(query: str) -> tuple[list[str], list[list[str]]]:
    found = store().query(query)
    assert isinstance(found, pyoxigraph.QuerySolutions)
    columns = [variable.value for variable in found.variables]
    return columns, [[shown(cell) for cell in row] for row in found]


def shown(term: object) -> str:
    assert term is None or isinstance(term, pyoxigraph.Literal), "answers show labels, not IRIs"
    return term.value if term else ""


@pytest.mark.parametrize("case", CASES, ids=lambda case: " ".join([case.query, *case.parameters.values()]))
def test_answers(case: Case) -> None:
    query = (data_folder("queries") / f"{case.query}.rq").read_text(encoding="utf-8")
    columns, rows = answer(bound(query, case.parameters))
    assert columns == case.columns
    assert rows == case.rows


def test_every_query_has_an_expected_result() -> None:
    assert {path.stem for path in FILES} == {case.query for case in CASES}
    assert len(FILES) >= 18


def test_every_query_has_an_answer_that_is_not_empty() -> None:
    assert {path.stem for path in FILES} == {case.query for case in CASES if case.rows}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
class TestFile:
    def test_header_is_well_formed(self, path: Path) -> None:
        header = HEADER.match(path.read_text(encoding="utf-8"))
        assert header, "see ontologies/README.md for the form"

    def test_examples_run_with_known_parameters(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        for example in re.findall(r"# example: kg query (.*)", text):
            name, *given = shlex.split(example)
            assert name == path.stem
            names = {each.split("=", 1)[0] for each in given}
            assert names <= {parameter for parameter, _, _ in PARAMETER.findall(text)}
            assert names >= {parameter for parameter, _, need in PARAMETER.findall(text) if need == "required"}
            answer(bound(text, dict(each.split("=", 1) for each in given)))

    def test_places_of_parameters_are_those_of_the_header(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        assert set(re.findall(r"VALUES \?(\w+) \{ UNDEF \}", text)) == {name for name, _, _ in PARAMETER.findall(text)}

    def test_columns_are_not_named_like_parameters(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        columns, _ = answer(text)
        assert not set(columns) & {name for name, _, _ in PARAMETER.findall(text)}

    def test_required_parameters_left_out_give_no_rows(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        needs = [need for _, _, need in PARAMETER.findall(text)]
        _, rows = answer(text)
        assert bool(rows) == ("required" not in needs)

    def test_order_is_stated(self, path: Path) -> None:
        assert "\nORDER BY " in path.read_text(encoding="utf-8")

    def test_terms_are_in_the_ontology(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        assert f"PREFIX kg: <{KG}>" in text
        known = {*default().classes, *default().properties, "responsibility", "oneTrueValue", ""}
        assert set(re.findall(r"\bkg:(\w*)", text)) <= known


def test_offsets_of_the_world_quote_exactly() -> None:
    """The data itself keeps the first promise, else the tests above show nothing."""
    found = store().query(
        """PREFIX oa: <http://www.w3.org/ns/oa#> PREFIX schema: <https://schema.org/>
        SELECT ?claim WHERE { GRAPH ?document {
            ?claim oa:exact ?quote ; oa:start ?start ; oa:end ?end . ?document schema:articleBody ?text
            FILTER(SUBSTR(?text, ?start + 1, ?end - ?start) != ?quote) } }"""
    )
    assert isinstance(found, pyoxigraph.QuerySolutions)
    assert not list(found)
