"""An extraction in, the templates of MUC-4 that its claims amount to out.

An event of violence with a perpetrator, victim, target, weapon or toll is an incident, and so is a killing, kidnapping
or attack that is told of people without an event; incidents of a message are one unless their type, date or place says
otherwise. What is relevant, and how slots are filled, is the task's documentation's to say (``templ-doc``).
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

import msgspec

from kg import ontology
from kg.bench import muc4_types as types
from kg.bench.killings import TOLD
from kg.claims import Claim, Entity, EntityRef, Extraction, Quantity, Time, Value
from kg.extraction.numberwords import ONES, TENS
from kg.extraction.training.muc4 import Fill, Template

_TYPES = {
    "Bombing": "BOMBING",
    "Explosion": "BOMBING",
    "Kidnapping": "KIDNAPPING",
    "Attack": "ATTACK",
}
"""Incident types by class of event; the narrowest class decides."""

_CAPITALS = {
    "BUENOS AIRES": "Argentina",
    "LA PAZ": "Bolivia",
    "SANTIAGO": "Chile",
    "BOGOTA": "Colombia",
    "QUITO": "Ecuador",
    "SAN SALVADOR": "El Salvador",
    "GUATEMALA CITY": "Guatemala",
    "TEGUCIGALPA": "Honduras",
    "LIMA": "Peru",
}
"""The countries of interest (templ-doc, part 1, section 1.0) by their capitals: datelines leave the country out."""

_ROLES = frozenset("carriedOutBy claimedBy victim target weapon deaths injuries".split())
"""What makes an event specific enough to be an incident (templ-doc, part 1, section 1.0, 7)."""

_BETWEEN = {"killedBy": "ATTACK", "kidnappedBy": "KIDNAPPING", "attacked": "ATTACK"}
"""What is told of two without an event."""

_DOERS = ("carriedOutBy", "claimedBy", "killedBy", "kidnappedBy", "attacked")

_RECENT = timedelta(days=62)
"""An incident is "recent" within two months of the article (templ-doc, part 1, section 1.0, 6)."""

_MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()


@dataclass
class _Incident:
    """Events that are taken for one. ``claims`` are all about them, and all killings by them."""

    type: str
    days: dict[str, str] = field(default_factory=dict)
    places: list[str] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    def takes(self, other: "_Incident") -> bool:
        """Whether the other may be the same: nothing that both tell of differs, and in different sentences both hit the
        same, if they say whom or what (templ-doc, part 1, section 5.0)."""
        pair, same = {self.type, other.type}, bool(self.struck & other.struck)
        return (
            (len(pair) == 1 or pair == {"BOMBING", "ATTACK"} or (same and pair == {"KIDNAPPING", "ATTACK"}))
            and (not self.days or not other.days or bool(self.days.keys() & other.days))
            and (not self.places or not other.places or bool({*self.places} & {*other.places}))
            and (not self.struck or not other.struck or same or bool(self.told & other.told))
        )

    @property
    def struck(self) -> set[str]:
        """Whom or what it hit."""
        taken = {claim.subject for claim in self.claims if claim.predicate in ("killedBy", "kidnappedBy")}
        return taken | {_entity(c.object) for c in self.claims if c.predicate in ("victim", "target", "attacked")}

    @property
    def told(self) -> set[int]:
        """Where the sentences begin that tell of it."""
        return {claim.evidence.start for claim in self.claims}

    def add(self, other: "_Incident") -> None:
        """Takes the other in."""
        self.type = min(self.type, other.type, key=("BOMBING", "KIDNAPPING", "ATTACK").index)
        self.days |= other.days
        self.places += other.places
        self.claims += other.claims
        self.names += other.names


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
    relevant = [incident for incident in incidents if view.is_relevant(incident)]
    return [Template(message, n, view.fills(incident)) for n, incident in enumerate(relevant, 1)]


@dataclass
class _Victim:
    """Somebody hit: a name or a description, what they are besides, how many they are, and what they came to."""

    string: str
    named: bool
    number: str
    roles: list[str] = field(default_factory=list)
    effects: list[str] = field(default_factory=list)
    nations: list[str] = field(default_factory=list)

    @property
    def words(self) -> frozenset[str]:
        """The words of the string."""
        return frozenset(self.string.split())


class _View:
    """An extraction, looked at by entity."""

    def __init__(self, extraction: Extraction) -> None:
        self.document = extraction.document
        self.published = (extraction.document.published or "")[:10]
        self.entities = {entity.id: entity for entity in extraction.entities}
        self.found = extraction.mentions
        self.mentions = Counter(mention.entity for mention in extraction.mentions)
        self.about = defaultdict[str, list[Claim]](list)
        for claim in extraction.claims:
            if claim.stance in (*TOLD, "denied"):
                self.about[claim.subject].append(claim)
        self.between = [claim for claim in extraction.claims if claim.predicate in _BETWEEN and claim.stance in TOLD]

    # ---- incidents

    def incidents(self) -> Iterator[_Incident]:
        """One for each event that tells enough, and one for each deed that is told of people."""
        for event in self.entities.values():
            kind = next((name for name in _TYPES if self._is_a(event, name)), None)
            if kind is None and self._is_a(event, "Event") and _HARM.match(event.name):
                kind = "Attack"
            claims = [*self.about[event.id], *(c for c in self.between if _entity(c.object) == event.id)]
            if kind and any(claim.predicate in _ROLES or claim.predicate in _BETWEEN for claim in claims):
                yield self._incident(_TYPES[kind], claims, event)
        for claim in self.between:
            other = self.entities.get(_entity(claim.object))
            if (
                other
                and not self._is_a(other, "Event")
                and not (claim.predicate == "attacked" and self._is_land(other))
            ):
                yield self._incident(_BETWEEN[claim.predicate], [claim])

    def _incident(self, kind: str, claims: list[Claim], event: Entity | None = None) -> _Incident:
        days = {
            c.object.value: c.object.text for c in claims if c.predicate == "happenedOn" and isinstance(c.object, Time)
        }
        timed = (claim for claim in claims if claim.predicate in _ROLES or claim.predicate in _BETWEEN)
        days |= {claim.time: self._words(claim) for claim in timed if claim.time and claim.time not in days}
        places = [_entity(claim.object) for claim in claims if claim.predicate == "happenedIn"]
        places = [place for place in places if place in self.entities and self._is_land(self.entities[place])]
        return _Incident(kind, days, sorted(places), list(claims), [event.name.upper()] if event else [])

    def _words(self, claim: Claim) -> str:
        """The sentence that states a claim."""
        return self.document.text[claim.evidence.start : claim.evidence.end]

    def _is_a(self, entity: Entity, kind: str) -> bool:
        return ontology.default().is_a(entity.kind, kind)

    def _is_land(self, entity: Entity) -> bool:
        """Whether it is a place that the location slot may name, and no building, street or the like."""
        return self._is_a(entity, "Place") and not any(self._is_a(entity, kind) for kind in ("Site", "Building"))

    def is_relevant(self, incident: _Incident) -> bool:
        """Whether noncombatants or things were hit, lately, in a country of interest (templ-doc, section 1.0)."""
        country = self._country_of(self._place(incident))
        abroad = country is not None and country.name not in _CAPITALS.values()
        out = abroad or self._is_war(incident) or self._is_old(incident) or self._is_vague(incident)
        return not out

    def _is_vague(self, incident: _Incident) -> bool:
        """Whether nobody and nothing in particular was hit: no thing, name, number or effect (templ-doc, 1.0, 7)."""
        victims = self._victims(incident)
        loose = _told_by_tolls(victims, self._tolls(incident))
        return not (self._hit(incident) or loose or any(v.named or v.number != "PLURAL" for v in victims))

    def _is_war(self, incident: _Incident) -> bool:
        """Whether only soldiers, policemen or fighters of the other side were hit, or what is theirs."""
        people = [" ".join([victim.string, *victim.roles]) for victim in self._victims(incident)]
        things = [_string(thing) for thing in self._hit(incident)]
        return bool(people or things) and all(map(types.is_combatant, people)) and all(map(types.is_military, things))

    def _is_old(self, incident: _Incident) -> bool:
        days = [span[1] for span in map(_days, incident.days) if span]
        if not days or len(self.published) != 10:
            return False
        return max(days) < (date.fromisoformat(self.published) - _RECENT).isoformat()

    # ---- slots

    def fills(self, incident: _Incident) -> dict[str, tuple[Fill, ...]]:
        """All slots that the incident's claims fill."""
        doers = self._perpetrators(incident)
        strings = [value for slot in doers.values() for fill in slot for value in (*fill.values, *fill.about)]
        slots = {
            "incident type": [Fill((incident.type,))],
            "incident stage": [Fill((_stage(incident.names),))],
            "incident date": [Fill((day,)) for day in self._date(incident)],
            "incident location": [Fill((place,)) for place in self._location(incident)],
            "perpetrator category": [Fill((_category(strings),))],
            **doers,
            **_target_slots([_string(thing) for thing in self._hit(incident)]),
            **self._victim_slots(incident),
            **self._instruments(incident),
        }
        if incident.type == "KIDNAPPING":
            slots = {slot: fills for slot, fills in slots.items() if not slot.startswith(("instrument", "target"))}
        return {slot: tuple(dict.fromkeys(fills)) for slot, fills in slots.items() if fills}

    def _date(self, incident: _Incident) -> Iterator[str]:
        """The day or days of the incident; on or before the day of the report, where no day or only a weekday is told
        (templ-doc, slot 2, notes 1 and 3). "Last night" may have been either day."""
        told = [(span, words) for iso, words in sorted(incident.days.items()) if (span := _days(iso))]
        (first, last), words = min(told, key=lambda each: each[0][0] != each[0][1], default=(("", ""), ""))
        if first == last and _NIGHT.search(words):
            yield f"{_day(first)} - {_day(_after(first))}"
        elif first and not _WEEKDAY.search(words):
            yield _day(first) if first == last else f"{_day(first)} - {_day(last)}"
        elif len(self.published) == 10:
            yield f"- {_day(self.published)}"

    def _location(self, incident: _Incident) -> Iterator[str]:
        """The country, and inside it the regions and the place, from the widest to the narrowest."""
        place = self._place(incident)
        country = self._country_of(place) or self._country()
        if country is None:
            return
        around = [self.entities[each] for each in self._around(place)] if place else []
        inner = [each for n, each in enumerate(around) if n == 0 or self._is_a(each, "Region")]
        named = [
            f"{_string(each)} ({each.kind.upper()})" for each in reversed(inner) if not self._is_a(each, "Country")
        ]
        yield ": ".join([country.name.upper(), *named])

    def _place(self, incident: _Incident) -> Entity | None:
        """Where it happened, or else where a victim of it died."""
        died = [
            _entity(c.object) for each in self._struck(incident) for c in self.about[each] if c.predicate == "diedIn"
        ]
        known = [self.entities[each] for each in (*incident.places, *died) if each in self.entities]
        told = next((each for each in known if each.named and self._is_land(each)), None)
        return told or self._beside(incident)

    def _beside(self, incident: _Incident) -> Entity | None:
        """The only city or region that the sentences name which tell of the incident."""
        spans = {claim.evidence for claim in incident.claims if claim.predicate in (*_ROLES, *_BETWEEN)}
        named = {
            mention.entity
            for mention in self.found
            if mention.form == "name" and any(s.start <= mention.span.start < s.end for s in spans)
        }
        lands = [self.entities[each] for each in named if each in self.entities]
        inner = [e for e in lands if e.named and self._is_land(e) and not self._is_a(e, "Country")]
        return inner[0] if len(inner) == 1 else None

    def _country_of(self, place: Entity | None) -> Entity | None:
        around = [self.entities[each] for each in self._around(place)] if place else []
        return next((each for each in around if self._is_a(each, "Country")), None)

    def _struck(self, incident: _Incident) -> list[str]:
        """Whom claims say to be victims."""
        taken = [claim.subject for claim in incident.claims if claim.predicate in ("killedBy", "kidnappedBy")]
        return [*taken, *(_entity(claim.object) for claim in incident.claims if claim.predicate == "victim")]

    def _around(self, place: Entity) -> Iterator[str]:
        """The place and what it lies in, inside out."""
        reached = [place.id]
        for each in reached:
            yield each
            inside = [
                _entity(c.object) for c in self.about[each] if c.predicate in ("locatedIn", "capitalOf", "partOf")
            ]
            reached += [outer for outer in inside if outer in self.entities and outer not in reached]

    def _country(self) -> Entity | None:
        """The country of interest that is mentioned most; its capital in the dateline counts as much as two mentions.

        Of 1,032 incidents of the training messages 94 % lie there, and 78 % in the one that is mentioned most.
        """
        known = {e.name: e for e in self.entities.values() if e.name in _CAPITALS.values()}
        counts = Counter({name: self.mentions[entity.id] for name, entity in known.items()})
        told = next(
            (c for capital, c in _CAPITALS.items() if self.document.text.lstrip().upper().startswith(capital)), ""
        )
        counts[told] += 2 * bool(told)
        best = max(counts, key=lambda name: counts[name], default="")
        return known.get(best) or (Entity("", "Country", best) if best else None)

    # ---- who did it, and with what

    def _perpetrators(self, incident: _Incident) -> dict[str, list[Fill]]:
        slots = defaultdict[str, list[Fill]](list)
        for claim in incident.claims:
            doer = self.entities.get(claim.subject if claim.predicate == "attacked" else _entity(claim.object))
            if claim.predicate not in _DOERS or doer is None or self._is_a(doer, "Event") or self._is_a(doer, "Weapon"):
                continue
            if self._is_organization(doer):
                slots["perpetrator organization"].append(Fill((_string(doer),)))
                slots["perpetrator confidence"].append(Fill((self._confidence(claim),), (_string(doer),)))
            else:
                slots["perpetrator individual"].append(Fill((_string(doer),)))
                for behind in self._behind(doer):
                    slots["perpetrator organization"].append(Fill((_string(behind),)))
                    slots["perpetrator confidence"].append(Fill((self._confidence(claim),), (_string(behind),)))
        return slots

    def _behind(self, doer: Entity) -> list[Entity]:
        """The organizations that people are said to be of: named in their description ("Norland Front rebels"), or,
        of rebels without a name, the movement that the message tells of."""
        called = [
            each
            for each in self.entities.values()
            if each.named and self._is_a(each, "Organization") and _names(each) & _runs(_string(doer))
        ]
        if called or not frozenset(_string(doer).split()) & _REBELS:
            return called
        return self.movement

    @cached_property
    def movement(self) -> list[Entity]:
        """The named organization of fighters that is mentioned most, if there is one: "the rebels" are its people."""
        doing = {_entity(c.object) for claims in self.about.values() for c in claims if c.predicate in _DOERS}
        doing |= {claim.subject for claim in self.between if claim.predicate == "attacked"}
        named = [each for each in self.entities.values() if each.named and self._fights(each, doing)]
        return sorted(named, key=lambda each: (-self.mentions[each.id], int(each.id[1:])))[:1]

    def _fights(self, entity: Entity, doing: set[str]) -> bool:
        """Whether it is an organization that is armed, did something violent or is called a movement; not the state."""
        if not self._is_a(entity, "Organization") or types.is_of_state(_string(entity)):
            return False
        return self._is_a(entity, "ArmedGroup") or entity.id in doing or any(map(types.is_movement, _names(entity)))

    def _is_organization(self, doer: Entity) -> bool:
        """A named organization, or one that has no proper name, as the army; "guerrilla units" are individuals."""
        if not (self._is_a(doer, "Organization") or self._is_a(doer, "Country")):
            return False
        return doer.named or _string(doer).split()[-1] in _BODIES

    def _confidence(self, claim: Claim) -> str:
        if claim.predicate == "claimedBy":
            return "CLAIMED OR ADMITTED"
        if claim.stance != "alleged":
            return "REPORTED AS FACT"
        speaker = self.entities.get(claim.speaker or "")
        offices = [c for c in self.about[speaker.id] if c.predicate == "holdsPosition"] if speaker else []
        official = speaker and (offices or types.is_of_state(_string(speaker)) or self._is_a(speaker, "Government"))
        return "SUSPECTED OR ACCUSED BY AUTHORITIES" if official else "SUSPECTED OR ACCUSED"

    def _instruments(self, incident: _Incident) -> dict[str, list[Fill]]:
        used = [self.entities.get(_entity(c.object)) for c in incident.claims if c.predicate == "weapon"]
        things = [_string(each) for each in used if each]
        kinds = [(types.instrument(thing), thing) for thing in things]
        return {
            "instrument id": [Fill((thing,)) for thing in things],
            "instrument type": [Fill((kind,), (thing,)) for kind, thing in kinds if kind],
        }

    # ---- whom and what it hit

    def _hit(self, incident: _Incident) -> list[Entity]:
        """The things attacked; neither people nor the places where it happened (templ-doc, section 1.0, 7)."""
        objects = [c.object for c in incident.claims if c.predicate in ("target", "attacked")]
        things = [self.entities[_entity(each)] for each in objects if _entity(each) in self.entities]
        return [each for each in things if not self._is_people(each) and not self._is_land(each)]

    def _is_people(self, entity: Entity) -> bool:
        return any(self._is_a(entity, kind) for kind in ("Person", "Group"))

    def _victims(self, incident: _Incident) -> list[_Victim]:
        """Everybody hit, each once, under the fullest name."""
        found = dict[str, list[str]]()
        for claim in incident.claims:
            if claim.predicate in ("killedBy", "kidnappedBy"):
                found.setdefault(claim.subject, []).extend(["DEATH"] * (claim.predicate == "killedBy"))
            elif claim.predicate == "victim":
                found.setdefault(_entity(claim.object), []).extend(self._effects(claim))
            elif claim.predicate in ("target", "attacked") and self._is_people_ref(claim.object):
                found.setdefault(_entity(claim.object), [])
        known = sorted((each for each in found if each in self.entities), key=lambda name: int(name[1:]))
        described = self._described(incident)
        victims = {each: self._victim(self.entities[each], found[each]) for each in known if each not in described}
        for each, named in described.items():
            if named in victims:
                victims[named].roles.append(_string(self.entities[each]))
        return _once(victims.values())

    def _effects(self, claim: Claim) -> list[str]:
        """What became of a victim: death by murder, else what alone the words that state it tell of."""
        if _MURDER.search(self.entities[claim.subject].name.upper()):
            return ["DEATH"]
        words = self._words(claim)
        told = [effect for effect, sign in _SIGNS.items() if sign.search(words)]
        return told if len(told) == 1 else []

    def _described(self, incident: _Incident) -> dict[str, str]:
        """Who is described beside the victim that a deed is named after ("the murder of Ana Vance"): the same one."""
        pairs = [(c.subject, _entity(c.object)) for c in incident.claims if c.predicate == "victim"]
        found = dict[str, str]()
        for event, victim in pairs:
            if not self._is_one(victim, named=False):
                continue
            others = [other for same, other in pairs if same == event and self._is_one(other, named=True)]
            named = [other for other in others if self.entities[other].name in self.entities[event].name]
            if named:
                found[victim] = named[0]
        return found

    def _is_one(self, victim: str, *, named: bool) -> bool:
        entity = self.entities.get(victim)
        return entity is not None and self._is_a(entity, "Person") and entity.named == named

    def _is_people_ref(self, value: Value) -> bool:
        entity = self.entities.get(_entity(value))
        return entity is not None and self._is_people(entity)

    def _victim(self, entity: Entity, effects: list[str]) -> _Victim:
        held = [self.entities.get(_entity(c.object)) for c in self.about[entity.id] if c.predicate == "holdsPosition"]
        nations = [self.entities.get(_entity(c.object)) for c in self.about[entity.id] if c.predicate in _NATIONS]
        single = self._is_a(entity, "Person")
        return _Victim(
            _string(entity),
            entity.named and single,
            "1" if single and (entity.named or not _is_plural(_string(entity))) else _count(_string(entity)),
            [_string(each) for each in held if each],
            list(dict.fromkeys(effects)),
            [each.name.upper() for each in nations if each and self._is_a(each, "Country")],
        )

    def _victim_slots(self, incident: _Incident) -> dict[str, list[Fill]]:
        slots = defaultdict[str, list[Fill]](list)
        victims = self._victims(incident)
        loose = _told_by_tolls(victims, self._tolls(incident))
        country = self._country_of(self._place(incident)) or self._country()
        for victim in victims:
            about = (victim.string,)
            slots["victim name" if victim.named else "victim description"].append(Fill(about))
            if victim.named:
                slots["victim description"] += [Fill((role,), about) for role in victim.roles[:1]]
            slots["victim type"].append(Fill((types.victim(" ".join([*about, *victim.roles])),), about))
            slots["victim number"].append(Fill((victim.number,), about))
            slots["victim effect"] += [Fill((effect,), about) for effect in victim.effects]
            foreign = [nation for nation in victim.nations if country and nation != country.name.upper()]
            slots["victim nation"] += [Fill((nation,), about) for nation in foreign[:1]]
        if not victims:  # else templ-doc wants each effect to be somebody's (slot 23)
            slots["victim effect"] += [Fill((effect,), ("-",)) for effect in loose]
        return slots

    def _tolls(self, incident: _Incident) -> list["_Toll"]:
        """The counts of dead and hurt that claims tell, with the word for whom they count."""
        return [
            _Toll(effect, claim.object, self._counted(claim), claim.stance == "denied" or claim.object.high == 0)
            for predicate, effect in (("deaths", "DEATH"), ("injuries", "INJURY"))
            for claim in incident.claims
            if claim.predicate == predicate and isinstance(claim.object, Quantity)
        ]

    def _counted(self, claim: Claim) -> str:
        """The plural noun after the number in the words that state it: ``PEASANTS`` for "killed six peasants"."""
        assert isinstance(claim.object, Quantity)
        words = self._words(claim)
        found = re.search(_COUNTED.format(re.escape(claim.object.text)), words, re.IGNORECASE)
        return " ".join(found[1].upper().split()) if found else ""


