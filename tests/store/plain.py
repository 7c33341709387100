"""The merged graph a second time: documents' graphs, judgements and the ontology in, the default graph's triples out.

A judge of :mod:`kg.store`, with which it shares no code: written from the contract, slow, with plain loops over all
pairs, nothing kept and nothing incremental. Terms are N-Triples text. The order of this file is that of the contract:
who is who, which versions count, who copies whom, what things are, what facts there are, what follows, what conflicts.
"""

import re
from base64 import b64decode
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from hashlib import sha256
from itertools import combinations
from typing import NamedTuple
from urllib.parse import urlsplit

from kg.claims import Judgement
from kg.clusters import Profile
from kg.config import BASE, KG
from kg.ontology import Ontology

Triple = tuple[str, str, str]
Node = Mapping[str, list[str]]
Graph = Mapping[str, Node]

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XSD = "http://www.w3.org/2001/XMLSchema#"
TYPE, SUBJECT, PREDICATE, OBJECT = (f"<{RDF}{name}>" for name in ("type", "subject", "predicate", "object"))
LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
ALIAS = "<http://www.w3.org/2004/02/skos/core#altLabel>"
MATCH = "<http://www.w3.org/2004/02/skos/core#exactMatch>"
ISSUED, SOURCE, TITLE, REPLACES, REPLACED_BY = (
    f"<http://purl.org/dc/terms/{name}>" for name in ("issued", "source", "title", "replaces", "isReplacedBy")
)
URL = "<https://schema.org/url>"
IS, FROM = (f"<http://www.w3.org/ns/prov#{name}>" for name in ("specializationOf", "wasDerivedFrom"))
GEO = "http://www.opengis.net/ont/geosparql#"
TRUE = f'"true"^^<{XSD}boolean>'


def kg(name: str) -> str:
    """A term of the project's own."""
    return f"<{KG}{name}>"


_GRAPH = re.compile(rf'<{re.escape(BASE)}[^<>" ]*>')
BOUNDS = tuple(map(kg, ("atLeast", "atMost", "approximate", "unit")))


def text(term: str) -> str:
    """What a literal or an IRI says; good for those that hold no escapes."""
    return term[1:-1] if term.startswith("<") else term[1 : term.rindex('"')]


def whole(value: int) -> str:
    """A count."""
    return f'"{value}"^^<{XSD}integer>'


# --- reading ---------------------------------------------------------------------------------------------------------


def quads(nquads: str) -> Iterator[tuple[Triple, str | None]]:
    """The triples of a dump, each with its named graph, if it is in one."""
    for line in filter(None, nquads.split("\n")):
        subject, predicate, rest = line.removesuffix(" .").split(" ", 2)
        value, _, last = rest.rpartition(" ")
        is_graph = bool(value) and _GRAPH.fullmatch(last) is not None
        yield (subject, predicate, value if is_graph else rest), last if is_graph else None


def default_graph(nquads: str) -> set[Triple]:
    """The triples of a dump that are in no named graph."""
    return {triple for triple, graph in quads(nquads) if graph is None}


def graphs(nquads: str) -> dict[str, Graph]:
    """The named graphs of a dump, each as nodes with their properties."""
    found: dict[str, dict[str, dict[str, list[str]]]] = defaultdict(dict)
    for (subject, predicate, value), graph in quads(nquads):
        if graph is not None:
            found[graph].setdefault(subject, {}).setdefault(predicate, []).append(value)
    return dict(found)


def judgements(ledger: Graph) -> list[Judgement]:
    """The judgements in the graph of judgements: a node each, or one triple by a property that is a node of grounds."""
    nodes = [it for it in ledger.values() if kg("left") in it]
    for record, told in ledger.items():
        for grounds in (it for it in told if kg("Grounds") in ledger.get(it, {}).get(TYPE, ())):
            nodes += [{**ledger[grounds], kg("left"): [record], kg("right"): [key]} for key in told[grounds]]
    return [
        Judgement(
            text(it[kg("left")][0]),
            text(it[kg("right")][0]),
            text(it[kg("verdict")][0]),  # type: ignore[arg-type]
            float(text(it[kg("score")][0])),
            (),
            text(it[kg("judge")][0]),
            text(it[kg("at")][0]) if kg("at") in it else None,
        )
        for it in nodes
    ]


