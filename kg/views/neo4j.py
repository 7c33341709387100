"""A picture in, CSV files for Neo4j's bulk import out, written as they are read.

The header fields are those of ``neo4j-admin database import`` (Neo4j Operations Manual 5, "Import", "CSV header
format"). Lists are joined by a sign that no text has, as the usual semicolon stands in sentences.
"""

import csv
import re
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from kg.views import attributes, clean, markup
from kg.views.picture import OTHER, Fact, Shown, Thing

NODES, RELATIONSHIPS = "nodes.csv", "relationships.csv"
FILES = (NODES, RELATIONSHIPS)

COMMAND = (
    f"neo4j-admin database import full --nodes={NODES} --relationships={RELATIONSHIPS} "
    "--array-delimiter=U+001F --multiline-fields=true --overwrite-destination neo4j"
)
"""How to import them, in their folder. It fills a database of its own."""

_JOINT = "\x1f"
_TYPES = {int: "int", float: "double", bool: "boolean", str: "string", list: "string[]"}
_NODE, _EDGE = (":ID", ":LABEL", "iri"), (":START_ID", ":END_ID", ":TYPE", "iri")
_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_NOT_IN_A_NAME = re.compile(r"\W")


def write(shown: Shown, folder: Path) -> None:
    """Write ``nodes.csv`` and ``relationships.csv``. Things are labelled by their kind and its family (``Person``),
    facts typed by their property (``LEADER_OF``); what facts say of one thing stands with the thing."""
    told = attributes.Told()
    links = (
        ((fact.subject, fact.object, _type(fact), fact.iri), attributes.edge(fact))
        for fact in told.listening(shown.facts)
        if fact.object is not None
    )
    _table(folder / RELATIONSHIPS, _EDGE, links)
    nodes = (((thing.iri, _labels(thing), thing.iri), told.node(thing)) for thing in shown.things)
    _table(folder / NODES, _NODE, nodes)


def _table(path: Path, own: tuple[str, ...], rows: Iterable[tuple[tuple[object, ...], Mapping[str, object]]]) -> None:
    """A file whose header has a field for each attribute that any row had: the rows are put aside until then."""
    columns: dict[str, type] = {}
    with tempfile.TemporaryFile("w+", encoding="utf-8", newline="") as aside:
        csv.writer(aside).writerows(_cells(first, known, columns) for first, known in rows)
        aside.seek(0)
        header = [*own, *(f"{_NOT_IN_A_NAME.sub('_', name)}:{_TYPES[kind]}" for name, kind in columns.items())]
        with path.open("w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerow(header)
            csv.writer(out).writerows(row + [""] * (len(header) - len(row)) for row in csv.reader(aside))


def _cells(own: tuple[object, ...], known: Mapping[str, object], columns: dict[str, type]) -> list[str]:
    """The fields of a row, up to the last attribute that this row or one before it brought."""
    for name, value in known.items():
        columns.setdefault(name, type(value))
    return [*map(_cell, own), *(_cell(known.get(name)) for name in columns)]


def _cell(value: object) -> str:
    if isinstance(value, list):
        return _JOINT.join(clean.text(item) for item in value)
    return "" if value is None else markup.plain(value)


def _labels(thing: Thing) -> list[str]:
    return list(dict.fromkeys((thing.kind, thing.family) if thing.family != OTHER else (thing.kind,)))


def _type(fact: Fact) -> str:
    return _NOT_IN_A_NAME.sub("_", _CAPITAL.sub("_", fact.predicate)).upper()
