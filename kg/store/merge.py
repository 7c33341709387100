"""Documents that come and go, and judgements, in; the triples by which the merged view changes out.

The merged view is a pure function of all documents' graphs, the judgements and the ontology: :func:`whole` computes it
from nothing. :class:`Merge` computes what a change makes of it by looking up only what the change touches: the things
and facts that the changed documents speak of, and the triples that follow from these. The two always agree.
"""

import sys
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Set
from functools import partial
from typing import NamedTuple

from kg.claims import Judgement
from kg.clusters import Clusters, clusters, lone_iri
from kg.config import BASE
from kg.store.conflicts import CONFLICTS, MEANT, NAMED, Conflicts, Side, World, named, shelf, side
from kg.store.conflicts import everything as conflicts_among
from kg.store.copies import COPY_OF, Copies, Print, links, origins, shelf_triples
from kg.store.evidence import Evidence, Header, Node, Said, Triple, header, said
from kg.store.facts import (
    ASSERTED,
    CLAIMED,
    PARTS,
    Key,
    Standing,
    Support,
    asserts,
    claim_triples,
    fact_triples,
    key_of,
    publisher,
    standing,
    standing_after,
    standing_of,
)
from kg.store.identities import Compared, Identities, Turn, homes, redirections
from kg.store.infer import Memory, Overlay, everything, in_doubt, premises, settle
from kg.store.lookups import Lookups
from kg.store.names import (
    ADDRESS,
    CLAIM,
    FINGERPRINT,
    ISSUED,
    OBJECT,
    PREDICATE,
    REFUSED,
    SOURCE,
    SPECIALIZES,
    SUBJECT,
    TITLE,
    TYPE,
    URL,
    XSD,
    kg,
)
from kg.store.releases import releasers
from kg.store.rules import Rules
from kg.store.terms import literal, text_of
from kg.store.things import Tally, combined, is_named, packed, tally_of, thing_triples, unpacked
from kg.store.versions import STORY, Archive, Versions, replaced, story_triples
from kg.store.versions import everything as versions_among

Resolve = Callable[[str], str]
"""Leads from an entity of a document to the thing that it is, both as terms."""

_NUMBERS = (f"{XSD}integer>", f"{XSD}decimal>")
TALLY = kg("tally")
_AT_HAND = 20_000
"""Documents of which something is kept in memory: some ten megabytes."""
_PUBLISHERS_AT_HAND = 500_000
"""Documents of which the publisher is: the same."""
_FEW = 64
"""Triples of a fact's node that are read at once; of one with more, only those that are asked for."""


class View(NamedTuple):
    """Triples of the merged view, and of the tallies kept beside it."""

    merged: set[Triple]
    tallies: set[Triple]


class Patch(NamedTuple):
    """What to take out of a view and what to put in."""

    minus: View
    plus: View


class Change(NamedTuple):
    """A document as it was in the store and as it will be; ``None`` where it is not there."""

    before: Evidence | None
    after: Evidence | None


class Share(NamedTuple):
    """What one document gives to the merged view."""

    links: set[Triple]
    tallies: dict[str, Tally]
    supports: dict[Key, list[Support]]


# --- one document ----------------------------------------------------------------------------------------------------


def share_of(document: Evidence, resolve: Resolve, first: str, live: bool) -> Share:
    """The share of a document whose report was published first by ``first``.

    One that a later version replaces still says who its entities are, and nothing else.
    """
    things = {entity.node: resolve(entity.node) for entity in document.entities}
    links = {(entity, SPECIALIZES, thing) for entity, thing in things.items()}
    if not live:
        return Share(links, {}, {})
    by_thing = defaultdict(list)
    for entity in document.entities:
        by_thing[things[entity.node]].append(entity)
    supports: dict[Key, list[Support]] = defaultdict(list)
    for claim in document.claims:
        key = fact_of(claim, things)
        # Two entities that turned out to be one: what was said of them both is no fact about either.
        if key.subject != key.object:
            supports[key].append(Support(claim, document.header, first))
    return Share(links, {thing: tally_of(members) for thing, members in by_thing.items()}, supports)


