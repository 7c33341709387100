"""Who is who in a store, as far as a change concerns it: clusters before and after, and what moves between them.

The ledger holds three sorts of judgements by machines: of an entity on its key record, of a key record on that of the
bare name, and of two key records on each other; and those of persons on whatever they like. An entity that no person
judged is a leaf: wherever its key goes, it goes, and it bears on nobody else. So a change concerns the clusters of the
key records that come or go, and of the records that it says something new of; all others stay as they are, and the
store keeps for each key record which thing it is (``HOME``).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import NamedTuple

from kg.claims import Judgement
from kg.clusters import Clusters, clusters, is_key, is_person, key_iri, lone_iri
from kg.config import BASE
from kg.store.evidence import Triple
from kg.store.ledger import is_link, judgement_of, links_of
from kg.store.lookups import Lookups
from kg.store.names import REPLACED_BY, SPECIALIZES, kg

HOME = kg("home")
PROFILE, BLOCK, WIDER = kg("profile"), kg("block"), kg("wider")
_LEFT, _RIGHT = kg("left"), kg("right")
_AT_HAND = 50_000
"""Key records of which the judgements are kept in memory: some ten megabytes."""


class Turn(NamedTuple):
    """What a change says anew, and no more, of who is who.

    ``keys`` holds the key record of each entity that comes (in angle brackets), ``gone`` those that go. ``minus`` and
    ``plus`` are machines' judgements between key records, ``come`` and ``lost`` the key records that were not there
    before or are there no more; the reviews are all judgements by persons, before and after.
    """

    keys: Mapping[str, str] = {}
    gone: frozenset[str] = frozenset()
    minus: frozenset[Judgement] = frozenset()
    plus: frozenset[Judgement] = frozenset()
    come: frozenset[str] = frozenset()
    lost: frozenset[str] = frozenset()
    reviews_before: tuple[Judgement, ...] = ()
    reviews_after: tuple[Judgement, ...] = ()


def homes(found: Clusters, judgements: Iterable[Judgement], base: str = BASE) -> set[Triple]:
    """The thing of each key record that a machine judged anything to be."""
    records = {record for it in judgements if not is_person(it) for record in (it.left, it.right)}
    return {(f"<{it}>", HOME, f"<{found.iris[it]}>") for it in records if is_key(it, base)}


def redirections(found: Clusters) -> set[Triple]:
    """From the IRIs that clusters gave up to those that they have."""
    return {(f"<{old}>", REPLACED_BY, f"<{new}>") for old, new in found.replaced.items()}


def key_of(entity: str, ledger: Lookups, base: str = BASE) -> str | None:
    """The key record that a machine judged an entity (in angle brackets) to be, as the ledger has it."""
    return next((key[1:-1] for _, _, key in links_of(entity, ledger, base)), None)


def members(key: str, ledger: Lookups, base: str = BASE) -> set[str]:
    """The entities, in angle brackets, that a machine judged to be a key record."""
    return {it for it, how in ledger.each_to(f"<{key}>") if is_link(how, base) and not is_key(it[1:-1], base)}


def between_keys(key: str, ledger: Lookups, base: str = BASE) -> set[Judgement]:
    """What machines judged of a key record and others, and of which wider one it is part."""
    names = {followed(key, it[1:-1]) for it in ledger.objects(f"<{key}>", WIDER)}
    parts = {followed(it[1:-1], key) for it in ledger.subjects(WIDER, f"<{key}>")}
    return compared(key, ledger, base) | names | parts


def followed(record: str, key: str) -> Judgement:
    """A machine's judgement that a record is a key record, as far as it bears on who is who."""
    return Judgement(record, key, "same", 1.0, (), "machine:")


def compared(key: str, ledger: Lookups, base: str = BASE) -> set[Judgement]:
    """What machines judged of a key record and others by comparing them."""
    nodes = {
        node
        for this, that in ((_LEFT, _RIGHT), (_RIGHT, _LEFT))
        for node in ledger.subjects(this, f"<{key}>")
        if all(is_key(term[1:-1], base) for term in ledger.objects(node, that))
    }
    return {it for node in nodes if not is_person(it := judgement_of(ledger.node(node)))}


class Compared:
    """What is judged between the key records of a store, that read lately at hand: well-known names are asked for with
    every other document."""

    def __init__(self, ledger: Lookups, base: str = BASE) -> None:
        self._ledger, self._base = ledger, base
        self._read: dict[str, set[Judgement]] = {}

    def of(self, key: str) -> set[Judgement]:
        """What machines judged of a key record and others, see :func:`between_keys`."""
        if key not in self._read:
            if len(self._read) >= _AT_HAND:
                self._read.clear()
            self._read[key] = between_keys(key, self._ledger, self._base)
        return self._read[key]

    def forget(self, turn: Turn) -> None:
        """Read those again of which a change says something new, should they be asked for."""
        told = {record for it in turn.minus | turn.plus for record in (it.left, it.right)}
        for key in told | turn.come | turn.lost:
            self._read.pop(key, None)


