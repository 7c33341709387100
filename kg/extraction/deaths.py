"""A Doc with people in, drafts on how, where and when they died out, where the tree and not one verb tells it.

"Was pronounced dead at the scene", "took her own life", "(1920-1999)", "died after a stroke", "his grave is in Oslo".
"""

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from kg.claims import Text, Time
from kg.extraction import clauses
from kg.extraction.deeds import Deeds
from kg.extraction.drafts import Draft, thing_of, time_value
from kg.extraction.frames import IN_PLACE, certainty
from kg.extraction.layers import Thing
from kg.extraction.nominals import phrase
from kg.extraction.places import named_places
from kg.extraction.times import ends, time_of

PRIOR = 0.87
_PRONOUNCED = frozenset({"pronounce", "declare", "confirm"})
_GRAVES = frozenset({"grave", "tomb", "mausoleum", "gravesite", "remains"})
_KILLINGS = frozenset({"murder", "killing", "assassination", "slaying", "execution", "shooting", "stabbing"})
_BESIDE = ("beside", "alongside", "next to")
_STRUGGLES = frozenset({"battle", "struggle", "fight", "bout"})
_ILLNESS = frozenset(
    """
    stroke cancer leukaemia leukemia pneumonia illness disease infection covid covid-19 overdose seizure aneurysm
    tumour tumor cholera malaria tuberculosis ebola fever flu influenza diabetes dementia complications surgery
    operation fall haemorrhage hemorrhage failure arrest disease syndrome sclerosis lymphoma melanoma sepsis asthma
    meningitis malnutrition hepatitis alzheimer parkinson
    """.split()
)
"""What one dies of, if one dies after it; an attack only of the heart."""


def drafts(deeds: Deeds) -> Iterator[Draft]:
    """What is told of the deaths of people one by one."""
    for token in deeds.doc:
        if token.lower_ == "dead" and token.dep_ == "xcomp":
            yield from _found_dead(deeds, token)
        elif token.pos_ == "VERB" and token.lemma_.lower() == "die":
            yield from _after_illness(deeds, token)
        elif token.pos_ == "VERB" and token.lemma_.lower() in ("bury", "inter", "lay"):
            yield from _beside(deeds, token)
        elif token.pos_ == "VERB" and _takes_own_life(token):
            yield from _suicide(deeds, token)
        elif token.pos_ == "VERB" and token.lemma_.lower() in ("suffer", "have"):
            yield from _fatal(deeds, token)
        elif token.pos_ == "VERB" and token.lemma_.lower() == "lose":
            yield from _lost_life(deeds, token)
        elif token.lemma_.lower() in _KILLINGS and token.pos_ == "NOUN":
            yield from _murder(deeds, token)
        elif token.lemma_.lower() == "cause" and token.pos_ == "NOUN":
            yield from _cause(deeds, token)
        elif token.lemma_.lower() in _GRAVES or (token.lower_ == "place" and "rest" in _before(token)):
            yield from _grave(deeds, token)
    yield from _life_dates(deeds.doc, deeds)


def _found_dead(deeds: Deeds, dead: Token) -> Iterator[Draft]:
    verb = dead.head
    found, pronounced = verb.lemma_.lower() == "find", verb.lemma_.lower() in _PRONOUNCED
    if not (found or pronounced):
        return
    clause = clauses.clause(verb)
    for person, token in _persons(deeds, clause.objects):
        yield from _where(deeds, person, token, [verb, dead])
        if pronounced and verb.lemma_.lower() != "declare":  # a court may declare somebody dead years later
            yield from _when(deeds, person, token, verb)


def _after_illness(deeds: Deeds, verb: Token) -> Iterator[Draft]:
    """ "Died after a heart attack", "died following a long illness"."""
    clause = clauses.clause(verb)
    for marker in ("after", "following"):
        for cause in (_fought(t) for t in clause.obliques.get(marker, [])):
            if not _is_illness(cause):
                continue
            for person, token in _persons(deeds, clause.subjects):
                yield _of_cause(person, token, cause, verb)
                yield from _where(deeds, person, token, [cause])


def _fought(noun: Token) -> Token:
    """ "A long battle with cancer", "a struggle against Parkinson's disease": the illness."""
    if noun.lemma_.lower() not in _STRUGGLES:
        return noun
    return next((p for m, p in clauses.obliques(noun) if m in ("with", "against")), noun)


