"""Sorted N-Quads lines in; Turtle, TriG, N-Triples or JSON-LD out, written as they are read.

The lines come sorted by graph and subject, so every writer groups as it goes and holds one subject at a time.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import NamedTuple

from kg import ontology
from kg.config import KG
from kg.store import PREFIXES
from kg.views import sorting

_TYPE = f"<{PREFIXES['rdf']}type>"
_XSD = PREFIXES["xsd"]

_LINE = re.compile(
    r"(?P<s><[^>]*>|_:\S+) (?P<p><[^>]*>) "
    r'(?P<o><[^>]*>|_:\S+|"(?:[^"\\]|\\.)*"(?:@[\w-]+|\^\^<[^>]*>)?)(?: (?P<g><[^>]*>))? ?\.\s*'
)
_LITERAL = re.compile(r'"(?P<text>(?:[^"\\]|\\.)*)"(?:@(?P<language>[\w-]+)|\^\^<(?P<datatype>[^>]*)>)?')
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_LETTERS = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
# Only names that every reader takes unescaped (a part of PN_LOCAL in Turtle's grammar).
_LOCAL = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_WORDS: dict[str, tuple[str, str | None]] = {
    "label": ("rdfs:label", None),
    "altLabel": ("skos:altLabel", None),
    "comment": ("rdfs:comment", None),
    "title": ("dcterms:title", None),
    "issued": ("dcterms:issued", "xsd:date"),
    "publisher": ("dcterms:source", "@id"),
    "isReplacedBy": ("dcterms:isReplacedBy", "@id"),
    "replaces": ("dcterms:replaces", "@id"),
    "url": ("schema:url", "@id"),
    "text": ("schema:articleBody", None),
    "subject": ("rdf:subject", "@id"),
    "predicate": ("rdf:predicate", "@vocab"),
    "object": ("rdf:object", "@id"),
    "quote": ("oa:exact", None),
    "start": ("oa:start", None),
    "end": ("oa:end", None),
    "specializationOf": ("prov:specializationOf", "@id"),
    "wasDerivedFrom": ("prov:wasDerivedFrom", "@id"),
    "atTime": ("prov:atTime", "xsd:dateTime"),
    "exactMatch": ("skos:exactMatch", "@id"),
}
"""Words of the JSON-LD context for terms that are not the ontology's own, with what values are, if not strings."""

_BY_NAME = {name: word for word, (name, _) in _WORDS.items()}
_NATIVE = frozenset({"xsd:string", "xsd:boolean", "xsd:integer", "xsd:nonNegativeInteger"})
"""Datatypes that JSON has values for; the context says nothing of these."""
_JSON = re.compile(r"true|false|0|-?[1-9]\d{0,14}")
"""What of these means the same in JSON: numbers as JSON would write them."""

# How Turtle abbreviates numbers and truth values (section 2.5.2, 2.5.3).
_BARE = {
    f"{_XSD}integer": re.compile(r"[+-]?\d+"),
    f"{_XSD}decimal": re.compile(r"[+-]?\d*\.\d+"),
    f"{_XSD}boolean": re.compile("true|false"),
}


class Quad(NamedTuple):
    """Four terms as N-Quads writes them; ``graph`` is empty for the default graph."""

    graph: str
    subject: str
    predicate: str
    object: str


def quads(lines: Iterable[str]) -> list[Quad]:
    """Each line's terms, sorted by graph (the default graph first), subject, predicate (types first) and object."""
    found = {_quad(line) for line in lines if line.strip()}
    return sorted(
        found, key=lambda quad: (quad.graph, quad.subject, quad.predicate != _TYPE, quad.predicate, quad.object)
    )


def of_graph(graph: str, triples: Iterable[tuple[str, str, str]]) -> Iterator[Quad]:
    """The triples of one graph in the same order, however many: memory holds a part of them at a time."""
    # No name of a property comes before the empty one: so types are first.
    records = ((subject, "" if predicate == _TYPE else predicate, value) for subject, predicate, value in triples)
    for subject, predicate, value in sorting.ordered(records):
        yield Quad(graph, subject, predicate or _TYPE, value)


def text(term: str) -> str:
    """The words of a literal as N-Triples writes it, or an IRI without its brackets."""
    if term.startswith("<"):
        return term[1:-1]
    inside = term[1 : term.rindex('"')] if term.startswith('"') else term
    return _ESCAPE.sub(_unescaped, inside) if "\\" in inside else inside


def ntriples(some: Iterable[Quad]) -> Iterator[str]:
    """One line per triple."""
    for quad in some:
        yield f"{quad.subject} {quad.predicate} {quad.object} .\n"


def nquads(some: Iterable[Quad]) -> Iterator[str]:
    """One line per quad."""
    for quad in some:
        yield f"{quad.subject} {quad.predicate} {quad.object} {quad.graph + ' ' if quad.graph else ''}.\n"


def turtle(some: Iterable[Quad]) -> Iterator[str]:
    """One block per subject, with prefixes."""
    yield from _head()
    yield from _subjects(some, "")


def trig(some: Iterable[Quad]) -> Iterator[str]:
    """As Turtle; each named graph in braces."""
    yield from _head()
    for graph, inside in groupby(some, key=lambda quad: quad.graph):
        if not graph:
            yield from _subjects(inside, "")
            continue
        yield f"\n{_short(graph)} {{\n"
        yield from _subjects(inside, "  ")
        yield "}\n"


