"""Words that refer and the earlier ones that each may refer with, in; chains of words that refer to the same, out.

The scores of the encoder's pair scorer are added up over whole chains, from left to right, and a word joins the likeliest
chain that nothing speaks against: names that the rules keep apart, gender, number, persons and things, a phrase
within itself, two arguments of one verb.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import exp, log

from spacy.tokens import Doc, Token

from kg.extraction.antecedence import Candidates
from kg.extraction.layers import Reference
from kg.extraction.mentions import Gender, Mention, Referent, agree, same_gender
from kg.extraction.phrases import extent
from kg.extraction.pronouns import PERSONAL, co_arguments, subject_ahead

IsA = Callable[[str, str], bool]

# Log-odds from which a word joins a chain; a name joins what was not named before, or what has another name, only if
# it is very likely. On OntoGUM's development part.
_JOINS = -1.0
_PRONOUN_JOINS = -1.0
_JOINS_SURELY = -2.0
_NAME_JOINS = 0.5
_NAMES_JOIN = 3.0

_SELF = frozenset({"i", "me", "my", "mine", "myself"})
_WE = frozenset({"we", "us", "our", "ours", "ourselves"})
_YOU = frozenset({"you", "your", "yours", "yourself", "yourselves"})


@dataclass(frozen=True, slots=True)
class Link:
    """The chain that a word joined, and the probability that it belongs there."""

    chain: int
    probability: float


@dataclass(slots=True)
class _Word:
    """What a word that refers says of what it refers to; ``person`` is None where it does not tell."""

    token: Token
    pronoun: str
    person: bool | None
    gender: Gender
    number: str
    name: Referent | None
    lemma: str


@dataclass(slots=True)
class Chain:
    """Tokens that refer to the same, in their order, and what they say together."""

    tokens: list[int] = field(default_factory=list)
    pronouns: set[str] = field(default_factory=set)
    lemmas: set[tuple[str, str]] = field(default_factory=set)
    names: list[Referent] = field(default_factory=list)
    person: bool | None = None
    gender: Gender = "unknown"
    singular: bool = False

    def add(self, word: _Word) -> None:
        """Takes a word in."""
        self.tokens.append(word.token.i)
        if word.pronoun:
            self.pronouns.add(word.pronoun)
        elif word.name is None:
            self.lemmas.add((word.lemma, word.number))
        if word.name is not None and not any(word.name is known for known in self.names):
            self.names.append(word.name)
        self.person = word.person if self.person is None else self.person
        self.gender = word.gender if self.gender == "unknown" else self.gender


class Chains:
    """The chains of a document, with the way each word came into its own."""

    def __init__(self) -> None:
        self.chains: list[Chain] = []
        self.links: dict[int, Link] = {}

    def others(self, token: int) -> list[int]:
        """The other tokens of a token's chain."""
        link = self.links.get(token)
        return [] if link is None else [other for other in self.chains[link.chain].tokens if other != token]


def linked(
    doc: Doc, found: Candidates, mentions: Mapping[int, Mention], named: Mapping[Mention, Referent], is_a: IsA
) -> Chains:
    """Chains of all words that refer. ``mentions`` are those the rules know, by their heads, ``named`` what names mean."""
    return _Linker(doc, found, mentions, named, is_a).linked()


