"""Things in; the facts about them, with the words that state them and who says so, out.

The values are those of :mod:`kg.views.picture`, so that whatever draws or writes a picture can draw and write these.
"""

import asyncio
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from kg.config import KG
from kg.explorer.asking import Asker, Details
from kg.explorer.vocabulary import Vocabulary, vocabulary
from kg.views.picture import Evidence, Fact, Paper, Thing

MOST_FACTS = 400
"""A thing's page shows no more facts than this, those of most sources first."""

MOST_CLAIMS = 4000
"""Sentences that a page looks at."""

_FACTS_OF = """SELECT ?node ?name ?value {
  { SELECT DISTINCT ?fact {
      { SELECT (?node AS ?thing) { … } }
      ?fact rdf:subject|rdf:object ?thing . OPTIONAL { ?fact kg:sources ?sources }
    } ORDER BY DESC(?sources) ?fact LIMIT %d }
  BIND(?fact AS ?node) ?node ?name ?value }"""
_DETAILS = "SELECT ?node ?name ?value { … ?node ?name ?value }"
_BEHIND = "SELECT ?node (kg:claim AS ?name) ?value { … ?node prov:wasDerivedFrom+/kg:claim ?value }"
_CLAIMS = "SELECT ?node ?name ?value { … GRAPH ?document { ?node a kg:Claim ; ?name ?value } }"
_PAPERS = """SELECT ?node ?name ?value { … {
    VALUES ?name { dcterms:title dcterms:issued schema:url kg:address } GRAPH ?node { ?node ?name ?value }
  } UNION { GRAPH ?node { ?node dcterms:source/rdfs:label ?value BIND(dcterms:source AS ?name) } } }"""
_SPEAKERS = """SELECT ?node ?name ?value { … VALUES ?name { rdfs:label } GRAPH ?document { ?node ?name ?value } }"""
_NAMES = """SELECT ?node ?name ?value {
  … VALUES ?name { rdf:type rdfs:label skos:altLabel } ?node ?name ?value }"""


class Told(msgspec.Struct, frozen=True):
    """Facts, the things at their ends by IRI, and pairs of facts that can't both be true."""

    facts: tuple[Fact, ...]
    things: dict[str, Thing]
    rivals: tuple[tuple[Fact, Fact], ...] = ()
    more: bool = False
    """Whether there are more facts than were to be told."""


async def told_of(asker: Asker, iris: Sequence[str], most: int = MOST_FACTS) -> Told:
    """The facts that have one of ``iris`` as their subject or object, at most so many, of most sources."""
    found = await asker.details(_FACTS_OF % (most + 1), iris)
    ranked = sorted(found, key=lambda fact: (-int(found[fact].get("sources", ["0"])[0]), fact))
    told = await described(asker, {fact: found[fact] for fact in ranked[:most]}, iris)
    return msgspec.structs.replace(told, more=len(found) > most)


async def told_by(asker: Asker, facts: Iterable[str]) -> Told:
    """The facts of these IRIs."""
    return await described(asker, await asker.details(_DETAILS, facts), ())


async def described(asker: Asker, found: Details, iris: Sequence[str]) -> Told:
    """Facts as the store has them, told in words; ``iris`` are things that are told of besides."""
    rivals = {rival for told in found.values() for rival in told.get("conflictsWith", ())} - set(found)
    found = found | await asker.details(_DETAILS, rivals)
    words = await vocabulary(asker)
    evidence, things = await asyncio.gather(_evidence(asker, found), named(asker, words, {*_ends(found), *iris}))
    facts = {iri: _fact(iri, told, evidence, words) for iri, told in found.items() if "subject" in told}
    shown = (fact for iri, fact in facts.items() if iri not in rivals)
    return Told(tuple(sorted(shown, key=_rank)), things, tuple(_pairs(found, facts)))


async def named(asker: Asker, words: Vocabulary, iris: Iterable[str]) -> dict[str, Thing]:
    """Names and kinds of things, by IRI."""
    found = await asker.details(_NAMES, iris)
    return {iri: _thing(iri, told, words) for iri, told in found.items() if "label" in told}


def _thing(iri: str, told: Mapping[str, list[str]], words: Vocabulary) -> Thing:
    kinds = [kind.removeprefix(KG) for kind in told.get("type", ()) if kind.startswith(KG)]
    label, kind = min(told["label"]), words.narrowest(kinds)
    return Thing(
        iri,
        label,
        words.label(kind),
        words.family([kind]),
        tuple(sorted(set(told.get("altLabel", ())) - {label})),
    )


def _ends(found: Details) -> Iterable[str]:
    return [
        end for told in found.values() for side in ("subject", "object") for end in told.get(side, ()) if ":" in end
    ]


def _rank(fact: Fact) -> tuple[object, ...]:
    return (fact.label, -fact.sources, not fact.asserted, fact.time or "", fact.value, fact.iri)


