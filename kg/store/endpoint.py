"""What the user says of a server (an address, or a file with several, and the environment) in; how to reach it out.

A name and a password come from the file or from the environment, never from the command line or an address, which
others can read in lists of processes and in logs.
"""

import os
import stat
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import msgspec

from kg.config import BASE, is_address
from kg.errors import UsageError

USER, PASSWORD = "KG_STORE_USER", "KG_STORE_PASSWORD"


class Endpoint(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A SPARQL 1.1 server: the keys of a settings file (TOML), of which only ``query`` must be there.

    ``update`` is the address of updates if it is another one, ``graphs`` that of the graph store protocol (then whole
    documents are sent there, which some servers take where they refuse a long update). ``merged`` names the graph that
    holds the merged view; unless given, that is the server's default graph if it stands by itself and is empty, else
    ``BASEmerged``. ``base`` is what the names of our graphs begin with.
    ``queries`` tells where they are answered: ``here`` fetches all graphs first, for servers that answer wrongly, and
    graphs that fit into memory. ``most_bytes`` is the size of a request that the server takes,
    ``most_rows`` how many rows are asked for at once, ``seconds`` how long an answer may take. ``plain_password`` lets
    a password leave this computer as plain text. ``authority`` is a file with the certificates to trust.
    """

    query: str
    update: str | None = None
    graphs: str | None = None
    merged: str | None = None
    base: str = BASE
    user: str | None = None
    password: str | None = None
    queries: Literal["there", "here"] = "there"
    most_bytes: int = 200_000
    most_rows: int = 5_000
    seconds: float = 120.0
    plain_password: bool = False
    authority: str | None = None

    def __repr__(self) -> str:
        """Without the password: what is shown somewhere is written down somewhere."""
        return f"Endpoint({self.query!r})"

    @property
    def updates(self) -> str:
        """Where updates go."""
        return self.update or self.query


def endpoint(store: Path | str, environment: Mapping[str, str] = os.environ) -> Endpoint:
    """The server behind an address or a settings file, with the name and the password of the environment, if any.

    Raises :class:`kg.errors.UsageError` for a file that can't be used, or an address with a password in it.
    """
    found = Endpoint(query=str(store)) if is_address(store) else _of_file(Path(store))
    for address in (found.query, found.update, found.graphs):
        if address is not None:
            _check_address(address)
    given = {"user": environment.get(USER), "password": environment.get(PASSWORD)}
    return msgspec.structs.replace(found, **{name: value for name, value in given.items() if value})


def _of_file(file: Path) -> Endpoint:
    try:
        settings = tomllib.loads(file.read_text(encoding="utf-8"))
        found = msgspec.convert(settings, Endpoint)
    except OSError as error:
        raise UsageError(f"{file} can't be read: {error.strerror}. Name a settings file, or an address.") from error
    except (ValueError, msgspec.ValidationError) as error:
        raise UsageError(f"{file} is no settings file of a server: {' '.join(str(error).split())}.") from error
    if found.password and os.name == "posix" and file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise UsageError(f"Others may read the password in {file}. Let them not: chmod 600 {file}")
    return found


def _check_address(address: str) -> None:
    try:
        parts = urlsplit(address)
        whole = parts.scheme in {"http", "https"} and bool(parts.hostname)
        named = parts.username is not None or parts.password is not None
    except ValueError:
        whole = named = False
    if named:
        raise UsageError(f"Put no name or password into an address: set {USER} and {PASSWORD}, or use a settings file.")
    if not whole:
        raise UsageError(f"“{address}” is no address of a server. Write it as https://HOST/PATH.")
