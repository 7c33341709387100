"""Two records in, the verdict on their being one thing out, as a sum of log-odds (Fellegi and Sunter 1969).

The weights are data (``data/weights.toml``), fitted once to the odd half of the matching gold set and then fixed.
"""

import math
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import combinations
from pathlib import Path

import msgspec

from kg.claims import Verdict
from kg.config import BASE
from kg.resolution.evidence import Evidence, evidence
from kg.resolution.kinds import Family
from kg.resolution.records import Record, blocking_keys

JUDGE = "machine:evidence/2"
RARE_SURNAME = 0.45
"""The score of a surname alone that isn't among the common ones."""
_ONE_WORLD = frozenset({"same country", "same setting", "shared neighbours"})

_FILE = Path(__file__).with_name("data") / "weights.toml"


class Weights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Log-odds, natural logarithm: ``prior`` for any two records that share a block, and one for each sort of evidence.

    A sum of at least ``same`` is one thing; below ``different`` it is two; in between it waits for a person.
    """

    same: float
    different: float
    prior: float
    parts: Mapping[str, float]


class Comparison(msgspec.Struct, frozen=True):
    """What the machine holds of two records. ``score`` is a probability, ``log_odds`` the sum it comes from."""

    verdict: Verdict
    score: float
    log_odds: float
    reasons: tuple[str, ...]


def compare(left: Record, right: Record) -> Comparison:
    """Judge two records. Of different families (a person and a place) they are two things; the order doesn't matter."""
    left, right = sorted((left, right), key=lambda each: (each.document, each.entity))
    if left.family != right.family:
        return Comparison("different", 0.0, -math.inf, ("things of unlike kinds",))
    found = evidence(left, right)
    if found.veto:
        return Comparison("different", 0.0, -math.inf, (found.veto,))
    judged = weighed(found, left.family)
    if judged.verdict == "same" and left.family == "person" and not is_backed(found):
        return msgspec.structs.replace(judged, verdict="unsure")
    return judged


def weighed(found: Evidence, of: Family) -> Comparison:
    """What evidence amounts to by the weights of a family; what vetoes is not looked at."""
    held = weights()[of]
    total = log_odds(found, held)
    verdict: Verdict = "same" if total >= held.same else "different" if total < held.different else "unsure"
    return Comparison(verdict, round(1 / (1 + math.exp(-total)), 4), total, found.reasons)


def is_backed(found: Evidence) -> bool:
    """Whether more than a name that proves nothing speaks for one person.

    The gold set has few bearers of one common name, an archive has many: what joins them must not be the weights alone.
    A full name that many bear needs the same position or two shared neighbours. So does a surname alone; if many bear
    it, or it is another word of the name than the surname, the position isn't enough without a country, a setting or a
    neighbour (of Hassans some are generals). For a rare surname any neighbour or the same setting will do.
    """
    parts = found.parts
    if "name hard" not in parts:
        return True
    if parts.get("shared neighbours", 0) >= 0.5:
        return True
    alone = "surname only" in parts or "surname only, both" in parts
    rare = alone and parts["name hard, how rare"] >= RARE_SURNAME
    if "same position" in parts:
        return not alone or rare or not parts.keys().isdisjoint(_ONE_WORLD)
    return rare and ("shared neighbours" in parts or "same setting" in parts)


def log_odds(found: Evidence, held: Weights) -> float:
    """The weighted sum of evidence."""
    return held.prior + sum(held.parts.get(part, 0.0) * value for part, value in found.parts.items())


def candidates(records: Iterable[Record]) -> list[tuple[Record, Record]]:
    """The pairs of records of different documents and one family that share a blocking key, in a fixed order."""
    blocks: dict[str, set[tuple[str, str]]] = defaultdict(set)
    placed = {_place(record): record for record in records}
    for place, record in placed.items():
        for key in blocking_keys(record):
            blocks[key].add(place)
    pairs = {pair for block in blocks.values() for pair in combinations(sorted(block), 2)}
    found = [(placed[one], placed[two]) for one, two in sorted(pairs)]
    return [(left, right) for left, right in found if left.document != right.document and left.family == right.family]


def record_iri(record: Record, base: str = BASE) -> str:
    """The IRI under which a record is judged."""
    return f"{base}doc/{record.document}/{record.entity}"


@cache
def weights() -> Mapping[str, Weights]:
    """The weights that the package ships, by family of kinds."""
    return msgspec.convert(tomllib.loads(_FILE.read_text(encoding="utf-8")), dict[str, Weights])


def _place(record: Record) -> tuple[str, str]:
    return record.document, record.entity
