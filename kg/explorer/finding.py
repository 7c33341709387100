"""Letters that somebody types in; the things whose names they may be, the likeliest first, out."""

import msgspec

from kg.config import KG
from kg.explorer.asking import Asker
from kg.explorer.facts import named
from kg.explorer.vocabulary import vocabulary
from kg.store.terms import Iri
from kg.views.picture import Thing


class Hit(msgspec.Struct, frozen=True):
    """A thing that was found: by which of its names, and how many facts speak of it."""

    thing: Thing
    by: str
    facts: int


_MOST_WORDS, _LONGEST = 4, 200

# All words must be in one name. Whole names first, then what begins so, then what has a word that begins so.
_FOUND = """SELECT ?thing ?best (SAMPLE(?name) AS ?by) (COUNT(DISTINCT ?fact) AS ?facts) {
  { SELECT ?thing (MIN(?rank) AS ?best) {
      ?thing rdfs:label|skos:altLabel ?called .
      BIND(LCASE(?called) AS ?low)
      FILTER(CONTAINS(?low, ?w1) && CONTAINS(?low, ?w2) && CONTAINS(?low, ?w3) && CONTAINS(?low, ?w4))
      FILTER EXISTS { ?thing a kg:Entity }
      BIND(IF(?low = ?all, 0, IF(STRSTARTS(?low, ?all), 1, IF(CONTAINS(?low, CONCAT(" ", ?w1)), 2, 3))) AS ?rank)
    } GROUP BY ?thing ORDER BY ?best ?thing LIMIT 400 }
  ?thing rdfs:label|skos:altLabel ?name .
  FILTER(CONTAINS(LCASE(?name), ?w1))
  OPTIONAL { ?fact rdf:subject|rdf:object ?thing }
} GROUP BY ?thing ?best ORDER BY ?best DESC(?facts) ?thing"""
_MOST_TOLD = """SELECT ?thing (COUNT(?fact) AS ?facts) {
  ?thing a ?kind . ?fact rdf:subject|rdf:object ?thing
} GROUP BY ?thing ORDER BY DESC(?facts) ?thing LIMIT 8"""


async def found(asker: Asker, words: str, most: int) -> list[Hit]:
    """At most so many things that may be called ``words``."""
    low = " ".join(words.lower().split())[:_LONGEST]
    if not low:
        return []
    parts = [*low.split(" ", _MOST_WORDS - 1), "", "", ""][:_MOST_WORDS]
    rows = await asker.rows(_FOUND, all=low, **{f"w{number}": part for number, part in enumerate(parts, 1)})
    rows = rows[:most]
    things = await named(asker, await vocabulary(asker), [row["thing"] for row in rows])
    return [Hit(things[row["thing"]], row["by"], int(row["facts"])) for row in rows if row["thing"] in things]


FAMILIES = (("Person", "People"), ("Organization", "Groups"), ("Place", "Places"), ("Event", "Events"))
"""Kinds of things that the first page offers, with the words for many of them."""


async def most_told(asker: Asker, kind: str) -> list[Hit]:
    """The things of a kind that most facts speak of."""
    rows = await asker.rows(_MOST_TOLD, kind=Iri(KG + kind))
    things = await named(asker, await vocabulary(asker), [row["thing"] for row in rows])
    return [Hit(things[row["thing"]], "", int(row["facts"])) for row in rows if row["thing"] in things]
