"""A Doc with events in, drafts on when the event of its first sentence happened out.

News opens with what happened: "Two explosions hit a market, state media reported Wednesday." The day is that of the
report, if the report is of the day of publication and the sentence gives no other time.
"""

from collections.abc import Callable, Iterator

from spacy.tokens import Doc, Span, Token

from kg.claims import Time
from kg.extraction.clauses import surface_subjects
from kg.extraction.drafts import Draft, thing_of
from kg.extraction.sayings import say_of

SUDDEN = ("Attack", "Explosion", "Disaster")
"""Kinds of event that are reported on the day; others are often announced or looked back on."""
PRIOR = 0.7


def drafts(doc: Doc, is_a: Callable[[str, str], bool]) -> Iterator[Draft]:
    """At most one: the day of the lead's event."""
    published = doc._.published
    lead = _lead(doc)
    if not published or lead is None:
        return
    times = [t for t in doc._.times if lead.start <= t.start < lead.end]
    if len(times) != 1 or times[0].value != published[:10]:
        return
    for verb in (t for t in lead if t.pos_ == "VERB" and t.tag_ in ("VBD", "VBN")):
        event = _event(doc, verb, is_a)
        saying = say_of(doc, verb.i)
        if event is not None and saying.reported and saying.stance == "asserted":
            text = doc[times[0].start : times[0].end].text
            yield Draft(event, "happenedOn", Time(times[0].value, text), verb.i, PRIOR, "leads/reported")
            return


def _lead(doc: Doc) -> Span | None:
    """The first sentence of the report itself."""
    for sentence in doc.sents:
        inside = any(f.span.start <= sentence[-1].idx < f.span.end for f in doc._.furniture)
        if not inside and any(t.pos_ == "VERB" for t in sentence):
            return sentence
    return None


def _event(doc: Doc, verb: Token, is_a: Callable[[str, str], bool]) -> int | None:
    for subject in surface_subjects(verb)[0]:
        thing = thing_of(doc, subject)
        if thing is not None and any(is_a(thing.kind, kind) for kind in SUDDEN):
            return thing.index
    return None
