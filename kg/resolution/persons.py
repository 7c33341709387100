"""Two names of persons in, their likeness out."""

import re
from functools import lru_cache
from itertools import product
from typing import Literal as OneOf

import msgspec

from kg.resolution.bands import Likeness, different, hard, same
from kg.resolution.reference import nicknames, words
from kg.resolution.spelling import one_sound, plain

Relation = OneOf["equal", "variant", "nickname", "initial"]

# What a word tells that both names have, for names that many bear and for others; the sum is enough from ENOUGH on.
# Set by hand so that a common forename with a rare surname is enough, and two common names are not.
_COMMON: dict[Relation, float] = {"equal": 3, "variant": 2.5, "nickname": 2, "initial": 1}
_RARE: dict[Relation, float] = {"equal": 8, "variant": 7.5, "nickname": 2, "initial": 1}
_NUMBER = 8.0
ENOUGH = 10.0

_ROMAN = re.compile(r"(?:X{0,3})(?:IX|IV|V?I{0,3})")
_ARTICLE = re.compile(r"(?i)\b(?:al|el|ar|as|ad|az|ez|es|ash|an|at|er)[-‐–]\s?(?=\w)")
_HYPHENATED = re.compile(r"(\w+)[-‐](\w+)")
_ABD = re.compile("^abd[uea]l(?=[^l]..)")


class PersonName(msgspec.Struct, frozen=True):
    """A name taken apart: its words without titles and particles, and the number or generation behind it.

    ``other_words`` are further readings: parts with a hyphen as one word, in today's Chinese spelling too.
    """

    words: tuple[str, ...]
    number: str | None = None
    wife: bool = False
    other_words: tuple[tuple[str, ...], ...] = ()


@lru_cache(maxsize=50_000)
def parse(name: str) -> PersonName:
    """Take a name apart.

    >>> parse("King, Dr. Martin Luther, Jr.")
    PersonName(words=('martin', 'luther', 'king'), number='jr', wife=False, other_words=())
    """
    text, number = _without_number(_turned(name))
    text = _ARTICLE.sub("", text)
    found, wife = _without_titles(_bare_words(text))
    joined = {tuple(_without_titles(_bare_words(_HYPHENATED.sub(form, text)))[0]) for form in (_join, _pinyin)}
    return PersonName(tuple(found), number, wife, tuple(sorted(joined - {tuple(found)})))


def likeness(left: str, right: str) -> Likeness:
    """Whether two names may be of one person, by the names alone."""
    one, two = parse(left), parse(right)
    if one.number and two.number and one.number != two.number:
        return different(f"the numbers or generations contradict: {one.number}, {two.number}")
    if one.wife != two.wife:
        return different("a wife under her husband's name")
    pairs = list(product((one.words, *one.other_words), (two.words, *two.other_words)))
    best = max((_compared(a, b) for a, b in pairs), key=lambda found: (found.band != "different", found.score))
    return _with_number(best, one, two)


def is_common(word: str) -> bool:
    """Whether very many bear a name."""
    return word in words("persons", "common") or word in words("persons", "common_given")


def related(left: str, right: str) -> Relation | None:
    """What one word of a name is to one of another; None: they contradict each other."""
    if left == right:
        return "equal" if len(left) > 1 or not left.isascii() else "initial"
    if 1 in (len(left), len(right)):
        return "initial" if left[0] == right[0] else None
    if nicknames().get(left, frozenset()) & nicknames().get(right, frozenset()):
        return "nickname"
    if {left, right} & words("persons", "settled"):
        return None
    return "variant" if one_sound(left, right) else None


# --- taking apart ----------------------------------------------------------------------------------------------------


def _turned(name: str) -> str:
    """ "García Márquez, Gabriel" the other way round; what follows a comma may also be a generation."""
    parts = [part.strip() for part in name.split(",") if part.strip()]
    late = words("persons", "generations") | words("persons", "degrees")
    behind = [part for part in parts[1:] if plain(part) in late]
    before = [part for part in parts if part not in behind]
    return " ".join([*before[1:], *before[:1], *behind]) if len(before) == 2 else name.replace(",", " ")


