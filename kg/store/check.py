"""A store in; everything about it that is not as it must be, out.

What is looked at: every quote stands in its document's text at its offsets; every node of a document's graph is whole
(the same conditions as ``ontologies/shapes.ttl``, written out here because they run forty times as fast as a SHACL
engine); the merged view is what evidence and judgements make it; and what was quarantined on its way in.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

import msgspec

from kg.clusters import Conflict, clusters
from kg.fingerprints import fingerprint
from kg.store.evidence import Evidence, Node, evidence, nodes_of
from kg.store.merge import document_of
from kg.store.names import (
    ACTIVITY,
    BODY,
    CLAIM,
    DOCUMENT,
    END,
    EXACT,
    FINGERPRINT,
    LABEL,
    MENTION,
    OBJECT,
    PREDICATE,
    QUARANTINED,
    REFUSED,
    SOURCE_CLASS,
    SPECIALIZES,
    START,
    SUBJECT,
    TYPE,
    kg,
)
from kg.store.releases import releasers
from kg.store.review import of_persons
from kg.store.terms import text_of

if TYPE_CHECKING:
    from kg.store.local import Store

_ONCE = (SUBJECT, PREDICATE, OBJECT, START, END, EXACT, kg("stance"), kg("confidence"))
_ONCE_AT_MOST = (kg("speaker"), kg("via"), kg("time"), kg("extractor"), kg("atLeast"), kg("atMost"), kg("unit"))
_STANCES = frozenset(f'"{it}"' for it in ("asserted", "alleged", "possible", "denied", "planned"))
_FRAGMENT = re.compile(r"#char=([0-9]+),([0-9]+)>")
# More than this many triples that differ are one broken view, not as many faults.
_SHOWN = 20


class Finding(msgspec.Struct, frozen=True, order=True):
    """One thing that is wrong. ``where`` is an IRI."""

    where: str
    problem: str


class Quarantined(msgspec.Struct, frozen=True, order=True):
    """Something that a document said and that was left out, with the reason.

    A claim that can be released has an ``id`` to release it by, what it says in words, and the quote; ``released_by``
    names the persons who let it count all the same.
    """

    document: str
    reason: str
    id: str | None = None
    says: str | None = None
    quote: str | None = None
    released_by: tuple[str, ...] = ()


class Checked(msgspec.Struct, frozen=True):
    """What a check counted and found. ``findings`` is empty in a sound store."""

    documents: int
    entities: int
    claims: int
    facts: int
    things: int
    findings: tuple[Finding, ...]
    quarantined: tuple[Quarantined, ...]
    conflicts: tuple[Conflict, ...]

    def __bool__(self) -> bool:
        """Whether all is well."""
        return not self.findings


def check(store: "Store", say: Callable[[str], None] | None = None) -> Checked:
    """Check a whole store; ``say`` is told what is being looked at."""
    say = say or (lambda _: None)
    findings: list[Finding] = []
    noted: list[Quarantined] = []
    nodes = store.document_nodes()
    entities = claims = 0
    say(f"{len(nodes)} documents")
    for node in nodes:
        graph = nodes_of(store.graph(node).triples())
        findings += _document_faults(node, graph, store)
        noted += [Quarantined(node[1:-1], text_of(it)) for it in graph[node].get(QUARANTINED, ())]
        entities += len(_entities(graph))
        claims += len(_of(graph, CLAIM))
    findings += _stray_graphs(store, set(nodes))
    say("the merged view")
    findings += _view_faults(store)
    facts = len(store.graph().subjects(TYPE, kg("Fact")))
    things = len(store.graph().subjects(TYPE, kg("Entity")))
    reviews = store.reviews()
    conflicts = of_persons(clusters(store.judgements(), store.base).conflicts, reviews) if reviews else ()
    return Checked(
        len(nodes),
        entities,
        claims,
        facts,
        things,
        tuple(sorted(findings)),
        tuple(sorted([*noted, *quarantined(store)])),
        conflicts,
    )


def quarantined(store: "Store") -> list[Quarantined]:
    """The claims that were refused and can be released, with who did so."""
    return [_quarantined(claim, store) for claim in store.refused()]


def _quarantined(claim: str, store: "Store") -> Quarantined:
    graph = store.graph(document_of(claim))
    node = graph.node(claim)
    stated = node.get(kg("asStated")) or node[OBJECT]
    subject, value = (
        text_of(graph.first(it, LABEL) or it if it.startswith("<") else it) for it in (node[SUBJECT][0], stated[0])
    )
    judges = releasers(claim, store.graph(f"<{store.base}judgements>"))
    return Quarantined(
        document_of(claim)[1:-1],
        text_of(node[QUARANTINED][0]),
        claim[1:-1].rpartition("/")[2],
        f"{subject} — {store.ontology.label(_name(node[PREDICATE][0]))} — {value}",
        text_of(node[EXACT][0]),
        tuple(text_of(it).removeprefix("person:") for it in judges),
    )


_Graph = Mapping[str, Node]


def _document_faults(node: str, graph: _Graph, store: "Store") -> Iterator[Finding]:
    body = graph[node].get(BODY, ())
    if len(body) != 1:
        yield Finding(node[1:-1], f"has {len(body)} texts, not one")
    text = text_of(body[0]) if body else ""
    if {text_of(it) for it in graph[node].get(FINGERPRINT, ())} != {mark for mark in [fingerprint(text)] if mark}:
        yield Finding(node[1:-1], "has a fingerprint that is not that of its text")
    for name in (*_of(graph, CLAIM), *_of(graph, REFUSED)):
        yield from (Finding(name[1:-1], fault) for fault in _claim_faults(graph[name], text, graph))
    for name in _entities(graph):
        yield from (Finding(name[1:-1], fault) for fault in _entity_faults(name, graph[name], text, store))
    yield from _meaning_faults(_readable(node, graph), store)
    blank = {term for name in graph for values in graph[name].values() for term in (name, *values) if term[0] == "_"}
    yield from (Finding(node[1:-1], f"holds the blank node {term}") for term in sorted(blank))


def _claim_faults(claim: Node, text: str, graph: _Graph) -> Iterator[str]:
    """What a claim's node lacks, and whether its quote is true."""
    for name in _ONCE:
        if len(claim.get(name, ())) != 1:
            yield f"has {len(claim.get(name, ()))} values of {name}, not one"
    for name in _ONCE_AT_MOST:
        if len(claim.get(name, ())) > 1:
            yield f"has {len(claim[name])} values of {name}, more than one"
    if not set(claim.get(kg("stance"), ())) <= _STANCES:
        yield f"has an unknown stance {claim[kg('stance')][0]}"
    yield from _quote_faults(claim, text)
    linked = [claim.get(name, []) for name in (SUBJECT, OBJECT, kg("speaker"), kg("via"))]
    missing = {term for terms in linked for term in terms if term.startswith("<") and term not in graph}
    yield from (f"speaks of {term}, which is not in its document" for term in sorted(missing))


