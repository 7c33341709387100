"""A Doc with things in, the same with whom the text calls nothing but "he" or "she" as a thing of their own out.

Only before anybody else is spoken of: a pronoun that may mean one of several people is left as it is.
"""

from collections.abc import Callable

from spacy.tokens import Doc

from kg.extraction.layers import Reference, Thing
from kg.extraction.pronouns import form_of

IsA = Callable[[str, str], bool]


def people(doc: Doc, is_a: IsA) -> None:
    """Adds a person for the pronouns of each gender that stand before any person, and that nothing has taken."""
    agents = [thing for thing in doc._.things if is_a(thing.kind, "Person") or thing.kind == "Group"]
    first = min((r.start for thing in agents for r in thing.references), default=len(doc))
    for gender in ("male", "female"):
        tokens = [t for t in doc if (form := form_of(t)) and form.person and form.gender == gender]
        alone = [t for t in tokens if t.i not in doc._.thing_at]
        if not alone or alone[0].i > first:
            continue
        taken = [t for t in alone if t.i < first or not _anybody_between(alone[0].i, t.i, agents)]
        references = [Reference(t.i, t.i + 1, t.i, "pronoun") for t in taken]
        thing = Thing(len(doc._.things), "Person", taken[0].text, False, references)
        doc._.things.append(thing)
        doc._.thing_at.update(dict.fromkeys((t.i for t in taken), thing.index))


def _anybody_between(start: int, end: int, agents: list[Thing]) -> bool:
    """Whether a person is spoken of between two tokens."""
    return any(start < r.start < end for thing in agents for r in thing.references)
