"""What one extraction says of an event in; its record, its key record, and the verdict on two of them out.

Reports of one event differ in the toll as it rises, in how exact the kind and the place are, in the day by another
clock. Two events of one sort in one town and week agree in nearly all. So a day, a town and a kind are just enough, and
less never is: what the report dates only by coming out itself needs more, a town where much happens needs more, and
what one report tells apart stays apart. The weights are in ``data/weights.toml``.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from hashlib import sha256
from itertools import combinations

import msgspec

from kg.claims import Claim, Entity, EntityRef, Extraction, Judgement, Quantity, Time
from kg.clusters import Profile
from kg.resolution import places
from kg.resolution.evidence import Evidence
from kg.resolution.kinds import family
from kg.resolution.likeness import likeness
from kg.resolution.names import kebab, normalised, slug
from kg.resolution.reference import countries
from kg.resolution.scores import Comparison, weighed
from kg.resolution.spelling import plain

JUDGE = "machine:events/1"
NEWS_DAYS = 4
"""How many days before its publication an event may be that a report gives no date: reports of later days give one."""
BIG_CITY = 500_000
"""Inhabitants from which on so much happens in a city that it tells less."""
LONGEST_DAYS = 62
"""A date that is less exact than this tells nothing of which event of a place is meant."""
TELLING_TOLL = 5
"""From this number on, two reports hardly have the same toll by chance."""

_VIOLENT = "Attack Bombing Strike Shooting Stabbing Assassination Kidnapping Explosion"
_OTHERS = "Funeral Ceremony Protest Election Arrest Trial Meeting Earthquake Fire Flood Storm Crash"
_GROUPS = dict.fromkeys(_VIOLENT.split(), "violence") | {kind: kind for kind in _OTHERS.split()}
_DEADLY = frozenset({"violence", "Crash", "Fire", "Earthquake", "Flood", "Storm"})
_RECURRING = frozenset({"Funeral", "Ceremony", "Protest", "Election", "Meeting", "Arrest", "Trial"})
_ONE_KIND = (
    frozenset({"Explosion", "Bombing"}),
    frozenset({"Explosion", "Strike"}),
    frozenset({"Bombing", "Strike"}),
)
_SEVERAL = re.compile(
    r"(?i)\b(?:two|three|four|five|six|seven|twin|double|several|multiple|both|series|string|wave"
    r"|attacks|bombings|explosions|blasts|strikes|airstrikes|shootings|raids|killings|murders|protests|arrests|trials)\b"
)
_ANOTHER = re.compile(
    r"(?i)\b(?:second|third|fourth|fifth|another|aftershocks?|earlier|later|previous|next|failed|attempted)\b"
)
_WITHIN = frozenset({"locatedIn", "capitalOf", "partOf"})
_WHERE = frozenset({"happenedIn", "happenedNear"})
_TOLLS = frozenset({"deaths", "injuries", "missing"})
_SETTLED = frozenset({"Place", "City", "Region", "GeographicFeature"})
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_SURROGATE = re.compile("[\ud800-\udfff]")
_DAYS_OF_WEEK = 7
_OWN = "own:"
_NONE: frozenset[str] = frozenset()
_encoder = msgspec.json.Encoder(order="deterministic")


class Event(msgspec.Struct, frozen=True, tag="event", omit_defaults=True):
    """What a report tells of one event; names in plain form.

    ``name`` is its proper name, if it has one. ``first`` and ``last`` are days, ISO 8601; ``dated`` is whether the
    report gives them, or they follow from the day it came out. ``towns`` are the narrowest settlements or regions,
    ``sites`` buildings and the like, ``wider`` what they are said to lie in. ``tolls`` are lower bounds ("deaths 84").
    ``another`` are words that tell it from one before ("second"), ``several`` is whether it is more than one.
    ``story`` is the url of the article: its versions tell of one event. ``document`` is set where the report tells of
    others alike.
    """

    kind: str
    name: str = ""
    first: str | None = None
    last: str | None = None
    dated: bool = False
    towns: frozenset[str] = _NONE
    sites: frozenset[str] = _NONE
    wider: frozenset[str] = _NONE
    countries: frozenset[str] = _NONE
    killed: frozenset[str] = _NONE
    people: frozenset[str] = _NONE
    bodies: frozenset[str] = _NONE
    tolls: frozenset[str] = _NONE
    neighbours: frozenset[str] = _NONE
    another: frozenset[str] = _NONE
    several: bool = False
    story: str | None = None
    document: str = ""
    entity: str = ""

    @property
    def group(self) -> str:
        """The kinds that may be told of one event: an explosion turns out to be a bombing."""
        return _GROUPS[self.kind]

    @property
    def days(self) -> tuple[date, date] | None:
        """The first and the last day that it may have been."""
        return (date.fromisoformat(self.first), date.fromisoformat(self.last)) if self.first and self.last else None


# --- the record ------------------------------------------------------------------------------------------------------


def events(extraction: Extraction) -> dict[str, Event]:
    """The records of a document's events, by entity. Kinds that tell too little (an award, a war) have none."""
    of_interest = [entity for entity in extraction.entities if entity.kind in _GROUPS]
    if not of_interest:
        return {}
    world = _World(extraction)
    found = {entity.id: world.event(entity) for entity in of_interest}
    alike = {
        each
        for one, other in combinations((key for key, it in found.items() if _is_told(it)), 2)
        if found[one].group == found[other].group
        and not found[one].killed & found[other].killed
        and compare(found[one], found[other]).verdict != "different"
        for each in (one, other)
        if not found[each].name
    }
    own = extraction.document.id
    return {
        key: msgspec.structs.replace(it, document=_unicode_only(own), entity=_unicode_only(key)) if key in alike else it
        for key, it in found.items()
    }


