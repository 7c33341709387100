"""An extraction in, the templates of MUC-4 that its claims amount to out: a first, plain mapping.

An event of violence with a perpetrator, victim, target, weapon or toll is an incident; events of a message are one
incident unless their type, date or place says otherwise. What no claim tells (the category of perpetrators, the type
and nationality of targets) is left empty.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from kg import ontology
from kg.bench.killings import TOLD
from kg.claims import Claim, Entity, EntityRef, Extraction, Quantity, Time, Value
from kg.extraction.training.muc4 import Fill, Template

_TYPES = {"Bombing": "BOMBING", "Explosion": "BOMBING", "Kidnapping": "KIDNAPPING", "Attack": "ATTACK"}
"""Incident types by class of event; the narrowest class decides."""

_COUNTRIES = "El Salvador,Guatemala,Honduras,Argentina,Bolivia,Chile,Colombia,Ecuador,Peru".split(",")
"""The countries of interest (templ-doc, part 1, section 1.0): an incident belongs to one of them."""

_INSTRUMENTS = {
    "CAR BOMB": "VEHICLE BOMB",
    "DYNAMITE": "DYNAMITE",
    "GRENADE": "GRENADE",
    "MOLOTOV": "MOLOTOV COCKTAIL",
    "MINE": "MINE",
    "BOMB": "BOMB",
    "EXPLOSIVE": "EXPLOSIVE",
    "MACHINEGUN": "MACHINE GUN",
    "MACHINE": "MACHINE GUN",
    "RIFLE": "RIFLE",
    "PISTOL": "HANDGUN",
    "REVOLVER": "HANDGUN",
    "MORTAR": "MORTAR",
    "ROCKET": "ROCKET",
    "MISSILE": "MISSILE",
    "KNI": "CUTTING DEVICE",
    "MACHETE": "CUTTING DEVICE",
    "GUN": "GUN",
}
"""Instrument types by a word of the instrument, the first that fits (templ-doc, part 2, slot 7)."""

_ROLES = frozenset("carriedOutBy claimedBy victim target weapon deaths injuries".split())
"""What makes an event specific enough to be an incident (templ-doc, part 1, section 1.0, 7)."""

_MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()


@dataclass
class _Incident:
    """Events that are taken for one. ``claims`` are all about them, and all killings by them."""

    type: str
    days: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    claims: list[Claim] = field(default_factory=list)

    def takes(self, other: "_Incident") -> bool:
        """Whether the other may be the same: nothing that both tell of differs."""
        types = {self.type, other.type}
        return (
            (len(types) == 1 or types == {"BOMBING", "ATTACK"})
            and (not self.days or not other.days or bool(self.days & other.days))
            and (not self.places or not other.places or bool(self.places & other.places))
        )

    def add(self, other: "_Incident") -> None:
        """Takes the other in."""
        self.type = min(self.type, other.type, key=("BOMBING", "KIDNAPPING", "ATTACK").index)
        self.days |= other.days
        self.places |= other.places
        self.claims += other.claims


def templates(extraction: Extraction) -> list[Template]:
    """The templates of a message, whose id is that of the document's ``url``."""
    view = _View(extraction)
    incidents = list[_Incident]()
    for found in view.incidents():
        known = next((each for each in incidents if each.takes(found)), None)
        if known:
            known.add(found)
        else:
            incidents.append(found)
    message = extraction.document.url or extraction.document.id
    return [Template(message, n, view.fills(incident)) for n, incident in enumerate(incidents, 1)]


