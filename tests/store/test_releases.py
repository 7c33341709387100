"""A claim that was refused counts once a person releases it, wherever and whenever that is, and until it is undone."""

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.claims import Claim, EntityRef, Extraction, Quantity, Span
from kg.errors import StoreError, UsageError
from kg.mapping import check_shapes
from kg.store import Release, Store
from kg.store.review import join, release, undo
from tests.store.small import add, dumped, extraction, store_of
from tests.store.strategies import batches

KIM, LEE = "person:kim", "person:lee"
# Nobody is born in a bombing, nor does an armed group have a toll.
MISFITS = (
    Claim("e1", "bornIn", EntityRef("e5"), Span(0, 43)),
    Claim("e6", "deaths", Quantity(3, 3, "three"), Span(4, 43), stance="alleged"),
    Claim("e3", "bornIn", EntityRef("e6"), Span(0, 43), time="2020"),
)
SAID = [Claim("e1", "spouse", EntityRef("e3"), Span(0, 43)), *MISFITS]
BORN = "ASK { <urn:newskg:person/ada-lovell> kg:bornIn <urn:newskg:bombing/arda-bombing> }"


def _document(number: int = 1, published: str = "2024-01-03", claims: Iterable[Claim] = SAID) -> Extraction:
    return extraction(number, f"https://a.example/{number}", published, None, list(claims))


def _ids(document: Extraction) -> list[str]:
    return [it.where for it in check_shapes(document)]


def _iri(document: Extraction, number: int) -> str:
    return f"urn:newskg:doc/{document.document.id}/{_ids(document)[number]}"


def _is(store: Store, question: str) -> bool:
    return bool(store.query(question))


def test_a_refused_claim_counts_for_nothing_and_is_listed_with_what_it_says() -> None:
    store = store_of([_document()])
    assert not _is(store, BORN)
    assert store.refused() == sorted(f"<{_iri(_document(), number)}>" for number in range(3))
    checked = store.check()
    assert checked
    assert checked.claims == 1
    found = {it.id: it for it in checked.quarantined}
    born = found[_ids(_document())[0]]
    assert (born.document, born.reason) == ("urn:newskg:doc/0001", "bornIn: does not join Person and Bombing")
    assert (born.says, born.quote) == (
        "Ada Lovell — born in — Arda bombing",
        "Ada Lovell was killed by a bombing in Arda.",
    )
    assert born.released_by == ()
    assert found[_ids(_document())[1]].says == "Red Hand — deaths — three"


def test_released_it_counts_as_any_claim_and_tells_by_whom() -> None:
    store = store_of([_document()])
    decision = release(store, _ids(_document())[:1], KIM, "the registry has it so")
    (said,) = decision.releases
    assert (said.claim, said.judge, said.reasons) == (_iri(_document(), 0), KIM, ("the registry has it so",))
    assert _is(store, BORN)
    assert _is(store, 'ASK { ?f rdf:predicate kg:bornIn ; kg:releasedBy "person:kim" ; kg:claim ?c }')
    assert _is(store, 'ASK { GRAPH <urn:newskg:judgements> { ?it a kg:Release ; kg:judge "person:kim" } }')
    (thing,) = store.show("Ada Lovell")
    (born,) = (fact for fact in thing.facts if fact.predicate == "bornIn")
    assert [quote.released_by for quote in born.quotes] == [("kim",)]
    checked = store.check()
    assert checked
    assert {it.id: it.released_by for it in checked.quarantined}[_ids(_document())[0]] == ("kim",)
    assert store.rebuild() == (0, 0)


def test_a_released_toll_keeps_its_stance() -> None:
    store = store_of([_document()])
    release(store, [_iri(_document(), 1)], KIM)
    assert _is(store, 'ASK { ?f rdf:predicate kg:deaths ; kg:stance "alleged" ; kg:releasedBy ?p }')
    assert not _is(store, "ASK { ?group kg:deaths ?toll }")


def test_what_can_not_be_released() -> None:
    store = store_of([_document()])
    for words in ("c1", "e1", "r0000000000", "urn:newskg:doc/0001/c1", ""):
        with pytest.raises(UsageError, match="no claim that was refused"):
            release(store, [words], KIM)
    with pytest.raises(UsageError, match="Tell who decides"):
        release(store, _ids(_document())[:1], " ")
    release(store, _ids(_document())[:1], KIM)
    with pytest.raises(UsageError, match="released already"):
        release(store, _ids(_document())[:1], KIM)
    with pytest.raises(StoreError, match="persons"):
        store.release([Release(_iri(_document(), 0), "released", "machine:x", "2024-02-01T10:00:00Z")])
    with pytest.raises(StoreError, match="none"):
        store.release([Release("no iri", "released", KIM, "2024-02-01T10:00:00Z")])


