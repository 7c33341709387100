"""What the pages show, as HTML: these tests need no browser."""

import re
from typing import Any
from urllib.parse import unquote, urlsplit

import httpx
import pytest
from lxml import html as lxml_html

from tests.explorer.conftest import HOSTILE, LATER
from tests.web.served import Served

VIEWS = ["/", "/search?q=brandt", "/disputed", "/recent", "/timeline", "/review", "/ask", "/graph"]


def page(served: Served, address: str) -> Any:
    answer = served.client.get(address, follow_redirects=True)
    assert answer.status_code == 200, answer.text
    return lxml_html.fromstring(answer.text)


def words(element: Any) -> str:
    return " ".join(str(element.text_content()).split())


def address_of(served: Served, name: str) -> str:
    found = served.client.get("/search.json", params={"q": name}).json()
    return str(found[0]["page"])


# ---- every view -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("view", VIEWS)
def test_each_view_has_a_page_that_loads_only_our_own_files(shown: Served, view: str) -> None:
    it = page(shown, view)
    assert it.findtext(".//h1")
    loaded = [*it.xpath("//link/@href"), *it.xpath("//script/@src"), *it.xpath("//img/@src")]
    assert loaded and all(urlsplit(address).path.startswith("/static/") for address in loaded)
    assert not it.xpath("//script[not(@src)]") and not it.xpath("//*[@style or @onclick]")
    for address in loaded:
        assert shown.client.get(address).status_code == 200


@pytest.mark.parametrize("view", VIEWS)
def test_each_view_of_an_empty_store_says_what_to_do(nothing: Served, view: str) -> None:
    it = page(nothing, view)
    assert it.xpath("//*[contains(@class, 'empty')]//p") or view == "/ask"


@pytest.mark.parametrize("view", [*VIEWS, "/nowhere", "/thing/person/nobody"])
def test_no_page_may_run_or_load_anything_of_others(shown: Served, view: str) -> None:
    policy = shown.client.get(view).headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy and "http" not in policy


@pytest.mark.parametrize("view", VIEWS)
def test_pages_are_for_reading_only(shown: Served, view: str) -> None:
    assert shown.client.post(view).status_code == 405


# ---- hostile words --------------------------------------------------------------------------------------------------


def test_words_of_articles_stay_words_wherever_they_stand(shown: Served) -> None:
    looked_at: set[str] = set()
    waiting = [*VIEWS, f"/search?q={HOSTILE}", f"/ask?query={HOSTILE}", f"/disputed?about={HOSTILE}"]
    seen_hostile = 0
    while waiting and len(looked_at) < 60:
        address = waiting.pop(0)
        answer = shown.client.get(address, follow_redirects=True)
        assert "<script>document" not in answer.text, address
        it: Any = lxml_html.fromstring(answer.text)
        assert not it.xpath("//a[starts-with(@href, 'javascript')]"), address
        seen_hostile += HOSTILE in it.text_content()
        links = {str(link).partition("#")[0] for link in it.xpath("//a/@href")}
        links = {link for link in links if link.startswith(("/thing", "/article", "/graph?"))}
        waiting += sorted(links - looked_at - set(waiting))
        looked_at.add(address)
    assert seen_hostile > 3, "the hostile words are shown as words"


@pytest.mark.parametrize("path", ["/thing/a%3E%20b", "/thing/%22%7D", "/article/%3Cx%3E", "/graph?of=%3Cx%3E"])
def test_an_address_that_is_no_iri_is_refused(shown: Served, path: str) -> None:
    assert shown.client.get(path).status_code == 400


# ---- search ---------------------------------------------------------------------------------------------------------


def test_search_finds_by_any_name_in_any_case(shown: Served) -> None:
    for name in ("ada brandt", "BRANDT", "bra", "brandt ada"):
        found = shown.client.get("/search.json", params={"q": name}).json()
        assert found[0]["name"] == "Ada Brandt", name


def test_whole_names_come_before_parts(shown: Served) -> None:
    found = shown.client.get("/search.json", params={"q": "lindhafen"}).json()
    assert [it["name"] for it in found] == ["Lindhafen", "Lindhafen explosion"]


def test_search_without_a_script_lists_links(shown: Served) -> None:
    it = page(shown, "/search?q=lindhafen")
    assert [link.text for link in it.xpath("//main//li/a")] == ["Lindhafen", "Lindhafen explosion"]


