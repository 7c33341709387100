"""A Doc with events in, drafts on what brought them about out: "due to", "because of", "was the result of"."""

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extraction import clauses
from kg.extraction.deeds import Deeds
from kg.extraction.drafts import Draft, thing_of
from kg.extraction.frames import certainty
from kg.extraction.layers import Thing
from kg.extraction.scenes import described

PRIOR = 0.85
_BY_CAUSE = frozenset({"due to", "because of", "as a result of", "owing to", "thanks to"})
_RESULT = frozenset({"result", "consequence", "outcome"})
_CAUSING = frozenset({"cause", "trigger", "spark", "ignite", "provoke", "prompt", "start", "blame"})
_HAPPENING = frozenset({"happen", "occur", "take", "erupt", "start", "begin", "break"})
_NO_CAUSE = frozenset({"man", "damage", "reason", "cause", "what", "which", "it", "this", "that", "one"})


def drafts(deeds: Deeds) -> Iterator[Draft]:
    """What events were caused by, as far as it is said outright."""
    for token in deeds.doc:
        if token.pos_ == "VERB" and token.lemma_.lower() in _CAUSING:
            yield from _caused(deeds, token)
        elif token.pos_ == "VERB" and token.lemma_.lower() in _HAPPENING:
            clause = clauses.clause(token)
            causes = [t for m in _BY_CAUSE for t in clause.obliques.get(m, [])]
            yield from _drafts(deeds, clause.subjects, causes, token)
        elif token.lemma_.lower() in _RESULT and any(c.dep_ == "cop" for c in token.children):
            causes = [p for m, p in clauses.obliques(token) if m == "of"]
            yield from _drafts(deeds, described(token, deeds), causes, token)
        elif clauses.preposition(token) in _BY_CAUSE and any(c.dep_ == "cop" for c in token.children):
            yield from _drafts(deeds, [c for c in token.children if c.dep_ == "nsubj"], [token], token)
        elif token.lower_ == "due" and any(c.dep_ == "cop" for c in token.children):
            causes = [p for m, p in clauses.obliques(token) if m == "to"]
            yield from _drafts(deeds, [c for c in token.children if c.dep_ == "nsubj"], causes, token)


def _caused(deeds: Deeds, verb: Token) -> Iterator[Draft]:
    """ "Was caused by a gas leak", "was blamed on heavy rain"; agents and events are the lexicon's."""
    clause = clauses.clause(verb)
    causes = clause.obliques.get("on", []) if verb.lemma_.lower() == "blame" else clause.subjects
    yield from _drafts(deeds, clause.objects, causes, verb)


def _drafts(deeds: Deeds, events: list[Token], causes: list[Token], head: Token) -> Iterator[Draft]:
    for token in events:
        event = thing_of(deeds.doc, token)
        if event is None or not deeds.is_a(event.kind, "Event"):
            continue
        for cause in causes:
            thing = _thing(deeds, cause)
            if thing is not None and thing is not event and not _is_somebody(deeds, thing):
                yield Draft(event.index, "causedBy", thing.index, head.i, PRIOR * certainty(token), "causes/of")


def _is_somebody(deeds: Deeds, thing: Thing) -> bool:
    return deeds.is_a(thing.kind, "Agent") or deeds.is_a(thing.kind, "Place")


def _thing(deeds: Deeds, token: Token) -> Thing | None:
    """What the cause is; a plain noun that the lexicon has no kind for ("fog") is taken as it stands."""
    known = next((deeds.doc._.things[i] for i, _ in deeds.things([token], None)), None)
    if known is not None or token.pos_ != "NOUN" or token.lemma_.lower() in _NO_CAUSE or token.tag_ == "VBG":
        return known
    return deeds.thing(token, "Entity")
