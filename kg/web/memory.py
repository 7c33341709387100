"""A number of bytes in; a process that gets no more than these for a query out.

What is limited is the address space, the one thing that the system limits for each process. An open store takes a good
deal of it (stacks of the engine's threads, for one), so the limit is lifted while a store is opened, and set anew.
"""

import contextlib
from collections.abc import Iterator
from pathlib import Path

try:
    import resource
except ImportError:  # Windows has no such limits; the time limit holds.
    resource = None  # type: ignore[assignment]


@contextlib.contextmanager
def limited_afterwards(size: int) -> Iterator[None]:
    """No limit within; afterwards ``size`` bytes more than there are then."""
    _limit(None)
    try:
        yield
    finally:
        _limit(size)


def _limit(size: int | None) -> None:
    if resource:
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        wanted = resource.RLIM_INFINITY if size is None else _taken() + size
        within = hard == resource.RLIM_INFINITY or (size is not None and wanted < hard)
        resource.setrlimit(resource.RLIMIT_AS, (wanted if within else hard, hard))


def _taken() -> int:
    """Bytes of address space that the process has now; a guess where the system does not tell."""
    with contextlib.suppress(OSError):
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    return 1 << 30
