"""Things of a document with their mentions in, the relations that hold between them out.

Every pair of things is scored at the places where both are mentioned, by a small network on the vectors of their words
(:class:`kg.extraction.training.network.RelationScorer`, here in numpy). The same code chooses and describes the pairs
in training and in reading.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.extraction.model.products import times

Array = NDArray[Any]

SORTS = (
    "", "Person", "Organization", "Place", "Event", "Nationality", "Work", "Weapon", "Date", "Number", "Other",
)  # fmt: skip
"""Sorts of things that the relation head tells apart; parties are organizations, laws and products are ``Other``,
works ``Work``, groups of people described only ("two gunmen") persons; empty where it is not known."""

LABELS: dict[str, tuple[str, ...]] = {
    "in": ("locatedIn", "basedIn", "happenedIn"),
    "part": ("partOf", "subEventOf"),
    "owned": ("ownedBy",),
    "leaderOf": ("leaderOf",),
    "bornIn": ("bornIn",),
    "diedIn": ("diedIn",),
    "livesIn": ("livesIn",),
    "citizenOf": ("citizenOf", "comesFrom"),
    "bornOn": ("bornOn",),
    "diedOn": ("diedOn",),
    "childOf": ("childOf",),
    "spouse": ("spouse",),
    "siblingOf": ("siblingOf",),
    "educatedAt": ("educatedAt",),
    "memberOf": ("memberOf",),
    "employedBy": ("employedBy",),
    "founded": ("founded",),
    "foundedOn": ("foundedOn",),
    "happenedOn": ("happenedOn",),
    "participatedIn": ("participatedIn",),
    "successorOf": ("successorOf",),
    "capitalOf": ("capitalOf",),
    "createdBy": ("createdBy",),
    "publishedBy": ("publishedBy",),
    "publishedOn": ("publishedOn",),
    "jurisdiction": ("jurisdiction",),
    "awarded": ("awarded",),
    "adjacentTo": ("adjacentTo",),
    "alliedWith": ("alliedWith",),
    "opponentOf": ("opponentOf",),
    "killedBy": ("killedBy",),
    "kidnappedBy": ("kidnappedBy",),
    "attacked": ("attacked",),
    "incident": (),
    "buriedIn": ("buriedIn",),
    "carriedOutBy": ("carriedOutBy",),
    "claimedBy": ("claimedBy",),
    "orderedBy": ("orderedBy",),
    "victim": ("victim",),
    "target": ("target",),
    "weapon": ("weapon",),
    "causedBy": ("causedBy",),
    "arrested": ("arrested",),
    "appointed": ("appointed",),
    "met": ("met",),
    "visited": ("visited",),
    "endorsed": ("endorsed",),
    "candidateFor": ("candidateFor",),
    "winner": ("winner",),
}
"""Label to the properties of the ontology that it may state; the kinds of subject and object decide among them.