class _View:
    """An extraction, looked at by entity."""

    def __init__(self, extraction: Extraction) -> None:
        self.published = (extraction.document.published or "")[:10]
        self.entities = {entity.id: entity for entity in extraction.entities}
        self.mentions = Counter(mention.entity for mention in extraction.mentions)
        self.about = defaultdict[str, list[Claim]](list)
        for claim in extraction.claims:
            if claim.stance in (*TOLD, "denied"):
                self.about[claim.subject].append(claim)
        self.killings = [claim for claim in extraction.claims if claim.predicate == "killedBy" and claim.stance in TOLD]

    # ---- incidents

    def incidents(self) -> Iterator[_Incident]:
        """One for each event that tells enough, and one for each killing by somebody."""
        for event in self.entities.values():
            kind = next((name for name in _TYPES if self._is_a(event, name)), None)
            claims = [*self.about[event.id], *(c for c in self.killings if _entity(c.object) == event.id)]
            if kind and any(claim.predicate in _ROLES or claim.predicate == "killedBy" for claim in claims):
                yield self._incident(_TYPES[kind], claims)
        for claim in self.killings:
            killer = self.entities.get(_entity(claim.object))
            if killer and not self._is_a(killer, "Event"):
                yield self._incident("ATTACK", [claim])

    def _incident(self, kind: str, claims: list[Claim]) -> _Incident:
        days = {c.object.value for c in claims if c.predicate == "happenedOn" and isinstance(c.object, Time)}
        days |= {claim.time for claim in claims if claim.time and claim.predicate == "killedBy"}
        places = {_entity(claim.object) for claim in claims if claim.predicate == "happenedIn"}
        return _Incident(kind, days, places, claims)

    def _is_a(self, entity: Entity, kind: str) -> bool:
        return ontology.default().is_a(entity.kind, kind)

    # ---- slots

    def fills(self, incident: _Incident) -> dict[str, tuple[Fill, ...]]:
        """All slots that the incident's claims fill."""
        slots = {
            "incident type": [Fill((incident.type,))],
            "incident stage": [Fill(("ACCOMPLISHED",))],
            "incident date": [Fill((date,)) for date in self._dates(incident)],
            "incident location": [Fill((place,)) for place in self._location(incident)],
            **self._perpetrators(incident),
            **self._targets(incident),
            **self._victims(incident),
            **self._instruments(incident),
        }
        if incident.type == "KIDNAPPING":
            slots = {slot: fills for slot, fills in slots.items() if not slot.startswith(("instrument", "target"))}
        return {slot: tuple(dict.fromkeys(fills)) for slot, fills in slots.items() if fills}

    def _dates(self, incident: _Incident) -> Iterator[str]:
        """The day of the incident; where none is told, on or before the day of the report (templ-doc, slot 2)."""
        days = [_day(iso) for iso in sorted(incident.days) if len(iso) == 10]
        if days:
            yield days[0]
        elif len(self.published) == 10:
            yield f"- {_day(self.published)}"

    def _location(self, incident: _Incident) -> Iterator[str]:
        """Country and place; the country is the most mentioned one of interest where the place does not lead to one."""
        place = next((self.entities[each] for each in sorted(incident.places) if each in self.entities), None)
        above = [self.entities[each] for each in self._around(place)] if place else []
        country = next((each for each in above if self._is_a(each, "Country")), None) or self._country()
        if country and (place is None or place is country):
            yield country.name.upper()
        elif country and place:
            yield f"{country.name.upper()}: {_string(place)} ({place.kind.upper()})"

    def _around(self, place: Entity) -> Iterator[str]:
        """The place and what it lies in, inside out."""
        reached = [place.id]
        for each in reached:
            yield each
            inside = [_entity(c.object) for c in self.about[each] if c.predicate in ("locatedIn", "capitalOf")]
            reached += [outer for outer in inside if outer in self.entities and outer not in reached]

    def _country(self) -> Entity | None:
        known = [entity for entity in self.entities.values() if entity.name in _COUNTRIES]
        return max(known, key=lambda entity: self.mentions[entity.id], default=None)

    def _perpetrators(self, incident: _Incident) -> dict[str, list[Fill]]:
        slots = defaultdict[str, list[Fill]](list)
        for claim in incident.claims:
            doer = self.entities.get(_entity(claim.object))
            if claim.predicate not in ("carriedOutBy", "claimedBy", "killedBy") or doer is None:
                continue
            if self._is_a(doer, "Organization") or (self._is_a(doer, "Country")):
                slots["perpetrator organization"].append(Fill((_string(doer),)))
                slots["perpetrator confidence"].append(Fill((_confidence(claim),), (_string(doer),)))
            elif not self._is_a(doer, "Event"):
                slots["perpetrator individual"].append(Fill((_string(doer),)))
        return slots

    def _targets(self, incident: _Incident) -> dict[str, list[Fill]]:
        hit = [self.entities.get(_entity(c.object)) for c in incident.claims if c.predicate == "target"]
        things = [_string(each) for each in hit if each and not self._is_a(each, "Person")]
        return {
            "target id": [Fill((thing,)) for thing in things],
            "target number": [Fill(("1",), (thing,)) for thing in things],
        }

    def _instruments(self, incident: _Incident) -> dict[str, list[Fill]]:
        used = [self.entities.get(_entity(c.object)) for c in incident.claims if c.predicate == "weapon"]
        things = [_string(each) for each in used if each]
        kinds = [(next((t for word, t in _INSTRUMENTS.items() if word in thing), None), thing) for thing in things]
        return {
            "instrument id": [Fill((thing,)) for thing in things],
            "instrument type": [Fill((kind,), (thing,)) for kind, thing in kinds if kind],
        }

    def _victims(self, incident: _Incident) -> dict[str, list[Fill]]:
        """Everybody killed or otherwise a victim; what is told of tolls belongs to the one group that is not named."""
        dead = {claim.subject for claim in incident.claims if claim.predicate == "killedBy"}
        hurt = {_entity(claim.object) for claim in incident.claims if claim.predicate == "victim"}
        slots = defaultdict[str, list[Fill]](list)
        for each in sorted((dead | hurt) & self.entities.keys(), key=lambda name: int(name[1:])):
            victim = self.entities[each]
            name, single = _string(victim), self._is_a(victim, "Person")
            slots["victim name" if victim.named and single else "victim description"].append(Fill((name,)))
            slots["victim type"].append(Fill(("CIVILIAN",), (name,)))  # the default, says templ-doc
            slots["victim number"].append(Fill(("1" if single else self._toll(incident),), (name,)))
            if each in dead:
                slots["victim effect"].append(Fill(("DEATH",), (name,)))
        if not dead:
            slots["victim effect"] += _summary(incident.claims, slots["victim description"])
        return slots

    def _toll(self, incident: _Incident) -> str:
        counts = [c.object for c in incident.claims if c.predicate == "deaths" and isinstance(c.object, Quantity)]
        return _number(counts[0]) if counts else "PLURAL"


