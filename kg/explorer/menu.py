"""The questions of ``queries/`` in; the same with what somebody wrote into their fields out."""

from collections.abc import Mapping
from functools import cache
from itertools import dropwhile

from kg.store.guard import guarded
from kg.store.terms import term_of
from kg.views.menu import Named, bound, menu


@cache
def questions() -> dict[str, Named]:
    """All questions by name."""
    return menu()


def filled(question: Named, given: Mapping[str, str]) -> tuple[str, list[str]]:
    """The question's SPARQL with the values in it, and the names of required parameters that have none yet.

    Raises :class:`kg.errors.UsageError` for a number that is none.
    """
    values = {name: value for name, value in given.items() if value}
    missing = [item.name for item in question.parameters if item.required and item.name not in values]
    if missing:
        return _without_heading(question.text), missing
    terms = {name: str(term_of(value)) for name, value in bound(question, values).items()}
    return guarded(_without_heading(question.text), terms), []


def _without_heading(text: str) -> str:
    """A query without the comments at its beginning, which the page shows in its own way."""
    return "".join(dropwhile(lambda line: line.startswith("#") or not line.strip(), text.splitlines(keepends=True)))
