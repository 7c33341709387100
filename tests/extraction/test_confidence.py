"""What raw confidences amount to, by tables made up here; and the shipped table itself."""

import msgspec
import pytest

from kg.extraction.confidence import Curve, Table, default, parse

TABLE = parse("""
lowest = 0.4
threshold = { killedBy = 0.7 }

[[curve]]
points = [[0.5, 0.1], [0.9, 0.3]]

[[curve]]
rule = "frames"
points = [[0.8, 0.6]]

[[curve]]
predicate = "bornIn"
temperature = 2.0

[[curve]]
rule = "frames"
predicate = "leaderOf"
points = [[0.0, 0.0], [1.0, 0.5]]
least = 0.45
""")


def test_without_curves_a_confidence_is_what_it_was() -> None:
    assert Table().calibrated("leaderOf", "frames/passive", 0.77) == 0.77


@pytest.mark.parametrize(
    ("predicate", "rule", "sure"),
    [
        ("leaderOf", "frames/passive", 0.4),  # rule and predicate
        ("bornIn", "frames/passive", 2 / 3),  # the predicate: odds of 4 become odds of 2
        ("ownedBy", "frames/passive", 0.6),  # the rule
        ("ownedBy", "leads", 0.25),  # everything: half way and another quarter
    ],
)
def test_the_most_special_curve_is_used(predicate: str, rule: str, sure: float) -> None:
    assert TABLE.calibrated(predicate, rule, 0.8) == pytest.approx(sure)


@pytest.mark.parametrize(("raw", "sure"), [(0.0, 0.1), (0.5, 0.1), (0.6, 0.15), (0.9, 0.3), (1.0, 0.3)])
def test_lines_between_points_and_flat_ends(raw: float, sure: float) -> None:
    assert TABLE.calibrated("ownedBy", "leads", raw) == pytest.approx(sure)


def test_a_temperature_leaves_certainty_and_doubt_alone() -> None:
    assert [Curve(temperature=3).at(raw) for raw in (0, 0.5, 1)] == [0, 0.5, 1]


def test_a_curve_may_ask_for_more() -> None:
    assert [TABLE.least("leaderOf", rule) for rule in ("frames/passive", "leads")] == [0.45, 0.4]


def test_thresholds() -> None:
    assert (TABLE.least("killedBy", ""), TABLE.least("bornIn", ""), Table().least("bornIn", "")) == (0.7, 0.4, 0.5)


@pytest.mark.parametrize(
    "toml",
    [
        "[[curve]]\n",
        "[[curve]]\npoints = [[0.5, 0.5]]\ntemperature = 2\n",
        "[[curve]]\ntemperature = 0\n",
        "[[curve]]\npoints = [[0.5, 1.5]]\n",
        "[[curve]]\npoints = [[0.5, 0.6], [0.6, 0.5]]\n",
        "[[curve]]\npoints = [[0.5, 0.5], [0.5, 0.6]]\n",
        "[[curve]]\ntemperature = 2\n[[curve]]\ntemperature = 3\n",
        '[[curve]]\ncolour = "red"\n',
        "weather = 1\n",
    ],
)
def test_a_table_that_makes_no_sense_is_an_error(toml: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        parse(toml)


def test_the_shipped_table_is_whole() -> None:
    assert 0 < default().lowest < 1
