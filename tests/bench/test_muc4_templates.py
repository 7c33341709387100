"""Claims as templates, slot by slot."""

from kg.bench.muc4_templates import templates
from kg.claims import Quantity, Time, Value
from kg.extraction.training.muc4 import Fill, Template
from tests.bench.reports import Report

TEXT = (
    "The Lind Front set off a car bomb at the bank in Altamar, Chile, on Tuesday. The bombing killed Ana Vance and "
    "injured six. Gunmen kidnapped Tom Reed."
)


def report(text: str = TEXT) -> Report:
    return Report(text, url="TST9-MUC4-0001", published="1989-12-13")


def only(slots: Template, *names: str) -> dict[str, tuple[Fill, ...]]:
    return {name: slots.of(name) for name in names}


def test_a_bombing() -> None:
    told = report()
    bombing, front = told.thing("Bombing", "bombing", named=False), told.thing("ArmedGroup", "The Lind Front")
    bomb, bank = told.thing("Weapon", "car bomb", named=False), told.thing("Building", "bank", named=False)
    altamar, chile, vance = (
        told.thing("City", "Altamar"),
        told.thing("Country", "Chile"),
        told.thing("Person", "Ana Vance"),
    )
    roles: list[tuple[str, str | Value]] = [
        ("carriedOutBy", front),
        ("weapon", bomb),
        ("target", bank),
        ("happenedIn", altamar),
        ("happenedOn", Time("1989-12-12", "yesterday")),
        ("injuries", Quantity(6, 6, "six")),
    ]
    for predicate, other in roles:
        told.claim(bombing, predicate, other)
    told.claim(altamar, "locatedIn", chile)
    told.claim(vance, "killedBy", bombing)
    [found] = templates(told.extraction)
    assert found.message == "TST9-MUC4-0001"
    assert {slot: fills for slot, fills in found.fills.items() if slot.startswith("incident")} == {
        "incident type": (Fill(("BOMBING",)),),
        "incident stage": (Fill(("ACCOMPLISHED",)),),
        "incident date": (Fill(("12 DEC 89",)),),
        "incident location": (Fill(("CHILE: ALTAMAR (CITY)",)),),
    }
    assert only(found, "instrument id", "instrument type", "target id", "perpetrator organization") == {
        "instrument id": (Fill(("CAR BOMB",)),),
        "instrument type": (Fill(("VEHICLE BOMB",), ("CAR BOMB",)),),
        "target id": (Fill(("BANK",)),),
        "perpetrator organization": (Fill(("LIND FRONT",)),),
    }
    assert only(found, "victim name", "victim number", "victim effect", "perpetrator confidence") == {
        "victim name": (Fill(("ANA VANCE",)),),
        "victim number": (Fill(("1",), ("ANA VANCE",)),),
        "victim effect": (Fill(("DEATH",), ("ANA VANCE",)),),
        "perpetrator confidence": (Fill(("REPORTED AS FACT",), ("LIND FRONT",)),),
    }


def test_a_kidnapping_has_no_instrument_and_no_day_but_that_of_the_report() -> None:
    told = report()
    taking, reed = told.thing("Kidnapping", "kidnapped", named=False), told.thing("Person", "Tom Reed")
    gunmen = told.thing("Group", "Gunmen", named=False)
    told.claim(taking, "victim", reed)
    told.claim(taking, "carriedOutBy", gunmen)
    told.claim(taking, "weapon", told.thing("Weapon", "car bomb", named=False))
    [found] = templates(told.extraction)
    assert found.of("incident type") == (Fill(("KIDNAPPING",)),)
    assert found.of("incident date") == (Fill(("- 13 DEC 89",)),)
    assert found.of("perpetrator individual") == (Fill(("GUNMEN",)),)
    assert not found.of("instrument id")
    assert not found.of("victim effect")


def test_events_are_one_incident_unless_something_differs() -> None:
    told = report()
    first, second = (told.thing("Bombing", "bombing", named=False) for _ in range(2))
    told.claim(first, "deaths", Quantity(2, None, "two"))
    told.claim(second, "injuries", Quantity(0, 0, "none"))
    [one] = templates(told.extraction)
    assert one.of("victim effect") == (Fill(("DEATH",), ("-",)), Fill(("NO INJURY",), ("-",)))
    told.claim(first, "happenedOn", Time("1989-12-12", "yesterday"))
    told.claim(second, "happenedOn", Time("1989-12-11", "on 11 December"))
    assert len(templates(told.extraction)) == 2


