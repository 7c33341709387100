"""Nodes and edges in, a place in the plane for each node out. Pure numpy, the same every time.

Each connected component is laid out by itself: first by PivotMDS (Brandes and Pich 2007), which unfolds the whole, then
by force (Fruchterman and Reingold 1991, with repulsion weighted by degree as in ForceAtlas2, Jacomy et al. 2014), which
makes room between neighbours. Then the components are packed side by side, the greatest in the middle (after Freivalds,
Dogrusoz and Kikusts 2002). One unit is the length that an edge would like to have.
"""

from collections import deque
from collections.abc import Sequence

import numpy
from numpy.typing import NDArray

Points = NDArray[numpy.float64]
Edges = NDArray[numpy.int64]

PIVOTS = 40
"""Distances are measured from so many nodes; more did not change the pictures of 1,000 nodes."""

ROUNDS = 170
"""Rounds of forces; from 150 on the eye sees no change at 1,000 nodes."""

EXACT = 1500
"""Up to so many nodes each repels each; beyond, a node is repelled by the centres of a grid's cells."""

CELLS = 28
"""Cells a side of that grid: 5,000 nodes take about 8 s."""

REPULSION = 0.55
"""Against the pull along edges; at this strength two linked nodes come to rest about one unit apart."""

GRAVITY = 0.018
"""Pull towards the middle: less, and long chains stick out of the picture."""

ROOM = 0.85
"""No two nodes shall be nearer to each other than this."""

APART_ROUNDS = 60

ASPECT = 1.35
"""Width to height of the whole, as the room beside the legend has it on most screens."""

_GOLDEN = numpy.pi * (3 - numpy.sqrt(5))


def positions(count: int, edges: Sequence[tuple[int, int]], aspect: float = ASPECT) -> Points:
    """A place for each of ``count`` nodes, shape (count, 2), centred on the origin; ``edges`` are pairs of numbers."""
    if not count:
        return numpy.zeros((0, 2))
    neighbours = _neighbours(count, edges)
    parts = _components(neighbours)
    placed = [_component(part, neighbours) for part in parts]
    result: Points = numpy.zeros((count, 2))
    for part, points, corner in zip(parts, placed, _packed(placed, aspect), strict=True):
        result[part] = points + corner
    middle: Points = (result.min(axis=0) + result.max(axis=0)) / 2
    return result - middle


def _neighbours(count: int, edges: Sequence[tuple[int, int]]) -> list[list[int]]:
    found: list[set[int]] = [set() for _ in range(count)]
    for a, b in edges:
        if a != b:
            found[a].add(b)
            found[b].add(a)
    return [sorted(near) for near in found]


def _components(neighbours: list[list[int]]) -> list[list[int]]:
    """Connected components, the greatest first."""
    left = [True] * len(neighbours)
    parts = []
    for start in range(len(neighbours)):
        if left[start]:
            part = (
                [node for node, steps in enumerate(_steps(start, neighbours)) if steps >= 0]
                if neighbours[start]
                else [start]
            )
            for node in part:
                left[node] = False
            parts.append(part)
    return sorted(parts, key=lambda part: (-len(part), part))


def _steps(start: int, neighbours: list[list[int]]) -> list[int]:
    """Edges between ``start`` and each node, breadth first; -1 where there is no way."""
    steps = [-1] * len(neighbours)
    steps[start] = 0
    waiting = deque([start])
    while waiting:
        node = waiting.popleft()
        for near in neighbours[node]:
            if steps[near] < 0:
                steps[near] = steps[node] + 1
                waiting.append(near)
    return steps


def _component(part: list[int], neighbours: list[list[int]]) -> Points:
    if len(part) == 1:
        return numpy.zeros((1, 2))
    if len(part) == 2:
        return numpy.array([[-1.1, 0.0], [1.1, 0.0]])
    number = {node: place for place, node in enumerate(part)}
    inner = [[number[near] for near in neighbours[node]] for node in part]
    # Small components have room around them: longer edges leave more of it to their labels.
    return _turned(_forced(_unfolded(inner), inner)) * (1 + 0.8 / (1 + len(part) / 25))


