"""A word as somebody wrote it in; the forms by which two spellings of it are told to be one out.

Pure, and made of Unicode and a few rules of transliteration. Where letters of other alphabets are written by what
English, French and German readers expect, consonants hold and vowels float: the sound of a word is its consonants.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import product

_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
_APOSTROPHES = re.compile("['’‘ʼʻ`´ʿʾ]")
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_POSSESSIVE = re.compile(r"['’]s\b")
_DOUBLED = re.compile(r"(.)\1+")
_VOWELS = frozenset("aeiou")


@lru_cache(maxsize=50_000)
def plain(text: str) -> str:
    """Letters and digits in lower case without marks, one space between words. "U.S." is "us", "Qa'ida" is "qaida".

    >>> plain("Deir ez-Zor")
    'deir ez zor'
    """
    text = _DOTTED.sub(lambda match: match[0].replace(".", ""), _POSSESSIVE.sub("s", text))
    text = _APOSTROPHES.sub("", text.replace("&", " and "))
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).translate(_LETTERS)
    bare = unicodedata.normalize("NFC", "".join(sign for sign in folded if not unicodedata.combining(sign)))
    return " ".join("".join(sign if sign.isalnum() else " " for sign in bare).split())


# Letters written for one consonant of another alphabet, the longest first; where a spelling stands for two sounds, both
# are kept. Upper case marks sounds that are done.
_SOUNDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("schtsch", ("X",)),
    ("shch", ("X",)),
    ("tsch", ("C",)),
    ("tch", ("C",)),
    ("sch", ("X",)),
    ("kh", ("K",)),
    ("gh", ("K",)),
    ("ch", ("C", "K", "X")),
    ("sh", ("X",)),
    ("zh", ("J",)),
    ("dh", ("D",)),
    ("th", ("T",)),
    ("ph", ("F",)),
    ("ck", ("K",)),
    ("ts", ("S",)),
    ("tz", ("S",)),
    ("q", ("K",)),
    ("g", ("K", "J")),
    ("c", ("K", "S")),
    ("k", ("K",)),
    ("x", ("KS",)),
    ("z", ("S",)),
    ("s", ("S",)),
    ("w", ("V", "")),
    ("v", ("V",)),
    ("f", ("F",)),
)
_AT = dict(_SOUNDS)
_SPELLED = re.compile("|".join([*(re.escape(spelling) for spelling, _ in _SOUNDS), "."]))
_MOST_DOUBTS = 4


@lru_cache(maxsize=50_000)
def sounds(word: str) -> frozenset[str]:
    """The consonants of a plain word, as any of the readings of its spelling; a vowel in front is one mark.

    >>> sounds("qasem") & sounds("ghassem")
    frozenset({'KSM'})
    """
    word = re.sub("(?<=[aeiouy])j(?![aeiou])|(?<=[aeiou])h$", "", word)
    parts = [_AT.get(part, (part.upper(),)) for part in _SPELLED.findall(_DOUBLED.sub(r"\1", word))]
    if sum(len(part) > 1 for part in parts) > _MOST_DOUBTS:
        parts = [part[:1] for part in parts]
    return frozenset(_consonants("".join(reading)) for reading in product(*parts))


def one_sound(left: str, right: str) -> bool:
    """Whether two plain words may be spellings of one name: the same consonants, hardly another length.

    Short words have too few consonants to go by: they must agree in their first letter and length besides.
    """
    if left == right:
        return True
    if left.isdigit() or right.isdigit() or min(len(left), len(right)) < 3 or not sounds(left) & sounds(right):
        return False
    if _is_gendered(left, right) or _is_gendered(right, left):
        return False
    if abs(len(left) - len(right)) > 2 + max(len(left), len(right)) // 6:
        return False
    return len(max(sounds(left), key=len)) > 2 or abs(len(left) - len(right)) < 2


def _is_gendered(man: str, woman: str) -> bool:
    """Whether a word is another with the ending of women: "Aleksandr" and "Aleksandra", "Orlov" and "Orlova"."""
    return woman[-1] in "ae" and man[-1] not in "aeiouyh" and len(woman) > len(man)


def _consonants(reading: str) -> str:
    first = {"Y": "Y"}.get(reading[:1], "A" if reading[:1].lower() in _VOWELS else "")
    return first + "".join(sign for sign in reading if sign not in "AEIOUY")
