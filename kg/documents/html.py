"""The markup of a page goes in, its Article comes out: the text that trafilatura finds, what the page says about it.

The text is the title, a blank line, and the paragraphs with blank lines between them. It is made here once; from then
on every offset points into it. Nothing is fetched, no script is run, and no entity is resolved from outside.
"""

import logging
import re

from kg.documents.article import Article
from kg.documents.metadata import metadata
from kg.errors import Refused

_FEWEST_WORDS = 20
"""Fewer than this is a cookie notice or an error page. The shortest agency flash has some 25 words."""

_MOST_ELEMENTS = 15_000
"""Elements of a page. Live news pages have up to 10,000; trafilatura's time grows with the square of the paragraphs, to
some 20 s for 30,000."""

_START_TAG = re.compile(r"<[a-zA-Z]")

NO_ARTICLE = "HTML without an article: no running text found; save the page of one article"

_LOOKS_LIKE_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*){0,9}<(?:!doctype\s+html|html|head|body|article)\b",
    re.I | re.S,
)


def looks_like_html(text: str) -> bool:
    """Whether a text is the markup of a page, whatever its file is called."""
    return _LOOKS_LIKE_PAGE.match(text) is not None


def html_article(markup: str) -> Article:
    """The article of a page. Raises :class:`Refused` if there is none."""
    if sum(1 for _ in _START_TAG.finditer(markup)) > _MOST_ELEMENTS:
        raise Refused(f"HTML with more than {_MOST_ELEMENTS:,} elements: save the page of one article")
    said = metadata(markup)
    body = _body(markup)
    if len(body.split()) < _FEWEST_WORDS:
        raise Refused(NO_ARTICLE)
    return Article(
        _with_title(body, said.title), said.title, said.url, said.published, said.source, captions=said.captions
    )


def _body(markup: str) -> str:
    from trafilatura import extract

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it can't read is refused here, with a reason
    try:
        lines = extract(markup, include_comments=False, include_tables=False)
    except Exception as error:  # any error of the parsers below it means the same: this page can't be read
        raise Refused(f"HTML that can't be read ({type(error).__name__}): save the page again") from error
    return "\n\n".join(line.strip() for line in (lines or "").split("\n") if line.strip())


def _with_title(body: str, title: str | None) -> str:
    """The text with its title as the first line; a title that is there in other letters or spacing is not repeated."""
    if not title or _folded(body.split("\n", 1)[0]).startswith(_folded(title)):
        return body
    return f"{title}\n\n{body}"


def _folded(words: str) -> str:
    return re.sub(r"\W+", "", words).casefold()
