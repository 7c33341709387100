"""What a person asks for or decides on who is who in; the machine's question, or what was made of it, out.

It runs in a worker's process. The values are those of :mod:`kg.store.review`, on their way as JSON.
"""

from itertools import islice

import msgspec

from kg.clusters import standing
from kg.errors import UsageError
from kg.store import Question, Store
from kg.store.review import decide, questions, undo
from kg.store.who import Who
from kg.web.messages import Judged, Reviewed, Undone


class Last(msgspec.Struct, frozen=True):
    """What a person decided last: the verdict, and the names of the two first records that it was on."""

    verdict: str
    left: str
    right: str


class Desk(msgspec.Struct, frozen=True):
    """What lies before a person: a question (none if there are no more), and what can be taken back."""

    question: Question | None = None
    last: Last | None = None


class Kept(msgspec.Struct, frozen=True):
    """What was done: the names of the things on both sides now, and how many contradictions stand around them."""

    names: tuple[str, ...] = ()
    conflicts: int = 0


def desk(store: Store, asked: Reviewed) -> Desk:
    """The question that comes after some others, and the last decision of ``asked.by``.

    Raises :class:`kg.errors.UsageError` if nothing is called ``asked.about``.
    """
    found = questions(store, asked.about or None, again=asked.again)
    return Desk(next(islice(found, asked.skip, None), None), _last(store, asked.by) if asked.by else None)


def _last(store: Store, by: str) -> Last | None:
    said = [it for it in standing(store.reviews()) if it.judge == by]
    last = max(said, key=lambda it: it.at or "", default=None)
    if last is None:
        return None
    who = Who(store)
    return Last(last.verdict, who.called(last.left), who.called(last.right))


def judged(store: Store, asked: Judged) -> Kept:
    """Append an answer to a question that is still open.

    Raises :class:`kg.errors.UsageError` if it is not: somebody answered it, or the articles are gone.
    """
    pair = min(asked.left, asked.right), max(asked.left, asked.right)
    for question in questions(store, again=True):
        if (question.left.record, question.right.record) == pair:
            found = decide(store, question, asked.verdict, asked.by)
            return Kept(tuple(thing.name for thing in found.things), len(found.conflicts))
    raise UsageError("This pair is not in question any more: somebody has answered it, or its articles were withdrawn.")


def undone(store: Store, asked: Undone) -> Kept:
    """Take back what a person decided last. Raises :class:`kg.errors.UsageError` if there is nothing."""
    found = undo(store, asked.by)
    return Kept(tuple(thing.name for thing in found.things), len(found.conflicts))
