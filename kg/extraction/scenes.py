"""A Doc with events in, drafts on where they were and at whom they were aimed out: what hangs on the noun itself.

"The attack against the embassy", "a strike on a camp near Gao", "the Garissa bombing", "Kano, where a bomb went off".
"""

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extraction import clauses
from kg.extraction.bearers import bearers
from kg.extraction.deeds import HARMFUL, Deeds, where
from kg.extraction.drafts import Draft, thing_of, time_value
from kg.extraction.frames import IN_PLACE, certainty
from kg.extraction.layers import Thing
from kg.extraction.places import named_places, nearby
from kg.extraction.times import time_of

NOUN = 0.85
"""Prior of what a phrase on the noun says."""

_NAMED_AFTER = ("City", "Site", "Region")
"""What gives an event its name only if it was there; "a U.S. strike" is one by the United States."""
_OF_LANDS = ("Disaster",)
"""Events that a country gives its name to only if they are in it."""
_SUDDEN = (*HARMFUL, "Disaster")
"""Kinds of event whose name is a description: "the Paris attacks"."""
_ILLS = frozenset({"outbreak", "epidemic", "pandemic", "fever", "virus"})
"""What is named after its illness: "the Marburg outbreak" was elsewhere."""
_HAPPENING = frozenset(
    "happen occur take explode strike erupt begin start break unfold kill injure wound leave".split()
)


def drafts(deeds: Deeds) -> Iterator[Draft]:
    """What the document's nouns of event say of place and target."""
    for token in deeds.doc:
        if token.pos_ in ("NOUN", "PROPN"):
            event = thing_of(deeds.doc, token)
            if event is not None and deeds.is_a(event.kind, "Event"):
                yield from _on_noun(deeds, event, token)
        if any(c.dep_ == "cop" for c in token.children):
            yield from _was_there(deeds, token)
        if token.pos_ == "VERB":
            yield from _where(deeds, token)
            yield from _near_verb(deeds, token)
            yield from _held(deeds, token)
            yield from _polls(deeds, token)
            yield from _gathered(deeds, token)


def _on_noun(deeds: Deeds, event: Thing, noun: Token) -> Iterator[Draft]:
    sure = NOUN * certainty(noun)
    struck = list[Token]()
    if _is_aimed(deeds, noun) and not _is_mere_kind(noun):
        struck = [t for m, p in clauses.obliques(noun) if m in ("on", "against") for t in clauses.conjuncts(p)]
    for index, token in deeds.things(struck, None):
        if deeds.accepts("target", event.kind, deeds.doc._.things[index].kind) and index != event.index:
            yield Draft(event.index, "target", index, noun.i, sure, "scenes/target")
            yield from _placed(deeds, event, noun, token)
    for head in [noun, *struck]:
        for place, _ in nearby(deeds.doc, head, deeds.is_a):
            yield Draft(event.index, "happenedNear", place.index, noun.i, sure, "scenes/near")
    yield from _named_after(deeds, event, noun)


def _was_there(deeds: Deeds, place: Token) -> Iterator[Draft]:
    """ "The blast was in Harar on Monday"."""
    if clauses.preposition(place) not in ("in", "at", "inside", "near"):
        return
    near = clauses.preposition(place) == "near"
    events = [t for c in place.children if c.dep_ == "nsubj" and (t := thing_of(deeds.doc, c))]
    for event in (e for e in events if any(deeds.is_a(e.kind, k) for k in _SUDDEN)):
        for found, _ in named_places(deeds.doc, place, deeds.is_a):
            predicate = "happenedNear" if near else "happenedIn"
            yield Draft(event.index, predicate, found.index, place.i, NOUN, "scenes/copula")
        time = time_of(deeds.doc, place.i)
        value = time_value(deeds.doc, time) if time else None
        if value:
            yield Draft(event.index, "happenedOn", value, place.i, NOUN, "scenes/copula")


def _is_aimed(deeds: Deeds, noun: Token) -> bool:
    """Whether the lexicon says of the noun that it is "on" or "against" something: an attack is, a murder is not."""
    entries = deeds.lexicon.nouns.get(noun.lemma_.lower(), ())
    return any(f.predicate == "target" for entry in entries for f in entry.frames)


