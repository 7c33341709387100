"""A Doc with ceremonies in, drafts on whom or what they remember out: "a rally marking the anniversary of the coup"."""

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extraction import clauses
from kg.extraction.deeds import Deeds
from kg.extraction.drafts import Draft, thing_of
from kg.extraction.frames import certainty
from kg.extraction.layers import Thing

PRIOR = 0.85
_REMEMBERING = frozenset({"commemorate", "mark", "honour", "honor", "remember", "mourn", "celebrate"})
_MEMORY = frozenset({"memory", "honour", "honor", "remembrance", "tribute", "commemoration"})
_OCCASIONS = ("Ceremony", "Protest", "Meeting")
_DAYS = frozenset({"anniversary", "jubilee", "centenary", "bicentenary"})
_SERVICES = frozenset({"service", "concert", "minute", "exhibition", "tournament"})
"""What may be held in somebody's memory, and is no event of its own kind."""


def drafts(deeds: Deeds) -> Iterator[Draft]:
    """Whom or what the document's ceremonies remember."""
    for token in deeds.doc:
        if token.pos_ == "VERB" and token.lemma_.lower() in _REMEMBERING:
            clause = clauses.clause(token)
            whom = clause.objects
            if token.lemma_.lower() in ("mark", "celebrate") and not any(t.lemma_.lower() in _DAYS for t in whom):
                continue
            yield from _drafts(deeds, _occasions(token, clause), whom, token)
            yield from _marched(deeds, token, whom)
        elif token.lemma_.lower() in _MEMORY and clauses.preposition(token) in ("in", "as"):
            head = token.head
            found = clauses.clause(head).objects if head.pos_ == "VERB" else [head]
            subjects = clauses.clause(head).subjects if head.pos_ == "VERB" else []
            whom = [p for m, p in clauses.obliques(token) if m in ("of", "to")]
            yield from _drafts(deeds, [*found, *subjects], whom, head)


def _marched(deeds: Deeds, verb: Token, whom: list[Token]) -> Iterator[Draft]:
    """ "Thousands marched through Madrid to mark the anniversary of the coup": the march did."""
    head = verb.head
    entry = deeds.entry(head) if verb.dep_ in ("advcl", "xcomp") and head.pos_ == "VERB" else None
    event = deeds.event(head, entry) if entry is not None and entry.event == "Protest" else None
    if event is None:
        return
    for thing, at in (found for w in whom for t in clauses.conjuncts(w) for found in _remembered(deeds, t)):
        yield Draft(event.index, "commemorates", thing.index, head.i, PRIOR * certainty(at), "remembrance/of")


def _occasions(verb: Token, clause: clauses.Clause) -> list[Token]:
    """What remembers: the subject, what the clause hangs on, or the occasion at or with which people do."""
    found = list(clause.subjects)
    if verb.dep_ == "acl":
        found.append(verb.head)
    if verb.dep_ in ("advcl", "xcomp") and verb.head.pos_ == "VERB":
        found += [t for m, p in clauses.obliques(verb.head) if m in ("at", "for", "in") for t in clauses.conjuncts(p)]
        found += clauses.clause(verb.head).objects
    return found + [t for m in ("with", "at", "by") for t in clause.obliques.get(m, [])]


def _drafts(deeds: Deeds, occasions: list[Token], whom: list[Token], head: Token) -> Iterator[Draft]:
    for token in occasions:
        event = _occasion(deeds, token)
        if event is None:
            continue
        for one in (t for w in whom for t in clauses.conjuncts(w)):
            for thing, at in _remembered(deeds, one):
                if thing is not event:
                    sure = PRIOR * certainty(at)
                    teller = token if _is_purpose(head) else head
                    yield Draft(event.index, "commemorates", thing.index, teller.i, sure, "remembrance/of")


def _is_purpose(verb: Token) -> bool:
    """ "Gathered to commemorate": what the gathering is for it does."""
    return any(c.dep_ == "mark" and c.lower_ == "to" for c in verb.children)


def _occasion(deeds: Deeds, token: Token) -> Thing | None:
    thing = thing_of(deeds.doc, token)
    if thing is None and token.pos_ == "NOUN" and token.lemma_.lower() in _SERVICES:
        return deeds.thing(token, "Ceremony")
    if thing is None:
        thing = next((deeds.doc._.things[i] for i, _ in deeds.things([token], "Event")), None)
    kinds = (*_OCCASIONS, "Event") if token.lemma_.lower() in (*_SERVICES, "event") else _OCCASIONS
    return thing if thing is not None and any(deeds.is_a(thing.kind, k) for k in kinds) else None


def _remembered(deeds: Deeds, token: Token) -> Iterator[tuple[Thing, Token]]:
    """Whom a phrase names; of an anniversary, that of which it is one."""
    if token.lemma_.lower() in (*_DAYS, "life", "legacy", "memory", "birthday"):
        whose = [p for m, p in clauses.obliques(token) if m in ("of", "since")]
        whose += [c for c in token.children if c.dep_ == "nmod:poss"]
        for inner in (t for w in whose for t in clauses.conjuncts(w)):
            yield from _remembered(deeds, inner)
        return
    for index, at in deeds.things([token], None):
        thing = deeds.doc._.things[index]
        if not deeds.is_a(thing.kind, "Weapon"):
            yield thing, at
