"""The graph of a document: what the store gives back is the text that was written, whatever the names."""

import pyoxigraph as ox
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.claims import Claim, Document, Entity, EntityRef, Extraction, Mention, Quantity, Source, Span, Text, Time
from kg.mapping import check_shapes, to_nquads, to_quads
from tests.store.strategies import batches

HOSTILE = (
    'a "quoted" \\ back\\u0041slash\nline\r\ttab\x00\x07\x7f\x85\u2028\ufffe\ufdd0 } . <urn:x> "" \ud800 ’ 😀 سليماني'
)


def written_and_dumped(text: str) -> str:
    """What a store makes of N-Quads, as sorted lines."""
    store = ox.Store()
    store.load(text.encode(), format=ox.RdfFormat.N_QUADS)
    dumped = store.dump(format=ox.RdfFormat.N_QUADS)
    assert dumped is not None
    return "".join(f"{line}\n" for line in sorted(dumped.decode().split("\n")[:-1]))


def _document(words: str, published: str | None, url: str | None, number: float) -> Extraction:
    text = f"{words} and Ada"
    return Extraction(
        Document(words or "1", text, url, Source(words, words, words, url), words, published, language=words),
        (Entity("e1", "Person", f"{words}x", (words, "y")), Entity(f"e{words}", "City", "Arda", named=False)),
        (Mention(Span(0, len(text)), "e1", "name"),),
        (
            Claim(
                "e1", "bornIn", EntityRef(f"e{words}"), Span(0, len(text)), words, "e1", "e1", "alleged", 0.125, words
            ),
            Claim("e1", "causeOfDeath", Text(f"{words}."), Span(len(text) - 3, len(text))),
            Claim("e1", "diedOn", Time(published or "2024", words), Span(0, 1)),
            Claim("e1", "age", Quantity(number, None, words, approximate=True, unit=words), Span(0, 1)),
        ),
    )


anything = st.text(alphabet=st.characters(exclude_categories=()), max_size=12)
moments = st.one_of(
    st.none(),
    st.datetimes(timezones=st.one_of(st.none(), st.timezones())).map(lambda it: it.isoformat()),
    st.dates().map(str),
    st.sampled_from(["2024", "2024-13", "0000", "2024-02-30", "2024-01-03T24:00:00", "2024-01-03T10:20Z", "٢٠٢٤"]),
    st.sampled_from(
        ["2024-01-03T10:00:00.500-00:00", "2024-01-03T10:00:00+99:00", "2024-W01", "2011/", "20240103T1000"]
    ),
    st.from_regex(
        r"[0-9]{4}(-[0-9]{2}(-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,3})?)?(Z|[+-][0-9]{2}:[0-9]{2})?)?)?)?\Z"
    ),
)
urls = st.one_of(
    st.none(),
    anything,
    anything.map(lambda it: f"https://a.example/{it}"),
    st.sampled_from(
        [
            "http://[::1/",
            "https://é.example/",
            "http://a b/",
            "https://a.example:99999/",
            "http://u@a.example/",
            "http://a.example/[x]?q={y}|%zz%41#é",
        ]
    ),
)


@settings(max_examples=100, deadline=None)
@given(anything, moments, urls, st.floats(allow_nan=False, allow_infinity=False))
@example(HOSTILE, None, HOSTILE, -0.0)
@example("x", "2024-01-03T10:00:00+00:00", "http://a.example", 1e300)
@example("x", "2024", None, 5e-324)
@example("x", None, "https://a.example/##", 0.0)
def test_the_store_gives_back_what_was_written(
    words: str, published: str | None, url: str | None, number: float
) -> None:
    text = to_nquads(_document(words, published, url, number))
    assert written_and_dumped(text) == text
    assert "_:" not in {line[:2] for line in text.split("\n")}


@settings(max_examples=20, deadline=None)
@given(batches(1))
def test_mapping_is_pure_and_sorted(documents: list[Extraction]) -> None:
    (document,) = documents
    quads = to_quads(document)
    assert quads == sorted(set(quads)) == to_quads(document)
    assert len({quad.graph for quad in quads}) == 1


def test_the_quote_is_that_of_the_offsets_even_beside_a_lone_surrogate() -> None:
    text = "\ud83d Ada died in Arda. 😀"
    claim = Claim("e1", "diedIn", EntityRef("e2"), Span(2, 20))
    made = Extraction(Document("1", text), (Entity("e1", "Person", "Ada"), Entity("e2", "City", "Arda")), (), (claim,))
    quads = {quad.predicate: quad.object for quad in to_quads(made)}
    assert quads["<https://schema.org/articleBody>"] == '"\ufffd Ada died in Arda. 😀"'
    assert quads["<http://www.w3.org/ns/oa#exact>"] == '"Ada died in Arda. "'


def test_a_claim_takes_twelve_triples_at_most_on_average() -> None:
    claims = (
        Claim("e1", "diedIn", EntityRef("e2"), Span(0, 5), "2020", "e1", None, "alleged", 0.93, "frames/1"),
        Claim("e1", "diedIn", EntityRef("e2"), Span(0, 5), None, None, None, "asserted", 0.93, "frames/1"),
        Claim(
            "e1", "age", Quantity(40, None, "40 or more"), Span(0, 5), None, None, None, "asserted", 0.93, "frames/1"
        ),
    )
    made = Extraction(Document("1", "Ada died"), (Entity("e1", "Person", "A"), Entity("e2", "City", "B")), (), claims)
    of_claims = [quad for quad in to_quads(made) if "/c" in quad.subject]
    assert not check_shapes(made)
    assert len(of_claims) <= 12 * len(claims)
