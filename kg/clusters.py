"""Judgements in, clusters out: which records are one thing, and the IRI of that thing. Pure; no order matters.

A record is an entity of a document or a key record (an IRI with ``key/`` after its base). Both the resolution, which
judges, and the store, which merges, read this.

A key record stands for all entities of which documents tell the same: those of one name, or of one name in one setting.
Its profile says what it is known by, and where those that may be the same thing are found.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256

import msgspec

from kg.claims import Judgement, Verdict
from kg.config import BASE

Pair = tuple[str, str]

_BINDING: tuple[Verdict, ...] = ("unsure", "same", "different")
"""From the word of a person that binds least to the one that binds most."""


class Conflict(msgspec.Struct, frozen=True, order=True):
    """A ``same`` that could not be followed, because a ``different`` keeps the two clusters apart.

    Where persons disagree on the two themselves, ``apart`` is these two, and ``same`` and ``different`` hold the judges
    who say the one and the other.
    """

    left: str
    right: str
    apart: tuple[str, str]
    same: tuple[str, ...] = ()
    different: tuple[str, ...] = ()


class Profile(msgspec.Struct, frozen=True):
    """What a key record is judged by.

    ``told`` is text that the judge reads and nobody else. The record is filed under ``blocks``, and compared with those
    filed under any of ``looks``.
    """

    record: str
    told: str
    blocks: frozenset[str]
    looks: frozenset[str]


class Location(msgspec.Struct, frozen=True):
    """A judge's statement that an entity of a document is a place of a gazetteer.

    ``entity`` and ``link`` are IRIs, the position is in degrees (WGS 84). It may be said of a document alone: it counts
    for a thing as long as most documents that say anything of it say so.
    """

    entity: str
    link: str
    longitude: float
    latitude: float
    reason: str
    judge: str


class Clusters(msgspec.Struct, frozen=True):
    """``iris`` leads from each judged record to the IRI of its cluster; ``replaced`` from IRIs that a merge gave up."""

    iris: dict[str, str]
    replaced: dict[str, str]
    conflicts: tuple[Conflict, ...]


def clusters(judgements: Iterable[Judgement], base: str = BASE) -> Clusters:
    """Connected components of ``same``, built from the strongest judgement down, never across a ``different``.

    A person outranks a machine: where persons have judged a pair, the machine's verdicts on it are void. Of each person
    the latest word counts, and no person outranks another: where one says ``same`` and one ``different``, the two stay
    apart, and the conflict is reported until one of them says otherwise. ``different`` binds; ``unsure`` decides
    nothing; what was withdrawn was never said. Machines build first; then persons join what was built as it is: that
    machines hold some of its records apart does not forbid it, only a person's ``different`` does. What could not be
    joined is reported.
    """
    words = _last_words(judgements)
    pairs = {pair: _counting(said) for pair, said in words.items()}
    forest = _Records(pairs)
    ordered = sorted((it for it in pairs.values() if it.verdict == "same"), key=_strength)
    conflicts = [*_disagreements(words), *forest.joined(it for it in ordered if not is_person(it))]
    forest.forget({pair for pair, it in pairs.items() if not is_person(it)})
    conflicts += forest.joined(filter(is_person, ordered))
    return _named(forest, pairs, tuple(sorted(conflicts)), base)


def standing(judgements: Iterable[Judgement]) -> list[Judgement]:
    """The judgements that nobody took back: each ``withdrawn`` takes back what its judge last said of the pair."""
    judgements = list(judgements)
    withdrawn = {(it.judge, pair_of(it)) for it in judgements if it.verdict == "withdrawn"}
    if not withdrawn:
        return judgements
    found = [it for it in judgements if (it.judge, pair_of(it)) not in withdrawn]
    doubtful: dict[tuple[str, Pair], list[Judgement]] = {each: [] for each in withdrawn}
    for it in sorted(judgements, key=lambda it: (it.at or "", it.verdict == "withdrawn")):
        said = doubtful.get((it.judge, pair_of(it)))
        if said is not None and it.verdict != "withdrawn":
            said.append(it)
        elif said:
            said[:] = [each for each in said if each.at != said[-1].at]
    return found + [it for said in doubtful.values() for it in said]


def verdicts(judgements: Iterable[Judgement]) -> dict[Pair, Judgement]:
    """The judgement that counts for each pair."""
    return {pair: _counting(said) for pair, said in _last_words(judgements).items()}


def pair_of(judgement: Judgement) -> Pair:
    """The two records that a judgement is on, in the order of the alphabet."""
    left, right = sorted((judgement.left, judgement.right))
    return left, right


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


def _last_words(judgements: Iterable[Judgement]) -> dict[Pair, dict[str, Judgement]]:
    """The word of each judge that counts on each pair."""
    words: dict[Pair, dict[str, Judgement]] = defaultdict(dict)
    for judgement in sorted(standing(judgements), key=_weight):
        words[pair_of(judgement)][judgement.judge] = judgement
    return words


def _counting(said: Mapping[str, Judgement]) -> Judgement:
    """What counts of all judges' words on one pair. Persons are equals: the word that binds most, not the latest."""
    return max(said.values(), key=lambda it: (is_person(it), is_person(it) and _BINDING.index(it.verdict), _weight(it)))


