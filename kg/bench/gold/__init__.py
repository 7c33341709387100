"""Our own gold passages: short pieces of news prose in, each with every claim that a careful reader takes from it, out.

``README.md`` beside this file says how they were made and how they are to be matched.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec

from kg.claims import Stance

_FILES = tuple(Path(__file__).with_name(name) for name in ("passages.toml", "second.toml"))

_NAMES = frozenset({"subject", "object", "speaker", "via", "name", "kind"})
"""Keys that hold one name, or a list of names of the same thing."""


class Amount(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A number with its bounds, as in :class:`kg.claims.Quantity`; a bound that is left out is open."""

    low: float | None = None
    high: float | None = None
    approximate: bool = False
    unit: str | None = None

    def __post_init__(self) -> None:
        if self.low is None and self.high is None:
            raise ValueError("an amount needs a bound")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError("an amount's lower bound is above its upper one")


class GoldClaim(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One claim of a passage. Several names are several fair names of one thing, the first the best.

    The words of a time or a text stand as the one name of ``object``. ``optional`` claims are neither demanded nor
    counted wrong.
    """

    subject: tuple[str, ...]
    predicate: str
    object: tuple[str, ...] | Amount
    time: str | None = None
    speaker: tuple[str, ...] = ()
    via: tuple[str, ...] = ()
    stance: Stance = "asserted"
    optional: bool = False


class GoldEvent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An event that the claims speak of, with the kinds that fit it, the best first."""

    name: tuple[str, ...]
    kind: tuple[str, ...]


class Passage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One passage, read as a whole document of that day. Nothing asserted may be read from a ``trap``."""

    id: str
    published: str
    text: str
    source: str | None = None
    trap: bool = False
    events: tuple[GoldEvent, ...] = msgspec.field(default=(), name="event")
    claims: tuple[GoldClaim, ...] = msgspec.field(default=(), name="claim")


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    passage: tuple[Passage, ...]


@cache
def passages() -> tuple[Passage, ...]:
    """All passages, in the order of the files."""
    return tuple(passage for file in _FILES for passage in parse(file.read_text(encoding="utf-8")))


def parse(toml: str) -> tuple[Passage, ...]:
    """The passages of a file's text. A key that is unknown or missing raises :class:`msgspec.ValidationError`."""
    return msgspec.convert(_listed(tomllib.loads(toml)), _File).passage


def digest() -> str:
    """The first 16 hex digits of the SHA-256 of all files: scores are comparable only over the same passages."""
    return sha256(b"".join(file.read_bytes() for file in _FILES)).hexdigest()[:16]


def _listed(value: Any) -> Any:
    """The parsed file, one name written as a list of one."""
    if isinstance(value, Mapping):
        return {
            key: [each] if key in _NAMES and isinstance(each, str) else _listed(each) for key, each in value.items()
        }
    if isinstance(value, list):
        return [_listed(each) for each in value]
    return value
