"""The invented story's store, made once."""

import pytest

from kg.store import Store
from tests.views.story import told


@pytest.fixture(scope="session")
def store() -> Store:
    return told()
