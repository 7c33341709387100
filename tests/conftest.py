"""How every test runs."""

import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings

# The same examples every time, so that a change is judged by what it changed. To look for new ones, now and then:
# pytest --hypothesis-profile=search
# The tests that take long by nature run a few of the examples that they promise; all 500 of them with
# pytest --hypothesis-profile=thorough
# or, to begin again where one was stopped, a quarter at a time, each of other examples:
# pytest --hypothesis-profile=part --hypothesis-seed=1 (to 4)
settings.register_profile("same", derandomize=True)
settings.register_profile("search", max_examples=500, print_blob=True)
settings.register_profile("thorough", derandomize=True, max_examples=500)
settings.register_profile("part", max_examples=125, database=None, print_blob=True)
settings.load_profile("same")

ALL = 500
"""Examples of the tests that take long by nature."""
_USUAL = 100
"""Examples of the others."""


def is_thorough() -> bool:
    """Whether tests are to run in full, however long it takes."""
    return settings().max_examples >= ALL


def examples(few: int) -> settings:
    """The number of examples of a test that takes long: a few, or as many as the profile says."""
    asked = settings().max_examples
    large = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example)
    if asked > _USUAL:
        return settings(max_examples=asked, deadline=None, suppress_health_check=large)
    # What fails is cut down in a run of its own: that takes longer than all other tests together.
    phases = [Phase.explicit, Phase.reuse, Phase.generate]
    return settings(max_examples=few, deadline=None, suppress_health_check=large, phases=phases)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A Chromium, one for all tests; without it they are skipped."""
    sync_api = pytest.importorskip(
        "playwright.sync_api", reason="needs the extra `browser`: pip install newskg[browser]"
    )
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        # A program of the system's, which PyPI can't bring along: the tests need nothing but Python and PyPI.
        pytest.skip("no Chromium is installed")
    with sync_api.sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield launched
        launched.close()
