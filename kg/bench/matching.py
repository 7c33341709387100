"""Extractions of the news documents in, how well the matcher clusters their persons, bodies and places out.

Entities are aligned with the gold mentions, and the partition is scored, as ``gold/MATCHING.md`` says.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import combinations
from typing import NamedTuple

import msgspec

from kg.bench.matching_gold import GoldMention, Matching
from kg.claims import Extraction, Judgement
from kg.clusters import Profile, clusters
from kg.resolution.names import normalised
from kg.resolution.profiles import key_of, match
from kg.resolution.records import Record, records
from kg.resolution.scores import JUDGE, record_iri

PARTS = ("P", "R", "F1")


class Aligned(NamedTuple):
    """An entity of the reader and the cluster of the gold mention that it is."""

    record: Record
    cluster: str
    kind: str


class Partition(NamedTuple):
    """Figures of a partition, in percent. ``items`` is the number of aligned entities."""

    items: int
    b_cubed: tuple[float, float, float]
    pairs: tuple[float, float, float]

    def figures(self, name: str) -> dict[str, float]:
        """The figures by name."""
        kinds = (("B³", self.b_cubed), ("pairs", self.pairs))
        return {f"{name} {kind} {part}": value for kind, held in kinds for part, value in zip(PARTS, held, strict=True)}


Choice = Callable[[Aligned], bool]
GROUPS: Mapping[str, Choice] = {
    "whole": lambda _: True,
    "no countries": lambda item: item.kind != "Country",
    "persons": lambda item: item.kind == "Person",
    "organizations": lambda item: item.record.family == "organization",
    "other places": lambda item: item.record.family == "place" and item.kind != "Country",
}


def aligned(extractions: Iterable[Extraction], gold: Matching) -> list[Aligned]:
    """The entities that are gold mentions of their documents, by name, else by an alias. Documents go by their file."""
    mentions = defaultdict(list)
    for mention in gold.mentions():
        mentions[mention.document].append(mention)
    return [
        Aligned(record, its.cluster, its.kind)
        for extraction in extractions
        for record in records(extraction)
        if (its := _mention_of(record, extraction, mentions[extraction.document.id]))
    ]


def meant(extraction: Extraction, whom: Mapping[str, str]) -> list[Aligned]:
    """The entities of which it is known whom they mean (not "")."""
    named = [record for record in records(extraction) if whom.get(record.entity)]
    return [Aligned(record, whom[record.entity], record.kind) for record in named]


def given(items: Iterable[Aligned], gold: Matching) -> list[Aligned]:
    """The gold mentions as if a reader had found every one, with what the reader found about those that it did."""
    found = {(item.record.document, item.cluster): item.record for item in items}
    homes = {record.document: record.home for record in found.values()}
    made = []
    for mention in gold.mentions():
        record = found.get((mention.document, mention.cluster))
        fresh = Record(mention.document, mention.cluster, mention.kind, mention.names, home=homes.get(mention.document))
        if record:
            fresh = msgspec.structs.replace(record, entity=mention.cluster, kind=mention.kind, names=mention.names)
        record = fresh
        made.append(Aligned(record, mention.cluster, mention.kind))
    return made


def matched(items: Sequence[Aligned]) -> list[str]:
    """For each item the cluster that the matcher puts it in, worked out at once and without a store."""
    keys = {record_iri(item.record): key_of(item.record) for item in items}
    told = [Judgement(of, key.profile.record, "same", 1.0, (), JUDGE) for of, key in keys.items()]
    told += [Judgement(key.profile.record, key.name, "same", 1.0, (), JUDGE) for key in keys.values() if key.name]
    told += filter(None, (match(*pair) for pair in _near({key.profile.record: key.profile for key in keys.values()})))
    found = clusters(told)
    return [found.iris[iri] for iri in keys]


def _near(profiles: Mapping[str, Profile]) -> list[tuple[Profile, Profile]]:
    """The pairs of which one is filed where the other looks."""
    filed = defaultdict(set)
    for record, profile in profiles.items():
        for block in profile.blocks:
            filed[block].add(record)
    pairs = {(it, other) for it, of in profiles.items() for block in of.looks for other in filed[block]}
    chosen = sorted({(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]})
    return [(profiles[one], profiles[other]) for one, other in chosen]


def missed(items: Iterable[Aligned], gold: Matching) -> int:
    """The number of gold mentions that no entity of the reader is."""
    found = {(item.record.document, item.cluster) for item in items}
    return sum((mention.document, mention.cluster) not in found for mention in gold.mentions())


def score(items: Sequence[Aligned], system: Sequence[str], gold: Matching) -> Partition:
    """B³ (Bagga and Baldwin 1998) and pairs. Pairs across open clusters don't count; for B³ they are one if joined."""
    truth = _with_open(items, system, gold)
    return Partition(len(items), _b_cubed(truth, system), _pairs(items, system, gold))


