"""What two names say by themselves."""

import pytest

from kg.bench.matching_gold import NamePair, name_pairs
from kg.resolution.likeness import likeness

DECIDED = [pair for pair in name_pairs() if pair.band != "hard"]


@pytest.mark.parametrize("pair", DECIDED, ids=lambda pair: f"{pair.left}, {pair.right}")
def test_decided_pairs_of_the_gold_set(pair: NamePair) -> None:
    assert likeness(pair.left, pair.right, pair.kind).band == pair.band, pair.reason


@pytest.mark.parametrize("pair", name_pairs(), ids=lambda pair: f"{pair.left}, {pair.right}")
def test_order_does_not_matter(pair: NamePair) -> None:
    assert likeness(pair.left, pair.right, pair.kind) == likeness(pair.right, pair.left, pair.kind)


@pytest.mark.parametrize(
    ("left", "right", "kind", "band"),
    [
        ("Gen. Tomasz Wierzbicki", "Tomasz Wierzbicki", "Person", "same"),
        ("Yusuf al-Khatib Tarazi", "Youssef Al Khatib Tarazi", "Person", "same"),
        ("Kjell Brattbakk", "Kjell Brattbakk Jr.", "Person", "hard"),
        ("Mary Jones", "Mary Jones", "Person", "hard"),
        ("Brattbakk", "Kjell Brattbakk", "Person", "hard"),
        ("Olga Brattbakk", "Kjell Brattbakk", "Person", "different"),
        ("Kjell A. Brattbakk", "Kjell B. Brattbakk", "Person", "different"),
        ("Bank of Norway", "Bank of Denmark", "Organization", "different"),
        ("Norwegian Ministry of Defence", "Ministry of Defense of Norway", "Government", "same"),
        ("Ministry of Defence", "Norwegian Ministry of Defence", "Government", "hard"),
        ("Coast Guard", "Royal Coast Guard", "Organization", "different"),
        ("North Sea Rescue Union", "NSRU", "Organization", "hard"),
        ("3rd Rifle Regiment", "4th Rifle Regiment", "MilitaryUnit", "different"),
        ("The Gambia", "Gambia", "Country", "same"),
        ("Great Britain", "U.K.", "Country", "same"),
        ("Upper Bergamo", "Bergamo", "Region", "different"),
        ("Port Levett River", "Port Levett", "Place", "hard"),
        ("Newport, Oregon", "Newport, Wales", "City", "different"),
    ],
)
def test_bands(left: str, right: str, kind: str, band: str) -> None:
    assert likeness(left, right, kind).band == band


def test_a_reason_names_what_contradicts() -> None:
    found = likeness("Olga Brattbakk", "Kjell Brattbakk", "Person")
    assert found.score == 0
    assert found.reasons == ("first names differ: kjell, olga",)


def test_a_rare_name_scores_higher_than_a_common_one() -> None:
    rare = likeness("Kjell Brattbakk", "Kjell Brattbakk", "Person")
    assert rare.score > likeness("Mary Jones", "Mary Jones", "Person").score


@pytest.mark.parametrize("name", ["", "—", "?", "12", "李", "Al", "Mr", "the", "Jr."])
@pytest.mark.parametrize("kind", ["Person", "Company", "City", "Country", "Bombing"])
def test_odd_names_are_compared_without_error(name: str, kind: str) -> None:
    assert likeness(name, "Kjell Brattbakk", kind).band in ("hard", "different")
    assert likeness(name, name, kind).band in ("same", "hard")