def releases(ledger: Graph) -> dict[str, set[str]]:
    """Who let each refused claim count: the persons whose last word on it is not that they take it back."""
    words = sorted(
        (text(it[kg("at")][0]), text(it[kg("verdict")][0]), it[kg("releases")][0], it[kg("judge")][0])
        for it in ledger.values()
        if kg("releases") in it
    )
    last = {(claim, judge): verdict for _, verdict, claim, judge in words}
    found: dict[str, set[str]] = defaultdict(set)
    for (claim, judge), verdict in last.items():
        if verdict == "released":
            found[claim].add(judge)
    return found


class Document(NamedTuple):
    """A document's graph, cut into its own node, its entities and its claims."""

    node: str
    head: Node
    entities: Graph
    claims: Graph

    @property
    def issued(self) -> str | None:
        return text(self.head[ISSUED][0]) if ISSUED in self.head else None

    @property
    def address(self) -> str | None:
        return next((self.head[name][0] for name in (URL, kg("address")) if name in self.head), None)


def document(node: str, graph: Graph, released: Mapping[str, set[str]]) -> Document:
    """Cut a graph. What was refused counts if it was released, and then tells by whom."""
    sorts = {name: it.get(TYPE, ["<other>"])[0] for name, it in graph.items()}
    entities = {it: graph[it] for it in graph if sorts[it] not in map(kg, ("Document", "Source", "Claim", "Refused"))}
    claims = {it: graph[it] for it in graph if sorts[it] == kg("Claim")}
    let = {it: released[it] for it in graph if sorts[it] == kg("Refused") and it in released}
    claims |= {it: {**graph[it], kg("releasedBy"): sorted(judges)} for it, judges in let.items()}
    return Document(node, graph[node], entities, claims)


# --- who is who ------------------------------------------------------------------------------------------------------


class Who(NamedTuple):
    """The thing of each record, and for each IRI that was given up the one that it leads to; no brackets."""

    thing: dict[str, str]
    given_up: dict[str, str]


def who(said: Iterable[Judgement]) -> Who:
    """Clusters of records: machines first, the strongest first, then persons; a ``different`` is never overrun."""
    counts = _counting(said)
    group = {record: {record} for pair in counts for record in pair}
    apart = {pair for pair, it in counts.items() if it.verdict == "different"}
    by_person = {pair for pair, it in counts.items() if _is_person(it)}
    same = sorted((-it.score, pair) for pair, it in counts.items() if it.verdict == "same")
    # Machines heed every "different"; persons only what persons said.
    for round_, barriers in ((counts.keys() - by_person, apart), (by_person, apart & by_person)):
        for _, (one, other) in same:
            if (one, other) in round_ and not _held_apart(group[one], group[other], barriers):
                both = group[one] | group[other]
                group |= dict.fromkeys(both, both)
    thing = {record: _name(members, counts) for record, members in group.items()}
    given_up = {_own_iri(it): thing[it] for it in thing if _is_key(it) and _own_iri(it) != thing[it]}
    return Who(thing, given_up)


def alone(entity: str) -> str:
    """What an entity is that nobody judged."""
    return f"{BASE}thing/{_hash(entity)[:8]}"


