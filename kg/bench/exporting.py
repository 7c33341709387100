"""A number of facts in; what writing them to a file takes, in seconds, megabytes and memory, out.

The facts are invented: each links two things, with a quote and a date, as facts of news do. They come from an iterator,
which measures the writers alone, or from an invented store, which measures reading them, too.
"""

import multiprocessing
import re
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path

import msgspec

from kg.config import BASE, KG
from kg.errors import KgError, UsageError
from kg.store import Store
from kg.views import rdf
from kg.views.files import FOLDERS, SHOWN, export
from kg.views.picture import Evidence, Fact, Paper, Thing

FORMATS = tuple(ending for ending in (*SHOWN, *FOLDERS) if ending != ".html")
"""All that is written as it is read. (A page shows 2,000 things at most.)"""
FROM_STORE = (*FORMATS, *rdf.FORMATS)
"""RDF is written of what a store holds, and of nothing else."""

_KINDS = (("Person", "Person"), ("ArmedGroup", "Organization"), ("City", "Place"), ("Explosion", "Event"))
_PREDICATES = ("memberOf", "killedBy", "locatedIn", "carriedOutBy", "met", "happenedIn")
_FACTS_A_THING, _FACTS_A_DOCUMENT = 4, 10


class Written(msgspec.Struct, frozen=True):
    """One file. ``seconds`` are of CPU; ``peak_megabytes`` is all that the process that wrote it ever held."""

    format: str
    edges: int
    from_store: bool
    seconds: float
    megabytes: float
    peak_megabytes: float


