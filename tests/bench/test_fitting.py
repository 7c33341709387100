"""Curves of confidence by hand."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.bench.calibration import Answer, equal_width, expected_error
from kg.bench.datasets import Dataset
from kg.bench.fitting import LAPLACE, fit, gathered, isotonic, toml
from kg.bench.lab import Lab
from kg.bench.measures import Measured
from kg.extraction.confidence import Curve, Table, parse


def said(confidence: float, right: int, wrong: int, rule: str = "frames", predicate: str = "leaderOf") -> list[Answer]:
    return [Answer(predicate, rule, confidence, n < right) for n in range(right + wrong)]


def even(_raw: float) -> float:
    return 0.5


def test_shares_that_rise_are_kept() -> None:
    assert isotonic(said(0.6, 1, 3) + said(0.9, 3, 1), even, 0) == ((0.6, 0.25), (0.9, 0.75))


def test_shares_that_fall_are_pooled() -> None:
    assert isotonic(said(0.6, 3, 1) + said(0.9, 1, 3), even, 0) == ((0.75, 0.5),)


def test_few_answers_are_drawn_to_the_prior() -> None:
    [(_, few)] = isotonic(said(0.9, 2, 0), even, LAPLACE)
    [(_, many)] = isotonic(said(0.9, 200, 0), even, LAPLACE)
    assert (few, many) == pytest.approx((0.75, 201 / 202), abs=1e-4)


def test_drawing_never_makes_the_curve_fall() -> None:
    """A share of 60 % over 100 answers and one of 100 % over one, each with 20 more answers of which 10 % are right."""
    [point] = isotonic(said(0.6, 60, 40) + said(0.9, 1, 0), lambda _raw: 0.1, 20)
    assert point == pytest.approx(((120 * 0.6 + 21 * 0.9) / 141, 65 / 141), abs=1e-4)


def test_a_rule_with_few_answers_has_no_curve_of_its_own() -> None:
    table = fit(said(0.9, 8, 2) + said(0.9, 0, 3, rule="leads"), fewest=10)
    assert [(curve.rule, curve.predicate) for curve in table.curve] == [
        (None, None),
        ("frames", None),
        ("frames", "leaderOf"),
    ]
    assert table.calibrated("leaderOf", "leads", 0.9) == table.calibrated("bornIn", "places", 0.9)


def test_a_property_in_a_family_lies_between_its_own_share_and_the_family_s() -> None:
    table = fit(said(0.9, 30, 0) + said(0.9, 0, 30, predicate="ownedBy"))
    bad, family, good = (table.calibrated(name, "frames", 0.9) for name in ("ownedBy", "bornIn", "leaderOf"))
    assert (bad, family, good) == pytest.approx((0.2, 0.5, 0.8))


def test_only_assertions_count() -> None:
    assert fit([Answer("killedBy", "frames", 0.9, False, "alleged")]) == Table()


def test_what_was_fitted_is_calibrated() -> None:
    answers = said(0.6, 60, 340) + said(0.8, 200, 200) + said(0.95, 280, 120)
    table = fit(answers)
    before = [(each.confidence, each.right) for each in answers]
    after = [(table.calibrated(each.predicate, each.rule, each.confidence), each.right) for each in answers]
    assert expected_error(equal_width(before)) > 0.25
    assert expected_error(equal_width(after)) < 0.03


def test_the_file_says_what_was_fitted() -> None:
    table = fit(said(0.6, 20, 20) + said(0.9, 35, 5))
    assert parse(toml(table)) == table
    assert parse(toml(Table((Curve(temperature=1.5),)))).calibrated("leaderOf", "frames", 0.5) == 0.5


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=60), st.floats(0, 30))
def test_curves_never_fall(judged: list[tuple[float, bool]], weight: float) -> None:
    points = isotonic([Answer("leaderOf", "frames", raw, right) for raw, right in judged], lambda raw: raw, weight)
    curve = Curve(points=points)
    heights = [curve.at(n / 50) for n in range(51)]
    assert all(0 <= low <= high <= 1 for low, high in pairwise(heights))


def test_answers_are_gathered_with_raw_confidences(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.extraction.load", lambda table: table)

    def measured(lab: Lab) -> Measured:
        assert lab.reader == Table(lowest=0)  # type: ignore[comparison-overlap]
        return Measured({}, answers=tuple(said(0.3, 1, 0)))

    assert gathered([Dataset("one", "", (), measured), Dataset("two", "", (), measured)]) == said(0.3, 1, 0) * 2
