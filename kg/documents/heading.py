"""Text goes in, what stands above its report comes out: labelled headers, title, date line, byline, dateline."""

import re
from collections.abc import Iterable, Sequence

import msgspec

from kg.claims import Furniture, FurnitureKind, Span
from kg.documents import dates
from kg.documents.bylines import is_byline
from kg.documents.layout import is_sentence, paragraphs, trimmed
from kg.documents.notices import is_notice, notice


class Heading(msgspec.Struct, frozen=True):
    """What the top of an article says about it. ``end`` is where the report itself begins."""

    title: str | None = None
    published: str | None = None
    agency: str | None = None
    source: str | None = None
    url: str | None = None
    end: int = 0
    furniture: tuple[Furniture, ...] = ()


_LONGEST_TITLE = 200
"""Characters. Of 246 headlines the longest has 168."""
_MOST_TITLES = 3
"""Kicker, headline and deck."""
_TITLE_START = re.compile(r"(?![A-Z .]+:.*\?$)[^\W_]|[“‘\"'«(\[]")
"""Letters, figures, quotes; neither the bullet of a list nor the question of an interview."""

_GLUED_DATE = re.compile(r"\s*(date:?\s+(\d{4}-\d{2}-\d{2}))(?=\s|$)", re.IGNORECASE)
_LABELLED = re.compile(
    r"(title|headline|date|published(?: on| at)?|publication date|source|publisher|url|link|by|author)\s*:\s*(\S.*)",
    re.IGNORECASE,
)
_SAID = r"(?:(?:first |last )?(?:published|posted|updated|modified|date|issued)\b[:,]?\s*)?(?:on |at )?"
_CLOCK = r"[\d:.]+\s*(?:[ap]\.?m\.?)?"
_DATE_LINE = re.compile(
    rf"{_SAID}(?:{_CLOCK},?\s*(?:[A-Z]{{2,5}}\b)?,?\s*)?(?:{dates.WEEKDAY},?\s+)?{dates.WHOLE_DATE}"
    rf"(?:,?\s*(?:[-–—|•·/]|at)?\s*T?{_CLOCK}\s*(?:\(?[A-Z]{{1,5}}\)?)?(?:[+-]\d{{2}}:?\d{{2}})?)?"
    r"(?:\s*[/|·•]\s*[\w ]{2,30})?\.?",
    re.IGNORECASE,
)

_PLACE = r"[A-Z][A-Z.’'\- ]*[A-Z.]"
_PLACES = rf"{_PLACE}(?:[,/] ?(?:[A-Z][\w.’'\-]*)(?: [A-Z][\w.’'\-]*){{0,3}})*"
_ANY_PLACES = r"[A-Z][\w.’'/\-]*(?:,? [A-Z][\w.’'/\-]*){0,5}"
_DAY = rf"(?:{dates.WEEKDAY},? )?(?:{dates.WHOLE_DATE}|{dates.MONTH} \d{{1,2}}|\d{{1,2}} {dates.MONTH})"
_AGENCY = r"[(\[](?P<agency>[A-Z][\w.’'&\-/ ]{1,40})[)\]]"
_DASH = r"\s?(?:--|[-–—−]{1,2})(?=\s{0,2}[“‘\"'(\[A-Z0-9])"
_DATELINES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:{_ANY_PLACES},? )?(?:{_DAY},? )?{_AGENCY}(?:{_DASH}|:)",
        rf"{_PLACES},? {_AGENCY},? {_DAY}(?:{_DASH}|:)",
        rf"{_PLACES},? {_DAY} ?(?:/[\w ]+/ )?(?:{_DASH}|:)",
        rf"{_ANY_PLACES},? {_DAY}{_DASH}",
        rf"{_PLACES}{_DASH}",
        rf"{_PLACES}(?: \([A-Z .]+\))?, (?:{dates.WIRE_DATE}|NO DATE)(?: [(\[][^()\[\]\n]{{2,60}}[)\]])? ?--(?=\s)",
    )
)
_COUNTRY = re.compile(rf"\A{_PLACES} \([A-Z .]+\)(?=, (?:{dates.WIRE_DATE}|NO DATE))")
"""``HAVANA (CUBA)`` at the start of an old wire: no agency."""
_COLON_DATELINE = re.compile(rf"{_PLACES}:(?= )")
_SPEAKER_OR_LABEL = re.compile(r"(QUESTION|ANSWER|NOTE|UPDATE|BREAKING|MODERATOR|CORRECTION|EDITOR|MR|MS|MRS|DR)\b")
_LONGEST_DATELINE = 100


def heading(text: str) -> Heading:
    """Everything above the report. Only what is certain by its form is taken; an article may have none of it."""
    return _Reader(text).heading()


