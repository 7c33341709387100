"""Answers, things and summaries in; text for a terminal (with colours, as wide as the window) or for a pipe out."""

import re
import sys
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import IO, TYPE_CHECKING

from kg import ontology
from kg.views import clean

if TYPE_CHECKING:
    from rich.console import Console

    from kg.clusters import Conflict
    from kg.documents import Refusal
    from kg.store import Result
    from kg.store.changes import Changed
    from kg.store.check import Checked, Quarantined
    from kg.store.show import Quote, ShownFact, Thing
    from kg.views.analysis import Analysis, Bridge, Order
    from kg.views.menu import Named
    from kg.views.picture import Evidence, Measures, Picture
    from kg.views.picture import Thing as Node
    from kg.views.whole import Whole

    Behind = Mapping[str, Sequence[Evidence]]

LONG = 56
"""A column whose values have more characters than this on average gets a line of its own below each row."""

WIDEST = 34
"""No other column is wider; a value that is goes on in the next line."""

LISTED = 20
"""So many refusals are listed one by one, the rest is counted."""

_MOMENT = re.compile(r"^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)[\d:.]*(?:Z|[+-]\d\d:\d\d)?$")
"""A moment is shown to the minute; a pipe gets all of it, with its zone."""

_COLOURS = {"alleged": "yellow", "possible": "yellow", "denied": "red", "planned": "magenta", "missed": "red"}


def console(file: IO[str] | None = None) -> "Console":
    """A rich console on ``file`` (standard output unless told): colours in a terminal only."""
    from rich.console import Console

    return Console(file=file or sys.stdout, highlight=False, markup=False, emoji=False, soft_wrap=True)


# ---- answers -----------------------------------------------------------------------------------------------------


def table(result: "Result", out: "Console") -> None:
    """A table for eyes in a terminal; in a pipe, tab-separated with a line of headings."""
    if result.kind == "ask":
        out.print("yes" if result else "no")
        return
    columns, found = _cells(result)
    rows(columns, found, out)
    if out.is_terminal:
        out.print(counted(len(found), "row"), style="dim")


def rows(columns: Sequence[str], values: Sequence[Sequence[str]], out: "Console") -> None:
    """Rows under their headings, side by side in a terminal, tab-separated in a pipe."""
    if out.is_terminal:
        _aligned(columns, [[_MOMENT.sub(r"\1 \2", value) for value in row] for row in values], out)
        return
    for row in [columns, *values]:
        print("\t".join(row), file=out.file)


def _cells(result: "Result") -> tuple[list[str], list[list[str]]]:
    if result.kind == "graph":
        return ["subject", "predicate", "object"], [[one_line(term) for term in triple] for triple in result.triples]
    names = list(result.variables)
    return [name.replace("_", " ") for name in names], [[one_line(row[name]) for name in names] for row in result.rows]


