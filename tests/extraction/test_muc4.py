"""Answer keys and texts of MUC-4, read."""

from pathlib import Path

import pytest

from kg.extraction.training.muc4 import Fill, Template, iso_date, messages, templates
from tests.bench.keys import KEY

TEXT = """\
TST9-MUC4-0001

   PUERTO LIND, 13 DEC 89 (RADIO ALTAMAR) -- [TEXT] A CAR BOMB
EXPLODED IN ALTAMAR.

   NOBODY WAS HURT.


TST9-MUC4-0002

   NO DATE -- [TEXT] NOTHING HAPPENED.
"""


@pytest.fixture
def key(tmp_path: Path) -> dict[str, list[Template]]:
    path = tmp_path / "key"
    path.write_text(KEY)
    return templates(path)


def test_every_message_is_there(key: dict[str, list[Template]]) -> None:
    assert {message: len(held) for message, held in key.items()} == {"TST9-MUC4-0001": 2, "TST9-MUC4-0002": 0}


def test_alternatives_references_and_options(key: dict[str, list[Template]]) -> None:
    first, second = key["TST9-MUC4-0001"]
    assert first.of("instrument id") == (Fill(("CAR BOMB", "BOMB")),)
    assert first.of("instrument type") == (Fill(("VEHICLE BOMB",), ("CAR BOMB", "BOMB")),)
    assert first.of("perpetrator confidence") == (Fill(("SUSPECTED OR ACCUSED", "POSSIBLE"), ("LIND FRONT", "LF")),)
    assert first.of("target id") == (Fill(("CHILEAN MAR BANK", "BANK")), Fill(("SHOPS",), optional=True))
    assert first.of("victim effect") == (
        Fill(("DEATH",), ("ANA VANCE",)),
        Fill(("INJURY",), ("GUARDS", "TWO GUARDS"), optional=True),
    )
    assert first.of("perpetrator category") == ()
    assert second.of("victim description") == (Fill(("STUDENTS",)),)


def test_places_and_dates_keep_their_inner_signs(key: dict[str, list[Template]]) -> None:
    first, second = key["TST9-MUC4-0001"]
    assert first.of("incident location") == (Fill(("CHILE: PUERTO LIND (CITY): ALTAMAR (NEIGHBORHOOD)",)),)
    assert second.of("incident date") == (Fill(("09 DEC 89", "- 09 DEC 89")),)


def test_optional_templates_and_slots_that_do_not_apply(key: dict[str, list[Template]]) -> None:
    first, second = key["TST9-MUC4-0001"]
    assert (first.optional, second.optional) == (False, True)
    assert second.inapplicable == {"instrument id", "instrument type"}


def test_texts(tmp_path: Path) -> None:
    path = tmp_path / "texts"
    path.write_text(TEXT)
    first, second = messages(path)
    assert (first.id, first.published) == ("TST9-MUC4-0001", "1989-12-13")
    assert first.text.endswith("A CAR BOMB EXPLODED IN ALTAMAR.\n\nNOBODY WAS HURT.")
    assert second.published is None


def test_dates() -> None:
    assert iso_date("- 3 FEB 90") == "1990-02-03"
    assert iso_date("FEBRUARY") is None
