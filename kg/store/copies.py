"""Documents with their fingerprints in; which of them print one report out.

Who is a copy of whom is a pure function of the documents: two are joined if their fingerprints are alike, and whoever
is joined by others in between belongs together. The one that was published first stands for all, of equals the first
in the alphabet of their names: the origin. :func:`origins` computes it from nothing, :class:`Copies` what a change
makes of it by looking at the groups that the change touches.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from kg.clusters import Forest
from kg.fingerprints import are_alike, bands
from kg.store.evidence import Triple
from kg.store.facts import later
from kg.store.lookups import Lookups
from kg.store.names import kg
from kg.store.terms import literal

COPY_OF, BAND = kg("copyOf"), kg("band")


class Print(NamedTuple):
    """The fingerprint of a document, and when it was published (ISO 8601)."""

    mark: str
    issued: str | None


Prints = Mapping[str, Print]
"""Prints of documents by their nodes."""


def origins(prints: Prints, joined: Iterable[Iterable[str]] = ()) -> dict[str, str]:
    """The origin of each document; ``joined`` are groups that are known to belong together."""
    forest = _Prints(prints)
    for group in joined:
        forest.join_all(group)
    shelves: dict[str, list[str]] = defaultdict(list)
    for node in sorted(prints):
        for band in bands(prints[node].mark):
            forest.join_alike(node, shelves[band], prints)
            shelves[band].append(node)
    groups = forest.trees().values()
    firsts = {min(group, key=lambda node: _rank(node, prints[node])): group for group in groups}
    return {node: first for first, group in firsts.items() for node in group}


def _rank(node: str, print_: Print) -> tuple[bool, tuple[bool, str, str], str]:
    """A sort key: those first whose day of publication is known, by that day."""
    return print_.issued is None, later(print_.issued), node


def links(found: Mapping[str, str]) -> set[Triple]:
    """The triples that say who is a copy of whom."""
    return {(node, COPY_OF, origin) for node, origin in found.items() if node != origin}


def shelf_triples(node: str, mark: str | None) -> set[Triple]:
    """Under which keys a document is found by those that may be copies of it."""
    return {(node, BAND, literal(band)) for band in bands(mark)} if mark else set()


class Copies(NamedTuple):
    """The origins of the documents in all groups that a change touches, before and after it."""

    before: dict[str, str]
    after: dict[str, str]

    @classmethod
    def of(
        cls, gone: Prints, come: Prints, merged: Lookups, shelves: Lookups, print_of: Callable[[str], Print]
    ) -> "Copies":
        """``gone`` are the documents that go or change, as they were; ``come`` those that come or change, as they will
        be. ``merged`` and ``shelves`` are the graphs of the store before; ``print_of`` reads a print there."""
        broken = {origin: _members(origin, merged) for origin in {_origin(node, merged) for node in gone}}
        near = {other for it in come.values() for other in _alike(it.mark, shelves, print_of)} - set(gone)
        grown = {origin: _members(origin, merged) for origin in {_origin(node, merged) for node in near}}
        grown = {origin: members for origin, members in grown.items() if origin not in broken}
        # A group that loses a member may fall apart, so it is joined anew; one that only grows stays together.
        loose = {node for members in broken.values() for node in members if node not in gone}
        looked_at = {node: print_of(node) for node in loose | near} | dict(come)
        after = origins(looked_at, [[*(members & near)] for members in grown.values()])
        groups = {**broken, **grown}
        before = {node: origin for origin, members in groups.items() for node in members}
        return cls(before, _with_members(after, grown, {**{it: print_of(it) for it in grown}, **looked_at}))


def _with_members(after: dict[str, str], grown: Mapping[str, set[str]], prints: Prints) -> dict[str, str]:
    """The origins with those members of grown groups of which nobody had to ask who is like them."""
    firsts = dict[str, str]()
    homes = {origin: next(after[node] for node in members if node in after) for origin, members in grown.items()}
    for origin, home in homes.items():
        firsts[home] = min(firsts.get(home, home), origin, key=lambda node: _rank(node, prints[node]))
    whole = {node: homes[origin] for origin, members in grown.items() for node in members} | after
    return {node: firsts.get(home, home) for node, home in whole.items()}


def _alike(mark: str, shelves: Lookups, print_of: Callable[[str], Print]) -> set[str]:
    candidates = {node for band in bands(mark) for node in shelves.subjects(BAND, literal(band))}
    return {node for node in candidates if are_alike(mark, print_of(node).mark)}


def _origin(node: str, merged: Lookups) -> str:
    return merged.first(node, COPY_OF) or node


def _members(origin: str, merged: Lookups) -> set[str]:
    return {origin, *merged.subjects(COPY_OF, origin)}


class _Prints(Forest):
    """Documents joined into trees."""

    def join_all(self, group: Iterable[str]) -> None:
        first, *others = group
        for other in others:
            self.join(first, other)

    def join_alike(self, node: str, others: Iterable[str], prints: Prints) -> None:
        for other in others:
            if self.root(node) != self.root(other) and are_alike(prints[node].mark, prints[other].mark):
                self.join(node, other)
