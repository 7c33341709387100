"""A Doc with what its words play in incidents, things made of them and drafts out: who was hit by whom, with what, how.

The encoder tells for each word what part its phrase plays in an incident (:data:`kg.extraction.model.incidents.PARTS`),
also where no verb says so ("the guerrillas", three sentences after the attack). The incident is the event of the same
sentence, else the last one spoken of, else one that a word of the sentence tells of.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from spacy.tokens import Doc, Token

from kg.extraction.drafts import Draft, new_thing
from kg.extraction.layers import Thing, sentence_numbers
from kg.extraction.model.incidents import PARTS, TYPES
from kg.extraction.nominals import phrase

IsA = Callable[[str, str], bool]

LEAST = 0.3
"""A word plays a part from this probability on: that of all parts of its role together."""
TOLD = 0.5
"""A word tells of an incident from this probability on."""
SPOKEN_OF = 0.35
"""A text is of incidents if some word of it tells of one with this probability."""
ALONE = 0.5
"""From this probability on a victim or target tells of an incident that no word near it tells of."""
REACH = 3
"""How many sentences back the incident may have been spoken of."""
STRUCK_REACH = 3
"""The same for those who were hit and what was."""
FATAL = 0.5
"""Share of the parts of a victim that death must have for the victim to be dead."""

_KINDS = {
    "ATTACK": "Attack", "BOMBING": "Bombing", "KIDNAPPING": "Kidnapping", "ARSON": "Attack", "ROBBERY": "Attack",
    "FORCED WORK STOPPAGE": "Event",
}  # fmt: skip
"""Type of incident to class of event."""
_VIOLENT = ("Attack", "Explosion", "Kidnapping")
_ROLES = {
    "carriedOutBy": ("perpetrator", "organization"), "victim": ("dead", "hurt", "kidnapped", "unharmed"),
    "target": ("target",), "weapon": ("weapon",),
}  # fmt: skip
"""Property of the incident to the parts whose players it names."""
_STRUCK = ("victim", "target")
_DEADLY = frozenset("kill killing murder assassinate assassination slay massacre execute behead dead".split())
"""Words of killing."""
_HARMING = _DEADLY | frozenset(
    """
    die perish wound wounded injure injured hurt maim harm shoot stab attack ambush strike hit kidnap abduct seize
    capture hold hostage captive victim casualty survive escape unharmed unhurt death injury wound release free rescue
    murderer assailant riddle machine-gun target bomb behead
    """.split()
)
"""Words of harm, and of coming out of it."""
_HURTING = frozenset("wound injure hurt maim harm kidnap abduct".split())
"""Words of harm that leaves somebody alive."""
_COLUMNS = {role: [PARTS.index(part) for part in parts] for role, parts in _ROLES.items()}
_DOERS, _SUFFERERS = ("carriedOutBy", "claimedBy"), ("victim", "target")


@dataclass(frozen=True, slots=True)
class Part:
    """What a thing plays in an incident: the word that tells it most surely, the role, and the probabilities."""

    place: int
    role: str
    sure: float
    dead: float
    thing: Thing


class Incidents:
    """The extractor of one document. ``nouns`` maps lemmas to kinds, ``accepts`` tells what may hold between kinds."""

    def __init__(self, doc: Doc, nouns: Mapping[str, str], is_a: IsA, accepts: Callable[[str, str, str], bool]) -> None:
        self.doc, self.nouns, self.is_a, self.accepts = doc, nouns, is_a, accepts
        self.parts = np.exp(doc._.part)
        self.tells = 1 / (1 + np.exp(-doc._.incident))
        self.peaceful = not (self.tells >= SPOKEN_OF).any()
        self.sentence = np.array(sentence_numbers(doc), dtype=np.int64)

    def introduce(self) -> None:
        """Makes things of descriptions that play a part and that nothing else has taken for one."""
        if self.peaceful:
            return
        for i in np.flatnonzero(1 - self.parts[:, 0] >= LEAST).tolist():
            token, part = self.doc[i], PARTS[1 + int(self.parts[i, 1:].argmax())]
            free = token.pos_ == "NOUN" and token.i not in self.doc._.thing_at and token.dep_ != "compound"
            if free and not any(c.lower_ == "no" for c in token.children):
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

    def drafts(self, told: Iterable[Draft] = ()) -> Iterator[Draft]:
        """What every thing that plays a part says of its incident, but for what turns round what is told already.

        In a text none of whose words tells of an incident nobody plays a part, whatever the head makes of them: it was
        taught on news of violence, where nearly all that is spoken of does.
        """
        if self.peaceful:
            return
        done = [d for d in told if isinstance(d.object, int)]
        doing = {d.object for d in done if d.predicate in _DOERS}
        struck = {d.object for d in done if d.predicate in _SUFFERERS} | {
            d.subject for d in done if d.predicate == "killedBy"
        }
        played = [part for thing in self.doc._.things if (part := self._part(thing)) is not None]
        for part in sorted(played, key=lambda each: (each.role not in _STRUCK, each.place)):
            other = struck if part.role in _DOERS else doing
            event = self._event(part) if part.thing.index not in other else None
            if event is not None:
                yield from self._of(part, event)

    def _of(self, part: Part, event: Thing) -> Iterator[Draft]:
        rule = f"incidents/{part.role}"
        if self._is_dead(part) and event.kind != "Kidnapping" and self.accepts("killedBy", part.thing.kind, event.kind):
            yield Draft(part.thing.index, "killedBy", event.index, part.place, part.dead, rule)
        if self.accepts(part.role, event.kind, part.thing.kind):
            yield Draft(event.index, part.role, part.thing.index, part.place, part.sure, rule)

    def _is_dead(self, part: Part) -> bool:
        """Whether the victim is dead: the head takes whoever is hit for dead, so the sentence must say so."""
        words = (self.doc[int(i)].lemma_.lower() for i in np.flatnonzero(self.sentence == self.sentence[part.place]))
        told = any(word in _DEADLY for word in words)
        return part.dead >= LEAST and told and not _is_merely_hurt(self.doc[part.place])

    def _part(self, thing: Thing) -> Part | None:
        """What the thing plays most surely; None if it plays nothing."""
        places = [
            i
            for r in thing.references
            if r.form != "pronoun"
            for i in (range(r.start, r.end) if r.form == "name" else (r.head,))
        ]
        if not places or self.is_a(thing.kind, "Event"):
            return None
        place = min(places, key=lambda i: float(self.parts[i, 0]))
        sure = {role: float(self.parts[place, columns].sum()) for role, columns in _COLUMNS.items()}
        role = max(sure, key=lambda each: sure[each])
        if sure[role] < LEAST or (role in _STRUCK and not self._is_struck(thing, place)):
            return None
        dead = float(self.parts[place, PARTS.index("dead")]) if role == "victim" else 0.0
        return Part(place, role, sure[role], dead if dead >= FATAL * sure[role] else 0.0, thing)

    def _is_struck(self, thing: Thing, place: int) -> bool:
        """Whether the sentence speaks of violence at all, and, of somebody, of harm done: the head takes any name near
        a blast for a victim of it. Whose men or daughter it was is no victim."""
        sentence = np.flatnonzero(self.sentence == self.sentence[place])
        token = self.doc[place]
        if token.dep_ == "nmod:poss" or token.head.dep_ == "nmod:poss":
            return False
        words = {self.doc[int(i)].lemma_.lower() for i in sentence}
        if self.is_a(thing.kind, "Agent"):
            return not words.isdisjoint(_HARMING)
        return bool((self.tells[sentence] >= SPOKEN_OF).any())

    def _event(self, part: Part) -> Thing | None:
        """The incident that a word plays a part in."""
        sentence, reach = int(self.sentence[part.place]), STRUCK_REACH if part.role in _STRUCK else REACH
        near = [
            (abs(int(self.sentence[r.head]) - sentence), abs(r.head - part.place), thing.index)
            for thing in self.doc._.things
            if any(self.is_a(thing.kind, kind) for kind in _VIOLENT)
            for r in thing.references
            if sentence - reach <= self.sentence[r.head] <= sentence
        ]
        here = [each for each in near if each[0] == 0]
        if here:
            return self._thing(min(here)[2])
        told = self._told(sentence, TOLD)
        if told is None and near:
            return self._thing(min(near)[2])
        alone = part.role in _STRUCK and part.sure >= ALONE
        return told or (self._told(sentence, 0.0) if alone else None)

    def _thing(self, index: int) -> Thing:
        thing: Thing = self.doc._.things[index]
        return thing

    def _told(self, sentence: int, least: float) -> Thing | None:
        """A new event that a word of the sentence tells of, with this probability at least."""
        words = np.flatnonzero(self.sentence == sentence)
        scores = self.tells[words]
        free = [i not in self.doc._.thing_at and self.doc[i].pos_ in ("VERB", "NOUN") for i in words.tolist()]
        scores = np.where(np.array(free)[:, None], scores, -1.0)
        row, column = np.unravel_index(int(scores.argmax()), scores.shape)
        token = self.doc[int(words[row])]
        if scores[row, column] < least:
            return None
        kind = _KINDS[TYPES[int(column)]]
        thing = new_thing(self.doc, kind, kind.lower(), token)
        self.doc._.thing_at[token.i] = thing.index
        return thing


def _is_merely_hurt(token: Token) -> bool:
    """Whether the verb over somebody is one of wounding: "killing three people and wounding the priest"."""
    while token.dep_ in ("conj", "appos", "flat", "nmod") and token.head.pos_ in ("NOUN", "PROPN"):
        token = token.head
    return token.head.lemma_.lower() in _HURTING
