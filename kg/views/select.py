"""A store in, the picture of all of it, of what surrounds a thing, or of what a query finds, out."""

import difflib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from kg import ontology
from kg.config import KG
from kg.errors import UsageError
from kg.views.picture import FAMILIES, OTHER, Evidence, Fact, Paper, Picture, Thing, among

if TYPE_CHECKING:
    from kg.store import Store

Row = Mapping[str, str]


LIMIT = "…"
"""Stands in a query below where it may be limited to some terms."""

BATCH = 1000
"""So many terms are asked for in one query; 100 to 5,000 made no difference."""


def picture_of(
    store: "Store",
    about: str | None = None,
    hops: int = 1,
    query: str | None = None,
    *,
    include_alleged: bool = True,
    include_inferred: bool = True,
) -> Picture:
    """The picture of everything, of what is ``hops`` facts around what is called ``about``, or of what ``query`` finds.

    A SELECT gives the things in its rows with the facts among them; a CONSTRUCT gives its triples. Things that no fact
    speaks of are left out. Raises :class:`kg.errors.UsageError` if nothing is called ``about``, or for both at once.
    """
    if about is not None and query is not None:
        raise UsageError("Choose one of a name (about) and a query: they can't be combined.")
    if hops < 0:
        raise UsageError(f"{hops} hops: give 0 or more.")
    if query is not None:
        facts, kept, title = *_found(store, query), "Query"
    elif about is not None:
        facts, kept = _around(store, find(store, about), hops)
        title = about
    else:
        facts, kept, title = list(_facts(store)), set(), "Knowledge graph"
    facts = [fact for fact in facts if (include_alleged or fact.asserted) and (include_inferred or not fact.inferred)]
    return _whole(store, facts, kept, title)


def find(store: "Store", name: str) -> list[str]:
    """The IRIs of what is called ``name``: exactly, else by another name, else with all its words in one of the names.

    ``name`` may be an IRI. Raises :class:`kg.errors.UsageError`, with the nearest names, if there is nothing.
    """
    names = list(_names(store, name))
    asked = _plain(name)
    degrees: tuple[Callable[[Row], object], ...] = (
        lambda row: row["thing"] == name,
        lambda row: row["label"] and _plain(row["name"]) == asked,
        lambda row: _plain(row["name"]) == asked,
        lambda row: set(asked.split()) <= set(_plain(row["name"]).split()),
        lambda row: asked in _plain(row["name"]),
    )
    for fits in degrees:
        found = sorted({row["thing"] for row in names if fits(row)})
        if found:
            return found
    raise UsageError(f"Nothing is called “{name}”.{_nearest(store, name)}")


def behind(store: "Store", facts: Iterable[str]) -> dict[str, tuple[Evidence, ...]]:
    """The evidence of facts (by IRI) that follow from other facts: the words of those."""
    found = {node: sorted(set(details["claim"])) for node, details in _details(store, _DERIVED, "f", facts).items()}
    evidence = _evidence(store, [claim for claims in found.values() for claim in claims], _papers(store))
    return {node: tuple(evidence[claim] for claim in claims if claim in evidence) for node, claims in found.items()}


def literal(text: str) -> str:
    """``text`` as a SPARQL string."""
    escapes = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    return '"' + "".join(escapes.get(sign, sign) for sign in text) + '"'


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


# ---- names ------------------------------------------------------------------------------------------------------


def _names(store: "Store", name: str) -> Iterator[Row]:
    """All names that might be meant: those that hold the words asked for, or of the IRI given."""
    if _IRI.fullmatch(name):
        yield from _rows(
            store,
            f"SELECT (STR(?t) AS ?thing) ?name ('1' AS ?label) {{ VALUES ?t {{ <{name}> }} ?t rdfs:label ?name }}",
        )
    for word in sorted(name.lower().split(), key=len, reverse=True)[:1]:
        # What the words of a name are in other spellings (accents, capitals beyond ASCII) is compared in Python.
        pattern = f"FILTER(CONTAINS(LCASE(STR(?name)), {literal(word)}))"
        yield from _rows(store, _ALL_NAMES.replace(LIMIT, pattern))


_ALL_NAMES = """SELECT (STR(?t) AS ?thing) ?name ?label {
  { ?t rdfs:label ?name BIND("1" AS ?label) } UNION { ?t skos:altLabel ?name BIND("" AS ?label) } …
}"""


