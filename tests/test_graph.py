"""The Python side, as users have it: one object for everything, and an import that costs nothing."""

import subprocess
import sys
from pathlib import Path

import pytest

import kg
from kg.errors import StoreError
from tests.batch.test_ingest import Spotter, _article


def test_everything_from_one_object(tmp_path: Path) -> None:
    article = _article(tmp_path, "only")
    with kg.open(tmp_path / "kg.store") as graph:
        assert graph
        assert graph.ingest(article, Spotter()).new == 1
        assert len(graph) == 1
        (row,) = graph.query("SELECT ?by { ?who rdfs:label ?name ; kg:killedBy/rdfs:label ?by }", name="Ada Lovell")
        assert row["by"] == "Bram Okoro"
        (ada,) = graph.show("ada lovell")
        assert ada.facts[0].quotes
        assert graph.rebuild() == (0, 0)
        assert graph.check()
        (document,) = graph.store.documents()
        assert graph.withdraw(document.id) == [document.id]
        assert len(graph) == 0
    with kg.open(tmp_path / "kg.store", read_only=True) as graph:
        assert graph.show("Ada Lovell") == []
    with pytest.raises(StoreError, match="no store at"):
        kg.open(tmp_path / "other", create=False)


# rdflib warns of its own use of what it deprecated.
@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")
def test_other_libraries_see_the_same(tmp_path: Path) -> None:
    with kg.open(tmp_path / "kg.store") as graph:
        graph.ingest([_article(tmp_path, "only")], Spotter())
        asked = "PREFIX kg: <https://w3id.org/newskg#> SELECT ?s ?o { ?s kg:killedBy ?o }"
        assert [[str(term) for term in row] for row in graph.rdflib().query(asked)] == [  # type: ignore[union-attr]
            ["urn:newskg:person/ada-lovell", "urn:newskg:person/bram-okoro"]
        ]
        network = graph.networkx()
        assert set(network) == {"urn:newskg:person/ada-lovell", "urn:newskg:person/bram-okoro"}
        graph.export(tmp_path / "out.graphml")
        assert (tmp_path / "out.graphml").stat().st_size > 100


def test_an_export_is_as_choosy_as_the_command(tmp_path: Path) -> None:
    with kg.open(tmp_path / "kg.store") as graph:
        graph.ingest([_article(tmp_path, "only")], Spotter())
        written = graph.export(tmp_path / "out.graphml", limit=1, analyse=True)
        assert len(written.things) == 1
        assert written.things[0].measures is not None
        assert not list(graph.export(tmp_path / "out.csv", limit=1).facts)


def test_importing_it_loads_nothing_heavy() -> None:
    heavy = "{'rdflib', 'pyoxigraph', 'spacy', 'networkx', 'onnxruntime', 'msgspec'}"
    code = f"import sys, kg; print(sorted({heavy} & set(sys.modules)), kg.Graph.__name__)"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert printed.strip() == "[] Graph"


def test_what_is_not_there() -> None:
    with pytest.raises(AttributeError):
        kg.nothing  # noqa: B018
