"""Sentences in, shuffled batches of windows with their targets out."""

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from kg.extraction.model import lemmas
from kg.extraction.model.labels import Labels
from kg.extraction.model.pairs import NAME, NOUN, PRONOUN, PRONOUNS, Describer, Known, Referring, known, refers
from kg.extraction.model.pieces import Pieces, case_of
from kg.extraction.training.clusters import Clustered
from kg.extraction.training.corpora import Sentence
from kg.extraction.training.kinds import KINDS, ORGANIZATIONS, PLACES
from kg.extraction.training.network import MentionPairs

IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]

IGNORED = -100
WINDOW_WORDS = (24, 128)
"""A window takes whole sentences up to a limit drawn from this range: the model meets short and long contexts."""

BATCH_WORDS = 1100

GUESSED = frozenset({"gap", "knowledgenet", "fewrel", "muc4"})
"""Sets without sentences of their own: where these begin is guessed, and not learnt."""

RENAMED = 0.3
"""Share of the names in sentences without a tree that another name of the same kind takes the place of, anew every
epoch (mention replacement: Dai & Adel 2020): contexts are learnt, not lists of names."""

NAMES = frozenset(KINDS) - {"Date", "Number", "Money", "Nationality"}


def inventory(sentences: list[Sentence]) -> Labels:
    """Labels seen in training trees (rare lemma rules and features left out), and the entity tags O, B-x, I-x."""
    seen: dict[str, Counter[str]] = {name: Counter() for name in ("upos", "xpos", "feats", "lemma", "deprel")}
    for s in sentences:
        if s.tree:
            seen["upos"].update(s.tree.upos)
            seen["xpos"].update(s.tree.xpos)
            seen["feats"].update(s.tree.feats)
            seen["deprel"].update(s.tree.deprels)
            seen["lemma"].update(lemmas.rule_for(w, m) for w, m in zip(s.words, s.tree.lemmas, strict=True))
    kept = {name: sorted(k for k, n in c.items() if n >= (3 if name == "lemma" else 2)) for name, c in seen.items()}
    roles = Counter(role for s in sentences for f in s.frames or () for role, _ in f.arguments)
    sense = sorted({f.sense for s in sentences for f in s.frames or ()})
    return Labels(
        **kept,
        entity=["O", *(f"{p}-{k}" for k in KINDS for p in "BI")],
        role=["", *sorted(r for r, n in roles.items() if n >= RARE_ROLE)],
        sense=sense,
        senses=_sense_table(sentences, sense),
        lemmas=_lemma_table(sentences),
    )


RARE_ROLE = 5


def _sense_table(sentences: list[Sentence], senses: list[str]) -> dict[str, list[int]]:
    """The senses that each lemma had, the commonest first."""
    ids = {sense: i for i, sense in enumerate(senses)}
    seen: dict[str, Counter[int]] = {}
    for s in sentences:
        for f in s.frames or ():
            assert s.tree is not None
            seen.setdefault(f"{s.tree.lemmas[f.predicate]}/{s.tree.upos[f.predicate]}", Counter())[ids[f.sense]] += 1
    return {key: [i for i, _ in counts.most_common()] for key, counts in sorted(seen.items())}


def _lemma_table(sentences: list[Sentence]) -> dict[str, str]:
    """The lemma of each word and tag that had it in at least nine of ten places; names are left out."""
    seen: dict[str, Counter[str]] = {}
    for s in sentences:
        if s.tree:
            for word, upos, lemma in zip(s.words, s.tree.upos, s.tree.lemmas, strict=True):
                if upos not in ("PROPN", "X", "SYM", "PUNCT", "NUM") and word.isascii():
                    seen.setdefault(f"{word.lower()}/{upos}", Counter())[lemma] += 1
    best = {key: counts.most_common(1)[0] for key, counts in seen.items()}
    return {key: lemma for key, (lemma, n) in sorted(best.items()) if n >= 0.9 * seen[key].total()}


@dataclass(slots=True)
class Roles:
    """The predicates of a batch, N of them, each with the role of every word of its sentence."""

    rows: Tensor  # (N,) window of the predicate
    words: Tensor  # (N,) its place there
    roles: Tensor  # (N, W) ids, IGNORED outside its sentence
    candidates: Tensor  # (N, C) ids of the senses of its lemma, the first the true one, -1 where there are no more


@dataclass(slots=True)
class Coreference:
    """The M words of a batch that refer, in the order of the text."""

    rows: Tensor  # (M,) window
    words: Tensor  # (M,) place there
    described: Referring
    document: Tensor  # (M,) number of its document
    cluster: Tensor  # (M,) what it refers to; those of one document that share a number refer to the same
    asked: Tensor  # (M,) bool: its antecedent is known


