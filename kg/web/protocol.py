"""The parts of an HTTP request in; what it asks by the SPARQL 1.1 Protocol (section 2) out."""

import re
from collections.abc import Sequence
from urllib.parse import parse_qsl

import msgspec

from kg.web.problems import Problem

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"

_MOST_PARAMETERS = 1000
# An absolute IRI as SPARQL's grammar writes it between angle brackets.
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^<>\"{}|^`\\\x00-\x20]*")


class Query(msgspec.Struct, frozen=True):
    """A query, and the dataset that the protocol gives it; without any graph it is the store's own."""

    text: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    format: str | None = None


class Update(msgspec.Struct, frozen=True):
    """An update, and the dataset that its WHERE parts look at."""

    text: str
    using: tuple[str, ...] = ()
    using_named: tuple[str, ...] = ()


class Description(msgspec.Struct, frozen=True):
    """A bare GET: what the service is (SPARQL 1.1 Service Description)."""

    format: str | None = None


Asked = Query | Update | Description


class Parameters:
    """Names and values, in which a name may stand more than once."""

    def __init__(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Decoded pairs; see :func:`decoded`."""
        self._pairs = pairs

    def all(self, name: str) -> tuple[str, ...]:
        return tuple(value for key, value in self._pairs if key == name)

    def at_most_one(self, name: str) -> str | None:
        """The value of a name, or none. Raises :class:`Problem` for two."""
        found = self.all(name)
        if len(found) > 1:
            raise Problem("request", f"Give {name}= once.")
        return found[0] if found else None

    def graphs(self, name: str) -> tuple[str, ...]:
        """The IRIs of graphs. Raises :class:`Problem` for what is none."""
        return tuple(absolute(name, value) for value in self.all(name))

    def __contains__(self, name: str) -> bool:
        return any(key == name for key, _ in self._pairs)

    def __add__(self, other: "Parameters") -> "Parameters":
        return Parameters([*self._pairs, *other._pairs])


def absolute(name: str, iri: str) -> str:
    """An absolute IRI, as it is. Raises :class:`Problem` for anything else."""
    if not _IRI.fullmatch(iri):
        raise Problem("request", f"{name}= takes an absolute IRI.")
    return iri


def decoded(encoded: bytes) -> Parameters:
    """URL-encoded pairs. Raises :class:`Problem` for what is not UTF-8."""
    try:
        return Parameters(
            parse_qsl(encoded.decode("utf-8"), keep_blank_values=True, errors="strict", max_num_fields=_MOST_PARAMETERS)
        )
    except UnicodeDecodeError as error:
        raise Problem("request", "Encode parameters in UTF-8.") from error
    except ValueError as error:
        raise Problem("request", f"Give at most {_MOST_PARAMETERS} parameters.") from error


def asked(method: str, query_string: bytes, content_type: str, body: bytes) -> Asked:
    """What a request to the endpoint asks. Raises :class:`Problem` for what the protocol has no meaning for."""
    in_url = decoded(query_string)
    if method in {"GET", "HEAD"}:
        return _by_get(in_url)
    if method != "POST":
        raise Problem("method", "Ask by GET or POST; update by POST.")
    return _by_post(in_url, content_type, body)


def _by_get(parameters: Parameters) -> Query | Description:
    if "update" in parameters:
        raise Problem("request", "Update by POST, not by GET.")
    if "query" not in parameters:
        return Description(parameters.at_most_one("format"))
    return _query(parameters, _one(parameters, "query"))


def _by_post(in_url: Parameters, content_type: str, body: bytes) -> Query | Update:
    media_type, _, rest = content_type.partition(";")
    media_type = media_type.strip().lower()
    if media_type not in {FORM, QUERY, UPDATE}:
        raise Problem("type", f"Send a POST as {FORM}, {QUERY} or {UPDATE}.")
    _check_charset(rest)
    if "update" in in_url:
        raise Problem("request", "Send an update in the body, not in the address, which is kept in logs.")
    if media_type == FORM:
        return _by_form(in_url, decoded(body))
    if "query" in in_url:
        raise Problem("request", "Send one query: in the address or in the body.")
    text = _text(body)
    return _query(in_url, text) if media_type == QUERY else _update(in_url, text)


def _by_form(in_url: Parameters, form: Parameters) -> Query | Update:
    parameters = in_url + form
    if ("query" in parameters) == ("update" in parameters):
        raise Problem("request", "Send query= or update=, one of them.")
    if "update" in parameters:
        return _update(parameters, _one(parameters, "update"))
    return _query(parameters, _one(parameters, "query"))


def _one(parameters: Parameters, name: str) -> str:
    found = parameters.at_most_one(name)
    if not found:
        raise Problem("request", f"{name}= is empty.")
    return found


def _query(parameters: Parameters, text: str) -> Query:
    default, named = parameters.graphs("default-graph-uri"), parameters.graphs("named-graph-uri")
    return Query(text, default, named, parameters.at_most_one("format"))


def _update(parameters: Parameters, text: str) -> Update:
    return Update(text, parameters.graphs("using-graph-uri"), parameters.graphs("using-named-graph-uri"))


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Problem("request", f"Encode the text in UTF-8: byte {error.start} is not.") from error


def _check_charset(parameters: str) -> None:
    for parameter in parameters.split(";"):
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset" and value.strip().strip('"').lower() not in {"utf-8", "utf8", "us-ascii"}:
            raise Problem("type", "Encode the text in UTF-8.")
