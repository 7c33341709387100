"""GAP in: pronouns with two names each; whether chains of reference join them rightly out.

After Webster et al. 2018 ("Mind the GAP") and the scorer published with the data: every pronoun asks two questions, is
it A, is it B; F1 is over all of them, overall and by the gender of the pronoun, and bias is the F1 of the feminine ones
over that of the masculine.
"""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from kg.bench.lab import Chain
from kg.bench.scores import Score, total

FEMININE = frozenset({"she", "her", "hers", "herself"})


class Name(msgspec.Struct, frozen=True):
    """A name in the text, in characters, and whether the pronoun means it."""

    start: int
    end: int
    meant: bool


class Question(msgspec.Struct, frozen=True):
    """A text with a pronoun at ``place`` and two names that it may mean."""

    text: str
    pronoun: str
    place: int
    names: tuple[Name, Name]

    @property
    def feminine(self) -> bool:
        """The gender of the pronoun."""
        return self.pronoun.lower() in FEMININE


def questions(path: Path) -> list[Question]:
    """All rows of a file of GAP."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [
        Question(row["Text"], row["Pronoun"], int(row["Pronoun-offset"]), (_name(row, "A"), _name(row, "B")))
        for row in rows
    ]


def _name(row: dict[str, str], which: str) -> Name:
    start = int(row[f"{which}-offset"])
    return Name(start, start + len(row[which]), row[f"{which}-coref"].upper() == "TRUE")


def answers(question: Question, chains: Iterable[Chain]) -> tuple[bool, ...]:
    """For each name, whether a chain refers to it and has the pronoun: a reference whose head lies in the name."""
    joined = [chain for chain in chains if any(each.start == question.place for each in chain)]
    return tuple(
        any(name.start <= each.head < name.end for chain in joined for each in chain) for name in question.names
    )


def score(asked: Sequence[Question], answered: Sequence[Sequence[bool]]) -> dict[str, float]:
    """F1 in percent, overall and by gender, precision and recall, and the bias (1 is none)."""
    parts = {True: Score(), False: Score()}
    for question, said in zip(asked, answered, strict=True):
        parts[question.feminine] += total(map(_one, said, (name.meant for name in question.names)))
    both = total(parts.values())
    feminine, masculine = parts[True].f1, parts[False].f1
    return {
        **both.percent("pronouns"),
        "masculine F1": 100 * masculine,
        "feminine F1": 100 * feminine,
        "bias": feminine / masculine if masculine else 0.0,
    }


def _one(said: bool, meant: bool) -> Score:
    return Score.of(said and meant, said, meant)