def _quote_faults(claim: Node, text: str) -> Iterator[str]:
    try:
        start, end, confidence = (float(text_of(claim[name][0])) for name in (START, END, kg("confidence")))
        quote = text_of(claim[EXACT][0])
    except (KeyError, ValueError):
        return  # told already: a value is missing; or it is no number, which is told now
    if not 0 <= start < end <= len(text):
        yield f"has the offsets {start:.0f} to {end:.0f}, which are not within the text"
    elif text[int(start) : int(end)] != quote:
        yield "quotes words that do not stand at its offsets"
    if not 0 <= confidence <= 1:
        yield f"has the confidence {confidence}, which is not between 0 and 1"


def _entity_faults(node: str, entity: Node, text: str, store: "Store") -> Iterator[str]:
    if len(entity.get(LABEL, ())) != 1:
        yield f"has {len(entity.get(LABEL, ()))} names, not one"
    if len(entity[TYPE]) != 1:
        yield f"is of {len(entity[TYPE])} kinds, not one"
    for mention in entity.get(MENTION, ()):
        place = _FRAGMENT.search(mention)
        if not place or not 0 <= int(place[1]) < int(place[2]) <= len(text):
            yield f"has the mention {mention}, which is not within the text"
    if len(store.graph().objects(node, SPECIALIZES)) != 1:
        yield "does not lead to one thing of the merged view"


def _readable(node: str, graph: _Graph) -> Evidence:
    """The document without the claims that can't be read at all (told already)."""
    whole = {
        name: properties
        for name, properties in graph.items()
        if CLAIM not in properties.get(TYPE, ()) or all(it in properties for it in (SUBJECT, PREDICATE, OBJECT))
    }
    triples = ((name, it, value) for name, properties in whole.items() for it in properties for value in properties[it])
    return evidence(node, triples)


def _meaning_faults(document: Evidence, store: "Store") -> Iterator[Finding]:
    """Kinds and properties that the ontology does not know or does not join so."""
    ontology = store.ontology
    kinds = {entity.node: _name(entity.kind) for entity in document.entities}
    for node, kind in kinds.items():
        if kind not in ontology.kinds:
            yield Finding(node[1:-1], f"is of the kind {kind}, which the ontology does not have")
    for claim in document.claims:
        subject = kinds.get(claim.subject, "")
        value = kinds.get(claim.object) or ("quantity" if claim.bounds else None)
        values = [value] if value else ["text", "time"]
        if not any(ontology.accepts(_name(claim.predicate), subject, it) for it in values):
            yield Finding(claim.node[1:-1], f"says {_name(claim.predicate)} of {subject} and {value or 'a literal'}")


def _stray_graphs(store: "Store", documents: set[str]) -> Iterator[Finding]:
    """Graphs under the base that nothing explains; those elsewhere are the users' own."""
    own = {f"<{store.base}{name}>" for name in ("judgements", "log", "ontology", "tally")}
    for graph in store.graph_names():
        if graph.startswith(f"<{store.base}") and graph not in documents | own:
            yield Finding(graph[1:-1], "is a graph without a document")


def _view_faults(store: "Store") -> Iterator[Finding]:
    minus, plus = store.differences()
    for found, problem in ((minus, "is in the merged view, but nothing makes it so"), (plus, "is missing there")):
        triples = sorted(found.merged | found.tallies)
        for subject, predicate, value in triples[:_SHOWN]:
            yield Finding(subject[1:-1], f"{subject} {predicate} {value} {problem}: `kg rebuild` mends it")
        if len(triples) > _SHOWN:
            yield Finding(store.base, f"{len(triples) - _SHOWN} more triples: each {problem}")


def _of(graph: _Graph, kind: str) -> list[str]:
    return sorted(name for name, properties in graph.items() if kind in properties.get(TYPE, ()))


def _entities(graph: _Graph) -> list[str]:
    others = {CLAIM, REFUSED, DOCUMENT, SOURCE_CLASS, ACTIVITY}
    return sorted(name for name, it in graph.items() if TYPE in it and not others & set(it[TYPE]))


def _name(term: str) -> str:
    return term[1:-1].rpartition("#")[2]
