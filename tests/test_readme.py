"""README.md shows what the program really prints."""

import re

import pytest

from tests.readme import README, filled

TEXT = README.read_text(encoding="utf-8")


@pytest.mark.skipif("$ kg ingest samples\n```" in TEXT, reason="not filled yet: run `python -m tests.readme`")
def test_every_example_prints_what_is_shown() -> None:
    assert filled(TEXT) == TEXT, "run `python -m tests.readme` and look at the difference"


def test_python_examples_are_python() -> None:
    for block in re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL):
        compile(block, "README.md", "exec")


def test_every_file_linked_to_is_there() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", TEXT):
        if not target.startswith("docs/"):
            assert (README.parent / target).exists(), target
