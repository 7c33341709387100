"""News prose of our own writing with every mention and every relation marked: what the other sets leave out.

Sets of relations are made of encyclopedias and biographies and know some thirty relations; these passages were written
for this purpose, in the manner of newspapers, for every relation that the head reads, and are complete: what is not
marked is not said. They teach the relation head and coreference.

``lessons.txt`` holds them one after the other, each a line ``# name``, the text over some lines, and a line for each
fact: ``= s label o`` holds, ``~ s label o`` is spoken of but doesn't. In the text ``[words|id]`` is a mention; the same
id is the same thing, and its letter the sort (:data:`SORTS`). A mention is the words of a name without article and
title, the head noun of a description, or a pronoun.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.extraction.model.relations import LABELS
from kg.extraction.training.clusters import Clustered
from kg.extraction.training.corpora import Sentence
from kg.extraction.training.related import Fact, Related, Span, Thing, both_ways
from kg.extraction.training.words import Words

FILE = Path(__file__).with_name("lessons.txt")
HELD = Path(__file__).with_name("lessons_held.txt")
"""Lessons that nothing is trained on: to choose by, and to learn how sure a relation must be to be stated."""

SORTS = {
    "p": "Person", "o": "Organization", "l": "Place", "e": "Event", "n": "Nationality", "w": "Work", "a": "Weapon",
    "d": "Date", "q": "Number", "x": "Other",
}  # fmt: skip
"""Letter of an id to the sort of the thing, one of :data:`kg.extraction.model.relations.SORTS`."""

JUDGED = frozenset(LABELS) - {"incident"}
"""The labels that a lesson tells all about."""

_MENTION = re.compile(r"\[([^\[\]|]+)\|([a-z]\d+)\]")
_REFERRING = frozenset("polewax")
"""Letters of things that other words may refer to."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A passage read: its sentences, where each thing is mentioned, and what holds of them or doesn't, by their ids."""

    name: str
    sentences: list[Sentence]
    mentions: dict[str, list[Span]]
    facts: list[tuple[str, str, str]]
    denied: list[tuple[str, str, str]]


def read(file: Path = FILE) -> Iterator[Lesson]:
    """All lessons of a file. Raises ``ValueError`` where a mention cuts a word, or a fact is of nothing mentioned."""
    for block in re.split(r"\n(?=# )", file.read_text(encoding="utf-8").strip()):
        yield _lesson([line for line in block.splitlines() if line.strip()])


def _lesson(lines: list[str]) -> Lesson:
    name = lines[0].removeprefix("#").strip()
    text, places = _plain(" ".join(line.strip() for line in lines[1:] if line[0] not in "=~"))
    words, mentions = Words(text), dict[str, list[Span]]()
    for of, start, end in places:
        span = words.span(start, end)
        if span is None:
            raise ValueError(f"lesson {name}: {text[start:end]!r} is no whole words")
        mentions.setdefault(of, []).append(span)
    told = {sign: [_fact(name, line, mentions) for line in lines[1:] if line[0] == sign] for sign in "=~"}
    return Lesson(name, words.sentences("lessons", f"lessons/{name}"), mentions, told["="], told["~"])


def _plain(marked: str) -> tuple[str, list[tuple[str, int, int]]]:
    """The text without marks, and (id, first character, end) of each mention in it."""
    parts, places, at, length = list[str](), list[tuple[str, int, int]](), 0, 0
    for match in _MENTION.finditer(marked):
        parts += [marked[at : match.start()], match[1]]
        length += len(parts[-2]) + len(match[1])
        places.append((match[2], length - len(match[1]), length))
        at = match.end()
    return "".join([*parts, marked[at:]]), places


def _fact(name: str, line: str, mentions: dict[str, list[Span]]) -> tuple[str, str, str]:
    subject, label, other = line[1:].split("#")[0].split()
    if label not in JUDGED or not {subject, other} <= mentions.keys():
        raise ValueError(f"lesson {name}: {line!r} names no known relation or something that is not mentioned")
    return subject, label, other


def related(lesson: Lesson) -> Related:
    """What the relation head learns from a lesson."""
    numbers = {of: number for number, of in enumerate(lesson.mentions)}

    def numbered(facts: list[tuple[str, str, str]]) -> frozenset[Fact]:
        return both_ways((numbers[s], label, numbers[o]) for s, label, o in facts)

    things = [Thing(spans, SORTS[of[0]]) for of, spans in lesson.mentions.items()]
    return Related(lesson.sentences, things, numbered(lesson.facts), JUDGED, denied=numbered(lesson.denied))


def clustered(lesson: Lesson) -> Clustered:
    """What coreference learns from a lesson: mentions by their first words, as treebanks head names."""
    told = [(of, spans) for of, spans in lesson.mentions.items() if of[0] in _REFERRING]
    cluster = {start: number for number, (_, spans) in enumerate(told) for start, _ in spans}
    return Clustered(lesson.sentences, cluster, closed=True)