def _counting(said: Iterable[Judgement]) -> dict[tuple[str, str], Judgement]:
    """The judgement that counts for each pair: a person before a machine, of each person the latest; among persons
    ``different`` before ``same`` before ``unsure``."""
    by_pair: dict[tuple[str, str], list[Judgement]] = defaultdict(list)
    for it in said:
        by_pair[min(it.left, it.right), max(it.left, it.right)].append(it)
    counts: dict[tuple[str, str], Judgement] = {}
    for pair, those in by_pair.items():
        last = []
        for judge in {it.judge for it in those}:
            left = _not_taken_back(those, judge)
            latest = max((it.at or "" for it in left), default="")
            now = [it for it in left if (it.at or "") == latest]
            now.sort(key=lambda it: (it.verdict == "different", it.score, it.left, it.verdict))
            last += now[-1:]
        persons = [it for it in last if _is_person(it)]
        for it in last if not persons else []:
            if pair not in counts or _machine_rank(it) > _machine_rank(counts[pair]):
                counts[pair] = it
        for verdict in ("unsure", "same", "different"):
            agreeing = [it for it in persons if it.verdict == verdict]
            if agreeing:
                counts[pair] = max(agreeing, key=lambda it: (it.at or "", it.judge, it.left))
    return counts


def _machine_rank(judgement: Judgement) -> tuple[bool, float, str, str, str]:
    return judgement.verdict == "different", judgement.score, judgement.judge, judgement.left, judgement.verdict


def _not_taken_back(those: Iterable[Judgement], judge: str) -> list[Judgement]:
    """What a judge said of a pair: each ``withdrawn`` takes back the last moment's words before it."""
    kept: list[Judgement] = []
    for it in sorted(
        (it for it in those if it.judge == judge), key=lambda it: (it.at or "", it.verdict == "withdrawn")
    ):
        if it.verdict != "withdrawn":
            kept.append(it)
        elif kept:
            kept = [each for each in kept if each.at != kept[-1].at]
    return kept


def _held_apart(one: set[str], other: set[str], barriers: set[tuple[str, str]]) -> bool:
    return one is not other and any(
        (left in one and right in other) or (left in other and right in one) for left, right in barriers
    )


def _name(members: set[str], counts: Iterable[tuple[str, str]]) -> str:
    """The first key in the alphabet names a cluster; entities alone, the key that they were cut from."""
    keys = [_own_iri(it) for it in members if _is_key(it)]
    if keys:
        return min(keys)
    first = min(members)
    judged = [key for pair in counts if first in pair for key in pair if _is_key(key)]
    return f"{_own_iri(min(judged))}-{_hash(first)[:8]}" if judged else alone(first)


def _is_person(judgement: Judgement) -> bool:
    return not judgement.judge.startswith("machine:")


def _is_key(record: str) -> bool:
    return record.startswith(f"{BASE}key/")


def _own_iri(key: str) -> str:
    return BASE + key.removeprefix(f"{BASE}key/")


def _hash(words: str) -> str:
    return sha256(words.encode()).hexdigest()


def ledger(
    said: Iterable[tuple[Iterable[Judgement], Iterable[Profile]]],
    match: Callable[[Profile, Profile], Judgement | None],
) -> set[Judgement]:
    """What machines judge of some documents, given what each brings: on entities, on keys, and on every two keys that
    stand in a block of each other."""
    brought = [(set(judged), list(profiles)) for judged, profiles in said]
    profiles = {it.record: it for _, those in brought for it in those}
    found = {it for judged, _ in brought for it in judged}
    for one, other in combinations(sorted(profiles), 2):
        left, right = profiles[one], profiles[other]
        if left.looks & right.blocks or right.looks & left.blocks:
            judgement = match(left, right)
            found |= {judgement} if judgement else set()
    return found


# --- time, versions, copies ------------------------------------------------------------------------------------------


def moment(issued: str | None) -> tuple[bool, str, str]:
    """A place in time: unknown comes first, moments are in UTC, a day comes before its moments."""
    if issued is None:
        return False, "", ""
    if "T" not in issued:
        return True, issued, issued
    found = datetime.fromisoformat(issued)
    utc = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    return True, utc.replace(tzinfo=None).isoformat(), issued


def replacing(documents: list[Document]) -> dict[str, str]:
    """For each document that is replaced the one that does so: of all later versions of it the first."""
    found = {}
    for old in documents:
        later = [new for new in documents if _rank(new) > _rank(old) and same_article(old, new)]
        if later:
            found[old.node] = min(later, key=_rank).node
    return found


