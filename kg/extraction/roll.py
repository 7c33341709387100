"""A Doc with events in, drafts on people given by name as their dead, their victims or their doers out.

"Killed two pilots, X and Y", "X was among the dead", "the dead include X", "police identified the gunman as X".
"""

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extraction import clauses
from kg.extraction.deeds import HARMFUL, Deeds
from kg.extraction.drafts import Draft, thing_of
from kg.extraction.events import WOUNDS
from kg.extraction.frames import certainty
from kg.extraction.layers import Thing
from kg.extraction.lexicon import Entry

PRIOR, SALIENT = 0.85, 0.75
"""Priors where the clause names the event, and where it is the last one spoken of."""
REACH = 1
"""How many sentences back that may have been."""

_DEADLY = (*HARMFUL, "Disaster")
_DEAD = frozenset({"dead", "killed", "deceased", "fatality", "fatalities", "victim", "victims", "those", "casualties"})
_BACK = 2
"""How many sentences before a death what led to it may be told."""
_HURT = frozenset("paralysed paralyzed blind disabled injured wounded unconscious maimed crippled".split())
_DYING = frozenset({"kill", "die", "perish", "drown"})
_DOERS = frozenset("gunman attacker shooter bomber assailant perpetrator killer hijacker knifeman culprit".split())
_NAMING = frozenset({"identify", "name"})


def drafts(deeds: Deeds) -> Iterator[Draft]:
    """Who the document says by name died in an event, or did it."""
    for token in deeds.doc:
        if token.pos_ == "VERB" and token.lemma_.lower() in ("kill", "die", "perish"):
            yield from _listed(deeds, token)
        if token.pos_ == "VERB" and token.lemma_.lower() == "die":
            yield from _of_the_attack(deeds, token)
        if token.pos_ == "VERB" and token.lemma_.lower() in _DYING:
            yield from _meanwhile(deeds, token)
        if token.pos_ == "VERB" and token.lemma_.lower() == "leave":
            yield from _left_hurt(deeds, token)
        if token.lower_ in _DEAD:
            yield from _among(deeds, token)
        if token.pos_ == "VERB" and token.lemma_.lower() == "include":
            yield from _included(deeds, token)
        if token.pos_ in ("PROPN", "NOUN") and any(c.dep_ == "cop" for c in token.children):
            yield from _victims_were(deeds, token)
        if token.pos_ == "VERB" and token.lemma_.lower() in _NAMING:
            yield from _identified(deeds, token)


def _listed(deeds: Deeds, verb: Token) -> Iterator[Draft]:
    """ "The crash killed two pilots, X and Y"; "X was among 12 people who died in the crash"."""
    clause = clauses.clause(verb)
    if clauses.is_generic(verb):
        return
    dying = verb.lemma_.lower() != "kill"
    dead = clause.subjects if dying else clause.objects
    names = [t for d in dead for c in _names_beside(deeds, d) for t in clauses.conjuncts(c)]
    names += _same_as(verb.head) if verb.dep_ == "acl:relcl" else []
    events = _things(deeds, clause.obliques.get("in", []), _DEADLY)
    doers = [] if dying else _things(deeds, clause.subjects, (*_DEADLY, "Agent"))
    for killer in [*doers, *(events if dying or clause.passive else [])]:
        yield from _killed(deeds, names, killer, verb, PRIOR)


def _names_beside(deeds: Deeds, dead: Token) -> list[Token]:
    """The names in apposition to the dead; "a brother of its founder, X" may give the founder's."""
    others = [k for m, p in clauses.obliques(dead) if m == "of" and (k := deeds.kind(p))]
    if any(deeds.is_a(kind, "Person") for kind in others):
        return []
    return [c for c in dead.children if c.dep_ == "appos"]


