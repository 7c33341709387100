"""A picture in, a CSV edge list out: a line per piece of evidence of a fact, for spreadsheets and Neo4j's LOAD CSV."""

import csv
import io
from collections.abc import Iterator
from typing import IO

from kg.views import clean
from kg.views.picture import Evidence, Fact, Shown

COLUMNS = (
    *(
        "subject",
        "relation",
        "object",
        "stance",
        "time",
        "sources",
        "first_said",
        "last_said",
        "confidence",
        "inferred",
    ),
    *("quote", "speaker", "via", "claim_stance", "document", "source", "published", "url", "start", "end"),
    *("subject_kind", "object_kind", "subject_iri", "predicate", "object_iri", "fact"),
)


def write(shown: Shown, out: IO[bytes]) -> None:
    """Write UTF-8 CSV (RFC 4180) with a header line. A fact without evidence of its own (inferred) gets one line."""
    lines = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    writer = csv.DictWriter(lines, COLUMNS)
    writer.writeheader()
    writer.writerows(rows(shown))
    lines.detach()


def rows(shown: Shown) -> Iterator[dict[str, object]]:
    """One row per piece of evidence."""
    things = {thing.iri: (thing.label, thing.kind) for thing in shown.things}
    for fact in shown.facts:
        told = _fact(fact, things)
        for item in fact.evidence:
            yield _safe(told | _evidence(item))
        if not fact.evidence:
            yield _safe(told)


def _fact(fact: Fact, things: dict[str, tuple[str, str]]) -> dict[str, object]:
    subject, subject_kind = things.get(fact.subject, (fact.subject, None))
    target, target_kind = things.get(fact.object or "", (fact.value, None))
    return {
        "subject": subject,
        "subject_kind": subject_kind,
        "subject_iri": fact.subject,
        "relation": fact.label,
        "predicate": fact.predicate,
        "object": target,
        "object_kind": target_kind,
        "object_iri": fact.object,
        "fact": fact.iri,
        "stance": fact.stance,
        "time": fact.time,
        "sources": fact.sources,
        "first_said": fact.first_said,
        "last_said": fact.last_said,
        "confidence": fact.confidence,
        "inferred": fact.inferred,
    }


def _evidence(item: Evidence) -> dict[str, object]:
    return {
        "quote": item.quote,
        "speaker": item.speaker,
        "via": item.via,
        "claim_stance": item.stance,
        "document": item.document.title,
        "source": item.document.source,
        "published": item.document.published,
        "url": item.document.url,
        "start": item.start,
        "end": item.end,
    }


def _safe(row: dict[str, object]) -> dict[str, object]:
    return {name: _cell(value) for name, value in row.items()}


def _cell(value: object) -> object:
    """Words that a spreadsheet would run as a formula get a quote mark in front (OWASP, CSV injection)."""
    plain = clean.value(value)
    return f"'{plain}" if isinstance(plain, str) and plain.startswith(("=", "+", "-", "@", "\t", "\r")) else plain
