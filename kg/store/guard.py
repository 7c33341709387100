"""The text of a query in; the text that may be run, with its parameters filled in, out.

The engine follows ``SERVICE`` to other hosts and can be made to overflow its stack by nesting, and has no switch for
either, so both are refused here, by token: what stands in strings, IRIs and comments counts for nothing.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from kg.errors import UsageError

# 10,000 nested braces end the process; nobody writes 100, and the engine was sound at 500 on a small thread's stack.
DEEPEST = 100
# Ten times the longest query that we know of (with a long list of VALUES).
LONGEST = 1_000_000

_TOKEN = re.compile(
    r"""
      (?P<iri>    <[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<string> \"\"\"(?:(?:\"|\"\")?(?:[^"\\]|\\.))*\"\"\" | '''(?:(?:'|'')?(?:[^'\\]|\\.))*'''
                | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*')
    | (?P<comment>\#[^\n\r]*)
    | (?P<variable>[?$]\w+)
    | (?P<prefixed>[^\W\d_]?[\w.-]*:(?:[\w.:%-]|\\.)*)
    | (?P<word>   @?[^\W\d]\w*)
    | (?P<open>   [({\[])
    | (?P<close>  [)}\]])
    | (?P<other>  \s+|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPED_LETTER = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))")
_REFUSED = {
    "service": "SERVICE asks another host, and this store stays at home. Take that part out of the query.",
    "load": "LOAD fetches from another place. Put documents in with `kg ingest`.",
}
_UPDATES = frozenset({"insert", "delete", "clear", "drop", "create", "add", "move", "copy"})
_FORMS = frozenset({"select", "ask", "construct", "describe"})


class Token(NamedTuple):
    """A piece of a query: its kind (a group of the expression above) and its text."""

    kind: str
    text: str

    @property
    def word(self) -> str:
        """A bare word in lower case, else empty."""
        return self.text.lower() if self.kind == "word" else ""


def tokens(query: str) -> list[Token]:
    """A query cut into pieces that make it up again."""
    return [Token(match.lastgroup or "other", match[0]) for match in _TOKEN.finditer(query)]


def guarded(query: str, parameters: Mapping[str, str] | None = None) -> str:
    """The query with its parameters (name without ``?``, and the term as N-Triples text) put in.

    Raises :class:`kg.errors.UsageError` for an update, ``SERVICE``, ``LOAD``, or a query too long or too deep.
    """
    pieces = checked(query)
    _check_words(pieces)
    return "".join(_filled(pieces, parameters or {}))


def checked(text: str) -> list[Token]:
    """A query or update cut into pieces, its escaped letters written out.

    Raises :class:`kg.errors.UsageError` if it is too long or too deep for the engine.
    """
    if len(text) > LONGEST:
        raise UsageError(f"The query has {len(text):,} characters, more than {LONGEST:,}. Make it shorter.")
    pieces = tokens(_without_letter_escapes(text))
    _check_depth(pieces)
    return pieces


def makes_triples(query: str) -> bool:
    """Whether a query is a CONSTRUCT or a DESCRIBE."""
    return next((it.word for it in tokens(query) if it.word in _FORMS), "") in {"construct", "describe"}


def elsewhere(pieces: list[Token]) -> list[tuple[int, str]]:
    """Where ``service`` or ``load`` may be a keyword: the places of the pieces, each with the keyword.

    The engine needs no space between words: ``trueSERVICE<…>`` and ``LOADex:y`` are keywords to it. So any word counts
    that holds one of the two, and a prefixed name that could hold it before the name that the keyword takes.
    """
    return [(place, word) for place, piece in enumerate(pieces) if (word := _elsewhere(pieces, place, piece))]


def _elsewhere(pieces: list[Token], place: int, piece: Token) -> str:
    if piece.kind == "word":
        return next((it for it in _REFUSED if it in piece.word), "")
    prefix = piece.text.lower().partition(":")[0] if piece.kind == "prefixed" else ""
    if prefix.startswith("load"):
        return "load"
    # SERVICE takes a name and then a group.
    return "service" if "service" in prefix and _next(pieces, place) == "{" else ""


