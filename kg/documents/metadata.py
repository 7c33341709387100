"""The markup of a page goes in, what it says about its article comes out: title, time, site, address, captions.

Read from JSON-LD (schema.org ``NewsArticle`` and its kin), then Open Graph and other ``meta`` tags, then ``<time>`` and
headings, as the trade's own crawlers do. Times keep their zone. Nothing is fetched and no script is run.
"""

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from kg.claims import Source
from kg.documents import agencies, dates

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ARTICLE_TYPE = re.compile(r"Article|Report|BlogPosting|LiveBlog|Story|Webpage", re.IGNORECASE)
_DATE_TAGS = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "parsely-pub-date",
    "sailthru.date", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date", "pubdate", "publishdate",
    "publish-date", "publish_date", "published_at", "article.published", "date.issued", "cxenseparse:recs:publishtime",
    "date",
)  # fmt: skip
_TITLE_TAGS = ("og:title", "twitter:title", "dc.title", "parsely-title", "headline")
_SITE_TAGS = ("og:site_name", "application-name", "dc.publisher", "publisher")

_MOST_JSON = 2_000_000
"""Characters of one JSON-LD block; the largest on news pages hold the whole article and stay below 200,000."""
_MOST_NODES = 5_000
_TITLE_BREAK = re.compile(r"\s+[|–—·»-]\s+")


class Metadata(msgspec.Struct, frozen=True):
    """What a page says about its article; each is None where the page does not say. ``published`` is ISO 8601."""

    title: str | None = None
    published: str | None = None
    url: str | None = None
    source: Source | None = None
    captions: tuple[str, ...] = ()


class _Linked(msgspec.Struct, frozen=True):
    """What the JSON-LD of a page says."""

    headline: str | None = None
    published: str | None = None
    url: str | None = None
    publisher: str | None = None


def metadata(markup: str) -> Metadata:
    """What the page says about its article. Broken markup gives what can be read of it, never an error."""
    tree = _parsed(markup)
    if tree is None:
        return Metadata()
    linked, tags = _linked_data(tree), _meta_tags(tree)
    url = _url(tree, linked, tags)
    site = linked.publisher or next((tags[tag] for tag in _SITE_TAGS if tag in tags), None)
    return Metadata(
        title=_title(tree, linked, tags, site),
        published=linked.published or _published(tree, tags),
        url=url,
        source=agencies.source_named(site, url) if site else None,
        captions=_captions(tree),
    )


def _parsed(markup: str) -> "HtmlElement | None":
    from lxml import etree, html

    # UTF-8 bytes, because lxml refuses a str that declares an encoding of its own.
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, recover=True)
    try:
        return html.document_fromstring(markup.encode("utf-8", errors="replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def _linked_data(tree: "HtmlElement") -> _Linked:
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            for node in _nodes(script.text or ""):
                if _ARTICLE_TYPE.search(_types(node)) and (found := _linked(node)) is not None:
                    return found
    return _Linked()


def _nodes(block: str) -> Iterator[dict[str, object]]:
    """Every object in a JSON-LD block, outermost first; nothing for broken, huge or bottomless JSON."""
    if len(block) > _MOST_JSON:
        return
    try:
        waiting: list[object] = [
            json.loads(re.sub(r"^\s*(?:<!--|//<!\[CDATA\[)|(?:-->|//\]\]>)\s*$", "", block), strict=False)
        ]
    except (ValueError, RecursionError):
        return
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        node = waiting.pop(0)
        if isinstance(node, dict):
            yield node
            waiting.extend(node.values())
        elif isinstance(node, list):
            waiting.extend(node)


def _types(node: dict[str, object]) -> str:
    kind = node.get("@type")
    return " ".join(map(str, kind)) if isinstance(kind, list) else str(kind or "")


def _linked(node: dict[str, object]) -> _Linked | None:
    """The fields of an article node; None for a node that has neither time nor headline."""
    published, headline = _words(node.get("datePublished")), _words(node.get("headline"))
    if not published and not headline:
        return None
    place = node.get("url") or node.get("mainEntityOfPage") or node.get("@id")
    url = place.get("@id") if isinstance(place, dict) else place
    publisher = node.get("publisher")
    publisher = publisher[0] if isinstance(publisher, list) and publisher else publisher
    name = publisher.get("name") if isinstance(publisher, dict) else publisher
    return _Linked(
        headline, dates.iso(published) if published else None, agencies.web_address(_words(url)), _words(name)
    )


def _words(value: object) -> str | None:
    """A string of the page with its entities resolved and its white space made plain."""
    from html import unescape

    return (" ".join(unescape(value).split()) or None) if isinstance(value, str) else None


def _meta_tags(tree: "HtmlElement") -> dict[str, str]:
    """Name (or property, or itemprop) → content of the ``meta`` tags; the first of a name counts."""
    tags: dict[str, str] = {}
    for tag in tree.iter("meta"):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop") or ""
        if content := _words(tag.get("content")):
            tags.setdefault(name.strip().lower(), content)
    return tags


def _url(tree: "HtmlElement", linked: _Linked, tags: dict[str, str]) -> str | None:
    canonical = (
        link.get("href") for link in tree.iter("link") if "canonical" in (link.get("rel") or "").lower().split()
    )
    candidates = (*canonical, tags.get("og:url"), linked.url)
    return next((url for candidate in candidates if (url := agencies.web_address(candidate))), None)


def _published(tree: "HtmlElement", tags: dict[str, str]) -> str | None:
    candidates = [tags[tag] for tag in _DATE_TAGS if tag in tags]
    times = [time for time in tree.iter("time") if time.get("datetime")]
    times.sort(key=lambda time: not _is_publication(time))
    candidates += [str(time.get("datetime")) for time in times]
    return next((value for candidate in candidates if (value := dates.iso(candidate))), None)


def _is_publication(time: "HtmlElement") -> bool:
    return time.get("pubdate") is not None or "publish" in f"{time.get('itemprop')} {time.get('class')}".lower()


def _title(tree: "HtmlElement", linked: _Linked, tags: dict[str, str], site: str | None) -> str | None:
    headings = [words for heading in tree.iter("h1") if (words := _words(heading.text_content()))]
    tagged = [tags[tag] for tag in _TITLE_TAGS if tag in tags]
    titles = [words for title in tree.iter("title") if (words := _words(title.text_content()))]
    marked = next((words for words in (linked.headline, *tagged, *headings, *titles) if words), None)
    # The heading that readers see wins over a title cut or dressed up for search engines, if they agree in their start.
    seen = next((words for words in headings if marked and words.casefold().startswith(marked.casefold()[:20])), None)
    return seen or (_without_site(marked, site) if marked else None)


def _without_site(title: str, site: str | None) -> str:
    """``Two die in fire | The Daily Post`` without the name of the site."""
    head, *rest = _TITLE_BREAK.split(title)
    return head if site and rest and rest[-1].casefold() == site.casefold() and len(rest) == 1 else title


def _captions(tree: "HtmlElement") -> tuple[str, ...]:
    found = (_words(caption.text_content()) for caption in tree.iter("figcaption"))
    return tuple(dict.fromkeys(caption for caption in found if caption))
