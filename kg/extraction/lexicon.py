"""``ontologies/lexicon.ttl`` in, tables of words and their frames out (OntoLex-Lemon with its module synsem)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.config import KG, data_folder
from kg.errors import OntologyError

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

_LEX = "https://w3id.org/newskg/lexicon#"
_ONTOLEX = "http://www.w3.org/ns/lemon/ontolex#"
_SYNSEM = "http://www.w3.org/ns/lemon/synsem#"
_LEXINFO = "http://www.lexinfo.net/ontology/3.0/lexinfo#"


@dataclass(frozen=True, slots=True)
class Argument:
    """A syntactic argument: name (``subject``, ``owner``, ``of`` …), preposition, class of filler, taken as words."""

    name: str
    marker: str | None = None
    filler: str | None = None
    words: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """What a wording says: ``subject`` and ``object`` of the property ``predicate`` by their syntactic arguments."""

    name: str
    predicate: str
    subject: Argument
    object: Argument


@dataclass(frozen=True, slots=True)
class Entry:
    """A word, or one with its dependents. ``kind`` is the class a noun names, ``event`` that a verb tells of."""

    words: tuple[str, ...]
    frames: tuple[Frame, ...]
    kind: str | None = None
    event: str | None = None
    office: bool = False


@dataclass(slots=True)
class Lexicon:
    """Entries by the word that others depend on: the first of a verb, the last of a noun; longest entries first."""

    verbs: dict[str, list[Entry]] = field(default_factory=dict)
    nouns: dict[str, list[Entry]] = field(default_factory=dict)
    identity: dict[str, set[str | None]] = field(default_factory=dict)
    """Verbs that take a noun which says what their subject is; the values are prepositions, None for a bare noun."""

    @property
    def kinds(self) -> Mapping[str, str]:
        """Noun (all its words, as lemmas) to the class it names."""
        return {" ".join(e.words): e.kind for entries in self.nouns.values() for e in entries if e.kind}

    @staticmethod
    def load(file: Path | None = None) -> "Lexicon":
        """Reads the file; raises :class:`kg.errors.OntologyError` where it can't be understood."""
        return _read(file or data_folder("ontologies") / "lexicon.ttl")


@cache
def default() -> Lexicon:
    """The lexicon that ships with the package."""
    return Lexicon.load()


def _read(file: Path) -> Lexicon:
    from rdflib import RDF, Graph, URIRef

    try:
        graph = Graph().parse(file, format="turtle")
    except (OSError, SyntaxError, ValueError) as error:
        raise OntologyError(f"{file.name} can't be read: {str(error).splitlines()[0]}") from error
    arguments = {
        node: _argument(graph, node) for node in graph.subjects(RDF.type, URIRef(_SYNSEM + "SyntacticArgument"))
    }
    frames = {node: _frame(graph, node, arguments) for node in graph.subjects(RDF.type, URIRef(_SYNSEM + "OntoMap"))}
    lexicon = Lexicon()
    for node, form in graph.subject_objects(URIRef(_ONTOLEX + "canonicalForm")):
        written = str(graph.value(form, URIRef(_ONTOLEX + "writtenRep"))).lower()
        _add(lexicon, graph, node, tuple(written.split()), frames)
    for table in (lexicon.verbs, lexicon.nouns):
        for word, entries in table.items():
            table[word] = sorted(entries, key=lambda e: (-len(e.words), e.words))
    return lexicon


def _add(lexicon: Lexicon, graph: "Graph", node: "Node", words: tuple[str, ...], frames: dict["Node", Frame]) -> None:
    behaviours = sorted(_objects(graph, node, _SYNSEM + "synBehavior"))
    by_name = {str(n): f for n, f in frames.items()}
    identity = [_local(b) for b in behaviours if _local(b).startswith("identity")]
    if identity:
        lexicon.identity.setdefault(words[0], set()).update(name.partition("-")[2] or None for name in identity)
        return
    unknown = [b for b in behaviours if b not in by_name]
    if unknown:
        raise OntologyError(
            f'lexicon.ttl: "{" ".join(words)}" has the frame {_local(unknown[0])}, which is not defined'
        )
    noun = _LEXINFO + "noun" in _objects(graph, node, _LEXINFO + "partOfSpeech")
    denoted = [d.removeprefix(KG) for d in _objects(graph, node, _ONTOLEX + "denotes")]
    entry = Entry(
        words,
        tuple(by_name[b] for b in behaviours),
        kind=next((d for d in sorted(denoted) if d != "Position"), None),
        event=next((e.removeprefix(KG) for e in _objects(graph, node, _LEX + "event")), None),
        office="Position" in denoted,
    )
    (lexicon.nouns if noun else lexicon.verbs).setdefault(words[-1] if noun else words[0], []).append(entry)


def _argument(graph: "Graph", node: "Node") -> Argument:
    return Argument(
        _local(str(node)),
        next(_objects(graph, node, _LEX + "marker"), None),
        next((f.removeprefix(KG) for f in _objects(graph, node, _LEX + "filler")), None),
        any(_objects(graph, node, _LEX + "asWords")),
    )


def _frame(graph: "Graph", node: "Node", arguments: dict["Node", Argument]) -> Frame:
    name = _local(str(node))
    by_name = {str(n): a for n, a in arguments.items()}
    found = [
        next(_objects(graph, node, iri), "")
        for iri in (_ONTOLEX + "reference", _SYNSEM + "subjOfProp", _SYNSEM + "objOfProp")
    ]
    if not found[0].startswith(KG) or found[1] not in by_name or found[2] not in by_name:
        raise OntologyError(
            f"lexicon.ttl: the frame {name} needs ontolex:reference, synsem:subjOfProp and synsem:objOfProp"
        )
    return Frame(name, found[0].removeprefix(KG), by_name[found[1]], by_name[found[2]])


def _objects(graph: "Graph", node: "Node", predicate: str) -> Iterator[str]:
    from rdflib import URIRef

    return (str(o) for o in graph.objects(node, URIRef(predicate)))


def _local(iri: str) -> str:
    return iri.rpartition("#")[2]