@dataclass(frozen=True)
class _Toll:
    """A count of dead or hurt, of whom (empty if not told), and whether it says that there were none."""

    effect: str
    count: Quantity
    whom: str
    nobody: bool


def _told_by_tolls(victims: list[_Victim], tolls: Sequence[_Toll]) -> list[str]:
    """Effects of nobody described. Tolls that say whom they count become victims, unless they are victims already."""
    loose = list[str]()
    for toll in tolls:
        number, groups = _number(toll.count), [v for v in victims if not v.named]
        same = [v for v in groups if v.number in (number, "PLURAL") and toll.effect in (v.effects or [toll.effect])]
        dead = [v for v in victims if v.named and toll.effect in v.effects]
        if toll.nobody:
            loose.append(f"NO {toll.effect}")
        elif same and (not toll.whom or toll.whom.split()[-1] in same[0].words):
            same[0].number, same[0].effects = number, same[0].effects or [toll.effect]
        elif toll.whom and not any(v.string == toll.whom for v in groups):
            victims.append(_Victim(toll.whom, False, number, effects=[toll.effect]))
        elif not dead:
            loose.append(toll.effect)
    both = {"NO DEATH", "NO INJURY"}
    return ["NO INJURY OR DEATH", *(e for e in loose if e not in both)] if both <= set(loose) else loose


