"""Claims judged against a passage, each rule by hand."""

import pytest

from kg.bench.calibration import Answer
from kg.bench.claims import Verdict, score
from kg.bench.gold import Amount, GoldClaim, Passage
from kg.bench.scores import Score
from kg.claims import Quantity, Stance, Text, Time
from tests.bench.reports import Report

TEXT = "Gen. Mara Lind, who leads the Harbour Guard, was shot by Tom Reed on Monday, police said. He killed 14 people."


@pytest.fixture
def report() -> Report:
    return Report(TEXT)


def passage(*claims: GoldClaim, trap: bool = False) -> Passage:
    return Passage("p", "2024-05-10", TEXT, trap=trap, claims=claims)


KILLED = GoldClaim(("Mara Lind",), "killedBy", ("Tom Reed",), time="2024-05-06", speaker=("police",))
LEADS = GoldClaim(("Mara Lind", "the general"), "leaderOf", ("Harbour Guard",), optional=True)


def cast(report: Report) -> tuple[str, str, str, str]:
    return (
        report.thing("Person", "Mara Lind", "Gen. Mara Lind"),
        report.thing("Person", "Tom Reed", "Tom Reed", "He"),
        report.thing("Organization", "Harbour Guard"),
        report.thing("Group", "police", named=False),
    )


def test_right_in_full(report: Report) -> None:
    lind, reed, _, police = cast(report)
    report.claim(lind, "killedBy", reed, time="2024-05-06", speaker=police, confidence=0.9)
    found = score(report.extraction, passage(KILLED))
    right = Score.of(1, 1, 1)
    assert found == Verdict(right, right, time=right, speaker=right, answers=(Answer("killedBy", "", 0.9, True),))


def test_right_but_for_the_time(report: Report) -> None:
    lind, reed, _, police = cast(report)
    report.claim(lind, "killedBy", reed, speaker=police)
    found = score(report.extraction, passage(KILLED))
    assert (found.core, found.full) == (Score.of(1, 1, 1), Score.of(0, 1, 1))
    assert (found.time, found.speaker) == (Score.of(0, 1, 1), Score.of(1, 1, 1))


def test_said_twice_is_one_answer_and_the_fuller_one_counts(report: Report) -> None:
    lind, reed, _, police = cast(report)
    report.claim(lind, "killedBy", reed, confidence=0.95)
    report.claim(lind, "killedBy", reed, time="2024-05-06", speaker=police, confidence=0.9)
    found = score(report.extraction, passage(KILLED))
    assert found.full == Score.of(1, 1, 1)
    assert found.answers == (Answer("killedBy", "", 0.95, True),)


@pytest.mark.parametrize("stance", ["alleged", "denied"])
def test_another_stance_is_another_claim(report: Report, stance: Stance) -> None:
    lind, reed, *_ = cast(report)
    report.claim(lind, "killedBy", reed, stance=stance)
    found = score(report.extraction, passage(KILLED))
    assert found.core == Score.of(0, 1, 1)
    assert found.wrong == (f"p: Mara Lind | killedBy | Tom Reed | {stance}",)
    assert found.missed == ("p: Mara Lind | killedBy | Tom Reed",)


def test_the_other_way_round_is_wrong(report: Report) -> None:
    lind, reed, *_ = cast(report)
    report.claim(reed, "killedBy", lind)
    assert score(report.extraction, passage(KILLED)).core == Score.of(0, 1, 1)


def test_symmetric_predicates_hold_both_ways(report: Report) -> None:
    lind, reed, *_ = cast(report)
    report.claim(reed, "met", lind)
    assert score(report.extraction, passage(GoldClaim(("Lind",), "met", ("Reed",)))).core == Score.of(1, 1, 1)


def test_optional_claims_count_neither_way(report: Report) -> None:
    lind, _, guard, _ = cast(report)
    empty = score(report.extraction, passage(LEADS))
    report.claim(lind, "leaderOf", guard)
    assert score(report.extraction, passage(LEADS)) == empty == Verdict()


def test_a_pronoun_names_nothing(report: Report) -> None:
    cast(report)
    he = report.thing("Person", "somebody", "He", named=False)
    report.claim(he, "age", Quantity(58, 58, "58"))
    assert score(report.extraction, passage(GoldClaim(("He",), "age", Amount(58, 58)))).core == Score.of(0, 1, 1)


@pytest.mark.parametrize(
    ("low", "high", "approximate", "right"),
    [(14, 14, False, 1), (14, None, False, 0), (14, 14, True, 0), (15, 15, False, 0)],
)
def test_numbers_agree_in_bounds_and_in_being_about(
    report: Report, low: float, high: float | None, approximate: bool, right: int
) -> None:
    _, reed, *_ = cast(report)
    report.claim(reed, "deaths", Quantity(low, high, "14", approximate))
    gold = passage(GoldClaim(("Tom Reed",), "deaths", Amount(14, 14)))
    assert score(report.extraction, gold).core == Score.of(right, 1, 1)


def test_times_are_equal_in_value_and_precision(report: Report) -> None:
    lind, *_ = cast(report)
    report.claim(lind, "diedOn", Time("2024-05", "Monday"))
    gold = passage(GoldClaim(("Mara Lind",), "diedOn", ("2024-05-06",)))
    assert score(report.extraction, gold).core == Score.of(0, 1, 1)


def test_words_match_like_names(report: Report) -> None:
    lind, *_ = cast(report)
    report.claim(lind, "causeOfDeath", Text("a single shot"))
    gold = passage(GoldClaim(("Mara Lind",), "causeOfDeath", ("shot",)))
    assert score(report.extraction, gold).core == Score.of(1, 1, 1)


def test_answers_that_tell_one_claim_count_once(report: Report) -> None:
    lind, reed, *_ = cast(report)
    again = report.thing("Person", "Lind", "Lind")
    report.claim(lind, "killedBy", reed)
    report.claim(again, "killedBy", reed)
    assert score(report.extraction, passage(KILLED)).core == Score.of(1, 1, 1)


def test_only_what_is_asserted_springs_a_trap(report: Report) -> None:
    lind, reed, guard, _ = cast(report)
    report.claim(lind, "leaderOf", guard)  # optional
    report.claim(lind, "killedBy", reed, stance="possible")
    assert score(report.extraction, passage(LEADS, trap=True)).traps == ()
    report.claim(lind, "killedBy", reed)
    assert score(report.extraction, passage(LEADS, trap=True)).traps == ("p: Mara Lind | killedBy | Tom Reed",)
    assert score(report.extraction, passage(LEADS)).traps == ()


def test_verdicts_add_up() -> None:
    answer = Answer("leaderOf", "frames", 0.5, False)
    one = Verdict(Score.of(1, 1, 1), wrong=("a",), answers=(answer,))
    assert one + one == Verdict(Score.of(2, 2, 2), wrong=("a", "a"), answers=(answer, answer))
