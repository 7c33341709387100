"""A folder of development data and documents in; extractions and chains of reference out, with what was read so far.

All datasets share one lab, so the language model is loaded once, and only if one of them reads.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from kg.claims import Document, Extraction, Form
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.extraction import NewsReader
    from kg.extraction.model.reader import Graph

Progress = Callable[[int, int], None]
"""Told after each document: how many are done, of how many."""


class Reference(msgspec.Struct, frozen=True, order=True):
    """One reference in a document's text, in characters, the end exclusive; ``head`` is where its head word begins."""

    start: int
    end: int
    head: int
    form: Form


Chain = tuple[Reference, ...]
"""All references to one thing."""


class Lab:
    """What datasets need to be measured. ``data`` is the folder of development data, if there is one."""

    def __init__(self, data: Path | None = None, progress: Progress = lambda _done, _of: None) -> None:
        self.progress = progress
        self._data = data

    @property
    def data(self) -> Path:
        """The folder of development data. Raises :class:`kg.errors.UsageError` if none was given."""
        if self._data is None:
            raise UsageError("The data to measure on is not part of the program. Name its folder with --data.")
        return self._data

    @cached_property
    def reader(self) -> "NewsReader":
        """The packaged reader."""
        from kg.extraction import load

        return load()

    @cached_property
    def graph(self) -> "Graph":
        """The packaged encoder alone."""
        from kg.extraction.model.reader import Graph

        return Graph()

    def extractions(self, documents: Sequence[Document]) -> Iterator[Extraction]:
        """What the reader reads in each document, in their order."""
        for done, extraction in enumerate(self.reader.extract(documents), 1):
            self.progress(done, len(documents))
            yield extraction

    def chains(self, texts: Sequence[str]) -> Iterator[list[Chain]]:
        """All that the reader takes for one and the same in each text, in whole phrases, whatever it is."""
        from kg.extraction.pipeline import docs

        for done, doc in enumerate(docs(self.reader.nlp, ((text, None, ()) for text in texts)), 1):
            self.progress(done, len(texts))
            yield [
                tuple(
                    Reference(doc[r.start].idx, doc[r.end - 1].idx + len(doc[r.end - 1]), doc[r.head].idx, r.form)
                    for r in chain
                )
                for chain in doc._.chains
            ]
