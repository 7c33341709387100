"""A Doc with things and times in, relations between them out: what the relation head reads, as drafts.

Where the wording is no frame of the lexicon, and where two sentences together tell it. What a label states depends on
the kinds of the two things (:data:`kg.extraction.model.relations.LABELS`); what the ontology does not accept is not
stated. The rules are named for where they read: ``relations`` in a sentence and ``inferences`` across sentences, and
``entry-relations`` and ``entry-inferences`` if the text is an entry of an encyclopedia (:mod:`.entries`), where the
same probability is worth more.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np
from spacy.tokens import Doc, Token

from kg.extraction.clauses import is_ruled_out, preposition
from kg.extraction.drafts import Draft, Value, datatype, thing_of, time_value
from kg.extraction.entries import is_entry
from kg.extraction.frames import worth_telling
from kg.extraction.layers import Reference, Thing, TimeExpression, sentence_numbers
from kg.extraction.model.relations import FORMS, LABELS, SORTS, SYMMETRIC, Array, Found, Mentions, Relations
from kg.extraction.times import ends

IsA = Callable[[str, str], bool]
Accepts = Callable[[str, str, str], bool]

LEAST = 0.5
"""A relation is a draft from this probability on."""
UNTAUGHT = frozenset({"successorOf"})
"""Labels with too few examples to be told."""

_SORTS = ("Person", "Organization", "Place", "Event", "Work", "Weapon")
"""Sorts that are classes of the ontology under the same name."""


class Relating:
    """The extractor, with a head for news and one for entries of encyclopedias.

    ``accepts`` tells whether a property may hold between two kinds, ``is_a`` what a kind is.
    """

    def __init__(self, news: Relations, entries: Relations, accepts: Accepts, is_a: IsA) -> None:
        self.news, self.entries, self.accepts, self.is_a = news, entries, accepts, is_a

    def drafts(self, doc: Doc) -> Iterator[Draft]:
        """The relations between things, and between things and times."""
        head, prefix = (self.entries, "entry-") if is_entry(doc) else (self.news, "")
        times = [part for time in doc._.times or () if time.value for part in ends(doc, time)]
        found = head.read(doc._.vectors, doc._.window, self._mentions(doc, times))
        drafts = self._all(doc, times, found, head.labels)
        yield from _one_place(doc, (replace(draft, rule=prefix + draft.rule) for draft in drafts))

    def _all(self, doc: Doc, times: list[TimeExpression], found: Found, labels: Sequence[str]) -> Iterator[Draft]:
        for pair, label in np.argwhere(_surest(found, labels) >= LEAST).tolist():
            of = int(found.head[pair]), int(found.tail[pair])
            places = doc[int(found.places[pair, label, 0])], doc[int(found.places[pair, label, 1])]
            draft = self._draft(doc, times, labels[label], of, float(found.probability[pair, label]), places)
            if draft is not None:
                yield draft

    def _mentions(self, doc: Doc, times: list[TimeExpression]) -> Mentions:
        """All mentions of things, then all times: the number of a time is that of the last thing and its own."""
        sentence = sentence_numbers(doc)
        rows = [
            (thing.index, self._sort(thing), FORMS.index(_form(r)), *_ends(doc, r), sentence[r.head], window)
            for thing in doc._.things
            for r in thing.references
            if (window := int(doc._.window[r.head])) >= 0 and not self._is_adjective(doc, thing, r)
        ]
        for number, time in enumerate(times, len(doc._.things)):
            window = int(doc._.window[time.start])
            row = SORTS.index("Date"), FORMS.index("value"), time.start, time.end - 1, sentence[time.start], window
            rows.append((number, *row))
        return Mentions.of(rows)

    def _is_adjective(self, doc: Doc, thing: Thing, reference: Reference) -> bool:
        """ "A U.S. official" tells whose official it is, and nothing of what is in the United States."""
        token = doc[reference.head]
        return self.is_a(thing.kind, "Place") and token.dep_ in ("compound", "amod")

    def _sort(self, thing: Thing) -> int:
        sort = next((sort for sort in _SORTS if self.is_a(thing.kind, sort)), "")
        return SORTS.index(sort or ("Person" if self.is_a(thing.kind, "Group") else "Other"))

    def _draft(
        self,
        doc: Doc,
        times: list[TimeExpression],
        label: str,
        of: tuple[int, int],
        sure: float,
        places: tuple[Token, Token],
    ) -> Draft | None:
        """The first property of the label that the ontology accepts; told by what joins the two mentions."""
        subject, other = (_thing(doc, times, number) for number in of)
        if not isinstance(subject, Thing) or other is None:
            return None
        kind = other.kind if isinstance(other, Thing) else datatype(other)
        predicate = next((p for p in LABELS[label] if self.accepts(p, subject.kind, kind)), None)
        if predicate is None or not worth_telling(doc, predicate, subject, other if isinstance(other, Thing) else None):
            return None
        if isinstance(other, Thing) and predicate in _WHERE and _is_one_of_many(doc, other, places):
            return None
        if isinstance(other, Thing) and predicate in _WHERE and self._is_somebodys(doc, other, places[1]):
            return None
        if (predicate in _BIRTH and not _tells_birth(places[1])) or is_ruled_out(places[1]):
            return None
        if predicate in _WHERE and _is_away(places[1]):
            return None
        value = other.index if isinstance(other, Thing) else other
        joint = joining(*places)
        rule = f"relations/{label}" if joint is not None else f"inferences/{label}"
        head = joint if joint is not None else max(places, key=lambda token: token.i)
        return Draft(subject.index, predicate, value, head.i, sure, rule)

    def _is_somebodys(self, doc: Doc, other: Thing, word: Token) -> bool:
        """ "King X of Norway visited Riga", "a house on the river Y": a person's land and water hold nothing else."""
        above = thing_of(doc, word.head)
        waters = other.kind == "GeographicFeature" and preposition(word) in ("on", "along", "beside")
        return waters or (above is not None and above is not other and self.is_a(above.kind, "Person"))


