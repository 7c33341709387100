"""Practice passages through the whole reader: how many claims are right and found, and what is asserted in traps."""

from pathlib import Path
from typing import NamedTuple

import pytest

from kg.extraction import NewsReader
from tests.extraction import practice


class Floor(NamedTuple):
    """The least share of stated claims that are right and of demanded ones that are found, in percent, and how many
    claims may be asserted in traps. Raise the floors when the reader gets better."""

    precision: float
    recall: float
    in_traps: int


FLOORS = {
    "people": Floor(precision=92, recall=58, in_traps=0),
    "people_held": Floor(precision=80, recall=45, in_traps=1),
    "violence": Floor(precision=87, recall=60, in_traps=2),
    "violence_held": Floor(precision=60, recall=42, in_traps=3),
}


@pytest.mark.parametrize("file", practice.FILES, ids=lambda file: file.stem)
def test_practice_passages(reader: NewsReader, file: Path) -> None:
    found = practice.judged(reader, file)
    floor = FLOORS[file.stem]
    assert 100 * found.core.precision >= floor.precision
    assert 100 * found.core.recall >= floor.recall
    assert len(found.traps) <= floor.in_traps
