"""Docs in, the same out with tags, features, lemmas, trees, sentences and named entities: the encoder as a component.

One pass of the graph per window; windows of many documents go through together, sorted by length. What a document
yields does not depend on its neighbours: weights are in 8 bits, activations are not scaled over the batch.
"""

import time
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import DEP, HEAD, LEMMA, MORPH, POS, TAG
from spacy.parts_of_speech import IDS as POS_IDS
from spacy.tokens import Doc, Span

from kg.extraction.model.antecedents import Antecedents
from kg.extraction.model.labels import Labels
from kg.extraction.model.lemmas import Lemmas
from kg.extraction.model.pieces import Pieces
from kg.extraction.model.relations import Relations
from kg.extraction.model.roles import Argument, Frame, frames
from kg.extraction.model.trees import is_good, mended
from kg.extraction.model.windows import Window, windows

FOLDER = Path(__file__).parent / "packaged"
"""The model shipped with the package: ``model.onnx``, ``heads.npz``, ``labels.json``, ``tokenizer.json``, its card
``README.md``."""

DOCUMENTS = 16
"""Documents whose windows are sorted and batched together: enough to fill batches, few enough to stay small."""
BATCH_PIECES = 1536
"""Pieces of one call of the graph, padding included. More is no faster on one thread (measured) and takes memory."""

Array = NDArray[Any]


class Graph:
    """The ONNX graph with its labels and word pieces."""

    def __init__(self, folder: Path = FOLDER, file: str = "model.onnx") -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self.session = onnxruntime.InferenceSession(str(folder / file), options, providers=["CPUExecutionProvider"])
        self.outputs = [o.name for o in self.session.get_outputs()]
        self.labels = Labels.load(folder / "labels.json")
        self.lemmas = Lemmas(self.labels.lemmas)
        self.pieces = Pieces(folder / "tokenizer.json")
        self.seconds = 0.0  # CPU time spent in the graph so far

    def run(
        self, words: list[list[str]], forced: list[list[int]], *, only_forced: bool = False
    ) -> list[dict[str, Array]]:
        """One pass over windows of words; for each window the outputs cut to its length.

        ``forced`` holds the words at which a sentence must begin; with ``only_forced`` none begins elsewhere.
        """
        arrays = self.pieces.batch(words)
        arrays["forced"] = np.full_like(arrays["firsts"], -1 if only_forced else 0)
        for row, positions in enumerate(forced):
            arrays["forced"][row, positions] = 1
        began = time.process_time()
        out = dict(zip(self.outputs, self.session.run(None, arrays), strict=True))
        self.seconds += time.process_time() - began
        windows = out.pop("predicate_window", None)
        return [self._cut(out, row, len(words[row]), windows) for row in range(len(words))]

    @staticmethod
    def _cut(outputs: dict[str, Array], row: int, n: int, windows: Array | None) -> dict[str, Array]:
        """What belongs to one window of ``n`` words; of its predicates, those that the graph says are in it."""
        mine = None if windows is None else windows == row
        cut = {}
        for name, a in outputs.items():
            if name.startswith(("predicate", "role", "sense")):
                cut[name] = a[mine, :n] if name.startswith("role") else a[mine]
            else:
                cut[name] = a[row, :n, : n + 1] if name == "arc" else a[row, :n]
        return cut


class Heads:
    """What reads whole documents by the graph's vectors: coreference and relations."""

    def __init__(self, folder: Path = FOLDER) -> None:
        with np.load(folder / "heads.npz") as file:
            weights = {name: file[name].astype(np.float32) for name in file.files}
        self.antecedents = Antecedents(_part(weights, "coreference."))
        self.relations = Relations(_part(weights, "relations."))
        self.entries = Relations(_part(weights, "entries.")) if "entries.score.bias" in weights else self.relations
        """What reads relations in entries of encyclopedias, which tell other things than news where two names meet."""

    @classmethod
    @cache
    def packaged(cls) -> "Heads | None":
        """Those of the shipped model, if it has any; read once."""
        return cls() if (FOLDER / "heads.npz").exists() else None


