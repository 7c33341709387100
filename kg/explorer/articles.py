"""An article's id in; its text in pieces, each with the claims it states and the thing it names, out."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import msgspec

from kg.config import KG
from kg.explorer.asking import Asker, Details
from kg.explorer.facts import evidence_of, named, papers_of, period
from kg.explorer.vocabulary import vocabulary
from kg.store.terms import Iri
from kg.views.picture import Evidence, Paper, Thing


class Piece(msgspec.Struct, frozen=True):
    """Words of one kind: ``thing`` if they name something, ``claims`` that they are part of, ``chosen`` if of the one
    asked for, ``first`` if they begin it."""

    text: str
    thing: str | None = None
    claims: tuple[str, ...] = ()
    chosen: bool = False
    first: bool = False


class Statement(msgspec.Struct, frozen=True):
    """One claim of an article, in words. ``object`` is none if it is a value."""

    id: str
    subject: str
    subject_name: str
    relation: str
    object: str | None
    object_name: str
    time: str | None
    said: Evidence


class Article(msgspec.Struct, frozen=True):
    """An article as it is shown; ``newer`` is the id of the version that took its place."""

    paper: Paper
    paragraphs: tuple[tuple[Piece, ...], ...]
    statements: tuple[Statement, ...]
    newer: str | None
    copy_of: str | None


# Stands for a claim where characters are to be marked; no claim has such an id.
_HERE = "here"

_BODY = """SELECT ?body ?newer ?original {
  GRAPH ?document { ?document schema:articleBody ?body }
  OPTIONAL { GRAPH ?later { ?later dcterms:replaces ?document ; a kg:Document BIND(?later AS ?newer) } }
  OPTIONAL { ?document kg:copyOf ?original }
} LIMIT 1"""
_CLAIMS_IN = """SELECT ?node ?name ?value { GRAPH ?document { ?node a kg:Claim ; ?name ?value } }"""
_ENTITIES_IN = """SELECT ?node ?name ?value {
  { GRAPH ?document { ?node kg:mention ?value } BIND(kg:mention AS ?name) }
  UNION { GRAPH ?document { ?node kg:mention ?mention ; rdfs:label ?value } BIND(rdfs:label AS ?name) }
  UNION { GRAPH ?document { ?node kg:mention ?mention } ?node prov:specializationOf ?value
    BIND(prov:specializationOf AS ?name) } }"""


async def article(asker: Asker, iri: str, chosen: str | None, place: tuple[int, int] | None = None) -> Article | None:
    """The article of this IRI with one claim (its id within the article), or some characters (start and end), marked;
    none if there is no such article."""
    found = await asker.rows(_BODY, document=Iri(iri))
    if not found:
        return None
    claims = await asker.all_details(_CLAIMS_IN, document=Iri(iri))
    entities = await asker.all_details(_ENTITIES_IN, document=Iri(iri))
    things = {node: told["specializationOf"][0] for node, told in entities.items() if "specializationOf" in told}
    evidence = await evidence_of(asker, list(claims))
    statements = await _statements(asker, claims, evidence, entities, things)
    paper = (await papers_of(asker, [iri])).get(iri) or Paper(iri.rpartition("/")[2])
    spans = [_Span(it.said.start, it.said.end, claim=it.id) for it in statements]
    if place:
        spans, chosen = [*spans, _Span(*place, claim=_HERE)], _HERE
    pieces = cut(found[0]["body"], [*spans, *_mentions(entities, things)], chosen)
    newer, original = (found[0].get(name) for name in ("newer", "original"))
    return Article(paper, paragraphs(pieces), statements, _id(newer), _id(original))


def _id(iri: str | None) -> str | None:
    return iri.rpartition("/")[2] if iri else None


class _Span(msgspec.Struct, frozen=True):
    start: int
    end: int
    claim: str | None = None
    thing: str | None = None


def _mentions(entities: Details, things: Mapping[str, str]) -> Iterable[_Span]:
    for node, told in entities.items():
        for mention in told.get("mention", ()):
            start, _, end = mention.rpartition("#char=")[2].partition(",")
            if node in things and start.isdecimal() and end.isdecimal():
                yield _Span(int(start), int(end), thing=things[node])


def cut(text: str, spans: Sequence[_Span], chosen: str | None) -> list[Piece]:
    """The text in pieces, at each place where a span begins or ends. Of names within names the shortest counts."""
    places = sorted({0, len(text), *(it for span in spans for it in (span.start, span.end) if 0 < it < len(text))})
    waiting = sorted(spans, key=lambda span: span.start, reverse=True)
    pieces: list[Piece] = []
    over: list[_Span] = []
    for start, end in pairwise(places):
        while waiting and waiting[-1].start <= start:
            over.append(waiting.pop())
        over = [span for span in over if span.end >= end]
        pieces.append(_piece(text[start:end], over, chosen, begun=any(piece.chosen for piece in pieces[-1:])))
    return pieces


def _piece(text: str, over: Sequence[_Span], chosen: str | None, begun: bool) -> Piece:
    claims = tuple(sorted({span.claim for span in over if span.claim}))
    naming = min((span for span in over if span.thing), key=lambda span: span.end - span.start, default=None)
    is_chosen = chosen in claims
    return Piece(text, naming.thing if naming else None, claims, is_chosen, is_chosen and not begun)


def paragraphs(pieces: Iterable[Piece]) -> tuple[tuple[Piece, ...], ...]:
    """Pieces by paragraph: a line break ends one."""
    found: list[list[Piece]] = [[]]
    for piece in pieces:
        for number, line in enumerate(piece.text.split("\n")):
            if number:
                found.append([])
            if line:
                found[-1].append(msgspec.structs.replace(piece, text=line, first=piece.first and not number))
    return tuple(tuple(it) for it in found if it)


async def _statements(
    asker: Asker, claims: Details, evidence: Mapping[str, Evidence], entities: Details, things: Mapping[str, str]
) -> tuple[Statement, ...]:
    words = await vocabulary(asker)
    known = await named(asker, words, set(things.values()))
    names = {node: min(told["label"]) for node, told in entities.items() if "label" in told}

    def name(node: str) -> str:
        thing: Thing | None = known.get(things.get(node, ""))
        return thing.label if thing else names.get(node, node)

    made = [
        Statement(
            id=claim.rpartition("/")[2],
            subject=things.get(told["subject"][0], ""),
            subject_name=name(told["subject"][0]),
            relation=words.label(told["predicate"][0].removeprefix(KG)),
            object=things.get(told["object"][0]),
            object_name=told["asStated"][0] if "asStated" in told else name(told["object"][0]),
            time=period(told["time"][0]) if "time" in told else None,
            said=evidence[claim],
        )
        for claim, told in claims.items()
        if claim in evidence
    ]
    return tuple(sorted(made, key=lambda it: (it.said.start, it.said.end, len(it.id), it.id)))