def _suicide(deeds: Deeds, verb: Token) -> Iterator[Draft]:
    for person, token in _persons(deeds, clauses.clause(verb).subjects):
        yield Draft(person.index, "causeOfDeath", Text("suicide"), verb.i, PRIOR * certainty(token), "deaths/suicide")
        yield from _where(deeds, person, token, [verb])
        yield from _when(deeds, person, token, verb)


def _lost_life(deeds: Deeds, verb: Token) -> Iterator[Draft]:
    """ "Lost her life in the fire"."""
    clause = clauses.clause(verb)
    if not any(t.lemma_.lower() == "life" for t in clause.objects):
        return
    events = [thing_of(deeds.doc, t) for m in ("in", "during") for t in clause.obliques.get(m, [])]
    for person, token in _persons(deeds, clause.subjects):
        for event in events:
            if event is not None and any(deeds.is_a(event.kind, k) for k in ("Attack", "Explosion", "Disaster")):
                yield Draft(person.index, "killedBy", event.index, verb.i, PRIOR * certainty(token), "deaths/life")


def _murder(deeds: Deeds, noun: Token) -> Iterator[Draft]:
    """ "X's murder of Y": Y was killed by X."""
    killers = [c for c in noun.children if c.dep_ == "nmod:poss"]
    dead = [p for m, p in clauses.obliques(noun) if m == "of"]
    for person, token in _persons(deeds, dead):
        for killer in (k for c in killers if (k := thing_of(deeds.doc, c)) and deeds.is_a(k.kind, "Agent")):
            if killer is not person:
                yield Draft(person.index, "killedBy", killer.index, noun.i, PRIOR * certainty(token), "deaths/murder")


def possessor(doc: Doc, noun: int) -> int | None:
    """Who stands before "murder of Y" as its doer, as a thing's index: no victim."""
    token = doc[noun]
    owners = [c for c in token.children if c.dep_ == "nmod:poss"]
    thing = thing_of(doc, owners[0]) if owners and any(m == "of" for m, _ in clauses.obliques(token)) else None
    return None if thing is None or token.lemma_.lower() not in _KILLINGS else thing.index


def _takes_own_life(verb: Token) -> bool:
    objects = [c for c in verb.children if c.dep_ == "obj"]
    if verb.lemma_.lower() == "commit":
        return any(c.lemma_.lower() == "suicide" for c in objects)
    if verb.lemma_.lower() == "kill":
        return any(c.lower_ in ("himself", "herself") for c in objects)
    own = [c for c in objects if c.lemma_.lower() == "life" and any(g.lower_ == "own" for g in c.children)]
    return verb.lemma_.lower() == "take" and bool(own)


def _fatal(deeds: Deeds, verb: Token) -> Iterator[Draft]:
    """ "Suffered a fatal heart attack"."""
    clause = clauses.clause(verb)
    for cause in clause.objects:
        if _is_illness(cause) and any(c.lower_ == "fatal" for c in cause.children):
            for person, token in _persons(deeds, clause.subjects):
                yield _of_cause(person, token, cause, verb)
                yield from _where(deeds, person, token, [verb, cause])
                yield from _when(deeds, person, token, verb)


def _cause(deeds: Deeds, noun: Token) -> Iterator[Draft]:
    """ "The cause of X's death was a stroke"."""
    death = next((p for m, p in clauses.obliques(noun) if m == "of" and p.lemma_.lower() == "death"), None)
    if death is None or noun.dep_ != "nsubj" or not any(c.dep_ == "cop" for c in noun.head.children):
        return
    whose = [c for h in (death, noun) for c in h.children if c.dep_ == "nmod:poss" or clauses.preposition(c) == "of"]
    for person, token in _persons(deeds, [w for w in whose if w is not death]):
        yield _of_cause(person, token, noun.head, noun.head)


def _beside(deeds: Deeds, verb: Token) -> Iterator[Draft]:
    """ "Was buried in X beside his wife": she lies there, too."""
    clause = clauses.clause(verb)
    for place in (p for t in clause.obliques.get("in", []) for p, _ in named_places(deeds.doc, t, deeds.is_a)):
        for person, token in _persons(deeds, [t for m in _BESIDE for t in clause.obliques.get(m, [])]):
            if place.named:
                sure = PRIOR * certainty(token)
                yield Draft(person.index, "buriedIn", place.index, token.i, sure, "deaths/beside")


