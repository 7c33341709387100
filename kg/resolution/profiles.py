"""A document's record of an entity in, the key record that it belongs to and the profile of that out.

Records that tell the same share one key record, so that the work does not grow with how often a name is read: a record
is stripped of its document (*signature*: names, kind, positions, countries, years), and equal signatures are one key,
if being equal is enough to be one thing by the same comparison that judges any pair. "Qassem Soleimani" is; a "Ministry
of Defence" is only with its country, and "Smith, a striker" is not: such an entity gets a key of its own document.
"""

import re
from functools import lru_cache
from hashlib import sha256
from urllib.parse import quote

import msgspec

from kg.claims import Judgement
from kg.clusters import Profile
from kg.config import BASE
from kg.resolution import organizations, persons
from kg.resolution.blocks import blocks
from kg.resolution.evidence import best_likeness
from kg.resolution.likeness import likeness
from kg.resolution.names import kebab, normalised, slug
from kg.resolution.records import Record, surname_only
from kg.resolution.scores import JUDGE, compare

_NONE: frozenset[str] = frozenset()
_OWN = "own:"
_SURROGATE = re.compile("[\ud800-\udfff]")
_encoder = msgspec.json.Encoder(order="deterministic")
_decoder = msgspec.json.Decoder(Record)


class Key(msgspec.Struct, frozen=True):
    """The key record of an entity, and the wider one of the bare name where that is enough to be one thing."""

    profile: Profile
    name: str | None
    reason: str


def signature(record: Record) -> Record:
    """What a record tells that another document may tell as well: no document, no neighbours, one form of each name."""
    names = _names(record)
    told = msgspec.structs.replace(
        record,
        document="",
        entity="",
        names=names,
        kin=_NONE,
        neighbours=_NONE,
        within=_NONE,
        apart=frozenset(other for other in record.apart if likeness(other, names[0], record.kind).band != "different"),
        home=record.home if _needs_home(record, names[0]) else None,
    )
    return msgspec.structs.replace(told, home=None) if _is_one_anywhere(told) else told


def key_of(record: Record, base: str = BASE) -> Key:
    """The key record of what a document tells of a named person, place or organization."""
    told = signature(record)
    stem = f"{base}key/{quote(kebab(told.kind), safe='')}/{slug(normalised(told.names[0], told.kind))}"
    name = stem if _is_one(_bare(told)) else None
    if _is_one(told):
        return Key(_profile(f"{stem}.{_hash(told)}", told, shared=True), name, "the same name, told of alike")
    own = _hash(told, f"{record.document}/{record.entity}/")
    return Key(_profile(f"{stem}-{own}", told, shared=False), name, "known in this document only")


def match(left: Profile, right: Profile) -> Judgement | None:
    """The machine's judgement on two key records; None where nothing has to be said.

    That is so where the names contradict each other, and where both follow from one bare name; nor is anybody asked
    about what a single document tells.
    """
    left, right = sorted((left, right), key=lambda profile: profile.record)
    one, other = _read(left), _read(right)
    if one.family != other.family or best_likeness(one, other).band == "different":
        return None
    found = compare(one, other)
    if found.verdict == "unsure" and not (_is_shared(left) and _is_shared(right)):
        return None
    if found.verdict == "same" and _stem(left) == _stem(right) and all(map(_is_one, map(_bare, (one, other)))):
        return None
    return Judgement(left.record, right.record, found.verdict, found.score, found.reasons, JUDGE)


def _names(record: Record) -> tuple[str, ...]:
    """The names in one spelling each, the longest first; of a person the whole names, if there are any."""
    if record.family == "person":
        found = {_spelled(name) for name in record.names}
        found = {name for name in found if " " in name} or found
    else:
        forms: dict[str, str] = {}
        for name in record.names:
            forms.setdefault(normalised(name, record.kind), re.sub("^[Tt]he ", "", name))
        found = set(forms.values())
    clean = {_SURROGATE.sub("\ufffd", name) for name in found}
    return tuple(sorted(clean, key=lambda name: (-len(name), name)))


def _spelled(name: str) -> str:
    found = persons.parse(name)
    return " ".join([*map(str.capitalize, found.words), *([found.number.upper()] if found.number else [])]) or name


def _needs_home(record: Record, name: str) -> bool:
    """Whether the country that a report speaks of most tells who is meant: of common names, or what any country has."""
    if record.family == "organization":
        return organizations.is_national(organizations.parse(name).words)
    return record.family == "person" and likeness(name, name, record.kind).band != "same"


def _is_one_anywhere(told: Record) -> bool:
    """Whether a person is one without the setting too: by a position, say. Else each setting would make a record of
    its own, all of them one person. A surname that few bear keeps its setting, by which it finds who has no position.
    """
    if told.family != "person" or not told.home:
        return False
    if surname_only(told) and not any(map(persons.is_common, persons.parse(told.names[0]).words[-1:])):
        return False
    return _is_one(msgspec.structs.replace(told, home=None))


def _is_one(told: Record) -> bool:
    """Whether two documents that tell no more than this speak of one thing."""
    return compare(told, told).verdict == "same"


def _bare(told: Record) -> Record:
    return Record("", "", told.kind, told.names[:1])


def _profile(record: str, told: Record, *, shared: bool) -> Profile:
    filed, sought = blocks(told)
    text = _encoder.encode(told).decode()
    if shared:
        return Profile(record, text, filed, sought | _own(sought))
    return Profile(record, text, _own(filed), sought)


def _own(blocks: frozenset[str]) -> frozenset[str]:
    """The blocks of those that single documents tell of: they are sought by others only."""
    return frozenset(f"{_OWN}{block}" for block in blocks)


def _is_shared(profile: Profile) -> bool:
    return not any(block.startswith(_OWN) for block in profile.blocks)


def _read(profile: Profile) -> Record:
    return _decoded(profile.told)


@lru_cache(maxsize=10_000)
def _decoded(told: str) -> Record:
    return _decoder.decode(told)


def _stem(profile: Profile) -> str:
    told = _read(profile)
    return f"{told.kind}/{normalised(told.names[0], told.kind)}"


def _hash(told: Record, before: str = "") -> str:
    return sha256(before.encode("utf-8", "surrogatepass") + _encoder.encode(told)).hexdigest()[:8]
