"""Words go in, numbers with their bounds come out; trees tell what is counted."""

import pytest

from kg.extraction.amounts import count_of, find_amounts
from kg.extraction.layers import Amount

from .trees import at, plain, tree

Bounds = tuple[str, float | None, float | None, bool, str | None]


def amounts(text: str) -> list[Bounds]:
    """The amounts of a text without a tree."""
    doc = plain(text, "2024-01-03")
    return [(doc[a.start : a.end].text, a.low, a.high, a.approximate, a.unit) for a in find_amounts(doc)]


@pytest.mark.parametrize(
    ("text", "words", "low", "high", "approximate"),
    [
        ("It killed 12 soldiers.", "12", 12, 12, False),
        ("It killed 1,426 pilgrims.", "1,426", 1426, 1426, False),
        ("It killed twenty-three dogs.", "twenty-three", 23, 23, False),
        ("It killed a hundred men.", "a hundred", 100, 100, False),
        ("It killed one hundred and twenty men.", "one hundred and twenty", 120, 120, False),
        ("It holds two thousand three hundred and five.", "two thousand three hundred and five", 2305, 2305, False),
        ("It killed two dozen men.", "two dozen", 24, 24, False),
        ("It fed 1.2 million people.", "1.2 million", 1_200_000, 1_200_000, False),
        ("It fed half a million people.", "half a million", 500_000, 500_000, False),
        ("More than 100 died.", "More than 100", 101, None, False),
        ("Over 100 died.", "Over 100", 101, None, False),
        ("At least 140 died.", "At least 140", 140, None, False),
        ("No fewer than 5 died.", "No fewer than 5", 5, None, False),
        ("100 or more died.", "100 or more", 100, None, False),
        ("It drew 50+ guests.", "50+", 50, None, False),
        ("Up to 50 died.", "Up to 50", None, 50, False),
        ("As many as 40 died.", "As many as 40", None, 40, False),
        ("Fewer than 10 died.", "Fewer than 10", None, 9, False),
        ("Nearly 100 died.", "Nearly 100", None, 100, True),
        ("About 30 died.", "About 30", 30, 30, True),
        ("An estimated 300 died.", "An estimated 300", 300, 300, True),
        ("Some 300 died.", "Some 300", 300, 300, True),
        ("Between 20 and 30 died.", "Between 20 and 30", 20, 30, False),
        ("20 to 30 died.", "20 to 30", 20, 30, False),
        ("20-30 men died.", "20-30", 20, 30, False),
        ("Two or three died.", "Two or three", 2, 3, False),
        ("It fed 1 to 2 million.", "1 to 2 million", 1_000_000, 2_000_000, False),
        ("Dozens died.", "Dozens", 24, None, True),
        ("Scores of people died.", "Scores", 40, None, True),
        ("Hundreds died.", "Hundreds", 200, None, True),
        ("More than a dozen died.", "More than a dozen", 13, None, False),
        ("Tens of thousands fled.", "Tens of thousands", 20_000, None, True),
        ("Hundreds of thousands fled.", "Hundreds of thousands", 200_000, None, True),
        ("Several died.", "Several", 3, None, True),
        ("A few died.", "A few", 3, None, True),
        ("A couple of men died.", "A couple", 2, 2, True),
        ("No one died.", "No one", 0, 0, False),
        ("Nobody died.", "Nobody", 0, 0, False),
    ],
)
def test_bounds(text: str, words: str, low: float | None, high: float | None, approximate: bool) -> None:
    assert amounts(text) == [(words, low, high, approximate, None)]


@pytest.mark.parametrize(
    ("text", "words", "low", "unit"),
    [
        ("It lay around 2,300 feet away.", "around 2,300 feet", 2300, "ft"),
        ("It lay 10 km away.", "10 km", 10, "km"),
        ("It is a 12-mile road.", "12-mile", 12, "mi"),
        ("It covers 5 square kilometers.", "5 square kilometers", 5, "km2"),
        ("It rose 5 percent.", "5 percent", 5, "%"),
        ("It rose 5 per cent.", "5 per cent", 5, "%"),
        ("It cost $1.2 million.", "$1.2 million", 1_200_000, "USD"),
        ("It cost £3bn.", "£3bn", 3_000_000_000, "GBP"),
        ("It cost 20 euros.", "20 euros", 20, "EUR"),
        ("It took three days.", "three days", 3, "day"),
        ("A 42-year-old man fled.", "42-year-old", 42, "year"),
        ("He died aged 42.", "42", 42, "year"),
        ("A 7.1-magnitude quake hit.", "7.1-magnitude", 7.1, "magnitude"),
    ],
)
def test_unit(text: str, words: str, low: float, unit: str) -> None:
    (found,) = amounts(text)
    assert (found[0], found[1], found[4]) == (words, low, unit)


