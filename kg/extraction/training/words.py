"""Plain text in, the words and sentences that training sees out, with the way from characters to words."""

from functools import cache
from typing import TYPE_CHECKING

from kg.extraction.training.corpora import Sentence

if TYPE_CHECKING:
    from spacy.tokenizer import Tokenizer

LONGEST = 120
"""Words of a sentence at most; longer ones are cut."""


@cache
def tokenizer() -> "Tokenizer":
    """spaCy's English tokenizer, the one that the reader has."""
    import spacy

    return spacy.blank("en").tokenizer


class Words:
    """The words of a text by spaCy's English tokenizer, spaces not counted."""

    def __init__(self, text: str) -> None:
        self.doc = tokenizer()(text)
        kept = [token.i for token in self.doc if not token.is_space]
        self._place = {i: at for at, i in enumerate(kept)}

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """The words that these characters are, end exclusive; None if they begin or end within a word."""
        found = self.doc.char_span(start, end)
        return (self._place[found.start], self._place[found.end - 1] + 1) if found is not None else None

    def sentences(self, corpus: str, document: str) -> list[Sentence]:
        """All words, cut into sentences as guessed from full stops and new lines."""
        found, words = list[Sentence](), list[str]()
        for token in self.doc:
            if not token.is_space:
                words.append(token.text)
            ends = token.text in (".", "!", "?") or (token.is_space and "\n" in token.text) or len(words) == LONGEST
            if ends and words:
                found.append(Sentence(words, corpus, document))
                words = []
        return [*found, Sentence(words, corpus, document)] if words else found
