"""A paragraph goes in; out comes whether it is a byline: who wrote, reported or edited."""

import re

_LONGEST = 300

_NAME = r"(?:(?:[A-Z]\.){1,3}|[A-Z][\w’'\-]+\.?|d[aeiu]|de la|del|von|van|der|den|bin|ibn|al|el|di|le|la)"
_NAMES = rf"{_NAME}(?: {_NAME}){{0,5}}"
_LIST = rf"{_NAMES}(?:(?:, and|,| and| &) {_NAMES})*"
_ROLE = r"(?:[\w’'&/\- ]{2,60})"

_BY = re.compile(rf"[Bb](?:y|Y):? (?!The\b|By\b)({_LIST})(?:(?:,| \||/| -| –| —| in| for| at) {_ROLE}(?:, {_ROLE})*)?")

_BY_DESK = re.compile(r"[Bb](?:y|Y):? [Tt](?:he|HE) [A-Z][\w’'\-]+(?: [A-Z][\w’'\-]+){0,3}")
"""``By The Associated Press``."""

_CREDITED_WORK = re.compile(
    r"[(\[]?(?i:(?:additional |further |with )?(?:reporting|writing|editing|compiled|edited|written|reported|translated"
    r"|translation|text|story|production|graphics)(?: and (?:writing|editing|reporting))?(?: by|:)) (?=[A-Z])[^\n]*"
)
_CONTRIBUTED = re.compile(
    r"[^\n]{3,160} contributed (?:reporting )?(?:to|from)\b[^\n]*|[^\n]{3,160} contributed reporting\.?"
    r"|[^\n]{3,160}\breport(?:ed|s|ing) from [A-Z][^\n]{2,80}\band [^\n]{2,80}\breport(?:ed|s|ing) from [^\n]+"
)

_NOT_NAMES = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Jan(?:uary)?\b|Feb(?:ruary)?|March|April|May|June|July|August"
    r"|Sept(?:ember)?|October|November|December|Then|Now|This|That|These|Those|Contrast|Comparison|Law|Night|Day|Midday"
)


def is_byline(words: str) -> bool:
    """``By Jane Doe``, ``Reporting by …; editing by …``, ``… contributed to this report``. A sentence is none."""
    if len(words) > _LONGEST:
        return False
    if _CREDITED_WORK.fullmatch(words) or _CONTRIBUTED.fullmatch(words):
        return True
    if _BY_DESK.fullmatch(words):
        return True
    by = _BY.fullmatch(words)
    return by is not None and not words.endswith(".") and not _NOT_NAMES.match(by[1])