def _without_number(text: str) -> tuple[str, str | None]:
    found = text.split()
    while len(found) > 1 and plain(found[-1]) in words("persons", "degrees"):
        found.pop()
    last = found[-1] if len(found) > 1 else ""
    generation = plain(last) in words("persons", "generations")
    if generation or (last and _ROMAN.fullmatch(last)):
        return " ".join(found[:-1]), plain(last)
    return " ".join(found), None


def _bare_words(text: str) -> list[str]:
    """Words without particles; letters apart ("J.K." and "JK" are two initials); "Abdel X" as one."""
    text = re.sub(r"\.(?=\w)", ". ", text)
    if not text.isupper():
        text = re.sub(r"^([B-DF-HJ-NP-TV-Z])([B-DF-HJ-NP-TV-Z])\b(?= )", r"\1 \2", text)
    found = plain(text).split()
    kept = found[:1] + [word for word in found[1:] if word not in words("persons", "particles")]
    merged: list[str] = []
    for word in kept:
        if merged and merged[-1] in words("persons", "prefixes"):
            merged[-1] = re.sub("^abd[uea]l$", "abd", merged[-1]) + word
        else:
            merged.append(_ABD.sub("abd", word))
    return merged


def _without_titles(found: list[str]) -> tuple[list[str], bool]:
    start = 0
    while start < len(found) - 1 and found[start] in words("persons", "titles"):
        start += 1
    rest = found[start:]
    return rest, "mrs" in found[:start] and len(rest) > 1 and rest[0] in words("persons", "men")


def _join(match: re.Match[str]) -> str:
    return match[1] + match[2].lower()


# Syllables of Wade and Giles in Pinyin: the beginnings and ends that differ, after Unicode's Unihan readings.
_WADE_GILES = (("^ts(?=[eou])", "z"), ("^ch(?=i)", "j"), ("^ch", "zh"), ("^hs", "x"), ("^t(?!s)", "d"), ("^p", "b"))
_WADE_GILES_ENDS = (("^k", "g"), ("ung$", "ong"), ("ieh$", "ie"), ("ien$", "ian"), ("ih$", "i"), ("^j(?!i)", "r"))


def _pinyin(match: re.Match[str]) -> str:
    syllables = [match[1].lower(), match[2].lower()]
    for pattern, letters in (*_WADE_GILES, *_WADE_GILES_ENDS):
        syllables = [re.sub(pattern, letters, syllable) for syllable in syllables]
    return "".join(syllables)


# --- comparing -------------------------------------------------------------------------------------------------------


def _compared(left: tuple[str, ...], right: tuple[str, ...]) -> Likeness:
    long, short = (left, right) if len(left) >= len(right) else (right, left)
    if not short:
        return hard(0.1, "a name without letters")
    if len(short) == 1:
        return _bare(long, short[0])
    found = _in_order(long, short)
    if found.band == "different" and len(long) == len(short):
        turned = (short[::-1], (short[-1], *short[:-1]), (*short[1:], short[0]))
        found = max((found, *(_in_another_order(long, each) for each in turned)), key=lambda each: each.score)
    return found


def _bare(long: tuple[str, ...], word: str) -> Likeness:
    relations = [related(each, word) for each in long]
    if not any(relation in ("equal", "variant") for relation in relations):
        return different("no word in common")
    place = "the surname" if relations[-1] else "one word"
    score = 0.45 if relations[-1] and not is_common(word) else 0.3
    return hard(score, f"{place} only" if len(long) > 1 else "one word only, on both sides")


