"""What is measured of a store that grows, on a few documents."""

import json

import pytest

from kg.bench.archive import archive
from kg.bench.scale import Scale, lines, measure
from tests.bench.test_command import kg

DOCUMENTS = 48


@pytest.fixture(scope="module")
def found() -> Scale:
    told: list[int] = []
    measured = measure(DOCUMENTS, told.append)
    assert told == [16, 32, 48]
    return measured


def test_all_documents_are_counted(found: Scale) -> None:
    assert found.documents == DOCUMENTS
    assert found.claims == sum(len(it.claims) for it in archive(DOCUMENTS))


def test_times_are_means_of_the_parts_of_a_run(found: Scale) -> None:
    assert len(found.windows) == 10
    assert min(found.windows) > 0
    assert found.ratio == pytest.approx(found.late / found.early)
    assert found.steady > 0
    assert found.late == pytest.approx(found.windows[-1], rel=0.5)


def test_the_parts_of_the_store_are_counted_apart(found: Scale) -> None:
    assert 0 < found.provenance.quads < found.evidence.quads
    assert found.provenance.quads_a_claim <= 12
    assert found.evidence.bytes > found.evidence.quads * 50
    assert min(found.ledger.quads, found.merged.quads, found.key_records, found.judgements) > DOCUMENTS
    assert max(found.blocks.values()) < DOCUMENTS


def test_each_figure_is_a_line(found: Scale) -> None:
    told = dict(line.split("\t") for line in lines(found))
    assert told["documents"] == "48"
    assert told["provenance"].endswith("bytes a claim")
    assert len(told) == len(found.__struct_fields__)


def test_the_command_prints_one_json_object(capfd: pytest.CaptureFixture[str]) -> None:
    code, said, _ = kg(capfd, "bench", "scale", "--documents", "16", "--json")
    assert code == 0
    assert json.loads(said)["documents"] == 16
