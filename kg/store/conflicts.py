"""Facts of one subject and property in; which of them can't both be true out.

The ontology says which properties have one true value (``kg:oneTrueValue``), and which values are rivals of each other
(``kg:rivalsAmong``). What may be two tellings of one answer is no conflict: a place within the other or of another
kind, a day within the month, ranges that overlap, a toll that rose since. A document that states both facts, of a toll
or of two killers, doesn't contradict itself.
"""

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple, Protocol

from kg.store.evidence import BOUNDS, Node, Triple, plain
from kg.store.facts import Key, Support, key_of, later
from kg.store.infer import Overlay
from kg.store.lookups import Lookups
from kg.store.names import TYPE, XSD, kg
from kg.store.rules import Rules
from kg.store.terms import text_of

CONFLICTS, RIVAL, NAMED = kg("conflictsWith"), kg("rival"), kg("named")
MEANT = ('"asserted"', '"alleged"')
"""The stances that can contradict: what is only possible, planned or denied does not."""

_TRUE = f'"true"^^<{XSD}boolean>'
_UNIT = BOUNDS.index(kg("unit"))
_ABOUT = Decimal("0.1")  # "about 100" is anything from 90 to 110


class Side(NamedTuple):
    """A fact as far as conflicts go: which documents assert or allege it, and when the first and last of them did."""

    key: Key
    documents: frozenset[str]
    first: str | None
    last: str | None


class Ends(Protocol):
    """Triples that can be asked for their objects."""

    def objects(self, subject: str, predicate: str) -> Iterable[str]: ...


class World(NamedTuple):
    """What is known of the things that facts are about: the merged view, and the store's notes on which have names."""

    merged: Ends
    named: Ends
    rules: Rules


def side(key: Key, supports: Iterable[Support]) -> Side:
    """A fact with what documents say for it."""
    meant = [it for it in supports if set(MEANT) & set(it.claim.stances)]
    said = sorted({it.document.issued for it in meant if it.document.issued}, key=later)
    documents = frozenset(it.document.node for it in meant)
    return Side(key, documents, *((said[0], said[-1]) if said else (None, None)))


def shelf(key: Key, node: str) -> set[Triple]:
    """Under what a fact (its node) is found by those that may contradict it, and by its object."""
    found = {(key.subject, key.predicate, node)}
    return found | {(key.object, RIVAL, node)} if key.object.startswith("<") else found


def named(thing: str, is_named: bool) -> set[Triple]:
    """The note that a thing has a name of its own, unlike "gunmen"."""
    return {(thing, NAMED, _TRUE)} if is_named else set()


def everything(sides: Iterable[Side], world: World, base: str) -> set[Triple]:
    """All conflicts among facts, both ways."""
    groups: dict[tuple[str, str], dict[str, Side]] = defaultdict(dict)
    for each in sides:
        groups[each.key[:2]][each.key.node(base)] = each
    return {link for group in groups.values() for link in _links(group, world, group)}


def _links(group: Mapping[str, Side], world: World, fresh: Container[str]) -> Iterator[Triple]:
    """The conflicts of facts (by node) of one subject and property, as far as a ``fresh`` one has a part in them."""
    for one, other in combinations(group, 2):
        if (one in fresh or other in fresh) and contradict(group[one], group[other], world):
            yield one, CONFLICTS, other
            yield other, CONFLICTS, one


def contradict(one: Side, other: Side, world: World) -> bool:
    """Whether two facts of one subject and property can't both be true."""
    if one.documents <= other.documents or other.documents <= one.documents:
        return False
    if _sort(one.key) != _sort(other.key) or not _is_of_one(one.key, world):
        return False
    if one.key.predicate in world.rules.rivals:
        return not one.documents & other.documents and _are_apart(one.key, other.key, world)
    if one.key.bounds:
        return _numbers_exclude(one, other)
    if one.key.object.startswith("<"):
        return _are_apart(one.key, other.key, world)
    return _times_exclude(text_of(one.key.object), text_of(other.key.object))


def _sort(key: Key) -> tuple[bool, bool]:
    """Whether the object is a quantity, and whether it is a thing."""
    return bool(key.bounds), key.object.startswith("<")


def _is_of_one(key: Key, world: World) -> bool:
    """Whether the subject is a single one: a people dies in many places, a person in one."""
    return key.predicate not in world.rules.of_persons or kg("Person") in world.merged.objects(key.subject, TYPE)


# --- things ----------------------------------------------------------------------------------------------------------


def _are_apart(one: Key, other: Key, world: World) -> bool:
    """Whether two named things, or what they are parts of, differ in kind for kind: Paris and Rome, Paris and Italy.

    A hospital and a city may be one place, so they are not apart as long as nobody says where the hospital is.
    """
    if not all(_TRUE in world.named.objects(it.object, NAMED) for it in (one, other)):
        return False
    mine, theirs = (_around(it, world) for it in (one, other))
    return any(mine[kind].isdisjoint(theirs[kind]) for kind in mine.keys() & theirs.keys())