def test_search_for_signs_finds_nothing_and_breaks_nothing(shown: Served) -> None:
    for signs in ('"', "\\", "<urn:x>", "?thing", "}", "'''", "\x00", "%", "😀"):
        assert shown.client.get("/search.json", params={"q": signs}).json() == []


# ---- things ---------------------------------------------------------------------------------------------------------


def test_a_thing_tells_its_names_kind_and_facts_with_sentence_source_and_day(shown: Served) -> None:
    it = page(shown, address_of(shown, "Ada Brandt"))
    told = words(it.find(".//main"))
    assert "person" in told and "also called Brandt" in told
    fact = words(it.xpath("//li[contains(@class, 'fact')][p/a = 'Harbour Guard']")[0])
    assert "1 source" in fact and "2031-05" in fact
    assert "Ada Brandt, leader of the Harbour Guard" in fact and "North Wire, 2031-05-04" in fact


def test_what_disagrees_stands_side_by_side(shown: Served) -> None:
    it = page(shown, address_of(shown, "Ada Brandt"))
    sides = it.xpath("//*[contains(@class, 'against')]//section")
    assert {words(side.find("p/a")) for side in sides} == {"Lindhafen", "Sandvik"}


def test_from_search_to_the_marked_sentence_takes_two_clicks(shown: Served) -> None:
    first = page(shown, "/search?q=brandt").xpath("//main//li/a/@href")[0]
    second = page(shown, first).xpath("//a[contains(@class, 'quote') and contains(., 'Sandvik')]/@href")[0]
    marked = "".join(page(shown, second).xpath("//mark//text()"))
    assert marked == LATER.partition(". ")[0]
    assert second.endswith("#said") and page(shown, second).xpath("//mark[@id='said']")


def test_the_picture_of_what_is_around_has_links(shown: Served) -> None:
    it = page(shown, address_of(shown, "Ada Brandt"))
    assert "Harbour Guard" in it.xpath("string(//*[contains(@class, 'picture')])")
    assert it.xpath("//*[contains(@class, 'picture')]//a[starts-with(@href, '/thing/')]")


def test_an_event_tells_where_and_who_and_its_toll_through_time(shown: Served) -> None:
    it = page(shown, address_of(shown, "Lindhafen explosion"))
    told = words(it.find(".//main"))
    assert "Where Lindhafen" in told and "carried out by Harbour Guard" in told
    rows = [words(row) for row in it.xpath("//tbody/tr")]
    assert [row[:10] for row in rows] == ["2031-05-04", "2031-05-07"]
    assert "at least 12" in rows[0] and "the mayor" in rows[0] and "30 to 40" in rows[1]
    assert len(it.xpath("//*[contains(@class, 'count deaths')]")) == 2


def test_an_iri_leads_a_browser_to_the_page_and_a_program_to_data(shown: Served) -> None:
    path = address_of(shown, "Ada Brandt").removeprefix("/thing/")
    assert shown.client.get(f"/id/{path}").headers["location"] == f"/thing/{path}"
    data = shown.client.get(f"/id/{path}", headers={"accept": "text/turtle"})
    assert data.headers["content-type"].startswith("text/turtle")


def test_programs_get_a_text_at_the_front(shown: Served) -> None:
    assert shown.client.get("/", headers={"accept": "*/*"}).headers["content-type"].startswith("text/plain")


# ---- articles -------------------------------------------------------------------------------------------------------


def test_an_article_is_shown_letter_for_letter(shown: Served) -> None:
    it = page(shown, f"/article/{'c' * 16}")
    assert it.xpath("string(//*[contains(@class, 'text')])").strip() == LATER
    assert not it.xpath("//mark") and it.xpath("//*[@class='claimed']")
    assert not it.xpath("//a[contains(@href, 'script:')]")


def test_names_in_an_article_lead_to_their_things(shown: Served) -> None:
    links = page(shown, f"/article/{'c' * 16}").xpath("//*[contains(@class, 'text')]//a")
    assert {unquote(link.get("href")).partition("/thing/city/")[2] for link in links if link.text == "Sandvik"} == {
        "sandvik"
    }


# ---- disputed, recent, timeline -------------------------------------------------------------------------------------


def test_disputed_shows_both_kinds_of_contradiction(shown: Served) -> None:
    told = words(page(shown, "/disputed").find(".//main"))
    assert "Ada Brandt born in" in told
    assert re.search(r"Stated .*police say.* Denied .*did not carry it out", told)