def _of_the_attack(deeds: Deeds, verb: Token) -> Iterator[Draft]:
    """ "Gunmen fired at Lena Falk on Monday. She died in hospital": of what was just told to be done to her."""
    clause = clauses.clause(verb)
    causes = [t for m in ("of", "from", "in", "after", "during") for t in clause.obliques.get(m, [])]
    if clauses.is_generic(verb) or not all(_is_wound_or_hospital(deeds, t) for t in causes):
        return
    for token in clause.subjects:
        person = thing_of(deeds.doc, token)
        if person is None or not deeds.is_a(person.kind, "Person") or (person.count or 1) > 1:
            continue
        event = _done_to(deeds, person, verb)
        if event is not None:
            yield Draft(person.index, "killedBy", event.index, verb.i, SALIENT * certainty(token), "roll/died")


def _meanwhile(deeds: Deeds, verb: Token) -> Iterator[Draft]:
    """ "Lena Falk was killed when her car crashed"."""
    clause = clauses.clause(verb)
    passive = verb.lemma_.lower() == "kill"
    if clauses.is_generic(verb) or (passive and (not clause.passive or clause.subjects)):
        return
    event = deeds.meanwhile(verb, _DEADLY)
    if event is None or not any(deeds.is_a(event.kind, k) for k in _DEADLY):
        return
    for token in clause.objects if passive else clause.subjects:
        person = thing_of(deeds.doc, token)
        if person is not None and deeds.is_a(person.kind, "Person") and (person.count or 1) == 1:
            yield Draft(person.index, "killedBy", event.index, verb.i, PRIOR * certainty(token), "roll/when")


def _is_wound_or_hospital(deeds: Deeds, token: Token) -> bool:
    kind = deeds.kind(token)
    place = kind is not None and deeds.is_a(kind, "Place")
    return (
        place or token.lemma_.lower() in {*WOUNDS, "hospital", "ambulance", "arm", "scene"} or token.ent_type_ == "Date"
    )


def _done_to(deeds: Deeds, person: Thing, verb: Token) -> Thing | None:
    """The last violence before a verb that somebody is told to have met with, at most a few sentences back."""
    places = [r.head for r in person.references if r.head < verb.i]
    first = max(verb.sent.start - 1, 0)
    for _ in range(_BACK):
        first = max(deeds.doc[first].sent.start - 1, 0)
    for place in sorted((p for p in places if p > first), reverse=True):
        told = _struck(deeds, deeds.doc[place], verb)
        if told is not None:
            return told
    return None


def _struck(deeds: Deeds, token: Token, dying: Token) -> Thing | None:
    """The event in which the phrase stands as whom it befell: its verb's object, or the owner of a car that is."""
    while token.dep_ in ("nmod", "nmod:poss", "conj", "appos", "flat") and token.head.i != token.i:
        token = token.head
    verb = token.head
    entry = deeds.entry(verb) if verb.i != dying.i else None
    if entry is None or not _befalls(entry):
        return None
    clause = clauses.clause(verb)
    hit = [*clause.objects, *(t for m in ("at", "on") for t in clause.obliques.get(m, []))]
    event = deeds.event(verb, entry) if token in hit else None
    return event if event is not None and any(deeds.is_a(event.kind, k) for k in _DEADLY) else None


def _befalls(entry: Entry) -> bool:
    """Whether what a verb tells of may be deadly to whom it befalls."""
    return entry.event not in (None, "Arrest", "Kidnapping") or any(f.name == "hurt-in" for f in entry.frames)


def _left_hurt(deeds: Deeds, verb: Token) -> Iterator[Draft]:
    """ "The attack left its owner, X, with burns", "the crash left X paralysed"."""
    clause = clauses.clause(verb)
    hurt = [t for t in clause.obliques.get("with", []) if t.lemma_.lower() in WOUNDS]
    hurt += [c for c in verb.children if c.dep_ in ("xcomp", "obj") and c.lower_ in _HURT]
    for event in _things(deeds, clause.subjects, _DEADLY) if hurt else []:
        for person in _persons(deeds, clause.objects):
            yield Draft(event.index, "victim", person.index, verb.i, PRIOR, "roll/hurt")


def _same_as(noun: Token) -> list[Token]:
    """Who is said to be among a noun: "X was among 12 people"."""
    if clauses.preposition(noun) != "among" or not any(c.dep_ == "cop" for c in noun.children):
        return []
    subjects = [t for c in noun.children if c.dep_ == "nsubj" for t in clauses.conjuncts(c)]
    return subjects or (clauses.surface_subjects(noun)[0] if noun.dep_ == "conj" else [])