def fact_of(claim: Said, things: Mapping[str, str]) -> Key:
    """The fact that a claim states, once its entities are the things that they are."""
    return Key(
        things.get(claim.subject, claim.subject), claim.predicate, things.get(claim.object, claim.object), claim.bounds
    )


# --- all documents ---------------------------------------------------------------------------------------------------


def whole(documents: Iterable[Evidence], judgements: Iterable[Judgement], rules: Rules, base: str = BASE) -> View:
    """The whole merged view, computed from nothing but the evidence and the judgements."""
    documents, judgements = list(documents), list(judgements)
    found = clusters(judgements, base)
    replacing = versions_among(documents)
    old = replaced(replacing)
    headers = {document.header.node: document.header for document in documents}
    copied = origins({node: Print(it.mark, it.issued) for node, it in headers.items() if it.mark})
    first = {node: publisher(headers[copied.get(node, node)]) for node in headers}
    shares = [
        share_of(document, lambda entity: _thing(entity, found, base), first[node], node not in old)
        for document in documents
        for node in [document.header.node]
    ]
    merged = {triple for share in shares for triple in share.links} | redirections(found)
    merged |= replacing | links(copied)
    tallies = _sum(share.tallies for share in shares)
    for thing, tally in tallies.items():
        merged |= thing_triples(thing, tally, rules.superclasses)
    supports = _joined(share.supports for share in shares)
    merged |= _all_facts(supports, rules, base)
    kept = {triple for thing, tally in tallies.items() for triple in _counted(thing, tally)}
    kept |= homes(found, judgements, base)
    kept |= {triple for key in supports if key.predicate in rules.single for triple in shelf(key, key.node(base))}
    merged |= _all_conflicts(supports, merged, kept, rules, base)
    return View(merged, kept | {triple for it in headers.values() for triple in _filed(it)})


def _all_facts(supports: Mapping[Key, list[Support]], rules: Rules, base: str) -> set[Triple]:
    stated: dict[Triple, list[str]] = defaultdict(list)
    found = {key: standing(those) for key, those in supports.items()}
    for key, those in found.items():
        if asserts(key, those):
            stated[key.triple].append(key.node(base))
    plain = everything(stated, rules)
    merged = set(plain)
    keys = {*supports, *(Key(*triple) for triple in plain if triple not in stated)}
    for key in keys:
        because: set[str] = set()
        if key.triple not in stated and not key.bounds:
            for premise in premises(key.triple, plain, rules):
                because.update(stated.get(premise) or [Key(*premise).node(base)])
        merged |= fact_triples(key, found.get(key), because, base)
        merged |= claim_triples(key.node(base), (it.claim.node for it in supports.get(key, ())))
    return merged


def _all_conflicts(
    supports: Mapping[Key, list[Support]], merged: set[Triple], kept: set[Triple], rules: Rules, base: str
) -> set[Triple]:
    steps = {TYPE, *rules.within}
    world = World(Memory(it for it in merged if it[1] in steps), Memory(it for it in kept if it[1] == NAMED), rules)
    return conflicts_among(
        (side(key, those) for key, those in supports.items() if key.predicate in rules.single), world, base
    )


def _joined(parts: Iterable[Mapping[Key, list[Support]]]) -> dict[Key, list[Support]]:
    total: dict[Key, list[Support]] = defaultdict(list)
    for part in parts:
        for key, supports in part.items():
            total[key] += supports
    return total


def _sum(parts: Iterable[Mapping[str, Tally]]) -> dict[str, Tally]:
    total: dict[str, Tally] = {}
    for part in parts:
        for thing, tally in part.items():
            if thing in total:
                total[thing].update(tally)
            else:
                total[thing] = tally.copy()
    return total


def _tally_triple(thing: str, tally: Tally) -> Triple:
    return thing, TALLY, literal(packed(tally))


def _counted(thing: str, tally: Tally) -> set[Triple]:
    """What is kept of a thing beside the merged view."""
    return {_tally_triple(thing, tally)} | named(thing, is_named(tally))


def _thing(entity: str, found: Clusters, base: str) -> str:
    record = entity[1:-1]
    return f"<{found.iris.get(record) or lone_iri(record, None, base)}>"


# --- a change --------------------------------------------------------------------------------------------------------


