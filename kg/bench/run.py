"""Datasets and pinned floors in; a report of scores beside floors, aims and yardsticks out."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, partial
from pathlib import Path

import msgspec

from kg.bench.calibration import Answer
from kg.bench.datasets import DATASETS, DEVELOPMENT, Dataset
from kg.bench.lab import Lab
from kg.bench.measures import Measured
from kg.errors import KgError, UsageError

FLOORS = Path(__file__).with_name("floors.toml")
"""The pinned floors, with the aims and yardsticks of each metric."""

Told = Callable[[str, int, int], None]
"""Told what is being measured, how much of it is done, of how much (0 if that is not known)."""


class Goal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a metric must not fall under (``floor``) or rise over (``ceiling``), where it should go, who gets where."""

    floor: float | None = None
    ceiling: float | None = None
    aim: float | None = None
    yardstick: str = ""

    def kept(self, score: float) -> bool:
        """Whether a score is within its bounds."""
        under = self.floor is not None and score < self.floor
        over = self.ceiling is not None and score > self.ceiling
        return not under and not over


class Pinned(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The goals of one dataset, and the digest of the data that they were measured on."""

    digest: str
    goals: dict[str, Goal]


class Row(msgspec.Struct, frozen=True):
    """One metric of one dataset."""

    dataset: str
    metric: str
    score: float
    goal: Goal = Goal()

    @property
    def kept(self) -> bool:
        """Whether the score is within its bounds."""
        return self.goal.kept(self.score)


class Report(msgspec.Struct, frozen=True):
    """All that was measured. ``left_out`` tells why what was not measured was not; ``answers`` are by dataset."""

    rows: tuple[Row, ...]
    left_out: tuple[str, ...] = ()
    details: Mapping[str, Mapping[str, tuple[str, ...]]] = {}
    answers: Mapping[str, tuple[Answer, ...]] = {}

    def __bool__(self) -> bool:
        """Whether every score is within its bounds."""
        return all(row.kept for row in self.rows)


@cache
def floors(path: Path = FLOORS) -> dict[str, Pinned]:
    """The pinned goals by dataset. Raises :class:`kg.errors.KgError` if the file is not what it should be."""
    try:
        return msgspec.toml.decode(path.read_bytes(), type=dict[str, Pinned])
    except msgspec.MsgspecError as error:
        raise KgError(f"{path.name} can't be used: {error}. Mend it there.") from error


def chosen(names: Sequence[str]) -> list[Dataset]:
    """The datasets of these names, or all that are reported. Raises :class:`kg.errors.UsageError` otherwise."""
    known = {dataset.name: dataset for dataset in (*DATASETS, *DEVELOPMENT)}
    for name in names:
        if name not in known:
            raise UsageError(f"There is no dataset called {name}. Name one of {', '.join(known)}.")
    return [known[name] for name in dict.fromkeys(names)] or list(DATASETS)


def run(
    datasets: Iterable[Dataset],
    data: Path | None = None,
    pinned: Mapping[str, Pinned] | None = None,
    told: Told = lambda _name, _done, _of: None,
) -> Report:
    """Measures what can be measured. Raises :class:`kg.errors.KgError` if pinned data is no longer what it was."""
    lab = Lab(data)
    reports = [_report(each, lab, data, floors() if pinned is None else pinned, told) for each in datasets]
    return Report(
        rows=tuple(row for report in reports for row in report.rows),
        left_out=tuple(why for report in reports for why in report.left_out),
        details={name: held for report in reports for name, held in report.details.items()},
        answers={name: held for report in reports for name, held in report.answers.items()},
    )


def _report(dataset: Dataset, lab: Lab, data: Path | None, pinned: Mapping[str, Pinned], told: Told) -> Report:
    missing = _missing(dataset, data)
    if missing:
        return Report((), left_out=(f"{dataset.name}: {missing}",))
    goals = _goals(dataset, data, pinned)
    told(dataset.name, 0, 0)
    lab.progress = partial(told, dataset.name)
    try:
        measured = dataset.measure(lab)
    except ModuleNotFoundError as error:
        return Report((), left_out=(f"{dataset.name}: needs {error.name}; pip install 'newskg[train]'",))
    details = {dataset.name: measured.details} if measured.details else {}
    answers = {dataset.name: measured.answers} if measured.answers else {}
    return Report(_rows(dataset.name, measured, goals), details=details, answers=answers)


def _missing(dataset: Dataset, data: Path | None) -> str:
    """Why a dataset can't be measured, nothing if it can."""
    if not dataset.files:
        return ""
    if data is None:
        return "not part of the program, see --data"
    return "" if dataset.found(data) else f"{data} has no {', '.join(dataset.files)}"


def _goals(dataset: Dataset, data: Path | None, pinned: Mapping[str, Pinned]) -> Mapping[str, Goal]:
    """The goals of a dataset, if the data is what they were pinned on."""
    known = pinned.get(dataset.name)
    if known is None:
        return {}
    digest = dataset.digest(data)
    if digest != known.digest:
        raise KgError(
            f"The data of {dataset.name} has changed (digest {digest}, pinned {known.digest}): its floors mean nothing "
            f"any more. Measure anew with the old program and pin both in {FLOORS.name}."
        )
    return known.goals


def _rows(name: str, measured: Measured, goals: Mapping[str, Goal]) -> tuple[Row, ...]:
    unknown = goals.keys() - measured.figures.keys()
    if unknown:
        raise KgError(
            f"{FLOORS.name} pins {', '.join(sorted(unknown))} of {name}, which is not measured. Mend it there."
        )
    return tuple(Row(name, metric, score, goals.get(metric, Goal())) for metric, score in measured.figures.items())


# ---- as a table -----------------------------------------------------------------------------------------------------

COLUMNS = ("dataset", "metric", "score", "floor", "aim", "yardstick", "verdict")


def table(report: Report) -> list[tuple[str, ...]]:
    """The rows to show: all with a goal, and of the others those that are not precision or recall alone."""
    shown = [row for row in report.rows if row.goal != Goal() or not row.metric.endswith((" P", " R"))]
    return [
        (
            row.dataset,
            row.metric,
            f"{row.score:.1f}",
            f"≤ {row.goal.ceiling:g}" if row.goal.ceiling is not None else _number(row.goal.floor),
            _number(row.goal.aim),
            row.goal.yardstick,
            "" if row.kept else "missed",
        )
        for row in shown
    ]


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"
