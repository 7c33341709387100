"""Claims of any number of documents in; the fact they make, as its node in the default graph, out. Pure."""

from collections.abc import Collection, Iterable, Iterator, Set
from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple, Protocol
from urllib.parse import urlsplit

from kg.config import BASE
from kg.store.evidence import BOUNDS, Header, Node, Said, Triple, bounds_of, plain
from kg.store.names import DERIVED, FACT, OBJECT, PREDICATE, SUBJECT, TYPE, XSD, kg

ASSERTED, CLAIMED = '"asserted"', kg("claim")
_MANY = ("stance", "releasedBy", "time", "asStated")
"""The properties of a fact that have a value from any of its claims."""
PARTS = (
    *(TYPE, SUBJECT, PREDICATE, OBJECT, *BOUNDS, DERIVED),
    *(kg(name) for name in (*_MANY, "documents", "sources", "confidence", "firstSaid", "lastSaid", "inferred")),
)
"""All properties of a fact but its claims and what contradicts it."""


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
    """A claim with the document that makes it, and who first published the report that this prints."""

    claim: Said
    document: Header
    publisher: str


class Standing(NamedTuple):
    """What all claims for a fact come to. ``first`` and ``last`` are the days on which it was said (ISO 8601); the rest
    are terms, but for the numbers."""

    stances: frozenset[str]
    released: frozenset[str]
    times: frozenset[str]
    stated: frozenset[str]
    documents: int
    sources: int
    confidence: str
    first: str | None
    last: str | None


class Rest(Protocol):
    """What documents that don't change say for a fact: read no further than is needed, as there may be thousands."""

    def __iter__(self) -> Iterator[Support]: ...
    def publishers_among(self, wanted: Set[str]) -> Set[str]: ...


def standing(supports: Collection[Support]) -> Standing | None:
    """What claims come to, all looked at; ``None`` without any."""
    if not supports:
        return None
    said = [it.document.issued for it in supports if it.document.issued]
    return Standing(
        frozenset(stance for it in supports for stance in it.claim.stances),
        frozenset(judge for it in supports for judge in it.claim.released),
        _sharpest({time for it in supports for time in it.claim.times}),
        frozenset(words for it in supports if it.claim.bounds for words in it.claim.stated),
        len({it.document.node for it in supports}),
        len({it.publisher for it in supports}),
        max((it.claim.confidence for it in supports), key=_weight),
        min(said, key=later, default=None),
        max(said, key=later, default=None),
    )


def standing_after(old: Standing | None, gone: Set[Support], come: Set[Support], rest: Rest) -> Standing | None:
    """What the claims come to when some went and some came; the same as :func:`standing` of all that are there then.

    ``gone`` and ``come`` are all claims of the documents that change, before and after. Of the others only as many are
    looked at as it takes to see that nothing is lost, or that a publisher is no new one.
    """
    added = standing(come)
    if old is None:
        return added
    lost = {trait for it in gone - come for trait in _traits(it) if _matters(trait, old)}
    lost -= {trait for it in come for trait in _traits(it)}
    if lost and not _is_there(lost, rest):
        return standing([*rest, *come])
    before, after = ({it.publisher for it in part} for part in (gone, come))
    others = rest.publishers_among(before ^ after)
    sources = old.sources - len((before - after) - others) + len((after - before) - others)
    documents = old.documents - len({it.document.node for it in gone}) + len({it.document.node for it in come})
    if not documents:
        return None
    kept = old._replace(documents=documents, sources=sources)
    return _joined(kept, added) if added else kept


def _joined(kept: Standing, added: Standing) -> Standing:
    said = [day for day in (kept.first, kept.last, added.first, added.last) if day]
    return Standing(
        kept.stances | added.stances,
        kept.released | added.released,
        _sharpest(kept.times | added.times),
        kept.stated | added.stated,
        kept.documents,
        kept.sources,
        max(kept.confidence, added.confidence, key=_weight),
        min(said, key=later, default=None),
        max(said, key=later, default=None),
    )


_Trait = tuple[str, str]
"""What a fact has from a claim: the name of a part of its standing, and a value."""


