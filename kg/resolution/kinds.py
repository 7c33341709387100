"""A class of the ontology in, the family of kinds that is compared alike out."""

from typing import Literal as OneOf

Family = OneOf["person", "place", "organization", "event", "other"]

_PLACES = frozenset(
    """
    Place Country Region City GeographicFeature Site Cemetery Building Airport Hospital Facility Prison MilitaryBase
    PlaceOfWorship
    """.split()
)
_ORGANIZATIONS = frozenset(
    """
    Agent Group Organization ArmedGroup MilitaryUnit NewsAgency Party Company Government University SportsTeam
    InternationalOrganization
    """.split()
)
_OTHERS = frozenset({"Entity", "Position", "Document", "Work", "Product", "Law", "Weapon", "Thing"})


def family(kind: str) -> Family:
    """Persons, places and organizations are compared by rules of their own; a class that is none of these is an event.

    >>> family("ArmedGroup")
    'organization'
    """
    if kind == "Person":
        return "person"
    if kind in _PLACES:
        return "place"
    if kind in _ORGANIZATIONS:
        return "organization"
    return "other" if kind in _OTHERS else "event"
