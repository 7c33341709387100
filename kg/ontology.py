"""The Turtle files of ``ontologies/`` go in; the classes and properties that Python asks for, and N-Triples, come out.

All that depends on the meaning of a term is asked here, so that an engineer changes it by editing ``news.ttl``: which
kinds are kinds of which, what a predicate accepts, what follows from what. Names are local names (``killedBy``);
datatypes are written with their prefix (``xsd:date``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from kg.config import BASE, KG, data_folder
from kg.errors import OntologyError

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Identifier, Node

ENTITY = "Entity"
"""The class above all kinds of entity."""

ANYTHING = "rdfs:Resource"
LITERAL = "rdfs:Literal"

_XSD = "http://www.w3.org/2001/XMLSchema#"
_PREFIXES = {
    _XSD: "xsd:",
    "http://www.w3.org/2000/01/rdf-schema#": "rdfs:",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf:",
    "http://www.w3.org/2002/07/owl#": "owl:",
}

# What the values of kg.claims become in RDF: a name of a value's type stands for any of its datatypes.
_NUMBERS = frozenset({"xsd:integer", "xsd:decimal", "xsd:nonNegativeInteger"})
_VALUES: Mapping[str, frozenset[str]] = {
    "text": frozenset({"xsd:string"}),
    "time": frozenset({"xsd:date", "xsd:gYearMonth", "xsd:gYear", "xsd:dateTime"}),
    "quantity": _NUMBERS,
    # Literals are stored by value: a count is written as an integer, and so is a whole decimal.
    "xsd:integer": _NUMBERS,
    "xsd:decimal": frozenset({"xsd:decimal"}),
}


@dataclass(frozen=True)
class Class:
    """A kind of thing. ``superclasses`` are the direct ones within the ontology itself."""

    name: str
    label: str
    comment: str
    superclasses: tuple[str, ...] = ()

    @property
    def iri(self) -> str:
        return KG + self.name


@dataclass(frozen=True)
class Property:
    """A property. Its subject must be of one of ``domain``, its object of one of ``range`` (classes or datatypes).

    ``chains`` holds the sequences of properties that amount to this one. ``functional`` is true if a subject has one
    true value at most; where ``rivals_among`` names a class, two things of it are rivals unless told together.
    ``responsibility`` is true if it puts blame or cause on somebody. ``predicate`` is true if a
    claim may state it. ``superproperties`` are the direct ones within the ontology itself.
    """

    name: str
    label: str
    comment: str
    domain: tuple[str, ...]
    range: tuple[str, ...]
    superproperties: tuple[str, ...] = ()
    inverse: str | None = None
    chains: tuple[tuple[str, ...], ...] = ()
    symmetric: bool = False
    transitive: bool = False
    functional: bool = False
    rivals_among: str | None = None
    responsibility: bool = False
    predicate: bool = False

    @property
    def iri(self) -> str:
        return KG + self.name


@dataclass(frozen=True)
class Ontology:
    """The classes and properties of one folder of Turtle files, by local name, in alphabetical order."""

    folder: Path
    classes: Mapping[str, Class]
    properties: Mapping[str, Property]

    @classmethod
    def load(cls, folder: Path | None = None) -> Ontology:
        """Read ``news.ttl`` of a folder (by default the one shipped with the program).

        Raises :class:`kg.errors.OntologyError` if the file can't be parsed or a term can't be used as it stands.
        """
        folder = folder or data_folder("ontologies")
        graph = _parse(folder / "news.ttl")
        ontology = cls(folder, MappingProxyType(_classes(graph)), MappingProxyType(_properties(graph)))
        _check(ontology)
        return ontology

    def superclasses(self, kind: str) -> tuple[str, ...]:
        """All classes above a class, without itself, in alphabetical order; none for a name that is no class."""
        return self._superclasses.get(kind, ())

    def subclasses(self, kind: str) -> tuple[str, ...]:
        """All classes below a class, without itself, in alphabetical order."""
        return tuple(name for name, above in self._superclasses.items() if kind in above)

    def is_a(self, kind: str, other: str) -> bool:
        """Whether every thing of the first kind is of the second, too. A kind is a kind of itself."""
        return kind in self.classes and (kind == other or other in self.superclasses(kind))

    def accepts(self, predicate: str, subject_kind: str, value: str) -> bool:
        """Whether a claim may state ``predicate`` of such a subject and such an object.

        ``value`` is a kind of entity (``City``), a datatype (``xsd:date``), or the name of a type of value in
        :mod:`kg.claims` (``text``, ``time``, ``quantity``). Names that the ontology does not know are not accepted.
        """
        found = self.properties.get(predicate)
        if found is None or not found.predicate:
            return False
        return self._is_one_of(subject_kind, found.domain) and self._is_value_of(value, found.range)

    def label(self, term: str) -> str:
        """The English label of a class or property, by local name or IRI; of an unknown term, its words."""
        name = term.removeprefix(KG)
        known = self.classes.get(name) or self.properties.get(name)
        return known.label if known else _words(name)

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The classes that an entity can be of."""
        return frozenset({ENTITY, *self.subclasses(ENTITY)})

    @cached_property
    def predicates(self) -> Mapping[str, Property]:
        """The properties that a claim may state."""
        return MappingProxyType({name: each for name, each in self.properties.items() if each.predicate})

    @cached_property
    def chains(self) -> Mapping[str, tuple[tuple[str, ...], ...]]:
        """The properties with chains: ``killedBy`` follows from ``killedBy`` then ``carriedOutBy``."""
        return MappingProxyType({name: each.chains for name, each in self.properties.items() if each.chains})

    @cached_property
    def inverses(self) -> Mapping[str, str]:
        """Each property that is the inverse of another, both ways."""
        pairs = {name: each.inverse for name, each in self.properties.items() if each.inverse}
        return MappingProxyType({**{inverse: name for name, inverse in pairs.items()}, **pairs})

    @cached_property
    def subproperties(self) -> Mapping[str, tuple[str, ...]]:
        """Each property that implies others, with all those it implies: ``capitalOf`` implies ``locatedIn``."""
        direct = {name: each.superproperties for name, each in self.properties.items() if each.superproperties}
        return MappingProxyType({name: _above(name, direct) for name in direct})

    @cached_property
    def symmetric(self) -> frozenset[str]:
        """The properties that hold both ways."""
        return frozenset(name for name, each in self.properties.items() if each.symmetric)

    @cached_property
    def transitive(self) -> frozenset[str]:
        """The properties that carry on: what is in a place is in all that this place is in."""
        return frozenset(name for name, each in self.properties.items() if each.transitive)

    @cached_property
    def functional(self) -> frozenset[str]:
        """The predicates with one true value per subject (``kg:oneTrueValue``, or ``owl:FunctionalProperty``)."""
        return frozenset(name for name, each in self.properties.items() if each.functional)

    @cached_property
    def rivals(self) -> Mapping[str, str]:
        """The predicates whose values are rivals unless told together (``kg:rivalsAmong``), each with their class."""
        found = {name: each.rivals_among for name, each in self.properties.items()}
        return MappingProxyType({name: among for name, among in found.items() if among})

    @cached_property
    def responsibility(self) -> frozenset[str]:
        """The predicates that put blame, guilt or cause on somebody or something."""
        return frozenset(name for name, each in self.properties.items() if each.responsibility)

    def ntriples(self, base: str = BASE) -> str:
        """Every Turtle file of the folder as one text of sorted N-Triples, the same for the same statements.

        Blank nodes become IRIs made of a hash of what they say (``urn:newskg:ontology/node/…``), so that two nodes that
        say the same are one.
        """
        from rdflib import Graph

        graph = Graph()
        for path in sorted(self.folder.glob("*.ttl")):
            _named(_parse(path), f"{base}ontology/node/", into=graph)
        lines = graph.serialize(format="nt").split("\n")
        return "".join(f"{line}\n" for line in sorted(set(lines)) if line)

    @cached_property
    def _superclasses(self) -> Mapping[str, tuple[str, ...]]:
        direct = {name: each.superclasses for name, each in self.classes.items()}
        return {name: _above(name, direct) for name in direct}

    def _is_one_of(self, kind: str, allowed: Iterable[str]) -> bool:
        return kind in self.kinds and any(each == ANYTHING or self.is_a(kind, each) for each in allowed)

    def _is_value_of(self, value: str, allowed: Iterable[str]) -> bool:
        if value in self.classes:
            return self._is_one_of(value, allowed)
        datatypes = _VALUES.get(value.lower(), frozenset({value}) if value.startswith("xsd:") else frozenset())
        return bool(datatypes) and (LITERAL in allowed or not datatypes.isdisjoint(allowed))