def _once(victims: Iterable[_Victim]) -> list[_Victim]:
    """Without those whose words are all in the name or the office of another; those with a name first."""
    held = list[_Victim]()
    for victim in sorted(victims, key=lambda each: not each.named):
        fuller = next((v for v in held if victim.words <= v.words | {w for r in v.roles for w in r.split()}), None)
        shorter = next((v for v in held if v.named and victim.named and v.words < victim.words), None)
        same = fuller if fuller and (fuller.named or fuller.number == victim.number) else shorter
        if same is None:
            held.append(victim)
            continue
        same.string = victim.string if same is shorter else same.string
        same.roles = list(dict.fromkeys([*same.roles, *victim.roles]))
        same.effects = list(dict.fromkeys([*same.effects, *victim.effects]))
    return held


def _names(entity: Entity) -> frozenset[str]:
    """All names, in capitals and without article."""
    return frozenset(_string(msgspec.structs.replace(entity, name=name)) for name in (entity.name, *entity.aliases))


def _runs(words: str) -> frozenset[str]:
    """Every run of words of a phrase."""
    parts = words.split()
    return frozenset(" ".join(parts[i:k]) for i in range(len(parts)) for k in range(i + 1, len(parts) + 1))


_REBELS = frozenset(
    "GUERRILLA GUERRILLAS REBEL REBELS COMMANDO COMMANDOS INSURGENT INSURGENTS TERRORIST TERRORISTS SUBVERSIVES"
    " EXTREMISTS FIGHTERS URBAN".split()
)
_NATIONS = ("citizenOf", "comesFrom")
_MURDER = re.compile(r"\b(?:MURDER|ASSASSINAT|KILLING|SLAYING|MASSACRE|EXECUTION)")
_HARM = re.compile(r"(?:killing|murdering|slaying|massacre|wounding|injuring) of\b", re.I)
"""An event that is named after those who were killed or hurt in it, by nobody that the text tells of."""
_SIGNS = {
    "DEATH": re.compile(r"\b(?:kill|murder|assassinat|die[ds]?\b|dead\b|death|massacr|slain|execut)", re.I),
    "INJURY": re.compile(r"\b(?:injur|wound|hurt\b|maim)", re.I),
}
_COUNTED = (
    r"\b{0}\s+(?:of\s+the\s+)?(?:(?:other|more|additional)\s+)?((?:(?!of|in|and|were|was|other|more)[\w-]+\s+){{0,2}}?"
    r"(?:\w*men|\w*women|people|persons?|children|priests?|[a-z]+(?:er|or|ant|ist|ian|al|an)s))\b"
)
"""A number, and the plural noun of people that it counts, with up to two words before it."""
_BODIES = frozenset(
    "ARMY POLICE GOVERNMENT FORCES FORCE NAVY MINISTRY EMBASSY MILITARY GUARD PARTY CARTEL FRONT MOVEMENT MAFIA".split()
)
_WEEKDAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.I)