def _rank(it: Document) -> tuple[tuple[bool, str, str], str]:
    return moment(it.issued), it.node


def same_article(one: Document, other: Document) -> bool:
    """One address; or one source, one headline of four words or more, and either within three days and half of the
    text, or within twelve hours and the same names."""
    if one.address is not None and one.address == other.address:
        return True
    heads = [it.head[TITLE][0] for it in (one, other) if SOURCE in it.head and TITLE in it.head]
    if len(heads) < 2 or one.head[SOURCE] != other.head[SOURCE] or headline(heads[0]) != headline(heads[1]):
        return False
    apart = hours(one.issued, other.issued)
    if len(headline(heads[0])) < 4 or apart is None:
        return False
    marks = [b64decode(text(it.head[kg("fingerprint")][0])) for it in (one, other) if kg("fingerprint") in it.head]
    if len(marks) == 2 and _alike(*marks) and apart <= 72:
        return True
    return apart <= 12 and _same_names(one, other)


def headline(term: str) -> list[str]:
    """The words of a headline, without what tells editors that it is a new version ("UPDATE 2-")."""
    words = re.findall(r"\w+", text(term).lower())
    if re.match(r"[(\[ ]*(update|updated|corrected|correction|refile) ?[0-9]*[-:)]", text(term).lower()):
        del words[: 2 if words[1].isdigit() else 1]
    return words


def hours(one: str | None, other: str | None) -> float | None:
    """How far apart two moments are, or two days if either is only a day; None if a day is not known."""
    if any(it is None or len(it) < len("2024-01-03") for it in (one, other)):
        return None
    assert one is not None and other is not None
    moments = [datetime.fromisoformat(it) for it in (one, other)]
    moments = [it.replace(tzinfo=UTC) if it.tzinfo is None else it.astimezone(UTC) for it in moments]
    if "T" not in one or "T" not in other:
        moments = [it.replace(hour=0, minute=0, second=0, microsecond=0) for it in moments]
    return abs((moments[0] - moments[1]).total_seconds()) / 3600


def _same_names(one: Document, other: Document) -> bool:
    mine, theirs = _names(one), _names(other)
    persons, their_persons = _names(one, "Person"), _names(other, "Person")
    if persons and their_persons and persons.isdisjoint(their_persons):
        return False
    both = [it for it in mine if it in theirs]
    return len(both) >= 2 and len(both) >= min(len(mine), len(theirs)) / 2


def _names(it: Document, kind: str | None = None) -> set[str]:
    named = [entity for entity in it.entities.values() if kg("named") not in entity]
    return {
        " ".join(re.findall(r"\w+", text(name).lower()))
        for entity in named
        if kind is None or kg(kind) in entity[TYPE]
        for name in entity[LABEL]
    }


def origins(documents: Iterable[Document]) -> dict[str, str]:
    """For each document that has a fingerprint the one published first of all that print the same, by way of others
    too; those come last of which nobody says when."""
    documents = list(documents)
    issued = {it.node: it.issued for it in documents}
    marks = {
        it.node: b64decode(text(it.head[kg("fingerprint")][0])) for it in documents if kg("fingerprint") in it.head
    }
    group = {node: {node} for node in marks}
    for one, other in combinations(marks, 2):
        if _alike(marks[one], marks[other]):
            both = group[one] | group[other]
            group |= dict.fromkeys(both, both)

    def place(node: str) -> tuple[bool, tuple[bool, str, str], str]:
        return issued[node] is None, moment(issued[node]), node

    return {node: min(members, key=place) for node, members in group.items()}


def _alike(one: bytes, other: bytes) -> bool:
    """Half of the 72 hashes of two bytes are the same, and all three of one of the 24 bands are."""
    same = [one[i : i + 2] == other[i : i + 2] for i in range(0, 144, 2)]
    return sum(same) >= 36 and any(all(same[i : i + 3]) for i in range(0, 72, 3))


# --- things ----------------------------------------------------------------------------------------------------------


