"""Helpers for tests of coreference: trees with entities, a small lexicon, and things read back in words."""

from spacy.tokens import Doc, Span

from kg.claims import Furniture, FurnitureKind
from kg.claims import Span as Stretch
from kg.extraction.coreference import resolve
from kg.extraction.layers import Thing
from tests.extraction.trees import at, tree

NOUNS = {
    "explosion": "Explosion", "blast": "Explosion", "incident": "Event", "attack": "Attack", "bombing": "Bombing",
    "strike": "Strike", "ceremony": "Ceremony", "event": "Event", "war": "Conflict", "man": "Person", "woman": "Person",
    "general": "Person", "president": "Person", "leader": "Person", "governor": "Person", "wife": "Person",
    "father": "Person", "suspect": "Person", "gunman": "Person", "terrorist": "Person", "people": "Person",
    "officer": "Person", "official": "Person", "group": "Organization", "company": "Company", "agency": "Organization",
    "news agency": "NewsAgency", "media": "Organization", "police": "Organization", "government": "Government",
    "country": "Country", "city": "City", "capital": "City", "province": "Region", "cemetery": "Cemetery",
    "hospital": "Hospital",
}  # fmt: skip

_ABOVE = {
    "Person": "Agent", "Group": "Agent", "Organization": "Agent", "NewsAgency": "Organization",
    "Company": "Organization", "Government": "Organization", "MilitaryUnit": "Organization", "Country": "Place",
    "Region": "Place", "City": "Place",
    "Site": "Place", "Cemetery": "Site", "Hospital": "Site", "Attack": "Event", "Bombing": "Attack", "Strike": "Attack",
    "Explosion": "Event", "Ceremony": "Event", "Conflict": "Event",
}  # fmt: skip


def is_a(kind: str, above: str) -> bool:
    """The class tree in small."""
    while kind != above and kind in _ABOVE:
        kind = _ABOVE[kind]
    return kind == above


def article(text: str, entities: dict[str, str], furniture: FurnitureKind | None = None, pieces: int = 0) -> Doc:
    """The Doc of ``text``, with every occurrence of the entities' words marked, and resolved.

    The first ``pieces`` sentences are furniture of the kind ``furniture``.
    """
    doc = tree(text)
    doc.set_ents(sorted(_spans(doc, entities), key=lambda span: span.start))
    if furniture is not None:
        sentences = list(doc.sents)[:pieces]
        doc._.furniture = tuple(Furniture(Stretch(s.start_char, s.end_char), furniture) for s in sentences)
    resolve(doc, NOUNS, is_a)
    return doc


def _spans(doc: Doc, entities: dict[str, str]) -> list[Span]:
    words = [token.text for token in doc]
    found: list[Span] = []
    taken: set[int] = set()
    for phrase in sorted(entities, key=lambda phrase: -len(phrase.split())):
        size = len(phrase.split())
        for start in range(len(words) - size + 1):
            if words[start : start + size] == phrase.split() and not taken & set(range(start, start + size)):
                taken.update(range(start, start + size))
                found.append(Span(doc, start, start + size, label=entities[phrase]))
    return found


def thing(doc: Doc, form: str, nth: int = 1) -> Thing | None:
    """The thing that the ``nth`` token written ``form`` refers to, or None."""
    number = doc._.thing_at.get(at(doc, form, nth))
    return None if number is None else things(doc)[number]


def things(doc: Doc) -> list[Thing]:
    """All things of a Doc."""
    found: list[Thing] = doc._.things
    return found


def named(doc: Doc, form: str, nth: int = 1) -> str | None:
    """The name of what a token refers to, or None where it is unresolved."""
    found = thing(doc, form, nth)
    return None if found is None else found.name
