"""The index of names: how names are folded, what is found first, and that it follows the store."""

import time
from pathlib import Path

import pytest

from kg.explorer.indexing import words_of
from kg.explorer.rooms import beside, rooms
from kg.mapping import to_nquads
from kg.resolution import match, resolve
from kg.store import Store
from kg.web.settings import Settings
from tests.views import story
from tests.web.served import Served, served


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Łódź", ["lodz"]),
        ("Jón Þórsson", ["jon", "thorsson"]),
        ("Ba’ath Party", ["baath", "party"]),
        ("al-Hilal", ["al", "hilal"]),
        ("STRASSE straße", ["strasse", "strasse"]),
        ("😀 \x00 \"'", []),
    ],
)
def test_case_marks_and_signs_make_no_difference(name: str, words: list[str]) -> None:
    assert words_of(name) == words


def names(server: Served, text: str) -> list[str]:
    return [it["name"] for it in server.client.get("/search.json", params={"q": text}).json()]


def test_a_part_of_a_word_is_found_if_nothing_begins_so(shown: Served) -> None:
    assert names(shown, "randt") == ["Ada Brandt"]
    assert names(shown, "indhafe")[0] == "Lindhafen"


def test_what_more_sources_speak_of_comes_first(shown: Served) -> None:
    found = shown.client.get("/search.json", params={"q": "l"}).json()
    counts = [it["sources"] for it in found]
    assert counts == sorted(counts, reverse=True) and counts[0] > 1


def test_what_is_written_is_found_soon_after(tmp_path: Path) -> None:
    folder = tmp_path / "kg.store"
    Store.open(folder).close()
    with served(Settings(store=folder, timeout=60.0), rooms(), beside()) as server:
        assert names(server, "brandt") == []
        told = story.first()
        with Store.open(folder) as store:
            store.put(to_nquads(told), *resolve(told), match)
        until = time.monotonic() + 60
        while not names(server, "brandt") and time.monotonic() < until:
            time.sleep(0.2)
        assert names(server, "brandt") == ["Ada Brandt"]
        assert len(list((folder / "snapshots").glob("*/names-*.sqlite"))) == 1
    assert not list((folder / "snapshots").iterdir())
