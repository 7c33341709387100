"""Things and facts in, what is known of them as named values, out: the attributes of nodes and edges in every file.

Nodes carry label, kind, family, aliases, mentions, sources, documents, first_said, last_said, and a list per property
that gives a value (``deaths``, ``bornOn``). Edges carry label, predicate, stance, weight and sources (independent
sources), documents, first_said, last_said, time, confidence, inferred, and lists of quotes, speakers, urls and places
of evidence. Where the graph was analysed, nodes carry their :class:`kg.views.picture.Measures`, and edges whether they
are a bridge. Attributes that are not known are left out; times are text (ISO 8601).
"""

from collections.abc import Iterable, Iterator

from msgspec.structs import asdict

from kg.views.picture import Evidence, Fact, Measures, Thing

_NODE_NAMES = frozenset(Thing.__struct_fields__ + Measures.__struct_fields__) | {"first_said", "last_said"}


class Told:
    """What the facts that went by tell of their things: the values they give, and when they were said."""

    def __init__(self) -> None:
        self._values: dict[str, dict[str, list[str]]] = {}
        self._said: dict[str, tuple[str, str]] = {}

    def listening(self, facts: Iterable[Fact]) -> Iterator[Fact]:
        """The facts as they come, each heard."""
        for fact in facts:
            self._hear(fact)
            yield fact

    def node(self, thing: Thing) -> dict[str, object]:
        """All attributes of a thing."""
        first, last = self._said.get(thing.iri, (None, None))
        return _node(thing) | _known(first_said=first, last_said=last) | self._values.get(thing.iri, {})

    def _hear(self, fact: Fact) -> None:
        if fact.object is None:
            self._values.setdefault(fact.subject, {}).setdefault(_attribute(fact), []).append(worded(fact))
        days = [day for day in (fact.first_said, fact.last_said) if day]
        for end in (fact.subject, fact.object):
            if end and days:
                known = [*days, *self._said.get(end, ())]
                self._said[end] = min(known), max(known)


def edge(fact: Fact) -> dict[str, object]:
    """All attributes of a fact between two things."""
    return _known(
        label=fact.label,
        predicate=fact.predicate,
        stance=fact.stance,
        weight=fact.sources,
        sources=fact.sources,
        documents=fact.documents,
        first_said=fact.first_said,
        last_said=fact.last_said,
        time=fact.time,
        confidence=fact.confidence,
        inferred=fact.inferred,
        quotes=[item.quote for item in fact.evidence],
        speakers=_distinct(item.speaker for item in fact.evidence),
        urls=_distinct(item.document.url for item in fact.evidence),
        evidence=[reference(item) for item in fact.evidence],
        bridge=fact.bridge,
    )


def worded(fact: Fact) -> str:
    """The value of a fact, with its stance unless it is simply asserted."""
    return fact.value if fact.stance == "asserted" else f"{fact.value} ({fact.stance})"


def reference(item: Evidence) -> str:
    """Where a piece of evidence stands: document and characters, as in an RFC 5147 text fragment."""
    return f"{item.document.id}#char={item.start},{item.end}"


def _node(thing: Thing) -> dict[str, object]:
    return _known(
        label=thing.label,
        kind=thing.kind,
        family=thing.family,
        aliases=list(thing.aliases),
        mentions=thing.mentions,
        sources=thing.sources,
        documents=thing.documents,
        **(asdict(thing.measures) if thing.measures else {}),
    )


def _attribute(fact: Fact) -> str:
    return f"{fact.predicate}_" if fact.predicate in _NODE_NAMES else fact.predicate


def _known(**attributes: object) -> dict[str, object]:
    return {name: value for name, value in attributes.items() if value is not None and value != []}


def _distinct(values: Iterable[str | None]) -> list[str]:
    return list(dict.fromkeys(value for value in values if value))
