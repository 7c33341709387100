"""RDF files, read back by rdflib and compared with the store."""

import json
from io import BytesIO

import pytest
from rdflib import Dataset, Graph

from kg.store import Store
from kg.views import notation, rdf, sorting

# rdflib's own parsers use what rdflib has deprecated.
pytestmark = [
    pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning"),
]


def written(store: Store, ending: str, **chosen: object) -> bytes:
    out = BytesIO()
    rdf.write(store, out, ending, **chosen)  # type: ignore[arg-type]
    return out.getvalue()


def dataset(text: bytes | str, form: str) -> Dataset:
    data = Dataset(default_union=False)
    data.parse(data=text, format=form)
    return data


def quads(data: Dataset) -> set[tuple[object, ...]]:
    return {(s, p, o, None if g is None or "default" in str(g) else g) for s, p, o, g in data.quads()}


@pytest.mark.parametrize(("ending", "form"), [(".trig", "trig"), (".nq", "nquads"), (".jsonld", "json-ld")])
def test_datasets_hold_every_quad(store: Store, ending: str, form: str) -> None:
    assert quads(dataset(written(store, ending), form)) == quads(dataset(store.dump(), "nquads"))


@pytest.mark.parametrize(("ending", "form"), [(".ttl", "turtle"), (".nt", "nt")])
def test_graphs_hold_the_merged_view(store: Store, ending: str, form: str) -> None:
    graph = Graph().parse(data=written(store, ending), format=form)
    count = next(iter(store.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows))["n"]
    assert len(graph) == count


def test_a_part_comes_with_its_evidence(store: Store) -> None:
    part = dataset(written(store, ".trig", about="Ada Brandt"), "trig")
    assert b"oa:exact" in written(store, ".trig", about="Ada Brandt")
    assert quads(part) < quads(dataset(store.dump(), "nquads"))
    text = written(store, ".ttl", about="Ada Brandt").decode()
    assert "Ada Brandt" in text
    assert "Nordland" not in text


def test_a_construct_gives_its_own_triples(store: Store) -> None:
    text = written(store, ".nt", query="CONSTRUCT { ?b <urn:x:birthplaceOf> ?a } { ?a kg:bornIn ?b }")
    assert text == b"<urn:newskg:city/lindhafen> <urn:x:birthplaceOf> <urn:newskg:person/ada-brandt> .\n"


def test_the_same_store_gives_the_same_file(store: Store) -> None:
    assert written(store, ".trig") == written(store, ".trig")


def test_a_graph_larger_than_memory_comes_in_the_same_order(monkeypatch: pytest.MonkeyPatch, store: Store) -> None:
    whole = {ending: written(store, ending) for ending in rdf.FORMATS}
    lines = written(store, ".nq").decode()
    assert lines == "".join(notation.nquads(notation.quads(store.dump().split("\n"))))
    monkeypatch.setattr(sorting.ordered, "__defaults__", (500,))
    assert {ending: written(store, ending) for ending in rdf.FORMATS} == whole


def test_terms_of_every_kind_survive() -> None:
    lines = [
        r'<urn:s> <urn:p> "line\nbreak \"quoted\" \\ back"@en-GB <urn:g> .',
        '<urn:s> <urn:p> "01"^^<http://www.w3.org/2001/XMLSchema#integer> .',
        '<urn:s> <urn:p> "1.50"^^<http://www.w3.org/2001/XMLSchema#decimal> .',
        '<urn:s> <urn:p> "true"^^<http://www.w3.org/2001/XMLSchema#boolean> .',
        '<urn:s> <urn:p> "2031-05"^^<http://www.w3.org/2001/XMLSchema#gYearMonth> .',
        "<urn:s> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/newskg#a.b> .",
        '<urn:s> <https://w3id.org/newskg#bornIn> "words where a thing should be" .',
        '<urn:s> <https://w3id.org/newskg#bornIn> "7"^^<http://www.w3.org/2001/XMLSchema#integer> .',
        "<urn:s> <https://w3id.org/newskg#label> <https://w3id.org/newskg#label> .",
        "<urn:s> <http://www.w3.org/1999/02/22-rdf-syntax-ns#predicate> <https://w3id.org/newskg#label> .",
        "<urn:s> <http://www.w3.org/1999/02/22-rdf-syntax-ns#predicate> <http://www.w3.org/2000/01/rdf-schema#label> .",
        '<urn:s> <http://purl.org/dc/terms/issued> "2031-05" .',
        '<urn:s> <http://purl.org/dc/terms/issued> "2031-05-04"^^<http://www.w3.org/2001/XMLSchema#date> .',
        '<urn:s> <https://w3id.org/newskg#deaths> "\u2028\U0001f600 <x>" <urn:g> .',
    ]
    some = notation.quads(lines)
    expected = quads(dataset("\n".join(lines), "nquads"))
    assert quads(dataset("".join(notation.trig(some)), "trig")) == expected
    assert quads(dataset("".join(notation.jsonld(some)), "json-ld")) == expected
    assert quads(dataset("".join(notation.nquads(some)), "nquads")) == expected


def test_jsonld_reads_like_a_record(store: Store) -> None:
    content = json.loads(written(store, ".jsonld", query="CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"))
    nodes = {node["@id"]: node for node in content["@graph"]}
    ada = nodes["urn:newskg:person/ada-brandt"]
    assert (ada["label"], ada["altLabel"], ada["bornIn"]) == ("Ada Brandt", "Brandt", "urn:newskg:city/lindhafen")
    assert "Person" in ada["@type"]
    fact = next(node for node in nodes.values() if node.get("@type") == "Fact" and node["predicate"] == "leaderOf")
    assert (fact["subject"], fact["object"], fact["sources"]) == (ada["@id"], ada["leaderOf"], 1)
    assert (fact["confidence"], fact["kg:time"]) == ("0.9", "2031-05")
    assert content["@context"]["bornIn"] == {"@id": "kg:bornIn", "@type": "@id"}


def test_nothing_is_a_file_too() -> None:
    assert "".join(notation.ntriples([])) == ""
    assert len(dataset("".join(notation.jsonld([])), "json-ld")) == 0


def test_what_is_no_nquads_is_told() -> None:
    with pytest.raises(ValueError, match="not N-Quads"):
        notation.quads(["hello"])
