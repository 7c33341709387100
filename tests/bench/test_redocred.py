"""A document of Re-DocRED by hand."""

import json
from pathlib import Path

import pytest

from kg.bench.redocred import Article, articles, found, gold, laid_out
from kg.bench.relations import score
from kg.bench.scores import Score
from kg.claims import Time
from tests.bench.reports import Report

SENTENCES = [
    ["Mara", "Lind", "(", "1950", ")", "comes", "from", "Altamar", "."],
    ["Lind", "'s", '"', "Harbour", '"', "won", "."],
]
TEXT = 'Mara Lind (1950) comes from Altamar. Lind\'s "Harbour" won.'


def mention(sentence: int, start: int, end: int) -> dict[str, object]:
    return {"sent_id": sentence, "pos": [start, end], "type": "PER", "name": ""}


@pytest.fixture
def article(tmp_path: Path) -> Article:
    raw = {
        "title": "Lind",
        "sents": SENTENCES,
        "vertexSet": [[mention(0, 0, 2), mention(1, 0, 1)], [mention(0, 3, 4)], [mention(0, 7, 8)], [mention(1, 3, 4)]],
        "labels": [
            {"h": 0, "r": "P569", "t": 1},
            {"h": 0, "r": "P19", "t": 2},
            {"h": 0, "r": "P364", "t": 3},  # original language: the ontology has no predicate for it
            {"h": 2, "r": "P150", "t": 3},  # contains: the other way round
        ],
    }
    path = tmp_path / "x.json"
    path.write_text(json.dumps([raw, {**raw, "title": "Lind 2"}]))
    [kept] = articles(path)  # "Lind" hashes under 0.2, "Lind 2" does not
    return kept


def test_running_text() -> None:
    text, places = laid_out(SENTENCES)
    assert text == TEXT
    assert [[text[start:end] for start, end in row] for row in places] == SENTENCES


def test_gold_in_predicates_of_the_ontology(article: Article) -> None:
    facts = [(set(f.head), set(f.relation), set(f.tail)) for f in gold(article, strict=True)]
    assert facts[:3] == [({0}, {"bornOn"}, {1}), ({0}, {"bornIn"}, {2}), ({0}, {"P364"}, {3})]
    assert facts[3] == ({3}, {"locatedIn", "basedIn", "happenedIn"}, {2})
    assert len(list(gold(article, strict=True, mapped_only=True))) == 3
    assert next(gold(article, strict=False)).head == {"mara lind", "lind"}


@pytest.mark.parametrize("strict", [True, False])
def test_answers(article: Article, strict: bool) -> None:
    report = Report(TEXT)
    lind, altamar = report.thing("Person", "Mara Lind"), report.thing("City", "Altamar")
    report.claim(lind, "bornOn", Time("1950", "1950"))
    report.claim(lind, "bornIn", altamar)
    report.claim(altamar, "bornIn", lind)  # wrong
    report.claim(lind, "killedBy", altamar)  # not judged
    report.claim(lind, "diedIn", altamar, stance="denied")  # not asserted
    answers = [fact for fact, _ in found(article, report.extraction, strict=strict)]
    assert score(answers, gold(article, strict=strict)) == Score.of(2, 3, 4)
