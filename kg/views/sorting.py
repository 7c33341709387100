"""Records in any order in, more than memory holds maybe; the same in order out.

Sorted in runs that fit into memory; all but the only one are put aside on disk and merged (Knuth, The Art of Computer
Programming 3, section 5.4: external sorting).
"""

import heapq
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import islice
from typing import IO

import msgspec

from kg.views.markup import aside

Record = tuple[str, ...]

_RUN = 200_000
"""Records in memory at once: triples take some 100 MB then."""

_record = msgspec.json.Decoder(Record)


def ordered(records: Iterable[Record], run: int = _RUN) -> Iterator[Record]:
    """The records, sorted as tuples of text are. At most ``run`` of them are in memory."""
    waiting = iter(records)
    part = sorted(islice(waiting, run))
    if len(part) < run:
        yield from part
        return
    with ExitStack() as files:
        runs: list[IO[bytes]] = []
        while part:
            runs.append(files.enter_context(aside()))
            runs[-1].writelines(msgspec.json.encode(record) + b"\n" for record in part)
            part = sorted(islice(waiting, run))
        yield from heapq.merge(*map(_read, runs))


def _read(file: IO[bytes]) -> Iterator[Record]:
    file.seek(0)
    return map(_record.decode, file)
