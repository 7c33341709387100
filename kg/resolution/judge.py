"""An extraction in, a judgement per entity out: which key record it is the same as.

A key record stands for "whoever has this normalised full name and is of this kind". Every entity is judged against
its key alone, never against the entities of other documents: as many judgements as entities, and the order in which
documents come cannot matter.
"""

import re
from hashlib import sha256
from urllib.parse import quote

from kg.claims import Document, Entity, Extraction, Judgement
from kg.config import BASE
from kg.resolution.names import kebab, normalised, slug

JUDGE = "machine:name-and-kind/1"
_SURROGATE = re.compile("[\ud800-\udfff]")


def judge(extraction: Extraction, base: str = BASE) -> list[Judgement]:
    """The machine's judgements on the entities of one document, in their order. They have no time: they are pure."""
    return [_judge_entity(entity, extraction.document, base) for entity in extraction.entities]


def key_record(entity: Entity, document: Document, base: str = BASE) -> str:
    """The IRI of the key that an entity belongs to, such as ``urn:newskg:key/person/qassem-soleimani``.

    What has no name, and a person of whom there is one word only, gets a key of its own in this document.
    """
    name = normalised(entity.name, entity.kind)
    own = not _tells_apart(entity, name)
    # Two keys fall together only if the words do, so the slug is made of the compared form.
    last = slug(name or entity.name) + (f"-{_own(document, entity)}" if own else "")
    return f"{base}key/{quote(kebab(entity.kind), safe='')}/{last}"


def _judge_entity(entity: Entity, document: Document, base: str) -> Judgement:
    key = key_record(entity, document, base)
    shared = _tells_apart(entity, normalised(entity.name, entity.kind))
    reason = "same normalised name and kind" if shared else "known in this document only"
    return Judgement(_entity_iri(document, entity, base), key, "same", 1.0, (reason,), JUDGE)


def _tells_apart(entity: Entity, name: str) -> bool:
    """Whether a name says who is meant beyond its document: "Soleimani" alone does not."""
    return entity.named and bool(name) and (entity.kind != "Person" or " " in name)


def _entity_iri(document: Document, entity: Entity, base: str) -> str:
    return f"{base}doc/{_segment(document.id)}/{_segment(entity.id)}"


def _segment(text: str) -> str:
    # As the mapping writes it: the two never import each other, a test holds them together.
    return quote(_SURROGATE.sub("\ufffd", text), safe="")


def _own(document: Document, entity: Entity) -> str:
    return sha256(f"{document.id}/{entity.id}".encode("utf-8", "surrogatepass")).hexdigest()[:8]
