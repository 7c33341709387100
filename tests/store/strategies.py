"""Extractions made by hypothesis out of the parts in ``small.py``."""

from hypothesis import strategies as st

from kg.claims import Claim, EntityRef, Extraction, Quantity, Span, Stance, Time, Value
from tests.store.small import CALLED, DATES, LINKS, QUANTITIES, REPORTS, SOURCES, STANCES, TEXT, extraction


def _link(subject: str, predicate: str, value: Value, stance: Stance, time: str | None, confidence: float) -> Claim:
    return Claim(subject, predicate, value, Span(0, 43), time, stance=stance, confidence=confidence)


def claims() -> st.SearchStrategy[Claim]:
    """Claims among the entities above."""
    links = st.sampled_from([(subject, name, EntityRef(value)) for subject, name, value in LINKS])
    numbers = st.sampled_from([*QUANTITIES, Quantity(3, 3, "three"), Quantity(20, 25, "20 to 25")])
    tolls = st.tuples(st.sampled_from(["e4", "e5"]), st.just("deaths"), numbers)
    days = st.sampled_from([Time("2024-01-03", "Wednesday"), Time("2024-01", "January"), Time("2023", "2023")])
    times = st.tuples(st.sampled_from(["e1", "e2"]), st.just("diedOn"), days)
    return st.builds(
        lambda what, *how: _link(what[0], what[1], what[2], *how),
        st.one_of(links, links, tolls, times),
        st.sampled_from(STANCES),
        st.sampled_from([None, "2020", "2020-01"]),
        st.sampled_from([0.5, 0.75, 1.0]),
    )


@st.composite
def batches(draw: st.DrawFn, most: int = 5) -> list[Extraction]:
    """Some documents, of which some are versions of one article."""
    urls = st.sampled_from([None, None, "https://a.example/1", "https://b.example/2", "desk/3.txt"])
    return [
        extraction(
            number,
            draw(urls),
            draw(st.sampled_from(DATES)),
            draw(st.sampled_from(SOURCES)),
            draw(st.lists(claims(), max_size=6)),
            draw(st.sampled_from([TEXT, *REPORTS])),
            draw(st.sampled_from(CALLED)),
        )
        for number in range(draw(st.integers(1, most)))
    ]
