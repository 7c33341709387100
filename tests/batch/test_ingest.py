"""A batch: everything good goes in, everything bad is told, and doing it again changes nothing."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from kg.batch import Progress, extract, flat, ingest
from kg.claims import Claim, Document, Entity, EntityRef, Extraction, Mention, Quantity, Span, Time
from kg.documents import Refusal
from kg.errors import Refused
from kg.store import Store

NAMES = ("Ada Lovell", "Bram Okoro")


class Spotter:
    """Reads claims out of documents by looking for two names: the first was killed by the second."""

    def extract(self, documents: Iterable[Document], /) -> Iterator[Extraction]:
        """One extraction for each document."""
        return map(self._one, documents)

    def _one(self, document: Document) -> Extraction:
        if "unreadable" in document.text:
            raise Refused("The text makes no sense. Read something else.")
        if "broken" in document.text:
            raise IndexError("list index\nout of range")
        entities = tuple(Entity(f"e{number}", "Person", name) for number, name in enumerate(NAMES, 1))
        spans = [Span(document.text.find(name), document.text.find(name) + len(name)) for name in NAMES]
        mentions = tuple(Mention(span, entity.id, "name") for span, entity in zip(spans, entities, strict=True))
        evidence = Span(spans[0].start, spans[1].end)
        good, bad = (Claim("e1", name, EntityRef("e2"), evidence) for name in ("killedBy", "eats"))
        return Extraction(document, entities, mentions, (good, bad))


def _article(folder: Path, name: str, extra: str = "") -> Path:
    path = folder / f"{name}.txt"
    sentence = (
        "The police said on Wednesday that Ada Lovell was shot dead by Bram Okoro near the old mill in the valley. "
    )
    path.write_text(
        f"{sentence * 3}It was the {name} time that this had been told to them by the people of the town. {extra}"
    )
    return path


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    for name in ("first", "second", "third"):
        _article(folder, name)
    return folder


def test_good_ones_go_in_and_bad_ones_are_told(articles: Path) -> None:
    _article(articles, "fourth", "This was unreadable.")
    _article(articles, "fifth", "This was broken.")
    (articles / "sixth.txt").write_bytes(b"")
    seen: list[Progress] = []
    with Store.memory() as store:
        summary = ingest([articles, articles / "no such file.txt"], store, Spotter(), seen.append)
        assert (summary.read, summary.new, summary.changed, summary.unchanged, summary.stored) == (5, 3, 0, 0, 3)
        assert len(summary.refused) == 4
        reasons = " ".join(refusal.reason for refusal in summary.refused)
        assert "The text makes no sense." in reasons
        assert "internal error, please report it: IndexError: list index out of range" in reasons
        assert all("\n" not in refusal.reason for refusal in summary.refused)
        assert (summary.claims, len(summary.quarantined), summary.entities) == (6, 3, 6)
        assert summary.words > 100
        assert [it.done for it in seen] == [5]
        assert len(store.query("SELECT ?d { ?f rdf:predicate kg:killedBy ; kg:documents 3 }")) == 1
        assert store.check()


def test_again_changes_nothing_and_more_completes_it(articles: Path) -> None:
    with Store.memory() as store:
        ingest([articles / "first.txt"], store, Spotter())
        summary = ingest([articles], store, Spotter())
        assert (summary.new, summary.unchanged) == (2, 1)
        before = store.dump()
        summary = ingest([articles, articles], store, Spotter())
        assert (summary.read, summary.new, summary.unchanged) == (6, 0, 6)
        summary = ingest([articles], store, Spotter(), again=True)
        assert (summary.changed, summary.unchanged) == (0, 3)
        assert store.dump() == before


def test_extract_needs_no_store(articles: Path) -> None:
    _article(articles, "fourth", "This was broken.")
    refused: list[Refusal] = []
    extractions = list(extract([articles, articles], Spotter(), refused.append))
    assert len(extractions) == 3
    assert len(refused) == 1


def test_flat_rows_have_names_spelled_out() -> None:
    document = Document("0001", "Ada", "https://a.example/1")
    entities = tuple(Entity(f"e{number}", "Person", name) for number, name in enumerate(NAMES, 1))
    values = (
        EntityRef("e2"),
        Time("2024-01", "this month"),
        Quantity(101, None, "more than 100"),
        Quantity(None, 3, "up to 3"),
        Quantity(3, 3, "three", unit="ft"),
        Quantity(24, 36.5, "dozens", approximate=True),
    )
    claims = tuple(Claim("e1", "knows", value, Span(0, 3), "2024", "e2", None, "alleged", 0.5) for value in values)
    rows = list(flat(Extraction(document, entities, (), claims)))
    assert rows[0] == (
        "https://a.example/1",
        *NAMES[:1],
        "knows",
        "Bram Okoro",
        "alleged",
        "Bram Okoro",
        "2024",
        0.5,
        0,
        3,
    )
    assert [row.object for row in rows[1:]] == ["2024-01", "≥ 101", "≤ 3", "3 ft", "~ 24 to 36.5"]
