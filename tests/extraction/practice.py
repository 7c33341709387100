"""Practice passages, to tune the reader by: files of ``practice/`` in, what is right, wrong and missed out.

They are written in the form and by the rules of ``kg/bench/gold/README.md``, but whoever mends the reader may look at
what it makes of them. Those of a file ``…_held.toml`` are only scored, to tell what holds in general from what holds of
the others only.
"""

from pathlib import Path

from kg.bench import claims, gold
from kg.claims import Document
from kg.extraction import NewsReader

FOLDER = Path(__file__).parent / "practice"

FILES = tuple(sorted(FOLDER.glob("*.toml")))


def judged(reader: NewsReader, file: Path) -> claims.Verdict:
    """The verdict on all passages of a file."""
    passages = gold.parse(file.read_text(encoding="utf-8"))
    documents = [Document(passage.id, passage.text, published=passage.published) for passage in passages]
    verdict = claims.Verdict()
    for passage, extraction in zip(passages, reader.extract(documents), strict=True):
        verdict += claims.score(extraction, passage)
    return verdict