def _is_mere_kind(noun: Token) -> bool:
    """ "Committed to carrying out attacks against X": no one attack."""
    bare = noun.tag_ == "NNS" and not any(c.dep_ in ("det", "nummod", "nmod:poss") for c in noun.children)
    verb = noun.head
    return (
        bare
        and noun.dep_ == "obj"
        and verb.tag_ in ("VB", "VBG", "VBP", "VBZ")
        and not any(c.dep_ == "aux" for c in verb.children)
    )


def _held(deeds: Deeds, verb: Token) -> Iterator[Draft]:
    """ "Norland held an election": it was in Norland."""
    if verb.lemma_.lower() != "hold":
        return
    clause = clauses.clause(verb)
    for event in (t for o in clause.objects if (t := thing_of(deeds.doc, o)) and t.kind == "Election"):
        for land in (t for s in clause.subjects if (t := thing_of(deeds.doc, s)) and t.kind == "Country"):
            yield Draft(event.index, "happenedIn", land.index, verb.i, NOUN, "scenes/held")


def _polls(deeds: Deeds, verb: Token) -> Iterator[Draft]:
    """ "Voters in Norland went to the polls on Sunday in a presidential election": it was there and then."""
    clause = clauses.clause(verb)
    polls = any(t.lemma_.lower() == "poll" for t in clause.obliques.get("to", []))
    if not ((verb.lemma_.lower() in ("go", "head") and polls) or verb.lemma_.lower() == "vote"):
        return
    events = [t for m in ("in", "for") for o in clause.obliques.get(m, []) if (t := thing_of(deeds.doc, o))]
    lands = [s for s in clause.subjects if (t := thing_of(deeds.doc, s)) and t.kind == "Country"]
    voters = [p for s in clause.subjects for m, p in clauses.obliques(s) if m in ("in", "across") and _is_many(s)]
    time = time_of(deeds.doc, verb.i)
    value = time_value(deeds.doc, time) if time and lands + voters else None
    for event in (e for e in events if e.kind == "Election"):
        for place, _ in (p for t in lands + voters for p in named_places(deeds.doc, t, deeds.is_a)):
            yield Draft(event.index, "happenedIn", place.index, verb.i, NOUN, "scenes/polls")
        if value:
            yield Draft(event.index, "happenedOn", value, verb.i, NOUN, "scenes/polls")


def _gathered(deeds: Deeds, verb: Token) -> Iterator[Draft]:
    """ "Mourners gathered in Lagos on Sunday for the funeral", "went on trial in Oslo on Monday"."""
    clause = clauses.clause(verb)
    marker = _GATHERING.get(verb.lemma_.lower())
    if marker is None or clauses.is_generic(verb):
        return
    told = clause.objects if marker == "" else clause.obliques.get(marker, [])
    occasions = [t for o in told if (t := next((deeds.doc._.things[i] for i, _ in deeds.things([o], "Event")), None))]
    kinds = ("Trial",) if marker == "on" else ("Ceremony", "Protest", "Meeting")
    time = time_of(deeds.doc, verb.i)
    value = time_value(deeds.doc, time) if time else None
    for event in (e for e in occasions if any(deeds.is_a(e.kind, k) for k in kinds)):
        for index, token in deeds.places(clause):
            if clauses.preposition(token) in IN_PLACE:
                yield Draft(event.index, "happenedIn", index, verb.i, NOUN, "scenes/gathered")
        if value:
            yield Draft(event.index, "happenedOn", value, verb.i, NOUN, "scenes/gathered")


_GATHERING = {"attend": "", "gather": "for", "assemble": "for", "meet": "for", "go": "on", "stand": "on", "put": "on"}
"""Verbs of coming together to the preposition of what for, or of what one goes "on": trial; "" is the object."""


def _is_many(noun: Token) -> bool:
    return noun.lemma_.lower() in ("voter", "person", "million", "thousand", "citizen", "resident")


def _near_verb(deeds: Deeds, verb: Token) -> Iterator[Draft]:
    """ "The clash happened on the outskirts of Gao"."""
    if verb.lemma_.lower() not in _HAPPENING:
        return
    clause = clauses.clause(verb)
    events = [t for s in clause.subjects if (t := thing_of(deeds.doc, s)) and deeds.is_a(t.kind, "Event")]
    for place, _ in nearby(deeds.doc, verb, deeds.is_a) if events else ():
        yield from (Draft(e.index, "happenedNear", place.index, verb.i, NOUN, "scenes/near") for e in events)


