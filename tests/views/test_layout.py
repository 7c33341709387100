import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from kg.views import layout


def nearest(points: layout.Points) -> float:
    apart = numpy.linalg.norm(points[:, None] - points[None], axis=2) + numpy.eye(len(points)) * 99
    return float(apart.min())


def test_nothing_and_one() -> None:
    assert layout.positions(0, []).shape == (0, 2)
    assert layout.positions(1, []).tolist() == [[0, 0]]


@settings(max_examples=25, deadline=None)
@given(
    some.integers(2, 25).flatmap(
        lambda n: some.tuples(some.just(n), some.lists(some.tuples(*[some.integers(0, n - 1)] * 2)))
    )
)
def test_every_node_has_a_place_of_its_own(drawn: tuple[int, list[tuple[int, int]]]) -> None:
    count, edges = drawn
    points = layout.positions(count, edges)
    assert points.shape == (count, 2)
    assert numpy.isfinite(points).all()
    assert nearest(points) > 0.3
    assert (points == layout.positions(count, edges)).all()


def test_linked_nodes_are_nearer_than_others() -> None:
    ring = [(number, (number + 1) % 40) for number in range(40)]
    points = layout.positions(40, ring)
    steps = [numpy.linalg.norm(points[a] - points[b]) for a, b in ring]
    across = [numpy.linalg.norm(points[number] - points[(number + 20) % 40]) for number in range(40)]
    assert max(steps) < min(across)


def test_components_do_not_overlap() -> None:
    stars = [(10 * star, 10 * star + leaf) for star in range(5) for leaf in range(1, 10)]
    points = layout.positions(60, stars).reshape(6, 10, 2)
    centres = points[:5].mean(axis=1)
    radii = numpy.linalg.norm(points[:5] - centres[:, None], axis=2).max(axis=1)
    apart = numpy.linalg.norm(centres[:, None] - centres[None], axis=2)[numpy.triu_indices(5, 1)]
    assert apart.min() > radii.min()
    assert nearest(points.reshape(60, 2)) > 0.5


def test_many_nodes_use_the_grid(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "EXACT", 100)
    points = layout.positions(150, [(number, number // 3) for number in range(1, 150)])
    assert numpy.isfinite(points).all()
    assert nearest(points) > 0.3
