"""An extraction in, a judgement per entity out: which key record it is the same as.

A key record stands for all entities of which documents tell the same (:mod:`.profiles`). Every entity is judged against
its key alone, never against the entities of other documents, and keys against keys: as many judgements as entities,
and the order in which documents come cannot matter.
"""

import re
from collections.abc import Set
from hashlib import sha256
from typing import NamedTuple
from urllib.parse import quote

from msgspec.structs import replace

from kg.claims import Document, Entity, Extraction, Judgement
from kg.clusters import Location, Profile
from kg.config import BASE
from kg.resolution import events, profiles
from kg.resolution.events import Event
from kg.resolution.gazetteer import location_of
from kg.resolution.names import kebab, normalised, slug
from kg.resolution.profiles import Key, key_of
from kg.resolution.records import Record, records

JUDGE = "machine:name-and-kind/2"
_SURROGATE = re.compile("[\ud800-\udfff]")


class Resolved(NamedTuple):
    """Who the entities of a document are: a judgement on each of them and on their keys, what keys are known by, and
    which cities they are."""

    judgements: tuple[Judgement, ...]
    profiles: tuple[Profile, ...]
    locations: tuple[Location, ...]


def resolve(extraction: Extraction, base: str = BASE) -> Resolved:
    """The machine's judgements on the entities of one document. They have no time: they are pure."""
    told: dict[str, Record | Event] = {record.entity: record for record in records(extraction)}
    told |= events.events(extraction)
    placed = {claim.subject for claim in extraction.claims if claim.predicate == "positionAt"}
    entities = [_as_office(it, placed) for it in extraction.entities]
    keys = {it.id: _key(it, extraction.document, told.get(it.id), base) for it in entities}
    judgements = [
        Judgement(_entity_iri(extraction.document, of, base), key.profile.record, "same", 1.0, (key.reason,), JUDGE)
        for of, key in keys.items()
    ]
    wider = {
        key.profile.record: Judgement(key.profile.record, key.name, "same", 1.0, ("a name that few bear",), JUDGE)
        for key in keys.values()
        if key.name
    }
    profiles = {key.profile.record: key.profile for key in keys.values() if key.profile.told}
    found = (
        location_of(it, _entity_iri(extraction.document, of, base)) for of, it in told.items() if isinstance(it, Record)
    )
    return Resolved((*judgements, *wider.values()), tuple(profiles.values()), tuple(filter(None, found)))


def match(left: Profile, right: Profile) -> Judgement | None:
    """The machine's judgement on two key records; None where nothing has to be said."""
    if events.is_event(left) or events.is_event(right):
        return events.match(left, right)
    return profiles.match(left, right)


def _as_office(entity: Entity, placed: Set[str]) -> Entity:
    """A position that is not told to be anybody's in particular ("president") goes by its words, as a name does."""
    return replace(entity, named=True) if entity.kind == "Position" and entity.id not in placed else entity


def _key(entity: Entity, document: Document, told: Record | Event | None, base: str) -> Key:
    """The key of an entity; of what is compared by its name only, that name and the kind."""
    if isinstance(told, Record) and normalised(entity.name, entity.kind):
        return key_of(told, base)
    if isinstance(told, Event) and (known := events.event_key(told, _own(document, entity.id))):
        return Key(events.profile_of(known, base), None, "an event told of alike")
    name = normalised(entity.name, entity.kind)
    # Two keys fall together only if the words do, so the slug is made of the compared form.
    last = f"{base}key/{quote(kebab(entity.kind), safe='')}/{slug(name or entity.name)}"
    if entity.named and name:
        return Key(Profile(last, "", frozenset(), frozenset()), None, "same normalised name and kind")
    own = f"{last}-{_own(document, entity.id)}"
    return Key(Profile(own, "", frozenset(), frozenset()), None, "known in this document only")


def _entity_iri(document: Document, entity: str, base: str) -> str:
    return f"{base}doc/{_segment(document.id)}/{_segment(entity)}"


def _segment(text: str) -> str:
    # As the mapping writes it: the two never import each other, a test holds them together.
    return quote(_SURROGATE.sub("\ufffd", text), safe="")


def _own(document: Document, entity: str) -> str:
    return sha256(f"{document.id}/{entity}".encode("utf-8", "surrogatepass")).hexdigest()[:8]
