"""A Doc with events in, drafts on which larger events they belong to out: "one of several attacks", "as part of"."""

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extraction import clauses
from kg.extraction.deeds import Deeds
from kg.extraction.drafts import Draft, thing_of
from kg.extraction.layers import Thing
from kg.extraction.scenes import described

PRIOR = 0.85
_ONE = frozenset({"one", "first", "second", "third", "fourth", "fifth", "last", "latest", "part", "deadliest"})
_SERIES = frozenset({"series", "string", "wave", "spate", "campaign", "number"})


def drafts(deeds: Deeds) -> Iterator[Draft]:
    """Which events are said to be one of several, or a part of something larger."""
    for token in deeds.doc:
        if token.lower_ in _ONE:
            for larger in _wholes(deeds, token):
                for smaller in _smaller(deeds, token):
                    if smaller is not larger:
                        yield Draft(smaller.index, "subEventOf", larger.index, token.i, PRIOR, "parts/one")


def _wholes(deeds: Deeds, one: Token) -> Iterator[Thing]:
    for marker, token in clauses.obliques(one):
        if marker not in ("of", "in"):
            continue
        inner = [p for m, p in clauses.obliques(token) if m == "of"] if token.lemma_.lower() in _SERIES else [token]
        for each in inner:
            thing = next((deeds.doc._.things[i] for i, _ in deeds.things([each], "Event")), None)
            several = each.tag_ in ("NNS", "NNPS")
            ranked = any(c.tag_ == "JJS" or c.lower_ == "most" for c in each.children)
            if thing is not None and not ranked and several != (one.lower_ == "part"):
                yield thing


def _smaller(deeds: Deeds, one: Token) -> Iterator[Thing]:
    """The event that is one of them: what the word describes, or the subject of the clause with "as part of"."""
    tokens = described(one, deeds)
    if clauses.preposition(one) == "as" and one.head.pos_ == "VERB":
        clause = clauses.clause(one.head)
        tokens = clause.objects if clause.passive else [*clause.subjects, *clause.objects]
    elif clauses.preposition(one) == "as" and one.dep_ == "nmod":
        tokens = [one.head]
    for token in tokens:
        thing = thing_of(deeds.doc, token)
        if thing is not None and deeds.is_a(thing.kind, "Event"):
            yield thing
