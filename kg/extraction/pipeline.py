"""The spaCy ``Language`` that reads news: our tokenizer rules, the encoder and the layers above it, as components."""

# ruff: noqa: ARG001 - spaCy calls every factory with (nlp, name)

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

import spacy
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc

from kg import ontology
from kg.extraction import events, inflections, layers, lexicon, recasing, reporting, unnamed
from kg.extraction.amounts import find_amounts
from kg.extraction.coreference import resolve
from kg.extraction.entities import tidy
from kg.extraction.model.reader import Graph, Heads, Reader
from kg.extraction.repairs import mend
from kg.extraction.times import find_times

TITLES = [
    "Gen.",
    "Lt.",
    "Col.",
    "Maj.",
    "Sgt.",
    "Capt.",
    "Cmdr.",
    "Adm.",
    "Brig.",
    "Gov.",
    "Sen.",
    "Rep.",
    "Rev.",
    "Hon.",
    "Pres.",
    "Supt.",
    "Insp.",
    "Det.",
    "Cpl.",
    "Pvt.",
    "Prof.",
    "St.",
]
"""Abbreviated titles whose full stop ends no sentence."""


@dataclass(frozen=True, slots=True)
class Layer:
    """A component that writes one layer and is a plain function of the Doc."""

    write: Callable[[Doc], None]

    def __call__(self, doc: Doc) -> Doc:
        """Writes the layer and gives the same Doc back."""
        self.write(doc)
        return doc


@Language.factory("kg_reader")
def _reader(nlp: Language, name: str) -> Reader:
    return Reader(Graph())


@Language.factory("kg_repairs")
def _repairs(nlp: Language, name: str) -> Layer:
    saying = {verb for verb, content in reporting.THAT.items() if content.speaks}
    is_a = ontology.default().is_a
    described = {n for n, kind in lexicon.default().kinds.items() if is_a(kind, "Place") or is_a(kind, "Person")}
    titles = {
        word
        for word, entries in lexicon.default().nouns.items()
        if any(e.office and e.words == (word,) for e in entries)
    }
    return Layer(partial(mend, saying=saying, described=described, titles=titles))


@Language.factory("kg_entities")
def _entities(nlp: Language, name: str) -> Layer:
    return Layer(partial(tidy, nouns=lexicon.default().kinds, is_a=ontology.default().is_a))


@Language.factory("kg_lemmas")
def _lemmas(nlp: Language, name: str) -> Layer:
    words = lexicon.default()
    forms = inflections.table([*words.verbs, *events.TRANSITIVE, *events.INTRANSITIVE], list(words.nouns))
    return Layer(partial(_mend_lemmas, forms=forms))


def _mend_lemmas(doc: Doc, forms: dict[tuple[str, str], str]) -> None:
    """The lexicon knows its words better than the model, which guesses the lemma of a word it never met."""
    for token in doc:
        known = forms.get((token.lower_, token.pos_))
        if known is not None and token.lemma_ != known:
            token.lemma_ = known


@Language.factory("kg_times")
def _times(nlp: Language, name: str) -> Layer:
    return Layer(_write_times)


@Language.factory("kg_amounts")
def _amounts(nlp: Language, name: str) -> Layer:
    return Layer(_write_amounts)


@Language.factory("kg_things")
def _things(nlp: Language, name: str) -> Layer:
    heads, is_a = Heads.packaged(), ontology.default().is_a
    scorer = heads.antecedents if heads is not None else None

    def write(doc: Doc) -> None:
        resolve(doc, lexicon.default().kinds, is_a, scorer)
        unnamed.people(doc, is_a)

    return Layer(write)


def _write_times(doc: Doc) -> None:
    doc._.times = find_times(doc)


def _write_amounts(doc: Doc) -> None:
    doc._.amounts = find_amounts(doc)


COMPONENTS = ("kg_reader", "kg_lemmas", "kg_repairs", "kg_entities", "kg_times", "kg_amounts", "kg_things")


def language() -> Language:
    """A fresh pipeline. ``nlp(text)`` works as with any other; set ``doc._.published`` first to anchor dates."""
    layers.register()
    nlp = spacy.blank("en")
    assert isinstance(nlp.tokenizer, Tokenizer)
    for title in TITLES:
        nlp.tokenizer.add_special_case(title, [{"ORTH": title}])
    for component in COMPONENTS:
        nlp.add_pipe(component)
    return nlp


def docs(nlp: Language, texts: Iterable[tuple[str, str | None, tuple[object, ...]]]) -> Iterator[Doc]:
    """Runs the pipeline over (text, published, furniture); memory of the vocabulary does not grow with the texts."""
    yield from nlp.pipe(_make(nlp, texts))


def _make(nlp: Language, texts: Iterable[tuple[str, str | None, tuple[object, ...]]]) -> Iterator[Doc]:
    for text, published, furniture in texts:
        doc = _plain(nlp, nlp.make_doc(text))
        doc._.published = published
        doc._.furniture = furniture
        yield doc


def _plain(nlp: Language, doc: Doc) -> Doc:
    """The Doc, or one of the same length in the usual case if its text is all in capitals."""
    reader = nlp.get_pipe("kg_reader")
    assert isinstance(reader, Reader)
    return nlp.make_doc(recasing.recased(doc, reader.graph)) if recasing.is_shouted(doc.text) else doc
