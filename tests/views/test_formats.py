"""The graph formats, each read back by a second real implementation."""

import csv
import json
from io import BytesIO, StringIO
from pathlib import Path

import networkx
import pytest
from lxml import etree

from kg.views import cytoscape, gexf, graphml, multigraph, neo4j, table
from kg.views.picture import Evidence, Paper, Picture, Thing
from tests.views.pictures import ADA, BLAST, GUARD, LAND, SMALL, crowd, fact, thing

BOTH = pytest.mark.parametrize("picture", [SMALL, crowd(150), Picture()], ids=["small", "crowd", "empty"])


def written(module: object, picture: Picture) -> bytes:
    out = BytesIO()
    module.write(picture, out)  # type: ignore[attr-defined]
    return out.getvalue()


@BOTH
def test_graphml_reads_back_with_the_same_counts(picture: Picture) -> None:
    back = networkx.read_graphml(BytesIO(written(graphml, picture)), force_multigraph=True)
    assert (len(back), back.number_of_edges()) == (len(picture.things), len(picture.links))


@BOTH
def test_gexf_reads_back_with_the_same_counts(picture: Picture) -> None:
    back = networkx.read_gexf(BytesIO(written(gexf, picture)))
    assert (len(back), back.number_of_edges()) == (len(picture.things), len(picture.links))


@BOTH
def test_cytoscape_follows_its_schema(picture: Picture) -> None:
    content = json.loads(written(cytoscape, picture))
    nodes, edges = content["elements"]["nodes"], content["elements"]["edges"]
    assert (len(nodes), len(edges)) == (len(picture.things), len(picture.links))
    identities = {node["data"]["id"] for node in nodes}
    assert identities == {thing.iri for thing in picture.things}
    assert all({edge["data"]["source"], edge["data"]["target"]} <= identities for edge in edges)
    assert len({edge["data"]["id"] for edge in edges}) == len(edges)
    assert len(networkx.cytoscape_graph(content)) == len(picture.things)


def test_network_carries_all_that_is_known() -> None:
    graph = multigraph.graph(SMALL)
    ada = graph.nodes[ADA.iri]
    assert (ada["label"], ada["aliases"], ada["bornOn"]) == ("Ada Brandt", ["Brandt", "Dr Brandt"], ["1980-02-03"])
    assert graph.nodes[BLAST.iri]["deaths"] == ["at least 12", "14 (alleged)"]
    (edge,) = graph[ADA.iri][GUARD.iri].values()
    assert (edge["label"], edge["stance"], edge["weight"], edge["time"]) == ("leader of", "asserted", 2, "2029/")
    assert edge["quotes"] == ["Ada Brandt … Harbour Guard."]
    assert edge["evidence"] == ["a1b2c3d4e5f60718#char=10,37"]


def test_a_value_called_like_an_attribute_stays_apart() -> None:
    picture = Picture((ADA,), (fact(ADA, "label", "odd"), fact(ADA, "mentions", "9")))
    node = multigraph.graph(picture).nodes[ADA.iri]
    assert (node["label"], node["label_"], node["mentions"], node["mentions_"]) == ("Ada Brandt", ["odd"], 2, ["9"])


def test_gexf_has_a_timeline() -> None:
    graph = etree.fromstring(written(gexf, SMALL)).find("{*}graph")
    assert graph is not None
    assert (graph.get("mode"), graph.get("timeformat")) == ("dynamic", "date")
    found = {edge.get("id"): (edge.get("start"), edge.get("end")) for edge in graph.iterfind(".//{*}edge")}
    days = {fact.predicate: found[fact.iri] for fact, _ in SMALL.links}
    assert days["leaderOf"] == ("2029-01-01", None)
    assert days["bornIn"] == ("1980-02-01", "1980-02-29")
    assert days["carriedOutBy"] == ("2031-05-04", None)


def test_gexf_things_are_there_from_their_first_fact_on() -> None:
    held = fact(ADA, "leaderOf", GUARD, time="2029/2030")
    nodes = etree.fromstring(written(gexf, Picture((ADA, GUARD, LAND), (held,)))).iterfind(".//{*}node")
    days = {node.get("label"): (node.get("start"), node.get("end")) for node in nodes}
    assert days["Harbour Guard"] == days["Ada Brandt"] == ("2029-01-01", "2030-12-31")
    assert days["Nordland"] == (None, None)


def test_what_holds_more_than_once_has_spells() -> None:
    twice = fact(ADA, "leaderOf", GUARD, time="2029, 2031-05/")
    root = etree.fromstring(written(gexf, Picture((ADA, GUARD), (twice,))))
    spells = [(spell.get("start"), spell.get("end")) for spell in root.iterfind(".//{*}edge/{*}spells/{*}spell")]
    assert spells == [("2029-01-01", "2029-12-31"), ("2031-05-01", None)]
    back = networkx.read_gexf(BytesIO(written(gexf, Picture((ADA, GUARD), (twice,)))))
    assert [start for start, _ in next(iter(back.edges(data=True)))[2]["spells"]] == ["2029-01-01", "2031-05-01"]


