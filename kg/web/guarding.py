"""The text of a query or update from anybody in; the text that the engine may be given out, or the reason why not."""

from typing import NamedTuple
from urllib.parse import urlsplit

from kg.errors import UsageError
from kg.store.guard import Token, checked, elsewhere
from kg.web.updates import Reader, check_targets

_REFUSED = {
    "service": "SERVICE asks another host, and this server asks none. Take that part out, or ask its operator.",
    "load": "LOAD fetches from another host, and this server asks none. Send the data to the graph store instead.",
}


class Allowed(NamedTuple):
    """An update that may be run; for a knowledge graph's, also the graphs that it writes to, and whether a semicolon
    stands at its end."""

    text: str
    graphs: tuple[str, ...] = ()
    is_open: bool = False

    def then(self, operation: str) -> str:
        """The update with another operation behind it, in the same transaction."""
        # On a line of its own, for the update may end in a comment.
        return f"{self.text}\n{'' if self.is_open else ';'} {operation}" if operation else self.text


def checked_query(text: str, hosts: tuple[str, ...] = ()) -> str:
    """A query that asks only the hosts allowed (``name`` or ``name:port``).

    Raises :class:`kg.errors.UsageError`.
    """
    pieces = checked(text)
    _check_hosts(pieces, hosts)
    return "".join(piece.text for piece in pieces)


def checked_update(
    text: str,
    base: str | None = None,
    using: tuple[str, ...] = (),
    using_named: tuple[str, ...] = (),
    hosts: tuple[str, ...] = (),
) -> Allowed:
    """An update that writes only where it may, with the dataset that the protocol gives it.

    ``base`` is that of a knowledge graph, whose own graphs are not to be written; none for a plain store. Raises
    :class:`kg.errors.UsageError`.
    """
    pieces = checked(text)
    _check_hosts(pieces, hosts)
    if base is None and not using and not using_named:
        return Allowed("".join(piece.text for piece in pieces))
    reader = Reader(pieces)
    if base is not None:
        check_targets(reader.targets, base)
    plain = not using and not using_named
    text_after = "".join(it.text for it in pieces) if plain else reader.with_dataset(using, using_named)
    return Allowed(text_after, tuple(reader.targets), reader.is_open)


def _check_hosts(pieces: list[Token], hosts: tuple[str, ...]) -> None:
    for place, word in elsewhere(pieces):
        if not hosts:
            raise UsageError(_REFUSED[word])
        _check_host(_address(pieces, place, word), hosts)


def _address(pieces: list[Token], place: int, word: str) -> str:
    """The address after a keyword. Only one written out in full can be looked at."""
    rest = [it for it in pieces[place + 1 :] if it.kind != "comment" and not it.text.isspace()]
    if rest and rest[0].word == "silent":
        rest = rest[1:]
    if pieces[place].word != word or not rest or rest[0].kind != "iri":
        raise UsageError(f"Write {word.upper()}, a space, and the whole address in angle brackets.")
    return rest[0].text[1:-1]


def _check_host(address: str, hosts: tuple[str, ...]) -> None:
    try:
        parts = urlsplit(address)
        known = {parts.hostname, f"{parts.hostname}:{parts.port or (443 if parts.scheme == 'https' else 80)}"}
    except ValueError as error:
        raise UsageError(f"<{address}> is no address.") from error
    if parts.scheme not in {"http", "https"} or "@" in parts.netloc or not known & set(hosts):
        raise UsageError(f"This server may not ask <{address}>. Its operator allows {', '.join(hosts)}.")
