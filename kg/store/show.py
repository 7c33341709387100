"""A name in; what the store knows of the things that have it, with the sentences that say so, out."""

from typing import TYPE_CHECKING

import msgspec

from kg.store.evidence import BOUNDS, Node
from kg.store.facts import later
from kg.store.lookups import term
from kg.store.merge import document_of
from kg.store.names import (
    ALIAS,
    END,
    EXACT,
    ISSUED,
    LABEL,
    OBJECT,
    PREDICATE,
    REFUSED,
    SOURCE,
    START,
    SUBJECT,
    TITLE,
    TYPE,
    kg,
)
from kg.store.releases import releasers
from kg.store.terms import Term, literal, text_of, value_of

if TYPE_CHECKING:
    from kg.store.local import Store


class Quote(msgspec.Struct, frozen=True):
    """One claim: the words, where they stand (characters, end exclusive), and who says so in which document.

    ``released_by`` names the persons who released it, if it had been refused.
    """

    text: str
    start: int
    end: int
    document: str
    title: str | None
    source: str | None
    issued: str | None
    stance: str
    speaker: str | None
    time: str | None
    confidence: float
    released_by: tuple[str, ...] = ()


class ShownFact(msgspec.Struct, frozen=True):
    """One fact about a thing. ``outgoing`` tells whether the thing is its subject; ``other`` is the other end.

    ``other_name`` is the other end's label, or the words for a quantity or a literal. ``stances`` are those of all its
    claims; without ``asserted`` among them it is no plain triple. ``because`` holds the facts it was inferred from.
    """

    iri: str
    predicate: str
    outgoing: bool
    other: Term
    other_name: str
    stances: tuple[str, ...]
    sources: int
    documents: int
    first_said: str | None
    last_said: str | None
    times: tuple[str, ...]
    confidence: float
    inferred: bool
    because: tuple[str, ...]
    quotes: tuple[Quote, ...]


class Thing(msgspec.Struct, frozen=True):
    """One thing of the merged view. ``kind`` is the narrowest; facts are grouped by predicate, its own ones first."""

    iri: str
    name: str
    kind: str
    aliases: tuple[str, ...]
    facts: tuple[ShownFact, ...]


def show(store: "Store", name: str) -> list[Thing]:
    """The things with this name (or IRI), letter for letter first, then in any case, else those whose names contain it.

    Within each, the things about which most is known come first. An unknown name gives an empty list.
    """
    return [thing(store, node) for node in find(store, name)]


def find(store: "Store", name: str) -> list[str]:
    """The nodes of the things that a name may mean, the likeliest first."""
    if node := _by_iri(store, name):
        return [node]
    exact = _by_index(store, name)
    folded = name.casefold()
    names = [
        (text_of(value).casefold(), node) for label in (LABEL, ALIAS) for node, value in store.graph().pairs(label)
    ]
    same = {node for text, node in names if text == folded} - exact
    found = [*_ranked(store, exact), *_ranked(store, same)]
    return found or _ranked(store, {node for text, node in names if folded in text} if folded.strip() else set())


def thing(store: "Store", node: str) -> Thing:
    """What is known of one thing, by its node."""
    graph = store.graph()
    aliases = sorted(text_of(alias) for alias in graph.objects(node, ALIAS))
    facts = [_fact(store, fact, True) for fact in graph.subjects(SUBJECT, node)]
    facts += [_fact(store, fact, False) for fact in graph.subjects(OBJECT, node)]
    # Within a predicate, what most sources say comes first.
    facts.sort(key=lambda it: (not it.outgoing, it.predicate, -it.sources, it.other_name, it.iri))
    return Thing(node[1:-1], _name(store, node), _narrowest(store, node), tuple(aliases), tuple(facts))


def _by_iri(store: "Store", name: str) -> str | None:
    if not name.startswith(store.base):
        return None
    try:
        return f"<{name}>" if store.graph().objects(f"<{name}>", TYPE) else None
    except ValueError:
        return None


