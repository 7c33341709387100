"""The index of a snapshot (a file of :mod:`kg.explorer.indexing`) in; things by name, facts by day, steps out."""

import sqlite3
from collections.abc import Iterable
from pathlib import Path

import msgspec

from kg.explorer.indexing import words_of
from kg.views.picture import Thing

FAMILIES = (
    ("People", ("Person",)),
    ("Groups", ("Organization", "Group")),
    ("Places", ("Country", "Place")),
    ("Events", ("Event",)),
)
"""What the first page offers: the words for many things, and the families that they are of."""

_LONGEST, _MOST_WORDS = 200, 8
# Things that a filter by name takes together.
_MOST_MEANT = 1000

_WHOLE = "SELECT id, thing FROM name WHERE folded = ? ORDER BY thing LIMIT ?"
_BY_WORDS = """SELECT id, thing FROM name
WHERE id IN (SELECT rowid FROM word WHERE word MATCH ? ORDER BY rowid LIMIT ?) ORDER BY id"""
_BY_PARTS = """SELECT id, thing, folded FROM name
WHERE id IN (SELECT rowid FROM part WHERE part MATCH ? ORDER BY rowid LIMIT ?) ORDER BY id"""
_OF_FAMILY = "SELECT rank FROM thing WHERE family = ? AND facts > 0 ORDER BY rank LIMIT ?"
_THING = "SELECT iri, label, kind, family, sources, facts FROM thing WHERE rank = ?"
_DATED = """FROM dated WHERE day >= :since AND substr(day, 1, :length) <= :until AND (:things IS NULL
  OR subject IN (SELECT value FROM json_each(:things)) OR object IN (SELECT value FROM json_each(:things)))"""
_DISPUTED = """SELECT DISTINCT fact FROM disputed WHERE denied = :denied
  AND (:things IS NULL OR subject IN (SELECT value FROM json_each(:things))) ORDER BY subject, fact LIMIT :most"""
_STEPS = "SELECT at, action, documents FROM step ORDER BY at DESC LIMIT ?"
_READ = "SELECT DISTINCT document FROM read WHERE at BETWEEN ? AND ? ORDER BY at DESC, document LIMIT ?"


class Hit(msgspec.Struct, frozen=True):
    """A thing that was found: by which of its names; how many facts, and how many independent sources, speak of it."""

    thing: Thing
    by: str
    facts: int
    sources: int


class Index:
    """One index, open to be read."""

    def __init__(self, file: Path, snapshot: str) -> None:
        """``snapshot`` is the id of the one that it was made from."""
        self.file = file
        self.snapshot = snapshot
        self._data = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True)

    def close(self) -> None:
        """Delete it."""
        self._data.close()
        self.file.unlink(missing_ok=True)

    # ---- things -----------------------------------------------------------------------------------------------------

    def found(self, text: str, most: int) -> list[Hit]:
        """At most so many things that may be called ``text``: by the whole name, by its beginning, by the beginnings of
        its words in any order; if there are none, by any part of it. Of each, those of most sources first."""
        names: dict[int, int] = {}
        for name, thing in self._names(_words(text), 4 * most):  # for a thing may have several names that fit
            names.setdefault(thing, name)
        return [self._hit(thing, name) for thing, name in list(names.items())[:most]]

    def _names(self, words: list[str], most: int) -> list[tuple[int, int]]:
        if not words:
            return []
        whole = self._data.execute(_WHOLE, (" ".join(words), most)).fetchall()
        first = self._data.execute(_BY_WORDS, (f'^ "{" ".join(words)}" *', most)).fetchall()
        return [*whole, *first, *self._by_words(words, most)] or self._by_parts(words, most)

    def _by_words(self, words: list[str], most: int) -> list[tuple[int, int]]:
        """Names in which each word begins some word."""
        return self._data.execute(_BY_WORDS, (" AND ".join(f'"{word}" *' for word in words), most)).fetchall()

    def _by_parts(self, words: list[str], most: int) -> list[tuple[int, int]]:
        """Names that have each word in them somewhere. Words of one or two letters alone are not looked for."""
        threes = {word[at : at + 3] for word in words for at in range(len(word) - 2)}
        asked = " AND ".join(f'"{three}"' for three in sorted(threes))
        rows = self._data.execute(_BY_PARTS, (asked, most)) if asked else ()
        return [(name, thing) for name, thing, folded in rows if all(word in folded for word in words)]

    def most_told(self, families: Iterable[str], most: int) -> list[Hit]:
        """The things of some families that most sources speak of, if any fact is told of them."""
        ranks = [rank for family in families for (rank,) in self._data.execute(_OF_FAMILY, (family, most))]
        return [self._hit(rank, None) for rank in sorted(ranks)[:most]]

    def _hit(self, rank: int, name: int | None) -> Hit:
        iri, label, kind, family, sources, facts = self._data.execute(_THING, (rank,)).fetchone()
        by = self._data.execute("SELECT text FROM name WHERE id = ?", (name,)).fetchone()
        return Hit(Thing(iri, label, kind, family), by[0] if by else "", facts, sources)

    def _meant(self, text: str) -> str | None:
        """The things (JSON) with ``text`` in one of their names; none if no text is given."""
        words = _words(text)
        if not text:
            return None
        found = (self._by_words(words, _MOST_MEANT) or self._by_parts(words, _MOST_MEANT)) if words else []
        return msgspec.json.encode(sorted({thing for _, thing in found})).decode()

    # ---- facts and steps --------------------------------------------------------------------------------------------

    def dated(self, about: str, since: str, until: str, start: int, most: int) -> tuple[list[tuple[str, str]], int]:
        """Times and facts in order, from a place in it, and how many there are in all."""
        asked = {"since": since, "until": until or "~", "length": len(until) or 1, "things": self._meant(about)}
        total = self._data.execute(f"SELECT count(*) {_DATED}", asked).fetchone()[0]
        query = f"SELECT time, fact {_DATED} ORDER BY id LIMIT :most OFFSET :start"
        return self._data.execute(query, {**asked, "most": most, "start": start}).fetchall(), total

    def disputed(self, denied: bool, about: str, most: int) -> list[str]:
        """Facts that contradict another, or that some deny; of things that most sources speak of first."""
        asked = {"denied": denied, "things": self._meant(about), "most": most}
        return [fact for (fact,) in self._data.execute(_DISPUTED, asked)]

    def steps(self, most: int) -> list[tuple[str, str, int]]:
        """Moment, what was done, and to how many documents; the last first."""
        return self._data.execute(_STEPS, (most,)).fetchall()

    def read(self, since: str, until: str, most: int) -> list[str]:
        """Documents (IRIs) that were read between two moments, the last first."""
        return [document for (document,) in self._data.execute(_READ, (since, until, most))]


def _words(text: str) -> list[str]:
    return words_of(text[:_LONGEST])[:_MOST_WORDS]