@cache
def default() -> Ontology:
    """The ontology shipped with the program, read once."""
    return Ontology.load()


# --- reading ---------------------------------------------------------------------------------------------------------


def _parse(path: Path) -> Graph:
    from rdflib import Graph
    from rdflib.plugins.parsers.notation3 import BadSyntax

    try:
        return Graph().parse(path, format="turtle")
    except BadSyntax as error:
        line, reason = error.lines + 1, error._why
        raise OntologyError(f"{path}, line {line}: {reason}. Mend the Turtle there.") from error
    except IndexError as error:  # rdflib's way to say that the file ends too early
        raise OntologyError(f"{path} ends in the middle of a statement. End it with a full stop.") from error
    except (OSError, ValueError) as error:
        raise OntologyError(f"{path} can't be read: {error}. Restore it, or name another folder.") from error


def _classes(graph: Graph) -> dict[str, Class]:
    from rdflib import OWL, RDF, RDFS

    return {
        name: Class(name, *_texts(graph, node), superclasses=_own(graph.objects(node, RDFS.subClassOf)))
        for name, node in _ours(graph.subjects(RDF.type, OWL.Class))
    }


def _properties(graph: Graph) -> dict[str, Property]:
    from rdflib import OWL, RDF

    kinds = (OWL.ObjectProperty, OWL.DatatypeProperty, RDF.Property)
    nodes = {node for kind in kinds for node in graph.subjects(RDF.type, kind)}
    return {name: _property(graph, name, node) for name, node in _ours(nodes)}


