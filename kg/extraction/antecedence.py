"""A Doc with trees, names and the encoder's vectors in; for each word that refers, what it may refer with, out."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from spacy.tokens import Doc

from kg.extraction.model import pairs
from kg.extraction.model.antecedents import Antecedents

IsA = Callable[[str, str], bool]

_SORTS = ("Person", "Organization", "Place", "Event")
_VALUES = frozenset({"Date", "Number", "Money"})


@dataclass(frozen=True, slots=True)
class Candidates:
    """The tokens that refer, in their order, and for each the earlier ones that it may refer with, with log-odds."""

    tokens: list[int]
    before: dict[int, list[tuple[int, float]]]


def candidates(doc: Doc, scorer: Antecedents, silent: frozenset[int], is_a: IsA) -> Candidates:
    """Scores all words that refer, those of ``silent`` (tokens of furniture) left out. Linear in the text's length.

    Needs ``doc._.vectors``. Only candidates at least a tenth as likely as nothing before are kept.
    """
    tokens, words = described(doc, silent, is_a)
    if not tokens:
        return Candidates([], {})
    places, odds = scorer.candidates(words, doc._.vectors[tokens])
    before = dict[int, list[tuple[int, float]]]()
    for token, row, scores in zip(tokens, places, odds, strict=True):
        kept = np.flatnonzero(scores > _HOPELESS)
        before[token] = [(tokens[row[k]], float(scores[k])) for k in kept]
    return Candidates(tokens, before)


_HOPELESS = -2.3


def described(doc: Doc, silent: frozenset[int], is_a: IsA) -> tuple[list[int], pairs.Referring]:
    """The tokens that refer, described as in training."""
    describer, tokens = pairs.Describer(), list[int]()
    sorts = _names(doc, is_a)
    for number, sentence in enumerate(doc.sents):
        inside = [token for token in sentence if not token.is_space]
        words = [token.text for token in inside]
        for i, token in enumerate(inside):
            if token.i not in silent and pairs.refers(token.pos_, token.dep_):
                sort, name = sorts.get(token.i, ("", ()))
                it = pairs.known(token.text, token.pos_, token.dep_, str(token.morph), sort, name)
                describer.add(words, i, it, number)
                tokens.append(token.i)
    return tokens, describer.described()


def _names(doc: Doc, is_a: IsA) -> dict[int, tuple[str, tuple[str, ...]]]:
    """The sort and the words of the name that each token is in."""
    found = dict[int, tuple[str, tuple[str, ...]]]()
    for span in doc.ents:
        if span.label_ not in _VALUES:
            sort = next((sort for sort in _SORTS if is_a(span.label_, sort)), "Other")
            named = sort, tuple(token.text for token in span)
            found.update((token.i, named) for token in span)
    return found
