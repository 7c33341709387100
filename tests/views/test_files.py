from pathlib import Path

import networkx
import pytest

from kg.errors import KgError, UsageError
from kg.store import Store
from kg.views import ENDINGS, export
from kg.views.files import whole_file


@pytest.mark.parametrize("ending", ENDINGS)
def test_every_ending_writes_a_file(store: Store, tmp_path: Path, ending: str) -> None:
    for name, chosen in {
        "all": {},
        "about": {"about": "Ada Brandt"},
        "query": {"query": "SELECT * { ?a kg:bornIn ?b }"},
    }.items():
        path = tmp_path / f"{name}{ending}"
        export(store, path, **chosen)  # type: ignore[arg-type]
        written = path.iterdir() if path.is_dir() else [path]
        assert all(file.stat().st_size > 0 for file in written)
    assert len(list(tmp_path.iterdir())) == 3


def test_the_ending_may_be_in_capitals(store: Store, tmp_path: Path) -> None:
    export(store, tmp_path / "GRAPH.HTML")
    assert (tmp_path / "GRAPH.HTML").read_text().startswith("<!doctype html>")


@pytest.mark.parametrize("name", ["graph.xlsx", "graph", ".html"])
def test_an_unknown_ending_lists_the_known(store: Store, tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match=r"\.graphml \.gexf"):
        export(store, tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_not_there(store: Store, tmp_path: Path) -> None:
    with pytest.raises(KgError, match="can't be written"):
        export(store, tmp_path / "no" / "graph.csv")


def test_a_file_is_whole_or_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "graph.nt"
    path.write_bytes(b"old")
    with pytest.raises(ZeroDivisionError), whole_file(path) as out:
        out.write(b"half")
        raise ZeroDivisionError
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_limit_counts_what_is_left_out(store: Store, tmp_path: Path) -> None:
    shown = export(store, tmp_path / "few.csv", limit=2)
    assert shown is not None
    assert shown.size()[0] == 2
    assert shown.left_out > 0


def test_a_folder_is_replaced_if_it_is_an_earlier_export(store: Store, tmp_path: Path) -> None:
    export(store, tmp_path / "graph.neo4j", about="Nordland", hops=0)
    export(store, tmp_path / "graph.neo4j")
    assert "Ada Brandt" in (tmp_path / "graph.neo4j" / "nodes.csv").read_text()
    (tmp_path / "graph.neo4j" / "mine.txt").touch()
    with pytest.raises(KgError, match="no earlier export"):
        export(store, tmp_path / "graph.neo4j")
    assert len(list(tmp_path.iterdir())) == 1


def test_measures_are_in_the_file(store: Store, tmp_path: Path) -> None:
    export(store, tmp_path / "graph.gexf", analyse=True)
    back = networkx.read_gexf(tmp_path / "graph.gexf")
    town = back.nodes["urn:newskg:city/lindhafen"]
    assert town["degree"] == max(data["degree"] for _, data in back.nodes(data=True))
    assert (type(town["betweenness"]), type(town["community"]), town["cutpoint"]) == (float, int, True)
    assert {type(data["bridge"]) for _, _, data in back.edges(data=True)} == {bool}
    with pytest.raises(UsageError, match="RDF holds no measures"):
        export(store, tmp_path / "graph.ttl", analyse=True)
