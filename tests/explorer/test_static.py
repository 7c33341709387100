"""What is not ours among the files that the explorer serves is what its authors published."""

import re
from hashlib import sha256
from importlib.resources import files


def test_cytoscape_is_as_published() -> None:
    folder = files("kg.explorer") / "static"
    told = re.findall(r"`([0-9a-f]{64})`", (folder / "README.md").read_text(encoding="utf-8"))
    assert told == [sha256((folder / "cytoscape.min.js").read_bytes()).hexdigest()]