def _placed(deeds: Deeds, event: Thing, noun: Token, struck: Token) -> Iterator[Draft]:
    """ "An attack on a barracks in Segou" was in Segou."""
    kind = deeds.doc._.things[deeds.doc._.thing_at[struck.i]].kind
    tokens = [p for m, p in clauses.obliques(struck) if m in IN_PLACE] if not deeds.is_a(kind, "Event") else []
    for token in [*tokens, *([struck] if kind in _NAMED_AFTER else [])]:
        for place, _ in named_places(deeds.doc, token, deeds.is_a):
            if place.named:
                yield Draft(event.index, "happenedIn", place.index, noun.i, NOUN, "scenes/target")


def _named_after(deeds: Deeds, event: Thing, noun: Token) -> Iterator[Draft]:
    """ "The Garissa attack", "the Nepal earthquake"."""
    for child in noun.lefts:
        place = thing_of(deeds.doc, child) if child.dep_ in ("compound", "nmod:unmarked", "nmod") else None
        if place is None and child.dep_ == "compound" and child.pos_ == "PROPN":
            place = next((t for t in deeds.doc._.things if t.named and t.name == child.text), None)
        if place is None or not place.named or clauses.preposition(child) or _is_part_of_word(child):
            continue
        if noun.lemma_.lower() in _ILLS:
            continue
        if event.named and not any(deeds.is_a(event.kind, kind) for kind in _SUDDEN):
            continue
        land = place.kind == "Country" and any(deeds.is_a(event.kind, kind) for kind in _OF_LANDS)
        if land or any(deeds.is_a(place.kind, kind) for kind in _NAMED_AFTER):
            yield Draft(event.index, "happenedIn", place.index, noun.i, NOUN, "scenes/name")


def _is_part_of_word(token: Token) -> bool:
    """ "The United States-led war"."""
    return token.i + 1 < len(token.doc) and token.nbor().text in ("-", "–")


def _where(deeds: Deeds, verb: Token) -> Iterator[Draft]:
    """ "Kano, where a blast killed 12 people": the events of the clause were there, and so were its deaths."""
    places = [place for t in where(verb) for place, _ in named_places(deeds.doc, t, deeds.is_a)]
    if not places or clauses.is_generic(verb):
        return
    clause = clauses.clause(verb)
    taking = verb.lemma_.lower() in _HAPPENING
    within = [t for m in ("in", "during") for t in clause.obliques.get(m, [])]
    events = [t for s in [*(clause.subjects if taking else ()), *within] if (t := thing_of(deeds.doc, s))]
    for place in (p for p in places if p.named or deeds.is_a(p.kind, "Site")):
        for event in (e for e in events if deeds.is_a(e.kind, "Event")):
            yield Draft(event.index, "happenedIn", place.index, verb.i, NOUN, "scenes/where")
        for person in _dead(deeds, clause) if place.named else ():
            yield Draft(person.index, "diedIn", place.index, verb.i, NOUN, "scenes/where")


def _dead(deeds: Deeds, clause: clauses.Clause) -> Iterator[Thing]:
    """Who dies in the clause, if it tells of people with names."""
    lemma = clause.verb.lemma_.lower()
    dead = clause.subjects if lemma == "die" else clause.objects if lemma in ("kill", "murder", "assassinate") else []
    for token in dead:
        thing = thing_of(deeds.doc, token)
        if thing is not None and thing.named and deeds.is_a(thing.kind, "Person"):
            yield thing


def victories(deeds: Deeds) -> Iterator[Draft]:
    """ "X's victory in the election"."""
    for token in deeds.doc:
        if token.lemma_.lower() not in ("victory", "win", "triumph") or token.pos_ != "NOUN":
            continue
        contests = [e for m, p in clauses.obliques(token) if m in ("in", "at") and (e := thing_of(deeds.doc, p))]
        for child in (c for c in token.children if c.dep_ == "nmod:poss" or clauses.preposition(c) in ("by", "for")):
            winner = thing_of(deeds.doc, child)
            for contest in contests:
                if winner is not None and deeds.accepts("winner", contest.kind, winner.kind):
                    yield Draft(contest.index, "winner", winner.index, token.i, NOUN * certainty(child), "scenes/win")


def described(noun: Token, deeds: Deeds) -> list[Token]:
    """Whom or what a predicate noun describes, itself left out."""
    return [b.token for b in bearers(noun, deeds.lexicon.identity) if b.how != "itself"]
