"""What is known by hand of who is who: clusters over the news documents, pairs of names, pairs of events.

``gold/MATCHING.md`` says how the three files were made, what counts as a mention, and how they are to be scored.
"""

import tomllib
from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Literal as OneOf

import msgspec

from kg.bench.gold import Amount

Band = OneOf["same", "different", "hard"]
"""What two names say by themselves: one name, two names, or nothing to rely on."""

_FOLDER = Path(__file__).with_name("gold")
_MATCHING, _NAME_PAIRS, _EVENT_PAIRS = (
    _FOLDER / name for name in ("matching.toml", "name_pairs.toml", "event_pairs.toml")
)


class GoldMention(msgspec.Struct, frozen=True):
    """What one document calls one thing: every name that it has for it, the longest first.

    ``document`` is the path of its file below the folder of news.
    """

    document: str
    names: tuple[str, ...]
    kind: str
    cluster: str


class GoldCluster(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One person, organization or place, with its names in each document, by the document's key.

    ``kind`` is the local name of a class of the ontology. ``note`` has the reasoning, where there was any to do.
    """

    id: str
    kind: str
    mentions: Mapping[str, tuple[str, ...]]
    note: str = ""

    def __post_init__(self) -> None:
        if not self.mentions or not all(self.mentions.values()):
            raise ValueError(f"cluster {self.id} has a document without a name, or no document")
        if any(name != name.strip() or not name for names in self.mentions.values() for name in names):
            raise ValueError(f"cluster {self.id} has a name that is blank or not trimmed")


class OpenPair(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Two clusters that a fair reader may take for one: joining them is neither right nor wrong."""

    clusters: tuple[str, str]
    note: str


class Matching(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole gold set. ``documents`` gives the file of each key.

    Within one document a name belongs to one cluster: what a name stands for there is never in doubt.
    """

    documents: Mapping[str, str]
    clusters: tuple[GoldCluster, ...] = msgspec.field(name="cluster")
    open: tuple[OpenPair, ...] = ()

    def __post_init__(self) -> None:
        ids = [cluster.id for cluster in self.clusters]
        _check_unique("cluster", ids)
        _check_unique("document", self.documents.values())
        _check_unique("name of a document", _places_of_names(self.clusters))
        _check_known("document", (key for cluster in self.clusters for key in cluster.mentions), self.documents)
        _check_known("cluster", (each for pair in self.open for each in pair.clusters), ids)

    def shared(self) -> tuple[GoldCluster, ...]:
        """The clusters that two documents or more mention."""
        return tuple(cluster for cluster in self.clusters if len(cluster.mentions) > 1)

    def namesakes(self) -> tuple[GoldCluster, ...]:
        """The clusters of one document, which are there to be kept apart from others."""
        return tuple(cluster for cluster in self.clusters if len(cluster.mentions) == 1)

    def mentions(self) -> Iterator[GoldMention]:
        """One row for each cluster and document."""
        for cluster in self.clusters:
            for key, names in cluster.mentions.items():
                yield GoldMention(self.documents[key], names, cluster.kind, cluster.id)


class NamePair(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Two names of one kind, and the band in which a comparison of the names alone has to put them."""

    left: str
    right: str
    kind: str
    band: Band
    reason: str


class EventFacts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An event as one report tells it. ``day`` is an ISO 8601 prefix or an interval of them.

    What a report leaves out is None.
    """

    kind: str
    name: str
    day: str
    place: str
    country: str
    participants: tuple[str, ...]
    site: str | None = None
    deaths: Amount | None = None
    injuries: Amount | None = None


class EventPair(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Two reports' events, and whether they are one."""

    verdict: OneOf["same", "different"]
    left: EventFacts
    right: EventFacts
    reason: str


class _NamePairs(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pair: tuple[NamePair, ...]


class _EventPairs(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pair: tuple[EventPair, ...]


@cache
def matching() -> Matching:
    """The gold set of clusters."""
    return parse_matching(_MATCHING.read_text(encoding="utf-8"))


@cache
def name_pairs() -> tuple[NamePair, ...]:
    """The pairs of names, in the order of the file."""
    return parse_name_pairs(_NAME_PAIRS.read_text(encoding="utf-8"))


@cache
def event_pairs() -> tuple[EventPair, ...]:
    """The pairs of events, in the order of the file."""
    return parse_event_pairs(_EVENT_PAIRS.read_text(encoding="utf-8"))


def parse_matching(toml: str) -> Matching:
    """The gold set of a file's text. What breaks a rule of it raises :class:`msgspec.ValidationError`."""
    return msgspec.convert(tomllib.loads(toml), Matching)


def parse_name_pairs(toml: str) -> tuple[NamePair, ...]:
    """The pairs of a file's text. A key that is unknown or missing raises :class:`msgspec.ValidationError`."""
    return msgspec.convert(tomllib.loads(toml), _NamePairs).pair


def parse_event_pairs(toml: str) -> tuple[EventPair, ...]:
    """The pairs of a file's text. A key that is unknown or missing raises :class:`msgspec.ValidationError`."""
    return msgspec.convert(tomllib.loads(toml), _EventPairs).pair


def digest() -> str:
    """The first 16 hex digits of the SHA-256 of the three files: scores are comparable only over the same ones."""
    return sha256(b"".join(file.read_bytes() for file in (_MATCHING, _NAME_PAIRS, _EVENT_PAIRS))).hexdigest()[:16]


def _places_of_names(clusters: tuple[GoldCluster, ...]) -> Iterator[tuple[str, str]]:
    """Each document's key with each name that the document has for something."""
    return ((key, name) for cluster in clusters for key, names in cluster.mentions.items() for name in names)


def _check_unique(what: str, found: Iterable[Hashable]) -> None:
    twice = [each for each, count in Counter(found).items() if count > 1]
    if twice:
        raise ValueError(f"{what} told twice: {twice[0]}")


def _check_known(what: str, found: Iterable[str], known: Collection[str]) -> None:
    unknown = sorted(set(found).difference(known))
    if unknown:
        raise ValueError(f"{what} not known: {unknown[0]}")