def _property(graph: Graph, name: str, node: Node) -> Property:
    from rdflib import OWL, RDF, RDFS, URIRef

    types = set(graph.objects(node, RDF.type))
    inverse = _own(graph.objects(node, OWL.inverseOf))
    return Property(
        name,
        *_texts(graph, node),
        domain=_narrowest(graph, node, "domain"),
        range=_narrowest(graph, node, "range"),
        superproperties=_own(graph.objects(node, RDFS.subPropertyOf)),
        inverse=inverse[0] if inverse else None,
        chains=_chains(graph, node),
        symmetric=OWL.SymmetricProperty in types,
        transitive=OWL.TransitiveProperty in types,
        functional=OWL.FunctionalProperty in types or _flag(graph, node, "oneTrueValue"),
        rivals_among=next(iter(_own(graph.objects(node, URIRef(KG + "rivalsAmong")))), None),
        responsibility=_flag(graph, node, "responsibility"),
        predicate=URIRef(KG + "Predicate") in types,
    )


def _ours(nodes: Iterable[Node]) -> Iterator[tuple[str, Node]]:
    """The nodes of our own namespace with their local names, in the order of these."""
    return iter(sorted((str(node).removeprefix(KG), node) for node in set(nodes) if str(node).startswith(KG)))


def _own(nodes: Iterable[Node]) -> tuple[str, ...]:
    return tuple(name for name, _ in _ours(nodes))


def _texts(graph: Graph, node: Node) -> tuple[str, str]:
    """Label and comment of a term, both of which it must have."""
    from rdflib import RDFS

    label, comment = (graph.value(node, each, any=True) for each in (RDFS.label, RDFS.comment))
    if label is None or comment is None:
        missing = "label" if label is None else "comment"
        raise OntologyError(f"{_short(node)} has no rdfs:{missing}. Add one in English.")
    return str(label), str(comment)


def _narrowest(graph: Graph, node: Node, side: str) -> tuple[str, ...]:
    """What ``schema:domainIncludes`` names, if it is there, else what ``rdfs:domain`` does; the same of the range."""
    from rdflib import RDFS, URIRef

    includes = list(graph.objects(node, URIRef(f"https://schema.org/{side}Includes")))
    stated = includes or list(graph.objects(node, RDFS[side]))
    if not stated:
        raise OntologyError(f"{_short(node)} has no rdfs:{side}. Name the class (or datatype) it takes.")
    return tuple(sorted(map(_short_or_local, stated)))


