"""A compact text of trees goes in, a spaCy Doc comes out: for tests that need a sentence with its analysis.

One sentence a line, an empty line between paragraphs, one word as ``form=lemma/POS+Feats/relation<head``::

    Police=police/NOUN/nsubj<said said=say/VERB+Tense=Past/ROOT nothing/PRON/obj<said .

The lemma is the form in lower case unless given; the head is a form of the same sentence (``said~2`` is its second
occurrence); a bare word of punctuation hangs on the root.
"""

import re
from functools import cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.layers import register

_WORD = re.compile(
    r"(?P<form>[^/=]+)(?:=(?P<lemma>[^/]+))?/(?P<pos>[A-Z]+)(?:\+(?P<feats>[^/]+))?/(?P<dep>[^<]+)(?:<(?P<head>.+))?"
)
_CLOSING = set(",.;:?!)”’%") | {"'s", "’s", "'", "n't", "n’t"}
_OPENING = set("(“$£€")
Row = tuple[str, str, str, str, str, int]


@cache
def english() -> Language:
    """spaCy's English tokenizer alone."""
    return spacy.blank("en")


def plain(text: str, published: str | None = None) -> Doc:
    """A Doc of words without any analysis."""
    register()
    doc = english()(text)
    doc._.published = published
    return doc


def tree(text: str, published: str | None = None) -> Doc:
    """A Doc with the tags, lemmas and trees that ``text`` spells out (see the module)."""
    register()
    rows: list[Row] = []
    starts: list[bool | int | None] = []
    for line in text.strip().splitlines():
        sentence = _sentence(line.split(), len(rows)) if line.strip() else [_paragraph(len(rows))]
        starts += [number == 0 and bool(line.strip()) for number in range(len(sentence))]
        rows += sentence
    words, lemmas, tags, feats, deps, heads = ([*column] for column in zip(*rows, strict=True))
    doc = Doc(
        english().vocab, words=words, spaces=_spaces(words), lemmas=lemmas, pos=tags, morphs=feats, deps=deps,
        heads=heads, sent_starts=starts,
    )  # fmt: skip
    doc._.published = published
    return doc


def at(doc: Doc, form: str, nth: int = 1) -> int:
    """The index of the ``nth`` token written ``form``."""
    return [token.i for token in doc if token.text == form][nth - 1]


def _paragraph(base: int) -> Row:
    return ("\n\n", "\n\n", "SPACE", "", "dep", base - 1)


def _sentence(words: list[str], base: int) -> list[Row]:
    matches = [_WORD.fullmatch(word) for word in words]
    forms = [match["form"] if match else word for match, word in zip(matches, words, strict=True)]
    root = next(place for place, match in enumerate(matches) if match and match["dep"] == "ROOT")
    rows: list[Row] = []
    for place, match in enumerate(matches):
        if match is None:
            rows.append((forms[place], forms[place], "PUNCT", "", "punct", base + root))
        else:
            head = _place(forms, match["head"]) if match["head"] else place
            lemma = match["lemma"] or forms[place].lower()
            rows.append((forms[place], lemma, match["pos"], match["feats"] or "", match["dep"], base + head))
    return rows


def _place(forms: list[str], reference: str) -> int:
    form, _, nth = reference.partition("~")
    return [place for place, other in enumerate(forms) if other == form][int(nth or 1) - 1]


def _spaces(words: list[str]) -> list[bool]:
    spaces: list[bool] = []
    inside = False
    for word, following in zip(words, [*words[1:], ""], strict=True):
        if word == '"':
            inside = not inside
        glued = following in _CLOSING or word in _OPENING or "\n" in word + following
        glued = glued or (word == '"' and inside) or (following == '"' and inside)
        spaces.append(not glued and following != "")
    return spaces
