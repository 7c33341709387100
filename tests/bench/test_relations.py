"""Facts told by mentions or names, by hand."""

from kg.bench.relations import Fact, aligned, score
from kg.bench.scores import Score


def fact(head: str, relation: str, tail: str, *, document: str = "d", symmetric: bool = False) -> Fact:
    """Signs and relations are single letters."""
    return Fact(document, frozenset(head), frozenset(relation), frozenset(tail), symmetric)


def test_things_are_the_same_if_they_share_a_sign() -> None:
    assert score([fact("ab", "r", "c")], [fact("bx", "r", "cy")]) == Score.of(1, 1, 1)
    assert score([fact("a", "r", "c")], [fact("b", "r", "c")]) == Score.of(0, 1, 1)


def test_relation_direction_and_document_must_agree() -> None:
    gold = [fact("a", "r", "b")]
    for wrong in (fact("a", "s", "b"), fact("b", "r", "a"), fact("a", "r", "b", document="other")):
        assert score([wrong], gold) == Score.of(0, 1, 1)


def test_a_predicate_may_stand_for_several_relations() -> None:
    assert score([fact("a", "rs", "b")], [fact("a", "s", "b")]) == Score.of(1, 1, 1)


def test_symmetric_relations_hold_both_ways() -> None:
    gold = [fact("a", "r", "b"), fact("b", "r", "a")]
    assert score([fact("b", "r", "a", symmetric=True)], gold) == Score(1, 1, 2, 2)


def test_two_answers_may_tell_one_fact() -> None:
    assert score([fact("a", "r", "c"), fact("b", "r", "c")], [fact("ab", "r", "c")]) == Score(2, 2, 1, 1)


def test_a_thing_that_mixes_clusters_is_one_of_them() -> None:
    clusters = [frozenset("ab"), frozenset("cde")]
    assert aligned(frozenset("acd"), clusters) == frozenset({1})
    assert aligned(frozenset("ac"), clusters) == frozenset({0})  # the first of equals
    assert aligned(frozenset("x"), clusters) == frozenset()
