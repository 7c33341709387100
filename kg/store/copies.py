"""Documents with their fingerprints in; which of them print one report out.

Who is a copy of whom is a pure function of the documents: two are joined if their fingerprints are alike, and whoever
is joined by others in between belongs together. The first of them in the alphabet of their names stands for all: the
origin. :func:`origins` computes it from nothing, :class:`Copies` what a change makes of it by looking at the groups
that the change touches.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from kg.clusters import Forest
from kg.fingerprints import are_alike, bands
from kg.store.evidence import Triple
from kg.store.lookups import Lookups
from kg.store.names import kg
from kg.store.terms import literal

COPY_OF, BAND = kg("copyOf"), kg("band")

Marks = Mapping[str, str]
"""Fingerprints of documents by their nodes."""


def origins(marks: Marks, joined: Iterable[Iterable[str]] = ()) -> dict[str, str]:
    """The origin of each document; ``joined`` are groups that are known to belong together."""
    forest = _Prints(marks)
    for group in joined:
        forest.join_all(group)
    shelves: dict[str, list[str]] = defaultdict(list)
    for node in sorted(marks):
        for band in bands(marks[node]):
            forest.join_alike(node, shelves[band], marks)
            shelves[band].append(node)
    return forest.firsts()


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

    @property
    def turned(self) -> set[str]:
        """The documents that were there, still are, and get another origin."""
        return {node for node in self.before.keys() & self.after.keys() if self.before[node] != self.after[node]}

    @classmethod
    def of(cls, gone: Marks, come: Marks, merged: Lookups, shelves: Lookups, mark: Callable[[str], str]) -> "Copies":
        """``gone`` are the documents that go or change, as they were; ``come`` those that come or change, as they will
        be. ``merged`` and ``shelves`` are the graphs of the store before; ``mark`` reads a fingerprint there."""
        broken = {origin: _members(origin, merged) for origin in {_origin(node, merged) for node in gone}}
        near = {other for it in come.values() for other in _alike(it, shelves, mark)} - set(gone)
        grown = {origin: _members(origin, merged) for origin in {_origin(node, merged) for node in near}}
        grown = {origin: members for origin, members in grown.items() if origin not in broken}
        # A group that loses a member may fall apart, so it is joined anew; one that only grows stays together.
        loose = {node: mark(node) for members in broken.values() for node in members if node not in gone}
        looked_at = loose | {node: mark(node) for node in near} | dict(come)
        after = origins(looked_at, [[*(members & near)] for members in grown.values()])
        groups = {**broken, **grown}
        before = {node: origin for origin, members in groups.items() for node in members}
        return cls(before, _with_members(after, grown))


def _with_members(after: dict[str, str], grown: Mapping[str, set[str]]) -> dict[str, str]:
    """The origins with those members of grown groups of which nobody had to ask who is like them."""
    firsts = dict[str, str]()
    homes = {origin: next(after[node] for node in members if node in after) for origin, members in grown.items()}
    for origin, home in homes.items():
        firsts[home] = min(firsts.get(home, home), origin)
    whole = {node: homes[origin] for origin, members in grown.items() for node in members} | after
    return {node: firsts.get(home, home) for node, home in whole.items()}


def _alike(mark: str, shelves: Lookups, mark_of: Callable[[str], str]) -> set[str]:
    candidates = {node for band in bands(mark) for node in shelves.subjects(BAND, literal(band))}
    return {node for node in candidates if are_alike(mark, mark_of(node))}


def _origin(node: str, merged: Lookups) -> str:
    return merged.first(node, COPY_OF) or node


def _members(origin: str, merged: Lookups) -> set[str]:
    return {origin, *merged.subjects(COPY_OF, origin)}


class _Prints(Forest):
    """Documents joined into trees, the first of each its root."""

    def join_all(self, group: Iterable[str]) -> None:
        first, *others = group
        for other in others:
            self.join(first, other)

    def join_alike(self, node: str, others: Iterable[str], marks: Marks) -> None:
        for other in others:
            if self.root(node) != self.root(other) and are_alike(marks[node], marks[other]):
                self.join(node, other)

    def firsts(self) -> dict[str, str]:
        return {node: self.root(node) for node in self.parent}
