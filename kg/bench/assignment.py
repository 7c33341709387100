"""A matrix of what each pairing of a row with a column is worth in; the pairing that is worth most in all out.

The Hungarian method (Kuhn 1955) by shortest augmenting paths with potentials (Jonker & Volgenant 1987), O(n²m). SciPy
has the same as ``linear_sum_assignment``, but is larger than all that this program installs, and no other dependency
brings it.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def best_pairs(worth: ArrayLike) -> list[tuple[int, int]]:
    """Row and column of each pair, every row and column at most once; pairs worth nothing are left out.

    ``worth`` holds one row of numbers of at least 0 for each thing on the left.
    """
    values = np.array(worth, dtype=np.float64)
    if values.ndim != 2 or not values.size:
        return []
    if values.shape[0] > values.shape[1]:
        return sorted((row, column) for column, row in best_pairs(values.T))
    pairs = enumerate(_cheapest(values.max() - values))
    return [(row, column) for row, column in pairs if values[row, column] > 0]


def _cheapest(cost: Floats) -> list[int]:
    """For every row its column, so that the costs add up to the least; there are at least as many columns as rows."""
    rows, columns = cost.shape
    row_potential, column_potential = np.zeros(rows), np.zeros(columns)
    row_of = np.full(columns, -1)
    for row in range(rows):
        _augment(cost, row, row_potential, column_potential, row_of)
    column_of = [0] * rows
    for column, row in enumerate(row_of.tolist()):
        if row >= 0:
            column_of[row] = column
    return column_of


def _augment(
    cost: Floats, start: int, row_potential: Floats, column_potential: Floats, row_of: NDArray[np.int_]
) -> None:
    """Takes one more row in: a shortest path (Dijkstra over reduced costs) from it to a free column is flipped."""
    columns = cost.shape[1]
    distance, came_from = np.full(columns, np.inf), np.full(columns, -1)
    done = np.zeros(columns, dtype=bool)
    row, reached, column = start, 0.0, -1
    while True:
        step = reached + cost[row] - row_potential[row] - column_potential
        nearer = ~done & (step < distance)
        distance[nearer], came_from[nearer] = step[nearer], column
        column = int(np.argmin(np.where(done, np.inf, distance)))
        reached = float(distance[column])
        done[column] = True
        if row_of[column] < 0:
            break
        row = int(row_of[column])
    settled = done & (row_of >= 0)
    settled[column] = False
    row_potential[start] += reached
    row_potential[row_of[settled]] += reached - distance[settled]
    column_potential[settled] -= reached - distance[settled]
    while column >= 0:
        before = int(came_from[column])
        row_of[column] = row_of[before] if before >= 0 else start
        column = before
