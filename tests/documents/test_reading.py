"""Files and folders, good and bad: everything is either read or refused with a reason, and nothing stops the rest."""

import os
import socket
import time
from pathlib import Path

import pytest

from kg.documents import document_id
from tests.documents.articles import REPORT, marked, read_all, read_text, why_refused


def test_a_text_file_is_read_as_it_is(tmp_path: Path) -> None:
    text = f"\n Wall falls in Halden \n\n{REPORT}\n\n\tHe said so\u2028twice.  \n"
    document = read_text(tmp_path, text)
    assert document.text == text
    assert document.id == document_id(None, text)
    assert (document.title, document.published, document.language) == ("Wall falls in Halden", None, "en")


def test_line_ends_become_newlines_and_nothing_else_changes(tmp_path: Path) -> None:
    assert read_text(tmp_path, f"Wall falls\r\n\r\n{REPORT}\rMore.").text == f"Wall falls\n\n{REPORT}\nMore."


def test_text_is_not_normalised(tmp_path: Path) -> None:
    decomposed = REPORT + " Cafe\N{COMBINING ACUTE ACCENT} \N{LATIN SMALL LIGATURE FI}n."
    assert read_text(tmp_path, decomposed).text == decomposed


def test_a_folder_gives_its_files_sorted_at_any_depth(tmp_path: Path) -> None:
    for name in ("b.txt", "a/2.txt", "a/1.txt", "c/deep/er.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f"{name}\n\n{REPORT}")
    documents, refused = read_all(tmp_path)
    assert [document.title for document in documents] == ["b.txt", "a/1.txt", "a/2.txt", "c/deep/er.txt"]
    assert refused == []


def test_folders_are_walked_past_hidden_files_and_companions(tmp_path: Path) -> None:
    (tmp_path / "page_files").mkdir()
    (tmp_path / ".git").mkdir()
    for name in (".hidden.txt", "README.md", "INDEX.tsv", "LICENSE", "page_files/style.css", ".git/config"):
        (tmp_path / name).write_text(REPORT)
    page = f"<html><body><article><p>{REPORT}</p><p>{REPORT}</p></article></body></html>"
    (tmp_path / "page.html").write_text(page)
    documents, refused = read_all(tmp_path)
    assert (len(documents), refused) == (1, [])


def test_a_companion_named_by_itself_is_read(tmp_path: Path) -> None:
    assert read_text(tmp_path, REPORT, "README.md").text == REPORT


def test_the_same_article_twice_has_the_same_id(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(REPORT)
    (tmp_path / "two.txt").write_text(REPORT)
    (first, second), _ = read_all(tmp_path)
    assert first == second


def test_good_files_are_read_around_bad_ones(tmp_path: Path) -> None:
    for number in range(0, 6, 2):
        (tmp_path / f"{number}.txt").write_text(REPORT)
        (tmp_path / f"{number + 1}.txt").write_bytes(b"")
    documents, refused = read_all(tmp_path, tmp_path / "missing.txt", tmp_path / "0.txt")
    assert (len(documents), len(refused)) == (4, 4)


def test_reading_is_lazy(tmp_path: Path) -> None:
    from kg.documents import read

    def paths() -> list[Path]:
        (tmp_path / "one.txt").write_text(REPORT)
        return [tmp_path / "one.txt", tmp_path / "not written yet.txt"]

    documents = read(paths(), lambda refusal: pytest.fail(refusal.reason))
    assert next(documents).text == REPORT
    (tmp_path / "not written yet.txt").write_text(REPORT)
    assert len(list(documents)) == 1


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "empty"),
        (" \n\t \n", "empty"),
        ("*** --- ...", "empty: no words"),
        (REPORT + "\0", "binary"),
        (bytes(range(256)) * 20, "binary"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"PK\x03\x04 ...", "a zip or office file"),
        (b"\x1f\x8b ...", "compressed by gzip"),
        (b"\x89PNG\r\n", "a picture"),
        (b"\xff\xfeT\x00w\x00\x00\xd8", "broken encoding"),
        (("“Quotes” and ‘more’ " * 3 + REPORT).encode() + b"\xe2\x80", "broken encoding: UTF-8 until byte"),
        ("<html><body><nav><a href='/'>Home</a></nav></body></html>", "HTML without an article"),
        ((REPORT + "\n\n") * 6_500, "too long: 1,"),
    ],
)
def test_what_is_no_article_is_refused_with_the_reason(tmp_path: Path, content: str | bytes, reason: str) -> None:
    assert why_refused(tmp_path, content).startswith(reason)


