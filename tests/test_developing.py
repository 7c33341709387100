"""The developing stories among the samples, read by the packaged model: one event each, with its toll as it rose."""

from collections.abc import Iterator

import pytest

import kg
from kg.config import data_folder
from kg.graph import Graph
from kg.views import menu

SAMPLES = data_folder("samples")
STORIES = ("beirut-developing.jsonl", "hradinka-crash.jsonl")
CRASH = "crash in Hradinka"
COURIER = "https://courier.example.net/news/hradinka-collision"


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    with kg.open(tmp_path_factory.mktemp("developing") / "kg.store") as graph:
        assert not graph.ingest([SAMPLES / name for name in STORIES]).refused
        yield graph


def _rows(graph: Graph, query: str, **values: str) -> list[dict[str, str]]:
    text = menu.named(query).text
    return [{name: str(value or "") for name, value in row.items()} for row in graph.query(text, **values)]


def _toll(graph: Graph, name: str, what: str = "deaths") -> list[tuple[str, str, str]]:
    """The lower bounds with the moment and whether they were replaced, the first that is shown first."""
    rows = [row for row in _rows(graph, "toll", name=name) if row["what"] == what]
    return [(row["at_least"], row["date"][:16], row["replaced"][:16]) for row in rows]


@pytest.mark.parametrize(("kind", "documents"), [("Explosion", 3), ("Crash", 6)])
def test_all_reports_of_a_story_tell_of_one_event(graph: Graph, kind: str, documents: int) -> None:
    (found,) = graph.query(
        f"""SELECT ?event (COUNT(DISTINCT ?document) AS ?documents) {{
              ?entity prov:specializationOf ?event . ?event a kg:{kind} . GRAPH ?document {{ ?entity a ?any }}
            }} GROUP BY ?event"""
    )
    assert found["documents"] == documents


def test_the_toll_is_told_as_it_rose_the_newest_first(graph: Graph) -> None:
    assert _toll(graph, "explosion") == [
        ("135", "2020-08-05T19:45", ""),
        ("78", "2020-08-05T01:30", "2020-08-05T19:45"),
        ("10", "2020-08-04T20:15", "2020-08-05T01:30"),
    ]
    assert _toll(graph, CRASH) == [
        ("17", "2023-11-15T12:10", ""),
        ("15", "2023-11-15T18:45", ""),
        ("17", "2023-11-15T07:30", "2023-11-15T12:10"),
        ("13", "2023-11-14T19:05", ""),
        ("13", "2023-11-14T17:20", ""),
        ("6", "2023-11-14T09:40", "2023-11-14T17:20"),
    ]


def test_tolls_that_exclude_each_other_are_a_conflict(graph: Graph) -> None:
    (row,) = _rows(graph, "conflicts", about=CRASH)
    assert (row["predicate"], row["one"], row["other"]) == ("deaths", "15", "at least 17")


def test_a_reprint_is_no_second_source(graph: Graph) -> None:
    facts = {row["object"]: row for row in _rows(graph, "independent-sources", about=CRASH)}
    assert (facts["at least 13"]["sources"], facts["at least 13"]["documents"]) == ("1", "2")
    assert (facts["Hradinka"]["sources"], facts["Hradinka"]["documents"]) == ("2", "4")


def test_what_a_correction_takes_back_is_told_and_gone(graph: Graph) -> None:
    dropped = {(it.subject, it.predicate) for it in graph.changes(COURIER) if it.what == "dropped"}
    assert ("Ondrej Kalvas", "killed by") in dropped
    assert not graph.query("ASK { ?driver rdfs:label 'Ondrej Kalvas' ; kg:killedBy ?crash }")
    then = graph.store.as_of("2023-11-15T08:00:00+01:00")
    assert then.query("ASK { ?driver rdfs:label 'Ondrej Kalvas' ; kg:killedBy ?crash }")


def test_the_graph_as_it_was_known_in_the_evening(graph: Graph) -> None:
    then = Graph(graph.store.as_of("2023-11-14"))
    assert [at_least for at_least, _, _ in _toll(then, CRASH)] == ["13", "13", "6"]
    assert not _rows(then, "conflicts", about=CRASH)


def test_rebuilt_it_is_the_same(graph: Graph) -> None:
    assert graph.rebuild() == (0, 0)
    assert graph.check()
