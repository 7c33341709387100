"""An extraction in, the quads of its document's graph out: pure, sorted, without blank nodes.

The layout is that of the project's RDF contract: a node for the document with its whole text, one for its source, one
per entity with its mentions, one per claim with its offsets and quote (Web Annotation text position, RFC 5147
fragments for mentions).
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from kg.claims import Claim, Document, Entity, EntityRef, Extraction, Quantity, Source, Span, Text, Time
from kg.config import BASE, KG
from kg.fingerprints import fingerprint
from kg.mapping import terms
from kg.mapping.shapes import Checked, checked
from kg.ontology import Ontology

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"
SCHEMA = "https://schema.org/"
OA = "http://www.w3.org/ns/oa#"

_TYPE, _LABEL, _ALIAS = f"<{RDF}type>", f"<{RDFS}label>", f"<{SKOS}altLabel>"


class Quad(NamedTuple):
    """Four terms as N-Triples text: ``<iri>``, ``"plain"`` or ``"typed"^^<iri>``."""

    subject: str
    predicate: str
    object: str
    graph: str


_Triple = tuple[str, str, str]


def to_quads(extraction: Extraction, base: str = BASE, ontology: Ontology | None = None) -> list[Quad]:
    """The graph of one document, sorted and without repetitions.

    What breaks a shape (see :func:`kg.mapping.check_shapes`) is left out and noted as ``kg:quarantined`` of the
    document; a claim that a person can release is a ``kg:Refused`` with that note. ``ontology`` is the shipped one
    unless another is given.
    """
    good = checked(extraction, ontology)
    graph = document_iri(extraction.document.id, base)
    return sorted({Quad(*triple, graph) for triple in _triples(extraction, good, graph, base)})


def to_nquads(extraction: Extraction, base: str = BASE, ontology: Ontology | None = None) -> str:
    """The same as N-Quads text, sorted lines; empty text never comes out, as every document has a node."""
    return "".join(line(quad) for quad in to_quads(extraction, base, ontology))


def line(quad: Quad) -> str:
    """One line of N-Quads with its line feed."""
    return f"{quad.subject} {quad.predicate} {quad.object} {quad.graph} .\n"


def document_iri(identifier: str, base: str = BASE) -> str:
    """The node of a document, which is also the name of its graph, in angle brackets."""
    return terms.iri(f"{base}doc/{terms.segment(identifier)}")


def _triples(extraction: Extraction, good: Checked, node: str, base: str) -> Iterator[_Triple]:
    yield from _document(extraction.document, node, base)
    for entity in good.entities.values():
        yield from _entity(entity, good.mentions.get(entity.id, ()), node)
    text = terms.unicode_only(extraction.document.text)
    for number, claim in good.claims:
        yield from _claim(claim, f"c{number}", "Claim", node, text)
    for refused in good.refused.values():
        yield from _claim(refused.claim, refused.id, "Refused", node, text)
        yield _within(node, refused.id), _kg("quarantined"), terms.string(refused.reason)
    for violation in good.violations:
        if violation.where not in good.refused:
            yield node, _kg("quarantined"), terms.string(str(violation))


def _document(document: Document, node: str, base: str) -> Iterator[_Triple]:
    yield node, _TYPE, _kg("Document")
    yield node, f"<{SCHEMA}articleBody>", terms.string(document.text)
    yield node, f"<{DCTERMS}language>", terms.string(document.language)
    mark = fingerprint(document.text)
    if mark is not None:
        yield node, _kg("fingerprint"), terms.string(mark)
    if document.title is not None:
        yield node, f"<{DCTERMS}title>", terms.string(document.title)
    if document.published is not None:
        yield node, f"<{DCTERMS}issued>", terms.time(document.published)
    if document.url is not None:
        yield _address(node, document.url)
    if document.source is not None:
        source = terms.iri(f"{base}source/{terms.segment(document.source.id)}")
        yield node, f"<{DCTERMS}source>", source
        yield from _source(document.source, source)


def _address(node: str, url: str) -> _Triple:
    """Where it was found: a web address as an IRI, anything else (a path, a made-up scheme) as plain words."""
    if terms.is_web_address(url):
        return node, f"<{SCHEMA}url>", terms.iri(url)
    return node, _kg("address"), terms.string(url)


def _source(source: Source, node: str) -> Iterator[_Triple]:
    yield node, _TYPE, _kg("Source")
    yield node, _LABEL, terms.string(source.name)
    if source.kind is not None:
        yield node, _kg("sourceKind"), terms.string(source.kind)
    if source.homepage is not None:
        yield _address(node, source.homepage)


def _entity(entity: Entity, mentions: list[Span] | tuple[()], document: str) -> Iterator[_Triple]:
    node = _within(document, entity.id)
    yield node, _TYPE, _kg(entity.kind)
    yield node, _LABEL, terms.string(entity.name)
    for alias in entity.aliases:
        if alias.strip() and alias != entity.name:
            yield node, _ALIAS, terms.string(alias)
    for span in mentions:
        yield node, _kg("mention"), f"{document[:-1]}#char={span.start},{span.end}>"
    if not entity.named:
        yield node, _kg("named"), terms.boolean(False)


def _claim(claim: Claim, identifier: str, kind: str, document: str, text: str) -> Iterator[_Triple]:
    node = _within(document, identifier)
    yield node, _TYPE, _kg(kind)
    yield node, f"<{RDF}subject>", _within(document, claim.subject)
    yield node, f"<{RDF}predicate>", _kg(claim.predicate)
    for predicate, value in _object(claim, document):
        yield node, predicate, value
    yield node, f"<{OA}start>", terms.integer(claim.evidence.start)
    yield node, f"<{OA}end>", terms.integer(claim.evidence.end)
    yield node, f"<{OA}exact>", terms.string(text[claim.evidence.start : claim.evidence.end])
    for predicate, value in _how_said(claim, document):
        yield node, predicate, value


def _object(claim: Claim, document: str) -> Iterator[tuple[str, str]]:
    place = f"<{RDF}object>"
    match claim.object:
        case EntityRef(id=entity):
            yield place, _within(document, entity)
        case Text(value=value):
            yield place, terms.string(value)
        case Time(value=value, text=words):
            yield place, terms.time(value)
            yield _kg("asStated"), terms.string(words)
        case Quantity() as quantity:
            yield from _quantity(quantity, place)


def _quantity(quantity: Quantity, place: str) -> Iterator[tuple[str, str]]:
    bound = quantity.low if quantity.low is not None else quantity.high
    assert bound is not None  # a shape: see checked()
    yield place, terms.number(bound)
    yield _kg("asStated"), terms.string(quantity.text)
    if quantity.low is not None:
        yield _kg("atLeast"), terms.number(quantity.low)
    if quantity.high is not None:
        yield _kg("atMost"), terms.number(quantity.high)
    if quantity.approximate:
        yield _kg("approximate"), terms.boolean(True)
    if quantity.unit is not None:
        yield _kg("unit"), terms.string(quantity.unit)


def _how_said(claim: Claim, document: str) -> Iterator[tuple[str, str]]:
    yield _kg("stance"), terms.string(claim.stance)
    # Two decimals: the last bits of a model differ between processors.
    yield _kg("confidence"), terms.decimal(round(claim.confidence, 2))
    if claim.speaker is not None:
        yield _kg("speaker"), _within(document, claim.speaker)
    if claim.via is not None:
        yield _kg("via"), _within(document, claim.via)
    if claim.time is not None:
        yield _kg("time"), terms.string(claim.time)
    if claim.extractor:
        yield _kg("extractor"), terms.string(claim.extractor)


def _within(document: str, identifier: str) -> str:
    return f"{document[:-1]}/{terms.segment(identifier)}>"


@lru_cache(maxsize=1024)
def _kg(name: str) -> str:
    return terms.iri(KG + name)
