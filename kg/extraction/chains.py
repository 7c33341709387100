"""Words that refer and the earlier ones that each may refer with, in; chains of words that refer to the same, out.

The scores of the encoder's pair scorer are added up over whole chains, from left to right, and a word joins the
likeliest chain that nothing speaks against: names that the rules keep apart, gender, number, persons and things, a
phrase within itself, two arguments of one verb. What the same words again and the order of the sentence tell counts in.
"""

from bisect import bisect
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import exp, log

from spacy.tokens import Doc, Token

from kg.claims import Form
from kg.extraction.antecedence import Candidates
from kg.extraction.layers import Reference
from kg.extraction.mentions import Gender, Mention, Referent, same_gender
from kg.extraction.phrases import POSSESSIVE, extent
from kg.extraction.pronouns import (
    PERSONAL,
    RELATIVE,
    co_arguments,
    made_into,
    relative_antecedent,
    subject_ahead,
)

IsA = Callable[[str, str], bool]

# Log-odds from which a word joins a chain: "he" and "she" nearly always mean somebody who was spoken of; a name joins
# what was not named before only if that is likely, and what has another name only if it is nearly sure. Chosen on
# OntoGUM's development part, where half a unit more or less changes little.
_JOINS = -1.0
_HE_JOINS = -2.0
_NAME_JOINS = 0.5
_NAMES_JOIN = 3.0
# What rules add to the odds of a chain. On OntoGUM's training part, of phrases with "the" that stood before in the same
# words 78 in 100 mean the same, of names 84, of "the" and a noun that stood before within 150 words about half.
_AGAIN = 4.0
_NOUN_AGAIN = 1.0
_NEAR = 150
# "In her first speech, Lind …": on GAP's development part.
_AHEAD = 6.0
# A passage that begins with "he" and names him later, by surname: within how many words, how likely that must be, how
# much likelier than of the next, and how probable it counts then, too little for claims. Right for three of four on
# GAP's development part.
_SOON = 200
_LATER = 2.0
_CLEARLY = 0.8
_DOUBTFUL = 0.5
# Only the last words of a chain can be in one phrase or under one verb with the next.
_LAST = 12

