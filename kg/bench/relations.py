"""Relations that were found and those that are there in; precision, recall and F1 out, strictly or by text.

A fact is a relation between two things of one document, and a thing is all the signs by which it can be told again: its
mentions (strictly: the very same characters) or its names (by text). Two things are the same if they share a sign; so
are two relations, for a predicate of ours may be one of several in the gold.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence

import msgspec

from kg.bench.scores import Score

Signs = frozenset[Hashable]


class Fact(msgspec.Struct, frozen=True):
    """In a document, ``head`` has a ``relation`` to ``tail``; if it is ``symmetric``, the other way round as well."""

    document: str
    head: Signs
    relation: frozenset[str]
    tail: Signs
    symmetric: bool = False


def score(found: Iterable[Fact], gold: Iterable[Fact]) -> Score:
    """An answer is right if it tells any fact; a fact is found if any answer tells it. Micro average."""
    facts = set(gold)
    told = tells(found, facts)
    right, reached = sum(map(bool, told.values())), set().union(*told.values())
    return Score(right, len(told), len(reached), len(facts))


def tells(found: Iterable[Fact], gold: Iterable[Fact]) -> dict[Fact, set[Fact]]:
    """For each answer the facts that it tells: none if it is wrong."""
    of_document = defaultdict[str, list[Fact]](list)
    for fact in gold:
        of_document[fact.document].append(fact)
    return {answer: {fact for fact in of_document[answer.document] if _same(answer, fact)} for answer in found}


def _same(one: Fact, other: Fact) -> bool:
    if not one.relation & other.relation:
        return False
    if one.head & other.head and one.tail & other.tail:
        return True
    return one.symmetric and bool(one.head & other.tail and one.tail & other.head)


def aligned(thing: Signs, clusters: Sequence[Signs]) -> Signs:
    """The number of the cluster that a thing shares the most signs with, as its one sign; none if it shares none.

    Strict scoring puts this between: a thing that mixes two clusters counts as one of them only.
    """
    shared = [len(thing & cluster) for cluster in clusters]
    return frozenset({shared.index(max(shared))}) if any(shared) else frozenset()