def _by_index(store: "Store", name: str) -> set[str]:
    try:
        value = literal(name)
    except ValueError:
        return set()
    return {node for label in (LABEL, ALIAS) for node in store.graph().subjects(label, value)}


def _ranked(store: "Store", nodes: set[str]) -> list[str]:
    graph = store.graph()
    weight = {node: len(graph.subjects(SUBJECT, node)) + len(graph.subjects(OBJECT, node)) for node in nodes}
    return sorted(nodes, key=lambda node: (-weight[node], node))


def _name(store: "Store", node: str) -> str:
    label = store.graph().first(node, LABEL)
    return text_of(label) if label else node[1:-1]


def _narrowest(store: "Store", node: str) -> str:
    kinds = {_local(kind) for kind in store.graph().objects(node, TYPE)}
    above = {kind for each in kinds for kind in store.ontology.superclasses(each)}
    return min(kinds - above, default="")


def _fact(store: "Store", node: str, outgoing: bool) -> ShownFact:
    fact = store.graph().node(node)
    other = fact[OBJECT][0] if outgoing else fact[SUBJECT][0]
    quotes = [quote_of(store, claim) for claim in fact.get(kg("claim"), ())]
    quotes.sort(key=lambda it: (later(it.issued), it.document, it.start))
    return ShownFact(
        iri=node[1:-1],
        predicate=_local(fact[PREDICATE][0]),
        outgoing=outgoing,
        other=value_of(term(other)),
        other_name=_words(store, other, fact),
        stances=_texts(fact, "stance"),
        sources=int(_text(fact, "sources") or 0),
        documents=int(_text(fact, "documents") or 0),
        first_said=_text(fact, "firstSaid"),
        last_said=_text(fact, "lastSaid"),
        times=_texts(fact, "time"),
        confidence=float(_text(fact, "confidence") or 0),
        inferred=kg("inferred") in fact,
        because=tuple(sorted(it[1:-1] for it in fact.get(_DERIVED, ()))),
        quotes=tuple(quotes),
    )


_DERIVED = "<http://www.w3.org/ns/prov#wasDerivedFrom>"


def _words(store: "Store", other: str, fact: Node) -> str:
    if other.startswith("<"):
        return _name(store, other)
    low, high, about, unit = (text_of(fact[name][0]) if name in fact else "" for name in BOUNDS)
    if not low and not high:
        return text_of(other)
    number = (
        low if low == high else f"{low} to {high}" if low and high else f"{low} or more" if low else f"up to {high}"
    )
    return " ".join(filter(None, ("about" if about else "", number, unit)))


def quote_of(store: "Store", claim: str) -> Quote:
    """The words of a claim, by its node."""
    document = document_of(claim)
    graph = store.graph(document)
    said = graph.node(claim)
    title, issued, source = (graph.first(document, name) for name in (TITLE, ISSUED, SOURCE))
    publisher = graph.first(source, LABEL) if source else None
    speaker = graph.first(said[kg("speaker")][0], LABEL) if kg("speaker") in said else None
    return Quote(
        text=text_of(said[EXACT][0]),
        start=int(text_of(said[START][0])),
        end=int(text_of(said[END][0])),
        document=document[1:-1],
        title=text_of(title) if title else None,
        source=text_of(publisher) if publisher else None,
        issued=text_of(issued) if issued else None,
        stance=_text(said, "stance") or "",
        speaker=text_of(speaker) if speaker else None,
        time=_text(said, "time"),
        confidence=float(_text(said, "confidence") or 0),
        released_by=_releasers(store, claim) if REFUSED in said[TYPE] else (),
    )


def _releasers(store: "Store", claim: str) -> tuple[str, ...]:
    judges = releasers(claim, store.graph(f"<{store.base}judgements>"))
    return tuple(text_of(it).removeprefix("person:") for it in judges)


def _texts(node: Node, name: str) -> tuple[str, ...]:
    return tuple(sorted(map(text_of, node.get(kg(name), ()))))


def _text(node: Node, name: str) -> str | None:
    return next(iter(_texts(node, name)), None)


def _local(iri: str) -> str:
    return iri[1:-1].rpartition("#")[2]