def _part(weights: dict[str, Array], prefix: str) -> dict[str, Array]:
    return {name.removeprefix(prefix): value for name, value in weights.items() if name.startswith(prefix)}


class Reader:
    """The spaCy component ``kg_reader``."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph

    def __call__(self, doc: Doc) -> Doc:
        """Reads one document."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], batch_size: int = DOCUMENTS) -> Iterator[Doc]:
        """Reads documents in batches, in their order."""
        docs = iter(stream)
        while batch := list(islice(docs, batch_size)):
            self._read(batch)
            yield from batch

    def _read(self, docs: list[Doc]) -> None:
        jobs = [(doc, w) for doc in docs for w in windows(doc, self.graph.pieces)]
        results: dict[int, list[tuple[Window, dict[str, Array]]]] = {id(doc): [] for doc in docs}
        for batch in self._batches(jobs):
            words = [[doc[i].text for i in w.words] for doc, w in batch]
            for (doc, w), found in zip(batch, self.graph.run(words, [w.forced for _, w in batch]), strict=True):
                results[id(doc)].append((w, found))
        for doc in docs:
            self._annotate(doc, sorted(results[id(doc)], key=lambda r: r[0].words[0]))

    def _batches(self, jobs: list[tuple[Doc, Window]]) -> Iterator[list[tuple[Doc, Window]]]:
        sized = sorted(
            (
                (2 + sum(len(self.graph.pieces.of_word(doc[i].text)) for i in w.words), n)
                for n, (doc, w) in enumerate(jobs)
            )
        )
        batch = list[tuple[Doc, Window]]()
        for size, n in sized:
            if batch and size * (len(batch) + 1) > BATCH_PIECES:
                yield batch
                batch = []
            batch.append(jobs[n])
        if batch:
            yield batch

    def _annotate(self, doc: Doc, results: list[tuple[Window, dict[str, Array]]]) -> None:
        columns, layers = _Columns(doc), _Layers(doc, self.graph)
        spans, roles = list[Span](), dict[int, Frame]()
        for number, (window, found) in enumerate(results):
            core = slice(window.context, len(window.words))
            words = window.words[core]
            layers.take(number, words, found, core)
            self._words(doc, words, found, core, columns)
            begins = self._trees(doc, window, found, columns)
            roles.update(self._roles(doc, window, found, columns, begins))
            spans.extend(self._entities(doc, words, found["entity"][core]))
        columns.write()
        doc.ents = spans
        doc._.roles = roles
        layers.write()

    def _words(self, doc: Doc, words: list[int], found: dict[str, Array], core: slice, columns: "_Columns") -> None:
        labels, strings, morphology = self.graph.labels, doc.vocab.strings, doc.vocab.morphology
        upos, xpos, feats = found["upos"][core].tolist(), found["xpos"][core].tolist(), found["feats"][core].tolist()
        rules = found["lemma"][core].tolist()
        for k, i in enumerate(words):
            columns.pos[i] = POS_IDS[labels.upos[upos[k]]]
            columns.tag[i] = strings.add(labels.xpos[xpos[k]])
            columns.morph[i] = morphology.add(labels.feats[feats[k]])
            lemma = self.graph.lemmas.lemma(doc[i].text, labels.upos[upos[k]], labels.lemma[rules[k]])
            columns.lemma[i] = strings.add(lemma)

    def _trees(self, doc: Doc, window: Window, found: dict[str, Array], columns: "_Columns") -> list[int]:
        """Writes the trees of the window's own sentences; returns where these begin."""
        starts = found["start"] > 0
        starts[window.forced] = True
        begins = [k for k in np.flatnonzero(starts).tolist() if k >= window.context]
        for a, b in zip(begins, [*begins[1:], len(window.words)], strict=True):
            heads, rels = sentence_tree(found, a, b)
            for k, head in enumerate(heads):
                i = window.words[a + k]
                columns.dep[i] = doc.vocab.strings.add(self.graph.labels.deprel[rels[k]])
                columns.head[i] = window.words[a + head - 1] - i if head else 0
                root = head == 0
                if root or columns.dep[i] == columns.root:
                    columns.dep[i] = columns.root if root else columns.other
        return begins

    def _roles(
        self, doc: Doc, window: Window, found: dict[str, Array], columns: "_Columns", begins: list[int]
    ) -> Iterator[tuple[int, Frame]]:
        """The frames of the window's own sentences, by their predicates, places being those of the document."""
        strings, upos = doc.vocab.strings, self.graph.labels.upos
        tags = found["upos"].tolist()
        lemmas = [
            f"{strings[columns.lemma[i]]}/{upos[tags[k]]}" if k >= window.context else ""
            for k, i in enumerate(window.words)
        ]
        for each in frames(found, lemmas, self.graph.labels, begins):
            arguments = tuple(Argument(a.role, window.words[a.word], a.probability) for a in each.arguments)
            predicate = window.words[each.predicate]
            yield predicate, Frame(predicate, each.sense, each.probability, arguments)

    def _entities(self, doc: Doc, words: list[int], log: Array) -> Iterator[Span]:
        for start, end, kind in entity_spans(log, self.graph.labels):
            yield Span(doc, words[start], words[end - 1] + 1, label=kind)