def one_line(value: object) -> str:
    """A value as words without line breaks, tabs or the signs that steer a terminal; nothing for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    words = " ".join(clean.text(value).split())
    return "".join(sign for sign in words if sign.isprintable())


def _aligned(columns: Sequence[str], rows: Sequence[Sequence[str]], out: "Console") -> None:
    """Short columns side by side, long ones (quotes) below them; columns with nothing in them are left out."""
    used = [place for place in range(len(columns)) if any(row[place] for row in rows)] or list(range(len(columns)))
    long = [place for place in used if _average(row[place] for row in rows) > LONG and len(used) > 1]
    short = [place for place in used if place not in long]
    widths = _widths([[columns[place], *(row[place] for row in rows)] for place in short], out.width)
    _line([columns[place] for place in short], widths, out, "bold")
    out.print("─" * min(sum(widths) + 2 * (len(widths) - 1), out.width), style="dim")
    for row in rows:
        _line([row[place] for place in short], widths, out)
        for place in long:
            _below(row[place], out)


def _average(values: Iterable[str]) -> float:
    lengths = [len(value) for value in values if value]
    return sum(lengths) / len(lengths) if lengths else 0


def _widths(columns: Sequence[Sequence[str]], width: int) -> list[int]:
    """As wide as needed, at most WIDEST; then the widest gives way until all fit."""
    widths = [min(max(map(len, column)), WIDEST) for column in columns]
    while sum(widths) + 2 * (len(widths) - 1) > width and max(widths) > 6:
        widths[widths.index(max(widths))] -= 1
    return widths


def _line(values: Sequence[str], widths: Sequence[int], out: "Console", style: str = "") -> None:
    from rich.text import Text

    wrapped = [textwrap.wrap(value, width) or [""] for value, width in zip(values, widths, strict=True)]
    for number in range(max(map(len, wrapped), default=0)):
        line = Text(style=style)
        for parts, value, width in zip(wrapped, values, widths, strict=True):
            part = parts[number] if number < len(parts) else ""
            line.append(part.ljust(width) + "  ", style=_COLOURS.get(value, ""))
        line.rstrip()
        out.print(line)


def _below(words: str, out: "Console", indent: str = "    ") -> None:
    for part in textwrap.wrap(words, max(out.width - len(indent), 30)):
        out.print(indent + part, style="italic dim")


# ---- the menu -----------------------------------------------------------------------------------------------------


def menu(queries: Mapping[str, "Named"], out: "Console") -> None:
    """All queries with what they answer and take."""
    width = max(map(len, queries), default=0)
    for query in queries.values():
        takes = " ".join(item.name + "=" if item.required else f"[{item.name}=]" for item in query.parameters)
        out.print(f"{query.name.ljust(width)}  {query.title}" + (f"   {takes}" if takes else ""))


# ---- things -------------------------------------------------------------------------------------------------------


def shown(things: Sequence["Thing"], behind: "Behind", out: "Console") -> None:
    """What is known of each thing, with the sentences; ``behind`` holds those that inferred facts follow from."""
    for number, thing in enumerate(things):
        if number:
            out.print()
        _thing(thing, behind, out)


def _thing(thing: "Thing", behind: "Behind", out: "Console") -> None:
    label = ontology.default().label
    out.print(one_line(thing.name), style="bold")
    out.print(f"{label(thing.kind)} · {thing.iri}", style="dim")
    if thing.aliases:
        out.print("also: " + " · ".join(map(one_line, thing.aliases)), style="dim")
    for fact in thing.facts:
        _fact(fact, one_line(thing.name), out)
        for item in behind.get(fact.iri, ()):
            _evidence(item, out)


def _fact(fact: "ShownFact", name: str, out: "Console") -> None:
    from rich.text import Text

    relation, other = ontology.default().label(fact.predicate), one_line(fact.other_name)
    out.print()
    line = Text("  ")
    if fact.outgoing:
        line.append(f"{relation}: ").append(other, "bold")
    else:
        line.append(other, "bold").append(f" — {relation} — {name}")
    stances = [stance for stance in fact.stances if fact.stances != ("asserted",)]
    notes = [*stances, *fact.times, "inferred" if fact.inferred else ""]
    notes += [counted(fact.sources, "source")] if fact.sources > 1 else []
    line.append("".join(f"  [{note}]" for note in notes if note), "yellow" if stances else "dim")
    out.print(line)
    for quote in fact.quotes:
        quoted(quote, out)


def quoted(quote: "Quote", out: "Console") -> None:
    """A sentence, and where it stands."""
    _words(quote.text, quote.speaker, out)
    _origin([quote.source, quote.title, quote.issued], quote.start, quote.end, out)
    if quote.released_by:
        out.print(f"    refused at first, released by {one_line(', '.join(quote.released_by))}", style="yellow")


def _evidence(item: "Evidence", out: "Console") -> None:
    _words(item.quote, item.speaker, out)
    paper = item.document
    _origin([paper.source, paper.title, paper.published], item.start, item.end, out)


def _words(quote: str, speaker: str | None, out: "Console") -> None:
    _below(f"{one_line(speaker)}: “{one_line(quote)}”" if speaker else f"“{one_line(quote)}”", out)


def _origin(parts: Sequence[str | None], start: int, end: int, out: "Console") -> None:
    source, title, issued = parts
    told = [source, title, (issued or "")[:10], f"characters {start}–{end}"]
    out.print("    " + " · ".join(one_line(part) for part in told if part), style="dim")


# ---- versions -------------------------------------------------------------------------------------------------------

_CHANGES = ("published", "article", "change", "subject", "predicate", "was", "now", "words before", "words now")


def changes(found: Sequence["Changed"], out: "Console") -> None:
    """What new versions changed: under each version line by line in a terminal, tab-separated in a pipe."""
    if not out.is_terminal:
        values = [
            (it.issued, it.article, it.what, it.subject, it.predicate, it.was, it.now, it.was_quote, it.now_quote)
            for it in found
        ]
        rows(_CHANGES, [[one_line(cell) for cell in row] for row in values], out)
        return
    for number, (_, those) in enumerate(groupby(found, key=lambda it: (it.article, it.document))):
        for place, change in enumerate(those):
            if place == 0:
                out.print(
                    ("\n" if number else "") + f"{one_line(change.article)}  {one_line(change.issued)}", style="bold"
                )
            _change(change, out)


def _change(change: "Changed", out: "Console") -> None:
    values = " → ".join(one_line(it) for it in (change.was, change.now) if it is not None)
    style = {"dropped": "red", "added": "green"}.get(change.what, "yellow")
    out.print(f"  {change.what}: {one_line(change.subject)} — {change.predicate} — {values}", style=style)
    _below(f"“{one_line(change.now_quote or change.was_quote)}”", out)


# ---- summaries ------------------------------------------------------------------------------------------------------


def refusals(refused: Sequence["Refusal"], out: "Console") -> None:
    """What was not read, with the reasons; of many, the first and a count."""
    for refusal in refused[:LISTED]:
        out.print(f"refused: {one_line(refusal.path)}: {one_line(refusal.reason)}", style="yellow")
    if len(refused) > LISTED:
        out.print(f"refused: {len(refused) - LISTED:,} more", style="yellow")


def checked(found: "Checked", out: "Console") -> None:
    """What a check found."""
    counts = [(found.documents, "document"), (found.entities, "entity"), (found.claims, "claim")]
    counts += [(found.things, "thing"), (found.facts, "fact")]
    out.print(" · ".join(counted(count, name) for count, name in counts))
    for finding in found.findings[:LISTED]:
        out.print(f"wrong: {one_line(finding.where)} {one_line(finding.problem)}", style="red")
    if len(found.findings) > LISTED:
        out.print(f"wrong: {len(found.findings) - LISTED:,} more", style="red")
    for item in found.quarantined[:LISTED]:
        refused(item, out)
    if len(found.quarantined) > LISTED:
        out.print(f"quarantined: {len(found.quarantined) - LISTED:,} more", style="yellow")
    conflicts(found.conflicts, out)
    out.print("All is well." if found else "Not all is well.", style="green" if found else "red")


def refused(item: "Quarantined", out: "Console") -> None:
    """Something that was left out, and how to let it count if it can be."""
    if item.id is None:
        out.print(f"quarantined: {one_line(item.document)}: {one_line(item.reason)}", style="yellow")
        return
    people = one_line(", ".join(item.released_by))
    out.print(f"{'released by ' + people if people else 'quarantined'}: {one_line(item.reason)}", style="yellow")
    out.print(f"    {one_line(item.says or '')}", style="yellow")
    _below(f"“{one_line(item.quote or '')}”", out)
    out.print(f"    {one_line(item.document)}" + ("" if people else f" · kg release {item.id}"), style="dim")


def conflicts(found: Sequence["Conflict"], out: "Console") -> None:
    """What judges said that can't all be so, and how to settle it."""
    for conflict in found[:LISTED]:
        one, other = map(one_line, (conflict.left, conflict.right))
        if conflict.same:
            _disagreement(conflict, out)
            continue
        out.print(f"conflict: {one} and {other} were judged the same, which was not followed:", style="yellow")
        apart = f"{one_line(conflict.apart[0])} and {one_line(conflict.apart[1])}"
        out.print(
            f"    {apart} are different. `kg join` or `kg split` one of the two pairs settles it.", style="yellow"
        )
    if len(found) > LISTED:
        out.print(f"conflict: {len(found) - LISTED:,} more", style="yellow")


