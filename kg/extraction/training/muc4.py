"""Answer keys of MUC-4 in, typed templates out: who did what to whom, where, when and with what, by message.

The slots and the way fills are written are those of the task's documentation (``templ-doc``: template-doc-part1.v7,
sections 2 to 4 and 7): ``/`` parts answers that are equally good, ``?`` marks a fill that may be left out, ``-`` is no
answer, ``*`` a slot that does not apply, and ``FILL: "STRING"`` refers to the fill of another slot.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Literal

import msgspec

Kind = Literal["set", "date", "location", "string", "number"]

SLOTS: Mapping[str, tuple[int, Kind]] = {
    "incident date": (2, "date"),
    "incident location": (3, "location"),
    "incident type": (4, "set"),
    "incident stage": (5, "set"),
    "instrument id": (6, "string"),
    "instrument type": (7, "set"),
    "perpetrator category": (8, "set"),
    "perpetrator individual": (9, "string"),
    "perpetrator organization": (10, "string"),
    "perpetrator confidence": (11, "set"),
    "target id": (12, "string"),
    "target type": (13, "set"),
    "target number": (14, "number"),
    "target nation": (15, "set"),
    "target effect": (16, "set"),
    "target total": (17, "number"),
    "victim name": (18, "string"),
    "victim description": (19, "string"),
    "victim type": (20, "set"),
    "victim number": (21, "number"),
    "victim nation": (22, "set"),
    "victim effect": (23, "set"),
    "victim total": (24, "number"),
}
"""Every slot that is scored, with its number in the keys and the kind of its fills."""


class Fill(msgspec.Struct, frozen=True):
    """One answer of a slot: ``values`` are equally good. ``about`` names the fill of another slot it belongs to."""

    values: tuple[str, ...]
    about: tuple[str, ...] = ()
    optional: bool = False


class Template(msgspec.Struct, frozen=True):
    """One incident of a message. An ``optional`` one may be left out; ``inapplicable`` slots are not scored."""

    message: str
    number: int
    fills: Mapping[str, tuple[Fill, ...]]
    optional: bool = False
    inapplicable: frozenset[str] = frozenset()

    def of(self, slot: str) -> tuple[Fill, ...]:
        """The fills of a slot, none if it is empty."""
        return self.fills.get(slot, ())


class Message(msgspec.Struct, frozen=True):
    """One text of the corpus. ``published`` is the date of its dateline as ISO 8601, where it has one."""

    id: str
    text: str
    published: str | None


# ---- answer keys ------------------------------------------------------------------------------------------------


def templates(path: Path) -> dict[str, list[Template]]:
    """The templates of every message of a key file; messages that tell of no incident have an empty list."""
    out = dict[str, list[Template]]()
    text = path.read_text(encoding="ascii", errors="replace").replace('\\"', "")  # quotation marks inside a fill
    for rows in _blocks(text.splitlines()):
        held = out.setdefault(rows[0][0].split()[0], [])
        if rows[1][0].strip() != "*":
            held.append(_template(rows))
    return out


def _blocks(lines: Iterable[str]) -> Iterator[dict[int, list[str]]]:
    """The lines of each template: what stands in every slot, by its number."""
    rows, slot = dict[int, list[str]](), -1
    for line in lines:
        begins = re.match(r"(\d+)\.\s+[A-Z ]+:(?: [A-Z]+)+\s*(.*)", line)
        if begins and begins[1] == "0" and rows:
            yield rows
            rows = {}
        if begins:
            slot = int(begins[1])
            rows[slot] = [line[_COLUMN:].strip()]
        elif line[:1].isspace() and line.strip() and slot >= 0:
            rows[slot].append(line.strip())
    if rows:
        yield rows


_COLUMN = 36
"""Where the fills begin in a line of a key."""


def _template(rows: Mapping[int, list[str]]) -> Template:
    number = rows[1][0].split()[0]
    fills, inapplicable = dict[str, tuple[Fill, ...]](), set[str]()
    for slot, (place, kind) in SLOTS.items():
        cells = rows.get(place, [])
        if "*" in cells:
            inapplicable.add(slot)
        read = tuple(_fill(cell, kind) for cell in _joined(cells) if cell not in ("", "-", "*"))
        if read:
            fills[slot] = read
    return Template(rows[0][0].split()[0], int(number), fills, "OPTIONAL" in rows[1][0], frozenset(inapplicable))


def _joined(cells: Iterable[str]) -> Iterator[str]:
    """A line that ends in a slash goes on in the next one."""
    held = ""
    for cell in cells:
        held = f"{held} {cell}".strip()
        if not held.endswith("/"):
            yield held
            held = ""
    if held:
        yield held.rstrip("/ ")


def _fill(cell: str, kind: Kind) -> Fill:
    optional = cell.startswith("?")
    words = cell.lstrip("? ")
    if kind in ("date", "location"):
        return Fill(tuple(_bare(part) for part in _parts(words, "/")), (), optional)
    values, *about = _parts(words, ":")
    named = _parts(about[0].lstrip("? "), "/") if about else []
    return Fill(tuple(map(_bare, _parts(_unwrapped(values), "/"))), tuple(map(_bare, named)), optional)


def _parts(words: str, sign: str) -> list[str]:
    """Cut at a sign that stands outside quotation marks and brackets."""
    parts, depth, quoted = [""], 0, False
    for letter in words:
        quoted ^= letter == '"'
        if not quoted:
            depth += (letter == "(") - (letter == ")")
        if letter == sign and not quoted and depth == 0:
            parts.append("")
        else:
            parts[-1] += letter
    return [part.strip() for part in parts if part.strip()]


def _bare(value: str) -> str:
    """Without quotation marks, question mark and the brackets around the whole."""
    return _unwrapped(value.lstrip("? ")).strip('" ')


def _unwrapped(value: str) -> str:
    """``(A) / (B)`` and ``A (CITY)`` as they are, ``(A / B)`` without its brackets."""
    inner = value.strip()[1:-1]
    whole = value.strip().startswith("(") and value.strip().endswith(")") and _parts(inner, ")") == [inner.strip()]
    return inner.strip() if whole else value.strip()


# ---- texts ------------------------------------------------------------------------------------------------------


_MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()
_DATELINE = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(_MONTHS)})[A-Z]* (\d\d)\b")


def messages(path: Path) -> Iterator[Message]:
    """The texts of a file, with lines joined to paragraphs."""
    for part in re.split(r"^(?=[A-Z0-9]+-MUC\d-\d{4})", path.read_text(encoding="ascii", errors="replace"), flags=re.M):
        name, _, rest = part.partition("\n")
        if name.strip():
            paragraphs = [" ".join(words.split()) for words in re.split(r"\n\s*\n", rest) if words.strip()]
            text = "\n\n".join(paragraphs)
            yield Message(name.split()[0], text, iso_date(text[:200]))


def iso_date(words: str) -> str | None:
    """The first date written as ``20 NOV 89``, as ``1989-11-20``."""
    found = _DATELINE.search(words)
    return f"19{found[3]}-{_MONTHS.index(found[2]) + 1:02}-{int(found[1]):02}" if found else None