def _disagreements(words: Mapping[Pair, Mapping[str, Judgement]]) -> Iterator[Conflict]:
    """The pairs that one person holds to be the same, and another to be different."""
    for pair, said in words.items():
        same, different = (
            tuple(sorted(it.judge for it in said.values() if it.verdict == verdict and is_person(it)))
            for verdict in ("same", "different")
        )
        if same and different:
            yield Conflict(*pair, pair, same, different)


def _weight(judgement: Judgement) -> tuple[bool, str, bool, float, str, str, str]:
    """Later in this order outranks earlier: persons, then the latest, then ``different``, then the score."""
    different = judgement.verdict == "different"
    tie = (judgement.judge, judgement.left, judgement.verdict)
    return (is_person(judgement), judgement.at or "", different, judgement.score, *tie)


def _strength(judgement: Judgement) -> tuple[float, Pair]:
    return -judgement.score, pair_of(judgement)


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

    def __init__(self, pairs: dict[Pair, Judgement]) -> None:
        super().__init__(record for pair in pairs for record in pair)
        self.enemies: dict[str, set[Pair]] = defaultdict(set)
        for pair, judgement in pairs.items():
            if judgement.verdict == "different":
                self.enemies[pair[0]].add(pair)
                self.enemies[pair[1]].add(pair)

    def joined(self, judgements: Iterable[Judgement]) -> Iterator[Conflict]:
        """Put together what is the same, one after the other; what is forbidden is given."""
        for it in judgements:
            if apart := self.forbidden(it.left, it.right):
                yield Conflict(it.left, it.right, apart)
            else:
                self.join(it.left, it.right)

    def forget(self, pairs: set[Pair]) -> None:
        """Let some pairs share a tree from now on."""
        for enemies in self.enemies.values():
            enemies -= pairs

    def forbidden(self, left: str, right: str) -> Pair | None:
        """The pair that keeps the trees of two records apart, if there is one."""
        left, right = self.root(left), self.root(right)
        return min(self.enemies[left] & self.enemies[right], default=None) if left != right else None

    def join(self, one: str, other: str) -> None:
        roots = {self.root(one), self.root(other)}
        super().join(one, other)
        self.enemies[self.root(one)] = set().union(*(self.enemies.pop(root, set()) for root in roots))


def _named(forest: Forest, pairs: dict[Pair, Judgement], conflicts: tuple[Conflict, ...], base: str) -> Clusters:
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


def _judged_keys(pairs: dict[Pair, Judgement], base: str) -> dict[str, str]:
    """For each entity, the first key record that it was judged against, whatever the verdict."""
    keys: dict[str, str] = {}
    for pair in sorted(pairs):
        for record, other in (pair, pair[::-1]):
            if is_key(other, base) and not is_key(record, base):
                keys[record] = min(other, keys.get(record, other))
    return keys
