"""Arc scores of one sentence in, a good tree out: one root, no cycle, and arcs that do not cross.

Greedy heads already are a tree nearly always; only where they hold a cycle or several roots is the algorithm of Chu &
Liu (1965) and Edmonds (1967) run for the maximum spanning arborescence. English trees are projective but for one
sentence in fifty, predicted ones cross arcs in one of ten: there the cheapest words are given their second best head
until nothing crosses (on development parts of EWT and GUM as good as the exact projective tree of Eisner 1996).
"""

from heapq import heappop, heappush

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
_FAR = -1e9
ROOTS = 8
"""How many words are tried as the root where several want to be; sentences have few likely roots."""


TRIES = 40
"""How many exchanges of heads are tried for a sentence whose arcs cross."""
PER_WORD = 8
"""How many of the words on crossing arcs may be given their second head, the cheapest first."""


def is_good(heads: list[int]) -> bool:
    """Whether 1-based heads (0 is the root) are a tree with one root in which no arcs cross."""
    return is_tree(heads) and not _crossing(heads)


def mended(scores: Floats, heads: list[int], second: list[int]) -> list[int]:
    """The heads to take (1-based, 0 the root) where those that score best are no good tree.

    ``scores`` is (n, n + 1): the score of each head for each word, column 0 the root; ``second`` are the second best.
    """
    return uncrossed(scores, heads if is_tree(heads) else best_tree(scores), second)


def uncrossed(scores: Floats, heads: list[int], second: list[int]) -> list[int]:
    """The same tree with as cheap an exchange of heads for second ones as lets no arcs cross; as it is if none does."""
    crossing = _crossing(heads)
    if not crossing:
        return heads
    loss = {i: float(scores[i, heads[i]] - scores[i, second[i]]) for i in crossing if second[i] != heads[i]}
    words = sorted(loss, key=lambda i: loss[i])[:PER_WORD]
    queue: list[tuple[float, tuple[int, ...]]] = [(loss[i], (k,)) for k, i in enumerate(words)]
    queue.sort()
    for _ in range(TRIES):
        if not queue:
            break
        cost, exchanged = heappop(queue)
        tried = list(heads)
        for k in exchanged:
            tried[words[k]] = second[words[k]]
        if is_tree(tried) and not _crossing(tried):
            return tried
        for k in range(exchanged[-1] + 1, len(words)):
            heappush(queue, (cost + loss[words[k]], (*exchanged, k)))
    return heads


def _crossing(heads: list[int]) -> list[int]:
    """The words (0-based) whose arcs cross another."""
    place = np.arange(1, len(heads) + 1)
    head = np.asarray(heads)
    left, right = np.minimum(place, head), np.maximum(place, head)
    inside = (left[:, None] < left[None]) & (left[None] < right[:, None]) & (right[:, None] < right[None])
    found: list[int] = np.flatnonzero((inside | inside.T).any(1)).tolist()
    return found


def is_tree(heads: list[int]) -> bool:
    """Whether 1-based heads (0 is the root) have one root and no cycle."""
    if heads.count(0) != 1:
        return False
    safe = {0}
    for start in range(1, len(heads) + 1):
        path = list[int]()
        node = start
        while node not in safe:
            if node in path:
                return False
            path.append(node)
            node = heads[node - 1]
        safe.update(path)
    return True


def best_tree(scores: Floats) -> list[int]:
    """Heads (1-based, 0 the root) of the best tree with exactly one root.

    ``scores`` is (n, n + 1): the score of each head for each word, column 0 the root.
    """
    square = _square(scores)
    heads = _arborescence(square)
    if heads[1:].count(0) > 1:
        likely = sorted(range(1, len(heads)), key=lambda i: -float(square[i, 0]))[:ROOTS]
        heads = max((_arborescence(_rooted(square, i)) for i in likely), key=lambda h: _total(square, h))
    return heads[1:]


def _rooted(square: NDArray[np.float64], root: int) -> NDArray[np.float64]:
    """The scores with ``root`` as the only word that may be the root."""
    only = square.copy()
    only[[i for i in range(1, len(square)) if i != root], 0] = _FAR
    return only


def _total(square: NDArray[np.float64], heads: list[int]) -> float:
    return float(sum(square[i, heads[i]] for i in range(1, len(heads))))


def _square(scores: Floats) -> NDArray[np.float64]:
    n = scores.shape[0]
    square = np.full((n + 1, n + 1), _FAR)
    square[1:] = scores
    np.fill_diagonal(square, _FAR)
    return square


def _arborescence(scores: NDArray[np.float64]) -> list[int]:
    """Heads of the best arborescence from node 0; ``scores[dependent, head]``."""
    n = len(scores)
    heads = [0, *(int(scores[i].argmax()) for i in range(1, n))]
    cycle = _cycle(heads)
    if not cycle:
        return heads
    return _expand(scores, heads, cycle)


def _cycle(heads: list[int]) -> list[int]:
    seen: set[int] = {0}
    for start in range(1, len(heads)):
        path = list[int]()
        node = start
        while node not in seen:
            seen.add(node)
            path.append(node)
            node = heads[node]
        if node in path:
            return path[path.index(node) :]
    return []


def _expand(scores: NDArray[np.float64], heads: list[int], cycle: list[int]) -> list[int]:
    """Contracts the cycle to one node, solves the smaller problem, breaks the cycle where the solution enters it."""
    inside = set(cycle)
    rest = [i for i in range(len(scores)) if i not in inside]
    kept = {i: scores[i, heads[i]] for i in cycle}
    small = np.full((len(rest) + 1, len(rest) + 1), _FAR)
    small[:-1, :-1] = scores[np.ix_(rest, rest)]
    entering = np.array([[scores[i, r] - kept[i] for i in cycle] for r in rest])
    leaving = scores[np.ix_(rest, cycle)]
    small[-1, :-1] = entering.max(axis=1)
    small[:-1, -1] = leaving.max(axis=1)
    small[0] = _FAR
    solved = _arborescence(small)
    out = list(heads)
    for k, node in enumerate(rest):
        if node:
            out[node] = cycle[int(leaving[k].argmax())] if solved[k] == len(rest) else rest[solved[k]]
    source = solved[len(rest)]
    out[cycle[int(entering[source].argmax())]] = rest[source]
    return out
