"""A pronoun in its tree and the referents around it in; the one it most likely means out, or none if unclear."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Span, Token

from kg.extraction.mentions import Gender, Mention, Number, Referent, same_gender, word_list

IsA = Callable[[str, str], bool]


@dataclass(frozen=True, slots=True)
class Form:
    """What a personal pronoun says of its referent."""

    number: Number
    gender: Gender
    person: bool


_HE = Form("singular", "male", True)
_SHE = Form("singular", "female", True)
_IT = Form("singular", "unknown", False)
_THEY = Form("plural", "unknown", False)
PERSONAL = {
    **dict.fromkeys(("he", "him", "his", "himself"), _HE),
    **dict.fromkeys(("she", "her", "hers", "herself"), _SHE),
    **dict.fromkeys(("it", "its", "itself"), _IT),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), _THEY),
}
SELF = frozenset({"i", "me", "my", "mine", "myself"})
RELATIVE = frozenset({"who", "whom", "whose", "which", "that"})

# How far back a pronoun looks, in sentences, and what a sentence's distance takes off. Found on the training documents
# of GUM's news, biographies and interviews: farther or flatter costs precision.
WINDOW = 3
WINDOW_OF_THINGS = 1
DECAY = 0.5
# The best candidate must be this much better than the next, or the pronoun stays unresolved: "it" and "they" may mean
# so much that is no thing at all that they need a clearer case than "he" and "she".
MARGIN = 1.15
MARGIN_OF_THINGS = 1.5

_ARGUMENTS = frozenset({"nsubj", "nsubj:pass", "obj", "iobj", "obl", "obl:agent"})
_SPEECH = frozenset(
    word_list(
        """
        say believe think tell add state announce claim report write explain note argue warn insist declare
        """
    )
)
# Endings of nouns that name people, for nouns that the lexicon does not know.
_HUMAN_ENDINGS = ("er", "or", "ist", "ian", "man", "woman", "ee", "ant", "ent", "mate", "leader", "eer")


def form_of(token: Token) -> Form | None:
    """The personal pronoun's form, None for other words, for "it" that stands for nothing and for "he himself"."""
    if token.pos_ != "PRON" or token.dep_ == "expl":
        return None
    form = PERSONAL.get(token.lower_)
    if token.lower_.endswith(("self", "selves")) and token.dep_ not in {"obj", "iobj", "obl", "nmod"}:
        return None
    return None if form is _IT and _empty(token) else form


def _empty(token: Token) -> bool:
    """ "It rained", "it is clear that …", "it was on Monday that …", "it took two days to …"."""
    verb = token.head
    if token.dep_ not in {"nsubj", "nsubj:pass"}:
        return False
    if verb.lemma_ in {"rain", "snow", "seem", "appear", "happen", "take", "matter", "turn"}:
        return any(child.dep_ in {"ccomp", "csubj", "xcomp", "advcl"} for child in verb.children)
    # "It is a long game", "it was in May that …": what is equated is seldom what was last named.
    return any(child.dep_.startswith("csubj") or child.dep_ == "cop" for child in verb.children)


def relative_antecedent(token: Token) -> Token | None:
    """The noun that a relative pronoun stands for: the one that its clause modifies."""
    if token.lower_ not in RELATIVE or token.pos_ != "PRON" or "Rel" not in token.morph.get("PronType", []):
        return None
    for clause in (token, *token.ancestors):
        if clause.dep_ == "acl:relcl":
            return clause.head if clause.head.i < token.i else None
        if clause.dep_ in {"ROOT", "ccomp", "advcl"}:
            return None
    return None


def owner_beside(token: Token) -> Token | None:
    """The X of "X and his father"."""
    owned = token.head
    return owned.head if token.dep_ == "nmod:poss" and owned.dep_ == "conj" and owned.head.i < token.i else None


