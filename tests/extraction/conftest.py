"""The reader with the packaged model, loaded once for all tests of this folder."""

import pytest

from kg import extraction
from kg.extraction import NewsReader


@pytest.fixture(scope="session")
def reader() -> NewsReader:
    """The packaged reader."""
    return extraction.load()
