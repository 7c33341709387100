"""``kg review``, ``join``, ``split``, ``release`` and ``undo`` as a user meets them, at a terminal and in a pipe."""

import getpass
import io
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

import kg as package
from kg.cli import run
from kg.errors import UsageError
from kg.graph import person
from kg.reviewing import key
from kg.store import Store
from tests.store.small import TEXT, extraction, put
from tests.store.test_releases import MISFITS
from tests.store.test_review import SPOUSE, doubtful

BRAM, BRAMM = "urn:newskg:person/bram-okoro", "urn:newskg:person/bramm-okoro"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("review") / "kg.store"
    with Store.open(path) as store:
        for number, name in enumerate(("Bram Okoro", "Bramm Okoro", "Bram K. Okoro", "Bram Okoro"), 1):
            made = extraction(number, None, f"2024-01-{number:02d}", None, [SPOUSE], called=name)
            store.put(*put(made), match=doubtful)
    return path


@pytest.fixture
def folder(filled: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(filled, tmp_path / "kg.store"))


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Standard input that says s, then something unknown, b, d, u and no more."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("s\n\nx\nb\nd\nu\n"))
    yield


def kg(capfd: pytest.CaptureFixture[str], folder: Path, *words: str) -> tuple[int, str, str]:
    code = run([*words, "--store", str(folder)])
    said, complained = capfd.readouterr()
    return code, said, complained


def _verdicts(folder: Path) -> list[str]:
    with Store.open(folder, read_only=True) as store:
        assert {it.judge for it in store.reviews()} <= {"person:kim"}
        return [it.verdict for it in sorted(store.reviews(), key=lambda it: it.at or "")]


