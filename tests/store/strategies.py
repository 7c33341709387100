"""Extractions made by hypothesis out of the parts in ``small.py``."""

from collections.abc import Iterable

from hypothesis import strategies as st

from kg.claims import Claim, EntityRef, Extraction, Judgement, Quantity, Span, Stance, Time, Value
from kg.store.releases import Release
from tests.store.small import (
    ALSO_CALLED,
    CALLED,
    DATES,
    HEADLINES,
    LINKS,
    QUANTITIES,
    REPORTS,
    SOURCES,
    STANCES,
    STORIES,
    TEXT,
    extraction,
    put,
)


def _link(subject: str, predicate: str, value: Value, stance: Stance, time: str | None, confidence: float) -> Claim:
    return Claim(subject, predicate, value, Span(0, 43), time, stance=stance, confidence=confidence)


def claims() -> st.SearchStrategy[Claim]:
    """Claims among the entities above."""
    links = st.sampled_from([(subject, name, EntityRef(value)) for subject, name, value in LINKS])
    numbers = st.sampled_from([*QUANTITIES, Quantity(3, 3, "three"), Quantity(20, 25, "20 to 25")])
    tolls = st.tuples(st.sampled_from(["e4", "e5"]), st.just("deaths"), numbers)
    days = st.sampled_from([Time("2024-01-03", "Wednesday"), Time("2024-01", "January"), Time("2023", "2023")])
    subjects = [("e1", "diedOn"), ("e2", "diedOn"), ("e4", "happenedOn"), ("e5", "happenedOn")]
    times = st.builds(lambda what, day: (*what, day), st.sampled_from(subjects), days)
    return st.builds(
        lambda what, *how: _link(what[0], what[1], what[2], *how),
        st.one_of(links, links, tolls, times),
        st.sampled_from(STANCES),
        st.sampled_from([None, "2020", "2020-01"]),
        st.sampled_from([0.5, 0.75, 1.0]),
    )


@st.composite
def batches(draw: st.DrawFn, most: int = 5, least: int = 1, rich: bool = False) -> list[Extraction]:
    """Some documents, of which some are versions of one article; ``rich`` as in :func:`documents`."""
    articles = max(2, most // 5)
    return [draw(documents(number, articles, rich)) for number in range(draw(st.integers(least, most)))]


@st.composite
def documents(draw: st.DrawFn, number: int, articles: int = 2, rich: bool = False) -> Extraction:
    """The document of a number: perhaps a version of one of some articles, a copy of another, at odds with it.

    ``rich``: everybody may go by several names, and links are told that belong together.
    """
    urls = [None, None, "desk/3.txt", *(f"https://{'ab'[it % 2]}.example/{it}" for it in range(1, articles + 1))]
    names, links = draw(st.sampled_from(STORIES)) if rich else STORIES[0]
    said = [_link(*link[:2], EntityRef(link[2]), "asserted", None, 1.0) for link in links]
    also = {entity: draw(st.sampled_from(called)) for entity, called in ALSO_CALLED.items() if rich}
    return extraction(
        number,
        draw(st.sampled_from(urls)),
        draw(st.sampled_from(DATES)),
        draw(st.sampled_from(SOURCES)),
        said + draw(st.lists(claims(), max_size=6)),
        draw(st.sampled_from([TEXT, *REPORTS])),
        draw(st.sampled_from(CALLED)),
        {**also, **names},
        draw(st.sampled_from(HEADLINES)),
    )


def records(several: Iterable[Extraction]) -> list[str]:
    """The entities of documents and the key records that these are judged to be, as IRIs."""
    judged = (judgement for each in several for judgement in put(each).judgements)
    return sorted({record for it in judged for record in (it.left, it.right)})


@st.composite
def reviews(draw: st.DrawFn, of: list[str], most: int = 4) -> list[Judgement]:
    """What two persons might judge of some records: contradictions, each other's and their own, and words taken back
    included. They come back to the same few pairs."""
    pairs = st.tuples(st.sampled_from(of), st.sampled_from(of)).filter(lambda pair: pair[0] != pair[1])
    disputed = draw(st.lists(pairs, min_size=1, max_size=2))
    one = st.builds(
        lambda pair, verdict, judge, day: Judgement(
            pair[0], pair[1], verdict, 1.0, ("looked",), judge, f"2024-02-0{day}T10:00:00Z"
        ),
        st.one_of(st.sampled_from(disputed), pairs),
        st.sampled_from(["same", "same", "different", "different", "unsure", "withdrawn"]),
        st.sampled_from(["person:kim", "person:kim", "person:lee"]),
        st.integers(1, 4),
    )
    return draw(st.lists(one, max_size=most, unique=True))


def releases(several: Iterable[Extraction], most: int = 4) -> st.SearchStrategy[list[Release]]:
    """What two persons might say of the claims of documents that were refused."""
    graphs = (put(each).nquads.split("\n") for each in several)
    refused = sorted({line.split(" ")[0][1:-1] for graph in graphs for line in graph if "#Refused>" in line})
    one = st.builds(
        lambda claim, verdict, judge, day: Release(claim, verdict, judge, f"2024-02-0{day}T10:00:00Z"),
        st.sampled_from(refused),
        st.sampled_from(["released", "released", "withdrawn"]),
        st.sampled_from(["person:kim", "person:lee"]),
        st.integers(1, 4),
    )
    return st.lists(one, max_size=most, unique=True) if refused else st.just([])
