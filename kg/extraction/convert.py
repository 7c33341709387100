"""A Doc with drafts in, an :class:`~kg.claims.Extraction` out: the only door out of spaCy.

Here a draft gets its evidence, its speaker and stance, its time and its confidence; entities get their ids.
"""

from collections.abc import Callable, Iterable, Mapping

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from kg.claims import Claim, Document, Entity, EntityRef, Extraction, Mention, Quantity, Span, Stance, Time
from kg.extraction import fiction
from kg.extraction.confidence import Table
from kg.extraction.drafts import Draft, new_thing, thing_of
from kg.extraction.layers import Reference, Saying, Thing
from kg.extraction.nominals import phrase
from kg.extraction.reporting import QUALITIES
from kg.extraction.sayings import is_accused_by_somebody, say_of
from kg.extraction.times import time_of

VERSION = "1"
"""Of the extractors; goes into every claim, so that older ones can be told apart."""

# What a wording that is not plain assertion takes from the confidence that the claim was made at all.
HEDGED = {"asserted": 1.0, "alleged": 0.97, "denied": 0.9, "planned": 0.9, "possible": 0.9}

TIMELESS = frozenset(
    [
        "locatedIn",
        "capitalOf",
        "adjacentTo",
        "jurisdiction",
        "partOf",
        "subEventOf",
        "officialStatus",
        "bornIn",
        "bornOn",
        "diedOn",
        "happenedOn",
        "foundedOn",
        "publishedOn",
        "childOf",
        "siblingOf",
        "distance",
    ]
)
"""Properties that hold always, or whose object is the time."""


HAPPENINGS = frozenset(["killedBy", "participatedIn", "awarded", "founded", "diedIn", "met", "visited"])
"""Of what the relation head reads, properties whose time is that of the words around them; of a state it isn't."""

UNSETTLED = ("possible", "denied", "planned")

UNWORDED = frozenset(["relations", "inferences", "entry-relations", "entry-inferences"])
"""Rules that read no wording of their own: a denial or plan near their things is one of something else."""


class Converter:
    """Makes extractions; knows which properties put responsibility on somebody, and how sure the rules are."""

    def __init__(
        self,
        responsibility: frozenset[str],
        is_a: Callable[[str, str], bool],
        kinds: frozenset[str],
        nouns: Mapping[str, str],
        confidences: Table,
    ) -> None:
        self.confidences = confidences
        self.nouns = nouns
        self.responsibility = responsibility
        self.is_a = is_a
        self.kinds = kinds

    def extraction(self, doc: Doc, document: Document, drafts: Iterable[Draft]) -> Extraction:
        """All that the document says."""
        made_up = fiction.told(doc)
        kept = [d for d in drafts if not _in_furniture(doc, doc[d.head]) and d.head not in made_up]
        claims = list[tuple[Draft, Saying, Thing | None, Thing | None]]()
        for draft in kept:
            saying = say_of(doc, draft.head)
            claims.append((draft, saying, self._voice(doc, saying.speaker), self._voice(doc, saying.via)))
        used = {
            t
            for d, _, speaker, via in claims
            for t in (d.subject, d.object, speaker and speaker.index, via and via.index)
            if isinstance(t, int)
        }
        ids = self._ids(doc, used)
        found = [c for job in claims if (c := self._claim(doc, ids, *job))]
        return Extraction(
            document=document,
            entities=tuple(self._entity(doc._.things[i], name) for i, name in ids.items()),
            mentions=tuple(_mention(doc, r, name) for i, name in ids.items() for r in doc._.things[i].references),
            claims=tuple(_distinct(found)),
        )

    def _ids(self, doc: Doc, used: set[int]) -> dict[int, str]:
        """Things that are named or that a claim is about, in the order of the text, with their ids."""
        kept = [t for t in doc._.things if t.kind in self.kinds and (t.named or t.index in used)]
        kept.sort(key=lambda t: (min(r.start for r in t.references), t.index))
        return {t.index: f"e{n}" for n, t in enumerate(kept, 1)}

    def _entity(self, thing: Thing, name: str) -> Entity:
        aliases = sorted({a for a in thing.aliases if a != thing.name})
        return Entity(name, thing.kind, thing.name, tuple(aliases), thing.named)

    def _voice(self, doc: Doc, head: int | None) -> Thing | None:
        """Who speaks, as a thing; somebody known only by a description is made one."""
        if head is None:
            return None
        token = doc[head]
        known = thing_of(doc, token)
        if known is not None:
            return known if self.is_a(known.kind, "Agent") else None
        kind = self.nouns.get(token.lemma_.lower())
        if token.pos_ != "NOUN" or kind is None or not self.is_a(kind, "Agent"):
            return None
        thing = new_thing(doc, kind, phrase(token), token)
        doc._.thing_at[head] = thing.index
        return thing

    def _claim(
        self, doc: Doc, ids: dict[int, str], draft: Draft, saying: Saying, speaker: Thing | None, via: Thing | None
    ) -> Claim | None:
        subject, other = ids.get(draft.subject), draft.object
        value = ids.get(other) if isinstance(other, int) else other
        if subject is None or value is None or _is_open(value):
            return None
        stance = self._stance(doc, draft, saying, speaker)
        if draft.predicate == "causedBy" and stance == "asserted" and isinstance(draft.object, int):
            stance = _doubted(doc[draft.head], doc._.things[draft.object])
        if stance in UNSETTLED and (draft.ends or _is_unworded(draft)):
            return None
        passing = _is_in_passing(doc[draft.head]) or _is_about_speaker(doc, draft.head, saying.speaker)
        if _is_unworded(draft) or (passing and not is_accused_by_somebody(doc[draft.head])):
            speaker = via = None
        sure = self.confidences.calibrated(draft.predicate, draft.rule, draft.confidence)
        confidence = round(sure * HEDGED[stance], 2)
        if confidence < self.confidences.least(draft.predicate, draft.rule):
            return None
        return Claim(
            subject=subject,
            predicate=draft.predicate,
            object=EntityRef(value) if isinstance(value, str) else value,
            evidence=_evidence(doc[draft.head].sent),
            time=self._time(doc, draft),
            speaker=ids.get(speaker.index) if speaker else None,
            via=ids.get(via.index) if via else None,
            stance=stance,
            confidence=confidence,
            extractor=f"{draft.rule.partition('/')[0]}/{VERSION}",
        )

    def _stance(self, doc: Doc, draft: Draft, saying: Saying, speaker: Thing | None) -> Stance:
        """As worded; but responsibility that somebody states of somebody else is alleged, however it is said."""
        if draft.stance is not None:
            return draft.stance
        if isinstance(draft.object, Quantity) and draft.object.high == 0 and saying.stance == "denied":
            return "asserted"  # "nobody was hurt" denies nothing: it tells a number
        if (
            draft.predicate == "accusedOf"
            and saying.stance == "alleged"
            and not is_accused_by_somebody(doc[draft.head])
        ):
            return "asserted"  # that somebody is accused is no allegation: the accusation is
        if saying.stance != "asserted" or not saying.reported or draft.predicate not in self.responsibility:
            return saying.stance
        blamed = doc._.things[draft.object] if isinstance(draft.object, int) else None
        if blamed is None or blamed is speaker:
            return "asserted"
        event = self.is_a(blamed.kind, "Event") and draft.predicate == "killedBy"
        return "asserted" if event else "alleged"

    def _time(self, doc: Doc, draft: Draft) -> str | None:
        if draft.time or draft.predicate in TIMELESS or (_is_unworded(draft) and draft.predicate not in HAPPENINGS):
            return draft.time
        time = time_of(doc, draft.head)
        return time.value if time else None