def _around(key: Key, world: World) -> dict[str, set[str]]:
    """A thing and all that it is in or part of, by kind. Kinds that are no narrower than what the property asks for, or
    that are not among those that rival, tell nothing."""
    found, waiting = {key.object}, [key.object]
    while waiting:
        here = waiting.pop()
        new = {it for step in world.rules.within for it in world.merged.objects(here, step)} - found
        found |= new
        waiting += new
    by_kind: dict[str, set[str]] = {}
    for thing in found:
        for kind in _kinds(thing, key.predicate, world):
            by_kind.setdefault(kind, set()).add(thing)
    return by_kind


def _kinds(thing: str, predicate: str, world: World) -> set[str]:
    rules = world.rules
    kinds = set(world.merged.objects(thing, TYPE))
    wide = rules.wide_kinds.get(predicate, frozenset())
    return {kind for kind in kinds if wide & set(rules.superclasses(kind))} - {
        above for kind in kinds for above in rules.superclasses(kind)
    }


# --- values ----------------------------------------------------------------------------------------------------------


def _times_exclude(one: str, other: str) -> bool:
    """Whether two times (ISO 8601 prefixes or intervals) have nothing in common."""
    (start, end), (other_start, other_end) = (_interval(it) for it in (one, other))
    return _is_before(end, other_start) or _is_before(other_end, start)


def _interval(time: str) -> tuple[str, str]:
    start, _, end = time.partition("/")
    return start, end or start


def _is_before(one: str, other: str) -> bool:
    return one < other and not other.startswith(one)


def _numbers_exclude(one: Side, other: Side) -> bool:
    """Whether two ranges do not meet, and the higher is no news since the lower was last said."""
    if one.key.bounds[_UNIT] != other.key.bounds[_UNIT]:
        return False
    low, high = sorted((one, other), key=lambda it: (_range(it)[0], it.key.bounds))
    return _range(low)[1] < _range(high)[0] and not _is_news(high.first, low.last)


def _range(side: Side) -> tuple[Decimal, Decimal]:
    """The least and the greatest that is meant."""
    at_least, at_most, about, _ = side.key.bounds
    slack = _ABOUT if "true" in about else Decimal(0)
    low = Decimal(plain(at_least)) * (1 - slack) if at_least else Decimal("-Infinity")
    return low, Decimal(plain(at_most)) * (1 + slack) if at_most else Decimal("Infinity")


def _is_news(first: str | None, last: str | None) -> bool:
    """Whether what was first said then came after what was last said then: on a later day, or at a later moment."""
    if first is None or last is None:
        return False
    moment, before = later(first)[1], later(last)[1]
    return _is_before(before, moment)


# --- a change --------------------------------------------------------------------------------------------------------


class Conflicts:
    """The conflicts in a store, as far as a change concerns them.

    ``merged`` and ``kept`` are the store's graphs before the change; ``node`` reads a fact's node there.
    """

    def __init__(self, merged: Lookups, kept: Lookups, node: Callable[[str], Node], rules: Rules) -> None:
        self._merged, self._kept, self._node, self._rules = merged, kept, node, rules

    def patch(
        self, touched: Mapping[str, Key], side_of: Callable[[str], Side], merged: Overlay, kept: Overlay
    ) -> tuple[set[Triple], set[Triple]]:
        """The conflicts that go and that come.

        ``touched`` are the facts that change, by node; ``side_of`` tells what any fact will be. ``merged`` and ``kept``
        are the graphs as they will be, but for the conflicts.
        """
        world = World(merged, kept, self._rules)
        fresh = touched.keys() | self._shaken(merged, kept)
        groups = {key[:2] for key in touched.values()} | {self._key(node)[:2] for node in fresh - touched.keys()}
        minus, plus = set[Triple](), set[Triple]()
        for group in groups:
            for node in self._kept.objects(*group):
                others = self._node(node).get(CONFLICTS, ())
                minus |= {(node, CONFLICTS, other) for other in others if node in fresh or other in fresh}
            nodes = set(kept.objects(*group))
            if len(nodes) > 1:
                plus |= set(_links({node: side_of(node) for node in nodes}, world, fresh))
        return minus, plus

    def _shaken(self, merged: Overlay, kept: Overlay) -> set[str]:
        """The facts about things of which something else becomes known: of what kind they are, what they are in, that
        they have a name. What is new here has no other facts than those that are new, too."""
        steps = {TYPE, *self._rules.within}
        changed = {it[0] for it in merged.changed if it[1] in steps} | {it[0] for it in kept.changed if it[1] == NAMED}
        known = {thing for thing in changed if self._merged.objects(thing, TYPE)}
        facts = {fact for thing in self._inside(known, merged) for fact in self._kept.objects(thing, RIVAL)}
        single = self._rules.single & self._rules.of_persons
        return facts | {fact for thing in known for name in single for fact in self._kept.objects(thing, name)}

    def _inside(self, things: set[str], merged: Overlay) -> set[str]:
        """Things with all that is or was in them."""
        found, waiting = set(things), list(things)
        while waiting:
            here = waiting.pop()
            new = {it for step in self._rules.within for it in self._merged.subjects(step, here)}
            new |= {it for step in self._rules.within for it in merged.subjects(step, here)}
            waiting += new - found
            found |= new
        return found

    def _key(self, node: str) -> Key:
        return key_of(self._node(node))