def _pairs(found: Details, facts: Mapping[str, Fact]) -> Iterable[tuple[Fact, Fact]]:
    pairs = {tuple(sorted((one, other))) for one, told in found.items() for other in told.get("conflictsWith", ())}
    return [(facts[one], facts[other]) for one, other in sorted(pairs) if one in facts and other in facts]


# ---- facts ----------------------------------------------------------------------------------------------------------


def _fact(
    iri: str, told: Mapping[str, list[str]], evidence: Mapping[str, tuple[Evidence, ...]], words: Vocabulary
) -> Fact:
    name = told["predicate"][0].removeprefix(KG)
    value = told["object"][0]
    is_thing = value.startswith(("urn:", "http:", "https:")) and not {"asStated", "atLeast", "atMost"} & set(told)
    first, last = (min(told.get(it, ()), default=None) for it in ("firstSaid", "lastSaid"))
    return Fact(
        iri=iri,
        subject=told["subject"][0],
        predicate=name,
        label=words.label(name),
        object=value if is_thing else None,
        value="" if is_thing else _amount(told, value),
        raw=value,
        stances=tuple(sorted(told.get("stance", ("asserted",)))),
        sources=int(told.get("sources", ["0"])[0]),
        documents=int(told.get("documents", ["0"])[0]),
        first_said=first,
        last_said=last,
        time=", ".join(map(period, sorted(told.get("time", ())))) or None,
        inferred="inferred" in told,
        evidence=evidence.get(iri, ()),
    )


def _amount(told: Mapping[str, list[str]], value: str) -> str:
    """A quantity in words, with those of the article when they say more."""
    low, high, unit, stated = (told.get(name, [""])[0] for name in ("atLeast", "atMost", "unit", "asStated"))
    if not low and not high:
        return value
    if low == high:
        number = low
    elif low and high:
        number = f"{low} to {high}"
    else:
        number = f"at least {low}" if low else f"at most {high}"
    about = "about " if "approximate" in told else ""
    quoted = f" (“{stated}”)" if stated and stated.lower() != number else ""
    return f"{about}{number}{' ' + unit if unit else ''}{quoted}"


def period(time: str) -> str:
    """An ISO 8601 prefix or interval, to be read."""
    start, slash, end = time.partition("/")
    if not slash:
        return time
    if start and end:
        return f"{start} to {end}"
    return f"since {start}" if start else f"until {end}"


# ---- who says so ----------------------------------------------------------------------------------------------------


async def _evidence(asker: Asker, found: Details) -> dict[str, tuple[Evidence, ...]]:
    inferred = [iri for iri, told in found.items() if "inferred" in told]
    behind = await asker.details(_BEHIND, inferred)
    claims = {iri: told.get("claim") or behind.get(iri, {}).get("claim", []) for iri, told in found.items()}
    known = await evidence_of(asker, [claim for of_one in claims.values() for claim in of_one][:MOST_CLAIMS])
    return {
        iri: tuple(sorted((known[claim] for claim in set(of_one) if claim in known), key=_before))
        for iri, of_one in claims.items()
    }


def _before(item: Evidence) -> tuple[object, ...]:
    """What is stated first, then what is only said in some other way; the oldest first."""
    return (item.stance != "asserted", item.document.published or "~", item.document.id, item.start, item.claim)


async def evidence_of(asker: Asker, claims: Sequence[str]) -> dict[str, Evidence]:
    """The words of claims, with document and speaker, by claim."""
    found = await asker.details(_CLAIMS, claims)
    speakers = {it for told in found.values() for role in ("speaker", "via") for it in told.get(role, ())}
    papers, names = await asyncio.gather(
        papers_of(asker, {claim.rpartition("/")[0] for claim in found}), asker.details(_SPEAKERS, speakers)
    )
    return {claim: _said(claim, told, papers, names) for claim, told in found.items() if "exact" in told}


def _said(claim: str, told: Mapping[str, list[str]], papers: Mapping[str, Paper], names: Details) -> Evidence:
    document = claim.rpartition("/")[0]
    speaker, via = (
        min(names.get(told.get(role, [""])[0], {}).get("label", ()), default=None) for role in ("speaker", "via")
    )
    return Evidence(
        claim=claim,
        quote=told["exact"][0],
        document=papers.get(document) or Paper(document.rpartition("/")[2]),
        start=int(told["start"][0]),
        end=int(told["end"][0]),
        stance=told.get("stance", ["asserted"])[0],
        speaker=speaker,
        via=via,
        confidence=float(told.get("confidence", ["0"])[0]),
    )


async def papers_of(asker: Asker, documents: Iterable[str]) -> dict[str, Paper]:
    """Title, source, address and day of documents, by IRI."""
    found = await asker.details(_PAPERS, documents)
    return {iri: _paper(iri, told) for iri, told in found.items()}


def _paper(iri: str, told: Mapping[str, list[str]]) -> Paper:
    title, source, url, address, issued = (
        min(told.get(name, ()), default=None) for name in ("title", "source", "url", "address", "issued")
    )
    return Paper(iri.rpartition("/")[2], title, source, url or address, issued)
