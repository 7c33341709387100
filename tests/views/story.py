"""A small invented story in two reports, as extractions, and a store that holds it."""

from kg.claims import Claim, Document, Entity, EntityRef, Extraction, Mention, Quantity, Source, Span, Time
from kg.mapping import to_nquads
from kg.resolution import match, resolve
from kg.store import Store

FIRST = (
    "Ada Brandt, leader of the Harbour Guard, was born in Lindhafen. "
    "At least 12 people died in the Lindhafen explosion, the mayor said. "
    "Some blame the Harbour Guard for it."
)
SECOND = (
    "Ada Brandt was born in Lindhafen on 3 February 1980. <script>alert('Ada')</script> Lindhafen lies in Nordland."
)


def _claim(text: str, quote: str, subject: str, predicate: str, value: object, **more: object) -> Claim:
    start = text.index(quote)
    return Claim(subject, predicate, value, Span(start, start + len(quote)), **more)  # type: ignore[arg-type]


def _mentions(text: str, names: dict[str, str]) -> tuple[Mention, ...]:
    found = ((entity, name, text.find(name)) for entity, name in names.items())
    return tuple(Mention(Span(start, start + len(name)), entity, "name") for entity, name, start in found if start >= 0)


def first() -> Extraction:
    """A report with a date, a source and a url: a leader, a birth place, a toll and an allegation."""
    wire = Source("north-wire", "North Wire", "agency", "https://north.example/")
    document = Document("a" * 16, FIRST, "https://north.example/1", wire, "Blast at the harbour", "2031-05-04")
    born, died, blamed = FIRST.split(". ")
    entities = (
        Entity("e1", "Person", "Ada Brandt", ("Brandt",)),
        Entity("e2", "ArmedGroup", "Harbour Guard"),
        Entity("e3", "City", "Lindhafen"),
        Entity("e4", "Explosion", "Lindhafen explosion"),
        Entity("e5", "Person", "the mayor", named=False),
    )
    claims = (
        _claim(FIRST, born, "e1", "leaderOf", EntityRef("e2"), time="2031-05", confidence=0.9),
        _claim(FIRST, born, "e1", "bornIn", EntityRef("e3"), confidence=0.8),
        _claim(FIRST, died, "e4", "deaths", Quantity(12, None, "At least 12"), speaker="e5"),
        _claim(FIRST, died, "e4", "happenedIn", EntityRef("e3")),
        _claim(FIRST, blamed, "e4", "carriedOutBy", EntityRef("e2"), stance="alleged", confidence=0.6),
    )
    mentions = _mentions(FIRST, {entity.id: entity.name for entity in entities})
    return Extraction(document, entities, mentions, claims)


def second() -> Extraction:
    """A report without a source, whose words try to break out of a page."""
    document = Document("b" * 16, SECOND, title="Who is <b>Ada Brandt</b>?", published="2031-05-06")
    entities = (
        Entity("e1", "Person", "Ada Brandt"),
        Entity("e2", "City", "Lindhafen"),
        Entity("e3", "Country", "Nordland"),
    )
    born, lies = SECOND[: SECOND.index(" <")], SECOND[SECOND.index("<script>") :]
    claims = (
        _claim(SECOND, born, "e1", "bornIn", EntityRef("e2")),
        _claim(SECOND, born, "e1", "bornOn", Time("1980-02-03", "3 February 1980")),
        _claim(SECOND, lies, "e2", "locatedIn", EntityRef("e3")),
    )
    return Extraction(document, entities, _mentions(SECOND, {it.id: it.name for it in entities}), claims)


def told() -> Store:
    """A store in memory with both reports."""
    return filled(Store.memory())


def filled(store: Store) -> Store:
    """``store`` with both reports in it."""
    for extraction in (first(), second()):
        store.put(to_nquads(extraction), *resolve(extraction), match)
    return store
