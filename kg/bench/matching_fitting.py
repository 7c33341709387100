"""Pairs of records with the truth in, the weights of the pair score out: how ``weights.toml`` was made.

Logistic regression with a quadratic penalty, by Newton's method (Hastie, Tibshirani and Friedman 2009, section 4.4).
Only pairs within the odd half of the gold clusters are used. Many pairs of the same two clusters count as the square
root of their number: else the United States alone would decide.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from kg.bench.matching import Aligned, is_odd
from kg.bench.matching_gold import Matching
from kg.resolution.evidence import Evidence, evidence
from kg.resolution.kinds import Family
from kg.resolution.scores import candidates, record_iri

PENALTY = 0.3
"""Half the inverse variance of a weight, in pairs; set by hand."""

_ROUNDS = 30


class Example(NamedTuple):
    """The evidence on two records of one family, and the gold clusters that they are of."""

    family: Family
    evidence: Evidence
    clusters: tuple[str, str]

    @property
    def one(self) -> bool:
        """Whether the two are one thing."""
        return self.clusters[0] == self.clusters[1]


class Fitted(NamedTuple):
    """Log-odds: the prior, and the weight of each sort of evidence."""

    prior: float
    parts: Mapping[str, float]


def examples(items: Sequence[Aligned], gold: Matching) -> list[Example]:
    """The pairs of a block whose truth is known, within the odd half of the clusters."""
    clusters = {record_iri(item.record): item.cluster for item in items if is_odd(item.cluster)}
    open_pairs = {frozenset(pair.clusters) for pair in gold.open}
    found = []
    for left, right in candidates(item.record for item in items if is_odd(item.cluster)):
        pair = clusters[record_iri(left)], clusters[record_iri(right)]
        if frozenset(pair) not in open_pairs:
            found.append(Example(left.family, evidence(left, right), pair))
    return found


def fit(examples: Iterable[Example]) -> dict[Family, Fitted]:
    """The weights of each family. What is vetoed has no part in it: its verdict is settled."""
    by_family = defaultdict(list)
    for example in examples:
        if not example.evidence.veto:
            by_family[example.family].append(example)
    return {family: _fit(those) for family, those in sorted(by_family.items())}


THRESHOLDS: Mapping[Family, tuple[float, float]] = {
    "organization": (1.5, -1.0),
    "person": (1.0, -1.0),
    "place": (1.5, -1.0),
}
"""From where on two are the same, and below where they are different: pairs of the odd half are at least 97 % right."""


def weights_toml(fitted: Mapping[Family, Fitted]) -> str:
    """The file of weights: for each family the thresholds, the prior, and the parts from what speaks most for."""
    lines = []
    for family, (same, different) in THRESHOLDS.items():
        held = fitted[family]
        lines += [f"[{family}]", f"same = {same}", f"different = {different}", f"prior = {held.prior}", ""]
        ordered = sorted(held.parts.items(), key=lambda part: -part[1])
        lines += [f"[{family}.parts]", *(f'"{name}" = {weight}' for name, weight in ordered), ""]
    return "\n".join(lines)


def _fit(examples: Sequence[Example]) -> Fitted:
    names = sorted({part for example in examples for part in example.evidence.parts})
    matrix = np.array([[1.0, *(example.evidence.parts.get(name, 0.0) for name in names)] for example in examples])
    truth = np.array([float(example.one) for example in examples])
    amounts = _amounts(examples)
    penalty = np.diag([0.01, *([PENALTY] * len(names))])
    weights = np.zeros(len(names) + 1)
    for _ in range(_ROUNDS):
        odds = 1 / (1 + np.exp(-np.clip(matrix @ weights, -30, 30)))
        slope = matrix.T @ (amounts * (truth - odds)) - 2 * penalty @ weights
        curve = (matrix.T * (amounts * odds * (1 - odds))) @ matrix + 2 * penalty
        weights = weights + np.linalg.solve(curve, slope)
    rounded = [round(float(weight), 2) for weight in weights]
    return Fitted(rounded[0], dict(zip(names, rounded[1:], strict=True)))


def _amounts(examples: Sequence[Example]) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    pairs = [frozenset(example.clusters) for example in examples]
    counts = Counter(pairs)
    return np.array([1 / math.sqrt(counts[pair]) for pair in pairs])
