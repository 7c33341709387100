"""A packaged graph and the held-out texts in, scores out: tags, trees, sentences, entities by exact span."""

from collections import Counter
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from kg.extraction.model.reader import Array, Graph, entity_spans, sentence_tree
from kg.extraction.model.roles import Frame, frame
from kg.extraction.training.corpora import Sentence
from kg.extraction.training.kinds import ORGANIZATIONS, PLACES

WINDOW = 110
"""Words of a window when measuring: about what the reader packs."""


@dataclass
class Score:
    """Precision, recall and F1 in percent, from counts."""

    right: int = 0
    predicted: int = 0
    gold: int = 0

    @property
    def precision(self) -> float:
        """Share of what was predicted that is right."""
        return 100 * self.right / max(1, self.predicted)

    @property
    def recall(self) -> float:
        """Share of what is there that was found."""
        return 100 * self.right / max(1, self.gold)

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        return 200 * self.right / max(1, self.predicted + self.gold)


@dataclass
class TreeScores:
    """Words right of each annotation, and sentence starts."""

    words: int = 0
    right: Counter[str] = field(default_factory=Counter)
    starts: Score = field(default_factory=Score)

    def percent(self, name: str) -> float:
        """Accuracy of one annotation in percent."""
        return 100 * self.right[name] / max(1, self.words)


def windows(sentences: list[Sentence], limit: int = WINDOW) -> Iterator[list[Sentence]]:
    """Consecutive sentences of one document."""
    window: list[Sentence] = []
    for s in sentences:
        if window and (window[0].document != s.document or sum(len(x.words) for x in window) + len(s.words) > limit):
            yield window
            window = []
        window.append(s)
    if window:
        yield window


def _run(graph: Graph, window: list[Sentence], *, gold_sentences: bool) -> dict[str, Array]:
    words = [w for s in window for w in s.words]
    starts = list(np.cumsum([0, *(len(s.words) for s in window[:-1])]))
    return graph.run([words], [starts if gold_sentences else [0]], only_forced=gold_sentences)[0]


def trees(graph: Graph, sentences: list[Sentence], *, gold_sentences: bool = True) -> TreeScores:
    """Tags, lemmas and trees on gold words; without ``gold_sentences`` those are found too and heads must agree."""
    scores = TreeScores()
    for window in windows(sentences):
        found = _run(graph, window, gold_sentences=gold_sentences)
        offset = 0
        begins = _begins(found["start"], window, gold_sentences)
        heads, rels = _trees(found, begins)
        scores.starts.predicted += len(begins) - 1
        scores.starts.gold += len(window) - 1
        for s in window:
            scores.starts.right += offset in begins and offset > 0
            _count(scores, graph, s, offset, found, (heads, rels))
            offset += len(s.words)
    return scores


def _begins(start: Array, window: list[Sentence], gold: bool) -> list[int]:
    if gold:
        return [int(x) for x in np.cumsum([0, *(len(s.words) for s in window[:-1])])]
    return sorted({0, *np.flatnonzero(start > 0).tolist()})


def _trees(found: dict[str, Array], begins: list[int]) -> tuple[list[int], list[int]]:
    """Heads as positions in the window, -1 for the root, and ids of relations."""
    n = len(found["head"])
    heads, rels = list[int](), list[int]()
    for a, b in zip(begins, [*begins[1:], n], strict=True):
        of_sentence, labels = sentence_tree(found, a, b)
        heads.extend(h + a - 1 if h else -1 for h in of_sentence)
        rels.extend(labels)
    return heads, rels


def _count(
    scores: TreeScores,
    graph: Graph,
    s: Sentence,
    offset: int,
    found: dict[str, Array],
    trees: tuple[list[int], list[int]],
) -> None:
    assert s.tree is not None
    labels = graph.labels
    for i, word in enumerate(s.words):
        k = offset + i
        gold_head = s.tree.heads[i] + offset if s.tree.heads[i] >= 0 else -1
        heads, rels = trees
        attached = heads[k] == gold_head
        label = labels.deprel[rels[k]]
        right = {
            "upos": labels.upos[found["upos"][k]] == s.tree.upos[i],
            "xpos": labels.xpos[found["xpos"][k]] == s.tree.xpos[i],
            "feats": labels.feats[found["feats"][k]] == s.tree.feats[i],
            "lemma": graph.lemmas.lemma(word, labels.upos[found["upos"][k]], labels.lemma[found["lemma"][k]])
            == s.tree.lemmas[i],
            "uas": attached,
            "las": attached and (label == s.tree.deprels[i]),
        }
        scores.right.update(name for name, ok in right.items() if ok)
        scores.words += 1


