"""Values of any kind in, values that every graph writer takes out: the one place that knows the writers' limits.

GraphML and GEXF refuse None, dates, decimals and lists; GEXF writes control characters into invalid XML without a word
and loses or breaks on some attribute names; in Cytoscape JSON an attribute ``id`` overwrites the node's own.
"""

import math
import re
from collections.abc import Iterable, Mapping
from datetime import date, time
from decimal import Decimal
from numbers import Integral, Real
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx

Plain = str | int | float | bool

RESERVED = frozenset(
    {"id", "type", "viz", "key", "parent", "pid", "for", "start", "end", "source", "target", "label", "weight"}
)
"""Attribute names that a writer gives a meaning of its own."""

# XML 1.0, section 2.2 (Char), and lone surrogates, which no encoding takes.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_JOINT = "; "


def text(value: object) -> str:
    """The words of ``value`` without the characters that XML cannot hold."""
    return _NOT_XML.sub("", str(value))


def value(raw: object) -> Plain | None:
    """``raw`` as a plain value, or None when there is nothing to write (None, NaN, infinity, an empty list)."""
    if type(raw) is str:  # the usual case, before the slow questions
        return text(raw)
    if raw is None or isinstance(raw, bool):
        return raw
    if isinstance(raw, Integral):
        return int(raw)
    if isinstance(raw, Decimal):
        return float(raw) if raw.is_finite() else None
    if isinstance(raw, Real):
        return float(raw) if math.isfinite(raw) else None
    if isinstance(raw, date | time):
        return raw.isoformat()
    if isinstance(raw, Mapping):
        return _joined(f"{key}: {item}" for key, item in raw.items())
    if isinstance(raw, Iterable) and not isinstance(raw, str | bytes):
        return _joined(raw)
    return text(raw)


def _joined(items: Iterable[object]) -> str | None:
    plain = (value(item) for item in items)
    return _JOINT.join(str(item) for item in plain if item is not None) or None


def name(raw: str, allowed: Iterable[str] = ()) -> str:
    """``raw`` as an attribute name that means nothing to a writer, unless it is one of ``allowed``."""
    plain = text(raw) or "_"
    return f"{plain}_" if plain in RESERVED and plain not in allowed else plain


def attributes(raw: Mapping[str, object], allowed: Iterable[str] = ()) -> dict[str, Plain]:
    """All that is left of ``raw`` when every name and value is plain. Attributes without a value are left out."""
    kept = tuple(allowed)
    plain = {name(key, kept): value(item) for key, item in raw.items()}
    if not _is_weight(plain.get("weight")):
        plain["weight_"] = plain.pop("weight", None)
    return {key: item for key, item in plain.items() if item is not None}


def _is_weight(value: Plain | None) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def one_type(rows: Iterable[dict[str, Plain]]) -> None:
    """Make each attribute of one type over all ``rows``, in place: XML declares a type per attribute, not per value."""
    rows = list(rows)
    types: dict[str, set[type]] = {}
    for row in rows:
        for key, item in row.items():
            types.setdefault(key, set()).add(type(item))
    mixed = {key: _common(found) for key, found in types.items() if len(found) > 1}
    for row in rows:
        row.update({key: mixed[key](row[key]) for key in mixed.keys() & row.keys()})


def _common(types: set[type]) -> type[float] | type[str]:
    return float if types == {int, float} else str


def graph(
    raw: "networkx.MultiDiGraph[str]", allowed: Iterable[str] = ("label", "weight")
) -> "networkx.MultiDiGraph[str]":
    """A copy of ``raw`` that every writer takes: text as node ids, plain attributes of one type each."""
    import networkx

    kept = tuple(allowed)
    clean: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    clean.graph.update(attributes(raw.graph))
    nodes = [(text(node), attributes(data, kept)) for node, data in raw.nodes(data=True)]
    edges = [
        (text(a), text(b), str(key), attributes(data, kept)) for a, b, key, data in raw.edges(keys=True, data=True)
    ]
    one_type(data for _, data in nodes)
    one_type(edge[3] for edge in edges)
    clean.add_nodes_from(nodes)
    for a, b, key, data in edges:
        clean.add_edge(a, b, key=key, **data)
    return clean
