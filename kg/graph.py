"""A folder in; the knowledge graph in it, with all that can be done to it, out: the Python side of the commands."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from kg.config import is_server
from kg.errors import UsageError
from kg.store import Changed, Checked, Decision, Question, Rebuilt, Result, Store, Thing, review

if TYPE_CHECKING:
    import networkx
    from rdflib import Dataset

    from kg.batch import Progress, Reader, Summary
    from kg.claims import Verdict


class Graph:
    """One knowledge graph. Open it with :func:`kg.open`; use it in a ``with`` block, or close it when done."""

    def __init__(self, store: Store) -> None:
        """A graph over an open store."""
        self.store = store

    @classmethod
    def open(cls, path: Path | str, *, read_only: bool = False, create: bool = True) -> Self:
        """See :func:`kg.open`."""
        if is_server(path):
            from kg.store.endpoint import endpoint
            from kg.store.remote import RemoteStore  # here, as nobody else needs HTTP

            return cls(RemoteStore.connect(endpoint(path), read_only=read_only, create=create))
        return cls(Store.open(path, read_only=read_only, create=create))

    def ingest(
        self,
        paths: Iterable[str | Path] | str | Path,
        reader: Reader | None = None,
        progress: Callable[[Progress], None] | None = None,
        *,
        again: bool = False,
    ) -> Summary:
        """Read articles (files or folders) into the graph; see :func:`kg.batch.ingest`.

        The packaged language model reads them unless another ``reader`` is given.
        """
        from kg.batch import ingest

        paths = [paths] if isinstance(paths, str | Path) else paths
        return ingest(paths, self.store, reader or _packaged_reader(), progress, again=again)

    def query(self, sparql: str, **parameters: object) -> Result:
        """Answer a SPARQL query. Each parameter is the value of the variable of its name; see :meth:`Store.query`.

        >>> graph.query("SELECT ?by { ?v rdfs:label ?name ; kg:killedBy ?by }", name="Ada Lovell")  # doctest: +SKIP
        """
        return self.store.query(sparql, parameters)

    def show(self, name: str) -> list[Thing]:
        """What is known of the things with this name, with the sentences that say so; see :class:`kg.store.Thing`."""
        return self.store.show(name)

    def export(
        self,
        path: str | Path,
        about: str | None = None,
        hops: int = 1,
        query: str | None = None,
        *,
        include_alleged: bool = True,
        include_inferred: bool = True,
        limit: int | None = None,
        analyse: bool = False,
    ) -> Any:
        """Write the graph, or what is around a thing, or what a query finds; the ending names the format.

        See :func:`kg.views.export` for all that can be chosen.
        """
        from kg.views import export

        return export(
            self.store,
            path,
            about,
            hops,
            query,
            include_alleged=include_alleged,
            include_inferred=include_inferred,
            limit=limit,
            analyse=analyse,
        )

    def changes(self, name: str | None = None) -> list[Changed]:
        """What the versions of an article (by address, or the id of one version), or of all, added, dropped, revised.

        See :class:`kg.store.Changed`.
        """
        return self.store.changes(name)

    def as_of(self, day: str) -> Graph:
        """The graph as it was known at the end of a day (``2024-01-03``; a year, month or moment will do, too).

        It is another graph, in memory: documents published later are not in it, nor those without a date. What persons
        decided on who is who holds in it, whenever they did.
        """
        return Graph(self.store.as_of(day))

    def withdraw(self, name: str) -> list[str]:
        """Take out a document by id, or all versions at an address, with all that only they said. Returns the ids."""
        return self.store.withdraw(name)

    def review(self, about: str | None = None, *, again: bool = False) -> Iterator[Question]:
        """Pairs that may be one thing, the most useful first; see :func:`kg.store.review.questions`.

        Answer with :meth:`decide`, or with :meth:`join` and :meth:`split` of ``left.record`` and ``right.record``.
        """
        return review.questions(self.store, about, again=again)

    def decide(self, question: Question, verdict: Verdict, by: str | None = None) -> Decision:
        """Answer a question of :meth:`review`: ``same``, ``different`` or ``unsure``; ``by`` as in :meth:`join`."""
        return review.decide(self.store, question, verdict, person(by))

    def join(self, one: str, other: str, by: str | None = None, because: str | None = None) -> Decision:
        """Say that two things (names or IRIs) are one. ``by`` is the person's name; by default the user's of this
        computer. See :func:`kg.store.review.join`."""
        return review.join(self.store, one, other, person(by), because)

    def split(self, one: str, other: str, by: str | None = None, because: str | None = None) -> Decision:
        """Say that two things, records or entities of documents are not one; see :func:`kg.store.review.split`."""
        return review.split(self.store, one, other, person(by), because)

    def release(self, claims: Iterable[str] | str, by: str | None = None, because: str | None = None) -> Decision:
        """Let claims that were refused (their ids, as :meth:`check` lists them) count as any others; see
        :func:`kg.store.review.release`."""
        return review.release(self.store, [claims] if isinstance(claims, str) else claims, person(by), because)

    def undo(self, by: str | None = None) -> Decision:
        """Take back what a person decided last; see :func:`kg.store.review.undo`."""
        return review.undo(self.store, person(by))

    def rebuild(self) -> Rebuilt:
        """Compute the merged view again from the evidence; in a sound store nothing changes."""
        return self.store.rebuild()

    def check(self) -> Checked:
        """Check quotes, shapes and the merged view; the result is true if all is well."""
        return self.store.check()

    def rdflib(self) -> Dataset:
        """The same quads as an rdflib ``Dataset``, through oxrdflib, without a copy."""
        from kg.store.bridge import rdflib_dataset

        return rdflib_dataset(self.store)

    def networkx(self, about: str | None = None, hops: int = 1, query: str | None = None) -> networkx.MultiDiGraph[str]:
        """The merged graph, a thing and what is around it, or what a query finds; see :func:`kg.views.network`."""
        from kg.views import network

        return network(self.store, about, hops, query)

    def close(self) -> None:
        """Make sure that all is on disk, and let others write."""
        self.store.close()

    def __len__(self) -> int:
        """The number of documents."""
        return len(self.store)

    def __bool__(self) -> bool:
        """A graph is true even when it is empty."""
        return True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def person(name: str | None = None) -> str:
    """Who decides, as a judge: ``person:NAME``, by default the user of this computer."""
    try:
        words = " ".join((name if name is not None else getpass.getuser()).split())
    except (OSError, KeyError) as error:
        raise UsageError("This computer does not tell who you are: give a name (--by NAME).") from error
    return f"person:{words.removeprefix('person:')}"


def _packaged_reader() -> Reader:
    from kg.extraction import load

    return load()
