"""The questions of GAP by hand."""

from pathlib import Path

import pytest

from kg.bench.gap import Name, Question, answers, questions, score
from kg.bench.lab import Reference

HEADING = "ID Text Pronoun Pronoun-offset A A-offset A-coref B B-offset B-coref URL".split()
ROW = ["t-1", 'Ann met "Bea" when she left.', "she", "19", "Ann", "0", "TRUE", "Bea", "9", "FALSE", "https://a.example"]


@pytest.fixture
def asked(tmp_path: Path) -> Question:
    path = tmp_path / "gap.tsv"
    path.write_text("\t".join(HEADING) + "\n" + "\t".join(ROW) + "\n", encoding="utf-8")
    [question] = questions(path)
    return question


def test_a_row(asked: Question) -> None:
    assert asked == Question(ROW[1], "she", 19, (Name(0, 3, True), Name(9, 12, False)))
    assert asked.feminine


def test_a_chain_answers_for_the_names_that_are_its_heads(asked: Question) -> None:
    she, ann = Reference(19, 22, 19, "pronoun"), Reference(0, 3, 0, "name")
    inside = Reference(0, 3, 9, "nominal")  # something of Bea's, whose head is elsewhere
    assert answers(asked, [(ann, she)]) == (True, False)
    assert answers(asked, [(ann,), (she,)]) == (False, False)
    assert answers(asked, [(ann, inside, she)]) == (True, True)


def test_scores_by_gender() -> None:
    her = Question("", "She", 0, (Name(0, 1, True), Name(1, 2, False)))
    his = Question("", "his", 0, (Name(0, 1, True), Name(1, 2, False)))
    figures = score([her, his, his], [(True, True), (True, False), (False, False)])
    # feminine: 1 of 2 right, 1 of 1 found; masculine: 1 of 1 right, 1 of 2 found
    assert figures["feminine F1"] == pytest.approx(200 / 3)
    assert figures["masculine F1"] == pytest.approx(200 / 3)
    assert figures["bias"] == pytest.approx(1)
    assert (figures["pronouns P"], figures["pronouns R"]) == pytest.approx((200 / 3, 200 / 3))
