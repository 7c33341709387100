"""News articles with relations that were judged by reading, as :class:`Related`: mostly what does not hold there.

Biographies and encyclopedias tell of a person and an organization because one belongs to the other; news tells of them
because one spoke, sued or left. A head taught on the former alone takes whoever stands beside an organization for its
own. ``judged.jsonl`` holds what an earlier head thought, and what the words say; the articles are not part of it.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

import msgspec

from kg.extraction.training.related import Fact, Related, Span, Thing, both_ways
from kg.extraction.training.words import Words

FILE = Path(__file__).with_name("judged.jsonl")


class Verdict(msgspec.Struct, frozen=True):
    """Whether the text says a label of two mentions: ``head`` and ``tail`` are offsets of characters in the article."""

    article: str
    head: Span
    head_sort: str
    label: str
    tail: Span
    tail_sort: str
    holds: bool


def read(data: Path, file: Path = FILE) -> Iterator[Related]:
    """The articles of ``news`` with a verdict, in the order of their names."""
    paths = {path.name: path for path in (data / "news").rglob("*.txt")}
    verdicts = msgspec.json.Decoder(Verdict).decode_lines(file.read_bytes())
    for name, told in groupby(sorted(verdicts, key=_article), key=_article):
        if name in paths:
            yield related(name, paths[name].read_text(encoding="utf-8"), list(told))


def _article(verdict: Verdict) -> str:
    return verdict.article


def related(name: str, text: str, verdicts: Iterable[Verdict]) -> Related:
    """One article. Each mention is a thing of its own: what was judged are two mentions, not all that is known."""
    words = Words(text)
    things, facts = dict[tuple[Span, str], int](), dict[bool, set[Fact]]({True: set(), False: set()})
    for verdict in verdicts:
        spans = [words.span(*span) for span in (verdict.head, verdict.tail)]
        if all(spans):
            head, tail = (
                things.setdefault((span, sort), len(things))
                for span, sort in zip(spans, (verdict.head_sort, verdict.tail_sort), strict=True)
                if span
            )
            facts[verdict.holds].add((head, verdict.label, tail))
    found = [Thing([span], sort) for span, sort in things]
    sentences = words.sentences("judged", f"judged/{name}")
    return Related(sentences, found, both_ways(facts[True]), frozenset(), denied=both_ways(facts[False]))
