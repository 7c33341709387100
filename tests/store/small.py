"""Small extractions, built by hand and by hypothesis, for the tests of the store and what leads to it."""

from hypothesis import strategies as st

from kg.claims import (
    Claim,
    Document,
    Entity,
    EntityRef,
    Extraction,
    Judgement,
    Mention,
    Quantity,
    Source,
    Span,
    Stance,
    Time,
    Value,
)
from kg.mapping import to_nquads
from kg.resolution import judge
from kg.store import Put, Store

TEXT = "Ada Lovell was killed by a bombing in Arda. The bombing was carried out by the Red Hand."

# Every kind and rule that matters: a chain (killedBy, carriedOutBy), a symmetric property (spouse), a sub-property
# (capitalOf), quantities, a literal. Two names differ in their spelling only.
ENTITIES = (
    Entity("e1", "Person", "Ada Lovell", ("Lovell",)),
    Entity("e2", "Person", "Dr. Ada Lovell"),
    Entity("e3", "Person", "Bram Okoro"),
    Entity("e4", "Bombing", "the bombing", named=False),
    Entity("e5", "Bombing", "Arda bombing"),
    Entity("e6", "ArmedGroup", "Red Hand"),
    Entity("e7", "City", "Arda"),
    Entity("e8", "Country", "Norland"),
)
LINKS = (
    ("e1", "killedBy", "e4"),
    ("e2", "killedBy", "e5"),
    ("e3", "killedBy", "e5"),
    ("e1", "killedBy", "e6"),
    ("e3", "killedBy", "e6"),
    ("e4", "carriedOutBy", "e6"),
    ("e5", "carriedOutBy", "e6"),
    ("e1", "spouse", "e3"),
    ("e3", "spouse", "e2"),
    ("e1", "spouse", "e2"),
    ("e7", "capitalOf", "e8"),
    ("e7", "locatedIn", "e8"),
    ("e5", "happenedIn", "e7"),
)
QUANTITIES = (
    Quantity(101, None, "more than 100"),
    Quantity(101, 101, "101"),
    Quantity(None, 101, "up to 101"),
    Quantity(24, None, "dozens", approximate=True),
)
STANCES: tuple[Stance, ...] = ("asserted", "asserted", "alleged", "denied", "possible", "planned")
DATES = (None, "2024", "2024-01-03", "2024-01-03T10:00:00+02:00", "2024-01-03T09:00:00Z", "2024-01-05")
SOURCES = (None, Source("northern-wire", "Northern Wire"), Source("daily-lamp", "The Daily Lamp", "newspaper"))


def _link(subject: str, predicate: str, value: Value, stance: Stance, time: str | None, confidence: float) -> Claim:
    return Claim(subject, predicate, value, Span(0, 43), time, stance=stance, confidence=confidence)


def claims() -> st.SearchStrategy[Claim]:
    """Claims among the entities above."""
    links = st.sampled_from([(subject, name, EntityRef(value)) for subject, name, value in LINKS])
    tolls = st.tuples(st.sampled_from(["e4", "e5"]), st.just("deaths"), st.sampled_from(QUANTITIES))
    times = st.just(("e1", "diedOn", Time("2024-01-03", "Wednesday")))
    return st.builds(
        lambda what, *how: _link(what[0], what[1], what[2], *how),
        st.one_of(links, links, tolls, times),
        st.sampled_from(STANCES),
        st.sampled_from([None, "2020", "2020-01"]),
        st.sampled_from([0.5, 0.75, 1.0]),
    )


def extraction(
    number: int, url: str | None, published: str | None, source: Source | None, said: list[Claim]
) -> Extraction:
    """A document with all entities that its claims speak of."""
    spoken = {claim.subject for claim in said} | {it.object.id for it in said if isinstance(it.object, EntityRef)}
    entities = tuple(entity for entity in ENTITIES if entity.id in spoken or entity.id == "e7")
    document = Document(f"{number:04x}", TEXT, url, source, f"Title {number}", published)
    return Extraction(document, entities, (Mention(Span(38, 42), "e7", "name"),), tuple(said))


@st.composite
def batches(draw: st.DrawFn, most: int = 5) -> list[Extraction]:
    """Some documents, of which some are versions of one article."""
    urls = st.sampled_from([None, None, "https://a.example/1", "https://b.example/2", "desk/3.txt"])
    return [
        extraction(
            number,
            draw(urls),
            draw(st.sampled_from(DATES)),
            draw(st.sampled_from(SOURCES)),
            draw(st.lists(claims(), max_size=6)),
        )
        for number in range(draw(st.integers(1, most)))
    ]


def put(extraction: Extraction) -> Put:
    """What a batch hands to the store."""
    return Put(to_nquads(extraction), tuple(judge(extraction)))


def store_of(extractions: list[Extraction], reviews: list[Judgement] | None = None) -> Store:
    """A store in memory, filled one by one."""
    store = Store.memory()
    for each in extractions:
        store.put(*put(each))
    if reviews:
        store.judge(reviews)
    return store


def dumped(store: Store) -> list[str]:
    """Everything that must be the same, the tallies too; without log and ontology, which are long."""
    lines = store.dump(log=True).split("\n")
    return [line for line in lines if not line.endswith(("newskg:log> .", "newskg:ontology> ."))]
