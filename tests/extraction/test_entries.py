"""What opens as an entry of an encyclopedia, and what is news; read with the packaged model."""

import pytest

from kg.extraction import NewsReader, entries

ENTRIES = (
    "Ada Lind was a Norwegian chemist. She worked in Bergen.",
    "Halvex is a maker of pumps in Aarhus.",
    "Ada Lind\n\nAda Lind (born 3 May 1960 in Oslo) works for Halvex as its chief chemist.",
    "Tom Reed ( 4 June 1871 – 2 May 1930 ), a painter, lived in Galway for most of his life.",
    "The Battle of Varn was the last battle of the Coast War.",
)
NEWS = (
    "Ada Lind told reporters on Friday that Halvex is a maker of pumps.",
    "The man who robbed a bank in Oslo is a former police officer, prosecutors said.",
    "Halvex is under pressure from its owners.",
    "Police in Galway arrested Tom Reed (26) on Friday.",
    "A strike (the third since 2019 - 2020) closed the ports of Norway on Monday.",
    "",
)


@pytest.mark.parametrize("text", ENTRIES)
def test_an_entry_defines_its_subject(text: str, reader: NewsReader) -> None:
    assert entries.is_entry(reader.nlp(text))


@pytest.mark.parametrize("text", NEWS)
def test_news_does_not(text: str, reader: NewsReader) -> None:
    assert not entries.is_entry(reader.nlp(text))
