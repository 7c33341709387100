"""Paths go in, Documents come out one by one; what can't be read is told and left out, and never stops the rest."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from kg.claims import Document
from kg.documents.article import Article, to_document
from kg.documents.decoding import decode
from kg.documents.files import content, files
from kg.documents.html import html_article, looks_like_html
from kg.documents.jsonl import json_articles, jsonl_articles
from kg.documents.refusal import Refusal, printable
from kg.errors import Refused

_HTML = frozenset({".html", ".htm", ".xhtml", ".shtml"})
_JSON_LINES = frozenset({".jsonl", ".ndjson", ".jl"})
_OTHER = {
    "a table": ".tsv .csv .parquet .xls .ods",
    "XML or a feed": ".xml .rss .atom .opml .kml",
    "a web archive": ".warc .mhtml .har",
    "graph data": ".ttl .nt .nq .trig .rdf .owl .jsonld .graphml .gexf .rq .sparql",
    "a program": ".py .js .ts .css .sh .bat .c .h .cpp .rs .go .java .r .sql .ipynb",
    "settings": ".toml .yaml .yml .ini .cfg .lock .typed",
    "a picture": ".svg",
    "a log": ".log",
}
_FORMAT = {ending: what for what, endings in _OTHER.items() for ending in endings.split()}
"""Text formats that are no article, told by their ending: as plain text they would give nonsense."""


def read(
    paths: Iterable[str | Path], on_refused: Callable[[Refusal], None], *, now: datetime | None = None
) -> Iterator[Document]:
    """The documents in files and folders, in the order given, folders sorted by name.

    Plain text, HTML (``.html``, or whatever starts like a page), JSON lines (``.jsonl``: ``url``, ``title``, ``text``
    or ``html``, ``published``, ``source``, ``language``) and JSON (``.json``: one such object or a list). Every input
    is either yielded or handed to ``on_refused`` with its reason; nothing is raised for bad input. The same article met
    twice is yielded twice, with the same id.

    A document without a date has ``published`` None, and so has one with a date more than a day after ``now`` (the
    clock's time unless given): a date that can't be true is no date.
    """
    moment = now or datetime.now(UTC)
    for path in files(paths, on_refused):
        yield from _documents(path, on_refused, moment)


def _documents(path: Path, on_refused: Callable[[Refusal], None], now: datetime) -> Iterator[Document]:
    def refuse(reason: str) -> None:
        on_refused(Refusal(printable(path), reason))

    try:
        for place, article in _articles(path, refuse):
            try:
                yield to_document(article, now)
            except Refused as refused:
                refuse(f"{place}: {refused}" if place else str(refused))
    except Refused as refused:
        refuse(str(refused))


def _articles(path: Path, refuse: Callable[[str], None]) -> Iterator[tuple[str, Article]]:
    ending = path.suffix.lower()
    if ending in _JSON_LINES:
        yield from jsonl_articles(path, refuse)
    elif ending == ".json":
        yield from json_articles(path, refuse)
    elif ending in _FORMAT:
        raise Refused(f"{_FORMAT[ending]}, not an article: give text, HTML or JSON lines")
    else:
        yield "", _single(content(path), ending)


def _single(data: bytes, ending: str) -> Article:
    """The article of a file that holds one. Content counts more than its ending: crawlers save pages as ``.txt``."""
    text = decode(data, markup=ending in _HTML or data.lstrip()[:1] == b"<")
    return html_article(text) if ending in _HTML or looks_like_html(text) else Article(text)
