"""The key records that come and go with documents: what the ledger gains and loses, and which pairs are judged anew.

A key record is there as long as an entity of some document is judged to be it, or a record of the same name that is
there. With it stand its profile, the blocks under which others find it, and the judgements on it and others; these are
made when the second of the two comes, and go with the first of them that goes: they depend on the two alone.
"""

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from typing import NamedTuple

from kg.claims import Judgement
from kg.clusters import Profile, is_key
from kg.config import BASE
from kg.store.evidence import Triple
from kg.store.identities import BLOCK, HOME, PROFILE, WIDER, Turn, between_keys, compared, followed
from kg.store.ledger import grounds_triples, is_link, judgement_triples, link
from kg.store.lookups import Lookups
from kg.store.terms import literal, text_of

Match = Callable[[Profile, Profile], Judgement | None]
"""What judges two key records: a pure function of the two, whichever comes first; None where nothing is to be said."""

_AT_HAND = 50_000
"""Profiles that are kept in memory: some tens of megabytes."""


class Arrival(NamedTuple):
    """What documents that come say of who is who: the judgement on each entity (in angle brackets), the wider key that
    some keys are part of, and the profiles of keys."""

    stars: dict[str, Judgement]
    wider: dict[str, Judgement]
    profiles: dict[str, Profile]

    @property
    def keys(self) -> dict[str, str]:
        """The key record of each entity."""
        return {entity: it.right for entity, it in self.stars.items()}

    @classmethod
    def joined(cls, arrivals: Iterable["Arrival"]) -> "Arrival":
        """What several documents say."""
        found = cls({}, {}, {})
        for each in arrivals:
            found = cls(found.stars | each.stars, found.wider | each.wider, found.profiles | each.profiles)
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
    """The ledger after documents came and went. ``gone`` holds, for each entity that goes, what is judged of it as
    triples; ``ledger`` and ``kept`` are the store's graphs before, ``profiles`` those of its key records."""
    keys, wider = arrival.keys, {it.right for it in arrival.wider.values()}
    used = {*keys.values(), *wider}
    come = {key for key in used if not kept.objects(f"<{key}>", HOME)}
    lost = _lost(gone, used, ledger, base)
    minus, old = set[Triple]().union(*gone.values()), set[Judgement]()
    for key in lost:
        old |= between_keys(key, ledger, base)
        minus |= {triple for it in compared(key, ledger, base) for triple in judgement_triples(it, base)}
        minus |= {(f"<{key}>", name, value) for name, values in ledger.node(f"<{key}>").items() for value in values}
    stars = [it for key, it in arrival.wider.items() if key in come]
    new = set(_judged(come, lost, arrival.profiles, ledger, match, profiles))
    profiles.forget(come | lost)
    plus = {triple for key in come if key in arrival.profiles for triple in _filed(arrival.profiles[key])}
    plus |= {(f"<{it.left}>", WIDER, f"<{it.right}>") for it in stars}
    plus |= {triple for it in new for triple in judgement_triples(it, base)}
    plus |= {triple for it in (*arrival.stars.values(), *stars) for triple in _linked(it, base)}
    minus |= _groundless(minus - plus, ledger, base)
    bearing = frozenset(new | {followed(it.left, it.right) for it in stars})
    turn = Turn(keys, frozenset(gone), frozenset(old), bearing, frozenset(come), frozenset(lost))
    return Ledger(minus, plus, turn)


def _linked(judgement: Judgement, base: str) -> set[Triple]:
    return {link(judgement, base), *grounds_triples(judgement, base)}


def _groundless(gone: set[Triple], ledger: Lookups, base: str) -> set[Triple]:
    """The grounds that no link has any more when some links go."""
    going = {name for _, name, _ in gone if is_link(name, base)}
    idle = [it for it in going if all((left, it, right) in gone for left, right in ledger.pairs(it))]
    return {(node, name, value) for node in idle for name, values in ledger.node(node).items() for value in values}


def _lost(gone: Mapping[str, set[Triple]], used: set[str], ledger: Lookups, base: str) -> set[str]:
    """The keys that nothing is any more: first those of entities, then those wider ones that only such were part of."""
    left = {value[1:-1] for triples in gone.values() for _, name, value in triples if is_link(name, base)}
    lost = {key for key in left - used if not _has_entity(key, gone, ledger, base)}
    names = {value[1:-1] for key in lost for value in ledger.objects(f"<{key}>", WIDER)}
    parts = {f"<{key}>" for key in lost}
    return lost | {
        name
        for name in names - used
        if not ledger.has_subject(WIDER, f"<{name}>", parts) and not _has_entity(name, gone, ledger, base)
    }


def _has_entity(key: str, besides: Container[str], ledger: Lookups, base: str) -> bool:
    """Whether a machine holds some entity to be this, but for those besides."""
    return any(
        is_link(how, base) and it not in besides and not is_key(it[1:-1], base)
        for it, how in ledger.each_to(f"<{key}>")
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