@dataclass(slots=True)
class Pairwise:
    """K pairs of mentions of P pairs of things, and what holds of these."""

    mentions: MentionPairs
    of: Tensor  # (K,) number of the pair of things
    known: Tensor  # (P, labels) bool
    holds: Tensor  # (P, labels) bool
    weight: Tensor  # (P,)


@dataclass(slots=True)
class Batch:
    """Inputs and targets of some windows; targets are :data:`IGNORED` where nothing is known."""

    inputs: dict[str, Tensor]
    targets: dict[str, Tensor]  # (B, W) ids; heads with 0 the root
    entity_allowed: Tensor  # (B, W, E) bool
    entity_known: Tensor  # (B, W) bool
    same_sentence: Tensor  # (B, W, W + 1) bool
    words: int
    roles: Roles | None = None
    coreference: Coreference | None = None
    relations: Pairwise | None = None
    incidents: tuple[Tensor, Tensor] | None = None
    """(B,) the document of each window, and (D, types) 1 for the incidents it tells of, -1 where that is not known."""


class Batcher:
    """Makes batches; windows hold consecutive sentences of one document."""

    def __init__(self, pieces: Pieces, labels: Labels) -> None:
        self.pieces = pieces
        self.ids = {
            name: {v: i for i, v in enumerate(getattr(labels, name))}
            for name in ("upos", "xpos", "feats", "lemma", "deprel", "entity")
        }
        self.entities = len(labels.entity)
        self.roles = {r: i for i, r in enumerate(labels.role)}
        self.senses = {s: i for i, s in enumerate(labels.sense)}
        self.senses_of = labels.senses

    def epoch(self, sentences: list[Sentence], rng: random.Random) -> Iterator[Batch]:
        """All sentences once, in random windows and random order, batches of about :data:`BATCH_WORDS` words."""
        names = _names(sentences)
        windows = list(self._windows([_renamed(s, names, rng) for s in sentences], rng))
        rng.shuffle(windows)
        chunk = 40 * BATCH_WORDS // 60
        batches: list[list[list[Sentence]]] = []
        for i in range(0, len(windows), chunk):
            batches.extend(packed(sorted(windows[i : i + chunk], key=_words), BATCH_WORDS))
        rng.shuffle(batches)
        for windows in batches:
            yield self.batch(windows, rng)

    def documents(self, documents: list[Clustered], rng: random.Random) -> list[Batch]:
        """Batches of whole documents, or of long parts of them, with what refers to what; short ones together."""
        batches, parts, size = list[Batch](), list[_Part](), 0
        for document in documents:
            for part in _parts(document, self, rng):
                if parts and size + part.words > BATCH_WORDS:
                    batches.append(self._clustered(parts))
                    parts, size = [], 0
                parts.append(part)
                size += part.words
        return [*batches, self._clustered(parts)] if parts else batches

    def windows(self, sentences: list[Sentence], rng: random.Random) -> Iterator[list[Sentence]]:
        """Consecutive sentences of one document together, up to a limit drawn for each window."""
        return self._windows(sentences, rng)

    def _clustered(self, parts: list["_Part"]) -> Batch:
        windows = [window for part in parts for window in part.windows]
        batch = self.batch(windows)
        describer, rows, words = Describer(), list[int](), list[int]()
        document, cluster, asked = list[int](), list[int](), list[bool]()
        row = alone = 0
        for number, part in enumerate(parts):
            place, sentence = part.first, 0
            for window in part.windows:
                at = 0
                for s in window:
                    for i, it in _referring(s, place, part.document):
                        alone -= 1
                        describer.add(s.words, i, it, sentence)
                        rows.append(row)
                        words.append(at + i)
                        document.append(number)
                        cluster.append(part.document.cluster.get(place + i, alone))
                        asked.append(not part.document.asked or place + i in part.document.asked)
                    at += len(s.words)
                    place += len(s.words)
                    sentence += 1
                row += 1
        batch.coreference = Coreference(
            torch.tensor(rows), torch.tensor(words), describer.described(), torch.tensor(document),
            torch.tensor(cluster), torch.tensor(asked),
        )  # fmt: skip
        return batch

    def _windows(self, sentences: list[Sentence], rng: random.Random) -> Iterator[list[Sentence]]:
        window: list[Sentence] = []
        limit = rng.randint(*WINDOW_WORDS)
        for s in sentences:
            if window and (window[0].document != s.document or _words(window) + len(s.words) > limit):
                yield window
                window, limit = [], rng.randint(*WINDOW_WORDS)
            if len(s.words) <= 200:
                window.append(s)
        if window:
            yield window

    def batch(self, windows: list[list[Sentence]], rng: random.Random | None = None) -> Batch:
        """The arrays of these windows. With ``rng``, the case of a few windows is changed (headlines, old wires)."""
        plain = [[w for s in window for w in s.words] for window in windows]
        words = [_recased(row, rng) for row in plain]
        arrays = self.pieces.batch(words)
        b, w = arrays["firsts"].shape
        targets = {
            n: np.full((b, w), IGNORED, dtype=np.int64)
            for n in ("upos", "xpos", "feats", "lemma", "deprel", "head", "start", "predicate", "case", "part")
        }
        frames = list[_Placed]()
        allowed = np.zeros((b, w, self.entities), dtype=bool)
        known = np.zeros((b, w), dtype=bool)
        number = np.zeros((b, w), dtype=np.int64)
        for row, window in enumerate(windows):
            if words[row] == [word.upper() for word in plain[row]]:
                targets["case"][row, : len(plain[row])] = [case_of(word) for word in plain[row]]
            at = 0
            for k, s in enumerate(window):
                end = at + len(s.words)
                number[row, at:end] = k + 1
                if s.corpus not in GUESSED:
                    targets["start"][row, at:end] = 0
                    targets["start"][row, at] = 1
                self._tree(s, row, at, targets)
                frames.extend(self._frames(s, row, at, w, targets))
                self._entities(s, allowed[row, at:end], known[row, at:end])
                at = end
        same = (number[:, :, None] == number[:, None, :]) & (number > 0)[:, None, :]
        same = np.concatenate([np.ones((b, w, 1), dtype=bool), same], 2)
        same[:, np.arange(w), np.arange(w) + 1] = False
        return Batch(
            {n: torch.from_numpy(a) for n, a in arrays.items()}, {n: torch.from_numpy(a) for n, a in targets.items()},
            torch.from_numpy(allowed), torch.from_numpy(known), torch.from_numpy(same), sum(len(x) for x in words),
            _stacked(frames),
        )  # fmt: skip

    def _frames(self, s: Sentence, row: int, at: int, width: int, targets: Mapping[str, IntArray]) -> "list[_Placed]":
        if s.frames is None or s.tree is None:
            return []
        end, placed = at + len(s.words), list[_Placed]()
        targets["predicate"][row, at:end] = 0
        for frame in s.frames:
            roles = np.full(width, IGNORED, dtype=np.int64)
            roles[at:end] = 0
            for role, word in frame.arguments:
                roles[at + word] = self.roles.get(role, IGNORED)
            targets["predicate"][row, at + frame.predicate] = 1
            key = f"{s.tree.lemmas[frame.predicate]}/{s.tree.upos[frame.predicate]}"
            true = self.senses.get(frame.sense)
            known = self.senses_of.get(key, [])
            senses = [true, *(i for i in known if i != true)] if true in known else []
            placed.append(_Placed(row, at + frame.predicate, roles, senses))
        return placed

    def _tree(self, s: Sentence, row: int, at: int, targets: Mapping[str, IntArray]) -> None:
        if not s.tree:
            return
        end = at + len(s.words)
        rules = [lemmas.rule_for(w, m) for w, m in zip(s.words, s.tree.lemmas, strict=True)]
        values = {
            "upos": s.tree.upos,
            "xpos": s.tree.xpos,
            "feats": s.tree.feats,
            "lemma": rules,
            "deprel": s.tree.deprels,
        }
        for name, column in values.items():
            targets[name][row, at:end] = [self.ids[name].get(v, IGNORED) for v in column]
        targets["head"][row, at:end] = [h + at + 1 if h >= 0 else 0 for h in s.tree.heads]

    def _entities(self, s: Sentence, allowed: BoolArray, known: BoolArray) -> None:
        if s.entities is None:
            return
        known[:] = True
        ids = self.ids["entity"]
        outside = [0, *(ids[f"{p}-{k}"] for k in s.entities.unseen for p in "BI")]
        allowed[:, outside] = True
        for start, end, found in s.entities.spans:
            allowed[start:end] = False
            allowed[start, [ids[f"B-{k}"] for k in found]] = True
            allowed[start + 1 : end, [ids[f"I-{k}"] for k in found]] = True
        allowed[sorted(s.entities.unknown)] = True


