"""Clusters of mentions that were found and those that are there in; MUC, B³, CEAFe and their mean out.

The definitions are those of the official scorer of the CoNLL shared tasks (Pradhan et al. 2014, "Scoring Coreference
Partitions of Predicted Mentions", ACL): mentions that only one side has are allowed, counts are added up over the
documents before anything is divided, and singletons count as they are given. A mention is anything hashable; one that a
side puts into several clusters stays in the first.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Sequence

import msgspec
import numpy as np

from kg.bench.assignment import best_pairs
from kg.bench.scores import Score

Cluster = frozenset[Hashable]


class Coreference(msgspec.Struct, frozen=True):
    """The scores of some documents; those of several are added up."""

    muc: Score = Score()
    b_cubed: Score = Score()
    ceaf_e: Score = Score()
    mentions: Score = Score()

    def __add__(self, other: "Coreference") -> "Coreference":
        return Coreference(
            self.muc + other.muc,
            self.b_cubed + other.b_cubed,
            self.ceaf_e + other.ceaf_e,
            self.mentions + other.mentions,
        )

    @property
    def conll(self) -> float:
        """The mean of the three F1 (Denis & Baldridge 2009), from 0 to 1."""
        return (self.muc.f1 + self.b_cubed.f1 + self.ceaf_e.f1) / 3


def score(found: Iterable[Collection[Hashable]], gold: Iterable[Collection[Hashable]]) -> Coreference:
    """All measures of one document."""
    response, key = _partition(found), _partition(gold)
    mentions = Score.of_sets(frozenset().union(*response), frozenset().union(*key))
    return Coreference(muc(response, key), b_cubed(response, key), ceaf_e(response, key), mentions)


def muc(response: Sequence[Cluster], key: Sequence[Cluster]) -> Score:
    """Links that need not be added or taken away (Vilain et al. 1995)."""
    kept, links = _links(response, key)
    found, needed = _links(key, response)
    return Score(kept, links, found, needed)


def _links(these: Sequence[Cluster], those: Sequence[Cluster]) -> tuple[int, int]:
    """Of the links that hold each of these clusters together, how many the other side has, and how many there are."""
    at = _places(those)
    kept = sum(len(cluster) - _parts(cluster, at) for cluster in these)
    return kept, sum(len(cluster) - 1 for cluster in these)


def _parts(cluster: Cluster, at: dict[Hashable, int]) -> int:
    """Into how many parts the other side cuts a cluster: what it has not at all is a part of its own."""
    known = [at[mention] for mention in cluster if mention in at]
    return len(set(known)) + len(cluster) - len(known)


def b_cubed(response: Sequence[Cluster], key: Sequence[Cluster]) -> Score:
    """For each mention, how much of its cluster the other side shares (Bagga & Baldwin 1998)."""
    shared = _overlaps(response, key)
    right = sum(n * n / len(response[r]) for (r, _), n in shared.items())
    found = sum(n * n / len(key[k]) for (_, k), n in shared.items())
    return Score(right, sum(map(len, response)), found, sum(map(len, key)))


def ceaf_e(response: Sequence[Cluster], key: Sequence[Cluster]) -> Score:
    """Clusters paired one to one so that their likeness adds up to the most (Luo 2005, with his φ4).

    The likeness of two clusters is twice the mentions they share over the mentions they have.
    """
    likeness = np.zeros((len(response), len(key)))
    for (r, k), shared in _overlaps(response, key).items():
        likeness[r, k] = 2 * shared / (len(response[r]) + len(key[k]))
    common = sum(float(likeness[pair]) for pair in best_pairs(likeness))
    return Score.of(common, len(response), len(key))


def _overlaps(response: Sequence[Cluster], key: Sequence[Cluster]) -> dict[tuple[int, int], int]:
    """How many mentions each pair of clusters shares, of those that share any."""
    at, shared = _places(key), defaultdict[tuple[int, int], int](int)
    for number, cluster in enumerate(response):
        for mention in cluster & at.keys():
            shared[number, at[mention]] += 1
    return shared


def _places(clusters: Sequence[Cluster]) -> dict[Hashable, int]:
    return {mention: number for number, cluster in enumerate(clusters) for mention in cluster}


def _partition(clusters: Iterable[Collection[Hashable]]) -> list[Cluster]:
    """Each mention once, in the first cluster that has it; clusters that are left with none are gone."""
    taken, kept = set[Hashable](), list[Cluster]()
    for cluster in clusters:
        rest = frozenset(cluster) - taken
        taken |= rest
        if rest:
            kept.append(rest)
    return kept
