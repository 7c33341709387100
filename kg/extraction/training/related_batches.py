"""Documents with things and facts in, batches for the heads that read relations and incidents out."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from kg.extraction.model import incidents, relations
from kg.extraction.model.pairs import PRONOUNS
from kg.extraction.training.batches import BATCH_WORDS, IGNORED, Batch, Batcher, Pairwise
from kg.extraction.training.corpora import Sentence
from kg.extraction.training.network import MentionPairs
from kg.extraction.training.related import Related, Thing

Array = NDArray[Any]

WINDOW_WORDS = (90, 150)
"""Longer than where only sentences are learnt: about what the reader packs, so that what is far apart meets."""
PART_WORDS = 900
LONGEST = 200
"""A longer sentence is left out: it is a list or a table."""
PAIRS = 500
"""Of a document's pairs of things so many are looked at: those with a fact, and a sample of the others."""

_LABELS = {label: i for i, label in enumerate(relations.LABELS)}
_SORTS = {sort: i for i, sort in enumerate(relations.SORTS)}
_PARTS = {part: i for i, part in enumerate(incidents.PARTS)}
_TYPES = {kind: i for i, kind in enumerate(incidents.TYPES)}


@dataclass(frozen=True, slots=True)
class _Part:
    """Windows of a document that follow one another, each sentence with the place of its first word in the document."""

    document: Related
    windows: list[list[tuple[int, Sentence]]]
    whole: bool

    @property
    def size(self) -> int:
        """Words, padding included."""
        return len(self.windows) * max(sum(len(s.words) for _, s in window) for window in self.windows)


def batches(batcher: Batcher, documents: list[Related], rng: random.Random) -> Iterator[Batch]:
    """Batches of whole documents, or of long parts of them; short ones together."""
    parts, size = list[_Part](), 0
    for document in documents:
        for part in _parts(document, rng):
            if parts and size + part.size > BATCH_WORDS:
                yield _batch(batcher, parts, rng)
                parts, size = [], 0
            parts.append(part)
            size += part.size
    if parts:
        yield _batch(batcher, parts, rng)


def _parts(document: Related, rng: random.Random) -> Iterator[_Part]:
    windows = list(_windows(document.sentences, rng))
    part, size = list[list[tuple[int, Sentence]]](), 0
    whole = sum(len(s.words) for window in windows for _, s in window) <= PART_WORDS
    for window in windows:
        words = sum(len(s.words) for _, s in window)
        if part and size + words > PART_WORDS:
            yield _Part(document, part, whole)
            part, size = [], 0
        part.append(window)
        size += words
    if part:
        yield _Part(document, part, whole)


def _windows(sentences: list[Sentence], rng: random.Random) -> Iterator[list[tuple[int, Sentence]]]:
    window, size, place = list[tuple[int, Sentence]](), 0, 0
    limit = rng.randint(*WINDOW_WORDS)
    for s in sentences:
        if window and size + len(s.words) > limit:
            yield window
            window, size, limit = [], 0, rng.randint(*WINDOW_WORDS)
        if len(s.words) <= LONGEST:
            window.append((place, s))
            size += len(s.words)
        place += len(s.words)
    if window:
        yield window


def _batch(batcher: Batcher, parts: list[_Part], rng: random.Random) -> Batch:
    batch = batcher.batch([[s for _, s in window] for part in parts for window in part.windows])
    shape = batch.inputs["firsts"].shape
    part_of_word = torch.full(shape, IGNORED, dtype=torch.long)
    document_of_row = torch.zeros(shape[0], dtype=torch.long)
    told = torch.full((len(parts), len(incidents.TYPES)), -1.0)
    found, row = list[_Facts](), 0
    for number, part in enumerate(parts):
        places = dict[int, tuple[int, int, int]]()  # word of the document -> (window, place there, sentence)
        sentence = 0
        for window in part.windows:
            at = 0
            for place, s in window:
                places.update((place + k, (row, at + k, sentence)) for k in range(len(s.words)))
                at += len(s.words)
                sentence += 1
            document_of_row[row] = number
            row += 1
        if part.document.parts is not None:
            for word, (window_row, at, _) in places.items():
                part_of_word[window_row, at] = _PARTS[part.document.parts.get(word, "")]
        if part.document.incidents is not None and part.whole:
            told[number] = 0.0
            told[number, [_TYPES[kind] for kind in part.document.incidents]] = 1.0
        facts = _facts(part.document, places, rng)
        if facts is not None:
            found.append(facts)
    batch.targets["part"] = part_of_word
    batch.incidents = (document_of_row, told) if (told >= 0).any() else None
    batch.relations = _stacked(found, batch.inputs["firsts"] > 0) if found else None
    return batch