_NIGHT = re.compile(r"\b(?:last night|overnight)\b", re.I)


def _target_slots(things: list[str]) -> dict[str, list[Fill]]:
    return {
        "target id": [Fill((thing,)) for thing in things],
        "target type": [Fill((types.target(thing),), (thing,)) for thing in things],
        "target number": [Fill((_things(thing),), (thing,)) for thing in things],
    }


def _things(thing: str) -> str:
    """How many things a phrase names: its number, or else one or several by the form of its head."""
    return _count(thing) if _is_plural(thing) else "1"


def _is_plural(words: str) -> bool:
    head = re.split(r" (?:OF|IN|AT|ON|NEAR|FROM) ", words)[0].split()[-1]
    return bool(re.search(r"(?:[^S]S|PEOPLE|MEN|CHILDREN|POLICE)$", head)) and head != "HEADQUARTERS"


def _count(words: str) -> str:
    """The number that a phrase begins with, or ``PLURAL``."""
    first = words.split()[0]
    known = {word.upper(): number for word, number in {**ONES, **TENS}.items()}
    return first if first.isdigit() else str(known.get(first, "PLURAL"))


def _stage(events: Iterable[str]) -> str:
    words = " ".join(events)
    if re.search(r"\b(?:ATTEMPT|FOILED|FAILED|FRUSTRATED|ABORTED)", words):
        return "ATTEMPTED"
    return "THREATENED" if re.search(r"\bTHREAT", words) else "ACCOMPLISHED"


