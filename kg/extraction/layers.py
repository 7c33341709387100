"""What the components write on a spaCy Doc, beyond spaCy's own attributes: the plain records that they share.

spaCy's attributes hold what they can: ``token.pos_``, ``token.morph``, ``token.lemma_``, ``token.dep_`` (Universal
Dependencies, English, as in EWT 2.17: ``nsubj:pass``, ``obl:agent``, ``nmod:desc`` for titles …), ``doc.sents``, and
``doc.ents`` whose labels are kinds of the ontology (``Person``, ``City`` …) or of values (``Date``, ``Number`` …).
The rest is here; each component reads the layers before it and sets its own.
"""

from dataclasses import dataclass, field

from spacy.tokens import Doc

from kg.claims import Form, Stance


@dataclass(frozen=True, slots=True)
class Reference:
    """One mention, in tokens: ``doc[start:end]``, whose syntactic head is ``doc[head]``."""

    start: int
    end: int
    head: int
    form: Form


@dataclass(slots=True)
class Thing:
    """A referent of the document: what its mentions refer to.

    ``parent`` is the index of the thing this one is a part of ("the first blast" of "two explosions"), ``count`` how
    many it stands for ("two explosions": 2), None when unknown or one.
    """

    index: int
    kind: str
    name: str
    named: bool
    references: list[Reference]
    aliases: list[str] = field(default_factory=list)
    parent: int | None = None
    count: int | None = None


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time in the text, ``doc[start:end]``, and its value: an ISO 8601 prefix or an interval of them.

    ``anaphoric`` marks what has no value of its own ("at the time", "a day earlier" is resolved, "then" may not be).
    """

    start: int
    end: int
    value: str | None
    anaphoric: bool = False


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its bounds, ``doc[start:end]``; ``None`` is an open bound (see :class:`kg.claims.Quantity`).

    ``counted`` is the token index of the counted noun ("people" in "more than 100 people"), None for elliptic numbers
    ("injuring at least 140") and for measures, whose ``unit`` is set.
    """

    start: int
    end: int
    low: float | None
    high: float | None
    approximate: bool = False
    counted: int | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Saying:
    """Who says a clause, to or through whom, and how it is meant; tokens are the heads of the phrases.

    ``speaker`` is None where the article itself speaks. ``reported`` is true under any reporting verb or source phrase,
    also when nobody is named ("reportedly").
    """

    speaker: int | None = None
    via: int | None = None
    stance: Stance = "asserted"
    reported: bool = False


def sentence_numbers(doc: Doc) -> list[int]:
    """For each token the number of its sentence, from 0."""
    return [number for number, sentence in enumerate(doc.sents) for _ in range(sentence.start, sentence.end)]


def register() -> None:
    """Declares the extension attributes on :class:`spacy.tokens.Doc`. May be called again."""
    Doc.set_extension("published", default=None, force=True)  # ISO 8601 or None
    Doc.set_extension("furniture", default=(), force=True)  # tuple[kg.claims.Furniture, ...]
    Doc.set_extension("times", default=None, force=True)  # list[TimeExpression]
    Doc.set_extension("amounts", default=None, force=True)  # list[Amount]
    Doc.set_extension("things", default=None, force=True)  # list[Thing]
    Doc.set_extension("thing_at", default=None, force=True)  # dict[int, int]: head token -> index into things
    Doc.set_extension("chains", default=None, force=True)  # list[list[Reference]]: whole phrases that refer to the same
    Doc.set_extension("roles", default=None, force=True)  # dict[int, kg.extraction.model.roles.Frame]: predicate token
    Doc.set_extension("vectors", default=None, force=True)  # (tokens, width) float32: the encoder's, zeros for spaces
    Doc.set_extension(
        "window", default=None, force=True
    )  # (tokens,): number of the window each was read in, -1 for spaces
    Doc.set_extension("part", default=None, force=True)  # (tokens, parts): log-probabilities of model.incidents.PARTS
    Doc.set_extension("incident", default=None, force=True)  # (tokens, types): logits, see model.incidents.TYPES
    Doc.set_extension("sayings", default=None, force=True)  # dict[int, Saying]: clause head token -> Saying
