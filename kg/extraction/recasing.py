"""A text all in capitals in, the same text as news is written now out: old wires can be read, offsets stay.

Which words are names, and so begin with a capital, the encoder's ``case`` head tells (truecasing: Lita et al. 2003).
"""

import re
from collections.abc import Iterator

from spacy.tokens import Doc

from kg.extraction.model.pieces import CASES
from kg.extraction.model.reader import Graph
from kg.extraction.model.windows import windows
from kg.extraction.names import shortens

SHOUTED = 0.85
"""Share of capitals among the letters from which on a text counts as all in capitals: abbreviations are not enough."""
FEWEST = 60
"""Letters that a text must have to be judged."""
BATCH = 8


def is_shouted(text: str) -> bool:
    """Whether a text is written in capitals throughout."""
    letters = sum(map(str.isalpha, text))
    return letters >= FEWEST and sum(map(str.isupper, text)) >= SHOUTED * letters


def recased(doc: Doc, graph: Graph) -> str:
    """The text of a Doc with the case that its words most likely have; of the same length."""
    parts, short = list(doc.text), acronyms(doc.text)
    for i, case in _cases(doc, graph):
        token = doc[i]
        if token.text not in short:
            parts[token.idx : token.idx + len(token)] = _written(token.text, CASES[case])
    return "".join(parts)


_INSIDE = re.compile(r"[\[(]([A-Z]{2,7})[\])]")
_BEFORE = re.compile(r"\b([A-Z]{2,7}) [\[(]([A-Z' .-]+)[\])]")


def acronyms(text: str) -> frozenset[str]:
    """Words of a text in capitals that stand in brackets behind what they shorten, or before it in brackets."""
    pairs = [*_BEFORE.findall(text), *((found[1], _before(text, found)) for found in _INSIDE.finditer(text))]
    return frozenset(short for short, words in pairs if len(words.split()) > 1 and shortens(short, words.split()))


def _before(text: str, found: re.Match[str]) -> str:
    """The last words before a bracket and behind any other, two more at most than the acronym in it has letters."""
    words = re.split(r"[\[\]()]", text[: found.start()])[-1].split()
    return " ".join(words[-len(found[1]) - 2 :])


def _cases(doc: Doc, graph: Graph) -> Iterator[tuple[int, int]]:
    """Every word with the case that the graph gives it."""
    found = list(windows(doc, graph.pieces))
    for start in range(0, len(found), BATCH):
        batch = found[start : start + BATCH]
        outputs = graph.run([[doc[i].text for i in w.words] for w in batch], [w.forced for w in batch])
        for window, output in zip(batch, outputs, strict=True):
            own = slice(window.context, None)
            yield from zip(window.words[own], output["case"][own].tolist(), strict=True)


def _written(word: str, case: str) -> str:
    """A word in the case; parts between hyphens and after an apostrophe each by themselves."""
    if case not in ("lower", "title"):
        return word
    lower = word.lower()
    made = lower if case == "lower" else "".join(c.upper() if _begins(lower, i) else c for i, c in enumerate(lower))
    return made if len(made) == len(word) else word


def _begins(word: str, i: int) -> bool:
    """Whether a letter begins the word or a part of it: ``O'Brien``, ``Jean-Luc``; not the s of ``Peru's``."""
    before = word[i - 1] if i else ""
    return i == 0 or before == "-" or (before in "'’" and i == 2 and len(word) > 4)
