"""The pages in a real browser: nothing foreign runs or loads, and all can be used by keyboard, in the dark, narrow.

They need Chromium and the extra ``browser``; without them they are skipped, and the tests of the HTML remain.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.explorer.rooms import beside, rooms
from kg.web.settings import Settings
from tests.explorer.test_pages import VIEWS, address_of
from tests.explorer.test_review import doubted
from tests.web.served import TOKEN, Served, served


class Window:
    """A page with all that went wrong in it."""

    def __init__(self, browser: Any, served: Served, **options: Any) -> None:
        self.context = browser.new_context(**options)
        self.page = self.context.new_page()
        self.page.set_default_timeout(60_000)
        self.url = served.url
        self.wrong: list[str] = []
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("dialog", lambda dialog: self.wrong.append(dialog.message))
        self.page.on("console", lambda it: self.wrong.append(it.text) if it.type in {"error", "warning"} else None)
        self.page.on("request", lambda it: None if it.url.startswith((served.url, "data:", "blob:")) else self._out(it))

    def _out(self, request: Any) -> None:
        self.wrong.append(f"asked {request.url}")

    def open(self, address: str) -> Any:
        self.page.goto(f"{self.url}{address}")
        return self.page


@pytest.fixture
def window(browser: Any, shown: Served) -> Iterator[Window]:
    made = Window(browser, shown, viewport={"width": 1100, "height": 750})
    yield made
    made.context.close()
    assert not made.wrong


def graph_of(served: Served, name: str) -> str:
    return "/graph?of=" + str(served.client.get("/search.json", params={"q": name}).json()[0]["iri"])


def views(served: Served) -> list[str]:
    return [
        *VIEWS,
        address_of(served, "Ada Brandt"),
        address_of(served, "Lindhafen explosion"),
        f"/article/{'c' * 16}?claim=c1",
        "/ask?name=about&p-name=Ada+Brandt&run=1",
        graph_of(served, "Ada Brandt"),
    ]


def test_no_view_runs_or_asks_for_anything_foreign(window: Window, shown: Served) -> None:
    for view in views(shown):
        page = window.open(view)
        assert page.title() != "owned", view


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_view_has_a_serious_fault_of_access(browser: Any, shown: Served, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs the extra `browser`")
    # The policy of the pages would keep the checker out.
    window = Window(browser, shown, color_scheme=scheme, bypass_csp=True)
    for view in views(shown):
        found = axe.Axe().run(window.open(view)).response["violations"]
        serious = [(it["id"], it["nodes"][0]["html"]) for it in found if it["impact"] in {"serious", "critical"}]
        assert not serious, (view, serious)
    window.context.close()


def test_on_a_narrow_screen_nothing_is_cut_off(browser: Any, shown: Served) -> None:
    window = Window(browser, shown, viewport={"width": 360, "height": 640})
    for view in views(shown):
        page = window.open(view)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, view
    window.context.close()


def test_from_typing_to_the_marked_sentence_by_keyboard_and_one_click(window: Window) -> None:
    page = window.open("/")
    page.keyboard.type("brandt")
    page.wait_for_selector("[role=option]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/thing/person/**")
    page.click("a.quote:has-text('Sandvik')")
    page.wait_for_selector("mark")
    assert "".join(page.locator("mark").all_text_contents()) == "Ada Brandt was born in Sandvik"
    assert page.evaluate("document.querySelector('mark').getBoundingClientRect().top < innerHeight")


def test_no_mouse_is_needed_from_typing_to_the_marked_sentence(window: Window) -> None:
    page = window.open("/")
    page.keyboard.type("brandt")
    page.wait_for_selector("[role=option]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/thing/person/**")
    for _ in range(100):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('a.quote')"):
            break
    told = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    page.wait_for_selector("mark")
    assert "".join(page.locator("mark").all_text_contents()) in told


def test_offers_of_hostile_names_are_words(window: Window) -> None:
    page = window.open("/")
    page.keyboard.type("<script>")
    page.wait_for_selector("[role=option]")
    assert "<script>" in page.inner_text("[role=listbox]")


def wait_for_more_than(count: int, page: Any) -> None:
    """Until so many things are drawn. (The page's policy forbids what Playwright's own waiting for words does.)"""
    for _ in range(600):
        if page.evaluate("window.graph ? graph.nodes().length : 0") > count:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"no more than {count} things are drawn")


def test_the_graph_widens_narrows_and_finds_paths(window: Window, shown: Served) -> None:
    page = window.open(graph_of(shown, "Ada Brandt"))
    names = "graph.nodes(':visible').map((node) => node.data('name')).sort().join()"
    wait_for_more_than(0, page)
    assert page.evaluate(names) == "Ada Brandt,Harbour Guard,Lindhafen,Sandvik"
    page.uncheck("text=leader of")
    assert page.evaluate(names) == "Ada Brandt,Lindhafen,Sandvik"
    page.check("text=leader of")
    page.evaluate("graph.nodes().filter((node) => node.data('name') === 'Lindhafen').select()")
    page.click("#expand")
    wait_for_more_than(4, page)
    assert "Nordland" in page.evaluate(names)
    assert page.url.count("of=") == 2
    page.evaluate("graph.nodes().unselect(); graph.nodes().filter((node) => node.data('name') === 'Sandvik').select()")
    page.click("#hide")
    assert "Sandvik" not in page.evaluate(names)
    page.click("text=Path between two")
    page.select_option("#from", label="Nordland")
    page.select_option("#to", label="Harbour Guard")
    page.click("#path")
    assert "3 steps: Nordland – Lindhafen – " in page.inner_text("#told")


def test_a_graph_is_the_same_at_its_address(window: Window, shown: Served) -> None:
    page = window.open(graph_of(shown, "Ada Brandt") + "&without=leader+of")
    wait_for_more_than(0, page)
    assert page.evaluate("graph.nodes(':visible').length") == 3
    assert not page.is_checked("text=leader of")


def test_the_picture_and_the_file_of_a_graph_can_be_taken_along(window: Window, shown: Served) -> None:
    page = window.open(graph_of(shown, "Ada Brandt"))
    wait_for_more_than(0, page)
    with page.expect_download() as picture:
        page.click("#png")
    assert picture.value.path().read_bytes().startswith(b"\x89PNG")
    with page.expect_download() as file:
        page.click("#gexf")
    assert b"Harbour Guard" in file.value.path().read_bytes()


def test_the_slider_shows_what_was_known_by_a_day(window: Window, shown: Served) -> None:
    page = window.open(graph_of(shown, "Ada Brandt"))
    wait_for_more_than(0, page)
    page.click("text=First said until")
    everything = page.evaluate("graph.edges(':visible').length")
    page.focus("#until")
    page.keyboard.press("Home")
    assert page.evaluate("graph.edges(':visible').length") < everything
    assert page.inner_text("#until-day") == "2031-05-04"


def test_the_review_by_keys(browser: Any, tmp_path: Path) -> None:
    settings = Settings(store=doubted(tmp_path / "kg.store", "Bram Okoro", "Bramm Okoro"), token=TOKEN, timeout=60.0)
    with served(settings, rooms(), beside()) as server:
        window = Window(browser, server)
        page = window.open("/review")
        page.fill("#name", "Kim")
        page.fill("#token", TOKEN)
        page.keyboard.press("Enter")
        page.wait_for_selector("text=You decide as Kim")
        page.keyboard.press("s")
        page.wait_for_selector("text=Kept: the two are one")
        page.keyboard.press("b")
        page.wait_for_selector("text=Taken back")
        assert page.locator("[data-key=s]").count() == 1
        assert TOKEN not in page.url + page.content()
        window.context.close()
        assert not window.wrong
