"""What one extraction says of one entity in; a record of it, as far as it tells who is meant, out.

A record is pure: it holds what its own document says, and nothing of other documents. Its blocking keys are few: two
records are compared only if they share one.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache

import msgspec

from kg.claims import Claim, Entity, EntityRef, Extraction, Text, Time
from kg.resolution import organizations, persons, places
from kg.resolution.kinds import Family, family
from kg.resolution.reference import adjectives, bodies, countries, words
from kg.resolution.spelling import plain, sounds

_POSITIONS = frozenset({"holdsPosition"})
_KIN = frozenset({"childOf", "spouse", "siblingOf"})
_WITHIN = frozenset({"locatedIn", "capitalOf", "partOf"})
_OF_COUNTRY = frozenset({"citizenOf", "comesFrom", "basedIn", "locatedIn", "positionAt", "leaderOf", "memberOf"})
_APART = frozenset({*_KIN, "killedBy", "met", "opponentOf", "successorOf", "attacked"})
_MOST_NEIGHBOURS = 64


class Record(msgspec.Struct, frozen=True):
    """What a document says of one named thing. Names are as written, the longest first; all else is in plain form.

    ``home`` is the country that the document names most; ``born`` and ``died`` are years, ISO 8601. ``apart`` names
    those who are somebody else by what is said of them and this one: relatives, killers, guests.
    """

    document: str
    entity: str
    kind: str
    names: tuple[str, ...]
    positions: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    within: frozenset[str] = frozenset()
    kin: frozenset[str] = frozenset()
    apart: frozenset[str] = frozenset()
    neighbours: frozenset[str] = frozenset()
    home: str | None = None
    born: str | None = None
    died: str | None = None

    @property
    def family(self) -> Family:
        """The family of kinds that it is compared within."""
        return family_of(self.kind, self.names)


@lru_cache(maxsize=50_000)
def family_of(kind: str, names: tuple[str, ...]) -> Family:
    """The family of a kind; what bears the name of a well-known body is one, whatever the reader took it for."""
    return "organization" if any(plain(name) in bodies() for name in names) else family(kind)


def records(extraction: Extraction) -> tuple[Record, ...]:
    """The records of a document's named persons, organizations and places, in the order of its entities."""
    by_id = {entity.id: entity for entity in extraction.entities}
    said = defaultdict(list)
    for claim in extraction.claims:
        if claim.stance != "denied":
            said[claim.subject].append(claim)
            if isinstance(claim.object, EntityRef) and claim.object.id != claim.subject:
                said[claim.object.id].append(claim)
    named = [entity for entity in extraction.entities if entity.named and _is_recorded(entity)]
    around = _neighbours(named)
    home = _home(extraction)
    return tuple(_record(extraction.document.id, entity, said[entity.id], by_id, around, home) for entity in named)


def blocking_keys(record: Record) -> frozenset[str]:
    """The keys under which a record is looked up, each with the family's letter in front.

    A person has the sound of each word that may be the surname; an organization its first and last word of weight and
    its initials; a place its name, the sound of its first word and its country. Names of one word are their own keys.
    """
    letter = record.family[0]
    return frozenset(f"{letter}:{key}" for name in record.names for key in _keys(name, record.family))


def surname_only(record: Record) -> bool:
    """Whether the document has one word for a person."""
    return record.family == "person" and all(len(persons.parse(name).words) < 2 for name in record.names)


# --- the record ------------------------------------------------------------------------------------------------------


def _is_recorded(entity: Entity) -> bool:
    return family(entity.kind) in ("person", "place", "organization")


