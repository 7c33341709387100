"""A Doc with amounts and things in, drafts on how far from what an event happened out."""

from collections.abc import Callable, Iterator

from spacy.tokens import Doc, Token

from kg.claims import Quantity
from kg.extraction.drafts import Draft, thing_of
from kg.extraction.layers import Amount, Thing
from kg.extraction.places import named_places

LENGTHS = frozenset({"ft", "m", "km", "mi", "yd"})
PRIOR = 0.85


def drafts(doc: Doc, is_a: Callable[[str, str], bool]) -> Iterator[Draft]:
    """ "The blast struck 700 feet from the grave": the distance, and what it was near."""
    for amount in doc._.amounts:
        if amount.unit in LENGTHS:
            yield from _distance(doc, amount, is_a)


def _distance(doc: Doc, amount: Amount, is_a: Callable[[str, str], bool]) -> Iterator[Draft]:
    head = doc[amount.start : amount.end].root
    event = _event(doc, head, is_a)
    if event is None:
        return
    source = _from(doc, amount)
    if source is None and not any(t.lower_ in ("away", "apart", "off") for t in doc[amount.end : amount.end + 2]):
        return
    end = (
        max(t.i for t in source.subtree if t.sent == source.sent and t.dep_ != "punct") + 1
        if source is not None
        else amount.end
    )
    text = doc[amount.start : end].text if end - amount.start < 20 else doc[amount.start : amount.end].text
    value = Quantity(amount.low, amount.high, text, amount.approximate, amount.unit)
    yield Draft(event.index, "distance", value, head.i, PRIOR, "distances/from")
    for near, _ in named_places(doc, source, is_a) if source is not None else ():
        yield Draft(event.index, "happenedNear", near.index, head.i, PRIOR, "distances/from")


def _event(doc: Doc, head: Token, is_a: Callable[[str, str], bool]) -> Thing | None:
    """The event whose clause the measure stands in."""
    node = head
    for _ in range(6):
        for subject in (c for c in node.children if c.dep_ in ("nsubj", "nsubj:pass", "nsubj:outer")):
            thing = thing_of(doc, subject)
            return thing if thing is not None and is_a(thing.kind, "Event") else None
        if node.head.i == node.i:
            return None
        node = node.head
    return None


def _from(doc: Doc, amount: Amount) -> Token | None:
    """The phrase "from the grave" right after the measure."""
    for token in doc[amount.end : amount.end + 3]:
        if token.lower_ == "from" and token.dep_ == "case":
            return token.head
        if token.lower_ not in ("away", "north", "south", "east", "west"):
            return None
    return None
