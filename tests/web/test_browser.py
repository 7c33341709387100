"""Hostile words in a real browser: whatever the server sends of them runs nothing, and asks nobody else.

Words of articles, their titles, file names, names of things, IRIs and labels, mistakes and addresses that lead nowhere.
It needs Chromium and the extra ``browser``; without them it is skipped, and the tests of the answers' headers remain.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest

import kg
from kg.explorer.rooms import beside, rooms
from kg.web.settings import Settings
from tests.batch.test_ingest import Spotter, _article
from tests.explorer.conftest import HOSTILE, later
from tests.store.small import add
from tests.web.served import PATIENCE, TOKEN, WRITER, Served, served
from tests.web.test_hostile import Elsewhere

sync_api = pytest.importorskip("playwright.sync_api", reason="needs the extra `browser`: pip install newskg[browser]")

OWNED = "document.title='owned'"
EVENT = f'<img src=x onerror="{OWNED}">'
# What a browser takes for a page if it is told that XML is one.
XHTML = f'<x:script xmlns:x="http://www.w3.org/1999/xhtml">{OWNED}</x:script>'
NOTES = f"""<javascript:{OWNED.replace("'", "%27")}> <http://www.w3.org/2000/01/rdf-schema#label> {HOSTILE!r} .
<data:text/html,%3Cscript%3E1%3C/script%3E> <urn:p> {EVENT!r} , {XHTML!r} , "http://127.0.0.1:PORT/" ;
  <http://127.0.0.1:PORT/> <http://127.0.0.1:PORT/?picture.png> ."""


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[Elsewhere]:
    it = Elsewhere()
    yield it
    it.close()


@pytest.fixture(scope="module")
def trapped(tmp_path_factory: pytest.TempPathFactory, elsewhere: Elsewhere) -> Iterator[Served]:
    """A store with hostile words in all places that anybody can put words into."""
    folder: Path = tmp_path_factory.mktemp("trapped")
    with kg.open(folder / "kg.store") as graph:
        add(graph.store, later())
        graph.ingest([_article(folder, EVENT, f"{HOSTILE} {EVENT}")], Spotter())
    with served(Settings(store=folder / "kg.store", token=TOKEN, timeout=PATIENCE, workers=2), rooms(), beside()) as it:
        notes = NOTES.replace("PORT", str(elsewhere.port)).encode()
        headers = {"content-type": "text/turtle", **WRITER}
        graph_name = quote(f"urn:notes:{HOSTILE}".replace("<", "%3C").replace(">", "%3E"))
        it.client.put(f"/graphs?graph={graph_name}", content=notes, headers=headers).raise_for_status()
        yield it


def asked(text: str, **more: str) -> str:
    return urlencode({"query": text, **more})


EVERYTHING = "SELECT * { GRAPH ?g { ?s ?p ?o } FILTER(STRSTARTS(STR(?g), 'urn:notes')) }"
TRIPLES = "CONSTRUCT { ?s ?p ?o } { GRAPH ?g { ?s ?p ?o } FILTER(STRSTARTS(STR(?g), 'urn:notes')) }"
MISTAKE = f"{HOSTILE}{EVENT}{XHTML}"
ADDRESSES = [
    *(f"/sparql?{asked(EVERYTHING, format=form)}" for form in ("xml", "json", "csv", "tsv")),
    *(f"/sparql?{asked(TRIPLES, format=form)}" for form in ("ttl", "nt", "rdf", "jsonld")),
    f"/sparql?{asked(EVERYTHING)}",
    f"/sparql?{asked(TRIPLES)}",
    f"/sparql?{asked(MISTAKE)}",
    f"/sparql?{asked('ASK {}', format=EVENT)}",
    "/sparql",
    f"/{quote(HOSTILE)}",
    f"/id/{quote(HOSTILE)}",
    f"/thing/{quote(EVENT)}",
    f"/graphs?graph={quote(HOSTILE)}",
    f"/graphs?{urlencode({'graph': 'urn:' + quote(EVENT)})}",
    f"/ask?{asked(EVERYTHING)}",
    f"/ask?{asked(TRIPLES)}",
    f"/ask?{asked(MISTAKE)}",
    f"/search?{urlencode({'q': EVENT})}",
    f"/timeline?{urlencode({'about': HOSTILE, 'since': EVENT})}",
    f"/disputed?{urlencode({'about': XHTML})}",
    *("/", "/recent", "/timeline", "/disputed", "/health", "/metrics"),
]


class Visit:
    """A tab, and all that went wrong in it."""

    def __init__(self, browser: Any, url: str) -> None:
        self.wrong: list[str] = []
        self._url = url
        self._page = browser.new_page()
        self._page.set_default_timeout(PATIENCE * 1000)
        self._page.on("dialog", lambda it: self.wrong.append(f"dialog {it.message}"))
        self._page.on("popup", lambda it: self.wrong.append(f"popup {it.url}"))
        self._page.on("request", lambda it: None if self._is_ours(it.url) else self.wrong.append(f"asked {it.url}"))

    def _is_ours(self, address: str) -> bool:
        return address.startswith((self._url, "data:", "blob:"))

    def see(self, address: str) -> list[str]:
        """Open an address; the links on it. What a browser saves instead of showing it can't run anything."""
        try:
            self._page.goto(f"{self._url}{address}")
        except sync_api.Error as error:
            assert "Download is starting" in str(error) or "ERR_ABORTED" in str(error)
            return []
        if self._page.title() == "owned":
            self.wrong.append(f"ran on {address}")
        return [str(link.get_attribute("href")) for link in self._page.query_selector_all("a[href]")]


def test_nothing_runs_and_nobody_else_is_asked(browser: Any, trapped: Served, elsewhere: Elsewhere) -> None:
    visit = Visit(browser, trapped.url)
    waiting, seen, articles = list(ADDRESSES), set[str](), 0
    while waiting and len(seen) < 80:
        address = waiting.pop(0)
        if address in seen:
            continue
        seen.add(address)
        links = visit.see(address)
        assert not [link for link in links if link.startswith(("javascript:", "data:"))], address
        articles += address.startswith("/article/")
        waiting += [link.partition("#")[0] for link in links if link.startswith(("/thing/", "/article/", "/id/"))]
    assert not visit.wrong
    assert elsewhere.hits == 0
    assert articles >= 2, "the hostile article and the file with the hostile name were looked at"


def test_it_would_be_noticed(browser: Any, trapped: Served) -> None:
    """The same words on a page that lets them run: so the test above tells something."""
    page = browser.new_page()
    page.set_content(f"<title>calm</title>{HOSTILE}")
    assert page.title() == "owned"
    page.set_content(f"<title>calm</title>{EVENT}")
    page.wait_for_function("document.title === 'owned'")