def _record(
    document: str,
    entity: Entity,
    said: Iterable[Claim],
    by_id: Mapping[str, Entity],
    around: Mapping[str, frozenset[str]],
    home: str | None,
) -> Record:
    told: dict[str, set[str]] = defaultdict(set)
    for claim in said:
        own = claim.subject == entity.id
        other = _other(claim, own, by_id)
        for field in _fields(claim.predicate, own):
            told[field].add(other)
        if own and claim.predicate in ("bornOn", "diedOn") and isinstance(claim.object, Time):
            told[claim.predicate].add(claim.object.value[:4])
    names = tuple(sorted({entity.name, *entity.aliases}, key=lambda name: (-len(name), name)))
    held = {known for word in told["places"] if (known := adjectives().get(word))}
    return Record(
        document,
        entity.id,
        entity.kind,
        names,
        positions=frozenset(told["positions"]),
        countries=frozenset(held | _countries_in(told["positions"])),
        within=frozenset(told["within"]),
        kin=frozenset(told["kin"]),
        apart=frozenset(told["apart"]),
        neighbours=around[entity.id],
        home=home,
        born=min(told["bornOn"], default=None),
        died=min(told["diedOn"], default=None),
    )


def _other(claim: Claim, own: bool, by_id: Mapping[str, Entity]) -> str:
    if not own:
        return plain(by_id[claim.subject].name)
    match claim.object:
        case EntityRef(id):
            return plain(by_id[id].name)
        case Text(value):
            return plain(value)
    return ""


def _fields(predicate: str, own: bool) -> list[str]:
    found = []
    if own and predicate in _POSITIONS:
        found.append("positions")
    if own and predicate in _OF_COUNTRY:
        found.append("places")
    if own and predicate in _WITHIN:
        found.append("within")
    if predicate in _KIN:
        found.append("kin")
    if predicate in _APART:
        found.append("apart")
    return found


def _countries_in(texts: Iterable[str]) -> set[str]:
    """The countries whose names or adjectives stand in texts ("Iranian foreign minister")."""
    known = adjectives()
    found = set()
    for text in texts:
        parts = text.split()
        runs = (" ".join(parts[at : at + length]) for at in range(len(parts)) for length in (1, 2, 3))
        found |= {known[run] for run in runs if run in known}
    return found


def _neighbours(named: Iterable[Entity]) -> dict[str, frozenset[str]]:
    """For each entity the others' names in plain form: no countries, which say little, and the first of very many."""
    others = [(entity.id, plain(entity.name)) for entity in named if plain(entity.name) not in countries()]
    kept = others[:_MOST_NEIGHBOURS]
    return {entity.id: frozenset(name for other, name in kept if other != entity.id) for entity in named}


def _home(extraction: Extraction) -> str | None:
    """The country that a document names most; of equals the first in the alphabet."""
    kinds = {entity.id: countries().get(plain(entity.name)) for entity in extraction.entities}
    counts = Counter(country for mention in extraction.mentions if (country := kinds.get(mention.entity)))
    return min(counts, key=lambda country: (-counts[country], country), default=None)


# --- blocking --------------------------------------------------------------------------------------------------------


def _keys(name: str, of: Family) -> Iterable[str]:
    if of == "person":
        return _person_keys(name)
    return _organization_keys(name) if of == "organization" else _place_keys(name)


def _person_keys(name: str) -> Iterable[str]:
    """The sounds of all words but the first of three or more, which is hardly ever the surname."""
    found = persons.parse(name)
    several = (found.words, *found.other_words)
    return {sound for each in several for word in (each[1:] if len(each) > 2 else each) for sound in sounds(word)} | {
        word for word in found.words[:1] if len(found.words) > 2 and found.number
    }


def _organization_keys(name: str) -> Iterable[str]:
    found = organizations.parse(name)
    others = organizations.without_countries(found)
    weighty = [word for word in others if word not in words("organizations", "national")] or list(others or found.words)
    keys = {"".join(others)} | ({found.known} if found.known else set())
    for word in {weighty[0], weighty[-1]} if weighty else set[str]():
        keys |= sounds(word) if word.isascii() and len(word) > 3 else {word}
    initials = found.initials if len(found.words) > 1 else frozenset[str]()
    return keys | {each for each in initials if len(each) > 1} | ({found.letters} if found.letters else set())


def _place_keys(name: str) -> Iterable[str]:
    found = places.parse(name)
    city = places.largest(found.whole) or places.largest(" ".join(found.words))
    country = countries().get(found.whole)
    keys = {"".join(found.words), *(sounds(found.words[0]) if found.words else ())}
    return keys | ({f"geonames-{city.id}"} if city else set()) | ({f"country-{country}"} if country else set())
