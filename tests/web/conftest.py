"""Servers that tests share: starting one takes half a second."""

from collections.abc import Iterator

import pytest

from kg.store import Store
from kg.web.settings import Settings
from tests.store.small import add, numbered
from tests.views.story import filled
from tests.web.served import TOKEN, Served, plain, served


@pytest.fixture(scope="session")
def plain_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(plain(tmp_path_factory.mktemp("plain") / "store")) as it:
        yield it


@pytest.fixture
def empty(plain_server: Served) -> Served:
    """A plain store without anything in it."""
    plain_server.update("DROP ALL").raise_for_status()
    return plain_server


@pytest.fixture(scope="session")
def news(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A knowledge graph of a few documents."""
    folder = tmp_path_factory.mktemp("news") / "kg.store"
    with Store.open(folder) as store:
        filled(store)
        for number in range(5):
            add(store, numbered(number))
    with served(Settings(store=folder, token=TOKEN, timeout=10.0)) as it:
        yield it
