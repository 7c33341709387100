"""The fixed reference data of the comparison of names: words, countries and cities (see ``data/README.md``)."""

import tomllib
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from kg.resolution.spelling import plain

_FOLDER = Path(__file__).with_name("data")


class City(msgspec.Struct, frozen=True):
    """A city of GeoNames. ``country`` is an ISO 3166 code; the position is in degrees."""

    id: str
    country: str
    people: int
    latitude: float
    longitude: float
    name: str


@cache
def words(section: str, name: str) -> frozenset[str]:
    """A list of words of ``words.toml``, as a set of plain words."""
    return frozenset(plain(_words()[section][name]).split())


@cache
def spellings(section: str) -> Mapping[str, str]:
    """Words that are written in several ways, each with the form that is compared."""
    return dict(_words()[section]["spellings"])


@cache
def nicknames() -> Mapping[str, frozenset[int]]:
    """Forenames, each with the groups of names that it belongs to."""
    found = defaultdict(set)
    for number, group in enumerate(_words()["persons"]["nicknames"]):
        for name in group.split():
            found[name].add(number)
    return {name: frozenset(numbers) for name, numbers in found.items()}


@cache
def countries() -> Mapping[str, str]:
    """Every name of a country in plain form, with the one that stands for it."""
    return {name: country for country, names, _ in _countries() for name in names}


@cache
def country_codes() -> Mapping[str, str]:
    """The ISO 3166 codes of countries, by the name that stands for each."""
    return {name: code for code, name in (line.split(" ", 1) for line in _lines("iso.txt"))}


@cache
def adjectives() -> Mapping[str, str]:
    """Adjectives of countries, and the countries' names, with the name that stands for the country."""
    return {**{word: country for country, _, those in _countries() for word in those}, **countries()}


@cache
def cities() -> Mapping[str, tuple[City, ...]]:
    """The cities that bear a name (plain form), the largest first."""
    found: dict[str, set[City]] = defaultdict(set)
    for line in _lines("cities.tsv"):
        number, name, country, people, latitude, longitude, others = line.split("\t")
        city = City(number, country, int(people), float(latitude), float(longitude), name)
        for each in (name, *others.split("|")):
            found[plain(each)].add(city)
    return {name: tuple(sorted(those, key=lambda city: (-city.people, city.id))) for name, those in found.items()}


@cache
def shared_places() -> frozenset[str]:
    """Names that several places bear at a par."""
    return frozenset(_words()["places"]["shared"])


@cache
def bodies() -> Mapping[str, str]:
    """Every name of a well-known body in plain form, with the one that stands for it."""
    rows = [[_without_the(plain(name)) for name in line.split("|")] for line in _lines("bodies.txt")]
    return {name: row[0] for row in rows for name in row}


@cache
def _countries() -> tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]:
    rows = []
    for line in _lines("countries.txt"):
        name, others, adjectives_of = (cell.split(",") for cell in f"{line} ".split("|"))
        names = tuple(filter(None, (_without_the(plain(each)) for each in (*name, *others))))
        rows.append((names[0], names, tuple(filter(None, map(plain, adjectives_of)))))
    return tuple(rows)


def _without_the(text: str) -> str:
    return text.removeprefix("the ")


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads((_FOLDER / "words.toml").read_text(encoding="utf-8"))


def _lines(file: str) -> list[str]:
    text = (_FOLDER / file).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
