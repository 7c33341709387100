"""Words that refer, with their vectors, in; for each the earlier word that it most likely refers with, and how likely.

The arithmetic of :class:`kg.extraction.training.network.PairScorer` in numpy: it runs once over a whole document,
where the graph runs window by window. Only the last :data:`REACH` words that refer are looked at, so the work is linear
in the length of the text.
"""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.extraction.model.pairs import Referring, features, prior

Array = NDArray[Any]

REACH = 400
CANDIDATES = 40
BLOCK = 128


class Antecedents:
    """The pair scorer with its weights (``pairs.npz``)."""

    def __init__(self, file: Path) -> None:
        with np.load(file) as weights:
            self.w = {name: weights[name].astype(np.float32) for name in weights.files}

    def best(self, words: Referring, anaphor: Array, antecedent: Array) -> tuple[Array, Array]:
        """For each of M words the place of its best antecedent (M,), -1 for none, and the log-odds that it is one (M,).

        ``anaphor`` and ``antecedent`` (M, width) are the graph's vectors of these words.
        """
        m = len(anaphor)
        chosen, odds = np.full(m, -1), np.zeros(m, dtype=np.float32)
        for start in range(0, m, BLOCK):
            block = np.arange(start, min(start + BLOCK, m))
            candidates, scores = self._scores(words, anaphor, antecedent, block)
            if candidates.shape[1]:
                top = scores.argmax(1)
                at = np.arange(len(block))
                odds[block] = scores[at, top]
                chosen[block] = np.where(scores[at, top] > 0, candidates[at, top], -1)
        return chosen, odds

    def _scores(self, words: Referring, anaphor: Array, antecedent: Array, block: Array) -> tuple[Array, Array]:
        """Candidates of the words of a block (B, K), and the score of each against 0 for nothing before."""
        w, first = self.w, max(0, int(block[0]) - REACH)
        reach = np.arange(first, int(block[-1]))
        a, c = anaphor[block], antecedent[reach]
        coarse = (a @ w["bilinear"].T) @ c.T * a.shape[1] ** -0.5 + a @ w["alone"].T + w["alone_bias"]
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
        hidden = (a @ w["first"].T + w["first_bias"])[:, None] + c @ w["second"].T + w["second_bias"]
        hidden += (a[:, None] * c) @ w["product"].T + w["features"][ids].sum(2)
        score: Array = np.maximum(hidden, 0) @ w["score"].T
        total: Array = score[..., 0] + w["score_bias"] + w["weights"][ids].sum(2)[..., 0]
        return total