``incident``: both play a part in the same incident (symmetric; states nothing by itself)."""

SYMMETRIC = frozenset({"spouse", "siblingOf", "adjacentTo", "alliedWith", "opponentOf", "incident", "met"})
"""Labels that hold both ways."""

FORMS = ("name", "noun", "pronoun", "value")
"""How a thing is mentioned; dates and numbers are values."""

_WORDS = np.array([1, 2, 3, 4, 6, 8, 11, 15, 20, 28, 40, 60, 90])
_SENTENCES = np.array([1, 2, 3, 5])
_SIZES = (
    2 * (len(_WORDS) + 1),
    2 * (len(_SENTENCES) + 1),
    len(SORTS) * len(SORTS),
    len(FORMS) * len(FORMS),
    2,
)
_STARTS = np.cumsum([0, *_SIZES[:-1]])
FEATURES = int(sum(_SIZES))

NEAREST = 4
"""Of the places where two things are mentioned, so many are looked at: the nearest ones."""


@dataclass(frozen=True, slots=True)
class Mentions:
    """M mentions of things in the order of the text, one column each."""

    thing: Array  # number of the thing
    sort: Array  # index into SORTS
    form: Array  # index into FORMS
    first: Array  # place of its first word in the document
    last: Array  # of its last word
    sentence: Array
    window: Array  # the window it stands in

    @staticmethod
    def of(rows: "list[tuple[int, int, int, int, int, int, int]]") -> "Mentions":
        """From rows (thing, sort, form, first, last, sentence, window)."""
        return Mentions(*np.array(sorted(rows, key=lambda r: (r[3], r[4])), dtype=np.int64).reshape(-1, 7).T)


def pairs(mentions: Mentions, apart: int | None = None) -> tuple[Array, Array]:
    """(K,) head and (K,) tail mentions: for each ordered pair of things the :data:`NEAREST` pairs of their mentions.

    What stands in one window comes before what does not, the near before the far. With ``apart``, mentions more windows
    apart than that are no pair at all.
    """
    m = len(mentions.thing)
    head, tail = np.divmod(np.arange(m * m), max(m, 1))
    kept = mentions.thing[head] != mentions.thing[tail]
    away = np.abs(mentions.window[head] - mentions.window[tail])
    if apart is not None:
        kept &= away <= apart
    head, tail, away = head[kept], tail[kept], away[kept]
    words = np.abs(mentions.first[head] - mentions.first[tail])
    order = np.lexsort((words, away > 0, mentions.thing[tail], mentions.thing[head]))
    head, tail = head[order], tail[order]
    key = mentions.thing[head] * (int(mentions.thing.max(initial=0)) + 1) + mentions.thing[tail]
    rank = np.arange(len(key)) - np.searchsorted(key, key, side="left")
    return head[rank < NEAREST], tail[rank < NEAREST]


def features(mentions: Mentions, head: Array, tail: Array) -> Array:
    """(K, 5) ids of what is known of K pairs of mentions."""
    before = (mentions.first[head] <= mentions.first[tail]).astype(np.int64)
    words = np.abs(mentions.first[head] - mentions.first[tail])
    sentences = np.abs(mentions.sentence[head] - mentions.sentence[tail])
    together = mentions.window[head] == mentions.window[tail]
    columns = (
        np.searchsorted(_WORDS, words, side="right") * 2 + before,
        np.searchsorted(_SENTENCES, sentences, side="right") * 2 + before,
        mentions.sort[head] * len(SORTS) + mentions.sort[tail],
        mentions.form[head] * len(FORMS) + mentions.form[tail],
        together.astype(np.int64),
    )
    found: Array = np.stack([start + column for start, column in zip(_STARTS, columns, strict=True)], 1)
    return found


@dataclass(frozen=True, slots=True)
class Found:
    """What was read of P ordered pairs of things."""

    head: Array  # (P,) numbers of things
    tail: Array
    probability: Array  # (P, labels)
    places: Array  # (P, labels, 2): the first words of the two mentions that tell it best


class Relations:
    """The relation head with its weights (those of ``relations.`` in ``heads.npz``)."""

    def __init__(self, weights: Mapping[str, Array]) -> None:
        self.w = weights
        self.labels = tuple(LABELS)[: len(weights["score.bias"])]
        """The labels that were learnt: the first of :data:`LABELS`, to which new ones are added behind."""

    def read(self, vectors: Array, windows: Array, mentions: Mentions) -> Found:
        """Scores all pairs of things that are mentioned near each other.

        ``vectors`` (words, width) are the graph's, one for each word of the document; ``windows`` (words,) is the
        number of the window in which each was read, -1 for none.
        """
        head, tail = pairs(mentions, apart=1)
        if not len(head):
            none = np.zeros((0, len(self.labels)))
            return Found(head, tail, none, np.zeros((0, len(self.labels), 2), dtype=np.int64))
        logits = self._logits(vectors, windows, mentions, head, tail)
        things = np.stack([mentions.thing[head], mentions.thing[tail]], 1)
        starts = np.flatnonzero(np.r_[True, (things[1:] != things[:-1]).any(1)])
        total = np.logaddexp.reduceat(logits, starts, axis=0)
        ends = np.stack([mentions.first[head], mentions.first[tail]], 1)
        best = np.stack([a + part.argmax(0) for a, part in zip(starts, np.split(logits, starts[1:]), strict=True)])
        return Found(things[starts, 0], things[starts, 1], 1 / (1 + np.exp(-total)), ends[best])

    def _logits(self, vectors: Array, windows: Array, mentions: Mentions, head: Array, tail: Array) -> Array:
        """(K, labels) for K pairs of mentions."""
        of = (vectors[mentions.first] + vectors[mentions.last]) / 2
        left, right = self._linear("head", of), self._linear("tail", of)
        query = self._linear("head_query", of)[head] + self._linear("tail_query", of)[tail]
        ids = features(mentions, head, tail)
        hidden = left[head] + right[tail] + times(left[head] * right[tail], self.w["product.weight"])
        hidden += self.w["features.weight"][ids].sum(1)
        together = np.where(mentions.window[head] == mentions.window[tail], mentions.window[head], -1)
        hidden += times(self._around(vectors, windows, together, query), self.w["context.weight"])
        found: Array = self._linear("score", np.maximum(hidden, 0)) + self.w["weights.weight"][ids].sum(1)
        return found

    def _around(self, vectors: Array, windows: Array, together: Array, query: Array) -> Array:
        """(K, context): what each pair attends to among the words of its window ``together`` (K,), -1 for none."""
        found = np.zeros((len(query), len(self.w["value.bias"])), dtype=np.float32)
        for window in np.unique(together[together >= 0]):
            mine, words = np.flatnonzero(together == window), vectors[windows == window]
            scores = times(query[mine], self._linear("key", words)) * query.shape[1] ** -0.5
            weights = np.exp(scores - scores.max(1, keepdims=True))
            found[mine] = times(weights / weights.sum(1, keepdims=True), self._linear("value", words).T)
        return found

    def _linear(self, name: str, x: Array) -> Array:
        found: Array = times(x, self.w[f"{name}.weight"]) + self.w[f"{name}.bias"]
        return found
