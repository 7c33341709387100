"""An input that can't be read goes in, a line for the closing summary comes out."""

import os
from pathlib import Path

import msgspec


class Refusal(msgspec.Struct, frozen=True, order=True):
    """One input that was not read: where it is and why not. ``reason`` is one line that says what to do next.

    Of a file that holds many articles, ``reason`` starts with the place (``line 12: …``).
    """

    path: str
    reason: str


def printable(path: str | Path) -> str:
    """The path as one line that any terminal and any JSON writer takes, whatever bytes the file name is made of.

    Linux allows names that are no UTF-8 and names with line breaks; both are shown with backslash escapes.
    """
    name = os.fsencode(path).decode("utf-8", errors="backslashreplace")
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in name)