def sentence_tree(found: dict[str, Array], start: int, end: int) -> tuple[list[int], list[int]]:
    """Heads (1-based in the sentence, 0 the root) and relations, as ids, of the words ``start`` to ``end``."""
    heads, second = ([h - start if h else 0 for h in found[name][start:end].tolist()] for name in ("head", "second"))
    rels: list[int] = found["deprel"][start:end].tolist()
    if is_good(heads):
        return heads, rels
    scores = np.delete(found["arc"][start:end, : end + 1], np.s_[1 : start + 1], axis=1)
    taken = mended(scores, heads, second)
    other: list[int] = found["second_deprel"][start:end].tolist()
    return taken, [other[i] if head == second[i] != heads[i] else rels[i] for i, head in enumerate(taken)]


def entity_spans(log: Array, labels: Labels) -> Iterator[tuple[int, int, str]]:
    """(start, end, kind) from log-probabilities (words, labels).

    The best sequence by Viterbi (1967) over O and B and I of each sort of name, kinds of one sort (a place of whatever
    kind) taken together: inside a name comes only after its own beginning. Its kind is the likeliest of the sort over
    all its words.
    """
    p = np.exp(log)
    kinds, sorts = p[:, 1::2] + p[:, 2::2] + 1e-9, _sorts(tuple(labels.entity[1::2]))
    outside, begin, inside = (
        np.log(p[:, 0] + 1e-9),
        np.log(p[:, 1::2] @ sorts + 1e-9) - DOUBT * (1 - sorts[_values(tuple(labels.entity[1::2]))].sum(0)),
        np.log(p[:, 2::2] @ sorts + 1e-9),
    )
    for start, end, sort in _best_spans(outside, begin, inside):
        members = np.flatnonzero(sorts[:, sort])
        best = members[np.log(kinds[start:end][:, members]).sum(0).argmax()]
        yield start, end, labels.entity[1 + 2 * int(best)][2:]


def _best_spans(outside: Array, begin: Array, inside: Array) -> Iterator[tuple[int, int, int]]:
    """(start, end, sort) of the best sequence; ``outside`` (words,), ``begin`` and ``inside`` (words, sorts)."""
    n = len(outside)
    if not n:
        return
    score, name = float(outside[0]), begin[0]
    starts = np.zeros(begin.shape[1], dtype=np.int64)  # where the name of each sort began that ends here
    closed: list[tuple[int, int, int] | None] = [None] * (n + 1)  # the last name of the best sequence before each word
    before = 0.0
    for i in range(1, n + 1):
        best = int(name.argmax())
        before = max(score, float(name[best]))
        closed[i] = (int(starts[best]), i, best) if name[best] > score else None
        if i == n:
            break
        carried = name + inside[i]
        fresh = before + begin[i]
        starts = np.where(fresh > carried, i, starts)
        name = np.maximum(fresh, carried)
        score = before + float(outside[i])
    yield from _traced(closed, n)


