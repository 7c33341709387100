"""An answer key in the format of MUC-4, with invented incidents, and templates by a shorter way."""

from kg.extraction.training.muc4 import SLOTS, Fill, Template

LABELS = [
    "MESSAGE: ID",
    "MESSAGE: TEMPLATE",
    "INCIDENT: DATE",
    "INCIDENT: LOCATION",
    "INCIDENT: TYPE",
    "INCIDENT: STAGE OF EXECUTION",
    "INCIDENT: INSTRUMENT ID",
    "INCIDENT: INSTRUMENT TYPE",
    "PERP: INCIDENT CATEGORY",
    "PERP: INDIVIDUAL ID",
    "PERP: ORGANIZATION ID",
    "PERP: ORGANIZATION CONFIDENCE",
    "PHYS TGT: ID",
    "PHYS TGT: TYPE",
    "PHYS TGT: NUMBER",
    "PHYS TGT: FOREIGN NATION",
    "PHYS TGT: EFFECT OF INCIDENT",
    "PHYS TGT: TOTAL NUMBER",
    "HUM TGT: NAME",
    "HUM TGT: DESCRIPTION",
    "HUM TGT: TYPE",
    "HUM TGT: NUMBER",
    "HUM TGT: FOREIGN NATION",
    "HUM TGT: EFFECT OF INCIDENT",
    "HUM TGT: TOTAL NUMBER",
]


def block(message: str, number: str, **slots: str | list[str]) -> str:
    """A template as a key writes it; slots are ``s2``, ``s3`` …, several fills a list, all others empty."""
    lines = []
    for place, label in enumerate(LABELS):
        held = (
            message if place == 0 else number if place == 1 else slots.get(f"s{place}", "*" if number == "*" else "-")
        )
        first, *others = [held] if isinstance(held, str) else held
        lines.append(f"{place}.".ljust(4) + label.ljust(32) + first)
        lines.extend(" " * 36 + other for other in others)
    return "\n".join(lines) + "\n\n"


KEY = (
    ";;; a remark of the annotators\n\n"
    + block(
        "TST9-MUC4-0001",
        "1",
        s2="12 DEC 89",
        s3="CHILE: PUERTO LIND (CITY): ALTAMAR (NEIGHBORHOOD)",
        s4="BOMBING",
        s5="ACCOMPLISHED",
        s6='"CAR BOMB" / "BOMB"',
        s7='VEHICLE BOMB: "CAR BOMB" / "BOMB"',
        s9='"GUERRILLAS"',
        s10='"LIND FRONT" / "LF"',
        s11='(SUSPECTED OR ACCUSED / POSSIBLE): "LIND FRONT" / "LF"',
        s12=['"CHILEAN \\"MAR\\" BANK" / "BANK"', '? "SHOPS"'],
        s16=['SOME DAMAGE: "CHILEAN \\"MAR\\" BANK" / "BANK"'],
        s18='"ANA VANCE"',
        s19=['"JUDGE": "ANA VANCE"', '"GUARDS" / "TWO GUARDS"'],
        s21=['1: "ANA VANCE"', '2: "GUARDS" / "TWO GUARDS"'],
        s23=['DEATH: "ANA VANCE"', '? INJURY: "GUARDS" / "TWO GUARDS"'],
    )
    + block(
        "TST9-MUC4-0001",
        "2 (OPTIONAL)",
        s2="(09 DEC 89) / (- 09 DEC 89)",
        s3="PERU",
        s4="KIDNAPPING",
        s6="*",
        s7="*",
        s19='"STUDENTS" /',
    )
    + block("TST9-MUC4-0002", "*")
)


def template(number: int = 1, *, optional: bool = False, **slots: str | list[str]) -> Template:
    """A template with plain fills: ``incident_type="BOMBING"``; ``FILL: OF`` refers to another fill."""
    fills = {name.replace("_", " "): _fills(values) for name, values in slots.items()}
    assert fills.keys() <= SLOTS.keys()
    return Template("M", number, fills, optional)


def _fills(values: str | list[str]) -> tuple[Fill, ...]:
    return tuple(_fill(value) for value in ([values] if isinstance(values, str) else values))


def _fill(words: str) -> Fill:
    values, _, about = words.lstrip("? ").partition("=")
    return Fill(tuple(values.split("/")), tuple(about.split("/")) if about else (), words.startswith("?"))