class Merge:
    """The merged view of a store, as far as a change concerns it.

    ``merged``, ``tallies`` and ``judged`` are the store's graphs before the change; ``document`` reads the whole graph
    of one, ``graph`` looks things up in it.
    """

    def __init__(
        self,
        merged: Lookups,
        tallies: Lookups,
        judged: Lookups,
        document: Callable[[str], Evidence],
        graph: Callable[[str], Lookups],
        places: Callable[[str], list[str]],
        rules: Rules,
        base: str = BASE,
    ) -> None:
        self.merged, self.tallies, self.judged = merged, tallies, judged
        self._document, self._graph = document, graph
        self._places = places
        self._rules, self._base = rules, base
        self._headers: dict[str, Header] = {}
        self._publishers: dict[str, str] = {}
        self._said: dict[str, dict[str, Said]] = {}
        self._nodes: dict[str, Node] = {}
        self._pairs = Compared(judged, base)

    def patch(self, changes: Mapping[str, Change], turn: Turn) -> Patch:
        """What a change makes of the view.

        ``changes`` are the documents that come, go or are written anew, by node; ``turn`` is what is judged anew.
        """
        self._nodes.clear()
        who = Identities(turn, self.merged, self.tallies, self.judged, self._pairs, self._base)
        changes = self._with_documents(changes, {document_of(entity) for entity in who.moved()})
        prints = _Prints(self._copies_of(changes), changes, self._header)
        copies = prints.copies
        changes = self._with_documents(changes, prints.turned)
        # Last, as every document that is looked at may be an old version; other versions of it are looked at here.
        gone = {node: it.before for node, it in changes.items() if it.before}
        come = {node: it.after for node, it in changes.items() if it.after}
        versions = Versions.of(
            gone, come, Archive(self._places, partial(self.tallies.subjects, STORY), self._header, self._document)
        )
        changes = self._with_documents(changes, versions.turned)
        minus, plus = self._shares(changes, versions, prints, who)
        patch = _Draft(
            redirections(who.before) | versions.links_before | links(copies.before),
            redirections(who.after) | versions.links_after | links(copies.after),
        )
        for share in minus:
            patch.minus |= share.links
        for share in plus:
            patch.plus |= share.links
        tallies = self._things(_sum(it.tallies for it in minus), _sum(it.tallies for it in plus), patch)
        for change in changes.values():
            tallies.minus |= _shelved(change.before)
            tallies.plus |= _shelved(change.after)
        tallies.minus |= who.homes[0]
        tallies.plus |= who.homes[1]
        facts = _Facts(_joined(it.supports for it in minus), _joined(it.supports for it in plus), changes, self._base)
        self._facts(facts, patch)
        self._conflicts(facts, patch, tallies)
        self._forget(changes)
        self._pairs.forget(turn)
        return Patch(
            View(patch.minus - patch.plus, tallies.minus - tallies.plus),
            View(patch.plus - patch.minus, tallies.plus - tallies.minus),
        )

    def _forget(self, changed: Iterable[str]) -> None:
        """What well-known facts rest on is kept at hand; that of documents that change is not, nor of very many."""
        for kept, most in ((self._headers, _AT_HAND), (self._said, _AT_HAND), (self._publishers, _PUBLISHERS_AT_HAND)):
            if len(kept) > most:
                kept.clear()
            for node in changed:
                kept.pop(node, None)

    def _with_documents(self, changes: Mapping[str, Change], nodes: Iterable[str]) -> dict[str, Change]:
        """The changes with other documents of the store as they are: what they give may change, they don't."""
        result = dict(changes)
        for node in nodes:
            if node not in result:
                document = self._document(node)
                if document.entities or document.claims or document.header.address:
                    result[node] = Change(document, document)
        return result

    def _header(self, node: str) -> Header:
        """The header of a document of the store."""
        if node not in self._headers:
            graph = self._graph(node)
            found = {name: graph.objects(node, name) for name in (ISSUED, URL, ADDRESS, SOURCE, FINGERPRINT, TITLE)}
            self._headers[node] = header(node, found)
        return self._headers[node]

    # Copies

    def _copies_of(self, changes: Mapping[str, Change]) -> Copies:
        """The origins in the groups that a change touches: documents that stay as they were printed touch none."""
        told = {node: tuple(it.header if it else None for it in change) for node, change in changes.items()}
        turned = {node: both for node, both in told.items() if _printed(both[0]) != _printed(both[1])}
        gone = {node: Print(it.mark, it.issued) for node, (it, _) in turned.items() if it and it.mark}
        come = {node: Print(it.mark, it.issued) for node, (_, it) in turned.items() if it and it.mark}
        return Copies.of(gone, come, self.merged, self.tallies, self._print)

    def _print(self, node: str) -> Print:
        found = self._header(node)
        return Print(found.mark or "", found.issued)

    def _shares(
        self, changes: Mapping[str, Change], versions: Versions, prints: "_Prints", who: Identities
    ) -> tuple[list[Share], list[Share]]:
        minus = [
            self._share(it.before, who.thing_before, prints.before, versions.old_before)
            for it in changes.values()
            if it.before
        ]
        plus = [
            self._share(it.after, who.thing, prints.after, versions.old_after) for it in changes.values() if it.after
        ]
        return minus, plus

    def _share(self, document: Evidence, resolve: Resolve, printed: Mapping[str, str], old: Container[str]) -> Share:
        """The share of a document; ``printed`` says who first published it, as far as that may have changed."""
        node, mark = document.header.node, document.header.mark
        first = printed.get(node) or (self.publisher(node) if mark else publisher(document.header))
        return share_of(document, resolve, first, node not in old)

    # Things

    def _things(self, minus: Mapping[str, Tally], plus: Mapping[str, Tally], patch: "_Draft") -> "_Draft":
        tallies = _Draft(set(), set())
        for thing in {thing for thing in {*minus, *plus} if minus.get(thing) != plus.get(thing)}:
            text = self.tallies.first(thing, TALLY)
            old = unpacked(text_of(text)) if text else Tally()
            new = combined(old, plus.get(thing, Tally()), minus.get(thing, Tally()))
            patch.minus |= thing_triples(thing, old, self._rules.superclasses)
            patch.plus |= thing_triples(thing, new, self._rules.superclasses)
            tallies.minus |= _counted(thing, old) if old else set()
            tallies.plus |= _counted(thing, new) if new else set()
        return tallies

    # Facts

    def _facts(self, facts: "_Facts", patch: "_Draft") -> None:
        for key in facts.touched:
            node = key.node(self._base)
            gone, come = facts.gone(key), facts.come(key)
            rest = _Rest(self, node, facts.written)
            facts.standings[key] = standing_after(standing_of(self._node(node)), gone, come, rest)
            patch.minus |= claim_triples(node, (it.claim.node for it in gone))
            patch.plus |= claim_triples(node, (it.claim.node for it in come))
        by_triple: dict[Triple, list[Key]] = defaultdict(list)
        for key in facts.touched:
            by_triple[key.triple].append(key)
        asserting = {
            triple: self._asserting(triple, {key: facts.standings[key] for key in keys})
            for triple, keys in by_triple.items()
        }
        changed = {triple for triple, (old, new) in asserting.items() if old != new}
        doubtful = in_doubt(changed, self.merged, self._rules) | set(asserting)
        for triple in doubtful - set(asserting):
            asserting[triple] = self._asserting(triple, {})
        stated = {triple for triple, (_, new) in asserting.items() if new}
        after = settle(doubtful, stated, self.merged, self._rules)
        patch.minus |= {triple for triple in doubtful if triple in self.merged}
        patch.plus |= {triple for triple in doubtful if triple in after}
        for key in facts.touched | {Key(*triple) for triple in doubtful}:
            node = key.node(self._base)
            told = facts.standings[key] if key in facts.touched else standing_of(self._node(node))
            because = set() if key.bounds or key.triple in stated else self._because(key.triple, after, asserting)
            patch.minus |= {
                (node, name, value)
                for name, values in self._node(node).items()
                if name != CONFLICTS
                for value in values
            }
            patch.plus |= fact_triples(key, told, because, self._base)

    def _conflicts(self, facts: "_Facts", patch: "_Draft", tallies: "_Draft") -> None:
        touched = {node: key for node, key in facts.by_node.items() if key.predicate in self._rules.single}
        for node, key in touched.items():
            tallies.minus |= shelf(key, node) if standing_of(self._node(node)) else set()
            tallies.plus |= shelf(key, node) if facts.standings[key] else set()
        steps, notes = {TYPE, *self._rules.within}, {NAMED, *self._rules.single}
        minus, plus = Conflicts(self.merged, self.tallies, self._node, self._rules).patch(
            touched,
            lambda node: self._side(node, facts),
            Overlay(self.merged, *(_only(steps, part) for part in (patch.minus, patch.plus))),
            Overlay(self.tallies, *(_only(notes, part) for part in (tallies.minus, tallies.plus))),
        )
        patch.minus |= minus
        patch.plus |= plus

    def _side(self, node: str, facts: "_Facts") -> Side:
        """A fact as it will be, as far as conflicts go."""
        is_touched = node in facts.by_node
        key = facts.by_node[node] if is_touched else key_of(self._node(node))
        found = facts.standings[key] if is_touched else standing_of(self._node(node))
        come, rest = (facts.come(key) if is_touched else set()), _Rest(self, node, facts.written if is_touched else ())
        if found and found.stances <= set(MEANT):
            # Nearly always so, and then nobody need look at the claims, of which there may be thousands.
            documents = frozenset(map(document_of, rest.claims())) | {it.document.node for it in come}
            return Side(key, documents, found.first, found.last)
        return side(key, [*rest, *come])

    def support(self, claim: str) -> Support:
        """What stands behind a claim of the store."""
        node = document_of(claim)
        header, known = self._header(node), self._said.setdefault(node, {})
        if claim not in known:
            found = self._graph(node).node(claim)
            known[claim] = said(claim, found, releasers(claim, self.judged) if REFUSED in found[TYPE] else ())
        return Support(known[claim], header, self.publisher(node))

    def publisher(self, node: str) -> str:
        """Who first published what a document of the store prints."""
        if node not in self._publishers:
            origin = self.merged.first(node, COPY_OF) or node
            graph = self._graph(origin)
            found = {name: it for name in (SOURCE, URL, ADDRESS) if (it := graph.objects(origin, name))}
            self._publishers[node] = sys.intern(publisher(header(origin, found)))
        return self._publishers[node]

    def claims_of(self, node: str) -> list[str]:
        """The claims of a document of the store, those that were refused with them."""
        graph = self._graph(node)
        return [claim for kind in (CLAIM, REFUSED) for claim in graph.subjects(TYPE, kind)]

    def is_document(self, publisher: str) -> bool:
        """Whether a publisher is a document that tells no other."""
        return publisher.startswith(f"<{self._base}doc/")

    def _asserting(self, triple: Triple, found: Mapping[Key, Standing | None]) -> tuple[set[str], set[str]]:
        """The facts that state a plain triple, before and after; ``found`` are those of its facts that change."""
        before = self._stating(triple)
        touched = {key.node(self._base): asserts(key, told) for key, told in found.items()}
        return before, (before - set(touched)) | {node for node, is_asserted in touched.items() if is_asserted}

    def _stating(self, triple: Triple) -> set[str]:
        """The facts of the store that state a triple. Quantities of one number can differ in their bounds."""
        if not triple[2].endswith(_NUMBERS):
            return {node for node in [Key(*triple).node(self._base)] if self._is_stated(node)}
        nodes = self.merged.subjects(SUBJECT, triple[0])
        return {node for node in nodes if self._is_fact_of(node, triple) and self._is_stated(node)}

    def _is_fact_of(self, node: str, triple: Triple) -> bool:
        found = self._node(node)
        return triple[1] in found[PREDICATE] and triple[2] in found[OBJECT]

    def _node(self, node: str) -> Node:
        """A fact's node in the store, but for its claims; asked for several times while a change is worked out."""
        if node not in self._nodes:
            self._nodes[node] = self.merged.parts(node, CLAIMED, _FEW, (*PARTS, CONFLICTS))
        return self._nodes[node]

    def _is_stated(self, node: str) -> bool:
        properties = self._node(node)
        bounds_open = kg("atMost") in properties and kg("atLeast") not in properties
        return ASSERTED in properties.get(kg("stance"), ()) and kg("inferred") not in properties and not bounds_open

    def _because(
        self, triple: Triple, after: Overlay, asserting: Mapping[Triple, tuple[set[str], set[str]]]
    ) -> set[str]:
        """The facts from which a triple follows."""
        because: set[str] = set()
        for premise in premises(triple, after, self._rules):
            stating = asserting[premise][1] if premise in asserting else self._stating(premise)
            because |= stating or {Key(*premise).node(self._base)}
        return because


