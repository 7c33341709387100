"""Floors, digests and reports, on datasets made up here; and the pinned floors themselves."""

from pathlib import Path

import pytest

from kg.bench.datasets import DATASETS, Dataset
from kg.bench.lab import Lab
from kg.bench.measures import Measured
from kg.bench.run import FLOORS, Goal, Pinned, Report, Row, chosen, floors, run, table
from kg.errors import KgError, UsageError


def measured(lab: Lab) -> Measured:
    """Counts the letters of a file."""
    letters = len((lab.data / "letters.txt").read_text())
    lab.progress(1, 2)
    return Measured({"letters F1": letters, "letters P": 50}, {"wrong": ("x",)})


DATASET = Dataset("letters", "a file", ("letters.txt",), measured)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "letters.txt").write_text("abc")
    return tmp_path


def pinned(data: Path, **goals: Goal) -> dict[str, Pinned]:
    return {"letters": Pinned(DATASET.digest(data), {f"letters {name}": goal for name, goal in goals.items()})}


def test_a_report(data: Path) -> None:
    steps = list[tuple[str, int, int]]()
    report = run([DATASET], data, pinned(data, F1=Goal(floor=3)), lambda *step: steps.append(step))
    assert report.rows == (Row("letters", "letters F1", 3, Goal(floor=3)), Row("letters", "letters P", 50))
    assert report.details == {"letters": {"wrong": ("x",)}}
    assert steps == [("letters", 0, 0), ("letters", 1, 2)]
    assert report


@pytest.mark.parametrize("goal", [Goal(floor=3.1), Goal(ceiling=2.9)])
def test_a_score_out_of_its_bounds(data: Path, goal: Goal) -> None:
    report = run([DATASET], data, pinned(data, F1=goal))
    assert not report
    assert [row[-1] for row in table(report)] == ["missed"]


def test_floors_hold_for_the_data_they_were_measured_on(data: Path) -> None:
    goals = pinned(data, F1=Goal(floor=3))
    (data / "letters.txt").write_text("abcd")
    with pytest.raises(KgError, match="data of letters has changed"):
        run([DATASET], data, goals)


def test_a_goal_that_nothing_measures_is_an_error(data: Path) -> None:
    with pytest.raises(KgError, match="letters R of letters"):
        run([DATASET], data, pinned(data, R=Goal(floor=1)))


def test_what_is_not_there_is_left_out_and_said(data: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert run([DATASET], None, {}) == Report((), left_out=("letters: not part of the program, see --data",))
    [why] = run([DATASET], tmp_path / "empty", {}).left_out
    assert why.endswith("has no letters.txt")


def test_what_needs_the_extra_is_left_out_and_said(data: Path) -> None:
    def needy(_lab: Lab) -> Measured:
        raise ModuleNotFoundError("No module named 'torch'", name="torch")

    report = run([Dataset("deep", "", ("letters.txt",), needy)], data, {})
    assert report.left_out == ("deep: needs torch; pip install 'newskg[train]'",)


def test_the_table_leaves_out_precision_and_recall_without_a_goal() -> None:
    goal = Goal(floor=10, aim=20.5, yardstick="a person: 90")
    rows = (Row("d", "x P", 1), Row("d", "x R", 2, goal), Row("d", "x F1", 30.04), Row("d", "e", 4, Goal(ceiling=5)))
    assert table(Report(rows)) == [
        ("d", "x R", "2.0", "10", "20.5", "a person: 90", "missed"),
        ("d", "x F1", "30.0", "", "", "", ""),
        ("d", "e", "4.0", "≤ 5", "", "", ""),
    ]


def test_datasets_are_chosen_by_name() -> None:
    assert chosen(["gap"]) == [dataset for dataset in DATASETS if dataset.name == "gap"]
    assert [dataset.name for dataset in chosen(["muc4-dev", "gold", "gold"])] == ["muc4-dev", "gold"]
    assert chosen([]) == list(DATASETS)
    with pytest.raises(UsageError, match="no dataset called nope"):
        chosen(["nope"])


def test_the_pinned_floors_are_of_datasets_that_are_measured() -> None:
    assert floors().keys() <= {dataset.name for dataset in DATASETS}
    assert all(goal != Goal() for held in floors().values() for goal in held.goals.values())


def test_the_shipped_gold_is_the_one_that_floors_are_pinned_to() -> None:
    assert floors()["gold"].digest == chosen(["gold"])[0].digest(None)


def test_a_file_of_floors_that_is_wrong(tmp_path: Path) -> None:
    (tmp_path / FLOORS.name).write_text("[gold]\ndigest = 1\n")
    with pytest.raises(KgError, match=r"floors.toml can't be used"):
        floors(tmp_path / FLOORS.name)


def test_datasets_without_data_say_so() -> None:
    with pytest.raises(UsageError, match="--data"):
        _ = Lab().data
