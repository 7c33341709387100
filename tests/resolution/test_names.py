"""Names that are one name, and names that are not."""

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.resolution import normalised, slug
from kg.resolution.names import kebab


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("Person", "Ada Lovell", "ADA LOVELL"),
        ("Person", "Gen. Ada Lovell", "Ada Lovell"),
        ("Person", "Prime Minister Ada Lovell", "Dr Ada Lovell Jr."),
        ("Person", "Adá Lövell", "Ada Lovell"),
        ("Person", "Sean O’Dowd", "Sean O'Dowd"),
        ("Person", "Jean-Luc Marsh", "Jean Luc Marsh"),
        ("Person", "Jørgen Łuk", "Jorgen Luk"),
        ("Company", "Acme, Inc.", "Acme"),
        ("Organization", "The Red Hand", "Red Hand"),
        ("Country", "U.S.", "the United States"),
        ("Country", "UK", "United Kingdom"),
        ("City", "Sana'a", "Sanaa"),
        ("Organization", "Marsh & Vale", "Marsh and Vale"),
    ],
)
def test_one_name(kind: str, one: str, other: str) -> None:
    assert normalised(one, kind) == normalised(other, kind)


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("Person", "Ada Lovell", "Ida Lovell"),
        ("Person", "General", "Admiral"),
        ("City", "Marsh Inc", "Marsh"),
        ("Organization", "Us", "United States"),
        ("Company", "Marsh Group", "Marsh"),
    ],
)
def test_two_names(kind: str, one: str, other: str) -> None:
    assert normalised(one, kind) != normalised(other, kind)


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=200))
def test_a_slug_is_always_good_for_an_iri(text: str) -> None:
    last = slug(text)
    assert last
    assert list(ox.parse(f"<urn:x:{last}> <urn:x:p> <urn:x:o> .", format=ox.RdfFormat.N_TRIPLES))
    assert slug(last) == last


def test_kinds_in_kebab_case() -> None:
    assert [kebab(kind) for kind in ("Person", "ArmedGroup", "GeographicFeature")] == [
        "person",
        "armed-group",
        "geographic-feature",
    ]
