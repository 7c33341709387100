"""A name as an article spells it in; the form that is compared across articles, and the slug for its IRI, out.

Deliberately careful: two spellings fall together only when nobody would call them different names. Acronyms,
transliterations and nicknames are left to pair scores. The tables are our own.
"""

import re
import unicodedata
from hashlib import sha256

# Titles and honorifics that come before a person's name and are no part of it.
_TITLE_WORDS = """
    mr mrs ms miss mx dr prof professor sir dame lord lady rev reverend fr father sister brother st saint rabbi imam
    ayatollah sheikh shaikh sayyid hojatoleslam pope cardinal archbishop bishop king queen prince princess emir sultan
    gen general lt lieutenant col colonel maj major brig brigadier capt captain cmdr commander adm admiral sgt sergeant
    cpl corporal pvt private marshal officer president vice premier prime minister chancellor secretary senator sen
    representative rep congressman congresswoman governor gov mayor ambassador judge justice chief
"""
_TITLES = frozenset(_TITLE_WORDS.split())
# What may follow it.
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "phd", "md", "esq", "obe", "mbe", "cbe"})
# Legal forms of companies: "Acme Inc." and "Acme" are one. "Company" and "Group" stay: they often are the name.
_LEGAL_FORMS = frozenset({"inc", "ltd", "llc", "plc", "corp", "gmbh", "ag", "sa", "nv", "bv", "spa", "oy", "ab", "llp"})
_COMPANIES = frozenset({"Company", "NewsAgency", "Organization"})
# Countries whose short forms are as good as their names.
_COUNTRIES = {
    "us": "united states",
    "usa": "united states",
    "united states of america": "united states",
    "uk": "united kingdom",
    "uae": "united arab emirates",
    "drc": "democratic republic of the congo",
}
# Letters that Unicode does not take apart into a base letter and a mark.
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})

_APOSTROPHES = re.compile("['’‘ʼʻ`´ʿʾ]")
_INITIALS = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_POSSESSIVE = re.compile(r"['’]s\b")
# A longer slug is cut and told apart by a hash; the number only keeps IRIs readable.
_LONGEST_SLUG = 80


def normalised(name: str, kind: str) -> str:
    """The form of a name that is compared: lower case, without marks, punctuation, titles, "the" or legal form.

    >>> normalised("Gen. Qassem Soleimání", "Person")
    'qassem soleimani'
    >>> normalised("The U.S.", "Country")
    'united states'

    What would leave nothing (a name that is a title only) keeps its words. The result is empty only for a name
    without letters and digits.
    """
    words = _plain(name).split()
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    if kind == "Person":
        words = _without_titles(words)
    elif kind in _COMPANIES:
        words = _without_tail(words, _LEGAL_FORMS)
    text = " ".join(words)
    return _COUNTRIES.get(text, text) if kind == "Country" else text


def slug(text: str) -> str:
    """The last step of an IRI: lower-case letters and digits of any script joined by ``-``; never empty."""
    words = _plain(text).replace(" ", "-")
    if not words:
        return f"x-{_short_hash(text)}"
    return words if len(words) <= _LONGEST_SLUG else f"{words[:_LONGEST_SLUG].rstrip('-')}-{_short_hash(words)}"


def kebab(kind: str) -> str:
    """``ArmedGroup`` as ``armed-group``."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "-", kind).lower()


def _plain(text: str) -> str:
    """Letters and digits of any script in lower case, one space between words."""
    text = _POSSESSIVE.sub("s", text)
    text = _INITIALS.sub(lambda match: match[0].replace(".", ""), text)
    text = _APOSTROPHES.sub("", text.replace("&", " and "))
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).translate(_LETTERS)
    bare = "".join(sign for sign in folded if not unicodedata.combining(sign))
    bare = unicodedata.normalize("NFC", bare)
    return " ".join("".join(sign if sign.isalnum() else " " for sign in bare).split())


def _without_titles(words: list[str]) -> list[str]:
    start = 0
    while start < len(words) - 1 and words[start] in _TITLES:
        start += 1
    return _without_tail(words[start:], _SUFFIXES)


def _without_tail(words: list[str], endings: frozenset[str]) -> list[str]:
    end = len(words)
    while end > 1 and words[end - 1] in endings:
        end -= 1
    return words[:end]


def _short_hash(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
