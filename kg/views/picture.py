"""What is to be shown: things, facts and their evidence, taken out of a store, ready for any kind of file.

A :class:`Picture` knows neither RDF nor networkx. :mod:`kg.views.select` makes one from a store; every writer takes
one.
"""

from collections.abc import Callable, Iterable
from typing import Protocol

import msgspec

FAMILIES = ("Person", "Organization", "Group", "Country", "Place", "Event", "Position", "Weapon", "Work", "Law")
"""The classes that get a colour and a shape of their own, most telling first (a country is an agent and a place)."""

OTHER = "Other"


class Paper(msgspec.Struct, frozen=True):
    """The document that a piece of evidence stands in. ``published`` is an ISO 8601 prefix."""

    id: str
    title: str | None = None
    source: str | None = None
    url: str | None = None
    published: str | None = None


class Evidence(msgspec.Struct, frozen=True):
    """One claim: the words that state a fact (``start`` to ``end`` in the document's text) and how they are said."""

    claim: str
    quote: str
    document: Paper
    start: int = 0
    end: int = 0
    stance: str = "asserted"
    speaker: str | None = None
    via: str | None = None
    confidence: float | None = None


class Measures(msgspec.Struct, frozen=True):
    """How a thing stands in the graph; :mod:`kg.views.analysis` says how each is computed.

    ``degree`` counts facts that link it, ``betweenness`` and ``pagerank`` are from 0 to 1, ``community`` is 1 for the
    largest, ``cutpoint`` is true if the graph falls into more parts without it.
    """

    degree: int
    betweenness: float
    pagerank: float
    community: int
    cutpoint: bool


class Thing(msgspec.Struct, frozen=True):
    """A person, an organization, a place, an event … ``family`` is one of :data:`FAMILIES` or :data:`OTHER`.

    ``measures`` are there once the graph was analysed.
    """

    iri: str
    label: str
    kind: str = OTHER
    family: str = OTHER
    aliases: tuple[str, ...] = ()
    mentions: int = 0
    sources: int = 0
    documents: int = 0
    measures: Measures | None = None


class Fact(msgspec.Struct, frozen=True):
    """One fact. ``object`` is the IRI of a thing, or None when the fact gives a value (a toll, a date, words):
    ``value`` says it in words, ``raw`` is the literal as it is stored.

    ``stances`` holds each stance of its claims once. Times are ISO 8601 prefixes or intervals; ``time`` is when the
    fact holds or held, ``first_said`` and ``last_said`` are the dates of its documents. ``bridge`` is whether the graph
    falls into more parts without it, once that was analysed.
    """

    iri: str
    subject: str
    predicate: str
    label: str
    object: str | None = None
    value: str = ""
    raw: str = ""
    stances: tuple[str, ...] = ("asserted",)
    sources: int = 1
    documents: int = 1
    first_said: str | None = None
    last_said: str | None = None
    time: str | None = None
    confidence: float | None = None
    inferred: bool = False
    evidence: tuple[Evidence, ...] = ()
    bridge: bool | None = None

    @property
    def asserted(self) -> bool:
        """Whether some claim asserts it; what is only alleged, possible, denied or planned is not."""
        return "asserted" in self.stances

    @property
    def stance(self) -> str:
        """One word for how it is said: the strongest stance of its claims, or ``disputed``."""
        if self.asserted:
            return "disputed" if "denied" in self.stances else "asserted"
        return next(
            (stance for stance in ("alleged", "possible", "planned", "denied") if stance in self.stances), "alleged"
        )


class Shown(Protocol):
    """What writers take: a title, things and facts to go through, as often as they like, in an order that does not
    change. A :class:`Picture` holds them; :class:`kg.views.whole.Whole` reads them from a store as they are asked for.
    """

    @property
    def title(self) -> str: ...

    @property
    def things(self) -> Iterable[Thing]: ...

    @property
    def facts(self) -> Iterable[Fact]: ...


class Picture(msgspec.Struct, frozen=True):
    """A part of the graph (or all of it), sorted so that the same store gives the same picture.

    ``left_out`` counts the things that :meth:`limited` took away.
    """

    things: tuple[Thing, ...] = ()
    facts: tuple[Fact, ...] = ()
    title: str = "Knowledge graph"
    left_out: int = 0

    @property
    def links(self) -> tuple[tuple[Fact, str], ...]:
        """The facts between two things, each with the IRI of its object."""
        return tuple((fact, fact.object) for fact in self.facts if fact.object is not None)

    @property
    def values(self) -> tuple[Fact, ...]:
        """The facts that give a thing a value."""
        return tuple(fact for fact in self.facts if fact.object is None)

    def size(self) -> tuple[int, int]:
        """How many things and how many facts."""
        return len(self.things), len(self.facts)

    def keeping(self, wanted: Callable[[Fact], bool]) -> "Picture":
        """The picture with only the facts that ``wanted`` accepts. All things stay."""
        return msgspec.structs.replace(self, facts=tuple(filter(wanted, self.facts)))

    def limited(self, count: int) -> "Picture":
        """The ``count`` things that most documents and facts speak of, with the facts among them."""
        if len(self.things) <= count:
            return self
        degrees = degree(self.facts)
        ranked = sorted(self.things, key=lambda thing: (-degrees.get(thing.iri, 0), -thing.documents, thing.iri))
        kept = {thing.iri for thing in ranked[:count]}
        return msgspec.structs.replace(
            self,
            things=tuple(thing for thing in self.things if thing.iri in kept),
            facts=among(self.facts, kept),
            left_out=self.left_out + len(self.things) - count,
        )


def among(facts: Iterable[Fact], things: set[str]) -> tuple[Fact, ...]:
    """The facts whose things are all in ``things``."""
    return tuple(fact for fact in facts if fact.subject in things and (fact.object is None or fact.object in things))


def degree(facts: Iterable[Fact]) -> dict[str, int]:
    """How many facts touch each thing."""
    counts: dict[str, int] = {}
    for fact in facts:
        for end in {fact.subject, fact.object} - {None}:
            assert end is not None
            counts[end] = counts.get(end, 0) + 1
    return counts
