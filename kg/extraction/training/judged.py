"""News with relations that were judged by reading, as :class:`Related`: mostly what does not hold there.

Biographies and encyclopedias tell of a person and an organization because one belongs to the other; news tells of them
because one spoke, sued or left. A head taught on the former alone takes whoever stands beside an organization for its
own. ``judged.jsonl`` holds what earlier heads thought, and what the words say; the texts are not part of it. They are
the articles of ``news``, and passages of radio news from the Groningen Meaning Bank (:func:`passages`).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

import msgspec

from kg.extraction.training import corpora
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
    """The articles and passages with a verdict, in the order of their names."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in (data / "news").rglob("*.txt")}
    texts |= passages(data)
    verdicts = msgspec.json.Decoder(Verdict).decode_lines(file.read_bytes())
    for name, told in groupby(sorted(verdicts, key=_article), key=_article):
        if name in texts:
            yield related(name, texts[name], list(told))


def passages(data: Path) -> dict[str, str]:
    """Six sentences of the Groningen Meaning Bank each, as they follow one another, by ``gmb/NUMBER``."""
    sentences = [printed(s.words) for s in corpora.gmb(data)]
    return {
        f"gmb/{at // _TOGETHER}": " ".join(sentences[at : at + _TOGETHER]) for at in range(0, len(sentences), _TOGETHER)
    }


def printed(words: Sequence[str]) -> str:
    """Words as they are printed: no space before a comma, within a bracket, around a hyphen."""
    return _HYPHEN.sub("-", _OPENING.sub(r"\1", _CLOSING.sub(r"\1", " ".join(words))))


_TOGETHER = 6
_CLOSING = re.compile(r" ([.,;:!?%)\]]|n't\b|'(?:s|re|ve|ll|d|m)\b|'(?= |$))")
_OPENING = re.compile(r"([(\[$]) ")
_HYPHEN = re.compile(r"(?<=[A-Za-z0-9]) - (?=[A-Za-z0-9])")


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
