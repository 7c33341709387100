"""Points of MUC-4, counted by hand."""

from pathlib import Path

import msgspec
import pytest

from kg.bench.muc4_scoring import credit, dates, numbers, places, score, sets, strings
from kg.bench.scores import Score
from kg.extraction.training.muc4 import SLOTS, Fill, Template, templates
from tests.bench.keys import KEY, template

TST2 = Path(__file__).parents[3] / "shared" / "data" / "muc4" / "tst2" / "key-tst2.v4"


@pytest.mark.parametrize(
    ("response", "key", "points"),
    [
        ("GUERRILLAS", "GUERRILLAS", 1),
        ("THE GUERRILLAS", "GUERRILLAS", 1),
        ("ALLEGED GUERRILLAS", "GUERRILLAS", 1),
        ("GUERRILLAS INVOLVED IN THE KILLING", "GUERRILLAS", 1),
        ("VANCE", "ANA VANCE", 0.5),
        ("BUS DRIVER", "BUS", 0.5),
        ("SOLDIERS", "GUERRILLAS", 0),
        ("THE", "THE GUERRILLAS", 0),
    ],
)
def test_strings(response: str, key: str, points: float) -> None:
    assert strings(response, key) == points


@pytest.mark.parametrize(
    ("response", "key", "points"),
    [
        ("12 DEC 89", "12 DEC 89", 1),
        ("- 12 DEC 89", "- 12 DEC 89", 1),
        ("12 DEC 89", "11 DEC 89 - 13 DEC 89", 0.5),
        ("11 DEC 89 - 13 DEC 89", "12 DEC 89", 0.5),
        ("- 12 DEC 89", "12 DEC 89", 0.5),
        ("- 13 DEC 89", "12 DEC 89", 0),
        ("13 DEC 89", "12 DEC 89", 0),
        ("10 DEC 89 - 12 DEC 89", "11 DEC 89 - 13 DEC 89", 0),
        ("IN DECEMBER", "12 DEC 89", 0),
    ],
)
def test_dates(response: str, key: str, points: float) -> None:
    assert dates(response, key) == points


@pytest.mark.parametrize(
    ("response", "key", "points"),
    [
        ("CHILE: PUERTO LIND (TOWN)", "CHILE: PUERTO LIND (CITY)", 1),
        ("CHILE", "CHILE: PUERTO LIND (CITY)", 0.5),
        ("CHILE: ALTAMAR (CITY)", "CHILE", 0.5),
        ("PERU: PUERTO LIND (CITY)", "CHILE: PUERTO LIND (CITY)", 0),
        ("PERU: AMAR (TOWN) - BEMAR (CITY)", "PERU: BEMAR (CITY) - AMAR (TOWN)", 1),
    ],
)
def test_places(response: str, key: str, points: float) -> None:
    assert places(response, key) == points


@pytest.mark.parametrize(
    ("response", "key", "points"),
    [("6", "6", 1), ("~6", "6", 0.5), ("6-", "6 -", 1), ("6-8", "6", 0), ("PLURAL", "PLURAL", 1), ("PLURAL", "6", 0)],
)
def test_numbers(response: str, key: str, points: float) -> None:
    assert numbers(response, key) == points


def test_above_in_the_hierarchy_is_half_right() -> None:
    above = {"DYNAMITE": "BOMB", "BOMB": "EXPLOSIVE"}
    assert [sets(value, "DYNAMITE", above) for value in ("DYNAMITE", "BOMB", "EXPLOSIVE", "GUN")] == [1, 0.5, 0.5, 0]
    assert sets("DYNAMITE", "BOMB", above) == 0
    assert credit(Fill(("ATTACK",)), Fill(("BOMBING",)), "set", "incident type") == 0.5


def test_what_belongs_to_the_wrong_fill_is_half_right() -> None:
    key = Fill(("DEATH",), ("ANA VANCE", "JUDGE"))
    assert credit(Fill(("DEATH",), ("VANCE",)), key, "set", "victim effect") == 1
    assert credit(Fill(("DEATH",), ("GUARDS",)), key, "set", "victim effect") == 0.5
    assert credit(Fill(("INJURY",), ("ANA VANCE",)), key, "set", "victim effect") == 0


