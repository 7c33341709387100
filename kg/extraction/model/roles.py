"""What the graph says of predicates in, frames out: who does what to whom, as PropBank names it.

A predicate is a word with a sense (``kill.01``); each argument is a word with its role (``ARG0``), the head of the
phrase that fills it. All predicates of a window are scored against all of its words in the one pass of the graph
(pairwise roles without spans: Strubell et al. 2018; Zhang et al. 2021).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.extraction.model.labels import Labels

Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Argument:
    """A role and the word that fills it, with the probability that it does."""

    role: str
    word: int
    probability: float


@dataclass(frozen=True, slots=True)
class Frame:
    """A predicate, its sense, and its arguments in the order of the text."""

    predicate: int
    sense: str
    probability: float
    arguments: tuple[Argument, ...]


def frames(found: dict[str, Array], lemmas: list[str], labels: Labels, begins: list[int]) -> Iterator[Frame]:
    """The frames of one window whose sentences begin at ``begins``; ``lemmas`` holds ``kill/VERB`` for each word."""
    starts = np.asarray(begins)
    own = found["predicate_word"] >= (begins[0] if begins else len(lemmas))
    for k in np.flatnonzero((found["predicate"] > 0) & own).tolist():
        yield frame(found, k, lemmas, labels, starts)


def frame(found: dict[str, Array], k: int, lemmas: list[str], labels: Labels, starts: Array) -> Frame:
    """The frame of the ``k``-th word that may be a predicate. Its arguments stand in its own sentence."""
    word = int(found["predicate_word"][k])
    sentence = int(np.searchsorted(starts, word, side="right"))
    first, end = int(starts[sentence - 1]), int(starts[sentence]) if sentence < len(starts) else len(lemmas)
    roles = found["role"][k]
    arguments = tuple(
        Argument(labels.role[roles[i]], i, float(found["role_probability"][k, i]))
        for i in (np.flatnonzero(roles[first:end]) + first).tolist()
    )
    probability = float(1 / (1 + np.exp(-found["predicate"][k])))
    return Frame(word, _sense(found["sense"][k], lemmas[word], labels), probability, arguments)


def _sense(scores: Array, lemma: str, labels: Labels) -> str:
    """The best of the senses that the lemma had in training; of a lemma never seen, the first one."""
    known = labels.senses.get(lemma)
    if not known:
        return f"{lemma.partition('/')[0]}.01"
    return labels.sense[max(known, key=lambda i: scores[i])]
