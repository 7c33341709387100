"""An article as a format gives it goes in, a checked Document with its furniture comes out."""

import re
from datetime import datetime

import msgspec

from kg.claims import Document, Source
from kg.documents import agencies, dates
from kg.documents.furniture import furniture
from kg.documents.heading import Heading, heading
from kg.documents.identity import document_id
from kg.documents.language import foreign_language, is_english
from kg.errors import Refused

MAX_CHARACTERS = 1_000_000
"""Longest text, as much as a spaCy pipeline takes (``Language.max_length``). The longest reports are a tenth of it."""


class Article(msgspec.Struct, frozen=True):
    """What a file says of one article, before anything is checked. Fields it does not give are None.

    ``captions`` are the words that the page marks as captions.
    """

    text: str
    title: str | None = None
    url: str | None = None
    published: str | None = None
    source: Source | None = None
    language: str | None = None
    captions: tuple[str, ...] = ()


def to_document(article: Article, now: datetime) -> Document:
    """The document, or :class:`Refused` if there is nothing to read, too much, or another language than English.

    What the file says outside the text counts more than what the text says. A publication
    date after ``now`` is dropped.
    """
    text = article.text
    _check(article)
    above = heading(text)
    url = agencies.web_address(article.url or above.url)
    title = _one_line(article.title) or above.title
    return Document(
        id=document_id(url, text),
        text=text,
        url=url,
        source=_source(article, above, url),
        title=title,
        published=_published(article, above, now),
        furniture=furniture(text, above, title, article.captions),
    )


def _check(article: Article) -> None:
    if not re.search(r"\w", article.text):
        raise Refused("empty: no words in it")
    if "\0" in article.text or _has_surrogates(article.text):
        raise Refused("broken encoding: characters that no text has; save it again as UTF-8")
    if len(article.text) > MAX_CHARACTERS:
        raise Refused(
            f"too long: {len(article.text):,} characters, at most {MAX_CHARACTERS:,} are read; split it into articles"
        )
    if article.language and not is_english(article.language):
        raise Refused(f"language: marked as {article.language[:20]!r}, only English is read")
    if language := foreign_language(article.text):
        raise Refused(f"language: looks like {language}, only English is read")


def _has_surrogates(text: str) -> bool:
    return re.search("[\ud800-\udfff]", text) is not None


def _source(article: Article, above: Heading, url: str | None) -> Source | None:
    """Who published it: as marked, else the agency of the dateline, else the site."""
    named = above.source or above.agency
    if article.source:
        return article.source
    if named:
        return agencies.source_named(named)
    return agencies.source_at(url)


def _published(article: Article, above: Heading, now: datetime) -> str | None:
    marked = dates.iso(article.published) if article.published else None
    return dates.believable(marked, now) or dates.believable(above.published, now)


def _one_line(words: str | None) -> str | None:
    return " ".join((words or "").split()) or None