def scores(items: Sequence[Aligned], system: Sequence[str], gold: Matching) -> dict[str, Partition]:
    """The figures for all items and for each group of them."""
    found = {}
    for name, chosen in GROUPS.items():
        rows = [(item, label) for item, label in zip(items, system, strict=True) if chosen(item)]
        found[name] = score([item for item, _ in rows], [label for _, label in rows], gold)
    return found


def is_odd(cluster: str) -> bool:
    """Whether a cluster is of the half that the weights are fitted to."""
    return sha256(cluster.encode()).digest()[0] % 2 == 1


# --- aligning --------------------------------------------------------------------------------------------------------


def _mention_of(record: Record, extraction: Extraction, mentions: Sequence[GoldMention]) -> GoldMention | None:
    entity = next(entity for entity in extraction.entities if entity.id == record.entity)
    for names in ((entity.name,), entity.aliases):
        folded = {normalised(name, record.kind) for name in names}
        found = [it for it in mentions if folded & {normalised(name, record.kind) for name in it.names}]
        if found:
            return found[0]
    return None


# --- scoring ---------------------------------------------------------------------------------------------------------


def _with_open(items: Sequence[Aligned], system: Sequence[str], gold: Matching) -> list[str]:
    """The true cluster of each item, two open ones under one name where the system joined them."""
    under = defaultdict(set)
    for item, label in zip(items, system, strict=True):
        under[item.cluster].add(label)
    joined = {two: one for one, two in (pair.clusters for pair in gold.open) if under[one] & under[two]}
    return [joined.get(item.cluster, item.cluster) for item in items]


def _b_cubed(truth: Sequence[str], system: Sequence[str]) -> tuple[float, float, float]:
    both = Counter(zip(truth, system, strict=True))
    of_truth, of_system = Counter(truth), Counter(system)
    whole = max(len(truth), 1)
    precision = sum(count * count / of_system[label] for (_, label), count in both.items()) / whole
    recall = sum(count * count / of_truth[name] for (name, _), count in both.items()) / whole
    return _percent(precision, recall)


def _pairs(items: Sequence[Aligned], system: Sequence[str], gold: Matching) -> tuple[float, float, float]:
    """Of all pairs of items; those across open clusters don't count."""
    truth = [item.cluster for item in items]
    both = Counter(zip(truth, system, strict=True))
    right, said, true = (_twos(counted.values()) for counted in (both, Counter(system), Counter(truth)))
    labels = Counter(system)
    for one, other in {tuple(sorted(pair.clusters)) for pair in gold.open}:
        said -= sum(both[one, label] * both[other, label] for label in labels)
    return _percent(right / max(said, 1), right / max(true, 1))


def _twos(counts: Iterable[int]) -> int:
    """How many pairs there are within groups of such sizes."""
    return sum(count * (count - 1) // 2 for count in counts)


def _percent(precision: float, recall: float) -> tuple[float, float, float]:
    both = precision + recall
    return 100 * precision, 100 * recall, 200 * precision * recall / both if both else 0.0


def wrong_pairs(items: Sequence[Aligned], system: Sequence[str]) -> Iterator[tuple[Aligned, Aligned]]:
    """Two items of different gold clusters that the system joined; for each such pair of clusters the first."""
    told = set()
    for (one, first), (two, second) in combinations(zip(items, system, strict=True), 2):
        pair = frozenset({one.cluster, two.cluster})
        if first == second and len(pair) == 2 and pair not in told:
            told.add(pair)
            yield one, two