def _nearest(store: "Store", name: str) -> str:
    labels = sorted({row["name"] for row in islice(_rows(store, _ALL_NAMES.replace(LIMIT, "")), 50_000)})
    lower = {label.lower(): label for label in labels}
    near = [lower[found] for found in difflib.get_close_matches(name.lower(), list(lower), n=3, cutoff=0.6)]
    return f" Did you mean {' or '.join(near)}?" if near else " `kg query most-mentioned` lists what there is."


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


# ---- facts ------------------------------------------------------------------------------------------------------


def _found(store: "Store", query: str) -> tuple[list[Fact], set[str]]:
    answer = store.query(query)
    if answer.kind == "graph":
        return _stated(store, [(str(s), str(p), str(o)) for s, p, o in answer.triples]), set()
    terms = {str(term) for row in answer.rows for term in row.values() if isinstance(term, str)}
    kept = {iri for batch in batches(terms) for iri in _meant(store, batch)}
    return _induced(store, kept), kept


def _stated(store: "Store", triples: list[tuple[str, str, str]]) -> list[Fact]:
    """The facts of exactly these triples; one that is no fact of the store is drawn without evidence."""
    wanted = {triple for triple in triples if triple[1] not in _NAMING}
    facts = [
        fact for fact in _touching(store, {subject for subject, _, _ in wanted}, ("s",)) if _triple(fact) in wanted
    ]
    return facts + [_bare(*triple) for triple in sorted(wanted - {_triple(fact) for fact in facts})]


def _triple(fact: Fact) -> tuple[str, str, str]:
    return fact.subject, KG + fact.predicate, fact.object or fact.raw


_NAMING = {
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
    "http://www.w3.org/2000/01/rdf-schema#label",
    "http://www.w3.org/2004/02/skos/core#altLabel",
}


def _bare(subject: str, predicate: str, target: str) -> Fact:
    name, link = predicate.removeprefix(KG), _IRI.fullmatch(target)
    iri = f"{subject} {predicate} {target}"
    words = "" if link else target
    return Fact(iri, subject, name, _relation(name), target if link else None, words, target, sources=0, documents=0)


_IRI = re.compile(r'[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|^`\\]+')


def _around(store: "Store", start: Sequence[str], hops: int) -> tuple[list[Fact], set[str]]:
    """The facts among all things that are at most ``hops`` facts away, and those that give them values."""
    near, frontier = set(start), set(start)
    for _ in range(hops):
        reached = {end for fact in _touching(store, frontier) for end in (fact.subject, fact.object) if end}
        frontier = reached - near
        near |= frontier
    return _induced(store, near), set(start)


def _induced(store: "Store", things: set[str]) -> list[Fact]:
    return list(among(_touching(store, things, ("s",)), things))


def _meant(store: "Store", terms: Sequence[str]) -> Iterator[str]:
    """The things that terms are the IRI or the label of (most queries answer with labels)."""
    asked = [
        values("t", (term for term in terms if _IRI.fullmatch(term))),
        f"VALUES ?name {{ {' '.join(literal(term) for term in terms)} }}",
    ]
    for limit in asked:
        for row in _rows(store, f"SELECT DISTINCT (STR(?t) AS ?thing) {{ {limit} ?t rdfs:label ?name ; a kg:Entity }}"):
            yield row["thing"]


def _touching(store: "Store", things: Iterable[str], ends: Sequence[str] = ("s", "o")) -> Iterator[Fact]:
    """Facts with one of ``things`` as subject or object, without their evidence; each once."""
    seen: set[str] = set()
    for batch in batches(things):
        for end in ends:
            for fact in _facts(store, values(end, batch)):
                if fact.iri not in seen:
                    seen.add(fact.iri)
                    yield fact


def _facts(store: "Store", limit: str = "") -> Iterator[Fact]:
    rows = list(_rows(store, _FACTS.replace(LIMIT, limit)))
    details = _details(store, _DETAILS, "f", [row["fact"] for row in rows] if limit else None)
    derived = [row["fact"] for row in rows if _one(details.get(row["fact"], {}), "inferred")]
    for node, found in _details(store, _DERIVED, "f", derived).items():
        details[node]["claim"] += found["claim"]
    for row in rows:
        yield _fact(row, details.get(row["fact"], {}))


_FACTS = """SELECT
  (STR(?f) AS ?fact) (STR(?s) AS ?subject) (STR(?p) AS ?predicate) (STR(?o) AS ?object) (STR(isIRI(?o)) AS ?link) {
  … ?f a kg:Fact ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o
} ORDER BY ?f"""

