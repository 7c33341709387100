"""The ontology in; what the merge needs of it out: superclasses, and the rules by which triples follow from triples.

A sub-property, an inverse, a symmetric property and a property chain are all one thing here: a path of properties, each
walked forwards or backwards, that amounts to a property. Transitive properties are left to ``+`` paths in queries.
"""

from collections.abc import Iterator
from typing import NamedTuple

from kg.ontology import Ontology
from kg.store.names import kg


class Step(NamedTuple):
    """One property of a path."""

    predicate: str
    backwards: bool


class Rule(NamedTuple):
    """Whoever is joined by ``path`` is joined by ``head``."""

    head: str
    path: tuple[Step, ...]


class Rules:
    """The rules of an ontology, found by what they conclude and by what they need. Terms are N-Triples text."""

    def __init__(self, ontology: Ontology) -> None:
        self._ontology = ontology
        self._above: dict[str, tuple[str, ...]] = {}
        self.by_head: dict[str, list[Rule]] = {}
        self.by_need: dict[str, list[tuple[Rule, int]]] = {}
        for rule in sorted(set(_rules(ontology))):
            self.by_head.setdefault(rule.head, []).append(rule)
            for place, step in enumerate(rule.path):
                self.by_need.setdefault(step.predicate, []).append((rule, place))

        self.rivals = frozenset(map(kg, ontology.rivals))
        """The predicates whose values are rivals unless one document states both."""
        self.single = self.rivals | frozenset(map(kg, ontology.functional))
        """The predicates of which two facts may contradict."""
        properties = ontology.properties
        self.of_persons = frozenset(kg(name) for name, it in properties.items() if "Person" in it.domain)
        """The predicates whose subject may be a person."""
        self.wide_kinds = {kg(name): frozenset(map(kg, it.range)) for name, it in properties.items()}
        """What the values of a predicate have to be: of those, only narrower kinds tell one value from another."""
        self.wide_kinds |= {kg(name): frozenset({kg(among)}) for name, among in ontology.rivals.items()}
        self.within = frozenset(map(kg, ontology.transitive))
        """The predicates that lead from a thing to what it is a part of."""

    def superclasses(self, kind: str) -> tuple[str, ...]:
        """All classes above one, without itself."""
        if kind not in self._above:
            name = kind[1:-1].rpartition("#")[2]
            self._above[kind] = tuple(kg(above) for above in self._ontology.superclasses(name))
        return self._above[kind]


def _rules(ontology: Ontology) -> Iterator[Rule]:
    for name, implied in ontology.subproperties.items():
        yield from (_rule(above, (name, False)) for above in implied)
    for name, inverse in ontology.inverses.items():
        yield _rule(inverse, (name, True))
    for name in ontology.symmetric:
        yield _rule(name, (name, True))
    for name, chains in ontology.chains.items():
        yield from (_rule(name, *((step, False) for step in chain)) for chain in chains)


def _rule(head: str, *path: tuple[str, bool]) -> Rule:
    return Rule(kg(head), tuple(Step(kg(name), backwards) for name, backwards in path))
