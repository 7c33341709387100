"""The commands, run as a user runs them."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from io import StringIO
from pathlib import Path

import click
import pytest
from rich.console import Console

from kg.batch import Summary
from kg.claims import Claim, Quantity, Span
from kg.cli import cli, run, summary
from kg.documents import Refusal
from kg.store import Store
from tests.store.small import add, extraction
from tests.views.story import filled


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cli") / "kg.store"
    with Store.open(path) as store:
        filled(store)
    return path


def kg(capfd: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    code = run([str(word) for word in words])
    said, complained = capfd.readouterr()
    return code, said, complained


def test_every_command_has_help_with_an_example() -> None:
    commands = {"ingest", "extract", "query", "show", "export", "withdraw", "rebuild", "check", "changes"}
    assert commands <= set(cli.commands)
    for command in (cli, *cli.commands.values()):
        text = command.get_help(click.Context(command, info_name="kg"))
        assert "Example:\n  " in text or "Example:\n    " in text, command.name
        assert " kg " in text


def test_query_by_name(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code, said, _ = kg(capfd, "--store", folder, "query", "leaders")
    assert code == 0
    assert "Ada Brandt" in said
    assert "Harbour Guard" in said


def test_query_with_a_parameter_after_which_the_store_is_named(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code, said, _ = kg(capfd, "query", "about", "name=Lindhafen", "--format", "json", "--store", folder)
    assert code == 0
    assert json.loads(said)["results"]["bindings"]


def test_query_from_a_file_and_the_environment(
    folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_STORE", str(folder))
    (tmp_path / "mine.rq").write_text("SELECT ?b { ?a rdfs:label ?name ; kg:bornIn/rdfs:label ?b }")
    assert kg(capfd, "query", tmp_path / "mine.rq", "name=Ada Brandt") == (0, "b\nLindhafen\n", "")


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "xml"])
def test_tables_in_every_format(folder: Path, form: str, capfd: pytest.CaptureFixture[str]) -> None:
    code, said, _ = kg(capfd, "--store", folder, "query", "leaders", "-f", form)
    assert code == 0
    assert "Ada Brandt" in said


def test_the_list_of_queries(capfd: pytest.CaptureFixture[str]) -> None:
    code, said, _ = kg(capfd, "query", "--list")
    assert code == 0
    assert "killed-by" in said
    assert "name=" in said


def test_show(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code, said, _ = kg(capfd, "--store", folder, "show", "ada brandt")
    assert code == 0
    assert "leader of: Harbour Guard" in said


def test_export(folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code, _, told = kg(capfd, "--store", folder, "export", tmp_path / "g.html", "--about", "Ada Brandt", "--hops", "2")
    assert (code, (tmp_path / "g.html").exists()) == (0, True)
    assert "written: 5 things" in told


def test_analyse(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code, said, _ = kg(capfd, "--store", folder, "analyse", "--by", "degree", "--top", "1")
    assert (code, len(said.splitlines())) == (0, 2)
    assert said.splitlines()[1].startswith("Lindhafen\tCity\t")
    code, said, _ = kg(capfd, "analyse", "--about", "Ada Brandt", "--json", "--store", folder)
    assert (code, json.loads(said)["ranked_by"]) == (0, "pagerank")


def test_export_for_neo4j_tells_how_to_import(folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code, _, told = kg(capfd, "--store", folder, "export", tmp_path / "g.neo4j")
    assert (code, {path.name for path in (tmp_path / "g.neo4j").iterdir()}) == (0, {"nodes.csv", "relationships.csv"})
    assert "neo4j-admin database import full --nodes=nodes.csv" in told


def test_check_and_rebuild_find_nothing_wrong(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code, said, _ = kg(capfd, "--store", folder, "check")
    assert (code, said.splitlines()[-1]) == (0, "All is well.")
    assert kg(capfd, "--store", folder, "rebuild") == (0, "Nothing changed.\n", "")


def test_withdraw(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with Store.open(tmp_path / "s") as store:
        filled(store)
    code, said, _ = kg(capfd, "withdraw", "https://north.example/1", "--store", tmp_path / "s")
    assert (code, said) == (0, f"withdrawn: {'a' * 16}\n")
    assert "Harbour Guard" not in kg(capfd, "query", "leaders", "--store", tmp_path / "s")[1]


def test_the_graph_of_a_day(folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert "Ada Brandt" not in kg(capfd, "--store", folder, "query", "leaders", "--as-of", "1990-01-01")[1]
    assert "Ada Brandt" in kg(capfd, "--store", folder, "query", "leaders", "--as-of", "2100")[1]
    assert kg(capfd, "--store", folder, "show", "Ada Brandt", "--as-of", "2100-01-01")[0] == 0
    assert kg(capfd, "--store", folder, "show", "Ada Brandt", "--as-of", "1990-01-01")[0] == 2
    assert kg(capfd, "--store", folder, "export", tmp_path / "g.csv", "--as-of", "1990")[0] == 0
    assert "Ada Brandt" not in (tmp_path / "g.csv").read_text()


def test_changes(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    low, high = (Claim("e5", "deaths", Quantity(it, it, str(it)), Span(0, 43)) for it in (40, 60))
    with Store.open(tmp_path / "s") as store:
        for number, claim in enumerate((low, high)):
            add(store, extraction(number, "https://a.example/1", f"2024-01-0{number + 3}", None, [claim]))
        add(store, extraction(2, "https://a.example/2", "2024-01-05", None, [low]))
    code, said, _ = kg(capfd, "changes", "https://a.example/1", "--store", tmp_path / "s")
    assert code == 0
    (row,) = [line.split("\t") for line in said.splitlines()[1:]]
    assert row[:7] == ["2024-01-04", "https://a.example/1", "revised", "Arda bombing", "deaths", "40", "60"]
    assert kg(capfd, "changes", "--store", tmp_path / "s")[1] == said
    assert kg(capfd, "changes", "0002", "--store", tmp_path / "s") == (0, "", "No version changed anything.\n")


WRONG: list[tuple[Sequence[str], str]] = [
    (["query", "nope"], "no query called nope"),
    (["query", "about"], "needs name"),
    (["query", "leaders", "x"], "write name=value"),
    (["query", "leaders", "--format", "ttl"], "can't be written as ttl"),
    (["query", "leaders", "--format", "doc"], "Invalid value"),
    (["show", "Nobody Ever"], "Nothing is called"),
    (["export", "graph.doc"], "the ending chooses"),
    (["withdraw", "nothing"], "No document"),
    (["changes", "nothing"], "No article"),
    (["query", "leaders", "--as-of", "yesterday"], "is no day"),
    (["ingest", "not-there.txt"], "not there"),
    (["ingest"], "Missing argument"),
    (["fly"], "No such command"),
]


@pytest.mark.parametrize(("words", "complaint"), WRONG, ids=[" ".join(words) for words, _ in WRONG])
def test_wrong_use_is_one_line_and_exit_2(
    folder: Path, words: Sequence[str], complaint: str, capfd: pytest.CaptureFixture[str]
) -> None:
    code, said, complained = kg(capfd, "--store", folder, *words)
    assert (code, said) == (2, "")
    assert complaint.lower() in complained.lower()
    assert "Traceback" not in complained
    if complained.startswith("kg: "):
        assert complained.count("\n") == 1


def test_no_store_says_how_to_make_one(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code, _, complained = kg(capfd, "--store", tmp_path / "none", "query", "leaders")
    assert code == 1
    assert "no store" in complained
    assert not (tmp_path / "none").exists()


def test_a_summary_lists_refusals_up_to_twenty() -> None:
    refused = tuple(Refusal(f"bad{number}.txt", "it is empty") for number in range(25))
    out = Console(file=StringIO(), soft_wrap=True)
    summary(Summary(30, 4, 0, 1, 1, 7, 900, 2.0, refused, ()), out)
    assert isinstance(out.file, StringIO)
    lines = out.file.getvalue().splitlines()
    assert lines[0] == "30 documents read: 4 new, 1 already in; 25 refused."
    assert lines[1] == "1 claim about 7 entities in 2.0 s (450 words/s)."
    assert lines[2] == "refused: bad0.txt: it is empty"
    assert lines[-1] == "refused: 5 more"
    assert len(lines) == 2 + 20 + 1


def command(*words: object) -> list[str]:
    return [sys.executable, "-m", "kg", *map(str, words)]


def test_standard_input_and_a_pipe_that_closes(folder: Path) -> None:
    query = f"SELECT ?s ?p ?o ?n {{ ?s ?p ?o VALUES ?n {{ {' '.join(map(str, range(100)))} }} }}"
    shell = f"echo '{query}' | {' '.join(command('--store', folder, 'query', '-'))} | head -n 1"
    done = subprocess.run(shell, shell=True, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.stdout.split() == ["s", "p", "o", "n"]


def test_interruption_is_one_line(folder: Path) -> None:
    script = (
        "import kg.cli, kg.graph\ndef stop(*_): raise KeyboardInterrupt\nkg.graph.Graph.check = stop\nkg.cli.main()"
    )
    words = [sys.executable, "-c", script, "--store", str(folder), "check"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (130, "")
    assert done.stderr.strip().startswith("kg: interrupted.")
    assert done.stderr.strip().count("\n") == 0


def test_help_imports_nothing_heavy() -> None:
    script = "import sys, kg.cli\ntry: kg.cli.main(['--help'])\nexcept SystemExit: print(*sys.modules, file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, env=dict(os.environ)
    )
    heavy = {
        "spacy",
        "onnxruntime",
        "numpy",
        "networkx",
        "rdflib",
        "pyoxigraph",
        "rich",
        "trafilatura",
        "msgspec",
        "lxml",
    }
    assert not heavy & {name.partition(".")[0] for name in done.stderr.split()}
    assert "Commands:" in done.stdout


def test_query_loads_no_language_model(folder: Path) -> None:
    script = "import sys, kg.cli\nkg.cli.run(sys.argv[1:])\nprint(*sys.modules, file=sys.stderr)"
    words = [sys.executable, "-c", script, "--store", str(folder), "query", "leaders"]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    assert not {"spacy", "onnxruntime", "networkx", "numpy"} & {name.partition(".")[0] for name in done.stderr.split()}
