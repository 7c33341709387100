"""RDF terms between N-Triples text, Python values and pyoxigraph's objects."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pyoxigraph as ox

from kg.errors import UsageError
from kg.store.names import RDF, XSD

_IRI = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]*:[^<>\"{}|^`\\\x00-\x20]*)>")
_INTEGERS = frozenset(f"{XSD}{name}" for name in ("integer", "int", "long", "short", "byte"))
_FLOATS = frozenset({f"{XSD}double", f"{XSD}float"})


class Iri(str):
    """An IRI, without brackets. It is the ``str`` of itself; its type tells it from a literal."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<{self}>"


class Literal(str):
    """A literal that is not a number or a truth value: its text, with ``datatype`` (an IRI) and ``language``."""

    datatype: str
    language: str | None

    def __new__(cls, value: str, datatype: str = f"{XSD}string", language: str | None = None) -> "Literal":
        """Make one; a plain string unless a datatype or language is given."""
        literal = super().__new__(cls, value)
        literal.datatype = f"{RDF}langString" if language else datatype
        literal.language = language
        return literal


Term = Iri | Literal | int | float | Decimal | bool
"""What an answer is made of. Every text is an :class:`Iri` or a :class:`Literal`, both of which are ``str``."""


def value_of(term: Any) -> Term:
    """pyoxigraph's term as a Python value."""
    if isinstance(term, ox.NamedNode):
        return Iri(term.value)
    if isinstance(term, ox.Literal):
        return _literal_value(term)
    # A blank node (only foreign data and CONSTRUCT templates make them) or a triple term, as it is written.
    return Literal(str(term))


def term_of(value: object) -> ox.NamedNode | ox.Literal:
    """A Python value as a term: an :class:`Iri`, or text in angle brackets that can be one; the rest literals.

    Raises :class:`kg.errors.UsageError` for a value of another type.
    """
    if isinstance(value, Literal):
        plain = value.language is None
        return ox.Literal(str(value), datatype=ox.NamedNode(value.datatype)) if plain else _worded(value)
    if isinstance(value, str):
        return _text_term(value)
    if isinstance(value, bool | int | float):
        return ox.Literal(value)
    if isinstance(value, Decimal):
        return ox.Literal(format(value, "f"), datatype=ox.NamedNode(f"{XSD}decimal"))
    if isinstance(value, datetime):
        return ox.Literal(value.isoformat(), datatype=ox.NamedNode(f"{XSD}dateTime"))
    if isinstance(value, date):
        return ox.Literal(value.isoformat(), datatype=ox.NamedNode(f"{XSD}date"))
    raise UsageError(f"A {type(value).__name__} can't be put into a query. Give text, a number, a date or an Iri.")


def literal(text: str) -> str:
    """A plain string as N-Triples text."""
    return str(ox.Literal(text))


def integer(value: int) -> str:
    """An ``xsd:integer`` as N-Triples text."""
    return f'"{value}"^^<{XSD}integer>'


_ESCAPE = re.compile(r'\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|([tbnrf"\'\\]))')
_ESCAPED: Mapping[str, str] = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


def text_of(term: str) -> str:
    """The text of a literal, or the IRI of an IRI, from N-Triples text."""
    if term.startswith("<"):
        return term[1:-1]
    inside = term[1 : term.rindex('"')]
    return _ESCAPE.sub(_unescaped, inside) if "\\" in inside else inside


def _unescaped(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _ESCAPED.get(match[3], match[3])


def _text_term(value: str) -> ox.NamedNode | ox.Literal:
    bracketed = _IRI.fullmatch(value)
    try:
        if isinstance(value, Iri):
            return ox.NamedNode(str(value))
        return ox.NamedNode(bracketed[1]) if bracketed else ox.Literal(str(value))
    except ValueError as error:
        raise UsageError(f"{value!r} can't be put into a query: {error}. Check its spelling.") from error


def _worded(value: Literal) -> ox.Literal:
    return ox.Literal(str(value), language=value.language)


def _literal_value(term: ox.Literal) -> Term:
    datatype = term.datatype.value
    try:
        if datatype in _INTEGERS:
            return int(term.value)
        if datatype == f"{XSD}decimal":
            return Decimal(term.value)
        if datatype in _FLOATS:
            return float(term.value)
    except (ValueError, ArithmeticError):
        return Literal(term.value, datatype)
    if datatype == f"{XSD}boolean" and term.value in {"true", "false"}:
        return term.value == "true"
    return Literal(term.value, datatype, term.language)
