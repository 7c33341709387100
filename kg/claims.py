"""The nouns of the project: what is read, what is found in it, and what is decided about it.

Everything that passes between the rooms of the house is one of these. They are immutable, know no library but msgspec,
and travel as JSON (``msgspec.json.encode`` and ``msgspec.json.decode(..., type=Extraction)``).

Times are ISO 8601 prefixes whose length is their precision (``2020``, ``2020-01``, ``2020-01-03``), or intervals of
them with ``/`` where a side may be open (``2011/``, ``/2020-01``, ``2019/2020``). Offsets are characters, the end
exclusive.
"""

from typing import Literal as OneOf

import msgspec

Stance = OneOf["asserted", "alleged", "possible", "denied", "planned"]
Form = OneOf["name", "nominal", "pronoun"]
Verdict = OneOf["same", "different", "unsure", "withdrawn"]
FurnitureKind = OneOf["title", "date", "dateline", "byline", "caption", "credit", "update", "navigation"]


class Span(msgspec.Struct, frozen=True, order=True):
    """A stretch of one document's text: ``text[start:end]``."""

    start: int
    end: int


class Furniture(msgspec.Struct, frozen=True):
    """A stretch of text that is not the report itself (a caption, a credit, a byline …). It yields no claims.

    A ``title`` is read like any sentence for who and what it names, but states nothing by itself.
    """

    span: Span
    kind: FurnitureKind


class Source(msgspec.Struct, frozen=True):
    """Who published a document. ``kind`` is free text such as ``agency`` or ``broadcaster``."""

    id: str
    name: str
    kind: str | None = None
    homepage: str | None = None


class Document(msgspec.Struct, frozen=True):
    """One version of one article. ``text`` is never changed: every offset points into it.

    ``id`` is a hash of url and text (see :func:`kg.documents.document_id`). ``published`` and ``retrieved`` are ISO
    8601, as precise as the input gave them. ``language`` is an ISO 639-1 code.
    """

    id: str
    text: str
    url: str | None = None
    source: Source | None = None
    title: str | None = None
    published: str | None = None
    retrieved: str | None = None
    language: str = "en"
    furniture: tuple[Furniture, ...] = ()


class Mention(msgspec.Struct, frozen=True):
    """One place in the text that refers to an entity: by name, by description (nominal) or by pronoun."""

    span: Span
    entity: str
    form: Form


class Entity(msgspec.Struct, frozen=True):
    """Somebody or something that a document speaks of. ``id`` (``e1``, ``e2`` …) is valid within its document only.

    ``kind`` is the local name of a class of the ontology (``Person``, ``City``, ``Bombing``). ``named`` is false for
    what has a description only ("two gunmen", "the blast"): such an entity is never the same as one of another document
    by its name alone.
    """

    id: str
    kind: str
    name: str
    aliases: tuple[str, ...] = ()
    named: bool = True


class EntityRef(msgspec.Struct, frozen=True, tag="entity"):
    """The object of a claim, when it is an entity of the same document."""

    id: str


class Text(msgspec.Struct, frozen=True, tag="text"):
    """The object of a claim, when it is plain words (a charge, an official status)."""

    value: str


class Time(msgspec.Struct, frozen=True, tag="time"):
    """The object of a claim, when it is a time: an ISO 8601 prefix or interval, and the words that gave it."""

    value: str
    text: str


class Quantity(msgspec.Struct, frozen=True, tag="quantity"):
    """The object of a claim, when it is a number with its bounds; ``None`` is an open bound.

    ``more than 100`` is (101, None), ``at least 140`` (140, None), ``140`` (140, 140), ``dozens`` (24, None) with
    ``approximate`` set. ``unit`` is None for a count of people or things, else its usual sign (``ft``, ``km``,
    ``USD``).
    """

    low: float | None
    high: float | None
    text: str
    approximate: bool = False
    unit: str | None = None


Value = EntityRef | Text | Time | Quantity


class Claim(msgspec.Struct, frozen=True):
    """One statement of a document: subject, predicate and object, the words that state it, and how it is said.

    ``subject``, ``speaker`` and ``via`` are ids of entities of the same document. ``predicate`` is the local name of a
    property of the ontology (``killedBy``). ``evidence`` is the sentence (or clause) that states it. ``time`` says when
    it holds or held, not when it was said. ``speaker`` says it, unless the article itself does; ``via`` is to whom or
    through whom it was said. ``confidence`` is a probability, two decimals.
    """

    subject: str
    predicate: str
    object: Value
    evidence: Span
    time: str | None = None
    speaker: str | None = None
    via: str | None = None
    stance: Stance = "asserted"
    confidence: float = 1.0
    extractor: str = ""


class Extraction(msgspec.Struct, frozen=True):
    """All that was read out of one document: the unit that is cached, sharded, mapped, stored and scored."""

    document: Document
    entities: tuple[Entity, ...] = ()
    mentions: tuple[Mention, ...] = ()
    claims: tuple[Claim, ...] = ()


class Judgement(msgspec.Struct, frozen=True):
    """A decision on whether two records are the same thing. ``judge`` is a machine with its version, or a person.

    ``withdrawn`` takes back what the same person last said of the two: what counted before counts again.

    ``left`` and ``right`` are IRIs. ``at`` is None for a machine: what it decides depends on the records alone.
    """

    left: str
    right: str
    verdict: Verdict
    score: float
    reasons: tuple[str, ...]
    judge: str
    at: str | None = None
