from kg.views.picture import Fact
from tests.views.pictures import ADA, BLAST, SMALL


def test_limited_keeps_what_most_is_known_of() -> None:
    small = SMALL.limited(2)
    assert {thing.iri for thing in small.things} <= {thing.iri for thing in SMALL.things}
    assert BLAST in small.things
    assert small.left_out == 3
    assert all({fact.subject, fact.object} - {None} <= {thing.iri for thing in small.things} for fact in small.facts)
    assert SMALL.limited(5) is SMALL


def test_keeping() -> None:
    assert {fact.predicate for fact in SMALL.keeping(lambda fact: fact.subject == ADA.iri).facts} == {
        *("leaderOf", "bornIn", "bornOn")
    }


def test_stance_is_the_strongest() -> None:
    def stance(*stances: str) -> str:
        return Fact("f", "s", "p", "p", stances=stances).stance

    assert stance("asserted", "alleged") == "asserted"
    assert stance("asserted", "denied") == "disputed"
    assert stance("denied", "alleged") == "alleged"
    assert stance("planned") == "planned"
