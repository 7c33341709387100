"""Pages: the article, what the page says about it, and nothing that a hostile page wants."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.claims import Source
from kg.documents.html import html_article, looks_like_html
from kg.documents.metadata import metadata
from kg.errors import Refused
from tests.documents.articles import REPORT, marked, read_text, why_refused

MORE = "Nobody was hurt when another wall fell in the same street in May. It was torn down by the town later that year."
BODY = f"<article><h1>Wall falls in Halden</h1><p>{REPORT}</p><p>{MORE}</p></article>"


def page(body: str = BODY, head: str = "") -> str:
    head = f"<title>Wall falls | The Post</title>{head}"
    return f"<!DOCTYPE html><html lang='en'><head>{head}</head><body>{body}</body></html>"


def linked(**fields: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(fields)}</script>'


def test_the_text_is_the_title_and_the_paragraphs(tmp_path: Path) -> None:
    nav = "<nav><a href='/'>Home</a> <a href='/w'>World</a></nav>"
    document = read_text(tmp_path, page(nav + BODY + "<footer>© The Post</footer>"), "page.html")
    assert document.text == f"Wall falls in Halden\n\n{REPORT}\n\n{MORE}"
    assert document.title == "Wall falls in Halden"
    assert marked(document) == [("title", "Wall falls in Halden")]


def test_a_title_that_is_only_in_the_head_becomes_the_first_line() -> None:
    article = html_article(page(f"<p>{REPORT}</p>", '<meta property="og:title" content="Wall &amp; tower fall">'))
    assert article.text == f"Wall & tower fall\n\n{REPORT}"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (linked(**{"@type": "NewsArticle", "datePublished": "2024-01-03T10:15:00+03:30"}), "2024-01-03T10:15:00+03:30"),
        (linked(**{"@graph": [{"@type": ["Thing"]}, {"@type": ["ReportageNewsArticle"], "headline": "Wall falls",
          "datePublished": "2024-01-03"}]}), "2024-01-03"),
        (linked(**{"@type": "Event", "datePublished": "1999"}), None),
        ("<script type='application/ld+json'>{broken</script>", None),
        (f"<script type='application/ld+json'>{'[' * 100_000}</script>", None),
        ('<meta property="article:published_time" content="2024-01-03T06:45:00Z">', "2024-01-03T06:45:00Z"),
        ('<meta itemprop="datePublished" content="2024-01-03T06:45+01:00">', "2024-01-03T06:45:00+01:00"),
        ('<meta name="pubdate" content="Wed, 03 Jan 2024 06:45:00 -0500">', "2024-01-03T06:45:00-05:00"),
        ('<meta name="date" content="soon">', None),
    ],
)  # fmt: skip
def test_the_time_of_publication_keeps_its_zone(head: str, expected: str | None) -> None:
    assert metadata(page(head=head)).published == expected


def test_time_elements_are_the_last_resort() -> None:
    times = '<time datetime="2023-12-31">old</time><time class="published" datetime="2024-01-03T10:00-05:00">new</time>'
    assert metadata(page(times + BODY)).published == "2024-01-03T10:00:00-05:00"
    tagged = '<meta property="article:published_time" content="2024-01-02">'
    assert metadata(page(times + BODY, tagged)).published == "2024-01-02"


def test_who_published_it_and_where() -> None:
    head = (
        '<link rel="canonical" href="https://www.post.example/a?b=1"><meta property="og:site_name" content="Site">'
        + linked(**{"@type": "NewsArticle", "headline": "Wall falls", "publisher": {"name": "The  Post"}})
    )
    said = metadata(page(head=head))
    assert said.url == "https://www.post.example/a?b=1"
    assert said.source == Source("the-post", "The Post", None, "https://www.post.example/")


def test_without_a_name_the_host_is_the_source(tmp_path: Path) -> None:
    head = '<link rel="canonical" href="https://www.reuters.com/world/a">'
    agency = read_text(tmp_path, page(head=head), "a.html")
    other = read_text(tmp_path, page(head=head.replace("reuters.com", "post.example")), "b.html")
    assert agency.source == Source("reuters", "Reuters", "agency", "https://www.reuters.com/")
    assert other.source == Source("post-example", "post.example", None, "https://www.post.example/")


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "/relative", "https://", "https://a b", "file:///etc/passwd", "http://["]
)
def test_only_web_addresses_are_addresses(url: str) -> None:
    assert metadata(page(head=f'<link rel="canonical" href="{url}">')).url is None


def test_marked_captions_are_captions_where_they_stand_in_the_text(tmp_path: Path) -> None:
    caption = "The wall in Halden as it was in spring, when it still stood, with the tower behind it."
    figure = f"<figure><figcaption>{caption}</figcaption></figure>"
    body = f"<article><p>{REPORT}</p><p>{caption}</p>{figure}<p>{MORE}</p></article>"
    document = read_text(tmp_path, page(body), "a.html")
    assert document.text.count(caption) >= 1
    assert ("caption", caption) in marked(document)


def test_pages_are_known_by_their_content(tmp_path: Path) -> None:
    assert read_text(tmp_path, page(), "saved.txt").title == "Wall falls in Halden"
    assert looks_like_html('<?xml version="1.0"?>\n<!-- saved -->\n<HTML>')
    assert not looks_like_html("<3 is a heart")


def test_a_page_that_declares_its_encoding(tmp_path: Path) -> None:
    markup = page(BODY.replace("Halden", "Gdańsk"), '<meta charset="iso-8859-2">')
    assert "Gdańsk" in read_text(tmp_path, markup.encode("iso8859-2"), "a.html").text
    xml = '<?xml version="1.0" encoding="utf-8"?>' + page(BODY.replace("Halden", "Gdańsk"))
    assert "Gdańsk" in read_text(tmp_path, xml, "b.xhtml").text


@pytest.mark.parametrize(
    "body",
    ["", "<nav><a href='/'>Home</a></nav>", "<p>404 Not Found</p>", "<div>" * 60_000, "<p>" * 50_000, "<a " * 1000],
)
def test_pages_without_an_article_are_refused(tmp_path: Path, body: str) -> None:
    assert why_refused(tmp_path, page(body), "a.html").startswith(("HTML without an article", "HTML with more than"))


def test_nothing_outside_the_page_is_opened_and_nothing_grows(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("the secret word")
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "boom" * 10}">' for n in range(9))
    doctype = f'<!DOCTYPE html [{entities}<!ENTITY x SYSTEM "file://{tmp_path}/secret">]>'
    markup = f"{doctype}<html><body><article><p>{REPORT}</p><p>&e8; &x; {REPORT}</p></article></body></html>"
    text = read_text(tmp_path, markup, "a.html").text
    assert "secret word" not in text
    assert len(text) < 10 * len(REPORT)


def test_scripts_are_not_run_and_not_read(tmp_path: Path) -> None:
    text = read_text(tmp_path, page(BODY + "<script>document.title = 'changed';</script>"), "a.html").text
    assert "changed" not in text


_BITS = [
    "<p>", "</p>", "<div", ">", "&#0;", "&amp;", "<!--", "<script>", "<time datetime='x'>", "<meta charset=", "<title>",
    '"', "<![CDATA[", "\ud7ff", REPORT,
]  # fmt: skip


@settings(deadline=None, max_examples=50)
@given(st.lists(st.sampled_from(_BITS), max_size=15).map("".join))
def test_any_markup_gives_an_article_or_a_reason(markup: str) -> None:
    try:
        assert html_article(markup).text.strip()
    except Refused as refused:
        assert str(refused).startswith("HTML")
