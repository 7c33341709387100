"""Two words that refer in, what is known of the pair out: the features by which coreference is scored.

The same code describes words in training and in reading. A word that refers is the head of its phrase; its features are
small integers, those of a pair are ids into one table (:data:`FEATURES` rows), each sort in its own range.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

NAME, NOUN, PRONOUN = range(3)
KINDS = ("", "Person", "Organization", "Place", "Event", "Other", "singular", "plural")
"""What an antecedent is: the sort of a name, or the number of a noun; empty where it is not known."""
ROLES = ("", "subject", "object", "possessive", "other")
DETERMINERS = ("none", "definite", "demonstrative", "indefinite", "possessive")

_PRONOUNS = (
    "i me my mine myself",
    "you your yours yourself yourselves",
    "he him his himself",
    "she her hers herself",
    "it its itself",
    "we us our ours ourselves",
    "they them their theirs themselves themself",
    "this that these those",
    "who whom whose which",
)
PRONOUNS = {word: 1 + i for i, group in enumerate(_PRONOUNS) for word in group.split()}
_CLASSES = len(_PRONOUNS) + 2  # none, the groups, any other
_OTHER = _CLASSES - 1

_ARTICLES = {
    "the": 1, "this": 2, "that": 2, "these": 2, "those": 2, "a": 3, "an": 3, "some": 3, "another": 3, "any": 3,
    "my": 4, "your": 4, "his": 4, "her": 4, "its": 4, "our": 4, "their": 4, "'s": 4, "’s": 4,
}  # fmt: skip
_WORDS_OF_A_NAME = 4
_MENTIONS = np.array([1, 2, 3, 4, 6, 8, 12, 18, 30, 60, 120])
_SENTENCES = np.array([1, 2, 3, 5, 9, 17])

_SIZES = (
    (len(_MENTIONS) + 1) * 3,
    (len(_SENTENCES) + 1) * 3,
    3 * 3 * 4,
    _CLASSES * _CLASSES,
    _CLASSES * len(KINDS),
    len(ROLES) * 3,
    len(DETERMINERS) * 3 * 4,
)
_STARTS = tuple(int(sum(_SIZES[:i])) for i in range(len(_SIZES)))
FEATURES = int(sum(_SIZES))


@dataclass(frozen=True, slots=True)
class Referring:
    """M words that refer, in the order of the text, one column each."""

    form: Array  # NAME, NOUN or PRONOUN
    pronoun: Array  # group of pronouns, 0 for none
    kind: Array  # index into KINDS
    role: Array  # index into ROLES
    determiner: Array  # index into DETERMINERS
    sentence: Array  # number of its sentence
    head: Array  # id of its lower-case text
    name: Array  # (M, 4) ids of the words of its name, -1 where there are no more


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a word that refers: its form, its kind (of :data:`KINDS`), its role, the name it belongs to."""

    form: int
    kind: str = ""
    role: str = ""
    name: tuple[str, ...] = ()


def refers(upos: str, deprel: str) -> bool:
    """Whether a word is taken for one that refers: any noun, name or pronoun, but no later part of a name."""
    return upos in _REFERRING and deprel.partition(":")[0] not in _NO_HEADS


def known(word: str, upos: str, deprel: str, feats: str, sort: str, name: tuple[str, ...]) -> Known:
    """What tree and names tell of a word that refers; ``sort`` and ``name`` are empty where it is in no name."""
    form = PRONOUN if upos == "PRON" else NAME if name or upos == "PROPN" else NOUN
    number = "plural" if "Number=Plur" in feats else "singular"
    kind = sort if form == NAME else number if form == NOUN else ""
    return Known(form, kind, role_of(deprel), name or (word,))


def role_of(deprel: str) -> str:
    """The role that a relation of Universal Dependencies gives to a word that refers."""
    plain = deprel.partition(":")[0]
    if plain in ("nsubj", "csubj"):
        return "subject"
    if plain in ("obj", "iobj"):
        return "object"
    return "possessive" if deprel == "nmod:poss" else "other"


