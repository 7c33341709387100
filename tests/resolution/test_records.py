"""What a record holds, under which keys it is found, and what two of them say about each other."""

from kg.bench.matching_gold import name_pairs
from kg.claims import Claim, Document, Entity, EntityRef, Extraction, Mention, Span, Text, Time
from kg.resolution.evidence import evidence
from kg.resolution.records import Record, blocking_keys, records
from kg.resolution.scores import compare

HERE = Span(0, 1)


def _extraction() -> Extraction:
    entities = (
        Entity("e1", "Person", "Kjell Brattbakk", ("Brattbakk",)),
        Entity("e2", "Person", "Olga Brattbakk"),
        Entity("e3", "Country", "Norway"),
        Entity("e4", "City", "Molde"),
        Entity("e5", "Person", "two sailors", named=False),
    )
    claims = (
        Claim("e1", "holdsPosition", Text("Norwegian fisheries minister"), HERE),
        Claim("e1", "childOf", EntityRef("e2"), HERE),
        Claim("e1", "bornOn", Time("1961-04", "April 1961"), HERE),
        Claim("e4", "locatedIn", EntityRef("e3"), HERE),
        Claim("e1", "spouse", EntityRef("e4"), HERE, stance="denied"),
    )
    mentions = (Mention(HERE, "e3", "name"), Mention(HERE, "e1", "name"))
    return Extraction(Document("d1", "x"), entities, mentions, claims)


def test_a_record_holds_what_its_document_says() -> None:
    minister, mother, country, city = records(_extraction())
    assert minister.names == ("Kjell Brattbakk", "Brattbakk")
    assert minister.positions == {"norwegian fisheries minister"}
    assert minister.countries == {"norway"}
    assert minister.kin == minister.apart == {"olga brattbakk"}
    assert minister.born == "1961"
    assert minister.neighbours == {"olga brattbakk", "molde"}
    assert mother.kin == {"kjell brattbakk"}
    assert city.within == {"norway"}
    assert {minister.home, country.home} == {"norway"}


def _person(document: str, *names: str, **rest: str) -> Record:
    return Record(document, "e1", "Person", names, **rest)  # type: ignore[arg-type]


def test_names_that_are_one_share_a_block() -> None:
    pairs = [pair for pair in name_pairs() if pair.band == "same"]
    apart = [
        pair
        for pair in pairs
        if not blocking_keys(Record("d1", "e1", pair.kind, (pair.left,)))
        & blocking_keys(Record("d2", "e1", pair.kind, (pair.right,)))
    ]
    assert len(apart) <= 0.03 * len(pairs), [(pair.left, pair.right) for pair in apart]


def test_blocking_keys_are_few() -> None:
    assert len(blocking_keys(_person("d1", "Gen. Kjell A. Brattbakk", "Brattbakk"))) < 8


def test_one_rare_name_in_two_documents_is_one_person() -> None:
    found = compare(_person("d1", "Kjell Brattbakk"), _person("d2", "Kjell Brattbakk"))
    assert found.verdict == "same"
    assert "brattbakk in both" in found.reasons


def test_a_bare_surname_alone_does_not_join() -> None:
    assert compare(_person("d1", "Smith"), _person("d2", "Adam Smith")).verdict != "same"


def test_common_names_need_more_than_one_setting() -> None:
    here = [_person(document, "John Smith", home="norway") for document in ("d1", "d2")]
    assert compare(*here).verdict == "unsure"
    vicars = [
        Record(it.document, "e1", "Person", it.names, frozenset({"vicar of molde"}), home="norway") for it in here
    ]
    assert compare(*vicars).verdict == "same"


def test_years_of_birth_that_differ_keep_two_of_one_name_apart() -> None:
    one, two = _person("d1", "Kjell Brattbakk", born="1961"), _person("d2", "Kjell Brattbakk", born="1990")
    assert compare(one, two).verdict == "different"


def test_who_is_said_to_be_somebody_else_is_not_the_same() -> None:
    son = Record("d1", "e1", "Person", ("Brattbakk",), apart=frozenset({"kjell brattbakk"}))
    assert evidence(son, _person("d2", "Kjell Brattbakk")).veto


def test_cities_of_two_countries_are_two() -> None:
    one = Record("d1", "e1", "City", ("Newport",), countries=frozenset({"united kingdom"}))
    two = Record("d2", "e1", "City", ("Newport",), countries=frozenset({"united states"}))
    assert compare(one, two).verdict == "different"


def test_what_every_country_has_is_told_apart_by_the_report() -> None:
    here = Record("d1", "e1", "Government", ("Coast Guard",), home="norway")
    named = Record("d2", "e1", "Government", ("Norwegian Coast Guard",), home="iceland")
    other = Record("d3", "e1", "Government", ("Danish Coast Guard",), home="norway")
    assert compare(here, named).log_odds > compare(here, other).log_odds
    assert compare(named, other).verdict == "different"


def test_the_order_of_two_does_not_matter() -> None:
    one, two = _person("d2", "Kjell Brattbakk", home="norway"), _person("d1", "Brattbakk", home="norway")
    assert compare(one, two) == compare(two, one)
