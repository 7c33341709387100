"""A store and a day in; the store as it was known that day out, in memory.

Not a filter over the merged view, which no filter could take back to what it was, but a store of its own: the graphs of
the documents published by then, the judgements on what they speak of, and the merged view that follows from these. What
persons decided on who is who counts whenever they decided it: it is about our reading, not about the news of the day.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import UsageError
from kg.store.evidence import Triple
from kg.store.identities import WIDER
from kg.store.ledger import links_of
from kg.store.lookups import Lookups
from kg.store.names import kg

if TYPE_CHECKING:
    from kg.store.local import Store


def fill(new: "Store", old: "Store", day: str) -> None:
    """Put into an empty store what another one knew at the end of ``day`` (a year, month, day or moment, ISO 8601).

    Documents without a date of publication are left out: nobody can tell whether they were there. Raises
    :class:`kg.errors.UsageError` for what is no day.
    """
    until = end_of(day)
    if until is None:
        raise UsageError(f"“{day}” is no day. Write it as 2024-01-03 (or a year, a month, or a moment).")
    nodes = [node for node in old.document_nodes() if _was_out(old.header(node).issued, until)]
    for node in nodes:
        _write(new, node, old.graph(node).triples())
    ledger, ontology = f"<{old.base}judgements>", f"<{old.base}ontology>"
    entities = [entity.node for node in nodes for entity in old.evidence(node).entities]
    _write(new, ledger, judged(entities, old.graph(ledger), old.base))
    _write(new, ontology, old.graph(ontology).triples())
    new.rebuild()


def end_of(when: str | None) -> datetime | None:
    """The last moment of a year, month, day or moment, in UTC (which is meant where no zone is told); None for others.

    >>> end_of("2024-02").isoformat()
    '2024-02-29T23:59:59.999999+00:00'
    """
    parts = (when or "").split("-") if "T" not in (when or "") else []
    try:
        if not parts:
            moment = datetime.fromisoformat(when or "")
            return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
        year, month, day = (int(part) for part in [*parts, *("12", "0")[len(parts) - 1 :]])
        return datetime(year, month, day or monthrange(year, month)[1], 23, 59, 59, 999999, UTC)
    except (ValueError, OverflowError):
        return None


def judged(entities: Iterable[str], ledger: Lookups, base: str) -> Iterator[Triple]:
    """The part of the ledger on some entities (in angle brackets): what they were judged to be, those key records and
    the wider ones that these are part of with what was judged between them, and all that persons decided."""
    keys, links = set[str](), list[Triple]()
    for entity in entities:
        found = links_of(entity, ledger, base)
        keys.update(key for _, _, key in found)
        links += found
    keys |= {wider for key in keys for wider in ledger.objects(key, WIDER)}
    links += [it for key in keys for it in links_of(key, ledger, base)]
    yield from links
    for node in {*keys, *(grounds for _, grounds, _ in links)}:
        yield from _node(node, ledger)
    for key in keys:
        for judgement in ledger.subjects(kg("left"), key):
            if not ledger.objects(judgement, kg("at")) and keys.issuperset(ledger.objects(judgement, kg("right"))):
                yield from _node(judgement, ledger)
    for judgement, _ in ledger.pairs(kg("at")):
        yield from _node(judgement, ledger)


def _was_out(issued: str | None, until: datetime) -> bool:
    end = end_of(issued)
    return end is not None and end <= until


def _node(node: str, graph: Lookups) -> Iterator[Triple]:
    return ((node, name, value) for name, values in graph.node(node).items() for value in values)


def _write(store: "Store", graph: str, triples: Iterable[Triple]) -> None:
    lines = "".join(f"{subject} {name} {value} {graph} .\n" for subject, name, value in triples)
    store.engine.load(lines, format=ox.RdfFormat.N_QUADS)
