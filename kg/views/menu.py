"""The files of ``queries/`` in; the menu of questions that can be asked by name, with their parameters, out.

A query begins with comment lines: ``# title: …``, ``# answers: …``, any number of
``# parameter: NAME (text|number|date, required|optional) — what it is`` and of ``# example: kg query …``.
"""

import re
from collections.abc import Mapping
from pathlib import Path

import msgspec

from kg.config import data_folder
from kg.errors import UsageError

_FIELD = re.compile(r"#\s*(title|answers|parameter|example):\s*(.*\S)\s*")
_PARAMETER = re.compile(r"([\w-]+)\s*\((\w+)(?:,\s*(required|optional))?\)\s*(?:[—–-]\s*)?(.*)")


class Parameter(msgspec.Struct, frozen=True):
    """One thing that a query wants to know. ``type`` is ``text``, ``number`` or ``date``."""

    name: str
    type: str = "text"
    required: bool = False
    meaning: str = ""


class Named(msgspec.Struct, frozen=True):
    """One query of the menu. ``text`` is its SPARQL."""

    name: str
    text: str
    title: str = ""
    answers: str = ""
    parameters: tuple[Parameter, ...] = ()
    examples: tuple[str, ...] = ()


def menu(folder: Path | None = None) -> dict[str, Named]:
    """All queries of a folder (by default those shipped with the program), by name, in alphabetical order."""
    paths = sorted((folder or data_folder("queries")).glob("*.rq"))
    return {path.stem: parsed(path.stem, path.read_text(encoding="utf-8")) for path in paths}


def parsed(name: str, text: str) -> Named:
    """A query with what its first lines say of it."""
    fields: dict[str, list[str]] = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        if found := _FIELD.fullmatch(line):
            fields.setdefault(found[1], []).append(found[2])
    return Named(
        name,
        text,
        title=" ".join(fields.get("title", ())),
        answers=" ".join(fields.get("answers", ())),
        parameters=tuple(_parameter(words, name) for words in fields.get("parameter", ())),
        examples=tuple(fields.get("example", ())),
    )


def named(name: str, folder: Path | None = None) -> Named:
    """The query of this name, or of the file of this name (``NAME.rq``).

    Raises :class:`kg.errors.UsageError` if there is neither.
    """
    if name.endswith((".rq", ".sparql")):
        return _from_file(Path(name))
    queries = menu(folder)
    if name not in queries:
        raise UsageError(f"There is no query called {name}. `kg query --list` shows all; a file must end in .rq.")
    return queries[name]


def bound(query: Named, given: Mapping[str, str]) -> dict[str, object]:
    """The values that a query's parameters get. Numbers become numbers; what is optional and not given is left out.

    Raises :class:`kg.errors.UsageError` for a parameter that the query does not have, or needs and was not given. A
    query without declared parameters takes any.
    """
    known = {parameter.name: parameter for parameter in query.parameters}
    unknown = sorted(set(given) - set(known)) if known or query.title else []
    if unknown:
        takes = ", ".join(known) or "none"
        raise UsageError(f"{query.name} has no parameter {unknown[0]}. It takes: {takes}.")
    missing = [name for name, parameter in known.items() if parameter.required and name not in given]
    if missing:
        example = query.examples[0] if query.examples else f'kg query {query.name} {missing[0]}="…"'
        raise UsageError(f"{query.name} needs {' and '.join(missing)}. Try: {example}")
    return {name: _typed(known.get(name, Parameter(name)), value) for name, value in given.items()}


def _parameter(words: str, query: str) -> Parameter:
    found = _PARAMETER.fullmatch(words)
    if not found:
        raise UsageError(f"{query}.rq: “# parameter: {words}” can't be read. Write NAME (text, optional) — meaning.")
    return Parameter(found[1], found[2], found[3] == "required", found[4])


def _from_file(path: Path) -> Named:
    try:
        return parsed(path.name, path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise UsageError(f"{path} can't be read: {reason}. Give a file with a SPARQL query, or a name.") from error


def _typed(parameter: Parameter, value: str) -> object:
    if parameter.type != "number":
        return value
    try:
        return int(value) if re.fullmatch(r"[+-]?\d+", value) else float(value)
    except ValueError as error:
        raise UsageError(f"{parameter.name} takes a number, not “{value}”.") from error
