"""Plain triples and the ontology's rules in; what follows from them, and from which triples, out. Pure.

Retraction is that of DRed (Gupta, Mumick and Subrahmanian, 1993): first everything that might depend on a change is
put in doubt, then what can still be derived is taken back.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from typing import Protocol

from kg.store.evidence import Triple
from kg.store.rules import Rules, Step


class Triples(Protocol):
    """A set of triples that can be asked by its ends."""

    def objects(self, subject: str, predicate: str) -> Iterable[str]: ...
    def subjects(self, predicate: str, object_: str) -> Iterable[str]: ...
    def __contains__(self, triple: object) -> bool: ...


class Memory:
    """Triples held in memory."""

    def __init__(self, triples: Iterable[Triple] = ()) -> None:
        self._all: set[Triple] = set()
        self._objects: dict[tuple[str, str], set[str]] = {}
        self._subjects: dict[tuple[str, str], set[str]] = {}
        for triple in triples:
            self.add(triple)

    def add(self, triple: Triple) -> None:
        """Take a triple in."""
        self._all.add(triple)
        self._objects.setdefault(triple[:2], set()).add(triple[2])
        self._subjects.setdefault(triple[1:], set()).add(triple[0])

    def objects(self, subject: str, predicate: str) -> Iterable[str]:
        return self._objects.get((subject, predicate), ())

    def subjects(self, predicate: str, object_: str) -> Iterable[str]:
        return self._subjects.get((predicate, object_), ())

    def __contains__(self, triple: object) -> bool:
        return triple in self._all

    def __iter__(self) -> Iterator[Triple]:
        return iter(self._all)


class Overlay:
    """Other triples, seen without some and with some more."""

    def __init__(self, below: Triples, without: Iterable[Triple] = (), plus: Iterable[Triple] = ()) -> None:
        self._below = below
        self._without = set(without)
        self._plus = Memory(plus)

    def add(self, triple: Triple) -> None:
        """Take a triple in, whether or not it was left out."""
        self._plus.add(triple)

    @property
    def changed(self) -> set[Triple]:
        """The triples that were left out or came in, and not both."""
        return self._without.symmetric_difference(self._plus)

    def objects(self, subject: str, predicate: str) -> Iterable[str]:
        kept = {it for it in self._below.objects(subject, predicate) if (subject, predicate, it) not in self._without}
        return kept | set(self._plus.objects(subject, predicate))

    def subjects(self, predicate: str, object_: str) -> Iterable[str]:
        kept = {it for it in self._below.subjects(predicate, object_) if (it, predicate, object_) not in self._without}
        return kept | set(self._plus.subjects(predicate, object_))

    def __contains__(self, triple: object) -> bool:
        return triple in self._plus or (triple not in self._without and triple in self._below)


def conclusions(triple: Triple, triples: Triples, rules: Rules) -> set[Triple]:
    """What follows in one step from ``triple`` together with others."""
    found: set[Triple] = set()
    for rule, place in rules.by_need.get(triple[1], ()):
        start, end = _along(rule.path[place], triple)
        for first in _walk(start, _turned(rule.path[:place]), triples):
            for last in _walk(end, rule.path[place + 1 :], triples):
                if _can_be_said(first, last):
                    found.add((first, rule.head, last))
    return found


def premises(triple: Triple, triples: Triples, rules: Rules) -> set[Triple]:
    """The triples of all one-step derivations of ``triple``; empty if it does not follow."""
    return {
        premise
        for rule in rules.by_head.get(triple[1], ())
        for path in _paths(triple[0], triple[2], rule.path, triples)
        for premise in path
        if premise != triple
    }


def everything(stated: Iterable[Triple], rules: Rules) -> Memory:
    """The stated triples with all that follows from them."""
    triples = Memory(stated)
    waiting = deque(triples)
    while waiting:
        for triple in conclusions(waiting.popleft(), triples, rules):
            if triple not in triples:
                triples.add(triple)
                waiting.append(triple)
    return triples


def in_doubt(changed: Iterable[Triple], before: Triples, rules: Rules) -> set[Triple]:
    """All triples that may come or go when ``changed`` ones come or go, these themselves included."""
    doubtful = set(changed)
    largest = Overlay(before, plus=doubtful)
    waiting = deque(sorted(doubtful))
    while waiting:
        for triple in conclusions(waiting.popleft(), largest, rules) - doubtful:
            doubtful.add(triple)
            largest.add(triple)
            waiting.append(triple)
    return doubtful


def settle(doubtful: set[Triple], stated: set[Triple], before: Triples, rules: Rules) -> Overlay:
    """The triples after a change: of the doubtful ones only what is stated or still follows."""
    after = Overlay(before, without=doubtful, plus=doubtful & stated)
    waiting = doubtful - stated
    while found := {triple for triple in waiting if premises(triple, after, rules)}:
        for triple in found:
            after.add(triple)
        waiting -= found
    return after


def _along(step: Step, triple: Triple) -> tuple[str, str]:
    return (triple[2], triple[0]) if step.backwards else (triple[0], triple[2])


def _turned(path: tuple[Step, ...]) -> tuple[Step, ...]:
    return tuple(Step(step.predicate, not step.backwards) for step in reversed(path))


def _walk(start: str, path: tuple[Step, ...], triples: Triples) -> set[str]:
    """Where a path leads."""
    reached = {start}
    for step in path:
        reached = {end for place in reached for end in _next(place, step, triples)}
    return reached


def _next(place: str, step: Step, triples: Triples) -> Iterable[str]:
    return triples.subjects(step.predicate, place) if step.backwards else triples.objects(place, step.predicate)


def _paths(start: str, end: str, path: tuple[Step, ...], triples: Triples) -> Iterator[tuple[Triple, ...]]:
    """All ways from ``start`` to ``end`` along a path, as the triples walked."""
    step, rest = path[0], path[1:]
    if not rest:
        triple = _triple(start, step, end)
        if triple in triples:
            yield (triple,)
        return
    for place in _next(start, step, triples):
        for way in _paths(place, end, rest, triples):
            yield (_triple(start, step, place), *way)


def _triple(start: str, step: Step, end: str) -> Triple:
    return (end, step.predicate, start) if step.backwards else (start, step.predicate, end)


def _can_be_said(subject: str, object_: str) -> bool:
    """A literal is no subject, and nothing is said of a thing and itself."""
    return subject.startswith("<") and subject != object_
