"""Withdrawing any of a hundred documents gives exactly the store that never had it.

Thirty of the hundred here; each of them with ``--hypothesis-profile=thorough``.
"""

import random
from collections.abc import Iterable, Iterator
from functools import cache

import pyoxigraph as ox
from hypothesis import Phase, given, settings

from kg.claims import Extraction
from kg.resolution import match
from kg.store import Put, Store
from tests.conftest import is_thorough
from tests.store.small import bare, dumped, put
from tests.store.strategies import batches

DOCUMENTS = 100


def test_each_of_a_hundred_documents() -> None:
    documents = {it.document.id: put(it) for it in _drawn()}
    names = random.Random(4).sample(sorted(documents), DOCUMENTS if is_thorough() else 30)
    full = _filled(bare(), documents.values())
    before = dumped(full)
    others = _filled(bare(), (it for name, it in documents.items() if name not in names))
    never = dict(_without_each(others, names, documents))
    assert len(set(map(tuple, never.values()))) == len(never) == len(names)
    for name in names:
        assert full.withdraw(name) == [name]
        assert dumped(full) == never[name], name
        full.put(*documents[name], match=match)
    assert dumped(full) == before


@cache
def _drawn() -> list[Extraction]:
    """As many documents as that, always the same."""
    found: list[list[Extraction]] = []

    @settings(max_examples=2, derandomize=True, database=None, deadline=None, phases=[Phase.generate])
    @given(batches(DOCUMENTS, least=DOCUMENTS, rich=True))
    def draw(documents: list[Extraction]) -> None:
        found.append(documents)

    draw()
    return found[-1]  # the first is the simplest of all


def _without_each(store: Store, names: list[str], documents: dict[str, Put]) -> Iterator[tuple[str, list[str]]]:
    """For each name the dump of a store that never had it, but all others. ``store`` has those that are not named.

    Halves are put into copies of the store in turn, so that each document is put in a few times and not a hundred.
    """
    if len(names) == 1:
        yield names[0], dumped(store)
        return
    half = len(names) // 2
    for lacking, put_in in ((names[:half], names[half:]), (names[half:], names[:half])):
        yield from _without_each(_filled(_copy(store), map(documents.__getitem__, put_in)), lacking, documents)


def _filled(store: Store, documents: Iterable[Put]) -> Store:
    for each in documents:
        store.put(*each, match=match)
    return store


def _copy(store: Store) -> Store:
    copy = bare()
    copy.engine.load(store.dump(log=True), format=ox.RdfFormat.N_QUADS)
    return copy
