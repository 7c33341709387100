"""An article in; what each of its versions added, dropped and revised, with the words, out.

The merged view holds what the last version says. Here the evidence of all versions is compared, one with the next: a
claim is the same claim if it says the same of the same things, whatever the words and wherever they stand.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

import msgspec

from kg.errors import UsageError
from kg.store.evidence import Evidence, Header, Known, Said
from kg.store.facts import ASSERTED
from kg.store.names import EXACT, REPLACES, SPECIALIZES
from kg.store.rules import Rules
from kg.store.terms import text_of
from kg.store.versions import place

if TYPE_CHECKING:
    from kg.store.local import Store

What = Literal["added", "dropped", "revised"]


class Changed(msgspec.Struct, frozen=True):
    """One thing that a version of an article says otherwise than the version before.

    ``article`` is the first address in the alphabet of all its versions, or the last headline if none has one;
    ``document`` and ``before`` are the IRIs of the new version and the old one, ``issued`` is when the new one was
    published. ``was`` and ``now`` are the objects in words, with the stance where
    it is not asserted, and ``was_quote`` and ``now_quote`` the sentences; they are None where there was or is nothing.
    """

    article: str
    document: str
    before: str
    issued: str | None
    what: What
    subject: str
    predicate: str
    was: str | None
    now: str | None
    was_quote: str | None
    now_quote: str | None


class _Said(NamedTuple):
    """A claim after who is who: what it says, and the claim itself."""

    subject: str
    predicate: str
    object: str
    bounds: tuple[str, ...]
    stances: tuple[str, ...]
    claim: Said
    document: Evidence


def changes(store: "Store", name: str | None = None) -> list[Changed]:
    """What changed between the versions of an article (by address, or the id or IRI of one version), oldest first; of
    all articles if none is named. An article of one version gives an empty list.

    Raises :class:`kg.errors.UsageError` if there is no such article.
    """
    nodes = {new for new, _ in store.graph().pairs(REPLACES)} if name is None else set(store.named(name))
    if not nodes and name is not None:
        raise UsageError(f"No article here has the address or id {name!r}. `kg query documents` lists them.")
    rules = Rules(store.ontology)
    articles = sorted((_name(versions), versions) for versions in _articles(store, nodes))
    return [change for name, versions in articles for change in _of_article(store, name, versions, rules)]


def _articles(store: "Store", nodes: Iterable[str]) -> Iterator[list[Header]]:
    """The versions of each article that some documents are of, oldest first."""
    merged, seen = store.graph(), set[str]()
    for node in nodes:
        found, waiting = set[str](), [node]
        while waiting:
            version = waiting.pop()
            if version not in found | seen:
                found.add(version)
                waiting += [*merged.objects(version, REPLACES), *merged.subjects(REPLACES, version)]
        seen |= found
        if found:
            yield sorted(map(store.header, found), key=place)


def _name(versions: Sequence[Header]) -> str:
    address = min((it.address for it in versions if it.address), default=None)
    return text_of(address or versions[-1].title or "")


def _of_article(store: "Store", name: str, versions: Iterable[Header], rules: Rules) -> Iterator[Changed]:
    known = {it.node: store.evidence(it.node) for it in versions}
    for new in known.values():
        before = set(store.graph().objects(new.header.node, REPLACES))
        for old in (it for node, it in known.items() if node in before):
            yield from _between(store, name, old, new, rules)


def _between(store: "Store", article: str, old: Evidence, new: Evidence, rules: Rules) -> Iterator[Changed]:
    """What a version changed: first what went or became something else, then what came."""
    things = _things(store, old, new)
    before, after = _by_meaning(old, things), _by_meaning(new, things)
    dropped = [said for meaning, said in before.items() if meaning not in after]
    added = [said for meaning, said in after.items() if meaning not in before]
    revised = dict(_revised(dropped, added, rules))
    for said in dropped:
        yield _changed(store, article, old, new, said, revised.get(said))
    for said in added:
        if said not in revised.values():
            yield _changed(store, article, old, new, None, said)


def _things(store: "Store", old: Evidence, new: Evidence) -> dict[str, str]:
    """What the entities of both versions are. Of one article, those of one kind and name are one, even if nobody could
    tell across articles ("the blast")."""
    known: dict[object, str] = {}
    found = dict[str, str]()
    for entity in (*old.entities, *new.entities):
        thing = store.graph().first(entity.node, SPECIALIZES) or entity.node
        found[entity.node] = known.get(thing) or known.get((entity.kind, entity.names)) or thing
        known.setdefault(thing, found[entity.node])
        known.setdefault((entity.kind, entity.names), found[entity.node])
    return found


def _by_meaning(document: Evidence, things: Mapping[str, str]) -> dict[tuple[object, ...], _Said]:
    found: dict[tuple[object, ...], _Said] = {}
    for claim in document.claims:
        said = _Said(
            things.get(claim.subject, claim.subject),
            claim.predicate,
            things.get(claim.object, claim.object),
            claim.bounds,
            claim.stances,
            claim,
            document,
        )
        found.setdefault(said[:5], said)
    return found


def _revised(dropped: Iterable[_Said], added: Iterable[_Said], rules: Rules) -> Iterator[tuple[_Said, _Said]]:
    """Pairs of claims of which the new one takes the place of the old: the same with another stance, or another answer
    to what has one answer."""
    waiting: dict[tuple[str, ...], list[_Said]] = defaultdict(list)
    for said in added:
        waiting[said[:3]].append(said)
    taken = set[str]()
    left = list[_Said]()
    for said in dropped:
        same = next((it for it in waiting[said[:3]] if it.claim.node not in taken), None)
        if same is None:
            left.append(said)
            continue
        taken.add(same.claim.node)
        yield said, same
    for said in left:
        if said.predicate not in rules.single:
            continue
        for it in added:
            if it[:2] == said[:2] and it.claim.node not in taken:
                taken.add(it.claim.node)
                yield said, it
                break


def _changed(
    store: "Store", article: str, old: Evidence, new: Evidence, was: _Said | None, now: _Said | None
) -> Changed:
    said = now or was
    assert said is not None
    what: What = "revised" if was and now else "added" if now else "dropped"
    return Changed(
        article,
        new.header.node[1:-1],
        old.header.node[1:-1],
        new.header.issued,
        what,
        _words(said.claim.subject, said),
        store.ontology.label(said.predicate[1:-1]),
        _object(was) if was else None,
        _object(now) if now else None,
        _quote(store, was) if was else None,
        _quote(store, now) if now else None,
    )


def _object(said: _Said) -> str:
    words = text_of(said.claim.stated[0]) if said.bounds and said.claim.stated else _words(said.claim.object, said)
    stances = [text_of(it) for it in said.stances if it != ASSERTED]
    return f"{words} ({', '.join(stances)})" if stances else words


def _words(term: str, said: _Said) -> str:
    entities: dict[str, Known] = {it.node: it for it in said.document.entities}
    return text_of(entities[term].names[0]) if term in entities and entities[term].names else text_of(term)


def _quote(store: "Store", said: _Said) -> str | None:
    exact = store.graph(said.document.header.node).first(said.claim.node, EXACT)
    return text_of(exact) if exact else None