_DETAILS = """SELECT (STR(?f) AS ?node) (STR(?p) AS ?name) (STR(?v) AS ?value) {
  … ?f a kg:Fact ; ?p ?v FILTER(STRSTARTS(STR(?p), STR(kg:)))
}"""

# What follows from other facts has their words as its evidence.
_DERIVED = """SELECT DISTINCT (STR(?f) AS ?node) (STR(kg:claim) AS ?name) (STR(?v) AS ?value) {
  … ?f prov:wasDerivedFrom+/kg:claim ?v
}"""

Details = dict[str, list[str]]


def _details(store: "Store", query: str, variable: str, nodes: Iterable[str] | None) -> dict[str, Details]:
    """The properties of nodes by local name; of all nodes if none are named."""
    limits = [""] if nodes is None else [values(variable, batch) for batch in batches(nodes)]
    found: dict[str, Details] = defaultdict(lambda: defaultdict(list))
    for limit in limits:
        for row in _rows(store, query.replace(LIMIT, limit, 1)):
            found[row["node"]][re.split("[#/]", row["name"])[-1]].append(row["value"])
    return found


def _fact(row: Row, details: Details) -> Fact:
    name = row["predicate"].removeprefix(KG)
    linked = row["link"] == "true"
    return Fact(
        iri=row["fact"],
        subject=row["subject"],
        predicate=name,
        label=_relation(name),
        object=row["object"] if linked else None,
        raw=row["object"],
        value="" if linked else _value(row["object"], details),
        stances=tuple(sorted(details.get("stance", ["asserted"]))),
        sources=int(_one(details, "sources") or 0),
        documents=int(_one(details, "documents") or 0),
        first_said=_one(details, "firstSaid"),
        last_said=_one(details, "lastSaid"),
        time=", ".join(sorted(details.get("time", ()))) or None,
        confidence=_number(_one(details, "confidence")),
        inferred=_one(details, "inferred") == "true",
        # The claims stand here until _whole reads the words of all of them at once.
        evidence=tuple(Evidence(claim, "", _UNREAD) for claim in sorted(set(details.get("claim", ())))),
    )


_UNREAD = Paper("")


def _value(text: str, details: Details) -> str:
    low, high = _one(details, "atLeast"), _one(details, "atMost")
    if low is None and high is None:
        return text
    words = quantity(low, high, _one(details, "approximate") == "true", _one(details, "unit"))
    stated = ", ".join(sorted(set(details.get("asStated", ()))))
    return f"{words} (“{stated}”)" if stated and stated.lower() not in (words, low, high) else words


def _relation(name: str) -> str:
    return ontology.default().label(name)


def _one(details: Details, name: str) -> str | None:
    return min(details.get(name, ()), default=None)


def _number(text: str | None) -> float | None:
    return float(text) if text else None


# ---- things, documents, words ---------------------------------------------------------------------------------


def _whole(store: "Store", facts: Sequence[Fact], kept: set[str], title: str) -> Picture:
    wanted = kept | {end for fact in facts for end in (fact.subject, fact.object) if end}
    papers = _papers(store)
    evidence = _evidence(store, [item.claim for fact in facts for item in fact.evidence], papers)
    things = tuple(sorted(_things(store, wanted, papers), key=lambda thing: thing.iri))
    told = sorted((_quoted(fact, evidence) for fact in facts), key=lambda fact: fact.iri)
    return Picture(things, tuple(told), title)


def _quoted(fact: Fact, evidence: Mapping[str, Evidence]) -> Fact:
    from msgspec.structs import replace

    known = [evidence[item.claim] for item in fact.evidence if item.claim in evidence]
    return replace(fact, evidence=tuple(sorted(known, key=lambda item: (item.document.published or "", item.claim))))


def _papers(store: "Store") -> dict[str, Paper]:
    papers = {}
    for row in _rows(store, _PAPERS):
        identity = row["document"].rpartition("/")[2]
        papers[row["document"]] = Paper(
            identity, row.get("title"), row.get("source"), row.get("url"), row.get("issued")
        )
    return papers


_PAPERS = """SELECT (STR(?d) AS ?document)
  (SAMPLE(?t) AS ?title) (SAMPLE(?s) AS ?source) (SAMPLE(?u) AS ?url) (SAMPLE(?i) AS ?issued) {
  GRAPH ?d {
    ?d a kg:Document .
    OPTIONAL { ?d dcterms:title ?t }
    OPTIONAL { ?d dcterms:source/rdfs:label ?s }
    OPTIONAL { ?d schema:url|kg:address ?address BIND(STR(?address) AS ?u) }
    OPTIONAL { ?d dcterms:issued ?issue BIND(STR(?issue) AS ?i) }
  }
} GROUP BY ?d"""