def _disagreement(conflict: "Conflict", out: "Console") -> None:
    """Two records on which persons disagree."""
    out.print(f"conflict: {one_line(conflict.left)} and {one_line(conflict.right)} stay apart:", style="yellow")
    some, others = (
        one_line(", ".join(it.removeprefix("person:") for it in judges))
        for judges in (conflict.same, conflict.different)
    )
    out.print(f"    the same to {some}, different to {others}. `kg undo`, `kg join` or `kg split`", style="yellow")
    out.print("    by one of the persons (--by NAME) settles it.", style="yellow")


def exported(file: Path, shown: "Picture | Whole | None", out: "Console") -> None:
    """What was written, and what was left out of it."""
    if shown is None:
        out.print(f"{file} written.")
        return
    things, facts = shown.size()
    out.print(f"{file} written: {counted(things, 'thing')}, {counted(facts, 'fact')}.")
    if not things:
        out.print("Nothing was found to show: try another --about or --query.", style="yellow")
    if shown.left_out:
        left_out = counted(shown.left_out, "lesser thing")
        out.print(f"{left_out} left out: narrow it by --about or --query, or choose another --limit.")
    if file.suffix.lower() == ".neo4j":
        from kg.views import neo4j

        out.print(f"Import it there: {neo4j.COMMAND}")