def test_the_best_alternative_counts() -> None:
    assert credit(Fill(("EMBASSY",)), Fill(("CONSULATE", "EMBASSY")), "string", "target id") == 1


def test_a_response_with_known_points() -> None:
    key = template(
        incident_type="BOMBING",
        incident_date="12 DEC 89",
        perpetrator_individual=["GUERRILLAS", "?SOLDIERS"],
        victim_name=["ANA VANCE", "TOM REED", "ADA LIND"],
    )
    response = template(
        incident_type="ATTACK",  # ½
        incident_date="13 DEC 89",  # incorrect
        perpetrator_individual=["REBELS", "THE GUERRILLAS"],  # 1 and a spurious one; SOLDIERS may be left out
        victim_name=["ANA VANCE", "REED"],  # 1, ½ and a missing one
        instrument_id="BOMB",  # spurious
    )
    found = score({"M": [response]}, {"M": [key]})
    assert found["incident type"] == Score.of(0.5, 1, 1)
    assert found["incident date"] == Score.of(0, 1, 1)
    assert found["perpetrator individual"] == Score.of(1, 2, 1)
    assert found["victim name"] == Score.of(1.5, 2, 3)
    assert found["instrument id"] == Score.of(0, 1, 0)
    assert found["all"] == Score.of(3, 7, 6)


def test_templates_are_paired_for_the_most_points() -> None:
    near = template(1, incident_type="BOMBING", target_id="BANK", victim_name="ANA VANCE")
    far = template(2, incident_type="BOMBING", target_id="BANK")
    answers = [template(1, incident_type="BOMBING", target_id="BANK"), near]
    assert score({"M": answers}, {"M": [near, far]})["all"] == Score.of(5, 5, 5)


def test_pairs_need_a_common_type_and_something_they_are_about() -> None:
    key = template(incident_type="BOMBING", incident_date="12 DEC 89", incident_location="CHILE")
    other_type = template(incident_type="KIDNAPPING", incident_date="12 DEC 89", incident_location="CHILE")
    only_the_type = template(incident_type="BOMBING", incident_date="12 DEC 89", incident_location="PERU")
    for response in (other_type, only_the_type):
        assert score({"M": [response]}, {"M": [key]})["all"] == Score.of(0, 3, 3)
    assert score({"M": [key]}, {"M": [key]})["all"] == Score.of(3, 3, 3)


def test_templates_without_partner() -> None:
    told = template(incident_type="ATTACK", victim_name="ANA VANCE")
    spurious = score({"M": [told]}, {"M": []})["all"]
    missing = score({}, {"M": [told]})["all"]
    optional = score({}, {"M": [msgspec.structs.replace(told, optional=True)]})["all"]
    assert (spurious, missing, optional) == (Score.of(0, 2, 0), Score.of(0, 0, 2), Score())


def test_slots_that_do_not_apply_are_not_scored() -> None:
    key = msgspec.structs.replace(
        template(incident_type="KIDNAPPING", victim_name="ANA VANCE"), inapplicable=frozenset({"instrument id"})
    )
    response = template(incident_type="KIDNAPPING", victim_name="ANA VANCE", instrument_id="GUN")
    assert score({"M": [response]}, {"M": [key]})["all"] == Score.of(2, 2, 2)


def answered(key: Template) -> Template:
    """The first alternative of everything, as a system would write it."""
    fills = {slot: tuple(Fill(f.values[:1], f.about[:1]) for f in held) for slot, held in key.fills.items()}
    return Template(key.message, key.number, fills)


def perfect(path: Path) -> dict[str, Score]:
    key = templates(path)
    return score({message: list(map(answered, held)) for message, held in key.items()}, key)


def test_a_key_against_itself_has_all_points(tmp_path: Path) -> None:
    (tmp_path / "key").write_text(KEY)
    assert perfect(tmp_path / "key")["all"] == Score.of(23, 23, 23)


@pytest.mark.shared_data
@pytest.mark.skipif(not TST2.exists(), reason="the development data is not beside the project")
def test_the_real_key_against_itself_has_all_points() -> None:
    found = perfect(TST2)
    assert {slot for slot in SLOTS if found[slot].gold and found[slot].f1 != 1} == set()
    assert found["incident type"].gold == 106  # every template, the optional ones too
