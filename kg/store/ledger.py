"""Judgements in, the triples of the graph of judgements out, and back.

A judgement is a node (``kg:Judgement``) with the two records, the verdict, the score, the judge and the reasons. What a
machine is certain of, which entity is which key record, would be most of them, all but the two records alike: such a
judgement is one triple between the two, a *link*, and the property between them is the node that holds the rest
(``kg:Grounds``), once for all links that have it in common.
"""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import get_args

from kg.claims import Judgement, Verdict
from kg.clusters import Location
from kg.config import BASE
from kg.store.evidence import Node, Triple, nodes_of
from kg.store.lookups import Lookups
from kg.store.names import AS_WKT, EXACT_MATCH, TYPE, WKT, XSD, kg
from kg.store.terms import literal, text_of

_OF_TWO = frozenset({TYPE, kg("left"), kg("right")})
_VERDICTS: dict[str, Verdict] = {it: it for it in get_args(Verdict)}


def judgement_triples(judgement: Judgement, base: str = BASE) -> set[Triple]:
    """The node of one judgement. Its IRI is a hash of what it says, so saying it twice changes nothing."""
    node = judgement_iri(judgement, base)
    score = f"{judgement.score:.4f}".rstrip("0").rstrip(".")
    pairs = {
        (TYPE, kg("Judgement")),
        (kg("left"), f"<{judgement.left}>"),
        (kg("right"), f"<{judgement.right}>"),
        (kg("verdict"), literal(judgement.verdict)),
        (kg("score"), f'"{score}"^^<{XSD}decimal>'),
        (kg("judge"), literal(judgement.judge)),
    }
    pairs |= {(kg("reason"), literal(reason)) for reason in judgement.reasons}
    if judgement.at is not None:
        pairs.add((kg("at"), literal(judgement.at)))
    return {(node, predicate, value) for predicate, value in pairs}


def is_link(predicate: str, base: str = BASE) -> bool:
    """Whether a property (in angle brackets) leads from a record to what a machine is certain that it is."""
    return predicate.startswith(f"<{base}grounds/")


def link(judgement: Judgement, base: str = BASE) -> Triple:
    """A judgement that a machine is certain of, as one triple."""
    said = (judgement.verdict, judgement.judge, *judgement.reasons)
    grounds = f"<{base}grounds/{sha256(chr(0).join(said).encode()).hexdigest()[:16]}>"
    return f"<{judgement.left}>", grounds, f"<{judgement.right}>"


def grounds_triples(judgement: Judgement, base: str = BASE) -> set[Triple]:
    """The node of what such a judgement has in common with others."""
    node = link(judgement, base)[1]
    common = {(node, name, value) for _, name, value in judgement_triples(judgement, base) if name not in _OF_TWO}
    return {*common, (node, TYPE, kg("Grounds"))}


def links_of(record: str, ledger: Lookups, base: str = BASE) -> list[Triple]:
    """The links that lead on from a record (in angle brackets)."""
    found = ledger.node(record).items()
    return [(record, name, value) for name, values in found if is_link(name, base) for value in values]


def location_triples(location: Location, base: str = BASE) -> set[Triple]:
    """The node of the statement that an entity is a place of a gazetteer."""
    said = (location.entity, location.link, location.judge)
    node = f"<{base}location/{sha256(chr(0).join(said).encode()).hexdigest()[:16]}>"
    return {
        (node, TYPE, kg("Location")),
        (node, kg("entity"), f"<{location.entity}>"),
        (node, EXACT_MATCH, f"<{location.link}>"),
        (node, AS_WKT, f'"POINT({location.longitude:.5f} {location.latitude:.5f})"^^{WKT}'),
        (node, kg("judge"), literal(location.judge)),
        (node, kg("reason"), literal(location.reason)),
    }


def locations_of(entity: str, ledger: Lookups) -> dict[str, Node]:
    """The statements on where an entity (in angle brackets) is, by their nodes."""
    return {node: ledger.node(node) for node in ledger.subjects(kg("entity"), entity)}


def located(nodes: Iterable[Node]) -> dict[str, tuple[str, str]]:
    """The link and the position of each entity, by such statements; of several the first in the alphabet."""
    found = sorted((node[kg("entity")][0], node[EXACT_MATCH][0], node[AS_WKT][0]) for node in nodes)
    return {entity: (link, wkt) for entity, link, wkt in reversed(found)}


def judgement_iri(judgement: Judgement, base: str = BASE) -> str:
    """The node of a judgement, in angle brackets."""
    said = (judgement.left, judgement.right, judgement.verdict, judgement.judge, judgement.at or "")
    return f"<{base}judgement/{sha256(chr(0).join(said).encode()).hexdigest()[:16]}>"


def judgements_in(triples: Iterable[Triple], base: str = BASE) -> Iterator[Judgement]:
    """The judgements that triples hold; profiles of key records and releases of claims stand beside them."""
    triples = list(triples)
    nodes = {name: node for name, node in nodes_of(triples).items() if kg("verdict") in node}
    yield from (judgement_of(nodes[name]) for name in sorted(nodes) if kg("left") in nodes[name])
    for record, grounds, key in sorted(it for it in triples if is_link(it[1], base)):
        yield judgement_of({**nodes[grounds], kg("left"): [record], kg("right"): [key]})


def judgement_of(node: Node) -> Judgement:
    """One judgement from the properties of its node."""
    at = node.get(kg("at"))
    return Judgement(
        text_of(node[kg("left")][0]),
        text_of(node[kg("right")][0]),
        _VERDICTS[text_of(node[kg("verdict")][0])],
        float(text_of(node[kg("score")][0])),
        tuple(sorted(text_of(reason) for reason in node.get(kg("reason"), ()))),
        text_of(node[kg("judge")][0]),
        text_of(at[0]) if at else None,
    )
