"""A Doc with what its words play in incidents, things made of them and drafts out: who was hit by whom, with what, how.

The encoder tells for each word what part its phrase plays in an incident (:data:`kg.extraction.model.incidents.PARTS`),
also where no verb says so ("the guerrillas", three sentences after the attack). The incident is the event of the same
sentence, else the last one spoken of, else one that a word of the sentence tells of.
"""

from collections.abc import Callable, Iterator, Mapping

import numpy as np
from spacy.tokens import Doc, Token

from kg.extraction.drafts import Draft, new_thing
from kg.extraction.layers import Thing, sentence_numbers
from kg.extraction.model.incidents import PARTS, TYPES
from kg.extraction.nominals import phrase

IsA = Callable[[str, str], bool]

LEAST = 0.6
"""A word plays a part from this probability on."""
TOLD = 0.5
"""A word tells of an incident from this probability on."""
REACH = 4
"""How many sentences back the incident may have been spoken of."""

_KINDS = {
    "ATTACK": "Attack", "BOMBING": "Bombing", "KIDNAPPING": "Kidnapping", "ARSON": "Attack", "ROBBERY": "Attack",
    "FORCED WORK STOPPAGE": "Event",
}  # fmt: skip
"""Type of incident to class of event."""
_VIOLENT = ("Attack", "Explosion", "Kidnapping")
_PREDICATES = {
    "perpetrator": ("carriedOutBy",), "organization": ("carriedOutBy",), "dead": ("killedBy", "victim"),
    "hurt": ("victim",), "kidnapped": ("victim",), "unharmed": ("victim",), "target": ("target",),
    "weapon": ("weapon",),
}  # fmt: skip
"""What a part says of the incident, ``killedBy`` being the victim's."""


class Incidents:
    """The extractor of one document. ``nouns`` maps lemmas to kinds, ``accepts`` tells what may hold between kinds."""

    def __init__(self, doc: Doc, nouns: Mapping[str, str], is_a: IsA, accepts: Callable[[str, str, str], bool]) -> None:
        self.doc, self.nouns, self.is_a, self.accepts = doc, nouns, is_a, accepts
        self.parts = np.exp(doc._.part)
        self.sentence = np.array(sentence_numbers(doc), dtype=np.int64)

    def introduce(self) -> None:
        """Makes things of descriptions that play a part and that nothing else has taken for one."""
        for i in np.flatnonzero(self.parts[:, 0] < 1 - LEAST).tolist():
            token, part = self.doc[i], PARTS[int(self.parts[i].argmax())]
            if token.pos_ == "NOUN" and token.i not in self.doc._.thing_at and token.dep_ != "compound":
                thing = new_thing(self.doc, self._kind(token, part), phrase(token), token)
                self.doc._.thing_at[i] = thing.index

    def _kind(self, token: Token, part: str) -> str:
        known = self.nouns.get(token.lemma_.lower())
        many = "Plur" in token.morph.get("Number", [])
        if part == "target":
            return known or "Site"
        if part == "weapon":
            return known if known and self.is_a(known, "Weapon") else "Weapon"
        if known and self.is_a(known, "Agent"):
            return known
        return "Organization" if part == "organization" else "Group" if many else "Person"

    def drafts(self) -> Iterator[Draft]:
        """What every thing that plays a part says of its incident, in the order of the text."""
        played = [(*self._part(thing), thing) for thing in self.doc._.things if not self.is_a(thing.kind, "Event")]
        for place, part, sure, thing in sorted(played, key=lambda each: each[0]):
            if sure < LEAST:
                continue
            event = self._event(place)
            if event is None:
                continue
            for predicate in _PREDICATES[part]:
                ends = (thing, event) if predicate == "killedBy" else (event, thing)
                if self.accepts(predicate, ends[0].kind, ends[1].kind):
                    yield Draft(ends[0].index, predicate, ends[1].index, place, sure, f"incidents/{part}")

    def _part(self, thing: Thing) -> tuple[int, str, float]:
        """Where the thing plays its part most surely, the part, and how sure that is."""
        places = [
            i
            for r in thing.references
            if r.form != "pronoun"
            for i in (range(r.start, r.end) if r.form == "name" else (r.head,))
        ]
        if not places:
            return 0, "", 0.0
        played = self.parts[places, 1:]
        row, column = np.unravel_index(int(played.argmax()), played.shape)
        return places[int(row)], PARTS[int(column) + 1], float(played[row, column])

    def _event(self, place: int) -> Thing | None:
        """The incident that a word plays a part in."""
        sentence = int(self.sentence[place])
        near = [
            (abs(int(self.sentence[r.head]) - sentence), abs(r.head - place), thing.index)
            for thing in self.doc._.things
            if any(self.is_a(thing.kind, kind) for kind in _VIOLENT)
            for r in thing.references
            if sentence - REACH <= self.sentence[r.head] <= sentence
        ]
        here = [each for each in near if each[0] == 0]
        if here:
            return self._thing(min(here)[2])
        told = self._told(sentence)
        return told or (self._thing(min(near)[2]) if near else None)

    def _thing(self, index: int) -> Thing:
        thing: Thing = self.doc._.things[index]
        return thing

    def _told(self, sentence: int) -> Thing | None:
        """A new event that a word of the sentence tells of."""
        words = np.flatnonzero(self.sentence == sentence)
        scores = 1 / (1 + np.exp(-self.doc._.incident[words]))
        row, column = np.unravel_index(int(scores.argmax()), scores.shape)
        token = self.doc[int(words[row])]
        if scores[row, column] < TOLD or token.i in self.doc._.thing_at:
            return None
        kind = _KINDS[TYPES[int(column)]]
        thing = new_thing(self.doc, kind, kind.lower(), token)
        self.doc._.thing_at[token.i] = thing.index
        return thing
