"""The best pairing, against trying all of them."""

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.bench.assignment import best_pairs


def test_the_greedy_choice_is_not_the_best() -> None:
    assert best_pairs([[9, 8], [8, 1]]) == [(0, 1), (1, 0)]  # 16, where 9 + 1 is 10


def test_nothing_to_pair() -> None:
    assert best_pairs([]) == []
    assert best_pairs([[]]) == []
    assert best_pairs([[0, 0], [0, 0]]) == []


@st.composite
def matrices(draw: st.DrawFn) -> list[list[int]]:
    rows, columns = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    return draw(st.lists(st.lists(st.integers(0, 9), min_size=columns, max_size=columns), min_size=rows, max_size=rows))


@settings(deadline=None)
@given(matrices())
def test_as_good_as_trying_all(worth: list[list[int]]) -> None:
    pairs = best_pairs(worth)
    assert len({row for row, _ in pairs}) == len({column for _, column in pairs}) == len(pairs)
    wide = worth if len(worth) <= len(worth[0]) else [list(column) for column in zip(*worth, strict=True)]
    most = max(
        sum(row[column] for row, column in zip(wide, order, strict=True))
        for order in permutations(range(len(wide[0])), len(wide))
    )
    assert sum(worth[row][column] for row, column in pairs) == pytest.approx(most)