def _category(doers: Sequence[str]) -> str:
    """State-sponsored if anybody of the state did it; else, also where nobody is named, an act of terrorism.

    Of the incidents of the training messages without perpetrators 71 % are called so.
    """
    return "STATE-SPONSORED VIOLENCE" if any(map(types.is_of_state, doers)) else "TERRORIST ACT"


def _entity(value: Value) -> str:
    return value.id if isinstance(value, EntityRef) else ""


def _string(entity: Entity) -> str:
    """The name as templ-doc wants a string: upper case, without its article."""
    words = entity.name.upper().split()
    return " ".join(words[1:] if len(words) > 1 and words[0] in ("THE", "A", "AN") else words)


def _number(count: Quantity) -> str:
    """``6``, ``6-8``, ``6-`` or ``~6`` (templ-doc, slot 21)."""
    low, high = ("" if bound is None else f"{bound:.0f}" for bound in (count.low, count.high))
    return ("~" if count.approximate else "") + (low if low == high else f"{low}-{high}")


def _days(iso: str) -> tuple[str, str] | None:
    """First and last day of a day, a month or a closed interval of days; nothing for anything else."""
    first, sign, last = iso.partition("/")
    if re.fullmatch(r"\d{4}-\d\d", iso):
        year, month = int(iso[:4]), int(iso[5:])
        end = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        return f"{iso}-01", end.isoformat()
    days = (first[:10], last[:10] if sign else first[:10])
    return days if all(re.fullmatch(r"\d{4}-\d\d-\d\d", day) for day in days) else None


def _after(iso: str) -> str:
    """The day after a day."""
    return (date.fromisoformat(iso) + timedelta(days=1)).isoformat()


def _day(iso: str) -> str:
    """``1989-11-20`` as ``20 NOV 89``."""
    year, month, day = iso.split("-")
    return f"{day} {_MONTHS[int(month) - 1]} {year[2:]}"