class _Linker:
    def __init__(
        self, doc: Doc, found: Candidates, mentions: Mapping[int, Mention], named: Mapping[Mention, Referent], is_a: IsA
    ) -> None:
        self.doc, self.found, self.named, self.is_a = doc, found, named, is_a
        self.mentions = {_top(doc[head]): mention for head, mention in reversed(mentions.items())} | mentions
        self.out = Chains()
        self.chain_of_name: dict[int, int] = {}
        self.phrases: dict[str, int] = {}
        self.nouns: dict[tuple[str, str], int] = {}
        self.within = {i: _within(doc[i]) for i in found.tokens}

    def linked(self) -> Chains:
        for i in self.found.tokens:
            word = self._word(self.doc[i])
            chosen = None if _only_modifies(word) else self._known(word) or self._chosen(word)
            chain, probability = chosen or (len(self.out.chains), 1.0)
            if chain == len(self.out.chains):
                self.out.chains.append(Chain())
            self.out.chains[chain].add(word)
            self.out.links[i] = Link(chain, probability)
            if word.name is not None:
                self.chain_of_name.setdefault(id(word.name), chain)
        return self.out

    def _word(self, token: Token) -> _Word:
        mention = self.mentions.get(token.i)
        pronoun = _class_of(token) if token.pos_ == "PRON" else ""
        if pronoun:
            form = PERSONAL.get(token.lower_)
            gender: Gender = form.gender if form is not None else "unknown"
            return _Word(token, pronoun, _PERSONS.get(pronoun), gender, "", None, "")
        name = self.named.get(mention) if mention is not None else None
        number = "plural" if "Number=Plur" in str(token.morph) else "singular"
        if mention is None:
            return _Word(token, "", None, "unknown", number, None, token.lemma_.casefold())
        gender = name.gender if name is not None else mention.gender
        return _Word(token, "", self._is_person(mention), gender, number, name, token.lemma_.casefold())

    def _is_person(self, mention: Mention) -> bool | None:
        if mention.gender != "unknown":
            return True
        if mention.kind is None:
            return None
        return self.is_a(mention.kind, "Person") or self.is_a(mention.kind, "Group")

    def _known(self, word: _Word) -> tuple[int, float] | None:
        """The chain of what was named before."""
        chain = self.chain_of_name.get(id(word.name)) if word.name is not None else None
        return None if chain is None else (chain, 1.0)

    def _chosen(self, word: _Word) -> tuple[int, float] | None:
        """The likeliest chain that the word can join, and its share among those it can."""
        weights = dict[int, float]()
        for other, odds in self.found.before[word.token.i]:
            chain = self.out.links[other].chain
            weights[chain] = weights.get(chain, 0.0) + exp(min(odds, 50.0))
        for chain, weight in self._again(word):
            weights[chain] = weights.get(chain, 0.0) + weight
        ahead = self._ahead(word)
        if ahead is not None:
            weights[ahead] = weights.get(ahead, 0.0) + _AHEAD
        barred = self._barred(word.token)
        fitting = {c: w for c, w in weights.items() if self._fits(word, self.out.chains[c], barred)}
        if not fitting:
            return None
        best = max(fitting, key=lambda chain: fitting[chain])
        if log(fitting[best]) < self._needed(word, self.out.chains[best]):
            return None
        nothing = 0.0 if word.pronoun in _SURE else 1.0
        return best, fitting[best] / (nothing + sum(fitting.values()))

    def _again(self, word: _Word) -> Iterator[tuple[int, float]]:
        """The chain of the last phrase in the same words, if it is a name or definite; else of the same noun."""
        if word.pronoun or _only_modifies(word):
            return
        start, end = extent(word.token)
        first = self.doc[start]
        noun, definite = (word.lemma, word.number), first.lower_ in _DEFINITE
        phrase = " ".join(token.lower_ for token in self.doc[start:end] if token.lower_ not in _POSSESSIVE)
        if phrase in self.phrases and (definite or word.token.pos_ == "PROPN" or first.dep_ == "nmod:poss"):
            yield self.out.links[self.phrases[phrase]].chain, _AGAIN
        elif definite and (start, end) == (word.token.i - 1, word.token.i + 1) and noun in self.nouns:
            last = self.nouns[noun]
            if word.token.i - last < _NEAR:
                yield self.out.links[last].chain, _NOUN_AGAIN
        self.phrases[phrase] = self.nouns[noun] = word.token.i

    def _ahead(self, word: _Word) -> int | None:
        """The chain of who is named right after the phrase that a pronoun stands in, made if there is none."""
        subject = subject_ahead(word.token) if word.pronoun in _SURE else None
        mention = self.mentions.get(subject.i) if subject is not None else None
        name = self.named.get(mention) if mention is not None else None
        if name is None or not self.is_a(name.kind or "", "Person"):
            return None
        chain = self.chain_of_name.get(id(name))
        if chain is None:
            chain = self.chain_of_name[id(name)] = len(self.out.chains)
            self.out.chains.append(Chain(names=[name], person=True, gender=name.gender))
        return chain

    def _needed(self, word: _Word, chain: Chain) -> float:
        if word.pronoun in _SURE:
            return _JOINS_SURELY
        if word.pronoun:
            return _PRONOUN_JOINS
        if word.name is None:
            return _JOINS
        return _NAMES_JOIN if chain.names else _NAME_JOINS

    def _barred(self, token: Token) -> set[int]:
        """Tokens that cannot refer with this one: phrases that it is in, and other arguments of its verb."""
        barred = set(self.within[token.i])
        if token.pos_ == "PRON" and not token.lower_.endswith(("self", "selves")):
            barred |= co_arguments(token)
        return barred

    def _fits(self, word: _Word, chain: Chain, barred: set[int]) -> bool:
        if not same_gender(word.gender, chain.gender) or _clash(word.person, chain.person):
            return False
        if word.pronoun and not _pronouns_fit(word.pronoun, chain):
            return False
        if word.name is not None and not self._names_fit(word.name, chain):
            return False
        if not word.pronoun and word.name is None and _other_number(word, chain):
            return False
        return not any(
            other in barred or word.token.i in self.within[other] for other in chain.tokens[-_LAST:]
        )

    def _names_fit(self, name: Referent, chain: Chain) -> bool:
        """Whether a name can be another name of what has names: not for people, and only of the same kind."""
        return all(
            known.kind == name.kind and not self.is_a(name.kind or "", "Person") for known in chain.names
        )


