"""Sets of relations by hand, a few rows each, as the relation head learns from them."""

import csv
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from kg.extraction.training import judged, kinds, relations
from kg.extraction.training.corpora import share
from kg.extraction.training.related import Related

Told = tuple[str, str, str]


@pytest.fixture(autouse=True)
def no_gazetteer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Names of places come with an extra that the checks do not install."""
    for name in ("_countries", "_regions", "_cities"):
        monkeypatch.setattr(kinds, name, frozenset)


def write(path: Path, rows: Iterable[object], *, lines: bool = True) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(map(json.dumps, rows)) if lines else json.dumps(rows))


def names(read: Related) -> list[str]:
    words = [w for s in read.sentences for w in s.words]
    return [" / ".join(" ".join(words[slice(*span)]) for span in thing.mentions) for thing in read.things]


def told(read: Related) -> set[Told]:
    things = names(read)
    return {(things[a], label, things[b]) for a, label, b in read.facts}


def unknown(read: Related) -> set[tuple[str, str]]:
    things, pairs = names(read), read.pairs
    assert pairs is not None
    count = range(len(things))
    return {(things[a], things[b]) for a in count for b in count if a != b and (a, b) not in pairs}


# --- Re-DocRED ---


def vertex(kind: str, *mentions: tuple[int, int, int, str]) -> list[dict[str, Any]]:
    return [{"type": kind, "sent_id": s, "pos": [a, b], "name": name} for s, a, b, name in mentions]


ARTICLE = {
    "sents": [
        "The Battle of Altamar was fought in the north-west of Norland in 1812 .".split(),
        "The Norlandish painter Mara Lind , mayor of Altamar , painted The Tide and worked in Senn .".split(),
    ],
    "vertexSet": [
        vertex("MISC", (0, 0, 4, "The Battle of Altamar")),
        vertex("LOC", (0, 10, 11, "Norland")),
        vertex("TIME", (0, 12, 13, "1812")),
        vertex("PER", (1, 3, 5, "Mara Lind")),
        vertex("LOC", (1, 8, 9, "Altamar")),
        vertex("MISC", (1, 11, 13, "The Tide")),
        vertex("LOC", (1, 16, 17, "Senn")),
    ],
    "labels": [
        {"h": h, "r": r, "t": t}
        for h, r, t in (
            (0, "P276", 1),
            (0, "P585", 2),
            (1, "P150", 4),
            (4, "P361", 1),
            (4, "P6", 3),
            (5, "P170", 3),
            (5, "P17", 1),
            (3, "P937", 6),
        )
    ],
}


@pytest.fixture
def article(tmp_path: Path) -> Related:
    kept, held_out = (next(t for t in map(str, range(99)) if (share(t) < 0.2) is held) for held in (False, True))
    write(tmp_path / "redocred" / "dev_revised.json", [{**ARTICLE, "title": t} for t in (kept, held_out)], lines=False)
    [read] = relations.redocred(tmp_path)
    return read


def test_what_is_reported_on_is_not_read_and_words_split_at_hyphens(article: Related) -> None:
    assert names(article) == ["Battle of Altamar", "Norland", "1812", "Mara Lind", "Altamar", "Tide", "Senn"]
    assert article.sentences[0].entities is not None


def test_properties_of_wikidata_become_labels(article: Related) -> None:
    assert [t.sort for t in article.things] == ["Event", "Place", "Date", "Person", "Place", "Work", "Place"]
    assert told(article) == {
        ("Battle of Altamar", "in", "Norland"),
        ("Battle of Altamar", "happenedOn", "1812"),
        ("Altamar", "in", "Norland"),
        ("Mara Lind", "leaderOf", "Altamar"),
        ("Tide", "createdBy", "Mara Lind"),
    }
    assert "killedBy" not in article.judged
    assert {"in", "childOf", "diedIn"} < article.judged


def test_what_other_relations_make_doubtful_is_unknown(article: Related) -> None:
    # Where she worked she may live, and the country of a work is not where it is.
    assert {("Mara Lind", "Senn"), ("Tide", "Norland")} < unknown(article)
    assert ("Mara Lind", "Norland") not in unknown(article)


# --- FewRel ---


def test_a_sentence_of_fewrel_tells_of_one_pair(tmp_path: Path) -> None:
    words = "Tom Reed , son of the Mara Lind , sings .".split()
    row = {"tokens": words, "h": ["mara lind", "Q1", [[5, 6, 7]]], "t": ["tom reed", "Q2", [[0, 1]]]}
    vague = {"tokens": ["The", "arm", "and", "the", "body"], "h": ["arm", "", [[1]]], "t": ["body", "", [[4]]]}
    (tmp_path / "fewrel").mkdir()
    (tmp_path / "fewrel" / "val_wiki.json").write_text(json.dumps({"P40": [row], "P412": [row], "P361": [vague]}))
    child, voice = relations.fewrel(tmp_path)
    assert told(child) == {("Tom Reed", "childOf", "Mara Lind")}
    assert not voice.facts
    assert "childOf" in voice.judged
    assert unknown(child) == set()


# --- KnowledgeNet ---

TEXT = "Dr. Mara Lind (born 3 May 1950) heads the Bank of Altamar in Senn, Norland. In 1980 she married Tom J. Reed."


def row(relation: str, subject: str, other: str, fold: str = "1", uri: str = "") -> dict[str, object]:
    def place(side: str, words: str) -> dict[str, object]:
        start = TEXT.index(words) + 100
        of = {f"{side}Text": words, f"{side}Uri": uri if side == "subject" else ""}
        return {f"{side}Start": start, f"{side}End": start + len(words), **of}

    return {**passage(relation, fold), **place("subject", subject), **place("object", other)}


def passage(relation: str, fold: str = "1") -> dict[str, object]:
    return {"fold": fold, "doc": "1", "passageStart": "100", "passageText": TEXT, "property": relation}


def knowledge(folder: Path, *rows: dict[str, object]) -> list[Related]:
    write(folder / "knowledgenet" / "facts-folds-1-3.jsonl", rows)
    return list(relations.knowledgenet(folder))


def test_a_passage_with_its_things_and_what_takes_no_part(tmp_path: Path) -> None:
    lind = "http://wd.example/Q1"
    [read] = knowledge(
        tmp_path,
        row("DATE_OF_BIRTH", "Dr. Mara Lind", "3 May 1950", uri=lind),
        row("SPOUSE", "she", "Tom J. Reed", uri=lind),
    )
    assert told(read) == {
        ("Mara Lind / she", "bornOn", "3 May 1950"),
        ("Mara Lind / she", "spouse", "Tom J. Reed"),
        ("Tom J. Reed", "spouse", "Mara Lind / she"),
    }
    assert {"Bank of Altamar", "Senn", "Norland", "1980"} < set(names(read))
    assert read.judged == {"bornOn", "spouse"}
    assert [len(s.words) for s in read.sentences] == [19, 8]


def test_the_fold_that_is_reported_on_is_not_read(tmp_path: Path) -> None:
    assert knowledge(tmp_path, row("SPOUSE", "she", "Tom J. Reed", fold="3")) == []


def test_a_pronoun_may_stand_for_any_name(tmp_path: Path) -> None:
    [read] = knowledge(tmp_path, row("SPOUSE", "she", "Tom J. Reed"))
    assert ("Mara Lind", "Tom J. Reed") in unknown(read)
    assert ("Mara Lind", "1980") not in unknown(read)


def test_places_may_lie_in_places(tmp_path: Path) -> None:
    [read] = knowledge(tmp_path, row("HEADQUARTERS", "Bank of Altamar", "Senn"))
    assert told(read) == {("Bank of Altamar", "in", "Senn")}
    assert ("Senn", "Norland") in unknown(read)
    assert ("Mara Lind", "Senn") not in unknown(read)


def test_who_is_employed_may_be_a_member_too(tmp_path: Path) -> None:
    [read] = knowledge(tmp_path, row("EMPLOYEE_OR_MEMBER_OF", "Mara Lind", "Bank of Altamar"))
    assert told(read) == {("Mara Lind", "employedBy", "Bank of Altamar")}
    assert read.judged == {"employedBy"}


def test_who_leads_is_not_judged_where_only_chief_executives_are_marked(tmp_path: Path) -> None:
    [read] = knowledge(tmp_path, {**passage("CEO"), "noFact": True})
    assert read.judged == set()  # she heads the bank
    [read] = knowledge(tmp_path, row("CEO", "Bank of Altamar", "Mara Lind"))
    assert told(read) == {("Mara Lind", "leaderOf", "Bank of Altamar")}


# --- re3d ---

WAR = (
    "The Norland Guard, led by General Mara Lind, fought the Red Hand in Senn, Westmark."
    " A Guard-led unit rested. Tom Reed slept."
)


def span(words: str) -> tuple[int, int]:
    return WAR.index(words), WAR.index(words) + len(words)


def relation(kind: str, source: str, target: str, confidence: float = 1) -> dict[str, object]:
    (a, b), (c, d) = span(source), span(target)
    ends = {"sourceBegin": a, "sourceEnd": b, "targetBegin": c, "targetEnd": d, "source": source, "target": target}
    return {"documentId": document(), "type": kind, "confidence": confidence, **ends}


def document() -> str:
    return next(t for t in map(str, range(99)) if share(t) >= 2 / 9)


def test_sides_and_leaders_of_a_war(tmp_path: Path) -> None:
    folder = tmp_path / "re3d" / "Some Source"
    marked = {
        "Organisation": ("The Norland Guard", "the Red Hand", "A Guard-led unit"),
        "Person": ("General Mara Lind", "Tom Reed"),
        "Location": ("Senn", "Westmark"),
    }
    entities = [
        {"documentId": document(), "type": kind, "begin": span(words)[0], "end": span(words)[1]}
        for kind, held in marked.items()
        for words in held
    ]
    write(folder / "documents.json", [{"_id": document(), "text": WAR}])
    write(folder / "entities.json", entities)
    write(
        folder / "relations.json",
        [
            relation("InChargeOf", "General Mara Lind", "The Norland Guard"),
            relation("FightingAgainst", "The Norland Guard", "the Red Hand"),
            relation("AlliesOf", "General Mara Lind", "the Red Hand", confidence=0.3),
            relation("CoLocated", "the Red Hand", "Senn"),
            relation("CoLocated", "Senn", "Westmark"),
        ],
    )
    [read] = relations.re3d(tmp_path)
    assert told(read) == {
        ("Mara Lind", "leaderOf", "Norland Guard"),
        ("Norland Guard", "opponentOf", "Red Hand"),
        ("Red Hand", "opponentOf", "Norland Guard"),
        ("Senn", "in", "Westmark"),
    }
    assert "unit" in names(read)
    assert {("Mara Lind", "Red Hand"), ("Red Hand", "Senn"), ("Tom Reed", "Mara Lind")} < unknown(read)
    assert ("Mara Lind", "Senn") not in unknown(read)


def test_what_was_judged_by_reading(tmp_path: Path) -> None:
    text = "Ada Lind sued Halvex.\nShe lives in Oslo."
    lind, company, she, oslo = ([text.index(w), text.index(w) + len(w)] for w in ("Ada Lind", "Halvex", "She", "Oslo"))
    article = tmp_path / "news" / "papers" / "lind.txt"
    article.parent.mkdir(parents=True)
    article.write_text(text)
    rows = [
        verdict("lind.txt", lind, "employedBy", company, "Organization", holds=False),
        verdict("lind.txt", she, "livesIn", oslo, "Place", holds=True),
        verdict("lind.txt", [0, 5], "memberOf", company, "Organization", holds=True),  # ends within a word
        verdict("gone.txt", lind, "memberOf", company, "Organization", holds=True),
    ]
    write(tmp_path / "judged.jsonl", rows)
    (read,) = judged.read(tmp_path, tmp_path / "judged.jsonl")
    assert [s.words for s in read.sentences] == ["Ada Lind sued Halvex .".split(), "She lives in Oslo .".split()]
    assert told(read) == {("She", "livesIn", "Oslo")}
    things = names(read)
    assert {(things[a], label, things[b]) for a, label, b in read.denied} == {("Ada Lind", "employedBy", "Halvex")}
    assert not read.judged  # of all other labels nothing is known


def test_passages_of_radio_news_are_judged_as_they_are_printed(tmp_path: Path) -> None:
    sentences = ["Mr. Lind 's well - known firm ( Halvex ) paid $ 3 , he said .", *["It rained ."] * 6]
    rows = [
        (f"Sentence: {number}" if at == 0 else "", word, "NN", "O")
        for number, sentence in enumerate(sentences, 1)
        for at, word in enumerate(sentence.split())
    ]
    table = tmp_path / "ner" / "gmb" / "ner_dataset.csv"
    table.parent.mkdir(parents=True)
    with table.open("w", newline="", encoding="latin-1") as file:
        csv.writer(file).writerows([("Sentence #", "Word", "POS", "Tag"), *rows, ("Sentence: 8", "End", "NN", "O")])
    text = "Mr. Lind's well-known firm (Halvex) paid $3, he said." + " It rained." * 5
    assert judged.passages(tmp_path) == {"gmb/0": text, "gmb/1": "It rained."}
    write(tmp_path / "judged.jsonl", [verdict("gmb/0", [4, 8], "leaderOf", [28, 34], "Organization", holds=True)])
    (read,) = judged.read(tmp_path, tmp_path / "judged.jsonl")
    assert told(read) == {("Lind", "leaderOf", "Halvex")}


def verdict(article: str, head: list[int], label: str, tail: list[int], sort: str, *, holds: bool) -> dict[str, Any]:
    return {
        "article": article, "head": head, "head_sort": "Person", "label": label, "tail": tail, "tail_sort": sort,
        "holds": holds,
    }  # fmt: skip


def test_the_verdicts_that_come_along_are_read(tmp_path: Path) -> None:
    assert not list(judged.read(tmp_path))
