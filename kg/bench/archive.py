"""A seed in, the extractions of an invented news archive out: one by one, always the same, with nothing kept between.

The names are distributed as in news: who is spoken of, and who bears which name, follow the law of Zipf and Mandelbrot
with open ends, so that the well-known return in every other report while new people never cease to come. Surnames are
shared; people are named in full, in part, by another spelling or by the surname alone; what is told of one person
differs from report to report; and some reports are printed again by others.

How near that comes to 246 real articles as the reader reads them (real, then invented): names of persons in a report
4.1, 3.4, of all of these 84 %, 79 % different ones, and 92 %, 86 % in one report alone; the best-known person in 9 %,
5 % of reports, the best-known country in 45 %, 36 %; cities in a report 1.8, 1.0, different 72 %, 79 %. A real article
is twice as long (19 entities and 9 claims, here 10 and 4), so a report costs about half of what an article does. The
246 reports after the first 90,000 are as the first ones.
"""

from bisect import bisect
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from hashlib import sha256
from itertools import accumulate
from random import Random
from typing import NamedTuple

import msgspec

from kg.claims import Claim, Document, Entity, EntityRef, Extraction, Mention, Quantity, Source, Span, Time, Value
from kg.resolution.reference import adjectives, cities, words

# How many there are of each, and from which rank on they get rarer (the shift in the law of Mandelbrot): set so that
# the commonest are about as common as in 246 news articles (a president in 4 of 100 reports, a country in 30), and so
# that new people keep coming.
_PEOPLE, _PEOPLE_SHIFT = 150_000, 10.0
_BODIES, _BODIES_SHIFT = 60_000, 10.0
_TOWNS, _TOWNS_SHIFT = 20_000, 5.0
_COUNTRIES_SHIFT = 0.0
_SURNAMES, _FORENAMES, _SHIFT_OF_NAMES = 30_000, 1_500, 30.0
_PUBLISHERS = 60
_SOME = 200

_REPRINTED = 0.12
"""The part of documents that print an older report again, one of the last few hundred."""
_BACK = 300

_OFFICES = (
    "president", "prime minister", "foreign minister", "defence minister", "spokesman", "police chief", "mayor",
    "governor", "senator", "general", "chairman", "chief executive", "coach", "judge", "prosecutor", "professor",
    "ambassador", "director", "secretary-general", "striker", "singer", "bishop", "editor", "rebel commander",
)  # fmt: skip
_BODY_KINDS = (
    ("Government", "{adjective} Ministry of Defence"),
    ("Government", "{adjective} Coast Guard"),
    ("Party", "{one} {two} Party"),
    ("Organization", "{one} {two} Institute"),
    ("Organization", "{adjective} {one} Association"),
    ("Company", "{one} Bank"),
    ("Company", "{one} {two} Holdings"),
    ("University", "University of {one}"),
)
_EVENTS = ("Bombing", "Shooting", "Strike", "Protest", "Meeting", "Election")
_ONSETS = "b br ch d dr f g gr h j k kl kr l m n p r s sh st t tr v w y z".split()
_VOWELS = "a e i o u ai ei ou".split()
_CODAS = ["", "", "n", "r", "l", "s", "k", "m", "nd", "rt", "v", "tz"]


class _Person(msgspec.Struct, frozen=True):
    forename: str
    middle: str | None
    surname: str
    country: int
    offices: tuple[str, ...]
    body: int


class Report(NamedTuple):
    """What a report says, and whom it means: for each of its people and bodies, who in this world that is."""

    said: Extraction
    meant: Mapping[str, str]


def archive(documents: int, seed: int = 0) -> Iterator[Extraction]:
    """That many extractions; the first ones are the same whatever the number."""
    return (report.said for report in reports(documents, seed))


def reports(documents: int, seed: int = 0) -> Iterator[Report]:
    """The same, with whom each report means."""
    return (_printed(number, seed) for number in range(documents))


def digest() -> str:
    """A hash of its beginning, which changes when anything about it does."""
    told = sha256(b"".join(map(msgspec.msgpack.encode, reports(_SOME))))
    return told.hexdigest()[:16]


def _printed(number: int, seed: int) -> Report:
    """A report, or an older one printed again."""
    random = _random(seed, "document", number)
    older = number - 1 - random.randrange(_BACK)
    if random.random() >= _REPRINTED or older < 0 or _is_reprint(older, seed):
        return _report(number, number, seed)
    return _report(older, number, seed)


def _is_reprint(number: int, seed: int) -> bool:
    random = _random(seed, "document", number)
    older = number - 1 - random.randrange(_BACK)
    return random.random() < _REPRINTED and older >= 0


