"""The gold passages are whole: every property is told, every name stands in its text, every trap asserts nothing."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

import msgspec
import pytest

from kg.bench.gold import Amount, GoldClaim, Passage, digest, parse, passages
from kg.ontology import default

ALL = passages()

# Properties that a claim may state by the ontology, but that no passage need tell. None so far: each has to be told
# twice. Terms of evidence (confidence, stance, mention …) are no predicates, so they never appear here.
NOT_DEMANDED: frozenset[str] = frozenset()

# A country told only by its adjective, under its own name.
COUNTRIES = {
    "Belgium": "Belgian",
    "Britain": "Briton",
    "Canada": "Canadian",
    "China": "Chinese",
    "Denmark": "Danish",
    "Estonia": "Estonian",
    "Ethiopia": "Ethiopian",
    "Georgia": "Georgian",
    "Greece": "Greek",
    "Guinea": "Guinean",
    "Italy": "Italian",
    "Ivory Coast": "Ivorian",
    "Japan": "Japanese",
    "Kazakhstan": "Kazakh",
    "Lebanon": "Lebanese",
    "Lithuania": "Lithuanian",
    "Mali": "Malian",
    "Mexico": "Mexican",
    "Moldova": "Moldovan",
    "Netherlands": "Dutch",
    "Nigeria": "Nigerian",
    "Norway": "Norwegian",
    "Pakistan": "Pakistani",
    "Philippines": "Philippine",
    "Portugal": "Portuguese",
    "Senegal": "Senegalese",
    "Sudan": "Sudanese",
    "Sweden": "Swedish",
    "Switzerland": "Swiss",
    "Tunisia": "Tunisian",
    "Turkey": "Turkish",
}

# Nouns for what the text tells by a verb or an adjective.
NOUNS = {"capsizing": "capsized", "bombing": "bombers"}

# Full names of people whom the text calls by their first name only, beside a relative of that surname.
FULL_NAMES = {
    "Anna Lindqvist": "Anna",
    "Karim Rahimi": "Karim",
    "Ketill Sturluson": "Ketill",
    "Latif Jan": "Latif",
    "Nabil Sarraj": "Nabil",
    "Wouter Van Haele": "Wouter",
}

TIME = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


def everything() -> Iterator[tuple[Passage, GoldClaim]]:
    return ((passage, claim) for passage in ALL for claim in passage.claims)


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def stands_in(name: str, text: str) -> bool:
    """Whether the words of a name follow one another in the text."""
    return f" {' '.join(words(name))} " in f" {' '.join(words(text))} "


def named(passage: Passage) -> Iterator[str]:
    """Every name of a thing in the claims and events of a passage."""
    for event in passage.events:
        yield from event.name
    for claim in passage.claims:
        yield from (*claim.subject, *claim.speaker, *claim.via)
        if isinstance(claim.object, tuple) and not is_time(claim):
            yield from claim.object


def is_time(claim: GoldClaim) -> bool:
    return "xsd:date" in default().predicates[claim.predicate].range


def is_number(claim: GoldClaim) -> bool:
    return not {"xsd:nonNegativeInteger", "xsd:decimal"}.isdisjoint(default().predicates[claim.predicate].range)


def valid(time: str) -> bool:
    if not TIME.fullmatch(time):
        return False
    date.fromisoformat(time + "-01-01"[len(time) - 4 :])
    return True


def test_there_are_enough_passages() -> None:
    assert len(ALL) >= 60
    assert sum(passage.trap for passage in ALL) * 3 >= len(ALL)


def test_ids_and_texts_are_unique() -> None:
    assert len({passage.id for passage in ALL}) == len({passage.text for passage in ALL}) == len(ALL)


def test_every_predicate_is_one_of_the_ontology() -> None:
    assert {claim.predicate for _, claim in everything()} <= default().predicates.keys()


def test_every_property_is_told_twice_in_two_passages() -> None:
    told = Counter(
        predicate
        for passage in ALL
        if not passage.trap
        for predicate in {claim.predicate for claim in passage.claims if not claim.optional}
    )
    demanded = default().predicates.keys() - NOT_DEMANDED
    assert {name for name in demanded if told[name] < 2} == set()


@pytest.mark.parametrize("passage", [passage for passage in ALL if passage.trap], ids=lambda passage: passage.id)
def test_a_trap_demands_nothing_asserted(passage: Passage) -> None:
    assert [claim for claim in passage.claims if claim.stance == "asserted" and not claim.optional] == []


@pytest.mark.parametrize("passage", [passage for passage in ALL if not passage.trap], ids=lambda passage: passage.id)
def test_every_other_passage_demands_something_asserted(passage: Passage) -> None:
    assert [claim for claim in passage.claims if claim.stance == "asserted" and not claim.optional]


def test_some_traps_have_no_claim_at_all() -> None:
    assert sum(passage.trap and not passage.claims for passage in ALL) >= 5


@pytest.mark.parametrize("passage", ALL, ids=lambda passage: passage.id)
def test_every_name_stands_in_the_text(passage: Passage) -> None:
    told = COUNTRIES | NOUNS | FULL_NAMES
    missing = {name for name in named(passage) if not stands_in(told.get(name, name), passage.text)}
    assert {name for name in missing if not stands_in(name, passage.text)} == set()


def test_no_exception_is_left_over() -> None:
    used = {name for passage in ALL for name in named(passage) if not stands_in(name, passage.text)}
    assert used == COUNTRIES.keys() | NOUNS.keys() | FULL_NAMES.keys()


@pytest.mark.parametrize("passage", ALL, ids=lambda passage: passage.id)
def test_values_are_of_the_property_s_range(passage: Passage) -> None:
    for claim in passage.claims:
        assert isinstance(claim.object, Amount) == is_number(claim), claim
        if is_time(claim):
            assert isinstance(claim.object, tuple)
            assert all(map(valid, claim.object)), claim


@pytest.mark.parametrize("passage", ALL, ids=lambda passage: passage.id)
def test_times_are_dates_or_intervals_and_none_is_after_it_was_said(passage: Passage) -> None:
    assert valid(passage.published)
    for claim in passage.claims:
        sides = [side for side in (claim.time or "").split("/") if side]
        assert all(map(valid, sides)), claim
        assert claim.time != "/", claim
        if is_time(claim) and isinstance(claim.object, tuple):
            sides.extend(claim.object)
        if claim.stance == "asserted":
            assert all(side[:10] <= passage.published[: len(side)] for side in sides), claim


@pytest.mark.parametrize("passage", ALL, ids=lambda passage: passage.id)
def test_no_claim_is_there_twice(passage: Passage) -> None:
    keys = [(claim.subject, claim.predicate, claim.object, claim.stance) for claim in passage.claims]
    assert [key for key, count in Counter(keys).items() if count > 1] == []


@pytest.mark.parametrize("passage", ALL, ids=lambda passage: passage.id)
def test_event_kinds_are_events(passage: Passage) -> None:
    ontology = default()
    assert all(ontology.is_a(kind, "Event") for event in passage.events for kind in event.kind)


def test_what_a_speaker_says_of_somebody_s_guilt_is_not_asserted() -> None:
    """But for what somebody says of their own deeds, which is optional."""
    guilt = default().responsibility
    assert [
        claim
        for _, claim in everything()
        if claim.predicate in guilt and claim.speaker and claim.stance == "asserted" and not claim.optional
    ] == []


def test_an_unknown_key_or_stance_is_an_error() -> None:
    good = '[[passage]]\nid = "a"\npublished = "2024-05-10"\ntext = "Mara Lind leads it."\n'
    claim = 'claim = [ { subject = "Mara Lind", predicate = "leaderOf", object = ["it", "this"] } ]\n'
    assert parse(good + claim)[0].claims == (GoldClaim(("Mara Lind",), "leaderOf", ("it", "this")),)
    for bad in (
        good + 'weather = "fine"\n',
        good + claim.replace("predicate", "verb"),
        good + claim.replace(" } ]", ', stance = "shouted" } ]'),
        good + claim.replace('["it", "this"]', "{ low = 3, high = 2 }"),
        good + claim.replace('["it", "this"]', "{}"),
        good.replace("published", "printed"),
    ):
        with pytest.raises(msgspec.ValidationError):
            parse(bad)


def test_the_digest_is_of_the_files() -> None:
    assert re.fullmatch(r"[0-9a-f]{16}", digest())
