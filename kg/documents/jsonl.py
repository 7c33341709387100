"""The lines of a JSON-lines file go in, one Article a line comes out; a bad line is told by its number and left out."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec

from kg.claims import Source
from kg.documents import agencies, dates
from kg.documents.article import Article
from kg.documents.files import MAX_BYTES, check_readable, content, too_large, why_not
from kg.documents.html import html_article
from kg.errors import Refused

_DEEPEST = 64
"""Levels of nesting; an article has two."""


class _SourceFields(msgspec.Struct, frozen=True):
    name: str
    kind: str | None = None
    homepage: str | None = None


class _Fields(msgspec.Struct, frozen=True):
    """One article as JSON. Other fields may be there and are not read."""

    text: str | None = None
    html: str | None = None
    url: str | None = None
    title: str | None = None
    published: str | float | None = None
    source: str | _SourceFields | None = None
    language: str | None = None


def jsonl_articles(path: Path, on_bad_line: Callable[[str], None]) -> Iterator[tuple[str, Article]]:
    """The articles of a JSON-lines file with their places (``line 12``). The file may be of any size; a line may not.

    A line that can't be used is handed to ``on_bad_line`` with its reason, and the next one is read.
    """
    check_readable(path)
    try:
        with path.open("rb") as stream:
            for number, line in enumerate(_lines(stream), start=1):
                if line is not None and not line.strip():
                    continue
                try:
                    yield f"line {number}", _article(line)
                except Refused as refused:
                    on_bad_line(f"line {number}: {refused}")
    except OSError as error:
        raise Refused(why_not(error)) from error


def json_articles(path: Path, on_bad_item: Callable[[str], None]) -> Iterator[tuple[str, Article]]:
    """The articles of a ``.json`` file: one object, a list of objects, or lines of them under another name."""
    whole = content(path).strip()
    if whole.startswith(b"[") and _is_shallow(whole):
        yield from _listed(whole, on_bad_item)
    elif b"\n{" in whole:
        yield from jsonl_articles(path, on_bad_item)
    else:
        yield "", _article(whole)


def _listed(whole: bytes, on_bad_item: Callable[[str], None]) -> Iterator[tuple[str, Article]]:
    try:
        items = msgspec.json.decode(whole, type=list[msgspec.Raw])
    except (msgspec.DecodeError, RecursionError) as error:
        raise Refused(f"not JSON: {error}") from error
    for number, item in enumerate(items, start=1):
        try:
            yield f"item {number}", _article(bytes(item))
        except Refused as refused:
            on_bad_item(f"item {number}: {refused}")


def _lines(stream: BinaryIO) -> Iterator[bytes | None]:
    """The lines of the file, None in place of one that is too long: it is passed over without being kept in memory."""
    while line := stream.readline(MAX_BYTES + 1):
        if len(line) <= MAX_BYTES:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(MAX_BYTES)
        yield None


def _article(line: bytes | None) -> Article:
    if line is None:
        raise Refused(too_large(MAX_BYTES))
    fields = _decoded(line.removeprefix(b"\xef\xbb\xbf"))
    if fields.text is None and fields.html is None:
        raise Refused("no article: give it a field text or html")
    article = _text_article(fields) if fields.text is not None else html_article(fields.html or "")
    return Article(
        text=article.text,
        title=fields.title or article.title,
        url=agencies.web_address(fields.url) or article.url,
        published=_published(fields.published) or article.published,
        source=_source(fields) or article.source,
        language=fields.language,
        captions=article.captions,
    )


def _decoded(line: bytes) -> _Fields:
    if not _is_shallow(line):
        raise Refused("not an article: JSON nested too deeply")
    try:
        return msgspec.json.decode(line, type=_Fields)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Refused(f"not an article as JSON: {error}") from error


def _is_shallow(line: bytes) -> bool:
    """Whether the brackets nest as articles do. Counted, not parsed: brackets within strings only make it stricter."""
    if line.count(b"[") + line.count(b"{") <= _DEEPEST:
        return True
    try:
        msgspec.json.decode(line)
    except RecursionError:
        return False
    except msgspec.DecodeError:
        return True  # what is wrong with it is told by the one who reads it
    return True


def _text_article(fields: _Fields) -> Article:
    return Article((fields.text or "").replace("\r\n", "\n").replace("\r", "\n"))


def _published(value: str | float | None) -> str | None:
    if value is None:
        return None
    return dates.iso(value) if isinstance(value, str) else dates.from_unix(value)


def _source(fields: _Fields) -> Source | None:
    match fields.source:
        case _SourceFields(name, kind, home):
            return agencies.source_named(name, home or fields.url, kind)
        case str(name):
            return agencies.source_named(name, fields.url)
        case _:
            return None
