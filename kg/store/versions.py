"""Documents in; which of them are versions of one article, and which of these a later one replaces, out.

Two documents are versions of one article if they have one address, or if one source tells one story twice: under the
same headline, within days, in much the same words, or within hours and of the same people and places. Which it is
depends on the two alone, so no order matters. A document is replaced by the next one that is a version of it.

:func:`everything` computes that from nothing, :class:`Versions` what a change makes of it by looking at the documents
that come and go, and at those that are filed where they are.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from hashlib import blake2b
from typing import NamedTuple
from unicodedata import normalize

from kg.fingerprints import are_alike
from kg.store.evidence import Evidence, Header, Triple
from kg.store.facts import later
from kg.store.names import REPLACES, kg
from kg.store.terms import literal, text_of

STORY = kg("story")

FEWEST_WORDS = 4
"""Of a headline that tells one story from all others: "Morning briefing" and "Weather in Arda" come back every day."""
SAME_WORDS_WITHIN = timedelta(days=3)
"""Between versions of which the texts are alike: an article is corrected within days, or else at its address."""
SAME_NAMES_WITHIN = timedelta(hours=12)
"""Between versions of which the texts are not: a headline that comes back ("Stocks open lower on Wall Street") does so
after a day, and a story that develops is told anew before half of that is over."""
SHARED_NAMES = 2
"""At least so many names, and half of those of the version that has fewer, are in both."""

# What editors put before the headline of a new version ("UPDATE 2-", "CORRECTED:", "(REFILE)").
_MARK = re.compile(
    r"^\W*(?:(?:updated?|correct(?:ed|ion)|refile|recasts?|wrapup|rpt|breaking|developing)(?:\W?\d+)?\s*[-:–—)\]]+\s*)+",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+")
_PERSON = kg("Person")


# --- two documents ---------------------------------------------------------------------------------------------------


class Names(NamedTuple):
    """The names in a document, folded: of persons, and of all."""

    persons: frozenset[str]
    every: frozenset[str]


def are_versions(one: Header, other: Header, names: Callable[[str], Names]) -> bool:
    """Whether two documents are versions of one article; ``names`` reads those of a document, if it comes to that."""
    if one.address is not None and one.address == other.address:
        return True
    story = _story(one)
    if story is None or story != _story(other):
        return False
    apart = _between(one, other)
    if apart <= SAME_WORDS_WITHIN and one.mark and other.mark and are_alike(one.mark, other.mark):
        return True
    return apart <= SAME_NAMES_WITHIN and _share_names(names(one.node), names(other.node))


def names_of(document: Evidence) -> Names:
    """The names in a document."""
    named = [it for it in document.entities if it.named]
    persons, every = (
        frozenset(_folded(text_of(name)) for it in some for name in it.names)
        for some in ((it for it in named if it.kind == _PERSON), named)
    )
    return Names(persons, every)


def _share_names(one: Names, other: Names) -> bool:
    """Whether two texts are on the same people and places. If both name persons, one of these must be in both."""
    if one.persons and other.persons and not one.persons & other.persons:
        return False
    shared = len(one.every & other.every)
    return shared >= SHARED_NAMES and 2 * shared >= min(len(one.every), len(other.every))


def _story(document: Header) -> tuple[str, str] | None:
    """The source and the headline; None for a document that has not both and a day, or only a few words for one."""
    if document.source is None or document.title is None or _moment(document) is None:
        return None
    title = _headline(document.title)
    return (document.source, title) if title.count(" ") >= FEWEST_WORDS - 1 else None


@lru_cache(maxsize=4096)
def _headline(title: str) -> str:
    return _folded(_MARK.sub("", text_of(title)))


def _folded(words: str) -> str:
    return " ".join(_WORD.findall(normalize("NFKC", words).casefold()))


def _moment(document: Header) -> tuple[date, datetime | None] | None:
    """The day of publication, and the moment if it is told, in UTC; None if there is no day."""
    issued = document.issued or ""
    try:
        if "T" not in issued:
            return date.fromisoformat(issued), None
        moment = datetime.fromisoformat(issued)
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return moment.date(), moment


def _between(one: Header, other: Header) -> timedelta:
    """The time between two documents of which the days are known: in whole days, unless both tell the hour."""
    mine, theirs = _moment(one), _moment(other)
    assert mine is not None and theirs is not None
    return abs(mine[1] - theirs[1]) if mine[1] and theirs[1] else abs(mine[0] - theirs[0])


# --- where versions are looked for -----------------------------------------------------------------------------------


def story_triples(document: Header) -> set[Triple]:
    """Under which key a document is found by those that may tell its story."""
    return {(document.node, STORY, key) for key in _filed(document)}


def _filed(document: Header) -> Iterator[str]:
    yield from _keys(document, 0)


def _sought(document: Header) -> Iterator[str]:
    """The keys under which the versions of a story are filed: those of the days around."""
    yield from _keys(document, SAME_WORDS_WITHIN.days)


def _keys(document: Header, around: int) -> Iterator[str]:
    story, moment = _story(document), _moment(document)
    if story is None or moment is None:
        return
    digest = blake2b("\0".join(story).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
    for days in range(-around, around + 1):
        day = moment[0].toordinal() + days
        if 0 < day <= date.max.toordinal():
            yield literal(f"{digest}-{date.fromordinal(day)}")


class Archive(NamedTuple):
    """The documents of a store: nodes of those at an address or filed under a key, their headers, what they say."""

    at: Callable[[str], Iterable[str]]
    under: Callable[[str], Iterable[str]]
    header: Callable[[str], Header]
    evidence: Callable[[str], Evidence]


class _Library:
    """The documents of an archive, if there is one, without some (``gone``), and others (``here``)."""

    def __init__(
        self, here: Mapping[str, Evidence], gone: Collection[str] = (), archive: Archive | None = None
    ) -> None:
        self._here, self._gone, self._archive = here, frozenset(gone), archive
        self._shelves: dict[str, set[str]] = defaultdict(set)
        for node, it in here.items():
            for key in (it.header.address, *_filed(it.header)):
                self._shelves[key or ""].add(node)
        self._names: dict[str, Names] = {}

    def versions(self, document: Header) -> list[Header]:
        """The other versions of a document."""
        near = map(self._header, self._near(document) - {document.node})
        return [it for it in near if are_versions(document, it, self._names_of)]

    def next_of(self, document: Header) -> Header | None:
        """The version that takes the place of a document: of those published later the first."""
        return min((it for it in self.versions(document) if place(it) > place(document)), key=place, default=None)

    def _near(self, document: Header) -> set[str]:
        address, keys = document.address, list(_sought(document))
        stored = set[str]()
        if self._archive:
            stored.update(*map(self._archive.under, keys), self._archive.at(address) if address else ())
        return (stored - self._gone).union(*(self._shelves.get(key, ()) for key in (address, *keys) if key))

    def _header(self, node: str) -> Header:
        if node in self._here:
            return self._here[node].header
        assert self._archive is not None
        return self._archive.header(node)

    def _names_of(self, node: str) -> Names:
        if node not in self._names:
            self._names[node] = names_of(self._evidence(node))
        return self._names[node]

    def _evidence(self, node: str) -> Evidence:
        if node in self._here:
            return self._here[node]
        assert self._archive is not None
        return self._archive.evidence(node)


def place(document: Header) -> tuple[tuple[bool, str, str], str]:
    """Versions are in the order of their publication, then of their identifiers."""
    return later(document.issued), document.node


# --- all documents, and those that a change concerns -----------------------------------------------------------------


def everything(documents: Iterable[Evidence]) -> set[Triple]:
    """Which of some documents replace which."""
    here = {it.header.node: it for it in documents}
    return _links(_Library(here), (it.header for it in here.values()))


def replaced(links: Iterable[Triple]) -> set[str]:
    """The documents that others replace."""
    return {old for _, _, old in links}


class Versions(NamedTuple):
    """The documents that others replace, and what says so, of those that a change concerns, before and after it."""

    old_before: set[str]
    old_after: set[str]
    links_before: set[Triple]
    links_after: set[Triple]

    @property
    def turned(self) -> set[str]:
        """The documents that a later version begins or ceases to replace."""
        return self.old_before ^ self.old_after

    @classmethod
    def of(cls, gone: Mapping[str, Evidence], come: Mapping[str, Evidence], archive: Archive) -> "Versions":
        """``gone`` are documents as they were, ``come`` as they will be; what only is looked at is the same in both."""
        archive = archive._replace(at=cache(archive.at), under=cache(archive.under))
        moving = {node for node in {*gone, *come} if gone.get(node) is not come.get(node)}
        before = _Library(gone, gone, archive)
        after = _Library(come, {*gone, *come}, archive)
        met = {it.node: it for node in moving & gone.keys() for it in before.versions(gone[node].header)}
        met |= {it.node: it for node in moving & come.keys() for it in after.versions(come[node].header)}
        # Who was or will be a version of one that moves, and stays itself, may have another successor.
        stay = [it for node, it in met.items() if node not in moving]
        links_before = _links(before, [*(it.header for it in gone.values()), *stay])
        links_after = _links(after, [*(it.header for it in come.values()), *stay])
        return cls(replaced(links_before), replaced(links_after), links_before, links_after)


def _links(library: _Library, documents: Iterable[Header]) -> set[Triple]:
    pairs = ((library.next_of(it), it) for it in documents)
    return {(new.node, REPLACES, old.node) for new, old in pairs if new}