class Invented:
    """So many facts, made up as they are asked for; see :class:`kg.views.picture.Shown`."""

    title = "Invented"

    def __init__(self, edges: int) -> None:
        self.edges = edges

    @property
    def facts(self) -> Iterator[Fact]:
        return map(self._fact, range(self.edges))

    @property
    def things(self) -> Iterator[Thing]:
        return map(_thing, range(self._count))

    @property
    def _count(self) -> int:
        return max(self.edges // _FACTS_A_THING, 2)

    def _fact(self, number: int) -> Fact:
        # Steps by numbers without a common factor lead everywhere.
        ends = (number % self._count, (number * 7919 + 1) % self._count)
        subject, target = (_iri(end) for end in ends)
        predicate = _PREDICATES[number % len(_PREDICATES)]
        day = f"20{10 + number % 20}-{1 + number % 12:02}-{1 + number % 28:02}"
        iri = f"{BASE}fact/{number:016x}"
        return Fact(
            iri,
            subject,
            predicate,
            predicate,
            target,
            first_said=day,
            last_said=day,
            evidence=(_evidence(number, day),),
        )


def measure(
    edges: int, from_store: bool = False, only: Sequence[str] = (), told: Callable[[str], None] = lambda _: None
) -> list[Written]:
    """Write the facts in each format (or in some ``only``), each in a process of its own. ``told`` hears what is done.

    Raises :class:`kg.errors.UsageError` for a format that nobody knows, or RDF without a store.
    """
    known = FROM_STORE if from_store else FORMATS
    if unknown := sorted({*only} - {*known}):
        raise UsageError(f"{', '.join(unknown)} can't be measured so. Take some of {' '.join(known)}.")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        if from_store:
            told("filling a store")
            fill(folder / "kg.store", Invented(edges))
        found = []
        for ending in only or known:
            told(ending)
            found.append(_measured(folder, ending, edges, from_store))
        return found


def _measured(folder: Path, ending: str, edges: int, from_store: bool) -> Written:
    receiver, sender = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("spawn").Process(
        target=_write, args=(folder, ending, edges, from_store, sender)
    )
    process.start()
    sender.close()
    try:
        return msgspec.json.decode(receiver.recv_bytes(), type=Written)
    except EOFError as ended:
        raise KgError(
            f"Writing {ending} was ended from outside, for want of memory maybe. Try fewer --edges."
        ) from ended
    finally:
        process.join()


def _write(folder: Path, ending: str, edges: int, from_store: bool, sender: Connection) -> None:
    path = folder / f"graph{ending}"
    begun = time.process_time()
    if from_store:
        with Store.open(folder / "kg.store", read_only=True) as store:
            export(store, path)
    else:
        _feed(Invented(edges), path, ending)
    seconds = time.process_time() - begun
    files = path.iterdir() if path.is_dir() else [path]
    size = sum(file.stat().st_size for file in files) / 1e6
    sender.send_bytes(msgspec.json.encode(Written(ending, edges, from_store, seconds, size, peak())))


def _feed(shown: Invented, path: Path, ending: str) -> None:
    if ending in FOLDERS:
        path.mkdir()
        import_module(f"kg.views.{FOLDERS[ending]}").write(shown, path)
        return
    with path.open("wb") as out:
        import_module(f"kg.views.{SHOWN[ending]}").write(shown, out)


def fill(place: Path, shown: Invented) -> None:
    """A store with the merged view and the evidence of invented facts, as a store would have them.

    They are loaded in one go, without who is who: that is measured by ``kg bench scale``.
    """
    lines = place.with_suffix(".nq")
    with lines.open("w", encoding="utf-8") as out:
        for thing in shown.things:
            out.writelines(_thing_lines(thing))
        for fact in shown.facts:
            out.writelines(_fact_lines(fact))
    with Store.open(place) as store:
        store.engine.bulk_load(path=str(lines))
    lines.unlink()


def _thing_lines(thing: Thing) -> Iterator[str]:
    yield f"<{thing.iri}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{KG}{thing.kind}> .\n"
    yield f'<{thing.iri}> <http://www.w3.org/2000/01/rdf-schema#label> "{thing.label}" .\n'


def _fact_lines(fact: Fact) -> Iterator[str]:
    rdf, string = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", '"{}"'.format
    (item,) = fact.evidence
    document = item.claim.rpartition("/")[0]
    stated = ((f"{rdf}subject", f"<{fact.subject}>"), (f"{rdf}predicate", f"<{KG}{fact.predicate}>"))
    told = (
        *stated,
        (f"{rdf}object", f"<{fact.object}>"),
        (f"{rdf}type", f"<{KG}Fact>"),
        (f"{KG}stance", string("asserted")),
        (f"{KG}sources", string(1)),
        (f"{KG}firstSaid", string(fact.first_said)),
        (f"{KG}lastSaid", string(fact.last_said)),
        (f"{KG}claim", f"<{item.claim}>"),
    )
    for predicate, value in told:
        yield f"<{fact.iri}> <{predicate}> {value} .\n"
    said = (
        *stated,
        (f"{rdf}type", f"<{KG}Claim>"),
        ("http://www.w3.org/ns/oa#exact", string(item.quote)),
        ("http://www.w3.org/ns/oa#start", string(item.start)),
        ("http://www.w3.org/ns/oa#end", string(item.end)),
    )
    for predicate, value in said:
        yield f"<{item.claim}> <{predicate}> {value} <{document}> .\n"
    yield f"<{document}> <http://purl.org/dc/terms/title> {string(item.document.title)} <{document}> .\n"


def _iri(number: int) -> str:
    return f"{BASE}{_KINDS[number % 4][0].lower()}/thing-{number}"


def _thing(number: int) -> Thing:
    kind, family = _KINDS[number % 4]
    return Thing(_iri(number), f"Thing {number}", kind, family, mentions=3, sources=2, documents=2)


def _evidence(number: int, day: str) -> Evidence:
    paper = Paper(f"{number // _FACTS_A_DOCUMENT:016x}", f"What happened on {day}", "North Wire", published=day)
    quote = (
        f"On {day} one thing was told of another, in a sentence as long as the sentences of newspapers are ({number})."
    )
    return Evidence(f"{BASE}doc/{paper.id}/c{number % _FACTS_A_DOCUMENT}", quote, paper, 120, 120 + len(quote))


def peak(process: int | None = None) -> float:
    """Megabytes that a process (this one unless another is named) has held at most; 0 of another where nobody tells.

    Linux counts those of the process that started it, too, in what ``getrusage`` tells, but not in its own account.
    """
    account = Path(f"/proc/{process or 'self'}/status")
    found = re.search(r"VmHWM:\s+(\d+) kB", account.read_text()) if account.exists() else None
    if found:
        return int(found[1]) * 1024 / 1e6
    if process is not None:
        return 0.0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1e6 if sys.platform == "darwin" else most * 1024 / 1e6
