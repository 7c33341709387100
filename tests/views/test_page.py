import base64
import hashlib
import html
import json
import re
import shutil
import subprocess
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

import pytest

from kg.views import analysis, page
from kg.views.picture import Evidence, Paper, Picture
from tests.views.pictures import ADA, GUARD, SMALL, crowd, fact, thing

NASTY = "</script><script>alert(1)</script><!-- <img src=x onerror=alert(2)> & \u2028 “quoted”"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def written(picture: Picture) -> str:
    out = BytesIO()
    page.write(picture, out)
    return out.getvalue().decode()


def nasty() -> Picture:
    bad = thing(NASTY, "Person", aliases=(NASTY,))
    paper = Paper("c" * 16, NASTY, NASTY, "javascript:alert(3)", NASTY)
    proof = Evidence("urn:c", NASTY, paper, 0, 9, speaker=NASTY, via=NASTY)
    return Picture((bad, ADA), (fact(bad, "met", ADA, evidence=(proof,)), fact(bad, "age", NASTY)), NASTY)


class Elements(HTMLParser):
    """What a browser would find: the elements with their attributes, and the content of scripts and styles."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.raw: dict[str, list[str]] = {}
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        self.inside = tag
        self.raw.setdefault(tag, []).append("")

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.raw[self.inside][-1] += data


def parsed(text: str) -> Elements:
    elements = Elements()
    elements.feed(text)
    return elements


def test_the_data_comes_back_whole() -> None:
    data = json.loads(parsed(written(nasty())).raw["script"][0])
    assert data["title"] == data["things"][0]["label"] == data["facts"][0]["evidence"][0]["quote"] == NASTY
    assert data["papers"][0]["url"] == "javascript:alert(3)"


def test_words_of_articles_make_no_elements() -> None:
    plain, risky = parsed(written(SMALL)), parsed(written(nasty()))
    assert [tag for tag, _ in plain.found] == [tag for tag, _ in risky.found]


def test_nothing_is_requested() -> None:
    text = written(SMALL)
    for tag, attributes in parsed(text).found:
        assert not {"src", "href", "srcset", "action"} & attributes.keys(), tag
    style = "".join(parsed(text).raw["style"])
    assert "url(" not in style
    assert "@import" not in style
    script = parsed(text).raw["script"][1]
    assert not re.search(r"fetch\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon|import\(|innerHTML|eval\(", script)


def test_the_policy_allows_this_style_and_script_only() -> None:
    elements = parsed(written(SMALL))
    policy = next(dict(found)["content"] for tag, found in elements.found if "http-equiv" in found)
    assert policy is not None
    assert policy.startswith("default-src 'none'; ")
    for part in (elements.raw["style"][0], elements.raw["script"][1]):
        digest = base64.b64encode(hashlib.sha256(part.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert "unsafe" not in policy


def test_two_exports_are_the_same() -> None:
    assert written(crowd(60)) == written(crowd(60))


def test_what_was_left_out_is_told() -> None:
    content = page.content(crowd(60).limited(20))
    assert content["left_out"] == 40
    assert len(content["things"]) == 20  # type: ignore[arg-type]


def test_lone_surrogates_and_an_empty_picture_do_no_harm() -> None:
    written(Picture((thing("\ud800", "Person"),)))
    written(Picture())


@pytest.mark.skipif(not CHROMIUM, reason="no Chromium here to open the page with")
@pytest.mark.parametrize("picture", [SMALL, nasty(), Picture((ADA, GUARD))], ids=["small", "nasty", "no links"])
def test_a_browser_draws_it(picture: Picture, tmp_path: Path) -> None:
    shown = opened(written(picture), tmp_path)
    counts = re.search(r'id="counts">([^<]*)<', shown)
    assert counts
    assert counts[1].startswith(f"{len(picture.things)} things")


@pytest.mark.skipif(not CHROMIUM, reason="no Chromium here to open the page with")
@pytest.mark.parametrize("picture", [SMALL, nasty()], ids=["small", "nasty"])
def test_a_browser_shows_a_thing_with_the_words_of_its_facts(picture: Picture, tmp_path: Path) -> None:
    measured = analysis.measured(picture)
    shown = opened(written(measured), tmp_path, measured.things[0].iri)
    panel = shown[shown.index('id="details"') : shown.index('id="zoom"')]
    told = next(fact for fact in measured.facts if fact.subject == measured.things[0].iri).evidence[0]
    assert html.escape(told.quote, quote=False) in panel
    assert "PageRank" in panel
    assert "<img" not in panel


def test_a_page_of_a_part_asks_to_narrow() -> None:
    assert "kg export --about NAME" in written(SMALL)
    assert page.content(SMALL)["left_out"] == 0


def opened(text: str, folder: Path, thing: str = "") -> str:
    """What a browser makes of a page, with a thing chosen. Raises if the page complains."""
    file = folder / "graph.html"
    file.write_text(text, encoding="utf-8")
    assert CHROMIUM
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
    flags += [
        f"--user-data-dir={folder}/profile",
        "--virtual-time-budget=1500",
        "--enable-logging=stderr",
        "--dump-dom",
    ]
    address = f"{file.as_uri()}#{quote(thing, safe='')}"
    done = subprocess.run([CHROMIUM, *flags, address], capture_output=True, text=True, timeout=60, check=True)
    assert "CONSOLE" not in done.stderr
    return done.stdout


@pytest.mark.skipif(not CHROMIUM, reason="no Chromium here to open the page with")
@pytest.mark.parametrize("picture", [SMALL, nasty()], ids=["small", "nasty"])
def test_a_search_leads_to_the_words(picture: Picture, tmp_path: Path) -> None:
    """Typed by keyboard into the single file, in a browser that may ask nobody."""
    sync_api = pytest.importorskip(
        "playwright.sync_api", reason="needs the extra `browser`: pip install newskg[browser]"
    )
    file = tmp_path / "graph.html"
    file.write_text(written(picture), encoding="utf-8")
    wrong: list[str] = []
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        shown = browser.new_page()
        shown.on("dialog", lambda it: wrong.append(it.message))
        shown.on("pageerror", lambda it: wrong.append(str(it)))
        shown.on("request", lambda it: None if it.url == file.as_uri() else wrong.append(it.url))
        shown.goto(file.as_uri())
        shown.locator("input").first.fill(picture.things[0].label[:12])
        shown.keyboard.press("Enter")
        shown.wait_for_selector("#details blockquote")
        quotes = shown.locator("#details blockquote").all_inner_texts()
        browser.close()
    quote = picture.facts[0].evidence[0].quote
    assert any(quote[:20] in told for told in quotes)
    assert not wrong
