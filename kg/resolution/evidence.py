"""Two records in, the evidence for and against their being one out: named numbers, with reasons in words.

Pure: it depends on the two records and on the fixed reference data of this package. Nothing is weighed here.
"""

from itertools import product

import msgspec

from kg.resolution import organizations, persons
from kg.resolution.bands import Likeness
from kg.resolution.kinds import family
from kg.resolution.likeness import likeness
from kg.resolution.records import Record, surname_only
from kg.resolution.spelling import plain

Found = list[tuple[str, float, str]]
"""Sorts of evidence, each with its amount from 0 to 1 and the reason in words."""

_CLASHING_KINDS = (
    frozenset({"Country", "City"}),
    frozenset({"Country", "Region"}),
    frozenset({"City", "Region"}),
    frozenset({"Country", "GeographicFeature"}),
    frozenset({"City", "GeographicFeature"}),
    frozenset({"Region", "GeographicFeature"}),
    frozenset({"Government", "Company"}),
    frozenset({"Government", "SportsTeam"}),
    frozenset({"Party", "Government"}),
    frozenset({"University", "Company"}),
)
_GENERAL_KINDS = frozenset({"Organization", "Place", "Group", "Agent"})


class Evidence(msgspec.Struct, frozen=True):
    """``parts`` has a number for each sort of evidence that there is; ``veto`` says why two records can't be one."""

    parts: dict[str, float]
    reasons: tuple[str, ...]
    veto: str | None = None


def evidence(left: Record, right: Record) -> Evidence:
    """All that two records of one family say about each other."""
    name = best_likeness(left, right)
    parts, reasons = _of_names(name, left, right), list(name.reasons)
    for found in (_bodies, _kinds, _countries, _homes, _positions, _within, _years, _neighbours):
        for key, value, reason in found(left, right):
            parts[key] = value
            reasons.append(reason)
    return Evidence(parts, tuple(reasons), _veto(left, right, name))


def best_likeness(left: Record, right: Record) -> Likeness:
    """The likeness of the fullest names, unless they are unlike and another pair of names is one and the same.

    Two such other names are none: a person's surname alone, for a father's is the son's; and initials that both have
    in full, for those of the Bar Association are those of the Basketball Association.
    """
    names = _compared(left, right)
    first = likeness(names[0][0], names[1][0], _kind(left))
    if first.band == "same":
        return first
    pairs = product(*(map(_telling, names) if left.family == "person" else names))
    others = [found for a, b in pairs if (found := likeness(a, b, _kind(left))).band == "same"]
    return max([first, *others], key=lambda found: (found.band == "same", found.score))


