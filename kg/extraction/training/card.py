"""A finished run in, the packaged model and its card out: scores of the shipped graph beside the one in fp32."""

import json
import shutil
from collections.abc import Iterable
from pathlib import Path

from kg.extraction.training import evaluate, export
from kg.extraction.training.corpora import HELD_OUT, Sentence
from kg.extraction.training.evaluate import Score, TreeScores
from kg.extraction.training.loop import Corpus, Run

DATA = {
    "Universal Dependencies English EWT": ("tags, lemmas, trees, sentences", "CC BY-SA 4.0"),
    "GUM, nine genres (news, interview, bio, voyage, academic, court, speech, textbook, vlog)": (
        "tags, lemmas, trees, sentences, named entities, coreference (OntoGUM)",
        "annotations CC BY 4.0; texts CC BY, PD, some CC BY-SA",
    ),
    "PropBank over EWT": ("semantic roles", "CC BY-SA 4.0"),
    "WikiGold": ("entities", "CC BY 4.0"),
    "WNUT 2017": ("entities", "CC BY 4.0"),
    "Broad Twitter Corpus": ("entities", "CC BY 4.0"),
    "CrossNER politics": ("entities", "MIT; texts CC BY-SA"),
    "Re-DocRED (72 % of 500 documents)": ("entities, relations", "MIT; texts CC BY-SA"),
    "re3d (7 of 9 documents)": ("entities, relations", "PD, OGL, CC BY, CC BY-SA by folder"),
    "KnowledgeNet (90 % of folds 1 and 2)": ("relations", "CC BY-SA 4.0"),
    "189 articles of Wikinews and re3d's governments, judged by reading (`judged.jsonl`)": (
        "relations", "verdicts Apache-2.0; texts CC BY 2.5, OGL, PD",
    ),
    "FewRel (validation part)": ("relations", "MIT; texts CC BY-SA"),
    "MUC-4 (dev)": ("incidents, killings, case", "free of charge, courtesy of FBIS"),
    "LitBank": ("coreference", "CC BY 4.0"),
    "GAP (development part)": ("pronouns", "Apache-2.0; texts CC BY-SA"),
    "Groningen Meaning Bank (silver)": ("entities", "texts in the public domain; no licence file"),
}  # fmt: skip

TREE_ROWS = ("upos", "xpos", "feats", "lemma", "uas", "las")


def finish(run: Run, out: Path) -> Path:
    """Exports, measures and writes the card; returns the folder to package."""
    folder = out / "packaged"
    folder.mkdir(parents=True, exist_ok=True)
    run.labels.save(folder / "labels.json")
    shutil.copy(run.encoder_files / "tokenizer.json", folder / "tokenizer.json")
    fp32 = folder / "fp32.onnx"
    export.export(run.network, fp32)
    export.shrink(fp32, folder / "model.onnx")
    export.save_heads(run.network, folder / "heads.npz")
    scores = {file: measured(folder, file, run.corpus) for file in ("model.onnx", "fp32.onnx")}
    fp32.rename(out / "fp32.onnx")
    (folder / "README.md").write_text(_card(run, scores, (folder / "model.onnx").stat().st_size), encoding="utf-8")
    return folder


def measured(folder: Path, file: str, corpus: Corpus) -> dict[str, dict[str, float]]:
    """All figures of one graph: a table of rows, each a name and its columns in percent."""
    graph = evaluate.graph_at(folder, file)
    rows: dict[str, dict[str, float]] = {}
    for name, sentences in (
        ("EWT test", corpus.trees["ewt-test"]),
        ("GUM test, nine genres", corpus.trees["gum-test"]),
    ):
        rows[name] = _tree_row(evaluate.trees(graph, sentences), evaluate.trees(graph, sentences, gold_sentences=False))
    for name, held in held_out(corpus).items():
        for kind, score in sorted(evaluate.entities(graph, held).items()):
            rows[f"{name}: {kind}"] = _entity_row(score)
    return rows


