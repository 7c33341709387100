"""A mention of the article in, with what its words say of it; a referent, with what its mentions say together.

The records that the steps of coreference share; :mod:`kg.extraction.coreference` turns referents into the things of a
Doc.
"""

from dataclasses import dataclass, field
from typing import Literal

from kg.claims import Form

Definiteness = Literal["definite", "demonstrative", "possessed", "indefinite", "bare"]
Number = Literal["singular", "plural", "unknown"]
Gender = Literal["male", "female", "unknown"]


def word_list(text: str) -> tuple[str, ...]:
    """The words of a table that is written as running text."""
    return tuple(text.split())


@dataclass(slots=True, eq=False)
class Mention:
    """One reference ``doc[start:end]`` with head ``doc[head]``, as its own words describe it.

    ``kind`` is None for a noun that the lexicon does not know: such a mention competes for pronouns, so that "it" after
    "the report" is not taken for a company, but no thing comes of it. ``weight`` is how prominent its place in the
    sentence is, 0 to 1.
    """

    start: int
    end: int
    head: int
    form: Form
    kind: str | None
    lemma: str
    sentence: int
    weight: float
    number: Number = "unknown"
    gender: Gender = "unknown"
    definiteness: Definiteness = "bare"
    modifiers: frozenset[str] = frozenset()
    count: int | None = None
    ordinal: str | None = None
    name: tuple[str, ...] = ()
    text: str = ""
    named: bool = True


@dataclass(slots=True, eq=False)
class Referent:
    """Somebody or something the article speaks of; grows as mentions are added. ``kind`` None as for a mention."""

    kind: str | None
    named: bool
    mentions: list[Mention] = field(default_factory=list)
    words: set[str] = field(default_factory=set)
    lemmas: set[str] = field(default_factory=set)
    context: set[str] = field(default_factory=set)
    number: Number = "unknown"
    gender: Gender = "unknown"
    count: int | None = None
    ordinal: str | None = None
    parent: "Referent | None" = None
    given: str | None = None

    def add(self, mention: Mention) -> None:
        """Takes a mention in, and with it what its words say."""
        self.mentions.append(mention)
        self.words.update(mention.modifiers)
        self.words.update(word.casefold() for word in mention.name)
        if mention.form == "nominal":
            self.lemmas.add(mention.lemma)
        if self.number == "unknown":
            self.number = mention.number
        if self.gender == "unknown":
            self.gender = mention.gender
        self.count = self.count or mention.count

    @property
    def last(self) -> Mention:
        """The latest mention that was added."""
        return self.mentions[-1]


def referent_of(mention: Mention) -> Referent:
    """A new referent with this first mention."""
    referent = Referent(mention.kind, mention.form == "name" and mention.named, ordinal=mention.ordinal)
    referent.add(mention)
    return referent


def agree(one: Number, other: Number) -> bool:
    """Whether two numbers can be of the same thing."""
    return one == other or "unknown" in (one, other)


def same_gender(one: Gender, other: Gender) -> bool:
    """Whether two genders can be of the same person."""
    return one == other or "unknown" in (one, other)
