"""A finished model in, its relation head taught anew out, on the vectors of the graph, which stays as it is.

Lessons and verdicts on news grow faster than anybody would train the encoder again. The graph reads each set once, and
the head learns from what it saw: the better part of an hour becomes some minutes.
"""

import json
import random
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor, nn

from kg.extraction.model.labels import Labels
from kg.extraction.model.pieces import Pieces
from kg.extraction.model.reader import FOLDER
from kg.extraction.training import incidents, judged, lessons, related_batches, relations
from kg.extraction.training.batches import Batcher, Pairwise
from kg.extraction.training.losses import relation_loss
from kg.extraction.training.network import POSITIONS, RelationScorer
from kg.extraction.training.related import Related


@dataclass(frozen=True)
class Settings:
    """What the head depends on, beside the graph."""

    passes: int = 4
    """How often what there is to learn is gone through, each set as often as ``shares`` says."""
    rate: float = 1.5e-3
    warmup: int = 200
    """Steps until the rate is reached; from there it falls to nothing."""
    weight_decay: float = 0.1
    word_dropout: float = 0.3
    """Share of the numbers in words' vectors that a step doesn't see."""
    dropout: float = 0.15
    average: float = 0.998
    """How much of the average over steps a new step leaves; the average is what is kept (Izmailov et al. 2018)."""
    seed: int = 1
    threads: int = 2
    shares: dict[str, float] = field(
        default_factory=lambda: {
            "lessons": 3.0, "judged": 3.0, "knowledgenet": 1.0, "re3d": 1.0, "muc4": 0.85, "redocred": 1.5,
            "fewrel": 0.04,
        }
    )  # fmt: skip
    """How much of each set a pass goes through."""
    readings: dict[str, int] = field(default_factory=lambda: {"lessons": 2, "judged": 2})
    """How often a set is read, each time in other windows and with other names; once if it isn't listed."""


class Seen(NamedTuple):
    """What the graph saw of a batch: vectors (B, W, WIDTH) in 16 bits, and what holds between its things."""

    vectors: Tensor
    told: Pairwise


def refitted(data: Path, out: Path, folder: Path = FOLDER, settings: Settings | None = None) -> Path:
    """The heads of the model in ``folder`` with the relation head taught anew on the sets of ``data``, and the model's
    card with what was done: two files in the folder ``out`` (returned), which take the place of the model's."""
    settings = settings or Settings()
    torch.set_num_threads(settings.threads)
    torch.manual_seed(settings.seed)
    with np.load(folder / "heads.npz") as file:
        heads = {name: file[name] for name in file.files}
    scorer = RelationScorer()
    start_from(scorer, heads)
    taught = train(scorer, _read(data, folder, settings), settings)
    heads |= {f"relations.{name}": value.numpy().astype(np.float16) for name, value in taught.items()}
    out.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(out / "heads.npz", **heads)  # type: ignore[arg-type]
    (out / "README.md").write_text(
        _card((folder / "README.md").read_text(encoding="utf-8"), settings), encoding="utf-8"
    )
    return out


def _card(card: str, settings: Settings) -> str:
    """The card of the model with a section at its end on the head that was taught anew."""
    told = json.dumps(asdict(settings), indent=1)
    return f"{card.partition(_SECTION)[0].rstrip()}\n\n{_SECTION}\n\n{_ABOUT}\n\n```json\n{told}\n```\n"


_SECTION = "## The relation head"
_ABOUT = """\
It was taught anew on the vectors of the finished graph (`kg train --relations`), on the sets named above for relations,
on lessons of our own writing (`kg/extraction/training/lessons.txt`, Apache-2.0), and on verdicts by reading on articles
of Wikinews and of governments and on passages of the Groningen Meaning Bank (`judged.jsonl`: places in the texts, not
their words)."""


def sets(data: Path) -> dict[str, list[Related]]:
    """All documents that relations are learnt from, by set."""
    return {
        "lessons": [lessons.related(lesson) for lesson in lessons.read()],
        "judged": list(judged.read(data)),
        "knowledgenet": list(relations.knowledgenet(data)),
        "re3d": list(relations.re3d(data)),
        "muc4": [message for message in incidents.read(data) if message.incidents],
        "redocred": list(relations.redocred(data)),
        "fewrel": list(relations.fewrel(data)),
    }


