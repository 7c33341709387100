"""Confidences and whether they were right in; a table of reliability and the expected calibration error out."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import groupby

import msgspec

from kg.claims import Claim, Stance

Judged = tuple[float, bool]
"""The confidence of an answer, from 0 to 1, and whether it is right."""

BINS = 10

SURE = 0.9
"""Claims of this confidence and above are to be right as often as that."""


class Answer(msgspec.Struct, frozen=True):
    """A claim that was judged: the family of rules that made it, its confidence from 0 to 1, whether it is right."""

    predicate: str
    rule: str
    confidence: float
    right: bool
    stance: Stance = "asserted"

    @classmethod
    def of(cls, claim: Claim, *, right: bool) -> "Answer":
        """The verdict on a claim."""
        rule = claim.extractor.partition("/")[0]
        return cls(claim.predicate, rule, claim.confidence, right, claim.stance)


def figures(answers: Iterable[Answer]) -> dict[str, float]:
    """Calibration errors and the share of the surest answers that is right, in percent, each with its answers."""
    judged = [(answer.confidence, answer.right) for answer in answers]
    sure = [right for confidence, right in judged if confidence >= SURE]
    return {
        "ECE": 100 * expected_error(equal_width(judged)),
        "ECE, equal mass": 100 * expected_error(adaptive(judged)),
        "claims judged, count": len(judged),
        f"right at >= {SURE}": 100 * sum(sure) / len(sure) if sure else 0.0,
        f"claims at >= {SURE}, count": len(sure),
    }


class Bin(msgspec.Struct, frozen=True):
    """Answers of like confidence: from ``low`` to ``high``, their mean confidence, and the share that is right."""

    low: float
    high: float
    answers: int
    confidence: float
    accuracy: float

    @property
    def gap(self) -> float:
        """How far confidence and accuracy lie apart, from 0 to 1."""
        return abs(self.confidence - self.accuracy)


def equal_width(answers: Iterable[Judged], bins: int = BINS) -> list[Bin]:
    """Bins of the same width from 0 to 1, without the empty ones (Guo et al. 2017, section 2)."""
    sorted_in = list[list[Judged]]([] for _ in range(bins))
    for confidence, right in answers:
        sorted_in[min(int(confidence * bins), bins - 1)].append((confidence, right))
    return [_bin(held, n / bins, (n + 1) / bins) for n, held in enumerate(sorted_in) if held]


def adaptive(answers: Iterable[Judged], bins: int = BINS) -> list[Bin]:
    """Bins with as many answers each, as nearly as that goes (Nguyen & O'Connor 2015).

    Answers of equal confidence stay together, in the bin of the middle one; parted, they would be sorted by truth.
    """
    ranked = sorted(answers)
    held, rank = defaultdict[int, list[Judged]](list), 0
    for _, equal in groupby(ranked, key=lambda answer: answer[0]):
        level = list(equal)
        held[(2 * rank + len(level)) * bins // (2 * len(ranked))] += level
        rank += len(level)
    return [_bin(part, part[0][0], part[-1][0]) for part in held.values()]


def expected_error(bins: Sequence[Bin]) -> float:
    """The mean gap over all answers, from 0 to 1: expected calibration error (Naeini et al. 2015)."""
    answers = sum(each.answers for each in bins)
    return sum(each.answers * each.gap for each in bins) / answers if answers else 0.0


def _bin(held: Sequence[Judged], low: float, high: float) -> Bin:
    count = len(held)
    return Bin(low, high, count, sum(c for c, _ in held) / count, sum(right for _, right in held) / count)
