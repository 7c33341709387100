"""Drafts in, the same out with killings told apart and together: "his death" is the killing the article told of."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from spacy.tokens import Doc, Token

from kg.extraction.deaths import possessor
from kg.extraction.drafts import Draft, Value
from kg.extraction.layers import Thing, sentence_numbers

IsA = Callable[[str, str], bool]


def joined(doc: Doc, drafts: Iterable[Draft], is_a: IsA) -> list[Draft]:
    """Replaces "the death of X" and "the killing of X" by the event that killed X, where the document names one."""
    found = [d for d in drafts if not _is_anybodys(doc, d) and not _is_way(doc, d, is_a)]
    aimed = {(d.subject, d.object) for d in found if d.predicate == "target"}
    found = [d for d in found if not (d.rule == "frames/event-place" and _is_only_target(doc, d, aimed))]
    killed = {
        d.subject: d.object
        for d in found
        if d.predicate == "killedBy" and isinstance(d.object, int) and is_a(doc._.things[d.object].kind, "Event")
    }
    same: dict[int, int] = {}
    for d in found:
        if (
            d.predicate == "victim"
            and isinstance(d.object, int)
            and d.object in killed
            and killed[d.object] != d.subject
        ):
            same[d.subject] = killed[d.object]
    for old, new in same.items():
        doc._.things[new].references.extend(doc._.things[old].references)
    same |= {old: new for old, new in _retold(doc, is_a).items() if old not in same}
    found += [k for d in found if (k := _killed(doc, d)) is not None]
    return [m for d in found if not _is_mere_death(doc, m := _moved(d, same))]


_KILLING = frozenset("assassination murder killing slaying lynching beheading massacre".split())
"""Nouns whose victim is dead."""
_UNDONE = frozenset("attempted failed foiled alleged possible planned mock".split())


def _killed(doc: Doc, draft: Draft) -> Draft | None:
    """ "The murder of X": it killed X."""
    if draft.predicate != "victim" or not isinstance(draft.object, int):
        return None
    noun, victim = doc[draft.head], doc._.things[draft.object]
    undone = any(c.lower_ in _UNDONE for c in noun.children) or noun.dep_ == "compound"
    if noun.lemma_.lower() not in _KILLING or undone or not victim.named or victim.kind != "Person":
        return None
    return replace(draft, subject=draft.object, predicate="killedBy", object=draft.subject)


def _is_mere_death(doc: Doc, draft: Draft) -> bool:
    """ "The death of X" has no victim, and a number of dead is no one."""
    if draft.predicate != "victim" or not isinstance(draft.object, int):
        return False
    counted = {a.counted for a in doc._.amounts}
    victim = doc._.things[draft.object]
    return (
        doc._.things[draft.subject].kind == "Death" or (victim.count or 1) > 1 or victim.references[0].head in counted
    )


def _is_only_target(doc: Doc, draft: Draft, aimed: set[tuple[int, int | Value]]) -> bool:
    """ "An attack on a hospital": it was at the hospital, which has no name to find it by."""
    named = isinstance(draft.object, int) and doc._.things[draft.object].named
    return not named and (draft.subject, draft.object) in aimed


_NEAR = 2
"""How many sentences after a verb that told of an event a noun may take it up."""
_TAKING_UP = frozenset(
    """
    attack assault raid ambush incident shooting bombing blast explosion strike killing stabbing fire blaze kidnapping
    abduction crash accident collision collapse tragedy disaster shelling siege bombardment hijacking massacre rampage
    sinking capsizing derailment inferno coup fighting clash violence bloodshed murder firebombing robbery
    """.split()
)
"""Nouns that take up an event that a verb told of: "gunmen attacked a church … the attack"."""


def _retold(doc: Doc, is_a: IsA) -> dict[int, int]:
    """Events told by a verb first and then spoken of by a bare definite noun, as noun's thing to verb's thing."""
    sentence = sentence_numbers(doc)
    events = sorted((t for t in doc._.things if is_a(t.kind, "Event")), key=lambda t: t.references[0].head)
    same: dict[int, int] = {}
    last: Thing | None = None
    for thing in events:
        token = doc[thing.references[0].head]
        if _is_told(doc, thing):
            last = thing
        elif last is not None and _takes_up(token) and _fits(thing, last, is_a):
            if sentence[token.i] - sentence[last.references[0].head] <= _NEAR:
                same[thing.index] = last.index
                last.references.extend(thing.references)
        elif any(is_a(thing.kind, kind) for kind in ("Attack", "Explosion", "Disaster", "Conflict")):
            last = None if thing.named or _takes_up(token) else thing
    return same


def _is_told(doc: Doc, thing: Thing) -> bool:
    """Whether the event was made for a verb, or for the weapon that is its subject."""
    return not thing.named and doc._.thing_at.get(thing.references[0].head) != thing.index


def _takes_up(token: Token) -> bool:
    definite = any(c.dep_ == "det" and c.lower_ in ("the", "this", "that") for c in token.children)
    own = any(c.dep_ in ("nmod", "compound", "nmod:poss", "amod", "nummod", "conj") for c in token.children)
    return token.lemma_.lower() in _TAKING_UP and token.tag_ == "NN" and definite and not own


def _fits(noun: Thing, told: Thing, is_a: IsA) -> bool:
    kinds = {noun.kind, told.kind}
    bombed = kinds <= {"Bombing", "Explosion", "Attack", "Strike"}
    return bombed or noun.kind == "Event" or is_a(noun.kind, told.kind) or is_a(told.kind, noun.kind)


def _is_way(doc: Doc, draft: Draft, is_a: IsA) -> bool:
    """ "She dissolved the parliament, triggering elections": the deed caused them, not she."""
    head = doc[draft.head]
    agent = isinstance(draft.object, int) and is_a(doc._.things[draft.object].kind, "Agent")
    return draft.predicate == "causedBy" and agent and head.dep_ == "advcl" and head.tag_ == "VBG"


def _is_anybodys(doc: Doc, draft: Draft) -> bool:
    """A murderer taken for the victim; where and when somebody without a name died, told by a noun alone."""
    if draft.predicate == "victim" and possessor(doc, draft.head) == draft.object:
        return True
    return draft.rule in ("frames/death-place", "frames/death-time") and not doc._.things[draft.subject].named


def _moved(draft: Draft, same: dict[int, int]) -> Draft:
    other = same.get(draft.object, draft.object) if isinstance(draft.object, int) else draft.object
    return replace(draft, subject=same.get(draft.subject, draft.subject), object=other)
