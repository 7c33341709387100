from io import BytesIO
from pathlib import Path

import networkx
import pytest

from kg.bench import exporting
from kg.errors import UsageError
from kg.store import Store
from kg.views import graphml
from kg.views.select import chosen


def test_invented_facts_are_written_like_others() -> None:
    out = BytesIO()
    graphml.write(exporting.Invented(40), out)
    back = networkx.read_graphml(BytesIO(out.getvalue()), force_multigraph=True)
    assert (len(back), back.number_of_edges()) == (10, 40)


def test_an_invented_store_gives_its_facts_back(tmp_path: Path) -> None:
    invented = exporting.Invented(40)
    exporting.fill(tmp_path / "kg.store", invented)
    with Store.open(tmp_path / "kg.store", read_only=True) as store:
        facts = list(chosen(store).facts)
    assert [(it.subject, it.object, it.first_said) for it in facts] == [
        (it.subject, it.object, it.first_said) for it in invented.facts
    ]
    assert [it.evidence[0].quote for it in facts] == [it.evidence[0].quote for it in invented.facts]


@pytest.mark.parametrize(("from_store", "ending"), [(False, ".neo4j"), (True, ".graphml"), (True, ".jsonld")])
def test_a_format_is_measured(from_store: bool, ending: str) -> None:
    (found,) = exporting.measure(60, from_store, [ending])
    assert (found.format, found.edges, found.from_store) == (ending, 60, from_store)
    assert found.megabytes > 0.01
    assert 10 < found.peak_megabytes < 500


@pytest.mark.parametrize(("from_store", "ending"), [(False, ".jsonld"), (True, ".docx")])
def test_a_format_that_can_not_be_measured(from_store: bool, ending: str) -> None:
    with pytest.raises(UsageError, match=r"Take some of \.graphml"):
        exporting.measure(60, from_store, [ending])
