"""GUM in the style of OntoNotes, LitBank and GAP in, documents with clusters of mentions out, mentions by their heads.

Of a mention only its head word is kept (word-level coreference: Dobrovolskii 2021): the tree gives the span back. GUM
has trees, so the head is the word that hangs on a word outside; LitBank and GAP have none, so it is guessed from the
words as the treebanks would choose it: the first word of a name, else the last noun before "of", "who", a comma ….
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kg.extraction.training.corpora import GUM_GENRES, Sentence, gum_splits, read_conllu


@dataclass(slots=True)
class Clustered:
    """A document: its sentences, and the words that refer with what they refer to.

    ``cluster`` maps the place of a head word in the document to the number of its cluster; a mention that nothing else
    refers to has a cluster of its own. ``closed``: only these words are mentions at all (LitBank, GAP); otherwise any
    noun or pronoun may be one, and stands alone if it has no cluster (GUM). ``asked``: the only words whose antecedent
    is known; empty for all.
    """

    sentences: list[Sentence]
    cluster: dict[int, int]
    closed: bool
    asked: frozenset[int] = field(default_factory=frozenset)


Span = tuple[int, int]


def gum(data: Path, split: str) -> Iterator[Clustered]:
    """GUM's documents of one split, nine genres; chains as OntoNotes would have them, without single mentions."""
    for name, of in sorted(gum_splits(data).items()):
        if of == split and name.split("_")[1] in GUM_GENRES:
            sentences = list(read_conllu(data / "gum" / "dep" / f"{name}.conllu", "gum"))
            heads, offset = list[int](), 0
            for s in sentences:
                assert s.tree is not None
                heads += [h + offset if h >= 0 else -1 for h in s.tree.heads]
                offset += len(s.words)
            lines = (data / "gum" / "ontogum" / f"{name}.conll").read_text(encoding="utf-8").splitlines()
            cells = [line.split("\t")[-1] for line in lines if line and line[0] != "#"]
            cluster = dict[int, int]()
            for number, spans in _chains(cells).items():
                for start, end in spans:
                    cluster.setdefault(_tree_head(start, end, heads), number)
            yield Clustered(sentences, cluster, closed=False)


def litbank(data: Path) -> Iterator[Clustered]:
    """LitBank's beginnings of a hundred novels; people, places and things that can be named, single mentions too."""
    for path in sorted((data / "litbank" / "coref").glob("*.conll")):
        sentences, cells, words = list[Sentence](), list[str](), list[str]()
        for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
            parts = line.split("\t")
            if len(parts) > 3 and line[0] != "#":
                words.append(parts[3])
                cells.append(parts[-1].strip() or parts[-2].strip())
            elif words:
                sentences.append(Sentence(words, "litbank", path.stem))
                words = []
        text = [w for s in sentences for w in s.words]
        cluster: dict[int, int] = {}
        for number, spans in _chains(cells).items():
            for start, end in sorted(spans, key=lambda s: s[0] - s[1]):
                cluster.setdefault(guessed_head(text, start, end), number)
        yield Clustered(sentences, cluster, closed=True)


WORD = re.compile(r"\w+(?:[.'’]\w+)*|[^\w\s]")


def gap(data: Path, part: str = "development") -> Iterator[Clustered]:
    """GAP's passages: one pronoun and two names, of which at most one is meant."""
    with (data / "gap" / f"gap-{part}.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            found = [(m.start(), m[0]) for m in WORD.finditer(row["Text"])]
            place = {start: i for i, (start, _) in enumerate(found)}
            at = [place.get(int(row[f"{name}-offset"])) for name in ("Pronoun", "A", "B")]
            if None in at:
                continue
            pronoun, a, b = (i for i in at if i is not None)
            cluster = {pronoun: 0, a: 0 if row["A-coref"] == "TRUE" else 1, b: 0 if row["B-coref"] == "TRUE" else 2}
            words = [w for _, w in found]
            yield Clustered(list(cut(words, "gap", row["ID"])), cluster, closed=True, asked=frozenset({pronoun}))


def cut(words: list[str], corpus: str, document: str) -> Iterator[Sentence]:
    """Sentences, guessed from full stops before capitals."""
    start = 0
    for i, word in enumerate(words):
        if (word in ".!?" and i + 1 < len(words) and words[i + 1][0].isupper()) or i + 1 == len(words):
            yield Sentence(words[start : i + 1], corpus, document)
            start = i + 1


def _chains(cells: list[str]) -> dict[int, list[Span]]:
    """Spans by number of their chain from the last column of CoNLL files (``(1``, ``1)``, ``(1)|(2``)."""
    found: dict[int, list[Span]] = {}
    opened: dict[int, list[int]] = {}
    for i, cell in enumerate(cells):
        for begins, number, ends in re.findall(r"(\()?(\d+)(\))?", cell):
            chain = int(number)
            if begins:
                opened.setdefault(chain, []).append(i)
            if ends and opened.get(chain):
                found.setdefault(chain, []).append((opened[chain].pop(), i + 1))
    return found


def _tree_head(start: int, end: int, heads: list[int]) -> int:
    return next((i for i in range(start, end) if not start <= heads[i] < end), start)


_STOPS = frozenset(
    ", ; : ( - -- — . of who whom whose which that in on at with from for to by upon between among under over near"
    " about before after as and or , where when".split()
)


def guessed_head(words: list[str], start: int, end: int) -> int:
    """The head word of a mention without a tree: the first word of a name, else the last noun before what follows."""
    cut = next((i for i in range(start + 1, end) if words[i].lower() in _STOPS), end)
    last = cut - 1
    if words[last] in ("'s", "’s", "'", "’") and last > start:
        last -= 1
    first = last
    while first > start and words[first - 1][:1].isupper() and words[first][:1].isupper():
        first -= 1
    named = words[last][:1].isupper() and words[first].lower() not in ("the", "a", "an", "his", "her", "my", "our")
    return first if named else last


def guessed_words(words: list[str], start: int, end: int) -> Span:
    """The words of a mention that stand for it without a tree: its head, with the rest of the name if it is one."""
    head = guessed_head(words, start, end)
    while head + 2 < end and words[head + 1] == "-":  # "the Altamar-led troops"
        head = guessed_head(words, head + 2, end)
    last = head + 1
    while words[head][:1].isupper() and last < end and words[last][:1].isupper():
        last += 1
    return head, last
