"""What is known of a thing, found by any of its names."""

from kg.claims import Claim, EntityRef, Quantity, Source, Span
from kg.store import Iri
from tests.store.small import TEXT, extraction, store_of

WIRE = Source("northern-wire", "Northern Wire")
STORE = store_of(
    [
        extraction(
            1,
            None,
            "2024-01-03",
            WIRE,
            [Claim("e1", "killedBy", EntityRef("e6"), Span(0, 43), "2020", "e3", None, "alleged", 0.8)],
        ),
        extraction(
            2, None, "2024-01-02", None, [Claim("e1", "killedBy", EntityRef("e6"), Span(0, 43), stance="denied")]
        ),
        extraction(3, None, None, None, [Claim("e5", "deaths", Quantity(101, None, "more than 100"), Span(0, 43))]),
    ]
)


def test_a_thing_with_its_facts_and_their_sentences() -> None:
    (ada,) = STORE.show("Ada Lovell")
    assert (ada.iri, ada.name, ada.kind, ada.aliases) == (
        "urn:newskg:person/ada-lovell",
        "Ada Lovell",
        "Person",
        ("Lovell",),
    )
    (fact,) = ada.facts
    assert (fact.predicate, fact.outgoing, fact.other_name) == ("killedBy", True, "Red Hand")
    assert isinstance(fact.other, Iri)
    assert (fact.stances, fact.sources, fact.documents, fact.times) == (("alleged", "denied"), 2, 2, ("2020",))
    assert (fact.first_said, fact.last_said, fact.inferred) == ("2024-01-02", "2024-01-03", False)
    early, late = fact.quotes
    assert (early.text, early.document, early.source, early.stance) == (
        TEXT[:43],
        "urn:newskg:doc/0002",
        None,
        "denied",
    )
    assert (late.source, late.speaker, late.title, late.issued) == (
        "Northern Wire",
        "Bram Okoro",
        "Title 1",
        "2024-01-03",
    )
    assert TEXT[late.start : late.end] == late.text


def test_names_are_found_in_any_case_and_by_part() -> None:
    for name in ("ada lovell", "LOVELL", "Lovell", "da Lov", "urn:newskg:person/ada-lovell"):
        assert [thing.name for thing in STORE.show(name)] == ["Ada Lovell"], name
    assert STORE.show("Nobody") == STORE.show("") == STORE.show("urn:newskg:nobody") == []


def test_what_others_say_of_it_and_quantities_in_words() -> None:
    (hand,) = STORE.show("Red Hand")
    assert [(fact.outgoing, fact.other_name) for fact in hand.facts] == [(False, "Ada Lovell")]
    (bombing,) = STORE.show("Arda bombing")
    assert [(fact.other, fact.other_name) for fact in bombing.facts] == [(101, "101 or more")]
