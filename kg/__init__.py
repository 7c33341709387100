"""News articles in, one knowledge graph out: every fact with the words, the source and the day.

>>> import kg
>>> graph = kg.open("kg.store")                                     # doctest: +SKIP
>>> graph.ingest(["article.txt"])                                   # doctest: +SKIP
>>> graph.query("SELECT ?who ?by { ?who kg:killedBy ?by }").rows    # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from kg.graph import Graph

__all__ = ["Graph", "open"]


def open(path: Path | str = "kg.store", *, read_only: bool = False, create: bool = True) -> Graph:  # noqa: A001 - kg.open
    """Open the knowledge graph in a folder, by default to write, making it if it isn't there.

    ``path`` may also be the address of a SPARQL server, or a settings file (TOML) that names one: see
    :class:`kg.store.endpoint.Endpoint`.

    Raises :class:`kg.errors.StoreError` if another process writes to it, or if it is missing or no store.
    """
    from kg.graph import Graph

    return Graph.open(path, read_only=read_only, create=create)


def __getattr__(name: str) -> object:
    """``kg.Graph``, imported when first asked for."""
    if name == "Graph":
        from kg.graph import Graph

        return Graph
    raise AttributeError(f"module 'kg' has no attribute {name!r}")