def _next(pieces: list[Token], place: int) -> str:
    """The next piece that means anything."""
    return next((it.text for it in pieces[place + 1 :] if it.kind != "comment" and not it.text.isspace()), "")


def _without_letter_escapes(query: str) -> str:
    r"""``\u0053ERVICE`` is SERVICE to SPARQL (19.2): letters and digits are written out before all else."""

    def written(match: re.Match[str]) -> str:
        code = int(match[1] or match[2], 16)
        letter = chr(code) if code < 0x110000 else ""
        return letter if letter.isalnum() and not _is_escaped(query, match.start()) else match[0]

    return _ESCAPED_LETTER.sub(written, query) if "\\" in query else query


def _is_escaped(query: str, place: int) -> bool:
    """Whether the backslash there is itself escaped by the one before it."""
    before = query[:place]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1


def _check_words(pieces: list[Token]) -> None:
    for _, word in elsewhere(pieces):
        raise UsageError(_REFUSED[word])
    first = next((piece.word for piece in pieces if piece.word in _FORMS | _UPDATES), "")
    if first in _UPDATES:
        raise UsageError(
            "This is an update, and a store is changed by documents only. Use `kg ingest` or `kg withdraw`."
        )


def _check_depth(pieces: list[Token]) -> None:
    depth = signs = 0
    for piece in pieces:
        depth += (piece.kind == "open") - (piece.kind == "close")
        # A row of `!` or `-` nests just as brackets do.
        signs = signs + 1 if piece.text in {"!", "-", "+", "^"} else signs * piece.text.isspace()
        if max(depth, signs) > DEEPEST:
            raise UsageError(f"The query is nested more than {DEEPEST} deep. Make it flatter.")


def _filled(pieces: list[Token], parameters: Mapping[str, str]) -> list[str]:
    """Each parameter's variable becomes its term, wherever it stands.

    Where only a variable may stand (a list of results, ``GROUP BY``, ``ORDER BY``) it becomes an expression of the same
    name, so that it is a column of the answer; ``BOUND`` of it is true. What stands in ``VALUES`` or after ``AS`` is
    bound by the query itself and stays.
    """
    if not parameters:
        return [piece.text for piece in pieces]
    meaningful = [place for place, piece in enumerate(pieces) if piece.kind not in {"comment"} and piece.text.strip()]
    result = [piece.text for piece in pieces]
    clause, depth = "", 0
    for number, place in enumerate(meaningful):
        piece = pieces[place]
        before = pieces[meaningful[number - 1]] if number else None
        clause, depth = _clause(piece, clause, depth)
        if piece.kind != "variable" or piece.text[1:] not in parameters:
            continue
        _fill(result, meaningful, number, before, clause if depth == 0 else "", parameters[piece.text[1:]])
    return result


_CLAUSES = {"select": "select", "group": "group", "order": "order", "having": "", "limit": "", "offset": ""}


def _clause(piece: Token, clause: str, depth: int) -> tuple[str, int]:
    """The clause of the solution's form that a piece stands in, and how deep in its brackets."""
    if piece.word in _CLAUSES:
        return _CLAUSES[piece.word], 0
    if piece.word == "values":
        return "values", 0
    if piece.text in {"{", "}"} or piece.word in {"where", "from"}:
        # The brace of VALUES ?x { … } ends its list of variables as well.
        return "", 0
    if clause:
        depth += (piece.text == "(") - (piece.text == ")")
    return clause, depth


def _fill(result: list[str], places: list[int], number: int, before: Token | None, clause: str, term: str) -> None:
    place = places[number]
    name = result[place][1:]
    if clause == "values" or (before is not None and before.word == "as"):
        return
    if clause in {"select", "group"}:
        result[place] = f"({term} AS ?{name})"
    elif clause == "order":
        result[place] = f"({term})"
    elif number > 1 and before is not None and before.text == "(" and result[places[number - 2]].lower() == "bound":
        # BOUND takes a variable only.
        for index in range(places[number - 2], places[number + 1] + 1):
            result[index] = ""
        result[place] = "true"
    else:
        result[place] = term
