"""Key records that hang on the name that they share: they go where it goes, whoever comes and leaves."""

from kg.claims import Claim, EntityRef, Extraction, Judgement, Span, Text
from kg.store import Store
from tests.store.small import add, dumped, extraction, store_of

HERE = Span(0, 43)
BRAM, ADA = "urn:newskg:person/bram-okoro", "urn:newskg:person/ada-lovell"
SAME = Judgement(
    "urn:newskg:key/person/bram-okoro",
    "urn:newskg:key/person/ada-lovell",
    "same",
    1.0,
    ("one person",),
    "person:kim",
    "2024-02-01T10:00:00Z",
)


def _with_office(number: int, office: str) -> Extraction:
    """Each office makes another key record of one name."""
    spouse = Claim("e1", "spouse", EntityRef("e3"), HERE)
    return extraction(number, None, None, None, [spouse, Claim("e3", "holdsPosition", Text(office), HERE)])


DOCUMENTS = [_with_office(number, office) for number, office in enumerate(("mayor", "judge", "editor", "judge"))]


def _things(store: Store) -> set[str]:
    rows = store.query('SELECT ?t { GRAPH ?g { ?e rdfs:label "Bram Okoro" } ?e prov:specializationOf ?t }')
    return {str(row["t"]) for row in rows}


def test_what_is_told_differently_of_a_name_is_one_thing() -> None:
    store = store_of(DOCUMENTS)
    assert _things(store) == {BRAM}
    assert len(store.query(f"SELECT ?k {{ ?k dcterms:isReplacedBy <{BRAM}> }}")) == 3
    assert store.rebuild() == (0, 0)


def test_they_come_and_go_one_by_one() -> None:
    store = store_of(DOCUMENTS)
    for left, number in ((3, 1), (2, 3), (1, 0), (0, 2)):
        store.withdraw(f"{number:04x}")
        assert store.rebuild() == (0, 0)
        assert len(store.query(f"SELECT ?k {{ ?k dcterms:isReplacedBy <{BRAM}> }}")) == left
    assert dumped(store) == dumped(Store.memory())


def test_they_follow_their_name_to_another_thing() -> None:
    store = store_of(DOCUMENTS[:2])
    store.judge([SAME])
    add(store, DOCUMENTS[2])
    assert _things(store) == {ADA}
    assert store.rebuild() == (0, 0)
    assert dumped(store) == dumped(store_of(DOCUMENTS[:3], [SAME]))
