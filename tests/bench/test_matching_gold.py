"""The gold set of who is who is whole: its rules hold, it is large enough, and its names stand where it says."""

import re
from collections import Counter
from pathlib import Path

import msgspec
import pytest

from kg.bench.matching_gold import (
    Band,
    EventFacts,
    Matching,
    digest,
    event_pairs,
    matching,
    name_pairs,
    parse_event_pairs,
    parse_matching,
    parse_name_pairs,
)
from kg.ontology import default

GOLD = matching()
NEWS = Path(__file__).parents[3] / "shared" / "data" / "news"

SMALL = """
[documents]
a = "north/one.txt"
b = "north/two.txt"

[[cluster]]
id = "ida-voll"
kind = "Person"
mentions = { a = ["Ida Voll", "Voll"], b = ["Voll"] }

[[cluster]]
id = "voll-island"
kind = "GeographicFeature"
note = "The island."
mentions = { b = ["Voll Island"] }
"""


def small(**changes: str) -> Matching:
    """The small set, with words of it exchanged for others."""
    toml = SMALL
    for old, new in changes.items():
        toml = toml.replace(PARTS[old], new)
    return parse_matching(toml)


PARTS = {
    "second_file": '"north/two.txt"',
    "second_id": 'id = "voll-island"',
    "second_names": 'b = ["Voll Island"]',
    "note": 'note = "The island."',
}


def test_a_small_set_is_read() -> None:
    gold = small()
    assert [cluster.id for cluster in gold.shared()] == ["ida-voll"]
    assert [cluster.id for cluster in gold.namesakes()] == ["voll-island"]
    assert [(row.document, row.names, row.kind, row.cluster) for row in gold.mentions()] == [
        ("north/one.txt", ("Ida Voll", "Voll"), "Person", "ida-voll"),
        ("north/two.txt", ("Voll",), "Person", "ida-voll"),
        ("north/two.txt", ("Voll Island",), "GeographicFeature", "voll-island"),
    ]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"second_names": 'b = ["Voll"]'}, "name of a document told twice"),
        ({"second_names": 'c = ["Voll Island"]'}, "document not known: c"),
        ({"second_names": "b = []"}, "a document without a name"),
        ({"second_names": ""}, "or no document"),
        ({"second_names": 'b = ["Voll Island "]'}, "blank or not trimmed"),
        ({"second_id": 'id = "ida-voll"'}, "cluster told twice: ida-voll"),
        ({"second_file": '"north/one.txt"'}, "document told twice"),
        ({"note": 'remark = "The island."'}, "unknown field"),
    ],
)
def test_what_breaks_a_rule_is_refused(changes: dict[str, str], message: str) -> None:
    with pytest.raises(msgspec.ValidationError, match=message):
        small(**changes)


def test_open_pairs_are_of_known_clusters() -> None:
    with pytest.raises(msgspec.ValidationError, match="cluster not known: nobody"):
        parse_matching('[[open]]\nclusters = ["ida-voll", "nobody"]\nnote = "?"\n' + SMALL)


def test_the_set_is_large_enough() -> None:
    assert len(GOLD.shared()) >= 120
    assert sum(len(cluster.mentions) for cluster in GOLD.shared()) >= 400
    assert len(GOLD.namesakes()) >= 100
    small_clusters = [cluster for cluster in GOLD.shared() if len(cluster.mentions) <= 3]
    assert len(small_clusters) > len(GOLD.shared()) / 2


def test_every_cluster_is_a_person_an_organization_or_a_place() -> None:
    roots = Counter(root_of(cluster.kind) for cluster in GOLD.clusters)
    assert set(roots) == {"Person", "Organization", "Place"}
    assert min(roots.values()) >= 100


def test_every_namesake_says_what_sets_it_apart() -> None:
    assert [cluster.id for cluster in GOLD.namesakes() if not cluster.note] == []


def test_every_listed_document_is_used() -> None:
    assert {key for cluster in GOLD.clusters for key in cluster.mentions} == set(GOLD.documents)


def test_the_longest_name_stands_first() -> None:
    for row in GOLD.mentions():
        lengths = [len(name.replace(" ", "")) for name in row.names]
        assert lengths == sorted(lengths, reverse=True), row