def _unfolded(neighbours: list[list[int]]) -> Points:
    """PivotMDS: the two main axes of the distances to a few far-apart nodes."""
    count = len(neighbours)
    distances = _pivot_distances(neighbours)
    squares = distances**2
    centred = squares - squares.mean(axis=0) - squares.mean(axis=1, keepdims=True) + squares.mean()
    _, axes = numpy.linalg.eigh(centred.T @ centred)
    points = centred @ axes[:, -2:][:, ::-1] if axes.shape[1] > 1 else numpy.zeros((count, 2))
    spread = numpy.abs(points).max(axis=0)
    points = points * numpy.sign(points[numpy.abs(points).argmax(axis=0), [0, 1]])
    points = points / numpy.where(spread > 1e-9, spread, 1.0) * numpy.sqrt(count)
    # Leaves of one node fall on one another: a small sunflower pulls them apart, the same every time.
    turn = numpy.arange(count) * _GOLDEN
    radius = 0.3 * numpy.sqrt(numpy.arange(1, count + 1))[:, None] ** 0.5
    spread_out: Points = points + radius * numpy.stack([numpy.cos(turn), numpy.sin(turn)], axis=1)
    return spread_out


def _pivot_distances(neighbours: list[list[int]]) -> Points:
    """Steps from up to PIVOTS nodes, each as far as can be from those before it; the busiest first."""
    start = max(range(len(neighbours)), key=lambda node: (len(neighbours[node]), -node))
    rows = [_steps(start, neighbours)]
    nearest = numpy.array(rows[0])
    while len(rows) < min(PIVOTS, len(neighbours)) and nearest.max() > 0:
        rows.append(_steps(int(nearest.argmax()), neighbours))
        nearest = numpy.minimum(nearest, rows[-1])
    return numpy.array(rows, dtype=float).T


def _forced(points: Points, neighbours: list[list[int]]) -> Points:
    pairs = [(a, b) for a, near in enumerate(neighbours) for b in near if a < b]
    edges = numpy.array(pairs, dtype=numpy.int64)
    degrees = numpy.array([len(near) for near in neighbours], dtype=float)
    mass = numpy.sqrt(degrees)
    repel = _repelled if len(points) <= EXACT else _repelled_by_cells
    rounds = min(ROUNDS, 50 + 2 * len(points))
    for heat in numpy.linspace(1.0, 0.02, rounds) * numpy.sqrt(len(points)) * 0.12:
        force = repel(points, mass) + _attracted(points, edges, degrees) - GRAVITY * points * mass[:, None]
        length = numpy.linalg.norm(force, axis=1, keepdims=True)
        points = points + force / numpy.maximum(length, 1e-9) * numpy.minimum(length, heat)
    return _apart(points - points.mean(axis=0))


def _apart(points: Points) -> Points:
    """Push neighbours that still lie on one another to ROOM from each other, by turns, in the order of strips."""
    for turn in range(APART_ROUNDS):
        along, across = turn % 2, 1 - turn % 2
        strip = numpy.floor(points[:, along] / ROOM + (turn % 4) / 4)
        order = numpy.lexsort((points[:, across], strip))
        for step in (1, 2, 3, 4):
            a, b = order[:-step], order[step:]
            way = points[b] - points[a]
            length = numpy.maximum(numpy.linalg.norm(way, axis=1, keepdims=True), 1e-9)
            push = numpy.where(length < ROOM, way / length * (ROOM - length) * 0.25, 0.0)
            numpy.add.at(points, a, -push)
            numpy.add.at(points, b, push)
    return points


def _repelled(points: Points, mass: Points) -> Points:
    return _push(points, points, mass) * mass[:, None]


def _push(points: Points, origins: Points, weights: Points) -> Points:
    """The sum over ``origins`` of weight times direction over distance. In 32 bits: three times as fast."""
    x, y, weight = (column.astype(numpy.float32) for column in (origins[:, 0], origins[:, 1], weights))
    across = points[:, 0].astype(numpy.float32)[:, None] - x
    along = points[:, 1].astype(numpy.float32)[:, None] - y
    push = across * across
    push += along * along
    numpy.maximum(push, 0.02, out=push)
    numpy.divide(weight, push, out=push)
    across *= push
    along *= push
    return numpy.stack([across.sum(axis=1), along.sum(axis=1)], axis=1).astype(numpy.float64) * REPULSION


def _repelled_by_cells(points: Points, mass: Points) -> Points:
    """As :func:`_repelled`, from the centres of mass of a grid's cells; a node does not count in its own."""
    low = points.min(axis=0)
    size = numpy.maximum((points.max(axis=0) - low) / CELLS, 1e-9)
    place = numpy.minimum(((points - low) / size).astype(numpy.int64), CELLS - 1)
    cell = place[:, 0] * CELLS + place[:, 1]
    weights: Points = numpy.bincount(cell, mass, CELLS * CELLS).astype(numpy.float64)
    sums = numpy.stack([numpy.bincount(cell, mass * points[:, axis], CELLS * CELLS) for axis in (0, 1)], axis=1)
    full = numpy.flatnonzero(weights)
    centres = sums[full] / weights[full, None]
    own = numpy.searchsorted(full, cell)
    alone = weights[cell] - mass
    others = _push(points, centres, weights[full]) - _pair(points, centres[own], weights[cell])
    # What lies in the same cell, without the node itself.
    rest = (sums[cell] - mass[:, None] * points) / numpy.maximum(alone, 1e-9)[:, None]
    return (others + _pair(points, rest, numpy.where(alone > 1e-6, alone, 0.0))) * mass[:, None]


