"""A record, a thing or a name in; what the store holds of it for those who judge who is who, out.

Records are entities of documents, and key records, which stand for all entities of which documents tell the same. IRIs
go in and out without angle brackets.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, islice, product
from typing import TYPE_CHECKING

import msgspec

from kg.claims import Judgement
from kg.clusters import Pair, clusters, is_key, is_person, pair_of, standing, verdicts
from kg.store.identities import HOME, WIDER, between_keys, followed, key_of, members
from kg.store.ledger import judgement_of
from kg.store.lookups import Lookups
from kg.store.merge import document_of
from kg.store.names import (
    ALIAS,
    BODY,
    ISSUED,
    LABEL,
    MENTION,
    OBJECT,
    PREDICATE,
    REPLACED_BY,
    SOURCE,
    SPECIALIZES,
    SUBJECT,
    TITLE,
    TYPE,
    kg,
)
from kg.store.show import Quote, quote_of
from kg.store.terms import literal, text_of

if TYPE_CHECKING:
    from kg.store.local import Store

# What tells people, groups and places of one name apart: such sentences are shown first.
_TELLING = frozenset(
    map(
        kg,
        """holdsPosition leaderOf memberOf employedBy citizenOf comesFrom bornIn bornOn diedOn childOf spouse siblingOf
        candidateFor locatedIn capitalOf partOf basedIn founded ownedBy age""".split(),
    )
)
# The sentences shown for each side, and the entities looked at to find them: enough to choose from.
_QUOTES, _LOOKED_AT = 2, 30
_FRAGMENT = re.compile(r"#char=([0-9]+),[0-9]+>$")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)]*\s|\n")


class Candidate(msgspec.Struct, frozen=True):
    """A thing or a record that a name may mean; ``documents`` is how many speak of it."""

    iri: str
    name: str
    kind: str
    documents: int


class Who:
    """Records, things and judgements of a store as they are now."""

    def __init__(self, store: "Store") -> None:
        self.store, self.base = store, store.base
        self.merged = store.graph()
        self.kept, self.ledger = store.graph(f"<{store.base}tally>"), store.graph(f"<{store.base}judgements>")

    # --- things and their records ------------------------------------------------------------------------------------

    def is_key(self, record: str) -> bool:
        """Whether a record is a key record."""
        return is_key(record, self.base)

    def thing(self, record: str) -> str | None:
        """The thing that a record is; ``None`` if there is no such record."""
        if self.is_key(record):
            return _first(self.kept, record, HOME)
        return _first(self.merged, record, SPECIALIZES)

    def redirected(self, iri: str) -> str | None:
        """The thing that took the place of another's IRI."""
        return _first(self.merged, iri, REPLACED_BY)

    def records(self, thing: str) -> set[str]:
        """The key records that are a thing, and the entities that persons judged; if there are none, its entities."""
        try:
            found = {key[1:-1] for key in self.kept.subjects(HOME, f"<{thing}>")}
        except ValueError:
            return set()
        said = {it for review in self.said() for it in pair_of(review)}
        found |= {it for it in said if not self.is_key(it) and self.thing(it) == thing}
        return found or {entity[1:-1] for entity in self.merged.subjects(SPECIALIZES, f"<{thing}>")}

    def named(self, thing: str, name: str) -> frozenset[str]:
        """The records of a thing that bear a name; all, if none does by itself."""
        records = self.records(thing)
        return frozenset({record for record in records if self._bears(record, name)} or records)

    def entities(self, record: str) -> list[str]:
        """The entities of documents that a record stands for, as terms, sorted."""
        if not self.is_key(record):
            return [f"<{record}>"]
        keys = [record, *(part[1:-1] for part in self.ledger.subjects(WIDER, f"<{record}>"))]
        found = chain.from_iterable(members(key, self.ledger, self.base) for key in keys)
        return sorted(entity for entity in found if key_of(entity, self.ledger, self.base) in keys)

    def documents(self, thing: str) -> int:
        """How many documents speak of a thing."""
        return len({document_of(entity) for entity in self.merged.subjects(SPECIALIZES, f"<{thing}>")})

    # --- judgements --------------------------------------------------------------------------------------------------

    def doubts(self) -> Iterator[Judgement]:
        """What machines are unsure of."""
        for node in self.ledger.subjects(kg("verdict"), literal("unsure")):
            judgement = judgement_of(self.ledger.node(node))
            if not is_person(judgement):
                yield judgement

    def said(self) -> list[Judgement]:
        """What persons judged and did not take back."""
        return standing(self.store.reviews())

    def across(self, some: Iterable[str], others: Iterable[str]) -> set[Judgement]:
        """All that was judged between some records and others, by machines and persons."""
        few, many = sorted((set(some), set(others)), key=len)
        found = {it for record in few if self.is_key(record) for it in between_keys(record, self.ledger, self.base)}
        for record in few | many:
            if not self.is_key(record) and (key := key_of(f"<{record}>", self.ledger, self.base)):
                found.add(followed(record, key))
        found.update(self.said())
        return {it for it in found if _joins(it, few, many) or _joins(it, many, few)}

    def chosen(self, some: Iterable[str], others: Iterable[str]) -> Pair:
        """The records that a word on two things is on: those that persons judged last; else those that a machine is
        most nearly sure of, or holds apart; else the first of each."""
        order = {"unsure": 2, "different": 1}
        ranked = [
            (is_person(it), it.at or "", order.get(it.verdict, 0), it.score, pair)
            for pair, it in verdicts(self.across(some, others)).items()
        ]
        return max(ranked)[-1] if ranked else (min(some), min(others))

    def cuts(self, thing: str, stay: frozenset[str], leave: frozenset[str]) -> set[Pair]:
        """The pairs that must be different so that some records leave a thing in which others stay.

        What persons joined is parted where they joined it; a third that they joined to both is not: that contradiction
        is theirs to settle. What machines joined is parted pair by pair, and from what both are by their bare name; an
        entity, from its key and from whatever it is the same as.
        """
        records = self.records(thing) | stay | leave
        held = self.across(records, records)
        counted = verdicts(held)
        joins = [pair for pair, it in counted.items() if is_person(it) and it.verdict == "same"]
        unjoined = clusters((it for it in held if not (is_person(it) and it.verdict == "same")), self.base).iris
        parts = {record: unjoined.get(record, record) for record in records}
        staying = {parts[it] for it in stay}
        gone = {parts[it] for it in leave} - staying
        found = {pair for pair in joins if {parts[it] for it in pair} & gone and {parts[it] for it in pair} & staying}
        for record in leave:
            if parts[record] in staying:
                found |= self._cut(record, stay, {pair for pair, it in counted.items() if it.verdict == "same"})
        return found | {(min(stay), min(leave))} if gone else found

    def _cut(self, record: str, stay: frozenset[str], same: set[Pair]) -> set[Pair]:
        if not self.is_key(record):
            linked = {pair for pair in same if record in pair}
            return linked | set(product((it for it in stay if not self.is_key(it)), (record,)))
        names = {key[1:-1] for key in self.ledger.objects(f"<{record}>", WIDER)}
        theirs = {key[1:-1] for it in stay for key in self.ledger.objects(f"<{it}>", WIDER)}
        return set(product(stay | (names & theirs), (record,)))

    # --- words -------------------------------------------------------------------------------------------------------

    def candidate(self, thing: str) -> Candidate:
        """A thing as one to choose."""
        label = self.merged.first(f"<{thing}>", LABEL)
        kinds = {kind.rpartition("#")[2][:-1] for kind in self.merged.objects(f"<{thing}>", TYPE)}
        above = {wider for kind in kinds for wider in self.store.ontology.superclasses(kind)}
        return Candidate(
            thing, text_of(label) if label else thing, min(kinds - above, default=""), self.documents(thing)
        )

    def described(self, record: str) -> Candidate:
        """A record as one to choose."""
        entities = self.entities(record)
        kind = self._most(entities, TYPE) or ""
        documents = len(set(map(document_of, entities)))
        return Candidate(record, self.called(record), kind.rpartition("#")[2][:-1], documents)

    def called(self, record: str) -> str:
        """The name that documents use most for a record."""
        name = self._most(self.entities(record), LABEL)
        return text_of(name) if name else record

    def is_called(self, node: str, name: str, graph: Lookups) -> bool:
        """Whether a node has a name, in any case."""
        folded = name.casefold()
        return any(text_of(it).casefold() == folded for label in (LABEL, ALIAS) for it in graph.objects(node, label))

    def quotes(self, record: str) -> tuple[Quote, ...]:
        """The sentences that tell most of who a record is, of different documents as far as there are any."""
        entities = self.entities(record)[:_LOOKED_AT]
        ranked = sorted(rank for entity in entities for rank in self._ranked(entity))
        first = {document: rank for rank in reversed(ranked) for document in [rank[-2]]}
        found: dict[str, Quote] = {}
        for rank in [*sorted(first.values()), *ranked]:
            if len(found) < _QUOTES:
                quote = quote_of(self.store, rank[-1])
                found.setdefault(quote.text, quote)
        return tuple(found.values()) or tuple(filter(None, map(self._mentioned, entities[:_QUOTES])))

    def _bears(self, record: str, name: str) -> bool:
        return any(self.is_called(it, name, self.store.graph(document_of(it))) for it in self.entities(record))

    def _most(self, entities: Iterable[str], predicate: str) -> str | None:
        """The value that most of some entities have (of very many, the first are asked)."""
        asked = islice(entities, _LOOKED_AT)
        values = Counter(it for each in asked for it in self.store.graph(document_of(each)).objects(each, predicate))
        return max(values, key=lambda it: (values[it], it), default=None)

    def _ranked(self, entity: str) -> Iterator[tuple[bool, bool, float, str, str]]:
        """The claims on an entity with their document: first those that tell who it is, asserted, the surest."""
        graph = self.store.graph(document_of(entity))
        for claim in {*graph.subjects(SUBJECT, entity), *graph.subjects(OBJECT, entity)}:
            node = graph.node(claim)
            telling = node[PREDICATE][0] in _TELLING and node[SUBJECT][0] == entity
            asserted = node.get(kg("stance")) == [literal("asserted")]
            confidence = float(text_of(node[kg("confidence")][0]))
            yield not telling, not asserted, -confidence, document_of(entity), claim

    def _mentioned(self, entity: str) -> Quote | None:
        """The sentence around the first mention of an entity of which nothing is claimed."""
        document = document_of(entity)
        graph = self.store.graph(document)
        places = [int(found[1]) for mention in graph.objects(entity, MENTION) if (found := _FRAGMENT.search(mention))]
        body = graph.first(document, BODY)
        if not body or not places:
            return None
        text = text_of(body)
        start, end = _sentence(text, min(places))
        title, issued, source = (graph.first(document, name) for name in (TITLE, ISSUED, SOURCE))
        publisher = graph.first(source, LABEL) if source else None
        return Quote(
            text=text[start:end],
            start=start,
            end=end,
            document=document[1:-1],
            title=text_of(title) if title else None,
            source=text_of(publisher) if publisher else None,
            issued=text_of(issued) if issued else None,
            stance="",
            speaker=None,
            time=None,
            confidence=1.0,
        )


def _first(graph: Lookups, iri: str, predicate: str) -> str | None:
    try:
        found = graph.first(f"<{iri}>", predicate)
    except ValueError:  # it is no IRI
        return None
    return found[1:-1] if found else None


def _joins(judgement: Judgement, some: set[str], others: set[str]) -> bool:
    return judgement.left in some and judgement.right in others


def _sentence(text: str, place: int) -> tuple[int, int]:
    """Where the sentence around a place begins and ends, by its full stops: near enough for a reader."""
    start = max((found.end() for found in _SENTENCE_END.finditer(text, 0, place)), default=0)
    found = _SENTENCE_END.search(text, place)
    end = found.end() if found else len(text)
    return start, start + len(text[start:end].rstrip())