class _Reader:
    """Goes down the paragraphs as long as they belong to the heading, and keeps what it finds."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: list[Furniture] = []
        self._fields: dict[str, str] = {}
        self._titles: list[str] = []
        self._start = self._glued_date()
        self._paragraphs = [
            trimmed(text, Span(max(span.start, self._start), span.end))
            for span in paragraphs(text)
            if span.end > self._start
        ]

    def heading(self) -> Heading:
        count = self._count_heading()
        body = self._paragraphs[count:]
        end = body[0].start if body else len(self._text)
        if body:
            self._dateline(body)
        return Heading(
            title=self._fields.get("title") or (self._titles[0] if self._titles else None),
            published=self._fields.get("published"),
            agency=self._fields.get("agency"),
            source=self._fields.get("source"),
            url=self._fields.get("url"),
            end=end,
            furniture=tuple(self._found),
        )

    def _glued_date(self) -> int:
        """A ``date YYYY-MM-DD`` header at the very start, with the first sentence on the same line."""
        header = _GLUED_DATE.match(self._text)
        if header is None:
            return 0
        self._mark(Span(header.start(1), header.end(1)), "date")
        self._take_date(header[2])
        return header.end(1)

    def _count_heading(self) -> int:
        for index, span in enumerate(self._paragraphs):
            if not self._takes(index, span):
                return index
        return len(self._paragraphs)

    def _takes(self, index: int, span: Span) -> bool:
        """Whether the paragraph belongs to the heading; if so, it is kept."""
        words = self._words(span)
        if _is_date_line(words):
            self._mark(span, "date")
            self._take_date(words)
        elif is_byline(words):
            self._mark(span, "byline")
        elif label := _label(words):
            self._take_label(span, label[1].lower(), label[2])
        elif kind := notice(words):
            self._mark(span, kind)
        elif self._is_title(index):
            self._mark(span, "title")
            self._titles.append(words)
        else:
            return False
        return True

    def _is_title(self, index: int) -> bool:
        """A short line that is no sentence, above all else, with a report below it.

        A line that ends like a sentence is a title only if a date line or byline follows right below it.
        """
        words, below = self._words(self._paragraphs[index]), self._paragraphs[index + 1 :]
        if not below or len(words) > _LONGEST_TITLE or len(self._titles) >= _MOST_TITLES or is_notice(words):
            return False
        if _dateline_end(words) or not _TITLE_START.match(words):
            return False
        next_words = self._words(below[0])
        if is_sentence(words) and not words.endswith("?"):
            return not self._titles and (_is_date_line(next_words) or is_byline(next_words))
        return not next_words[0].islower()

    def _take_label(self, span: Span, label: str, value: str) -> None:
        match label:
            case "title" | "headline":
                self._mark(span, "title")
                self._fields.setdefault("title", value)
            case "by" | "author":
                self._mark(span, "byline")
            case "source" | "publisher":
                self._mark(span, "byline")
                self._fields.setdefault("source", value)
            case "url" | "link":
                self._mark(span, "navigation")
                self._fields.setdefault("url", value)
            case _:
                self._mark(span, "date")
                self._take_date(value)

    def _take_date(self, words: str) -> None:
        if value := dates.iso(words):
            self._fields.setdefault("published", value)

    def _dateline(self, body: Sequence[Span]) -> None:
        """``KABUL, Jan. 3 (Reuters) -``, ``KABUL, 3 JAN 90 (REUTERS) --`` at the start of the first paragraph."""
        words = self._words(body[0])
        end = _dateline_end(words) or _colon_end(words, (self._words(span) for span in body[1:]))
        if not end:
            return
        self._mark(Span(body[0].start, body[0].start + end), "dateline")
        line = words[:end]
        if (value := dates.written(line) or dates.of_wire(line)) is not None:
            self._fields.setdefault("published", value)
        if agency := re.search(_AGENCY, _COUNTRY.sub("", line)):
            self._fields["agency"] = agency["agency"]

    def _mark(self, span: Span, kind: FurnitureKind) -> None:
        self._found.append(Furniture(span, kind))

    def _words(self, span: Span) -> str:
        return self._text[span.start : span.end]


def _is_date_line(words: str) -> bool:
    return len(words) <= 80 and _DATE_LINE.fullmatch(words) is not None


def _dateline_end(words: str) -> int:
    """Where a dateline at the start of the paragraph ends, 0 if there is none."""
    start = words[:_LONGEST_DATELINE]
    ends = (found.end() for pattern in _DATELINES if (found := pattern.match(start)) and _plausible(found))
    return max(ends, default=0)


def _plausible(found: re.Match[str]) -> bool:
    """A bare word in capitals before a dash is a place only if it is long enough not to be an acronym."""
    letters = re.sub(r"\W", "", found[0])
    agency = found.groupdict().get("agency")
    return len(agency.split()) <= 4 if agency else len(letters) >= 4


def _colon_end(words: str, others: Iterable[str]) -> int:
    """``ISLAMABAD: …``. Where several paragraphs start so, the words in capitals are speakers of an interview."""
    found = _before_colon(words)
    if found is None or not _plausible(found) or _SPEAKER_OR_LABEL.match(words) or any(map(_before_colon, others)):
        return 0
    return found.end()


def _before_colon(words: str) -> re.Match[str] | None:
    return _COLON_DATELINE.match(words[:_LONGEST_DATELINE])


def _label(words: str) -> re.Match[str] | None:
    return _LABELLED.fullmatch(words) if len(words) <= _LONGEST_TITLE else None