def _is_open(value: object) -> bool:
    """Whether a day is no more than a begin or an end: "since 2004" is not when something happened."""
    return isinstance(value, Time) and (value.value.startswith("/") or value.value.endswith("/"))


def _is_unworded(draft: Draft) -> bool:
    return draft.rule.partition("/")[0] in UNWORDED


def _is_in_passing(head: Token) -> bool:
    """Does a title or an apposition tell it, "the mayor, X, said"? Whoever speaks there, the article says that."""
    return head.pos_ in ("NOUN", "PROPN") and head.dep_ in ("nmod:desc", "appos", "compound", "flat")


def _is_about_speaker(doc: Doc, head: int, speaker: int | None) -> bool:
    """Is it told within the words for the speaker, "according to the state-run agency X"? The article says that."""
    return speaker is not None and (speaker == head or doc[speaker].is_ancestor(doc[head]))


def _doubted(head: Token, cause: Thing) -> Stance:
    """The stance of a cause by the words before it: "a suspected gas leak led to the blast"."""
    named = (head.doc[r.head] for r in cause.references)
    before = (child.lower_ for noun in named if noun.sent == head.sent for child in noun.lefts)
    return next((stance for word in before if (stance := QUALITIES.get(word)) in ("alleged", "possible")), "asserted")


def _in_furniture(doc: Doc, token: Token) -> bool:
    return any(f.span.start <= token.idx < f.span.end for f in doc._.furniture)


def _evidence(sentence: Tokens) -> Span:
    """The sentence's characters, without the spaces around it."""
    text = sentence.text
    start = sentence.start_char + len(text) - len(text.lstrip())
    return Span(start, start + len(text.strip()))


def _mention(doc: Doc, reference: Reference, entity: str) -> Mention:
    tokens = doc[reference.start : reference.end]
    return Mention(Span(tokens.start_char, tokens.end_char), entity, reference.form)


def _distinct(claims: list[Claim]) -> list[Claim]:
    """Each statement of a sentence once, the surest; in the order of the text."""
    best: dict[tuple[object, ...], Claim] = {}
    for claim in claims:
        key = (claim.subject, claim.predicate, claim.object, claim.evidence, claim.stance)
        if key not in best or best[key].confidence < claim.confidence:
            best[key] = claim
    return sorted(best.values(), key=lambda c: (c.evidence, c.subject, c.predicate, str(c.object), c.stance))
