"""Python values in, RDF terms out: as N-Triples text in the one form that the store gives back.

The store keeps literals by value (``1.50`` comes back as ``1.5``, ``+00:00`` as ``Z``), so what is written here is
already in that form, and a dump of the store is the text that was written. Sections meant below: RDF 1.1 N-Triples
2.6 (grammar) and the canonical form of RDF 1.1 N-Quads.
"""

import re
from datetime import date, datetime
from decimal import Decimal
from urllib.parse import urlsplit

XSD = "http://www.w3.org/2001/XMLSchema#"

# Characters that canonical N-Quads writes as an escape; every other one stands for itself.
_ESCAPES = {code: f"\\u{code:04X}" for code in (*range(0x20), 0x7F, 0xFFFE, 0xFFFF)} | {
    ord("\b"): "\\b",
    ord("\t"): "\\t",
    ord("\n"): "\\n",
    ord("\f"): "\\f",
    ord("\r"): "\\r",
    ord('"'): '\\"',
    ord("\\"): "\\\\",
}
_SURROGATE = re.compile("[\ud800-\udfff]")
_UNSAFE_IN_IRI = re.compile(r"[^A-Za-z0-9\-._~:/?#@!$&'()*+,;=%]")
_UNSAFE_IN_SEGMENT = re.compile(r"[^A-Za-z0-9\-._~]")
_BAD_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_HOST = re.compile(r"[A-Za-z0-9\-._~%]+")
_DATETIME = re.compile(
    r"(?P<minutes>\d{4}-\d\d-\d\dT\d\d:\d\d)(?P<seconds>:\d\d)?(?P<fraction>\.\d{1,9})?(?P<zone>Z|[+-]\d\d:\d\d)?"
)


def iri(value: str) -> str:
    """An absolute IRI in angle brackets. What an IRI may not hold is percent-escaped, never dropped."""
    address, mark, fragment = value.partition("#")
    one_fragment = address + mark + fragment.replace("#", "%23")  # RFC 3987, 2.2: no second "#"
    return f"<{_percent(_UNSAFE_IN_IRI, _BAD_PERCENT.sub('%25', one_fragment))}>"


def segment(value: str) -> str:
    """One step of an IRI's path: everything but unreserved ASCII percent-escaped (RFC 3986, 2.3)."""
    return _percent(_UNSAFE_IN_SEGMENT, value)


def is_web_address(value: str) -> bool:
    """True for an http(s) address that can be an IRI after escaping: a plain host, and a port that is a number."""
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        return False
    plain = parts.netloc == (parts.hostname or "") + (f":{port}" if port is not None else "")
    return value.startswith(("http://", "https://")) and plain and bool(_HOST.fullmatch(parts.hostname or ""))


def string(value: str) -> str:
    """A plain string. A lone surrogate, which no RDF may hold, becomes U+FFFD: one character, so offsets stay true."""
    return f'"{unicode_only(value).translate(_ESCAPES)}"'


def unicode_only(value: str) -> str:
    """The same text with U+FFFD for each lone surrogate; its length never changes."""
    return _SURROGATE.sub("\ufffd", value)


def integer(value: int) -> str:
    """An ``xsd:integer``."""
    return f'"{value}"^^<{XSD}integer>'


def decimal(value: float) -> str:
    """An ``xsd:decimal`` without exponent or trailing zeros. The value must be finite."""
    text = format(Decimal(repr(value)), "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return f'"{"0" if text in {"-0", ""} else text}"^^<{XSD}decimal>'


def number(value: float) -> str:
    """An ``xsd:integer`` when the value is whole, else an ``xsd:decimal``."""
    return integer(int(value)) if float(value).is_integer() else decimal(value)


def boolean(value: bool) -> str:
    """An ``xsd:boolean``."""
    return f'"{"true" if value else "false"}"^^<{XSD}boolean>'


def time(value: str) -> str:
    """An ISO 8601 prefix typed by its length (year, month, day, moment); all else, intervals too, a plain string."""
    kind = _time_kind(value)
    if kind == "dateTime":
        return f'"{_moment(value)}"^^<{XSD}dateTime>'
    return f'"{value}"^^<{XSD}{kind}>' if kind else string(value)


def _time_kind(value: str) -> str | None:
    """The XSD type that ``value`` is a true value of; the 31st of February is none."""
    # fromisoformat reads more than XSD does (weeks, no dashes), so the shape is checked first.
    if re.fullmatch(r"[0-9]{4}", value):
        return "gYear" if value != "0000" else None
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}", value):
        return "gYearMonth" if _is_date(f"{value}-01") else None
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return "date" if _is_date(value) else None
    return "dateTime" if value.isascii() and _is_moment(value) else None


def _is_date(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _is_moment(value: str) -> bool:
    match = _DATETIME.fullmatch(value)
    if match is None or (match["fraction"] and not match["seconds"]):
        return False
    try:
        # Python 3.13 reads 24:00 as the next day; in the store it would come back as another text.
        datetime.fromisoformat(match["minutes"] + (match["seconds"] or ""))
    except ValueError:
        return False
    return value[11:13] != "24" and (match["zone"] in {None, "Z"} or _is_zone(match["zone"]))


def _is_zone(zone: str) -> bool:
    """Up to 14 hours either way (XSD 1.1, 3.3.7)."""
    hours, minutes = int(zone[1:3]), int(zone[4:6])
    return minutes < 60 and hours * 60 + minutes <= 14 * 60


def _moment(value: str) -> str:
    match = _DATETIME.fullmatch(value)
    assert match is not None
    fraction = (match["fraction"] or "").rstrip("0").rstrip(".")
    zone = match["zone"] or ""
    return match["minutes"] + (match["seconds"] or ":00") + fraction + ("Z" if zone[1:] == "00:00" else zone)


def _percent(unsafe: re.Pattern[str], value: str) -> str:
    return unsafe.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), unicode_only(value))
