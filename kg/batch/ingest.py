"""Paths of documents in, a store with them (or their extractions) out. One bad document never stops the others."""

import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Protocol

import msgspec

from kg.claims import Document, Extraction
from kg.documents import Refusal, read
from kg.errors import KgError
from kg.mapping import Violation, check_shapes, to_nquads
from kg.resolution import match, resolve
from kg.store import Outcome, Put, Store

# Documents handed to the reader, and written in one atomic step, at once: enough for a reader to sort its windows by
# length; a kill loses no more work than this. Readers of the store see whole documents in any case.
_AT_ONCE = 16
# Seconds between two promises that what was put is on disk even if the power fails.
_FLUSH_EVERY = 10.0


class Reader(Protocol):
    """What reads claims out of documents: :mod:`kg.extraction` in earnest, anything else in tests."""

    def extract(self, documents: Iterable[Document], /) -> Iterator[Extraction]:
        """The extraction of each document, in their order."""
        ...


class Progress(msgspec.Struct, frozen=True):
    """Told after each group of documents: how many were read so far, and the last one's id and title."""

    done: int
    identifier: str
    title: str | None


class Summary(msgspec.Struct, frozen=True):
    """What became of a batch. ``seconds`` is wall clock; ``words`` are those of the documents that were stored.

    ``unchanged`` counts documents that the store had already, or that came twice. ``claims`` counts all that were
    extracted, of which those in ``quarantined`` did not go in.
    """

    read: int
    new: int
    changed: int
    unchanged: int
    claims: int
    entities: int
    words: int
    seconds: float
    refused: tuple[Refusal, ...]
    quarantined: tuple[Violation, ...]

    @property
    def stored(self) -> int:
        """Documents that the batch wrote."""
        return self.new + self.changed


def ingest(
    paths: Iterable[str | Path],
    store: Store,
    reader: Reader,
    progress: Callable[[Progress], None] | None = None,
    *,
    again: bool = False,
) -> Summary:
    """Read, extract, map and store documents.

    Documents that the store has already are passed over, so that running the same command after a kill completes the
    work; ``again`` reads them anew (after a change of the model or the lexicon). What can't be read, or breaks on the
    way, is refused with its reason.
    """
    count = _Count()
    refuse = count.refused.append
    flushed = time.monotonic()
    for group in _in_groups(_fresh(read(paths, refuse), store, count, again), _AT_ONCE):
        _store(_surviving(group, reader, refuse), store, count)
        if progress:
            progress(Progress(count.read, group[-1].id, group[-1].title))
        if time.monotonic() - flushed > _FLUSH_EVERY:
            store.flush()
            flushed = time.monotonic()
    store.flush()
    return count.summary()


def extract(
    paths: Iterable[str | Path], reader: Reader, on_refused: Callable[[Refusal], None] | None = None
) -> Iterator[Extraction]:
    """Read documents and extract their claims, without a store. The same article twice is extracted once."""
    refuse = on_refused or (lambda _: None)
    for group in _in_groups(_once(read(paths, refuse), _Count()), _AT_ONCE):
        yield from _surviving(group, reader, refuse)


class _Count:
    """The numbers of a summary while they grow."""

    def __init__(self) -> None:
        self.read = self.new = self.changed = self.unchanged = self.claims = self.entities = self.words = 0
        self.refused: list[Refusal] = []
        self.quarantined: list[Violation] = []
        self._began = time.monotonic()

    def add(self, extraction: Extraction, outcome: Outcome) -> None:
        """Count a document that the store took."""
        self.new += outcome == "new"
        self.changed += outcome == "changed"
        self.unchanged += outcome == "unchanged"
        self.claims += len(extraction.claims)
        self.entities += len(extraction.entities)
        self.words += len(extraction.document.text.split())
        self.quarantined += check_shapes(extraction)

    def summary(self) -> Summary:
        """The numbers so far."""
        return Summary(
            read=self.read,
            new=self.new,
            changed=self.changed,
            unchanged=self.unchanged,
            claims=self.claims,
            entities=self.entities,
            words=self.words,
            seconds=time.monotonic() - self._began,
            refused=tuple(self.refused),
            quarantined=tuple(self.quarantined),
        )


def _once(documents: Iterable[Document], count: _Count) -> Iterator[Document]:
    seen: set[str] = set()
    for document in documents:
        count.read += 1
        if document.id not in seen:
            seen.add(document.id)
            yield document
        else:
            count.unchanged += 1


def _fresh(documents: Iterable[Document], store: Store, count: _Count, again: bool) -> Iterator[Document]:
    for document in _once(documents, count):
        if not again and store.has(document.id):
            count.unchanged += 1
        else:
            yield document


def _surviving(documents: list[Document], reader: Reader, refuse: Callable[[Refusal], None]) -> list[Extraction]:
    """The extractions of a group; when one breaks, each document by itself, and the broken one is refused."""
    try:
        return list(reader.extract(documents))
    except Exception:
        return [extraction for document in documents for extraction in _alone(document, reader, refuse)]


def _alone(document: Document, reader: Reader, refuse: Callable[[Refusal], None]) -> list[Extraction]:
    try:
        return list(reader.extract([document]))
    except Exception as error:
        refuse(Refusal(_place(document), _reason(error)))
        return []


def _store(extractions: list[Extraction], store: Store, count: _Count) -> None:
    puts: list[tuple[Extraction, Put]] = []
    for extraction in extractions:
        try:
            puts.append((extraction, Put(to_nquads(extraction, store.base), *resolve(extraction, store.base))))
        except Exception as error:
            count.refused.append(Refusal(_place(extraction.document), _reason(error)))
    for extraction, outcome in _put(puts, store, count):
        count.add(extraction, outcome)


def _put(puts: list[tuple[Extraction, Put]], store: Store, count: _Count) -> list[tuple[Extraction, Outcome]]:
    """Put all in at once; if the store refuses that, each by itself."""
    try:
        outcomes = store.put_many((put for _, put in puts), match)
        return [(extraction, outcome) for (extraction, _), outcome in zip(puts, outcomes, strict=True)]
    except KgError:
        return [done for extraction, put in puts for done in _put_alone(extraction, put, store, count)]


def _put_alone(extraction: Extraction, put: Put, store: Store, count: _Count) -> list[tuple[Extraction, Outcome]]:
    try:
        return [(extraction, store.put(*put, match=match))]
    except KgError as error:
        count.refused.append(Refusal(_place(extraction.document), _reason(error)))
        return []


def _place(document: Document) -> str:
    return document.url or document.title or document.id


def _reason(error: Exception) -> str:
    """One line, even of an error that nobody foresaw: that one is ours to mend, and says so."""
    text = " ".join(str(error).split())
    return text if isinstance(error, KgError) else f"internal error, please report it: {type(error).__name__}: {text}"


def _in_groups(items: Iterable[Document], size: int) -> Iterator[list[Document]]:
    group: list[Document] = []
    for item in items:
        group.append(item)
        if len(group) == size:
            yield group
            group = []
    if group:
        yield group