@dataclass(frozen=True, slots=True)
class _Facts:
    """The pairs of mentions of one document (rows of indices), the pair of things of each, and what holds of these."""

    places: Array  # (K, 6) as in MentionPairs
    together: Array
    features: Array
    of: Array  # (K,) number of the pair of things
    known: Array  # (P, labels) bool
    holds: Array  # (P, labels) bool
    weight: float


def _facts(document: Related, places: dict[int, tuple[int, int, int]], rng: random.Random) -> _Facts | None:
    words = [w for s in document.sentences for w in s.words]
    rows = list[tuple[int, int, int, int, int, int, int]]()
    for number, thing in enumerate(document.things):
        for start, end in thing.mentions:
            first, last = places.get(start), places.get(end - 1)
            if first is not None and last is not None and first[0] == last[0]:
                form = _form(thing, words[start])
                rows.append((number, _SORTS[thing.sort], form, start, end - 1, first[2], first[0]))
    if len({r[0] for r in rows}) < 2:
        return None
    mentions = relations.Mentions.of(rows)
    head, tail = relations.pairs(mentions)
    key = np.stack([mentions.thing[head], mentions.thing[tail]], 1)
    pairs, of = np.unique(key, axis=0, return_inverse=True)
    known, holds = _known(document, pairs)
    chosen = _sampled(known, holds, rng)
    kept = chosen[of.reshape(-1)]
    if not kept.any():
        return None
    renumbered = np.cumsum(chosen) - 1
    head, tail, of = head[kept], tail[kept], renumbered[of.reshape(-1)[kept]]
    at = np.array([[places[w][:2] for w in column] for column in (mentions.first, mentions.last)])  # (2, M, 2)
    ends = np.stack([at[0, head, 0], at[0, head, 1], at[1, head, 1], at[0, tail, 0], at[0, tail, 1], at[1, tail, 1]], 1)
    together = mentions.window[head] == mentions.window[tail]
    features = relations.features(mentions, head, tail)
    return _Facts(ends, together, features, of, known[chosen], holds[chosen], document.weight)


def _form(thing: Thing, word: str) -> int:
    if thing.sort in ("Date", "Number"):
        return relations.FORMS.index("value")
    if word.lower() in PRONOUNS:
        return relations.FORMS.index("pronoun")
    return relations.FORMS.index("name" if word[:1].isupper() else "noun")


def _known(document: Related, pairs: Array) -> tuple[Array, Array]:
    """(P, labels) of what is known, and of what holds."""
    known = np.zeros((len(pairs), len(_LABELS)), dtype=bool)
    holds = np.zeros_like(known)
    judged = [_LABELS[label] for label in document.judged]
    number = {(int(h), int(t)): i for i, (h, t) in enumerate(pairs)}
    for pair, i in number.items():
        if document.pairs is None or pair in document.pairs:
            known[i, judged] = True
    for told, holding in ((document.denied, False), (document.facts, True)):
        for head, label, tail in told:
            at = number.get((head, tail))
            if at is not None:
                known[at, _LABELS[label]], holds[at, _LABELS[label]] = True, holding
    return known, holds


def _sampled(known: Array, holds: Array, rng: random.Random) -> Array:
    """Which pairs are looked at: (P,) bool."""
    chosen: Array = np.asarray(holds.any(1))
    others = np.flatnonzero(~chosen & known.any(1)).tolist()
    if len(others) + int(chosen.sum()) > PAIRS:
        others = rng.sample(others, max(0, PAIRS - int(chosen.sum())))
    chosen[others] = True
    return chosen


def _stacked(found: list[_Facts], real: Tensor) -> Pairwise:
    offsets = np.cumsum([0, *(len(f.known) for f in found)])
    of = np.concatenate([f.of + start for f, start in zip(found, offsets, strict=False)])
    together = torch.from_numpy(np.concatenate([f.together for f in found]))
    features = torch.from_numpy(np.concatenate([f.features for f in found]))
    ends = torch.from_numpy(np.concatenate([f.places for f in found])).T
    mentions = MentionPairs(ends[0], ends[1], ends[2], ends[3], ends[4], ends[5], together, features, real)
    weight = np.concatenate([np.full(len(f.known), f.weight, dtype=np.float32) for f in found])
    return Pairwise(
        mentions, torch.from_numpy(of), _tensor([f.known for f in found]), _tensor([f.holds for f in found]),
        torch.from_numpy(weight),
    )  # fmt: skip


def _tensor(arrays: list[Array]) -> Tensor:
    return torch.from_numpy(np.concatenate(arrays))
