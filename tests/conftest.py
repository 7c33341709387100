"""How every test runs."""

from hypothesis import settings

# The same examples every time, so that a change is judged by what it changed. To look for new ones, now and then:
# pytest --hypothesis-profile=search
settings.register_profile("same", derandomize=True)
settings.register_profile("search", max_examples=500, print_blob=True)
settings.load_profile("same")
