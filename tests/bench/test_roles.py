"""Heads of arguments by hand: "Lind fired Vance. Smoke rose." with the predicates fired and rose."""

from kg.bench.roles import Argument, end_to_end, given_predicates
from kg.bench.scores import Score

GOLD = {Argument("s1", 1, "ARG0", 0), Argument("s1", 1, "ARG1", 2), Argument("s2", 1, "ARG1", 0)}
FOUND = {
    Argument("s1", 1, "ARG0", 0),
    Argument("s1", 1, "ARG2", 2),  # the wrong role
    Argument("s2", 0, "ARG1", 1),  # smoke is no predicate
}


def test_end_to_end() -> None:
    assert end_to_end(FOUND, GOLD) == Score.of(1, 3, 3)


def test_given_predicates() -> None:
    assert given_predicates(FOUND, GOLD, [("s1", 1), ("s2", 1)]) == Score.of(1, 2, 3)
