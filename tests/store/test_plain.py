"""The store's merged graph and its ledger are those that a second, plain implementation makes of the same evidence.

The drawn documents are 60 times eight; 500 times with ``--hypothesis-profile=thorough``.
"""

from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kg.claims import Extraction, Judgement
from kg.config import data_folder
from kg.extraction import load
from kg.ontology import default
from kg.resolution import match
from kg.store import Put, Store
from kg.store.releases import Release
from tests.conftest import examples
from tests.documents.articles import read_all
from tests.store import plain
from tests.store.small import bare, extraction, put
from tests.store.strategies import batches, records, releases, reviews

STORY = Path(__file__).parent.parent / "story.txt"


@pytest.fixture(scope="module")
def sampled() -> list[Put]:
    """Every sample article and the test story, read in earnest."""
    documents, refused = read_all(data_folder("samples"), STORY)
    assert refused == []
    return list(map(put, load().extract(documents)))


def test_each_sample(sampled: list[Put]) -> None:
    assert len(sampled) == 22
    for each in sampled:
        _assert_plain([each])


def test_all_samples_with_judgements_of_persons(sampled: list[Put]) -> None:
    _assert_plain(sampled)
    # The first two persons of any document are judged to be one; the first is cut off its key.
    persons = sorted({(it.left, it.right) for each in sampled for it in each.judgements if ":key/person/" in it.right})
    (one, key), (other, _) = persons[0], persons[1]
    same = Judgement(one, other, "same", 1.0, (), "person:kim", "2024-02-01T10:00:00Z")
    _assert_plain(sampled, [same, replace(same, right=key, verdict="different")])


@examples(60)
@given(batches(8, rich=True), st.data())
def test_drawn_documents(drawn: list[Extraction], data: st.DataObject) -> None:
    _assert_plain(list(map(put, drawn)), data.draw(reviews(records(drawn), most=6)), data.draw(releases(drawn)))


def test_the_judge_sees_what_is_wrong() -> None:
    store = _store([put(extraction(1, None, None, None, []))])
    store.engine.update("INSERT DATA { <urn:newskg:city/arda> <urn:p> 'x' }")
    with pytest.raises(AssertionError, match="urn:p"):
        _assert_view(store)


def _assert_plain(documents: list[Put], judged: Iterable[Judgement] = (), released: Iterable[Release] = ()) -> None:
    store = _store(documents)
    machines = plain.ledger([(it.judgements, it.profiles) for it in documents], match)
    assert {_as_kept(it) for it in machines} == set(store.judgements())
    store.judge(judged)
    store.release(released)
    _assert_view(store)


def _store(documents: list[Put]) -> Store:
    store = bare()
    store.put_many(documents, match)
    return store


def _as_kept(judgement: Judgement) -> Judgement:
    """A judgement as the ledger has it: scores to four places, reasons in the order of the alphabet."""
    return replace(judgement, score=round(judgement.score, 4), reasons=tuple(sorted(judgement.reasons)))


def _assert_view(store: Store) -> None:
    dump = store.dump()
    expected, found = plain.merged(plain.graphs(dump), default()), plain.default_graph(dump)
    assert sorted(found - expected) == []
    assert sorted(expected - found) == []
