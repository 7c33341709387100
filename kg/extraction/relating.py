"""A Doc with things and times in, relations between them out: what the relation head reads, as drafts.

Where the wording is no frame of the lexicon, and where two sentences together tell it. What a label states depends on
the kinds of the two things (:data:`kg.extraction.model.relations.LABELS`); what the ontology does not accept is not
stated.
"""

from collections.abc import Callable, Iterable, Iterator

import numpy as np
from spacy.tokens import Doc

from kg.extraction.drafts import Draft, Value, datatype, time_value
from kg.extraction.layers import Reference, Thing, TimeExpression
from kg.extraction.model.relations import FORMS, LABELS, SORTS, Mentions, Relations

IsA = Callable[[str, str], bool]
Accepts = Callable[[str, str, str], bool]

LEAST = 0.5
"""A relation is a draft from this probability on."""

_SORTS = ("Person", "Organization", "Place", "Event", "Work", "Weapon")
"""Sorts that are classes of the ontology under the same name."""


class Relating:
    """The extractor. ``accepts`` tells whether a property may hold between two kinds, ``is_a`` what a kind is."""

    def __init__(self, head: Relations, accepts: Accepts, is_a: IsA) -> None:
        self.head, self.accepts, self.is_a = head, accepts, is_a

    def drafts(self, doc: Doc) -> Iterator[Draft]:
        """The relations between things, and between things and times."""
        times = [time for time in doc._.times or () if time.value]
        mentions = self._mentions(doc, times)
        found = self.head.read(doc._.vectors, doc._.window, mentions)
        for pair in np.flatnonzero((found.probability >= LEAST).any(1)).tolist():
            for label in np.flatnonzero(found.probability[pair] >= LEAST).tolist():
                sure = float(found.probability[pair, label])
                ends = int(found.head[pair]), int(found.tail[pair])
                draft = self._draft(doc, times, tuple(LABELS)[label], ends, sure, int(found.place[pair, label]))
                if draft is not None:
                    yield draft

    def _mentions(self, doc: Doc, times: list[TimeExpression]) -> Mentions:
        """All mentions of things, then all times: the number of a time is that of the last thing and its own."""
        sentence = _sentences(doc)
        rows = [
            (thing.index, self._sort(thing), FORMS.index(_form(r)), *_ends(doc, r), sentence[r.head], window)
            for thing in doc._.things
            for r in thing.references
            if (window := int(doc._.window[r.head])) >= 0
        ]
        for number, time in enumerate(times, len(doc._.things)):
            window = int(doc._.window[time.start])
            row = SORTS.index("Date"), FORMS.index("value"), time.start, time.end - 1, sentence[time.start], window
            rows.append((number, *row))
        return Mentions.of(rows)

    def _sort(self, thing: Thing) -> int:
        sort = next((sort for sort in _SORTS if self.is_a(thing.kind, sort)), "")
        return SORTS.index(sort or ("Person" if self.is_a(thing.kind, "Group") else "Other"))

    def _draft(
        self, doc: Doc, times: list[TimeExpression], label: str, ends: tuple[int, int], sure: float, place: int
    ) -> Draft | None:
        """The first property of the label that the ontology accepts; it is told where the two are mentioned best."""
        subject, other = (_thing(doc, times, end) for end in ends)
        if not isinstance(subject, Thing) or other is None:
            return None
        kind = other.kind if isinstance(other, Thing) else datatype(other)
        predicate = next((p for p in LABELS[label] if self.accepts(p, subject.kind, kind)), None)
        if predicate is None:
            return None
        value = other.index if isinstance(other, Thing) else other
        return Draft(subject.index, predicate, value, place, sure, f"relations/{label}")


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


def _sentences(doc: Doc) -> list[int]:
    found = [0] * len(doc)
    for number, sentence in enumerate(doc.sents):
        found[sentence.start : sentence.end] = [number] * (sentence.end - sentence.start)
    return found


def _thing(doc: Doc, times: list[TimeExpression], number: int) -> Thing | Value | None:
    things = doc._.things
    return things[number] if number < len(things) else time_value(doc, times[number - len(things)])


def beside(drafts: Iterable[Draft], others: Iterable[Draft]) -> Iterator[Draft]:
    """The drafts, and of the others those that state what none of the drafts does."""
    known = set()
    for draft in drafts:
        known.add((draft.subject, draft.predicate, draft.object))
        yield draft
    for draft in others:
        if (draft.subject, draft.predicate, draft.object) not in known:
            yield draft
