"""Files of GUM in; texts with the coreference of OntoGUM, by tokens, out.

OntoGUM (Zhu et al. 2021) has the documents of GUM with coreference as OntoNotes annotates it: no singletons, no
appositions. Its tokens are those of the trees, which also tell where spaces and paragraphs are.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from kg.bench.lab import Chain
from kg.extraction.training.corpora import GUM_GENRES, gum_splits

Tokens = tuple[int, int]
"""First and last token of a mention."""


class CoreferenceText(msgspec.Struct, frozen=True):
    """A document: its text, where each token begins in it, and the clusters of mentions."""

    name: str
    text: str
    starts: tuple[int, ...]
    clusters: tuple[frozenset[Tokens], ...]

    def tokens(self, start: int, end: int) -> Tokens:
        """The first and last token of a stretch of characters, the end exclusive."""
        return bisect_right(self.starts, start) - 1, bisect_right(self.starts, end - 1) - 1

    def clusters_of(self, chains: Sequence[Chain]) -> list[frozenset[Tokens]]:
        """Chains as clusters of the same kind: by tokens, and without what is mentioned once."""
        clusters = [frozenset(self.tokens(each.start, each.end) for each in chain) for chain in chains]
        return [cluster for cluster in clusters if len(cluster) > 1]


def coreference_texts(data: Path, split: str) -> Iterator[CoreferenceText]:
    """The documents of a split (``train``, ``dev``, ``test``) in the nine genres that the program reads."""
    for name, where in sorted(gum_splits(data).items()):
        path = data / "gum" / "ontogum" / f"{name}.conll"
        if where == split and name.split("_")[1] in GUM_GENRES and path.exists():
            text, starts = laid_out((data / "gum" / "dep" / f"{name}.conllu").read_text(encoding="utf-8"))
            yield CoreferenceText(name, text, starts, clusters(path.read_text(encoding="utf-8")))


def clusters(conll: str) -> tuple[frozenset[Tokens], ...]:
    """The clusters of a file whose last column holds brackets: ``(3`` opens a mention of cluster 3, ``3)`` ends it."""
    found, opened = defaultdict[str, set[Tokens]](set), defaultdict[str, list[int]](list)
    rows = [line.split("\t") for line in conll.splitlines() if line and not line.startswith("#")]
    for place, row in enumerate(rows):
        for opens, number, closes in re.findall(r"(\(?)(\d+)(\)?)", row[-1]):
            if opens:
                opened[number].append(place)
            if closes:
                found[number].add((opened[number].pop(), place))
    return tuple(frozenset(found[number]) for number in sorted(found, key=int))


def laid_out(conllu: str) -> tuple[str, tuple[int, ...]]:
    """The text of a CoNLL-U file with its spaces and paragraphs, and where each of its words begins."""
    text, starts = "", list[int]()
    for word, gap in _words(conllu):
        starts.append(len(text))
        text += word + gap
    return text.rstrip(), tuple(starts)


def _words(conllu: str) -> list[list[str]]:
    """Every word with the gap that follows it; words of one multiword token have none between them."""
    words, last, after = list[list[str]](), 0, ""
    for line in conllu.splitlines():
        cells = line.split("\t")
        if line.startswith("# newpar") and words:
            words[-1][1] = "\n\n"
        elif joined := re.fullmatch(r"\d+-(\d+)", cells[0]):
            last, after = int(joined[1]), _gap(cells[-1])
        elif cells[0].isdigit():
            number = int(cells[0])
            gap = _gap(cells[-1]) if number > last else after if number == last else ""
            words.append([cells[1], gap])
        elif not line:
            last = 0
    return words


def _gap(misc: str) -> str:
    return "" if "SpaceAfter=No" in misc.split("|") else " "
