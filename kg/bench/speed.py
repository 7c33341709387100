"""Articles in, words per second out: of the whole ingest, and of the encoder's forward passes alone."""

import resource
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

import msgspec


class Speed(msgspec.Struct, frozen=True):
    """One run on one thread. Rates are words per CPU second, so that a busy machine changes them little.

    ``ratio`` is what reading, claims, mapping and storing leave of the encoder's own speed: 1 would be free.
    """

    documents: int
    words: int
    claims: int
    ingest: float
    model: float
    ratio: float
    peak_megabytes: float


def measure(paths: Iterable[str | Path]) -> Speed:
    """Ingests the documents into a store that is thrown away; the model is loaded before the clock starts."""
    from kg.batch import ingest
    from kg.claims import Document
    from kg.extraction import load
    from kg.store import Store

    reader = load()
    list(reader.extract([Document("0" * 16, "Mara Lind leads the Harbour Trust.")]))
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "kg.store") as store:
        before, model = time.process_time(), reader.model_seconds
        summary = ingest(paths, store, reader)
        whole, forward = time.process_time() - before, reader.model_seconds - model
    return Speed(
        documents=summary.stored,
        words=summary.words,
        claims=summary.claims,
        ingest=summary.words / whole,
        model=summary.words / forward,
        ratio=forward / whole,
        peak_megabytes=_peak(),
    )


def _peak() -> float:
    """The most memory this process ever held; the kernel counts bytes on macOS and KiB elsewhere."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1e6 if sys.platform == "darwin" else most * 1024 / 1e6