@pytest.mark.usefixtures("typed")
def test_questions_in_a_pipe_are_answered_line_by_line(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code, said, complained = kg(capfd, folder, "review", "--by", "kim")
    assert (code, complained) == (0, "")
    assert "\x1b" not in said
    lines = said.splitlines()
    assert lines[0] == f"Bram Okoro  person · 2 documents · {BRAM}"
    assert f"    “{TEXT[:43]}”" in lines
    assert "    Title 3 · 2024-01-03 · characters 0–43" in lines
    assert "The machine gives 0.30: an Okoro too" in lines
    told = [line.removeprefix("→ ") for line in lines if line.startswith("→")]
    assert told == ["same", "taken back: same", "different", "unsure"]
    assert lines[-1] == "2 answers: 1 different, 1 unsure."
    assert _verdicts(folder) == ["same", "withdrawn", "different", "unsure"]
    assert kg(capfd, folder, "rebuild") == (0, "Nothing changed.\n", "")


def test_a_limit_a_name_and_the_end_of_what_is_typed(
    folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("d\nd\n"))
    assert kg(capfd, folder, "review", "--limit", "1", "--by", "kim")[1].endswith("1 answer: 1 different.\n")
    for typed in ("", "q\nd\n", "b\nq\n"):
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        code, said, _ = kg(capfd, folder, "review", "--about", "Bramm Okoro", "--by", "kim")
        assert (code, said.splitlines()[-1]) == (0, "0 answers.")
    assert "Nothing to take back" in said
    assert _verdicts(folder) == ["different"]
    assert kg(capfd, folder, "review", "--about", "Nobody")[::2] == (
        2,
        "kg: Nothing is called “Nobody”. `kg show` tells the names of things.\n",
    )


def test_one_key_at_a_terminal(
    folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = iter("SD")

    def pressed() -> str:
        if found := next(keys, None):
            return found
        raise EOFError

    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr(click, "getchar", pressed)
    code, said, _ = kg(capfd, folder, "review", "--by", "kim")
    assert (code, said.splitlines()[-1]) == (0, "2 answers: 1 same, 1 different.")
    monkeypatch.setattr(sys, "stdin", Terminal())
    assert [key(), key()] == ["", ""]


class Terminal(io.StringIO):
    """What says of itself that a person types there."""

    def isatty(self) -> bool:
        return True


def test_join_split_and_undo(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    by = ("--by", "kim")
    joined = kg(capfd, folder, "join", "Bram Okoro", "bramm okoro", "--because", "one desk", *by)
    assert joined == (0, f"One thing:\n  {BRAM}  Bram Okoro · person · 3 documents\n", "")
    bram, bramm = f"  {BRAM}  Bram Okoro · person · 2 documents", f"  {BRAMM}  Bramm Okoro · person · 1 document"
    assert kg(capfd, folder, "split", BRAM, BRAMM, *by) == (0, f"Two things:\n{bram}\n{bramm}\n", "")
    assert kg(capfd, folder, "undo", *by)[1].startswith("One thing:")
    assert kg(capfd, folder, "undo", *by)[1].startswith("Two things:")
    assert kg(capfd, folder, "undo", *by)[::2] == (2, "kg: kim has decided nothing that could be undone.\n")
    assert kg(capfd, folder, "rebuild") == (0, "Nothing changed.\n", "")


def test_a_conflict_is_told_at_once_and_by_check(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    by = ("--by", "kim")
    kg(capfd, folder, "split", BRAM, BRAMM, *by)
    kg(capfd, folder, "join", "Bram Okoro", "Bram K. Okoro", *by)
    code, said, _ = kg(capfd, folder, "join", "Bram K. Okoro", "Bramm Okoro", *by)
    assert code == 0
    assert said.startswith("Two things:\n")
    assert said.count("conflict:") == 1
    code, told, _ = kg(capfd, folder, "check")
    assert code == 0
    assert said.partition("conflict:")[2] in told


def test_persons_who_disagree_are_named(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    kg(capfd, folder, "split", BRAM, BRAMM, "--by", "lee")
    code, said, _ = kg(capfd, folder, "join", BRAM, BRAMM, "--by", "kim")
    assert code == 0
    assert said.startswith("Two things:\n")
    assert "    the same to kim, different to lee." in said
    assert said.partition("conflict:")[2] in kg(capfd, folder, "check")[1]
    assert "conflict:" not in kg(capfd, folder, "undo", "--by", "lee")[1]
    assert "conflict:" not in kg(capfd, folder, "check")[1]


def test_a_name_that_may_mean_several_lists_them(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code, said, complained = kg(capfd, folder, "join", "Okoro", BRAMM, "--by", "kim")
    assert (code, said) == (2, "")
    lines = complained.splitlines()
    assert sorted(lines[:-1]) == [
        "urn:newskg:person/bram-k-okoro  Bram K. Okoro · person · 1 document",
        f"{BRAM}  Bram Okoro · person · 2 documents",
        f"{BRAMM}  Bramm Okoro · person · 1 document",
    ]
    assert lines[-1] == "kg: “Okoro” is the name of nothing here."


def test_who_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    assert person("kim") == person(" person:kim") == "person:kim"
    monkeypatch.setattr(getpass, "getuser", lambda: "lee")
    assert person() == "person:lee"

    def nobody() -> str:
        raise OSError("no user")

    monkeypatch.setattr(getpass, "getuser", nobody)
    with pytest.raises(UsageError, match="--by NAME"):
        person()


def test_a_key_of_a_pipe_is_the_first_sign_of_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("Same\n\n d\n"))
    assert [key() for _ in range(4)] == ["s", "?", "d", ""]


def test_the_python_side(folder: Path) -> None:
    with package.open(folder) as graph:
        asked = next(graph.review("Bramm Okoro"))
        assert "Bramm Okoro" in (asked.left.called, asked.right.called)
        graph.decide(asked, "unsure", by="kim")
        graph.join(asked.left.record, asked.right.record, by="kim")
        graph.split("Bram Okoro", "Bram K. Okoro", by="kim", because="two desks")
        assert [it.verdict for it in graph.undo(by="kim").judgements] == ["withdrawn"]
        assert len(list(graph.review(again=True))) == 1
        assert graph.rebuild() == (0, 0)


def test_what_was_refused_is_listed_released_and_undone(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "kg.store"
    with Store.open(folder) as store:
        store.put(*put(extraction(1, None, "2024-01-01", None, [MISFITS[0]])))
    code, said, _ = kg(capfd, folder, "check")
    assert code == 0
    assert "quarantined: bornIn: does not join Person and Bombing" in said
    identity = said.partition("kg release ")[2].split()[0]
    code, said, _ = kg(capfd, folder, "release", identity, "--by", "kim", "--because", "so it is")
    assert code == 0
    assert "released by kim" in said
    assert "released by kim" in kg(capfd, folder, "show", "Ada Lovell")[1]
    code, said, _ = kg(capfd, folder, "undo", "--by", "kim")
    assert code == 0
    assert said.startswith("quarantined: bornIn")
    code, _, complained = kg(capfd, folder, "release", "c1")
    assert code == 2
    assert "`kg check` lists those" in complained
