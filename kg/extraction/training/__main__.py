"""``python -m kg.extraction.training --data DIR --out DIR``: trains, or goes on from the last checkpoint."""

import argparse
from pathlib import Path

from kg.extraction.training.card import finish
from kg.extraction.training.loop import Run, Settings, encoder_folder


def main() -> None:
    """Reads the command line and runs to the end."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder with the corpora (ud-ewt, gum, ner, …)")
    parser.add_argument("--out", type=Path, required=True, help="where checkpoints and the finished model go")
    parser.add_argument("--epochs", type=int, default=Settings.epochs)
    parser.add_argument("--threads", type=int, default=Settings.threads)
    parser.add_argument("--seed", type=int, default=Settings.seed)
    asked = parser.parse_args()
    settings = Settings(asked.data, asked.out, epochs=asked.epochs, threads=asked.threads, seed=asked.seed)
    run = Run(settings, encoder_folder())
    run.train()
    print(f"the model and its card are in {finish(run, settings.out)}")


if __name__ == "__main__":
    main()
