"""What the heads that read relations and incidents learn from: documents with things, their mentions, and facts.

Every set of relations is read as these records (:mod:`.relations`, :mod:`.incidents`); batches are made of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.extraction.model.relations import SYMMETRIC
from kg.extraction.training.corpora import Sentence

Span = tuple[int, int]
"""First word and the word after the last, in the document."""

Fact = tuple[int, str, int]
"""Thing, label, thing, the things by their numbers in the document."""


def both_ways(facts: Iterable[Fact]) -> frozenset[Fact]:
    """The facts, with those of labels that hold both ways turned round as well."""
    held = frozenset(facts)
    return held | {(b, label, a) for a, label, b in held if label in SYMMETRIC}


@dataclass(slots=True)
class Thing:
    """What some words of a document refer to. ``sort`` is one of :data:`kg.extraction.model.relations.SORTS`.

    A mention is the words of a name without article and title, of a date or number, a pronoun, or the head noun of a
    description.
    """

    mentions: list[Span]
    sort: str


@dataclass(slots=True)
class Related:
    """A document with what holds between its things.

    ``facts`` are (thing, label, thing), labels as in :data:`kg.extraction.model.relations.LABELS`. Of the labels
    ``judged``, what is not among the facts does not hold; nor does what is ``denied``; of others nothing is known.
    ``pairs``, if not None, are the only ordered pairs of things of which anything is known. ``parts`` holds the part
    that words play in an incident (:data:`kg.extraction.model.incidents.PARTS`) by the place of the word, any other
    word plays none, and ``incidents`` the types of the incidents told; both are None where that is not annotated.
    """

    sentences: list[Sentence]
    things: list[Thing]
    facts: frozenset[Fact]
    judged: frozenset[str]
    pairs: frozenset[tuple[int, int]] | None = None
    parts: dict[int, str] | None = None
    incidents: frozenset[str] | None = None
    weight: float = field(default=1.0)
    denied: frozenset[Fact] = frozenset()
