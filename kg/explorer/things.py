"""A thing's IRI in; its names, its facts in groups, and for an event when, where, who and the toll, out."""

import asyncio
import re
from collections.abc import Sequence

import msgspec

from kg.explorer import charts
from kg.explorer.asking import Asker
from kg.explorer.facts import Told, named, told_of
from kg.explorer.maps import Place, positions
from kg.explorer.vocabulary import vocabulary
from kg.store.terms import Iri
from kg.views.picture import Fact, Thing


class Whole(msgspec.Struct, frozen=True):
    """All that a thing's page shows. ``newer`` is the IRI that has taken this one's place, if one has."""

    thing: Thing
    told: Told
    newer: str | None = None
    same: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    """The thing itself if it is a place, or where it happened, with positions."""


class Group(msgspec.Struct, frozen=True):
    """Facts of one relation; ``outgoing`` tells whether the thing is their subject."""

    relation: str
    outgoing: bool
    facts: tuple[Fact, ...]


class Event(msgspec.Struct, frozen=True):
    """What an event's page begins with: the facts that say when, where and who, and the numbers that were given."""

    when: tuple[Fact, ...]
    where: tuple[Fact, ...]
    who: tuple[Fact, ...]
    counts: tuple[charts.Count, ...]
    toll: charts.Toll | None


_OWN = """SELECT ?newer ?same {
  { ?thing dcterms:isReplacedBy ?newer FILTER NOT EXISTS { ?thing a ?kind } }
  UNION { ?thing skos:exactMatch ?same }
}"""


async def whole(asker: Asker, iri: str) -> Whole | None:
    """The thing of this IRI; none if nothing is known of it."""
    words = await vocabulary(asker)
    things, told, own = await asyncio.gather(
        named(asker, words, [iri]), told_of(asker, [iri]), asker.rows(_OWN, thing=Iri(iri))
    )
    newer = next((row["newer"] for row in own if "newer" in row), None)
    if iri not in things and newer is None:
        return None
    thing = things.get(iri) or Thing(iri, iri)
    around = {iri: thing} if thing.family != "Event" else _where(told)
    at = await positions(asker, around)
    return Whole(
        thing=thing,
        told=told,
        newer=newer,
        same=tuple(sorted({row["same"] for row in own if "same" in row})),
        places=tuple(Place(around[where], *degrees) for where, degrees in at.items()),
    )


_WHERE = frozenset({"happenedIn", "happenedNear"})


def _where(told: Told) -> dict[str, Thing]:
    """Where an event happened, as far as anybody asserts it."""
    places = (fact.object for fact in told.facts if fact.predicate in _WHERE and fact.asserted)
    return {place: told.things[place] for place in places if place in told.things}


def groups(shown: Whole) -> tuple[Group, ...]:
    """The facts by relation: those about the thing first, then those of others with it; of many sources first."""
    by_relation: dict[tuple[bool, str], list[Fact]] = {}
    for fact in shown.told.facts:
        by_relation.setdefault((fact.subject == shown.thing.iri, fact.label), []).append(fact)
    made = [Group(relation, outgoing, tuple(facts)) for (outgoing, relation), facts in by_relation.items()]
    return tuple(sorted(made, key=lambda it: (not it.outgoing, -it.facts[0].sources, it.relation)))


_WHEN = frozenset({"happenedOn"})
_WHO = frozenset({"carriedOutBy", "orderedBy", "claimedBy", "victim", "target", "participatedIn", "weapon", "killedBy"})


def event_of(shown: Whole) -> Event | None:
    """What an event's page begins with; none for anything but an event."""
    if shown.thing.family != "Event":
        return None
    facts = shown.told.facts
    counts = _counts([fact for fact in facts if fact.predicate in charts.TOLLS and fact.subject == shown.thing.iri])
    when, where, who = (tuple(fact for fact in facts if fact.predicate in names) for names in (_WHEN, _WHERE, _WHO))
    return Event(when, where, who, counts, charts.toll(counts))


def _counts(facts: Sequence[Fact]) -> tuple[charts.Count, ...]:
    made = [charts.Count(fact, *_bounds(fact.value), said) for fact in facts for said in fact.evidence]
    return tuple(sorted(made, key=lambda it: (it.said.document.published or "~", it.fact.label, it.low or 0)))


def _bounds(value: str) -> tuple[int | None, int | None]:
    """The bounds of a number as :mod:`kg.explorer.facts` words it."""
    number = value.partition(" (")[0].removeprefix("about ")
    numbers = [int(it) for it in re.findall(r"\d+", number)]
    if not numbers:
        return None, None
    if number.startswith("at least"):
        return numbers[0], None
    if number.startswith("at most"):
        return None, numbers[0]
    return numbers[0], numbers[-1]
