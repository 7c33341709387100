"""Ids and slugs: the same in, the same out, and nothing else."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.documents import document_id
from kg.documents.identity import slug


@given(st.none() | st.text(), st.text())
def test_an_id_is_sixteen_hex_digits(url: str | None, text: str) -> None:
    assert re.fullmatch("[0-9a-f]{16}", document_id(url, text))
    assert document_id(url, text) == document_id(url, text)


def test_the_id_is_that_of_url_and_text() -> None:
    assert document_id(None, "Two died.") == "285dc9b96c683e9d"
    assert len({document_id(url, text) for url in ("https://a", "https://b") for text in ("a", "b")}) == 4


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("The Harbour Post", "the-harbour-post"),
        ("Agência  Lusa", "agencia-lusa"),
        ("新华社", "新华社"),
        ("A.B_C", "a-b-c"),
    ],
)
def test_slugs(name: str, expected: str) -> None:
    assert slug(name) == expected


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_slug_is_never_empty_and_safe_in_an_iri(name: str) -> None:
    assert re.fullmatch(r"[\w-]+", slug(name))