def _evidence(store: "Store", claims: Sequence[str], papers: Mapping[str, Paper]) -> dict[str, Evidence]:
    details = _details(store, _CLAIMS, "c", dict.fromkeys(claims))
    speakers = {iri for found in details.values() for name in ("speaker", "via") for iri in found.get(name, ())}
    names = _details(store, _NAMES_IN_DOCUMENTS, "e", sorted(speakers))
    return {claim: _told(claim, found, names, papers) for claim, found in details.items()}


_CLAIMS = (
    "SELECT (STR(?c) AS ?node) (STR(?p) AS ?name) (STR(?v) AS ?value) { … GRAPH ?g { ?c kg:stance ?any ; ?p ?v } }"
)

_NAMES_IN_DOCUMENTS = """SELECT (STR(?e) AS ?node) (STR(?p) AS ?name) (STR(?v) AS ?value) {
  … VALUES ?p { rdfs:label } GRAPH ?g { ?e ?p ?v }
}"""


def _told(claim: str, found: Details, names: Mapping[str, Details], papers: Mapping[str, Paper]) -> Evidence:
    document = claim.rpartition("/")[0]
    said = {role: _one(names.get(_one(found, role) or "", {}), "label") for role in ("speaker", "via")}
    return Evidence(
        claim=claim,
        quote=_one(found, "exact") or "",
        document=papers.get(document) or Paper(document.rpartition("/")[2]),
        start=int(_one(found, "start") or 0),
        end=int(_one(found, "end") or 0),
        stance=_one(found, "stance") or "asserted",
        speaker=said["speaker"],
        via=said["via"],
        confidence=_number(_one(found, "confidence")),
    )


def _things(store: "Store", iris: set[str], papers: Mapping[str, Paper]) -> Iterator[Thing]:
    wanted = sorted(iris)
    details = _details(store, _THINGS, "t", wanted)
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    for batch in batches(wanted):
        for row in _rows(store, _MENTIONS.replace(LIMIT, values("t", batch))):
            counts[row["thing"]][row["document"]] = int(row["count"])
    for iri in wanted:
        yield _thing(iri, details.get(iri, {}), counts[iri], papers)


_THINGS = """SELECT (STR(?t) AS ?node) (STR(?p) AS ?name) (STR(?v) AS ?value) {
  … VALUES ?p { rdf:type rdfs:label skos:altLabel } ?t ?p ?v
}"""

_MENTIONS = """SELECT (STR(?t) AS ?thing) (STR(?g) AS ?document) (COUNT(?m) AS ?count) {
  … ?e prov:specializationOf ?t . GRAPH ?g { ?e kg:mention ?m }
} GROUP BY ?t ?g"""


def _thing(iri: str, details: Details, counts: Mapping[str, int], papers: Mapping[str, Paper]) -> Thing:
    kinds = [kind.removeprefix(KG) for kind in details.get("type", ())]
    known = [papers[document] for document in counts if document in papers]
    return Thing(
        iri=iri,
        label=_one(details, "label") or re.split("[/#:]", iri)[-1],
        kind=_narrowest(kinds),
        family=next((family for family in FAMILIES if family in kinds), OTHER),
        aliases=tuple(sorted(details.get("altLabel", ()))),
        mentions=sum(counts.values()),
        sources=len({paper.source or paper.url or paper.id for paper in known}),
        documents=len(counts),
    )


def _narrowest(kinds: Sequence[str]) -> str:
    """The kind below which there is no other; of several, the first in the alphabet."""
    above = {name for kind in kinds for name in ontology.default().superclasses(kind)}
    return min(set(kinds) - above, default=OTHER)


# ---- asking -----------------------------------------------------------------------------------------------------


def _rows(store: "Store", query: str) -> Iterator[Row]:
    """The solutions as text; what is not bound is left out."""
    for row in store.query(query).rows:
        yield {name: str(term) for name, term in row.items() if term is not None}


def values(variable: str, iris: Iterable[str]) -> str:
    """A VALUES clause that binds ``?variable`` to each of ``iris``."""
    return f"VALUES ?{variable} {{ {' '.join(f'<{iri}>' for iri in iris)} }}"


def batches(items: Iterable[str]) -> Iterator[list[str]]:
    """``items`` sorted, in lists of at most :data:`BATCH`."""
    left = iter(sorted(items))
    while batch := list(islice(left, BATCH)):
        yield batch
