"""In which blocks key records are filed and sought."""

from itertools import combinations

import pytest

from kg.bench.matching_gold import name_pairs
from kg.resolution.blocks import blocks
from kg.resolution.records import Record


def _meet(one: Record, two: Record) -> bool:
    """Whether each finds the other, which must be the same."""
    found = {bool(blocks(seeker)[1] & blocks(filed)[0]) for seeker, filed in ((one, two), (two, one))}
    assert len(found) == 1
    return found.pop()


def _person(name: str, *positions: str, home: str | None = None) -> Record:
    return Record("", "", "Person", (name,), frozenset(positions), home=home)


def _body(name: str, kind: str = "Organization") -> Record:
    return Record("", "", kind, (name,))


def test_names_that_are_one_share_a_block() -> None:
    pairs = [pair for pair in name_pairs() if pair.band == "same"]
    apart = [pair for pair in pairs if not _meet(_body(pair.left, pair.kind), _body(pair.right, pair.kind))]
    assert len(apart) <= 0.05 * len(pairs), [(pair.left, pair.right) for pair in apart]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Kjell Brattbakk", "Kjel Bratbak"),
        ("Kjell Brattbakk", "K. Brattbakk"),
        ("William Brattbakk", "Bill Brattbakk"),
        ("Brattbakk Kjell", "Kjell Brattbakk"),
        ("Charles Brattbakk", "C. Brattbakk"),
    ],
)
def test_a_full_name_is_found_by_its_other_forms(left: str, right: str) -> None:
    assert _meet(_person(left), _person(right))


def test_a_surname_alone_opens_no_block() -> None:
    assert not _meet(_person("Brattbakk"), _person("Kjell Brattbakk"))
    assert not _meet(_person("Olga Brattbakk"), _person("Kjell Brattbakk"))


def test_a_surname_is_found_by_the_position_or_the_setting() -> None:
    assert _meet(_person("Brattbakk", "vicar"), _person("Kjell Brattbakk", "vicar"))
    assert _meet(_person("Brattbakk", home="norway"), _person("K. Brattbakk", home="norway"))
    assert not _meet(_person("Smith", home="norway"), _person("J. Smith", home="norway"))


def test_forenames_that_contradict_open_no_block() -> None:
    assert not _meet(_person("Kari Brattbakk"), _person("Kjell Brattbakk"))
    assert not _meet(_person("K. Brattbakk"), _person("Olga Brattbakk"))
    assert not _meet(_person("Kjell Brattbakk", "vicar"), _person("Kjell Molde", "vicar"))


def test_a_forename_is_found_by_the_office() -> None:
    assert _meet(_person("Kjell", "vicar"), _person("Kjell Brattbakk", "vicar"))
    assert not _meet(_person("Kjell", "vicar"), _person("Kjell Brattbakk", "mayor"))


def test_what_every_country_has_is_found_in_its_country_and_where_none_is_told() -> None:
    norway, iceland = _body("Norwegian Coast Guard", "Government"), _body("Coast Guard of Iceland", "Government")
    again, some = _body("Coast Guard of Norway", "Government"), _body("the Coast Guard", "Government")
    assert _meet(norway, again)
    assert _meet(norway, some)
    assert _meet(some, iceland)
    assert not _meet(norway, iceland)


def test_what_many_bodies_are_called_opens_no_block() -> None:
    several = [_body(f"University of {place}", "University") for place in ("Molde", "Arda", "Norland")]
    assert not any(_meet(*pair) for pair in combinations(several, 2))


def test_letters_find_the_names_that_they_shorten_and_no_name_finds_another_by_them() -> None:
    short, one, other = map(_body, ("MFU", "Molde Fishing Union", "Meadow Farming Unit"))
    assert _meet(short, one)
    assert _meet(short, other)
    assert not _meet(one, other)


def test_blocks_are_few() -> None:
    assert len(blocks(_person("Kjell A. Brattbakk", "fisheries minister"))[0]) < 15