def test_an_event_of_which_nothing_is_told_is_no_incident() -> None:
    told = report()
    told.claim(told.thing("Bombing", "bombing", named=False), "happenedIn", told.thing("City", "Altamar"))
    assert templates(told.extraction) == []


def test_a_killing_by_somebody_is_an_attack() -> None:
    told = report()
    told.claim(told.thing("Person", "Ana Vance"), "killedBy", told.thing("ArmedGroup", "Lind Front"), stance="alleged")
    [found] = templates(told.extraction)
    assert found.of("incident type") == (Fill(("ATTACK",)),)
    assert found.of("perpetrator confidence") == (Fill(("SUSPECTED OR ACCUSED",), ("LIND FRONT",)),)


def test_weekdays_and_months_are_ranges() -> None:
    for time, date in (
        (Time("1989-12-12", "on Tuesday"), "- 13 DEC 89"),
        (Time("1989-11", ""), "01 NOV 89 - 30 NOV 89"),
    ):
        told = report()
        bombing = told.thing("Bombing", "bombing", named=False)
        told.claim(bombing, "deaths", Quantity(2, 2, "two"))
        told.claim(bombing, "happenedOn", time)
        [found] = templates(told.extraction)
        assert found.of("incident date") == (Fill((date,)),)


def test_the_act_is_of_terror_unless_the_state_did_it() -> None:
    for killer, category in (("soldiers", "STATE-SPONSORED VIOLENCE"), ("hooded men", "TERRORIST ACT")):
        told = report(f"Ana Vance was killed by {killer}.")
        told.claim(told.thing("Person", "Ana Vance"), "killedBy", told.thing("Group", killer, named=False))
        [found] = templates(told.extraction)
        assert found.of("perpetrator category") == (Fill((category,)),)


def test_a_victim_stands_once_under_the_fullest_name_with_office_and_type() -> None:
    told = report("The murder of Vance: gunmen shot Ana Maria Vance, mayor of Altamar.")
    murder, gunmen = told.thing("Assassination", "murder", named=False), told.thing("Group", "gunmen", named=False)
    whole, short = told.thing("Person", "Ana Maria Vance"), told.thing("Person", "Vance")
    told.claim(whole, "holdsPosition", told.thing("Position", "mayor of Altamar"))
    told.claim(murder, "victim", short)
    told.claim(whole, "killedBy", gunmen)
    [found] = templates(told.extraction)
    about = ("ANA MARIA VANCE",)
    assert only(found, "victim name", "victim description", "victim type", "victim number", "victim effect") == {
        "victim name": (Fill(about),),
        "victim description": (Fill(("MAYOR OF ALTAMAR",), about),),
        "victim type": (Fill(("GOVERNMENT OFFICIAL",), about),),
        "victim number": (Fill(("1",), about),),
        "victim effect": (Fill(("DEATH",), about),),
    }


def test_a_toll_tells_of_whom_it_counts() -> None:
    told = Report("The blast killed two young teachers.", url="TST9-MUC4-0002", published="1989-12-13")
    told.claim(told.thing("Explosion", "blast", named=False), "deaths", Quantity(2, 2, "two"))
    [found] = templates(told.extraction)
    assert only(found, "victim description", "victim number", "victim effect") == {
        "victim description": (Fill(("YOUNG TEACHERS",)),),
        "victim number": (Fill(("2",), ("YOUNG TEACHERS",)),),
        "victim effect": (Fill(("DEATH",), ("YOUNG TEACHERS",)),),
    }


def test_deeds_between_people_are_incidents_of_their_own_kind() -> None:
    told = report()
    gunmen = told.thing("Group", "Gunmen", named=False)
    told.claim(told.thing("Person", "Tom Reed"), "kidnappedBy", gunmen)
    told.claim(gunmen, "attacked", told.thing("Building", "bank", named=False))
    taken, hit = templates(told.extraction)
    assert (taken.of("incident type"), hit.of("incident type")) == ((Fill(("KIDNAPPING",)),), (Fill(("ATTACK",)),))
    assert hit.of("target type") == (Fill(("FINANCIAL",), ("BANK",)),)
    assert hit.of("perpetrator individual") == (Fill(("GUNMEN",)),)


def test_battles_are_left_out() -> None:
    told = report("The rebels killed four soldiers.")
    soldiers, rebels = told.thing("Group", "four soldiers", named=False), told.thing("Group", "rebels", named=False)
    told.claim(soldiers, "killedBy", rebels)
    assert templates(told.extraction) == []


