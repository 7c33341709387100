"""Answers of other people's servers in; pyoxigraph's own terms and answers out, in the forms in which we write them.

SPARQL's results in JSON are read as servers really write them: with ``typed-literal`` (the name before 1.1), an ASK as
a table of one cell (Virtuoso), truth as ``1``, decimals without their point.
"""

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
_TOLD = 100

Answer = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
Term = ox.NamedNode | ox.BlankNode | ox.Literal


def rows(data: bytes) -> list[dict[str, Term]]:
    """The solutions of a SELECT, in JSON or XML."""
    found = _solutions(data)
    assert not isinstance(found, bool)
    return found[1]


def answered(data: bytes) -> Answer:
    """The same answer as pyoxigraph would have given it."""
    found = _solutions(data)
    if isinstance(found, bool):
        return _parsed({"head": {}, "boolean": found})
    names, solutions = found
    if names == [_ASKED]:
        return _parsed({"head": {}, "boolean": solutions[0][_ASKED].value in {"1", "true"}})
    bindings = [{name: _cell(value) for name, value in row.items()} for row in solutions]
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


def _solutions(data: bytes) -> bool | tuple[list[str], list[dict[str, Term]]]:
    """The answer to an ASK, or the columns and rows of a SELECT."""
    form = ox.QueryResultsFormat.XML if data.lstrip().startswith(b"<") else ox.QueryResultsFormat.JSON
    try:
        found = ox.parse_query_results(data, format=form)
        if isinstance(found, ox.QueryBoolean):
            return bool(found)
        names = [it.value for it in found.variables]
        return names, [
            {name: _as_ours(value) for name, value in zip(names, row, strict=True) if value is not None}
            for row in found
        ]
    except (SyntaxError, ValueError) as error:
        raise StoreError(
            f"The server's answer is no SPARQL result ({' '.join(str(error).split())[:_TOLD]}). "
            "Is this the address of a SPARQL endpoint?"
        ) from error


def _parsed(found: Mapping[str, Any]) -> Answer:
    return ox.parse_query_results(msgspec.json.encode(found), format=ox.QueryResultsFormat.JSON)
