"""Re-DocRED in: documents with their clusters and relations; the same as facts in the predicates of the ontology out.

Tan et al. 2022 ("Revisiting DocRED"). Of the 500 documents, the 98 whose title hashes under 0.2 are the report
part; the rest may be trained on. Gold relations are read as the predicates that state them (:mod:`kg.bench.wikidata`),
the same statement once; a relation that the ontology has no predicate for can't be found, and counts as missed.
"""

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from kg import ontology
from kg.bench.names import normal
from kg.bench.relations import Fact, Signs, aligned
from kg.bench.wikidata import WIKIDATA, turned
from kg.claims import Claim, EntityRef, Extraction, Time
from kg.extraction.training.corpora import share

REPORT = 0.2
"""Share of the documents that is reported on; none of them is trained on."""


class Cluster(msgspec.Struct, frozen=True):
    """All mentions of one thing, without articles: as characters of the text (start, end) and as normalised names."""

    spans: Signs
    names: Signs


class Article(msgspec.Struct, frozen=True):
    """One document. ``relations`` are (cluster, Wikidata property, cluster)."""

    title: str
    text: str
    clusters: tuple[Cluster, ...]
    relations: tuple[tuple[int, str, int], ...]


def articles(path: Path, low: float = 0, high: float = REPORT) -> list[Article]:
    """The documents whose title hashes from ``low`` to below ``high``; unless told, those that are reported on."""
    raw = json.loads(path.read_text(encoding="utf-8"))
    return [_article(each) for each in raw if low <= share(each["title"]) < high]


def _article(raw: dict[str, Any]) -> Article:
    text, places = laid_out(raw["sents"])
    clusters = []
    for mentions in raw["vertexSet"]:
        ends = [(places[m["sent_id"]][m["pos"][0]][0], places[m["sent_id"]][m["pos"][1] - 1][1]) for m in mentions]
        spans = [(_after_article(text, start, end), end) for start, end in ends]
        clusters.append(Cluster(frozenset(spans), frozenset(normal(text[start:end]) for start, end in spans)))
    relations = tuple((each["h"], each["r"], each["t"]) for each in raw["labels"])
    return Article(raw["title"], text, tuple(clusters), relations)


def laid_out(sentences: Sequence[Sequence[str]]) -> tuple[str, list[list[tuple[int, int]]]]:
    """Tokens as running text, and where each begins and ends in it. Punctuation gets its usual spaces."""
    text, places, quoted = "", list[list[tuple[int, int]]](), False
    for words in sentences:
        row = list[tuple[int, int]]()
        for word in words:
            text += "" if _follows_closely(text, word, quoted) else " "
            quoted ^= word == '"'
            row.append((len(text), len(text) + len(word)))
            text += word
        places.append(row)
    return text, places


_CLOSING = re.compile(r"[.,;:!?%)\]]|'s|n't|'")


def _follows_closely(text: str, word: str, quoted: bool) -> bool:
    """Whether no space comes before a word. ``quoted`` tells whether a quotation is open."""
    if not text or _CLOSING.fullmatch(word) or text[-1] in "([":
        return True
    return quoted and (word == '"' or text.endswith('"'))


def _after_article(text: str, start: int, end: int) -> int:
    """Where a mention begins without its article: the set marks some with it, some without."""
    article = re.match(r"(?:the|an?)\s+(?=\S)", text[start:end], re.IGNORECASE)
    return start + article.end() if article else start


def gold(article: Article, *, strict: bool, mapped_only: bool = False) -> Iterator[Fact]:
    """The facts of a document. Strictly, a thing is its cluster; by text, it is all its names."""
    for head, relation, tail in article.relations:
        backwards, predicates = turned(WIKIDATA.get(relation, ()))
        one, other = (tail, head) if backwards else (head, tail)
        if predicates or not mapped_only:
            signs = [frozenset({n}) if strict else article.clusters[n].names for n in (one, other)]
            yield Fact(article.title, signs[0], predicates or frozenset({relation}), signs[1])


PREDICATES = frozenset().union(*(turned(predicates)[1] for predicates in WIKIDATA.values()))
"""What is judged at all: the set says nothing about other predicates."""


def found(article: Article, extraction: Extraction, *, strict: bool) -> Iterator[tuple[Fact, Claim]]:
    """The facts that an extraction asserts, in the same terms, each with the claim that states it."""
    symmetric = ontology.default().symmetric
    things = Things(extraction)
    for claim in extraction.claims:
        if claim.predicate in PREDICATES and claim.stance == "asserted":
            signs = [
                aligned(spans, [c.spans for c in article.clusters]) if strict else names
                for spans, names in (things.subject(claim), things.object(claim))
            ]
            # What is no cluster at all is told apart by its words, so that each wrong answer counts.
            head, tail = (s or frozenset({words}) for s, words in zip(signs, things.words(claim), strict=True))
            relation = frozenset({claim.predicate})
            yield Fact(article.title, head, relation, tail, claim.predicate in symmetric), claim


class Things:
    """The signs of what claims are about: characters of its mentions without articles, and normalised names."""

    def __init__(self, extraction: Extraction) -> None:
        self.text = extraction.document.text
        self.spans: dict[str, set[tuple[int, int]]] = {entity.id: set() for entity in extraction.entities}
        self.names = {e.id: {normal(name) for name in (e.name, *e.aliases)} for e in extraction.entities}
        for mention in extraction.mentions:
            start, end = mention.span.start, mention.span.end
            self.spans[mention.entity].add((_after_article(self.text, start, end), end))
            if mention.form == "name":
                self.names[mention.entity].add(normal(self.text[start:end]))

    def subject(self, claim: Claim) -> tuple[Signs, Signs]:
        """Characters and names of the subject."""
        return frozenset(self.spans[claim.subject]), frozenset(self.names[claim.subject])

    def object(self, claim: Claim) -> tuple[Signs, Signs]:
        """Characters and names of the object: of a time, the words that gave it, in the sentence that states it."""
        if isinstance(claim.object, EntityRef):
            return frozenset(self.spans[claim.object.id]), frozenset(self.names[claim.object.id])
        words = claim.object.text if isinstance(claim.object, Time) else ""
        start = self.text.find(words, claim.evidence.start, claim.evidence.end) if words else -1
        return frozenset({(start, start + len(words))} if start >= 0 else ()), frozenset({normal(words)})

    def words(self, claim: Claim) -> tuple[str, str]:
        """What stands for subject and object if they match nothing."""
        other = claim.object.id if isinstance(claim.object, EntityRef) else str(claim.object)
        return f"thing {claim.subject}", f"thing {other}"
