"""Text goes in, its paragraphs come out as spans: what a blank line, or in unwrapped text a line break, sets apart."""

import re
from collections.abc import Iterator

from kg.claims import Span

_NARROWEST, _WIDEST = 45, 100
"""Hard-wrapped text breaks its lines between these widths (mail 72, wire services 60 to 80)."""

_SPREAD = 30
"""Lines of one wrapped paragraph differ by less than the longest usual word or two."""

_SENTENCE_END = re.compile(r"""[.!?…:;]["'”’»)\]]*$""")
_INITIALS_END = re.compile(r"(?:\b[A-Z]\.){2,}$|\b(?:Inc|Corp|Ltd|Co|Jr|Sr|No|St)\.$")


def paragraphs(text: str) -> list[Span]:
    """The paragraphs of a text, without the white space around them, in order."""
    return [span for block in _blocks(text) for span in _unwrapped(text, block)]


def is_sentence(words: str) -> bool:
    """Whether the words end as a sentence does. ``… in the U.S.`` leaves it open, and headlines end so."""
    return bool(_SENTENCE_END.search(words)) and not _INITIALS_END.search(words)


def _blocks(text: str) -> Iterator[list[Span]]:
    """Runs of lines without a blank line among them."""
    block: list[Span] = []
    for line in _lines(text):
        if line.start < line.end:
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _lines(text: str) -> Iterator[Span]:
    start = 0
    for line in text.split("\n"):
        yield trimmed(text, Span(start, start + len(line)))
        start += len(line) + 1


def trimmed(text: str, span: Span) -> Span:
    """The span without the white space at its ends."""
    words = text[span.start : span.end]
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, max(start, span.start + len(words.rstrip())))


def _unwrapped(text: str, block: list[Span]) -> list[Span]:
    return [Span(block[0].start, block[-1].end)] if _is_wrapped(text, block) else block


def _is_wrapped(text: str, block: list[Span]) -> bool:
    """Whether the lines are one paragraph broken at a fixed width: about as wide, and sentences run across them."""
    if len(block) < 2:
        return False
    full = [line.end - line.start for line in block[:-1]]
    if min(full) < _NARROWEST or max(full) > _WIDEST or max(full) - min(full) > _SPREAD:
        return False
    runs_on = [not is_sentence(text[line.start : line.end]) for line in block[:-1]]
    starts_small = any(text[line.start].islower() for line in block[1:])
    return starts_small and sum(runs_on) >= len(runs_on) / 2
