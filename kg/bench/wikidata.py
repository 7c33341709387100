"""Relations of Wikidata and of KnowledgeNet in; the predicates of the ontology that state them out.

The alignment is the one that the relation head is taught by, which follows the ontology's own ``skos`` matches. Those
that stand the other way round are marked with ``-``: there the subject of the relation is the object of the predicate.
Positions (P39) are left out: the sets mark none of them as things, so that every right answer would count as wrong.
"""

from kg.extraction.model.relations import LABELS
from kg.extraction.training.wikidata import PROPERTIES

_ALSO = {"P749": ("ownedBy",), "P355": ("-ownedBy",), "P27": ("comesFrom",)}
"""Predicates that state a relation as well: of a parent organization it may be told that it owns."""

WIKIDATA: dict[str, tuple[str, ...]] = {
    relation: (*(f"-{name}" if backwards else name for name in LABELS[label]), *_ALSO.get(relation, ()))
    for relation, (label, backwards) in PROPERTIES.items()
}

KNOWLEDGENET: dict[str, tuple[str, ...]] = {
    "CEO": ("-leaderOf",),
    "CHILD_OF": ("childOf",),
    "DATE_FOUNDED": ("foundedOn",),
    "DATE_OF_BIRTH": ("bornOn",),
    "DATE_OF_DEATH": ("diedOn",),
    "EDUCATED_AT": ("educatedAt",),
    "EMPLOYEE_OR_MEMBER_OF": ("employedBy", "memberOf"),
    "FOUNDED_BY": ("-founded",),
    "HEADQUARTERS": ("basedIn",),
    "NATIONALITY": ("citizenOf", "comesFrom"),
    "PLACE_OF_BIRTH": ("bornIn",),
    "PLACE_OF_RESIDENCE": ("livesIn",),
    "POLITICAL_AFFILIATION": ("memberOf",),
    "SPOUSE": ("spouse",),
    "SUBSIDIARY_OF": ("partOf", "ownedBy"),
}


def turned(predicates: tuple[str, ...]) -> tuple[bool, frozenset[str]]:
    """Whether the predicates run the other way round (all of a relation do, or none), and their names."""
    return any(name.startswith("-") for name in predicates), frozenset(name.lstrip("-") for name in predicates)
