"""Templates of MUC-4 and claims in; who was killed by whom, and how many of these pairs were told rightly, out."""

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from kg import ontology
from kg.bench.muc4_scoring import strings
from kg.bench.scores import Score, total
from kg.claims import Claim, EntityRef, Extraction
from kg.extraction.training.muc4 import Fill, Template

TOLD = ("asserted", "alleged")
"""MUC-4 wants incidents that are reported as factual, accusations among them."""


class Killing(msgspec.Struct, frozen=True):
    """A victim and a killer, each by all that they are called. An optional one may be told or not."""

    victim: frozenset[str]
    killer: frozenset[str]
    optional: bool = False


def of_template(template: Template) -> Iterator[Killing]:
    """Every victim of a template whose effect is DEATH, with every perpetrator, individual or organization."""
    killers = [*template.of("perpetrator individual"), *template.of("perpetrator organization")]
    for victim in _dead(template):
        for killer in killers:
            optional = template.optional or victim.optional or killer.optional
            yield Killing(frozenset(victim.values), frozenset(killer.values), optional)


def _dead(template: Template) -> Iterator[Fill]:
    """Victims with a death of theirs. One who is described as well counts once, under both."""
    described = {values: fill.values for fill in template.of("victim description") for values in fill.about}
    victims = [*template.of("victim name"), *(f for f in template.of("victim description") if not f.about)]
    for victim in victims:
        deaths = [f for f in template.of("victim effect") if "DEATH" in f.values and set(f.about) & set(victim.values)]
        if deaths:
            also = [name for value in victim.values for name in described.get(value, ())]
            optional = victim.optional or deaths[0].optional or len(deaths[0].values) > 1
            yield Fill((*victim.values, *also), optional=optional)


def of_claims(extraction: Extraction) -> Iterator[Killing]:
    """Every person or group that a claim says was killed by somebody, or in an event that somebody carried out or
    claimed."""
    names = {entity.id: frozenset({entity.name, *entity.aliases}) for entity in extraction.entities}
    events = {entity.id for entity in extraction.entities if ontology.default().is_a(entity.kind, "Event")}
    doers = [*_stated(extraction.claims, "carriedOutBy"), *_stated(extraction.claims, "claimedBy")]
    for victim, killer in _stated(extraction.claims, "killedBy"):
        by = [doer for event, doer in doers if event == killer] if killer in events else [killer]
        yield from (Killing(names[victim], names[each]) for each in by)


def _stated(claims: Iterable[Claim], predicate: str) -> list[tuple[str, str]]:
    """Subject and object of what is asserted or alleged, once each, in the order of the text."""
    pairs = [
        (claim.subject, claim.object.id)
        for claim in claims
        if claim.predicate == predicate and claim.stance in TOLD and isinstance(claim.object, EntityRef)
    ]
    return list(dict.fromkeys(pairs))


def score(found: Sequence[Sequence[Killing]], gold: Sequence[Sequence[Killing]]) -> Score:
    """Of all messages, in the same order on both sides. Victim and killer must each share a content word."""
    return total(_message(answers, facts) for answers, facts in zip(found, gold, strict=True))


def _message(answers: Sequence[Killing], facts: Sequence[Killing]) -> Score:
    needed = [fact for fact in facts if not fact.optional]
    told = [[fact for fact in facts if _same(answer, fact)] for answer in answers]
    counted = [same for same in told if not same or any(not fact.optional for fact in same)]
    found = sum(any(fact in same for same in told) for fact in needed)
    return Score(sum(map(bool, counted)), len(counted), found, len(needed))


def _same(one: Killing, other: Killing) -> bool:
    return _alike(one.victim, other.victim) and _alike(one.killer, other.killer)


def _alike(these: Iterable[str], those: Iterable[str]) -> bool:
    those = tuple(those)
    return any(strings(one, other) for one in these for other in those)
