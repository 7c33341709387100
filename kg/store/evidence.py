"""The triples of a document's graph in; the document, its entities and its claims as the merge reads them, out.

Terms are N-Triples text throughout (``<iri>``, ``"plain"``, ``"typed"^^<iri>``).
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from kg.fingerprints import is_fingerprint
from kg.store.names import (
    ADDRESS,
    ALIAS,
    CLAIM,
    DOCUMENT,
    FINGERPRINT,
    ISSUED,
    LABEL,
    OBJECT,
    PREDICATE,
    REFUSED,
    SOURCE,
    SOURCE_CLASS,
    SUBJECT,
    TITLE,
    TYPE,
    URL,
    kg,
)

Triple = tuple[str, str, str]
Node = Mapping[str, list[str]]


class Header(NamedTuple):
    """A document without its text. ``issued`` is ISO 8601 text; ``address`` is its URL or other place, as a term;
    ``mark`` is the fingerprint of its text, ``title`` its headline, as a term."""

    node: str
    issued: str | None
    address: str | None
    source: str | None
    mark: str | None = None
    title: str | None = None


class Known(NamedTuple):
    """One entity of a document. ``named`` tells a name from words ("gunmen"); ``located`` is which place of a gazetteer
    a machine holds it to be, if any: two terms, its link and its position."""

    node: str
    kind: str
    names: tuple[str, ...]
    aliases: tuple[str, ...]
    named: bool = True
    located: tuple[str, str] | None = None


class Said(NamedTuple):
    """One claim of a document. ``bounds`` is empty unless the object is a quantity; ``released`` holds who released it,
    as literals, if it was refused."""

    node: str
    subject: str
    predicate: str
    object: str
    bounds: tuple[str, ...]
    stances: tuple[str, ...]
    confidence: str
    times: tuple[str, ...]
    stated: tuple[str, ...]
    released: tuple[str, ...] = ()


class Evidence(NamedTuple):
    """What one document's graph says."""

    header: Header
    entities: tuple[Known, ...]
    claims: tuple[Said, ...]


Released = Mapping[str, tuple[str, ...]]
"""Who released a refused claim (by its node), as literals; what nobody released is not in it."""

_NOBODY: Released = MappingProxyType({})


def evidence(node: str, triples: Iterable[Triple], released: Released = _NOBODY) -> Evidence:
    """Read the graph of the document ``node``. A claim that was refused counts if somebody released it."""
    nodes = nodes_of(triples)
    entities: list[Known] = []
    claims: list[Said] = []
    for name in sorted(nodes):
        kinds = nodes[name].get(TYPE, ())
        if CLAIM in kinds or (REFUSED in kinds and name in released):
            claims.append(said(name, nodes[name], released.get(name, ())))
        elif kinds and not {DOCUMENT, SOURCE_CLASS, REFUSED} & set(kinds):
            entities.append(_known(name, nodes[name]))
    return Evidence(header(node, nodes.get(node, {})), tuple(entities), tuple(claims))


def with_locations(found: Evidence, located: Mapping[str, tuple[str, str]]) -> Evidence:
    """The evidence with what the ledger says of where its entities are."""
    return found._replace(entities=tuple(it._replace(located=located.get(it.node)) for it in found.entities))


def nodes_of(triples: Iterable[Triple]) -> dict[str, dict[str, list[str]]]:
    """Triples as nodes with their properties."""
    nodes: dict[str, dict[str, list[str]]] = {}
    for subject, predicate, value in triples:
        nodes.setdefault(subject, {}).setdefault(predicate, []).append(value)
    return nodes


def header(node: str, properties: Node) -> Header:
    """The document's own node."""
    issued = _first(properties, ISSUED)
    address = _first(properties, URL) or _first(properties, ADDRESS)
    mark = plain(_first(properties, FINGERPRINT) or '""')
    source = _first(properties, SOURCE)
    return Header(
        node,
        plain(issued) if issued else None,
        address,
        source,
        mark if is_fingerprint(mark) else None,
        _first(properties, TITLE),
    )


def said(node: str, properties: Node, released: tuple[str, ...] = ()) -> Said:
    """A claim's node."""
    return Said(
        node,
        properties[SUBJECT][0],
        properties[PREDICATE][0],
        properties[OBJECT][0],
        bounds_of(properties),
        tuple(sorted(properties.get(kg("stance"), ()))),
        _first(properties, kg("confidence")) or '"0"',
        tuple(sorted(properties.get(kg("time"), ()))),
        tuple(sorted(properties.get(kg("asStated"), ()))),
        released,
    )


def plain(term: str) -> str:
    """The text inside a literal that holds no escapes (a date, a number, a stance)."""
    return term[1 : term.rindex('"')]


# The properties that tell one quantity from another, in the order in which a fact's bounds hold them.
BOUNDS = (kg("atLeast"), kg("atMost"), kg("approximate"), kg("unit"))


def bounds_of(properties: Node) -> tuple[str, ...]:
    """The bounds of a quantity, from the node of a claim or a fact; empty for all else."""
    bounds = tuple(_first(properties, name) or "" for name in BOUNDS)
    return bounds if any(bounds) else ()


def _known(node: str, properties: Node) -> Known:
    names, aliases = (tuple(sorted(properties.get(name, ()))) for name in (LABEL, ALIAS))
    return Known(node, min(properties[TYPE]), names, aliases, not properties.get(kg("named")))


def _first(properties: Node, name: str) -> str | None:
    return min(properties.get(name, ()), default=None)
