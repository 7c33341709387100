"""The pieces of a SPARQL update in; which graphs it writes to, and its text with another dataset, out.

Read by the grammar of SPARQL 1.1 Update (section 19.8, rules 29 to 52), and strictly: what is not understood is
refused, since a graph that was overlooked would be a graph that is written.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from kg.errors import UsageError
from kg.store.guard import Token
from kg.store.names import PREFIXES
from kg.web.problems import Problem

DEFAULT, NAMED, ALL = "DEFAULT", "NAMED", "ALL"
"""Targets that are no IRI."""

_DOTS = re.compile(r"[:/]\.{1,2}(?:[/?#]|$)")
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


class _Where(NamedTuple):
    """A WHERE part: the place of its keyword, and for the short form ``DELETE WHERE {…}`` the place after its end."""

    place: int
    end: int | None = None


class Reader:
    """Reads an update from its first piece to its last. Afterwards ``targets`` are the graphs that it writes to:
    IRIs, variables, and the words above."""

    def __init__(self, pieces: list[Token]) -> None:
        """Read all. Raises :class:`kg.errors.UsageError` for what is not understood."""
        self.targets: list[str] = []
        self._pieces = pieces
        self._places = [at for at, it in enumerate(pieces) if it.kind != "comment" and not it.text.isspace()]
        self._at = 0
        self._prefixes = dict(PREFIXES)
        self._wheres: list[_Where] = []
        self._has_dataset = False
        self._read()

    @property
    def is_open(self) -> bool:
        """Whether a semicolon stands at its end."""
        return bool(self._places) and self._pieces[self._places[-1]].text == ";"

    def with_dataset(self, using: Iterable[str], using_named: Iterable[str]) -> str:
        """The update with a dataset for its WHERE parts. Raises :class:`Problem` if it has one of its own."""
        if self._has_dataset:
            raise Problem("request", "The update names graphs by WITH or USING, and the request does, too. Use one.")
        clauses = "".join(f"USING <{it}> " for it in using) + "".join(f"USING NAMED <{it}> " for it in using_named)
        texts = [piece.text for piece in self._pieces]
        for where in self._wheres:
            if where.end is None:
                texts[where.place] = f"{clauses}{texts[where.place]}"
            else:
                # DELETE WHERE {P} takes no USING; DELETE {P} WHERE {P} is the same and does.
                pattern = "".join(piece.text for piece in self._pieces[where.place + 1 : where.end])
                texts[where.place] = f"{pattern} {clauses}WHERE"
        return "".join(texts)

    # --- the grammar ---------------------------------------------------------------------------------------------

    def _read(self) -> None:
        self._prologue()
        while self._at < len(self._places):
            self._operation()
            if self._at < len(self._places):
                self._expect(";")
                self._prologue()

    def _prologue(self) -> None:
        while self._word() in {"prefix", "base"}:
            if self._take().word == "prefix":
                name = self._take().text
                self._prefixes[name.rstrip(":")] = self._take().text[1:-1]
            else:
                self._take()

    def _operation(self) -> None:
        word = self._take().word
        if word in {"clear", "drop", "create"}:
            self._skip("silent")
            self.targets.append(self._graph_or_all())
        elif word in {"add", "move", "copy"}:
            self._transfer(word)
        elif word == "load":
            self._load()
        elif word in {"insert", "delete", "with"}:
            self._change(word)
        else:
            raise self._lost()

    def _transfer(self, word: str) -> None:
        self._skip("silent")
        source = self._graph_or_all()
        self._expect("to")
        self.targets.append(self._graph_or_all())
        if word == "move":
            self.targets.append(source)

    def _load(self) -> None:
        self._skip("silent")
        self._take()
        if self._skip("into"):
            self._expect("graph")
            self.targets.append(self._iri())
        else:
            self.targets.append(DEFAULT)

    def _change(self, word: str) -> None:
        graph = DEFAULT
        if word == "with":
            self._has_dataset = True
            graph = self._iri()
            word = self._take().word
        if self._skip("data"):
            return self._template(graph)
        if word == "delete" and self._word() == "where":
            return self._short(graph)
        self._template(graph)
        if word == "delete" and self._skip("insert"):
            self._template(graph)
        return self._where()

    def _short(self, graph: str) -> None:
        """``DELETE WHERE {…}``: the pattern is the template, too."""
        place = self._places[self._at]
        self._take()
        self._template(graph)
        self._wheres.append(_Where(place, self._places[self._at - 1] + 1))

    def _where(self) -> None:
        while self._skip("using"):
            self._has_dataset = True
            self._skip("named")
            self._iri()
        self._wheres.append(_Where(self._places[self._at] if self._at < len(self._places) else 0))
        self._expect("where")
        self._expect("{")
        depth = 1
        while depth:
            piece = self._take()
            depth += (piece.text == "{") - (piece.text == "}")

    def _template(self, graph: str) -> None:
        """``{ triples GRAPH name { triples } … }``: who writes there is told by the graph around each triple."""
        self._expect("{")
        while (piece := self._take()).text != "}":
            if piece.word == "graph":
                self.targets.append(self._graph())
                self._expect("{")
                while (inner := self._take()).text != "}":
                    if inner.text == "{":
                        raise self._lost()
            elif piece.text == "{":
                raise self._lost()
            elif piece.text != ".":
                self.targets.append(graph)

    def _graph_or_all(self) -> str:
        word = self._word()
        if word in {"default", "named", "all"}:
            return self._take().text.upper()
        self._skip("graph")
        return self._iri()

    def _graph(self) -> str:
        if self._peek().kind == "variable":
            return self._take().text
        return self._iri()

    def _iri(self) -> str:
        """An absolute IRI, as the engine will understand it."""
        piece = self._take()
        if piece.kind == "iri":
            iri = piece.text[1:-1]
        elif piece.kind == "prefixed":
            prefix, _, local = piece.text.partition(":")
            if prefix not in self._prefixes:
                raise self._lost()
            iri = self._prefixes[prefix] + local.replace("\\", "")
        else:
            raise self._lost()
        if not _ABSOLUTE.match(iri) or _DOTS.search(iri):
            raise UsageError(f"Write the name of the graph <{iri}> out in full.")
        return iri

    # --- the pieces ----------------------------------------------------------------------------------------------

    def _peek(self) -> Token:
        return self._pieces[self._places[self._at]] if self._at < len(self._places) else Token("other", "")

    def _word(self) -> str:
        return self._peek().word

    def _take(self) -> Token:
        if self._at >= len(self._places):
            raise UsageError("The update ends too early.")
        self._at += 1
        return self._pieces[self._places[self._at - 1]]

    def _skip(self, word: str) -> bool:
        found = self._word() == word
        self._at += found
        return found

    def _expect(self, text: str) -> None:
        if self._take().text.lower() != text:
            raise self._lost()

    def _lost(self) -> UsageError:
        piece = self._pieces[self._places[self._at - 1]]
        return UsageError(
            f"It can't be told which graphs the update writes to, at “{piece.text[:40]}”. Write it plainer."
        )


def check_targets(targets: Iterable[str], base: str) -> None:
    """Whether a knowledge graph may be written there: in graphs with names of one's own.

    Raises :class:`kg.errors.UsageError` for what documents make, or what follows from them.
    """
    for target in targets:
        if target in {DEFAULT, ALL, NAMED}:
            raise UsageError(f"The update writes to {_PLACES[target]}. {_ADVICE}")
        if target.startswith(("?", "$")):
            raise UsageError(f"The update writes to any graph ({target}). Name the graph.")
        if target.startswith(base):
            raise UsageError(f"The update writes to <{target}>, which documents make. {_ADVICE}")


_PLACES = {
    DEFAULT: "the default graph, which is computed",
    NAMED: "all graphs",
    ALL: "all graphs",
}
_ADVICE = "Write to a graph with a name of your own, or change documents with `kg ingest` and `kg withdraw`."