class _World:
    """What a document says, looked up by entity."""

    def __init__(self, extraction: Extraction) -> None:
        self.document = extraction.document
        self.by_id = {entity.id: entity for entity in extraction.entities}
        self.said: dict[str, list[Claim]] = defaultdict(list)
        for claim in extraction.claims:
            if claim.stance not in ("denied", "planned"):
                for entity in {claim.subject} | ({claim.object.id} if isinstance(claim.object, EntityRef) else set()):
                    self.said[entity].append(claim)

    def event(self, entity: Entity) -> Event:
        said = self.said[entity.id]
        first, last, dated = self._days(entity, said)
        narrow, wider = self._where(entity, said)
        around = [other for claim in said if (other := self._other(claim, entity)) and other.named]
        killed = {
            _full(self.by_id[claim.subject])
            for claim in said
            if claim.predicate == "killedBy" and claim.stance == "asserted" and self._is_person(claim.subject)
        }
        people = {_full(other) for other in around if other.kind == "Person"}
        return Event(
            entity.kind,
            normalised(entity.name, entity.kind) if entity.named or _is_told_by_date(entity, first, last) else "",
            first,
            last,
            dated,
            towns=_plain(it for it in narrow if it.kind in _SETTLED and plain(it.name) not in countries()),
            sites=_plain(it for it in narrow if it.kind not in {*_SETTLED, "Country"}),
            wider=_plain(wider),
            countries=frozenset(country for it in (*narrow, *wider) if (country := countries().get(plain(it.name)))),
            killed=frozenset(plain(name) for name in killed if " " in name),
            people=frozenset(map(plain, people - killed)),
            bodies=_plain(it for it in around if family(it.kind) == "organization"),
            tolls=frozenset(filter(None, map(_toll, said))),
            neighbours=self._neighbours(around),
            another=frozenset(word.lower() for word in _ANOTHER.findall(entity.name)),
            several=bool(_SEVERAL.search(entity.name)),
            story=_unicode_only(self.document.url) if self.document.url else None,
        )

    def _other(self, claim: Claim, entity: Entity) -> Entity | None:
        if claim.subject != entity.id:
            return self.by_id.get(claim.subject)
        return self.by_id.get(claim.object.id) if isinstance(claim.object, EntityRef) else None

    def _is_person(self, entity: str) -> bool:
        found = self.by_id.get(entity)
        return found is not None and found.kind == "Person" and found.named

    def _days(self, entity: Entity, said: Iterable[Claim]) -> tuple[str | None, str | None, bool]:
        """When it was: as told of it, else as its victims and its place are dated, else shortly before the report."""
        said = list(said)
        told = [it.object.value for it in said if it.predicate == "happenedOn" and isinstance(it.object, Time)]
        by_claims = [it.time for it in said if it.time and it.predicate not in ("distance", "commemorates")]
        in_name = _YEAR.findall(entity.name)
        for times in (told, by_claims, in_name):
            spans = [span for each in times if (span := span_of(each))]
            if spans:
                first, last = min(spans, key=lambda span: (span[1] - span[0], span))
                return first.isoformat(), last.isoformat(), True
        published = span_of((self.document.published or "")[:10])
        if entity.named or in_name or not published:
            return None, None, False
        return _shifted(published[0], -NEWS_DAYS).isoformat(), published[1].isoformat(), False

    def _where(self, entity: Entity, said: Iterable[Claim]) -> tuple[list[Entity], list[Entity]]:
        """The named places where it happened: the narrowest, and those around them."""
        told = [
            it.object.id
            for it in said
            if it.predicate in _WHERE and it.subject == entity.id and isinstance(it.object, EntityRef)
        ]
        around = {each: self._around(each) for each in told}
        wider = {each for those in around.values() for each in those}
        narrow = [self.by_id[each] for each in dict.fromkeys(told) if each not in wider]
        return [it for it in narrow if it.named], [it for each in sorted(wider) if (it := self.by_id[each]).named]

    def _around(self, place: str) -> set[str]:
        """The places that one is said to lie in, also through others."""
        found, waiting = set[str](), [place]
        while waiting:
            inner = waiting.pop()
            outer = {
                claim.object.id
                for claim in self.said[inner]
                if claim.predicate in _WITHIN and claim.subject == inner and isinstance(claim.object, EntityRef)
            }
            waiting += outer - found - {place}
            found |= outer - {place}
        return found

    def _neighbours(self, around: Iterable[Entity]) -> frozenset[str]:
        """The persons and bodies that the report names besides."""
        told = {entity.id for entity in around}
        kept = [
            it
            for it in self.by_id.values()
            if it.named and it.id not in told and (it.kind == "Person" or family(it.kind) == "organization")
        ]
        return frozenset(sorted(_plain(kept) - countries().keys())[:24])


