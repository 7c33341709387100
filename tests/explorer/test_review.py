"""The review as a page: who may decide, what a decision does, and that it can be taken back."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from lxml import html as lxml_html
from starlette.requests import Request
from starlette.responses import Response

from kg.explorer.rooms import beside, rooms
from kg.explorer.sessions import LASTS, Sessions
from kg.store import Store
from kg.web.settings import Settings
from tests.explorer.test_pages import words
from tests.store.small import SOURCES, extraction, put
from tests.store.test_review import SPOUSE, doubtful
from tests.web.served import TOKEN, Served, served

NAMES = ("Bram Okoro", "Bram Okoro", "Bramm Okoro", "Bram K. Okoro")


def doubted(folder: Path, *names: str) -> Path:
    """A store in which a machine is unsure of everybody called Okoro."""
    with Store.open(folder) as store:
        for number, name in enumerate(names, 1):
            made = extraction(number, None, f"2024-01-{number:02d}", SOURCES[number % 3], [SPOUSE], called=name)
            store.put(*put(made), match=doubtful)
    return folder


@pytest.fixture
def asked(tmp_path: Path) -> Iterator[Served]:
    """A server that takes decisions."""
    settings = Settings(store=doubted(tmp_path / "kg.store", *NAMES), token=TOKEN, timeout=60.0)
    with served(settings, rooms(), beside()) as it:
        yield it


CLIENTS: list[httpx.Client] = []


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    """Whoever was at the page has left it after each test."""
    yield
    while CLIENTS:
        CLIENTS.pop().close()


class Reviewer:
    """Somebody at the page, who fills in its forms."""

    def __init__(self, server: Served, address: str = "/review") -> None:
        self.server = server
        self.client = httpx.Client(base_url=server.url, timeout=60, trust_env=False, follow_redirects=True)
        CLIENTS.append(self.client)
        self.go(address)

    def go(self, address: str) -> None:
        self._see(self.client.get(address))

    def _see(self, answer: httpx.Response) -> None:
        self.answer = answer
        self.page: Any = lxml_html.fromstring(answer.text)
        self.told = words(self.page.find(".//main"))

    def send(self, action: str, origin: str | None = None, **values: str) -> int:
        """Send the page's form that goes there, with some of its fields filled in or changed; the status."""
        (form,) = self.page.xpath(f"//form[@action='/review/{action}']")
        fields = {it.get("name"): it.get("value", "") for it in form.xpath(".//input[@name]")} | values
        headers = {"origin": origin or self.server.url}
        self._see(self.client.post(f"/review/{action}", data=fields, headers=headers))
        return self.answer.status_code

    def enter(self, token: str = TOKEN) -> int:
        return self.send("enter", name="Kim", token=token)


def people(server: Served) -> list[str]:
    rows = server.rows('SELECT ?name { ?p a kg:Person ; rdfs:label ?name FILTER(CONTAINS(?name, "Okoro")) }')
    return sorted(row["name"] for row in rows)


def test_the_two_stand_side_by_side_with_sentences_and_reasons(asked: Served) -> None:
    reviewer = Reviewer(asked)
    assert [words(it) for it in reviewer.page.xpath("//*[contains(@class, 'pair')]//h2")] == [
        "Bram Okoro",
        "Bramm Okoro",
    ]
    assert "40 of 100 that they are one: an Okoro too" in reviewer.told
    sentence = reviewer.page.xpath("//a[@class='quote']")[0]
    reviewer.go(sentence.get("href"))
    assert words(reviewer.page.xpath("//mark")[0]) in sentence.text


def test_who_has_no_token_may_look_and_not_decide(asked: Served) -> None:
    reviewer = Reviewer(asked)
    assert not reviewer.page.xpath("//form[@action='/review/decide']")
    reviewer.go(reviewer.page.xpath("//a[text()='Look at the next pair']/@href")[0])
    assert "Bram K. Okoro" in reviewer.told
    assert reviewer.enter("correct-horse-batterx") == 401
    answer = reviewer.client.post("/review/decide", data={"left": "x", "right": "y", "verdict": "same", "form": ""})
    assert answer.status_code == 401
    assert people(asked) == ["Bram K. Okoro", "Bram Okoro", "Bramm Okoro"]


