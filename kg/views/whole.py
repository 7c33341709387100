"""A store and the IRIs of some facts and things in, all that is known of each, one by one as it is asked for, out.

Read through the store's indexes: a fact costs some twenty look-ups, and memory holds IRIs, not facts.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from kg import ontology
from kg.config import KG
from kg.store.names import (
    ALIAS,
    DERIVED,
    EXACT,
    ISSUED,
    LABEL,
    MENTION,
    OBJECT,
    PREDICATE,
    SOURCE,
    SPECIALIZES,
    SUBJECT,
    TITLE,
    TYPE,
    URL,
    kg,
)
from kg.store.names import END as TEXT_END
from kg.store.names import START as TEXT_START
from kg.views import notation
from kg.views.picture import FAMILIES, OTHER, Evidence, Fact, Paper, Picture, Thing

if TYPE_CHECKING:
    from kg.store import Store

Properties = dict[str, list[str]]
"""The properties of a node, by IRI; N-Triples terms."""

_PAPERS_AT_HAND = 4096
"""Documents whose title, source and date are kept: facts in the order of their IRIs come back to the same ones."""


class Whole:
    """Facts and things of a store, read each time somebody goes through them; see :class:`kg.views.picture.Shown`.

    ``bare`` are facts that the store does not have (a CONSTRUCT made them). ``left_out`` is how many things
    :meth:`limited` took away.
    """

    def __init__(
        self,
        store: "Store",
        facts: Sequence[str],
        things: Sequence[str],
        title: str = "Knowledge graph",
        bare: Sequence[Fact] = (),
        left_out: int = 0,
    ) -> None:
        self._reader = Reader(store)
        self._store = store
        self._facts = facts
        self._things = things
        self._bare = bare
        self.title = title
        self.left_out = left_out

    @property
    def facts(self) -> Iterator[Fact]:
        """The facts in the order of their IRIs, those that the store does not have last."""
        for iri in self._facts:
            yield self._reader.fact(iri)
        yield from self._bare

    @property
    def things(self) -> Iterator[Thing]:
        """The things in the order of their IRIs."""
        return map(self._reader.thing, self._things)

    def size(self) -> tuple[int, int]:
        """How many things and how many facts."""
        return len(self._things), len(self._facts) + len(self._bare)

    def limited(self, count: int) -> "Whole":
        """The ``count`` things that most facts speak of, with the facts among them."""
        if len(self._things) <= count:
            return self
        degrees = dict.fromkeys(self._things, 0)
        for ends in self._all_ends():
            for end in set(ends):
                degrees[end] += 1
        kept = set(sorted(self._things, key=lambda thing: (-degrees[thing], thing))[:count])
        return Whole(
            self._store,
            [fact for fact in self._facts if kept.issuperset(self._reader.ends(fact))],
            sorted(kept),
            self.title,
            [fact for fact in self._bare if kept.issuperset(_ends(fact))],
            self.left_out + len(self._things) - count,
        )

    def picture(self) -> Picture:
        """All of it at once, in memory."""
        return Picture(tuple(self.things), tuple(self.facts), self.title, self.left_out)

    def _all_ends(self) -> Iterator[list[str]]:
        yield from map(self._reader.ends, self._facts)
        yield from map(_ends, self._bare)


class Reader:
    """What the store tells of one thing, fact or claim, given its IRI."""

    def __init__(self, store: "Store") -> None:
        self._store = store
        self._merged = store.graph()
        self.paper = lru_cache(_PAPERS_AT_HAND)(self._paper)

    def fact(self, iri: str) -> Fact:
        """A fact with its evidence: that of the facts that it follows from, if it follows from others."""
        found = self._merged.node(f"<{iri}>")
        name = _text(found[PREDICATE][0]).removeprefix(KG)
        target = found[OBJECT][0]
        linked = target.startswith("<")
        times = sorted(map(_text, found.get(kg("time"), ())))
        confidence = _one(found, kg("confidence"))
        return Fact(
            iri=iri,
            subject=_text(found[SUBJECT][0]),
            predicate=name,
            label=ontology.default().label(name),
            object=_text(target) if linked else None,
            raw=_text(target),
            value="" if linked else _value(_text(target), found),
            stances=_stances(found.get(kg("stance"), ())),
            sources=int(_one(found, kg("sources")) or 0),
            documents=int(_one(found, kg("documents")) or 0),
            first_said=_one(found, kg("firstSaid")),
            last_said=_one(found, kg("lastSaid")),
            time=", ".join(times) or None,
            confidence=float(confidence) if confidence else None,
            inferred=_one(found, kg("inferred")) == "true",
            evidence=self._evidence(found),
        )

    def thing(self, iri: str) -> Thing:
        """A thing with its names, kinds, and how often and where it is mentioned."""
        found = self._merged.node(f"<{iri}>")
        kinds = [_text(kind).removeprefix(KG) for kind in found.get(TYPE, ())]
        mentions = self._mentions(iri)
        papers = [self.paper(document) for document in mentions]
        return Thing(
            iri=iri,
            label=_one(found, LABEL) or re.split("[/#:]", iri)[-1],
            kind=_narrowest(kinds),
            family=next((family for family in FAMILIES if family in kinds), OTHER),
            aliases=tuple(sorted(map(_text, found.get(ALIAS, ())))),
            mentions=sum(mentions.values()),
            sources=len({paper.source or paper.url or paper.id for paper in papers}),
            documents=len(mentions),
        )

    def ends(self, fact: str) -> list[str]:
        """The things that a fact is about: its subject, and its object if that is a thing."""
        target = self._merged.objects(f"<{fact}>", OBJECT)[0]
        subject = _text(self._merged.objects(f"<{fact}>", SUBJECT)[0])
        return [subject, _text(target)] if target.startswith("<") else [subject]

    def touching(self, thing: str, ends: Sequence[str] = (SUBJECT, OBJECT)) -> Iterator[str]:
        """The facts with a thing as subject or object."""
        for end in ends:
            for fact in self._merged.each_subject(end, f"<{thing}>"):
                yield _text(fact)

    def stances(self, fact: str) -> tuple[str, ...]:
        """Each stance of its claims once."""
        return _stances(self._merged.objects(f"<{fact}>", kg("stance")))

    def is_inferred(self, fact: str) -> bool:
        """Whether it only follows from other facts."""
        return any(_text(it) == "true" for it in self._merged.objects(f"<{fact}>", kg("inferred")))

    def evidence(self, fact: str) -> tuple[Evidence, ...]:
        """The words that state a fact, or the facts that it follows from: the earliest document first."""
        return self._evidence(self._merged.node(f"<{fact}>"))

    def _evidence(self, found: Properties) -> tuple[Evidence, ...]:
        items = (self._claim(_text(claim)) for claim in self._claims(found))
        return tuple(sorted(items, key=lambda item: (item.document.published or "", item.claim)))

    def _claims(self, found: Properties) -> set[str]:
        claims, waiting, seen = set(found.get(kg("claim"), ())), list(found.get(DERIVED, ())), set[str]()
        while waiting:
            fact = waiting.pop()
            if fact not in seen:
                seen.add(fact)
                claims.update(self._merged.objects(fact, kg("claim")))
                waiting += self._merged.objects(fact, DERIVED)
        return claims

    def _claim(self, claim: str) -> Evidence:
        document = claim.rpartition("/")[0]
        graph = self._store.graph(f"<{document}>")
        found = graph.node(f"<{claim}>")
        said = {role: _one(graph.node(node[0]), LABEL) for role in ("speaker", "via") if (node := found.get(kg(role)))}
        confidence = _one(found, kg("confidence"))
        return Evidence(
            claim=claim,
            quote=_one(found, EXACT) or "",
            document=self.paper(document),
            start=int(_one(found, TEXT_START) or 0),
            end=int(_one(found, TEXT_END) or 0),
            stance=_one(found, kg("stance")) or "asserted",
            speaker=said.get("speaker"),
            via=said.get("via"),
            confidence=float(confidence) if confidence else None,
        )

    def _paper(self, document: str) -> Paper:
        graph = self._store.graph(f"<{document}>")
        found = graph.node(f"<{document}>")
        sources = [name for source in found.get(SOURCE, ()) if (name := _one(graph.node(source), LABEL))]
        address = _one(found, URL) or _one(found, kg("address"))
        return Paper(
            document.rpartition("/")[2], _one(found, TITLE), min(sources, default=None), address, _one(found, ISSUED)
        )

    def _mentions(self, thing: str) -> dict[str, int]:
        """How often each document mentions a thing."""
        counts: dict[str, int] = {}
        for entity in self._merged.each_subject(SPECIALIZES, f"<{thing}>"):
            document = _text(entity).rpartition("/")[0]
            count = len(self._store.graph(f"<{document}>").objects(entity, MENTION))
            if count:
                counts[document] = counts.get(document, 0) + count
        return counts


def quantity(low: str | None, high: str | None, approximate: bool = False, unit: str | None = None) -> str:
    """Bounds in words: ``at least 140``, ``100 to 200``, ``about 2300 ft``."""
    if low is not None and low == high:
        words = low
    elif low is not None and high is not None:
        words = f"{low} to {high}"
    elif low is not None:
        words = f"at least {low}"
    else:
        words = f"at most {high}"
    return " ".join(part for part in ("about" if approximate else "", words, unit or "") if part)


def _ends(fact: Fact) -> list[str]:
    return [fact.subject, fact.object] if fact.object else [fact.subject]


def _text(term: str) -> str:
    return notation.text(term)


def _one(found: Properties, name: str) -> str | None:
    """The words of a property's value, the first in the alphabet."""
    return min(map(_text, found.get(name, ())), default=None)


def _stances(terms: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(map(_text, terms))) or ("asserted",)


def _value(text: str, found: Properties) -> str:
    low, high = _one(found, kg("atLeast")), _one(found, kg("atMost"))
    if low is None and high is None:
        return text
    words = quantity(low, high, _one(found, kg("approximate")) == "true", _one(found, kg("unit")))
    stated = ", ".join(sorted(map(_text, found.get(kg("asStated"), ()))))
    return f"{words} (“{stated}”)" if stated and stated.lower() not in (words, low, high) else words


def _narrowest(kinds: Sequence[str]) -> str:
    """The kind below which there is no other; of several, the first in the alphabet."""
    above = {name for kind in kinds for name in ontology.default().superclasses(kind)}
    return min(set(kinds) - above, default=OTHER)