class _Draft:
    """Triples to take out and put in; what is in both stays."""

    def __init__(self, minus: set[Triple], plus: set[Triple]) -> None:
        self.minus, self.plus = minus, plus


class _Prints:
    """Who first published what the documents print that a change concerns, before and after it."""

    def __init__(self, copies: Copies, changes: Mapping[str, Change], stored: Callable[[str], Header]) -> None:
        self.copies = copies
        come = {node: it.after.header for node, it in changes.items() if it.after}
        self.before = {node: publisher(stored(origin)) for node, origin in copies.before.items()}
        self.after = {node: publisher(come.get(origin) or stored(origin)) for node, origin in copies.after.items()}

    @property
    def turned(self) -> set[str]:
        """The documents that stay, and of whose report another is the first publisher."""
        return {node for node in self.before.keys() & self.after.keys() if self.before[node] != self.after[node]}


class _Facts:
    """What the documents that change say for facts, before and after; and what the facts come to after it."""

    def __init__(
        self,
        minus: Mapping[Key, list[Support]],
        plus: Mapping[Key, list[Support]],
        changes: Mapping[str, Change],
        base: str,
    ) -> None:
        self._minus, self._plus = minus, plus
        # Documents written anew give all they have again, so what they gave before is gone from every fact.
        self.written = {node for node, change in changes.items() if change.before}
        self.touched = {key for key in {*minus, *plus} if self.gone(key) != self.come(key)}
        self.by_node = {key.node(base): key for key in self.touched}
        self.standings: dict[Key, Standing | None] = {}

    def gone(self, key: Key) -> set[Support]:
        """What they said for a fact."""
        return set(self._minus.get(key, ()))

    def come(self, key: Key) -> set[Support]:
        """What they will say for it."""
        return set(self._plus.get(key, ()))


