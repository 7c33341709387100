"""A sound store has no findings; each kind of damage has one."""

import pytest

from kg.claims import Claim, Document, Entity, EntityRef, Extraction, Judgement, Quantity, Span
from kg.store import PREFIXES, Store
from tests.store.small import add, extraction, store_of

SAID = [Claim("e1", "spouse", EntityRef("e3"), Span(0, 43)), Claim("e5", "deaths", Quantity(3, 3, "3"), Span(0, 43))]
DOC = "urn:newskg:doc/0001"


def _store() -> Store:
    return store_of([extraction(1, "https://a.example/1", "2024-01-03", None, SAID)])


def test_a_sound_store() -> None:
    checked = _store().check()
    assert checked
    assert (checked.documents, checked.entities, checked.claims, checked.facts, checked.things) == (1, 4, 2, 3, 4)
    assert (checked.findings, checked.quarantined, checked.conflicts) == ((), (), ())


def test_what_was_quarantined_is_listed() -> None:
    made = Extraction(
        Document("0001", "Ada."),
        (Entity("e1", "Person", "Ada"),),
        (),
        (Claim("e1", "eats", EntityRef("e1"), Span(0, 3)),),
    )
    checked = store_of([made]).check()
    assert checked
    (note,) = checked.quarantined
    assert (note.document, note.reason) == (DOC, "c1: eats: subject and object are the same")


@pytest.mark.parametrize(
    ("damage", "problem"),
    [
        (
            "DELETE { GRAPH ?g { ?c oa:exact ?q } } INSERT { GRAPH ?g { ?c oa:exact 'x' } }",
            "do not stand at its offsets",
        ),
        ("DELETE { GRAPH ?g { ?c oa:end ?n } } INSERT { GRAPH ?g { ?c oa:end 999 } }", "not within the text"),
        ("DELETE { GRAPH ?g { ?c kg:stance ?t } } INSERT { }", "0 values of <https://w3id.org/newskg#stance>"),
        ("DELETE { } INSERT { GRAPH ?g { ?c kg:stance 'maybe' } }", "unknown stance"),
        (
            "DELETE { GRAPH ?g { ?c rdf:subject ?s } } INSERT { GRAPH ?g { ?c rdf:subject <urn:x> } }",
            "not in its document",
        ),
        ("DELETE { } INSERT { GRAPH <urn:newskg:other> { ?c a kg:Claim } }", "a graph without a document"),
        ("DELETE { } INSERT { <urn:a> kg:killedBy <urn:b> }", "nothing makes it so"),
        ("DELETE { ?f kg:claim ?c } INSERT { }", "is missing there"),
        ("DELETE { ?s prov:specializationOf ?thing } INSERT { }", "does not lead to one thing"),
    ],
)
def test_damage_is_found(damage: str, problem: str) -> None:
    store = _store()
    pattern = """{ GRAPH ?g { ?c a kg:Claim ; oa:exact ?q ; oa:end ?n ; kg:stance ?t ; rdf:subject ?s }
                   ?f kg:claim ?c . ?s prov:specializationOf ?thing }"""
    store.engine.update(f"{damage} WHERE {pattern}", prefixes=PREFIXES)
    checked = store.check()
    assert not checked
    assert any(problem in finding.problem for finding in checked.findings), checked.findings


def test_graphs_outside_the_base_are_the_users_own_whatever_they_hold() -> None:
    store = _store()
    before = store.dump()
    own = "urn:notes"
    store.engine.update(
        f"""INSERT DATA {{ GRAPH <{own}> {{
              <{own}> a kg:Document ; schema:url <https://a.example/1> .
              <{own}/c1> a kg:Refused ; kg:quarantined 'for a reason' }} }}""",
        prefixes=PREFIXES,
    )
    checked = store.check()
    assert checked
    assert (checked.documents, checked.quarantined) == (1, ())
    assert store.rebuild() == (0, 0)
    assert store.withdraw("https://a.example/1") == ["0001"]
    add(store, extraction(1, "https://a.example/1", "2024-01-03", None, SAID))
    lines = [line for line in store.dump().split("\n") if not line.endswith(f"<{own}> .")]
    assert lines == before.split("\n")


def test_a_rebuild_mends_the_merged_view() -> None:
    store = _store()
    sound = store.dump(log=True).count("\n")
    store.engine.update("DELETE WHERE { ?s ?p ?o }")
    rebuilt = store.rebuild()
    assert rebuilt.added > 20
    assert rebuilt.removed == 0
    assert store.check()
    assert store.dump(log=True).count("\n") == sound + 3  # the log says that it was rebuilt


def test_contradictions_of_judges_are_told() -> None:
    store = _store()
    add(store, extraction(2, None, None, None, SAID))
    one, other = f"{DOC}/e1", "urn:newskg:doc/0002/e1"
    store.judge([Judgement(one, other, "different", 1.0, (), "person:kim", "2024-02-01")])
    assert len(store.check().conflicts) == 1
    assert len(store.query("SELECT DISTINCT ?p { ?p a kg:Person ; rdfs:label 'Ada Lovell' }")) == 2
