"""The rooms of the review: pairs that may be one thing, shown one at a time; what a person decides on them, kept.

Anybody may look. To decide takes the server's token (:mod:`kg.explorer.sessions`), and a form of this page: whoever
writes is checked as at the endpoint (:mod:`kg.web.access`), and what is written goes through the server's one writer.
"""

from collections.abc import Mapping
from typing import get_args
from urllib.parse import parse_qsl

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kg.claims import Verdict
from kg.explorer.addresses import view
from kg.explorer.asking import Asker
from kg.explorer.rendering import page
from kg.explorer.sessions import Session, Sessions
from kg.explorer.vocabulary import vocabulary
from kg.web import addresses
from kg.web.access import check_same_site, check_writable, is_token
from kg.web.bodies import body
from kg.web.messages import Judged, Reviewed, Undone
from kg.web.problems import Problem
from kg.web.reviews import Desk, Kept
from kg.web.service import Service
from kg.web.settings import Settings

_LARGEST_FORM, _MOST_FIELDS, _LONGEST_NAME, _FURTHEST = 16_384, 20, 60, 10_000
_VERDICTS: dict[str, Verdict] = {it: it for it in get_args(Verdict) if it != "withdrawn"}
_TOLD = {
    "same": "Kept: the two are one, {names}.",
    "different": "Kept: they are different.",
    "unsure": "Kept: you are unsure. It is asked again if you tick “ask again”.",
    "undone": "Taken back.",
}
_CONFLICTS = " It contradicts what was judged before: `kg check` tells what, and `kg join` or `kg split` settle it."


class Reviewing:
    """The rooms, with the persons who are at work in them."""

    def __init__(self) -> None:
        """Nobody is, at first."""
        self._sessions = Sessions()

    async def show(self, request: Request) -> Response:
        """A question, or that there is none."""
        service: Service = request.app.state.service
        session, place = self._sessions.of(request), _Place.of(request.query_params)
        trouble, desk = "", Desk()
        try:
            desk = await _desk(service, place, session)
        except Problem as problem:
            trouble = problem.detail
        shown = page(
            request,
            "review.html",
            question=desk.question,
            last=desk.last,
            kind=(await vocabulary(await Asker.of(request))).label,
            session=session,
            notice=session.told() if session else "",
            trouble=trouble,
            closed=_closed(service.settings),
            place=place,
            later=place.address(skip=place.skip + 1),
            first=place.address(skip=0),
        )
        # A form of a page that tells nobody where it stands would come from nowhere; this one tells its own server.
        shown.headers["referrer-policy"] = "same-origin"
        return shown

    async def enter(self, request: Request) -> Response:
        """Let in who has the token."""
        settings, form = await _form(request)
        check_writable(settings)
        name = " ".join(form.get("name", "").split())[:_LONGEST_NAME].removeprefix("person:")
        if not name or not name.isprintable():
            raise Problem("request", "Write your name beside the token: it is kept with what you decide.")
        if not is_token(form.get("token", "").strip().encode(), settings):
            raise Problem("token", "That is not this server's token. Its operator has it (--token-file or KG_TOKEN).")
        answer = _Place.of(form).back()
        self._sessions.begin(answer, f"person:{name}", addresses.root(request).startswith("https:"))
        return answer

    async def leave(self, request: Request) -> Response:
        """Let a person go."""
        _, form = await _form(request)
        self._at_work(request, form)
        answer = _Place.of(form).back()
        self._sessions.end(request, answer)
        return answer

    async def decide(self, request: Request) -> Response:
        """Keep a verdict on a pair."""
        settings, form = await _form(request)
        check_writable(settings)
        session, verdict = self._at_work(request, form), _VERDICTS.get(form.get("verdict", ""))
        if verdict is None:
            raise Problem("request", "Choose same, different or unsure.")
        left, right = form.get("left", ""), form.get("right", "")
        service: Service = request.app.state.service
        answer = await service.write(lambda path: Judged(path, left, right, verdict, session.by))
        session.notice = _told(verdict, msgspec.json.decode(answer.body, type=Kept))
        # Where somebody was unsure already, the same pair would come again.
        place = _Place.of(form)
        return place.back(place.skip + 1 if verdict == "unsure" and place.again else place.skip)

    async def undo(self, request: Request) -> Response:
        """Take back what this person decided last."""
        settings, form = await _form(request)
        check_writable(settings)
        session = self._at_work(request, form)
        service: Service = request.app.state.service
        answer = await service.write(lambda path: Undone(path, session.by))
        session.notice = _told("undone", msgspec.json.decode(answer.body, type=Kept))
        return _Place.of(form).back()

    def _at_work(self, request: Request, form: Mapping[str, str]) -> Session:
        session = self._sessions.of(request)
        if session is None:
            raise Problem(
                "token", "Your time is up, or the server was started anew. Give your name and the token again."
            )
        if not session.wrote(form.get("form", "")):
            raise Problem("forbidden", "That form is not of this page. Open the review again.")
        return session


class _Place(msgspec.Struct, frozen=True):
    """Where somebody is among the questions: about what, with those again where he was unsure, after how many."""

    about: str = ""
    again: bool = False
    skip: int = 0

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "_Place":
        skip = given.get("skip", "")
        number = min(int(skip), _FURTHEST) if skip.isascii() and skip.isdecimal() and len(skip) < 9 else 0
        return cls(given.get("about", "").strip()[:200], bool(given.get("again")), number)

    def address(self, skip: int) -> str:
        return view("/review", about=self.about, again=int(self.again), skip=skip)

    def back(self, skip: int | None = None) -> Response:
        """To the page, after a form: loading it again sends nothing again."""
        return RedirectResponse(self.address(self.skip if skip is None else skip), 303)


async def _desk(service: Service, place: _Place, session: Session | None) -> Desk:
    snapshot, by = await service.snapshot(), session.by if session else ""
    asked = await service.read(lambda path: Reviewed(path, by, place.about, place.again, place.skip), snapshot)
    return msgspec.json.decode(asked.body if asked.file is None else asked.file.read(), type=Desk)


async def _form(request: Request) -> tuple[Settings, dict[str, str]]:
    """What a form of a page of ours says. Raises :class:`Problem` for any other's."""
    settings: Settings = request.app.state.service.settings
    check_same_site(request, settings)
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/x-www-form-urlencoded":
        raise Problem("type", "Send the form as a browser does (application/x-www-form-urlencoded).")
    sent = await body(request, msgspec.structs.replace(settings, body_limit=_LARGEST_FORM))
    try:
        return settings, dict(parse_qsl(sent.decode(), keep_blank_values=True, max_num_fields=_MOST_FIELDS))
    except ValueError as error:
        raise Problem("request", "The form can't be read. Open the page again.") from error


def _closed(settings: Settings) -> str:
    """Why nobody can decide here; nothing if one can."""
    try:
        check_writable(settings)
    except Problem as problem:
        return problem.detail
    return ""


def _told(done: str, kept: Kept) -> str:
    names = " and ".join(f"“{name}”" for name in dict.fromkeys(kept.names))
    return _TOLD[done].format(names=names) + (_CONFLICTS if kept.conflicts else "")
