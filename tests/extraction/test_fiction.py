"""What is dreamt or made up, through the whole reader: the words that state nothing."""

import pytest

from kg.extraction import NewsReader
from kg.extraction.fiction import told
from kg.extraction.pipeline import docs


def made_up(reader: NewsReader, text: str) -> list[str]:
    """The sentences in which some word tells what was made up."""
    doc = next(docs(reader.nlp, [(text, "2024-05-10", ())]))
    return [sentence.text for sentence in doc.sents if any(token.i in told(doc) for token in sentence)]


@pytest.mark.parametrize(
    "text",
    [
        "In my dream, the king had married a baker.",
        "In the film, a nurse founds a republic.",
        "In the new drama Harbour, Lord Penn owns a castle in Kent.",
    ],
)
def test_dreams_and_stories(reader: NewsReader, text: str) -> None:
    assert made_up(reader, text) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "In 2019 the film director Lena Moor married the actor Jo Brent.",
        "In a series of raids on Monday, police arrested Jo Brent.",
        "In the drama of the last minute, Ana Duarte won the election.",
        "Ana Duarte, the hero of the siege, leads the Citizens' Alliance.",
    ],
)
def test_what_happened(reader: NewsReader, text: str) -> None:
    assert made_up(reader, text) == []


def test_a_story_goes_on_with_a_pronoun(reader: NewsReader) -> None:
    text = "In the film, a nurse founds a republic. Her brother leads a gang. The film cost 3 million euros."
    assert made_up(reader, text) == ["In the film, a nurse founds a republic.", "Her brother leads a gang."]


def test_what_is_said_of_the_film_stays(reader: NewsReader) -> None:
    text = "In the film, which was directed by Lena Moor, a nurse founds a republic."
    doc = next(docs(reader.nlp, [(text, "2024-05-10", ())]))
    words = {doc[i].text for i in told(doc)}
    assert "republic" in words
    assert not words & {"film", "directed", "Moor"}
