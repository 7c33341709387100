"""Claims as templates, slot by slot."""

from kg.bench.muc4_templates import templates
from kg.claims import Quantity, Time, Value
from kg.extraction.training.muc4 import Fill, Template
from tests.bench.reports import Report

TEXT = (
    "The Lind Front set off a car bomb at the bank in Altamar, Chile, on Tuesday. The bombing killed Ana Vance and "
    "injured six. Gunmen kidnapped Tom Reed."
)


def report() -> Report:
    return Report(TEXT, url="TST9-MUC4-0001", published="1989-12-13")


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
        ("happenedOn", Time("1989-12-12", "Tuesday")),
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
    told.claim(first, "happenedOn", Time("1989-12-12", "Tuesday"))
    told.claim(second, "happenedOn", Time("1989-12-11", "Monday"))
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
