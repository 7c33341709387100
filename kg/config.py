"""Where things are: the data files shipped with the package, and the names that every room shares."""

from pathlib import Path

KG = "https://w3id.org/newskg#"
"""Namespace of the ontology's own terms."""

BASE = "urn:newskg:"
"""Default base of instance IRIs."""

DEFAULT_STORE = Path("kg.store")

_PACKAGE = Path(__file__).parent


def data_folder(name: str) -> Path:
    """The folder ``ontologies``, ``queries`` or ``samples``: beside the package in a checkout, else inside it."""
    installed = _PACKAGE / "_data" / name
    return installed if installed.is_dir() else _PACKAGE.parent / name