def subject_ahead(token: Token) -> Token | None:
    """The subject of the clause that a phrase or clause with the pronoun opens ("In his youth, Smith …")."""
    below = token
    for head in token.ancestors:
        if below.dep_ in {"obl", "advcl", "obl:unmarked"} and below.i < head.i:
            ahead = (c for c in head.children if c.dep_ in {"nsubj", "nsubj:pass"} and token.i < c.i < head.i)
            return next(ahead, None)
        if below.dep_ in {"nsubj", "nsubj:pass", "obj", "conj"} and head.pos_ == "VERB" and head.dep_ != "advcl":
            return None
        below = head
    return None


def made_into(token: Token) -> frozenset[int]:
    """Who is made "her successor", and so is not she: "Lind was named her successor"."""
    noun = token.head
    if token.dep_ != "nmod:poss" or noun.dep_ != "xcomp" or noun.pos_ != "NOUN":
        return frozenset()
    return frozenset(child.i for child in noun.head.children if child.dep_ in {"nsubj:pass", "obj"})


def fits(mention: Mention, referent: Referent, form: Form, is_a: IsA) -> bool:
    """Whether number, gender and kind allow a personal pronoun to mean a person."""
    return form.person and _fits_person(mention, referent, form, is_a)


def can_mean(form: Form, referent: Referent, is_a: IsA) -> bool:
    """Whether gender, number and kind allow a personal pronoun to mean a thing, wherever it was mentioned."""
    kind = referent.kind
    if kind is None or not same_gender(referent.gender, form.gender):
        return False
    if form.person:
        return is_a(kind, "Person") and referent.number != "plural"
    if is_a(kind, "Person"):
        return False
    if form.number == "plural":
        return referent.number == "plural" or is_a(kind, "Organization") or is_a(kind, "Group")
    return referent.number != "plural" and not is_a(kind, "Group")


def choose(
    token: Token, form: Form, recent: Iterable[tuple[Mention, Referent]], sentence: int, is_a: IsA
) -> Referent | None:
    """The most salient referent that fits, if it is clearly so and is one that the article can be said to speak of."""
    scores: dict[int, float] = {}
    found: dict[int, Referent] = {}
    barred = _barred(token)
    if form is _IT and token.dep_ in {"obj", "obl", "nmod"}:
        return None
    for mention, referent in recent:
        if (
            not _fits(token, mention, referent, form, is_a)
            or mention.head in barred
            or _cannot_act(token, referent, is_a)
        ):
            continue
        distance = sentence - mention.sentence
        if distance > (WINDOW if form.person else WINDOW_OF_THINGS):
            continue
        score = _score(token, mention, distance) * _standing(referent, form)
        found[id(referent)] = referent
        scores[id(referent)] = max(scores.get(id(referent), 0.0), score) + 0.05 * min(
            scores.get(id(referent), 0.0), score
        )
    for referent in _co_arguments(token, recent):
        scores.pop(id(referent), None)
    if not form.person or token.dep_ == "nmod:poss":
        scores = {key: score for key, score in scores.items() if token.head.lemma_.casefold() not in found[key].lemmas}
    return clear_winner(scores, found, MARGIN if form.person else MARGIN_OF_THINGS)


def clear_winner(scores: dict[int, float], found: dict[int, Referent], margin: float = MARGIN) -> Referent | None:
    """The best of the scored, if it is clearly the best and a thing."""
    if not scores:
        return None
    ranked = sorted(scores, key=lambda key: -scores[key])
    if len(ranked) > 1 and scores[ranked[0]] < margin * scores[ranked[1]]:
        return None
    best = found[ranked[0]]
    return best if best.kind is not None else None


def _cannot_act(token: Token, referent: Referent, is_a: IsA) -> bool:
    """Whether the pronoun says or decides something and the referent is nothing that can."""
    if not (_is_subject(token) and token.dep_ == "nsubj" and token.head.lemma_ in _SPEECH):
        return False
    return referent.kind is None or not is_a(referent.kind, "Agent")