class Identities:
    """The clusters that a change touches. ``merged``, ``kept`` and ``ledger`` are the store's graphs before it, and
    ``pairs`` what that says of key records."""

    def __init__(
        self, turn: Turn, merged: Lookups, kept: Lookups, ledger: Lookups, pairs: Compared, base: str = BASE
    ) -> None:
        self._turn, self._merged, self._kept, self._ledger, self._base = turn, merged, kept, ledger, base
        self._pairs = pairs
        self._keys: dict[str, str | None] = {}
        # What nobody is sure of decides nothing.
        bearing = _by_record(it for it in turn.minus | turn.plus if it.verdict != "unsure")
        reviewed = {it for review in (*turn.reviews_before, *turn.reviews_after) for it in (review.left, review.right)}
        placed, leaves = self._placed(bearing, reviewed), self._leaves(bearing)
        aside = placed.keys() | leaves.keys()
        touched = {record for record in bearing.keys() - aside if bearing[record].keys() - aside}
        touched |= turn.come - placed.keys()
        fresh = frozenset(turn.reviews_before) ^ frozenset(turn.reviews_after)
        touched |= {record for it in fresh for record in (it.left, it.right)}
        touched |= reviewed & ({entity[1:-1] for entity in (*turn.gone, *turn.keys)} | turn.come | turn.lost)
        # Whoever is judged by a person brings the cluster of its key along.
        entities = [f"<{record}>" for record in touched if not is_key(record, base)]
        touched |= {key for entity in entities for key in (self._key_before(entity), self._key_after(entity)) if key}
        # What a person said of a leaf, or of an entity on it, may part the cluster that it hangs on.
        touched |= {leaves[key] for key in touched & leaves.keys()}
        self.before = self._closed(touched, _Edges(turn.reviews_before, self._key_before, self._pairs.of, base))
        touched |= self.before.iris.keys()
        self.after = self._closed(touched, _Edges(turn.reviews_after, self._key_after, self._pairs_after, base))
        self.before = self._with(leaves, self.before)
        self.after = self._with(placed, self.after)

    def _placed(self, bearing: "_Bearing", reviewed: set[str]) -> dict[str, str]:
        """The key records that come and join one cluster that stays, or none: each with the IRI that it leads to.

        A record that is the same as members of one cluster alone, and different from none of them, joins that cluster
        and changes nothing else: in whatever order the judgements are followed, no two members are kept apart, and what
        could not be joined with the cluster before still can't. So nobody need read the cluster, which of a well-known
        name is large. Not so where the IRI would be another, and where persons have judged.
        """
        placed, waiting = dict[str, str](), set(self._turn.come)
        kept_open = reviewed | {it for record in reviewed for it in self._around(record)}
        for key in sorted(waiting):
            met = {other: verdicts for other, verdicts in bearing.get(key, {}).items() if other not in waiting}
            homes = {other: placed.get(other) or self._home_before(other) for other in met}
            joined = {homes[other] for other, verdicts in met.items() if "same" in verdicts}
            apart = {homes[other] for other, verdicts in met.items() if "different" in verdicts}
            own = key_iri(key, self._base)
            home = min(joined, default=own)
            if len(joined) < 2 and home <= own and home not in apart and not {key, home} & kept_open:
                placed[key] = home
                waiting.remove(key)
        # What hangs together with one that is not placed is looked at with it.
        while near := {key for key in placed if any("same" in bearing.get(key, {}).get(it, ()) for it in waiting)}:
            waiting = near
            placed = {key: home for key, home in placed.items() if key not in near}
        return placed

    def _around(self, record: str) -> set[str]:
        """The things that a record belongs to before the change, or its key does, and the key that it comes with."""
        if is_key(record, self._base):
            return {self._home_before(record)}
        entity = f"<{record}>"
        before, after = self._key_before(entity), self._key_after(entity)
        homes = {self.thing_before(entity)[1:-1]} | ({self._home_before(before)} if before else set())
        return homes | ({after} if after else set())

    def _leaves(self, bearing: "_Bearing") -> dict[str, str]:
        """The key records that go and hang on one other alone, which stays: each with the IRI that it leads to.

        They bear on nobody else. No cluster has its IRI from them: the other is before them in the alphabet.
        """
        moving = self._turn.come | self._turn.lost
        return {
            key: self._home_before(other)
            for key in self._turn.lost & bearing.keys()
            for other, verdicts in list(bearing[key].items())[:1]
            if len(bearing[key]) == 1 and verdicts == {"same"} and other not in moving and other < key
        }

    def _with(self, those: Mapping[str, str], found: Clusters) -> Clusters:
        """The clusters, and where those key records lead that are in none of these."""
        iris = {key: iri for key, iri in those.items() if key not in found.iris}
        given_up = {own: iri for key, iri in iris.items() if (own := key_iri(key, self._base)) != iri}
        return Clusters(found.iris | iris, found.replaced | given_up, found.conflicts)

    def _home_before(self, key: str) -> str:
        home = self._kept.first(f"<{key}>", HOME)
        return home[1:-1] if home else key_iri(key, self._base)

    @cached_property
    def homes(self) -> tuple[set[Triple], set[Triple]]:
        """Which things key records were and are, as far as that may have changed."""
        turn = self._turn
        records = {it for it in {*self.before.iris, *self.after.iris} if is_key(it, self._base)}
        records |= turn.come | turn.lost
        old = {it: self._kept.first(f"<{it}>", HOME) for it in records}
        stay = {it for it in records if (old[it] or it in turn.come) and it not in turn.lost}
        minus = {(f"<{it}>", HOME, home) for it, home in old.items() if home}
        return minus, {(f"<{it}>", HOME, f"<{self._home(it)}>") for it in stay}

    def moved(self) -> set[str]:
        """The entities of documents that stay, in angle brackets, that became another thing."""
        moved: set[str] = set()
        minus, plus = ({it: home for it, _, home in part} for part in self.homes)
        for key in minus.keys() | plus.keys():
            if minus.get(key) != plus.get(key):
                moved |= members(key[1:-1], self._ledger, self._base)
        for record in {*self.before.iris, *self.after.iris}:
            if not is_key(record, self._base) and self.before.iris.get(record) != self.after.iris.get(record):
                moved.add(f"<{record}>")
        return moved - self._turn.gone

    def thing(self, entity: str) -> str:
        """The thing that an entity is after the change, both in angle brackets."""
        record, key = entity[1:-1], self._key_after(entity)
        iri = self.after.iris.get(record) or self.after.iris.get(key or "")
        if iri is None and not (entity in self._turn.keys or entity in self._turn.gone):
            return self.thing_before(entity)
        return f"<{iri or (self._home(key) if key else lone_iri(record, None, self._base))}>"

    def thing_before(self, entity: str) -> str:
        """The thing that an entity was."""
        return self._merged.first(entity, SPECIALIZES) or f"<{lone_iri(entity[1:-1], None, self._base)}>"

    def _home(self, key: str) -> str:
        return self.after.iris.get(key) or self._home_before(key)

    def _closed(self, records: Iterable[str], edges: "_Edges") -> Clusters:
        """The clusters of all that hangs together with some records."""
        found, waiting = dict[str, list[Judgement]](), list(records)
        while waiting:
            record = waiting.pop()
            if record not in found:
                found[record] = list(edges.of(record))
                waiting += [it.right if it.left == record else it.left for it in found[record] if it.verdict == "same"]
        whole = clusters({it for those in found.values() for it in those}, self._base)
        # What only stands apart from these is in another cluster, which nobody looked at.
        iris = {record: iri for record, iri in whole.iris.items() if record in found}
        # Of which nothing is said, or no more, goes by itself.
        lone = {it: (key_iri if is_key(it, self._base) else _alone)(it, self._base) for it in found}
        return Clusters(lone | iris, whole.replaced, whole.conflicts)

    def _key_before(self, entity: str) -> str | None:
        if entity not in self._keys:
            self._keys[entity] = key_of(entity, self._ledger, self._base)
        return self._keys[entity]

    def _key_after(self, entity: str) -> str | None:
        if entity in self._turn.keys:
            return self._turn.keys[entity]
        return None if entity in self._turn.gone else self._key_before(entity)

    def _pairs_after(self, key: str) -> set[Judgement]:
        return {it for it in (self._pairs.of(key) - self._turn.minus) | self._turn.plus if key in (it.left, it.right)}


