"""What the operator decides: one value that every part of the server gets."""

import os
import re
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from kg.config import BASE
from kg.errors import UsageError
from kg.web.stores import base_of, make_plain

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})

# Shorter ones are guessed; 16 letters and digits are 95 bits.
_SHORTEST_TOKEN = 16

MEGABYTE = 1 << 20


class Token(NamedTuple):
    """What a writer has to show, and the name by which the log tells who wrote."""

    name: str
    secret: str


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """How the server runs. Times are seconds, sizes bytes; ``rate`` is requests a second from one address."""

    store: Path
    base: str | None = BASE
    """The base of the graph's own IRIs; none for a plain store, in which every graph may be written."""
    host: str = "127.0.0.1"
    port: int = 8000
    url: str | None = None
    """The address that others know the server by, without a slash at its end."""
    read_only: bool = False
    token: str | None = None
    writer: str = "unnamed"
    """Whose token it is, by name, for the log."""
    token_place: str = ""
    """Where its holders find it, for the greeting."""
    timeout: float = 30.0
    workers: int = 2
    memory: int = 1024 * MEGABYTE
    """For each worker, beyond what it has when it starts."""
    answer_limit: int = 256 * MEGABYTE
    body_limit: int = 64 * MEGABYTE
    rate: float = 100.0
    services: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    """Web pages elsewhere that may read: none, some origins, or ``*``."""
    waiting: int = 64
    """How many requests may wait for a worker."""
    snapshot_pause: float = 1.0
    """How long an old snapshot is good enough while somebody else keeps writing."""

    @property
    def plain(self) -> bool:
        """Whether the store holds no knowledge graph of articles."""
        return self.base is None

    @property
    def writable(self) -> bool:
        """Whether anybody can write."""
        return not self.read_only and self.token is not None


def chosen(
    store: Path,
    *,
    plain: bool,
    token_file: Path | None,
    memory: int,
    max_answer: int,
    workers: int | None,
    **asked: Any,
) -> Settings:
    """The settings that a command line asks for; ``memory`` and ``max_answer`` are megabytes.

    A plain store is made if it isn't there. Raises :class:`kg.errors.KgError` for what can't be.
    """
    token = token_from(token_file)
    url = asked.pop("url")
    if url is not None and not re.fullmatch(r"https?://[^/?#@\s]+(?:/[^?#\s]*)?", url):
        raise UsageError("--url takes an address like https://example.org.")
    if plain:
        make_plain(store)
    return Settings(
        store=store,
        base=None if plain else base_of(store),
        url=url.rstrip("/") if url else None,
        token=token.secret if token else None,
        writer=token.name if token else "unnamed",
        token_place=str(token_file) if token_file else "KG_TOKEN",
        memory=memory * MEGABYTE,
        answer_limit=max_answer * MEGABYTE,
        workers=workers or _default_workers(),
        **asked,
    )


def _default_workers() -> int:
    """One for each core, two at least, so that a long query leaves room for a short one."""
    return min(max(os.cpu_count() or 2, 2), 8)


def token_from(file: Path | None) -> Token | None:
    """The token of a file, else of the environment (``KG_TOKEN``), else none. ``NAME TOKEN`` gives it a name.

    Raises :class:`kg.errors.UsageError` for one that is too short or can't be sent.
    """
    try:
        written = file.read_text(encoding="utf-8").strip() if file else os.environ.get("KG_TOKEN", "").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"The token can't be read from {file}: {error}.") from error
    if not written and file is None:
        return None
    name, _, token = written.rpartition(" ")
    if len(token) < _SHORTEST_TOKEN or not written.isascii() or not written.isprintable() or " " in name.strip():
        raise UsageError(
            f"A token is {_SHORTEST_TOKEN} letters and digits or more (`openssl rand -hex 16` makes one), with a name "
            "and a space before it if it shall have one."
        )
    return Token(name.strip() or "unnamed", token)