def _names(sentences: list[Sentence]) -> dict[frozenset[str], list[list[str]]]:
    """The names of all sentences by what they may stand for."""
    found: dict[frozenset[str], list[list[str]]] = {}
    for s in sentences:
        for start, end, kinds in s.entities.spans if s.entities else ():
            if kinds <= NAMES:
                found.setdefault(kinds, []).append(s.words[start:end])
    return found


def _renamed(s: Sentence, names: dict[frozenset[str], list[list[str]]], rng: random.Random) -> Sentence:
    """The sentence with some of its names exchanged; as it is where a tree hangs on its words."""
    if s.tree or not s.entities or not s.entities.spans or s.entities.unknown:
        return s
    words, spans, done = list[str](), list[tuple[int, int, frozenset[str]]](), 0
    for start, end, kinds in sorted(s.entities.spans, key=lambda span: span[:2]):
        name = s.words[start:end]
        if kinds in names and rng.random() < RENAMED:
            name = rng.choice(names[kinds])
        words += s.words[done:start]
        spans.append((len(words), len(words) + len(name), kinds))
        words += name
        done = end
    return Sentence(words + s.words[done:], s.corpus, s.document, entities=replace(s.entities, spans=spans))


@dataclass(frozen=True, slots=True)
class _Part:
    """Windows of a document that follow one another; ``first`` is the place of their first word in it."""

    document: Clustered
    first: int
    windows: list[list[Sentence]]

    @property
    def words(self) -> int:
        """Their size, padding included."""
        return len(self.windows) * max(_words(window) for window in self.windows)


