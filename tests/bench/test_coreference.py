"""The measures of coreference, on the worked examples of their papers and of the official scorer."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.bench.coreference import Coreference, score
from kg.bench.scores import Score

Figures = tuple[float, float, float]  # recall, precision, F1: the order of the papers


def read(words: str) -> list[str]:
    """``ab cd`` as two clusters of two mentions."""
    return words.split()


def figures(found: Score) -> Figures:
    return found.recall, found.precision, found.f1


def test_the_example_of_pradhan_and_others_2014() -> None:
    """Key {a,b,c} {d,e,f,g}, response {a,b} {c,d} {f,g,h,i}; the figures are those of their illustrative example."""
    found = score(read("ab cd fghi"), read("abc defg"))
    assert figures(found.muc) == pytest.approx((0.40, 0.40, 0.40))
    assert figures(found.b_cubed) == pytest.approx((0.42, 0.50, 0.46), abs=0.006)
    assert figures(found.ceaf_e) == pytest.approx((0.65, 0.43, 0.52), abs=0.006)
    assert found.conll == pytest.approx((0.40 + 0.4545 + 0.52) / 3, abs=0.0001)


@pytest.mark.parametrize(
    ("response", "key", "recall", "precision"),
    [
        ("ab cd", "abcd", 2 / 3, 1),  # Vilain et al. 1995: one link of three is missing
        ("abcd", "ab cd", 1, 2 / 3),  # the other way round: one too many
        ("12345 6789abc", "12345 67 89abc", 1, 9 / 10),  # Bagga & Baldwin 1998, response 1
        ("1234589abc 67", "12345 67 89abc", 1, 9 / 10),  # response 2: no worse by MUC
    ],
)
def test_muc(response: str, key: str, recall: float, precision: float) -> None:
    assert figures(score(read(response), read(key)).muc)[:2] == pytest.approx((recall, precision))


@pytest.mark.parametrize(
    ("response", "precision"),
    [("12345 6789abc", 16 / 21), ("1234589abc 67", 7 / 12)],  # 76 % and 58 % in the paper
)
def test_b_cubed_tells_a_great_error_from_a_small_one(response: str, precision: float) -> None:
    """Bagga & Baldwin 1998: joining two large clusters is worse than joining a large and a small one."""
    found = score(read(response), read("12345 67 89abc")).b_cubed
    assert (found.recall, found.precision) == pytest.approx((1, precision))


@pytest.mark.parametrize(
    ("response", "recall", "precision", "f1"),
    [
        ("a bc def", 1, 1, 1),
        ("a de", 0.6, 0.9, 0.72),
        ("a bcx defy z", 0.88571, 0.66429, 0.75918),
        ("a bcx dy z", 0.73333, 0.55, 0.62857),
        ("a bcxB dy z", 0.68889, 0.51667, 0.59048),
        ("a bcx dy Bz", 0.73333, 0.55, 0.62857),
        ("a bcxb dy z", 0.73333, 0.55, 0.62857),  # a mention given twice counts once
        ("a bcx dy bz", 0.73333, 0.55, 0.62857),  # also if it is given in two clusters
    ],
)
def test_ceaf_e_on_the_cases_of_the_official_scorer(response: str, recall: float, precision: float, f1: float) -> None:
    """TC1 to TC8 of the scorer's own tests (version 8.01), key {a} {b,c} {d,e,f}."""
    assert figures(score(read(response), read("a bc def")).ceaf_e) == pytest.approx((recall, precision, f1), abs=1e-5)


def test_documents_are_added_before_anything_is_divided() -> None:
    both = score(["ab"], ["ab"]) + score(["cd"], ["ce", "df", "gh"])
    assert both.muc == Score(right=1, predicted=2, found=1, gold=4)
    assert both.mentions == Score.of(4, 4, 8)


def test_nothing_found() -> None:
    found = score([], ["ab"])
    assert (found.conll, found.mentions) == (0, Score.of(0, 0, 2))
    assert score([], []) == Coreference()


clusterings = st.lists(st.sets(st.integers(0, 12), min_size=1), min_size=1, max_size=6)


@settings(deadline=None)
@given(clusterings)
def test_a_clustering_agrees_with_itself(these: list[set[int]]) -> None:
    found = score(these, these)
    linked = 1 if found.muc.gold else 0  # MUC has nothing to say of singletons
    assert (found.muc.f1, found.b_cubed.f1, found.ceaf_e.f1) == pytest.approx((linked, 1, 1))


@settings(deadline=None)
@given(clusterings, clusterings)
def test_precision_one_way_is_recall_the_other(these: list[set[int]], those: list[set[int]]) -> None:
    there, back = score(these, those), score(those, these)
    for one, other in ((there.muc, back.muc), (there.b_cubed, back.b_cubed), (there.ceaf_e, back.ceaf_e)):
        assert one.precision == pytest.approx(other.recall)
        assert one.f1 == pytest.approx(other.f1)


@settings(deadline=None)
@given(clusterings, clusterings)
def test_all_figures_are_shares(these: list[set[int]], those: list[set[int]]) -> None:
    found = score(these, those)
    for each in (found.muc, found.b_cubed, found.ceaf_e, found.mentions):
        assert all(0 <= value <= 1 + 1e-9 for value in (each.precision, each.recall, each.f1))
