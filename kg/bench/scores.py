"""Counts of what is right, predicted and there in; precision, recall and F1 out."""

from collections.abc import Hashable, Iterable

import msgspec


class Score(msgspec.Struct, frozen=True):
    """Precision, recall and their harmonic mean, each from 0 to 1; 0 where there is nothing to divide by.

    ``right`` of ``predicted`` answers are right; ``found`` of ``gold`` facts are found. The two differ where several
    answers may tell one fact, and hold halves where credit is partial. Scores of parts are added up, then divided:
    micro averages (van Rijsbergen 1979, chapter 7, has the F measure).
    """

    right: float = 0
    predicted: float = 0
    found: float = 0
    gold: float = 0

    @classmethod
    def of(cls, right: float, predicted: float, gold: float) -> "Score":
        """A score where every right answer finds exactly one fact."""
        return cls(right, predicted, right, gold)

    @classmethod
    def of_sets(cls, predicted: Iterable[Hashable], gold: Iterable[Hashable]) -> "Score":
        """A score of answers that are right when they equal a fact; each counts once."""
        answers, facts = set(predicted), set(gold)
        return cls.of(len(answers & facts), len(answers), len(facts))

    def __add__(self, other: "Score") -> "Score":
        return Score(
            self.right + other.right,
            self.predicted + other.predicted,
            self.found + other.found,
            self.gold + other.gold,
        )

    @property
    def precision(self) -> float:
        """Share of what was answered that is right."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of what is there that was found."""
        return self.found / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        return harmonic(self.precision, self.recall)

    def percent(self, name: str) -> dict[str, float]:
        """The three figures in percent: ``NAME P``, ``NAME R`` and ``NAME F1``."""
        return {f"{name} P": 100 * self.precision, f"{name} R": 100 * self.recall, f"{name} F1": 100 * self.f1}


def harmonic(one: float, other: float) -> float:
    """The harmonic mean of two figures, 0 if either is 0."""
    return 2 * one * other / (one + other) if one and other else 0.0


def total(scores: Iterable[Score]) -> Score:
    """The sum of all, as one score."""
    return sum(scores, start=Score())
