"""A store's snapshot and its index in; what is disputed, what is new, and what happened when, out."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from kg.explorer.asking import Asker
from kg.explorer.facts import Told, named, papers_of, told_by
from kg.explorer.index import Index
from kg.explorer.maps import Place, positions
from kg.explorer.vocabulary import vocabulary
from kg.views.picture import Fact, Paper

# ---- disputed -------------------------------------------------------------------------------------------------------

MOST_DISPUTED = 40


class Disputed(msgspec.Struct, frozen=True):
    """Pairs of facts that can't both be true, and facts that some state and others deny."""

    rivals: Told
    denied: Told


async def disputed(asker: Asker, index: Index, about: str = "") -> Disputed:
    """What sources contradict, of things with names like ``about``."""
    facts = (index.disputed(denied, about, MOST_DISPUTED) for denied in (False, True))
    return Disputed(*await asyncio.gather(*(told_by(asker, it) for it in facts)))


# ---- recent ---------------------------------------------------------------------------------------------------------

MOST_READ = 100
"""Articles of a step that the page looks at, and facts that it shows."""

# Moments that are put together to steps.
_MOST_MOMENTS = 20_000

_TOLD_IN = """SELECT ?node (kg:claim AS ?name) (?fact AS ?value) {
  … GRAPH ?node { ?claim a kg:Claim } ?fact kg:claim ?claim }"""
_COUNTS = "SELECT ?node (kg:documents AS ?name) ?value { … ?node kg:documents ?value }"

# What follows within this time belongs to one ingest: a batch is written every few seconds.
_TOGETHER = timedelta(minutes=5)


class Step(msgspec.Struct, frozen=True):
    """Something that was done to the store, from when to when (ISO 8601), with so many documents."""

    action: str
    since: str
    until: str
    documents: int


class Recent(msgspec.Struct, frozen=True):
    """What was done, the last first; what the chosen step read, and the facts that it told."""

    steps: tuple[Step, ...]
    chosen: Step | None = None
    papers: tuple[Paper, ...] = ()
    new: Told | None = None


async def recent(asker: Asker, index: Index, since: str = "") -> Recent:
    """What changed with the last ingest, or with the one that began at ``since``."""
    steps = _steps(index.steps(_MOST_MOMENTS))
    chosen = next((it for it in steps if it.action == "ingested" and since in ("", it.since)), None)
    if chosen is None:
        return Recent(steps)
    documents = index.read(chosen.since, chosen.until, MOST_READ)
    papers, told = await asyncio.gather(papers_of(asker, documents), _told_in(asker, documents))
    ordered = sorted(papers.values(), key=lambda paper: (paper.published or "", paper.id), reverse=True)
    return Recent(steps, chosen, tuple(ordered), told)


async def _told_in(asker: Asker, documents: Sequence[str]) -> Told:
    """The facts that documents tell, by the names of what they are about; of very many, those that no other tells."""
    found = await asker.details(_TOLD_IN, documents)
    counts = await asker.details(_COUNTS, (fact for told in found.values() for fact in told["claim"]))
    ranked = sorted(counts, key=lambda fact: (int(counts[fact]["documents"][0]) > 1, fact))
    told = await told_by(asker, ranked[:MOST_READ])
    by_name = sorted(told.facts, key=lambda fact: (_name(told, fact.subject), fact.subject))
    return msgspec.structs.replace(told, facts=tuple(by_name))


def _name(told: Told, iri: str) -> str:
    return told.things[iri].label.lower() if iri in told.things else iri


def _steps(logged: Sequence[tuple[str, str, int]]) -> tuple[Step, ...]:
    """What follows soon after is one step. ``logged`` is newest first."""
    steps: list[Step] = []
    for at, action, documents in logged:
        last = steps[-1] if steps else None
        if last and last.action == action and _moment(last.since) - _moment(at) <= _TOGETHER:
            steps[-1] = Step(action, at, last.until, last.documents + documents)
        else:
            steps.append(Step(action, at, at, documents))
    return tuple(steps)


def _moment(at: str) -> datetime:
    return datetime.fromisoformat(at)


# ---- timeline -------------------------------------------------------------------------------------------------------

A_PAGE = 50


_WHERE = "SELECT ?node (kg:happenedIn AS ?name) ?value { … ?node kg:happenedIn ?value }"


class Dated(msgspec.Struct, frozen=True):
    """A fact with the time that it happened or held."""

    when: str
    fact: Fact


class Timeline(msgspec.Struct, frozen=True):
    """One page of what happened when, and where; ``total`` counts all facts."""

    entries: tuple[Dated, ...]
    told: Told
    total: int
    places: tuple[Place, ...] = ()


async def timeline(asker: Asker, index: Index, about: str, since: str, until: str, page: int) -> Timeline:
    """The page (from 0) of dated facts about things with names like ``about``."""
    rows, total = index.dated(about, since, until, page * A_PAGE, A_PAGE)
    told = await told_by(asker, [fact for _, fact in rows])
    facts = {fact.iri: fact for fact in told.facts}
    entries = tuple(Dated(when, facts[fact]) for when, fact in rows if fact in facts)
    return Timeline(entries, told, total, await _places(asker, told))


async def _places(asker: Asker, told: Told) -> tuple[Place, ...]:
    """Where the events of some facts happened, and the places that are told of themselves."""
    events = {fact.subject for fact in told.facts}
    happened = await asker.details(_WHERE, events)
    spoken = Counter(place for found in happened.values() for place in found["happenedIn"])
    spoken.update(fact.object for fact in told.facts if fact.object)
    at, known = await asyncio.gather(positions(asker, spoken), named(asker, await vocabulary(asker), spoken))
    return tuple(Place(known[iri], *degrees, spoken[iri]) for iri, degrees in at.items() if iri in known)