def _traits(support: Support) -> Iterator[_Trait]:
    claim, issued = support.claim, support.document.issued
    yield from (("stances", it) for it in claim.stances)
    yield from (("released", it) for it in claim.released)
    yield from (("times", it) for it in claim.times)
    yield from (("stated", it) for it in claim.stated if claim.bounds)
    yield "confidence", claim.confidence
    if issued:
        yield "issued", issued


def _matters(trait: _Trait, old: Standing) -> bool:
    """Whether a fact would be another without it: a time that a sharper one hides is not missed."""
    name, value = trait
    match name:
        case "confidence":
            return value == old.confidence
        case "issued":
            return value in (old.first, old.last)
        case "times":
            return value in old.times
    return True


def _is_there(traits: Set[_Trait], rest: Iterable[Support]) -> bool:
    """Whether the others have all of these, too."""
    missing = set(traits)
    for support in rest:
        missing.difference_update(_traits(support))
        if not missing:
            return True
    return False


def asserts(key: Key, found: Standing | None) -> bool:
    """Whether the claims give a plain triple: one of them asserts it, and it isn't an upper bound alone."""
    return found is not None and ASSERTED in found.stances and (not key.bounds or bool(key.bounds[0]))


def claim_triples(node: str, claims: Iterable[str]) -> set[Triple]:
    """Which claims stand behind a fact."""
    return {(node, CLAIMED, claim) for claim in claims}


def fact_triples(key: Key, found: Standing | None, premises: Iterable[str] = (), base: str = BASE) -> set[Triple]:
    """The node of a fact, but for its claims. ``premises`` are the facts it follows from, if the ontology says so and
    no claim asserts it.

    Without claims and premises there is no fact, and no triple.
    """
    premises = sorted(premises)
    if not found and not premises:
        return set()
    node = key.node(base)
    pairs = {(TYPE, FACT), (SUBJECT, key.subject), (PREDICATE, key.predicate), (OBJECT, key.object)}
    pairs |= {(name, value) for name, value in zip(BOUNDS, key.bounds, strict=False) if value}
    if found:
        pairs |= _told(found)
    if premises:
        pairs |= {(DERIVED, premise) for premise in premises}
        pairs |= {(kg("inferred"), f'"true"^^<{XSD}boolean>'), (kg("stance"), ASSERTED)}
    return {(node, predicate, value) for predicate, value in pairs}


def standing_of(fact: Node) -> Standing | None:
    """The standing of a fact as its node has it; ``None`` for one that only follows from others."""
    if kg("documents") not in fact:
        return None
    stances, released, times, stated = (frozenset(fact.get(kg(name), ())) for name in _MANY)
    if kg("inferred") in fact:
        # Only what no claim asserts is inferred: that it holds is from its premises, and goes with them.
        stances -= {ASSERTED}
    documents, sources = (int(plain(fact[kg(name)][0])) for name in ("documents", "sources"))
    days = (plain(fact[kg(name)][0]) if kg(name) in fact else None for name in ("firstSaid", "lastSaid"))
    return Standing(stances, released, times, stated, documents, sources, fact[kg("confidence")][0], *days)


def _told(found: Standing) -> set[tuple[str, str]]:
    many = zip(_MANY, (found.stances, found.released, found.times, found.stated), strict=True)
    pairs = {(kg(name), value) for name, values in many for value in values}
    pairs |= {(kg("documents"), _integer(found.documents)), (kg("sources"), _integer(found.sources))}
    pairs.add((kg("confidence"), found.confidence))
    days = (("firstSaid", found.first), ("lastSaid", found.last))
    return pairs | {(kg(name), f'"{day}"') for name, day in days if day}


def later(issued: str | None) -> tuple[bool, str, str]:
    """A sort key for the time of publication: unknown first, moments compared in UTC, a day before its moments."""
    if issued is None:
        return False, "", ""
    return True, _in_utc(issued), issued


def _sharpest(times: Set[str]) -> frozenset[str]:
    """The times without those that a sharper one tells, too: 2020 says nothing beside 2020-01."""
    return frozenset(time for time in times if not any(other.startswith(time[:-1] + "-") for other in times))


def _weight(confidence: str) -> tuple[Decimal, str]:
    return Decimal(plain(confidence)), confidence


def publisher(document: Header) -> str:
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
