"""Paths go in, regular files come out; folders are walked in a fixed order, and bytes are read up to a limit."""

import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from kg.documents.refusal import Refusal, printable
from kg.errors import Refused

MAX_BYTES = 20_000_000
"""Largest article file, and largest line of a JSON-lines file. The longest live pages of news sites are below 5 MB;
what is larger is a log, a dump or a picture, and would only hold up the batch."""

_HTML_ENDINGS = (".html", ".htm", ".xhtml")

_COMPANION = re.compile(r"(README|LICEN[CS]E|NOTICE|INDEX|MANIFEST|CHANGELOG|CREDITS|COPYING)([._-].*)?$")
"""Files that describe a folder, by the old custom of capital letters. Named on their own they are read all the same."""


def files(paths: Iterable[str | Path], on_refused: Callable[[Refusal], None]) -> Iterator[Path]:
    """Every file that the paths lead to, in the order given; a folder gives its files sorted by name, at any depth.

    Within folders, hidden files, files that describe the folder (``README.md``, ``INDEX.tsv``) and what a browser saved
    beside a page (``page_files/``) are passed over, and links to folders are not followed, so loops can't happen.
    """
    for path in paths:
        try:
            yield from _files_at(path)
        except OSError as error:
            on_refused(Refusal(printable(path), why_not(error)))
        except Refused as error:
            on_refused(Refusal(printable(path), str(error)))


def _files_at(path: str | Path) -> Iterator[Path]:
    if str(path).startswith(("http://", "https://")):
        raise Refused("addresses are not fetched: save the page and give the file")
    if not str(path) or "\0" in str(path):
        raise Refused("not a path: give the name of a file or folder")
    place = Path(path)
    if stat.S_ISDIR(place.stat().st_mode):
        yield from _walk(place)
    else:
        yield place


def _walk(folder: Path) -> Iterator[Path]:
    """The files below a folder; a folder inside that may not be listed comes out itself, and fails when it is read."""
    unlisted: list[Path] = []
    for root, folders, names in os.walk(folder, onerror=lambda error: unlisted.append(Path(error.filename))):
        yield from unlisted
        unlisted.clear()
        folders[:] = sorted(name for name in folders if not _hidden(name) and not _saved_beside_page(name, names))
        yield from (Path(root, name) for name in sorted(names) if not _hidden(name) and not _COMPANION.match(name))
    yield from unlisted


def _hidden(name: str) -> bool:
    return name.startswith(".")


def _saved_beside_page(folder: str, names: list[str]) -> bool:
    """Whether this is the folder of pictures and scripts that browsers write beside a saved page."""
    page = folder.removesuffix("_files")
    return page != folder and any(page + ending in names for ending in _HTML_ENDINGS)


def check_readable(path: Path) -> int:
    """The size in bytes of a regular file. Raises :class:`Refused` for pipes, devices and what may not be read."""
    try:
        status = path.stat()
    except (OSError, ValueError) as error:
        raise Refused(why_not(error)) from error
    if stat.S_ISDIR(status.st_mode):
        raise Refused("a folder that may not be listed: give read permission (chmod u+rx)")
    if not stat.S_ISREG(status.st_mode):
        raise Refused("a pipe or device, not a file: save its content to a file first")
    return status.st_size


def content(path: Path) -> bytes:
    """The bytes of an article file. A file over :data:`MAX_BYTES` is refused by its size, before any of it is read."""
    size = check_readable(path)
    if size > MAX_BYTES:
        raise Refused(too_large(size))
    try:
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES)
    except OSError as error:
        raise Refused(why_not(error)) from error


def too_large(size: int) -> str:
    """Why something of so many bytes, or of more than the limit, is refused."""
    more = "more than " if size <= MAX_BYTES else ""
    return f"too large: {more}{size / 1e6:.0f} MB, at most {MAX_BYTES // 1_000_000} MB are read; split it into articles"


def why_not(error: Exception) -> str:
    """What the operating system said, in words that say what to do next."""
    match error:
        case FileNotFoundError():
            return "no such file: check the path, or the link that leads there"
        case PermissionError():
            return "no permission to read: change it with chmod, or read as another user"
        case OSError(strerror=str(words)):
            return f"can't be read: {words}"
        case _:
            return f"can't be read: {error}"
