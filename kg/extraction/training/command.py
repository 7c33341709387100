"""Folders in, a finished model out: the one command that trains, or goes on from the last checkpoint."""

from pathlib import Path

from kg.extraction.training import refit
from kg.extraction.training.card import finish
from kg.extraction.training.loop import Run, Settings, encoder_folder


def finished(
    data: Path,
    out: Path,
    epochs: int = Settings.epochs,
    threads: int = Settings.threads,
    steps: int = Settings.steps,
    start: Path | None = None,
) -> Path:
    """Trains to the end, exports, measures and writes the card. Returns the folder of the finished model.

    ``start`` is the checkpoint of an earlier run to begin with instead of the bare encoder.
    """
    run = Run(Settings(data, out, epochs=epochs, threads=threads, steps=steps, start=start), encoder_folder())
    run.train()
    return finish(run, out)


def refitted(data: Path, out: Path, threads: int = refit.Settings.threads) -> Path:
    """Teaches the relation head of the packaged model anew. Returns the folder with
    all heads and the card."""
    return refit.refitted(data, out, settings=refit.Settings(threads=threads))
