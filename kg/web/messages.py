"""What the server and its workers say to each other: one message each way, as MessagePack behind its length."""

import msgspec

from kg.claims import Verdict


class Answered(msgspec.Struct, frozen=True, tag="query"):
    """Please answer a query from a snapshot. ``dataset`` tells whether the graphs given are its dataset."""

    snapshot: str
    text: str
    accept: str = ""
    format: str | None = None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    base: str | None = None


class Fetched(msgspec.Struct, frozen=True, tag="graph"):
    """Please write out one graph of a snapshot: the default graph if none is named."""

    snapshot: str
    graph: str | None
    accept: str = ""
    format: str | None = None


class Author(msgspec.Struct, frozen=True):
    """Who writes: the name of the token, and how many bytes came with it."""

    name: str
    sent: int


class Updated(msgspec.Struct, frozen=True, tag="update"):
    """Please run an update. ``snapshot`` is where the state after it goes."""

    snapshot: str
    text: str
    using: tuple[str, ...] = ()
    using_named: tuple[str, ...] = ()
    base: str | None = None
    author: Author | None = None


class Payload(msgspec.Struct, frozen=True):
    """RDF of a media type."""

    media_type: str
    data: bytes


class Stored(msgspec.Struct, frozen=True, tag="store"):
    """Please put triples into a graph (the default graph if none is named), in place of those there or beside them."""

    snapshot: str
    graph: str | None
    payloads: tuple[Payload, ...]
    replace: bool
    base: str | None = None
    author: Author | None = None


class Dropped(msgspec.Struct, frozen=True, tag="drop"):
    """Please take a graph out, or all triples out of the default graph."""

    snapshot: str
    graph: str | None
    author: Author | None = None


class Reviewed(msgspec.Struct, frozen=True, tag="review"):
    """Please find the question on who is who that comes after ``skip`` others, and what ``by`` decided last."""

    snapshot: str
    by: str = ""
    about: str = ""
    again: bool = False
    skip: int = 0


class Judged(msgspec.Struct, frozen=True, tag="judge"):
    """Please keep what a person (``by``) decided on two records (IRIs)."""

    snapshot: str
    left: str
    right: str
    verdict: Verdict
    by: str


class Undone(msgspec.Struct, frozen=True, tag="undo"):
    """Please take back what a person decided last."""

    snapshot: str
    by: str


Reading = Answered | Fetched | Reviewed
Writing = Updated | Stored | Dropped | Judged | Undone
Request = Reading | Writing


class Done(msgspec.Struct, frozen=True, tag="done"):
    """The answer: its bytes, or how many of them are in the spool file. ``existed``: the graph was there before."""

    content_type: str = ""
    body: bytes = b""
    spooled: int | None = None
    existed: bool = False


class Failed(msgspec.Struct, frozen=True, tag="failed"):
    """Why there is no answer: see :class:`kg.web.problems.Problem`."""

    kind: str
    detail: str
    line: int | None = None
    column: int | None = None


Reply = Done | Failed

_requests: msgspec.msgpack.Decoder[Request] = msgspec.msgpack.Decoder(Request)
_replies: msgspec.msgpack.Decoder[Reply] = msgspec.msgpack.Decoder(Reply)

READY = b"ready"
"""What a worker says first."""

LENGTH = 4
"""Bytes of the length before each message, the greatest first."""


def packed(message: Request | Reply) -> bytes:
    """A message with its length."""
    data = msgspec.msgpack.encode(message)
    return len(data).to_bytes(LENGTH, "big") + data


def request(data: bytes) -> Request:
    """What the server asks."""
    return _requests.decode(data)


def reply(data: bytes) -> Reply:
    """What a worker replies."""
    return _replies.decode(data)
