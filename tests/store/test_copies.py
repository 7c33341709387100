"""Papers that print one report are one source; whoever comes and goes."""

from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from kg.claims import Claim, EntityRef, Extraction, Source, Span
from kg.store import Store
from tests.store.small import REPORTS, TEXT, add, dumped, extraction, store_of
from tests.store.strategies import batches

SAID = [Claim("e1", "spouse", EntityRef("e3"), Span(0, 43))]
WIRE, NEXT, FAR, FARTHER, OTHER = REPORTS


def printed(number: int, paper: str, text: str) -> Extraction:
    return extraction(number, f"https://{paper}.example/{number}", None, Source(paper, paper.title()), SAID, text)


def on(report: Extraction, day: str) -> Extraction:
    return replace(report, document=replace(report.document, published=day))


def sources(store: Store) -> int:
    (row,) = store.query("SELECT ?n { ?f rdf:predicate kg:spouse ; kg:claim ?c ; kg:sources ?n } LIMIT 1")
    return int(str(row["n"]))


def copies(store: Store) -> set[tuple[str, str]]:
    found = store.query("SELECT ?a ?b { ?a kg:copyOf ?b }")
    return {(str(row["a"])[-4:], str(row["b"])[-4:]) for row in found}


def test_two_papers_with_one_report_are_one_source() -> None:
    store = store_of([printed(1, "lamp", WIRE), printed(2, "bell", WIRE + " The paper adds this.")])
    assert (sources(store), copies(store)) == (1, {("0002", "0001")})
    add(store, printed(3, "horn", OTHER))
    assert sources(store) == 2


def test_who_prints_a_report_of_others_and_writes_of_its_own_stands_behind_its_own() -> None:
    store = store_of([printed(1, "lamp", WIRE), printed(2, "bell", WIRE)])
    assert sources(store) == 1
    add(store, printed(3, "bell", OTHER))
    assert sources(store) == 2
    add(store, printed(4, "bell", TEXT))
    assert sources(store) == 2


def test_a_report_is_of_who_published_it_first() -> None:
    wire, paper = (printed(2, "lamp", WIRE), "2031-05-01"), (printed(1, "bell", WIRE), "2031-05-02")
    own = printed(3, "bell", OTHER)
    for order in permutations([on(*wire), on(*paper), own]):
        store = store_of(list(order))
        assert (sources(store), copies(store)) == (2, {("0001", "0002")})
    add(store, on(wire[0], "2031-05-03"))
    assert (sources(store), copies(store)) == (1, {("0002", "0001")})
    assert store.rebuild() == (0, 0)


def test_a_report_that_turns_out_to_be_of_another_publisher_is_the_others_in_all_copies() -> None:
    store = store_of([printed(1, "lamp", WIRE), printed(2, "bell", WIRE), printed(3, "horn", OTHER)])
    assert sources(store) == 2
    add(store, printed(1, "horn", WIRE))
    assert sources(store) == 1
    assert store.rebuild() == (0, 0)


def test_short_notes_are_never_copies() -> None:
    store = store_of([printed(1, "lamp", TEXT), printed(2, "bell", TEXT)])
    assert (sources(store), copies(store)) == (2, set())


def test_a_chain_of_edited_copies_holds_together_until_a_link_goes() -> None:
    chain = [printed(4, "a", WIRE), printed(3, "b", NEXT), printed(2, "c", FAR), printed(1, "d", FARTHER)]
    for order in permutations(chain):
        store = store_of(list(order))
        assert (sources(store), copies(store)) == (1, {("0002", "0001"), ("0003", "0001"), ("0004", "0001")})
        assert store.rebuild() == (0, 0)
    store.withdraw("0003")
    assert (sources(store), copies(store)) == (2, {("0002", "0001")})
    add(store, printed(3, "b", OTHER))
    assert (sources(store), copies(store)) == (3, {("0002", "0001")})
    assert store.rebuild() == (0, 0)
    assert not store.check().findings


@settings(max_examples=30, deadline=None)
@given(batches(), batches(), st.data())
def test_what_comes_and_goes_leaves_the_view_of_what_is_there(
    first: list[Extraction], again: list[Extraction], data: st.DataObject
) -> None:
    store, present = Store.memory(), {}
    for each in data.draw(st.permutations([*first, *again, "withdraw", "withdraw"])):
        if isinstance(each, Extraction):
            add(store, each)
            present[each.document.id] = each
        elif present:
            present.pop(store.withdraw(max(present))[0])
        assert store.rebuild() == (0, 0)
    assert dumped(store) == dumped(store_of(list(present.values())))
