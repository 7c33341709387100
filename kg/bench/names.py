"""Two ways of naming something in; whether a fair reader takes them for the same out."""

import re
import unicodedata

_ARTICLES = ("the", "a", "an")
ENDS_THE_HEAD = frozenset("of in on at by for to from with near against who which that".split())


def normal(text: str) -> str:
    """Lower case, without accents, punctuation, possessive ``'s`` and a leading article; words one space apart.

    A full stop or an apostrophe inside a word leaves no gap: "U.S." and "US" are the same.
    """
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(sign))
    joined = re.sub(r"[.'’]", "", re.sub(r"['’]s\b", "", plain))
    words = re.sub(r"[^\w]+", " ", joined).split()
    return " ".join(words[1:] if len(words) > 1 and words[0] in _ARTICLES else words)


def same(text: str, wanted: str) -> bool:
    """Whether ``text`` is the wanted name, or the wanted name with more words around the same head.

    "Iranian Gen. Qassem Soleimani" is "Qassem Soleimani", and "the attack on the embassy" is "attack" but not
    "embassy": the wanted words must stand in a row in the text and hold its head, the last word before the first comma,
    bracket or preposition. Nothing is guessed from likeness: "Soleimani" alone is not "Qassem Soleimani".
    """
    words, sought = normal(text).split(), normal(wanted).split()
    head = len(_before_preposition(normal(re.split(r"[,(]", text.strip(" ,("))[0]).split())) - 1
    starts = range(len(words) - len(sought) + 1)
    return any(words[s : s + len(sought)] == sought and s <= head < s + len(sought) for s in starts)


def _before_preposition(words: list[str]) -> list[str]:
    end = next((n for n, word in enumerate(words) if n and word in ENDS_THE_HEAD), len(words))
    return words[:end]
