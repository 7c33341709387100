"""What breaks a shape stays out, with its reason, and the rest of the document goes in."""

import pytest

from kg.claims import Claim, Document, Entity, EntityRef, Extraction, Mention, Quantity, Span, Text, Value
from kg.mapping import check_shapes, to_nquads

GOOD = Claim("e1", "bornIn", EntityRef("e2"), Span(0, 3))
ENTITIES = (Entity("e1", "Person", "Ada"), Entity("e2", "City", "Arda"), Entity("e3", "Bombing", "blast"))


def _with(*claims: Claim, entities: tuple[Entity, ...] = (), mentions: tuple[Mention, ...] = ()) -> Extraction:
    return Extraction(Document("d1", "Ada was born in Arda."), (*ENTITIES, *entities), mentions, (GOOD, *claims))


def _claim(
    predicate: str, value: Value, span: Span = GOOD.evidence, confidence: float = 1.0, subject: str = "e1"
) -> Claim:
    return Claim(subject, predicate, value, span, confidence=confidence)


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        (_claim("bornIn", EntityRef("e2"), Span(0, 99)), "the offsets 0 to 99 are not within the text"),
        (_claim("bornIn", EntityRef("e2"), Span(3, 3)), "the offsets 3 to 3 are not within the text"),
        (_claim("bornIn", EntityRef("e2"), Span(-1, 3)), "the offsets -1 to 3 are not within the text"),
        (_claim("bornIn", EntityRef("e2"), confidence=1.5), "the confidence 1.5 is not between 0 and 1"),
        (_claim("bornIn", EntityRef("e2"), confidence=float("nan")), "the confidence nan is not between 0 and 1"),
        (_claim("killedBy", EntityRef("e1")), "subject and object are the same"),
        (_claim("bornIn", EntityRef("e9")), "speaks of e9, which is not in the document"),
        (_claim("bornIn", EntityRef("e2"), subject="e8"), "speaks of e8, which is not in the document"),
        (_claim("eats", EntityRef("e2")), "the ontology has no such property"),
        (_claim("age", Quantity(None, None, "old")), "a quantity without a bound"),
        (_claim("age", Quantity(float("inf"), None, "old")), "a quantity without a bound"),
        (_claim("age", Quantity(9, 3, "9 to 3")), "the lower bound 9 is above the upper 3"),
        (_claim("causeOfDeath", Text(" ")), "an empty value"),
    ],
)
def test_a_bad_claim_is_quarantined_with_its_reason(claim: Claim, reason: str) -> None:
    made = _with(claim)
    (violation,) = check_shapes(made)
    assert (violation.document, violation.where) == ("d1", "c2")
    assert violation.reason == f"{claim.predicate}: {reason}"
    text = to_nquads(made)
    assert "doc/d1/c1>" in text
    assert "doc/d1/c2>" not in text
    assert f'quarantined> "c2: {claim.predicate}: {reason}"' in text


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        (_claim("bornIn", EntityRef("e3")), "does not join Person and Bombing"),
        (_claim("deaths", Quantity(3, 3, "three")), "does not join Person and quantity"),
    ],
)
def test_a_claim_that_joins_the_wrong_kinds_is_kept_whole_to_be_released(claim: Claim, reason: str) -> None:
    (violation,) = check_shapes(_with(claim))
    assert violation.reason == f"{claim.predicate}: {reason}"
    node = f"<urn:newskg:doc/d1/{violation.where}>"
    lines = [line for line in to_nquads(_with(claim)).splitlines() if line.startswith(node)]
    assert any("newskg#Refused>" in line for line in lines)
    assert any(f'quarantined> "{violation.reason}"' in line for line in lines)
    assert any('exact> "Ada"' in line for line in lines)
    assert not any("newskg#Claim>" in line for line in lines)


def test_what_a_refused_claim_is_released_by_depends_on_what_it_says_alone() -> None:
    misfit = _claim("bornIn", EntityRef("e3"))
    (first,), (second,) = check_shapes(_with(misfit)), check_shapes(_with(GOOD, misfit, misfit))
    assert first.where == second.where
    (other,) = check_shapes(_with(_claim("bornIn", EntityRef("e3"), Span(0, 4))))
    assert other.where != first.where


@pytest.mark.parametrize(
    ("entity", "reason"),
    [
        (Entity("e1", "Person", "Bram"), "two entities have this id"),
        (Entity("c1", "Person", "Bram"), "ids of this form are kept for claims"),
        (Entity("r0123456789", "Person", "Bram"), "ids of this form are kept for claims"),
        (Entity("e7", "Claim", "Bram"), "the ontology has no kind of entity called Claim"),
        (Entity("e7", "Person", " "), "an entity without a name"),
    ],
)
def test_a_bad_entity_is_quarantined(entity: Entity, reason: str) -> None:
    assert [violation.reason for violation in check_shapes(_with(entities=(entity,)))] == [reason]


def test_a_mention_must_be_within_the_text_and_of_an_entity() -> None:
    mentions = (
        Mention(Span(0, 3), "e1", "name"),
        Mention(Span(0, 300), "e1", "name"),
        Mention(Span(0, 3), "e9", "name"),
    )
    assert [violation.where for violation in check_shapes(_with(mentions=mentions))] == ["m2", "m3"]