_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_GROUPS = {
    "i": "i me my mine myself", "we": "we us our ours ourselves", "you": "you your yours yourself yourselves",
    "he": "he him his himself", "she": "she her hers herself", "it": "it its itself",
    "they": "they them their theirs themselves",
}  # fmt: skip
_GROUP_OF = {word: group for group, words in _GROUPS.items() for word in words.split()}
_OTHER = "other"
_PERSONS = {"i": True, "he": True, "she": True, "it": False}
_ONE = frozenset({"i", "he", "she", "it"})
_MANY = frozenset({"we", "they"})
# Groups of pronouns that cannot mean the same; "I" and "he" can, in and out of a quotation.
_CLASHES = {
    "he": {"she", "it", "they", "we"}, "she": {"he", "it", "they", "we"}, "it": {"he", "she", "i", "you"},
    "they": {"he", "she", "i"}, "i": {"it", "they", "we"}, "we": {"he", "she", "i"}, "you": {"it"}, _OTHER: set[str](),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Link:
    """The chain that a word is in, by its number, and the probability that it belongs there."""

    chain: int
    probability: float


@dataclass(frozen=True, slots=True)
class _Word:
    """What a word that refers says of what it refers to; ``person`` is None where it does not tell.

    ``pronoun`` is its group, empty for nouns and names; ``phrase`` the first token of its phrase and the one after;
    ``spelled`` the words of the phrase.
    """

    token: Token
    phrase: tuple[int, int]
    pronoun: str = ""
    person: bool | None = None
    gender: Gender = "unknown"
    noun: tuple[str, bool] = ("", False)
    name: Referent | None = None
    spelled: str = ""


@dataclass(slots=True)
class Chain:
    """Tokens that refer to the same, in their order, and what they say together; nouns with whether they are plural."""

    tokens: list[int] = field(default_factory=list)
    pronouns: set[str] = field(default_factory=set)
    nouns: set[tuple[str, bool]] = field(default_factory=set)
    names: list[Referent] = field(default_factory=list)
    person: bool | None = None
    gender: Gender = "unknown"

    def add(self, word: _Word) -> None:
        """Takes a word in."""
        self.tokens.append(word.token.i)
        if word.pronoun:
            self.pronouns.add(word.pronoun)
        elif word.name is None:
            self.nouns.add(word.noun)
        elif not any(word.name is known for known in self.names):
            self.names.append(word.name)
        self.person = word.person if self.person is None else self.person
        self.gender = word.gender if self.gender == "unknown" else self.gender


class Chains:
    """The chains of a document, and how each word came into its own."""

    def __init__(self) -> None:
        self.chains: list[Chain] = []
        self.links: dict[int, Link] = {}

    def others(self, token: int) -> list[int]:
        """The other tokens of a token's chain."""
        link = self.links.get(token)
        return [] if link is None else [other for other in self.chains[link.chain].tokens if other != token]

    def merge(self, token: int, other: int, at_most: float = 1.0) -> None:
        """Puts the chain of a token into that of another, where both are in one and neither names somebody else.

        No link that is moved is held for more probable than ``at_most``.
        """
        one, into = self.links.get(token), self.links.get(other)
        if one is None or into is None or one.chain == into.chain or self.chains[one.chain].names:
            return
        chain = self.chains[one.chain]
        for moved in chain.tokens:
            self.links[moved] = Link(into.chain, min(at_most, self.links[moved].probability))
        self.chains[into.chain].tokens += chain.tokens
        chain.tokens = []


def linked(
    doc: Doc, found: Candidates, mentions: Mapping[int, Mention], named: Mapping[Mention, Referent], is_a: IsA
) -> Chains:
    """Chains of all words that refer: ``mentions`` are those that rules know, by heads, ``named`` what names mean."""
    return _Linker(doc, found, mentions, named, is_a).linked()


class _Linker:
    def __init__(
        self, doc: Doc, found: Candidates, mentions: Mapping[int, Mention], named: Mapping[Mention, Referent], is_a: IsA
    ) -> None:
        self.found, self.named, self.is_a = found, named, is_a
        self.mentions = {_top(doc[head]): mention for head, mention in mentions.items()} | dict(mentions)
        self.out = Chains()
        self.chain_of_name: dict[int, int] = {}
        self.phrases: dict[str, int] = {}
        self.nouns: dict[tuple[str, bool], int] = {}
        self.tokens = list(doc)
        self.lower = [token.lower_ for token in self.tokens]
        self.within = {i: _within(self.tokens[i]) for i in found.tokens}

    def linked(self) -> Chains:
        for i in self.found.tokens:
            word = self._word(self.tokens[i])
            link = None if _alone(word) else self._known(word) or self._chosen(word)
            self._join(word, link or Link(self._fresh(), 1.0))
        self._name_later()
        return self.out

    # -- who is named only later

    def _name_later(self) -> None:
        """Joins whom the text at first calls only "he" or "she" with whom it names later, if one is clearly meant."""
        people = sorted(self._named_people(), key=lambda found: found[0])
        for chain in self.out.chains:
            if chain.pronouns not in ({"he"}, {"she"}) or chain.nouns or chain.names:
                continue
            start = chain.tokens[0]
            soon = people[bisect(people, start, key=_place) : bisect(people, start + _SOON, key=_place)]
            fitting = [other for _, other in soon if same_gender(chain.gender, other.gender)]
            likely = sorted(((self._later(chain, other), -other.tokens[0]) for other in fitting), reverse=True)
            if likely and likely[0][0] >= max([_LATER, *(other + _CLEARLY for other, _ in likely[1:2])]):
                self.out.merge(start, -likely[0][1], at_most=_DOUBTFUL)

    def _named_people(self) -> Iterator[tuple[int, Chain]]:
        """The chains of people with names, with the place where each is first named."""
        for chain in self.out.chains:
            if chain.names and self.is_a(chain.names[0].kind or "", "Person"):
                named = [i for i in chain.tokens if self.tokens[i].pos_ == "PROPN"]
                if named:
                    yield named[0], chain

    def _later(self, chain: Chain, other: Chain) -> float:
        """How likely: who is called by one name alone is taken for known; who acts is rather meant than who is met."""
        short = all(len(mention.name) == 1 for mention in other.names[0].mentions)
        acts = any(self.tokens[i].dep_.startswith("nsubj") for i in other.tokens if self.tokens[i].pos_ == "PROPN")
        odds = [odds for i in chain.tokens for before, odds in self.found.before[i] if before in other.tokens]
        return 3 * short + acts + max(-2.0, *odds, -2.0) / 2

    def _fresh(self, chain: Chain | None = None) -> int:
        self.out.chains.append(chain or Chain())
        return len(self.out.chains) - 1

    def _join(self, word: _Word, link: Link) -> None:
        self.out.chains[link.chain].add(word)
        self.out.links[word.token.i] = link
        if word.name is not None:
            self.chain_of_name.setdefault(id(word.name), link.chain)
        elif not word.pronoun:
            self.nouns[word.noun] = word.token.i
        if not word.pronoun:
            self.phrases[word.spelled] = word.token.i

    # -- what a word says

    def _word(self, token: Token) -> _Word:
        phrase = extent(token)
        if token.pos_ == "PRON":
            group, form = _GROUP_OF.get(token.lower_, _OTHER), PERSONAL.get(token.lower_)
            gender: Gender = "unknown" if form is None else form.gender
            return _Word(token, phrase, group, _PERSONS.get(group), gender)
        mention = self._apposed(token) or self.mentions.get(token.i)
        noun = token.lemma_.casefold(), "Number=Plur" in str(token.morph)
        spelled = " ".join(word for word in self.lower[phrase[0] : phrase[1]] if word not in POSSESSIVE)
        if mention is None:
            return _Word(token, phrase, noun=noun, spelled=spelled)
        name = self.named.get(mention)
        gender = mention.gender if name is None else name.gender
        return _Word(token, phrase, "", self._is_person(mention), gender, noun, name, spelled)

    def _apposed(self, token: Token) -> Mention | None:
        """The name in "the judge, Mara Lind": the whole phrase is hers."""
        if token.pos_ != "NOUN":
            return None
        names = (self.mentions.get(child.i) for child in token.rights if child.dep_ == "appos")
        return next((name for name in names if name is not None and name in self.named), None)

    def _is_person(self, mention: Mention) -> bool | None:
        if mention.gender != "unknown":
            return True
        if mention.kind is None:
            return None
        return self.is_a(mention.kind, "Person") or self.is_a(mention.kind, "Group")

    # -- where it belongs

    def _known(self, word: _Word) -> Link | None:
        """The chain of what was named before."""
        chain = self.chain_of_name.get(id(word.name)) if word.name is not None else None
        return None if chain is None else Link(chain, 1.0)

    def _chosen(self, word: _Word) -> Link | None:
        """The likeliest chain that the word can join, if it is likely enough."""
        barred = self._barred(word.token)
        weights = {c: w for c, w in self._weights(word).items() if self._fits(word, self.out.chains[c], barred)}
        if not weights:
            return None
        best = max(weights, key=lambda chain: weights[chain])
        if log(weights[best]) < self._needed(word, self.out.chains[best]):
            return None
        nothing = 0.0 if word.pronoun in ("he", "she") else 1.0
        return Link(best, weights[best] / (nothing + sum(weights.values())))

    def _weights(self, word: _Word) -> dict[int, float]:
        """The odds of each chain against none."""
        weights = dict[int, float]()
        for other, odds in self.found.before[word.token.i]:
            chain = self.out.links[self._stood_for(other)].chain
            weights[chain] = weights.get(chain, 0.0) + exp(min(odds, _SURE))
        for chain, added in (*self._again(word), *self._ahead(word)):
            weights[chain] = weights.get(chain, 0.0) + added
        return weights

    def _stood_for(self, other: int) -> int:
        """The noun that a relative pronoun stands for; any other word for itself."""
        noun = relative_antecedent(self.tokens[other])
        return noun.i if noun is not None and noun.i in self.out.links else other

    def _again(self, word: _Word) -> Iterator[tuple[int, float]]:
        """The chain of the last phrase in the same words, if it is a name or definite; else that of the same noun."""
        if word.pronoun:
            return
        start, end = word.phrase
        first, last = self.tokens[start], self.phrases.get(word.spelled)
        definite = first.lower_ in _DEFINITE
        if last is not None and (definite or word.token.pos_ == "PROPN" or first.dep_ == "nmod:poss"):
            yield self.out.links[last].chain, _AGAIN
        elif definite and (start, end) == (word.token.i - 1, word.token.i + 1):
            last = self.nouns.get(word.noun)
            if last is not None and word.token.i - last < _NEAR:
                yield self.out.links[last].chain, _NOUN_AGAIN

    def _ahead(self, word: _Word) -> Iterator[tuple[int, float]]:
        """The chain of who is named right after the phrase that "he" or "she" stands in, made if there is none."""
        subject = subject_ahead(word.token) if word.pronoun in ("he", "she") else None
        mention = self.mentions.get(subject.i) if subject is not None else None
        name = self.named.get(mention) if mention is not None else None
        if name is None or not self.is_a(name.kind or "", "Person"):
            return
        if id(name) not in self.chain_of_name:
            self.chain_of_name[id(name)] = self._fresh(Chain(names=[name], person=True, gender=name.gender))
        yield self.chain_of_name[id(name)], _AHEAD

    def _needed(self, word: _Word, chain: Chain) -> float:
        """The log-odds that it takes."""
        if word.name is not None:
            return _NAMES_JOIN if chain.names else _NAME_JOINS
        return _HE_JOINS if word.pronoun in ("he", "she") else _JOINS

    # -- what speaks against it

    def _barred(self, token: Token) -> frozenset[int]:
        """Tokens that cannot refer with this one: phrases that it is in, and other arguments of its verb."""
        if token.pos_ != "PRON":
            return self.within[token.i]
        return self.within[token.i] | co_arguments(token) | made_into(token)

    def _fits(self, word: _Word, chain: Chain, barred: frozenset[int]) -> bool:
        if not same_gender(word.gender, chain.gender) or _clash(word.person, chain.person):
            return False
        if word.pronoun and not _pronoun_fits(word.pronoun, chain):
            return False
        if word.name is not None and not self._name_fits(word.name, chain):
            return False
        if not word.pronoun and word.name is None and not _noun_fits(word.noun, chain):
            return False
        return not any(other in barred or word.token.i in self.within[other] for other in chain.tokens[-_LAST:])

    def _name_fits(self, name: Referent, chain: Chain) -> bool:
        """Whether a name can be another name of what has names: not for people, and only of the same kind."""
        return all(known.kind == name.kind and not self.is_a(name.kind or "", "Person") for known in chain.names)


def _place(found: tuple[int, Chain]) -> int:
    return found[0]


_SURE = 50.0
"""Log-odds beyond which nothing changes."""


def _top(token: Token) -> int:
    """The word that stands for a name in the tree: "Professor" of "Professor Lind", if that is how they hang."""
    while token.dep_ == "flat" and token.head.i != token.i:
        token = token.head
    return token.i


def _alone(word: _Word) -> bool:
    """Titles, nouns before a noun, and relative pronouns refer to nothing by themselves."""
    token = word.token
    modifies = token.dep_ == "nmod:desc" or (token.dep_ == "compound" and token.pos_ == "NOUN")
    return (modifies and word.name is None) or _relative(token)


def _relative(token: Token) -> bool:
    return token.lower_ in RELATIVE and token.pos_ == "PRON" and "Rel" in token.morph.get("PronType", [])


def _pronoun_fits(pronoun: str, chain: Chain) -> bool:
    """Whether a pronoun can stand for what other pronouns, nouns and names stand for."""
    if chain.pronouns & _CLASHES[pronoun]:
        return False
    if pronoun in _ONE and any(plural for _, plural in chain.nouns):
        return False
    return not (pronoun in _MANY and chain.person and chain.names)


def _noun_fits(noun: tuple[str, bool], chain: Chain) -> bool:
    """ "The protest" is not "the protests", and no plural is "he"."""
    lemma, plural = noun
    if plural and chain.pronouns & _ONE:
        return False
    return (lemma, not plural) not in chain.nouns


def _clash(one: bool | None, other: bool | None) -> bool:
    return one is not None and other is not None and one != other


_NOMINAL = frozenset({"NOUN", "PROPN", "NUM", "PRON", "ADJ"})
_LOOSE = frozenset({"conj", "parataxis", "list", "dep"})


def _within(token: Token) -> frozenset[int]:
    """Heads of the noun phrases that a word is in, up to the clause."""
    above = set[int]()
    for head in token.ancestors:
        if token.dep_ in _LOOSE or head.pos_ not in _NOMINAL:
            break
        above.add(head.i)
        token = head
    return frozenset(above)


def references(doc: Doc, heads: Iterable[int]) -> list[Reference]:
    """The whole phrases of these heads as references. What stands in another of them as apposition is no other.

    The head of a phrase with a name in apposition ("the judge, Mara Lind") is the name's.
    """
    phrases = [(*extent(doc[head]), head) for head in heads if not _relative(doc[head])]
    kept = list[Reference]()
    for start, end, head in sorted(phrases, key=lambda phrase: (phrase[0], -phrase[1])):
        each = Reference(start, end, head, _form(doc[head]))
        if not kept or end > kept[-1].end or each.form == "pronoun":
            kept.append(each)
        elif each.form == "name" and kept[-1].form == "nominal" and doc[head].head.i == kept[-1].head:
            kept[-1] = Reference(kept[-1].start, kept[-1].end, head, "name")
    return kept


def _form(token: Token) -> Form:
    return "pronoun" if token.pos_ == "PRON" else "name" if token.pos_ == "PROPN" else "nominal"
