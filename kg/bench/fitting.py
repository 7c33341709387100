"""Claims that were judged in; the table of confidences that would have made their confidences right out.

Isotonic regression by pool adjacent violators (Ayer et al. 1955; for probabilities Zadrozny & Elkan 2002). A share of
few answers is drawn to what is known of more: that of everything to one half (additive smoothing), that of a family of
rules to that of everything, that of one property in a family to that of the family.

Fit on what is not reported: ``gathered`` reads datasets anew with raw confidences, even those too low to be stated.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

import msgspec

from kg.bench.calibration import Answer
from kg.bench.datasets import Dataset
from kg.bench.lab import Lab
from kg.extraction.confidence import Curve, Point, Table

LAPLACE = 2.0
"""Answers, half of them right, that are added to each block of the curve of everything (Laplace's rule)."""

SHRINK = 20.0
"""Answers, as many right as the wider curve says, that are added to each block of a narrower one."""

FEWEST = 30
"""A family of rules, or a property in one, gets its own curve from this many answers on."""


def gathered(datasets: Iterable[Dataset], data: Path | None = None) -> list[Answer]:
    """The judged claims of datasets, with raw confidences. Takes as long as measuring them."""
    from kg.extraction import load

    lab = Lab(data)
    lab.reader = load(Table(lowest=0))
    return [answer for dataset in datasets for answer in dataset.measure(lab).answers]


def fit(answers: Iterable[Answer], *, fewest: int = FEWEST, shrink: float = SHRINK) -> Table:
    """Curves of everything, of families of rules, and of properties in them. No answers, no curves.

    Only plain assertions count: the confidence of others is not their rule's alone.
    """
    known = [answer for answer in answers if answer.stance == "asserted"]
    if not known:
        return Table()
    general = Curve(points=isotonic(known, lambda _raw: 0.5, LAPLACE))
    curves = [general]
    for rule, of_rule in _grouped(known, lambda answer: answer.rule, fewest):
        family = Curve(rule=rule, points=isotonic(of_rule, general.at, shrink))
        curves.append(family)
        for predicate, held in _grouped(of_rule, lambda answer: answer.predicate, fewest):
            curves.append(Curve(rule=rule, predicate=predicate, points=isotonic(held, family.at, shrink)))
    return Table(tuple(curves))


def _grouped(
    answers: Iterable[Answer], key: Callable[[Answer], str], fewest: int
) -> Iterator[tuple[str, list[Answer]]]:
    """Answers of the same key, if there are enough, in the order of the keys."""
    groups = defaultdict[str, list[Answer]](list)
    for answer in answers:
        groups[key(answer)].append(answer)
    yield from ((name, held) for name, held in sorted(groups.items()) if len(held) >= fewest)


class _Block(msgspec.Struct, frozen=True):
    """Answers of like confidence: the sum of their confidences, how many there are, how many are right."""

    confidence: float
    answers: float
    right: float

    def __add__(self, other: "_Block") -> "_Block":
        return _Block(self.confidence + other.confidence, self.answers + other.answers, self.right + other.right)

    @property
    def at(self) -> float:
        """The mean confidence."""
        return self.confidence / self.answers

    @property
    def share(self) -> float:
        """The share that is right."""
        return self.right / self.answers

    def drawn(self, prior: float, weight: float) -> "_Block":
        """The same with as many answers more as ``weight`` says, ``prior`` of them right."""
        return _Block(self.confidence + weight * self.at, self.answers + weight, self.right + weight * prior)


def isotonic(answers: Sequence[Answer], prior: Callable[[float], float], weight: float) -> tuple[Point, ...]:
    """The share that is right by raw confidence, never falling; blocks are drawn to ``prior`` by ``weight`` answers."""
    ranked = sorted((answer.confidence, answer.right) for answer in answers)
    equal = [[right for _, right in held] for _, held in groupby(ranked, key=lambda each: each[0])]
    levels = sorted({raw for raw, _ in ranked})
    blocks = _pooled(_Block(raw * len(held), len(held), sum(held)) for raw, held in zip(levels, equal, strict=True))
    # Drawing small blocks further than large ones may turn their order round, so they are pooled once more.
    drawn = _pooled(block.drawn(prior(block.at), weight) for block in blocks)
    return tuple({round(block.at, 4): round(block.share, 4) for block in drawn}.items())


def _pooled(blocks: Iterable[_Block]) -> list[_Block]:
    """Neighbours put together until no share is below the one before."""
    pooled = list[_Block]()
    for block in blocks:
        while pooled and pooled[-1].share >= block.share:
            block = pooled.pop() + block
        pooled.append(block)
    return pooled


def toml(table: Table) -> str:
    """The curves of a table, as they stand in ``kg/extraction/confidence.toml``."""
    return "\n".join(_lines(curve) for curve in table.curve)


def _lines(curve: Curve) -> str:
    named = [f'{key} = "{value}"' for key in ("rule", "predicate") if (value := getattr(curve, key)) is not None]
    points = ", ".join(f"[{raw:g}, {share:g}]" for raw, share in curve.points)
    held = f"points = [{points}]" if curve.points else f"temperature = {curve.temperature:g}"
    least = [f"least = {curve.least:g}"] if curve.least else []
    return "\n".join(("[[curve]]", *named, held, *least, ""))
