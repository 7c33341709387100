"""Batches of pieces in, scores of every head out: the one encoder and its heads, as a torch module.

The encoder is BERT (Devlin et al. 2019) with the weights of all-MiniLM-L6-v2, plus an embedding of each word's shape;
trees are scored by biaffine attention (Dozat & Manning 2017). :meth:`Network.forward` is what is exported: it decides
sentence starts, lets each word attach within its sentence only, and labels the arc it chose.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from kg.extraction.model import incidents, relations
from kg.extraction.model.pairs import FEATURES
from kg.extraction.model.pieces import CASES, SHAPES

WIDTH, LAYERS, ATTENTION_HEADS, POSITIONS = 384, 6, 12, 512
ARC_WIDTH, LABEL_WIDTH = 256, 96
ROLE_WIDTH, SENSE_WIDTH = 96, 64
COREF_WIDTH, PAIR_WIDTH = 128, 96
RELATION_WIDTH, CONTEXT_WIDTH, KEY_WIDTH, PART_WIDTH = 160, 96, 48, 128
SELDOM = -6.0
"""Where the bias of heads begins whose answer is nearly always no."""
FAR = -1e4
MAYBE = -3.0
"""Words whose logit is above may be predicates: their roles are scored, whoever uses them draws the line."""


@dataclass(frozen=True)
class Sizes:
    """How many labels each head tells apart."""

    upos: int
    xpos: int
    feats: int
    lemma: int
    deprel: int
    entity: int
    role: int
    sense: int


class Scores(NamedTuple):
    """Scores over a batch of windows; B windows, W words."""

    words: Tensor  # (B, W, WIDTH): the encoder's vectors, from which whole documents are read
    upos: Tensor  # (B, W, upos)
    xpos: Tensor
    feats: Tensor
    lemma: Tensor
    start: Tensor  # (B, W): the word begins a sentence, as a logit
    entity: Tensor  # (B, W, entity)
    arc: Tensor  # (B, W, W + 1): head of each word; column 0 is the root
    label_dependent: Tensor  # (B, W, LABEL_WIDTH)
    label_head: Tensor  # (B, W + 1, LABEL_WIDTH)
    predicate: Tensor  # (B, W): the word is a predicate, as a logit
    role_predicate: Tensor  # (B, W, ROLE_WIDTH)
    role_argument: Tensor  # (B, W, ROLE_WIDTH)
    sense: Tensor  # (B, W, SENSE_WIDTH)
    case: Tensor  # (B, W, cases): how the word would be written in a text that is not all capitals
    part: Tensor  # (B, W, parts): the part it plays in an incident
    incident: Tensor  # (B, W, types): it tells of an incident of the type, as a logit
    anaphor: Tensor  # (B, W, COREF_WIDTH)
    antecedent: Tensor  # (B, W, COREF_WIDTH)


class Layer(nn.Module):
    """One transformer layer, normalised after each half as BERT does."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.query, self.key, self.value = nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, WIDTH)
        self.output, self.output_norm = nn.Linear(WIDTH, WIDTH), nn.LayerNorm(WIDTH, eps=1e-12)
        self.up, self.down = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)
        self.down_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """``x`` (B, P, WIDTH), ``mask`` (B, 1, 1, P) to be added to the scores."""
        b, p = x.shape[0], x.shape[1]
        q, k, v = (f(x).reshape(b, p, ATTENTION_HEADS, -1).transpose(1, 2) for f in (self.query, self.key, self.value))
        scores = q @ k.transpose(2, 3) * (WIDTH // ATTENTION_HEADS) ** -0.5 + mask
        attended = (torch.softmax(scores, -1) @ v).transpose(1, 2).reshape(b, p, WIDTH)
        x = self.output_norm(x + self.dropout(self.output(attended)))
        return self.down_norm(x + self.dropout(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    """Pieces to vectors: a learned mixture of all layers (Peters et al. 2018)."""

    def __init__(self, vocabulary: int, dropout: float) -> None:
        super().__init__()
        self.words = nn.Embedding(vocabulary, WIDTH, sparse=True)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.shapes = nn.Embedding(len(SHAPES), WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.mixture = nn.Parameter(torch.tensor([0.0] * LAYERS + [2.0]))
        self.dropout = nn.Dropout(dropout)
        nn.init.zeros_(self.shapes.weight)

    def forward(self, pieces: Tensor, shapes: Tensor, pad: int) -> Tensor:
        """(B, P) ids to (B, P, WIDTH)."""
        x = self.words(pieces) + self.positions.weight[: pieces.shape[1]] + self.shapes(shapes)
        x = self.dropout(self.norm(x))
        mask = (pieces == pad).to(x.dtype)[:, None, None, :] * FAR
        weights = torch.softmax(self.mixture, 0)
        mixed = weights[0] * x
        for i, layer in enumerate(self.layers):
            x = layer(x, mask)
            mixed = mixed + weights[i + 1] * x
        return mixed

    def load(self, model_folder: Path) -> None:
        """Takes the weights of all-MiniLM-L6-v2 (``model.safetensors``); the token type is always the first."""
        from safetensors.torch import load_file

        w = load_file(model_folder / "model.safetensors")
        state = self.state_dict()
        state["words.weight"] = w["embeddings.word_embeddings.weight"]
        state["positions.weight"] = (
            w["embeddings.position_embeddings.weight"] + w["embeddings.token_type_embeddings.weight"][0]
        )
        state["norm.weight"], state["norm.bias"] = w["embeddings.LayerNorm.weight"], w["embeddings.LayerNorm.bias"]
        names = {
            "query": "attention.self.query",
            "key": "attention.self.key",
            "value": "attention.self.value",
            "output": "attention.output.dense",
            "output_norm": "attention.output.LayerNorm",
            "up": "intermediate.dense",
            "down": "output.dense",
            "down_norm": "output.LayerNorm",
        }
        for i in range(LAYERS):
            for ours, theirs in names.items():
                for part in ("weight", "bias"):
                    state[f"layers.{i}.{ours}.{part}"] = w[f"encoder.layer.{i}.{theirs}.{part}"]
        self.load_state_dict(state)


class PairScorer(nn.Module):
    """How likely a word refers to what an earlier word refers to, against a score of 0 for nothing before.

    A bilinear score chooses the candidates, a small network on both words and on what is known of the pair
    (:data:`kg.extraction.model.pairs.FEATURES`) adds to it (coarse to fine: Lee et al. 2018).
    """

    def __init__(self) -> None:
        super().__init__()
        self.bilinear = nn.Linear(COREF_WIDTH, COREF_WIDTH, bias=False)
        self.alone = nn.Linear(COREF_WIDTH, 1)
        self.features = nn.Embedding(FEATURES, PAIR_WIDTH)
        self.weights = nn.Embedding(FEATURES, 1)
        self.first, self.second = nn.Linear(COREF_WIDTH, PAIR_WIDTH), nn.Linear(COREF_WIDTH, PAIR_WIDTH)
        self.product = nn.Linear(COREF_WIDTH, PAIR_WIDTH, bias=False)
        self.score = nn.Linear(PAIR_WIDTH, 1)
        nn.init.zeros_(self.weights.weight)

    def coarse(self, anaphor: Tensor, antecedent: Tensor) -> Tensor:
        """(M, M) for all pairs of M words."""
        return self.bilinear(anaphor) @ antecedent.T * COREF_WIDTH**-0.5 + self.alone(anaphor)

    def fine(self, anaphor: Tensor, antecedent: Tensor, features: Tensor) -> Tensor:
        """(M, K) for each word of (M, COREF_WIDTH) and its K candidates (M, K, COREF_WIDTH), features (M, K, F) ids."""
        hidden = self.first(anaphor)[:, None] + self.second(antecedent) + self.product(anaphor[:, None] * antecedent)
        hidden = F.relu(hidden + self.features(features).sum(2))
        return self.score(hidden)[..., 0] + self.weights(features).sum(2)[..., 0]


class RelationScorer(nn.Module):
    """Which relations hold between two things, by the places where both are mentioned.

    Each pair of mentions is scored by the vectors of both, by what stands around them (an attention over the words of
    their window whose query both make, in the spirit of the localized context of Zhou et al. 2021), and by what is
    known of the pair (:func:`kg.extraction.model.relations.features`). The scores of all pairs of mentions of the same
    two things are summed as probabilities of different ways to tell it are (logsumexp).
    """

    def __init__(self) -> None:
        super().__init__()
        self.head, self.tail = nn.Linear(WIDTH, RELATION_WIDTH), nn.Linear(WIDTH, RELATION_WIDTH)
        self.product = nn.Linear(RELATION_WIDTH, RELATION_WIDTH, bias=False)
        self.head_query, self.tail_query = nn.Linear(WIDTH, KEY_WIDTH), nn.Linear(WIDTH, KEY_WIDTH)
        self.key, self.value = nn.Linear(WIDTH, KEY_WIDTH), nn.Linear(WIDTH, CONTEXT_WIDTH)
        self.context = nn.Linear(CONTEXT_WIDTH, RELATION_WIDTH, bias=False)
        self.features = nn.Embedding(relations.FEATURES, RELATION_WIDTH)
        self.weights = nn.Embedding(relations.FEATURES, len(relations.LABELS))
        self.score = nn.Linear(RELATION_WIDTH, len(relations.LABELS))
        nn.init.normal_(self.features.weight, std=0.1)
        nn.init.zeros_(self.weights.weight)
        nn.init.constant_(self.score.bias, SELDOM)

    def forward(self, words: Tensor, pairs: "MentionPairs") -> Tensor:
        """(K, labels) for K pairs of mentions, as logits; ``words`` (B, W, WIDTH)."""
        one = (words[pairs.head_row, pairs.head_first] + words[pairs.head_row, pairs.head_last]) / 2
        other = (words[pairs.tail_row, pairs.tail_first] + words[pairs.tail_row, pairs.tail_last]) / 2
        head, tail = self.head(one), self.tail(other)
        hidden = head + tail + self.product(head * tail) + self.features(pairs.features).sum(1)
        hidden = hidden + self.context(self._around(words, pairs, self.head_query(one) + self.tail_query(other)))
        scores: Tensor = self.score(F.relu(hidden)) + self.weights(pairs.features).sum(1)
        return scores

    def _around(self, words: Tensor, pairs: "MentionPairs", query: Tensor) -> Tensor:
        """(K, CONTEXT_WIDTH): what the pair attends to in its window; nothing if it stands in two windows."""
        keys, values = self.key(words), self.value(words)
        found = torch.zeros(len(query), CONTEXT_WIDTH)
        for row in torch.unique(pairs.head_row[pairs.together]).tolist():
            mine = torch.nonzero(pairs.together & (pairs.head_row == row))[:, 0]
            scores = query[mine] @ keys[row].T * KEY_WIDTH**-0.5
            scores = scores.masked_fill(~pairs.real[row][None], FAR)
            found = found.index_put((mine,), torch.softmax(scores, 1) @ values[row])
        return found


class MentionPairs(NamedTuple):
    """K pairs of mentions, each by its window and its first and last word there."""

    head_row: Tensor  # (K,)
    head_first: Tensor
    head_last: Tensor
    tail_row: Tensor
    tail_first: Tensor
    tail_last: Tensor
    together: Tensor  # (K,) bool: both stand in the same window
    features: Tensor  # (K, F) ids
    real: Tensor  # (B, W) bool: words that are no padding


class Network(nn.Module):
    """The encoder with all heads."""

    def __init__(
        self, vocabulary: int, pad: int, sizes: Sizes, dropout: float = 0.1, head_dropout: float = 0.15
    ) -> None:
        super().__init__()
        self.pad = pad
        self.encoder = Encoder(vocabulary, dropout)
        self.dropout = nn.Dropout(head_dropout)
        self.upos, self.xpos = nn.Linear(WIDTH, sizes.upos), nn.Linear(WIDTH, sizes.xpos)
        self.feats, self.lemma = nn.Linear(WIDTH, sizes.feats), nn.Linear(WIDTH, sizes.lemma)
        self.start = nn.Linear(WIDTH, 1)
        self.entity_hidden, self.entity = nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, sizes.entity)
        self.root = nn.Parameter(torch.zeros(WIDTH))
        self.arc_dependent, self.arc_head = nn.Linear(WIDTH, ARC_WIDTH), nn.Linear(WIDTH, ARC_WIDTH)
        self.arc_pair, self.arc_prior = nn.Linear(ARC_WIDTH, ARC_WIDTH, bias=False), nn.Linear(ARC_WIDTH, 1)
        self.label_dependent, self.label_head = nn.Linear(WIDTH, LABEL_WIDTH), nn.Linear(WIDTH, LABEL_WIDTH)
        self.label_pair = nn.Linear(LABEL_WIDTH, sizes.deprel * LABEL_WIDTH, bias=False)
        self.label_alone, self.label_of_head = (
            nn.Linear(LABEL_WIDTH, sizes.deprel),
            nn.Linear(LABEL_WIDTH, sizes.deprel),
        )
        self.labels = sizes.deprel
        self.predicate = nn.Linear(WIDTH, 1)
        self.role_predicate, self.role_argument = nn.Linear(WIDTH, ROLE_WIDTH), nn.Linear(WIDTH, ROLE_WIDTH)
        self.role_pair = nn.Linear(ROLE_WIDTH, sizes.role * ROLE_WIDTH, bias=False)
        self.role_alone, self.role_of_predicate = nn.Linear(ROLE_WIDTH, sizes.role), nn.Linear(ROLE_WIDTH, sizes.role)
        self.roles = sizes.role
        self.sense = nn.Linear(WIDTH, SENSE_WIDTH)
        self.case = nn.Linear(WIDTH, len(CASES))
        self.part_hidden = nn.Linear(WIDTH, PART_WIDTH)
        self.part = nn.Linear(PART_WIDTH, len(incidents.PARTS))
        self.incident = nn.Linear(WIDTH, len(incidents.TYPES))
        nn.init.constant_(self.incident.bias, SELDOM)
        self.relations = RelationScorer()
        self.anaphor, self.antecedent = nn.Linear(WIDTH, COREF_WIDTH), nn.Linear(WIDTH, COREF_WIDTH)
        self.pairs = PairScorer()
        self.senses = nn.Parameter(torch.randn(sizes.sense, SENSE_WIDTH) * 0.1)

    def words(self, pieces: Tensor, shapes: Tensor, firsts: Tensor) -> Tensor:
        """(B, W, WIDTH): each word by its first piece."""
        hidden = self.encoder(pieces, shapes, self.pad)
        return torch.gather(hidden, 1, firsts[:, :, None].expand(-1, -1, WIDTH))

    def scores(self, pieces: Tensor, shapes: Tensor, firsts: Tensor) -> Scores:
        """All scores, nothing decided."""
        w = self.dropout(self.words(pieces, shapes, firsts))
        with_root = torch.cat([self.root.expand(w.shape[0], 1, WIDTH), w], 1)
        dependent = self.dropout(F.gelu(self.arc_dependent(w)))
        head = self.dropout(F.gelu(self.arc_head(with_root)))
        arc = self.arc_pair(dependent) @ head.transpose(1, 2) * ARC_WIDTH**-0.5 + self.arc_prior(head).transpose(1, 2)
        return Scores(
            words=w,
            upos=self.upos(w),
            xpos=self.xpos(w),
            feats=self.feats(w),
            lemma=self.lemma(w),
            start=self.start(w)[..., 0],
            entity=self.entity(self.dropout(F.gelu(self.entity_hidden(w)))),
            arc=arc,
            label_dependent=self.dropout(F.gelu(self.label_dependent(w))),
            label_head=self.dropout(F.gelu(self.label_head(with_root))),
            predicate=self.predicate(w)[..., 0],
            role_predicate=self.dropout(F.gelu(self.role_predicate(w))),
            role_argument=self.dropout(F.gelu(self.role_argument(w))),
            sense=self.sense(w),
            case=self.case(w),
            part=self.part(self.dropout(F.gelu(self.part_hidden(w)))),
            incident=self.incident(w),
            anaphor=self.dropout(F.gelu(self.anaphor(w), approximate="tanh")),
            antecedent=self.dropout(F.gelu(self.antecedent(w), approximate="tanh")),
        )

    def role_scores(self, scores: Scores, rows: Tensor, words: Tensor) -> Tensor:
        """(N, W, roles) for the predicates at ``rows`` and ``words`` (N,) and every word of their windows."""
        predicate, argument = scores.role_predicate[rows, words], scores.role_argument[rows]
        pair = self.role_pair(predicate).reshape(-1, self.roles, ROLE_WIDTH)
        alone = self.role_alone(argument) + self.role_of_predicate(predicate)[:, None]
        return argument @ pair.transpose(1, 2) * ROLE_WIDTH**-0.5 + alone

    def sense_scores(self, scores: Scores, rows: Tensor, words: Tensor, candidates: Tensor) -> Tensor:
        """(N, C) for the candidate senses (N, C) of each predicate; what is below 0 is none."""
        vectors = self.senses[candidates.clamp(min=0)]
        found = (vectors @ scores.sense[rows, words][:, :, None])[..., 0]
        return found.masked_fill(candidates < 0, FAR)

    def label_scores(self, scores: Scores, heads: Tensor) -> Tensor:
        """(B, W, labels) for the arc from each word to ``heads`` (B, W), 0 being the root."""
        head = torch.gather(scores.label_head, 1, heads[:, :, None].expand(-1, -1, LABEL_WIDTH))
        d = scores.label_dependent
        pair = self.label_pair(d).reshape(d.shape[0], d.shape[1], self.labels, LABEL_WIDTH)
        return (pair * head[:, :, None, :]).sum(-1) + self.label_alone(d) + self.label_of_head(head)

    def forward(self, pieces: Tensor, shapes: Tensor, firsts: Tensor, forced: Tensor) -> tuple[Tensor, ...]:
        """What is exported: decisions as ids, and the scores that are needed to mend or to weigh them.

        ``forced`` (B, W) is 1 where a sentence must begin (a new paragraph), -1 where none may, else 0. Returns upos,
        xpos, feats, lemma, deprel ids and heads (B, W), start logits (B, W), entity log-probabilities (B, W, E), arc
        scores within sentences (B, W, W + 1), the second best head of each word with its deprel id (B, W), case ids
        (B, W), log-probabilities of parts (B, W, parts), logits of incidents (B, W, types) and the vectors of the words
        (B, W, WIDTH), from which what holds across windows is read outside the graph; then for the N words that may be
        predicates their window and place (N,), their logits (N,), the role of each word with its probability (N, W),
        and the scores of senses (N, S).
        """
        s = self.scores(pieces, shapes, firsts)
        starts = (((s.start > 0) & (forced >= 0)) | (forced > 0)).to(torch.int64)
        sentence = torch.cumsum(starts, 1)
        inside = sentence[:, :, None] == sentence[:, None, :]
        inside = inside & (firsts > 0)[:, None, :]
        allowed = torch.cat([torch.ones_like(inside[:, :, :1]), inside], 2)
        place = torch.cumsum(torch.ones_like(firsts), 1)
        itself = torch.cat([torch.zeros_like(inside[:, :, :1]), place[:, :, None] == place[:, None, :]], 2)
        arc = torch.where(allowed & ~itself, s.arc, torch.full_like(s.arc, FAR))
        best = arc.topk(2, 2).indices
        heads, second = best[..., 0], best[..., 1]
        rows, words = torch.nonzero(((s.predicate > MAYBE) & (firsts > 0)).to(torch.int64), as_tuple=True)
        roles = torch.softmax(self.role_scores(s, rows, words), 2).max(2)
        return (
            s.upos.argmax(2),
            s.xpos.argmax(2),
            s.feats.argmax(2),
            s.lemma.argmax(2),
            self.label_scores(s, heads).argmax(2),
            heads,
            s.start,
            torch.log_softmax(s.entity, 2),
            arc,
            second,
            self.label_scores(s, second).argmax(2),
            s.case.argmax(2),
            torch.log_softmax(s.part, 2),
            s.incident,
            s.words,
            rows,
            words,
            s.predicate[rows, words],
            roles.indices,
            roles.values,
            s.sense[rows, words] @ self.senses.T,
        )
