"""Which documents are versions of one article: by their address, or as one source tells one story twice."""

import pytest

from kg.claims import Claim, EntityRef, Extraction, Source, Span
from kg.resolution import match
from kg.store import Store
from tests.store.small import REPORTS, TEXT, add, dumped, extraction, put, store_of

WIRE, LAMP = Source("northern-wire", "Northern Wire"), Source("daily-lamp", "The Daily Lamp", "newspaper")
HEADLINE = "Ten killed by a bombing in Arda"
MARRIED, KILLED, LED = (
    Claim(subject, predicate, EntityRef(value), Span(0, 43))
    for subject, predicate, value in (("e1", "spouse", "e3"), ("e1", "killedBy", "e6"), ("e3", "leaderOf", "e6"))
)
# Each names Arda, too. The texts are not alike.
OLD, NEW = [MARRIED, LED], [KILLED]
NOON = "2024-01-03T12:00:00Z"


def version(
    number: int,
    said: list[Claim],
    published: str | None = NOON,
    *,
    title: str = HEADLINE,
    source: Source | None = WIRE,
    text: str = TEXT,
    url: str | None = None,
    called: str = "Bram Okoro",
) -> Extraction:
    """A document; without an address unless one is given."""
    return extraction(number, url, published, source, said, text, called, title=title)


def replaced(store: Store) -> list[tuple[str, str]]:
    found = store.query("SELECT ?new ?old { ?new dcterms:replaces ?old } ORDER BY ?old")
    return [(row["new"][-4:], row["old"][-4:]) for row in found]


def test_what_a_source_tells_twice_under_one_headline_is_one_article() -> None:
    store = store_of([version(1, OLD), version(2, NEW, "2024-01-03T18:00:00Z")])
    assert replaced(store) == [("0002", "0001")]
    assert not store.query("ASK { ?a kg:spouse ?b }")
    assert store.query("ASK { ?a kg:killedBy ?b }")
    assert [(it.what, it.predicate, it.article) for it in store.changes("0001")] == [
        ("dropped", "married to", HEADLINE),
        ("dropped", "leader of", HEADLINE),
        ("added", "killed by", HEADLINE),
    ]
    assert store.changes() == store.changes("0002") == store.changes("0001")
    store.withdraw("0002")
    assert replaced(store) == []
    assert store.query("ASK { ?a kg:spouse ?b }")
    assert store.rebuild() == (0, 0)


@pytest.mark.parametrize(
    "other",
    [
        version(2, NEW, "2024-01-03T23:59:00Z"),
        version(2, NEW, "2024-01-03"),
        version(2, NEW, "2024-01-03T03:00:00+02:00"),
        version(2, NEW, title="TEN KILLED  by a bombing – in ‘Arda’"),
        version(2, NEW, title="UPDATE 2-Ten killed by a bombing in Arda"),
        version(2, NEW, title="CORRECTED: Ten killed by a bombing in Arda"),
        version(2, NEW, url="https://a.example/story"),
    ],
)
def test_told_within_hours_with_the_same_names(other: Extraction) -> None:
    assert len(replaced(store_of([version(1, OLD), other]))) == 1


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (version(2, NEW, source=LAMP), "another source"),
        (version(2, NEW, source=None), "no source"),
        (version(2, NEW, title="Eleven killed by a bombing in Arda"), "another headline"),
        (version(2, NEW, "2024-01-04T01:00:00Z"), "the day after, in other words"),
        (version(2, NEW, "2024-01"), "no day"),
        (version(2, NEW, None), "no date"),
        (version(2, [Claim("e9", "locatedIn", EntityRef("e10"), Span(0, 43))]), "other names, but for the town"),
        (version(2, [Claim("e3", "leaderOf", EntityRef("e6"), Span(0, 43))], called="Cleo Marsh"), "another person"),
    ],
)
def test_what_is_no_version(other: Extraction, why: str) -> None:
    # Ada Lovell, killed in Arda; nobody else is named.
    first = version(1, [KILLED], url="https://a.example/1")
    assert replaced(store_of([first, other])) == [], why


def test_a_headline_of_few_words_comes_back() -> None:
    first, second = (version(number, OLD, title="Bombing in Arda", text=REPORTS[0]) for number in (1, 2))
    assert replaced(store_of([first, second])) == []


def test_alike_texts_are_versions_for_some_days_and_copies_of_another_source_never() -> None:
    days = ["2024-01-03", "2024-01-06", "2024-01-10"]
    several = [version(number, OLD, day, text=REPORTS[number]) for number, day in enumerate(days)]
    reprint = version(3, OLD, "2024-01-03", text=REPORTS[0], source=LAMP)
    store = store_of([*several, reprint])
    assert replaced(store) == [("0001", "0000")]
    assert store.query("ASK { <urn:newskg:doc/0003> kg:copyOf <urn:newskg:doc/0000> }")


def test_addresses_and_headlines_lead_from_version_to_version() -> None:
    first = version(1, OLD, "2024-01-03T06:00:00Z", url="https://a.example/1")
    moved = version(2, NEW, "2024-01-03T12:00:00Z", url="https://a.example/2")
    renamed = version(3, OLD, "2024-01-09", url="https://a.example/2", title="What is known of the bombing")
    other = version(4, OLD, "2024-01-05", url="https://a.example/4", title="Another matter altogether, and new")
    store = store_of([renamed, first, other, moved])
    assert replaced(store) == [("0002", "0001"), ("0003", "0002")]
    assert {it.article for it in store.changes()} == {"https://a.example/1"}
    assert store.changes("https://a.example/2") == store.changes("0001") == store.changes()
    assert store.changes("0004") == []
    # When the one between them goes, the two others have nothing to do with each other.
    store.withdraw("0002")
    assert replaced(store) == []
    add(store, moved)
    add(store, version(2, NEW, "2024-02-01", url="https://a.example/2"))
    assert replaced(store) == [("0002", "0003")]
    assert store.rebuild() == (0, 0)


def test_one_by_one_or_all_at_once() -> None:
    several = [version(number, OLD if number % 2 else NEW, f"2024-01-03T{number:02d}:00:00Z") for number in range(24)]
    one_by_one, at_once = store_of(several), Store.memory()
    at_once.put_many([put(it) for it in reversed(several)], match)
    assert [old for _, old in replaced(one_by_one)] == [f"{number:04x}" for number in range(23)]
    for number in (3, 4, 23):
        one_by_one.withdraw(f"{number:04x}")
        at_once.withdraw(f"{number:04x}")
    assert replaced(one_by_one)[2] == ("0005", "0002")
    assert dumped(one_by_one) == dumped(at_once)
    assert one_by_one.rebuild() == (0, 0)
