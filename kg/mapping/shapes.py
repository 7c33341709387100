"""An extraction in; what of it cannot become RDF out, each with the reason.

A document's other claims go in: what is found here is quarantined, kept as a note in the document's graph, and listed
by ``kg check``. The same conditions stand in ``ontologies/shapes.ttl`` for other SHACL engines.
"""

import math
import re
from collections.abc import Iterator

import msgspec

from kg.claims import Claim, Entity, EntityRef, Extraction, Quantity, Span, Text, Time
from kg.ontology import Ontology, default

_CLAIM_ID = re.compile(r"c[0-9]+")


class Violation(msgspec.Struct, frozen=True, order=True):
    """Something of one document that was left out. ``where`` is ``c7`` (the seventh claim), ``e3`` or ``m2``."""

    document: str
    where: str
    reason: str

    def __str__(self) -> str:
        return f"{self.where}: {self.reason}"


class Checked(msgspec.Struct, frozen=True):
    """The good part of an extraction, with the numbers that claims have in it (from 1), and what was left out."""

    entities: dict[str, Entity]
    mentions: dict[str, list[Span]]
    claims: list[tuple[int, Claim]]
    violations: list[Violation]


def check_shapes(extraction: Extraction, ontology: Ontology | None = None) -> list[Violation]:
    """What of ``extraction`` would be quarantined, in the order entities, mentions, claims. Empty: all of it maps."""
    return checked(extraction, ontology).violations


def checked(extraction: Extraction, ontology: Ontology | None = None) -> Checked:
    """Divide an extraction into what maps and what does not."""
    ontology = ontology or default()
    result = Checked({}, {}, [], [])
    _check_entities(extraction, ontology, result)
    _check_mentions(extraction, result)
    _check_claims(extraction, ontology, result)
    return result


def _check_entities(extraction: Extraction, ontology: Ontology, result: Checked) -> None:
    for entity in extraction.entities:
        reason = _entity_fault(entity, ontology, result.entities)
        if reason:
            result.violations.append(Violation(extraction.document.id, entity.id, reason))
        else:
            result.entities[entity.id] = entity


def _entity_fault(entity: Entity, ontology: Ontology, known: dict[str, Entity]) -> str | None:
    if entity.id in known:
        return "two entities have this id"
    if _CLAIM_ID.fullmatch(entity.id):
        return "ids of this form are kept for claims"
    if entity.kind not in ontology.kinds:
        return f"the ontology has no kind of entity called {entity.kind}"
    return None if entity.name.strip() else "an entity without a name"


def _check_mentions(extraction: Extraction, result: Checked) -> None:
    for number, mention in enumerate(extraction.mentions, 1):
        if mention.entity not in result.entities:
            reason: str | None = f"mentions {mention.entity}, which is not in the document"
        else:
            reason = _span_fault(mention.span, extraction.document.text)
        if reason:
            result.violations.append(Violation(extraction.document.id, f"m{number}", reason))
        else:
            result.mentions.setdefault(mention.entity, []).append(mention.span)


def _check_claims(extraction: Extraction, ontology: Ontology, result: Checked) -> None:
    for number, claim in enumerate(extraction.claims, 1):
        reason = next(_claim_faults(claim, extraction.document.text, ontology, result.entities), None)
        if reason:
            violation = Violation(extraction.document.id, f"c{number}", f"{claim.predicate}: {reason}")
            result.violations.append(violation)
        else:
            result.claims.append((number, claim))


def _claim_faults(claim: Claim, text: str, ontology: Ontology, entities: dict[str, Entity]) -> Iterator[str]:
    """Why a claim can't be mapped, the plainest reason first."""
    if fault := _span_fault(claim.evidence, text):
        yield fault
    if not 0 <= claim.confidence <= 1:
        yield f"the confidence {claim.confidence} is not between 0 and 1"
    yield from _reference_faults(claim, entities)
    yield from _value_faults(claim)
    if claim.predicate not in ontology.predicates:
        yield "the ontology has no such property"
    subject, value = entities[claim.subject].kind, object_kind(claim, entities)
    if not ontology.accepts(claim.predicate, subject, value):
        yield f"does not join {subject} and {value}"


def _span_fault(span: Span, text: str) -> str | None:
    if 0 <= span.start < span.end <= len(text):
        return None
    return f"the offsets {span.start} to {span.end} are not within the text"


def _reference_faults(claim: Claim, entities: dict[str, Entity]) -> Iterator[str]:
    named = [claim.subject, claim.speaker, claim.via]
    if isinstance(claim.object, EntityRef):
        named.append(claim.object.id)
        # Nothing is its own spouse, place, killer or part; a claim that says so was misread.
        if claim.object.id == claim.subject:
            yield "subject and object are the same"
    missing = [name for name in named if name is not None and name not in entities]
    if missing:
        yield f"speaks of {missing[0]}, which is not in the document"


def _value_faults(claim: Claim) -> Iterator[str]:
    value = claim.object
    if isinstance(value, Quantity):
        bounds = [bound for bound in (value.low, value.high) if bound is not None]
        if not bounds or not all(map(math.isfinite, bounds)):
            yield "a quantity without a bound"
        elif len(bounds) == 2 and bounds[0] > bounds[1]:
            yield f"the lower bound {bounds[0]} is above the upper {bounds[1]}"
    elif isinstance(value, Text | Time) and not value.value.strip():
        yield "an empty value"


def object_kind(claim: Claim, entities: dict[str, Entity]) -> str:
    """What ``Ontology.accepts`` is asked about: the kind of an entity, or the sort of a value."""
    match claim.object:
        case EntityRef(id=entity):
            return entities[entity].kind
        case Text():
            return "text"
        case Time():
            return "time"
        case Quantity():
            return "quantity"
