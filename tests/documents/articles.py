"""Words that the tests of this folder share: a report that is certainly English, and a way to read one file."""

from datetime import UTC, datetime
from pathlib import Path

from kg.claims import Document, FurnitureKind
from kg.documents import Refusal, read

REPORT = (
    "Two people died when a wall fell in the town of Halden, officials said on Wednesday. It was the third such"
    " accident in a year, and the mayor has asked for an inquiry."
)
NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)


def read_all(*paths: Path | str) -> tuple[list[Document], list[Refusal]]:
    """The documents and the refusals of some paths."""
    refused: list[Refusal] = []
    return list(read(paths, refused.append, now=NOW)), refused


def read_text(folder: Path, content: str | bytes, name: str = "article.txt") -> Document:
    """The one document of a file with this content."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    (document,), refused = read_all(path)
    assert refused == []
    return document


def why_refused(folder: Path, content: str | bytes, name: str = "article.txt") -> str:
    """Why a file with this content is refused."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    documents, (refusal,) = read_all(path)
    assert documents == []
    assert refusal.path == str(path)
    return refusal.reason


def marked(document: Document) -> list[tuple[FurnitureKind, str]]:
    """The furniture of a document in words."""
    return [(piece.kind, document.text[piece.span.start : piece.span.end]) for piece in document.furniture]
