"""Bytes to text: the same words come out of every encoding that newsrooms have used, and broken ones are told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.documents.decoding import decode
from kg.errors import Refused

WORDS = "“The mayor’s café” — he said — was closed… It cost £5, not €6, and that was that, officials in the town said."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be", "cp1252"])
def test_every_usual_encoding_is_found(encoding: str) -> None:
    assert decode((WORDS * 3).encode(encoding)) == WORDS * 3


def test_cyrillic_is_found_by_its_statistics() -> None:
    words = "Президент заявил в понедельник, что страна готова к переговорам. Он сказал это в Москве журналистам. " * 3
    assert decode(words.encode("koi8-r")) == words


def test_a_page_is_believed_about_its_charset() -> None:
    page = '<html><head><meta charset="iso-8859-2"></head><body>Wałęsa spoke in Gdańsk</body></html>'
    assert decode(page.encode("iso8859-2"), markup=True) == page


@pytest.mark.parametrize("charset", ["no-such-charset", "utf-8", "rot13", "base64", "idna"])
def test_a_page_that_is_wrong_about_its_charset_is_read_all_the_same(charset: str) -> None:
    page = f'<html><head><meta charset="{charset}"></head><body>The mayor’s café was closed</body></html>'
    assert decode(page.encode("cp1252"), markup=True) == page


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbfgood \xff", "broken encoding: says utf-8-sig"),
        (WORDS.encode()[:-1] + b"\xe2\x80", "broken encoding: UTF-8 until byte"),
        (b"\x00\x01\x02\x03" * 50, "binary"),
        (WORDS.encode() + b"\x00", "binary"),
    ],
)
def test_broken_content_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        decode(content)


@given(st.binary(max_size=400), st.booleans())
def test_any_bytes_give_text_or_a_reason(content: bytes, markup: bool) -> None:
    try:
        text = decode(content, markup=markup)
    except Refused as refused:
        assert "\n" not in str(refused)
    else:
        assert "\0" not in text
        assert "\r" not in text
        text.encode()


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip))
def test_utf8_comes_out_as_it_went_in(text: str) -> None:
    if not text.startswith(("%PDF", "BZh", "GIF8", "{\\rtf", "\ufeff")):
        assert decode(text.encode()) == text
