"""A Doc in, the windows of words that the encoder reads out: whole sentences, overlapping by one.

The encoder decides where sentences begin; to cut windows before it has read them, likely ends are guessed from
punctuation. A wrong guess matters only at the edge of a window.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc

from kg.extraction.model.pieces import Pieces

CORE_PIECES = 176
"""A window's own sentences; longer ones read no better (development scores) and cost more for attention."""
CONTEXT_PIECES = 48
"""The sentence before is read again as context if it is not longer than this."""
LONGEST_UNIT = 400
"""What has no end of sentence for so long (lists, tables) is cut; the encoder has 512 positions."""

_CAPITALS = r"[A-ZÀ-Þ][A-ZÀ-Þ.’'\-]*"
_DATELINE = re.compile(
    rf"\s*(?=[A-ZÀ-Þ.’'\- ]{{4}}){_CAPITALS}(?: {_CAPITALS})*(?:, [\w.’' ]{{2,40}}){{0,2}}"
    r"(?: ?\([A-Z][\w.’'&/ ]{1,40}\))?\s?(?:--|[-–—])\s+(?=[A-ZÀ-Þ0-9“\"‘])"
)
"""The dateline that opens a report, where nobody has marked it as furniture: ``KAMPALA, Uganda (AP) —``."""

_ENDS = frozenset(".!?…")
_CLOSERS = frozenset("\"'”’)]»")


@dataclass(frozen=True, slots=True)
class Window:
    """Tokens ``words`` (indices into the Doc, spaces left out); the first ``context`` of them belong to another window.

    ``forced`` holds positions in ``words`` at which a sentence must begin.
    """

    words: list[int]
    context: int
    forced: list[int]


def windows(doc: Doc, pieces: Pieces) -> Iterator[Window]:
    """The windows of a document, in order. Every token that is no space is in the core of exactly one."""
    units = list(_units(doc, pieces))
    i = 0
    while i < len(units):
        core, size = [units[i]], units[i].size
        while i + len(core) < len(units) and size + units[i + len(core)].size <= CORE_PIECES:
            size += units[i + len(core)].size
            core.append(units[i + len(core)])
        before = [units[i - 1]] if i and units[i - 1].size <= CONTEXT_PIECES else []
        yield _window(before, core)
        i += len(core)


@dataclass(frozen=True, slots=True)
class _Unit:
    words: list[int]
    size: int
    forced: bool


def _window(before: list[_Unit], core: list[_Unit]) -> Window:
    words, forced = list[int](), list[int]()
    for number, unit in enumerate([*before, *core]):
        if unit.forced or number == len(before):
            forced.append(len(words))
        words.extend(unit.words)
    return Window(words, sum(len(u.words) for u in before), forced)


def _units(doc: Doc, pieces: Pieces) -> Iterator[_Unit]:
    breaks = _breaks(doc)
    unit, size, forced = list[int](), 0, True
    closing = False
    for token in doc:
        if token.is_space:
            continue
        text = token.text
        begins = token.i in breaks
        ended = closing and not (text in _CLOSERS and len(text) == 1) and not text[0].islower()
        if unit and (begins or ended or size > LONGEST_UNIT):
            yield _Unit(unit, size, forced)
            unit, size, forced = [], 0, begins
        unit.append(token.i)
        size += len(pieces.of_word(text))
        closing = text[0] in _ENDS or (closing and text in _CLOSERS)
    if unit:
        yield _Unit(unit, size, forced)


def _breaks(doc: Doc) -> set[int]:
    """Tokens at which a sentence must begin: paragraphs, lines, the edges of furniture, the report after a dateline."""
    edges = {f.span.start for f in doc._.furniture} | {f.span.end for f in doc._.furniture}
    dateline = _DATELINE.match(doc.text)
    edges |= {dateline.end()} if dateline is not None else set()
    wrapped = _is_wrapped(doc.text)
    out = {0}
    pending = False
    for token in doc:
        if token.is_space:
            lines = token.text.count("\n")
            pending = pending or lines > 1 or (lines == 1 and not wrapped)
            continue
        if pending:
            out.add(token.i)
        pending = False
    return out | _after(doc, edges)


def _after(doc: Doc, edges: set[int]) -> set[int]:
    """The first token at or after each edge."""
    out, waiting = set[int](), sorted(edges)
    at = 0
    for token in doc:
        while at < len(waiting) and waiting[at] <= token.idx:
            if not token.is_space:
                out.add(token.i)
                at += 1
            else:
                break
    return out


def _is_wrapped(text: str) -> bool:
    """Whether single line ends are only the edge of the page: most of them come in mid-sentence, after long lines."""
    lines = [p for part in text.split("\n\n") for p in part.split("\n")[:-1]]
    if len(lines) < 3:
        return False
    open_ended = sum(1 for line in lines if line and line.rstrip()[-1:] not in '.!?:"”’')
    return open_ended > 0.5 * len(lines) and sum(map(len, lines)) / len(lines) > 45
