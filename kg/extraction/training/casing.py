"""Sentences in normal case in, the case of words written in capitals out: what old wires would look like today."""

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Sequence
from itertools import pairwise
from pathlib import Path

from kg.extraction.training import corpora
from kg.extraction.training.corpora import Sentence

SETS = ("wikigold", "redocred", "gmb")
"""The entity sets that are edited prose; tweets and the like write names as they please."""


class Casing:
    """How words are written within sentences: counts of forms, alone, beside other words, and after a capital."""

    def __init__(self, sentences: Iterable[Sentence]) -> None:
        self._alone = defaultdict[str, Counter[str]](Counter)
        self._after = defaultdict[tuple[str, str], Counter[str]](Counter)
        self._before = defaultdict[tuple[str, str], Counter[str]](Counter)
        self._capital = defaultdict[str, Counter[str]](Counter)
        self._tags = defaultdict[str, Counter[str]](Counter)
        self._met = defaultdict[str, Counter[bool]](Counter)
        for s in sentences:
            for word, tag in zip(s.words, s.tree.upos if s.tree else (), strict=False):
                self._tags[word.lower()][tag] += 1
            if 3 * sum(word[:1].isupper() for word in s.words) < 2 * len(s.words):  # else it is a headline
                self._count(s.words)

    def _count(self, words: Sequence[str]) -> None:
        for n, (one, other) in enumerate(pairwise(words)):
            pair = one.lower(), other.lower()
            self._after[pair][other] += 1
            if n:
                self._before[pair][one] += 1
            if one[-1:].isalnum() or one in ",'":
                self._alone[pair[1]][other] += 1
            if n and one[:1].isupper():
                self._capital[pair[1]][other] += 1

    @staticmethod
    def of(data: Path) -> "Casing":
        """As the training parts of the treebanks and of three entity sets write words."""
        sets = corpora.entity_sets(data)
        prose = [s for name in SETS for s in sets[name] if not corpora.is_held_out(s)]
        return Casing([*corpora.trees(data)["train"], *prose])

    def tag(self, word: str) -> str:
        """The commonest tag of the word in the treebanks, empty if it is in none."""
        tags = self._tags.get(word.lower())
        return tags.most_common(1)[0][0] if tags else ""

    def normal(
        self,
        words: Sequence[str],
        names: Container[int] = (),
        common: Container[int] = (),
        kept: Container[str] = (),
    ) -> list[str]:
        """The words of one sentence in their usual case.

        ``names`` are the places of words known to be names, ``common`` of words known to be none, and ``kept`` the
        acronyms, which stay as they are.
        """
        out = list[str]()
        for i, word in enumerate(words):
            if word in kept or not any(letter.isalpha() for letter in word):
                out.append(word)
                continue
            usual = self._usual(words, i, out[-1] if i > 1 else "")
            if i in names:
                out.append(usual if usual and (word in _LINKS or not usual.islower()) else _title(word))
            elif i in common:
                out.append(word.lower() if word.isalpha() else word)
            else:
                out.append(usual or (word.lower() if self._is_common(word) else _unknown(word)))
        first = next((i for i, word in enumerate(out) if word[:1].isalpha()), None)
        if first is not None and out[first].islower():
            out[first] = out[first].capitalize()
        return out

    def meet(self, words: Iterable[str]) -> None:
        """Words of a text in capitals: what stands after an article or a pronoun there is no name."""
        for one, other in pairwise(words):
            bare = other.strip(".,;:")
            if bare.lower() not in self._alone:
                self._met[bare][one in _BEFORE_NO_NAME] += 1

    def _is_common(self, word: str) -> bool:
        """Whether a word that no set has is no name: by where it stands, its ending, or a form of it that is known."""
        met, lower = self._met.get(word, Counter()), word.lower()
        stems = [lower[: -len(end)] + more for end in _FORMS if lower.endswith(end) for more in ("", "e")]
        known = any(self._alone.get(stem, Counter())[stem] for stem in stems if len(stem) > 3)
        return known or met[True] * 4 > met.total() or (len(word) > 5 and lower.endswith(_ENDINGS))

    def _usual(self, words: Sequence[str], i: int, before: str) -> str | None:
        """The commonest form beside these neighbours; else after a capital, where one stands before; else of all."""
        word, seen = words[i].lower(), Counter[str]()
        if i:
            seen += self._after.get((words[i - 1].lower(), word), _NONE)
        if i + 1 < len(words):
            seen += self._before.get((word, words[i + 1].lower()), _NONE)
        capital = self._capital.get(word, Counter()) if before[:1].isupper() else Counter[str]()
        return _commonest(seen, SURE) or _commonest(capital, 2 * SURE) or _commonest(self._alone.get(word), 2)


def _commonest(forms: Counter[str] | None, times: int) -> str | None:
    """The form met most, if all were met so often. Words in capitals may be shouted: they need more."""
    form, n = forms.most_common(1)[0] if forms else ("", 0)
    return form if n and forms and forms.total() >= times and (n >= SURE or not form.isupper()) else None


_NONE = Counter[str]()

SURE = 3
"""How often two words must have been met together to tell more than the word alone."""

_FORMS = ("s", "es", "d", "ed", "ing", "er", "ers", "al", "ly")
_LINKS = frozenset("DE LA DEL LAS LOS Y".split())
_BEFORE_NO_NAME = frozenset(
    "A AN THESE THOSE SOME SEVERAL MANY HIS HER THEIR ITS OUR MY NOT IT HE THEY WE I WILL WOULD CAN SHOULD MAY MUST HAS"
    " HAVE BEEN BEING VERY MORE MOST ANY ALL TWO THREE FOUR FIVE SIX NO".split()
)
_ENDINGS = ("ed", "ing", "ly", "ism", "ists", "ment", "ments", "tion", "tions", "ness", "ers", "able", "tory", "men")


def _unknown(word: str) -> str:
    """Acronyms can't be said: they have no vowel. Anything else that was never met is taken for a name."""
    return word if len(word) < 6 and not set(word) & set("AEIOUY") else _title(word)


def _title(word: str) -> str:
    return "".join(part.capitalize() for part in re.split(r"(\W+)", word))
