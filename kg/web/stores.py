"""A folder in; what kind of store it holds out: a knowledge graph, or a plain store that takes any triples."""

import json
from pathlib import Path

import pyoxigraph as ox

from kg.errors import StoreError
from kg.store import Store
from kg.web.snapshots import ABOUT, DATA

_PLAIN = {"format": "plain"}


def base_of(path: Path) -> str:
    """The base of a knowledge graph's IRIs. Raises :class:`kg.errors.StoreError` if there is none in the folder."""
    if _about(path) == _PLAIN:
        raise StoreError(f"{path} is a plain store. Serve it with --plain.")
    return Store.base_of(path)


def make_plain(path: Path) -> None:
    """Make a plain store, unless there is one. Raises :class:`kg.errors.StoreError` if something else is there."""
    about = _about(path)
    if about == _PLAIN:
        return
    if about or (path.exists() and (not path.is_dir() or any(path.iterdir()))):
        raise StoreError(f"{path} is there already and is no plain store. Name another folder, or leave --plain out.")
    path.mkdir(parents=True, exist_ok=True)
    ox.Store(str(path / DATA)).flush()
    (path / ABOUT).write_text(json.dumps(_PLAIN) + "\n", encoding="utf-8")


def _about(path: Path) -> object:
    try:
        return json.loads((path / ABOUT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