def held_out(corpus: Corpus) -> dict[str, list[Sentence]]:
    """The texts that entities are measured on; nothing was trained on them."""
    news = [s for s in [*corpus.trees["dev"], *corpus.trees["gum-test"]] if s.document.startswith("GUM_news")]
    return {"GUM news": news, "wikigold": corpus.held_out, "GUM news + wikigold": [*news, *corpus.held_out]}


def _tree_row(gold: TreeScores, own: TreeScores) -> dict[str, float]:
    row = {name: gold.percent(name) for name in TREE_ROWS}
    return {**row, "las, own sentences": own.percent("las"), "sentence F1": own.starts.f1}


def _entity_row(score: Score) -> dict[str, float]:
    return {"precision": score.precision, "recall": score.recall, "f1": score.f1, "gold": float(score.gold)}


def _card(run: Run, scores: dict[str, dict[str, dict[str, float]]], size: int) -> str:
    small, full = scores["model.onnx"], scores["fp32.onnx"]
    trees = [name for name in small if ":" not in name]
    entities = [name for name in small if ":" in name]
    progress = json.loads((run.settings.out / "run.json").read_text())
    step, of, words, minutes = (progress[name] for name in ("step", "of", "words", "minutes"))
    compared = (*TREE_ROWS, "las, own sentences", "sentence F1")
    drop = max(
        full[n][c] - small[n][c]
        for n in small
        for c in small[n]
        if c in compared or (n.endswith("PER+ORG+LOC") and c == "f1")
    )
    return f"""\
# The language model of `kg`

One MiniLM encoder (6 layers, 384 wide; all-MiniLM-L6-v2, Apache-2.0) fine-tuned jointly with heads for sentence
boundaries, UPOS, XPOS, features, lemmas, UD trees (biaffine), semantic roles, named entities, the case of words, the
parts they play in incidents and the incidents they tell of, as one ONNX graph with its weights in 8 bits
({size / 1e6:.1f} MB); and heads for coreference and relations, which read whole documents by the graph's vectors, for
numpy in 16 bits (`heads.npz`).
This card is written by the training run; do not edit it.

**Licence of the model: CC BY-SA 4.0**, because sets marked SA were trained on. (The code is Apache-2.0.)

## Trained on

| set | for | licence |
|---|---|---|
{_lines(f"| {name} | {use} | {licence} |" for name, (use, licence) in DATA.items())}

Entity labels of the sets differ; each is read as the set of kinds it may stand for, and the loss is the marginal
likelihood of that set. What a set does not annotate may be anything there.

## The run

{step} steps of {of}, {words:,} words, {minutes} minutes on a CPU with {run.settings.threads} threads.

```json
{json.dumps(progress["settings"], indent=1)}
```

{_notes(run)}

## Scores of the shipped graph, and of the same in fp32

Texts that nothing was trained on and no choice was made by. Gold words; sentences are given, except in the last two
columns. Percent; the figure in fp32 follows the slash.

{_lines(_table(trees, small, full))}

Entities by exact span, without a leading "the", as the pipeline hands them on: the news of GUM's dev and test parts and
{HELD_OUT["wikigold"]:.0%} of wikigold (by hash of the block).
GUM marks noun phrases, so its names are cut out of them by rule; a kind in lower case or brackets is one that the set
does not tell apart.

{_lines(_table(entities, small, full))}

Largest loss by 8 bits in any tag, tree or sentence figure and in entities overall: {drop:.2f} points.
"""


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(lines)


def _notes(run: Run) -> str:
    """What whoever ran it wrote beside the checkpoint (``notes.md``), so that the next one starts from there."""
    file = run.settings.out / "notes.md"
    return file.read_text(encoding="utf-8").strip() if file.exists() else ""


def _table(names: list[str], small: dict[str, dict[str, float]], full: dict[str, dict[str, float]]) -> list[str]:
    columns = list(small[names[0]])
    rows = [f"| {n} | " + " | ".join(_cell(c, small[n][c], full[n][c]) for c in columns) + " |" for n in names]
    return ["| | " + " | ".join(columns) + " |", "|---" * (len(columns) + 1) + "|", *rows]


def _cell(column: str, small: float, full: float) -> str:
    return f"{small:.0f}" if column == "gold" else f"{small:.1f} / {full:.1f}"
