"""Passages of KnowledgeNet by hand."""

import json
from pathlib import Path

import pytest

from kg.bench.knowledgenet import Passage, found, head_at, passages
from kg.bench.relations import score
from kg.bench.scores import Score
from kg.claims import Time
from tests.bench.reports import Report

TEXT = "Mara Lind (born 3 May 1950) heads the Bank of Altamar, where she met Tom Reed."
SHIFT = 100  # offsets count from the start of the document


def row(relation: str, subject: str, other: str, uri: str = "", fold: str = "3") -> dict[str, object]:
    def place(side: str, words: str) -> dict[str, object]:
        start = TEXT.index(words) + SHIFT
        return {f"{side}Start": start, f"{side}End": start + len(words), f"{side}Text": words, f"{side}Uri": uri}

    return {**passage(relation, fold), **place("subject", subject), **place("object", other)}


def passage(relation: str, fold: str = "3") -> dict[str, object]:
    return {"fold": fold, "doc": "1", "passageStart": str(SHIFT), "passageText": TEXT, "property": relation}


@pytest.fixture
def read(tmp_path: Path) -> Passage:
    path = tmp_path / "facts.jsonl"
    rows = [
        row("CEO", "Bank of Altamar", "Mara Lind"),
        row("CEO", "Bank of Altamar", "she"),
        row("DATE_OF_BIRTH", "Mara Lind", "3 May 1950"),
        row("CHILD_OF", "Tom Reed", "Mara Lind", fold="2"),
        {**passage("SPOUSE"), "noFact": True},
    ]
    path.write_text("\n".join(json.dumps(each) for each in rows))
    [held] = passages(path, "3")
    return held


def test_a_passage_is_judged_on_what_was_looked_for(read: Passage) -> None:
    assert read.relations == {"CEO", "DATE_OF_BIRTH", "SPOUSE"}
    assert len(read.facts) == 3  # "she" might be somebody else


def test_things_are_told_by_the_places_of_their_heads(read: Passage) -> None:
    assert {frozenset(f.head) for f in read.facts if "CEO" in f.relation} == {frozenset({TEXT.index("Bank")})}
    assert head_at(TEXT, 0, len("Mara Lind (born 3 May 1950)")) == TEXT.index("Lind")
    assert head_at("the late Mara Lind", 0, 18) == 14


def test_answers(read: Passage) -> None:
    report = Report(TEXT)
    lind, reed = report.thing("Person", "Mara Lind", "Mara Lind", "she"), report.thing("Person", "Tom Reed")
    bank = report.thing("Company", "Bank of Altamar", "the Bank of Altamar")
    report.claim(lind, "leaderOf", bank)  # tells both facts
    report.claim(lind, "bornOn", Time("1950-05-03", "3 May 1950"))
    report.claim(lind, "spouse", reed)  # wrong
    report.claim(reed, "childOf", lind)  # nobody looked for it in this passage
    report.claim(lind, "leaderOf", bank, stance="alleged")
    answers = {fact for fact, _ in found(read, report.extraction)}
    assert score(answers, read.facts) == Score(2, 3, 3, 3)


def test_the_same_entity_of_wikidata_is_one(tmp_path: Path) -> None:
    rows = [row("CEO", "Bank of Altamar", name, uri="https://wd.example/Q1") for name in ("Mara Lind", "she")]
    (tmp_path / "f").write_text("\n".join(json.dumps(each) for each in rows))
    [held] = passages(tmp_path / "f", "3")
    assert len(held.facts) == 1
