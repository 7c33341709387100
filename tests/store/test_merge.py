"""The merged view is a pure function of evidence and judgements, whatever the order and whatever came and went."""

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.claims import Claim, EntityRef, Extraction, Judgement, Quantity, Span
from kg.resolution import match
from kg.store import Store
from tests.store.small import QUANTITIES, REPORTS, add, dumped, extraction, put, store_of
from tests.store.strategies import batches

PERSON = "person:kim"
RECORDS = (
    "urn:newskg:key/person/ada-lovell",
    "urn:newskg:key/person/bram-okoro",
    "urn:newskg:key/bombing/arda-bombing",
    "urn:newskg:key/person/smith",
    "urn:newskg:key/person/john-smith",
    "urn:newskg:key/city/arda",
    "urn:newskg:doc/0000/e1",
    "urn:newskg:doc/0000/e4",
    "urn:newskg:doc/0001/e1",
    "urn:newskg:doc/0001/e3",
    "urn:newskg:doc/0001/e5",
    "urn:newskg:doc/0002/e7",
)


def reviews() -> st.SearchStrategy[list[Judgement]]:
    """What persons might judge, contradictions included."""
    pairs = st.tuples(st.sampled_from(RECORDS), st.sampled_from(RECORDS)).filter(lambda pair: pair[0] != pair[1])
    one = st.builds(
        lambda pair, verdict, at: Judgement(pair[0], pair[1], verdict, 1.0, ("looked",), PERSON, at),
        pairs,
        st.sampled_from(["same", "same", "different", "unsure"]),
        st.sampled_from(["2024-02-01T10:00:00Z", "2024-02-02T10:00:00Z"]),
    )
    return st.lists(one, max_size=4, unique=True)


@settings(max_examples=20, deadline=None)
@given(batches(), st.data())
def test_order_and_batches_do_not_matter(documents: list[Extraction], data: st.DataObject) -> None:
    expected = dumped(store_of(documents))
    shuffled = data.draw(st.permutations(documents))
    cut = data.draw(st.integers(0, len(shuffled)))
    store = Store.memory()
    store.put_many([put(it) for it in shuffled[:cut]], match)
    store.put_many([put(it) for it in shuffled[cut:]], match)
    assert dumped(store) == expected
    assert store.rebuild() == (0, 0)
    assert dumped(store) == expected


@settings(max_examples=20, deadline=None)
@given(batches(), st.data())
def test_a_withdrawn_document_leaves_nothing(documents: list[Extraction], data: st.DataObject) -> None:
    gone = data.draw(st.sets(st.sampled_from([it.document.id for it in documents]), min_size=1))
    store = store_of(data.draw(st.permutations(documents)))
    for identifier in sorted(gone):
        assert store.withdraw(identifier) == [identifier]
    assert dumped(store) == dumped(store_of([it for it in documents if it.document.id not in gone]))
    assert store.rebuild() == (0, 0)


@settings(max_examples=20, deadline=None)
@given(batches(4), batches(4), reviews(), st.data())
def test_with_judgements_of_persons_in_between(
    first: list[Extraction], again: list[Extraction], judged: list[Judgement], data: st.DataObject
) -> None:
    # Documents of `again` have the ids of `first`: they are put in anew, with other claims.
    steps = data.draw(st.permutations([*first, *judged, "withdraw", *again]))
    store, present = Store.memory(), {}
    for step in steps:
        if isinstance(step, Extraction):
            add(store, step)
            present[step.document.id] = step
        elif isinstance(step, Judgement):
            store.judge([step])
        elif present:
            present.pop(store.withdraw(min(present))[0])
        assert store.rebuild() == (0, 0)
    assert dumped(store) == dumped(store_of(list(present.values()), judged))
    assert not store.check().findings


def _ask(store: Store, pattern: str) -> bool:
    return bool(store.query(f"ASK {{ {pattern} }}"))


ADA, BRAM, BLAST, HAND = "<urn:newskg:person/ada-lovell>", "<urn:newskg:person/bram-okoro>", "?e", "?g"


def _claim(subject: str, predicate: str, other: str, stance: str = "asserted") -> Claim:
    return Claim(subject, predicate, EntityRef(other), Span(0, 43), stance=stance)  # type: ignore[arg-type]


