"""Documents in; which of them are versions of one article, and which of these a later one replaces, out.

It is a pure function of the documents: :func:`in_order`, :func:`replacements` and :func:`superseded` compute it for one
article, :class:`Versions` what a change makes of it by looking at the articles that the change touches.
"""

from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise
from typing import NamedTuple

from kg.store.evidence import Header, Triple
from kg.store.facts import later
from kg.store.names import REPLACES


def in_order(versions: Iterable[Header]) -> list[Header]:
    """The versions of one article, oldest first: by publication, then by identifier."""
    return sorted(versions, key=lambda header: (later(header.issued), header.node))


def replacements(versions: Iterable[Header]) -> set[Triple]:
    """Each version replaces the one before it."""
    ordered = in_order(versions)
    return {(new.node, REPLACES, old.node) for old, new in pairwise(ordered)}


def superseded(versions: Iterable[Header]) -> set[str]:
    """The documents of which there is a later version."""
    return {header.node for header in in_order(versions)[:-1]}


class Versions(NamedTuple):
    """The versions of the articles that a change concerns."""

    old_before: set[str]
    old_after: set[str]
    links_before: set[Triple]
    links_after: set[Triple]

    @property
    def turned(self) -> set[str]:
        """The documents that a later version begins or ceases to replace."""
        return self.old_before ^ self.old_after

    @classmethod
    def of(
        cls, gone: Mapping[str, Header], come: Mapping[str, Header], stored: Callable[[str], list[Header]]
    ) -> "Versions":
        """``gone`` are the documents that change or may, as they were; ``come`` as they will be; ``stored`` finds those
        of the store at an address."""
        result = cls(set(), set(), set(), set())
        for address in {it.address for part in (gone, come) for it in part.values() if it.address}:
            before = stored(address)
            after = [it for it in before if it.node not in gone and it.node not in come]
            after += [it for it in come.values() if it.address == address]
            result.old_before.update(superseded(before))
            result.old_after.update(superseded(after))
            result.links_before.update(replacements(before))
            result.links_after.update(replacements(after))
        return result
