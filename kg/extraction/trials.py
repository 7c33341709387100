"""A Doc with people in, drafts on what courts found them guilty of out, where no one verb of the lexicon tells it.

"Was cleared of fraud", "had denied murder but was convicted", "was jailed after admitting arson", "his murder trial".
"""

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from kg.claims import Text
from kg.extraction import clauses
from kg.extraction.deeds import Deeds
from kg.extraction.drafts import Draft, thing_of
from kg.extraction.frames import certainty, charges, phrase
from kg.extraction.sayings import say_of

PRIOR = 0.85
_CLEARING = frozenset({"acquit", "clear", "exonerate", "absolve", "find"})
_CONVICTING = frozenset({"convict", "find"})
_PUNISHING = frozenset({"jail", "sentence", "imprison", "fine", "convict"})
_OWNING_UP = frozenset({"admit", "confess"})
CRIMES = frozenset(
    """
    murder manslaughter homicide killing rape assault robbery burglary theft arson fraud corruption bribery perjury
    treason espionage embezzlement extortion blackmail kidnapping terrorism smuggling trafficking conspiracy forgery
    stalking harassment libel negligence insider-trading sabotage sedition racketeering money-laundering tax-evasion
    evasion laundering genocide battery larceny blasphemy piracy torture
    """.split()
)
"""What one is tried for, by the head noun."""


def drafts(deeds: Deeds) -> Iterator[Draft]:
    """What people were tried for, and found guilty or not guilty of."""
    for token in deeds.doc:
        lemma = token.lemma_.lower()
        if token.pos_ == "VERB" and lemma in _CLEARING:
            yield from _cleared(deeds, token)
        if token.pos_ == "VERB" and lemma in _CONVICTING:
            yield from _after_denying(deeds, token)
        if token.pos_ == "VERB" and lemma in _OWNING_UP:
            yield from _owned_up(deeds, token)
        elif token.pos_ == "NOUN" and lemma in ("trial", "retrial"):
            yield from _trial(deeds, token)


def _cleared(deeds: Deeds, verb: Token) -> Iterator[Draft]:
    """ "Was acquitted of fraud", "was found not guilty of murdering X": that they were convicted is denied."""
    clause = clauses.clause(verb)
    verdict = next((c for c in verb.children if c.lower_ == "guilty"), None)
    if (verb.lemma_.lower() == "find") != (verdict is not None):
        return
    marked = [t for m in ("of", "on") for t in clause.obliques.get(m, [])]
    marked += [t for m, p in clauses.obliques(verdict) if m == "of" for t in clauses.conjuncts(p)] if verdict else []
    marked += [c for c in verdict.children if c.tag_ == "VBG"] if verdict else []
    innocent = verdict is None or any(c.lower_ == "not" for c in verdict.children)
    if innocent and say_of(deeds.doc, verb.i).stance == "asserted":
        for charge in marked:
            yield from (
                replace(draft, stance="denied")
                for draft in _drafts(deeds, clause.objects, "convictedOf", charge, verb)
                if _is_charge(charge)
            )


def _after_denying(deeds: Deeds, verb: Token) -> Iterator[Draft]:
    """ "Had denied murder but was convicted"."""
    denial = verb.head
    if verb.dep_ != "conj" or denial.lemma_.lower() != "deny" or not clauses.is_passive(verb):
        return
    clause = clauses.clause(verb)
    guilty = [c for c in verb.children if c.lower_ == "guilty"]
    told = [*clause.obliques, *(m for g in guilty for m, _ in clauses.obliques(g))]
    if {"of", "on", "for"} & set(told) or (verb.lemma_.lower() == "find" and not guilty):
        return
    for charge in (t for t in clauses.clause(denial).objects if _is_crime(t)):
        yield from _drafts(deeds, clause.objects, "convictedOf", charge, verb)


def _owned_up(deeds: Deeds, verb: Token) -> Iterator[Draft]:
    """ "Was jailed for six years after admitting manslaughter"."""
    governor = verb.head
    if verb.dep_ != "advcl" or governor.lemma_.lower() not in _PUNISHING or not clauses.is_passive(governor):
        return
    clause = clauses.clause(verb)
    for charge in (t for t in [*clause.objects, *clause.obliques.get("to", [])] if _is_crime(t)):
        yield from _drafts(deeds, clauses.clause(governor).objects, "convictedOf", charge, governor)


def _trial(deeds: Deeds, noun: Token) -> Iterator[Draft]:
    """ "The murder trial of X", "X's trial for fraud"."""
    whose = [c for c in noun.children if c.dep_ == "nmod:poss" or (c.dep_ == "nmod" and clauses.preposition(c) == "of")]
    for charge in (c for c in noun.lefts if c.dep_ == "compound" and _is_crime(c)):
        yield from _drafts(deeds, [t for w in whose for t in clauses.conjuncts(w)], "accusedOf", charge, noun)


def _meant(deeds: Deeds, token: Token) -> list[Token]:
    """Who is meant, by name where a description has one beside it: "his co-accused, X, was cleared"."""
    return [token] if thing_of(deeds.doc, token) is not None else [c for c in token.children if c.dep_ == "appos"]


def _is_charge(token: Token) -> bool:
    """A deed or a crime, or charges of one: one is cleared of these, but a road of snow."""
    return _is_crime(token) or token.tag_ == "VBG" or bool(charges(token))


def _is_crime(noun: Token) -> bool:
    return noun.pos_ == "NOUN" and noun.lemma_.lower() in CRIMES


def _drafts(deeds: Deeds, people: list[Token], predicate: str, charge: Token, head: Token) -> Iterator[Draft]:
    words = phrase(next(iter(charges(charge)), charge))
    for token in (t for p in people for t in _meant(deeds, p)):
        thing = thing_of(deeds.doc, token)
        if words and thing is not None and deeds.is_a(thing.kind, "Agent"):
            sure = PRIOR * certainty(token)
            yield Draft(thing.index, predicate, Text(words), head.i, sure, f"trials/{predicate}")
