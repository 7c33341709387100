"""A request in; its questions to one snapshot of the store, asked of the server's workers, and the solutions out."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from starlette.requests import Request

from kg.store.guard import guarded
from kg.store.terms import Literal, term_of
from kg.web.messages import Answered
from kg.web.service import Service
from kg.web.snapshots import Snapshot

Row = Mapping[str, str]
"""One solution: values as text, by variable. What is not bound is left out."""

Details = dict[str, dict[str, list[str]]]
"""What is told of some nodes: node, local name of the property, values."""

_LOCAL = re.compile("[/#]")


class Asker:
    """Asks the same state of the store throughout a page."""

    def __init__(self, service: Service, snapshot: Snapshot) -> None:
        self._service = service
        self.snapshot = snapshot
        self.base = service.settings.base or ""

    @classmethod
    async def of(cls, request: Request) -> "Asker":
        """For one request: of the newest snapshot."""
        service: Service = request.app.state.service
        return cls(service, await service.snapshot())

    @property
    def age(self) -> float:
        """For how many seconds there may have been something newer."""
        return self._service.age

    async def rows(self, query: str, **values: object) -> list[Row]:
        """The solutions of a SELECT. Each value stands in for the variable of its name.

        Raises :class:`kg.web.problems.Problem` if there is no answer in time, :class:`kg.errors.UsageError` for a
        mistake in the query.
        """
        bindings = (await self._solutions(query, values))["results"]["bindings"]
        return [{name: it["value"] for name, it in row.items()} for row in bindings]

    async def table(self, query: str) -> "Table":
        """The answer to somebody's own query: a table, a yes or no as one cell, or a graph as Turtle."""
        answer = await self._solutions(query, {})
        if not isinstance(answer, dict) or "head" not in answer:
            return Table((), [], (await self._read(guarded(query), "ttl")).decode())
        if "boolean" in answer:
            return Table(("answer",), [{"answer": {"type": "literal", "value": "yes" if answer["boolean"] else "no"}}])
        return Table(tuple(answer["head"]["vars"]), answer["results"]["bindings"])

    async def details(self, query: str, nodes: Iterable[str]) -> Details:
        """What a query tells of nodes: it binds ``?node``, ``?name`` and ``?value``; ``…`` is where nodes are put."""
        wanted = sorted(set(nodes))
        found: Details = {}
        for start in range(0, len(wanted), _BATCH):
            _gather(await self.rows(query.replace("…", _values(wanted[start : start + _BATCH]))), found)
        return found

    async def all_details(self, query: str, **values: object) -> Details:
        """What a query tells of all nodes that it finds; ``values`` as in :meth:`rows`."""
        found: Details = {}
        _gather(await self.rows(query, **values), found)
        return found

    async def _solutions(self, query: str, values: Mapping[str, object]) -> Any:
        # Text in angle brackets that somebody typed is text.
        terms = {name: Literal(value) if type(value) is str else value for name, value in values.items()}
        text = guarded(query, {name: str(term_of(value)) for name, value in terms.items()})
        return msgspec.json.decode(await self._read(text, "json"))

    async def _read(self, query: str, form: str) -> bytes:
        answer = await self._service.read(lambda path: Answered(path, query, format=form), self.snapshot)
        if answer.file is None:
            return answer.body
        with answer.file as file:
            return bytes(file.read())


class Table(msgspec.Struct, frozen=True):
    """The answer to a query: columns, and rows of SPARQL JSON terms by column; or a graph as Turtle."""

    columns: tuple[str, ...]
    rows: Sequence[Mapping[str, Mapping[str, str]]]
    turtle: str = ""

    @property
    def forms(self) -> tuple[str, ...]:
        """The formats that it can be downloaded in."""
        return ("ttl", "nt", "rdf", "jsonld") if self.turtle else ("csv", "tsv", "json", "xml")


# So many nodes are asked of at once.
_BATCH = 500


def _gather(rows: Iterable[Row], found: Details) -> None:
    for row in rows:
        name = _LOCAL.split(row["name"])[-1]
        found.setdefault(row["node"], {}).setdefault(name, []).append(row["value"])


def _values(nodes: Iterable[str]) -> str:
    return f"VALUES ?node {{ {' '.join(f'<{node}>' for node in nodes)} }}"
