"""What was read out of a passage and what its gold says in; right, wrong and missed claims out.

A claim is right if its predicate, stance, subject and object are those of a gold claim. The predicate may also be the
inverse, or a symmetric one the other way round. A thing is the gold's if its name, an alias, or the words of one of its
mentions (pronouns aside) is one of the gold's alternatives by :func:`kg.bench.names.same`; a time if its ISO value is,
a quantity if both bounds and the unit are equal. Fully right it is if time and speaker are the gold's as well.

One statement made in several sentences is one answer, fully right if it is so in any of them. Gold claims marked
optional may be stated or not: neither counts.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

import msgspec

from kg import ontology
from kg.bench.calibration import Judged
from kg.bench.names import normal, same
from kg.bench.scores import Score
from kg.claims import Claim, EntityRef, Extraction, Quantity, Stance, Text, Time


class GoldClaim(Protocol):
    """A claim that a passage makes. ``subject``, ``object`` and ``speaker`` list ways to name them that are as good."""

    @property
    def subject(self) -> tuple[str, ...]: ...
    @property
    def predicate(self) -> str: ...
    @property
    def object(self) -> tuple[str, ...] | None: ...
    @property
    def low(self) -> float | None: ...
    @property
    def high(self) -> float | None: ...
    @property
    def unit(self) -> str | None: ...
    @property
    def time(self) -> str | None: ...
    @property
    def speaker(self) -> tuple[str, ...] | str | None: ...
    @property
    def stance(self) -> Stance: ...
    @property
    def optional(self) -> bool: ...


class Passage(Protocol):
    """A short text with all its claims. In a ``trap`` (told in words) something that is not there invites a claim."""

    @property
    def id(self) -> str: ...
    @property
    def trap(self) -> str | None: ...
    @property
    def claims(self) -> Sequence[GoldClaim]: ...


class Verdict(msgspec.Struct, frozen=True):
    """How the claims of one passage were judged, or of several.

    ``wrong`` and ``missed`` are claims in words; ``traps`` those of ``wrong`` that a trap led to. ``confidences`` are
    those of all answers that count.
    """

    core: Score = Score()
    full: Score = Score()
    wrong: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()
    traps: tuple[str, ...] = ()
    confidences: tuple[Judged, ...] = ()

    def __add__(self, other: "Verdict") -> "Verdict":
        return Verdict(
            self.core + other.core,
            self.full + other.full,
            self.wrong + other.wrong,
            self.missed + other.missed,
            self.traps + other.traps,
            self.confidences + other.confidences,
        )


def score(extraction: Extraction, passage: Passage) -> Verdict:
    """The verdict on all claims of a passage."""
    names = _names(extraction)
    matches = [_Match(answer, names, passage.claims) for answer in _answers(extraction.claims)]
    counted = [match for match in matches if not match.optional]
    needed = [gold for gold in passage.claims if not gold.optional]
    wrong = tuple(f"{passage.id}: {_spelled(match.claim, names)}" for match in counted if not match.core)
    return Verdict(
        core=_score([match.core for match in counted], needed),
        full=_score([match.full for match in counted], needed),
        wrong=wrong,
        missed=tuple(f"{passage.id}: {_told(g)}" for g in needed if not any(_has(m.core, g) for m in counted)),
        traps=wrong if passage.trap else (),
        confidences=tuple((match.claim.confidence, bool(match.core)) for match in counted),
    )


def _score(answers: Sequence[Sequence[GoldClaim]], needed: Sequence[GoldClaim]) -> Score:
    found = sum(any(_has(golds, gold) for golds in answers) for gold in needed)
    return Score(sum(map(bool, answers)), len(answers), found, len(needed))


def _has(golds: Sequence[GoldClaim], gold: GoldClaim) -> bool:
    return any(each is gold for each in golds)


def _answers(claims: Iterable[Claim]) -> list[list[Claim]]:
    """Claims that state the same, together, the surest first."""
    groups: dict[tuple[object, ...], list[Claim]] = {}
    for claim in sorted(claims, key=lambda each: -each.confidence):
        groups.setdefault((claim.subject, claim.predicate, claim.stance, _value(claim)), []).append(claim)
    return list(groups.values())


def _value(claim: Claim) -> tuple[object, ...]:
    match claim.object:
        case EntityRef(id=entity):
            return ("entity", entity)
        case Quantity() as number:
            return ("quantity", number.low, number.high, number.unit)
        case Text(value=value) | Time(value=value):
            return ("words", value)


class _Match:
    """One answer and the gold claims that it tells: by core, and in full."""

    def __init__(self, variants: list[Claim], names: Mapping[str, tuple[str, ...]], golds: Sequence[GoldClaim]) -> None:
        self.claim = variants[0]
        told = [gold for gold in golds if _tells(self.claim, gold, names)]
        self.core = [gold for gold in told if not gold.optional]
        self.full = [gold for gold in self.core if any(_in_full(each, gold, names) for each in variants)]
        self.optional = bool(told) and not self.core


def _tells(claim: Claim, gold: GoldClaim, names: Mapping[str, tuple[str, ...]]) -> bool:
    if claim.stance != gold.stance:
        return False
    known = ontology.default()
    straight = claim.predicate == gold.predicate
    if straight and _is_one(names[claim.subject], gold.subject) and _is_object(claim, gold, names):
        return True
    turned = known.inverses.get(gold.predicate)
    mirrored = claim.predicate == turned or (straight and gold.predicate in known.symmetric)
    if not mirrored or not isinstance(claim.object, EntityRef) or gold.object is None:
        return False
    return _is_one(names[claim.subject], gold.object) and _is_one(names[claim.object.id], gold.subject)


def _is_object(claim: Claim, gold: GoldClaim, names: Mapping[str, tuple[str, ...]]) -> bool:
    match claim.object:
        case Quantity(low=low, high=high, unit=unit):
            return gold.object is None and (low, high, unit) == (gold.low, gold.high, gold.unit)
        case EntityRef(id=entity):
            return _is_one(names[entity], gold.object or ())
        case Time(value=value, text=text):
            return value in (gold.object or ()) or normal(text) in map(normal, gold.object or ())
        case Text(value=value):
            return _is_one((value,), gold.object or ())


def _in_full(claim: Claim, gold: GoldClaim, names: Mapping[str, tuple[str, ...]]) -> bool:
    speakers = (gold.speaker,) if isinstance(gold.speaker, str) else gold.speaker or ()
    if claim.speaker is None or not speakers:
        return claim.time == gold.time and claim.speaker is None and not speakers
    return claim.time == gold.time and _is_one(names[claim.speaker], speakers)


def _is_one(names: Iterable[str], alternatives: Sequence[str]) -> bool:
    return any(same(name, wanted) for name in names for wanted in alternatives)


def _names(extraction: Extraction) -> dict[str, tuple[str, ...]]:
    """All that each entity is called in the document."""
    called = {entity.id: [entity.name, *entity.aliases] for entity in extraction.entities}
    for mention in extraction.mentions:
        if mention.form != "pronoun":
            called[mention.entity].append(extraction.document.text[mention.span.start : mention.span.end])
    return {entity: tuple(dict.fromkeys(names)) for entity, names in called.items()}


def _spelled(claim: Claim, names: Mapping[str, tuple[str, ...]]) -> str:
    match claim.object:
        case EntityRef(id=entity):
            other = names[entity][0]
        case Quantity(text=text):
            other = text
        case Text(value=value) | Time(value=value):
            other = value
    return _line(names[claim.subject][0], claim.predicate, other, claim.stance)


def _told(gold: GoldClaim) -> str:
    other = gold.object[0] if gold.object else f"{gold.low} to {gold.high}"
    return _line(gold.subject[0], gold.predicate, other, gold.stance)


def _line(subject: str, predicate: str, other: str, stance: Stance) -> str:
    return f"{subject} | {predicate} | {other}" + ("" if stance == "asserted" else f" | {stance}")
