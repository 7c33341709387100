"""Events that meet across reports come and go with them, whatever the order."""

from itertools import islice, permutations

from kg.claims import Claim, Document, Entity, EntityRef, Extraction, Quantity, Span, Time
from tests.store.small import dumped, store_of

BLAST, RAID = Entity("e1", "Explosion", "the blast", named=False), Entity("e2", "Attack", "the raid", named=False)
TOWN, VICTIM = Entity("e3", "City", "Ostrava Nova"), Entity("e4", "Person", "Emeka Varnholt")


def _report(number: int, published: str, day: str | None, deaths: int, victim: bool = False) -> Extraction:
    told = [Claim(event, "happenedIn", EntityRef("e3"), Span(0, 1)) for event in ("e1", "e2")[: 1 + (number == 3)]]
    told.append(Claim("e1", "deaths", Quantity(deaths, None, f"at least {deaths}"), Span(0, 1)))
    told += [Claim("e1", "happenedOn", Time(day, day), Span(0, 1))] if day else []
    told += [Claim("e4", "killedBy", EntityRef("e1"), Span(0, 1))] if victim else []
    document = Document(
        f"{number:04x}", f"Report {number}.", f"https://news.example/{number // 2}", published=published
    )
    return Extraction(document, (BLAST, RAID, TOWN, VICTIM), (), tuple(told))


REPORTS = [
    _report(0, "2023-06-06", "2023-06-06", 8),
    _report(1, "2023-06-07", None, 31),
    _report(2, "2023-06-08", "2023-06-06", 40, victim=True),
    _report(3, "2023-06-09", "2023-06-09", 8),
    _report(4, "2031-01-01", None, 9, victim=True),
]


def test_order_does_not_matter() -> None:
    expected = dumped(store_of(REPORTS))
    for order in islice(permutations(REPORTS), 7, 120, 29):
        store = store_of(list(order))
        assert dumped(store) == expected
        assert store.rebuild() == (0, 0)


def test_what_only_a_withdrawn_report_joined_comes_apart() -> None:
    for gone in REPORTS:
        store = store_of(REPORTS)
        store.withdraw(gone.document.id)
        assert dumped(store) == dumped(store_of([it for it in REPORTS if it is not gone]))
        assert store.rebuild() == (0, 0)


def test_one_blast_is_one_event_and_the_second_another() -> None:
    blasts = store_of(REPORTS).query(
        "SELECT DISTINCT ?event { ?entity prov:specializationOf ?event . ?event a kg:Explosion }"
    )
    assert len(blasts) == 2
