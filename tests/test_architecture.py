"""The rules of the house: which room may import which, and what must stay out of sight."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted((ROOT / "kg").rglob("*.py"))


def test_imports_point_down() -> None:
    words = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]
    done = subprocess.run([*words, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", MODULES, ids=[str(path.relative_to(ROOT)) for path in MODULES])
def test_modules_say_what_they_are_for(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert not tree.body or ast.get_docstring(tree), "the first line of a module says what comes in and goes out"


def test_no_module_is_called_for_what_it_is_not() -> None:
    names = {path.stem for path in MODULES} | {path.name for path in (ROOT / "kg").rglob("*") if path.is_dir()}
    assert not names & {"utils", "util", "helpers", "misc", "common", "manager", "services"}
