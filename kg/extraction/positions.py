"""A noun of office in, the position as a thing of the document out: "governor of X", "deputy governor for security"."""

from spacy.tokens import Doc, Token

from kg.extraction.clauses import preposition
from kg.extraction.drafts import thing_of
from kg.extraction.layers import Reference, Thing

FORMER = frozenset(["former", "ex", "late", "ousted", "onetime", "one-time", "then", "retired", "erstwhile"])
"""Adjectives that say that somebody is it no longer; no part of the title."""
_PASSING = frozenset(
    "new current longtime reigning incoming outgoing present first last only next sole self-styled popular".split()
)
"""Adjectives that say how somebody is it, and are no part of the title either."""


def position(doc: Doc, title: str, noun: Token, owner: Thing | None) -> Thing:
    """The position of this title at this owner; made where the document has not spoken of it yet."""
    name = f"{title} of {owner.name}" if owner else title
    known: Thing | None = next((t for t in doc._.things if t.kind == "Position" and t.name == name), None)
    if known is not None:
        return known
    aliases = [title] if owner else []
    reference = Reference(noun.i, noun.i + 1, noun.i, "nominal")
    made = Thing(len(doc._.things), "Position", name, owner is not None, [reference], aliases)
    doc._.things.append(made)
    return made


def title_of(noun: Token, owners: set[int]) -> str:
    """The words of the title: the noun with what narrows it ("deputy governor for security"), without whose it is."""
    words = [noun]
    own = noun.lemma_ if noun.morph.get("Number", []) == ["Plur"] else noun.text
    for child in noun.lefts:
        if (
            child.i in owners
            or child.lower_ in FORMER
            or child.lower_ in _PASSING
            or child.tag_ in ("JJS", "RBS")
            or [t.lower_ for t in child.subtree] in (["long", "-", "time"], ["long", "-", "serving"])
            or child.dep_ not in ("compound", "amod", "punct", "nmod:unmarked")
        ):
            continue
        known = thing_of(noun.doc, child)
        if not (known is not None and known.named) and not child.is_punct:
            words.extend(t for t in child.subtree if not t.is_space)
    for child in noun.rights:
        marker = preposition(child)
        if (
            child.dep_ == "nmod"
            and marker in ("for", "of")
            and child.i not in owners
            and child.i not in noun.doc._.thing_at
        ):
            words.extend(t for t in child.subtree if t.i > noun.i and t.dep_ not in ("acl:relcl", "appos"))
    ordered = sorted(set(words), key=lambda t: t.i)
    text = " ".join(own if t.i == noun.i else t.text for t in ordered).replace(" - ", "-").strip(".")
    return text if noun.pos_ == "NOUN" and noun.lemma_.isupper() else text.lower() if not text.isupper() else text
