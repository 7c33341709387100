"""A paragraph goes in; out come the marks of whoever took the report down: ``[TEXT]``, ``[PASSAGE OMITTED]``.

Services that monitor the press and broadcasts (FBIS and its like) put them in square brackets, kinds of text at the
head of a report, after who speaks. Names in brackets and words that explain (``FMLN [LIBERATION FRONT]``) are no marks.
"""

import re

from kg.claims import Furniture, Span
from kg.documents.layout import trimmed

_KIND = r"(?:text|full text|excerpts?|summary|passage|recording|continued)"
_FORM = (
    r"(?:(?:editorial )?report|statement|speech|editorial|article|(?:station )?commentary|communique|bulletin|interview"
    r"|dialogue|announcement)"
)
_GAP = (
    r"(?:(?:passages?|words?|sentences?|remainder|names?|question|video|recording|portion|text)"
    r" (?:omitted|indistinct|unclear|not available|shown)|(?:begin|end) (?:recording|video|excerpts?)"
    r"|as (?:heard|received|published|printed|broadcast|given)|changes thought|applause|laughter|inaudible|crosstalk"
    r"|signed|dated|no further details)"
)
_HEAD = re.compile(rf"\s*(?:\[[^\[\]\n]{{1,150}}\]\s*)*\[{_KIND}\](?:\s*\[{_KIND}\])*", re.IGNORECASE)
_MARK = re.compile(rf"\[(?:{_KIND}|{_FORM}|{_GAP})\]", re.IGNORECASE)
_SENTENCE_ENDS = re.compile(r"(?:[.!?][\"”’)]*|[\])])\s*$")


def marks(text: str, span: Span, start: int) -> list[Furniture]:
    """The marks of the paragraph at ``span`` whose report begins at ``start``, after its dateline.

    Only those that stand between sentences: others would cut a sentence in two.
    """
    found, at = list[Span](), start
    if head := _HEAD.match(text, start, span.end):
        found.append(trimmed(text, Span(head.start(), head.end())))
        at = head.end()
    for mark in _MARK.finditer(text, at, span.end):
        before = text[start : mark.start()]
        if not before.strip() or mark.start() == at or _SENTENCE_ENDS.search(before):
            found.append(Span(mark.start(), mark.end()))
    return [Furniture(each, "navigation") for each in found]