def test_two_documents_make_one_fact_with_two_sources() -> None:
    said = [_claim("e1", "spouse", "e3")]
    store = store_of(
        [
            extraction(1, "https://a.example/1", "2024-01-03", None, said),
            extraction(2, "https://www.a.example/2", "2024-01-02", None, said),
            extraction(3, "https://b.example/3", "2024-01-04T08:00:00Z", None, said),
        ]
    )
    (row,) = store.query(
        """SELECT ?sources ?documents ?first ?last (COUNT(?c) AS ?claims) {
             ?f rdf:subject ?s ; rdf:predicate kg:spouse ; rdf:object ?o ; kg:sources ?sources ;
                kg:documents ?documents ; kg:firstSaid ?first ; kg:lastSaid ?last ; kg:claim ?c }
           GROUP BY ?sources ?documents ?first ?last""",
        {"s": "<urn:newskg:person/ada-lovell>", "o": "<urn:newskg:person/bram-okoro>"},
    )
    assert dict(row) == {
        "sources": 2,
        "documents": 3,
        "first": "2024-01-02",
        "last": "2024-01-04T08:00:00Z",
        "claims": 3,
    }


def test_a_rumour_is_a_fact_without_a_plain_triple() -> None:
    store = store_of([extraction(1, None, None, None, [_claim("e1", "killedBy", "e6", "alleged")])])
    assert not _ask(store, "?s kg:killedBy ?o")
    assert _ask(store, '?f rdf:predicate kg:killedBy ; kg:stance "alleged"')


def test_a_disputed_fact_has_both_stances() -> None:
    said = [_claim("e1", "killedBy", "e6"), _claim("e1", "killedBy", "e6", "denied")]
    store = store_of([extraction(1, None, None, None, said)])
    assert _ask(store, "?s kg:killedBy ?o")
    assert _ask(store, '?f kg:stance "asserted", "denied"')


def test_what_follows_by_the_chain_is_marked_and_goes_with_its_reasons() -> None:
    one = extraction(1, None, None, None, [_claim("e2", "killedBy", "e5")])
    other = extraction(2, None, None, None, [_claim("e5", "carriedOutBy", "e6")])
    store = store_of([one, other])
    assert _ask(store, f"{ADA} kg:killedBy <urn:newskg:armed-group/red-hand>")
    assert len(store.query("SELECT ?p { ?f kg:inferred true ; prov:wasDerivedFrom ?p }")) == 2
    store.withdraw("0002")
    assert not _ask(store, "?f kg:inferred true")
    assert not _ask(store, f"{ADA} kg:killedBy <urn:newskg:armed-group/red-hand>")


def test_a_later_version_drops_what_it_no_longer_says() -> None:
    url = "https://a.example/story"
    early = extraction(
        1, url, "2024-01-03T10:00:00Z", None, [_claim("e1", "spouse", "e3"), _claim("e5", "happenedIn", "e7")]
    )
    late = extraction(2, url, "2024-01-03T13:00:00+01:00", None, [_claim("e5", "happenedIn", "e7")])
    for order in ([early, late], [late, early]):
        store = store_of(order)
        assert not _ask(store, f"{ADA} ?p ?o")
        assert _ask(store, "?e kg:happenedIn ?c")
        assert _ask(store, "<urn:newskg:doc/0002> dcterms:replaces <urn:newskg:doc/0001>")
        assert _ask(store, "GRAPH <urn:newskg:doc/0001> { ?c rdf:predicate kg:spouse }")
    assert store.withdraw(url) == ["0001", "0002"]
    assert dumped(store) == dumped(Store.memory())


def test_a_quantity_gives_its_lower_bound_and_an_upper_bound_alone_gives_nothing() -> None:
    more, exact, upto, _ = QUANTITIES
    for quantities, plain, facts in (([more, exact], 1, 2), ([upto], 0, 1), ([upto, Quantity(5, 9, "5 to 9")], 1, 2)):
        said = [Claim("e5", "deaths", quantity, Span(0, 43)) for quantity in quantities]
        store = store_of([extraction(1, None, None, None, said)])
        assert len(store.query("SELECT ?n { ?e kg:deaths ?n }")) == plain
        assert len(store.query("SELECT ?f { ?f rdf:predicate kg:deaths }")) == facts


