"""The names and kinds that documents give to one thing, counted, in; the thing's node in the default graph out. Pure.

The counts (a tally) are kept in the store beside the merged view, one per thing, so that a document changes the name
of a thing that thousands of others speak of without reading them.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from kg.store.evidence import Known, Triple
from kg.store.names import ALIAS, AS_WKT, EXACT_MATCH, GEOMETRY, HAS_GEOMETRY, LABEL, TYPE

Tally = Counter[tuple[str, str]]
"""(``kind`` | ``name`` | ``alias`` | ``named`` | ``located``, term) with the number of entities that say so."""


def tally_of(entities: Iterable[Known]) -> Tally:
    """Count what entities contribute to their thing."""
    tally: Tally = Counter()
    for entity in entities:
        tally["kind", entity.kind] += 1
        tally["named", ""] += entity.named
        tally.update(("name", name) for name in entity.names)
        tally.update(("alias", alias) for alias in entity.aliases)
        if entity.located:
            tally["located", " ".join(entity.located)] += 1
    return +tally


def is_named(tally: Tally) -> bool:
    """Whether any document has a name for the thing, and not just words."""
    return tally["named", ""] > 0


def combined(tally: Tally, plus: Tally, minus: Tally) -> Tally:
    """A new tally, without what nobody says any more."""
    total = tally.copy()
    total.update(plus)
    total.subtract(minus)
    return +total


def thing_triples(node: str, tally: Tally, superclasses: Callable[[str], Iterable[str]]) -> set[Triple]:
    """Types with all superclasses, the label, and the other names. An empty tally is no thing, and no triple.

    The label is the name that most documents use, then the longest, then the first in the alphabet.
    """
    kinds = {term for role, term in tally if role == "kind"}
    triples = {(node, TYPE, above) for kind in kinds for above in (kind, *superclasses(kind))}
    label = min(_names(tally), key=lambda name: (-tally["name", name], -len(name), name), default=None)
    if label is not None:
        triples.add((node, LABEL, label))
    others = {term for role, term in tally if role in {"name", "alias"}} - {label}
    return triples | {(node, ALIAS, name) for name in others} | set(_point(node, tally))


def _point(node: str, tally: Tally) -> Iterator[Triple]:
    """The place of a gazetteer that it is and its position, as most of the entities have it that are located at all."""
    found = {term: count for (role, term), count in tally.items() if role == "located"}
    for term in (term for term, count in found.items() if 2 * count > sum(found.values())):
        link, wkt = term.split(" ", 1)
        geometry = f"{node[:-1]}/geometry>"
        yield node, EXACT_MATCH, link
        yield node, HAS_GEOMETRY, geometry
        yield geometry, TYPE, GEOMETRY
        yield geometry, AS_WKT, wkt


def packed(tally: Tally) -> str:
    """A tally as text, the same for the same counts."""
    return json.dumps(sorted((role, term, count) for (role, term), count in tally.items()), separators=(",", ":"))


def unpacked(text: str) -> Tally:
    """The tally that :func:`packed` wrote."""
    return Counter({(role, term): count for role, term, count in json.loads(text)})


def _names(tally: Tally) -> list[str]:
    return [term for role, term in tally if role == "name"]