_REFERRING = frozenset({"NOUN", "PROPN", "PRON"})
_NO_HEADS = frozenset({"flat", "fixed", "goeswith", "expl"})


class Describer:
    """Collects words that refer, and numbers their texts."""

    def __init__(self) -> None:
        self.ids: dict[str, int] = {}
        self.rows: list[tuple[int, ...]] = []
        self.names: list[list[int]] = []

    def add(self, words: Sequence[str], i: int, it: Known, sentence: int) -> None:
        """Adds ``words[i]``, of the words of its sentence, the ``sentence``-th of its document."""
        lower = words[i].lower()
        pronoun = PRONOUNS.get(lower, _OTHER) if it.form == PRONOUN else 0
        determiner = self._determiner(words, i) if it.form == NOUN else 0
        self.rows.append(
            (it.form, pronoun, KINDS.index(it.kind), ROLES.index(it.role), determiner, sentence, self._id(lower))
        )
        named = [self._id(w.lower()) for w in it.name if len(w) > 1 or w.isdigit()][-_WORDS_OF_A_NAME:]
        self.names.append(named + [-1] * (_WORDS_OF_A_NAME - len(named)))

    def described(self) -> Referring:
        """All that was added."""
        form, pronoun, kind, role, determiner, sentence, head = np.array(self.rows, dtype=np.int64).reshape(-1, 7).T
        name = np.array(self.names, dtype=np.int64).reshape(-1, _WORDS_OF_A_NAME)
        return Referring(form, pronoun, kind, role, determiner, sentence, head, name)

    def _id(self, word: str) -> int:
        return self.ids.setdefault(word, len(self.ids))

    @staticmethod
    def _determiner(words: Sequence[str], i: int) -> int:
        for word in reversed(words[max(0, i - 4) : i]):
            if word.lower() in _ARTICLES:
                return _ARTICLES[word.lower()]
        return 0


def features(words: Referring, anaphors: Array, antecedents: Array) -> Array:
    """(M, K, 7) ids for each of the words ``anaphors`` (M,) and its candidates ``antecedents`` (M, K)."""
    i, j = anaphors[:, None], antecedents
    form, other = words.form[i], words.form[j]
    same = words.head[i] == words.head[j]
    names = words.name[i][:, :, :, None] == words.name[j][:, :, None, :]
    shared = (names & (words.name[i] >= 0)[:, :, :, None]).any((2, 3))
    match = np.where(same & (form != PRONOUN), 2, 0) + shared
    columns = (
        np.searchsorted(_MENTIONS, np.abs(i - j), side="right") * 3 + form,
        np.searchsorted(_SENTENCES, np.abs(words.sentence[i] - words.sentence[j]), side="right") * 3 + form,
        (form * 3 + other) * 4 + match,
        words.pronoun[i] * _CLASSES + words.pronoun[j],
        words.pronoun[i] * len(KINDS) + words.kind[j],
        words.role[j] * 3 + form,
        (words.determiner[i] * 3 + other) * 4 + match,
    )
    return np.stack([start + np.broadcast_to(c, j.shape) for start, c in zip(_STARTS, columns, strict=True)], 2)


def prior(words: Referring, anaphors: Array, antecedents: Array) -> Array:
    """(M, N) what is added to the coarse score when candidates are chosen: the near and the alike are never missed."""
    i, j = anaphors[:, None], antecedents[None]
    alike = words.head[i] == words.head[j]
    for a in range(_WORDS_OF_A_NAME):
        for b in range(_WORDS_OF_A_NAME):
            alike |= (words.name[i, a] == words.name[j, b]) & (words.name[i, a] >= 0)
    added: Array = 3.0 * alike - np.log1p(np.abs(i - j))
    return added.astype(np.float32)
