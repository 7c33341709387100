"""The key records that come and go with documents: what the ledger gains and loses, and which pairs are judged anew.

A key record is there as long as an entity of some document is judged to be it, or a record of the same name that is
there. With it stand its profile, the blocks under which others find it, and the judgements on it and others; these are
made when the second of the two comes, and go with the first of them that goes: they depend on the two alone.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from kg.claims import Judgement
from kg.clusters import Profile, is_key
from kg.config import BASE
from kg.store.evidence import Triple
from kg.store.identities import BLOCK, HOME, PROFILE, WIDER, Turn, between_keys
from kg.store.ledger import judgement_triples
from kg.store.lookups import Lookups
from kg.store.names import kg
from kg.store.terms import literal, text_of

Match = Callable[[Profile, Profile], Judgement | None]
"""What judges two key records: a pure function of the two, whichever comes first; None where nothing is to be said."""

_AT_HAND = 50_000
"""Profiles that are kept in memory: some tens of megabytes."""


class Arrival(NamedTuple):
    """What documents that come say of who is who: the key of each entity (in angle brackets), the wider key that some
    keys are part of, and the profiles of keys."""

    keys: dict[str, str]
    wider: dict[str, Judgement]
    profiles: dict[str, Profile]

    @classmethod
    def joined(cls, arrivals: Iterable["Arrival"]) -> "Arrival":
        """What several documents say."""
        found = cls({}, {}, {})
        for each in arrivals:
            found = cls(found.keys | each.keys, found.wider | each.wider, found.profiles | each.profiles)
        return found


class Ledger(NamedTuple):
    """What a change makes of the ledger: triples to take out and to put in, and what they mean for who is who."""

    minus: set[Triple]
    plus: set[Triple]
    turn: Turn


class Profiles:
    """The profiles of key records in the store, those read lately at hand: a well-known name is compared with often."""

    def __init__(self, ledger: Lookups) -> None:
        self._ledger = ledger
        self._read: dict[str, Profile] = {}

    def of(self, key: str) -> Profile:
        """The profile of a key record, as it is filed."""
        if key not in self._read:
            if len(self._read) >= _AT_HAND:
                self._read.clear()
            node = self._ledger.node(f"<{key}>")
            self._read[key] = Profile(key, text_of(node[PROFILE][0]), frozenset(map(text_of, node[BLOCK])), frozenset())
        return self._read[key]

    def forget(self, keys: Iterable[str]) -> None:
        """Read these again, should they be asked for."""
        for key in keys:
            self._read.pop(key, None)


def ledger_after(
    arrival: Arrival,
    gone: Mapping[str, set[Triple]],
    ledger: Lookups,
    kept: Lookups,
    match: Match,
    profiles: Profiles,
    base: str = BASE,
) -> Ledger:
    """The ledger after documents came and went. ``gone`` holds, for each entity that goes, the judgements on it as
    triples; ``ledger`` and ``kept`` are the store's graphs before, ``profiles`` those of its key records."""
    wider = {it.right for it in arrival.wider.values()}
    used = {*arrival.keys.values(), *wider}
    come = {key for key in used if not kept.objects(f"<{key}>", HOME)}
    lost = _lost(gone, used, ledger, base)
    minus, old = set[Triple]().union(*gone.values()), set[Judgement]()
    for key in lost:
        old |= between_keys(key, ledger, base)
        minus |= {(f"<{key}>", name, value) for name, values in ledger.node(f"<{key}>").items() for value in values}
    stars = {it for key, it in arrival.wider.items() if key in come}
    new = stars | set(_judged(come, lost, arrival.profiles, ledger, match, profiles))
    profiles.forget(come | lost)
    plus = {triple for key in come if key in arrival.profiles for triple in _filed(arrival.profiles[key])}
    plus |= {(f"<{it.left}>", WIDER, f"<{it.right}>") for it in stars}
    minus |= {triple for it in old for triple in judgement_triples(it, base)}
    plus |= {triple for it in new for triple in judgement_triples(it, base)}
    turn = Turn(dict(arrival.keys), frozenset(gone), frozenset(old), frozenset(new), frozenset(come), frozenset(lost))
    return Ledger(minus, plus, turn)


def _lost(gone: Mapping[str, set[Triple]], used: set[str], ledger: Lookups, base: str) -> set[str]:
    """The keys that nothing is any more: first those of entities, then those wider ones that only such were part of."""
    nodes = {node for triples in gone.values() for node, _, _ in triples}
    left = {value[1:-1] for triples in gone.values() for _, name, value in triples if name == kg("right")}
    lost = {key for key in left - used if not _has_entity(key, nodes, ledger, base)}
    names = {value[1:-1] for key in lost for value in ledger.objects(f"<{key}>", WIDER)}
    parts = {f"<{key}>" for key in lost}
    return lost | {
        name
        for name in names - used
        if not ledger.has_subject(WIDER, f"<{name}>", parts) and not _has_entity(name, nodes, ledger, base)
    }


def _has_entity(key: str, besides: set[str], ledger: Lookups, base: str) -> bool:
    """Whether a machine holds some entity to be this, by other judgements than those besides."""
    return any(
        not is_key(left[1:-1], base)
        for node in ledger.each_subject(kg("right"), f"<{key}>")
        if node not in besides and not ledger.objects(node, kg("at"))
        for left in ledger.objects(node, kg("left"))
    )


def _judged(
    come: Iterable[str],
    lost: set[str],
    arriving: Mapping[str, Profile],
    ledger: Lookups,
    match: Match,
    stored: Profiles,
) -> Iterator[Judgement]:
    """What is judged of those that come and all that share a block with them, each other among them."""
    fresh = {key: arriving[key] for key in sorted(come) if key in arriving}
    filed: dict[str, set[str]] = defaultdict(set)
    for key, profile in fresh.items():
        for block in profile.blocks:
            filed[block].add(key)
    for key, profile in fresh.items():
        there = {text for block in profile.looks for text in ledger.subjects(BLOCK, literal(block))}
        others = {other[1:-1] for other in there} - lost - fresh.keys()
        # Of two that come together, the later in the alphabet asks, or the one that alone looks where the other is.
        others |= {
            it for block in profile.looks for it in filed.get(block, ()) if it < key or not _finds(fresh[it], profile)
        }
        for other in sorted(others - {key}):
            found = match(profile, fresh.get(other) or stored.of(other))
            if found is not None:
                yield found


def _finds(one: Profile, other: Profile) -> bool:
    return bool(one.looks & other.blocks)


def _filed(profile: Profile) -> set[Triple]:
    node = f"<{profile.record}>"
    return {(node, PROFILE, literal(profile.told)), *((node, BLOCK, literal(block)) for block in profile.blocks)}
