"""What claims come to when some come and some go: as if all had been looked at anew."""

from collections.abc import Iterator, Set

from hypothesis import given
from hypothesis import strategies as st

from kg.store.evidence import Header, Said
from kg.store.facts import PARTS, Key, Standing, Support, fact_triples, standing, standing_after, standing_of

KEY = Key("<urn:a>", "<urn:p>", '"6"', ('"6"', '"8"', '"true"', '"dead"'))
DAYS = st.sampled_from([None, "2024-01", "2024-01-03", "2024-01-03T10:00:00Z", "2024-01-03T11:30:00+02:00", "2025"])
TIMES = st.sets(st.sampled_from(['"2020"', '"2020-01"', '"2020-01-05"', '"2021"']), max_size=2)
STANCES = st.sampled_from(['"asserted"', '"alleged"', '"denied"'])


class Others(list[Support]):
    """Claims that stay, counted as they are looked at."""

    def publishers_among(self, wanted: Set[str]) -> Set[str]:
        return wanted & {self[at].publisher for at in range(len(self))}


class Unread(Others):
    """Claims that nobody may look at."""

    def __iter__(self) -> Iterator[Support]:
        raise AssertionError("a claim was read")


@st.composite
def claims(draw: st.DrawFn) -> list[Support]:
    """Claims of a few documents, each published on one day by one publisher."""
    found = []
    for number in range(draw(st.integers(0, 6))):
        node, day, publisher = f"<urn:d{number}>", draw(DAYS), draw(st.sampled_from(["one", "two", f"<urn:d{number}>"]))
        for place in range(draw(st.integers(1, 2))):
            claim = Said(
                f"{node[:-1]}/c{place}>",
                *KEY,
                (draw(STANCES),),
                draw(st.sampled_from(['"0.9"', '"0.75"', '"0.90"'])),
                tuple(sorted(draw(TIMES))),
                draw(st.sampled_from([(), ('"six"',), ('"at least six"',)])),
                draw(st.sampled_from([(), ('"ada"',)])),
            )
            found.append(Support(claim, Header(node, day, None, None), publisher))
    return found


@given(claims(), st.data())
def test_standing_after_a_change_is_that_of_all_claims(before: list[Support], data: st.DataObject) -> None:
    written = {it.document.node for it in before if data.draw(st.booleans())}
    gone = {it for it in before if it.document.node in written}
    rest = Others(it for it in before if it not in gone)
    others = {it.document.node for it in rest}
    come = {it for it in data.draw(claims()) if it.document.node not in others}
    assert standing_after(standing(before), gone, come, rest) == standing([*rest, *come])


def test_no_more_claims_are_read_than_it_takes() -> None:
    same = Said("<urn:d1/c1>", *KEY, ('"asserted"',), '"0.9"', (), ())
    supports = [Support(same, Header(f"<urn:d{it}>", "2024", None, None), "one") for it in range(3)]
    found = standing_after(standing(supports[:2]), set(), {supports[2]}, Unread(supports[:2]))
    assert found is not None
    assert (found.documents, found.sources) == (3, 1)


def test_a_fact_is_read_as_it_was_written() -> None:
    stances, released, times, stated = (frozenset({it}) for it in ('"alleged"', '"ada"', '"2020"', '"six"'))
    told = Standing(stances, released, times, stated, 2, 1, '"0.9"', "2024-01", "2024-02")
    triples = fact_triples(KEY, told, ["<urn:premise>"])
    node: dict[str, list[str]] = {}
    for _, name, value in triples:
        node.setdefault(name, []).append(value)
    assert standing_of(node) == told
    assert set(node) == set(PARTS)
