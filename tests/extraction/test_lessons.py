"""Passages of our own with mentions and relations marked, as the heads learn from them."""

from pathlib import Path

import pytest

from kg.extraction.training import lessons

TEXT = """# ferry

[Ana Ruiz|p1], a [pilot|p1] from [Puerto Sol|l1], said [her|p1] [ship|x1] was sunk by the
[Tide Brothers|o1] on [Monday|d1].
= p1 citizenOf l1
= p1 opponentOf o1 # for the test
~ p1 killedBy o1

# nothing-trap
Nobody came.
"""


@pytest.fixture
def read(tmp_path: Path) -> list[lessons.Lesson]:
    file = tmp_path / "lessons.txt"
    file.write_text(TEXT, encoding="utf-8")
    return list(lessons.read(file))


def test_marks_are_read_off_the_words(read: list[lessons.Lesson]) -> None:
    ferry, nothing = read
    words = [word for sentence in ferry.sentences for word in sentence.words]
    assert " ".join(words).startswith("Ana Ruiz , a pilot from Puerto Sol , said her ship")
    assert [" ".join(words[slice(*span)]) for span in ferry.mentions["p1"]] == ["Ana Ruiz", "pilot", "her"]
    assert nothing.mentions == {}
    assert [word for sentence in nothing.sentences for word in sentence.words] == ["Nobody", "came", "."]


def test_what_is_not_marked_does_not_hold(read: list[lessons.Lesson]) -> None:
    taught = lessons.related(read[0])
    number = {of: i for i, of in enumerate(read[0].mentions)}
    assert (number["p1"], "citizenOf", number["l1"]) in taught.facts
    assert (number["o1"], "opponentOf", number["p1"]) in taught.facts, "holds both ways"
    assert taught.denied == {(number["p1"], "killedBy", number["o1"])}
    assert "employedBy" in taught.judged
    assert taught.pairs is None
    assert [thing.sort for thing in taught.things] == ["Person", "Place", "Other", "Organization", "Date"]


def test_what_refers_to_one_thing_is_one_cluster(read: list[lessons.Lesson]) -> None:
    taught = lessons.clustered(read[0])
    words = [word for sentence in taught.sentences for word in sentence.words]
    mine = {words[place] for place, cluster in taught.cluster.items() if cluster == taught.cluster[0]}
    assert mine == {"Ana", "pilot", "her"}
    assert "Monday" not in {words[place] for place in taught.cluster}


@pytest.mark.parametrize(
    ("lesson", "reason"),
    [("# cut\n[An|p1]a came.\n", "whole words"), ("# of nobody\n[Ana|p1] came.\n= p1 spouse p2\n", "not mentioned")],
)
def test_a_lesson_that_can_not_be_read_says_why(lesson: str, reason: str, tmp_path: Path) -> None:
    file = tmp_path / "lessons.txt"
    file.write_text(lesson, encoding="utf-8")
    with pytest.raises(ValueError, match=reason):
        list(lessons.read(file))


@pytest.mark.parametrize("file", [lessons.FILE, lessons.HELD], ids=["taught", "held"])
def test_every_lesson_of_ours_can_be_read(file: Path) -> None:
    for lesson in lessons.read(file):
        assert lessons.related(lesson).things or lesson.name.endswith("-trap"), lesson.name