def verbs_of_saying(token: Token, quoted: list[bool]) -> Iterator[Token]:
    """Verbs of saying outside quotation marks: of the pronoun's own sentence, else of the one before."""
    sentence = token.sent
    yield from _said(sentence, quoted)
    if sentence.start:
        yield from _said(sentence.doc[sentence.start - 1].sent, quoted)


def _said(sentence: Span, quoted: list[bool]) -> Iterator[Token]:
    return (word for word in sentence if word.pos_ == "VERB" and word.lemma_ in _SPEECH and not quoted[word.i])


def _fits(token: Token, mention: Mention, referent: Referent, form: Form, is_a: IsA) -> bool:
    kind = referent.kind
    if form.person:
        return _fits_person(mention, referent, form, is_a)
    if mention.weight < (0.6 if _is_subject(token) else 0.3):
        return False
    if form.number == "plural":
        return _fits_they(mention, referent, is_a)
    if kind is not None and (is_a(kind, "Person") or is_a(kind, "Group")):
        return False
    return mention.number != "plural"


def _fits_person(mention: Mention, referent: Referent, form: Form, is_a: IsA) -> bool:
    if not same_gender(referent.gender, form.gender) or mention.number == "plural":
        return False
    if referent.kind is None:
        return mention.lemma.endswith(_HUMAN_ENDINGS) and mention.weight >= 0.6
    return is_a(referent.kind, "Person")


def _fits_they(mention: Mention, referent: Referent, is_a: IsA) -> bool:
    kind = referent.kind
    if mention.number == "plural" or referent.number == "plural":
        return kind is None or not is_a(kind, "Person")
    return kind is not None and mention.weight >= 0.9 and (is_a(kind, "Organization") or is_a(kind, "Group"))


def _score(token: Token, mention: Mention, distance: int) -> float:
    """Salience of one mention as seen from the pronoun: its place, distance, likeness of role, being a name."""
    score = mention.weight * DECAY**distance
    if mention.form == "name":
        score *= 1.15
    if mention.form == "pronoun":
        score *= 1.2
    if _is_subject(token) and mention.weight >= 0.9:
        score *= 1.2
    if distance == 0 and token.dep_ == "nmod:poss":
        score *= 1.1
    return score


def _standing(referent: Referent, form: Form) -> float:
    """What speaks for a referent wherever it was last seen: that the article is about it, that its gender is known."""
    standing = 1.0 + 0.1 * min(len(referent.mentions), 6) / 2
    return standing * 1.2 if form.person and referent.gender == form.gender else standing


def _is_subject(token: Token) -> bool:
    return token.dep_ in {"nsubj", "nsubj:pass"}


def _barred(token: Token) -> set[int]:
    """Heads of the phrases that contain the pronoun: "its leader" is not "it"."""
    barred = set()
    for above in token.ancestors:
        if above.pos_ not in {"NOUN", "PROPN", "NUM"}:
            break
        barred.add(above.i)
    return barred


def _co_arguments(token: Token, recent: Iterable[tuple[Mention, Referent]]) -> list[Referent]:
    heads = co_arguments(token)
    return [referent for mention, referent in recent if mention.head in heads] if heads else []


def co_arguments(token: Token) -> frozenset[int]:
    """Heads of what stands beside a pronoun under one verb, which only a reflexive or a possessive can mean."""
    if token.dep_ not in _ARGUMENTS or token.lower_.endswith(("self", "selves")):
        return frozenset()
    heads = {child.i for child in token.head.children if child.dep_ in _ARGUMENTS and child.i != token.i}
    return frozenset(heads | _shared_subject(token))


def _shared_subject(token: Token) -> set[int]:
    """The subject that a verb without one takes from the verb it is joined to ("X hit him and [X] robbed him")."""
    verb = token.head
    if _is_subject(token) or any(child.dep_.startswith("nsubj") for child in verb.children):
        return set()
    if verb.dep_ in {"conj", "xcomp", "advcl"}:
        return {child.i for child in verb.head.children if child.dep_.startswith("nsubj")}
    return set()
