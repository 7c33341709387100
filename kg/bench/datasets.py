"""A folder of data in; what is measured on it, file by file, out.

Nothing was trained on any of ``DATASETS``, and nothing may be tuned to them: they are reported. Whoever tunes chooses
on ``DEVELOPMENT``, which is measured only when asked for by name and has no floors. Datasets whose ``files`` are empty
are shipped with the program; the files of the others are looked for under the folder of development data.
"""

from collections.abc import Callable
from functools import partial
from hashlib import sha256
from pathlib import Path

import msgspec

from kg.bench import archive, gold, measures
from kg.bench.lab import Lab
from kg.bench.measures import Measured
from kg.bench.redocred import REPORT
from kg.extraction.training.corpora import HELD_OUT


class Dataset(msgspec.Struct, frozen=True):
    """What is measured under one name. ``files`` are patterns below the folder of data; what is shipped with the
    program instead of them, ``shipped`` hashes."""

    name: str
    about: str
    files: tuple[str, ...]
    measure: Callable[[Lab], Measured]
    shipped: Callable[[], str] = gold.digest

    def found(self, data: Path | None) -> list[Path]:
        """The files of this dataset, in a fixed order; none if any pattern finds nothing."""
        held = [sorted(data.glob(pattern)) for pattern in self.files] if data else [[]]
        return [path for paths in held for path in paths] if all(held) else []

    def digest(self, data: Path | None) -> str:
        """A hash of all that is measured on: floors are pinned to it."""
        if not self.files:
            return self.shipped()
        told = sha256()
        for path in self.found(data):
            told.update(path.name.encode() + b"\0" + path.read_bytes())
        return told.hexdigest()[:16]


_GUM = ("gum/dep/*.conllu", "gum/splits.md")
_ONTOGUM = ("gum/ontogum/*.conll", *_GUM)
_NAMES = ("gum/dep/GUM_news_*.conllu", "gum/splits.md", "ner/wikigold/wikigold.conll.txt")
_REDOCRED = ("redocred/dev_revised.json",)
_PROPBANK = "propbank-ewt/propbank_ewt_joined.jsonl"
_KNOWLEDGENET = ("knowledgenet/facts-folds-1-3.jsonl",)
_TST1, _TST2 = ("muc4/tst1/key-tst1.v7", "muc4/tst1/tst1-muc3"), ("muc4/tst2/key-tst2.v4", "muc4/tst2/tst2-muc4")


def _incidents(files: tuple[str, str]) -> Callable[[Lab], Measured]:
    return partial(measures.incidents, key_file=files[0], text_file=files[1])


DATASETS = (
    Dataset("gold", "claims of our own gold passages", (), measures.gold_passages),
    Dataset(
        "ewt",
        "words and trees, EWT test",
        ("ud-ewt/en_ewt-ud-test.conllu",),
        partial(measures.ewt_trees, split="test"),
    ),
    Dataset(
        "roles",
        "semantic roles by heads of arguments, EWT test",
        ("ud-ewt/en_ewt-ud-test.conllu", _PROPBANK),
        partial(measures.semantic_roles, split="test"),
    ),
    Dataset("gum", "words and trees, GUM test, nine genres", _GUM, partial(measures.gum_trees, split="test")),
    Dataset("entities", "names by exact span, GUM news (dev and test) and a fifth of wikigold", _NAMES, measures.names),
    Dataset(
        "coreference",
        "OntoGUM, GUM test, nine genres, end to end",
        _ONTOGUM,
        partial(measures.coreference, split="test"),
    ),
    Dataset(
        "gap", "pronouns, GAP validation", ("gap/gap-validation.tsv",), partial(measures.pronouns, part="validation")
    ),
    Dataset(
        "redocred",
        "relations, Re-DocRED, report part, end to end",
        _REDOCRED,
        partial(measures.document_relations, low=0, high=REPORT),
    ),
    Dataset(
        "knowledgenet",
        "relations, KnowledgeNet fold 3, by text",
        _KNOWLEDGENET,
        partial(measures.passage_relations, folds=("3",)),
    ),
    Dataset("muc4", "incidents, MUC-4 tst2, all templates", _TST2, _incidents(_TST2)),
    Dataset("matching", "who is who across 246 news articles", ("news/*/*.txt",), measures.who_is_who),
    Dataset("archive", "who is who across 10,000 invented reports", (), measures.who_is_who_in_many, archive.digest),
)
"""What is reported, in the order of the table."""

DEVELOPMENT = (
    Dataset(
        "ewt-dev",
        "words and trees, EWT dev",
        ("ud-ewt/en_ewt-ud-dev.conllu",),
        partial(measures.ewt_trees, split="dev"),
    ),
    Dataset(
        "roles-dev",
        "semantic roles by heads of arguments, EWT dev",
        ("ud-ewt/en_ewt-ud-dev.conllu", _PROPBANK),
        partial(measures.semantic_roles, split="dev"),
    ),
    Dataset("gum-dev", "words and trees, GUM dev, nine genres", _GUM, partial(measures.gum_trees, split="dev")),
    Dataset(
        "coreference-dev",
        "OntoGUM, GUM dev, nine genres, end to end",
        _ONTOGUM,
        partial(measures.coreference, split="dev"),
    ),
    Dataset(
        "gap-dev",
        "pronouns, GAP development",
        ("gap/gap-development.tsv",),
        partial(measures.pronouns, part="development"),
    ),
    Dataset(
        "redocred-dev",
        "relations, Re-DocRED, documents held out to choose on",
        _REDOCRED,
        partial(measures.document_relations, low=REPORT, high=HELD_OUT["redocred"]),
    ),
    Dataset(
        "knowledgenet-dev",
        "relations, KnowledgeNet folds 1 and 2, passages held out to choose on, by text",
        _KNOWLEDGENET,
        partial(measures.passage_relations, folds=("1", "2"), high=HELD_OUT["knowledgenet"]),
    ),
    Dataset("muc4-dev", "incidents, MUC-4 tst1, all templates", _TST1, _incidents(_TST1)),
)
"""What to tune on. Some of it may be trained on: then it tells how well that is remembered, and no more."""
