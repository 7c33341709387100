"""A write and who asked for it in; the part of an update that notes it in the store's log out.

Noted are the moment, what was done to which graphs, the name of the token, and how many bytes were sent; neither the
token nor what was sent, for everybody reads the log. It is written in the same transaction as what it tells of.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Literal
from uuid import uuid4

from kg.store.names import ACTIVITY, AT_TIME, TYPE, XSD, kg
from kg.store.terms import integer, literal
from kg.web.messages import Author

Action = Literal["updated", "replaced", "added to", "dropped"]

# An update may name a thousand graphs; the log has room for these, and tells how many there were.
_MOST_GRAPHS = 20


def entry(base: str, action: Action, graphs: Sequence[str], author: Author, now: datetime | None = None) -> str:
    """An ``INSERT DATA`` for the log of a knowledge graph (``urn:newskg:log``).

    ``graphs`` are the IRIs of those written, ``now`` is this moment unless given.
    """
    now = now or datetime.now(UTC)
    node = f"<{base}log/{now:%Y%m%dT%H%M%S}-{uuid4().hex[:12]}>"
    written = sorted(set(graphs))
    said = [
        (TYPE, ACTIVITY),
        (AT_TIME, f'"{now:%Y-%m-%dT%H:%M:%S}Z"^^<{XSD}dateTime>'),
        (kg("action"), literal(action)),
        (kg("by"), literal(author.name)),
        (kg("bytes"), integer(author.sent)),
        (kg("graphs"), integer(len(written))),
        *((kg("graph"), f"<{graph}>") for graph in written[:_MOST_GRAPHS]),
    ]
    told = " . ".join(f"{node} {predicate} {value}" for predicate, value in said)
    return f"INSERT DATA {{ GRAPH <{base}log> {{ {told} }} }}"