def test_old_stories_and_other_countries_are_left_out() -> None:
    words = "The bombing in Oslo, Norway, killed two."
    for old in (True, False):
        told = report(words)
        bombing, oslo = told.thing("Bombing", "bombing", named=False), told.thing("City", "Oslo")
        told.claim(bombing, "deaths", Quantity(2, 2, "two"))
        assert len(templates(told.extraction)) == 1
        if old:
            told.claim(bombing, "happenedOn", Time("1988-02-01", ""))
        else:
            told.claim(bombing, "happenedIn", oslo)
            told.claim(oslo, "locatedIn", told.thing("Country", "Norway"))
        assert templates(told.extraction) == []


def test_the_capital_of_the_dateline_tells_the_country() -> None:
    told = Report("LIMA, 13 DEC 89 -- A bomb killed two.", url="TST9-MUC4-0003", published="1989-12-13")
    told.claim(told.thing("Bombing", "bomb", named=False), "deaths", Quantity(2, 2, "two"))
    [found] = templates(told.extraction)
    assert found.of("incident location") == (Fill(("PERU",)),)


RAIDS = "Rebels shot Ana Vance in Altamar last night. A bomb hurt Tom Reed. The Lind Front denied it."


def test_what_hits_others_in_another_sentence_is_another_incident() -> None:
    told = report(RAIDS)
    first, second = (told.thing("Attack", name, named=False) for name in ("shot", "bomb"))
    vance, reed = told.thing("Person", "Ana Vance"), told.thing("Person", "Tom Reed")
    told.claim(first, "victim", vance, words=RAIDS[:44])
    told.claim(second, "victim", reed, words="A bomb hurt Tom Reed.")
    one, other = templates(told.extraction)
    assert (one.of("victim name"), other.of("victim name")) == ((Fill(("ANA VANCE",)),), (Fill(("TOM REED",)),))
    assert other.of("victim effect") == (Fill(("INJURY",), ("TOM REED",)),)


def test_who_is_kidnapped_and_killed_is_so_in_one_incident() -> None:
    told = report()
    taking, murder = told.thing("Kidnapping", "kidnapped", named=False), told.thing("Attack", "set off", named=False)
    reed = told.thing("Person", "Tom Reed")
    told.claim(taking, "victim", reed, words="Gunmen kidnapped Tom Reed.")
    told.claim(reed, "killedBy", murder, words="The bombing killed Ana Vance")
    [found] = templates(told.extraction)
    assert found.of("incident type") == (Fill(("KIDNAPPING",)),)
    assert found.of("victim effect") == (Fill(("DEATH",), ("TOM REED",)),)


def test_the_sentence_tells_the_night_and_the_only_place() -> None:
    told = report(RAIDS)
    attack, vance = told.thing("Attack", "shot", named=False), told.thing("Person", "Ana Vance")
    altamar, chile = told.thing("City", "Altamar"), told.thing("Country", "Chile", "Rebels")
    told.claim(altamar, "locatedIn", chile)
    told.claim(attack, "victim", vance, time="1989-12-12", words=RAIDS[:44])
    [found] = templates(told.extraction)
    assert found.of("incident date") == (Fill(("12 DEC 89 - 13 DEC 89",)),)
    assert found.of("incident location") == (Fill(("CHILE: ALTAMAR (CITY)",)),)


def test_rebels_belong_to_the_movement_that_is_named() -> None:
    for rebels in ("rebels", "Lind Front gunmen"):
        told = report(f"The {rebels} shot Ana Vance. The Lind Front and the Red Union were silent.")
        shooting, vance = told.thing("Attack", "shot", named=False), told.thing("Person", "Ana Vance")
        told.thing("Organization", "Red Union")
        told.thing("Organization", "Lind Front", "The Lind Front")
        told.claim(shooting, "victim", vance)
        told.claim(shooting, "carriedOutBy", told.thing("Group", rebels, named=False))
        [found] = templates(told.extraction)
        assert found.of("perpetrator individual") == (Fill((rebels.upper(),)),)
        assert found.of("perpetrator organization") == (Fill(("LIND FRONT",)),)


def test_an_event_named_after_its_dead_is_an_attack_but_not_if_they_are_nobody_in_particular() -> None:
    told = report("Villagers were killed.")
    killing = told.thing("Event", "killing of villagers", "killed", named=False)
    told.claim(killing, "victim", told.thing("Group", "villagers", "Villagers", named=False))
    assert templates(told.extraction) == []
    told.claim(killing, "deaths", Quantity(3, 3, "three"))
    [found] = templates(told.extraction)
    assert found.of("incident type") == (Fill(("ATTACK",)),)
