"""How sure a rule was in, how sure the reader may be out: raw confidences made into shares that proved right.

``confidence.toml`` beside this file holds the curves (isotonic: Zadrozny & Elkan 2002; temperatures: Guo et al. 2017)
and how sure a claim must be to be stated. :mod:`kg.bench.fitting` fits them.
"""

import math
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise

import msgspec

Point = tuple[float, float]
"""A raw confidence and the share of such claims that is right, both from 0 to 1."""


class Curve(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What raw confidences mean, of one family of rules, of one property, of one in the other, or of everything.

    It has either ``points``, neither side of which ever falls, or a ``temperature`` above 0. Claims by it that turn out
    less sure than ``least`` are not stated.
    """

    rule: str | None = None
    predicate: str | None = None
    points: tuple[Point, ...] = ()
    temperature: float | None = None
    least: float = 0.0

    def __post_init__(self) -> None:
        if bool(self.points) == (self.temperature is not None):
            raise ValueError("a curve needs either points or a temperature")
        if self.temperature is not None and self.temperature <= 0:
            raise ValueError("a temperature is above 0")
        if not all(0 <= value <= 1 for point in self.points for value in point):
            raise ValueError("points lie between 0 and 1")
        if any(left[0] >= right[0] or left[1] > right[1] for left, right in pairwise(self.points)):
            raise ValueError("points rise from left to right and never fall")

    def at(self, raw: float) -> float:
        """The confidence, from 0 to 1, that a raw one amounts to."""
        return _cooled(raw, self.temperature) if self.temperature is not None else _between(self.points, raw)


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All curves, and how sure a claim must be to be stated: ``lowest``, or for single properties ``threshold``.

    A table without curves leaves raw confidences as they are.
    """

    curve: tuple[Curve, ...] = ()
    lowest: float = 0.5
    threshold: dict[str, float] = {}

    def __post_init__(self) -> None:
        if len({(curve.rule, curve.predicate) for curve in self.curve}) < len(self.curve):
            raise ValueError("there are two curves for the same rule and predicate")

    def calibrated(self, predicate: str, rule: str, raw: float) -> float:
        """The share of claims that are right among those that this rule states with this raw confidence."""
        curve = self._curve(predicate, rule)
        return curve.at(raw) if curve else raw

    def least(self, predicate: str, rule: str) -> float:
        """The confidence below which a claim of this property by this rule is not stated."""
        curve = self._curve(predicate, rule)
        return max(self.threshold.get(predicate, self.lowest), curve.least if curve else 0.0)

    def _curve(self, predicate: str, rule: str) -> Curve | None:
        """The most special curve that there is."""
        family = rule.partition("/")[0]
        known = {(curve.rule, curve.predicate): curve for curve in self.curve}
        wanted = ((family, predicate), (None, predicate), (family, None), (None, None))
        return next((known[key] for key in wanted if key in known), None)


def parse(toml: str) -> Table:
    """The table of a file's text. What is unknown or makes no sense raises :class:`msgspec.ValidationError`."""
    return msgspec.toml.decode(toml, type=Table)


@cache
def default() -> Table:
    """The table that is shipped."""
    return parse(files(__package__).joinpath("confidence.toml").read_text(encoding="utf-8"))


def _cooled(raw: float, temperature: float) -> float:
    if raw in (0, 1):
        return raw
    return 1 / (1 + math.exp(-math.log(raw / (1 - raw)) / temperature))


def _between(points: Sequence[Point], raw: float) -> float:
    """The height of the line through the points; beyond its ends, that of the end."""
    after = bisect_right([x for x, _ in points], raw)
    if after in (0, len(points)):
        return points[max(after - 1, 0)][1]
    (left, low), (right, high) = points[after - 1 : after + 1]
    return low + (high - low) * (raw - left) / (right - left)
