"""A lab and the part of a dataset in; figures out, in percent unless their name says otherwise."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from kg.bench import (
    calibration,
    gap,
    gold,
    gum,
    killings,
    knowledgenet,
    matching,
    matching_gold,
    muc4_scoring,
    muc4_templates,
    redocred,
)
from kg.bench import claims as gold_claims
from kg.bench import coreference as clusters
from kg.bench.archive import reports
from kg.bench.calibration import Answer
from kg.bench.lab import Lab
from kg.bench.matching_gold import Matching
from kg.bench.relations import Fact, score, tells
from kg.bench.scores import Score
from kg.claims import Claim, Document
from kg.documents import document_id
from kg.documents.furniture import furniture
from kg.documents.heading import heading
from kg.extraction.training import muc4

_REPORTS = 10_000


class Measured(msgspec.Struct, frozen=True):
    """Figures by metric, and in words what whoever mends the reader looks at: ``details``.

    ``answers`` are all claims that were judged, for :mod:`kg.bench.fitting`.
    """

    figures: dict[str, float]
    details: Mapping[str, tuple[str, ...]] = {}
    answers: tuple[Answer, ...] = ()


# ---- our own ------------------------------------------------------------------------------------------------------


def gold_passages(lab: Lab) -> Measured:
    """Our own passages: claims, whole and in part, traps, and how far confidences can be trusted."""
    passages = gold.passages()
    documents = [_document(passage.text, passage.published) for passage in passages]
    judged = gold_claims.Verdict()
    for passage, extraction in zip(passages, lab.extractions(documents), strict=True):
        judged += gold_claims.score(extraction, passage)
    return Measured(
        {
            **judged.core.percent("claims"),
            **judged.full.percent("claims with time and speaker"),
            "time right": 100 * judged.time.recall,
            "speaker right": 100 * judged.speaker.recall,
            "via right": 100 * judged.via.recall,
            "claims asserted in traps, count": len(judged.traps),
            **calibration.figures(judged.answers),
        },
        details={"wrong": judged.wrong, "missed": judged.missed, "asserted in traps": judged.traps},
        answers=judged.answers,
    )


# ---- words, trees and names ---------------------------------------------------------------------------------------


def ewt_trees(lab: Lab, split: str) -> Measured:
    """The English Web Treebank."""
    return _trees(lab, [lab.data / "ud-ewt" / f"en_ewt-ud-{split}.conllu"])


def gum_trees(lab: Lab, split: str) -> Measured:
    """The nine genres of GUM."""
    from kg.extraction.training.corpora import GUM_GENRES, gum_splits

    names = [name for name, where in sorted(gum_splits(lab.data).items()) if where == split]
    chosen = [name for name in names if name.split("_")[1] in GUM_GENRES]
    return _trees(lab, [lab.data / "gum" / "dep" / f"{name}.conllu" for name in chosen])


def _trees(lab: Lab, paths: Sequence[Path]) -> Measured:
    """Tags, features, lemmas and trees on given words and sentences; sentences, and trees in them, on given words."""
    from kg.extraction.training import evaluate
    from kg.extraction.training.corpora import read_conllu

    sentences = [sentence for path in paths for sentence in read_conllu(path, "trees")]
    given = evaluate.trees(lab.graph, sentences)
    own = evaluate.trees(lab.graph, sentences, gold_sentences=False)
    names = {"upos": "UPOS", "feats": "features", "lemma": "lemmas", "uas": "UAS", "las": "LAS"}
    figures = {name: given.percent(key) for key, name in names.items()}
    return Measured({**figures, "LAS, own sentences": own.percent("las"), "sentences F1": own.starts.f1})


def semantic_roles(lab: Lab, split: str) -> Measured:
    """PropBank over the English Web Treebank, on given words and sentences.

    What counts is the head word of an argument with its role, not its whole span, as in the dependency-based scoring of
    the CoNLL-2009 shared task (Hajič et al. 2009).
    """
    from kg.extraction.training import evaluate, propbank
    from kg.extraction.training.corpora import read_conllu

    path = lab.data / "ud-ewt" / f"en_ewt-ud-{split}.conllu"
    scores = evaluate.roles(lab.graph, list(read_conllu(path, "trees", propbank.read(lab.data))))
    parts = {
        "arguments, given predicates": scores.gold_predicates,
        "arguments, end to end": scores.end_to_end,
        "predicates": scores.predicates,
        "predicates with senses": scores.senses,
    }
    return Measured({f"{name} {part}": value for name, held in parts.items() for part, value in _parts(held).items()})


def names(lab: Lab) -> Measured:
    """Names by exact span and coarse kind, in the news of GUM (dev and test) and the part of wikigold held out."""
    from kg.extraction.training import evaluate
    from kg.extraction.training.corpora import gum_splits, is_held_out, read_conllu, wikigold

    splits = gum_splits(lab.data)
    news = [
        sentence
        for path in sorted((lab.data / "gum" / "dep").glob("GUM_news_*.conllu"))
        if splits[path.stem] != "train"
        for sentence in read_conllu(path, "gum")
    ]
    blocks = [s for s in wikigold(lab.data) if is_held_out(s)]
    scores = evaluate.entities(lab.graph, [*news, *blocks])
    kinds = {"Person": "persons", "Organization": "organizations", "Place": "places", "PER+ORG+LOC": "all three"}
    return Measured(
        {f"{name} {part}": value for kind, name in kinds.items() for part, value in _parts(scores[kind]).items()}
    )


def _parts(found: Any) -> dict[str, float]:
    return {"P": found.precision, "R": found.recall, "F1": found.f1}


# ---- who is who in a text -----------------------------------------------------------------------------------------


def coreference(lab: Lab, split: str) -> Measured:
    """OntoGUM: mentions and chains, both found, against those of the set."""
    texts = list(gum.coreference_texts(lab.data, split))
    found = clusters.Coreference()
    for text, chains in zip(texts, lab.chains([text.text for text in texts]), strict=True):
        found += clusters.score(text.clusters_of(chains), text.clusters)
    return Measured(
        {
            "CoNLL F1": 100 * found.conll,
            **found.muc.percent("MUC"),
            **found.b_cubed.percent("B³"),
            **found.ceaf_e.percent("CEAFe"),
            **found.mentions.percent("mentions"),
        }
    )


def pronouns(lab: Lab, part: str) -> Measured:
    """GAP: whom ambiguous pronouns mean."""
    asked = gap.questions(lab.data / "gap" / f"gap-{part}.tsv")
    chains = lab.chains([question.text for question in asked])
    return Measured(gap.score(asked, [gap.answers(q, held) for q, held in zip(asked, chains, strict=True)]))


# ---- relations ----------------------------------------------------------------------------------------------------


def document_relations(lab: Lab, low: float, high: float) -> Measured:
    """Re-DocRED from raw text, the documents whose title hashes from ``low`` to below ``high``."""
    articles = redocred.articles(lab.data / "redocred" / "dev_revised.json", low, high)
    extractions = list(lab.extractions([_document(article.text) for article in articles]))
    pairs = list(zip(articles, extractions, strict=True))
    figures = dict[str, float]()
    for strict, name in ((True, ""), (False, "by text")):
        answers = {fact for a, e in pairs for fact, _ in redocred.found(a, e, strict=strict)}
        whole = [fact for a, _ in pairs for fact in redocred.gold(a, strict=strict)]
        mapped = [fact for a, _ in pairs for fact in redocred.gold(a, strict=strict, mapped_only=True)]
        figures |= score(answers, whole).percent(f"relations {name}".strip())
        figures |= score(answers, mapped).percent(f"relations {name} that the ontology has".replace("  ", " "))
    stated = [each for a, e in pairs for each in redocred.found(a, e, strict=True)]
    facts = [fact for a, _ in pairs for fact in redocred.gold(a, strict=True)]
    judged = _judged(stated, facts)
    return Measured({**figures, **calibration.figures(judged)}, answers=judged)


def passage_relations(lab: Lab, folds: tuple[str, ...], high: float = 1.0) -> Measured:
    """KnowledgeNet, by text: the passages of some folds whose documents hash to below ``high``."""
    path = lab.data / "knowledgenet" / "facts-folds-1-3.jsonl"
    passages = [passage for fold in folds for passage in knowledgenet.passages(path, fold, high)]
    extractions = lab.extractions([_document(passage.text) for passage in passages])
    stated = [each for p, e in zip(passages, extractions, strict=True) for each in knowledgenet.found(p, e)]
    facts = [fact for passage in passages for fact in passage.facts]
    whole = score([fact for fact, _ in stated], facts)
    judged = _judged(stated, facts)
    return Measured({**whole.percent("relations by text"), **calibration.figures(judged)}, answers=judged)


def _judged(stated: Iterable[tuple[Fact, Claim]], facts: Iterable[Fact]) -> tuple[Answer, ...]:
    """The verdict on each answer once, by its surest statement."""
    surest = dict(sorted(stated, key=lambda each: each[1].confidence))
    return tuple(Answer.of(surest[fact], right=bool(told)) for fact, told in tells(surest, facts).items())


def _document(text: str, published: str | None = None, url: str | None = None) -> Document:
    return Document(document_id(url, text), text, url=url, published=published)


# ---- who is who ---------------------------------------------------------------------------------------------------


def who_is_who(lab: Lab) -> Measured:
    """Persons, organizations and places of the news articles, matched across them: B³, and pairs."""
    gold_set = matching_gold.matching()
    texts = {name: (lab.data / "news" / name).read_text(encoding="utf-8") for name in gold_set.documents.values()}
    items = matching.aligned(lab.extractions([Document(name, text) for name, text in texts.items()]), gold_set)
    found = matching.scores(items, matching.matched(items), gold_set)
    figures = {name: value for group, held in found.items() for name, value in held.figures(group).items()}
    return Measured({**figures, "mentions not found, count": matching.missed(items, gold_set)})


def who_is_who_in_many(lab: Lab) -> Measured:
    """People and bodies of an invented archive, of whom many share a name: what holds for 246 articles may not there.

    The reports are given as they were meant: nothing is read, so this is the matcher alone.
    """
    del lab
    items = [item for report in reports(_REPORTS) for item in matching.meant(report.said, report.meant)]
    found = matching.scores(items, matching.matched(items), Matching({}, ()))
    chosen = ("persons", "organizations")
    return Measured({name: value for group in chosen for name, value in found[group].figures(group).items()})


# ---- incidents ----------------------------------------------------------------------------------------------------


SLOTS = (
    "incident type",
    "incident date",
    "incident location",
    "perpetrator individual",
    "perpetrator organization",
    "victim name",
    "victim number",
    "victim effect",
    "instrument id",
    "all",
)


def incidents(lab: Lab, key_file: str, text_file: str) -> Measured:
    """MUC-4: slots of the templates that claims amount to, and pairs of victim and killer."""
    key = muc4.templates(lab.data / key_file)
    texts = muc4.messages(lab.data / text_file)
    extractions = list(lab.extractions([_wire(message) for message in texts]))
    found = {str(e.document.url): muc4_templates.templates(e) for e in extractions}
    scores = muc4_scoring.score(found, key)
    pairs = killings.score(
        [list(killings.of_claims(e)) for e in extractions],
        [[each for t in key[str(e.document.url)] for each in killings.of_template(t)] for e in extractions],
    )
    slots: dict[str, Score] = {slot: scores[slot] for slot in SLOTS}
    figures = {name: value for slot, each in slots.items() for name, value in each.percent(slot).items()}
    return Measured({**figures, **pairs.percent("killed by")})


def _wire(message: muc4.Message) -> Document:
    """The message as a user's file would be read: its dateline and the marks of the service are furniture."""
    document = _document(message.text, message.published, message.id)
    return msgspec.structs.replace(document, furniture=furniture(message.text, heading(message.text)))