def _compared(left: Record, right: Record) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names that are compared with each other."""
    if left.family != "organization":
        return left.names, right.names
    by_chance = _initials(left.names) & _initials(right.names)
    one, other = (
        tuple(it for it in each.names if organizations.parse(it).letters not in by_chance) for each in (left, right)
    )
    return one, other


def _initials(names: tuple[str, ...]) -> frozenset[str]:
    """What the names in full may be shortened to."""
    parsed = map(organizations.parse, names)
    return frozenset().union(*(it.initials for it in parsed if not it.letters))


def _kind(record: Record) -> str:
    return record.kind if family(record.kind) == record.family else "Organization"


def _telling(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in names if len(persons.parse(name).words) > 1)


def _of_names(name: Likeness, left: Record, right: Record) -> dict[str, float]:
    parts = {f"name {name.band}": 1.0}
    if name.band != "different":
        parts[f"name {name.band}, how rare"] = name.score
    bare = surname_only(left) + surname_only(right)
    if bare:
        parts["surname only" if bare == 1 else "surname only, both"] = 1.0
    return parts


def _bodies(left: Record, right: Record) -> Found:
    """What every country has is told apart by the country: by its name, else by what the report is about."""
    if left.family != "organization":
        return []
    one, two = organizations.parse(left.names[0]), organizations.parse(right.names[0])
    if one.known or two.known:
        return []
    told = [organizations.countries_of(each) for each in (one, two)]
    if not told[0] and not told[1]:
        return _unnamed_countries(left, right) if organizations.is_national(one.words) else []
    if told[0] and told[1]:
        return []
    country, other = (min(told[0]), right) if told[0] else (min(told[1]), left)
    if country == other.home or country in other.countries:
        return [("country fits", 1.0, f"the other is of {country}, or in a report on it")]
    return [("country does not fit", 1.0, f"nothing says that the other is of {country}")]


def _unnamed_countries(left: Record, right: Record) -> Found:
    if left.home and left.home == right.home:
        return [("body of one setting", 1.0, f"what every country has, in reports on {left.home}")]
    return [("what every country has", 1.0, "what every country has")]


def _kinds(left: Record, right: Record) -> Found:
    if left.kind == right.kind:
        return [] if left.kind in _GENERAL_KINDS else [("same kind", 1.0, f"both are of kind {left.kind}")]
    if frozenset({left.kind, right.kind}) in _CLASHING_KINDS:
        return [("kinds clash", 1.0, f"kinds {' and '.join(sorted((left.kind, right.kind)))}")]
    return []


def _countries(left: Record, right: Record) -> Found:
    if not left.countries or not right.countries:
        return []
    shared = left.countries & right.countries
    if shared:
        return [("same country", 1.0, f"both of {min(shared)}")]
    return [("countries differ", 1.0, f"of {min(left.countries)} and {min(right.countries)}")]


def _homes(left: Record, right: Record) -> Found:
    if not left.home or not right.home:
        return []
    if left.home == right.home:
        return [("same setting", 1.0, f"both reports speak of {left.home} most")]
    return [("settings differ", 1.0, f"reports speak of {left.home} and of {right.home}")]


def _positions(left: Record, right: Record) -> Found:
    if not left.positions or not right.positions:
        return []
    shared = left.positions & right.positions
    if shared:
        return [("same position", 1.0, f"both are {min(shared)}")]
    return [("positions differ", 1.0, f"{min(left.positions)}, {min(right.positions)}")]


def _within(left: Record, right: Record) -> Found:
    if not left.within or not right.within:
        return []
    shared = left.within & right.within
    if shared:
        return [("same wider place", 1.0, f"both in {min(shared)}")]
    return [("wider places differ", 1.0, f"in {min(left.within)} and {min(right.within)}")]


def _years(left: Record, right: Record) -> Found:
    if left.born and left.born == right.born:
        return [("same year of birth", 1.0, f"both born in {left.born}")]
    return []


def _neighbours(left: Record, right: Record) -> Found:
    shared = sorted(left.neighbours & right.neighbours - {plain(name) for name in (*left.names, *right.names)})
    if not shared:
        return []
    told = ", ".join(shared[:3])
    return [("shared neighbours", min(len(shared), 4) / 4, f"both reports name {told}")]


def _veto(left: Record, right: Record, name: Likeness) -> str | None:
    if name.band == "different":
        return name.reasons[0]
    for field in ("born", "died"):
        one, two = getattr(left, field), getattr(right, field)
        if left.family == "person" and one and two and one != two:
            return f"years differ: {field} {one}, {two}"
    if left.family == "person" and _are_apart(left, right):
        return "one stands over against a person of the other's name"
    if left.family == "place" and _in_two_countries(left, right):
        return "places of two countries"
    return None


def _are_apart(left: Record, right: Record) -> bool:
    """Whether one report tells the two names of two people: a father and a son, a killer and the killed."""
    names = [{plain(name) for name in each.names} for each in (left, right)]
    return bool((left.apart & names[1]) - names[0] or (right.apart & names[0]) - names[1])


def _in_two_countries(left: Record, right: Record) -> bool:
    if "Country" in (left.kind, right.kind) or not left.countries or not right.countries:
        return False
    return not left.countries & right.countries
