"""A picture in, a CSV edge list out: a line per piece of evidence of a fact, for spreadsheets and Neo4j's LOAD CSV."""

import csv
import io
from collections.abc import Iterator
from typing import IO

from kg.views import clean
from kg.views.picture import Evidence, Fact, Picture, Thing

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


def write(picture: Picture, out: IO[bytes]) -> None:
    """Write UTF-8 CSV (RFC 4180) with a header line. A fact without evidence of its own (inferred) gets one line."""
    lines = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    writer = csv.DictWriter(lines, COLUMNS)
    writer.writeheader()
    writer.writerows(rows(picture))
    lines.detach()


def rows(picture: Picture) -> Iterator[dict[str, object]]:
    """One row per piece of evidence."""
    things = {thing.iri: thing for thing in picture.things}
    for fact in picture.facts:
        told = _fact(fact, things)
        for item in fact.evidence:
            yield _safe(told | _evidence(item))
        if not fact.evidence:
            yield _safe(told)


def _fact(fact: Fact, things: dict[str, Thing]) -> dict[str, object]:
    subject = things.get(fact.subject)
    target = things.get(fact.object or "")
    return {
        "subject": subject.label if subject else fact.subject,
        "subject_kind": subject.kind if subject else None,
        "subject_iri": fact.subject,
        "relation": fact.label,
        "predicate": fact.predicate,
        "object": target.label if target else fact.value,
        "object_kind": target.kind if target else None,
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