def _pair(points: Points, origins: Points, weights: Points) -> Points:
    """As :func:`_push`, of each origin on the one point of the same number."""
    way = points - origins
    push: Points = way * (weights / numpy.maximum((way**2).sum(axis=1), 0.02))[:, None] * REPULSION
    return push


def _attracted(points: Points, edges: Edges, degrees: Points) -> Points:
    """Along each edge, by distance; a hub with many edges pulls each of them less, so that its leaves get room."""
    a, b = edges[:, 0], edges[:, 1]
    way = points[b] - points[a]
    pull = way * numpy.linalg.norm(way, axis=1, keepdims=True) / (degrees[a] * degrees[b])[:, None] ** 0.3
    force = numpy.zeros_like(points)
    for axis in (0, 1):
        force[:, axis] += numpy.bincount(a, pull[:, axis], len(points)) - numpy.bincount(b, pull[:, axis], len(points))
    return force


def _turned(points: Points) -> Points:
    """The longest axis lies flat, as screens do."""
    _, axes = numpy.linalg.eigh(points.T @ points)
    axis = axes[:, -1] * (1 if axes[numpy.abs(axes[:, -1]).argmax(), -1] > 0 else -1)
    turned: Points = points @ numpy.array([[axis[0], -axis[1]], [axis[1], axis[0]]])
    return turned


def _packed(parts: list[Points], aspect: float) -> list[Points]:
    """Where each part's own origin goes: polyominoes on a grid, each as near to the middle as there is room."""
    cell = 1.1
    shapes = [_shape(points, cell) for points in parts]
    reach = (
        int(numpy.ceil(numpy.sqrt(sum(len(shape) for shape in shapes)) * 1.6))
        + max(int(abs(s).max()) for s in shapes)
        + 2
    )
    taken = numpy.zeros((2 * reach + 1, 2 * reach + 1), dtype=bool)
    spots = _spots(reach, aspect)
    corners, first = [], 0
    for number, shape in enumerate(shapes):
        same = number and len(parts[number]) == len(parts[number - 1]) <= 2
        first = _first_free(taken, shape, spots, reach, first if same else 0)
        spot = spots[first]
        taken[tuple((shape + spot + reach).T)] = True
        corners.append(spot * cell)
    return corners


def _shape(points: Points, cell: float) -> Edges:
    """The cells that a part covers, with a margin of one cell; the hull of each row is filled."""
    cells = numpy.unique(numpy.round(points / cell).astype(numpy.int64), axis=0)
    rows = {
        int(y): (cells[cells[:, 1] == y, 0].min(), cells[cells[:, 1] == y, 0].max()) for y in numpy.unique(cells[:, 1])
    }
    low, high = min(rows), max(rows)
    covered = set()
    left = right = 0
    for y in range(low, high + 1):
        left, right = rows.get(y, (left, right))
        covered |= {(x, y + near) for x in range(left - 1, right + 2) for near in (-1, 0, 1)}
    return numpy.array(sorted(covered), dtype=numpy.int64)


def _spots(reach: int, aspect: float) -> Edges:
    side = numpy.arange(-reach, reach + 1)
    x, y = (grid.ravel() for grid in numpy.meshgrid(side, side))
    return numpy.stack([x, y], axis=1)[numpy.lexsort((x, y, x**2 / aspect + y**2 * aspect))]


def _first_free(
    taken: NDArray[numpy.bool_], shape: Edges, spots: Edges, reach: int, start: int, step: int = 256
) -> int:
    for begin in range(start, len(spots), step):
        cells = spots[begin : begin + step, None, :] + shape[None, :, :] + reach
        inside = ((cells >= 0) & (cells <= 2 * reach)).all(axis=(1, 2))
        cells = numpy.clip(cells, 0, 2 * reach)
        free = inside & ~taken[cells[..., 0], cells[..., 1]].any(axis=1)
        if free.any():
            return begin + int(free.argmax())
    return len(spots) // 2
