"""What is written over HTTP stands in the store's log: what, when, by whom, how much; and no secret."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from kg.store import Store
from kg.web.logged import entry
from kg.web.messages import Author
from kg.web.settings import Settings
from tests.web.served import TOKEN, WRITER, Served, plain, served

LOGGED = """SELECT ?what ?at ?by ?bytes ?graphs (GROUP_CONCAT(STR(?graph); separator=" ") AS ?which) {
  GRAPH <urn:newskg:log> {
    ?entry a prov:Activity ; kg:action ?what ; prov:atTime ?at ; kg:by ?by ; kg:bytes ?bytes ; kg:graphs ?graphs .
    OPTIONAL { ?entry kg:graph ?graph }
  }
} GROUP BY ?entry ?what ?at ?by ?bytes ?graphs ORDER BY ?at"""
TURTLE = {"content-type": "text/turtle", **WRITER}


@pytest.fixture
def kims(folder: Path) -> Iterator[Served]:
    """A knowledge graph that Kim may write to."""
    with served(Settings(store=folder, token=TOKEN, writer="kim", workers=1)) as it:
        yield it


def seen(server: Served) -> set[tuple[str, ...]]:
    return {(row["what"], row["by"], row["bytes"], *sorted(row["which"].split())) for row in server.rows(LOGGED)}


def test_an_update_leaves_an_entry(kims: Served) -> None:
    update = "INSERT DATA { GRAPH <urn:notes> { <urn:s> <urn:p> 'hush' } } ; CREATE GRAPH <urn:more>"
    assert kims.update(update).status_code == 204
    assert seen(kims) == {("updated", "kim", str(len(update)), "urn:more", "urn:notes")}
    (row,) = kims.rows(LOGGED)
    assert abs((datetime.fromisoformat(row["at"]) - datetime.now().astimezone()).total_seconds()) < 300
    told = kims.get("CONSTRUCT { ?s ?p ?o } { GRAPH <urn:newskg:log> { ?s ?p ?o } }", format="nt").text
    assert "hush" not in told and TOKEN not in told


def test_graph_store_writes_leave_entries(kims: Served) -> None:
    body = "<urn:s> <urn:p> 1 ."
    assert kims.client.put("/graphs?graph=urn:a", content=body, headers=TURTLE).status_code == 201
    assert kims.client.post("/graphs?graph=urn:a", content=body, headers=TURTLE).status_code == 200
    made = kims.client.post("/graphs", content=body, headers=TURTLE).headers["location"]
    assert kims.client.delete("/graphs?graph=urn:a", headers=WRITER).status_code == 200
    size = str(len(body))
    assert seen(kims) == {
        ("replaced", "kim", size, "urn:a"),
        ("added to", "kim", size, "urn:a"),
        ("added to", "kim", size, made),
        ("dropped", "kim", "0", "urn:a"),
    }


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { GRAPH <urn:newskg:log> { <urn:s> <urn:p> 1 } }",
        "DROP GRAPH <urn:not-there>",
        "INSERT DATA { GRAPH <urn:a> { <urn:s> <urn:p> } }",
        "# nothing",
    ],
)
def test_what_was_not_written_leaves_none(kims: Served, update: str) -> None:
    kims.update(update)
    assert seen(kims) == set()


@pytest.mark.parametrize("end", ["", "# the end", " ;", " ; # DROP ALL"])
def test_an_update_with_a_prologue_and_some_end(kims: Served, end: str) -> None:
    update = f"PREFIX m: <urn:mine> INSERT DATA {{ GRAPH m: {{ <urn:s> <urn:p> 1 }} }}{end}"
    assert kims.update(update).status_code == 204
    assert kims.ask("ASK { GRAPH <urn:mine> { <urn:s> <urn:p> 1 } }")
    assert {told[3:] for told in seen(kims)} == {("urn:mine",)}


def test_a_plain_store_has_no_log(tmp_path: Path) -> None:
    with served(plain(tmp_path / "store", workers=1)) as server:
        assert server.update("INSERT DATA { GRAPH <urn:g> { <urn:s> <urn:p> 1 } }").status_code == 204
        assert [row["g"] for row in server.rows("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")] == ["urn:g"]


def test_the_log_is_no_part_of_what_stores_are_compared_by(kims: Served, folder: Path) -> None:
    """And `kg check` has nothing against it."""
    kims.update("CREATE GRAPH <urn:a> ; DROP GRAPH <urn:a>").raise_for_status()
    with Store.open(folder, read_only=True) as store:
        assert store.check()
        assert "added to" not in store.dump() and "kg#bytes" not in store.dump()


def test_many_graphs_are_counted_and_some_named() -> None:
    written = entry("urn:newskg:", "updated", [f"urn:g{number:03}" for number in range(500)], Author("kim", 9))
    assert written.count("newskg#graph>") == 20
    assert '"500"' in written


def test_a_name_can_not_break_out() -> None:
    hostile: Any = 'x" } } ; DROP ALL #\n'
    written = entry("urn:newskg:", "updated", ["urn:g"], Author(hostile, 1))
    assert '"x\\" } } ; DROP ALL #\\n"' in written
