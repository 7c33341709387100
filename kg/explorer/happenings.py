"""A store's snapshot in; what is disputed, what is new, and what happened when, out."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from kg.explorer.asking import Asker
from kg.explorer.facts import Told, papers_of, told_by
from kg.views.picture import Fact, Paper

# ---- disputed -------------------------------------------------------------------------------------------------------

MOST_DISPUTED = 100

_ABOUT = """
  FILTER(?about = "" || EXISTS { ?s rdfs:label|skos:altLabel ?called
    FILTER(CONTAINS(LCASE(?called), LCASE(?about))) })"""
_RIVALS = f"""SELECT DISTINCT ?fact {{
  ?fact kg:conflictsWith ?other ; rdf:subject ?s . FILTER(STR(?fact) < STR(?other)) {_ABOUT}
}} ORDER BY ?s ?fact LIMIT {MOST_DISPUTED}"""
_DENIED = f"""SELECT DISTINCT ?fact {{
  ?fact kg:stance "denied" ; rdf:subject ?s . FILTER EXISTS {{ ?fact kg:stance "asserted" }} {_ABOUT}
}} ORDER BY ?s ?fact LIMIT {MOST_DISPUTED}"""


class Disputed(msgspec.Struct, frozen=True):
    """Pairs of facts that can't both be true, and facts that some state and others deny."""

    rivals: Told
    denied: Told


async def disputed(asker: Asker, about: str = "") -> Disputed:
    """What sources contradict, of things whose names hold ``about``."""
    rivals, denied = await asyncio.gather(asker.rows(_RIVALS, about=about), asker.rows(_DENIED, about=about))
    told = [await told_by(asker, [row["fact"] for row in rows]) for rows in (rivals, denied)]
    return Disputed(*told)


# ---- recent ---------------------------------------------------------------------------------------------------------

_LOGGED = """SELECT ?at ?action (COUNT(?of) AS ?documents) {
  GRAPH ?log { ?activity a prov:Activity ; prov:atTime ?at ; kg:action ?action OPTIONAL { ?activity kg:of ?of } }
} GROUP BY ?at ?action ORDER BY DESC(?at) LIMIT 2000"""
_DOCUMENTS = """SELECT DISTINCT ?document {
  GRAPH ?log { ?activity prov:atTime ?at ; kg:action "ingested" ; kg:of ?document }
  FILTER(STR(?at) >= ?since && STR(?at) <= ?until)
} ORDER BY ?document LIMIT 200"""
# A fact is new if no document said it before; as told by what was read in that time, for as many as a page can show.
_NEW = """SELECT ?fact (MIN(?before) AS ?known) {
  GRAPH ?log { ?activity prov:atTime ?at ; kg:action "ingested" ; kg:of ?document }
  FILTER(STR(?at) >= ?since && STR(?at) <= ?until)
  GRAPH ?document { ?claim a kg:Claim }
  ?fact kg:claim ?claim ; kg:documents ?count .
  BIND(IF(?count > 1, 1, 0) AS ?before)
} GROUP BY ?fact ORDER BY ?known ?fact LIMIT 200"""

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


async def recent(asker: Asker, since: str = "") -> Recent:
    """What changed with the last ingest, or with the one that began at ``since``."""
    steps = _steps([(row["at"], row["action"], int(row["documents"])) for row in await asker.rows(_LOGGED)])
    chosen = next((it for it in steps if it.action == "ingested" and since in ("", it.since)), None)
    if chosen is None:
        return Recent(steps)
    bounds = {"since": chosen.since, "until": chosen.until}
    documents, facts = await asyncio.gather(asker.rows(_DOCUMENTS, **bounds), asker.rows(_NEW, **bounds))
    papers, told = await asyncio.gather(
        papers_of(asker, [row["document"] for row in documents]), told_by(asker, [row["fact"] for row in facts])
    )
    facts_by_name = sorted(told.facts, key=lambda fact: (_name(told, fact.subject), fact.subject))
    told = msgspec.structs.replace(told, facts=tuple(facts_by_name))
    ordered = sorted(papers.values(), key=lambda paper: (paper.published or "", paper.id), reverse=True)
    return Recent(steps, chosen, tuple(ordered), told)


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

A_PAGE = 100

_DATED = """SELECT ?fact ?when {
  { ?fact kg:time ?when ; rdf:subject ?s }
  UNION { VALUES ?p { kg:happenedOn kg:bornOn kg:diedOn kg:foundedOn }
    ?fact rdf:predicate ?p ; rdf:subject ?s ; rdf:object ?o BIND(STR(?o) AS ?when) }
  BIND(REPLACE(?when, "^/", "") AS ?day)
  FILTER(?since = "" || ?day >= ?since)
  FILTER(?until = "" || SUBSTR(?day, 1, STRLEN(?until)) <= ?until)
  FILTER(?about = "" || EXISTS { ?fact rdf:subject|rdf:object ?end . ?end rdfs:label|skos:altLabel ?called
    FILTER(CONTAINS(LCASE(?called), LCASE(?about))) })
} ORDER BY ?day ?when ?fact"""


class Dated(msgspec.Struct, frozen=True):
    """A fact with the time that it happened or held."""

    when: str
    fact: Fact


class Timeline(msgspec.Struct, frozen=True):
    """One page of what happened when; ``total`` counts all."""

    entries: tuple[Dated, ...]
    told: Told
    total: int


async def timeline(asker: Asker, about: str, since: str, until: str, page: int) -> Timeline:
    """The page (from 0) of dated facts about things whose names hold ``about``."""
    rows = await asker.rows(_DATED, about=about, since=since, until=until)
    shown = rows[page * A_PAGE : (page + 1) * A_PAGE]
    told = await told_by(asker, [row["fact"] for row in shown])
    facts = {fact.iri: fact for fact in told.facts}
    entries = tuple(Dated(row["when"], facts[row["fact"]]) for row in shown if row["fact"] in facts)
    return Timeline(entries, told, len(rows))
