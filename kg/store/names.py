"""The IRIs that the store reads and writes, as N-Triples terms."""

from functools import lru_cache

from kg.config import KG

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XSD = "http://www.w3.org/2001/XMLSchema#"

TYPE = f"<{RDF}type>"
SUBJECT, PREDICATE, OBJECT = f"<{RDF}subject>", f"<{RDF}predicate>", f"<{RDF}object>"
LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
ALIAS = "<http://www.w3.org/2004/02/skos/core#altLabel>"
TITLE = "<http://purl.org/dc/terms/title>"
ISSUED = "<http://purl.org/dc/terms/issued>"
SOURCE = "<http://purl.org/dc/terms/source>"
REPLACES = "<http://purl.org/dc/terms/replaces>"
REPLACED_BY = "<http://purl.org/dc/terms/isReplacedBy>"
URL = "<https://schema.org/url>"
BODY = "<https://schema.org/articleBody>"
START, END, EXACT = (f"<http://www.w3.org/ns/oa#{name}>" for name in ("start", "end", "exact"))
SPECIALIZES = "<http://www.w3.org/ns/prov#specializationOf>"
DERIVED = "<http://www.w3.org/ns/prov#wasDerivedFrom>"
ACTIVITY = "<http://www.w3.org/ns/prov#Activity>"
AT_TIME = "<http://www.w3.org/ns/prov#atTime>"
USED = "<http://www.w3.org/ns/prov#used>"

EXACT_MATCH = "<http://www.w3.org/2004/02/skos/core#exactMatch>"
GEO = "http://www.opengis.net/ont/geosparql#"
GEOMETRY, HAS_GEOMETRY, AS_WKT = (f"<{GEO}{name}>" for name in ("Geometry", "hasGeometry", "asWKT"))
WKT = f"<{GEO}wktLiteral>"


@lru_cache(maxsize=4096)
def kg(name: str) -> str:
    """A term of the ontology's own namespace."""
    return f"<{KG}{name}>"


DOCUMENT, CLAIM, FACT, SOURCE_CLASS = kg("Document"), kg("Claim"), kg("Fact"), kg("Source")
REFUSED, QUARANTINED = kg("Refused"), kg("quarantined")
ADDRESS, MENTION, FINGERPRINT = kg("address"), kg("mention"), kg("fingerprint")

PREFIXES = {
    "kg": KG,
    "rdf": RDF,
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": XSD,
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "schema": "https://schema.org/",
    "oa": "http://www.w3.org/ns/oa#",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "time": "http://www.w3.org/2006/time#",
    "geo": GEO,
    "wd": "http://www.wikidata.org/entity/",
    "wdt": "http://www.wikidata.org/prop/direct/",
}
"""Prefixes that every query may use without declaring them, and that Turtle is written with."""