def analysis(found: "Analysis", by: "Order", top: int, out: "Console") -> None:
    """The things that stand out; in a terminal also what belongs together, and the facts on which the graph hangs."""
    rows(
        ("thing", "kind", "facts", "betweenness", "pagerank", "community", "cutpoint"),
        [_measures(thing, measures) for thing, measures in found.ranked(by)[:top]],
        out,
    )
    if not out.is_terminal:
        return
    if found.sampled:
        out.print(f"Betweenness is counted from a sample of {found.sampled:,} things.", style="dim")
    shown = [it for it in found.communities if it.things > 1][: max(top // 2, 1)]
    out.print(f"\n{counted(len(found.communities), 'community')} in {counted(found.parts, 'part')}; the largest:")
    rows(
        ("community", "things", "with"), [[str(it.number), f"{it.things:,}", _names(it.names[:3])] for it in shown], out
    )
    hinges = [it for it in found.bridges if it.parts[0] > 1][: max(top // 2, 1)]
    if hinges:
        out.print("\nFacts on which parts of the graph hang:")
        rows(("thing", "fact", "thing", "holds together"), [_hinge(it) for it in hinges], out)


def _hinge(bridge: "Bridge") -> list[str]:
    words = map(one_line, (bridge.subject, bridge.relation, bridge.object))
    return [*words, f"{bridge.parts[0]:,} and {bridge.parts[1]:,}"]


def _measures(thing: "Node", measures: "Measures") -> list[str]:
    shares = [f"{share:.4f}" for share in (measures.betweenness, measures.pagerank)]
    cutpoint = "yes" if measures.cutpoint else ""
    return [one_line(thing.label), thing.kind, str(measures.degree), *shares, str(measures.community), cutpoint]


def _names(names: Iterable[str]) -> str:
    return ", ".join(map(one_line, names))


def counted(count: int, noun: str) -> str:
    """``1 fact``, ``2 facts``, ``3 entities``."""
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{count:,} {noun if count == 1 else plural}"
