"""KnowledgeNet in: passages with facts of fifteen relations; the same as facts in the predicates of the ontology out.

Mesquita et al. 2019 ("KnowledgeNet: A Benchmark Dataset for Knowledge Base Population"). Scored by text, not by link:
a thing is right if one of its mentions has its head word where a mention of the gold has. Facts that differ only in how
they mention the same thing are one (same text, or the same entity of Wikidata). A passage is judged on the relations
that its annotators looked for, no others.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from kg import ontology
from kg.bench.names import ENDS_THE_HEAD
from kg.bench.relations import Fact, Signs
from kg.bench.wikidata import KNOWLEDGENET, turned
from kg.claims import Claim, EntityRef, Extraction, Time
from kg.extraction.training.corpora import share


class Passage(msgspec.Struct, frozen=True):
    """One passage. ``relations`` are those that were looked for, ``facts`` those that are there."""

    id: str
    text: str
    relations: frozenset[str]
    facts: tuple[Fact, ...]


def passages(path: Path, fold: str, high: float = 1.0) -> list[Passage]:
    """The passages of a fold whose documents hash to below ``high``."""
    rows = defaultdict[tuple[str, str, str], list[dict[str, Any]]](list)
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["fold"] == fold and share(row["doc"]) < high:
            rows[row["doc"], row["passageStart"], row["passageText"]].append(row)
    return [_passage(f"{doc}/{start}", text, held) for (doc, start, text), held in rows.items()]


def _passage(name: str, text: str, rows: list[dict[str, Any]]) -> Passage:
    told = [row for row in rows if not row.get("noFact")]
    groups = defaultdict[tuple[str, ...], list[dict[str, Any]]](list)
    for row in told:
        groups[row["property"], *(row[f"{side}Uri"] or row[f"{side}Text"].casefold() for side in _SIDES)].append(row)
    return Passage(
        name,
        text,
        frozenset(row["property"] for row in rows),
        tuple(_fact(name, text, relation, held) for (relation, *_), held in groups.items()),
    )


_SIDES = ("subject", "object")


def _fact(name: str, text: str, relation: str, rows: list[dict[str, Any]]) -> Fact:
    signs = [
        frozenset(
            head_at(text, *(row[f"{side}{edge}"] - int(row["passageStart"]) for edge in ("Start", "End")))
            for row in rows
        )
        for side in _SIDES
    ]
    return Fact(name, signs[0], frozenset({relation}), signs[1])


def head_at(text: str, start: int, end: int) -> int:
    """Where the head word of a mention begins: its last word before the first comma, bracket or preposition."""
    head = start
    for word in re.finditer(r"[^\s,()]+|[,()]", text[start:end]):
        if word.start() and (word[0] in ",()" or word[0].lower() in ENDS_THE_HEAD):
            break
        head = start + word.start()
    return head


def found(passage: Passage, extraction: Extraction) -> Iterator[tuple[Fact, Claim]]:
    """The facts that an extraction asserts, of the relations that were looked for, each with its claim."""
    symmetric = ontology.default().symmetric
    heads = defaultdict[str, set[int]](set)
    for mention in extraction.mentions:
        heads[mention.entity].add(head_at(passage.text, mention.span.start, mention.span.end))
    for claim in extraction.claims:
        for backwards in (False, True):
            meant = frozenset(r for r in passage.relations if (backwards, True) == _states(r, claim.predicate))
            if meant and claim.stance == "asserted":
                ends = frozenset(heads[claim.subject]), _object(passage.text, claim, heads)
                one, other = reversed(ends) if backwards else ends
                yield Fact(passage.id, one, meant, other, claim.predicate in symmetric), claim


def _states(relation: str, predicate: str) -> tuple[bool, bool]:
    """Whether a relation runs the other way round, and whether the predicate states it."""
    backwards, predicates = turned(KNOWLEDGENET[relation])
    return backwards, predicate in predicates


def _object(text: str, claim: Claim, heads: dict[str, set[int]]) -> Signs:
    if isinstance(claim.object, EntityRef):
        return frozenset(heads[claim.object.id])
    words = claim.object.text if isinstance(claim.object, Time) else ""
    start = text.find(words, claim.evidence.start, claim.evidence.end) if words else -1
    return frozenset({head_at(text, start, start + len(words))} if start >= 0 else ())