def test_disputed_narrows_by_a_name(shown: Served) -> None:
    told = words(page(shown, "/disputed?about=ada").find(".//main"))
    assert "born in" in told and "carried out" not in told


def test_recent_lists_the_articles_read_last_and_what_they_told(shown: Served) -> None:
    it = page(shown, "/recent")
    assert words(it.xpath("//*[@class='lead']")[0]).endswith("3 articles read")
    assert len(it.xpath("//aside//a[starts-with(@href, '/article/')]")) == 3
    assert "Ada Brandt leader of Harbour Guard" in words(it.find(".//main"))


def test_the_timeline_is_in_order_and_narrows(shown: Served) -> None:
    days = [words(day) for day in page(shown, "/timeline").xpath("//li[@class='day']")]
    assert days == sorted(days) and "1980-02-03" in days
    assert "No dated fact" in words(page(shown, "/timeline?since=2040").find(".//main"))
    assert page(shown, "/timeline?about=ada&until=1990").xpath("//li[@class='day']")


# ---- SPARQL ---------------------------------------------------------------------------------------------------------


def test_a_question_of_the_menu_has_its_parameters_as_fields(shown: Served) -> None:
    it = page(shown, "/ask?name=killed-by")
    assert it.xpath("//input[@name='p-name' or starts-with(@name, 'p-')]")
    answered = page(shown, "/ask?name=about&p-name=Ada+Brandt&run=1")
    assert "Harbour Guard" in words(answered.find(".//table"))
    assert "Ada Brandt" in answered.find(".//textarea").text


def test_a_question_that_needs_something_waits_for_it(shown: Served) -> None:
    it = page(shown, "/ask?name=about&run=1")
    assert it.xpath("//input[@name='p-name' and @required]") and it.find(".//table") is None


def test_an_own_query_is_answered_as_a_table_with_downloads(shown: Served) -> None:
    query = "SELECT ?p ?name { ?p a kg:Person ; rdfs:label ?name }"
    it = page(shown, f"/ask?query={query}")
    assert "Ada Brandt" in words(it.find(".//table"))
    download = it.xpath("//a[@download='answer.csv']/@href")[0]
    assert "Ada Brandt" in shown.client.get(download).text


def test_a_graph_is_answered_as_turtle(shown: Served) -> None:
    it = page(shown, "/ask?query=CONSTRUCT { ?p rdfs:label ?n } WHERE { ?p a kg:Person ; rdfs:label ?n }")
    assert "Ada Brandt" in it.find(".//pre").text
    assert it.xpath("//a[@download='answer.ttl']")


def test_yes_or_no_is_told(shown: Served) -> None:
    assert words(page(shown, "/ask?query=ASK { ?p a kg:Person }").find(".//tbody")) == "yes"


def test_a_mistake_in_a_query_is_told_with_its_place(shown: Served) -> None:
    told = words(page(shown, "/ask?query=SELECT+*+{").xpath("//*[@role='alert']")[0])
    assert "line 1" in told


@pytest.mark.parametrize("query", ["DROP ALL", "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }"])
def test_the_page_neither_writes_nor_asks_others(shown: Served, query: str) -> None:
    it = page(shown, f"/ask?query={query}")
    assert it.xpath("//*[@role='alert']") and it.find(".//table") is None


# ---- the graph ------------------------------------------------------------------------------------------------------


def graph(served: Served, form: str, name: str) -> httpx.Response:
    iri = served.client.get("/search.json", params={"q": name}).json()[0]["iri"]
    return served.client.get(f"/graph.{form}", params={"of": iri})


def test_the_graph_has_what_is_around_a_thing(shown: Served) -> None:
    told = graph(shown, "json", "Ada Brandt").json()
    assert {"Ada Brandt", "Harbour Guard", "Lindhafen", "Sandvik"} == {node["name"] for node in told["nodes"]}
    assert {edge["relation"] for edge in told["edges"]} == {"born in", "leader of"}
    assert all(edge["sentence"].startswith("/article/") for edge in told["edges"])
    assert [node["name"] for node in told["nodes"] if node["opened"]] == ["Ada Brandt"]


def test_the_graph_can_be_taken_to_gephi(shown: Served) -> None:
    answer = graph(shown, "gexf", "Ada Brandt")
    assert answer.headers["content-disposition"].endswith('"graph.gexf"')
    assert b"<gexf" in answer.content and b"Harbour Guard" in answer.content