def _is_told(event: Event) -> bool:
    """Whether anything is said of an event: one that is only named may be any of the others."""
    return bool(event.towns | event.sites | event.killed) or event.dated


def span_of(value: str) -> tuple[date, date] | None:
    """The first and last day of an ISO 8601 prefix or closed interval; None for what is open or no date.

    >>> span_of("2020-02")
    (datetime.date(2020, 2, 1), datetime.date(2020, 2, 29))
    """
    begin, _, end = value.partition("/")
    try:
        first, last = _prefix(begin), _prefix(end or begin)
    except ValueError:
        return None
    return (first[0], last[1]) if "/" not in value or end else None


def _prefix(value: str) -> tuple[date, date]:
    parts = [int(part) for part in value[:10].split("-")]
    if len(parts) == 3:
        return (day := date(parts[0], parts[1], parts[2])), day
    if len(parts) == 2:
        after = date(parts[0] + parts[1] // 12, parts[1] % 12 + 1, 1)
        return date(parts[0], parts[1], 1), after - timedelta(1)
    return date(parts[0], 1, 1), date(parts[0], 12, 31)


def _shifted(day: date, by: int) -> date:
    return date.fromordinal(min(max(day.toordinal() + by, 1), date.max.toordinal()))


def _is_told_by_date(entity: Entity, first: str | None, last: str | None) -> bool:
    """Whether a description holds a day or a month of a year, and so is as good as a name ("attack of 3 May 1999")."""
    return bool(first and last and first[:7] == last[:7] and first[:4] in _YEAR.findall(entity.name))


def _unicode_only(text: str) -> str:
    return _SURROGATE.sub("\ufffd", text)


def _full(entity: Entity) -> str:
    return max((entity.name, *entity.aliases), key=lambda name: (len(name), name))


def _plain(entities: Iterable[Entity]) -> frozenset[str]:
    return frozenset(filter(None, (plain(it.name) for it in entities)))


def _toll(claim: Claim) -> str | None:
    amount = claim.object
    if claim.predicate not in _TOLLS or not isinstance(amount, Quantity) or amount.approximate or not amount.low:
        return None
    return f"{claim.predicate} {amount.low:g}" if amount.low >= TELLING_TOLL else None


# --- two records -----------------------------------------------------------------------------------------------------


def compare(left: Event, right: Event) -> Comparison:
    """Whether two records are of one event; the order doesn't matter."""
    left, right = sorted((left, right), key=_encoder.encode)
    veto = _veto(left, right)
    if veto:
        return Comparison("different", 0.0, float("-inf"), (veto,))
    parts: dict[str, float] = {}
    reasons: list[str] = []
    for found in (
        _names,
        _kinds,
        _dates,
        _places,
        _sites,
        _killed,
        _participants,
        _same_tolls,
        _told_around,
        _one_story,
        _numbers,
    ):
        for part, amount, reason in found(left, right):
            parts[part] = amount
            reasons.append(reason)
    return weighed(Evidence(parts, tuple(reasons)), "event")


_Found = list[tuple[str, float, str]]


def _veto(left: Event, right: Event) -> str | None:
    """Why two records can't be of one event."""
    if left.document and left.document == right.document and not left.killed & right.killed:
        return "one report tells of both"
    if left.group != right.group:
        return f"kinds {left.kind} and {right.kind}"
    if left.countries and right.countries and not left.countries & right.countries:
        return f"in {min(left.countries)} and in {min(right.countries)}"
    if left.another != right.another:
        return f"one of them is told as {min(left.another ^ right.another)}"
    if left.dated and right.dated and _gap(left, right) > 1:
        return f"dates differ: {left.first}, {right.first}"
    return None


def _gap(left: Event, right: Event) -> int:
    """The days from the one to the other, 0 if they may be on one day."""
    one, two = left.days, right.days
    assert one and two
    return max((two[0] - one[1]).days, (one[0] - two[1]).days, 0)


def _names(left: Event, right: Event) -> _Found:
    return [("same name", 1.0, "the same proper name")] if left.name and left.name == right.name else []


def _kinds(left: Event, right: Event) -> _Found:
    if left.kind == right.kind:
        return [("same kind", 1.0, f"both are of kind {left.kind}")]
    kinds = frozenset({left.kind, right.kind})
    if kinds & {"Attack", "Assassination"} or kinds in _ONE_KIND:
        return []
    return [("kinds clash", 1.0, f"kinds {' and '.join(sorted(kinds))}")]


def _dates(left: Event, right: Event) -> _Found:
    if not left.days or not right.days:
        return []
    if not (left.dated and right.dated):
        return [] if _gap(left, right) else [("about the same day", 1.0, "told in reports of about the same day")]
    if _gap(left, right):
        return [("a day apart", 1.0, f"a day apart: {left.first}, {right.first}")]
    lengths = [(last - first).days for first, last in (left.days, right.days)]
    if max(lengths) <= 2:
        return [("same day", 1.0, f"both on {max(left.days[0], right.days[0])}")]
    if max(lengths) <= LONGEST_DAYS:
        return [("dates overlap", 1.0, "the days may be the same")]
    return [("year fits", 1.0, "the years are the same")]


def _places(left: Event, right: Event) -> _Found:
    if not left.towns or not right.towns:
        if not left.towns and not right.towns:
            return []
        return _contained(left, right)
    shared = _alike(left.towns, right.towns, "Place")
    if shared:
        big = _is_big(shared[0])
        return [("same big city" if big else "same place", 1.0, f"both in {shared[0]}")]
    return _contained(left, right) or [("places differ", 1.0, f"in {min(left.towns)} and in {min(right.towns)}")]


def _contained(left: Event, right: Event) -> _Found:
    shared = (left.towns & right.wider) | (right.towns & left.wider) | (left.countries & right.countries)
    if (left.towns & right.wider) | (right.towns & left.wider):
        return [("one within the other", 1.0, f"one place lies in the other: {min(shared)}")]
    if left.towns and right.towns:
        return []
    return [("same country", 1.0, f"both in {min(shared)}")] if shared else []


def _is_big(town: str) -> bool:
    found = places.largest(town)
    return found is not None and found.people >= BIG_CITY


def _sites(left: Event, right: Event) -> _Found:
    if not left.sites or not right.sites:
        return []
    shared = _alike(left.sites, right.sites, "Site")
    if shared:
        return [("same site", 1.0, f"both at {shared[0]}")]
    return [("sites differ", 1.0, f"at {min(left.sites)} and at {min(right.sites)}")]


def _killed(left: Event, right: Event) -> _Found:
    if not left.killed or not right.killed:
        return []
    shared = _alike(left.killed, right.killed, "Person")
    if shared:
        return [("same person killed", 1.0, f"{shared[0]} was killed in both")]
    common = left.killed & right.killed
    if common:
        return [("same name of a person killed", 1.0, f"a {min(common)} was killed in both")]
    return [("others killed", 1.0, f"killed were {min(left.killed)}, {min(right.killed)}")]


def _participants(left: Event, right: Event) -> _Found:
    """Who had a part in it, whatever it was: the one report's victim may be the other's target."""
    one, two = left.people | left.killed, right.people | right.killed
    shared = {*_alike(one, two, "Person"), *(one & two), *(left.bodies & right.bodies)} - (left.killed & right.killed)
    if shared and not _alike(left.killed, right.killed, "Person"):
        return [("same participants", min(len(shared), 2.0), f"in both: {', '.join(sorted(shared)[:3])}")]
    return []


def _same_tolls(left: Event, right: Event) -> _Found:
    shared = left.tolls & right.tolls
    return [("same toll", 1.0, f"the same toll: {min(shared)}")] if shared else []


def _told_around(left: Event, right: Event) -> _Found:
    shared = sorted(left.neighbours & right.neighbours)
    if not shared:
        return []
    return [("shared neighbours", min(len(shared), 3) / 3, f"both reports name {', '.join(shared[:3])}")]


def _one_story(left: Event, right: Event) -> _Found:
    if left.story and left.story == right.story:
        return [("one story", 1.0, "versions of one article")]
    return []


def _numbers(left: Event, right: Event) -> _Found:
    found = []
    if left.several != right.several:
        found.append(("one and several", 1.0, "one report speaks of several, the other of one"))
    if left.document or right.document:
        found.append(("one of several alike", 1.0, "a report tells of another much like it"))
    return found


def _alike(left: Iterable[str], right: Iterable[str], kind: str) -> list[str]:
    """The names of the left ones that are told of the right ones too, and are enough to be one thing."""
    return [a for a in sorted(left) if any(likeness(a, b, kind).band == "same" for b in sorted(right))]


# --- key records -----------------------------------------------------------------------------------------------------


class EventKey(msgspec.Struct, frozen=True):
    """The key record of an event: what comes behind its kind in the IRI, and what it is judged by."""

    last: str
    told: Event
    shared: bool


def event_key(event: Event, own: str) -> EventKey | None:
    """The key record of an event that tells enough to be found in another report; None for all others.

    A proper name is a key with what dates it; so are those who were killed, and a day and a place. What a report dates
    only by coming out itself is compared with those, and with nothing else. ``own`` tells the event from all others,
    where what is told of it doesn't.
    """
    if event.name:
        return _named_key(event, own)
    if not event.days or (event.days[1] - event.days[0]).days > LONGEST_DAYS:
        return _killed_key(event, own)
    if event.dated:
        return _killed_key(event, own) or _placed_key(event, own, shared=True)
    return _placed_key(event, own, shared=False) or _killed_key(event, own)


def _killed_key(event: Event, own: str) -> EventKey | None:
    """By those whom it killed, whose names few bear, and with where and when: nobody dies twice."""
    known = [name for name in sorted(event.killed) if likeness(name, name, "Person").band == "same"]
    if not known or event.group not in _DEADLY:
        return None
    told = Event(
        event.kind,
        first=event.first if event.dated else None,
        last=event.last if event.dated else None,
        dated=event.dated,
        towns=event.towns,
        sites=event.sites,
        killed=event.killed,
        another=event.another,
        document=event.document,
        entity=event.entity,
    )
    return _told_key("-".join(known[:2]), told, own, shared=True)


def _placed_key(event: Event, own: str, *, shared: bool) -> EventKey | None:
    """By the place and all that is told of it."""
    if not event.towns | event.sites:
        return None
    stem = [min(event.towns or event.sites), *([event.first] if event.dated and event.first else [])]
    return _told_key("-".join(stem), event, own, shared=shared)


def _named_key(event: Event, own: str) -> EventKey | None:
    if event.group in _RECURRING and not event.dated:
        return None
    told = Event(
        event.kind,
        event.name,
        event.first,
        event.last,
        event.dated,
        towns=event.towns,
        countries=event.countries,
        document=event.document,
        entity=event.entity,
    )
    if told == Event(event.kind, event.name):
        return EventKey(slug(event.name), told, True)
    return _told_key(event.name, told, own, shared=True)


def _told_key(stem: str, told: Event, own: str, *, shared: bool) -> EventKey:
    alone = told.document or compare(told, told).verdict != "same"
    text = _encoder.encode(told) + (own.encode() if alone else b"")
    return EventKey(f"{slug(stem)}.{sha256(text).hexdigest()[:8]}", told, shared)


def profile_of(key: EventKey, base: str) -> Profile:
    """What a key record is filed under and looked up by."""
    record = f"{base}key/{kebab(key.told.kind)}/{key.last}"
    blocks = _blocks(key.told)
    own = frozenset(f"{_OWN}{block}" for block in blocks)
    text = _encoder.encode(key.told).decode()
    return Profile(record, text, blocks, blocks | own) if key.shared else Profile(record, text, own, blocks)


def _blocks(event: Event) -> frozenset[str]:
    """The name; each person killed; each place with each week that it may have been in, by any clock."""
    found = {f"name:{event.name}"} if event.name else set[str]()
    found |= {f"killed:{name.split()[-1]}" for name in event.killed}
    if event.days:
        weeks = range(_week(event.days[0], -1), _week(event.days[1], 1) + 1)
        if len(weeks) <= 12:
            places_told = {_place_key(place) for place in event.towns | event.sites}
            found |= {f"{place}:{week}" for place in places_told for week in weeks}
    return frozenset(f"e:{event.group}:{each}" for each in found)


def _week(day: date, by: int) -> int:
    return (day.toordinal() + by) // _DAYS_OF_WEEK


def _place_key(place: str) -> str:
    """Spellings of one place fall together: by their city in GeoNames, else by their consonants."""
    city = places.largest(place)
    return f"geonames-{city.id}" if city else re.sub("[^bcdfgklmnpqrstvxz ]", "", place) or place


def is_event(profile: Profile) -> bool:
    """Whether a key record is that of an event."""
    return profile.told.startswith('{"type":"event"')


def match(left: Profile, right: Profile) -> Judgement | None:
    """The machine's judgement on two key records of events; None where nothing has to be said."""
    left, right = sorted((left, right), key=lambda profile: profile.record)
    found = compare(_read(left.told), _read(right.told))
    if found.verdict == "unsure" and not (_is_shared(left) and _is_shared(right)):
        return None
    return Judgement(left.record, right.record, found.verdict, found.score, found.reasons, JUDGE)


def _is_shared(profile: Profile) -> bool:
    return not any(block.startswith(_OWN) for block in profile.blocks)


@lru_cache(maxsize=10_000)
def _read(told: str) -> Event:
    return msgspec.json.decode(told, type=Event)
