"""Two names and what kind of thing they name in, what the names alone say out.

Pure: it depends on the two names and the fixed reference data of this package.
"""

from functools import lru_cache

from kg.resolution import organizations, persons, places
from kg.resolution.bands import Band, Likeness
from kg.resolution.kinds import family

__all__ = ["Band", "Likeness", "likeness"]


def likeness(left: str, right: str, kind: str) -> Likeness:
    """Compare two names of things of one kind (a class of the ontology). The order of the two doesn't matter."""
    left, right = sorted((left, right))
    return _likeness(left, right, kind)


@lru_cache(maxsize=200_000)
def _likeness(left: str, right: str, kind: str) -> Likeness:
    match family(kind):
        case "person":
            return persons.likeness(left, right)
        case "place":
            return places.likeness(left, right, kind)
        case _:
            return organizations.likeness(left, right)