@dataclass
class RoleScores:
    """Arguments right by predicate, role and head word; with gold predicates, and with those that were found."""

    gold_predicates: Score = field(default_factory=Score)
    end_to_end: Score = field(default_factory=Score)
    predicates: Score = field(default_factory=Score)
    senses: Score = field(default_factory=Score)


def roles(graph: Graph, sentences: list[Sentence]) -> RoleScores:
    """Semantic roles on gold words and sentences. References and continuations (``R-ARG0``) count like any role."""
    scores = RoleScores()
    for s in sentences:
        if s.frames is None or s.tree is None:
            continue
        found = _run(graph, [s], gold_sentences=True)
        tags = [graph.labels.upos[i] for i in found["upos"]]
        rules = [graph.labels.lemma[i] for i in found["lemma"]]
        lemmas = [f"{graph.lemmas.lemma(w, t, r)}/{t}" for w, t, r in zip(s.words, tags, rules, strict=True)]
        frames = [frame(found, k, lemmas, graph.labels, np.array([0])) for k in range(len(found["predicate"]))]
        gold = {(f.predicate, role, word) for f in s.frames for role, word in f.arguments}
        true = {f.predicate: f.sense for f in s.frames}
        asked = _arguments(f for f in frames if f.predicate in true)
        own = _arguments(f for f in frames if f.probability > 0.5)
        _add(scores.gold_predicates, asked, gold)
        _add(scores.end_to_end, own, gold)
        stated = {f.predicate: f.sense for f in frames if f.probability > 0.5}
        _add(scores.predicates, set(stated), set(true))
        _add(scores.senses, set(stated.items()), set(true.items()))
    return scores


def _arguments(frames: Iterable[Frame]) -> set[tuple[int, str, int]]:
    return {(f.predicate, a.role, a.word) for f in frames for a in f.arguments}


def _add(score: Score, found: AbstractSet[object], gold: AbstractSet[object]) -> None:
    score.right += len(found & gold)
    score.predicted += len(found)
    score.gold += len(gold)


def coarse(kinds: frozenset[str]) -> str:
    """Person, Organization or Place where all kinds are of that sort, the kind itself if it is one, else nothing."""
    if kinds <= PLACES:
        return "Place"
    if kinds & ORGANIZATIONS and kinds <= ORGANIZATIONS | {"Site"}:
        return "Organization"  # a building that its set calls so is measured as its set has it
    return next(iter(kinds)) if len(kinds) == 1 else ""


def entities(graph: Graph, sentences: list[Sentence]) -> dict[str, Score]:
    """Exact spans by coarse kind; what the set does not annotate is not held against us. ``PER+ORG+LOC`` sums three."""
    scores: dict[str, Score] = {}
    for window in windows(sentences):
        found = _run(graph, window, gold_sentences=False)
        offset = 0
        for s in window:
            assert s.entities is not None
            gold = {(a, b): coarse(k) for a, b, k in s.entities.spans}
            log = found["entity"][offset : offset + len(s.words)]
            for a, b, kind in entity_spans(log, graph.labels):
                named = kind not in ("Date", "Number", "Money")
                a += named and s.words[a] == "the" and a + 1 < b  # as kg.extraction.entities does
                group = coarse(frozenset({kind}))
                if kind not in s.entities.unseen:
                    score = scores.setdefault(group, Score())
                    score.predicted += 1
                    score.right += gold.get((a, b)) == group
            for group in gold.values():
                scores.setdefault(group or "(other)", Score()).gold += 1
            offset += len(s.words)
    three = [scores.get(k, Score()) for k in ("Person", "Organization", "Place")]
    scores["PER+ORG+LOC"] = Score(*(sum(getattr(s, n) for s in three) for n in ("right", "predicted", "gold")))
    return scores


def graph_at(folder: Path, file: str) -> Graph:
    """A graph of a folder that training wrote."""
    return Graph(folder, file)
