"""What a request carries and what an answer is, in bytes: taken in within limits, sent out in pieces."""

import asyncio
import hashlib
import re
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import UTC, datetime
from email.message import Message
from email.parser import BytesParser
from email.policy import HTTP
from email.utils import format_datetime
from typing import Any, TypeVar

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response, StreamingResponse

from kg.web.messages import Payload
from kg.web.problems import Problem
from kg.web.settings import Settings
from kg.web.snapshots import Snapshot
from kg.web.workers import Answer

# A body that takes longer to arrive is somebody who holds the line, in seconds.
_SLOWEST = 30.0
_PIECE = 64 * 1024
# Functions whose value is another one each time: such an answer is never the same as one that a client has.
_VOLATILE = re.compile(r"\b(?:now|rand|uuid|struuid|bnode|service)", re.IGNORECASE)

_T = TypeVar("_T")


async def body(request: Request, settings: Settings) -> bytes:
    """The whole body. Raises :class:`Problem` for one too large, too slow, or compressed."""
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise Problem("type", "Send the body as it is, without Content-Encoding.")
    limit = settings.body_limit
    too_large = Problem("body", f"A body may have {limit:,} bytes. Send less at once.")
    declared = request.headers.get("content-length", "0")
    if declared.isdecimal() and int(declared[:20]) > limit:
        raise too_large
    parts, size = [], 0
    try:
        async with asyncio.timeout(_SLOWEST):
            async for part in request.stream():
                parts.append(part)
                size += len(part)
                if size > limit:
                    raise too_large
    except TimeoutError:
        raise Problem("slow", f"The body did not arrive within {_SLOWEST:g} s.") from None
    return b"".join(parts)


def payloads(content_type: str, data: bytes) -> tuple[Payload, ...]:
    """RDF as it was sent: one body, or the parts of a ``multipart/form-data``. Raises :class:`Problem`."""
    if content_type.partition(";")[0].strip().lower() != "multipart/form-data":
        return (Payload(content_type, data),)
    message = BytesParser(policy=HTTP).parsebytes(f"Content-Type: {content_type}\r\n\r\n".encode() + data)
    if not message.is_multipart():
        raise Problem("request", "The multipart body has no parts.")
    return tuple(_part(part) for part in message.iter_parts())


def _part(part: Message) -> Payload:
    data = part.get_payload(decode=True)
    return Payload(part.get_content_type(), data if isinstance(data, bytes) else b"")


def etag(snapshot: Snapshot, *parts: str) -> str | None:
    """A tag for what is answered from a snapshot; none if the same question has another answer each time."""
    if any(_VOLATILE.search(part) for part in parts):
        return None
    return f'W/"{hashlib.sha256(repr((snapshot.id, parts)).encode()).hexdigest()[:32]}"'


def is_known(request: Request, tag: str | None) -> bool:
    """Whether the client has that answer already."""
    known = {it.strip().removeprefix("W/") for it in request.headers.get("if-none-match", "").split(",")}
    return tag is not None and (tag.removeprefix("W/") in known or "*" in known)


def dated(snapshot: Snapshot, age: float, tag: str | None) -> dict[str, str]:
    """Headers that say which state of the store was read, and for how long there may have been a newer one."""
    headers = {
        "last-modified": format_datetime(datetime.fromtimestamp(snapshot.taken, UTC), usegmt=True),
        "age": str(int(age)),
        "cache-control": "private, no-cache",
        "vary": "Accept",
    }
    return headers | ({"etag": tag} if tag else {})


def response(answer: Answer, headers: dict[str, str]) -> Response:
    """An answer as it is sent."""
    if answer.file is None:
        return Response(answer.body, headers={"content-type": answer.content_type, **headers})
    sized = {"content-type": answer.content_type, "content-length": str(answer.size), **headers}
    return StreamingResponse(_pieces(answer.file), headers=sized)


async def _pieces(file: Any) -> AsyncIterator[bytes]:
    with file:
        while piece := file.read(_PIECE):
            yield piece


async def unless_hung_up(request: Request, task: "asyncio.Task[_T]") -> _T:
    """What a task gives; if the client goes away first, the task is cancelled.

    Raises :class:`starlette.requests.ClientDisconnect` then. The request's body must have been read.
    """
    gone = asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait({task, gone}, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            return task.result()
        task.cancel()
        with suppress(asyncio.CancelledError, Problem):
            await task
        raise ClientDisconnect
    finally:
        gone.cancel()


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        continue
