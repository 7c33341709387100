"""A batch in, the loss of each head out."""

import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812

from kg.extraction.model import pairs
from kg.extraction.training.batches import IGNORED, Batch, Coreference, Pairwise, Roles
from kg.extraction.training.network import FAR, Network, Scores

WEIGHTS = {
    "upos": 1.0, "xpos": 0.5, "feats": 0.5, "lemma": 0.5, "start": 2.0, "arc": 1.5, "deprel": 1.5,
    "predicate": 1.0, "role": 3.0, "sense": 0.3, "entity": 1.5, "coreference": 1.0, "relation": 3.0, "part": 6.0,
    "incident": 1.0, "case": 0.3,
}  # fmt: skip
"""What each head counts in the sum: trees, roles, names and relations are what is hard; tags and lemmas come along.
The losses of relations and parts are small means, since nearly all pairs and words are nothing."""


def losses(network: Network, batch: Batch) -> dict[str, Tensor]:
    """The loss of each head; entities by the marginal likelihood of what each word is allowed to be."""
    s = network.scores(**batch.inputs)
    t = batch.targets
    out = {}
    for name in ("upos", "xpos", "feats", "lemma", "case", "part"):
        if (t[name] != IGNORED).any():
            out[name] = _cross_entropy(getattr(s, name), t[name])
    known = t["start"] != IGNORED
    if known.any():
        out["start"] = F.binary_cross_entropy_with_logits(s.start[known], t["start"][known].float())
    has_tree = t["head"] != IGNORED
    if has_tree.any():
        arc = torch.where(batch.same_sentence, s.arc, torch.full_like(s.arc, FAR))
        out["arc"] = F.cross_entropy(arc[has_tree], t["head"][has_tree])
        labels = network.label_scores(s, t["head"].clamp(min=0))
        out["deprel"] = _cross_entropy(labels, t["deprel"])
    if batch.roles is not None:
        out |= _role_losses(network, s, batch.roles, t["predicate"])
    if batch.coreference is not None:
        out["coreference"] = coreference_loss(network, s, batch.coreference)
    if batch.relations is not None:
        out["relation"] = relation_loss(network.relations(s.words, batch.relations.mentions), batch.relations)
    if batch.incidents is not None:
        out["incident"] = _incident_loss(s, batch.inputs["firsts"] > 0, *batch.incidents)
    if batch.entity_known.any():
        log = torch.log_softmax(s.entity, 2)[batch.entity_known]
        allowed = batch.entity_allowed[batch.entity_known]
        out["entity"] = -torch.logsumexp(log.masked_fill(~allowed, FAR), 1).mean()
    return out


def relation_loss(scores: Tensor, told: Pairwise) -> Tensor:
    """Binary cross entropy of each label that is known of a pair of things, by the scores (K, labels) of their pairs of
    mentions; summed over labels, averaged over pairs."""
    total = logsumexp_by(scores, told.of, len(told.known))
    each = F.binary_cross_entropy_with_logits(total, told.holds.float(), reduction="none")
    return ((each * told.known).sum(1) * told.weight).mean()


def _incident_loss(s: Scores, real: Tensor, document: Tensor, told: Tensor) -> Tensor:
    """A document tells of an incident if any of its words does (multiple instance learning)."""
    rows = torch.logsumexp(s.incident.masked_fill(~real[..., None], FAR), 1)
    known = told[:, 0] >= 0
    scores = logsumexp_by(rows, document, len(told))
    return F.binary_cross_entropy_with_logits(scores[known], told[known])


def logsumexp_by(scores: Tensor, group: Tensor, groups: int) -> Tensor:
    """(G, N): the logarithm of the summed exponentials of those rows of (K, N) that belong to each group."""
    index = group[:, None].expand_as(scores)
    top = torch.full((groups, scores.shape[1]), FAR).scatter_reduce(0, index, scores.detach(), "amax")
    summed = torch.zeros(groups, scores.shape[1]).scatter_add(0, index, torch.exp(scores - top[group]))
    return top + torch.log(summed)


CANDIDATES = 40


def coreference_loss(network: Network, s: Scores, words: Coreference) -> Tensor:
    """The marginal likelihood of the true antecedents among the best candidates, nothing before being one of them."""
    anaphor, antecedent = s.anaphor[words.rows, words.words], s.antecedent[words.rows, words.words]
    m = len(anaphor)
    coarse = network.pairs.coarse(anaphor, antecedent)
    place = torch.arange(m)
    before = (place[None] < place[:, None]) & (words.document[None] == words.document[:, None])
    coarse = coarse.masked_fill(~before, FAR)
    prior = torch.from_numpy(pairs.prior(words.described, place.numpy(), place.numpy()))
    chosen = (coarse.detach() + prior).topk(min(CANDIDATES, m), 1).indices
    ids = torch.from_numpy(pairs.features(words.described, place.numpy(), chosen.numpy()))
    scores = coarse.gather(1, chosen) + network.pairs.fine(anaphor, antecedent[chosen], ids)
    valid = before.gather(1, chosen)
    scores = torch.cat([torch.zeros(m, 1), scores.masked_fill(~valid, FAR)], 1)
    true = valid & (words.cluster[chosen] == words.cluster[:, None])
    true = torch.cat([~true.any(1, keepdim=True), true], 1)
    log = torch.log_softmax(scores, 1)
    found = -torch.logsumexp(log.masked_fill(~true, FAR), 1)
    return found[words.asked].mean() if words.asked.any() else scores.sum() * 0


def _role_losses(network: Network, s: Scores, roles: Roles, predicate: Tensor) -> dict[str, Tensor]:
    known = predicate != IGNORED
    scores = network.role_scores(s, roles.rows, roles.words)
    out = {
        "predicate": F.binary_cross_entropy_with_logits(s.predicate[known], predicate[known].float()),
        "role": _cross_entropy(scores, roles.roles),
    }
    unsure = (roles.candidates >= 0).sum(1) > 1
    if unsure.any():
        chosen = network.sense_scores(s, roles.rows[unsure], roles.words[unsure], roles.candidates[unsure])
        out["sense"] = F.cross_entropy(chosen, torch.zeros(len(chosen), dtype=torch.long))
    return out


def _cross_entropy(scores: Tensor, target: Tensor) -> Tensor:
    kept = target != IGNORED
    return F.cross_entropy(scores[kept], target[kept]) if kept.any() else scores.sum() * 0
