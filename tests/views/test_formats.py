"""The graph formats, each read back by a second real implementation."""

import csv
import json
import re
from io import BytesIO, StringIO
from xml.etree import ElementTree

import networkx
import pytest

from kg.views import cytoscape, gexf, graphml, multigraph, table
from kg.views.picture import Picture
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
    root = ElementTree.fromstring(written(gexf, SMALL))
    space = {"g": re.match(r"\{(.*)\}", root.tag)[1]}  # type: ignore[index]
    graph = root.find("g:graph", space)
    assert graph is not None
    assert (graph.get("mode"), graph.get("timeformat")) == ("dynamic", "date")
    days = {edge.get("id"): (edge.get("start"), edge.get("end")) for edge in root.iterfind(".//g:edge", space)}
    found = {key.rsplit("/", 1)[-1]: value for key, value in days.items() if key}
    assert ("2029-01-01", None) in found.values()
    assert ("1980-02-01", "1980-02-29") in found.values()
    assert ("2031-05-04", None) in found.values()


@pytest.mark.parametrize(
    ("time", "period"),
    [
        ("2020", ("2020-01-01", "2020-12-31")),
        ("2020-02", ("2020-02-01", "2020-02-29")),
        ("2020-01-03T10:00:00Z", ("2020-01-03", "2020-01-03")),
        ("2011/", ("2011-01-01", None)),
        ("/2020-01", (None, "2020-01-31")),
        ("2019/2020", ("2019-01-01", "2020-12-31")),
        (None, ("2031-05-04", None)),
        ("2020-99", ("2020-99-01", None)),
    ],
)
def test_period(time: str | None, period: tuple[str | None, str | None]) -> None:
    if time == "2020-99":
        assert gexf.last_day(time) is None
    else:
        assert gexf.period(fact(ADA, "leaderOf", GUARD, time=time)) == period


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
