import random

from kg.views.sorting import ordered


def test_more_than_a_run_comes_in_order() -> None:
    chance = random.Random(7)
    records = [(f"<urn:{chance.randrange(50)}>", f'"{chance.randrange(10)}\n\u2028"', "ö😀") for _ in range(1000)]
    assert list(ordered(iter(records), run=64)) == sorted(records)


def test_a_run_alone_a_full_one_and_none() -> None:
    records = [("b",), ("a",), ("c",)]
    for run in (2, 3, 4):
        assert list(ordered(records, run)) == [("a",), ("b",), ("c",)]
    assert list(ordered([])) == []