def _traced(closed: list[tuple[int, int, int] | None], end: int) -> Iterator[tuple[int, int, int]]:
    found = list[tuple[int, int, int]]()
    while end > 0:
        last = closed[end]
        if last is None:
            end -= 1
        else:
            found.append(last)
            end = last[0]
    yield from reversed(found)


DOUBT = 1.75
"""How much likelier (in nats) a name must be than no name. Wrong names cost more than missing ones; from 1 to 1.75 the
F1 of names in GUM's development part without its news is flat, and higher than anywhere else."""
SORTS = (frozenset({"Country", "Region", "City", "Site", "Place"}), frozenset({"Organization", "Party"}))
"""Kinds whose likelihoods are taken together when it is decided where a name is and of what sort."""


@cache
def _sorts(kinds: tuple[str, ...]) -> Array:
    """(kinds, sorts): 1 where the kind is of the sort; every kind not named in :data:`SORTS` is one by itself."""
    plain = [kind.removeprefix("B-") for kind in kinds]
    groups = [*SORTS, *({kind} for kind in plain if not any(kind in sort for sort in SORTS))]
    return np.array([[float(kind in group) for group in groups] for kind in plain])


@cache
def _values(kinds: tuple[str, ...]) -> list[int]:
    """Where the kinds are that are no names."""
    return [i for i, kind in enumerate(kinds) if kind.removeprefix("B-") in ("Date", "Number", "Money")]


class _Layers:
    """What the graph says of each token beyond spaCy's attributes; of spaces, that they tell of nothing."""

    NAMES = ("vectors", "part", "incident")
    NEVER = -9.0
    """The logit of an incident where no word is."""

    def __init__(self, doc: Doc, graph: Graph) -> None:
        self.doc = doc
        self.window = np.full(len(doc), -1)
        sizes = {o.name: o.shape[-1] for o in graph.session.get_outputs() if o.name in self.NAMES}
        self.arrays = {name: np.zeros((len(doc), size), dtype=np.float32) for name, size in sizes.items()}
        if "incident" in self.arrays:
            self.arrays["incident"][:] = self.NEVER

    def take(self, number: int, words: list[int], found: dict[str, Array], core: slice) -> None:
        """Keeps what was found for the own words of a window."""
        self.window[words] = number
        for name, array in self.arrays.items():
            array[words] = found[name][core]

    def write(self) -> None:
        """Sets them on the Doc."""
        self.doc._.window = self.window
        for name, array in self.arrays.items():
            self.doc._.set(name, array)


class _Columns:
    """Attributes of all tokens of a Doc, written at once. Spaces hang on the word before them."""

    def __init__(self, doc: Doc) -> None:
        n = len(doc)
        strings = doc.vocab.strings
        self.doc = doc
        self.root, self.other = strings.add("root"), strings.add("dep")
        empty = doc.vocab.morphology.add("")
        self.pos, self.tag = [POS_IDS["SPACE"]] * n, [strings.add("_SP")] * n
        self.morph, self.dep, self.head = [empty] * n, [self.other] * n, [-1] * n
        self.lemma = [token.orth for token in doc]
        for token in doc:
            if not token.is_space:
                break
            self.head[token.i] = 1

    def write(self) -> None:
        """Sets them; sentences follow from the heads."""
        if not len(self.doc):
            return
        if all(token.is_space for token in self.doc):
            self.head = [0] * len(self.doc)
        columns = [self.pos, self.tag, self.morph, self.lemma, self.dep]
        values = np.array([*columns, self.head], dtype=object)
        table = np.empty((len(self.doc), len(columns) + 1), dtype=np.uint64)
        for c in range(len(columns)):
            table[:, c] = np.array(values[c], dtype=np.uint64)
        table[:, -1] = np.array(self.head, dtype=np.int64).astype(np.uint64)
        self.doc.from_array([POS, TAG, MORPH, LEMMA, DEP, HEAD], table)  # type: ignore[arg-type]  # spaCy takes any array