def _report(story: int, number: int, seed: int) -> Report:
    """The report on a story as one paper prints it: whoever has it from another says so at the end."""
    random = _random(seed, "story", story)
    draft = _Draft(random)
    _tell(draft, random)
    name = f"Paper {_ranked(_random(seed, 'paper', number), _PUBLISHERS, 1.0)}"
    source = Source(name.lower().replace(" ", "-"), name)
    title, text = f"Report {story}", draft.text
    if story != number:
        title, text = f"As others report {story}", f"{text} {name} has this from others."
    day = f"20{10 + number // 36500 % 80:02}-{number // 3000 % 12 + 1:02}-{number // 100 % 28 + 1:02}"
    identifier = sha256(f"{seed}/{number}".encode()).hexdigest()[:16]
    document = Document(identifier, text, f"https://{source.id}.example/{number}", source, title, day)
    said = Extraction(document, tuple(draft.entities), tuple(draft.mentions), tuple(draft.claims))
    return Report(said, draft.meant)


class _Draft:
    """A report while it is written: its text grows with each thing named and each claim made."""

    def __init__(self, random: Random) -> None:
        self.text = ""
        self.entities: list[Entity] = []
        self.mentions: list[Mention] = []
        self.claims: list[Claim] = []
        self.meant: dict[str, str] = {}
        self._random = random
        self._known: dict[tuple[str, str], str] = {}

    def name(self, kind: str, name: str, *aliases: str, named: bool = True) -> str:
        """The identifier of what is named so, with a mention of it."""
        key = self._known.get((kind, name))
        if key is None:
            key = self._known[kind, name] = f"e{len(self.entities) + 1}"
            self.entities.append(Entity(key, kind, name, aliases, named))
        self.mentions.append(Mention(self._write(name), key, "name" if named else "nominal"))
        return key

    def say(self, subject: str, predicate: str, value: str | Value) -> None:
        """A claim, with a sentence of words for it."""
        sentence = self.write(14)
        confidence = round(self._random.uniform(0.6, 0.99), 2)
        held = EntityRef(value) if isinstance(value, str) else value
        self.claims.append(Claim(subject, predicate, held, sentence, confidence=confidence, extractor="archive/1"))

    def mean(self, entity: str, what: str) -> str:
        """The identifier again, when it is known who that is; two in one report who are named alike are nobody."""
        self.meant[entity] = what if self.meant.get(entity, what) == what else ""
        return entity

    def write(self, words: int) -> Span:
        """A sentence of words that mean nothing."""
        return self._write(" ".join(_word(self._random) for _ in range(words)) + ".")

    def _write(self, words: str) -> Span:
        start = len(self.text) + (1 if self.text else 0)
        self.text += f" {words}" if self.text else words
        return Span(start, len(self.text))


def _tell(draft: _Draft, random: Random) -> None:
    """One report: an event in a town, a few people with their offices and bodies, about four claims."""
    town = _ranked(random, _TOWNS, _TOWNS_SHIFT)
    country = _country_of_town(town)
    draft.name("Country", _country(country)[0])
    draft.name("Country", _country(_ranked(random, len(_countries()), _COUNTRIES_SHIFT))[0])
    place = draft.name("City", _town(town))
    draft.write(50)
    if random.random() < 0.5:
        draft.say(place, "locatedIn", draft.name("Country", _country(country)[0]))
    if random.random() < 0.4:
        _tell_event(draft, random, place)
    people = [_tell_person(draft, random) for _ in range(random.choice((2, 3, 4, 5)))]
    if random.random() < 0.15:
        draft.say(people[0], random.choice(("met", "opponentOf", "met", "killedBy")), people[1])
    for _ in range(random.choice((0, 1, 2))):
        _tell_body(draft, _ranked(random, _BODIES, _BODIES_SHIFT), random)
    draft.say(people[0], "citizenOf", draft.name("Country", _country(country)[0])) if random.random() < 0.1 else None


def _tell_event(draft: _Draft, random: Random, place: str) -> None:
    kind = random.choice(_EVENTS)
    event = draft.name(kind, f"the {kind.lower()}", named=False)
    draft.say(event, "happenedIn", place)
    if kind in ("Bombing", "Shooting"):
        deaths = random.randint(2, 60)
        draft.say(event, "deaths", Quantity(deaths, deaths, str(deaths)))
        draft.say(event, "happenedOn", Time(f"20{random.randint(10, 25)}-05-{random.randint(1, 28):02}", "that day"))


def _tell_person(draft: _Draft, random: Random) -> str:
    rank = _ranked(random, _PEOPLE, _PEOPLE_SHIFT)
    person = _person(rank)
    entity = draft.mean(draft.name("Person", *_named(person, random)), f"person {rank}")
    if random.random() < 0.5:
        office = random.choice(person.offices)
        if random.random() < 0.4:
            office = f"{_country(person.country)[1]} {office}"
        draft.say(entity, "holdsPosition", draft.name("Position", office))
    if random.random() < 0.15:
        draft.say(entity, random.choice(("leaderOf", "memberOf", "employedBy")), _tell_body(draft, person.body, random))
    if random.random() < 0.05:
        draft.say(entity, "bornOn", Time(f"19{30 + len(person.surname) * 7 % 60}", "that year"))
    return entity


