"""The packaged model inside spaCy: sentences, trees and entities; and that a document's neighbours change nothing."""

import random

import numpy as np
import pytest

from kg.claims import Document, Furniture, Span
from kg.extraction import NewsReader
from kg.extraction.model.reader import FOLDER, Graph
from kg.extraction.model.trees import best_tree, is_good, is_tree, mended
from tests.extraction import cases

TEXT = (
    "Mara Lind was born in Oslo. She leads the Harbour Trust, a charity.\n\n"
    "The trust opened a school in Kenya on Monday."
)


def test_spacy_users_feel_at_home(reader: NewsReader) -> None:
    doc = reader.nlp(TEXT)
    assert [s.text.strip() for s in doc.sents] == [
        "Mara Lind was born in Oslo.",
        "She leads the Harbour Trust, a charity.",
        "The trust opened a school in Kenya on Monday.",
    ]
    assert doc[3].pos_ == "VERB" and doc[3].lemma_ == "bear" and doc[3].dep_ == "root"
    assert doc[0].dep_ == "nsubj:pass" and doc[0].head.i == 3
    assert [(e.text, e.label_) for e in doc.ents if e.label_ in ("Person", "City", "Country")] == [
        ("Mara Lind", "Person"), ("Oslo", "City"), ("Kenya", "Country"),
    ]  # fmt: skip


def test_neighbours_in_a_batch_change_nothing(reader: NewsReader) -> None:
    documents = [case.document for case in cases.read()]
    together = list(reader.extract(documents))
    order = list(range(len(documents)))
    random.Random(3).shuffle(order)
    shuffled = list(reader.extract([documents[i] for i in order]))
    alone = [next(reader.extract([documents[i]])) for i in order[:12]]
    assert shuffled == [together[i] for i in order]
    assert alone == [together[i] for i in order[:12]]


def test_long_texts_are_read_in_windows(reader: NewsReader) -> None:
    text = " ".join(["Mara Lind leads the Harbour Trust in Oslo and met Peter Stone on Friday."] * 120)
    doc = reader.nlp(text)
    assert len(list(doc.sents)) == 120
    assert all(token.pos_ for token in doc)


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n\n", "?", "a" * 5000, "word " * 900, "\u200b\u0000\ufffd 😀 ‘’", "\n x \n\n y"]
)
def test_odd_texts_are_read_without_complaint(reader: NewsReader, text: str) -> None:
    found = next(reader.extract([Document("0" * 16, text)]))
    assert found.document.text == text


def test_furniture_yields_no_claims(reader: NewsReader) -> None:
    text = "Mara Lind was killed by Peter Stone in Oslo. Stone Photo Agency"
    plain = next(reader.extract([Document("0" * 16, text, published="2024-05-10")]))
    marked = next(
        reader.extract(
            [Document("0" * 16, text, published="2024-05-10", furniture=(Furniture(Span(0, len(text)), "caption"),))]
        )
    )
    assert plain.claims
    assert not marked.claims


def test_the_model_fits_in_the_package() -> None:
    assert sum(f.stat().st_size for f in FOLDER.iterdir()) < 40_000_000
    assert (FOLDER / "README.md").exists(), "the training run writes the model's card"


def test_eight_bits_do_not_scale_over_the_batch() -> None:
    graph = Graph()
    short, long = ["Mara", "Lind", "died", "."], ("The trust opened a large school in Kenya on Monday ." * 6).split()
    alone = graph.run([short], [[0]])[0]
    beside = graph.run([short, long], [[0], [0]])[0]
    for name in ("upos", "head", "deprel", "lemma"):
        assert (alone[name] == beside[name]).all()
    assert np.abs(alone["entity"] - beside["entity"]).max() < 1e-5


def test_best_tree_breaks_cycles_and_keeps_one_root() -> None:
    rng = np.random.default_rng(5)
    for n in (1, 2, 3, 7, 20):
        for _ in range(30):
            heads = best_tree(rng.normal(size=(n, n + 1)).astype(np.float32))
            assert is_tree(heads)


def test_crossing_arcs_are_uncrossed_by_the_cheapest_second_head() -> None:
    # 1 <- 3 and 2 <- 4 cross; the second head of word 2 is the cheaper one to take.
    scores = np.full((4, 5), -9.0, dtype=np.float32)
    for word, (best, second) in enumerate([(3, 4), (4, 3), (4, 0), (0, 3)]):
        scores[word, best], scores[word, second] = 5.0, 4.0
    scores[1, 3] = 4.5
    heads, second_heads = [3, 4, 4, 0], [4, 3, 0, 3]
    assert not is_good(heads)
    assert mended(scores, heads, second_heads) == [3, 3, 4, 0]


def test_mended_heads_are_a_tree_whatever_the_scores() -> None:
    rng = np.random.default_rng(5)
    for n in (2, 5, 9, 14):
        for _ in range(30):
            scores = rng.normal(size=(n, n + 1)).astype(np.float32)
            scores[np.arange(n), np.arange(n) + 1] = -1e4
            order = np.argsort(-scores, axis=1)
            heads = mended(scores, order[:, 0].tolist(), order[:, 1].tolist())
            assert is_tree(heads)


def test_best_tree_is_the_best() -> None:
    from itertools import product

    rng = np.random.default_rng(6)
    for _ in range(40):
        scores = rng.normal(size=(4, 5)).astype(np.float32)
        every = [h for h in product(range(5), repeat=4) if all(h[i] != i + 1 for i in range(4)) and is_tree(list(h))]
        best = max(every, key=lambda h: sum(float(scores[i, h[i]]) for i in range(4)))
        assert best_tree(scores) == list(best)
