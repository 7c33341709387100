"""Aligning entities with gold mentions, and scoring a partition of them."""

import pytest

from kg.bench.matching import Aligned, aligned, given, matched, meant, missed, score, scores, wrong_pairs
from kg.bench.matching_fitting import Example, fit
from kg.bench.matching_gold import Matching, parse_matching
from kg.claims import Document, Entity, Extraction
from kg.resolution.evidence import Evidence
from kg.resolution.records import Record

GOLD = """
[documents]
d1 = "one.txt"
d2 = "two.txt"

[[open]]
clusters = ["molde", "molde-county"]
note = "Reports don't tell them apart."

[[cluster]]
id = "kjell"
kind = "Person"
[cluster.mentions]
d1 = ["Kjell Brattbakk", "Brattbakk"]
d2 = ["Brattbakk"]

[[cluster]]
id = "molde"
kind = "City"
[cluster.mentions]
d1 = ["Molde"]

[[cluster]]
id = "molde-county"
kind = "Region"
[cluster.mentions]
d2 = ["Molde"]
"""


@pytest.fixture
def gold() -> Matching:
    return parse_matching(GOLD)


def _extraction(document: str, *entities: Entity) -> Extraction:
    return Extraction(Document(document, "x"), entities)


def _items(*clusters: str, kind: str = "Person") -> list[Aligned]:
    return [Aligned(Record(f"d{at}", "e1", kind, (name,)), name, kind) for at, name in enumerate(clusters)]


def test_an_entity_is_the_mention_of_its_name_or_else_of_an_alias(gold: Matching) -> None:
    one = _extraction("one.txt", Entity("e1", "Person", "Mr. Kjell Brattbakk"), Entity("e2", "City", "Oslo"))
    two = _extraction("two.txt", Entity("e1", "Person", "K. Brattbakk", ("Brattbakk",)))
    items = aligned([one, two], gold)
    assert [(item.record.document, item.cluster) for item in items] == [("one.txt", "kjell"), ("two.txt", "kjell")]
    assert missed(items, gold) == 2


def test_gold_mentions_given_have_their_names_and_what_the_reader_found(gold: Matching) -> None:
    items = aligned([_extraction("one.txt", Entity("e1", "Person", "Brattbakk"))], gold)
    made = given(items, gold)
    assert len(made) == 4
    assert made[0].record.names == ("Kjell Brattbakk", "Brattbakk")


def test_the_matcher_joins_one_name(gold: Matching) -> None:
    made = [_extraction(f"{d}.txt", Entity("e1", "Person", "Kjell Brattbakk")) for d in ("one", "two")]
    items = [
        Aligned(record, "kjell", "Person")
        for e in made
        for record in [Record(e.document.id, "e1", "Person", ("Kjell Brattbakk",))]
    ]
    assert len(set(matched(items))) == 1


def test_a_perfect_partition(gold: Matching) -> None:
    found = score(_items("a", "a", "b"), ["1", "1", "2"], gold)
    assert found.b_cubed == found.pairs == (100, 100, 100)


def test_all_joined_costs_precision_and_none_joined_recall(gold: Matching) -> None:
    items = _items("a", "a", "b")
    joined, parted = score(items, ["1", "1", "1"], gold), score(items, ["1", "2", "3"], gold)
    assert joined.b_cubed[:2] == pytest.approx((500 / 9, 100))
    assert joined.pairs[:2] == pytest.approx((100 / 3, 100))
    assert parted.b_cubed[:2] == pytest.approx((100, 200 / 3))


def test_joining_open_clusters_is_neither_right_nor_wrong(gold: Matching) -> None:
    items = _items("molde", "molde-county", kind="City")
    assert score(items, ["1", "1"], gold).b_cubed == (100, 100, 100)
    assert score(items, ["1", "2"], gold).b_cubed == (100, 100, 100)


def test_groups_are_scored_apart(gold: Matching) -> None:
    items = [*_items("a", "a"), *_items("norway", kind="Country")]
    found = scores(items, ["1", "1", "2"], gold)
    assert found["whole"].items == 3
    assert found["no countries"].items == found["persons"].items == 2
    assert found["whole"].figures("whole")["whole B³ F1"] == 100


def test_wrong_pairs_are_told_once() -> None:
    items = _items("a", "a", "b")
    assert [(one.cluster, two.cluster) for one, two in wrong_pairs(items, ["1", "1", "1"])] == [("a", "b")]


def test_fitting_tells_what_speaks_for_from_what_speaks_against() -> None:
    made = [Example("person", Evidence({"for": 1.0}, ()), (f"a{n}", f"a{n}")) for n in range(20)]
    made += [Example("person", Evidence({"against": 1.0}, ()), (f"a{n}", f"b{n}")) for n in range(20)]
    found = fit(made)["person"]
    assert found.parts["for"] > 1 > -1 > found.parts["against"]


def test_those_of_whom_it_is_not_known_whom_they_mean_are_left_out() -> None:
    people = [
        Entity("e1", "Person", "Kjell Brattbakk"),
        Entity("e2", "Person", "Brattbakk"),
        Entity("e3", "City", "Oslo"),
    ]
    found = meant(_extraction("d1", *people), {"e1": "person 1", "e2": ""})
    assert [(item.record.entity, item.cluster) for item in found] == [("e1", "person 1")]


def test_pairs_are_those_within_a_group(gold: Matching) -> None:
    found = score(_items("a", "a", "a", "b"), ["x", "x", "y", "y"], gold)
    precision, recall, _ = found.pairs
    assert precision == 50.0
    assert recall == pytest.approx(100 / 3)
