"""Answers of other people's servers in; pyoxigraph's own terms and answers out, in the forms in which we write them.

SPARQL's results in JSON are read as servers really write them: with ``typed-literal`` (the name before 1.1), an ASK as
a table of one cell (Virtuoso), truth as ``1``, decimals without their point.
"""

import re
from collections.abc import Mapping
from typing import Any

import msgspec
import pyoxigraph as ox

from kg.errors import StoreError
from kg.store.names import XSD

_BOOLEAN, _DECIMAL = f"{XSD}boolean", f"{XSD}decimal"
_TRUTH = {"1": "true", "0": "false"}
_ASKED = "__ASK_RETVAL"
_XSD_STRING = f"{XSD}string"

Cell = Mapping[str, str]
Answer = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
Term = ox.NamedNode | ox.BlankNode | ox.Literal


def rows(data: bytes) -> list[dict[str, Term]]:
    """The solutions of a SELECT, written as JSON."""
    cells = _read(data).get("results", {}).get("bindings", [])
    return [{name: term(cell) for name, cell in row.items()} for row in cells]


def answered(data: bytes) -> Answer:
    """The same answer as pyoxigraph would have given it."""
    found = _read(data)
    if "boolean" in found:
        return _parsed({"head": {}, "boolean": found["boolean"]})
    names, cells = found.get("head", {}).get("vars", []), found.get("results", {}).get("bindings", [])
    if names == [_ASKED]:
        return _parsed({"head": {}, "boolean": cells[0][_ASKED]["value"] in {"1", "true"}})
    bindings = [{name: _cell(term(cell)) for name, cell in row.items()} for row in cells]
    return _parsed({"head": {"vars": names}, "results": {"bindings": bindings}})


def triples(data: bytes, kind: str) -> ox.QueryTriples:
    """The triples of a CONSTRUCT or DESCRIBE, written as ``kind`` (a media type) says."""
    # N-Triples is Turtle, and some servers call it plain text.
    form = ox.RdfFormat.from_media_type(kind.partition(";")[0].strip()) or ox.RdfFormat.TURTLE
    held = ox.Store()
    try:
        for quad in ox.parse(data, format=form):
            held.add(ox.Quad(quad.subject, quad.predicate, _as_ours(quad.object)))
    except (SyntaxError, ValueError) as error:
        raise StoreError(f"The server's triples can't be read: {' '.join(str(error).split())}.") from error
    found = held.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    assert isinstance(found, ox.QueryTriples)
    return found


def term(cell: Cell) -> Term:
    """One value of a solution."""
    kind, value = cell["type"], cell["value"]
    if kind == "uri":
        return ox.NamedNode(value)
    if kind == "bnode":
        return ox.BlankNode(re.sub(r"\W", "", value.removeprefix("_:").removeprefix("nodeID://")) or "b")
    if language := cell.get("xml:lang"):
        return ox.Literal(value, language=language)
    return _literal(value, cell.get("datatype", _XSD_STRING))


def _as_ours(value: Any) -> Any:
    """A term as we would have written it."""
    if isinstance(value, ox.Literal) and value.language is None:
        return _literal(value.value, value.datatype.value)
    return value


def _literal(value: str, datatype: str) -> ox.Literal:
    if datatype == _BOOLEAN:
        value = _TRUTH.get(value, value)
    if datatype == _DECIMAL and "." in value:
        value = value.rstrip("0").rstrip(".")
    return ox.Literal(value, datatype=ox.NamedNode(datatype))


def _cell(value: Term) -> dict[str, str]:
    if isinstance(value, ox.NamedNode):
        return {"type": "uri", "value": value.value}
    if isinstance(value, ox.BlankNode):
        return {"type": "bnode", "value": value.value}
    if value.language:
        return {"type": "literal", "value": value.value, "xml:lang": value.language}
    datatype = {} if value.datatype.value == _XSD_STRING else {"datatype": value.datatype.value}
    return {"type": "literal", "value": value.value, **datatype}


def _read(data: bytes) -> dict[str, Any]:
    try:
        found = msgspec.json.decode(data, strict=False)
    except (msgspec.DecodeError, UnicodeDecodeError):
        found = None
    if not isinstance(found, dict):
        raise StoreError("The server's answer is no SPARQL result in JSON. Is the address that of a SPARQL endpoint?")
    return found


def _parsed(found: Mapping[str, Any]) -> Answer:
    return ox.parse_query_results(msgspec.json.encode(found), format=ox.QueryResultsFormat.JSON)
