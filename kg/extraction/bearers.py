"""A noun of a UD tree in, whom it describes and what it belongs to out: titles, appositions, copulas, "became"."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Token

from kg.extraction.clauses import clause, conjuncts, deed, is_passive, preposition, surface_subjects

NAMES = frozenset({"PROPN", "NOUN", "PRON"})


@dataclass(frozen=True, slots=True)
class Bearer:
    """``token`` heads the phrase that the noun describes; stance and time are read at ``head``.

    ``how`` is the wording: title, apposition, copula, identity ("became") or itself (the noun's own referent).
    """

    token: Token
    head: Token
    how: str


def bearers(noun: Token, identity: Mapping[str, set[str | None]]) -> Iterator[Bearer]:
    """Whom the noun describes. A noun that describes nobody else stands for itself."""
    top = _first_conjunct(noun)
    found = [*_title(noun), *_apposition(top), *_copula(top), *_identity(top, identity)]
    yield from found or [Bearer(noun, noun, "itself")]


def _first_conjunct(noun: Token) -> Token:
    """Of coordinated nouns the first: "the founder and leader of" describe the same; "and the premier, X" does not."""
    while (
        noun.dep_ == "conj"
        and not _has_own_name(noun)
        and noun.head.pos_ in ("NOUN", "PROPN")
        and noun.tag_ == noun.head.tag_
    ):
        noun = noun.head
    return noun


def _has_own_name(noun: Token) -> bool:
    return any(c.dep_ == "appos" and c.pos_ == "PROPN" for c in noun.children)


def _title(noun: Token) -> Iterator[Bearer]:
    """ "commander X", "Gen. X", "President X" whichever of the two the tree takes for the head."""
    head = noun.head
    before = noun.dep_ in ("nmod:desc", "compound", "nmod:unmarked", "flat") or (
        noun.dep_ == "amod" and noun.pos_ == "ADJ"
    )
    if before and head.i > noun.i and head.pos_ == "PROPN":
        yield Bearer(head, noun, "title")
    for child in noun.rights:
        if child.dep_ in ("flat", "nmod:desc") and child.pos_ == "PROPN" and child.i in noun.doc._.thing_at:
            yield Bearer(child, noun, "title")
            return


def _apposition(noun: Token) -> Iterator[Bearer]:
    if noun.dep_ == "appos":
        yield Bearer(noun.head, noun, "apposition")
    inner = [g for c in noun.children if c.dep_ == "appos" and c.pos_ == "NOUN" for g in c.children]
    for child in (*noun.children, *inner):  # "her husband, the sculptor X"
        if child.dep_ == "appos" and child.pos_ == "PROPN":
            plural = noun.morph.get("Number", []) == ["Plur"]
            yield from (Bearer(t, noun, "apposition") for t in (conjuncts(child) if plural else [child]))


def _copula(noun: Token) -> Iterator[Bearer]:
    if any(c.dep_ == "cop" for c in noun.children):
        subjects = [c for c in noun.children if c.dep_ in ("nsubj", "nsubj:outer")]
        if not subjects and noun.dep_ in ("acl:relcl", "conj", "advcl"):
            subjects = surface_subjects(noun)[0] if noun.dep_ != "acl:relcl" else [noun.head]
        for subject in subjects:
            for token in conjuncts(subject):
                yield Bearer(token, noun, "copula")
        if noun.dep_ == "xcomp" and noun.head.lemma_ == "use":  # "X used to be the leader of Y"
            yield from (Bearer(token, noun, "former") for token in surface_subjects(noun.head)[0])


def _identity(noun: Token, identity: Mapping[str, set[str | None]]) -> Iterator[Bearer]:
    """ "became leader", "was elected president", "served as commander", "the appointment of X as head" """
    verb = noun.head
    if verb.pos_ == "NOUN":
        yield from _identity_of_deed(noun, verb, identity.get(verb.lemma_.lower(), set()))
        return
    markers = identity.get(verb.lemma_.lower()) if verb.pos_ == "VERB" else None
    if markers is None or noun.dep_ not in ("xcomp", "obj", "obl", "obl:as", "nsubj:pass", "advcl", "obl:unmarked"):
        return
    marker = preposition(noun) or next((c.lower_ for c in noun.children if c.dep_ == "mark"), "") or None
    former = marker == "as" and "as-former" in markers
    followed = marker == "as" and "as-subject" in markers
    if not former and not followed and marker not in markers and not (marker == "as" and None in markers):
        return
    named = [c for c in verb.children if c.dep_ == "obj" and c.i != noun.i]
    if noun.dep_ == "obj" and not named and not is_passive(verb) and verb.lemma_ not in _BEING:
        return  # "appointed her adviser X": who appoints is no adviser
    if followed:
        yield from _followers(verb, noun)
        return
    for token in surface_subjects(verb)[0] if is_passive(verb) or not named else named:
        if token.i != noun.i:
            yield Bearer(token, verb, "former" if former else "identity")


def _followers(verb: Token, noun: Token) -> Iterator[Bearer]:
    """ "X succeeded Y as mayor": X is it, Y was."""
    whole = clause(verb)
    yield from (Bearer(token, verb, "identity") for token in whole.subjects if token.i != noun.i)
    if verb.lemma_ in _FOLLOWING:
        yield from (Bearer(token, verb, "former") for token in whole.objects if token.i != noun.i)


_BEING = frozenset({"become", "remain"})
_FOLLOWING = frozenset({"succeed", "replace", "follow"})
"""Verbs whose object held the office that their subject has now."""


def _identity_of_deed(noun: Token, named: Token, markers: set[str | None]) -> Iterator[Bearer]:
    """Whom "X's appointment as head" or "the election of X as leader" is about."""
    if noun.dep_ != "nmod" or preposition(noun) != "as" or not markers:
        return
    clause = deed(named)
    for token in clause.objects or clause.subjects:
        yield Bearer(token, named, "former" if "as-former" in markers else "identity")


def qualities(noun: Token) -> list[Token]:
    """The things before a noun, coordinated ones too: both countries of "dual French and Lebanese citizenship"."""
    return [t for word in modifiers(noun) for t in conjuncts(word)]


def owners(noun: Token, bearer: Token) -> list[Token]:
    """What the noun belongs to: possessive, "of …", or a name before it (or before the name that it is a title of)."""
    found = list[Token]()
    for child in noun.children:
        if child.dep_ == "nmod:poss" or (
            child.dep_ == "nmod" and preposition(child) in ("of", "for", "to", "at") and _of_fits(child)
        ):
            found.extend(conjuncts(child))
    top = _first_conjunct(noun)
    if not found and noun.dep_ == "obj" and noun.head.lemma_ == "have":
        found.extend(surface_subjects(noun.head)[0])  # "X has a son, Y"
    if not found and noun.lemma_.lower() in _KIN and (left := _left_behind(top)) is not None:
        found.extend(left)
    if not found and noun.dep_ == "nmod" and preposition(noun) == "with":
        found.append(noun.head)  # "X, with headquarters in Y"
    if not found and top.i != noun.i:
        return owners(top, bearer)
    if not found:
        for child in noun.children:
            if child.dep_ == "conj" and child.pos_ in ("NOUN", "PROPN"):
                found.extend(c for c in child.children if c.dep_ == "nmod" and preposition(c) == "of")
    found.extend(modifiers(noun))
    if not found and bearer.i > noun.i and bearer.i == noun.head.i:
        possessors = [c for c in bearer.children if c.dep_ == "nmod:poss"]
        found.extend(t for t in [*modifiers(bearer), *possessors] if t.i < noun.i)
        found.extend(c for c in bearer.children if c.dep_ == "nmod" and preposition(c) == "of" and _rules(noun, c))
    return _respective(noun, bearer, [t for t in found if t.i not in (noun.i, bearer.i)])


_KIN = frozenset("son daughter child wife husband widow widower brother sister".split())


def _left_behind(kin: Token) -> list[Token] | None:
    """Whose family an obituary names at its end: "X is survived by two sons, Y and Z", "he leaves a wife, Y"."""
    while kin.dep_ == "conj":
        kin = kin.head
    verb = kin.head
    if verb.lemma_ == "survive" and kin.dep_ == "obl:agent":
        return clause(verb).objects
    return clause(verb).subjects if verb.lemma_ == "leave" and verb.tag_ == "VBZ" and kin.dep_ == "obj" else None


def _respective(noun: Token, bearer: Token, owned: list[Token]) -> list[Token]:
    """Of "the presidents of Peru and Chile, X and Y" each his own, in their order."""
    names = [t for c in noun.children if c.dep_ == "appos" and c.pos_ == "PROPN" for t in conjuncts(c)]
    of_each = len(owned) > 1 and len(owned) == len(names) and noun.morph.get("Number", []) == ["Plur"]
    return [owned[[t.i for t in names].index(bearer.i)]] if of_each and bearer in names else owned


_RULERS = frozenset(
    "president king queen emperor empress emir sultan minister governor mayor chancellor premier".split()
)


def _rules(title: Token, whole: Token) -> bool:
    """ "President X of Peru" rules Peru; "Committee chairman X of Ohio" is from there."""
    if whole.ent_type_ == "Organization":
        return True
    narrowed = [c.lower_ for c in title.children if c.dep_ in ("amod", "compound")]
    of_state = title.lemma_.lower() == "minister" and whole.ent_type_ == "Country"
    return title.lemma_.lower() in _RULERS and (of_state or not narrowed)


def _of_fits(child: Token) -> bool:
    marker = preposition(child)
    return marker == "of" or child.pos_ == "PROPN"


def modifiers(noun: Token) -> list[Token]:
    """Nouns and adjectives before a noun that are things of their own ("Quds Force commander", "Iranian president")."""
    at = noun.doc._.thing_at
    return [
        c
        for c in noun.lefts
        if c.dep_ in ("compound", "amod", "nmod:unmarked", "nmod:desc", "nmod") and c.i in at and not preposition(c)
    ]