def thing(node: str, entities: list[Node], places: list[tuple[str, str]], ontology: Ontology) -> set[Triple]:
    """A thing's types, names and position, from the entities that are it and the places that these are said to be."""
    kinds = {it[TYPE][0] for it in entities}
    found = {(node, TYPE, kind) for kind in kinds}
    found |= {(node, TYPE, kg(above)) for kind in kinds for above in ontology.superclasses(_local(kind))}
    names = Counter(name for it in entities for name in it[LABEL])
    label = sorted(names, key=lambda name: (-names[name], -len(name), name))[0]
    found.add((node, LABEL, label))
    every = set(names) | {alias for it in entities for alias in it.get(ALIAS, ())}
    found |= {(node, ALIAS, name) for name in every - {label}}
    for place, count in Counter(places).items():
        if count > len(places) - count:
            shape = f"{node[:-1]}/geometry>"
            found |= {(node, MATCH, place[0]), (node, f"<{GEO}hasGeometry>", shape)}
            found |= {(shape, TYPE, f"<{GEO}Geometry>"), (shape, f"<{GEO}asWKT>", place[1])}
    return found


def _local(term: str) -> str:
    return term[1:-1].removeprefix(KG)


# --- facts -----------------------------------------------------------------------------------------------------------


class Key(NamedTuple):
    """What makes a fact this one."""

    subject: str
    predicate: str
    object: str
    bounds: tuple[str, ...]

    @property
    def triple(self) -> Triple:
        return self[:3]

    @property
    def node(self) -> str:
        return f"<{BASE}fact/{_hash(chr(0).join((*self.triple, *self.bounds)))[:16]}>"


class Said(NamedTuple):
    """A claim's node, with the document and the one that printed its report first."""

    name: str
    claim: Node
    document: Document
    origin: Document

    @property
    def stance(self) -> str:
        return text(self.claim[kg("stance")][0])

    @property
    def publisher(self) -> str:
        """Who printed the report first: the source, else the host of the address, else the document itself."""
        if SOURCE in self.origin.head:
            return self.origin.head[SOURCE][0]
        address = self.origin.address or ""
        host = urlsplit(text(address)).hostname if address.startswith("<http") else None
        return (host or "").removeprefix("www.") or self.origin.node


def key_of(claim: Node, things: Mapping[str, str]) -> Key:
    """What a claim says, of things."""
    bounds = tuple(claim[name][0] if name in claim else "" for name in BOUNDS)
    subject, value = claim[SUBJECT][0], claim[OBJECT][0]
    return Key(things[subject], claim[PREDICATE][0], things.get(value, value), bounds if any(bounds) else ())


def states(key: Key, claims: Iterable[Said]) -> bool:
    """Whether somebody asserts it; an upper bound alone states no number."""
    return any(it.stance == "asserted" for it in claims) and (not key.bounds or bool(key.bounds[0]))


def fact(key: Key, claims: list[Said], rests_on: set[str]) -> set[Triple]:
    """A fact's node."""
    node = key.node
    found = {(node, TYPE, kg("Fact")), (node, SUBJECT, key.subject), (node, PREDICATE, key.predicate)}
    found |= {(node, OBJECT, key.object)}
    found |= {(node, name, value) for name, value in zip(BOUNDS, key.bounds, strict=False) if value}
    if rests_on:
        found |= {(node, FROM, premise) for premise in rests_on}
        found |= {(node, kg("inferred"), TRUE), (node, kg("stance"), '"asserted"')}
    if not claims:
        return found
    for it in claims:
        found |= {(node, kg("claim"), it.name), (node, kg("stance"), f'"{it.stance}"')}
        found |= {(node, kg("releasedBy"), judge) for judge in it.claim.get(kg("releasedBy"), ())}
        found |= {(node, kg("asStated"), words) for words in it.claim.get(kg("asStated"), ()) if key.bounds}
    times = {time for it in claims for time in it.claim.get(kg("time"), ())}
    found |= {(node, kg("time"), it) for it in times if not any(_is_sharper(other, it) for other in times)}
    found |= {(node, kg("documents"), whole(len({it.document.node for it in claims})))}
    found |= {(node, kg("sources"), whole(independent(claims)))}
    best = max((it.claim[kg("confidence")][0] for it in claims), key=lambda term: Decimal(text(term)))
    found.add((node, kg("confidence"), best))
    days = sorted({it.document.issued for it in claims if it.document.issued}, key=moment)
    return found | (
        {(node, kg("firstSaid"), f'"{days[0]}"'), (node, kg("lastSaid"), f'"{days[-1]}"')} if days else set()
    )


