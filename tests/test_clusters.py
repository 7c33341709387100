"""Clusters are a pure function of the judgements."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.claims import Judgement, Verdict
from kg.clusters import Conflict, clusters, is_person

KEYS = [f"urn:newskg:key/person/{name}" for name in ("ada", "bram", "cleo")]
ENTITIES = [f"urn:newskg:doc/1/e{number}" for number in range(4)]
VERDICTS: list[Verdict] = ["same", "same", "different", "unsure", "withdrawn"]


def _judged(left: str, right: str, verdict: Verdict, judge: str = "machine:x/1", at: str | None = None) -> Judgement:
    return Judgement(left, right, verdict, 1.0, (), judge, at)


judgements = st.lists(
    st.builds(
        _judged,
        st.sampled_from(ENTITIES),
        st.sampled_from(KEYS),
        st.sampled_from(VERDICTS),
        st.sampled_from(["machine:x/1", "person:kim", "person:lee"]),
        st.sampled_from([None, "2024", "2025"]),
    ),
    max_size=8,
)


@settings(max_examples=100)
@given(judgements, st.randoms())
def test_order_does_not_matter(judged: list[Judgement], random: Random) -> None:
    shuffled = judged.copy()
    random.shuffle(shuffled)
    assert clusters(shuffled) == clusters(judged)


@settings(max_examples=100)
@given(judgements)
def test_different_binds(judged: list[Judgement]) -> None:
    found = clusters(judged)
    for it in judged:
        alone = [other for other in judged if {other.left, other.right} == {it.left, it.right}]
        persons = [other for other in judged if is_person(other) and other.verdict == "same"]
        if it.verdict == "different" and len(alone) == 1 and (is_person(it) or not persons):
            assert found.iris[it.left] != found.iris[it.right]


def test_a_cluster_is_named_by_its_first_key_and_the_others_lead_to_it() -> None:
    found = clusters([_judged(ENTITIES[0], KEYS[1], "same"), _judged(KEYS[0], KEYS[1], "same", "person:kim", "2024")])
    assert set(found.iris.values()) == {"urn:newskg:person/ada"}
    assert found.replaced == {"urn:newskg:person/bram": "urn:newskg:person/ada"}


def test_a_person_outranks_a_machine_and_a_later_word_an_earlier_one_of_the_same_person() -> None:
    machine = _judged(ENTITIES[0], KEYS[0], "same")
    parted = _judged(KEYS[0], ENTITIES[0], "different", "person:kim", "2024")
    joined = _judged(ENTITIES[0], KEYS[0], "same", "person:kim", "2025")
    assert clusters([machine, parted]).iris[ENTITIES[0]].startswith("urn:newskg:person/ada-")
    assert clusters([machine, parted, joined]).iris[ENTITIES[0]] == "urn:newskg:person/ada"
    assert clusters([machine, parted, joined]).conflicts == ()


def test_two_persons_who_disagree_are_reported_and_the_two_records_stay_apart() -> None:
    machine = _judged(ENTITIES[0], KEYS[0], "same")
    same = _judged(ENTITIES[0], KEYS[0], "same", "person:kim", "2025")
    for at in ("2024", "2025", "2026"):
        different = _judged(KEYS[0], ENTITIES[0], "different", "person:lee", at)
        found = clusters([machine, same, different])
        assert found.iris[ENTITIES[0]] != found.iris[KEYS[0]]
        pair = min(ENTITIES[0], KEYS[0]), max(ENTITIES[0], KEYS[0])
        assert found.conflicts == (Conflict(*pair, pair, ("person:kim",), ("person:lee",)),)


def test_a_disagreement_ends_when_one_of_the_two_says_otherwise() -> None:
    same = _judged(ENTITIES[0], KEYS[0], "same", "person:kim", "2024")
    different = _judged(ENTITIES[0], KEYS[0], "different", "person:lee", "2025")
    for verdict, judge, is_one in (
        ("different", "person:kim", False),
        ("withdrawn", "person:kim", False),
        ("unsure", "person:kim", False),
        ("same", "person:lee", True),
        ("withdrawn", "person:lee", True),
        ("unsure", "person:lee", True),
    ):
        found = clusters([same, different, _judged(ENTITIES[0], KEYS[0], verdict, judge, "2026")])  # type: ignore[arg-type]
        assert (found.iris[ENTITIES[0]] == found.iris[KEYS[0]]) is is_one
        assert found.conflicts == ()
    # A third person takes a side, and nothing is settled.
    third = _judged(ENTITIES[0], KEYS[0], "same", "person:max", "2026")
    (conflict,) = clusters([same, different, third]).conflicts
    assert (conflict.same, conflict.different) == (("person:kim", "person:max"), ("person:lee",))


def test_a_contradiction_is_reported() -> None:
    judged = [
        _judged(ENTITIES[0], KEYS[0], "same"),
        _judged(ENTITIES[1], KEYS[0], "same"),
        _judged(ENTITIES[0], ENTITIES[1], "different", "person:kim", "2024"),
    ]
    (conflict,) = clusters(judged).conflicts
    assert conflict.apart == (ENTITIES[0], ENTITIES[1])


def test_what_is_withdrawn_was_never_said() -> None:
    machine = _judged(ENTITIES[0], KEYS[0], "same")
    parted = _judged(ENTITIES[0], KEYS[0], "different", "person:kim", "2024")
    joined = _judged(KEYS[0], ENTITIES[0], "same", "person:kim", "2025")
    back, further = (_judged(ENTITIES[0], KEYS[0], "withdrawn", "person:kim", at) for at in ("2026", "2027"))
    assert clusters([machine, parted, joined, back]) == clusters([machine, parted])
    assert clusters([machine, parted, joined, back, further]) == clusters([machine])
    assert clusters([parted, back]) == clusters([])
    # What somebody else said stands, and so does what was said later.
    theirs = _judged(ENTITIES[0], KEYS[0], "withdrawn", "person:lee", "2026")
    assert clusters([machine, parted, theirs]) == clusters([machine, parted])
    again = _judged(ENTITIES[0], KEYS[0], "different", "person:kim", "2028")
    assert clusters([machine, parted, back, again]) == clusters([machine, again])


def test_persons_join_whole_clusters_and_only_persons_forbid_it() -> None:
    """Two clusters that machines hold apart become one; a third that a person holds apart stays as it is."""
    built = [_judged(ENTITIES[at], KEYS[at], "same") for at in range(3)]
    apart = _judged(ENTITIES[0], ENTITIES[1], "different")
    joined = [_judged(KEYS[at], KEYS[at + 1], "same", "person:kim", "2024") for at in range(2)]
    found = clusters([*built, apart, *joined])
    assert (set(found.iris.values()), found.conflicts) == ({"urn:newskg:person/ada"}, ())
    found = clusters([*built, apart, *joined, _judged(ENTITIES[0], ENTITIES[2], "different", "person:lee", "2024")])
    assert set(found.iris.values()) == {"urn:newskg:person/ada", "urn:newskg:person/cleo"}
    assert found.iris[ENTITIES[2]] == found.iris[KEYS[2]]
    (conflict,) = found.conflicts
    assert (conflict.left, conflict.right) == (KEYS[1], KEYS[2])
