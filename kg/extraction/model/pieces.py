"""Words in, word pieces out: the one place where training and reading agree on what the encoder sees.

The encoder is uncased, so each word also gets a *shape* (one of :data:`SHAPES`), whose embedding tells it the case.
Typographic quotes and dashes are read as their plain forms, which the training texts mostly have.
"""

from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

SHAPES = ("padding", "lower", "title", "upper", "initial", "mixed", "digits", "with digit", "punctuation", "other")
"""Word shapes; the position is the id. ``initial`` is a single capital letter or an abbreviation such as ``U.S.``"""

CASES = ("lower", "title", "upper", "other")
"""How a word is written; the position is the id."""

MAX_PIECES_PER_WORD = 12
"""A longer word (a URL, a hash) is cut: its first pieces tell what it is."""

_PLAIN = str.maketrans(
    {"‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-", "−": "-", "…": "..."}
)

Ints = NDArray[np.int64]


def shape_of(word: str) -> int:
    """The id of the word's shape."""
    return SHAPES.index(_shape(word))


def case_of(word: str) -> int:
    """The id of the word's case; what has no letters is ``other``."""
    shape = _shape(word)
    return CASES.index({"initial": "upper"}.get(shape, shape if shape in CASES else "other"))


def _shape(word: str) -> str:
    letters = [c for c in word if c.isalpha()]
    digits = any(c.isdigit() for c in word)
    if not letters:
        return "digits" if digits else "punctuation"
    if digits:
        return "with digit"
    if all(c.islower() for c in letters):
        return "lower"
    if all(c.isupper() for c in letters):
        return "initial" if len(letters) == 1 or "." in word else "upper"
    if letters[0].isupper() and all(c.islower() for c in letters[1:]):
        return "title"
    return "mixed" if any(c.isupper() for c in letters) else "other"


class Pieces:
    """Splits words into pieces of the encoder's vocabulary. Safe to share; remembers frequent words."""

    def __init__(self, tokenizer_file: Path) -> None:
        tokenizer = Tokenizer.from_file(str(tokenizer_file))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self._tokenizer = tokenizer
        self.cls, self.sep, self.pad, self._unknown = (
            tokenizer.token_to_id(piece) or 0 for piece in ("[CLS]", "[SEP]", "[PAD]", "[UNK]")
        )
        self.of_word = lru_cache(maxsize=100_000)(self._of_word)
        self.shape = lru_cache(maxsize=100_000)(shape_of)

    def _of_word(self, word: str) -> tuple[int, ...]:
        ids = self._tokenizer.encode(word.translate(_PLAIN), add_special_tokens=False).ids
        return tuple(ids[:MAX_PIECES_PER_WORD]) or (self._unknown,)

    def encode(self, words: list[str]) -> tuple[list[int], list[int], list[int]]:
        """Piece ids with [CLS] and [SEP], the shape id of each piece's word, the index of each word's first piece."""
        ids, shapes, firsts = [self.cls], [0], []
        for word in words:
            pieces = self.of_word(word)
            firsts.append(len(ids))
            ids.extend(pieces)
            shapes.extend([self.shape(word)] * len(pieces))
        return [*ids, self.sep], [*shapes, 0], firsts

    def batch(self, windows: list[list[str]]) -> dict[str, Ints]:
        """The arrays that the graph takes, for windows of words.

        ``pieces`` and ``shapes`` are (windows, pieces), ``firsts`` (windows, words); ``firsts`` is 0 where a window has
        fewer words than the longest, pieces are padded with [PAD].
        """
        encoded = [self.encode(words) for words in windows]
        width = max(len(ids) for ids, _, _ in encoded)
        words = max(len(firsts) for _, _, firsts in encoded)
        pieces = np.full((len(windows), width), self.pad, dtype=np.int64)
        shapes = np.zeros((len(windows), width), dtype=np.int64)
        firsts = np.zeros((len(windows), words), dtype=np.int64)
        for row, (ids, forms, starts) in enumerate(encoded):
            pieces[row, : len(ids)] = ids
            shapes[row, : len(forms)] = forms
            firsts[row, : len(starts)] = starts
        return {"pieces": pieces, "shapes": shapes, "firsts": firsts}
