"""What went wrong in; an RFC 9457 problem (``application/problem+json``) with what to do next out."""

from http import HTTPStatus
from typing import Literal

import msgspec

MEDIA_TYPE = "application/problem+json"

Kind = Literal[
    "request",
    "syntax",
    "token",
    "forbidden",
    "not-found",
    "method",
    "format",
    "slow",
    "body",
    "answer",
    "address",
    "type",
    "rate",
    "head",
    "crash",
    "time",
    "memory",
    "busy",
    "writing",
]

_TELLS: dict[Kind, tuple[HTTPStatus, str]] = {
    "request": (HTTPStatus.BAD_REQUEST, "The request can't be understood"),
    "syntax": (HTTPStatus.BAD_REQUEST, "The text can't be read"),
    "token": (HTTPStatus.UNAUTHORIZED, "Writing needs a token"),
    "forbidden": (HTTPStatus.FORBIDDEN, "That is not allowed here"),
    "not-found": (HTTPStatus.NOT_FOUND, "There is no such thing"),
    "method": (HTTPStatus.METHOD_NOT_ALLOWED, "That method does nothing here"),
    "format": (HTTPStatus.NOT_ACCEPTABLE, "The answer can't be written so"),
    "slow": (HTTPStatus.REQUEST_TIMEOUT, "The request took too long to arrive"),
    "body": (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "The request is too large"),
    "answer": (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "The answer is too large"),
    "address": (HTTPStatus.MISDIRECTED_REQUEST, "That is not this server"),
    "type": (HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "The request has the wrong type"),
    "head": (HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "The head of the request is too large"),
    "rate": (HTTPStatus.TOO_MANY_REQUESTS, "Too many requests"),
    "crash": (HTTPStatus.SERVICE_UNAVAILABLE, "The query broke the engine"),
    "time": (HTTPStatus.SERVICE_UNAVAILABLE, "The query took too long"),
    "memory": (HTTPStatus.SERVICE_UNAVAILABLE, "The query needed too much memory"),
    "busy": (HTTPStatus.SERVICE_UNAVAILABLE, "All workers are busy"),
    "writing": (HTTPStatus.SERVICE_UNAVAILABLE, "The store is being written"),
}


class Problem(Exception):  # noqa: N818 - the word of RFC 9457
    """One thing that went wrong: its kind, a line on what to do, and for mistakes in a text where (from 1)."""

    def __init__(self, kind: Kind, detail: str, line: int | None = None, column: int | None = None) -> None:
        """A problem of a kind, with one line of detail."""
        super().__init__(detail)
        self.kind = kind
        self.detail = detail
        self.line = line
        self.column = column

    @property
    def status(self) -> int:
        """The HTTP status."""
        return int(_TELLS[self.kind][0])

    def body(self) -> bytes:
        """The problem as JSON."""
        status, title = _TELLS[self.kind]
        told: dict[str, object] = {
            "type": f"urn:newskg:problem:{self.kind}",
            "title": title,
            "status": int(status),
            "detail": self.detail,
        }
        told |= {name: value for name, value in (("line", self.line), ("column", self.column)) if value is not None}
        return msgspec.json.encode(told)