@pytest.mark.parametrize(
    ("time", "periods"),
    [
        ("2020", [("2020-01-01", "2020-12-31")]),
        ("2020-02", [("2020-02-01", "2020-02-29")]),
        ("2020-01-03T10:00:00Z", [("2020-01-03", "2020-01-03")]),
        ("2011/", [("2011-01-01", None)]),
        ("/2020-01", [(None, "2020-01-31")]),
        ("2019/2020", [("2019-01-01", "2020-12-31")]),
        ("2019, 2021-03/", [("2019-01-01", "2019-12-31"), ("2021-03-01", None)]),
        (None, [("2031-05-04", None)]),
        ("2020-99", [("2031-05-04", None)]),
        ("2021/2020", [("2031-05-04", None)]),
        ("9999-12", [("9999-12-01", "9999-12-31")]),
    ],
)
def test_periods(time: str | None, periods: list[gexf.Period]) -> None:
    assert gexf.periods(fact(ADA, "leaderOf", GUARD, time=time)) == periods


def test_graphml_numbers_its_nodes_and_keeps_their_iris() -> None:
    back = networkx.read_graphml(BytesIO(written(graphml, SMALL)), force_multigraph=True)
    ada = next(data for _, data in back.nodes(data=True) if data["iri"] == ADA.iri)
    assert (ada["label"], ada["mentions"], ada["aliases"], ada["bornOn"]) == (
        *("Ada Brandt", 2),
        *("Brandt; Dr Brandt", "1980-02-03"),
    )
    labels = {(back.nodes[a]["label"], data["label"], back.nodes[b]["label"]) for a, b, data in back.edges(data=True)}
    assert ("Ada Brandt", "leader of", "Harbour Guard") in labels
    assert {type(data["inferred"]) for _, _, data in back.edges(data=True)} == {bool}


@pytest.mark.parametrize("module", [graphml, gexf])
def test_words_of_all_kinds_come_through(module: object) -> None:
    odd = "a\x00<&\"'> \x0b]]> \r\n\t قم 😀 \ud800"
    paper = Paper("d" * 16, odd, odd, odd, odd)
    proof = Evidence("urn:c/1", odd, paper, 0, 9, speaker=odd)
    some = thing("x", "Person", aliases=(odd,))
    picture = Picture(
        (Thing(some.iri, odd), LAND), (fact(some, odd, LAND, evidence=(proof,)), fact(some, "said", odd)), odd
    )
    read = networkx.read_graphml if module is graphml else networkx.read_gexf
    back = read(BytesIO(written(module, picture)))
    ((_, _, edge),) = back.edges(data=True)
    assert edge["quotes"].replace("\r\n", "\n") == "a<&\"'> ]]> \n\t قم 😀 "


def test_neo4j_files_declare_their_columns(tmp_path: Path) -> None:
    neo4j.write(SMALL, tmp_path)
    nodes, links = (
        list(csv.DictReader(StringIO((tmp_path / name).read_text(encoding="utf-8")))) for name in neo4j.FILES
    )
    ada = next(row for row in nodes if row[":ID"] == ADA.iri)
    assert (ada[":LABEL"], ada["mentions:int"], ada["bornOn:string[]"]) == ("Person", "2", "1980-02-03")
    assert ada["aliases:string[]"].split("\x1f") == ["Brandt", "Dr Brandt"]
    assert next(row for row in nodes if row[":ID"] == GUARD.iri)[":LABEL"].split("\x1f") == [
        "ArmedGroup",
        "Organization",
    ]
    assert {row[":TYPE"] for row in links} >= {"LEADER_OF", "BORN_IN", "CARRIED_OUT_BY"}
    assert {row[":START_ID"] for row in links} | {row[":END_ID"] for row in links} <= {row[":ID"] for row in nodes}
    assert {row["inferred:boolean"] for row in links} == {"true", "false"}
    assert all(None not in row and None not in row.values() for row in (*nodes, *links))


def test_csv_gives_a_line_per_piece_of_evidence() -> None:
    rows = list(csv.DictReader(StringIO(written(table, SMALL).decode())))
    assert len(rows) == len(SMALL.facts)
    first = rows[0]
    assert (first["subject"], first["relation"], first["object"]) == ("Ada Brandt", "leader of", "Harbour Guard")
    assert (first["quote"], first["source"], first["start"]) == ("Ada Brandt … Harbour Guard.", "North Wire", "10")
    assert [row["quote"] for row in rows if row["inferred"] == "True"] == [""]


def test_csv_runs_no_formula() -> None:
    risky = thing("=HYPERLINK(1)", "Person")
    rows = list(table.rows(Picture((risky, LAND), (fact(risky, "locatedIn", LAND),))))
    assert rows[0]["subject"] == "'=HYPERLINK(1)"
