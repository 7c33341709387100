"""One writer per store: a lock on a file, given up by the system when its process ends in whatever way."""

import os
from pathlib import Path

from kg.errors import StoreError

try:
    import fcntl
except ImportError:  # Windows: the engine's own lock file still keeps a second writer out, with a plainer message.
    fcntl = None  # type: ignore[assignment]


class WriterLock:
    """Held from the beginning of its life until :meth:`release`.

    Raises :class:`kg.errors.StoreError` at once if another process, or this one, holds it.
    """

    def __init__(self, path: Path) -> None:
        """Take the lock at ``path``, a file that stays where it is for ever."""
        self._file = path.open("a+")
        try:
            if fcntl:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = self._holder()
            self._file.close()
            raise StoreError(
                f"{path.parent} is being written by another process{holder}. Wait until it has finished."
            ) from error
        self._file.truncate(0)
        self._file.write(str(os.getpid()))
        self._file.flush()

    def release(self) -> None:
        """Let others write. Doing it twice is no fault."""
        self._file.close()

    def _holder(self) -> str:
        self._file.seek(0)
        number = self._file.read().strip()
        return f" ({number})" if number.isdigit() else ""
