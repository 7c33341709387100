"""README.md in; the same text with what its commands really print, out.

A console block after ``<!-- run -->`` is run, its commands one after the other in one folder that holds the samples.
``python -m tests.readme`` writes the outputs into the file; ``tests/test_readme.py`` checks that nothing has drifted.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from kg.config import data_folder

README = Path(__file__).parent.parent / "README.md"

_BLOCK = re.compile(r"(?<=<!-- run -->\n```console\n)(.*?)(?=```\n)", re.DOTALL)
_PIPED = re.compile(r"\bkg [^|]*\|")
# How long it took differs from machine to machine.
_TIMING = re.compile(r" in [\d.,]+ s( \([\d,]+ words/s\))?")


def filled(text: str) -> str:
    """The text with every output made anew."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "samples").symlink_to(data_folder("samples"))
        command = folder / "bin" / "kg"
        command.parent.mkdir()
        command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m kg "$@"\n')
        command.chmod(0o755)
        return _BLOCK.sub(lambda block: _rerun(block[1], folder), text)


def _rerun(block: str, folder: Path) -> str:
    commands = [line[2:] for line in block.splitlines() if line.startswith("$ ")]
    return "".join(f"$ {command}\n{_printed(command, folder)}" for command in commands)


def _printed(command: str, folder: Path) -> str:
    """What the command prints in a terminal of 80 columns that knows no colours, or into a pipe."""
    world = os.environ | {"TERM": "dumb", "PYTHONPATH": str(README.parent)}
    world |= {} if _PIPED.search(command) else {"FORCE_COLOR": "1"}
    world["PATH"] = f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
    world.pop("KG_STORE", None)
    done = subprocess.run(
        command, shell=True, cwd=folder, env=world, capture_output=True, text=True, timeout=600, check=False
    )
    lines = (done.stdout + done.stderr).splitlines()
    return "".join(f"{_TIMING.sub(' in … s', line).rstrip()}\n" for line in lines)


if __name__ == "__main__":
    README.write_text(filled(README.read_text(encoding="utf-8")), encoding="utf-8")