def _parts(document: Clustered, batcher: Batcher, rng: random.Random) -> Iterator[_Part]:
    windows, first, place, size = list[list[Sentence]](), 0, 0, 0
    for window in batcher.windows(document.sentences, rng):
        if windows and size + _words(window) > PART_WORDS:
            yield _Part(document, first, windows)
            windows, first, size = [], place, 0
        windows.append(window)
        place += _words(window)
        size += _words(window)
    if windows:
        yield _Part(document, first, windows)


PART_WORDS = 900
"""Words of a long document that are read together when coreference is learnt."""


def _referring(s: Sentence, place: int, document: Clustered) -> Iterator[tuple[int, Known]]:
    """The words of a sentence that refer: any noun, name or pronoun, or only those of closed documents."""
    for i, word in enumerate(s.words):
        if s.tree is None:
            if place + i in document.cluster:
                yield i, _guessed(s.words, i)
        elif refers(s.tree.upos[i], s.tree.deprels[i]):
            yield i, known(word, s.tree.upos[i], s.tree.deprels[i], s.tree.feats[i], *_named(s, i))


def _named(s: Sentence, i: int) -> tuple[str, tuple[str, ...]]:
    for start, end, kinds in s.entities.spans if s.entities else ():
        if start <= i < end and not kinds & {"Date", "Number", "Money"}:
            return sort_of(kinds), tuple(s.words[start:end])
    return "", ()


def sort_of(kinds: frozenset[str]) -> str:
    """The sort of a name whose kind is one of these."""
    for sort, members in (
        ("Person", {"Person"}),
        ("Organization", ORGANIZATIONS),
        ("Place", PLACES),
        ("Event", {"Event"}),
    ):
        if kinds <= members:
            return sort
    return "Other"


def _guessed(words: list[str], i: int) -> Known:
    if words[i].lower() in PRONOUNS:
        return Known(PRONOUN)
    if not words[i][:1].isupper():
        return Known(NOUN)
    end = i + 1
    while end < len(words) and words[end][:1].isupper():
        end += 1
    return Known(NAME, name=tuple(words[i:end]))


@dataclass(frozen=True, slots=True)
class _Placed:
    """A predicate in its window: the roles of the words there, and the senses to tell apart, the true one first."""

    row: int
    word: int
    roles: IntArray
    senses: list[int]


def _stacked(frames: list[_Placed]) -> Roles | None:
    if not frames:
        return None
    candidates = np.full((len(frames), max(1, *(len(f.senses) for f in frames))), -1, dtype=np.int64)
    for i, frame in enumerate(frames):
        candidates[i, : len(frame.senses)] = frame.senses
    return Roles(
        torch.tensor([f.row for f in frames]),
        torch.tensor([f.word for f in frames]),
        torch.from_numpy(np.stack([f.roles for f in frames])),
        torch.from_numpy(candidates),
    )


def packed(windows: list[list[Sentence]], words: int) -> list[list[list[Sentence]]]:
    """Consecutive windows in batches whose padded size stays below ``words``."""
    out: list[list[list[Sentence]]] = []
    batch: list[list[Sentence]] = []
    for window in windows:
        if batch and (len(batch) + 1) * max(_words(window), *(_words(x) for x in batch)) > words:
            out.append(batch)
            batch = []
        batch.append(window)
    return [*out, batch] if batch else out


def _words(window: list[Sentence]) -> int:
    return sum(len(s.words) for s in window)


def _recased(words: list[str], rng: random.Random | None) -> list[str]:
    draw = rng.random() if rng else 1.0
    if draw < 0.04:
        return [w.upper() for w in words]
    if draw < 0.06:
        return [w.title() if w.isalpha() else w for w in words]
    return words
