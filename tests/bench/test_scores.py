"""Precision, recall and F1 by hand."""

import pytest

from kg.bench.scores import Score, harmonic, total


def test_one_fact_for_each_right_answer() -> None:
    score = Score.of(right=3, predicted=4, gold=6)
    assert (score.precision, score.recall) == (0.75, 0.5)
    assert score.f1 == pytest.approx(0.6)  # 2 · 3 / (4 + 6)


def test_sets_count_each_answer_once() -> None:
    assert Score.of_sets(["a", "b", "b"], ["b", "c"]) == Score.of(1, 2, 2)


def test_the_sum_is_a_micro_average() -> None:
    assert total([Score.of(1, 1, 4), Score.of(1, 3, 0)]) == Score.of(2, 4, 4)
    assert total([]) == Score()


def test_nothing_is_zero() -> None:
    assert (Score().precision, Score().recall, Score().f1) == (0, 0, 0)
    assert harmonic(0, 1) == 0


def test_percent() -> None:
    assert Score.of(1, 2, 4).percent("x") == {"x P": 50, "x R": 25, "x F1": pytest.approx(100 / 3)}
