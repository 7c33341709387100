"""Servers that tests share: starting one takes half a second."""

import shutil
from collections.abc import Iterator
from pathlib import Path

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
def _made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "kg.store"
    with Store.open(folder) as store:
        filled(store)
        for number in range(5):
            add(store, numbered(number))
    return folder


@pytest.fixture
def folder(_made: Path, tmp_path: Path) -> Path:
    """A knowledge graph of seven documents, for one test."""
    return Path(shutil.copytree(_made, tmp_path / "kg.store"))


@pytest.fixture(scope="session")
def news(_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The same, served."""
    folder = Path(shutil.copytree(_made, tmp_path_factory.mktemp("news") / "kg.store"))
    with served(Settings(store=folder, token=TOKEN, timeout=10.0)) as it:
        yield it
