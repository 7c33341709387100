"""A Doc with amounts and things in, drafts on how far from what an event happened out."""

from collections.abc import Callable, Iterator

from spacy.tokens import Doc, Token

from kg.claims import Quantity
from kg.extraction import clauses
from kg.extraction.drafts import Draft, thing_of
from kg.extraction.layers import Amount, Thing
from kg.extraction.places import named_places

IsA = Callable[[str, str], bool]

LENGTHS = frozenset({"ft", "m", "km", "mi", "yd"})
PRIOR = 0.85

_DIRECTIONS = frozenset(
    f"{a}{dash}{b}"
    for a in ("north", "south", "east", "west", "")
    for b in ("north", "south", "east", "west", "")
    for dash in ("", "-")
    if a or b
)
_BETWEEN = frozenset({"away", "due", "further", "inland", "(", "miles", "kilometres", "kilometers", ")", *_DIRECTIONS})
"""Words that may stand between the measure and the preposition."""
_BEFORE_PLACE = frozenset({"from", "of", "outside", "off"})


def drafts(doc: Doc, is_a: IsA) -> Iterator[Draft]:
    """ "The blast struck 700 feet from the grave": the distance, and what it was near."""
    for amount in doc._.amounts:
        before = doc[amount.start - 1].lower_ if amount.start else ""
        if amount.unit in LENGTHS and before not in ("(", "within"):
            yield from _distance(doc, amount, is_a)


def _distance(doc: Doc, amount: Amount, is_a: IsA) -> Iterator[Draft]:
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
    for near in _near(doc, source, is_a) if source is not None else ():
        yield Draft(event.index, "happenedNear", near.index, head.i, PRIOR, "distances/from")


def _near(doc: Doc, source: Token, is_a: IsA) -> Iterator[Thing]:
    """The place that the distance is from, itself and not the land it lies in."""
    thing = thing_of(doc, source)
    if thing is not None and is_a(thing.kind, "Site"):
        yield thing
        return
    yield from (near for near, _ in named_places(doc, source, is_a, outside=True))


def _event(doc: Doc, head: Token, is_a: IsA) -> Thing | None:
    """The event whose clause the measure stands in, or whose phrase: "a blast 20 km north of Kano"."""
    node = head
    for _ in range(6):
        own = thing_of(doc, node)
        if own is not None and is_a(own.kind, "Event"):
            return own
        told = _told(doc, node, is_a)
        if told is not None:
            return told
        for subject in (c for c in node.children if c.dep_ in ("nsubj", "nsubj:pass", "nsubj:outer")):
            return next((t for s in _owners(subject) if (t := thing_of(doc, s)) and is_a(t.kind, "Event")), None)
        if node.head.i == node.i:
            return None
        node = node.head
    return None


def _told(doc: Doc, node: Token, is_a: IsA) -> Thing | None:
    """The event that a verb was read to tell of, or its subject ("a bomb exploded")."""
    if node.pos_ != "VERB":
        return None
    heads = {node.i, *(c.i for c in node.children if c.dep_.startswith("nsubj"))}
    made = (t for t in reversed(doc._.things) if not t.named and t.references[0].head in heads)
    return next((t for t in made if is_a(t.kind, "Event")), None)


def _owners(subject: Token) -> list[Token]:
    """The subject, and for "the quake's epicentre" and "the site of the crash" whose it is."""
    whose = [c for c in subject.children if c.dep_ == "nmod:poss" or clauses.preposition(c) == "of"]
    centre = subject.lemma_.lower() in ("epicentre", "epicenter", "centre", "center")
    return [subject, *(whose if centre else [])]


def _from(doc: Doc, amount: Amount) -> Token | None:
    """The phrase after the measure: "from the grave", "north of Kano", "outside Gao"."""
    for token in doc[amount.end : amount.end + 7]:
        if token.lower_ in _BEFORE_PLACE and token.dep_ in ("case", "fixed"):
            return token.head if token.dep_ == "case" else token.head.head
        if token.lower_ not in _BETWEEN and not token.text[0].isdigit():
            return None
    return None