def _is_sharper(one: str, other: str) -> bool:
    return text(one).startswith(text(other) + "-")


def independent(claims: Iterable[Said]) -> int:
    """The number of those who published it first: papers that print another's report stand for nobody else."""
    return len({it.publisher for it in claims})


# --- what follows ----------------------------------------------------------------------------------------------------


def rules(ontology: Ontology) -> set[tuple[str, tuple[tuple[str, bool], ...]]]:
    """What follows from a path of properties (``True``: walked backwards): sub-property, inverse, symmetry, chain."""
    found: set[tuple[str, tuple[tuple[str, bool], ...]]] = set()
    for name, it in ontology.properties.items():
        found |= {(kg(above), ((kg(name), False),)) for above in ontology.subproperties.get(name, ())}
        found |= {(kg(name), ((kg(name), True),))} if it.symmetric else set()
        if it.inverse:
            found |= {(kg(it.inverse), ((kg(name), True),)), (kg(name), ((kg(it.inverse), True),))}
        found |= {(kg(name), tuple((kg(step), False) for step in chain)) for chain in it.chains}
    return found


def derivations(triples: Iterable[Triple], ontology: Ontology) -> dict[Triple, set[Triple]]:
    """What follows in one step, with all triples that it follows from. Nothing is said of a thing and itself."""
    edges: dict[tuple[str, bool], list[tuple[str, str, Triple]]] = defaultdict(list)
    for triple in triples:
        edges[triple[1], False].append((triple[0], triple[2], triple))
        edges[triple[1], True].append((triple[2], triple[0], triple))
    found: dict[Triple, set[Triple]] = defaultdict(set)
    for head, path in rules(ontology):
        ways: list[tuple[str, str, tuple[Triple, ...]]] = [(a, b, (it,)) for a, b, it in edges[path[0]]]
        for step in path[1:]:
            ways = [(a, c, (*those, it)) for a, b, those in ways for start, c, it in edges[step] if start == b]
        for start, end, those in ways:
            if start != end and start.startswith("<"):
                found[start, head, end] |= set(those) - {(start, head, end)}
    return found


def closure(stated: set[Triple], ontology: Ontology) -> set[Triple]:
    """The stated triples and all that follows."""
    found = set(stated)
    while new := derivations(found, ontology).keys() - found:
        found |= new
    return found


# --- conflicts -------------------------------------------------------------------------------------------------------


class World:
    """What conflicts depend on beside the facts: what is known of things, which of them have names, the ontology."""

    def __init__(self, view: Iterable[Triple], named: set[str], ontology: Ontology) -> None:
        self.named, self.ontology = named, ontology
        self._objects: dict[tuple[str, str], set[str]] = defaultdict(set)
        for subject, predicate, value in view:
            self._objects[subject, predicate].add(value)

    def objects(self, subject: str, predicate: str) -> set[str]:
        """What stands at the end of a property."""
        return self._objects.get((subject, predicate), set())


def conflicts(facts: Mapping[Key, list[Said]], world: World) -> set[Triple]:
    """Facts of one subject and predicate that can't both be true, linked both ways."""
    groups: dict[tuple[str, str], list[Key]] = defaultdict(list)
    for key in facts:
        groups[key.subject, key.predicate].append(key)
    found = set()
    for keys in groups.values():
        for one, other in combinations(keys, 2):
            if exclude(one, _meant(facts[one]), other, _meant(facts[other]), world):
                found |= {(one.node, kg("conflictsWith"), other.node), (other.node, kg("conflictsWith"), one.node)}
    return found


