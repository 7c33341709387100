"""A number of documents in; what storing one costs while the store grows, and what a claim takes on disk, out."""

import re
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import islice, pairwise
from pathlib import Path
from typing import NamedTuple

import msgspec

from kg.bench.archive import archive
from kg.claims import Extraction
from kg.mapping import to_nquads
from kg.resolution import match, resolve
from kg.store import Put, Store
from kg.store.identities import BLOCK, PROFILE
from kg.store.ledger import is_link
from kg.store.names import kg

_AT_ONCE = 16
"""Documents that are put in together, as an ingest does."""
_LARGEST = 5
_CLAIM = re.compile("/c[0-9]+>$")


class Size(msgspec.Struct, frozen=True):
    """Quads, and their bytes as N-Quads, of one part of a store; each also per claim."""

    quads: int
    bytes: int
    quads_a_claim: float
    bytes_a_claim: float


class Scale(msgspec.Struct, frozen=True):
    """One run on one thread. Times are CPU milliseconds a document, from the extraction to the disk.

    ``early`` is the mean of the documents from a hundredth to a tenth of the run, ``late`` that of its last tenth, and
    ``ratio`` the second by the first: 1 is flat. ``windows`` has ten means, one for each tenth. ``steady`` is the ratio
    of what the store takes, counted in the yardstick of its minute: who is named in a document and its quads, which are
    the same work however large the store is. A busy machine changes ``ratio``, and not ``steady``. ``disk_a_claim`` is
    bytes on disk; ``blocks`` the key records of the largest blocks. ``evidence`` is the documents' graphs whole, of
    which ``provenance`` is what stands on claims; ``merged`` is the merged view with the store's own counts.
    """

    documents: int
    claims: int
    early: float
    late: float
    ratio: float
    steady: float
    windows: tuple[float, ...]
    peak_megabytes: float
    disk_megabytes: float
    disk_a_claim: float
    provenance: Size
    evidence: Size
    ledger: Size
    merged: Size
    key_records: int
    judgements: int
    blocks: dict[str, int]


def measure(documents: int, told: Callable[[int], None] = lambda _: None) -> Scale:
    """Fill a store that is thrown away with an invented archive; ``told`` hears how many documents are in."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "kg.store"
        with Store.open(place) as store:
            spent, claims = _fill(store, archive(documents), told)
        disk = sum(path.stat().st_size for path in place.rglob("*") if path.is_file())
        with Store.open(place, read_only=True) as store:
            return _report(store, spent, claims, disk)


def lines(found: Scale) -> Iterator[str]:
    """A figure a line, its name in front, a tab between."""
    for name, value in msgspec.structs.asdict(found).items():
        match value:
            case Size():
                share = f"{value.quads_a_claim:.1f} and {value.bytes_a_claim:,.0f} bytes a claim"
                yield f"{name}\t{value.quads:,} quads, {share}"
            case tuple():
                yield f"{name}\t{' '.join(f'{each:.1f}' for each in value)}"
            case dict():
                yield f"{name}\t{' '.join(f'{count:,}' for count in value.values())}"
            case _:
                yield f"{name}\t{value:,.2f}" if isinstance(value, float) else f"{name}\t{value:,}"


class _Spent(NamedTuple):
    """CPU seconds of each document (those put together share theirs): the yardstick's, and the store's."""

    before: list[float]
    store: list[float]

    def part(self, start: int, end: int) -> float:
        """The mean of some documents, in milliseconds."""
        return _mean(self.before[start:end]) + _mean(self.store[start:end])

    def yards(self, start: int, end: int) -> float:
        """What the store took of some documents, by the yardstick."""
        yard = _mean(self.before[start:end])
        return _mean(self.store[start:end]) / yard if yard else 0.0


def _fill(store: Store, extractions: Iterable[Extraction], told: Callable[[int], None]) -> tuple[_Spent, int]:
    """What putting in each document took, and the number of claims."""
    spent, claims = _Spent([], []), 0
    for group in _in_groups(extractions):
        moments = [time.process_time()]
        ready = [Put(to_nquads(it, store.base), *resolve(it, store.base)) for it in group]
        moments.append(time.process_time())
        store.put_many(ready, match)
        moments.append(time.process_time())
        for times, (began, ended) in zip(spent, pairwise(moments), strict=True):
            times += [(ended - began) / len(group)] * len(group)
        claims += sum(len(it.claims) for it in group)
        told(len(spent.store))
    return spent, claims


def _in_groups(extractions: Iterable[Extraction]) -> Iterator[list[Extraction]]:
    waiting = iter(extractions)
    while group := list(islice(waiting, _AT_ONCE)):
        yield group


def _report(store: Store, spent: _Spent, claims: int, disk: int) -> Scale:
    whole = len(spent.store)
    first, last = (whole // 100, max(whole // 10, 1)), (whole * 9 // 10, whole)
    early, late = spent.part(*first), spent.part(*last)
    yards = spent.yards(*first)
    graphs = {name: f"<{store.base}{name}>" for name in ("judgements", "log", "ontology", "tally")}
    ledger = store.graph(graphs["judgements"])
    blocks = Counter(block for _, block in ledger.pairs(BLOCK))
    return Scale(
        documents=whole,
        claims=claims,
        early=early,
        late=late,
        ratio=late / early if early else 0.0,
        steady=spent.yards(*last) / yards if yards else 0.0,
        windows=tuple(spent.part(whole * at // 10, whole * (at + 1) // 10) for at in range(10)),
        peak_megabytes=_peak(),
        disk_megabytes=disk / 1e6,
        disk_a_claim=disk / max(claims, 1),
        key_records=sum(1 for _ in ledger.pairs(PROFILE)),
        judgements=sum(name == kg("left") or is_link(name, store.base) for _, name, _ in ledger.triples()),
        blocks=dict(blocks.most_common(_LARGEST)),
        **_sizes(store, graphs, claims),
    )


def _sizes(store: Store, graphs: dict[str, str], claims: int) -> dict[str, Size]:
    """How large the parts of a store are."""
    others = {graphs["judgements"]: ("ledger",), graphs["log"]: (), graphs["ontology"]: ()}
    others |= {graphs["tally"]: ("merged",), "DEFAULT": ("merged",)}
    quads, octets = Counter[str](), Counter[str]()
    for quad in store.engine:
        told = ("evidence", "provenance") if _CLAIM.search(str(quad.subject)) else ("evidence",)
        for part in others.get(str(quad.graph_name), told):
            quads[part] += 1
            octets[part] += len(str(quad)) + len(" .\n")
    count = max(claims, 1)
    return {
        part: Size(quads[part], octets[part], quads[part] / count, octets[part] / count)
        for part in ("provenance", "evidence", "ledger", "merged")
    }


def _mean(times: list[float]) -> float:
    """Milliseconds."""
    return 1000 * sum(times) / len(times) if times else 0.0


def _peak() -> float:
    """The most memory this process ever held; the kernel counts bytes on macOS and KiB elsewhere."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1e6 if sys.platform == "darwin" else most * 1024 / 1e6
