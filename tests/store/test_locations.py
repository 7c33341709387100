"""Places have a point as long as most documents that place them agree on it."""

import pytest
from msgspec.structs import replace

from kg.claims import Claim, Document, Entity, EntityRef, Extraction, Span
from kg.resolution import match
from kg.store import Store
from tests.store.small import dumped, put

POINT = """SELECT ?link ?wkt { ?city a kg:City ; rdfs:label "Hyderabad" ; skos:exactMatch ?link ;
             geo:hasGeometry/geo:asWKT ?wkt }"""


def _report(number: int, country: str | None = "India") -> Extraction:
    """A report on a city that it places in a country, or doesn't place."""
    entities = (Entity("e1", "City", "Hyderabad"), Entity("e2", "Country", country or "Norland"))
    said = (Claim("e1", "locatedIn", EntityRef("e2"), Span(0, 1)),) if country else ()
    return Extraction(Document(f"{number:04x}", f"Report {number}."), entities, (), said)


def _store(*reports: Extraction) -> Store:
    store = Store.memory()
    for report in reports:
        store.put(*put(report), match=match)
    return store


def _points(store: Store) -> list[tuple[str, str]]:
    return [(str(row["link"]), str(row["wkt"])) for row in store.query(POINT)]


def test_a_city_has_a_point_and_a_link() -> None:
    store = _store(_report(1), _report(2, None))
    assert _points(store) == [("https://sws.geonames.org/1269843/", "POINT(78.45636 17.38405)")]
    assert store.query("ASK { ?city geo:hasGeometry ?g . ?g a geo:Geometry . FILTER(isIRI(?g)) }")
    assert store.rebuild() == (0, 0)
    assert not store.check().findings


def test_it_goes_with_the_last_document_that_says_so() -> None:
    store = _store(_report(1), _report(2), _report(3, None))
    store.withdraw("0001")
    assert _points(store)
    store.withdraw("0002")
    assert not _points(store)
    assert dumped(store) == dumped(_store(_report(3, None)))


def test_the_ledger_says_who_holds_it_and_why() -> None:
    (row,) = _store(_report(1)).query(
        """SELECT ?entity ?judge ?reason { GRAPH <urn:newskg:judgements> {
             ?it a kg:Location ; kg:entity ?entity ; kg:judge ?judge ; kg:reason ?reason } }"""
    )
    assert str(row["entity"]) == "urn:newskg:doc/0001/e1"
    assert str(row["reason"]) == "the city of this name in india"


@pytest.mark.parametrize(("countries", "points"), [("ii", 1), ("ip", 0), ("iip", 1)])
def test_of_a_place_that_documents_place_elsewhere_the_most_count(countries: str, points: int) -> None:
    names = {"i": "India", "p": "Pakistan"}
    store = Store.memory()
    for number, letter in enumerate(countries):
        graph, judgements, _, locations = put(_report(number, names[letter]))
        one = [replace(it, right="urn:newskg:key/city/hyderabad") for it in judgements if it.left.endswith("/e1")]
        store.put(graph, one, (), locations)
    assert len(_points(store)) == points
    assert store.rebuild() == (0, 0)
