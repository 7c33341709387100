"""A person's word on who is who: what it makes of the graph, and that it can be taken back."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.claims import Claim, EntityRef, Extraction, Judgement, Mention, Span
from kg.clusters import Profile
from kg.errors import StoreError, UsageError
from kg.mapping import to_nquads
from kg.resolution import match
from kg.store import AmbiguousError, Store
from kg.store.review import decide, join, questions, split, stands, undo
from tests.store.small import SOURCES, TEXT, add, dumped, extraction, put, store_of
from tests.store.strategies import batches

KIM, LEE = "person:kim", "person:lee"
BRAM, BRAMM, ADA = (f"urn:newskg:person/{name}" for name in ("bram-okoro", "bramm-okoro", "ada-lovell"))
SPOUSE = Claim("e3", "spouse", EntityRef("e1"), Span(0, 43))


def doubtful(left: Profile, right: Profile) -> Judgement | None:
    """A machine that is unsure of all who are called Okoro, more so of those with an initial."""
    one, other = sorted((left.record, right.record))
    if "okoro" not in one or "okoro" not in other:
        return None
    return Judgement(one, other, "unsure", 0.3 if "-k-" in one + other else 0.4, ("an Okoro too",), "machine:doubt/1")


def contrary(left: Profile, right: Profile) -> Judgement | None:
    """A machine that holds those with an initial to be somebody else."""
    found = doubtful(left, right)
    if found is None or "-k-" not in found.left + found.right:
        return None
    return Judgement(found.left, found.right, "different", 0.0, ("an initial",), "machine:doubt/1")


def _called(*names: str, judge: object = doubtful) -> Store:
    store = Store.memory()
    for number, name in enumerate(names, 1):
        source = SOURCES[number % 3]
        made = extraction(number, None, f"2024-01-{number:02d}", source, [SPOUSE], called=name)
        store.put(*put(made), match=judge)  # type: ignore[arg-type]
    return store


def _view(store: Store) -> list[str]:
    """The merged view and all that is kept beside it; not what was judged."""
    return [line for line in dumped(store) if not line.endswith("newskg:judgements> .")]


def _people(store: Store) -> set[str]:
    return {str(row["p"]) for row in store.query("SELECT ?p { ?p a kg:Person }")} - {ADA}


# --- questions -------------------------------------------------------------------------------------------------------


def test_a_question_tells_both_sides_with_their_sentences() -> None:
    (asked,) = questions(_called("Bram Okoro", "Bram Okoro", "Bramm Okoro"))
    assert (asked.score, asked.reasons, asked.against) == (0.4, ("an Okoro too",), ())
    left, right = asked.left, asked.right
    assert (left.called, left.name, left.kind) == ("Bram Okoro", "Bram Okoro", "Person")
    assert (left.documents, left.thing) == (2, BRAM)
    assert (right.called, right.documents, right.thing) == ("Bramm Okoro", 1, BRAMM)
    (quote,) = right.quotes
    assert (quote.text, quote.source, quote.issued) == (TEXT[:43], None, "2024-01-03")


def test_most_documents_come_first_and_then_the_likelier() -> None:
    store = _called("Bram Okoro", "Bramm Okoro", "Bram K. Okoro", "Bramm Okoro")
    order = [(it.left.called, it.right.called) for it in questions(store)]
    assert order == [
        ("Bram Okoro", "Bramm Okoro"),
        ("Bram K. Okoro", "Bramm Okoro"),
        ("Bram K. Okoro", "Bram Okoro"),
    ]
    about = [(it.left.called, it.right.called) for it in questions(store, "Bram K. Okoro")]
    assert about == order[1:]
    with pytest.raises(UsageError, match="Nothing is called"):
        questions(store, "Nobody")


def test_a_name_without_claims_shows_where_it_stands() -> None:
    store = Store.memory()
    for number, name in enumerate(("Bram Okoro", "Bramm Okoro")):
        text = f"The square was full. It was {name} who spoke first. Nobody else did."
        made = extraction(number, None, None, None, [], text)
        entity = extraction(number, None, None, None, [SPOUSE], called=name).entities[1]
        place = text.index(name)
        made = Extraction(made.document, (entity,), (Mention(Span(place, place + len(name)), "e3", "name"),))
        store.put(*put(made), match=doubtful)
    (asked,) = questions(store)
    assert [quote.text for quote in asked.left.quotes] == ["It was Bram Okoro who spoke first."]
    (quote,) = asked.right.quotes
    assert quote.text == "It was Bramm Okoro who spoke first."


def test_what_was_answered_is_not_asked_again() -> None:
    for verdict in ("same", "different", "unsure"):
        store = _called("Bram Okoro", "Bramm Okoro")
        (asked,) = questions(store)
        assert stands(store, asked)
        decide(store, asked, verdict, KIM)
        assert list(questions(store)) == []
        assert len(list(questions(store, again=True))) == (verdict == "unsure")
        assert stands(store, asked) == (verdict != "same")
        undo(store, KIM)
        assert len(list(questions(store))) == 1


def test_a_decision_counts_for_the_questions_that_follow() -> None:
    store = _called("Bram Okoro", "Bramm Okoro", "Bram K. Okoro")
    asked = []
    for question in questions(store):
        asked.append((question.left.called, question.right.called))
        decide(store, question, "same", KIM)
    assert len(asked) == 2
    assert len(_people(store)) == 1


def test_a_same_overrules_what_machines_hold_against_it() -> None:
    store = _called("Bram Okoro", "Bram K. Okoro", judge=contrary)
    found = join(store, "Bram Okoro", "Bram K. Okoro", KIM)
    assert len(_people(store)) == 1
    assert found.conflicts == ()
    assert len({thing.iri for thing in found.things}) == 1


# --- join, split, undo -----------------------------------------------------------------------------------------------


def test_join_split_and_undo_give_the_graphs_that_they_had() -> None:
    store = _called("Bram Okoro", "Bramm Okoro", "Bram Okoro")
    apart = _view(store)
    join(store, "Bram Okoro", "Bramm Okoro", KIM, "her own account")
    joined = _view(store)
    assert _people(store) == {BRAM}
    assert store.query("ASK { ?old dcterms:isReplacedBy ?new }", {"old": f"<{BRAMM}>", "new": f"<{BRAM}>"})
    for one, other in (("Bram Okoro", "Bramm Okoro"), (BRAM, BRAMM)):
        split(store, one, other, KIM)
        assert _view(store) == apart
        undo(store, KIM)
        assert _view(store) == joined
    split(store, "Bram Okoro", "Bramm Okoro", KIM)
    join(store, BRAM, BRAMM, KIM)
    assert _view(store) == joined
    undo(store, KIM)
    assert _view(store) == apart
    undo(store, KIM)
    assert _view(store) == joined
    undo(store, KIM)
    assert _view(store) == apart
    with pytest.raises(UsageError, match="kim has decided nothing"):
        undo(store, KIM)
    assert store.rebuild() == (0, 0)
    assert store.check()
    assert {"her own account"} == {reason for it in store.reviews() for reason in it.reasons}


def test_what_machines_joined_is_split_by_names_and_joined_again() -> None:
    names = ("Bram Okoro", "Bramm Okoro", "Bram K. Okoro", "Bramm Okoro")
    store = _called(*names, judge=match)
    joined = _view(store)
    assert len(_people(store)) == 1
    found = split(store, "Bram Okoro", "Bramm Okoro", KIM)
    assert len({thing.iri for thing in found.things}) == 2
    assert len(_people(store)) == 2
    parted = _view(store)
    join(store, "Bram Okoro", "Bramm Okoro", KIM)
    assert _view(store) == joined
    undo(store, KIM)
    assert _view(store) == parted
    undo(store, KIM)
    assert _view(store) == joined
    assert store.rebuild() == (0, 0)


def test_an_entity_of_a_document_leaves_and_comes_back() -> None:
    store = _called("Bram Okoro", "Bram Okoro", "Bramm Okoro")
    before, entity = _view(store), "urn:newskg:doc/0002/e3"
    found = split(store, entity, "Bram Okoro", KIM)
    assert [thing.documents for thing in found.things] == [1, 1]
    assert found.conflicts == ()
    (lone,) = _people(store) - {BRAM, BRAMM}
    assert lone.startswith(f"{BRAM}.")
    join(store, entity, BRAMM, KIM)
    assert _people(store) == {BRAM, BRAMM}
    split(store, entity, BRAMM, KIM)
    assert _people(store) == {BRAM, BRAMM, lone}
    join(store, lone, BRAM, KIM)
    assert _view(store) == before
    split(store, entity, "urn:newskg:doc/0001/e3", KIM)
    assert len(_people(store)) == 3
    assert store.rebuild() == (0, 0)


def test_a_split_binds_what_is_apart_already() -> None:
    store = _called("Bram Okoro", "Bramm Okoro")
    before = _view(store)
    split(store, "Bram Okoro", "Bramm Okoro", KIM)
    assert _view(store) == before
    assert list(questions(store)) == []


def test_a_contradiction_is_told_and_not_guessed() -> None:
    store = _called("Bram Okoro", "Bramm Okoro", "Bram K. Okoro")
    middle = "urn:newskg:person/bram-k-okoro"
    split(store, BRAM, BRAMM, KIM)
    assert join(store, BRAM, middle, LEE).conflicts == ()
    found = join(store, "Bram K. Okoro", BRAMM, KIM)
    assert len(_people(store)) == 2
    (conflict,) = found.conflicts
    assert [it.partition(".")[0] for it in conflict.apart] == [
        it.replace("person", "key/person") for it in (BRAM, BRAMM)
    ]
    assert store.check().conflicts == found.conflicts
    # Whose word the contradiction hangs on can overrule it.
    found = join(store, *conflict.apart, KIM)
    assert found.conflicts == store.check().conflicts == ()
    assert len(_people(store)) == 1
    assert store.rebuild() == (0, 0)


def test_two_persons_who_disagree_are_told_so_and_the_two_stay_apart_until_one_gives_way() -> None:
    store = _called("Bram Okoro", "Bramm Okoro")
    apart = _view(store)
    assert split(store, BRAM, BRAMM, LEE).conflicts == ()
    found = join(store, BRAM, BRAMM, KIM)
    assert _view(store) == apart
    (conflict,) = found.conflicts
    assert (conflict.same, conflict.different) == ((KIM,), (LEE,))
    assert (conflict.left, conflict.right) == conflict.apart
    assert store.check().conflicts == found.conflicts
    # Nor does it help to say it once more, later than the other.
    assert join(store, BRAM, BRAMM, KIM).conflicts == found.conflicts
    assert join(store, BRAM, BRAMM, LEE).conflicts == store.check().conflicts == ()
    assert _people(store) == {BRAM}
    undo(store, LEE)
    assert store.check().conflicts == found.conflicts
    assert split(store, BRAM, BRAMM, KIM).conflicts == store.check().conflicts == ()
    assert _view(store) == apart
    assert store.rebuild() == (0, 0)


def test_names_must_tell_what_is_meant() -> None:
    store = _called("Bram Okoro", "Bramm Okoro")
    add(store, extraction(9, None, None, None, [SPOUSE], called="Lovell"))
    with pytest.raises(AmbiguousError, match="may mean 2 things") as several:
        join(store, "Lovell", "Bram Okoro", KIM)
    assert {it.name for it in several.value.candidates} == {"Ada Lovell", "Lovell"}
    with pytest.raises(AmbiguousError, match="name of nothing") as part:
        join(store, "Bram", "Bramm Okoro", KIM)
    assert {it.iri for it in part.value.candidates} == {BRAM, BRAMM}
    with pytest.raises(AmbiguousError, match="mean the same records") as one:
        split(store, "Bram Okoro", "bram okoro", KIM)
    assert {it.documents for it in one.value.candidates} == {1}
    with pytest.raises(UsageError, match="one thing already"):
        join(store, "Bram Okoro", BRAM, KIM)
    for iri in ("urn:newskg:person/nobody", "urn:newskg:doc/77/e1", "urn:newskg:key/person/nobody", "urn:newskg:a b"):
        with pytest.raises(UsageError, match="nothing with the IRI"):
            join(store, iri, BRAM, KIM)
    for nobody in ("kim", "person: ", "machine:x"):
        with pytest.raises(UsageError, match="who decides"):
            join(store, BRAM, BRAMM, nobody)
    assert store.reviews() == []


def test_a_clock_that_is_behind_does_not_reorder_what_was_said() -> None:
    store = _called("Bram Okoro", "Bramm Okoro")
    (asked,) = questions(store)
    pair = asked.left.record, asked.right.record
    store.judge([Judgement(*pair, "different", 1.0, (), KIM, "2999-01-01T00:00:00Z")])
    join(store, BRAM, BRAMM, KIM)
    assert len(_people(store)) == 1
    undo(store, KIM)
    assert len(_people(store)) == 2
    store.judge([Judgement(*pair, "different", 1.0, (), LEE, "some day")])
    with pytest.raises(StoreError, match="Set the clock right"):
        join(store, BRAM, BRAMM, KIM)


def test_what_is_withdrawn_is_gone_for_entities_without_a_key_too() -> None:
    store = Store.memory()
    store.put(to_nquads(extraction(1, None, None, None, [SPOUSE])))
    add(store, extraction(2, None, None, None, [SPOUSE]))
    before = _view(store)
    join(store, "urn:newskg:doc/0001/e3", BRAM, KIM)
    assert _view(store) != before
    undo(store, KIM)
    assert _view(store) == before
    assert store.rebuild() == (0, 0)


# --- in any order ----------------------------------------------------------------------------------------------------


@settings(max_examples=6, deadline=None)
@given(batches(3), st.data())
def test_steps_back_lead_where_one_came_from(documents: list[Extraction], data: st.DataObject) -> None:
    store = store_of(documents)
    views = [_view(store)]
    for _ in range(data.draw(st.integers(1, 3))):
        things = sorted(str(row["t"]) for row in store.query("SELECT DISTINCT ?t { ?e prov:specializationOf ?t }"))
        entities = sorted(str(row["e"]) for row in store.query("SELECT DISTINCT ?e { ?e prov:specializationOf ?t }"))
        one, other = data.draw(st.sampled_from(things)), data.draw(st.sampled_from([*things, *entities]))
        act = data.draw(st.sampled_from([join, split]))
        try:
            act(store, one, other, KIM)
        except UsageError:
            continue
        assert store.rebuild() == (0, 0)
        views.append(_view(store))
    for view in reversed(views[:-1]):
        undo(store, KIM)
        assert _view(store) == view
    assert dumped(store_of(documents[::-1], store.reviews()[::-1])) == dumped(store)


@settings(max_examples=10, deadline=None)
@given(batches(3), st.data())
def test_after_a_split_the_two_are_apart(documents: list[Extraction], data: st.DataObject) -> None:
    store = store_of(documents)
    entities = {str(row["e"]): str(row["t"]) for row in store.query("SELECT ?e ?t { ?e prov:specializationOf ?t }")}
    one = data.draw(st.sampled_from(sorted(entities)))
    other = data.draw(st.sampled_from(sorted(entities)))
    if one == other:
        return
    if entities[one] != entities[other]:
        join(store, one, other, KIM)
        assert _thing(store, one) == _thing(store, other)
    split(store, one, other, LEE)
    assert _thing(store, one) != _thing(store, other)
    assert store.rebuild() == (0, 0)


def _thing(store: Store, entity: str) -> str:
    (row,) = store.query("SELECT ?t { ?e prov:specializationOf ?t }", {"e": f"<{entity}>"})
    return str(row["t"])
