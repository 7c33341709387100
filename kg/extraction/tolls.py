"""Drafts in, the same out but counts of a part beside the count of the whole.

"The blast killed 22. Six Norwegians died in the attack": six is no toll of the attack, and "five of them seriously
injured" no count of the injured. Where no higher count of the same event is told, a part is all that is known, and
stays.
"""

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Token

from kg.claims import Quantity
from kg.extraction.drafts import Draft
from kg.extraction.layers import Amount

COUNTS = frozenset({"deaths", "injuries", "missing"})
_PEOPLE = frozenset({"national", "citizen", "foreigner", "tourist", "compatriot"})
"""Nouns of those who are a part of the victims by where they come from."""
_GRAVELY = frozenset({"seriously", "critically", "severely", "badly", "gravely"})


def whole(doc: Doc, drafts: Iterable[Draft]) -> Iterator[Draft]:
    """The drafts without counts of a part of the victims, where a higher count of the same event stands."""
    kept = list(drafts)
    highest = dict[tuple[int, str], float]()
    for draft in kept:
        if draft.predicate in COUNTS:
            key = draft.subject, draft.predicate
            highest[key] = max(highest.get(key, 0), _least(draft))
    for draft in kept:
        of_all = highest.get((draft.subject, draft.predicate), 0)
        if draft.predicate not in COUNTS or _least(draft) >= of_all or not _is_of_part(doc, draft):
            yield draft


def _least(draft: Draft) -> float:
    """The lower bound of a draft's count."""
    return (draft.object.low or 0) if isinstance(draft.object, Quantity) else 0


def _is_of_part(doc: Doc, draft: Draft) -> bool:
    """Whether a count is of people of one nation, or of those who are badly hurt."""
    head = doc[draft.head]
    if any(c.lower_ in _GRAVELY for c in head.children):
        return True
    counted = [doc[a.counted] for a in _amounts(doc, head, _least(draft)) if a.counted is not None]
    return any(_is_of_nation(noun) for noun in counted)


def _amounts(doc: Doc, head: Token, low: float) -> list[Amount]:
    """The amounts of a sentence with this lower bound."""
    sentence = head.sent
    return [a for a in doc._.amounts if a.low == low and sentence.start <= a.start < sentence.end]


def _is_of_nation(noun: Token) -> bool:
    words = (noun, *(c for c in noun.lefts if c.dep_ in ("amod", "compound")))
    return noun.lemma_.lower() in _PEOPLE or any(word.ent_type_ == "Nationality" for word in words)
