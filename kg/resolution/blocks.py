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
"""Of an acronym: names of two words are shortened to two letters by the thousand."""

Blocks = tuple[frozenset[str], frozenset[str]]


def blocks(told: Record) -> Blocks:
    """The blocks to be filed under and those to look in, each with the family's letter in front."""
    if told.family == "person":
        filed = sought = set(_of_person(told))
    elif told.family == "organization":
        both = {key for name in told.names for key in _of_organization(name)}
        letters, initials = _short_forms(told.names)
        filed = both | {f"letters {each}" for each in letters} | {f"initials {each}" for each in initials}
        sought = both | {f"letters {each}" for each in initials} | {f"initials {each}" for each in letters}
    else:
        filed = sought = {key for name in told.names for key in _of_place(name)}
    letter = told.family[0]
    return frozenset(f"{letter}:{key}" for key in filed), frozenset(f"{letter}:{key}" for key in sought)


# --- persons ---------------------------------------------------------------------------------------------------------


def _of_person(told: Record) -> Iterator[str]:
    """A full name goes by the sounds of what may be the surname together with the beginning of the forename, and by its
    words in any order. Part of a name is enough together with the position, or the setting if it is rare."""
    for name in told.names:
        found = persons.parse(name)
        for several in (found.words, *found.other_words):
            if len(several) > 1:
                yield from _of_full_name(several)
                yield " ".join(sorted(several))
            elif found.number:
                yield from (f"{word} {found.number}" for word in several)
            yield from (f"{sound} {rest}" for sound, rest in product(_sounds_of(several), told.positions))
            if told.home and not any(map(persons.is_common, several[-1:])):
                yield from (f"{sound} in {told.home}" for sound in _sounds_of(several[-1:]))


def _of_full_name(several: tuple[str, ...]) -> Iterator[str]:
    beginnings = _beginnings(several[0])
    yield from (f"{sound}/{first}" for sound, first in product(_sounds_of(several[1:]), beginnings))


def _beginnings(forename: str) -> set[str]:
    """The first consonants that a forename may sound with, its letter where that has another sound, its short forms."""
    found = {sound[:1] for sound in sounds(forename)} - {""}
    if forename[1:2] == "h":
        found.add(forename[0].upper())
    return found | {f"form {number}" for number in nicknames().get(forename, ())}


def _sounds_of(several: Iterable[str]) -> set[str]:
    return {sound for word in several for sound in sounds(word)}


# --- organizations and places ----------------------------------------------------------------------------------------


def _of_organization(name: str) -> Iterator[str]:
    """All words but countries, as written and as they sound; the first and the last word that few names have."""
    found = organizations.parse(name)
    others = organizations.without_countries(found)
    if found.known:
        yield found.known
    if not others:
        yield " ".join(found.words)
        return
    yield "".join(others)
    yield from (f"sound {sound}" for sound in sounds("".join(others)))
    frequent = words("organizations", "national") | words("organizations", "frequent")
    weighty = [word for word in others if word not in frequent]
    for word in {weighty[0], weighty[-1]} if weighty else set[str]():
        yield from (sounds(word) if word.isascii() and len(word) > 3 else {word})


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