def _grave(deeds: Deeds, noun: Token) -> Iterator[Draft]:
    """ "His grave is in Oslo", "the tomb of X lies in Oslo", "her resting place is Skogen Cemetery"."""
    whose = [c for c in noun.children if c.dep_ == "nmod:poss" or clauses.preposition(c) == "of"]
    verb = noun.head
    if noun.dep_ != "nsubj":
        return
    if any(c.dep_ == "cop" for c in verb.children):
        tokens = [verb] if clauses.preposition(verb) in ("", "in", "at") else []
    elif verb.lemma_.lower() in ("lie", "rest", "stand"):
        tokens = [t for m, found in clauses.clause(verb).obliques.items() if m in IN_PLACE for t in found]
    else:
        return
    for person, token in _persons(deeds, whose):
        for place, _ in (p for t in tokens for p in named_places(deeds.doc, t, deeds.is_a)):
            if place.named:
                yield Draft(person.index, "buriedIn", place.index, verb.i, PRIOR * certainty(token), "deaths/grave")


def _life_dates(doc: Doc, deeds: Deeds) -> Iterator[Draft]:
    """ "Lena Falk (1920-1999)"."""
    for time in doc._.times:
        born, dash, died = (time.value or "").partition("/")
        if not dash or len(born) < 4 or len(died) < 4 or time.start < 2 or time.end >= len(doc):
            continue
        if doc[time.start - 1].text != "(" or doc[time.end].text != ")":
            continue
        person = thing_of(doc, _name_before(doc, time.start - 1))
        if person is not None and person.named and deeds.is_a(person.kind, "Person"):
            parts, head = ends(doc, time), doc[time.start - 2].i
            for predicate, value, part in (("bornOn", born, parts[0]), ("diedOn", died, parts[-1])):
                text = doc[part.start : part.end].text.strip()
                yield Draft(person.index, predicate, Time(value, text), head, PRIOR, "deaths/dates")


def _name_before(doc: Doc, place: int) -> Token:
    token = doc[place - 1]
    while token.dep_ == "flat" and token.head.i < token.i:
        token = token.head
    return token


def _before(noun: Token) -> set[str]:
    return {w for t in noun.doc[max(0, noun.i - 1) : noun.i] for w in (t.lemma_.lower(), t.lower_.removesuffix("ing"))}


def _is_illness(noun: Token) -> bool:
    lemma, before = noun.lemma_.lower(), _before(noun)
    return (lemma in _ILLNESS and lemma not in ("arrest", "failure", "operation")) or (
        lemma in ("attack", "failure", "arrest") and bool(before & {"heart", "cardiac", "kidney", "liver", "organ"})
    )


def _of_cause(person: Thing, token: Token, cause: Token, head: Token) -> Draft:
    words = Text(phrase(cause).split(" in ")[0])
    return Draft(person.index, "causeOfDeath", words, head.i, PRIOR * certainty(token), "deaths/cause")


def _persons(deeds: Deeds, tokens: list[Token]) -> Iterator[tuple[Thing, Token]]:
    for token in tokens:
        thing = thing_of(deeds.doc, token)
        if thing is not None and deeds.is_a(thing.kind, "Person") and (thing.count or 1) == 1:
            yield thing, token


def _where(deeds: Deeds, person: Thing, token: Token, heads: list[Token]) -> Iterator[Draft]:
    for phrase_ in (p for head in heads for m, p in clauses.obliques(head) if m in IN_PLACE):
        for place, _ in named_places(deeds.doc, phrase_, deeds.is_a):
            if place.named:
                yield Draft(person.index, "diedIn", place.index, heads[0].i, PRIOR * certainty(token), "deaths/place")


def _when(deeds: Deeds, person: Thing, token: Token, verb: Token) -> Iterator[Draft]:
    time = time_of(deeds.doc, verb.i)
    value = time_value(deeds.doc, time) if time else None
    if value:
        yield Draft(person.index, "diedOn", value, verb.i, PRIOR * certainty(token), "deaths/time")
