"""A store whose process is killed at any moment holds what was done, whole steps only, and nothing is lost.

A few moments here; a hundred with ``--hypothesis-profile=thorough``. The process puts documents in, takes them out,
takes judgements of persons, has its merged view broken and rebuilds it (see :mod:`tests.store.doomed`).
"""

import random
import subprocess
import sys
import time
from pathlib import Path

from kg.store import Store
from tests.conftest import is_thorough
from tests.store.doomed import is_broken, step
from tests.store.small import dumped

ROOT = Path(__file__).parents[2]
MOMENTS = 100 if is_thorough() else 8
LONGEST, TO_OPEN = 1.0, 4.0
"""Seconds until the kill at most, from the first step on; now and then from the start of the process."""


def test_killed_at_any_moment(tmp_path: Path) -> None:
    chance = random.Random(9)
    Store.open(tmp_path / "kg.store").close()
    beside, taken, untold = Store.memory(), 0, 0
    for moment in range(MOMENTS):
        opening = moment % 8 == 5
        seconds = chance.random() * (TO_OPEN if opening else LONGEST)
        done = _killed(tmp_path / "kg.store", taken, seconds, opening=opening)
        for number in range(taken, done):
            step(beside, number)
        taken = done
        with Store.open(tmp_path / "kg.store") as store:
            found = dumped(store)
            # The last step may be done without having been told.
            if found != dumped(beside):
                step(beside, taken)
                taken, untold = taken + 1, untold + 1
                assert found == dumped(beside), f"after step {taken}"
            if is_broken(taken - 1):
                assert store.rebuild() != (0, 0)
                step(beside, taken)
                taken += 1
                assert dumped(store) == dumped(beside)
            assert store.rebuild() == (0, 0)
            assert store.check().findings == ()
    print(f"{MOMENTS} kills in {taken} steps, of which {untold} were done and not told")
    assert taken > MOMENTS


def _killed(folder: Path, first: int, seconds: float, *, opening: bool) -> int:
    """Let a process take steps from ``first`` on, kill it, and tell which step is the next after those that it told."""
    command = [sys.executable, "-m", "tests.store.doomed", str(folder), str(first)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        told = [] if opening else [process.stdout.readline()]
        time.sleep(seconds)
        process.kill()
        told += process.stdout.readlines()
    return max((int(line) + 1 for line in told if line.endswith("\n")), default=first)
