"""Names and values in, XML text out, piece by piece: what the writers of GraphML and GEXF share."""

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import IO
from xml.sax.saxutils import escape, quoteattr

from kg.views import clean

HEAD = '<?xml version="1.0" encoding="UTF-8"?>'


class Keys:
    """The attributes that were met: a short key for each, the one it has in the file, with its name and type."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, str], tuple[str, type]] = {}

    def key(self, owner: str, name: str, value: clean.Plain) -> str:
        """The key of an attribute of a ``node`` or an ``edge``."""
        found = self.known.get((owner, name))
        if found is None:
            found = self.known[owner, name] = f"d{len(self.known)}", type(value)
        return found[0]

    def of(self, owner: str) -> list[tuple[str, str, type]]:
        """Key, name and type of all attributes of ``node`` or ``edge``."""
        return [(key, name, kind) for (whose, name), (key, kind) in self.known.items() if whose == owner]


def element(name: str, attributes: Mapping[str, object], inside: str = "") -> str:
    """One element on one line. Attributes that are None are left out; ``inside`` is XML already."""
    start = f"<{name}" + "".join(f" {key}={_quoted(value)}" for key, value in attributes.items() if value is not None)
    return f"{start}>{inside}</{name}>" if inside else f"{start}/>"


def words(value: clean.Plain) -> str:
    """A value as the text of an element. (Readers make a line feed of a carriage return, unless it is escaped.)"""
    return escape(plain(value)).replace("\r", "&#13;")


def plain(value: object) -> str:
    """A value as XML Schema writes it: truth values in small letters."""
    return str(value).lower() if isinstance(value, bool) else clean.text(value)


@contextmanager
def aside() -> Iterator[IO[bytes]]:
    """A file without a name, for what is known before what has to stand in front of it."""
    with tempfile.TemporaryFile() as file:
        yield file


def written(lines: Iterable[str], out: IO[bytes]) -> None:
    """Each line with a line feed behind it, in UTF-8."""
    for line in lines:
        out.write(f"{line}\n".encode())


def appended(file: IO[bytes], out: IO[bytes]) -> None:
    """All of a file that was put aside, at the end of another."""
    file.seek(0)
    shutil.copyfileobj(file, out, 1 << 20)


def _quoted(value: object) -> str:
    return quoteattr(plain(value))
