"""What the extractors agree on: a claim in tokens and things, before who says it and how sure it is are known."""

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.claims import Quantity, Stance, Text, Time
from kg.extraction.layers import Thing, TimeExpression

Value = Quantity | Text | Time


@dataclass(frozen=True, slots=True)
class Draft:
    """``subject`` and an ``object`` that is a thing are indices into ``doc._.things``.

    ``head`` is the token of the predicate: stance, speaker and time are read from it. ``confidence`` is the prior of
    the wording; ``rule`` names it. ``stance`` is set where the wording itself gives it, whatever its head is under:
    "was acquitted of fraud" denies a conviction. ``ends`` is true if the wording tells that a state is over ("left the
    party").
    """

    subject: int
    predicate: str
    object: int | Value
    head: int
    confidence: float
    rule: str
    time: str | None = None
    stance: Stance | None = None
    ends: bool = False


def thing_of(doc: Doc, token: Token) -> Thing | None:
    """The thing that a phrase with this head refers to."""
    index = doc._.thing_at.get(token.i)
    return None if index is None else doc._.things[index]


def new_thing(doc: Doc, kind: str, name: str, head: Token) -> Thing:
    """An unnamed thing that a clause tells of (the attack of "gunmen attacked a village"), added to the document."""
    from kg.extraction.layers import Reference

    thing = Thing(len(doc._.things), kind, name, False, [Reference(head.i, head.i + 1, head.i, "nominal")])
    doc._.things.append(thing)
    return thing


def datatype(value: Value) -> str:
    """The name under which the ontology knows the value's type."""
    return type(value).__name__.lower()


def time_value(doc: Doc, time: TimeExpression) -> Time | None:
    """The time as an object of a claim; None without a value."""
    return Time(time.value, doc[time.start : time.end].text.strip()) if time.value else None
