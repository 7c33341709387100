"""Claims of any number of documents in; the fact they make, as its node in the default graph, out. Pure."""

from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple
from urllib.parse import urlsplit

from kg.clusters import Forest
from kg.config import BASE
from kg.store.evidence import BOUNDS, Header, Node, Said, Triple, bounds_of, plain
from kg.store.names import DERIVED, FACT, OBJECT, PREDICATE, SUBJECT, TYPE, XSD, kg

ASSERTED = '"asserted"'


class Key(NamedTuple):
    """What makes a fact this fact: its terms after merging, and for a quantity its bounds."""

    subject: str
    predicate: str
    object: str
    bounds: tuple[str, ...] = ()

    @property
    def triple(self) -> Triple:
        return self.subject, self.predicate, self.object

    def node(self, base: str = BASE) -> str:
        """The IRI of the fact's node, a hash of all of it."""
        return _fact_node(self, base)


def key_of(fact: Node) -> Key:
    """The key of a fact, from its node."""
    return Key(fact[SUBJECT][0], fact[PREDICATE][0], fact[OBJECT][0], bounds_of(fact))


@lru_cache(maxsize=8192)
def _fact_node(key: Key, base: str) -> str:
    said = "\0".join((*key.triple, *key.bounds))
    return f"<{base}fact/{sha256(said.encode()).hexdigest()[:16]}>"


class Support(NamedTuple):
    """A claim with the document that makes it, and the document of which that is a copy, or itself."""

    claim: Said
    document: Header
    origin: str


def asserts(supports: Iterable[Support]) -> bool:
    """Whether the claims give a plain triple: one of them asserts it, and it isn't an upper bound alone."""
    return any(ASSERTED in each.claim.stances and _has_lower_bound(each.claim) for each in supports)


def fact_triples(key: Key, supports: list[Support], premises: Iterable[str] = (), base: str = BASE) -> set[Triple]:
    """The node of a fact. ``premises`` are the facts it follows from, if the ontology says so and no claim asserts it.

    Without claims and premises there is no fact, and no triple.
    """
    premises = sorted(premises)
    if not supports and not premises:
        return set()
    node = key.node(base)
    pairs = {(TYPE, FACT), (SUBJECT, key.subject), (PREDICATE, key.predicate), (OBJECT, key.object)}
    pairs |= {(name, value) for name, value in zip(BOUNDS, key.bounds, strict=False) if value}
    if supports:
        pairs |= _said_by(key, supports)
    if premises:
        pairs |= {(DERIVED, premise) for premise in premises}
        pairs |= {(kg("inferred"), f'"true"^^<{XSD}boolean>'), (kg("stance"), ASSERTED)}
    return {(node, predicate, value) for predicate, value in pairs}


def later(issued: str | None) -> tuple[bool, str, str]:
    """A sort key for the time of publication: unknown first, moments compared in UTC, a day before its moments."""
    if issued is None:
        return False, "", ""
    return True, _in_utc(issued), issued


def _has_lower_bound(claim: Said) -> bool:
    return not claim.bounds or bool(claim.bounds[0])


def _said_by(key: Key, supports: list[Support]) -> set[tuple[str, str]]:
    documents = {each.document.node: each.document for each in supports}
    pairs = {(kg("claim"), each.claim.node) for each in supports}
    pairs |= {(kg("stance"), stance) for each in supports for stance in each.claim.stances}
    pairs |= {(kg("releasedBy"), judge) for each in supports for judge in each.claim.released}
    pairs |= {(kg("time"), time) for time in _sharpest({time for each in supports for time in each.claim.times})}
    pairs.add((kg("documents"), _integer(len(documents))))
    pairs.add((kg("sources"), _integer(_independent(supports))))
    pairs.add((kg("confidence"), max((each.claim.confidence for each in supports), key=lambda it: Decimal(plain(it)))))
    if key.bounds:
        pairs |= {(kg("asStated"), words) for each in supports for words in each.claim.stated}
    said = sorted({header.issued for header in documents.values() if header.issued}, key=later)
    if said:
        pairs |= {(kg("firstSaid"), f'"{said[0]}"'), (kg("lastSaid"), f'"{said[-1]}"')}
    return pairs


def _sharpest(times: set[str]) -> list[str]:
    """The times without those that a sharper one tells, too: 2020 says nothing beside 2020-01."""
    return [time for time in times if not any(other.startswith(time[:-1] + "-") for other in times)]


def _independent(supports: list[Support]) -> int:
    """How many sources stand behind a fact that have nothing to do with each other: no publisher and no report in
    common, not even by way of others."""
    pairs = {(each.origin, _publisher(each.document)) for each in supports}
    forest = Forest(name for pair in pairs for name in pair)
    for pair in pairs:
        forest.join(*pair)
    return len(forest.trees())


def _publisher(document: Header) -> str:
    """Who stands behind a document: its source, else the host of its address, else only itself."""
    if document.source:
        return document.source
    return _host(document.address or "") or document.node


@lru_cache(maxsize=4096)
def _host(address: str) -> str | None:
    if not address.startswith("<http"):
        return None
    return (urlsplit(address[1:-1]).hostname or "").removeprefix("www.") or None


@lru_cache(maxsize=4096)
def _in_utc(issued: str) -> str:
    try:
        moment = datetime.fromisoformat(issued) if "T" in issued else None
        if moment is None:
            return issued
        # A moment without a zone is read as UTC: it must have some place in the order.
        aware = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return issued
    return aware.replace(tzinfo=None).isoformat()


def _integer(value: int) -> str:
    return f'"{value}"^^<{XSD}integer>'
