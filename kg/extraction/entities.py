"""A Doc with raw named entities in, the same with tidy ones out: names without titles, kinds as their own words tell.

The encoder marks names token by token; what it can't know is done here by general rules. A name carries no title
("Gen.", "President") and no preposition at its edge; "… Cemetery" is a cemetery and "… Province" a region, whatever the
context looked like; the countries of the world are countries.
"""

from collections.abc import Callable, Mapping

from spacy.tokens import Doc, Span, Token

from kg.extraction import demonyms

IsA = Callable[[str, str], bool]

_EDGES = frozenset({"ADP", "DET", "CCONJ", "SCONJ", "PUNCT", "AUX", "VERB", "PART", "PRON"})
_CLOSING = frozenset({"'s", "’s", "'", "’"})
_TITLES = frozenset(
    "mr mrs ms miss dr prof sir lord lady dame gen lt col maj sgt capt cmdr adm brig gov sen rep rev hon pres st supt insp det cpl"
    " pvt president general colonel minister senator governor king queen prince princess pope captain major admiral judge justice"
    " professor sheikh secretary ambassador chancellor premier commander lieutenant sergeant representative congressman"
    " congresswoman mayor chairman director spokesman spokeswoman".split()
)
_REFINED = ("Organization", "Place", "Event", "Other", "Product", "Work")
"""Kinds whose names may tell a finer one by their last word."""


def tidy(doc: Doc, nouns: Mapping[str, str], is_a: IsA) -> None:
    """Sets ``doc.ents`` again, trimmed and with finer kinds; what is nothing but a title is dropped."""
    ents = [t for span in doc.ents if (t := _trimmed(span)) is not None]
    doc.ents = [Span(doc, s.start, s.end, label=_kind(s, nouns, is_a)) for s in ents]


def _trimmed(span: Span) -> Span | None:
    start, end = span.start, span.end
    doc = span.doc
    while start < end and _is_edge(doc[start]):
        start += 1
    while end > start and (_is_edge(doc[end - 1]) or doc[end - 1].text in _CLOSING):
        end -= 1
    if span.label_ == "Person":
        while start < end - 1 and _is_title(doc[start]):
            start += 1
        if end - start == 1 and doc[start].lower_.strip(".") in _TITLES and doc[start].dep_ != "flat":
            return None
    return Span(doc, start, end, label=span.label_) if start < end else None


def _is_edge(token: Token) -> bool:
    if token.is_space:
        return True
    return token.pos_ in _EDGES and not token.tag_.startswith("NNP") and not (token.text[0].isupper() and token.pos_ == "VERB")


def _is_title(token: Token) -> bool:
    """A title, or what stands before one ("Iranian Gen.")."""
    if token.lower_.strip(".") in _TITLES:
        return True
    before_title = token.i + 1 < len(token.doc) and token.nbor().lower_.strip(".") in _TITLES
    return before_title and (token.pos_ == "ADJ" or demonyms.country(token.text) is not None)


def _kind(span: Span, nouns: Mapping[str, str], is_a: IsA) -> str:
    label = span.label_
    if label in ("Country", "Nationality", "Place", "Region", "City", "Organization") and demonyms.country(span.text) is not None:
        return "Nationality" if label == "Nationality" or span[-1].pos_ == "ADJ" else "Country"
    if label == "Country" and demonyms.country_of(span.text) is None:
        return "Place"
    if len(span) < 2 or label == "Person":
        return label
    named = nouns.get(" ".join(t.lower_ for t in span[-2:])) or nouns.get(span[-1].lower_)
    if named is None or not any(is_a(label, k) or label == k for k in _REFINED):
        return label
    if is_a(label, "Place") and is_a(named, "Organization"):
        return label
    return named if any(is_a(named, k) for k in ("Organization", "Place", "Event")) else label