def _in_order(long: tuple[str, ...], short: tuple[str, ...]) -> Likeness:
    """First word to first word, the others in their order; what the longer has beyond is left out by the other."""
    initials = _middle_initials(short)
    if initials and not _middle_initials(long) and len(_matches(long, short)) < len(short):
        short = (short[0], *(word for word in short[1:-1] if len(word) > 1), short[-1])
    matches = _matches(long, short)
    if 0 not in matches:
        later = _matches(long[1:], short) if len(long) > len(short) else {}
        if len(later) == len(short):
            return hard(0.4, f"one has {long[0]} in front")
        return different(f"first names differ: {long[0]}, {short[0]}")
    if len(matches) < len(short):
        return different(f"names contradict: {' '.join(long)}, {' '.join(short)}")
    extra = [word for at, word in enumerate(long) if at not in {place for place, _ in matches.values()}]
    if any(len(word) == 1 for word in extra) and _middle_initials(short):
        return different("middle initials differ")
    return _weighed(long, short, matches, extra)


def _matches(long: tuple[str, ...], short: tuple[str, ...]) -> dict[int, tuple[int, Relation]]:
    """For each word of the shorter name that fits, its place in the longer one and what it is to it, in order."""
    found: dict[int, tuple[int, Relation]] = {}
    start = 0
    for at, word in enumerate(short):
        room = range(start, len(long) - (len(short) - at - 1)) if at else range(1)
        fitting = [(place, relation) for place in room if (relation := related(long[place], word))]
        if fitting:
            found[at] = max(fitting, key=lambda pair: (_RARE[pair[1]], -pair[0]))
            start = found[at][0] + 1
    return found


def _middle_initials(found: tuple[str, ...]) -> list[str]:
    return [word for word in found[1:-1] if len(word) == 1]


def _weighed(
    long: tuple[str, ...], short: tuple[str, ...], matches: dict[int, tuple[int, Relation]], extra: list[str]
) -> Likeness:
    told = sum(_worth(long[place], short[at], relation) for at, (place, relation) in matches.items())
    reasons = [_worded(long[place], short[at], relation) for at, (place, relation) in matches.items()]
    if extra:
        reasons.append(f"one leaves out {' '.join(extra)}")
    if matches[len(short) - 1][1] == "initial":
        return hard(told / (2 * ENOUGH), *reasons)
    if told >= ENOUGH:
        return same(told / (2 * ENOUGH), *reasons)
    return hard(told / (2 * ENOUGH), *reasons, "common names")


def _worth(left: str, right: str, relation: Relation) -> float:
    return (_COMMON if is_common(left) or is_common(right) else _RARE)[relation]


def _worded(left: str, right: str, relation: Relation) -> str:
    if left == right:
        return f"{left} in both"
    return f"{left} and {right} are {_WORDS[relation]}"


_WORDS: dict[Relation, str] = {
    "equal": "one",
    "variant": "spellings of one name",
    "nickname": "forms of one name",
    "initial": "a name and its initial",
}


def _in_another_order(left: tuple[str, ...], right: tuple[str, ...]) -> Likeness:
    pairs = list(zip(left, right, strict=True))
    relations = [related(a, b) for a, b in pairs]
    if not all(relation in ("equal", "variant") for relation in relations):
        return different("names contradict")
    told = sum(_worth(a, b, relation) for (a, b), relation in zip(pairs, relations, strict=True) if relation)
    reason = "the same words in another order"
    return same(told / (2 * ENOUGH), reason) if told >= ENOUGH else hard(told / (2 * ENOUGH), reason, "common names")


def _with_number(found: Likeness, one: PersonName, two: PersonName) -> Likeness:
    if found.band == "different" or not (one.number or two.number):
        return found
    if one.number != two.number:
        return hard(found.score, *found.reasons, f"only one has {one.number or two.number}")
    score = found.score + _NUMBER / (2 * ENOUGH)
    reasons = (*found.reasons, f"{one.number} in both")
    return same(score, *reasons) if score >= 0.5 else hard(score, *reasons)
