"""Words of a command line in; the rooms of the house called, and text, files and an exit code out.

Exit codes: 0 all well, 1 some input refused or something found wrong, 2 wrong use, 130 interrupted.
Everything heavy is imported by the command that needs it: ``kg --help`` answers at once.
"""

import contextlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from kg.config import DEFAULT_STORE, is_server
from kg.errors import KgError, UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from kg.batch import Progress, Summary
    from kg.documents import Refusal
    from kg.graph import Graph
    from kg.store import Result
    from kg.views.analysis import Order

REFUSED, WRONG_USE, INTERRUPTED, BROKEN_PIPE = 1, 2, 130, 141

FORMATS = ("table", "csv", "tsv", "json", "xml", "ttl", "nt", "nq", "trig", "rdf", "jsonld")


Place = Path | str
"""Where the graph is: a folder, or the address or the settings file of a server as text."""


def _with_example(*examples: str) -> str:
    return "\b\nExample:\n" + "\n".join(f"  {example}" for example in examples)


def _choose_store(context: click.Context, _: click.Parameter, store: Place | None) -> None:
    if store is not None:
        context.obj = store


class _Place(click.Path):
    """A folder, the address of a server (which is no path), or a settings file that names one."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        return str(value) if is_server(value) else super().convert(value, param, ctx)


_PLACE = _Place(path_type=Path, file_okay=False)
_PLACE_HELP = "The folder of the knowledge graph, or a SPARQL server: its address, or a settings file (.toml)."
_store = click.option("--store", type=_PLACE, expose_value=False, callback=_choose_store, help=_PLACE_HELP)
"""``--store`` may stand before the command or after it."""

_as_of = click.option(
    "--as-of",
    "day",
    metavar="DATE",
    help="The graph as it was known at the end of that day (2024-01-03; a year or a month will do, too): only "
    "documents published by then. Those without a date are left out.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, epilog=_with_example("kg ingest articles/"))
@click.option(
    "--store",
    type=_PLACE,
    default=DEFAULT_STORE,
    envvar="KG_STORE",
    show_default=True,
    show_envvar=True,
    help=_PLACE_HELP,
)
@click.version_option(package_name="newskg", prog_name="kg")
@click.pass_context
def cli(context: click.Context, store: Place) -> None:
    """News articles in, one knowledge graph out.

    Every fact can be traced to the words that state it, the source that says it, and the day it was said.
    """
    context.obj = store


# ---- reading --------------------------------------------------------------------------------------------------------


@cli.command(
    epilog=_with_example(
        "kg ingest samples",
        "kg ingest today.html archive.jsonl --store news.store",
        "kg ingest samples --store server.toml",
    )
)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--again", is_flag=True, help="Read documents anew that the store has already.")
@_store
@click.pass_obj
def ingest(store: Place, paths: Sequence[Path], again: bool) -> int:
    """Read articles (text, HTML, JSON lines, folders of them) into the graph.

    What the store has already is passed over: after an interruption, the same command goes on.
    """
    import kg
    from kg.views import terminal

    with kg.open(store) as graph, _progress() as progress:
        done = graph.ingest([_there(path) for path in paths], progress=progress, again=again)
    summary(done, terminal.console(sys.stderr))
    return REFUSED if done.refused else 0


@cli.command(epilog=_with_example("kg extract article.txt --flat", "kg extract articles/ > claims.jsonl"))
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--flat", "as_rows", is_flag=True, help="One claim a line, with all names spelled out.")
def extract(paths: Sequence[Path], as_rows: bool) -> int:
    """Write what articles say as JSON lines, without a store: one document with all its claims a line."""
    import msgspec

    from kg.batch import extract as extracted
    from kg.batch import flat
    from kg.extraction import load
    from kg.views import terminal

    refused: list[Refusal] = []
    for extraction in extracted([_there(path) for path in paths], load(), refused.append):
        lines = (claim._asdict() for claim in flat(extraction)) if as_rows else (extraction,)
        for line in lines:
            sys.stdout.buffer.write(msgspec.json.encode(line) + b"\n")
    terminal.refusals(refused, terminal.console(sys.stderr))
    return REFUSED if refused else 0


# ---- asking ---------------------------------------------------------------------------------------------------------


@cli.command(
    epilog=_with_example(
        "kg query --list",
        "kg query killed-by",
        'kg query about name="Quds Force" --format csv',
        "kg query mine.rq --format json",
        "kg query toll --as-of 2024-01-03",
        "echo 'SELECT ?v ?k { ?v kg:killedBy ?k }' | kg query -",
    )
)
@click.argument("name", required=False, metavar="NAME|FILE.rq|-")
@click.argument("parameters", nargs=-1, metavar="[PARAMETER=VALUE]...")
@click.option("-f", "--format", "form", type=click.Choice(FORMATS), default="table", show_default=True)
@click.option("-l", "--list", "listed", is_flag=True, help="Show all queries with their parameters.")
@_as_of
@_store
@click.pass_obj
def query(store: Place, name: str | None, parameters: Sequence[str], form: str, listed: bool, day: str | None) -> None:
    """Ask the graph: a query by NAME (see --list), a SPARQL file, or standard input (-)."""
    from kg.views import menu

    if listed or name is None:
        return _list_queries()
    asked = menu.parsed("standard input", _standard_input()) if name == "-" else menu.named(name)
    values = menu.bound(asked, dict(_parameter(words) for words in parameters))
    with _reading(store, day) as graph:
        _answer(graph.query(asked.text, **values), form)
    return None


@cli.command(epilog=_with_example('kg show "Quds Force"', "kg show urn:newskg:country/iran"))
@click.argument("name")
@_as_of
@_store
@click.pass_obj
def show(store: Place, name: str, day: str | None) -> None:
    """Tell what is known of a thing, with the sentences that say so."""
    from kg.views import behind, find, terminal

    with _reading(store, day) as graph:
        things = graph.show(name)
        if not things:
            # Raises with the nearest names, unless a looser reading of the name finds something.
            things = [thing for iri in find(graph.store, name) for thing in graph.show(iri)]
        inferred = [fact.iri for thing in things for fact in thing.facts if fact.inferred]
        terminal.shown(things, behind(graph.store, inferred), terminal.console())


@cli.command(epilog=_with_example("kg changes", "kg changes https://example.org/article"))
@click.argument("article", required=False, metavar="[ARTICLE|URL]")
@_store
@click.pass_obj
def changes(store: Place, article: str | None) -> None:
    """Tell what new versions of an article (or of all) added, dropped and revised, with the words."""
    from kg.views import terminal

    with _reading(store) as graph:
        found = graph.changes(article)
    if not found:
        click.echo("No version changed anything.", err=True)
        return
    terminal.changes(found, terminal.console())


# ---- files ----------------------------------------------------------------------------------------------------------


@cli.command(
    epilog=_with_example(
        "kg export graph.html",
        'kg export force.gexf --about "Quds Force" --hops 2',
        "kg export killings.graphml --query killed-by",
        "kg export all.trig",
        "kg export graph.gexf --analyse",
    )
)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--about", metavar="NAME", help="Only what surrounds this thing.")
@click.option("--hops", type=click.IntRange(min=0), default=1, show_default=True, help="How many facts around it.")
@click.option("--query", "name", metavar="NAME|FILE.rq", help="Only what a SELECT names or a CONSTRUCT makes.")
@click.option("--no-alleged", is_flag=True, help="Leave out what is only alleged, possible, planned or denied.")
@click.option("--no-inferred", is_flag=True, help="Leave out what only follows from other facts.")
@click.option("--limit", type=click.IntRange(min=1), help="At most so many things (HTML: 2000 unless told).")
@click.option("--analyse", is_flag=True, help="Give things their measures (`kg analyse`), to size and colour them by.")
@_as_of
@_store
@click.pass_obj
def export(
    store: Place,
    file: Path,
    about: str | None,
    hops: int,
    name: str | None,
    no_alleged: bool,
    no_inferred: bool,
    limit: int | None,
    analyse: bool,
    day: str | None,
) -> None:
    """Write the graph to FILE. Its ending chooses the format.

    \b
    .html                      a page to look at, which opens offline
    .graphml .gexf             Gephi, yEd, igraph (.gexf with a timeline)
    .json                      Cytoscape
    .neo4j                     a folder of CSV files for Neo4j's import
    .csv                       a table of facts with their evidence
    .ttl .nt                   RDF, the merged facts
    .trig .nq .jsonld          RDF, with the evidence
    """
    from kg.views import export as write
    from kg.views import menu, terminal

    asked = menu.named(name) if name else None
    text = asked.text if asked and not menu.bound(asked, {}) else None
    with _reading(store, day) as graph:
        shown = write(
            graph.store,
            file,
            about,
            hops,
            text,
            include_alleged=not no_alleged,
            include_inferred=not no_inferred,
            limit=limit,
            analyse=analyse,
        )
        terminal.exported(file, shown, terminal.console(sys.stderr))


@cli.command(epilog=_with_example("kg analyse", 'kg analyse --about "Quds Force" --hops 2 --by betweenness'))
@click.option("--about", metavar="NAME", help="Only what surrounds this thing.")
@click.option("--hops", type=click.IntRange(min=0), default=2, show_default=True, help="How many facts around it.")
@click.option("--by", type=click.Choice(["pagerank", "betweenness", "degree"]), default="pagerank", show_default=True)
@click.option("--top", type=click.IntRange(min=1), default=20, show_default=True, help="So many things.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, with all communities and bridges.")
@_as_of
@_store
@click.pass_obj
def analyse(store: Place, about: str | None, hops: int, by: "Order", top: int, as_json: bool, day: str | None) -> None:
    """Tell who is central, what belongs together, and on which facts parts of the graph hang."""
    import msgspec

    from kg.views import analysis, picture_of, terminal

    with _reading(store, day) as graph:
        found = analysis.analysed(picture_of(graph.store, about, hops))
    if as_json:
        click.echo(msgspec.json.encode(analysis.report(found, by, top)).decode())
    else:
        terminal.analysis(found, by, top, terminal.console())


# ---- serving --------------------------------------------------------------------------------------------------------


@cli.command(
    epilog=_with_example(
        "kg serve",
        "kg serve --read-only --port 8080",
        "openssl rand -hex 16 > token && kg serve --token-file token",
    )
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at: this computer's own.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes any free one.")
@click.option("--url", metavar="URL", help="The address that others know the server by (behind a proxy, say).")
@click.option("--read-only", is_flag=True, help="Nobody writes, not even with the token.")
@click.option(
    "--token-file",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="The token that writing needs; else KG_TOKEN of the environment. Without one, nobody writes.",
)
@click.option(
    "--timeout", type=click.FloatRange(min=0.1), default=30, show_default=True, help="Seconds that a query may take."
)
@click.option("--memory", type=click.IntRange(min=64), default=1024, show_default=True, help="Megabytes for a query.")
@click.option(
    "--max-answer",
    type=click.IntRange(min=1),
    default=256,
    show_default=True,
    help="Megabytes that an answer may have.",
)
@click.option("--workers", type=click.IntRange(min=1), help="Queries at once; by default one for each core.")
@click.option(
    "--rate",
    type=click.FloatRange(min=0),
    default=100,
    show_default=True,
    help="Requests a second from one address of the network; 0 for any.",
)
@click.option("--allow-service", "services", multiple=True, metavar="HOST", help="A host that SERVICE may ask.")
@click.option("--allow-origin", "origins", multiple=True, metavar="ORIGIN", help="A site whose pages may read (CORS).")
@click.option(
    "--plain", is_flag=True, help="An RDF store without articles, in a folder of its own: all may be written."
)
@_store
@click.pass_obj
def serve(store: Place, /, **asked: Any) -> None:
    """Show the graph in a browser and answer SPARQL over HTTP, until interrupted.

    What documents make (the merged graph, their own graphs) is not to be written; graphs with other names are.
    """
    from kg.explorer.rooms import beside, rooms
    from kg.web.serve import serve as run_server
    from kg.web.settings import chosen

    settings = chosen(_folder(store), **asked)
    run_server(settings, click.echo, *(() if settings.plain else (rooms(), beside())))


# ---- keeping --------------------------------------------------------------------------------------------------------


@cli.command(epilog=_with_example("kg withdraw https://example.org/article", "kg withdraw 0f3a5c7e9b1d2f46"))
@click.argument("documents", nargs=-1, required=True, metavar="DOCUMENT|URL...")
@_store
@click.pass_obj
def withdraw(store: Place, documents: Sequence[str]) -> None:
    """Take documents out, with everything that only they said."""
    import kg

    with kg.open(store, create=False) as graph:
        for document in documents:
            for identity in graph.withdraw(document):
                click.echo(f"withdrawn: {identity}")


@cli.command(epilog=_with_example("kg rebuild"))
@_store
@click.pass_obj
def rebuild(store: Place) -> int:
    """Compute the merged graph again from the evidence. In a sound store nothing changes."""
    import kg

    with kg.open(store, create=False) as graph:
        found = graph.rebuild()
    changed = found.added + found.removed
    click.echo(f"{found.added:,} triples added, {found.removed:,} removed." if changed else "Nothing changed.")
    return REFUSED if changed else 0


@cli.command(epilog=_with_example("kg check"))
@_store
@click.pass_obj
def check(store: Place) -> int:
    """Check that every quote is true to its text, every node whole, and the merged graph what the evidence makes it."""
    from kg.views import terminal

    with _reading(store) as graph:
        found = graph.check()
    terminal.checked(found, terminal.console())
    return 0 if found else REFUSED


# ---- who is who -----------------------------------------------------------------------------------------------------

_by = click.option("--by", metavar="NAME", help="Who decides; else the user of this computer.")
_because = click.option("--because", metavar="WORDS", help="Why: kept with the decision.")


def _two(command: Callable[..., None]) -> Callable[..., None]:
    """What a decision on two things takes, and where it is kept."""
    options = (
        click.argument("one", metavar="NAME|IRI"),
        click.argument("other", metavar="NAME|IRI"),
        _because,
        _by,
        _store,
        click.pass_obj,
    )
    for option in reversed(options):
        command = option(command)
    return command


@cli.command(epilog=_with_example("kg review", 'kg review --about "John Smith" --limit 5 --by kim'))
@click.option("--about", metavar="NAME", help="Only what concerns this thing.")
@click.option("--limit", type=click.IntRange(min=1), help="Ask at most so many.")
@click.option("--again", is_flag=True, help="Ask again where somebody was unsure.")
@_by
@_store
@click.pass_obj
def review(store: Place, about: str | None, limit: int | None, again: bool, by: str | None) -> None:
    """Look at pairs that may be one thing, and press one key for each.

    \b
    s  the same        d  different        u  unsure: goes on
    b  back: undoes the last                q  quit; all is kept
    """
    import kg
    from kg import reviewing
    from kg.views import terminal

    with kg.open(store, create=False) as graph:
        reviewing.review(graph, reviewing.key, terminal.console(), about, limit=limit, by=by, again=again)


@cli.command(
    epilog=_with_example(
        'kg join "Bram Okoro" "B. Okoro"', "kg join urn:newskg:person/smith urn:newskg:person/john-smith"
    )
)
@_two
def join(store: Place, one: str, other: str, because: str | None, by: str | None) -> None:
    """Say that two things are one: names, or IRIs of things or of entities of documents."""
    import kg
    from kg import reviewing

    with kg.open(store, create=False) as graph, reviewing.candidates():
        reviewing.decided(graph.join(one, other, by, because))


@cli.command(
    epilog=_with_example(
        'kg split "Bram Okoro" "Bramm Okoro"', 'kg split "John Smith" urn:newskg:doc/0f3a5c7e9b1d2f46/e2'
    )
)
@_two
def split(store: Place, one: str, other: str, because: str | None, by: str | None) -> None:
    """Say that two are not one: the second leaves what the first is. Names, or IRIs of things, records or entities."""
    import kg
    from kg import reviewing

    with kg.open(store, create=False) as graph, reviewing.candidates():
        reviewing.decided(graph.split(one, other, by, because))


@cli.command(
    epilog=_with_example("kg release r1f3a5c7e9b", 'kg release r1f3a5c7e9b --by kim --because "a typing error"')
)
@click.argument("claims", nargs=-1, required=True, metavar="ID...")
@_because
@_by
@_store
@click.pass_obj
def release(store: Place, claims: Sequence[str], because: str | None, by: str | None) -> None:
    """Let claims count that did not fit the ontology and were refused: the IDs are those that `kg check` lists."""
    import kg
    from kg import reviewing

    with kg.open(store, create=False) as graph:
        found = graph.release(claims, by, because)
        reviewing.released(graph, found)


@cli.command(epilog=_with_example("kg undo", "kg undo --by kim"))
@_by
@_store
@click.pass_obj
def undo(store: Place, by: str | None) -> None:
    """Take back what you decided last (review, join, split or release); again, what you decided before that."""
    import kg
    from kg import reviewing

    with kg.open(store, create=False) as graph:
        found = graph.undo(by)
        if found.releases:
            reviewing.released(graph, found)
        else:
            reviewing.decided(found)


# ---- measuring and training ----------------------------------------------------------------------------------------


@cli.group(
    invoke_without_command=True,
    epilog=_with_example(
        "kg bench", "kg bench --data corpora/ --only coreference --json scores.json", "kg bench speed articles/"
    ),
)
@click.option(
    "--data", type=click.Path(path_type=Path, exists=True, file_okay=False), help="The folder of development data."
)
@click.option(
    "--only",
    multiple=True,
    metavar="NAME",
    help="Only this dataset (gold, coreference, coreference-dev …). May be given more than once.",
)
@click.option("--json", "file", type=click.Path(path_type=Path, dir_okay=False), help="Write all figures to this file.")
@click.pass_context
def bench(context: click.Context, data: Path | None, only: Sequence[str], file: Path | None) -> int:
    """Measure what the program claims of itself: scores on gold data, beside their floors.

    The exit code is 1 if a score has fallen under its floor.
    """
    if context.invoked_subcommand is not None:
        return 0
    import msgspec

    from kg.bench import run as bench_run
    from kg.views import terminal

    with _measuring() as told:
        report = bench_run.run(bench_run.chosen(only), data, told=told)
    terminal.rows(bench_run.COLUMNS, bench_run.table(report), terminal.console())
    for line in [f"left out: {why}" for why in report.left_out]:
        terminal.console(sys.stderr).print(terminal.one_line(line), style="yellow")
    if file is not None:
        file.write_bytes(msgspec.json.format(msgspec.json.encode(report)) + b"\n")
    return 0 if report else REFUSED


@bench.command(epilog=_with_example("kg bench speed samples", "kg bench speed articles/ --json"))
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of lines.")
def speed(paths: tuple[Path, ...], as_json: bool) -> None:
    """Words per CPU second of the whole ingest on one thread, beside those of the model alone."""
    import msgspec

    from kg.bench.speed import measure

    found = measure([_there(path) for path in paths])
    if as_json:
        click.echo(msgspec.json.encode(found).decode())
        return
    for name, value in msgspec.structs.asdict(found).items():
        click.echo(f"{name}\t{value:,.2f}" if isinstance(value, float) and value < 10 else f"{name}\t{value:,.0f}")


@bench.command(epilog=_with_example("kg bench scale --documents 10000", "kg bench scale --json"))
@click.option("--documents", type=click.IntRange(min=1), default=10_000, show_default=True, help="How many to invent.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of lines.")
def scale(documents: int, as_json: bool) -> None:
    """What a document costs while a store grows, by an invented archive with the names of news: time, memory, disk."""
    import msgspec

    from kg.bench.scale import lines, measure

    with _measuring() as told:
        found = measure(documents, lambda done: told("documents", done, documents))
    click.echo(msgspec.json.encode(found).decode() if as_json else "\n".join(lines(found)))


@bench.command("export", epilog=_with_example("kg bench export --edges 1000000", "kg bench export --from-store --json"))
@click.option("--edges", type=click.IntRange(min=1), default=100_000, show_default=True, help="How many to invent.")
@click.option("--from-store", is_flag=True, help="Read them from an invented store; else only writing is measured.")
@click.option(
    "--only", multiple=True, metavar="ENDING", help="Only this format (.gexf …). May be given more than once."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON list instead of a table.")
def bench_export(edges: int, from_store: bool, only: tuple[str, ...], as_json: bool) -> None:
    """What writing a graph takes in each format that is written as it is read: time, size, memory."""
    import msgspec

    from kg.bench import exporting
    from kg.views import terminal

    with _measuring() as told:
        found = exporting.measure(edges, from_store, only, lambda what: told(what, 0, 0))
    if as_json:
        click.echo(msgspec.json.encode(found).decode())
        return
    rows = [(it.format, f"{it.seconds:,.1f}", f"{it.megabytes:,.0f}", f"{it.peak_megabytes:,.0f}") for it in found]
    terminal.rows(("format", "CPU seconds", "MB written", "MB of memory"), rows, terminal.console())


@bench.command("web", epilog=_with_example("kg bench web", "kg bench web --facts 20000 --seconds 10 --json"))
@click.option("--facts", type=click.IntRange(min=100), default=200_000, show_default=True, help="How many to invent.")
@click.option("--connections", type=click.IntRange(1, 256), default=32, show_default=True, help="Clients at once.")
@click.option("--seconds", type=click.FloatRange(min=1), default=60, show_default=True, help="How long they ask.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of lines.")
def bench_web(facts: int, connections: int, seconds: float, as_json: bool) -> None:
    """What `kg serve` costs: a query over HTTP beside the same in-process, large answers, clients beside an ingest."""
    import msgspec

    from kg.bench import serving

    with _measuring() as told:
        found = serving.measure(facts, connections, seconds, lambda what: told(what, 0, 0))
    click.echo(msgspec.json.encode(found).decode() if as_json else "\n".join(serving.lines(found)))


@cli.command(epilog=_with_example("kg train --data corpora/ --out run/"))
@click.option(
    "--data", required=True, type=click.Path(path_type=Path, exists=True, file_okay=False), help="The corpora."
)
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="For the model.")
@click.option("--epochs", type=int, help="Passes over the trees.")
@click.option("--steps", type=int, help="Batches in all, where epochs are too coarse.")
@click.option("--threads", type=int, help="One for each free core.")
@click.option(
    "--start", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="A checkpoint to begin with."
)
@click.option("--relations", is_flag=True, help="Only the relation head, anew, of the model that is installed.")
def train(data: Path, out: Path, relations: bool, **settings: int | Path | None) -> None:
    """Train the language model, or go on from the last checkpoint in OUT. Needs the extra "train"."""
    asked: dict[str, Any] = {name: value for name, value in settings.items() if value is not None}
    if relations and asked.keys() - {"threads"}:
        raise UsageError("--relations goes with --data, --out and --threads only.")
    try:
        from kg.extraction.training.command import finished, refitted
    except ImportError as missing:
        raise UsageError(f"Training needs {missing.name}. Install it with pip install 'newskg[train]'.") from missing
    click.echo(f"The model and its card are in {(refitted if relations else finished)(data, out, **asked)}")


# ---- how it runs -------------------------------------------------------------------------------------------------


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run a command line and exit. Whatever goes wrong is one line on standard error."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run a command line and return its exit code."""
    try:
        code = cli.main(args=None if arguments is None else list(arguments), prog_name="kg", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.NoArgsIsHelpError as help_asked_for:
        click.echo(help_asked_for.ctx.get_help())
        return WRONG_USE
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except UsageError as error:
        return _complain(str(error), WRONG_USE)
    except KgError as error:
        return _complain(str(error), REFUSED)
    except (click.Abort, KeyboardInterrupt):
        return _complain("interrupted. What was finished is kept; the same command goes on.", INTERRUPTED)
    except BrokenPipeError:
        return _hung_up()
    return code if isinstance(code, int) else 0


def _complain(words: str, code: int) -> int:
    click.echo(f"kg: {' '.join(words.split())}", err=True)
    return code


def _hung_up() -> int:
    """Whoever read our output has gone (``| head``): say nothing, not even when Python closes the stream."""
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return BROKEN_PIPE


@contextlib.contextmanager
def _reading(store: Place, day: str | None = None) -> Iterator["Graph"]:
    """The graph in a folder, to read only: as it is, or as it was known on some day."""
    import kg

    with kg.open(store, read_only=True, create=False) as graph:
        yield graph.as_of(day) if day else graph


def _folder(store: Place) -> Path:
    if is_server(store):
        raise UsageError(f"{store} is served already. Ask it with `kg query --store {store}`, or serve a folder.")
    return Path(store)


def _there(path: Path) -> Path:
    if not path.exists():
        raise UsageError(f"{path} is not there. Give files or folders of articles.")
    return path


@contextlib.contextmanager
def _progress() -> Iterator[Callable[["Progress"], None] | None]:
    """A line on standard error that counts documents; in a terminal only."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.progress import Progress as Line
    from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

    from kg.views import terminal

    columns = (SpinnerColumn(), TextColumn("{task.completed:,.0f} documents"), TimeElapsedColumn())
    line = Line(*columns, TextColumn("{task.description}", style="dim"), console=terminal.console(sys.stderr))
    with line:
        task = line.add_task("loading the language model", total=None)
        yield lambda at: line.update(
            task, completed=at.done, description=terminal.one_line(at.title or at.identifier)[:60]
        )


@contextlib.contextmanager
def _measuring() -> Iterator[Callable[[str, int, int], None]]:
    """A bar on standard error for the dataset that is being measured; in a terminal only."""
    if not sys.stderr.isatty():
        yield lambda _name, _done, _of: None
        return
    from rich.progress import Progress as Bar

    from kg.views import terminal

    with Bar(console=terminal.console(sys.stderr), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda name, done, of: bar.update(task, description=name, completed=done, total=of or None)


def summary(done: "Summary", out: "Console") -> None:
    """How an ingest went, in a few lines, with what was refused and why."""
    from kg.views import terminal

    kinds = [(done.new, "new"), (done.changed, "changed"), (done.unchanged, "already in")]
    told = ", ".join(f"{count:,} {kind}" for count, kind in kinds if count) or "none"
    out.print(f"{terminal.counted(done.read, 'document')} read: {told}; {len(done.refused):,} refused.")
    speed = f" ({done.words / done.seconds:,.0f} words/s)" if done.words and done.seconds else ""
    out.print(
        f"{terminal.counted(done.claims, 'claim')} about {done.entities:,} entities in {done.seconds:,.1f} s{speed}."
    )
    if done.quarantined:
        out.print(
            f"{terminal.counted(len(done.quarantined), 'claim')} left out: they do not fit the ontology (`kg check`)."
        )
    terminal.refusals(done.refused, out)


def _list_queries() -> None:
    from kg.views import menu, terminal

    terminal.menu(menu.menu(), terminal.console())


def _standard_input() -> str:
    try:
        return sys.stdin.buffer.read().decode("utf-8")
    except UnicodeDecodeError as error:
        raise UsageError("Standard input is not UTF-8. Give a SPARQL query as text.") from error


def _parameter(words: str) -> tuple[str, str]:
    name, sign, value = words.partition("=")
    if not sign or not name:
        raise UsageError(f"“{words}” is no parameter. Write name=value.")
    return name.lstrip("?"), value


def _answer(result: "Result", form: str) -> None:
    if form == "table":
        from kg.views import terminal

        terminal.table(result, terminal.console())
        return
    sys.stdout.buffer.write(result.serialize(form))


__all__ = ["cli", "main", "run", "summary"]
