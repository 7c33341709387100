"""The store's merged graph is the one that a second, plain implementation makes of the same evidence."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.claims import Extraction
from kg.config import data_folder
from kg.documents import read
from kg.extraction import NewsReader, load
from kg.ontology import default
from kg.resolution import match, resolve
from kg.store import Store
from tests.conftest import examples
from tests.store import plain
from tests.store.small import bare, put
from tests.store.strategies import batches, records, reviews

STORY = Path(__file__).parent.parent / "story.txt"


def assert_equal(store: Store) -> None:
    dump = store.dump()
    expected, found = plain.merged(plain.graphs(dump), default()), plain.default_graph(dump)
    assert sorted(found - expected) == []
    assert sorted(expected - found) == []


@examples(60, 500)
@given(batches(8), st.data())
def test_drawn_documents(drawn: list[Extraction], data: st.DataObject) -> None:
    store = bare()
    store.put_many(map(put, drawn), match)
    store.judge(data.draw(reviews(records(drawn), most=6)))
    assert_equal(store)