def jsonld(some: Iterable[Quad]) -> Iterator[str]:
    """A JSON-LD 1.1 document with its own context: nothing has to be fetched to read it. One node a line.

    Terms of the ontology stand without a prefix, those of other vocabularies under the names of :data:`_WORDS`; the
    context says which values are IRIs and which have a datatype.
    """
    types = _coercions()
    context = ",\n".join(f"{_dump(name)}: {_dump(meaning)}" for name, meaning in _context(types).items())
    yield f'{{"@context": {{\n{context}}},\n"@graph": ['
    comma = "\n"
    for graph, inside in groupby(some, key=lambda quad: quad.graph):
        yield comma
        comma = ",\n"
        nodes = (_dump(_node(subject, rows, types)) for subject, rows in groupby(inside, key=lambda quad: quad.subject))
        yield f'{{"@id": {_dump(_compact(graph))}, "@graph": [\n' if graph else ""
        for number, node in enumerate(nodes):
            yield f",\n{node}" if number else node
        yield "]}" if graph else ""
    yield "\n]}\n"


def _quad(line: str) -> Quad:
    found = _LINE.fullmatch(line.strip())
    if not found:
        raise ValueError(f"not N-Quads: {line[:200]!r}")
    return Quad(found["g"] or "", found["s"], found["p"], found["o"])


def _head() -> Iterator[str]:
    for name, namespace in PREFIXES.items():
        yield f"@prefix {name}: <{namespace}> .\n"


def _subjects(some: Iterable[Quad], indent: str) -> Iterator[str]:
    for subject, rows in groupby(some, key=lambda quad: quad.subject):
        yield f"\n{indent}{_short(subject)}"
        predicates = groupby(rows, key=lambda quad: quad.predicate)
        said = [f"{_verb(name)} {', '.join(_short(row.object) for row in same)}" for name, same in predicates]
        yield " " + f" ;\n{indent}    ".join(said) + " .\n"


def _verb(term: str) -> str:
    return "a" if term == _TYPE else _short(term)


def _short(term: str) -> str:
    """A term with a prefix, or as a bare number, where Turtle has such a form."""
    if not term.startswith('"'):
        name = _compact(term)
        return term if name == term[1:-1] else name
    found = _LITERAL.fullmatch(term)
    if not found or not found["datatype"]:
        return term
    bare = _BARE.get(found["datatype"])
    if bare and bare.fullmatch(found["text"]):
        return found["text"]
    return f'"{found["text"]}"^^{_short("<" + found["datatype"] + ">")}'


def _compact(term: str) -> str:
    """An IRI with a prefix if it has one, else the IRI itself without brackets."""
    iri = term[1:-1] if term.startswith("<") else term
    for name, namespace in PREFIXES.items():
        if iri.startswith(namespace) and _LOCAL.fullmatch(iri[len(namespace) :]):
            return f"{name}:{iri[len(namespace) :]}"
    return iri


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _coercions() -> dict[str, str]:
    """What the context says that the values of a key are: ``@id``, ``@vocab`` (terms), or a datatype."""
    types = {name: kind for name, (_, kind) in _WORDS.items() if kind}
    for name, known in ontology.default().properties.items():
        if known.range and name not in _WORDS:
            first, *others = {kind if kind.startswith("xsd:") else "@id" for kind in known.range}
            if not others and first not in _NATIVE:
                types[name] = first
    return types


def _context(types: Mapping[str, str]) -> dict[str, object]:
    words = {name: {"@id": iri} | ({"@type": kind} if kind else {}) for name, (iri, kind) in _WORDS.items()}
    taken = _WORDS.keys() | PREFIXES.keys()
    own = {name: {"@id": f"kg:{name}", "@type": kind} for name, kind in types.items() if name not in taken}
    return {"@vocab": KG, **PREFIXES, **words, **own}


def _node(subject: str, rows: Iterable[Quad], types: Mapping[str, str]) -> dict[str, object]:
    node: dict[str, object] = {"@id": _compact(subject)}
    for predicate, same in groupby(rows, key=lambda quad: quad.predicate):
        key = "@type" if predicate == _TYPE else _key(predicate)
        kind = "@vocab" if predicate == _TYPE else types.get(key)
        found = [_object(row.object, kind) for row in same]
        node[key] = found[0] if len(found) == 1 else found
    return node


def _key(predicate: str) -> str:
    """The word that the context knows a property by."""
    name = _compact(predicate)
    return _BY_NAME.get(name) or _without_prefix(name)


def _without_prefix(name: str) -> str:
    """A term of the ontology by its name alone, unless that means something else."""
    local = name.removeprefix("kg:")
    return name if local in _WORDS or local in PREFIXES else local


def _object(term: str, kind: str | None) -> object:
    """A value as the context lets it be written: bare where its type is the expected one."""
    found = _LITERAL.fullmatch(term)
    if not found:
        name = _compact(term)
        if kind == "@vocab":
            return _without_prefix(name)
        return name if kind == "@id" else {"@id": name}
    words = text(term)
    if found["language"]:
        return {"@value": words, "@language": found["language"]}
    datatype = _compact(f"<{found['datatype']}>") if found["datatype"] else None
    if datatype == kind:
        return words
    if kind is None and datatype in _NATIVE and _JSON.fullmatch(words):
        return json.loads(words)
    return {"@value": words, "@type": datatype} if datatype else {"@value": words}


def _unescaped(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _LETTERS.get(match[3], match[3])