def start_from(scorer: RelationScorer, heads: dict[str, np.ndarray]) -> None:  # type: ignore[type-arg]
    """Gives the scorer the weights ``relations.…``; labels that these don't know keep their fresh weights."""
    state = scorer.state_dict()
    for name, weights in state.items():
        known = torch.from_numpy(heads[f"relations.{name}"].astype(np.float32))
        weights[tuple(slice(size) for size in known.shape)] = known
    scorer.load_state_dict(state)


def train(scorer: RelationScorer, readings: dict[str, list[list[Seen]]], settings: Settings) -> dict[str, Tensor]:
    """The average of the scorer's weights over the steps of a run."""
    _hide(scorer, settings.dropout)
    optimizer = torch.optim.AdamW(scorer.parameters(), lr=settings.rate, weight_decay=settings.weight_decay)
    hidden, rng = nn.Dropout(settings.word_dropout), random.Random(settings.seed)  # noqa: S311 - seeded
    steps = [it for number in range(settings.passes) for it in _pass(readings, settings.shares, number, rng)]
    average = {name: value.clone() for name, value in scorer.state_dict().items()}
    loss = 0.0
    for step, seen in enumerate(steps):
        for group in optimizer.param_groups:
            group["lr"] = settings.rate * min(1.0, step / settings.warmup) * (1 - step / len(steps))
        now = relation_loss(scorer(hidden(seen.vectors.float()), seen.told.mentions), seen.told)
        optimizer.zero_grad()
        now.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(scorer.parameters(), 1.0)
        optimizer.step()
        kept = min(settings.average, (step + 1) / (step + 10))
        for name, value in scorer.state_dict().items():
            average[name].mul_(kept).add_(value, alpha=1 - kept)
        loss = 0.99 * loss + 0.01 * float(now.detach()) if step else float(now.detach())
        if step % 500 == 0:
            print(f"step {step}/{len(steps)} loss {loss:.3f}", flush=True)
    return average


def _hide(scorer: RelationScorer, share: float) -> None:
    """Dropout behind what makes heads, tails and contexts of words."""
    for layer in (scorer.head, scorer.tail, scorer.value):
        layer.register_forward_hook(lambda module, _, out: nn.functional.dropout(out, share, module.training))


def _pass(
    readings: dict[str, list[list[Seen]]], shares: dict[str, float], number: int, rng: random.Random
) -> list[Seen]:
    """The batches of one pass in random order; the readings of a set take turns."""
    found = list[Seen]()
    for name, of_set in readings.items():
        reading, share = of_set[number % len(of_set)], shares[name] if name not in _DRAWN else 1.0
        found += reading * int(share)
        found += rng.sample(reading, round(len(reading) * (share % 1)))
    rng.shuffle(found)
    return found


_DRAWN = frozenset({"fewrel"})
"""Sets so large that only their share is read at all."""


def _read(data: Path, folder: Path, settings: Settings) -> dict[str, list[list[Seen]]]:
    """Every set as the graph of ``folder`` read it, as often as it should."""
    found = dict[str, list[list[Seen]]]()
    graph = _Graph(folder, settings.threads)
    for name, documents in sets(data).items():
        for number in range(settings.readings.get(name, 1)):
            rng = random.Random(f"{settings.seed}/{name}/{number}")  # noqa: S311 - seeded, so that a run can be repeated
            drawn = (
                rng.sample(documents, round(settings.shares[name] * len(documents))) if name in _DRAWN else documents
            )
            found.setdefault(name, []).append(list(graph.seen(drawn, rng)))
            print(f"read {name}: {sum(len(it.vectors) for it in found[name][-1])} windows", flush=True)
    return found


class _Graph:
    """The shipped graph, for nothing but its vectors."""

    def __init__(self, folder: Path, threads: int) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self.session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self.batcher = Batcher(Pieces(folder / "tokenizer.json"), Labels.load(folder / "labels.json"))

    def seen(self, documents: list[Related], rng: random.Random) -> Iterator[Seen]:
        """What it sees of the documents, in batches."""
        for batch in related_batches.batches(self.batcher, documents, rng):
            inputs = {name: value.numpy() for name, value in batch.inputs.items()}
            if batch.relations is not None and inputs["pieces"].shape[1] <= POSITIONS:
                inputs["forced"] = np.zeros_like(inputs["firsts"])
                (vectors,) = self.session.run(["vectors"], inputs)
                yield Seen(torch.from_numpy(vectors).half(), batch.relations)
