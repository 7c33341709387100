"""``ontologies/lexicon.ttl`` in, tables of words and their frames out (OntoLex-Lemon with its module synsem)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.config import KG, data_folder
from kg.errors import OntologyError

if TYPE_CHECKING:
    from rdflib import Graph, URIRef
    from rdflib.term import Node

_LEX = "https://w3id.org/newskg/lexicon#"
_ONTOLEX = "http://www.w3.org/ns/lemon/ontolex#"
_SYNSEM = "http://www.w3.org/ns/lemon/synsem#"
_LEXINFO = "http://www.lexinfo.net/ontology/3.0/lexinfo#"


@dataclass(frozen=True, slots=True)
class Argument:
    """A syntactic argument: name (``subject``, ``owner``, ``of`` …), prepositions, classes of which its filler is one.

    ``words``: taken as plain words; ``charge``: those under a noun of charging; ``term``: a time or sum, or none.
    ``office``: taken as a position; ``modifier``: also what stands before the noun; ``named``: only what has a name.
    """

    name: str
    markers: tuple[str, ...] = ()
    fillers: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    words: bool = False
    charge: bool = False
    term: bool | None = None
    office: bool = False
    modifier: bool = False
    named: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """What a wording says: ``subject`` and ``object`` of the property ``predicate`` by their syntactic arguments.

    ``turn`` is "begins" or "ends" where the wording tells how a state came about or was over ("joined", "left").
    """

    name: str
    predicate: str
    subject: Argument
    object: Argument
    turn: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A word, or one with its dependents. ``kind`` is the class a noun names, ``event`` that a verb tells of.

    ``doing`` marks a noun that tells of what somebody did ("purchase"): its frames are those of the verb's clause.
    ``needs_office`` marks a verb that says what it does only with an office or task ("named X minister").
    """

    words: tuple[str, ...]
    frames: tuple[Frame, ...]
    kind: str | None = None
    event: str | None = None
    office: bool = False
    doing: bool = False
    needs_office: bool = False


@dataclass(slots=True)
class Lexicon:
    """Entries by the word that others depend on: the first of a verb, the last of a noun; longest entries first."""

    verbs: dict[str, list[Entry]] = field(default_factory=dict)
    nouns: dict[str, list[Entry]] = field(default_factory=dict)
    adjectives: dict[str, list[Entry]] = field(default_factory=dict)
    senses: dict[str, Entry] = field(default_factory=dict)
    """Senses of PropBank ("purchase.01") to the verb's entry that says the same."""
    offices: dict[str, str] = field(default_factory=dict)
    """Adjectives of offices: "presidential" to "president"."""
    turns: dict[str, str] = field(default_factory=dict)
    """Verbs of identity that tell the begin of it: "become"."""
    identity: dict[str, set[str | None]] = field(default_factory=dict)
    """Verbs, and nouns of doing, that take a noun which says what their subject is; the values are prepositions, None
    for a bare noun."""

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
    for table in (lexicon.verbs, lexicon.nouns, lexicon.adjectives):
        for word, entries in table.items():
            table[word] = sorted(entries, key=lambda e: (-len(e.words), e.words))
    return lexicon


def _add(lexicon: Lexicon, graph: "Graph", node: "Node", words: tuple[str, ...], frames: dict["Node", Frame]) -> None:
    behaviours = sorted(_objects(graph, node, _SYNSEM + "synBehavior"))
    identity = [_local(b) for b in behaviours if _local(b).startswith("identity")]
    if identity:
        lexicon.identity.setdefault(words[0], set()).update(name.partition("-")[2] or None for name in identity)
        lexicon.turns.update((words[0], turn) for turn in _objects(graph, node, _LEX + "turn"))
        return
    for office in graph.objects(node, _iri(_LEX + "office")):
        lexicon.offices[words[0]] = _written(graph, office)
    deeds = list(graph.objects(node, _iri(_LEX + "nominalOf")))
    behaviours += [b for deed in deeds for b in sorted(_objects(graph, deed, _SYNSEM + "synBehavior"))]
    denoted = [d.removeprefix(KG) for d in _objects(graph, node, _ONTOLEX + "denotes")]
    entry = Entry(
        words,
        _frames_of(words, behaviours, frames),
        kind=next((d for d in sorted(denoted) if d != "Position"), None),
        event=next((e.removeprefix(KG) for e in _objects(graph, node, _LEX + "event")), None),
        office="Position" in denoted,
        doing=bool(deeds),
        needs_office=any(_objects(graph, node, _LEX + "needsOffice")),
    )
    lexicon.senses.update(dict.fromkeys(_objects(graph, node, _LEX + "sense"), entry))
    parts = {_local(part) for part in _objects(graph, node, _LEXINFO + "partOfSpeech")}
    if "noun" in parts:
        lexicon.nouns.setdefault(words[-1], []).append(entry)
    else:
        (lexicon.adjectives if "adjective" in parts else lexicon.verbs).setdefault(words[0], []).append(entry)


def _frames_of(words: tuple[str, ...], behaviours: list[str], frames: dict["Node", Frame]) -> tuple[Frame, ...]:
    by_name = {str(n): f for n, f in frames.items()}
    unknown = [b for b in behaviours if b not in by_name]
    if unknown:
        raise OntologyError(
            f'lexicon.ttl: "{" ".join(words)}" has the frame {_local(unknown[0])}, which is not defined'
        )
    return tuple(by_name[b] for b in behaviours)


def _written(graph: "Graph", node: "Node") -> str:
    forms = graph.objects(node, _iri(_ONTOLEX + "canonicalForm"))
    return min(str(graph.value(form, _iri(_ONTOLEX + "writtenRep"))).lower() for form in forms)


def _argument(graph: "Graph", node: "Node") -> Argument:
    return Argument(
        _local(next(_objects(graph, node, _LEX + "like"), str(node))),
        tuple(sorted(_objects(graph, node, _LEX + "marker"))),
        tuple(sorted(f.removeprefix(KG) for f in _objects(graph, node, _LEX + "filler"))),
        tuple(sorted(f.removeprefix(KG) for f in _objects(graph, node, _LEX + "notFiller"))),
        words=any(_objects(graph, node, _LEX + "asWords")),
        charge=any(_objects(graph, node, _LEX + "asCharge")),
        term=next((value == "true" for value in _objects(graph, node, _LEX + "asTerm")), None),
        office=any(_objects(graph, node, _LEX + "asOffice")),
        modifier=any(_objects(graph, node, _LEX + "asModifier")),
        named=any(_objects(graph, node, _LEX + "asNamed")),
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
    turn = next(_objects(graph, node, _LEX + "turn"), None)
    return Frame(name, found[0].removeprefix(KG), by_name[found[1]], by_name[found[2]], turn)


def _objects(graph: "Graph", node: "Node", predicate: str) -> Iterator[str]:
    return (str(o) for o in graph.objects(node, _iri(predicate)))


def _iri(text: str) -> "URIRef":
    from rdflib import URIRef

    return URIRef(text)


def _local(iri: str) -> str:
    return iri.rpartition("#")[2]
