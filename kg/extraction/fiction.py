"""A Doc with trees in, the words out that tell what happens in a dream or in an invented story: they state nothing.

Stories are told in the present ("In the film, a colonel founds a republic"); what is said of the work itself in the
same sentence ("a film directed by X") is in its own phrase and stays. A dream is told in any tense. A story goes on in
the next sentence where that begins with a pronoun and is in the present, too.
"""

from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

_DREAMS = frozenset({"dream", "nightmare", "daydream", "fantasy", "hallucination"})
_STORIES = frozenset(
    """
    film movie novel novella sitcom play drama comedy thriller satire story tale fable musical opera soap cartoon
    farce allegory episode trilogy saga sketch parody spoof miniseries adaptation sequel
    """.split()
)
_FIGURES = frozenset({"hero", "heroine", "antihero", "protagonist", "narrator", "villain", "character"})
_PRESENT = frozenset({"VBZ", "VBP"})


def told(doc: Doc) -> frozenset[int]:
    """The tokens that tell what was dreamt or made up."""
    found = set[int]()
    goes_on = False
    for sentence in doc.sents:
        frame = _frame(sentence)
        goes_on = frame is not None or (goes_on and _continues(sentence))
        if goes_on:
            real = {t.i for t in frame.subtree} if frame is not None else set[int]()
            found |= {t.i for t in sentence if t.i not in real}
    return frozenset(found)


def _frame(sentence: Span) -> Token | None:
    """The phrase that says of what a sentence tells: "in my dream", "in the film", the figure of a story."""
    for token in sentence:
        lemma = token.lemma_.lower()
        if lemma in _DREAMS and _opens(token, sentence):
            return token
        named = token.dep_ in ("compound", "nmod:desc") and token.head.pos_ != "PROPN"
        if lemma in _STORIES and not named and _opens(token, sentence) and _is_present(sentence.root):
            return token
        if lemma in _FIGURES and _of_story(token, sentence):
            return next(t for t in sentence if t.lemma_.lower() in _STORIES)
    return None


def _opens(noun: Token, sentence: Span) -> bool:
    """Whether the noun is in a phrase with "in" that stands before the verb of its sentence."""
    if noun.dep_ in ("compound", "nmod:desc"):
        noun = noun.head  # "in the drama Harbour"
    inside = any(c.dep_ == "case" and c.lower_ == "in" for c in noun.children)
    return inside and noun.dep_ in ("obl", "nmod", "dep") and noun.left_edge.i - sentence.start <= 1


def _of_story(figure: Token, sentence: Span) -> bool:
    """Whether somebody is the figure of a story that the same sentence speaks of: "her satire: its hero, Bunt, …"."""
    owned = any(c.dep_ in ("nmod:poss", "nmod") for c in figure.children)
    works = any(t.lemma_.lower() in _STORIES and t.i != figure.i for t in sentence)
    return owned and works and any(_is_present(t) for t in _clauses(figure))


def _clauses(token: Token) -> Iterator[Token]:
    yield from (t for t in token.ancestors if t.pos_ == "VERB" or any(c.dep_ == "cop" for c in t.children))


def _is_present(verb: Token) -> bool:
    auxiliaries = [c for c in verb.children if c.dep_ in ("aux", "aux:pass", "cop")]
    return all(t.tag_ in _PRESENT for t in auxiliaries) if auxiliaries else verb.tag_ in _PRESENT


def _continues(sentence: Span) -> bool:
    first = next((t for t in sentence if not t.is_punct and not t.is_space), None)
    quoted = any(t.text in ('"', "“", "”") for t in sentence)
    return first is not None and first.pos_ == "PRON" and _is_present(sentence.root) and not quoted