def _meant(claims: list[Said]) -> list[Said]:
    return [it for it in claims if it.stance in ("asserted", "alleged")]


def exclude(one: Key, for_one: list[Said], other: Key, for_other: list[Said], world: World) -> bool:
    """Whether two facts contradict each other, by those who assert or allege them."""
    name = _local(one.predicate)
    term = world.ontology.properties[name]
    if not (term.functional or term.rivals_among) or bool(one.bounds) != bool(other.bounds):
        return False
    if "Person" in term.domain and kg("Person") not in world.objects(one.subject, TYPE):
        return False
    papers, other_papers = ({it.document.node for it in those} for those in (for_one, for_other))
    # Somebody has to say one of them and not the other, on both sides.
    if not papers - other_papers or not other_papers - papers:
        return False
    things = one.object.startswith("<"), other.object.startswith("<")
    if all(things):
        together = bool(term.rivals_among) and bool(papers & other_papers)
        return not together and apart(one.object, other.object, name, world)
    if any(things) or term.rivals_among:
        return False
    if one.bounds:
        return _numbers_exclude((one, for_one), (other, for_other))
    return _days_exclude(text(one.object), text(other.object))


def apart(one: str, other: str, predicate: str, world: World) -> bool:
    """Whether two things with names, each with all that it is within, have a kind in common and no thing of it."""
    if not {one, other} <= world.named:
        return False
    mine, theirs = _of_kinds(one, predicate, world), _of_kinds(other, predicate, world)
    return any(not mine[kind] & theirs[kind] for kind in mine.keys() & theirs.keys())


def _of_kinds(start: str, predicate: str, world: World) -> dict[str, set[str]]:
    """The thing and what it is within, by their narrowest kinds: those that tell more than the property asks for."""
    term, ontology = world.ontology.properties[predicate], world.ontology
    asked = {term.rivals_among} if term.rivals_among else set(term.range)
    around = {start}
    while new := {it for here in around for way in ontology.transitive for it in world.objects(here, kg(way))} - around:
        around |= new
    found: dict[str, set[str]] = defaultdict(set)
    for it in around:
        kinds = {_local(kind) for kind in world.objects(it, TYPE)}
        wider = {above for kind in kinds for above in ontology.superclasses(kind)}
        for kind in kinds - wider:
            if asked & set(ontology.superclasses(kind)):
                found[kind].add(it)
    return found


def _days_exclude(one: str, other: str) -> bool:
    (start, end), (other_start, other_end) = (_ends(it) for it in (one, other))
    return _precedes(end, other_start) or _precedes(other_end, start)


def _ends(time: str) -> tuple[str, str]:
    return (time.split("/")[0], time.split("/")[1] or time.split("/")[0]) if "/" in time else (time, time)


def _precedes(one: str, other: str) -> bool:
    """Whether one time is over before the other begins: a month is not before its days."""
    return one < other and not other.startswith(one)


def _numbers_exclude(one: tuple[Key, list[Said]], other: tuple[Key, list[Said]]) -> bool:
    """Whether two ranges do not meet, and the higher can't be what became of the lower: it was said no later."""
    if one[0].bounds[3] != other[0].bounds[3]:
        return False
    if _range(one[0])[1] < _range(other[0])[0]:
        return not _came_later(one[1], other[1])
    return _range(other[0])[1] < _range(one[0])[0] and not _came_later(other[1], one[1])


def _came_later(before: list[Said], after: list[Said]) -> bool:
    """Whether the first that said the one was later than the last that said the other."""
    last = max((moment(it.document.issued) for it in before if it.document.issued), default=None)
    first = min((moment(it.document.issued) for it in after if it.document.issued), default=None)
    return last is not None and first is not None and _precedes(last[1], first[1])