def _short_or_local(node: Node) -> str:
    return str(node).removeprefix(KG) if str(node).startswith(KG) else _short(node)


def _chains(graph: Graph, node: Node) -> tuple[tuple[str, ...], ...]:
    from rdflib import OWL
    from rdflib.collection import Collection

    heads = graph.objects(node, OWL.propertyChainAxiom)
    return tuple(sorted(tuple(map(_short_or_local, Collection(graph, head))) for head in heads))


def _flag(graph: Graph, node: Node, name: str) -> bool:
    from rdflib import Literal, URIRef

    return (node, URIRef(KG + name), Literal(True)) in graph


def _short(node: Node | str) -> str:
    text = str(node)
    for namespace, prefix in {KG: "kg:", **_PREFIXES}.items():
        if text.startswith(namespace):
            return prefix + text.removeprefix(namespace)
    return f"<{text}>"


def _words(name: str) -> str:
    """``happenedNear`` as ``happened near``."""
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name).strip()


def _above(name: str, direct: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """All names that are reached upwards from one, in alphabetical order; itself too if it stands above itself."""
    found: set[str] = set()
    waiting = list(direct.get(name, ()))
    while waiting:
        above = waiting.pop()
        if above not in found:
            found.add(above)
            waiting.extend(direct.get(above, ()))
    return tuple(sorted(found))


# --- checking --------------------------------------------------------------------------------------------------------


def _check(ontology: Ontology) -> None:
    """Raise an error that names the first term which refers to something that isn't there, or to itself."""
    for term in ontology.classes.values():
        _check_known(f"kg:{term.name}", "rdfs:subClassOf", term.superclasses, ontology.classes)
        _check_not_above_itself(term.name, ontology.superclasses(term.name), "rdfs:subClassOf")
    for each in ontology.properties.values():
        _check_property(each, ontology)


def _check_property(term: Property, ontology: Ontology) -> None:
    name = f"kg:{term.name}"
    _check_known(name, "its domain", _classes_among(term.domain), ontology.classes)
    _check_known(name, "its range", _classes_among(term.range), ontology.classes)
    _check_known(name, "rdfs:subPropertyOf", term.superproperties, ontology.properties)
    _check_not_above_itself(term.name, ontology.subproperties.get(term.name, ()), "rdfs:subPropertyOf")
    _check_known(name, "owl:inverseOf", filter(None, [term.inverse]), ontology.properties)
    for chain in term.chains:
        _check_known(name, "owl:propertyChainAxiom", chain, ontology.properties)


def _classes_among(names: Iterable[str]) -> Iterator[str]:
    return (name for name in names if not name.startswith(tuple(_PREFIXES.values())))


def _check_known(term: str, where: str, names: Iterable[str], known: Mapping[str, object]) -> None:
    for name in names:
        if name not in known:
            raise OntologyError(f"{term} names '{name}' in {where}, which news.ttl does not define. Define or mend it.")


def _check_not_above_itself(name: str, above: Iterable[str], by: str) -> None:
    if name in above:
        raise OntologyError(f"kg:{name} stands above itself by {by}. Take one link out of the circle.")


# --- blank nodes -----------------------------------------------------------------------------------------------------


def _named(graph: Graph, prefix: str, into: Graph) -> None:
    """Copy a graph, each blank node replaced by an IRI that is a hash of the statements about it."""
    names: dict[Node, Identifier] = {}
    for subject, predicate, value in graph:
        into.add((_name(graph, subject, prefix, names), predicate, _name(graph, value, prefix, names)))


def _name(graph: Graph, node: Node, prefix: str, names: dict[Node, Identifier], path: tuple[Node, ...] = ()) -> Node:
    from rdflib import BNode, URIRef

    if not isinstance(node, BNode):
        return node
    if node in path:
        raise OntologyError("The ontology holds a circle of blank nodes. Give one of them an IRI of its own.")
    if node not in names:
        said = sorted(
            f"{predicate.n3()} {_name(graph, value, prefix, names, (*path, node)).n3()}"
            for predicate, value in graph.predicate_objects(node)
        )
        names[node] = URIRef(prefix + sha256("\n".join(said).encode()).hexdigest()[:16])
    return names[node]