def test_open_pairs_are_pairs_of_two() -> None:
    assert len({frozenset(pair.clusters) for pair in GOLD.open}) == len(GOLD.open)
    assert all(len(set(pair.clusters)) == 2 and pair.note for pair in GOLD.open)


@pytest.mark.shared_data
@pytest.mark.skipif(not NEWS.is_dir(), reason="the news documents are not beside the project")
def test_every_name_stands_in_its_document() -> None:
    texts = {file: (NEWS / file).read_text(encoding="utf-8") for file in GOLD.documents.values()}
    missing = [
        (row.document, name)
        for row in GOLD.mentions()
        for name in row.names
        if not stands_in(name, texts[row.document])
    ]
    assert missing == []


def test_there_are_enough_pairs_of_names() -> None:
    bands: Counter[Band] = Counter(pair.band for pair in name_pairs())
    assert bands.total() >= 160
    assert min(bands.values()) > bands.total() / 4
    assert len({frozenset((pair.left, pair.right, pair.kind)) for pair in name_pairs()}) == bands.total()


def test_pairs_of_names_have_a_known_kind_and_a_reason() -> None:
    for pair in name_pairs():
        assert root_of(pair.kind) and pair.reason.endswith("."), pair
    assert {root_of(pair.kind) for pair in name_pairs() if pair.band == "different"} == {
        "Person",
        "Organization",
        "Place",
    }


def test_equal_names_never_have_to_be_told_apart_or_joined() -> None:
    assert {pair.band for pair in name_pairs() if pair.left == pair.right} == {"hard"}


def test_there_are_enough_pairs_of_events() -> None:
    verdicts = Counter(pair.verdict for pair in event_pairs())
    assert verdicts["different"] >= 12
    assert verdicts["same"] >= 8


def test_events_have_kinds_of_the_ontology_and_days() -> None:
    for pair in event_pairs():
        assert pair.reason.endswith("."), pair
        for event in (pair.left, pair.right):
            assert default().is_a(event.kind, "Event"), event
            assert re.fullmatch(DAY, event.day), event


def test_different_events_are_alike() -> None:
    """What is unlike in kind, country, place, day and people teaches nothing."""
    for pair in event_pairs():
        assert likenesses(pair.left, pair.right) >= 2, pair


def test_unknown_keys_of_pairs_are_refused() -> None:
    with pytest.raises(msgspec.ValidationError, match="unknown field"):
        parse_name_pairs('[[pair]]\nleft = "A"\nright = "B"\nkind = "Person"\nband = "hard"\nreason = "."\nwhy = "?"')
    with pytest.raises(msgspec.ValidationError, match="Invalid enum value"):
        parse_name_pairs('[[pair]]\nleft = "A"\nright = "B"\nkind = "Person"\nband = "maybe"\nreason = "."')
    with pytest.raises(msgspec.ValidationError, match="missing required field"):
        parse_event_pairs('[[pair]]\nverdict = "same"\nreason = "."')


def test_the_digest_is_known() -> None:
    """Scores are pinned to it. Who mends a label changes it here, and says that scores before and after differ."""
    assert digest() == DIGEST


DIGEST = "998a0a6b0059a4bb"
DAY = r"\d{4}(-\d\d(-\d\d)?)?(/\d{4}(-\d\d(-\d\d)?)?)?"


def root_of(kind: str) -> str:
    """Which of the three kinds of things that are matched a kind belongs to; a country counts as a place."""
    return next(root for root in ("Person", "Place", "Organization") if default().is_a(kind, root))


def stands_in(name: str, text: str) -> bool:
    """Whether a name stands in the text as a word of its own; a no-break space counts as a space."""
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text.replace("\N{NO-BREAK SPACE}", " ")) is not None


def likenesses(left: EventFacts, right: EventFacts) -> int:
    """In how many of kind, country, place, day, month and people two events agree."""
    agree = [
        left.kind == right.kind,
        left.country == right.country,
        left.place == right.place,
        left.day[:7] == right.day[:7],
        not set(left.participants).isdisjoint(right.participants),
    ]
    return sum(agree)
