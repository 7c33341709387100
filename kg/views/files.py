"""A store and a file name in, the file out, in the format that its ending names; whole or not at all."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import IO, TYPE_CHECKING

from kg.errors import KgError, UsageError
from kg.views import rdf, select
from kg.views.picture import Picture

if TYPE_CHECKING:
    from kg.store import Store

PICTURES = {".graphml": "graphml", ".gexf": "gexf", ".json": "cytoscape", ".html": "page", ".csv": "table"}
"""Formats that show things and facts, with the module of this package that writes each."""

ENDINGS = (*PICTURES, *rdf.FORMATS)

PAGE_LIMIT = 2000
"""Beyond so many things a page is a hairball: it shows those that most is known of, and says so."""


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
) -> Picture | None:
    """Write ``path`` and return the picture that was written (None for RDF, which is written without one).

    The ending chooses the format, see :data:`ENDINGS`. ``about``, ``hops``, ``query`` and the two ``include`` switches
    are those of :func:`kg.views.select.picture_of`. ``limit`` is the most things to show (an HTML page: 2,000
    unless told). Raises :class:`kg.errors.UsageError` for an ending that nobody knows, :class:`kg.errors.KgError` if
    the file can't be written.
    """
    path = Path(path)
    ending = known_ending(path)
    limit = PAGE_LIMIT if limit is None and ending == ".html" else limit
    if ending in rdf.FORMATS:
        with whole_file(path) as out:
            rdf.write(store, out, ending, about, hops, query)
        return None
    shown = select.picture_of(
        store, about, hops, query, include_alleged=include_alleged, include_inferred=include_inferred
    )
    shown = shown if limit is None else shown.limited(limit)
    with whole_file(path) as out:
        import_module(f"kg.views.{PICTURES[ending]}").write(shown, out)
    return shown


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


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
