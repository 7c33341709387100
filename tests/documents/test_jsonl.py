"""JSON lines: every field, every bad line with its number, and the good ones around it."""

import json
from pathlib import Path

import pytest

from kg.claims import Source
from kg.documents.files import MAX_BYTES
from tests.documents.articles import REPORT, marked, read_all, read_text, why_refused


def lines(*items: object) -> str:
    return "\n".join(item if isinstance(item, str) else json.dumps(item, ensure_ascii=False) for item in items)


def test_every_field_is_read(tmp_path: Path) -> None:
    item = {
        "url": "https://post.example/a",
        "title": "Wall falls in Halden",
        "text": f"Wall falls in Halden\n\n{REPORT}",
        "published": "2024-01-03T10:15:00+03:30",
        "source": "The Post",
        "language": "en-GB",
        "section": {"other": ["fields", "are", "left"]},
    }
    document = read_text(tmp_path, lines(item), "a.jsonl")
    assert document.url == item["url"]
    assert document.title == item["title"]
    assert document.text == item["text"]
    assert document.published == item["published"]
    assert document.source == Source("the-post", "The Post", None, "https://post.example/")
    assert document.language == "en"
    assert marked(document) == [("title", "Wall falls in Halden")]


def test_text_alone_is_enough(tmp_path: Path) -> None:
    document = read_text(tmp_path, lines({"text": f" date 2024-01-03 {REPORT}"}), "a.ndjson")
    assert (document.published, document.url, document.source, document.title) == ("2024-01-03", None, None, None)


def test_what_the_fields_say_counts_more_than_what_the_text_says(tmp_path: Path) -> None:
    item = {
        "text": f"Wall falls\n\nHALDEN, Jan. 3, 2024 (Lantern Wire) - {REPORT}",
        "title": "Other",
        "published": "2023",
    }
    document = read_text(tmp_path, lines(item), "a.jsonl")
    assert (document.title, document.published) == ("Other", "2023")
    assert document.source == Source("lantern-wire", "Lantern Wire")


def test_a_title_field_does_not_change_the_text(tmp_path: Path) -> None:
    assert read_text(tmp_path, lines({"text": REPORT, "title": "Wall falls"}), "a.jsonl").text == REPORT


def test_a_title_field_marks_a_title_that_ends_like_a_sentence(tmp_path: Path) -> None:
    title = "Two die in Halden."
    document = read_text(tmp_path, lines({"text": f"{title}\n\n{REPORT}", "title": title}), "a.jsonl")
    assert marked(document) == [("title", title)]


def test_html_in_a_field(tmp_path: Path) -> None:
    item = {"html": f"<html><body><article><p>{REPORT}</p></article></body></html>", "title": "Wall falls"}
    document = read_text(tmp_path, lines(item), "a.jsonl")
    assert (document.text, document.title) == (REPORT, "Wall falls")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("AP", Source("associated-press", "Associated Press", "agency")),
        ({"name": "Radio One", "kind": "broadcaster", "homepage": "https://one.example/x"},
         Source("radio-one", "Radio One", "broadcaster", "https://one.example/")),
        ({"id": "r1", "name": "Radio One"}, Source("radio-one", "Radio One")),
        ("  ", None),
        (None, None),
    ],
)  # fmt: skip
def test_sources(tmp_path: Path, source: object, expected: Source | None) -> None:
    assert read_text(tmp_path, lines({"text": REPORT, "source": source}), "a.jsonl").source == expected


@pytest.mark.parametrize(
    ("published", "expected"), [(1704270000, "2024-01-03T08:20:00Z"), ("garbage", None), ("2999", None)]
)
def test_published(tmp_path: Path, published: object, expected: str | None) -> None:
    assert read_text(tmp_path, lines({"text": REPORT, "published": published}), "a.jsonl").published == expected


@pytest.mark.parametrize("url", ["not a url", "javascript:x", "", "ftp://a.example/x"])
def test_an_address_that_is_none_is_dropped(tmp_path: Path, url: str) -> None:
    assert read_text(tmp_path, lines({"text": REPORT, "url": url}), "a.jsonl").url is None


def test_bad_lines_are_told_by_number_and_good_ones_go_on(tmp_path: Path) -> None:
    path = tmp_path / "feed.jsonl"
    bad = [
        ("not json", "not an article as JSON"),
        ({"text": 5}, "not an article as JSON: Expected `str | null`, got `int`"),
        ({"url": "https://a.example"}, "no article: give it a field text or html"),
        ({"text": " "}, "empty"),
        ({"html": "<p>no"}, "HTML without an article"),
        ("[1]", "not an article as JSON: Expected `object`"),
        ('{"text": "\\ud800"}', "not an article as JSON"),
        ({"text": f"{REPORT}\0"}, "broken encoding"),
        ({"text": REPORT, "language": "de"}, "language: marked as 'de'"),
        ('{"text":' + "[" * 200_000, "not an article: JSON nested too deeply"),
        ('{"text": "' + "a" * MAX_BYTES + '"}', "too large: more than 20 MB"),
    ]
    good = {"text": REPORT}
    path.write_text(lines(*(part for item, _ in bad for part in (good, item, "")), good))
    documents, refused = read_all(path)
    assert len(documents) == len(bad) + 1
    for number, ((_, reason), refusal) in enumerate(zip(bad, refused, strict=True)):
        assert refusal.path == str(path)
        assert refusal.reason.startswith(f"line {3 * number + 2}: {reason}")
        assert len(refusal.reason) < 200
        assert "\n" not in refusal.reason


def test_a_byte_order_mark_and_dos_line_ends(tmp_path: Path) -> None:
    content = b"\xef\xbb\xbf" + lines({"text": f"a\r\n{REPORT}"}).encode() + b"\r\n"
    assert read_text(tmp_path, content, "a.jsonl").text == f"a\n{REPORT}"


def test_bytes_that_are_no_utf8_are_refused(tmp_path: Path) -> None:
    assert why_refused(tmp_path, b'{"text": "caf\xe9"}', "a.jsonl").startswith("line 1: not an article as JSON")


def test_json_files_hold_one_article_a_list_or_lines(tmp_path: Path) -> None:
    item = {"text": REPORT}
    assert read_text(tmp_path, json.dumps(item, indent=2), "one.json").text == REPORT
    (tmp_path / "list.json").write_text(json.dumps([item, {"text": ""}, item], indent=2))
    (tmp_path / "lines.json").write_text(lines(item, item))
    documents, refused = read_all(tmp_path / "list.json", tmp_path / "lines.json")
    assert len(documents) == 4
    assert [refusal.reason for refusal in refused] == ["item 2: empty: no words in it"]


@pytest.mark.parametrize("content", ["[" * 100_000, "[1", "{}", "", "null", '{"a":' * 1000])
def test_broken_json_files_are_refused(tmp_path: Path, content: str) -> None:
    assert why_refused(tmp_path, content, "a.json")


def test_a_missing_file_of_lines_is_refused(tmp_path: Path) -> None:
    documents, (refusal,) = read_all(tmp_path / "none.jsonl")
    assert (documents, refusal.reason[:12]) == ([], "no such file")
