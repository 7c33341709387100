"""What persons decided on claims that were refused, in; the triples of the graph of judgements out, and back.

A refused claim (``kg:Refused``) counts for nothing until a person releases it. Releases are appended to the graph of
judgements like those on who is who, and like these never deleted: taking one back is a release of its own kind. They
speak of a claim by what it says and where, so they hold however often its document goes and comes.
"""

from collections.abc import Iterable
from hashlib import sha256
from typing import Literal as OneOf
from typing import NamedTuple

import pyoxigraph as ox

from kg.config import BASE
from kg.errors import StoreError
from kg.store.evidence import Node, Released, Triple
from kg.store.lookups import Lookups
from kg.store.names import REFUSED, TYPE, kg
from kg.store.terms import literal, text_of

RELEASE = kg("Release")


class Release(NamedTuple):
    """A person's word on one refused claim (its IRI). ``judge`` is ``person:NAME``, ``at`` is when, in ISO 8601."""

    claim: str
    verdict: OneOf["released", "withdrawn"]
    judge: str
    at: str
    reasons: tuple[str, ...] = ()


def checked_release(release: Release) -> Release:
    """The release itself, if it can be one."""
    if not release.judge.startswith("person:") or not release.at:
        raise StoreError("Claims are released by persons, with the time. Mend the release.")
    try:
        ox.NamedNode(release.claim)
    except ValueError as error:
        raise StoreError(f"A release is of a claim's IRI, and {release.claim!r} is none. Mend it.") from error
    return release


def release_triples(release: Release, base: str = BASE) -> set[Triple]:
    """The node of one release. Its IRI is a hash of what it says, so saying it twice changes nothing."""
    said = (release.claim, release.verdict, release.judge, release.at)
    node = f"<{base}release/{sha256(chr(0).join(said).encode()).hexdigest()[:16]}>"
    triples = {
        (node, TYPE, RELEASE),
        (node, kg("releases"), f"<{release.claim}>"),
        (node, kg("verdict"), literal(release.verdict)),
        (node, kg("judge"), literal(release.judge)),
        (node, kg("at"), literal(release.at)),
    }
    return triples | {(node, kg("reason"), literal(reason)) for reason in release.reasons}


def releases_in(ledger: Lookups) -> list[Release]:
    """All releases of a store, those taken back and the words that did so among them; oldest first."""
    return sorted((_release_of(ledger.node(node)) for node in ledger.subjects(TYPE, RELEASE)), key=lambda it: it.at)


def standing_releases(releases: Iterable[Release]) -> list[Release]:
    """Those that nobody took back: of what one person says of one claim, the last word counts."""
    ordered = sorted(releases, key=lambda it: (it.at, it.verdict))
    last = {(it.claim, it.judge): it for it in ordered}
    return sorted(it for it in last.values() if it.verdict == "released")


def releasers(claim: str, ledger: Lookups, fresh: Iterable[Release] = ()) -> tuple[str, ...]:
    """Who released a claim (in angle brackets), as literals; ``fresh`` is what will stand in the ledger, too."""
    told = [_release_of(ledger.node(node)) for node in ledger.subjects(kg("releases"), claim)]
    told += (it for it in fresh if it.claim == claim[1:-1])
    return tuple(sorted({literal(it.judge) for it in standing_releases(told)}))


def released_in(triples: Iterable[Triple], ledger: Lookups, fresh: Iterable[Release] = ()) -> Released:
    """Which refused claims of a document's graph somebody released."""
    refused = [node for node, name, value in triples if (name, value) == (TYPE, REFUSED)]
    found = {claim: releasers(claim, ledger, fresh) for claim in refused}
    return {claim: names for claim, names in found.items() if names}


def _release_of(node: Node) -> Release:
    claim, judge, at = (text_of(node[kg(name)][0]) for name in ("releases", "judge", "at"))
    taken_back = literal("withdrawn") in node[kg("verdict")]
    reasons = tuple(sorted(map(text_of, node.get(kg("reason"), ()))))
    return Release(claim, "withdrawn" if taken_back else "released", judge, at, reasons)
