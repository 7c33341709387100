"""A graph and keys in; questions on who is who for a terminal or a pipe, and what was decided, out."""

import contextlib
import sys
import textwrap
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import click

from kg import ontology
from kg.store import AmbiguousError
from kg.store.check import quarantined
from kg.store.review import stands
from kg.views import terminal

if TYPE_CHECKING:
    from rich.console import Console

    from kg.claims import Verdict
    from kg.graph import Graph
    from kg.store import Candidate, Decision, Question, Side

Ask = Callable[[], str]
"""Gives the next key; an empty one at the end of what is typed."""

_VERDICTS: "dict[str, Verdict]" = {"s": "same", "d": "different", "u": "unsure"}
_KEYS = "s same · d different · u unsure · b back · q quit"


def key() -> str:
    """One key of a terminal, or the first sign of the next line of a pipe."""
    if not sys.stdin.isatty():
        line = sys.stdin.readline()
        return line.strip()[:1].lower() or ("?" if line else "")
    try:
        return click.getchar()[:1].lower()
    except EOFError:
        return ""


def review(
    graph: "Graph",
    ask: Ask,
    out: "Console",
    about: str | None = None,
    *,
    limit: int | None = None,
    by: str | None = None,
    again: bool = False,
) -> None:
    """Ask one question after the other, at most ``limit``, and write down each answer at once."""
    session = _Session(graph, ask, out, by)
    session.run(graph.review(about, again=again), limit)
    session.close()


class _Session:
    """A person before the questions. What was answered can be taken back, one after the other."""

    def __init__(self, graph: "Graph", ask: Ask, out: "Console", by: str | None) -> None:
        self._graph, self._ask, self._out, self._by = graph, ask, out, by
        self._answered: list[tuple[Question, Verdict]] = []
        self._waiting: list[Question] = []

    def run(self, questions: "Iterator[Question]", limit: int | None) -> None:
        """Until there are no more questions, or the person has had enough."""
        while limit is None or len(self._answered) < limit:
            question = self._waiting.pop() if self._waiting else next(questions, None)
            if question is None:
                self._out.print("There is nothing more to ask." if self._answered else "There is nothing to ask.")
                return
            if stands(self._graph.store, question) and not self._answer(question):
                return

    def close(self) -> None:
        """Say what was done."""
        counts = [(verdict, [it for _, it in self._answered].count(verdict)) for verdict in _VERDICTS.values()]
        told = ", ".join(f"{count:,} {verdict}" for verdict, count in counts if count)
        self._out.print(f"{terminal.counted(len(self._answered), 'answer')}{': ' + told if told else ''}.")

    def _answer(self, question: "Question") -> bool:
        """Put one question; whether to go on."""
        self._show(question)
        while True:
            pressed = self._ask()
            if pressed in ("q", ""):
                return False
            if pressed == "b" and self._answered:
                self._back(question)
                return True
            if pressed in _VERDICTS:
                self._decide(question, _VERDICTS[pressed])
                return True
            self._out.print("Nothing to take back: `kg undo` goes further." if pressed == "b" else _KEYS, style="dim")

    def _show(self, question: "Question") -> None:
        shown(question, self._out)
        self._out.print(_KEYS, style="bold")

    def _decide(self, question: "Question", verdict: "Verdict") -> None:
        found = self._graph.decide(question, verdict, self._by)
        self._answered.append((question, verdict))
        self._out.print(f"→ {verdict}", style="green")
        terminal.conflicts(found.conflicts, self._out)
        self._out.print()

    def _back(self, question: "Question") -> None:
        before, verdict = self._answered.pop()
        self._graph.undo(self._by)
        self._waiting += [question, before]
        self._out.print(f"→ taken back: {verdict}", style="yellow")
        self._out.print()


def shown(question: "Question", out: "Console") -> None:
    """Both sides with their sentences, and what the machine makes of them."""
    for side in (question.left, question.right):
        _side(side, out)
        out.print()
    _listed(f"The machine gives {question.score:.2f}: ", question.reasons, out)
    if question.against:
        _listed("Against it, of others of the two: ", question.against, out)


def _side(side: "Side", out: "Console") -> None:
    from rich.text import Text

    title = Text(terminal.one_line(side.called), "bold")
    title.append(
        f"  {_kind(side.kind)} · {terminal.counted(side.documents, 'document')} · {side.thing}", "not bold dim"
    )
    out.print(title)
    names = [side.name, *side.aliases] if side.name != side.called else side.aliases
    if names:
        out.print("also: " + " · ".join(map(terminal.one_line, names)), style="dim")
    for quote in side.quotes:
        terminal.quoted(quote, out)


def _listed(words: str, reasons: tuple[str, ...], out: "Console") -> None:
    told = words + ("; ".join(map(terminal.one_line, reasons)) or "no reasons")
    for line in textwrap.wrap(told, max(out.width, 30)):
        out.print(line, style="cyan")


def decided(found: "Decision") -> None:
    """What a decision made of the two, and what stands against it."""
    out = terminal.console()
    one = len({thing.iri for thing in found.things}) == 1
    out.print("One thing:" if one else "Two things:" if found.things else "Neither is here any more.", style="green")
    for thing in dict.fromkeys(found.things):
        out.print(f"  {_described(thing)}")
    terminal.conflicts(found.conflicts, out)


def released(graph: "Graph", found: "Decision") -> None:
    """Which refused claims count from now on, or no more."""
    meant = {it.claim for it in found.releases}
    for item in quarantined(graph.store):
        if f"{item.document}/{item.id}" in meant:
            terminal.refused(item, terminal.console())


@contextlib.contextmanager
def candidates() -> Iterator[None]:
    """Where words do not tell what is meant, list what they may mean, one a line, before the complaint."""
    try:
        yield
    except AmbiguousError as error:
        for each in error.candidates:
            terminal.console(sys.stderr).print(_described(each))
        raise


def _described(thing: "Candidate") -> str:
    told = [terminal.one_line(thing.name), _kind(thing.kind), terminal.counted(thing.documents, "document")]
    return f"{thing.iri}  {' · '.join(part for part in told if part)}"


def _kind(kind: str) -> str:
    return ontology.default().label(kind) if kind else ""
