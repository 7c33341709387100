"""Text goes in, the spans of everything that is not the report come out: title, date, byline, captions, notices."""

import re
from bisect import bisect
from collections.abc import Collection, Iterable
from itertools import pairwise

from kg.claims import Furniture, FurnitureKind, Span
from kg.documents.bylines import is_byline
from kg.documents.captions import credit_start
from kg.documents.heading import Heading
from kg.documents.layout import is_sentence, paragraphs, trimmed
from kg.documents.marks import marks
from kg.documents.notices import is_section, notice

_LONGEST_CLOSING = 400
"""Characters at the end of a paragraph that are searched for a notice glued to it."""
_SENTENCE_BREAK = re.compile(r"""(?<=[.!?"”’)])\s+(?=[(\[A-Z])""")
_CITATION = re.compile(r"[-*•]\s|.{0,200}[“\"].{3,200}[”\"]\s*[—–-]\s*\w", re.DOTALL)


def furniture(
    text: str, heading: Heading, title: str | None = None, captions: Collection[str] = ()
) -> tuple[Furniture, ...]:
    """All furniture of a text, in order, none overlapping another.

    ``title`` and ``captions`` are what the page itself marks as such; where they stand in the text they are believed.
    """
    body = [span for span in paragraphs(text) if span.end > heading.end]
    marked = {" ".join(caption.split()) for caption in captions}
    found = [*_known_title(text, title), *heading.furniture, *_marks(text, body, heading), *_below(text, body, marked)]
    return _without_overlaps(found)


def _known_title(text: str, title: str | None) -> Iterable[Furniture]:
    start = len(text) - len(text.lstrip())
    if title and text.startswith(title, start):
        end = start + len(title)
        if text[end : end + 1] in ("", "\n") or text[end:].lstrip(" ").startswith("\n"):
            yield Furniture(Span(start, end), "title")


def _marks(text: str, body: list[Span], heading: Heading) -> Iterable[Furniture]:
    """Editorial marks, from the end of the dateline on."""
    dateline = max((piece.span.end for piece in heading.furniture if piece.kind == "dateline"), default=0)
    for span in body:
        yield from marks(text, span, max(span.start, dateline))


def _below(text: str, body: list[Span], marked: Collection[str]) -> Iterable[Furniture]:
    links_from = _start_of_links(text, body)
    for index, span in enumerate(body):
        if index >= links_from:
            yield Furniture(span, "navigation")
            continue
        yield from _of_paragraph(text, span, marked)
    yield from _lines_above_credits(text, body, links_from)


def _of_paragraph(text: str, span: Span, marked: Collection[str]) -> list[Furniture]:
    words = text[span.start : span.end]
    if kind := notice(words):
        return [Furniture(span, kind)]
    if is_byline(words):
        return [Furniture(span, "byline")]
    credit = credit_start(words)
    if credit is not None:
        return _caption(text, span, span.start + credit)
    return [Furniture(span, "caption")] if " ".join(words.split()) in marked else _closing_notice(text, span)


def _caption(text: str, span: Span, credit: int) -> list[Furniture]:
    above = trimmed(text, Span(span.start, credit))
    parts: list[tuple[Span, FurnitureKind]] = [(above, "caption"), (Span(credit, span.end), "credit")]
    return [Furniture(part, kind) for part, kind in parts if part.start < part.end]


def _closing_notice(text: str, span: Span) -> list[Furniture]:
    """An update line or the names of reporters glued to the last sentence of a paragraph."""
    window = max(span.start, span.end - _LONGEST_CLOSING)
    for found in _SENTENCE_BREAK.finditer(text, window, span.end):
        rest = text[found.end() : span.end]
        if kind := "byline" if _is_glued_byline(rest) else notice(rest):
            return [Furniture(Span(found.end(), span.end), kind)] if kind != "navigation" else []
    return []


def _is_glued_byline(words: str) -> bool:
    return words.startswith(("(", "[")) and words.endswith((")", "]")) and is_byline(words)


def _lines_above_credits(text: str, body: list[Span], links_from: int) -> Iterable[Furniture]:
    """A line right above a credit on a line of its own, if it is no sentence, is the caption."""
    for above, below in pairwise(body[:links_from]):
        words = text[above.start : above.end]
        alone = credit_start(text[below.start : below.end]) == 0
        if alone and not is_sentence(words) and len(words) <= 200 and credit_start(words) is None:
            yield Furniture(above, "caption")


def _start_of_links(text: str, body: list[Span]) -> int:
    """The index of the paragraph where a closing list of sources or links begins (their number if there is none)."""
    words = [text[span.start : span.end] for span in body]
    last_report = max((index for index, paragraph in enumerate(words) if _is_report(paragraph)), default=-1)
    sections = (index for index in range(last_report + 1, len(words)) if is_section(words[index]))
    return next(sections, len(words))


def _is_report(words: str) -> bool:
    """A paragraph that is running text, not an entry of a list of links."""
    return is_sentence(words) and len(words.split()) >= 12 and not _CITATION.match(words)


def _without_overlaps(found: Iterable[Furniture]) -> tuple[Furniture, ...]:
    """In the order of the text; the earlier finding wins where two overlap."""
    kept: list[Furniture] = []
    for piece in found:
        place = bisect(kept, piece.span, key=_span)
        before = kept[place - 1].span.end if place else 0
        after = kept[place].span.start if place < len(kept) else piece.span.end
        if before <= piece.span.start and piece.span.end <= after:
            kept.insert(place, piece)
    return tuple(kept)


def _span(piece: Furniture) -> Span:
    return piece.span
