"""Each entity is judged against one key record, by its own name and kind only."""

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.claims import Claim, Document, Entity, EntityRef, Extraction, Span
from kg.mapping import to_quads
from kg.resolution import JUDGE, resolve

ENTITIES = (
    Entity("e1", "Person", "Gen. Ada Lovell"),
    Entity("e2", "Person", "Lovell"),
    Entity("e3", "City", "Arda"),
    Entity("e4", "Region", "Arda"),
    Entity("e5", "Bombing", "the bombing", named=False),
)


def _keys(document: str) -> list[str]:
    judgements = resolve(Extraction(Document(document, "x"), ENTITIES)).judgements
    assert {(it.verdict, it.judge, it.at) for it in judgements} == {("same", JUDGE, None)}
    return [it.right for it in judgements if "/doc/" in it.left or ":doc/" in it.left]


def test_full_names_and_places_share_a_key_over_documents() -> None:
    shared = [left for left, right in zip(_keys("d1"), _keys("d2"), strict=True) if left == right]
    assert [record.partition(".")[0] for record in shared] == [
        "urn:newskg:key/person/ada-lovell",
        "urn:newskg:key/city/arda",
        "urn:newskg:key/region/arda",
    ]


def test_a_surname_and_a_description_stay_in_their_document() -> None:
    keys = _keys("d1")
    assert keys[1].startswith("urn:newskg:key/person/lovell-")
    assert keys[4].startswith("urn:newskg:key/bombing/bombing-")


@settings(deadline=None)  # the first call reads the ontology
@given(st.text(alphabet=st.characters(exclude_categories=()), min_size=1, max_size=8), st.text(max_size=4))
def test_it_speaks_of_entities_as_the_mapping_does(document: str, entity: str) -> None:
    made = Extraction(Document(document, "x"), (Entity(f"e{entity}", "Person", "Ada"),))
    subjects = {quad.subject for quad in to_quads(made)}
    assert {f"<{it.left}>" for it in resolve(made).judgements} <= subjects


def test_an_office_that_is_nobodys_in_particular_goes_by_its_words() -> None:
    def key(document: str, *claims: Claim) -> str:
        office = Entity("e1", "Position", "president", named=False)
        found = Extraction(Document(document, "x"), (office, Entity("e2", "Country", "Norland")), (), claims)
        return resolve(found).judgements[0].right

    assert key("d1") == key("d2") == "urn:newskg:key/position/president"
    of_norland = Claim("e1", "positionAt", EntityRef("e2"), Span(0, 1))
    assert key("d1", of_norland) != key("d2", of_norland)