_BIRTH = frozenset({"bornIn", "bornOn"})
_BIRTH_WORDS = frozenset({"bear", "born", "birth", "birthplace", "birthday", "hometown"})


def _tells_birth(word: Token) -> bool:
    return any(t.lemma_.lower() in _BIRTH_WORDS for t in word.sent)


def joining(one: Token, other: Token) -> Token | None:
    """The lowest word that both hang on, or the one of them that the other hangs on; None in two sentences."""
    above = [one, *one.ancestors]
    return next((token for token in (other, *other.ancestors) if token in above), None)


_KIN = ("spouse", "childOf", "siblingOf")
"""Two people are one of these to each other, and one of them the child."""


def _surest(found: Found, labels: Sequence[str]) -> Array:
    """The probabilities (P, labels), but 0 for what a surer relation of the same two rules out."""
    kept = found.probability.copy()
    kept[:, [label in UNTAUGHT for label in labels]] = 0
    place = {(h, t): i for i, (h, t) in enumerate(zip(found.head.tolist(), found.tail.tolist(), strict=True))}
    turned = np.array([place.get((t, h), i) for (h, t), i in place.items()], dtype=np.int64)
    kin = [labels.index(label) for label in _KIN]
    for label in range(len(labels)):
        if labels[label] not in SYMMETRIC:
            kept[found.probability[:, label] < found.probability[turned, label], label] = 0
    either = np.maximum(found.probability[:, kin], found.probability[turned][:, kin])
    kept[:, kin] = np.where(either < either.max(1, keepdims=True, initial=0), 0, kept[:, kin])
    return kept


_WHERE = frozenset({"locatedIn", "basedIn", "citizenOf"})


_WAYS = frozenset("north south east west northeast northwest southeast southwest km mile kilometre kilometer".split())


def _is_away(word: Token) -> bool:
    """ "A village 30 km north of Porto" is not in Porto."""
    before = [t.lemma_.lower() for t in word.doc[max(0, word.left_edge.i - 2) : word.i]]
    return preposition(word) in ("of", "from") and any(t in _WAYS for t in before)


_THERE = frozenset({"", "in", "inside", "within", "of", "across", "throughout"})
"""Prepositions of a country in which something else may lie: not "40 km from the border with Finland"."""


def _is_one_of_many(doc: Doc, land: Thing, places: tuple[Token, Token]) -> bool:
    """Whether a text that speaks of several countries leaves open in which of them something lies.

    In one sentence, those of the sentence count; across sentences, those of the text. "The Portuguese chain" of one
    sentence says nothing of a river in the next if there was a Swiss firm between.
    """
    if land.kind != "Country":
        return False
    one, other = places
    together = one.sent.start == other.sent.start
    near = one.sent if together else doc[:]
    lands = [
        t for t in doc._.things if t.kind == "Country" and any(near.start <= r.head < near.end for r in t.references)
    ]
    return len(lands) > 1 or (together and preposition(other) not in _THERE)


def _one_place(doc: Doc, drafts: Iterable[Draft]) -> Iterator[Draft]:
    """Nothing lies in two countries, or in two cities: of each kind of place only the surest stays."""
    best: dict[tuple[int, str, str], Draft] = {}
    for draft in drafts:
        if draft.predicate in _WHERE and isinstance(draft.object, int):
            key = draft.subject, draft.predicate, doc._.things[draft.object].kind
            best[key] = max(best.get(key, draft), draft, key=lambda each: each.confidence)
        else:
            yield draft
    yield from best.values()


def _form(reference: Reference) -> str:
    return "noun" if reference.form == "nominal" else reference.form


def _ends(doc: Doc, reference: Reference) -> tuple[int, int]:
    """First and last word of a name, without a leading article; of what is no name its head."""
    if reference.form != "name":
        return reference.head, reference.head
    first = reference.start + (
        doc[reference.start].lower_ in ("the", "a", "an") and reference.end > reference.start + 1
    )
    return first, reference.end - 1


def _thing(doc: Doc, times: list[TimeExpression], number: int) -> Thing | Value | None:
    things = doc._.things
    return things[number] if number < len(things) else time_value(doc, times[number - len(things)])


def beside(drafts: Iterable[Draft], others: Iterable[Draft]) -> Iterator[Draft]:
    """The drafts, and of the others those that state what none of the drafts does; where something is or whence
    somebody comes is told once."""
    known = set[tuple[object, ...]]()
    for draft in drafts:
        known |= {(draft.subject, draft.predicate, draft.object), (draft.subject, draft.predicate)}
        yield draft
    for draft in others:
        told = (draft.subject, draft.predicate) if draft.predicate in _WHERE else ()
        if (draft.subject, draft.predicate, draft.object) not in known and told not in known:
            yield draft