def _range(key: Key) -> tuple[Decimal, Decimal]:
    """ "About 100" is from 90 to 110."""
    least, most, about, _ = key.bounds
    slack = Decimal("0.1") if about else Decimal(0)
    low = Decimal(text(least)) * (1 - slack) if least else Decimal("-Infinity")
    return low, Decimal(text(most)) * (1 + slack) if most else Decimal("Infinity")


# --- all of it -------------------------------------------------------------------------------------------------------


def merged(named: Mapping[str, Graph], ontology: Ontology) -> set[Triple]:
    """The default graph that a store with these named graphs must have."""
    ledger = named.get(f"<{BASE}judgements>", {})
    found = who(judgements(ledger))
    let = releases(ledger)
    documents = [document(name, graph, let) for name, graph in named.items() if name.startswith(f"<{BASE}doc/")]
    replaced, first, by_node = replacing(documents), origins(documents), {it.node: it for it in documents}
    things = {
        entity: f"<{found.thing.get(text(entity)) or alone(text(entity))}>"
        for it in documents
        for entity in it.entities
    }
    view = {(entity, IS, thing) for entity, thing in things.items()}
    view |= {(f"<{old}>", REPLACED_BY, f"<{new}>") for old, new in found.given_up.items()}
    view |= {(new, REPLACES, old) for old, new in replaced.items()}
    view |= {(copy, kg("copyOf"), origin) for copy, origin in first.items() if copy != origin}
    newest = [it for it in documents if it.node not in replaced]
    view |= _all_things(newest, things, _located(ledger), ontology)
    facts = _all_facts(newest, things, {copy: by_node[origin] for copy, origin in first.items()})
    stated: dict[Triple, set[str]] = defaultdict(set)
    for key, claims in facts.items():
        if states(key, claims):
            stated[key.triple].add(key.node)
    plain = closure(set(stated), ontology)
    view |= plain | _fact_nodes(facts, plain, stated, ontology)
    with_names = {things[name] for it in newest for name, entity in it.entities.items() if kg("named") not in entity}
    return view | conflicts(facts, World(view, with_names, ontology))


def _located(ledger: Graph) -> dict[str, tuple[str, str]]:
    """Where entities are; of several places the first."""
    found = sorted((it[kg("entity")][0], it[MATCH][0], it[f"<{GEO}asWKT>"][0]) for it in ledger.values() if MATCH in it)
    return {entity: (link, wkt) for entity, link, wkt in reversed(found)}


def _all_things(
    newest: list[Document], things: Mapping[str, str], located: Mapping[str, tuple[str, str]], ontology: Ontology
) -> set[Triple]:
    members: dict[str, list[str]] = defaultdict(list)
    for it in newest:
        for entity in it.entities:
            members[things[entity]].append(entity)
    nodes = {name: node for it in newest for name, node in it.entities.items()}
    return {
        triple
        for node, those in members.items()
        for triple in thing(node, [nodes[it] for it in those], [located[it] for it in those if it in located], ontology)
    }


def _all_facts(
    newest: list[Document], things: Mapping[str, str], first: Mapping[str, Document]
) -> dict[Key, list[Said]]:
    facts: dict[Key, list[Said]] = defaultdict(list)
    for it in newest:
        for name, claim in it.claims.items():
            key = key_of(claim, things)
            if key.subject != key.object:
                facts[key].append(Said(name, claim, it, first.get(it.node, it)))
    return facts


def _fact_nodes(
    facts: Mapping[Key, list[Said]], plain: set[Triple], stated: Mapping[Triple, set[str]], ontology: Ontology
) -> set[Triple]:
    """The nodes of all facts, of those too that only follow; what is stated need not follow."""
    follows = derivations(plain, ontology)
    found: set[Triple] = set()
    for key in {*facts, *(Key(*triple, ()) for triple in plain if triple not in stated)}:
        premises = follows[key.triple] if not key.bounds and key.triple not in stated else set()
        rests_on = {node for it in premises for node in stated.get(it) or {Key(*it, ()).node}}
        found |= fact(key, facts.get(key, []), rests_on)
    return found
