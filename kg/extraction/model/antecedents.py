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
from kg.extraction.model.products import times

Array = NDArray[Any]

REACH = 400
CANDIDATES = 16
"""How many are scored finely; training has 40, but the best is hardly ever beyond the first sixteen."""
BLOCK = 128


class Antecedents:
    """The pair scorer with its weights (those of ``coreference.`` in ``heads.npz``)."""

    def __init__(self, weights: Mapping[str, Array]) -> None:
        self.w = {name: np.ascontiguousarray(value, dtype=np.float32) for name, value in weights.items()}

    def candidates(self, words: Referring, vectors: Array) -> tuple[Array, Array]:
        """For each of M words the places of its candidates (M, CANDIDATES) and the log-odds that each is what it refers
        with, rather than nothing before it (M, CANDIDATES); where there are fewer, places are -1 and odds -inf.

        ``vectors`` (M, width) are the graph's of these words.
        """
        projected = _Projected(self.w, vectors)
        m = len(vectors)
        places, odds = np.full((m, CANDIDATES), -1), np.full((m, CANDIDATES), -np.inf, dtype=np.float32)
        for start in range(0, m, BLOCK):
            block = np.arange(start, min(start + BLOCK, m))
            found, scores = self._scores(words, projected, block)
            places[block, : found.shape[1]] = np.where(np.isfinite(scores), found, -1)
            odds[block, : found.shape[1]] = scores
        return places, odds

    def _scores(self, words: Referring, projected: "_Projected", block: Array) -> tuple[Array, Array]:
        """Candidates of the words of a block (B, K), and the score of each against 0 for nothing before."""
        reach = np.arange(max(0, int(block[0]) - REACH), int(block[-1]))
        if not len(reach):
            return np.zeros((len(block), 0), dtype=np.int64), np.zeros((len(block), 0), dtype=np.float32)
        coarse = times(projected.asked[block], projected.antecedent[reach]) + projected.alone[block]
        ranked = np.where(reach[None] < block[:, None], coarse + prior(words, block, reach), -np.inf)
        k = min(CANDIDATES, len(reach))
        top = np.argpartition(-ranked, k - 1, axis=1)[:, :k]
        scores = np.take_along_axis(coarse, top, 1) + self._fine(words, projected, block, reach[top])
        return reach[top], np.where(reach[top] < block[:, None], scores, -np.inf)

    def _fine(self, words: Referring, projected: "_Projected", block: Array, candidates: Array) -> Array:
        ids = features(words, block, candidates)
        shape = candidates.shape
        both = projected.anaphor[block][:, None] * projected.antecedent[candidates]
        hidden = times(both.reshape(-1, both.shape[-1]), self.w["product.weight"]).reshape(*shape, -1)
        hidden += projected.first[block][:, None]
        hidden += projected.second[candidates]
        for feature in range(ids.shape[2]):
            hidden += self.w["features.weight"][ids[:, :, feature]]
        total: Array = np.maximum(hidden, 0, out=hidden) @ self.w["score.weight"][0] + self.w["score.bias"][0]
        total += self.w["weights.weight"][ids, 0].sum(2)
        return total


class _Projected:
    """What the scorer makes of each word by itself."""

    def __init__(self, weights: Mapping[str, Array], vectors: Array) -> None:
        def linear(name: str, x: Array) -> Array:
            return times(x, weights[f"{name}.weight"]) + weights[f"{name}.bias"]

        self.anaphor, self.antecedent = (_gelu(linear(name, vectors)) for name in ("anaphor", "antecedent"))
        self.asked = times(self.anaphor, weights["bilinear.weight"]) * np.float32(self.anaphor.shape[1] ** -0.5)
        self.alone = linear("alone", self.anaphor)
        self.first, self.second = linear("first", self.anaphor), linear("second", self.antecedent)


_SLOPE = np.float32(np.sqrt(2 / np.pi))


def _gelu(x: Array) -> Array:
    """The tanh form of Hendrycks & Gimpel (2016), as in training."""
    found: Array = np.float32(0.5) * x * (1 + np.tanh(_SLOPE * (x + np.float32(0.044715) * x**3)))
    return found
