import networkx
import pytest
from networkx.algorithms.link_analysis import pagerank_alg

from kg.views import analysis
from kg.views.picture import Measures, Picture
from tests.views.pictures import ADA, BLAST, GUARD, LAND, SMALL, TOWN, crowd, fact, thing

CLERK, PORT = thing("Emil Okafor", "Person"), thing("Port office", "Organization")
BARBELL = Picture(
    (ADA, GUARD, BLAST, TOWN, LAND, CLERK, PORT),
    (
        *(fact(ADA, "memberOf", GUARD), fact(GUARD, "carriedOutBy", BLAST), fact(BLAST, "victim", ADA)),
        *(fact(TOWN, "locatedIn", LAND), fact(CLERK, "livesIn", LAND), fact(CLERK, "bornIn", TOWN)),
        fact(ADA, "bornIn", TOWN),
    ),
)
"""Two triangles with one fact between them, and an office that nothing is said of."""


def measures(picture: Picture) -> dict[str, Measures]:
    return {it.label: it.measures for it in analysis.measured(picture).things if it.measures}


def test_who_stands_between() -> None:
    found = measures(BARBELL)
    assert {name for name, it in found.items() if it.cutpoint} == {"Ada Brandt", "Lindhafen"}
    # Of the fifteen pairs of the other six things, the six of one triangle's other corners and the other triangle.
    assert found["Ada Brandt"].betweenness == pytest.approx(6 / 15)
    assert found["Port office"] == Measures(
        0, 0.0, found["Port office"].pagerank, found["Port office"].community, False
    )
    assert found["Lindhafen"].degree == 3


def test_the_bridge_and_its_sides() -> None:
    found = analysis.analysed(BARBELL)
    assert found.bridges == (analysis.Bridge("Ada Brandt", "born in", "Lindhafen", (3, 3)),)
    assert (
        [it.predicate for it in found.picture.facts if it.bridge]
        == ["bornIn"]
        != [it.predicate for it in BARBELL.facts]
    )
    assert found.parts == 2


def test_two_facts_between_two_things_are_no_bridge() -> None:
    picture = Picture((ADA, GUARD), (fact(ADA, "memberOf", GUARD), fact(ADA, "leaderOf", GUARD)))
    assert analysis.analysed(picture).bridges == ()


def test_what_belongs_together() -> None:
    found = measures(BARBELL)
    assert found["Ada Brandt"].community == found["Harbour Guard"].community == found["harbour blast"].community
    assert found["Lindhafen"].community == found["Nordland"].community == found["Emil Okafor"].community
    assert {it.community for it in found.values()} == {1, 2, 3}
    assert [it.things for it in analysis.analysed(BARBELL).communities] == [3, 3, 1]


@pytest.mark.parametrize("picture", [SMALL, BARBELL, crowd(300)], ids=["small", "barbell", "crowd"])
def test_pagerank_is_that_of_networkx(picture: Picture) -> None:
    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    graph.add_nodes_from(thing.iri for thing in picture.things)
    graph.add_edges_from((fact.subject, target) for fact, target in picture.links)
    theirs = pagerank_alg._pagerank_python(  # type: ignore[attr-defined]
        networkx.DiGraph(_weighted(graph)), tol=1e-10
    )
    ours = analysis.pagerank(list(graph), graph.edges())
    assert ours == pytest.approx(theirs, abs=1e-5)
    assert sum(ours.values()) == pytest.approx(1)


def _weighted(graph: "networkx.MultiDiGraph[str]") -> "networkx.DiGraph[str]":
    simple: networkx.DiGraph[str] = networkx.DiGraph()
    simple.add_nodes_from(graph)
    for a, b in graph.edges():
        simple.add_edge(a, b, weight=simple.get_edge_data(a, b, {"weight": 0})["weight"] + 1)
    return simple


def test_the_same_picture_gives_the_same_measures() -> None:
    assert measures(crowd(120)) == measures(crowd(120))


def test_large_pictures_are_sampled_and_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    assert analysis.analysed(SMALL).sampled is None
    monkeypatch.setattr(analysis, "EXACT", 100)
    monkeypatch.setattr(analysis, "SAMPLE", 50)
    assert analysis.analysed(crowd(120)).sampled == 50


def test_nothing_is_analysed_too() -> None:
    found = analysis.analysed(Picture())
    assert (found.parts, found.communities, found.bridges, found.ranked()) == (0, (), (), [])


def test_the_report_is_plain() -> None:
    found = analysis.report(analysis.analysed(BARBELL), "degree", 2)
    assert (found["things"], found["facts"], found["ranked_by"]) == (7, 7, "degree")
    assert [row["degree"] for row in found["ranked"]] == [3, 3]  # type: ignore[attr-defined]
