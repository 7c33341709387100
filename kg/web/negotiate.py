"""An Accept header or a format's name in; the form in which an answer goes out (RFC 9110, section 12.5.1)."""

from typing import Literal, NamedTuple

from kg.web.problems import Problem

Shape = Literal["rows", "graph"]
"""What SELECT and ASK give, and what CONSTRUCT and DESCRIBE give."""

# The names by which `format=` asks; the first media type is the standard's own, the others are what clients also send.
# What is listed first is sent to a client that has no wish.
_ROWS = {
    "json": ("application/sparql-results+json", "application/json"),
    "xml": ("application/sparql-results+xml", "application/xml", "text/xml"),
    "csv": ("text/csv",),
    "tsv": ("text/tab-separated-values",),
}
_GRAPHS = {
    "ttl": ("text/turtle", "application/turtle", "application/x-turtle"),
    "nt": ("application/n-triples", "text/plain"),
    "nq": ("application/n-quads",),
    "trig": ("application/trig",),
    "rdf": ("application/rdf+xml", "application/xml", "text/xml"),
    "jsonld": ("application/ld+json", "application/json"),
}
_OTHER_NAMES = {
    "rows": {"srj": "json", "srx": "xml"},
    "graph": {"turtle": "ttl", "ntriples": "nt", "nquads": "nq", "xml": "rdf", "rdfxml": "rdf", "json": "jsonld"},
}
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_FORMS: dict[Shape, dict[str, tuple[str, ...]]] = {"rows": _ROWS, "graph": _GRAPHS}
# Clients that label text by its character set get told ours; the others have none, or UTF-8 by definition.
_TEXTS = frozenset({"text/csv", "text/tab-separated-values", "text/turtle", "text/plain", "text/xml"})


class Form(NamedTuple):
    """How an answer is written: the short name of the format, and the Content-Type it is sent with."""

    name: str
    content_type: str


class _Range(NamedTuple):
    """One range of an Accept header. ``weight`` is its q, from 0 to 1."""

    type: str
    subtype: str
    weight: float

    def fits(self, media_type: str) -> int:
        """How closely it names a media type: 0 not at all, 1 ``*/*``, 2 ``text/*``, 3 by name."""
        type_, _, subtype = media_type.partition("/")
        if (self.type, self.subtype) == (type_, subtype):
            return 3
        if self.subtype != "*":
            return 0
        return 2 if self.type == type_ else int(self.type == "*")


def names(shape: Shape) -> tuple[str, ...]:
    """The short names of the formats that a shape can be written in."""
    return tuple(_FORMS[shape])


def media_types(shape: Shape) -> tuple[str, ...]:
    """The standard media types of a shape."""
    return tuple(types[0] for types in _FORMS[shape].values())


def prefers_page(accept: str) -> bool:
    """Whether a client would rather look at a page than have RDF: it names HTML, and likes nothing of ours better."""
    ranges = _ranges(accept)
    page = max((it.weight for it in ranges if f"{it.type}/{it.subtype}" in _PAGES), default=0.0)
    data = max(_weight(media_type, ranges) for types in _GRAPHS.values() for media_type in types)
    return page > 0 and page >= data


def chosen(shape: Shape, accept: str, wanted: str | None = None) -> Form:
    """The form for an answer: what ``format=`` names, else what the Accept header likes best.

    Raises :class:`kg.web.problems.Problem` if there is no such form.
    """
    if wanted:
        return _named(shape, wanted)
    return _liked(shape, accept) if accept.strip() else _sent(next(iter(_FORMS[shape])), _FORMS[shape])


def _named(shape: Shape, wanted: str) -> Form:
    forms = _FORMS[shape]
    name = _OTHER_NAMES[shape].get(wanted.lower(), wanted.lower())
    if name in forms:
        return _sent(name, forms)
    for known, types in forms.items():
        if name in types:
            return _sent(known, forms)
    raise Problem("format", f"Say format= one of {', '.join(forms)} for this answer.")


def _liked(shape: Shape, accept: str) -> Form:
    forms = _FORMS[shape]
    ranges = _ranges(accept)
    # Standard types before their other names, so that a wildcard gives the standard's.
    offered = [(types[0], name) for name, types in forms.items()]
    offered += [(other, name) for name, types in forms.items() for other in types[1:]]
    weights = [_weight(media_type, ranges) for media_type, _ in offered]
    best = max(weights)
    if best <= 0:
        raise Problem("format", f"Accept one of {', '.join(types[0] for types in forms.values())}.")
    media_type, name = offered[weights.index(best)]
    return Form(name, _labelled(media_type))


def _sent(name: str, forms: dict[str, tuple[str, ...]]) -> Form:
    return Form(name, _labelled(forms[name][0]))


def _labelled(media_type: str) -> str:
    return f"{media_type};charset=utf-8" if media_type in _TEXTS else media_type


def _weight(media_type: str, ranges: list[_Range]) -> float:
    """The q of the range that names a media type most closely."""
    closeness, weight = max(((it.fits(media_type), it.weight) for it in ranges), default=(0, 0.0))
    return weight if closeness else 0.0


def _ranges(accept: str) -> list[_Range]:
    return [it for it in map(_range, accept.split(",")) if it is not None]


def _range(text: str) -> _Range | None:
    """One range; what is none counts for nothing."""
    media_type, *parameters = (part.strip().lower() for part in text.split(";"))
    type_, slash, subtype = media_type.partition("/")
    if not slash or not type_ or not subtype:
        return None
    return _Range(type_, subtype, next((_quality(it[2:]) for it in parameters if it.startswith("q=")), 1.0))


def _quality(text: str) -> float:
    try:
        return min(max(float(text), 0.0), 1.0) if len(text) <= 5 else 0.0
    except ValueError:
        return 0.0