def _summary(claims: Iterable[Claim], described: Sequence[Fill]) -> Iterator[Fill]:
    """Effects that are told as a count only: of the one group described, or of nobody ("-")."""
    about = described[0].values if len(described) == 1 else ("-",)
    for predicate, effect in (("deaths", "DEATH"), ("injuries", "INJURY")):
        for claim in claims:
            if claim.predicate == predicate and isinstance(claim.object, Quantity):
                nobody = claim.stance == "denied" or claim.object.high == 0
                yield Fill((f"NO {effect}" if nobody else effect,), about)


def _entity(value: Value) -> str:
    return value.id if isinstance(value, EntityRef) else ""


def _string(entity: Entity) -> str:
    """The name as templ-doc wants a string: upper case, without its article."""
    words = entity.name.upper().split()
    return " ".join(words[1:] if len(words) > 1 and words[0] in ("THE", "A", "AN") else words)


def _confidence(claim: Claim) -> str:
    if claim.predicate == "claimedBy":
        return "CLAIMED OR ADMITTED"
    return "SUSPECTED OR ACCUSED" if claim.stance == "alleged" else "REPORTED AS FACT"


def _number(count: Quantity) -> str:
    """``6``, ``6-8``, ``6-`` or ``~6`` (templ-doc, slot 21)."""
    low, high = ("" if bound is None else f"{bound:.0f}" for bound in (count.low, count.high))
    return ("~" if count.approximate else "") + (low if low == high else f"{low}-{high}")


def _day(iso: str) -> str:
    """``1989-11-20`` as ``20 NOV 89``."""
    year, month, day = iso.split("-")
    return f"{day} {_MONTHS[int(month) - 1]} {year[2:]}"
