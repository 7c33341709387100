"""An extraction in; what of it is kept out of the graph, each with the reason, out.

A document's other claims go in: what is found here is quarantined, kept in the document's graph, and listed by ``kg
check``. A claim that is whole, but joins kinds that the ontology does not join so, is kept whole: a person can release
it (``kg release``). Of all else a note is kept. The same conditions stand in ``ontologies/shapes.ttl`` for other SHACL
engines.
"""

import math
import re
from collections.abc import Iterator, Mapping
from hashlib import sha256

import msgspec

from kg.claims import Claim, Entity, EntityRef, Extraction, Quantity, Span, Text, Time
from kg.ontology import Ontology, default

_CLAIM_ID = re.compile(r"c[0-9]+|r[0-9a-f]{10}")


class Violation(msgspec.Struct, frozen=True, order=True):
    """Something of one document that was left out. ``where`` is ``c7`` (the seventh claim), ``e3`` or ``m2``, or the id
    of a :class:`Refused` claim."""

    document: str
    where: str
    reason: str

    def __str__(self) -> str:
        return f"{self.where}: {self.reason}"


class Refused(msgspec.Struct, frozen=True):
    """A claim that is whole and was left out all the same, as the ontology joins no such kinds by its property.

    ``id`` is ``r`` and ten hexadecimal digits: a hash of what the claim says and where, and not of its number, which
    another version of the reader would give to another claim.
    """

    id: str
    claim: Claim
    reason: str


class Checked(msgspec.Struct, frozen=True):
    """The good part of an extraction, with the numbers that claims have in it (from 1), and what was left out."""

    entities: dict[str, Entity]
    mentions: dict[str, list[Span]]
    claims: list[tuple[int, Claim]]
    refused: dict[str, Refused]
    violations: list[Violation]


def check_shapes(extraction: Extraction, ontology: Ontology | None = None) -> list[Violation]:
    """What of ``extraction`` would be quarantined, in the order entities, mentions, claims. Empty: all of it maps."""
    return checked(extraction, ontology).violations


def checked(extraction: Extraction, ontology: Ontology | None = None) -> Checked:
    """Divide an extraction into what maps and what does not."""
    ontology = ontology or default()
    result = Checked({}, {}, [], {}, [])
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
        fault = next(_claim_faults(claim, extraction.document.text, ontology, result.entities), None)
        misfit = None if fault else _misfit(claim, ontology, result.entities)
        if fault:
            violation = Violation(extraction.document.id, f"c{number}", f"{claim.predicate}: {fault}")
            result.violations.append(violation)
        elif misfit:
            _refuse(claim, f"{claim.predicate}: {misfit}", extraction.document.id, result)
        else:
            result.claims.append((number, claim))


def _claim_faults(claim: Claim, text: str, ontology: Ontology, entities: Mapping[str, Entity]) -> Iterator[str]:
    """Why a claim can't be mapped, the plainest reason first."""
    if fault := _span_fault(claim.evidence, text):
        yield fault
    if not 0 <= claim.confidence <= 1:
        yield f"the confidence {claim.confidence} is not between 0 and 1"
    yield from _reference_faults(claim, entities)
    yield from _value_faults(claim)
    if claim.predicate not in ontology.predicates:
        yield "the ontology has no such property"


def _misfit(claim: Claim, ontology: Ontology, entities: Mapping[str, Entity]) -> str | None:
    subject, value = entities[claim.subject].kind, object_kind(claim, entities)
    return None if ontology.accepts(claim.predicate, subject, value) else f"does not join {subject} and {value}"


def _refuse(claim: Claim, reason: str, document: str, result: Checked) -> None:
    """Keep a claim that can be released. Of two that say the same in one place the first is kept."""
    refused = Refused(_release_id(claim, document, result), claim, reason)
    if refused.id not in result.refused:
        result.refused[refused.id] = refused
        result.violations.append(Violation(document, refused.id, reason))


def _release_id(claim: Claim, document: str, result: Checked) -> str:
    def described(entity: str | None) -> object:
        if entity is None:
            return None
        known, mentions = result.entities[entity], result.mentions.get(entity)
        return known.kind, known.name, min(mentions) if mentions else None

    value = described(claim.object.id) if isinstance(claim.object, EntityRef) else claim.object
    said = (document, described(claim.subject), claim.predicate, value, claim.evidence, claim.stance)
    return "r" + sha256(msgspec.json.encode((said, described(claim.speaker)))).hexdigest()[:10]


def _span_fault(span: Span, text: str) -> str | None:
    if 0 <= span.start < span.end <= len(text):
        return None
    return f"the offsets {span.start} to {span.end} are not within the text"


def _reference_faults(claim: Claim, entities: Mapping[str, Entity]) -> Iterator[str]:
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


def object_kind(claim: Claim, entities: Mapping[str, Entity]) -> str:
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
