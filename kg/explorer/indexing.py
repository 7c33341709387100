"""A snapshot's folder in; a file with what pages look up by name, by day and by rank (SQLite) out.

A search that reads every name takes seconds once there are tens of thousands. So a process of its own reads them once
for each snapshot, and writes them down in the order in which they are to be found: the things that most independent
sources speak of first. Full-text search gives rows in that order, and may stop after the first few.
"""

import os
import re
import sqlite3
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.config import KG
from kg.explorer.vocabulary import Vocabulary
from kg.store import Store
from kg.store.lookups import Lookups
from kg.store.merge import document_of
from kg.store.names import ALIAS, AT_TIME, LABEL, OBJECT, PREDICATE, SPECIALIZES, SUBJECT, TYPE, kg
from kg.store.terms import text_of
from kg.web.worker import die_with_parent

# Letters that are not a plain letter with a mark, so that decomposing them (Unicode NFKD) does not fold them.
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"})
_WORD = re.compile(r"[^\W_]+")
# Signs that some write within a name and others leave out: Ba'ath, al-Hilal.
_APOSTROPHE = re.compile(r"(?<=[^\W_])['’‘`ʼʿʾ](?=[^\W_])")
_HYPHEN = re.compile(r"(?<=[^\W_])[-‐‑](?=[^\W_])")

_DATES = frozenset(map(kg, ("happenedOn", "bornOn", "diedOn", "foundedOn")))
_ENTITY = kg("Entity")

_TABLES = """
CREATE TABLE thing (rank INTEGER PRIMARY KEY, iri TEXT, label TEXT, kind TEXT, family TEXT, sources INTEGER,
  facts INTEGER);
CREATE TABLE name (id INTEGER PRIMARY KEY, thing INTEGER, text TEXT, folded TEXT);
CREATE VIRTUAL TABLE word USING fts5 (folded, content='', prefix='1 2 3');
CREATE VIRTUAL TABLE part USING fts5 (folded, content='', tokenize='trigram', detail=none);
CREATE TABLE dated (id INTEGER PRIMARY KEY, day TEXT, time TEXT, fact TEXT, subject INTEGER, object INTEGER);
CREATE TABLE disputed (fact TEXT, denied INTEGER, subject INTEGER);
CREATE TABLE step (at TEXT, action TEXT, documents INTEGER);
CREATE TABLE read (at TEXT, document TEXT);
"""
_INDEXES = """
CREATE INDEX thing_family ON thing (family, rank);
CREATE INDEX name_folded ON name (folded, thing);
CREATE INDEX name_thing ON name (thing);
CREATE INDEX dated_day ON dated (day);
CREATE INDEX step_at ON step (at);
CREATE INDEX read_at ON read (at);
"""


def words_of(text: str) -> list[str]:
    """The words of a text, without case and marks: Łódź is lodz, Ba’ath is baath, and al-Hilal is al and hilal."""
    plain = unicodedata.normalize("NFKD", _APOSTROPHE.sub("", text).casefold())
    marks = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return _WORD.findall(marks.translate(_LETTERS))


def _folded(name: str) -> str:
    """What a name is found by: its words, then those that a hyphen joins as one."""
    words = words_of(name)
    joined = words_of(_HYPHEN.sub("", name))
    return " ".join([*words, *(word for word in joined if word not in words)])


def write(snapshot: Path, target: Path) -> None:
    """Write the index of a snapshot to a new file."""
    with Store.open(snapshot, read_only=True) as store:
        source = _Source(store)
        with sqlite3.connect(target) as file:
            file.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _TABLES)
            _write_things(file, source)
            file.executemany(
                "INSERT INTO dated (day, time, fact, subject, object) VALUES (?, ?, ?, ?, ?)", _dated(source)
            )
            file.executemany("INSERT INTO disputed VALUES (?, ?, ?)", _disputed(source))
            _write_steps(file, store.graph(f"<{store.base}log>"))
            file.executescript(_INDEXES)
    file.close()


class _Source:
    """What the index is made of, read in a few passes over the merged graph. Terms are N-Triples."""

    def __init__(self, store: Store) -> None:
        self.merged = store.graph()
        self.words = _vocabulary(store.graph(f"<{store.base}ontology>"))
        self.kinds = _gathered(self.merged.pairs(TYPE))
        self.labels = dict(self.merged.pairs(LABEL))
        self.aliases = _gathered(self.merged.pairs(ALIAS))
        self.subjects = dict(self.merged.pairs(SUBJECT))
        self.objects = dict(self.merged.pairs(OBJECT))
        self.sources = _sources(store, self.merged)
        ends = [*self.subjects.values(), *self.objects.values()]
        self.facts = Counter(ends)
        things = (node for node in self.labels if _ENTITY in self.kinds.get(node, ()))
        ordered = sorted(things, key=lambda it: (-self.sources.get(it, 0), -self.facts[it], it))
        self.rank = {node: number for number, node in enumerate(ordered, 1)}
        self._told: dict[frozenset[str], tuple[str, str]] = {}

    def kind(self, classes: frozenset[str]) -> tuple[str, str]:
        """The words for the narrowest of some classes, and the family that they belong to."""
        if classes not in self._told:
            kind = self.words.narrowest(_local(it) for it in classes if _is_ours(it))
            self._told[classes] = self.words.label(kind), self.words.family([kind])
        return self._told[classes]


