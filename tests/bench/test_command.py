"""``kg bench`` as a user runs it, without the language model: data that is not there, names that nobody knows."""

import json
from pathlib import Path

import pytest

from kg.bench import datasets
from kg.bench.datasets import Dataset
from kg.bench.measures import Measured
from kg.bench.run import COLUMNS, Goal, Pinned
from kg.cli import run


def kg(capfd: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    code = run([str(word) for word in words])
    said, complained = capfd.readouterr()
    return code, said, complained


def test_an_unknown_dataset(capfd: pytest.CaptureFixture[str]) -> None:
    code, _, complained = kg(capfd, "bench", "--only", "nope")
    assert code == 2
    assert "Name one of gold, " in complained


def test_data_that_is_not_there(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code, said, told = kg(capfd, "bench", "--only", "gap", "--data", tmp_path)
    assert (code, said) == (0, "\t".join(COLUMNS) + "\n")
    assert told.startswith("left out: gap: ")


@pytest.mark.parametrize(("floor", "code", "verdict"), [(40, 0, ""), (50, 1, "missed")])
def test_a_table_a_file_and_an_exit_code(
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    floor: float,
    code: int,
    verdict: str,
) -> None:
    (tmp_path / "x").write_text("x")
    dataset = Dataset("gap", "", ("x",), lambda _lab: Measured({"F1": 42.0}, {"wrong": ("x",)}))
    goals = {"gap": Pinned(dataset.digest(tmp_path), {"F1": Goal(floor, aim=86)})}
    monkeypatch.setattr("kg.bench.run.chosen", lambda _names: [dataset])
    monkeypatch.setattr("kg.bench.run.floors", lambda: goals)
    found = kg(capfd, "bench", "--data", tmp_path, "--json", tmp_path / "scores.json")
    assert found == (code, "\t".join(COLUMNS) + f"\ngap\tF1\t42.0\t{floor}\t86\t\t{verdict}\n", "")
    [row] = json.loads((tmp_path / "scores.json").read_text())["rows"]
    assert (row["metric"], row["score"], row["goal"]["floor"]) == ("F1", 42.0, floor)


def test_speed_is_still_there(capfd: pytest.CaptureFixture[str]) -> None:
    code, said, _ = kg(capfd, "bench", "speed", "--help")
    assert code == 0
    assert "Words per CPU second" in said


def test_every_dataset_tells_what_it_is() -> None:
    every = (*datasets.DATASETS, *datasets.DEVELOPMENT)
    names = [dataset.name for dataset in every]
    assert len(set(names)) == len(names)
    assert all(dataset.about for dataset in every)


def test_our_own_gold_keeps_its_floors(capfd: pytest.CaptureFixture[str]) -> None:
    code, said, _ = kg(capfd, "bench", "--only", "gold")
    assert code == 0, said