def test_a_decision_is_followed_and_can_be_taken_back(asked: Served) -> None:
    reviewer = Reviewer(asked)
    reviewer.enter()
    assert "You decide as Kim" in reviewer.told
    assert reviewer.send("decide", verdict="same") == 200
    assert "Kept: the two are one, “Bram Okoro”" in reviewer.told
    assert people(asked) == ["Bram K. Okoro", "Bram Okoro"]
    assert "Undo: Bram Okoro / Bramm Okoro, same" in reviewer.told
    reviewer.go("/review")
    assert "Kept" not in reviewer.told
    reviewer.send("undo")
    assert "Taken back" in reviewer.told
    assert people(asked) == ["Bram K. Okoro", "Bram Okoro", "Bramm Okoro"]
    assert not reviewer.page.xpath("//form[@action='/review/undo']")


def test_each_answer_brings_the_next_pair_until_there_is_none(asked: Served) -> None:
    reviewer = Reviewer(asked)
    reviewer.enter()
    for verdict in ("different", "unsure", "different"):
        assert reviewer.send("decide", verdict=verdict) == 200
    assert "There is nothing to ask" in reviewer.told
    reviewer.go("/review?again=1")
    assert reviewer.page.xpath("//form[@action='/review/decide']")
    judges = asked.rows("SELECT DISTINCT ?judge { GRAPH ?g { ?j kg:judge ?judge ; kg:at ?at } }")
    assert [row["judge"] for row in judges] == ["person:Kim"]


def test_what_somebody_else_answered_meanwhile_is_told(asked: Served) -> None:
    one, other = Reviewer(asked), Reviewer(asked)
    one.enter()
    other.enter()
    one.send("decide", verdict="same")
    assert other.send("decide", verdict="different") == 403
    assert "not in question any more" in other.told


def test_the_questions_narrow_by_a_name(asked: Served) -> None:
    assert "Bram K. Okoro" in Reviewer(asked, "/review?about=Bram+K.+Okoro").told
    assert "Nothing is called “Nobody”" in Reviewer(asked, "/review?about=Nobody").told


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", "http://127.0.0.1:1"])
def test_no_other_site_can_send_the_forms(asked: Served, origin: str) -> None:
    reviewer = Reviewer(asked)
    reviewer.enter()
    assert reviewer.send("decide", verdict="same", origin=origin) == 403
    assert len(people(asked)) == 3


def test_a_form_without_the_secret_of_the_page_does_nothing(asked: Served) -> None:
    reviewer = Reviewer(asked)
    reviewer.enter()
    assert reviewer.send("decide", verdict="same", form="guessed") == 403
    reviewer.go("/review")
    assert reviewer.send("decide", verdict="perhaps") == 400
    assert reviewer.client.post("/review/undo", content="{}").status_code == 415
    assert reviewer.client.get("/review/undo").status_code == 405


def test_the_token_is_kept_nowhere_in_the_browser_or_the_log(asked: Served) -> None:
    reviewer = Reviewer(asked)
    reviewer.enter()
    kept = reviewer.answer.history[0].headers["set-cookie"]
    assert "HttpOnly" in kept and "SameSite=strict" in kept and "Path=/review" in kept
    assert TOKEN not in kept + reviewer.answer.text + str(reviewer.answer.url) + asked.log.getvalue()


def test_who_signs_out_is_out(asked: Served) -> None:
    reviewer = Reviewer(asked)
    reviewer.enter()
    kept = dict(reviewer.client.cookies)
    reviewer.send("leave")
    reviewer.client.cookies.update(kept)
    reviewer.go("/review")
    assert not reviewer.page.xpath("//form[@action='/review/decide']")


def test_a_session_ends_by_itself() -> None:
    now = [0.0]
    sessions, answer = Sessions(lambda: now[0]), Response()
    sessions.begin(answer, "person:kim", secure=True)
    cookie = answer.headers["set-cookie"].partition(";")[0]
    request = Request({"type": "http", "headers": [(b"cookie", cookie.encode())]})
    assert sessions.of(request)
    now[0] = LASTS + 1.0
    assert sessions.of(request) is None


@pytest.mark.parametrize(("read_only", "why"), [(True, "only reads"), (False, "gave no token")])
def test_a_server_that_takes_no_decisions_says_why(tmp_path: Path, read_only: bool, why: str) -> None:
    settings = Settings(
        store=doubted(tmp_path / "kg.store", *NAMES[1:]), token=TOKEN if read_only else None, read_only=read_only
    )
    with served(settings, rooms(), beside()) as server:
        reviewer = Reviewer(server)
        assert why in reviewer.told and "--token-file" in reviewer.told
        assert "Bramm Okoro" in reviewer.told
        assert not reviewer.page.xpath("//form[@method='post']")
        data = {"name": "Kim", "token": TOKEN}
        answer = reviewer.client.post("/review/enter", data=data, headers={"origin": server.url})
        assert answer.status_code == 403 and re.search(why, answer.text)