def _among(deeds: Deeds, dead: Token) -> Iterator[Draft]:
    """ "X was among the dead", "among those killed in the blast was X"."""
    if dead.lower_ == "those" and not any(c.lemma_.lower() in _DYING for c in dead.children):
        return
    yield from _of_roll(deeds, dead, _same_as(dead), dead)


def _included(deeds: Deeds, verb: Token) -> Iterator[Draft]:
    """ "The dead include X"."""
    clause = clauses.clause(verb)
    for roll in clause.subjects:
        killed = roll.lower_ == "those" and any(c.lemma_.lower() in _DYING for c in roll.children)
        if killed or (roll.lower_ in _DEAD and roll.lower_ != "those"):
            yield from _of_roll(deeds, roll, clause.objects, verb)


def _of_roll(deeds: Deeds, roll: Token, names: list[Token], head: Token) -> Iterator[Draft]:
    inner = [t for c in roll.children if c.dep_ in ("acl", "acl:relcl", "nmod") for t in [c, *c.children]]
    own = _things(deeds, inner, _DEADLY)
    event = own[0] if own else deeds.last(head.sent.start, _DEADLY, REACH)
    if event is None:
        return
    victims = roll.lower_.startswith(("victim", "casualt"))
    if not victims:
        yield from _killed(deeds, names, event, head, PRIOR if own else SALIENT)
        return
    for person in _persons(deeds, names):
        yield Draft(event.index, "victim", person.index, head.i, PRIOR if own else SALIENT, "roll/victim")


def _victims_were(deeds: Deeds, name: Token) -> Iterator[Draft]:
    """ "The victims were X and Y", "his victims were X, Y and Z", "the dead were X and Y"."""
    rolls = [c for c in name.children if c.dep_ == "nsubj" and c.lower_ in ("victim", "victims", "dead")]
    past = any(c.dep_ == "cop" and c.tag_ == "VBD" for c in name.children)
    for roll in rolls if past and not clauses.preposition(name) else []:
        yield from _of_roll(deeds, roll, [name], name)


def _identified(deeds: Deeds, verb: Token) -> Iterator[Draft]:
    """ "Police identified the gunman as X", "the attacker, identified as X"."""
    clause = clauses.clause(verb)
    doers = [d for t in clause.objects if t.lemma_.lower() in _DOERS and (d := thing_of(deeds.doc, t))]
    names = [p for m, p in clauses.obliques(verb) if m == "as"]
    names += [c for c in verb.children if c.dep_ == "xcomp" and c.pos_ == "PROPN"]
    named = any(t.lemma_.lower() in _DOERS for t in clause.objects)
    event = next((e for d in doers if (e := deeds.by(d))), None)
    event = event or (deeds.last(verb.sent.start, HARMFUL, _BACK) if named else None)
    if event is None:
        return
    for person in _persons(deeds, names):
        yield Draft(event.index, "carriedOutBy", person.index, verb.i, SALIENT, "roll/doer")


def _killed(deeds: Deeds, names: list[Token], killer: Thing, head: Token, prior: float) -> Iterator[Draft]:
    for token in names:
        for person in _persons(deeds, [token]):
            if person is not killer:
                yield Draft(person.index, "killedBy", killer.index, head.i, prior * certainty(token), "roll/dead")


def _persons(deeds: Deeds, tokens: list[Token]) -> list[Thing]:
    found = [t for token in tokens for n in clauses.conjuncts(token) if (t := thing_of(deeds.doc, n))]
    return [t for t in {t.index: t for t in found}.values() if t.named and deeds.is_a(t.kind, "Person")]


def _things(deeds: Deeds, tokens: list[Token], kinds: tuple[str, ...]) -> list[Thing]:
    found = [t for token in tokens if (t := thing_of(deeds.doc, token))]
    return [t for t in found if any(deeds.is_a(t.kind, kind) for kind in kinds)]
