"""A Doc in, whether it is an entry of an encyclopedia out: what opens by saying what its subject is.

An entry is about one subject, to which nearly everybody and everything else in it stands in some relation; in news,
most of those named side by side have nothing to do with each other. The same words so make different claims probable.
"""

import re

from spacy.tokens import Doc, Span

_LIVED = re.compile(r"\((?:[^()]*[;,])?\s*(?:born\b|b\. |[^()]*\b\d{3,4}\s?[-–—])", re.IGNORECASE)
"""Brackets with a birth or a span of years: "(born 3 May 1960)", "(1890 – 1944)"."""


def is_entry(doc: Doc) -> bool:
    """Whether the first whole sentence defines a named subject ("Halvex is a maker of …") or says when it lived."""
    first = next((sentence for sentence in doc.sents if _is_whole(sentence)), None)
    return first is not None and (_defines(first) or _tells_of_a_life(first))


def _is_whole(sentence: Span) -> bool:
    return any(token.dep_.startswith("nsubj") for token in sentence.root.children)


def _defines(sentence: Span) -> bool:
    """ "A is a B": the copula joins a name that begins the sentence to a noun that stands free."""
    root = sentence.root
    if root.pos_ not in ("NOUN", "PROPN") or any(token.dep_ == "case" for token in root.children):
        return False
    subject = next(token for token in root.children if token.dep_.startswith("nsubj"))
    return subject.pos_ == "PROPN" and any(token.dep_ == "cop" for token in root.children)


def _tells_of_a_life(sentence: Span) -> bool:
    subject = next(token for token in sentence.root.children if token.dep_.startswith("nsubj"))
    found = _LIVED.search(sentence.text)
    before = subject.idx - sentence.start_char
    return found is not None and subject.pos_ == "PROPN" and before <= found.start() <= before + len(subject) + 60
