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
from itertools import chain
from typing import NamedTuple

from kg.claims import Judgement
from kg.clusters import Clusters, clusters, is_key, is_person, key_iri, lone_iri
from kg.config import BASE
from kg.store.evidence import Triple
from kg.store.ledger import judgement_of
from kg.store.lookups import Lookups
from kg.store.names import REPLACED_BY, SPECIALIZES, kg

HOME = kg("home")
PROFILE, BLOCK, WIDER = kg("profile"), kg("block"), kg("wider")
_LEFT, _RIGHT = kg("left"), kg("right")


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
    for judgement in ledger.subjects(_LEFT, entity):
        key = ledger.first(judgement, _RIGHT)
        if key and is_key(key[1:-1], base) and not ledger.objects(judgement, kg("at")):
            return key[1:-1]
    return None


def members(key: str, ledger: Lookups, base: str = BASE) -> set[str]:
    """The entities, in angle brackets, that somebody judged against a key record."""
    found = chain.from_iterable(ledger.objects(it, _LEFT) for it in ledger.subjects(_RIGHT, f"<{key}>"))
    return {entity for entity in found if not is_key(entity[1:-1], base)}


def between_keys(key: str, ledger: Lookups, base: str = BASE) -> set[Judgement]:
    """What machines judged of a key record and others."""
    nodes = {
        node
        for this, that in ((_LEFT, _RIGHT), (_RIGHT, _LEFT))
        for node in ledger.subjects(this, f"<{key}>")
        if all(is_key(term[1:-1], base) for term in ledger.objects(node, that))
    }
    return {it for node in nodes if not is_person(it := judgement_of(ledger.node(node)))}


class Identities:
    """The clusters that a change touches. ``merged``, ``kept`` and ``ledger`` are the store's graphs before it."""

    def __init__(self, turn: Turn, merged: Lookups, kept: Lookups, ledger: Lookups, base: str = BASE) -> None:
        self._turn, self._merged, self._kept, self._ledger, self._base = turn, merged, kept, ledger, base
        self._pairs: dict[str, set[Judgement]] = {}
        # What nobody is sure of decides nothing.
        bearing = {it for it in turn.minus | turn.plus if it.verdict != "unsure"}
        leaves = self._leaves(bearing)
        others = {it for it in bearing if not {it.left, it.right} & leaves.keys()}
        touched = {record for it in others for record in (it.left, it.right)}
        fresh = frozenset(turn.reviews_before) ^ frozenset(turn.reviews_after)
        touched |= {record for it in fresh for record in (it.left, it.right)}
        moving = {entity[1:-1] for entity in (*turn.gone, *turn.keys)} | turn.come | turn.lost
        reviewed = (*turn.reviews_before, *turn.reviews_after)
        touched |= {record for it in reviewed for record in (it.left, it.right) if record in moving}
        # Whoever is judged by a person brings the cluster of its key along.
        entities = [f"<{record}>" for record in touched if not is_key(record, base)]
        touched |= {key for entity in entities for key in (self._key_before(entity), self._key_after(entity)) if key}
        # What a person said of a leaf, or of an entity on it, may part the cluster that it hangs on.
        touched |= {leaves[key] for key in touched & leaves.keys()}
        self.before = self._closed(touched, _Edges(turn.reviews_before, self._key_before, self._pairs_before, base))
        touched |= self.before.iris.keys()
        self.after = self._closed(touched, _Edges(turn.reviews_after, self._key_after, self._pairs_after, base))
        self.before = self._with_leaves(self.before, {key: it for key, it in leaves.items() if key in turn.lost})
        self.after = self._with_leaves(self.after, {key: it for key, it in leaves.items() if key in turn.come})

    def _leaves(self, bearing: Iterable[Judgement]) -> dict[str, str]:
        """The key records that come or go and hang on one other alone, which stays: each with that other.

        A well-known name has very many. They go where the other goes and bear on nobody, so that its cluster need not
        be read for them. No cluster has its IRI from them: the other is before them in the alphabet.
        """
        moving = self._turn.come | self._turn.lost
        told = defaultdict[str, list[tuple[str, str]]](list)
        for it in bearing:
            told[it.left].append((it.right, it.verdict))
            told[it.right].append((it.left, it.verdict))
        return {
            key: other
            for key in moving & told.keys()
            for other, verdict in told[key][:1]
            if len(told[key]) == 1 and verdict == "same" and other not in moving and other < key
        }

    def _with_leaves(self, found: Clusters, leaves: Mapping[str, str]) -> Clusters:
        """The clusters, and where those leaves are that hang on others than these."""
        iris = {key: self._home_before(other) for key, other in leaves.items() if key not in found.iris}
        given_up = {key_iri(key, self._base): iri for key, iri in iris.items()}
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
        return key_of(entity, self._ledger, self._base)

    def _key_after(self, entity: str) -> str | None:
        if entity in self._turn.keys:
            return self._turn.keys[entity]
        return None if entity in self._turn.gone else self._key_before(entity)

    def _pairs_before(self, key: str) -> set[Judgement]:
        if key not in self._pairs:
            self._pairs[key] = between_keys(key, self._ledger, self._base)
        return self._pairs[key]

    def _pairs_after(self, key: str) -> set[Judgement]:
        return {
            it for it in (self._pairs_before(key) - self._turn.minus) | self._turn.plus if key in (it.left, it.right)
        }


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
                star = Judgement(record, own, "same", 1.0, (), "machine:")
                self._told[record].add(star)
                self._told[own].add(star)

    def of(self, record: str) -> set[Judgement]:
        told = self._told.get(record, set())
        return told | self._pairs(record) if is_key(record, self._base) else told