def _gathered(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for node, value in pairs:
        found[node].append(value)
    return found


def _vocabulary(ontology: Lookups) -> Vocabulary:
    above = _gathered(ontology.pairs("<http://www.w3.org/2000/01/rdf-schema#subClassOf>"))
    return Vocabulary(
        labels={_local(node): text_of(label) for node, label in sorted(ontology.pairs(LABEL), reverse=True)},
        above={_local(node): frozenset(_local(it) for it in wider if _is_ours(it)) for node, wider in above.items()},
    )


def _is_ours(term: str) -> bool:
    return term.startswith(f"<{KG}")


def _local(term: str) -> str:
    return term[1:-1].removeprefix(KG)


def _sources(store: Store, merged: Lookups) -> dict[str, int]:
    """How many publishers speak of each thing; a copy counts for that of its original, one without any for itself."""
    original = dict(merged.pairs(kg("copyOf")))
    rows = store.query("SELECT ?document ?source { GRAPH ?document { ?document dcterms:source ?source } }")
    publisher = {f"<{row['document']}>": str(row["source"]) for row in rows}
    speaking: dict[str, set[str]] = defaultdict(set)
    for entity, thing in merged.pairs(SPECIALIZES):
        document = document_of(entity)
        first = original.get(document, document)
        speaking[thing].add(publisher.get(first, first))
    return {thing: len(found) for thing, found in speaking.items()}


# ---- names ----------------------------------------------------------------------------------------------------------


def _write_things(file: sqlite3.Connection, source: _Source) -> None:
    file.executemany("INSERT INTO thing VALUES (?, ?, ?, ?, ?, ?, ?)", _things(source))
    file.executemany("INSERT INTO name VALUES (?, ?, ?, ?)", _names(source))
    file.execute("INSERT INTO word (rowid, folded) SELECT id, folded FROM name")
    file.execute("INSERT INTO part (rowid, folded) SELECT id, folded FROM name")


def _things(source: _Source) -> Iterator[tuple[object, ...]]:
    for node, rank in source.rank.items():
        kind, family = source.kind(frozenset(source.kinds[node]))
        label = text_of(source.labels[node])
        yield rank, node[1:-1], label, kind, family, source.sources.get(node, 0), source.facts[node]


def _names(source: _Source) -> Iterator[tuple[object, ...]]:
    """All names of all things, in the order of their things; the label of each first."""
    number = 0
    for node, rank in source.rank.items():
        for name in dict.fromkeys([source.labels[node], *sorted(source.aliases.get(node, ()))]):
            number += 1
            yield number, rank, text_of(name), _folded(text_of(name))


# ---- days, disputes, steps ------------------------------------------------------------------------------------------


def _dated(source: _Source) -> list[tuple[object, ...]]:
    """Facts with the day (or the prefix of one) on which they began to hold, in this order."""
    times = {(fact, text_of(time)) for fact, time in source.merged.pairs(kg("time"))}
    dates = (fact for predicate in _DATES for fact in source.merged.each_subject(PREDICATE, predicate))
    times |= {(fact, text_of(source.objects[fact])) for fact in dates if fact in source.objects}
    rows = [(time.removeprefix("/"), time, fact[1:-1], *_ends(source, fact)) for fact, time in times]
    return sorted(rows, key=lambda row: row[:3])


def _ends(source: _Source, fact: str) -> tuple[int | None, int | None]:
    return source.rank.get(source.subjects.get(fact, "")), source.rank.get(source.objects.get(fact, ""))


def _disputed(source: _Source) -> Iterator[tuple[object, ...]]:
    """Facts that contradict another (once for each two), and those that some state and others deny."""
    for fact, other in source.merged.pairs(kg("conflictsWith")):
        if fact < other:
            yield fact[1:-1], False, _ends(source, fact)[0]
    stated = set(source.merged.each_subject(kg("stance"), '"asserted"'))
    for fact in source.merged.each_subject(kg("stance"), '"denied"'):
        if fact in stated and fact in source.subjects:
            yield fact[1:-1], True, _ends(source, fact)[0]


def _write_steps(file: sqlite3.Connection, log: Lookups) -> None:
    """What was done to the store, moment by moment, to how many documents; and which ones were read."""
    documents = _gathered(log.pairs(kg("of")))
    action = {activity: text_of(name) for activity, name in log.pairs(kg("action"))}
    done = sorted((text_of(at), action[it], it) for it, at in log.pairs(AT_TIME) if it in action)
    file.executemany(
        "INSERT INTO step VALUES (?, ?, ?)", ((at, name, len(documents.get(it, ()))) for at, name, it in done)
    )
    read = ((at, node[1:-1]) for at, name, it in done if name == "ingested" for node in documents.get(it, ()))
    file.executemany("INSERT INTO read VALUES (?, ?)", read)


def main() -> None:
    """Write the index of a snapshot (the first argument) to a file (the second), when the machine has time for it."""
    die_with_parent()
    if hasattr(os, "nice"):
        os.nice(5)
    write(Path(sys.argv[1]), Path(sys.argv[2]))
