"""Where things are: the data files shipped with the package, and the names that every room shares."""

from pathlib import Path

KG = "https://w3id.org/newskg#"
"""Namespace of the ontology's own terms."""

BASE = "urn:newskg:"
"""Default base of instance IRIs."""

DEFAULT_STORE = Path("kg.store")

_PACKAGE = Path(__file__).parent


def is_server(store: Path | str) -> bool:
    """Whether a store is named by an address or a settings file, and not by its folder."""
    return is_address(store) or (str(store).endswith(".toml") and not Path(store).is_dir())


def is_address(store: Path | str) -> bool:
    """Whether a store is named by an address."""
    return str(store).lower().startswith(("http://", "https://"))


def data_folder(name: str) -> Path:
    """The folder ``ontologies``, ``queries`` or ``samples``: beside the package in a checkout, else inside it."""
    installed = _PACKAGE / "_data" / name
    return installed if installed.is_dir() else _PACKAGE.parent / name
