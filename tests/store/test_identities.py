"""Key records that hang on the name that they share: they go where it goes, whoever comes and leaves."""

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from kg.claims import Claim, EntityRef, Extraction, Judgement, Span, Text, Verdict
from kg.clusters import Profile
from kg.mapping import to_nquads
from kg.store import Put, Store
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


def test_a_word_on_a_document_that_is_yet_to_come_takes_its_name_along() -> None:
    ahead = replace(SAME, left="urn:newskg:doc/0002/e3")
    store = store_of(DOCUMENTS[:2], [ahead])
    assert _things(store) == {BRAM}
    add(store, DOCUMENTS[2])
    assert _things(store) == {ADA}
    assert store.rebuild() == (0, 0)


def test_a_certain_judgement_is_one_triple_between_the_two() -> None:
    store = store_of(DOCUMENTS)
    rows = store.query(
        """SELECT ?key ?judge ?reason { GRAPH <urn:newskg:judgements> {
             <urn:newskg:doc/0001/e3> ?how ?key . ?how a kg:Grounds ; kg:judge ?judge ; kg:reason ?reason } }"""
    )
    ((key, judge, reason),) = [(row["key"], row["judge"], row["reason"]) for row in rows]
    assert str(key).startswith("urn:newskg:key/person/bram-okoro.")
    assert str(judge).startswith("machine:")
    found = [it for it in store.judgements() if it.left == "urn:newskg:doc/0001/e3"]
    assert found == [Judgement("urn:newskg:doc/0001/e3", str(key), "same", 1.0, (str(reason),), str(judge))]
    assert len(store.query("SELECT ?g { GRAPH ?in { ?g a kg:Grounds } }")) < len(DOCUMENTS)


KEYS = [f"urn:newskg:key/person/{name}" for name in ("ada", "ada-x", "bo", "bo.y", "cy", "cy-z", "di")]
ENTITIES = ("e1", "e3")
WIDER = dict.fromkeys((KEYS[1], KEYS[3]), "urn:newskg:key/person/a")
Verdicts = dict[tuple[str, str], tuple[Verdict, float] | None]


def _verdicts() -> st.SearchStrategy[Verdicts]:
    """What a machine would say of each two of the keys."""
    each: list[Verdict] = ["same", "same", "different", "unsure"]
    said = st.one_of(st.none(), st.tuples(st.sampled_from(each), st.sampled_from([0.5, 0.7, 0.9])))
    pairs = [(one, other) for one in KEYS for other in KEYS if one < other]
    return st.fixed_dictionaries(dict.fromkeys(pairs, said))


def _put(number: int, keys: list[str]) -> Put:
    """A document of which two entities are key records."""
    told = extraction(number, None, None, None, [Claim("e1", "spouse", EntityRef("e3"), HERE)])
    judged = [
        Judgement(f"urn:newskg:doc/{number:04x}/{entity}", key, "same", 1.0, ("told",), "machine:test/1")
        for entity, key in zip(ENTITIES, keys, strict=True)
    ]
    judged += [Judgement(it, WIDER[it], "same", 1.0, ("part",), "machine:test/1") for it in set(keys) & WIDER.keys()]
    block = frozenset({"all"})
    return Put(to_nquads(told), tuple(judged), tuple(Profile(key, "", block, block) for key in keys))


def _reviews() -> st.SearchStrategy[list[Judgement]]:
    """What persons may say of keys, and of entities that are here, yet to come or gone."""
    records = st.sampled_from([*KEYS, *(f"urn:newskg:doc/{at:04x}/{entity}" for at in range(5) for entity in ENTITIES)])
    pairs = st.tuples(records, records).filter(lambda pair: pair[0] != pair[1])
    each: list[Verdict] = ["same", "same", "different", "unsure", "withdrawn"]
    one = st.builds(
        lambda pair, verdict, at: Judgement(
            pair[0], pair[1], verdict, 1.0, (), "person:kim", f"2024-02-01T10:00:0{at}Z"
        ),
        pairs,
        st.sampled_from(each),
        st.integers(0, 9),
    )
    return st.lists(one, max_size=4, unique=True)


@settings(max_examples=16, deadline=None)
@given(
    _verdicts(), st.lists(st.lists(st.sampled_from(KEYS), min_size=2, max_size=2), max_size=5), _reviews(), st.data()
)
def test_whatever_is_judged_of_keys_a_change_makes_what_a_rebuild_makes(
    verdicts: Verdicts, told: list[list[str]], reviews: list[Judgement], data: st.DataObject
) -> None:
    def match(left: Profile, right: Profile) -> Judgement | None:
        one, other = sorted((left.record, right.record))
        said = verdicts[one, other]
        return Judgement(one, other, said[0], said[1], ("asked",), "machine:test/1") if said else None

    store = Store.memory()
    documents = [_put(number, keys) for number, keys in enumerate(told)]
    cut, ahead = data.draw(st.integers(0, len(documents))), data.draw(st.integers(0, len(reviews)))
    for group, said in ((documents[:cut], reviews[:ahead]), (documents[cut:], reviews[ahead:])):
        store.put_many(group, match)
        assert store.rebuild() == (0, 0)
        store.judge(said)
        assert store.rebuild() == (0, 0)
    whole = dumped(store)
    for number in data.draw(st.permutations(range(len(documents))))[:1]:
        store.withdraw(f"{number:04x}")
        assert store.rebuild() == (0, 0)
        store.put_many([documents[number]], match)
        assert dumped(store) == whole
