"""Small extractions, built by hand, for the tests of the store and what leads to it."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

import pyoxigraph as ox
from msgspec.structs import replace

from kg.claims import (
    Claim,
    Document,
    Entity,
    EntityRef,
    Extraction,
    Judgement,
    Mention,
    Quantity,
    Source,
    Span,
    Stance,
)
from kg.config import BASE
from kg.mapping import to_nquads
from kg.resolution import match, resolve
from kg.store import Put, Store

# Spellings of one name, names that common names make hard, and another's.
CALLED = ("Bram Okoro", "Bramm Okoro", "Okoro", "Bram K. Okoro", "John Smith", "Jon Smith", "Smith", "Bram Lovell")

# What others of the entities below may be called in a document: by look-alikes, letters, names of real places.
ALSO_CALLED = {
    "e1": ("Ada Lovell", "Adah Lovell", "Lovell", "Ada M. Lovell", "Smith"),
    "e4": ("the bombing", "a second bombing", "twin bombings"),
    "e5": ("Arda bombing", "bombing of Arda"),
    "e6": ("Red Hand", "the Red Hand Front", "RHF", "Ministry of Defence"),
    "e8": ("Norland", "India"),
    "e9": ("Belmor", "Hyderabad"),
    "e10": ("Sudria", "Pakistan"),
    "e13": ("foreign minister", "foreign minister of India", "general"),
}

TEXT = "Ada Lovell was killed by a bombing in Arda. The bombing was carried out by the Red Hand."

# Every kind and rule that matters: a chain (killedBy, carriedOutBy), a symmetric property (spouse), a sub-property
# (capitalOf), quantities, a literal. Two names differ in their spelling only.
ENTITIES = (
    Entity("e1", "Person", "Ada Lovell", ("Lovell",)),
    Entity("e2", "Person", "Dr. Ada Lovell"),
    Entity("e3", "Person", "Bram Okoro"),
    Entity("e4", "Bombing", "the bombing", named=False),
    Entity("e5", "Bombing", "Arda bombing"),
    Entity("e6", "ArmedGroup", "Red Hand"),
    Entity("e7", "City", "Arda"),
    Entity("e8", "Country", "Norland"),
    Entity("e9", "City", "Belmor"),
    Entity("e10", "Country", "Sudria"),
    Entity("e11", "ArmedGroup", "Black Lantern"),
    Entity("e12", "ArmedGroup", "gunmen", named=False),
    Entity("e13", "Position", "foreign minister", named=False),
)
LINKS = (
    ("e1", "killedBy", "e4"),
    ("e2", "killedBy", "e5"),
    ("e3", "killedBy", "e5"),
    ("e1", "killedBy", "e6"),
    ("e3", "killedBy", "e6"),
    ("e4", "carriedOutBy", "e6"),
    ("e5", "carriedOutBy", "e6"),
    ("e1", "spouse", "e3"),
    ("e3", "spouse", "e2"),
    ("e1", "spouse", "e2"),
    ("e7", "capitalOf", "e8"),
    ("e7", "locatedIn", "e8"),
    ("e4", "happenedIn", "e7"),
    ("e5", "happenedIn", "e7"),
    ("e1", "diedIn", "e7"),
    ("e1", "diedIn", "e8"),
    ("e2", "diedIn", "e9"),
    ("e2", "diedIn", "e10"),
    ("e9", "locatedIn", "e10"),
    ("e9", "locatedIn", "e8"),
    ("e2", "killedBy", "e11"),
    ("e3", "killedBy", "e12"),
    ("e11", "partOf", "e6"),
    ("e3", "holdsPosition", "e13"),
    ("e13", "positionAt", "e8"),
    ("e3", "childOf", "e1"),
    ("e3", "leaderOf", "e6"),
    ("e3", "citizenOf", "e8"),
    ("e6", "basedIn", "e10"),
    ("e4", "subEventOf", "e5"),
    ("e7", "spouse", "e3"),  # which no town can be: refused until a person releases it
    ("e11", "diedIn", "e9"),
)
# What reports tell together: names of entities, and links. A chain, a place with a position, two places and two killers
# that exclude each other, who holds an office, an event told well enough to be known again.
STORIES: tuple[tuple[dict[str, str], tuple[tuple[str, str, str], ...]], ...] = (
    ({}, ()),
    ({}, (("e1", "killedBy", "e5"), ("e5", "carriedOutBy", "e6"))),
    ({"e8": "India", "e9": "Hyderabad"}, (("e9", "locatedIn", "e8"),)),
    ({"e10": "Pakistan", "e9": "Hyderabad"}, (("e9", "locatedIn", "e10"),)),
    ({"e1": "Ada Lovell"}, (("e1", "diedIn", "e7"), ("e1", "killedBy", "e6"))),
    ({"e1": "Ada Lovell"}, (("e1", "diedIn", "e9"), ("e1", "killedBy", "e11"))),
    ({"e3": "Okoro", "e8": "India"}, (("e3", "holdsPosition", "e13"), ("e13", "positionAt", "e8"))),
    ({"e4": "the bombing"}, (("e4", "happenedIn", "e7"), ("e1", "killedBy", "e4"), ("e7", "locatedIn", "e8"))),
)
QUANTITIES = (
    Quantity(101, None, "more than 100"),
    Quantity(101, 101, "101"),
    Quantity(None, 101, "up to 101"),
    Quantity(24, None, "dozens", approximate=True),
)
STANCES: tuple[Stance, ...] = ("asserted", "asserted", "alleged", "denied", "possible", "planned")
HEADLINES = ("Bombing in Arda kills dozens", "UPDATE 2-Bombing in Arda kills dozens", "Bombing in Arda", None)
DATES = (None, "2024", "2024-01-03", "2024-01-03T10:00:00+02:00", "2024-01-03T09:00:00Z", "2024-01-05")
SOURCES = (None, Source("northern-wire", "Northern Wire"), Source("daily-lamp", "The Daily Lamp", "newspaper"))


def report(*parts: int) -> str:
    """A long text with a part of its own for each number: texts that share most of their parts are copies."""
    return " ".join((TEXT, *(f"word{part}{i}" for part in parts for i in range(20))))


# Each is like the one before and after it, and unlike those further away: a chain that a missing link cuts in two.
REPORTS = (*(report(*range(start, start + 8)) for start in (0, 2, 4, 6)), report(90, 91, 92, 93))


def extraction(
    number: int,
    url: str | None,
    published: str | None,
    source: Source | None,
    said: list[Claim],
    text: str = TEXT,
    called: str = "Bram Okoro",
    names: Mapping[str, str] = MappingProxyType({}),
    title: str | None = None,
) -> Extraction:
    """A document with all entities that its claims speak of; ``called`` is the name that it has for ``e3``, ``names``
    those that it has for others. Unless it has a title, it gets one of its own."""
    spoken = {claim.subject for claim in said} | {it.object.id for it in said if isinstance(it.object, EntityRef)}
    spoken |= {claim.speaker for claim in said if claim.speaker}
    entities = tuple(entity for entity in ENTITIES if entity.id in spoken or entity.id == "e7")
    names = {"e3": called, **names}
    entities = tuple(replace(entity, name=names.get(entity.id, entity.name)) for entity in entities)
    document = Document(f"{number:04x}", text, url, source, title or f"Title {number}", published)
    return Extraction(document, entities, (Mention(Span(38, 42), "e7", "name"),), tuple(said))


def numbered(number: int) -> Extraction:
    """One of many documents that share people and facts."""
    said = [
        Claim("e1", "spouse", EntityRef("e3"), Span(0, 43)),
        Claim("e5", "carriedOutBy", EntityRef("e6"), Span(0, 43)),
    ]
    said += [Claim("e3", "killedBy", EntityRef("e5"), Span(0, 43))] if number % 2 else []
    return extraction(number, f"https://a.example/{number // 2}", f"2024-01-{number % 28 + 1:02d}", None, said)


@lru_cache(maxsize=256)
def put(extraction: Extraction) -> Put:
    """What a batch hands to the store."""
    return Put(to_nquads(extraction), *resolve(extraction))


def add(store: Store, extraction: Extraction) -> str:
    """Put one in as a batch does."""
    return store.put(*put(extraction), match=match)


def bare() -> Store:
    """An empty store in memory, without the graph of the ontology: that is long, and the merge doesn't read it."""
    return Store(ox.Store(), base=BASE)


def store_of(extractions: list[Extraction], reviews: list[Judgement] | None = None) -> Store:
    """A store in memory, filled one by one."""
    store = Store.memory()
    for each in extractions:
        add(store, each)
    if reviews:
        store.judge(reviews)
    return store


def dumped(store: Store) -> list[str]:
    """Everything that must be the same, the tallies too; without log and ontology, which are long."""
    lines = store.dump(log=True).split("\n")
    return [line for line in lines if not line.endswith(("newskg:log> .", "newskg:ontology> ."))]
