"""Persons who gave the server's token in; who they are, by a cookie that says nothing by itself, out.

The token goes over the line once, in the body of a form. After it a browser carries a random number, which is good for
the pages of the review only, for some hours, and no longer than the server runs. Forms carry a second one, which no
page of another site can know.
"""

import hmac
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response

COOKIE, PATH = "kg-review", "/review"
LASTS = 8 * 3600
"""Seconds that a session lasts."""
_MOST = 200
"""Sessions at once; who came first goes first."""


class Session:
    """A person at work. ``by`` is the judge (``person:NAME``); forms have ``secret``; ``notice`` is told once."""

    def __init__(self, by: str, until: float) -> None:
        """``until`` is in the clock's seconds."""
        self.by = by
        self.until = until
        self.secret = secrets.token_urlsafe(24)
        self.notice = ""

    @property
    def name(self) -> str:
        """The person's name."""
        return self.by.removeprefix("person:")

    def told(self) -> str:
        """What was to be told."""
        notice, self.notice = self.notice, ""
        return notice

    def wrote(self, secret: str) -> bool:
        """Whether a form is one that was written for this person."""
        return hmac.compare_digest(secret.encode(), self.secret.encode())


class Sessions:
    """All sessions of a server."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """``clock`` tells seconds."""
        self._clock = clock
        self._known: OrderedDict[str, Session] = OrderedDict()

    def begin(self, response: Response, by: str, secure: bool) -> Session:
        """Let a person in; ``response`` gives the browser its cookie. ``secure``: it is sent by HTTPS only."""
        key = secrets.token_urlsafe(24)
        self._known[key] = Session(by, self._clock() + LASTS)
        while len(self._known) > _MOST:
            self._known.popitem(last=False)
        response.set_cookie(COOKIE, key, LASTS, path=PATH, secure=secure, httponly=True, samesite="strict")
        return self._known[key]

    def of(self, request: Request) -> Session | None:
        """The session that a request belongs to."""
        found = self._known.get(request.cookies.get(COOKIE, ""))
        return found if found is not None and found.until > self._clock() else None

    def end(self, request: Request, response: Response) -> None:
        """Let a person go."""
        self._known.pop(request.cookies.get(COOKIE, ""), None)
        response.delete_cookie(COOKIE, path=PATH)
