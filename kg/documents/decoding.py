"""Bytes of unknown encoding go in, text comes out, or the reason why there is none."""

import codecs
import re

from kg.errors import Refused

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it starts with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_FORMATS = (
    (b"%PDF", "a PDF, not text: convert it first (pdftotext)"),
    (b"PK\x03\x04", "a zip or office file, not text: unpack or convert it first"),
    (b"\xd0\xcf\x11\xe0", "an office file, not text: convert it first"),
    (b"\x1f\x8b", "compressed by gzip: unpack it first"),
    (b"BZh", "compressed by bzip2: unpack it first"),
    (b"\xfd7zXZ", "compressed by xz: unpack it first"),
    (b"\x28\xb5\x2f\xfd", "compressed by zstd: unpack it first"),
    (b"\x89PNG", "a picture, not text"),
    (b"\xff\xd8\xff", "a picture, not text"),
    (b"GIF8", "a picture, not text"),
    (b"{\\rtf", "a rich text file: save it as plain text first"),
)

BINARY = "binary, not text"

_DECLARED = re.compile(
    rb"""<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,100}?encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I
)
_DECLARED_WITHIN = 4096
"""HTML wants the declaration within the first 1,024 bytes; pages that break the rule stay below this."""

_CONTROLS = bytes(sorted(set(range(32)) - set(b"\t\n\v\f\r\x1b")))
_MOST_CONTROLS = 0.01
"""Text has next to none; compressed data and programs have one control byte in ten."""

_WESTERN = re.compile(rb"[\x80\x82-\x87\x89-\x8c\x8e\x91-\x97\x99-\x9c\x9e-\xff]")
"""What Windows-1252 gives to letters, quotes, dashes and signs that news uses."""
_MOST_WESTERN = 0.05
"""English news in Windows-1252 is below 3 % outside ASCII, all quotes and accents; other scripts are above 30 %."""


def decode(content: bytes, *, markup: bool = False) -> str:
    """The text of a file: by its byte order mark, the charset that ``markup`` declares, UTF-8, then by its statistics.

    Line ends become ``\\n``; nothing else is changed. Raises :class:`Refused` for empty, binary and broken content.
    """
    text = _decoded(content, markup)
    if "\0" in text:
        raise Refused(BINARY)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(content: bytes, markup: bool) -> str:
    if not content.strip():
        raise Refused("empty")
    _refuse_known_format(content)
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _strictly(content, encoding)
    if b"\0" in content:
        return _without_mark(content)
    if sum(map(content.count, (bytes([code]) for code in _CONTROLS))) > _MOST_CONTROLS * len(content):
        raise Refused(BINARY)
    return (_as_declared(content) if markup else None) or _by_statistics(content)


def _refuse_known_format(content: bytes) -> None:
    for start, reason in _FORMATS:
        if content.startswith(start):
            raise Refused(reason)


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise Refused(
            f"broken encoding: says {encoding}, but byte {error.start:,} is not; save it again as UTF-8"
        ) from error


def _without_mark(content: bytes) -> str:
    """UTF-16 without a byte order mark: in English every other byte is zero, on one side only. All else is binary."""
    even, odd = content[0::2].count(0), content[1::2].count(0)
    most, least = max(even, odd), min(even, odd)
    if most < 0.8 * (len(content) // 2) or least > 0.01 * len(content):
        raise Refused(BINARY)
    return _strictly(content, "utf-16-le" if odd > even else "utf-16-be")


def _as_declared(content: bytes) -> str | None:
    """The text by the charset that a page declares, if it holds. ``latin-1`` is read as Windows-1252."""
    declared = _DECLARED.search(content[:_DECLARED_WITHIN])
    if declared is None:
        return None
    name = declared[1].decode("ascii").lower()
    try:
        return content.decode("cp1252" if name in ("iso-8859-1", "latin1", "latin-1", "us-ascii") else name)
    except (LookupError, UnicodeError, ValueError):
        return None


def _by_statistics(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        if _mostly_utf8(content):
            raise Refused(f"broken encoding: UTF-8 until byte {error.start:,}; save it again as UTF-8") from error
    if len(_WESTERN.findall(content)) == _beyond_ascii(content) <= _MOST_WESTERN * len(content):
        return content.decode("cp1252", errors="strict")
    return _guessed(content)


def _mostly_utf8(content: bytes) -> bool:
    """Whether more characters beyond ASCII are right UTF-8 than wrong: then it is UTF-8, damaged on its way."""
    text = content.decode("utf-8", errors="replace")
    wrong = text.count("\N{REPLACEMENT CHARACTER}")
    right = sum(char > "\x7f" for char in text) - wrong
    return right > wrong


def _beyond_ascii(content: bytes) -> int:
    return sum(byte > 0x7F for byte in content)


def _guessed(content: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(content[: 1 << 20]).best()
    if best is None:
        raise Refused("broken encoding: no encoding fits; save it again as UTF-8")
    return _strictly(content, best.encoding)
