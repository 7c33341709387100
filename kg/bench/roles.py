"""Semantic roles that were found and those that are there in; F1 on the heads of arguments out.

What counts is the head word of an argument, not its whole span, as in the dependency-based scoring of the CoNLL-2009
shared task (Hajič et al. 2009). Senses of predicates are not part of the figure.
"""

from collections.abc import Collection

import msgspec

from kg.bench.scores import Score


class Argument(msgspec.Struct, frozen=True):
    """One argument: words by their place in the sentence, ``role`` as PropBank names it (``ARG0``, ``ARGM-TMP``)."""

    sentence: str
    predicate: int
    role: str
    head: int


def given_predicates(
    found: Collection[Argument], gold: Collection[Argument], predicates: Collection[tuple[str, int]]
) -> Score:
    """The score when the places of the predicates are known: arguments of anything else are left out.

    ``predicates`` are all that the gold marks (sentence and place), those without arguments too.
    """
    known = set(predicates)
    return Score.of_sets({each for each in found if (each.sentence, each.predicate) in known}, gold)


def end_to_end(found: Collection[Argument], gold: Collection[Argument]) -> Score:
    """The score when the predicates were to be found too: what hangs on a wrong one is wrong."""
    return Score.of_sets(found, gold)