def _top(token: Token) -> int:
    """The word that stands for a name in the tree: "Professor" of "Professor Lind", if that is how they hang."""
    while token.dep_ == "flat" and token.head.i != token.i:
        token = token.head
    return token.i


_LAST = 12
"""Only the last words of a chain can be in one phrase or under one verb with the next."""

_CLASSES = {
    **dict.fromkeys(_SELF, "i"), **dict.fromkeys(_WE, "we"), **dict.fromkeys(_YOU, "you"),
    **dict.fromkeys(("he", "him", "his", "himself"), "he"), **dict.fromkeys(("she", "her", "hers", "herself"), "she"),
    **dict.fromkeys(("it", "its", "itself"), "it"),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves", "'em"), "they"),
}  # fmt: skip
# What the same words again weigh (of phrases with "the" that stood before within 300 words, 78 of 100 mean the same; of
# names 84; on OntoGUM's training part), and who is named right after.
_AGAIN = 4.0
_NOUN_AGAIN = 1.0
_NEAR = 150
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_AHEAD = 6.0
_SURE = frozenset({"he", "she"})
_PERSONS = {"i": True, "he": True, "she": True, "it": False}
_CLASHES = {
    "he": {"she", "it", "they", "we"}, "she": {"he", "it", "they", "we"}, "it": {"he", "she", "i", "you"},
    "they": {"he", "she", "i"}, "i": {"it", "they", "we"}, "we": {"he", "she", "i"}, "you": {"it"},
}  # fmt: skip


def _only_modifies(word: _Word) -> bool:
    """Titles, and nouns before a noun, refer to nothing by themselves, if they are no names."""
    dep = word.token.dep_
    return word.name is None and (dep == "nmod:desc" or (dep == "compound" and word.token.pos_ == "NOUN"))


def _class_of(token: Token) -> str:
    return _CLASSES.get(token.lower_, "other")


def _pronouns_fit(pronoun: str, chain: Chain) -> bool:
    """Whether a pronoun can stand for what other pronouns and nouns stand for."""
    if chain.pronouns & _CLASHES.get(pronoun, set()):
        return False
    numbers = {number for _, number in chain.lemmas}
    if pronoun in ("he", "she", "it", "i") and "plural" in numbers:
        return False
    return not (pronoun in ("they", "we") and chain.person and chain.names)


def _other_number(word: _Word, chain: Chain) -> bool:
    """ "The protest" is not "the protests", and no plural is "he"."""
    if word.number == "plural" and chain.pronouns & {"he", "she", "it", "i"}:
        return True
    return any(lemma == word.lemma and number != word.number for lemma, number in chain.lemmas)


def _clash(one: bool | None, other: bool | None) -> bool:
    return one is not None and other is not None and one != other


def _within(token: Token) -> frozenset[int]:
    """Heads of the noun phrases that a word is in, up to the clause."""
    above = set[int]()
    for head in token.ancestors:
        if token.dep_ in ("conj", "parataxis", "list", "dep") or head.pos_ not in ("NOUN", "PROPN", "NUM", "PRON", "ADJ"):
            break
        above.add(head.i)
        token = head
    return frozenset(above)


def references(doc: Doc, heads: Iterable[int]) -> list[Reference]:
    """The whole phrases of these heads as references, without those that stand in another of them as apposition."""
    found = [(extent(doc[head]), head) for head in sorted(heads) if not _is_relative(doc[head])]
    kept, last = list[Reference](), 0
    for (start, end), head in sorted(found, key=lambda each: (each[0][0], -each[0][1])):
        if end <= last and doc[head].pos_ != "PRON":
            continue
        last = max(last, end)
        kept.append(Reference(start, end, head, _form(doc[head])))
    return kept


def _is_relative(token: Token) -> bool:
    return "Rel" in token.morph.get("PronType", []) and token.dep_ != "nmod:poss" or token.lower_ == "whose"


def _form(token: Token):  # type: ignore[no-untyped-def]
    return "pronoun" if token.pos_ == "PRON" else "name" if token.pos_ == "PROPN" else "nominal"
