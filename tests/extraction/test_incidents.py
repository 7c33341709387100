"""What incident heads learn from: fills of answer keys located in texts whose case is restored."""

from pathlib import Path

import pytest

from kg.extraction.training import casing, incidents
from kg.extraction.training.casing import Casing
from kg.extraction.training.corpora import Sentence
from kg.extraction.training.related import Related

PROSE = [
    "on monday the rebels of the northern front attacked a bridge near the village with a bomb",
    "three armed men killed the mayor and wounded two guards in the town hall",
    "she said that it had belonged to us and that a guard was wounded",
]

TEXT = """\
DEV-MUC3-0001 (NOSC)

   PUERTO LIND, 13 DEC 89 (RADIO ALTAMAR) -- [TEXT] THREE ARMED MEN KILLED
MAYOR TOMAS BERO QUIL IN THE TOWN HALL.  THE FREE COAST LEAGUE [FCL] SAID
THAT THE MEN BELONGED TO IT.

   BERO QUIL HAD TWO GUARDS.  A GUARD WAS WOUNDED.
"""

KEY = """\
0.  MESSAGE: ID                     DEV-MUC3-0001 (NOSC)
1.  MESSAGE: TEMPLATE               1
2.  INCIDENT: DATE                  - 13 DEC 89
4.  INCIDENT: TYPE                  ATTACK
5.  INCIDENT: STAGE OF EXECUTION    ACCOMPLISHED
9.  PERP: INDIVIDUAL ID             "ARMED MEN" / "THREE ARMED MEN"
10. PERP: ORGANIZATION ID           "FREE COAST LEAGUE" / "FCL"
11. PERP: ORGANIZATION CONFIDENCE   REPORTED AS FACT: "FREE COAST LEAGUE" / "FCL"
12. PHYS TGT: ID                    "TOWN HALL"
18. HUM TGT: NAME                   "TOMAS BERO QUIL"
19. HUM TGT: DESCRIPTION            "MAYOR": "TOMAS BERO QUIL"
                                    "GUARD"
23. HUM TGT: EFFECT OF INCIDENT     DEATH: "TOMAS BERO QUIL"
                                    INJURY: "GUARD"
"""


def sentence(words: str) -> Sentence:
    return Sentence(words.split(), "gmb", "prose")


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Related:
    for name, text in (("dev/dev-muc3-0001-0100", TEXT), ("dev/key-dev-0001.muc4", KEY)):
        path = tmp_path / "muc4" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (tmp_path / "muc4" / "tst1").mkdir()
    for name in ("key-tst1.v7", "tst1-muc3"):
        (tmp_path / "muc4" / "tst1" / name).write_text("")
    monkeypatch.setattr(casing.Casing, "of", lambda data: Casing([sentence(s) for s in PROSE for _ in range(3)]))
    return next(incidents.read(tmp_path))


def words(record: Related) -> list[str]:
    return [word for s in record.sentences for word in s.words]


def test_words_get_the_case_of_prose_without_dateline_and_markup(record: Related) -> None:
    assert " ".join(record.sentences[0].words) == "Three armed men killed mayor Tomas Bero Quil in the town hall ."
    assert "FCL" in words(record)


def test_heads_of_fills_have_their_part(record: Related) -> None:
    told = [(words(record)[i], part) for i, part in (record.parts or {}).items()]
    assert told == [
        ("men", "perpetrator"), ("mayor", "dead"), ("Quil", "dead"), ("hall", "target"), ("League", "organization"),
        ("FCL", "organization"), ("men", "perpetrator"), ("Quil", "dead"), ("guard", "hurt"),
    ]  # fmt: skip


def test_names_and_descriptions_of_one_fill_are_one_thing(record: Related) -> None:
    text = words(record)
    called = [[" ".join(text[start:end]) for start, end in thing.mentions] for thing in record.things]
    assert ["mayor", "Tomas Bero Quil", "Bero Quil"] in called
    assert ["Free Coast League", "FCL"] in called


def test_facts_hold_between_the_fills_of_a_template(record: Related) -> None:
    text = words(record)
    first = [text[thing.mentions[-1][1] - 1] for thing in record.things]
    facts = {(first[a], label, first[b]) for a, label, b in record.facts if label != "incident"}
    assert facts == {
        ("Quil", "killedBy", "men"), ("Quil", "killedBy", "FCL"),
        ("men", "attacked", "hall"), ("FCL", "attacked", "hall"),
        ("men", "attacked", "guard"), ("FCL", "attacked", "guard"),
    }  # fmt: skip
    assert ("hall", "incident", "Quil") in {(first[a], label, first[b]) for a, label, b in record.facts}
    assert record.incidents == frozenset({"ATTACK"})


def test_case_beside_other_words_comes_before_case_alone() -> None:
    prose = [sentence("we met the Free Coast League at the coast of a coast by a coast road")] * 3
    cased = Casing(prose).normal("THE COAST IS A COAST OF THE FREE COAST LEAGUE".split())
    assert "a coast of the Free Coast League" in " ".join(cased)
