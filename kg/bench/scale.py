"""A number of documents in; what storing one costs while the store grows, and what a claim takes on disk, out."""

import re
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path

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
    ``ratio`` the second by the first: 1 is flat. ``windows`` has ten means, one for each tenth. ``disk_a_claim`` is
    bytes on disk; ``blocks`` the key records of the largest blocks. ``evidence`` is the documents' graphs whole, of
    which ``provenance`` is what stands on claims; ``merged`` is the merged view with the store's own counts.
    """

    documents: int
    claims: int
    early: float
    late: float
    ratio: float
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
            times, claims = _fill(store, archive(documents), told)
        disk = sum(path.stat().st_size for path in place.rglob("*") if path.is_file())
        with Store.open(place, read_only=True) as store:
            return _report(store, times, claims, disk)


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


def _fill(store: Store, extractions: Iterable[Extraction], told: Callable[[int], None]) -> tuple[list[float], int]:
    """The CPU seconds of each document (those put together share theirs), and the number of claims."""
    times, claims = list[float](), 0
    for group in _in_groups(extractions):
        before = time.process_time()
        store.put_many([Put(to_nquads(it, store.base), *resolve(it, store.base)) for it in group], match)
        times += [(time.process_time() - before) / len(group)] * len(group)
        claims += sum(len(it.claims) for it in group)
        told(len(times))
    return times, claims


def _in_groups(extractions: Iterable[Extraction]) -> Iterator[list[Extraction]]:
    waiting = iter(extractions)
    while group := list(islice(waiting, _AT_ONCE)):
        yield group


def _report(store: Store, times: list[float], claims: int, disk: int) -> Scale:
    whole = len(times)
    early, late = _mean(times[whole // 100 : max(whole // 10, 1)]), _mean(times[whole * 9 // 10 :])
    graphs = {name: f"<{store.base}{name}>" for name in ("judgements", "log", "ontology", "tally")}
    ledger = store.graph(graphs["judgements"])
    blocks = Counter(block for _, block in ledger.pairs(BLOCK))
    return Scale(
        documents=whole,
        claims=claims,
        early=early,
        late=late,
        ratio=late / early if early else 0.0,
        windows=tuple(_mean(times[whole * at // 10 : whole * (at + 1) // 10]) for at in range(10)),
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
