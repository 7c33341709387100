"""Semantic roles of one sentence against gold made up here, with the packaged graph."""

import pytest

from kg.extraction import NewsReader
from kg.extraction.model.reader import Graph, Reader
from kg.extraction.training.corpora import Sentence, Tree
from kg.extraction.training.evaluate import Score, roles
from kg.extraction.training.propbank import Frame

WORDS = "Mara Lind fired Tom Vance .".split()


@pytest.fixture
def graph(reader: NewsReader) -> Graph:
    component = reader.nlp.get_pipe("kg_reader")
    assert isinstance(component, Reader)
    return component.graph


def sentence(*frames: Frame) -> Sentence:
    nothing = [""] * len(WORDS)
    tree = Tree(nothing, nothing, nothing, nothing, [0] * len(WORDS), nothing)
    return Sentence(WORDS, "own", "one", tree, frames=list(frames))


def test_heads_and_roles_have_to_be_right(graph: Graph) -> None:
    found = roles(graph, [sentence(Frame(2, "fire.02", (("ARG0", 0), ("ARG1", 3))))])
    assert found.gold_predicates == found.end_to_end == Score(2, 2, 2)
    assert found.predicates == found.senses == Score(1, 1, 1)
    turned = roles(graph, [sentence(Frame(2, "fire.02", (("ARG1", 0), ("ARG1", 3))))])
    assert turned.gold_predicates == turned.end_to_end == Score(1, 2, 2)


def test_a_predicate_that_is_none_costs_only_end_to_end(graph: Graph) -> None:
    found = roles(graph, [sentence()])
    assert (found.gold_predicates, found.end_to_end) == (Score(), Score(0, 2, 0))


def test_what_has_no_frames_is_left_out(graph: Graph) -> None:
    assert roles(graph, [Sentence(WORDS, "own", "one")]).end_to_end == Score()