_Bearing = Mapping[str, Mapping[str, set[str]]]
"""What is judged of a record: the verdicts on it and each other."""


def _by_record(judgements: Iterable[Judgement]) -> _Bearing:
    found = defaultdict[str, dict[str, set[str]]](dict)
    for it in judgements:
        for record, other in ((it.left, it.right), (it.right, it.left)):
            found[record].setdefault(other, set()).add(it.verdict)
    return found


def _alone(entity: str, base: str) -> str:
    return lone_iri(entity, None, base)


class _Edges:
    """The judgements that a record has a part in, at one time."""

    def __init__(
        self,
        reviews: Iterable[Judgement],
        key: Callable[[str], str | None],
        pairs: Callable[[str], set[Judgement]],
        base: str,
    ) -> None:
        self._pairs, self._base = pairs, base
        self._told: dict[str, set[Judgement]] = defaultdict(set)
        for review in reviews:
            for record in (review.left, review.right):
                self._told[record].add(review)
        for record in [record for record in self._told if not is_key(record, base)]:
            if own := key(f"<{record}>"):
                star = followed(record, own)
                self._told[record].add(star)
                self._told[own].add(star)

    def of(self, record: str) -> set[Judgement]:
        told = self._told.get(record, set())
        return told | self._pairs(record) if is_key(record, self._base) else told
