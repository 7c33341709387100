"""Reads ``cases.txt``: texts, and what a careful reader takes from each."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kg.claims import Claim, Document, EntityRef, Extraction, Quantity

FILE = Path(__file__).parent / "cases.txt"


@dataclass(slots=True)
class Case:
    """One text with its expectations; each is subject, predicate, object, stance, time."""

    text: str
    published: str
    must: list[list[str]] = field(default_factory=list)
    must_not: list[list[str]] = field(default_factory=list)

    @property
    def document(self) -> Document:
        """The text as a document."""
        return Document("0" * 16, self.text, published=self.published)


def read(file: Path = FILE) -> list[Case]:
    """All cases of the file."""
    return list(_cases(file))


def _cases(file: Path) -> Iterator[Case]:
    published, case = "", None
    for line in [*file.read_text(encoding="utf-8").splitlines(), ""]:
        mark, rest = line[:2], line[2:]
        if mark == "@ ":
            published = rest.strip()
        elif case is not None and mark in ("= ", "! "):
            parts = [p.strip() for p in rest.split("|")]
            (case.must if mark == "= " else case.must_not).append(parts)
        elif not line.strip():
            if case is not None:
                yield case
            case = None
        elif mark != "# " and line != "#":
            case = Case(line, published)


def matches(found: Extraction, expected: list[str]) -> bool:
    """Whether some claim is what is expected."""
    return any(_matches(found, claim, expected) for claim in found.claims)


def _matches(found: Extraction, claim: Claim, expected: list[str]) -> bool:
    subject, predicate, other, *more = expected
    stance, time = [*more, "asserted", ""][0] if more else "asserted", more[1] if len(more) > 1 else None
    return (
        claim.predicate == predicate
        and claim.stance == stance
        and (time is None or claim.time == time)
        and _is(_name(found, claim.subject), subject)
        and _is(value(found, claim), other)
    )


def _is(found: str, expected: str) -> bool:
    return (
        expected == "*" or found == expected or expected.lower() in found.lower().split("; ") or _ends(found, expected)
    )


def _ends(found: str, expected: str) -> bool:
    """A description may have more words than expected ("a U.S. drone strike"); a name may not."""
    return expected.islower() and not found.istitle() and expected in found.lower()


def _name(found: Extraction, entity: str) -> str:
    known = next(e for e in found.entities if e.id == entity)
    return "; ".join([known.name, *known.aliases]) if known.kind == "Position" else known.name


def value(found: Extraction, claim: Claim) -> str:
    """The object of a claim in words; a count as ``30..`` (at least), ``..30`` or ``30``."""
    match claim.object:
        case EntityRef(id=entity):
            return _name(found, entity)
        case Quantity(low=low, high=high):
            left, right = ("" if n is None else f"{n:g}" for n in (low, high))
            return left if left == right else f"{left}..{right}"
        case other:
            return other.value


def shown(found: Extraction) -> list[str]:
    """All claims in words, for messages."""
    return [
        f"{_name(found, c.subject)} | {c.predicate} | {value(found, c)} | {c.stance} | {c.time}" for c in found.claims
    ]
