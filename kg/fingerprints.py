"""Texts in, fingerprints that tell reprints apart from other reports out. Pure; of two texts nothing else counts.

Forty papers that print one wire report are one source. Whether two texts are the same report is decided by how many
runs of five words they share: a fingerprint estimates that share (the Jaccard coefficient) by the least hash of all
runs under each of many hash functions (MinHash: Broder 1997). Bands of a fingerprint are keys by which whoever keeps
many of them finds those that may be alike without comparing all.
"""

import re
from base64 import b64decode, b64encode
from binascii import Error
from collections.abc import Iterator
from functools import cache, lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # whoever only asks a store needs no numpy
    import numpy as np
    from numpy.typing import NDArray

HASHES = 72
ROWS = 3
"""Hashes in a band: 24 bands of 3 bring texts together that share half of their runs in 96 of 100 cases."""
RUN = 5
"""Words in a run."""
SHORTEST = 50
"""A text of fewer words has no fingerprint: two short notes on one thing are easily alike by chance."""
ALIKE = 0.5
"""Texts that share this part of all their runs are the same report. Reports of two authors on one event share a
tenth at most; a wire report printed with another head, and cut by a third, shares more than half."""

_WORD = re.compile(r"\w+")
_BYTES = 2
"""Of each hash; more would tell the same."""


def fingerprint(text: str) -> str | None:
    """The fingerprint of a text as 192 letters and digits (Base64); None for a text too short to have one."""
    import numpy as np

    words = _WORD.findall(text.casefold())
    if len(words) < SHORTEST:
        return None
    runs = {" ".join(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}
    hashes = np.array([_hash(run) for run in runs], dtype=np.uint64)
    factors, terms = _functions()
    least = np.empty(HASHES, dtype=np.uint64)
    for i in range(HASHES):  # one function at a time: a book would fill the memory otherwise
        least[i] = (hashes * factors[i] + terms[i]).min()
    # The least value is small by nature, so its own digits are mixed before most are dropped.
    mixed = (least * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(64 - 8 * _BYTES)
    return b64encode(mixed.astype("<u2").tobytes()).decode()


def bands(mark: str) -> Iterator[str]:
    """The keys of a fingerprint: texts that share none are not compared."""
    raw, size = _raw(mark), _BYTES * ROWS
    for number in range(HASHES // ROWS):
        yield f"{number}-{raw[number * size : (number + 1) * size].hex()}"


def are_alike(one: str, other: str) -> bool:
    """Whether two fingerprints are of one report: they share a band, and enough of the rest."""
    import numpy as np

    same = np.frombuffer(_raw(one), dtype="<u2") == np.frombuffer(_raw(other), dtype="<u2")
    return bool(same.mean() >= ALIKE and same.reshape(-1, ROWS).all(1).any())


def is_fingerprint(mark: str) -> bool:
    """Whether a text is a fingerprint."""
    try:
        return len(_raw(mark)) == HASHES * _BYTES
    except (Error, ValueError):
        return False


@lru_cache(maxsize=4096)
def _raw(mark: str) -> bytes:
    return b64decode(mark, validate=True)


@cache
def _functions() -> "tuple[NDArray[np.uint64], NDArray[np.uint64]]":
    """Odd factors and terms of the hash functions (multiply-shift: Dietzfelbinger et al. 1997), always the same."""
    import numpy as np

    random = np.random.default_rng(1997)
    factors = random.integers(1, 2**63, HASHES, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
    return factors, random.integers(0, 2**63, HASHES, dtype=np.uint64)


def _hash(run: str) -> int:
    return int.from_bytes(blake2b(run.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
