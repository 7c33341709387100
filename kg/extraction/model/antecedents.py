"""Words that refer, with their vectors, in; for each the earlier words that it may refer with, and how likely, out.

The arithmetic of :class:`kg.extraction.training.network.PairScorer` in numpy: it runs once over a whole document,
where the graph runs window by window. Only the last :data:`REACH` words that refer are looked at, so the work is linear
in the length of the text.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.extraction.model.pairs import Referring, features, prior

Array = NDArray[Any]

REACH = 400
CANDIDATES = 40
BLOCK = 128


class Antecedents:
    """The pair scorer with its weights (those of ``coreference.`` in ``heads.npz``)."""

    def __init__(self, weights: Mapping[str, Array]) -> None:
        self.w = weights

    def candidates(self, words: Referring, vectors: Array) -> tuple[Array, Array]:
        """For each of M words the places of its candidates (M, CANDIDATES) and the log-odds that each is what it refers
        with, rather than nothing before it (M, CANDIDATES); where there are fewer, places are -1 and odds -inf.

        ``vectors`` (M, width) are the graph's of these words.
        """
        anaphor, antecedent = (_gelu(self._linear(name, vectors)) for name in ("anaphor", "antecedent"))
        m = len(anaphor)
        places, odds = np.full((m, CANDIDATES), -1), np.full((m, CANDIDATES), -np.inf, dtype=np.float32)
        for start in range(0, m, BLOCK):
            block = np.arange(start, min(start + BLOCK, m))
            found, scores = self._scores(words, anaphor, antecedent, block)
            places[block, : found.shape[1]] = np.where(np.isfinite(scores), found, -1)
            odds[block, : found.shape[1]] = scores
        return places, odds

    def _scores(self, words: Referring, anaphor: Array, antecedent: Array, block: Array) -> tuple[Array, Array]:
        """Candidates of the words of a block (B, K), and the score of each against 0 for nothing before."""
        w, first = self.w, max(0, int(block[0]) - REACH)
        reach = np.arange(first, int(block[-1]))
        a, c = anaphor[block], antecedent[reach]
        coarse = (a @ w["bilinear.weight"].T) @ c.T * a.shape[1] ** -0.5 + self._linear("alone", a)
        before = reach[None] < block[:, None]
        ranked = np.where(before, coarse + prior(words, block, reach), -np.inf)
        k = min(CANDIDATES, len(reach))
        top = np.argpartition(-ranked, k - 1, axis=1)[:, :k] if k else np.zeros((len(block), 0), dtype=np.int64)
        scores = np.take_along_axis(coarse, top, 1) + self._fine(words, anaphor, antecedent, block, reach[top])
        return reach[top], np.where(np.take_along_axis(before, top, 1), scores, -np.inf)

    def _fine(self, words: Referring, anaphor: Array, antecedent: Array, block: Array, candidates: Array) -> Array:
        w = self.w
        ids = features(words, block, candidates)
        a, c = anaphor[block], antecedent[candidates]
        hidden = self._linear("first", a)[:, None] + self._linear("second", c)
        hidden += (a[:, None] * c) @ w["product.weight"].T + w["features.weight"][ids].sum(2)
        total: Array = self._linear("score", np.maximum(hidden, 0))[..., 0] + w["weights.weight"][ids].sum(2)[..., 0]
        return total

    def _linear(self, name: str, x: Array) -> Array:
        found: Array = x @ self.w[f"{name}.weight"].T + self.w[f"{name}.bias"]
        return found


def _gelu(x: Array) -> Array:
    """The tanh form of Hendrycks & Gimpel (2016), as in training."""
    found: Array = 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))
    return found
