"""How every test runs."""

from hypothesis import HealthCheck, settings

# The same examples every time, so that a change is judged by what it changed. To look for new ones, now and then:
# pytest --hypothesis-profile=search
# The tests that take long by nature run a few of the examples that they promise; all 500 of them with
# pytest --hypothesis-profile=thorough
settings.register_profile("same", derandomize=True)
settings.register_profile("search", max_examples=500, print_blob=True)
settings.register_profile("thorough", derandomize=True, max_examples=500)
settings.load_profile("same")


def is_thorough() -> bool:
    """Whether tests are to run in full, however long it takes."""
    return settings().max_examples >= 500


def examples(few: int, all_: int = 500) -> settings:
    """The number of examples of a test that takes long."""
    large = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example)
    return settings(max_examples=all_ if is_thorough() else few, deadline=None, suppress_health_check=large)
