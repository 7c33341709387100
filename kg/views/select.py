"""A store in, all of it, what surrounds a thing, or what a query finds, out: what is chosen to be shown."""

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from kg import ontology
from kg.config import KG
from kg.errors import UsageError
from kg.store.names import FACT, OBJECT, PREDICATE, SUBJECT, TYPE
from kg.views import notation
from kg.views.picture import Evidence, Fact, Picture
from kg.views.whole import Reader, Whole

if TYPE_CHECKING:
    from kg.store import Store

Row = Mapping[str, str]


LIMIT = "…"
"""Stands in a query below where it may be limited to some terms."""

BATCH = 1000
"""So many terms are asked for in one query; 100 to 5,000 made no difference."""


def chosen(
    store: "Store",
    about: str | None = None,
    hops: int = 1,
    query: str | None = None,
    *,
    include_alleged: bool = True,
    include_inferred: bool = True,
) -> Whole:
    """Everything, or what is ``hops`` facts around what is called ``about``, or what ``query`` finds; yet to be read.

    A SELECT gives the things in its rows with the facts among them; a CONSTRUCT gives its triples. Things that no fact
    speaks of are left out. Raises :class:`kg.errors.UsageError` if nothing is called ``about``, or for both at once.
    """
    if about is not None and query is not None:
        raise UsageError("Choose one of a name (about) and a query: they can't be combined.")
    if hops < 0:
        raise UsageError(f"{hops} hops: give 0 or more.")
    reader = Reader(store)
    kept, bare = set[str](), list[Fact]()
    if query is not None:
        facts, kept, bare = _found(store, reader, query)
    elif about is not None:
        kept = set(find(store, about))
        facts = _around(reader, kept, hops)
    else:
        facts = [notation.text(fact) for fact in store.graph().each_subject(TYPE, FACT)]
    if not include_inferred:
        facts = [fact for fact in facts if not reader.is_inferred(fact)]
    if not include_alleged:
        facts = [fact for fact in facts if "asserted" in reader.stances(fact)]
    things = set(kept)
    for fact in facts:
        things.update(reader.ends(fact))
    for made in bare:
        things.update((made.subject, made.object or made.subject))
    return Whole(store, sorted(facts), sorted(things), about or ("Query" if query else "Knowledge graph"), bare)


def picture_of(
    store: "Store",
    about: str | None = None,
    hops: int = 1,
    query: str | None = None,
    *,
    include_alleged: bool = True,
    include_inferred: bool = True,
) -> Picture:
    """The same as :func:`chosen`, read."""
    return chosen(
        store, about, hops, query, include_alleged=include_alleged, include_inferred=include_inferred
    ).picture()


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
    reader = Reader(store)
    found = {fact: reader.evidence(fact) for fact in facts if reader.is_inferred(fact)}
    return {fact: evidence for fact, evidence in found.items() if evidence}


def literal(text: str) -> str:
    """``text`` as a SPARQL string."""
    escapes = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    return '"' + "".join(escapes.get(sign, sign) for sign in text) + '"'


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


def _found(store: "Store", reader: Reader, query: str) -> tuple[list[str], set[str], list[Fact]]:
    """What a query finds: facts, things of their own right, and triples that are no fact of the store."""
    answer = store.query(query)
    if answer.kind == "graph":
        triples = {(str(s), str(p), str(o)) for s, p, o in answer.triples}
        return _stated(store, reader, {triple for triple in triples if triple[1] not in _NAMING})
    terms = {str(term) for row in answer.rows for term in row.values() if isinstance(term, str)}
    kept = {iri for batch in batches(terms) for iri in _meant(store, batch)}
    return _induced(reader, kept), kept, []


def _stated(
    store: "Store", reader: Reader, wanted: set[tuple[str, str, str]]
) -> tuple[list[str], set[str], list[Fact]]:
    """The facts of exactly these triples; one that is no fact of the store is drawn without evidence."""
    subjects = {subject for subject, _, _ in wanted if _IRI.fullmatch(subject)}
    told = {fact: _triple(store, fact) for subject in subjects for fact in reader.touching(subject, (SUBJECT,))}
    facts = [fact for fact, triple in told.items() if triple in wanted]
    return facts, set(), [_bare(*triple) for triple in sorted(wanted - set(told.values()))]


def _triple(store: "Store", fact: str) -> tuple[str, str, str]:
    found = store.graph().node(f"<{fact}>")
    subject, predicate, target = (notation.text(found[name][0]) for name in (SUBJECT, PREDICATE, OBJECT))
    return subject, predicate, target


_NAMING = {
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
    "http://www.w3.org/2000/01/rdf-schema#label",
    "http://www.w3.org/2004/02/skos/core#altLabel",
}


def _bare(subject: str, predicate: str, target: str) -> Fact:
    name, link = predicate.removeprefix(KG), _IRI.fullmatch(target)
    iri = f"{subject} {predicate} {target}"
    words = "" if link else target
    return Fact(
        iri,
        subject,
        name,
        ontology.default().label(name),
        target if link else None,
        words,
        target,
        sources=0,
        documents=0,
    )


_IRI = re.compile(r'[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|^`\\]+')


def _around(reader: Reader, start: Iterable[str], hops: int) -> list[str]:
    """The facts among all things that are at most ``hops`` facts away, and those that give them values."""
    near, frontier = set(start), set(start)
    for _ in range(hops):
        reached = {end for thing in frontier for fact in reader.touching(thing) for end in reader.ends(fact)}
        frontier = reached - near
        near |= frontier
    return _induced(reader, near)


def _induced(reader: Reader, things: set[str]) -> list[str]:
    facts = (fact for thing in things for fact in reader.touching(thing, (SUBJECT,)))
    return [fact for fact in facts if things.issuperset(reader.ends(fact))]


def _meant(store: "Store", terms: Sequence[str]) -> Iterator[str]:
    """The things that terms are the IRI or the label of (most queries answer with labels)."""
    asked = [
        values("t", (term for term in terms if _IRI.fullmatch(term))),
        f"VALUES ?name {{ {' '.join(literal(term) for term in terms)} }}",
    ]
    for limit in asked:
        for row in _rows(store, f"SELECT DISTINCT (STR(?t) AS ?thing) {{ {limit} ?t rdfs:label ?name ; a kg:Entity }}"):
            yield row["thing"]


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
