"""Requests on standard input, one after the other; replies on standard output: a process that may be killed any time.

What it can do is taken away before the first request: the network unless SERVICE is allowed, and core dumps; memory
beyond its share when it opens a store. It dies with its server.
"""

import contextlib
import ctypes
import os
import signal
import sys
from typing import BinaryIO

import msgspec

from kg.web.engine import Engine, EngineSettings
from kg.web.messages import LENGTH, READY, packed, request

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG, linux/prctl.h
_NEW_USERS, _NEW_NETWORK = 0x10000000, 0x40000000  # CLONE_NEWUSER, CLONE_NEWNET, linux/sched.h


def main() -> None:
    """Work until the server closes the pipe. The only argument is :class:`EngineSettings` as JSON."""
    settings = msgspec.json.decode(sys.argv[1], type=EngineSettings)
    _confine(settings)
    sys.stdout.buffer.write(READY)
    sys.stdout.buffer.flush()
    _work(Engine(settings), sys.stdin.buffer, sys.stdout.buffer)


def _work(engine: Engine, incoming: BinaryIO, outgoing: BinaryIO) -> None:
    while length := incoming.read(LENGTH):
        data = incoming.read(int.from_bytes(length, "big"))
        outgoing.write(packed(engine.reply(request(data))))
        outgoing.flush()


def _confine(settings: EngineSettings) -> None:
    # Interrupting the server at the terminal is the server's business.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    die_with_parent()
    if not settings.services:
        _leave_network()
    if resource:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def die_with_parent() -> None:
    """Have the system kill this process when the server ends, however it ends (Linux)."""
    if sys.platform == "linux":
        parent = os.getppid()
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
        if os.getppid() != parent:
            sys.exit()


def _leave_network() -> None:
    """Where the system allows it, there is no network to ask, not even this machine. Elsewhere the guard must do."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).unshare(_NEW_USERS | _NEW_NETWORK)


if __name__ == "__main__":
    main()
