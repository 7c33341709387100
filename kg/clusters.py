"""Judgements in, clusters out: which records are one thing, and the IRI of that thing. Pure; no order matters.

A record is an entity of a document or a key record (an IRI with ``key/`` after its base). Both the resolution, which
judges, and the store, which merges, read this.

A key record stands for all entities of which documents tell the same: those of one name, or of one name in one setting.
Its profile says what it is known by, and where those that may be the same thing are found.
"""

from collections import defaultdict
from collections.abc import Iterable
from hashlib import sha256

import msgspec

from kg.claims import Judgement
from kg.config import BASE


class Conflict(msgspec.Struct, frozen=True, order=True):
    """A ``same`` that could not be followed, because a ``different`` keeps the two clusters apart."""

    left: str
    right: str
    apart: tuple[str, str]


class Profile(msgspec.Struct, frozen=True):
    """What a key record is judged by.

    ``told`` is text that the judge reads and nobody else. The record is filed under ``blocks``, and compared with those
    filed under any of ``looks``.
    """

    record: str
    told: str
    blocks: frozenset[str]
    looks: frozenset[str]


class Clusters(msgspec.Struct, frozen=True):
    """``iris`` leads from each judged record to the IRI of its cluster; ``replaced`` from IRIs that a merge gave up."""

    iris: dict[str, str]
    replaced: dict[str, str]
    conflicts: tuple[Conflict, ...]


def clusters(judgements: Iterable[Judgement], base: str = BASE) -> Clusters:
    """Connected components of ``same``, built from the strongest judgement down, never across a ``different``.

    A person outranks a machine: where persons have judged a pair, the machine's verdicts on it are void, and among
    persons the latest counts. ``different`` binds; ``unsure`` decides nothing. What could not be joined is reported.
    """
    pairs = _verdicts(judgements)
    forest, conflicts = _Records(pairs), list[Conflict]()
    for judgement in sorted((it for it in pairs.values() if it.verdict == "same"), key=_strength):
        apart = forest.forbidden(judgement.left, judgement.right)
        if apart:
            conflicts.append(Conflict(judgement.left, judgement.right, apart))
        else:
            forest.join(judgement.left, judgement.right)
    return _named(forest, pairs, tuple(sorted(conflicts)), base)


def is_person(judgement: Judgement) -> bool:
    """Whether somebody, not a program, judged."""
    return not judgement.judge.startswith("machine:")


def is_key(record: str, base: str = BASE) -> bool:
    """Whether an IRI is that of a key record."""
    return record.startswith(f"{base}key/")


def key_iri(key: str, base: str = BASE) -> str:
    """The IRI of the cluster that a key record stands for by itself."""
    return base + key.removeprefix(f"{base}key/")


def cluster_iri(members: Iterable[str], base: str = BASE) -> str | None:
    """The IRI of a cluster: that of its first key record in the alphabet; ``None`` if it holds no key record."""
    return min((key_iri(record, base) for record in members if is_key(record, base)), default=None)


def lone_iri(record: str, key: str | None, base: str = BASE) -> str:
    """The IRI of entities without a key record: the key they were cut from, or "thing", and a hash."""
    stem = key_iri(key, base) + "-" if key else f"{base}thing/"
    return stem + sha256(record.encode()).hexdigest()[:8]


_Pair = tuple[str, str]


def _pair(judgement: Judgement) -> _Pair:
    left, right = sorted((judgement.left, judgement.right))
    return left, right


def _verdicts(judgements: Iterable[Judgement]) -> dict[_Pair, Judgement]:
    """The judgement that counts for each pair."""
    best: dict[_Pair, Judgement] = {}
    for judgement in sorted(judgements, key=_weight):
        best[_pair(judgement)] = judgement
    return best


def _weight(judgement: Judgement) -> tuple[bool, str, bool, float, str, str, str]:
    """Later in this order outranks earlier: persons, then the latest, then ``different``, then the score."""
    different = judgement.verdict == "different"
    tie = (judgement.judge, judgement.left, judgement.verdict)
    return (is_person(judgement), judgement.at or "", different, judgement.score, *tie)


def _strength(judgement: Judgement) -> tuple[bool, float, _Pair]:
    return not is_person(judgement), -judgement.score, _pair(judgement)


class Forest:
    """Things joined into trees; the first in the alphabet of each is its root."""

    def __init__(self, nodes: Iterable[str]) -> None:
        self.parent = {node: node for node in nodes}

    def root(self, node: str) -> str:
        """The root of a thing's tree."""
        while self.parent[node] != node:
            self.parent[node] = self.parent[self.parent[node]]
            node = self.parent[node]
        return node

    def join(self, one: str, other: str) -> None:
        """Put two trees together."""
        first, second = sorted((self.root(one), self.root(other)))
        self.parent[second] = first

    def trees(self) -> dict[str, list[str]]:
        """The members of each tree, by its root."""
        found: dict[str, list[str]] = defaultdict(list)
        for node in self.parent:
            found[self.root(node)].append(node)
        return found


class _Records(Forest):
    """Records joined into trees, with the pairs that must never share one."""

    def __init__(self, pairs: dict[_Pair, Judgement]) -> None:
        super().__init__(record for pair in pairs for record in pair)
        self.enemies: dict[str, set[_Pair]] = defaultdict(set)
        for pair, judgement in pairs.items():
            if judgement.verdict == "different":
                self.enemies[pair[0]].add(pair)
                self.enemies[pair[1]].add(pair)

    def forbidden(self, left: str, right: str) -> _Pair | None:
        """The pair that keeps the trees of two records apart, if there is one."""
        left, right = self.root(left), self.root(right)
        return min(self.enemies[left] & self.enemies[right], default=None) if left != right else None

    def join(self, one: str, other: str) -> None:
        roots = {self.root(one), self.root(other)}
        super().join(one, other)
        self.enemies[self.root(one)] = set().union(*(self.enemies.pop(root, set()) for root in roots))


def _named(forest: Forest, pairs: dict[_Pair, Judgement], conflicts: tuple[Conflict, ...], base: str) -> Clusters:
    iris: dict[str, str] = {}
    replaced: dict[str, str] = {}
    judged_key = _judged_keys(pairs, base)
    for members in forest.trees().values():
        iri = cluster_iri(members, base)
        if iri is None:
            first = min(members)
            iri = lone_iri(first, judged_key.get(first), base)
        iris |= dict.fromkeys(members, iri)
        given_up = {key_iri(record, base) for record in members if is_key(record, base)} - {iri}
        replaced |= dict.fromkeys(given_up, iri)
    return Clusters(iris, replaced, conflicts)


def _judged_keys(pairs: dict[_Pair, Judgement], base: str) -> dict[str, str]:
    """For each entity, the first key record that it was judged against, whatever the verdict."""
    keys: dict[str, str] = {}
    for pair in sorted(pairs):
        for record, other in (pair, pair[::-1]):
            if is_key(other, base) and not is_key(record, base):
                keys[record] = min(other, keys.get(record, other))
    return keys
