"""What was read out of a passage and what its gold says in; right, wrong and missed claims out.

The rules are those of the gold passages' README ("Matching"). A claim is right if its predicate, stance, subject and
object are those of a gold claim; the predicate may also be the inverse, or a symmetric one the other way round. A thing
is the gold's if its name, an alias, or the words of one of its mentions (pronouns aside) is one of the gold's names by
:func:`kg.bench.names.same`; a time if its ISO value is; a number if both bounds, the unit and "about" are equal.

One statement made in several sentences is one answer, and answers that tell the same gold claim count once. Optional
gold claims may be told or not: neither counts. Time, speaker and "via" are judged where the gold has them.
"""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from kg import ontology
from kg.bench.calibration import Answer
from kg.bench.gold import Amount, GoldClaim, Passage
from kg.bench.names import same
from kg.bench.scores import Score
from kg.claims import Claim, EntityRef, Extraction, Quantity, Text, Time

Names = Mapping[str, tuple[str, ...]]
"""All that each entity is called."""


class Verdict(msgspec.Struct, frozen=True):
    """How the claims of one passage were judged, or of several.

    ``core`` asks for subject, predicate, object and stance, ``full`` for time and speaker as well. ``time``,
    ``speaker`` and ``via`` tell how often those are right in claims that are otherwise right. ``wrong`` and ``missed``
    are claims in words; ``traps`` those of ``wrong`` that are asserted in a trap. ``answers`` are all that count.
    """

    core: Score = Score()
    full: Score = Score()
    time: Score = Score()
    speaker: Score = Score()
    via: Score = Score()
    wrong: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()
    traps: tuple[str, ...] = ()
    answers: tuple[Answer, ...] = ()

    def __add__(self, other: "Verdict") -> "Verdict":
        return Verdict(*(getattr(self, name) + getattr(other, name) for name in self.__struct_fields__))


def score(extraction: Extraction, passage: Passage) -> Verdict:
    """The verdict on all claims of a passage."""
    names = _names(extraction)
    demanded = [gold for gold in passage.claims if not gold.optional]
    allowed = [gold for gold in passage.claims if gold.optional]
    telling, wrong, answers = dict[int, list[Claim]](), list[Claim](), list[Answer]()
    for answer in _answers(extraction.claims):
        told = [number for number, gold in enumerate(demanded) if _tells(answer[0], gold, names)]
        for number in told:
            telling.setdefault(number, []).extend(answer)
        if told or not any(_tells(answer[0], gold, names) for gold in allowed):
            answers.append(Answer.of(answer[0], right=bool(told)))
            wrong += [] if told else answer[:1]
    full = sum(any(_in_full(claim, demanded[n], names) for claim in claims) for n, claims in telling.items())
    counted = len(telling) + len(wrong)
    return Verdict(
        core=Score.of(len(telling), counted, len(demanded)),
        full=Score.of(full, counted, len(demanded)),
        time=_share(demanded, telling, names, "time"),
        speaker=_share(demanded, telling, names, "speaker"),
        via=_share(demanded, telling, names, "via"),
        wrong=tuple(f"{passage.id}: {_spelled(claim, names)}" for claim in wrong),
        missed=tuple(f"{passage.id}: {_told(gold)}" for n, gold in enumerate(demanded) if n not in telling),
        traps=_caught(passage, wrong, names),
        answers=tuple(answers),
    )


def _share(demanded: Sequence[GoldClaim], telling: Mapping[int, Sequence[Claim]], names: Names, part: str) -> Score:
    """Of the gold claims that were told and have this part, how many were told with it."""
    asked = {n: claims for n, claims in telling.items() if getattr(demanded[n], part)}
    right = sum(any(_has(claim, demanded[n], names, part) for claim in claims) for n, claims in asked.items())
    return Score.of(right, len(asked), len(asked))


def _caught(passage: Passage, wrong: Iterable[Claim], names: Names) -> tuple[str, ...]:
    if not passage.trap:
        return ()
    return tuple(f"{passage.id}: {_spelled(claim, names)}" for claim in wrong if claim.stance == "asserted")


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
        case Quantity(low=low, high=high, approximate=approximate, unit=unit):
            return ("quantity", low, high, approximate, unit)
        case Text(value=value) | Time(value=value):
            return ("words", value)


def _tells(claim: Claim, gold: GoldClaim, names: Names) -> bool:
    """Whether subject, predicate, object and stance are the gold's."""
    if claim.stance != gold.stance:
        return False
    known = ontology.default()
    straight = claim.predicate == gold.predicate
    if straight and _is_one(names[claim.subject], gold.subject) and _is_object(claim, gold.object, names):
        return True
    turned = claim.predicate == known.inverses.get(gold.predicate) or (straight and gold.predicate in known.symmetric)
    if not turned or not isinstance(claim.object, EntityRef) or isinstance(gold.object, Amount):
        return False
    return _is_one(names[claim.subject], gold.object) and _is_one(names[claim.object.id], gold.subject)


def _is_object(claim: Claim, wanted: tuple[str, ...] | Amount, names: Names) -> bool:
    if isinstance(wanted, Amount):
        return _value(claim) == ("quantity", wanted.low, wanted.high, wanted.approximate, wanted.unit)
    match claim.object:
        case EntityRef(id=entity):
            return _is_one(names[entity], wanted)
        case Text(value=value):
            return _is_one((value,), wanted)
        case Time(value=value):
            return value in wanted
        case Quantity():
            return False


def _in_full(claim: Claim, gold: GoldClaim, names: Names) -> bool:
    return all(_has(claim, gold, names, part) for part in ("time", "speaker") if getattr(gold, part))


def _has(claim: Claim, gold: GoldClaim, names: Names, part: str) -> bool:
    """Whether a claim has the time, the speaker or the "via" that the gold has."""
    if part == "time":
        return claim.time == gold.time
    entity = getattr(claim, part)
    return entity is not None and _is_one(names[entity], getattr(gold, part))


def _is_one(names: Iterable[str], alternatives: Sequence[str]) -> bool:
    return any(same(name, wanted) for name in names for wanted in alternatives)


def _names(extraction: Extraction) -> dict[str, tuple[str, ...]]:
    """All that each entity is called in the document."""
    called = {entity.id: [entity.name, *entity.aliases] for entity in extraction.entities}
    for mention in extraction.mentions:
        if mention.form != "pronoun":
            called[mention.entity].append(extraction.document.text[mention.span.start : mention.span.end])
    return {entity: tuple(dict.fromkeys(names)) for entity, names in called.items()}


def _spelled(claim: Claim, names: Names) -> str:
    match claim.object:
        case EntityRef(id=entity):
            other = names[entity][0]
        case Quantity(text=text):
            other = text
        case Text(value=value) | Time(value=value):
            other = value
    return _line(names[claim.subject][0], claim.predicate, other, claim.stance)


def _told(gold: GoldClaim) -> str:
    other = f"{gold.object.low} to {gold.object.high}" if isinstance(gold.object, Amount) else gold.object[0]
    return _line(gold.subject[0], gold.predicate, other, gold.stance)


def _line(subject: str, predicate: str, other: str, stance: str) -> str:
    return f"{subject} | {predicate} | {other}" + ("" if stance == "asserted" else f" | {stance}")
