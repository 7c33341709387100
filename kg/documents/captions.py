"""A paragraph goes in; if it is the caption of a picture, where its caption ends and its credit begins comes out.

A caption is told by its credit: the name behind the last full stop that ends the paragraph without one
(``… in 2016. Anadolu Agency / via Getty Images file``), a label (``Photo: …``), or brackets (``(AP Photo/…)``).
"""

import re

from kg.documents.agencies import CREDITED

_LONGEST = 500
"""Characters. Captions have up to two or three sentences."""
_MOST_CREDIT_WORDS = 14

_LABEL = (
    r"(?:(?:file )?(?:photo(?:graph|s)?|images?|pictures?|credits?|video|graphic|illustration|map|photo credits?"
    r"|image (?:credits?|source)|picture credits?)(?: (?:by|courtesy of|credit))?\s?[:/]\s?"
    r"|photo(?:graph)?s? (?:by|courtesy of) |©\s?)"
)
_LABELLED = re.compile(rf"(?:^|(?<=[\s.”\"’)])){_LABEL}(?=[^\s\d])(?P<credit>[^:!?]{{2,120}})$", re.IGNORECASE)
_BRACKETED = re.compile(
    r"[(\[](?:[\w.’' -]{0,40} )?(?:Photo|PHOTO|Image|Picture|Credit|Courtesy|Handout|Screengrab|Illustration|File"
    r"|Video)(?: (?:by|courtesy|credit|via|of|from)\b|\s?[:/,])[^()\[\]]{1,100}[)\]]\.?$"
    r"|[(\[](?:[A-Z][\w.’'\- ]{1,40}/)+[A-Z][\w.’'\-, ]{1,40}[)\]]$"
)
_SENTENCE_BREAK = re.compile(r"""[.!?…]["'”’)\]]*\s+(?=[\w(\[“©])""")
_CONNECTOR = re.compile(
    r"via|file|files|for|of|the|and|by|from|pool|handout|photos?|images?|[-/|–—&]|\([^()]{1,20}\),?", re.IGNORECASE
)
_NAME = re.compile(r"[A-Z0-9@][\w.’'&@\-]*,?|d[aeiu]|von|van|der|bin|al-\w+|el-\w+")
_JOINED = re.compile(r"\bvia\b|\w ?/ ?(?:via |[A-Z])|\b[Hh]andout\b|\b(?:file|photos?)$|\w for (?:the )?[A-Z]")


def credit_start(words: str) -> int | None:
    """Where the credit starts in the paragraph (0 if it is nothing but a credit), or None if it is no caption."""
    if len(words) > _LONGEST:
        return None
    for starts in (_bracketed, _named, _labelled):
        if (start := starts(words)) is not None:
            return start
    return None


def _bracketed(words: str) -> int | None:
    found = _BRACKETED.search(words)
    return found.start() if found else None


def _labelled(words: str) -> int | None:
    """``Photo: Jane Doe`` at the end, or alone. What follows the label must be names, not a sentence."""
    found = _LABELLED.search(words)
    if found is None:
        return None
    return found.start() if _is_names(found["credit"].rstrip(".")) else None


def _named(words: str) -> int | None:
    """A run of names behind the last full stop, or the whole of a short line, that reads like a credit."""
    if words.endswith((".", "!", "?", ":", ";", '"', "”")):
        return None
    starts = [0, *(found.end() for found in _SENTENCE_BREAK.finditer(words))]
    for start in reversed(starts):
        if _is_credit(words[start:]):
            return start
        if len(words[start:].split()) > _MOST_CREDIT_WORDS:
            break
    return None


def _is_credit(words: str) -> bool:
    """Names joined by ``via`` or a slash, or the name of an agency alone."""
    return _is_names(words) and (_JOINED.search(words) is not None or _is_agency(words))


def _is_agency(words: str) -> bool:
    parts = re.split(r"\s+-\s+|\s*[/|–—]\s*", words.casefold())
    return all(part in CREDITED for part in parts)


def _is_names(words: str) -> bool:
    tokens = [part for token in words.split() for part in re.split(r"(?<=\w)/(?=\w)", token)]
    if not tokens or len(tokens) > _MOST_CREDIT_WORDS:
        return False
    named = [_NAME.fullmatch(token) is not None for token in tokens]
    return any(named) and all(
        is_name or _CONNECTOR.fullmatch(token) for is_name, token in zip(named, tokens, strict=True)
    )