@pytest.mark.parametrize(("name", "reason"), [("a.csv", "a table"), ("a.xml", "XML"), ("a.py", "a program")])
def test_text_of_other_formats_is_refused_by_its_ending(tmp_path: Path, name: str, reason: str) -> None:
    assert why_refused(tmp_path, REPORT, name).startswith(reason)


def test_a_large_file_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as stream:
        stream.truncate(50_000_000)
    start = time.perf_counter()
    _, (refusal,) = read_all(path)
    assert refusal.reason == "too large: 50 MB, at most 20 MB are read; split it into articles"
    assert time.perf_counter() - start < 0.5


def test_paths_that_lead_nowhere(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "dangling").symlink_to("nowhere")
    os.mkfifo(tmp_path / "pipe")
    paths = [tmp_path / name for name in ("missing", "dangling", "loop", "pipe")]
    documents, refused = read_all(*paths, "https://example.org/a", "a\0b", "")
    assert documents == []
    starts = [
        "no such file",
        "no such file",
        "can't be read: Too many",
        "a pipe or device",
        "addresses are not fetched",
    ]
    assert [refusal.reason.startswith(start) for refusal, start in zip(refused, starts, strict=False)] == [True] * 5
    assert [refusal.reason for refusal in refused[5:]] == ["not a path: give the name of a file or folder"] * 2


def test_links_to_folders_are_not_followed_so_loops_end(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "up").symlink_to(tmp_path)
    (tmp_path / "inner" / "article.txt").write_text(REPORT)
    assert len(read_all(tmp_path)[0]) == 1
    assert len(read_all(tmp_path / "inner" / "up")[0]) == 1, "a link named by itself is followed"


def test_sockets_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as endpoint:
        endpoint.bind("socket")
        assert read_all("socket")[1][0].reason.startswith("a pipe or device")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_no_permission(tmp_path: Path) -> None:
    (tmp_path / "locked").mkdir()
    (tmp_path / "secret.txt").write_text(REPORT)
    (tmp_path / "secret.txt").chmod(0)
    (tmp_path / "locked").chmod(0)
    try:
        _, refused = read_all(tmp_path)
    finally:
        (tmp_path / "locked").chmod(0o700)
    assert sorted(Path(refusal.path).name for refusal in refused) == ["locked", "secret.txt"]


def test_odd_file_names_are_read_and_told_on_one_line(tmp_path: Path) -> None:
    good, bad = (os.fsdecode(os.fsencode(tmp_path) + name) for name in (b"/w\xff\n'\".txt", b"/b\xff\nd.txt"))
    Path(good).write_text(REPORT)
    Path(bad).write_text("")
    (document,), (refusal,) = read_all(good, bad)
    assert document.text == REPORT
    assert refusal.path.endswith(r"/b\xff\nd.txt")


@pytest.mark.parametrize("date", ["2999-01-01", "2026-01-17"])
def test_a_date_in_the_future_is_not_believed(tmp_path: Path, date: str) -> None:
    document = read_text(tmp_path, f" date {date} {REPORT}")
    assert document.published is None
    assert marked(document) == [("date", f"date {date}")]


def test_tomorrow_may_be_today_elsewhere(tmp_path: Path) -> None:
    assert read_text(tmp_path, f" date 2026-01-16 {REPORT}").published == "2026-01-16"
