"""A store and a file name in, the file out, in the format that its ending names; whole or not at all."""

import os
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import IO, TYPE_CHECKING

from kg.errors import KgError, UsageError
from kg.views import rdf, select
from kg.views.picture import Picture
from kg.views.whole import Whole

if TYPE_CHECKING:
    from kg.store import Store

SHOWN = {".graphml": "graphml", ".gexf": "gexf", ".json": "cytoscape", ".html": "page", ".csv": "table"}
"""Formats that show things and facts, with the module of this package that writes each."""

FOLDERS = {".neo4j": "neo4j"}
"""Formats of several files: these are written into a folder of that name."""

ENDINGS = (*SHOWN, *FOLDERS, *rdf.FORMATS)

PAGE_LIMIT = 2000
"""Beyond so many things a page is a hairball: it shows those that most is known of, and asks to narrow."""


def export(
    store: "Store",
    path: str | Path,
    about: str | None = None,
    hops: int = 1,
    query: str | None = None,
    *,
    include_alleged: bool = True,
    include_inferred: bool = True,
    limit: int | None = None,
    analyse: bool = False,
) -> Whole | Picture | None:
    """Write ``path`` and return what was written (None for RDF, which is written without one).

    The ending chooses the format, see :data:`ENDINGS`. ``about``, ``hops``, ``query`` and the two ``include`` switches
    are those of :func:`kg.views.select.chosen`. ``limit`` is the most things to show (an HTML page: 2,000 unless
    told). ``analyse`` gives things their :class:`kg.views.picture.Measures`, for which all of it has to be held in
    memory; else facts are written as they are read. Raises :class:`kg.errors.UsageError` for an ending that nobody
    knows, :class:`kg.errors.KgError` if the file can't be written.
    """
    path = Path(path)
    ending = known_ending(path)
    if ending in rdf.FORMATS:
        if analyse:
            raise UsageError(f"{path.name}: RDF holds no measures. Take one of {' '.join((*SHOWN, *FOLDERS))}.")
        with whole_file(path) as out:
            rdf.write(store, out, ending, about, hops, query)
        return None
    limit = PAGE_LIMIT if limit is None and ending == ".html" else limit
    found = select.chosen(store, about, hops, query, include_alleged=include_alleged, include_inferred=include_inferred)
    shown = _analysed(found) if analyse else found
    shown = shown if limit is None else shown.limited(limit)
    if ending in FOLDERS:
        writer = import_module(f"kg.views.{FOLDERS[ending]}")
        with whole_folder(path, writer.FILES) as folder:
            writer.write(shown, folder)
        return shown
    with whole_file(path) as out:
        import_module(f"kg.views.{SHOWN[ending]}").write(shown, out)
    return shown


def _analysed(found: Whole) -> Picture:
    from kg.views import analysis

    return analysis.measured(found.picture())


def known_ending(path: Path) -> str:
    """The ending of ``path`` in lower case. Raises :class:`kg.errors.UsageError` if it names no format."""
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise UsageError(f"{path.name}: the ending chooses the format. Take one of {' '.join(ENDINGS)}.")
    return ending


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """A file that appears under its name only once all of it is written."""
    try:
        handle, draft = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:
        raise KgError(
            f"{path} can't be written: {error.strerror}. Choose a folder that is there and writable."
        ) from error
    try:
        with os.fdopen(handle, "wb") as out:
            yield out
        Path(draft).chmod(0o666 & ~_umask())
        Path(draft).replace(path)
    except OSError as error:
        raise KgError(f"{path} can't be written: {error.strerror}.") from error
    finally:
        Path(draft).unlink(missing_ok=True)


@contextmanager
def whole_folder(path: Path, names: Collection[str]) -> Iterator[Path]:
    """A folder that appears under its name only once all files in it, which are called ``names``, are written.

    An earlier one is replaced; a folder with anything else in it is left alone.
    """
    if path.exists() and not (path.is_dir() and {each.name for each in path.iterdir()} <= set(names)):
        raise KgError(f"{path} is there, and is no earlier export. Choose another name.")
    try:
        with tempfile.TemporaryDirectory(prefix=f".{path.name}.", dir=path.parent, ignore_cleanup_errors=True) as draft:
            yield Path(draft)
            path.mkdir(exist_ok=True)
            for name in names:
                (Path(draft) / name).replace(path / name)
    except OSError as error:
        raise KgError(
            f"{path} can't be written: {error.strerror}. Choose a folder that is there and writable."
        ) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