@pytest.mark.parametrize(
    "text",
    [
        "They won 3-0.",
        "It happened on 9/11 and on Jan. 3, 2020.",
        "It began in 2011.",
        "The third man came 20th.",
        "Flight No. 370 left at 10:30 a.m.",
        "Article 5 was invoked.",
        "One in five agreed, and two-thirds came.",
        "They helped one another; this one did not.",
        "A five-member panel met.",
        "Few came.",
        "It ended two days ago.",
    ],
)
def test_what_is_no_amount(text: str) -> None:
    assert amounts(text) == []


def test_counted_noun() -> None:
    text = (
        "It/PRON/nsubj<killed killed=kill/VERB/ROOT more/ADJ/advmod<12 than/ADP/fixed<more 12/NUM/nummod<soldiers"
        " soldiers/NOUN/obj<killed"
        " and/CCONJ/cc<civilians three/NUM/nummod<civilians civilians/NOUN/conj<soldiers ."
    )
    doc = tree(text)
    assert find_amounts(doc) == [
        Amount(2, 5, 13, None, counted=at(doc, "soldiers")),
        Amount(7, 8, 3, 3, counted=at(doc, "civilians")),
    ]


def test_counted_after_of() -> None:
    text = (
        "Hundreds=hundred/NOUN/nsubj<fled of/ADP/case<thousands thousands=thousand/NOUN/nmod<Hundreds"
        " of/ADP/case~2<people"
        " people/NOUN/nmod<thousands fled=flee/VERB/ROOT ."
    ).replace("case~2<", "case<")
    doc = tree(text)
    assert find_amounts(doc) == [Amount(0, 3, 200_000, None, True, counted=at(doc, "people"))]


def test_elliptic_number_counts_nothing_named() -> None:
    text = "It/PRON/nsubj<hurt hurt/VERB/ROOT at/ADP/case<least least/ADJ/nmod<140 140/NUM/obj<hurt ."
    assert find_amounts(tree(text)) == [Amount(2, 5, 140, None)]


def test_over_as_a_preposition_bounds_nothing() -> None:
    text = (
        "He/PRON/nsubj:pass<held held=hold/VERB/ROOT over/ADP/case<killings two/NUM/nummod<killings"
        " killings/NOUN/obl<held ."
    )
    doc = tree(text)
    assert find_amounts(doc) == [Amount(3, 4, 2, 2, counted=at(doc, "killings"))]


def test_number_of_a_name() -> None:
    text = "Flight/PROPN/nsubj<fell 370/NUM/nummod<Flight fell=fall/VERB/ROOT ."
    assert find_amounts(tree(text)) == []


def test_age_in_apposition() -> None:
    text = "Ruiz/PROPN/nsubj<fled , 42/NUM/appos<Ruiz , fled=flee/VERB/ROOT ."
    assert [amount.unit for amount in find_amounts(tree(text))] == ["year"]


@pytest.mark.parametrize(
    ("text", "noun", "low", "high"),
    [
        ("A/DET/det<woman woman/NOUN+Number=Sing/nsubj<died died=die/VERB/ROOT .", "woman", 1, 1),
        ("One/NUM/nummod<woman woman/NOUN+Number=Sing/nsubj<died died=die/VERB/ROOT .", "woman", 1, 1),
        ("Both/DET/det<men men=man/NOUN+Number=Plur/nsubj<died died=die/VERB/ROOT .", "men", 2, 2),
        ("No/DET/det<men men=man/NOUN+Number=Plur/nsubj<died died=die/VERB/ROOT .", "men", 0, 0),
        ("Three/NUM/nummod<men men=man/NOUN+Number=Plur/nsubj<died died=die/VERB/ROOT .", "men", 3, 3),
        ("Nobody/PRON/nsubj<died died=die/VERB/ROOT .", "Nobody", 0, 0),
    ],
)
def test_count_of(text: str, noun: str, low: float, high: float) -> None:
    doc = tree(text)
    count = count_of(doc, at(doc, noun))
    assert count is not None
    assert (count.low, count.high) == (low, high)


def test_count_of_what_is_not_counted() -> None:
    doc = tree("The/DET/det<men men=man/NOUN+Number=Plur/nsubj<died died=die/VERB/ROOT .")
    assert count_of(doc, at(doc, "men")) is None
