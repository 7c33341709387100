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


def same(one: str, other: str) -> bool:
    """Whether two names have the same words, or the one has all words of the other and both have the same head.

    The head is the last word before the first comma, bracket or preposition: "Gen. Mara Lind", "Lind" and "Mara Lind"
    are the same; "the attack on the embassy" is "the attack" but not "the embassy". Nothing is guessed from likeness.
    """
    these, those = normal(one).split(), normal(other).split()
    if not these or not those:
        return False
    within = set(these) <= set(those) or set(those) <= set(these)
    return these == those or (within and head(one) == head(other))


def head(name: str) -> str:
    """The normalised head word of a name, "" if it has no words."""
    words = normal(re.split(r"[,(]", name.strip(" ,("))[0]).split()
    end = next((n for n, word in enumerate(words) if n and word in ENDS_THE_HEAD), len(words))
    return words[end - 1] if words else ""
