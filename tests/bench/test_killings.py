"""Victims and killers, by hand."""

from kg.bench.killings import Killing, of_claims, of_template, score
from kg.bench.scores import Score
from tests.bench.keys import template
from tests.bench.reports import Report


def killing(victim: str, killer: str, *, optional: bool = False) -> Killing:
    return Killing(frozenset(victim.split("/")), frozenset(killer.split("/")), optional)


def test_every_dead_victim_with_every_perpetrator() -> None:
    told = template(
        perpetrator_individual="GUNMEN",
        perpetrator_organization="?LIND FRONT/LF",
        victim_name=["ANA VANCE", "TOM REED"],
        victim_description=["JUDGE=ANA VANCE", "GUARDS/TWO GUARDS"],
        victim_effect=["DEATH=ANA VANCE", "INJURY=TOM REED", "?DEATH=GUARDS"],
    )
    assert list(of_template(told)) == [
        killing("ANA VANCE/JUDGE", "GUNMEN"),
        killing("ANA VANCE/JUDGE", "LIND FRONT/LF", optional=True),
        killing("GUARDS/TWO GUARDS", "GUNMEN", optional=True),
        killing("GUARDS/TWO GUARDS", "LIND FRONT/LF", optional=True),
    ]


def test_claims_tell_of_killers_and_of_those_behind_an_event() -> None:
    report = Report("Gunmen killed Ana Vance. Tom Reed died in a blast of the Lind Front. Ada Orr died in a fire.")
    gunmen = report.thing("Group", "Gunmen", named=False)
    vance, reed, orr = (report.thing("Person", name) for name in ("Ana Vance", "Tom Reed", "Ada Orr"))
    blast = report.thing("Explosion", "blast", named=False)
    front = report.thing("ArmedGroup", "Lind Front")
    fire = report.thing("Fire", "fire", named=False)
    report.claim(vance, "killedBy", gunmen)
    report.claim(reed, "killedBy", blast)
    report.claim(blast, "carriedOutBy", front, stance="alleged")
    report.claim(orr, "killedBy", fire)
    report.claim(orr, "killedBy", front, stance="denied")
    assert list(of_claims(report.extraction)) == [killing("Ana Vance", "Gunmen"), killing("Tom Reed", "Lind Front")]


def test_pairs_are_right_if_both_share_a_word() -> None:
    gold = [
        killing("ANA VANCE", "GUNMEN"),
        killing("TOM REED", "LIND FRONT"),
        killing("ADA ORR", "REBELS", optional=True),
    ]
    found = [killing("Vance", "two gunmen"), killing("Tom Reed", "gunmen"), killing("Ada Orr", "rebels")]
    assert score([found], [gold]) == Score.of(1, 2, 2)
