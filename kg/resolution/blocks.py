"""What a key record tells in; the blocks that it is filed under, and those in which others are sought, out.

A key record tells no neighbours, so two of them can be one thing by less than two records can (:mod:`.records`), and
are found by finer keys: what a whole archive shares (a surname, "university") opens no block by itself. Each of two
that seek each other finds the other: which of them comes first must not matter.
"""

from collections.abc import Iterable, Iterator
from itertools import product

from kg.resolution import organizations, persons, places
from kg.resolution.records import Record
from kg.resolution.reference import countries, nicknames, words
from kg.resolution.spelling import sounds

_FEWEST_LETTERS = 3
"""Of an acronym: names of two words are shortened to two letters by the thousand. No shorter word goes by its sound."""

Blocks = tuple[frozenset[str], frozenset[str]]


class _Shelves:
    """The blocks of one record while they are found."""

    def __init__(self) -> None:
        self.filed, self.sought = set[str](), set[str]()

    def put(self, keys: Iterable[str]) -> None:
        """Blocks to be filed under and to look in."""
        keys = set(keys)
        self.filed |= keys
        self.sought |= keys

    def pair(self, stems: Iterable[str], filed: Iterable[str], sought: Iterable[str]) -> None:
        """Blocks of any of the stems with any of the ends."""
        stems = set(stems)
        self.filed |= {f"{stem}{end}" for stem, end in product(stems, filed)}
        self.sought |= {f"{stem}{end}" for stem, end in product(stems, sought)}


def blocks(told: Record) -> Blocks:
    """The blocks to be filed under and those to look in, each with the family's letter in front."""
    shelves = _Shelves()
    if told.family == "person":
        for name in told.names:
            _of_person(name, told, shelves)
    elif told.family == "organization":
        for name in told.names:
            _of_organization(name, shelves)
        letters, initials = _short_forms(told.names)
        shelves.pair({""}, (f"letters {it}" for it in letters), (f"initials {it}" for it in letters))
        shelves.pair({""}, (f"initials {it}" for it in initials), (f"letters {it}" for it in initials))
    else:
        shelves.put(key for name in told.names for key in _of_place(name))
    letter = told.family[0]
    return frozenset(f"{letter}:{it}" for it in shelves.filed), frozenset(f"{letter}:{it}" for it in shelves.sought)


# --- persons ---------------------------------------------------------------------------------------------------------


def _of_person(name: str, told: Record, shelves: _Shelves) -> None:
    """A full name goes by the sounds of what may be the surname together with the forename, and by its words in any
    order. Part of a name is enough together with the position, or the setting if it is rare."""
    found = persons.parse(name)
    for several in (found.words, *found.other_words):
        last = _sounds_of(several[-1:])
        shelves.put(f"{sound} {rest}" for sound, rest in product(last, told.positions))
        if told.home and not any(map(persons.is_common, several[-1:])):
            shelves.put(f"{sound} in {told.home}" for sound in last)
        others, alone = ({f" {how} {it}" for it in told.positions} for how in ("of", "alone"))
        if len(several) > 1:
            shelves.pair(_sounds_of(several[1:]), *_of_forename(several[0]))
            shelves.put([" ".join(sorted(several))])
            # Who goes by a forename and an office is looked for by that; two full names never are.
            shelves.pair(_sounds_of(several[:-1]), others, alone)
        else:
            shelves.pair(last, alone, others)
            shelves.put(f"{word} {found.number}" for word in several if found.number)


def _of_forename(forename: str) -> Blocks:
    """A forename is found by its sounds and its short forms; an initial finds all that begin with it."""
    whole, initial = f"/{forename[:1]}", f"/{forename[:1]}."
    if len(forename) == 1:
        return frozenset({initial}), frozenset({initial, whole})
    forms = {f"/{sound}/" for sound in sounds(forename)}
    forms |= {f"/form {number}" for number in nicknames().get(forename, ())}
    return frozenset({*forms, whole}), frozenset({*forms, initial})


def _sounds_of(several: Iterable[str]) -> set[str]:
    return {sound for word in several for sound in sounds(word)}


# --- organizations and places ----------------------------------------------------------------------------------------


def _of_organization(name: str, shelves: _Shelves) -> None:
    """All words but countries, as written and as they sound; the first and the last word that few names have.

    Bodies of two countries are two, so the country stands behind; a body that tells none looks among those of all.
    """
    found = organizations.parse(name)
    if found.known:
        shelves.put([found.known])
    countries_told = sorted(organizations.countries_of(found))
    others = organizations.without_countries(found)
    if not others:
        shelves.put([" ".join(found.words)])
    elif countries_told:
        own = [f" of {country}" for country in countries_told]
        shelves.pair(_of_words(others), [*own, " of one"], [*own, ""])
    else:
        shelves.pair(_of_words(others), [""], ["", " of one"])


def _of_words(others: tuple[str, ...]) -> set[str]:
    whole = "".join(others)
    keys = {whole}
    if len(whole) > _FEWEST_LETTERS:
        keys |= {f"sound {sound}" for sound in sounds(whole)}
    frequent = words("organizations", "national") | words("organizations", "frequent")
    weighty = [word for word in others if word not in frequent]
    for word in {weighty[0], weighty[-1]} if weighty else set[str]():
        keys |= sounds(word) if word.isascii() and len(word) > _FEWEST_LETTERS else {word}
    return keys


def _short_forms(names: Iterable[str]) -> tuple[set[str], set[str]]:
    """The acronyms among names, and what the others may be shortened to."""
    letters, initials = set[str](), set[str]()
    for found in map(organizations.parse, names):
        if found.letters:
            letters.add(found.letters)
        elif len(found.words) > 1:
            initials |= found.initials
    return _long(letters), _long(initials)


def _long(letters: Iterable[str]) -> set[str]:
    return {each for each in letters if len(each) >= _FEWEST_LETTERS}


def _of_place(name: str) -> Iterator[str]:
    """The words, as written and as they sound; the city and the country that bear the name in the reference data."""
    found = places.parse(name)
    whole = "".join(found.words)
    yield whole
    yield from (f"sound {sound}" for sound in sounds(whole))
    city = places.largest(found.whole) or places.largest(" ".join(found.words))
    if city:
        yield f"geonames {city.id}"
    if country := countries().get(found.whole):
        yield f"country {country}"
