"""An extraction in; one row per claim with all names spelled out, for tables and spreadsheets, out."""

from collections.abc import Iterator
from typing import NamedTuple

from kg.claims import EntityRef, Extraction, Quantity, Text, Time, Value


class FlatClaim(NamedTuple):
    """A claim as one row. ``start`` and ``end`` are the evidence's characters, the end exclusive."""

    document: str
    subject: str
    predicate: str
    object: str
    stance: str
    speaker: str | None
    time: str | None
    confidence: float
    start: int
    end: int


def flat(extraction: Extraction) -> Iterator[FlatClaim]:
    """The claims of a document in their order. A quantity is its number with ``≥``, ``≤`` or ``~`` and its unit."""
    names = {entity.id: entity.name for entity in extraction.entities}
    document = extraction.document.url or extraction.document.id
    for claim in extraction.claims:
        yield FlatClaim(
            document,
            names.get(claim.subject, claim.subject),
            claim.predicate,
            _spelled(claim.object, names),
            claim.stance,
            None if claim.speaker is None else names.get(claim.speaker, claim.speaker),
            claim.time,
            claim.confidence,
            claim.evidence.start,
            claim.evidence.end,
        )


def _spelled(value: Value, names: dict[str, str]) -> str:
    match value:
        case EntityRef(id=entity):
            return names.get(entity, entity)
        case Text(value=text) | Time(value=text):
            return text
        case Quantity() as quantity:
            return _quantity(quantity)


def _quantity(quantity: Quantity) -> str:
    low, high = (None if bound is None else f"{bound:.15g}" for bound in (quantity.low, quantity.high))
    if low is None or high is None:
        number = f"≥ {low}" if low is not None else f"≤ {high}" if high is not None else quantity.text
    else:
        number = low if low == high else f"{low} to {high}"
    return ("~ " if quantity.approximate else "") + number + (f" {quantity.unit}" if quantity.unit else "")