def test_the_most_used_name_is_the_label() -> None:
    plain = [extraction(number, None, None, None, [_claim("e1", "spouse", "e3")]) for number in (1, 2)]
    titled = extraction(3, None, None, None, [_claim("e3", "spouse", "e2")])
    store = store_of([titled, *plain])
    assert store.query("SELECT ?l { ?s rdfs:label ?l }", {"s": ADA}).rows[0]["l"] == "Ada Lovell"
    names = {row["a"] for row in store.query("SELECT ?a { ?s skos:altLabel ?a }", {"s": ADA})}
    assert names == {"Lovell", "Dr. Ada Lovell"}
    store.withdraw("0001")
    store.withdraw("0002")
    assert store.query("SELECT ?l { ?s rdfs:label ?l }", {"s": ADA}).rows[0]["l"] == "Dr. Ada Lovell"


def test_persons_join_and_part() -> None:
    store = store_of([extraction(1, None, None, None, [_claim("e1", "spouse", "e3"), _claim("e3", "killedBy", "e6")])])
    at = "2024-02-01T10:00:00Z"
    same = Judgement(RECORDS[0], RECORDS[1], "same", 1.0, ("one person",), PERSON, at)
    store.judge([same])
    assert _ask(store, f"{ADA} kg:killedBy ?g")
    assert _ask(store, f"{BRAM} dcterms:isReplacedBy {ADA}")
    # Nobody is married to themselves.
    assert not _ask(store, "?a kg:spouse ?b")
    store.judge([Judgement(RECORDS[1], RECORDS[0], "different", 1.0, (), PERSON, "2024-02-02T10:00:00Z")])
    assert _ask(store, f"{BRAM} kg:killedBy ?g")
    assert _ask(store, f"{ADA} kg:spouse {BRAM}")


def test_an_old_version_says_nothing_when_a_copy_of_it_comes() -> None:
    url, said = "https://a.example/story", [_claim("e1", "spouse", "e3")]
    old = extraction(2, url, "2024-01-03", None, said, REPORTS[0])
    new = extraction(3, url, "2024-01-05", None, [], REPORTS[4])
    copy = extraction(1, None, "2024-01-02", None, [], REPORTS[0])
    store = store_of([old, new, copy])
    assert _ask(store, "<urn:newskg:doc/0002> kg:copyOf <urn:newskg:doc/0001>")
    assert not _ask(store, "?a kg:spouse ?b")
    assert store.rebuild() == (0, 0)


def test_what_a_person_said_of_an_entity_that_comes_may_part_the_cluster_that_it_joins() -> None:
    # The blasts are one to the machine. A person joined the first with somebody from whom the second was kept apart.
    first = extraction(2, None, None, None, [_claim("e5", "carriedOutBy", "e6"), _claim("e1", "spouse", "e3")])
    second = extraction(1, None, None, None, [_claim("e5", "happenedIn", "e7"), _claim("e7", "locatedIn", "e8")])
    bram = next(it.right for it in put(first).judgements if it.left.endswith("/e3"))
    apart, joined = (("urn:newskg:doc/0001/e5", "different"), ("urn:newskg:doc/0002/e5", "same"))
    reviews = [Judgement(bram, it, verdict, 1.0, (), PERSON, "2024-02-01") for it, verdict in (apart, joined)]  # type: ignore[arg-type]
    store = store_of([first], reviews)
    redirected = f"<{bram.replace('key/', '')}> dcterms:isReplacedBy <urn:newskg:bombing/arda-bombing>"
    assert _ask(store, redirected)
    add(store, second)
    assert not _ask(store, redirected)
    assert store.rebuild() == (0, 0)


def test_what_is_alleged_and_follows_is_only_alleged_when_it_follows_no_more() -> None:
    # One paper alleges that she married him, another asserts that he married her, which makes it so.
    alleged = extraction(1, None, None, None, [_claim("e1", "spouse", "e3", "alleged")])
    asserted = extraction(2, None, None, None, [_claim("e3", "spouse", "e1")])
    store = store_of([alleged, asserted])
    assert _ask(store, "?she rdfs:label 'Ada Lovell' ; kg:spouse ?he")
    store.withdraw("0002")
    assert not _ask(store, "?fact rdf:predicate kg:spouse ; kg:stance 'asserted'")
    # Nor does the next report of it make a rumour a plain triple.
    add(store, extraction(3, None, None, None, [_claim("e1", "spouse", "e3", "alleged")]))
    assert not _ask(store, "?she kg:spouse ?he")
    assert store.rebuild() == (0, 0)
