"""Scores of the graph in, what is made of them out: names by the best sequence, frames, features of pairs."""

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from kg.extraction.model import antecedents, pairs
from kg.extraction.model.labels import Labels
from kg.extraction.model.reader import entity_spans
from kg.extraction.model.roles import frames
from kg.extraction.training.clusters import guessed_head

ENTITY = ["O", "B-Person", "I-Person", "B-City", "I-City", "B-Country", "I-Country"]
LABELS = Labels([], [], [], [], [], ENTITY, role=["", "ARG0", "ARG1"], sense=["shoot.01", "shoot.02"],
                senses={"shoot/VERB": [0, 1]})  # fmt: skip


def _log(*rows: dict[str, float]) -> NDArray[np.float64]:
    scores = np.full((len(rows), len(ENTITY)), 0.01)
    for row, chances in zip(scores, rows, strict=True):
        for label, chance in chances.items():
            row[ENTITY.index(label)] = chance
    logs: NDArray[np.float64] = np.log(scores)
    return logs


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([{"B-Person": 0.9}, {"I-Person": 0.9}, {"O": 0.9}], [(0, 2, "Person")]),
        ([{"B-Person": 0.9}, {"B-Person": 0.9}], [(0, 1, "Person"), (1, 2, "Person")]),
        # Inside a name only after its own beginning: the city's end can't be a person's.
        ([{"B-City": 0.9}, {"I-Person": 0.5, "O": 0.4}], [(0, 1, "City")]),
        # Some place, if nobody knows which sort: together likelier than no name at all.
        ([{"O": 0.09, "B-City": 0.29, "B-Country": 0.28}], [(0, 1, "City")]),
        # In doubt, no name: a wrong one costs more than a missing one.
        ([{"O": 0.4, "B-Person": 0.55}], []),
        ([{"O": 0.9}, {"O": 0.9}], []),
    ],
)
def test_names_are_the_best_sequence(rows: list[dict[str, float]], expected: list[tuple[int, int, str]]) -> None:
    assert list(entity_spans(_log(*rows), LABELS)) == expected


def test_names_do_not_overlap_whatever_the_scores() -> None:
    rng = np.random.default_rng(7)
    for n in (0, 1, 2, 40):
        scores = rng.dirichlet(np.ones(len(ENTITY)), size=n) if n else np.zeros((0, len(ENTITY)))
        spans = list(entity_spans(np.log(scores), LABELS))
        assert all(a[1] <= b[0] for a, b in pairwise(spans))
        assert all(0 <= start < end <= n for start, end, _ in spans)


def test_frames_keep_to_their_sentence_and_to_the_senses_of_their_lemma() -> None:
    found = {
        "predicate": np.array([2.0, -1.0]),
        "predicate_word": np.array([3, 1]),
        "role": np.array([[1, 0, 1, 0, 2], [0, 0, 0, 0, 0]]),
        "role_probability": np.full((2, 5), 0.9),
        "sense": np.array([[0.1, 0.7], [0.0, 0.0]]),
    }
    (only,) = frames(found, ["", "", "x/NOUN", "shoot/VERB", "y/NOUN"], LABELS, [0, 2])
    assert (only.predicate, only.sense) == (3, "shoot.02")
    assert [(a.role, a.word) for a in only.arguments] == [("ARG0", 2), ("ARG1", 4)]


def test_pairs_of_words_are_described_by_ids_of_one_table() -> None:
    words = "The mayor met Mara Lind . She thanked the mayor , Lind said".split()
    made = pairs.Describer()
    made.add(words, 1, pairs.Known(pairs.NOUN, kind="singular", role="subject"), 0)
    made.add(words, 3, pairs.Known(pairs.NAME, kind="Person", name=("Mara", "Lind")), 0)
    made.add(words, 6, pairs.Known(pairs.PRONOUN), 1)
    made.add(words, 9, pairs.Known(pairs.NOUN, kind="singular"), 1)
    made.add(words, 11, pairs.Known(pairs.NAME, kind="Person", name=("Lind",)), 1)
    known = made.described()
    assert known.pronoun.tolist() == [0, 0, pairs.PRONOUNS["she"], 0, 0]
    assert known.determiner.tolist() == [1, 0, 0, 1, 0]
    ids = pairs.features(known, np.array([3, 4]), np.array([[0, 1], [1, 0]]))
    assert ids.shape == (2, 2, 7)
    assert (ids >= 0).all() and (ids < pairs.FEATURES).all()
    near = pairs.prior(known, np.array([3, 4]), np.array([0, 1]))
    assert near[0, 0] > near[0, 1]  # the same noun
    assert near[1, 1] > near[1, 0]  # a word of the name


def test_antecedents_come_before_and_do_not_depend_on_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(3)
    width, hidden, many = 8, 6, 70
    shapes = {
        "anaphor.weight": (width, width), "anaphor.bias": (width,), "antecedent.weight": (width, width),
        "antecedent.bias": (width,), "bilinear.weight": (width, width), "alone.weight": (1, width), "alone.bias": (1,),
        "features.weight": (pairs.FEATURES, hidden), "weights.weight": (pairs.FEATURES, 1),
        "first.weight": (hidden, width), "first.bias": (hidden,), "second.weight": (hidden, width),
        "second.bias": (hidden,), "product.weight": (hidden, width), "score.weight": (1, hidden), "score.bias": (1,),
    }  # fmt: skip
    weights: dict[str, Any] = {name: rng.normal(size=shape) for name, shape in shapes.items()}
    made = pairs.Describer()
    for k in range(many):
        made.add(["word", "other"], k % 2, pairs.Known(pairs.NOUN), k // 5)
    vectors = rng.normal(size=(many, width)).astype(np.float32)
    scorer = antecedents.Antecedents(weights)
    places, odds = scorer.candidates(made.described(), vectors)
    assert places.shape == odds.shape == (many, antecedents.CANDIDATES)
    assert (places < np.arange(many)[:, None]).all() and ((places >= 0) == np.isfinite(odds)).all()
    assert [(row >= 0).sum() for row in places[:3]] == [0, 1, 2]
    best = places[np.arange(many), odds.argmax(1)]
    monkeypatch.setattr(antecedents, "BLOCK", 7)
    places, odds = scorer.candidates(made.described(), vectors)
    assert (places[np.arange(many), odds.argmax(1)] == best).all()
    alone = pairs.Describer()
    alone.add(["word"], 0, pairs.Known(pairs.NOUN), 0)
    places, odds = scorer.candidates(alone.described(), vectors[:1])
    assert (places == -1).all() and (odds == -np.inf).all()


@pytest.mark.parametrize(
    ("words", "head"),
    [
        ("the old house on the hill", "house"),
        ("Mara Lind", "Mara"),
        ("his brother , the baker", "brother"),
        ("the baker 's", "baker"),
        ("she", "she"),
    ],
)
def test_heads_are_guessed_as_the_treebanks_choose_them(words: str, head: str) -> None:
    split = words.split()
    assert split[guessed_head(split, 0, len(split))] == head
