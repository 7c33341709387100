"""What a comparison of two names says: the band, a score, and the reasons in words."""

from typing import Literal as OneOf

import msgspec

Band = OneOf["same", "hard", "different"]


class Likeness(msgspec.Struct, frozen=True):
    """``same``: one name, rare enough to count. ``different``: something contradicts. ``hard``: it fits, or may fit.

    ``score`` runs from 0 (contradicted) to 1; it is comparable within one kind of things.
    """

    band: Band
    score: float
    reasons: tuple[str, ...]


def same(score: float, *reasons: str) -> Likeness:
    """One name."""
    return Likeness("same", round(min(score, 1.0), 2), reasons)


def hard(score: float, *reasons: str) -> Likeness:
    """A name that fits, or may fit, and proves nothing."""
    return Likeness("hard", round(min(score, 1.0), 2), reasons)


def different(*reasons: str) -> Likeness:
    """Two names."""
    return Likeness("different", 0.0, reasons)
