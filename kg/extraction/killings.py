"""Drafts in, the same out with killings told apart and together: "his death" is the killing the article told of."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from spacy.tokens import Doc

from kg.extraction.drafts import Draft

IsA = Callable[[str, str], bool]


def joined(doc: Doc, drafts: Iterable[Draft], is_a: IsA) -> list[Draft]:
    """Replaces "the death of X" and "the killing of X" by the event that killed X, where the document names one."""
    found = list(drafts)
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
    return [_moved(d, same) for d in found]


def _moved(draft: Draft, same: dict[int, int]) -> Draft:
    other = same.get(draft.object, draft.object) if isinstance(draft.object, int) else draft.object
    return replace(draft, subject=same.get(draft.subject, draft.subject), object=other)
