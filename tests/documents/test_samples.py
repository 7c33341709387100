"""The sample articles that ship with the project, and, where they are at hand, the news articles for development."""

import csv
from pathlib import Path

import pytest

from kg.config import data_folder
from tests.documents.articles import marked, read_all

NEWS = Path(__file__).parents[3] / "shared" / "data" / "news"


def test_every_sample_is_read_with_a_date() -> None:
    documents, refused = read_all(data_folder("samples"))
    assert refused == []
    assert len(documents) == 21
    assert all(document.published for document in documents)
    assert len({document.id for document in documents}) == 21


def test_samples_are_news_pieces_of_the_promised_length() -> None:
    for document in read_all(data_folder("samples"))[0]:
        assert 150 <= len(document.text.split()) <= 500, document.title


def test_the_developing_story_has_three_versions_under_one_address() -> None:
    documents, _ = read_all(data_folder("samples") / "beirut-developing.jsonl")
    assert len({document.url for document in documents}) == 1
    assert [document.published for document in documents] == sorted(document.published or "" for document in documents)


def test_captions_of_samples_are_marked() -> None:
    documents, _ = read_all(data_folder("samples"))
    with_credit = [document for document in documents if any(kind == "credit" for kind, _ in marked(document))]
    assert len(with_credit) == 15


@pytest.mark.shared_data
@pytest.mark.skipif(not NEWS.is_dir(), reason="the development data is not beside the project")
def test_titles_and_dates_of_the_development_news() -> None:
    with (NEWS / "INDEX.tsv").open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))
    documents, refused = read_all(*(NEWS / row["file"] for row in rows))
    assert refused == []
    assert [document.published for document in documents] == [row["date"] or None for row in rows]
    assert [document.title for document in documents] == [row["title"].strip() for row in rows]
