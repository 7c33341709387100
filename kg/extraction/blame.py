"""A Doc with events in, drafts on who answers for them out, where no verb says it: "was behind", "responsible for"."""

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extraction import clauses
from kg.extraction.deeds import HARMFUL, Deeds
from kg.extraction.drafts import Draft, thing_of
from kg.extraction.frames import certainty
from kg.extraction.layers import Thing

PRIOR = 0.85
_ACTING = frozenset({"act", "operate", "move"})
_REACH = 3
"""How many sentences back that may be told of what somebody did who "acted on the orders of X"."""
_HARM = (*HARMFUL, "Fire", "Crash")


def drafts(deeds: Deeds) -> Iterator[Draft]:
    """Who was behind an attack or responsible for it, and on whose orders it was made."""
    for token in deeds.doc:
        if token.lower_ == "responsible":
            yield from _responsible(deeds, token)
        elif token.lower_ == "behind" and token.dep_ == "case":
            yield from _behind(deeds, token.head)
        elif token.lemma_.lower() in ("order", "instruction", "command", "behest") and token.pos_ == "NOUN":
            yield from _on_orders(deeds, token)


def _responsible(deeds: Deeds, word: Token) -> Iterator[Draft]:
    events = [
        e for m, p in clauses.obliques(word) if m == "for" for t in clauses.conjuncts(p) if (e := event(deeds, t))
    ]
    if not events:
        return
    if word.dep_ in ("amod", "acl"):
        who = [word.head]
    elif word.dep_ == "xcomp":
        who = [c for c in word.head.children if c.dep_ in ("obj", "nsubj:pass")]
    elif word.dep_ == "acl:relcl":
        who = [word.head]
    else:
        who = [c for c in word.children if c.dep_ in ("nsubj", "nsubj:outer")]
    yield from _drafts(deeds, events, who, "carriedOutBy", word)


def _behind(deeds: Deeds, noun: Token) -> Iterator[Draft]:
    found = event(deeds, noun)
    if found is None:
        return
    if any(c.dep_ == "cop" for c in noun.children):
        who = (
            [noun.head]
            if noun.dep_ == "acl:relcl"
            else [c for c in noun.children if c.dep_ in ("nsubj", "nsubj:outer")]
        )
        yield from _drafts(deeds, [found], who, "carriedOutBy", noun)
    elif noun.dep_ == "nmod" and noun.head.pos_ in ("NOUN", "PROPN"):
        yield from _drafts(deeds, [found], [noun.head], "carriedOutBy", noun.head)


def _on_orders(deeds: Deeds, noun: Token) -> Iterator[Draft]:
    """ "The raid was carried out on the orders of X"."""
    verb = noun.head
    if clauses.preposition(noun) not in ("on", "at", "under") or verb.pos_ != "VERB":
        return
    whose = [c for c in noun.children if c.dep_ == "nmod:poss" or (c.dep_ == "nmod" and clauses.preposition(c) == "of")]
    clause = clauses.clause(verb)
    events = [e for t in clause.objects if (e := event(deeds, t))]
    if verb.lemma_.lower() in _ACTING and (last := deeds.last(verb.i, HARMFUL, _REACH)) is not None:
        events.append(last)
    yield from _drafts(deeds, events, whose, "orderedBy", verb)


def _drafts(deeds: Deeds, events: list[Thing], who: list[Token], predicate: str, head: Token) -> Iterator[Draft]:
    for token in (t for w in who for t in clauses.conjuncts(w)):
        agent = thing_of(deeds.doc, token)
        if agent is not None and deeds.is_a(agent.kind, "Agent"):
            for each in events:
                yield Draft(each.index, predicate, agent.index, head.i, PRIOR * certainty(token), f"blame/{predicate}")


def event(deeds: Deeds, token: Token) -> Thing | None:
    """The harmful event that a noun tells of; a predicate noun ("was behind the bombing") gets one made."""
    found = next((deeds.doc._.things[index] for index, _ in deeds.things([token], "Event")), None)
    return found if found is not None and any(deeds.is_a(found.kind, kind) for kind in _HARM) else None