class _Rest:
    """What documents that don't change say for a fact of the store."""

    def __init__(self, merge: Merge, fact: str, written: Container[str]) -> None:
        self._merge, self._fact, self._written = merge, fact, written

    def claims(self) -> Iterator[str]:
        """The claims, one by one."""
        found = self._merge.merged.each_object(self._fact, CLAIMED)
        return (claim for claim in found if document_of(claim) not in self._written)

    def __iter__(self) -> Iterator[Support]:
        return map(self._merge.support, self.claims())

    def publishers_among(self, wanted: Set[str]) -> Set[str]:
        """Which of these published first what one of the claims is from."""
        alone = {it for it in wanted if self._merge.is_document(it)}
        found, missing = {it for it in alone if self._has_claim_of(it)}, set(wanted - alone)
        for claim in self.claims() if missing else ():
            publisher = self._merge.publisher(document_of(claim))
            if publisher in missing:
                found.add(publisher)
                missing.remove(publisher)
                if not missing:
                    break
        return found

    def _has_claim_of(self, document: str) -> bool:
        """Whether one of the claims is of a document that is its own publisher, or of a copy of it."""
        merged = self._merge.merged
        copies = {document, *merged.subjects(COPY_OF, document)}
        return any(
            (self._fact, CLAIMED, claim) in merged
            for copy in copies
            if copy not in self._written
            for claim in self._merge.claims_of(copy)
        )


def _printed(document: Header | None) -> tuple[str | None, ...]:
    """What decides which documents are copies of which, and who published them first."""
    return (document.mark, document.issued, publisher(document)) if document else ()


def document_of(node: str) -> str:
    """The document that an entity or a claim belongs to, by its IRI."""
    return node.rpartition("/")[0] + ">"


def _only(predicates: set[str], triples: set[Triple]) -> list[Triple]:
    return [triple for triple in triples if triple[1] in predicates]


def _shelved(document: Evidence | None) -> set[Triple]:
    return _filed(document.header) if document else set()


def _filed(document: Header) -> set[Triple]:
    """Under which keys a document is found by those that may be copies or versions of it."""
    return shelf_triples(document.node, document.mark) | story_triples(document)