def _named(person: _Person, random: Random) -> tuple[str, ...]:
    """What a report calls a person: in full and by the surname, by a part, by another spelling, or once in passing."""
    full = f"{person.forename} {person.surname}"
    how = random.random()
    if how < 0.12:
        return (person.surname,)
    if how < 0.18 and person.middle:
        full = f"{person.forename} {person.middle} {person.surname}"
    elif how < 0.22:
        full = f"{person.forename[0]}. {person.surname}"
    elif how < 0.25:
        full = f"{person.forename} {_respelled(person.surname)}"
    return (full, person.surname) if random.random() < 0.4 else (full,)


def _respelled(name: str) -> str:
    """The name as another would write it down by its sound."""
    return name.replace("k", "q", 1) if "k" in name else name.replace("ou", "u").replace("ei", "i")


def _tell_body(draft: _Draft, rank: int, random: Random) -> str:
    kind, name = _body(rank)
    letters = "".join(word[0] for word in name.split() if word[0].isupper())
    how = random.random()
    if len(letters) > 2 and how < 0.2:
        named: tuple[str, ...] = (letters,)
    else:
        named = (name, letters) if len(letters) > 2 and how < 0.4 else (name,)
    return draft.mean(draft.name(kind, *named), f"body {name}")


# --- the world -------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=20_000)
def _person(rank: int) -> _Person:
    random = _random("person", rank)
    return _Person(
        _forename(_ranked(random, _FORENAMES, _SHIFT_OF_NAMES)),
        f"{chr(65 + random.randrange(26))}." if random.random() < 0.4 else None,
        _surname(_ranked(random, _SURNAMES, _SHIFT_OF_NAMES)),
        _ranked(random, len(_countries()), _COUNTRIES_SHIFT),
        tuple(random.sample(_OFFICES, 2)),
        _ranked(random, _BODIES, _BODIES_SHIFT),
    )


@lru_cache(maxsize=20_000)
def _body(rank: int) -> tuple[str, str]:
    random = _random("body", rank)
    kind, form = random.choice(_BODY_KINDS)
    adjective = _country(_ranked(random, len(_countries()), _COUNTRIES_SHIFT))[1]
    return kind, form.format(adjective=adjective, one=_made(random, 2), two=_made(random, 2))


@lru_cache(maxsize=20_000)
def _town(rank: int) -> str:
    """The larger half of the towns are known to the reference data, the others are invented."""
    known = _known_towns()
    return known[rank] if rank < len(known) and rank % 2 == 0 else _made(_random("town", rank), 3)


@cache
def _known_towns() -> list[str]:
    largest = {name: held[0].people for name, held in cities().items() if name.isascii() and name.isalpha()}
    return [name.capitalize() for name in sorted(largest, key=lambda name: (-largest[name], name))[:5_000]]


def _country_of_town(rank: int) -> int:
    return _ranked(_random("country of town", rank), len(_countries()), _COUNTRIES_SHIFT)


@cache
def _countries() -> list[tuple[str, str]]:
    """Names of countries with their adjectives, in an order of importance that is as good as any other."""
    found = {country: word for word, country in sorted(adjectives().items(), reverse=True) if word != country}
    named = [(country.title(), word.title()) for country, word in found.items()]
    return sorted(named, key=lambda pair: sha256(pair[0].encode()).digest())


def _country(rank: int) -> tuple[str, str]:
    return _countries()[rank]


@cache
def _forename(rank: int) -> str:
    common = sorted(words("persons", "common_given"))
    return common[rank].capitalize() if rank < len(common) else _made(_random("forename", rank), 2)


@cache
def _surname(rank: int) -> str:
    common = sorted(words("persons", "common"))
    return common[rank].capitalize() if rank < len(common) else _made(_random("surname", rank), 2 + rank % 2)


def _made(random: Random, syllables: int) -> str:
    """A name that nobody bears."""
    parts = (random.choice(_ONSETS) + random.choice(_VOWELS) + random.choice(_CODAS) for _ in range(syllables))
    return "".join(parts).capitalize()


def _word(random: Random) -> str:
    return _vocabulary()[_ranked(random, len(_vocabulary()), 5.0)]


@cache
def _vocabulary() -> list[str]:
    return [_made(_random("word", rank), 1 + rank % 3).lower() for rank in range(8_000)]


def _random(*about: str | int) -> Random:
    """Chances of its own for everything that there is, so that nothing depends on what was invented before it."""
    return Random("/".join(map(str, about)))  # noqa: S311 - seeded, so that a run can be repeated


def _ranked(random: Random, many: int, shift: float) -> int:
    """A rank from 0 on, with a chance inverse to rank plus shift (Mandelbrot 1953)."""
    chances = _chances(many, shift)
    return bisect(chances, random.random() * chances[-1])


@cache
def _chances(many: int, shift: float) -> list[float]:
    return list(accumulate(1 / (rank + shift + 1) for rank in range(many)))
