"""Calibration by hand."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.bench.calibration import Answer, adaptive, equal_width, expected_error, figures
from kg.claims import Claim, EntityRef, Span

ANSWERS = [(0.95, True), (0.95, True), (0.95, False), (0.95, True), (0.55, True), (0.55, False)]


def test_the_table_of_reliability() -> None:
    low, high = equal_width(ANSWERS)
    assert (low.low, low.high, low.answers, low.accuracy) == (0.5, 0.6, 2, 0.5)
    assert (high.low, high.high, high.answers, high.accuracy) == (0.9, 1.0, 4, 0.75)
    assert (low.confidence, high.gap) == pytest.approx((0.55, 0.20))


def test_the_expected_error() -> None:
    # two of six answers are 0.05 off, four 0.20
    assert expected_error(equal_width(ANSWERS)) == pytest.approx((2 * 0.05 + 4 * 0.20) / 6)
    assert expected_error([]) == 0


def test_the_ends_have_a_bin() -> None:
    assert [(each.low, each.answers) for each in equal_width([(0.0, False), (1.0, True)])] == [(0, 1), (0.9, 1)]


def test_adaptive_bins_hold_as_many_each() -> None:
    first, second = adaptive([(0.9, True), (0.8, True), (0.7, False), (0.6, True)], bins=2)
    assert (first.low, first.high, first.accuracy) == (0.6, 0.7, 0.5)
    assert (second.low, second.high, second.accuracy) == (0.8, 0.9, 1)
    assert len(adaptive([(0.9, True)], bins=10)) == 1


def test_equal_answers_stay_together() -> None:
    answers = [(0.9, n < 9) for n in range(10)]
    [together] = adaptive(answers)
    assert (together.answers, together.accuracy) == (10, 0.9)
    assert expected_error(adaptive([*answers, (0.2, False)])) == pytest.approx(0.2 / 11)


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=40))
def test_every_answer_is_in_one_bin(answers: list[tuple[float, bool]]) -> None:
    for bins in (equal_width(answers), adaptive(answers)):
        assert sum(each.answers for each in bins) == len(answers)
        assert 0 <= expected_error(bins) <= 1


def test_figures() -> None:
    answers = [Answer("leaderOf", "frames", confidence, right) for confidence, right in ANSWERS]
    assert figures(answers) == pytest.approx(
        {
            "ECE": 15,
            "ECE, equal mass": 100 * expected_error(adaptive(ANSWERS)),
            "claims judged, count": 6,
            "right at >= 0.9": 75,
            "claims at >= 0.9, count": 4,
        }
    )
    assert figures([]) == dict.fromkeys(figures(answers), 0)


def test_an_answer_knows_the_rule_and_the_property_of_its_claim() -> None:
    claim = Claim("e1", "leaderOf", EntityRef("e2"), Span(0, 3), confidence=0.8, extractor="frames/1", stance="denied")
    assert Answer.of(claim, right=True) == Answer("leaderOf", "frames", 0.8, True, "denied")