def test_undo_takes_back_the_last_step_whatever_it_was() -> None:
    store = store_of([_document(), _document(2)])
    before = store.dump()
    release(store, _ids(_document())[:2], KIM)
    between = store.dump()
    join(store, "Ada Lovell", "Bram Okoro", KIM)
    undo(store, KIM)
    assert _is(store, BORN)
    decision = undo(store, KIM)
    assert [it.verdict for it in decision.releases] == ["withdrawn", "withdrawn"]
    assert not _is(store, BORN)
    assert _merged(store) == _merged_lines(before) != _merged_lines(between)
    with pytest.raises(UsageError, match="nothing that could be undone"):
        undo(store, KIM)
    # What was taken back can be released again.
    release(store, _ids(_document())[:1], KIM)
    assert _is(store, BORN)


def test_what_two_released_stays_until_both_take_it_back() -> None:
    store = store_of([_document()])
    release(store, _ids(_document())[:1], KIM)
    release(store, _ids(_document())[:1], LEE)
    undo(store, KIM)
    assert _is(store, BORN)
    assert _is(store, 'ASK { ?f kg:releasedBy "person:lee" FILTER NOT EXISTS { ?f kg:releasedBy "person:kim" } }')
    undo(store, LEE)
    assert not _is(store, BORN)
    assert store.rebuild() == (0, 0)


def test_it_goes_with_its_document_and_comes_with_it() -> None:
    store = store_of([_document(), _document(2, claims=SAID[:1])])
    release(store, _ids(_document())[:1], KIM)
    store.withdraw("0001")
    assert not _is(store, BORN)
    assert not _is(store, "ASK { ?f kg:releasedBy ?p }")
    assert store.check()
    # Read anew, by a reader that finds other claims before it.
    add(store, _document(claims=[SAID[0], *SAID]))
    assert _is(store, BORN)
    assert store.rebuild() == (0, 0)


def test_a_later_version_drops_what_was_released_too() -> None:
    store = store_of([_document()])
    release(store, _ids(_document())[:1], KIM)
    newer = extraction(2, "https://a.example/1", "2024-01-05", None, SAID[:1])
    add(store, newer)
    assert not _is(store, BORN)
    assert ("dropped", "born in") in {(it.what, it.predicate) for it in store.changes()}
    assert _is(store.as_of("2024-01-04"), BORN)


def _merged(store: Store) -> list[str]:
    return _merged_lines(store.dump())


def _merged_lines(dump: str) -> list[str]:
    return [line for line in dump.splitlines() if "newskg:judgements> ." not in line]


def _releases(documents: list[Extraction]) -> st.SearchStrategy[list[Release]]:
    claims = [f"urn:newskg:doc/{it.document.id}/{where}" for it in documents for where in _ids(it)]
    one = st.builds(
        Release,
        st.sampled_from(claims or ["urn:newskg:doc/0000/r0000000000"]),
        st.sampled_from(["released", "released", "withdrawn"]),
        st.sampled_from([KIM, LEE]),
        st.sampled_from(["2024-02-01T10:00:00Z", "2024-02-02T10:00:00Z", "2024-02-03T10:00:00Z"]),
    )
    return st.lists(one, max_size=4, unique=True)


def _with_misfits(documents: list[Extraction]) -> list[Extraction]:
    return [
        extraction(
            number,
            it.document.url,
            it.document.published,
            it.document.source,
            [*it.claims, MISFITS[number % 3]],
            it.document.text,
        )
        for number, it in enumerate(documents)
    ]


@settings(max_examples=20, deadline=None)
@given(batches().map(_with_misfits), st.data())
def test_before_or_after_its_document_is_all_one(documents: list[Extraction], data: st.DataObject) -> None:
    releases = data.draw(_releases(documents))
    steps: list[Extraction | Release | str] = data.draw(st.permutations([*documents, *releases, "withdraw"]))
    store, present = Store.memory(), {}
    for step in steps:
        if isinstance(step, Extraction):
            add(store, step)
            present[step.document.id] = step
        elif isinstance(step, Release):
            store.release([step])
        elif present:
            present.pop(store.withdraw(min(present))[0])
        assert store.rebuild() == (0, 0)
    plain = store_of(list(present.values()))
    plain.release(releases)
    assert dumped(store) == dumped(plain)
    assert not store.check().findings
