"""A Doc with trees and entities in; ``doc._.things`` and ``doc._.thing_at`` out: who and what the article speaks of.

Rules on trees, number, gender, kind and salience, in the tradition of Lappin and Leass (1994) and the sieves of Lee et
al. (2013): names first, over the whole article; then descriptions and pronouns from left to right. Where it is not
clear what a pronoun or a description means, it is left unresolved: it is simply not in ``thing_at``.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from spacy.tokens import Doc, Token

from kg.extraction import chains, names, nominals, pronouns
from kg.extraction.antecedence import candidates
from kg.extraction.layers import Reference, Thing
from kg.extraction.mentions import Mention, Referent, agree, referent_of, same_gender, word_list
from kg.extraction.model.antecedents import Antecedents

IsA = Callable[[str, str], bool]

# Nouns so general that "the …" may mean any thing of their kind; all others need a thing that was called so before.
_GENERAL = frozenset(
    word_list(
        """
        man woman boy girl country nation city town village province group organization organisation company
        firm agency newspaper party movement club team bank university school hospital airport cemetery
        church mosque museum network incident attack event disaster tragedy violence ceremony
        """
    )
)
# Events of any kind that these can take up.
_ANY_EVENT = frozenset({"incident", "event", "disaster", "tragedy", "violence"})
# Kinds of events that nobody calls an incident.
_PLANNED = frozenset({"Ceremony", "Meeting", "Election", "Trial"})
# Kinds of events that news calls by each other's names.
_BLASTS = frozenset({"Explosion", "Bombing", "Attack"})
# Nouns that follow the name of what they class.
_CLASSES = frozenset(
    word_list(
        """
        group company firm party movement organization organisation newspaper magazine network channel website airline
        airport hospital cemetery hotel university militia broadcaster station outlet daily
        """
    )
)
# Bodies that a text may call "the …" without having named them.
_INSTITUTIONS = frozenset(
    word_list(
        """
        police government army military parliament court opposition authority media ministry regime
        administration union press navy senate congress cabinet council jury prosecution judiciary
        """
    )
)
# Nouns for what is often known as an organization only, by its name.
_FIRMS = frozenset({"company", "firm"})
# Verbs after which "as" tells who somebody is.
_IDENTIFY = frozenset({"identify", "name"})
# Offices: "the president" whom nobody named is no new person but somebody we cannot tell.
_OFFICES = frozenset(
    word_list(
        """
        president minister leader general commander chief governor mayor senator king queen premier
        chancellor ambassador secretary chairman director head ruler prince pope
        """
    )
)
_RANKS = {
    "gen": "general", "sen": "senator", "gov": "governor", "rep": "representative", "col": "colonel", "capt": "captain",
    "lt": "lieutenant", "sgt": "sergeant", "maj": "major", "adm": "admiral", "dr": "doctor", "prof": "professor",
    "rev": "reverend", "pm": "minister",
}  # fmt: skip
# How probable the encoder must find an antecedent that the rules do not for claims to rest on it. Where both name
# somebody else, or where a link on the way to the name is doubtful, claims rest on neither: a wrong "he" makes a living
# man a convict.
_SURER = 0.8
_LINKED = 0.6
# How many sentences back a description looks for a thing that has another name.
_NEAR = 4


def resolve(doc: Doc, nouns: Mapping[str, str], is_a: IsA, scorer: Antecedents | None = None) -> None:
    """Sets ``doc._.things``, ``doc._.thing_at`` and ``doc._.chains``.

    ``nouns`` maps lemmas of nouns (also "news agency") to kinds; ``is_a`` says whether a kind is another kind or below
    it. Needs trees, parts of speech, features, lemmas, ``doc.ents`` and ``doc._.furniture``; with a ``scorer`` also
    ``doc._.vectors``, without one the rules decide alone. Linear in the length of the text.
    """
    discourse = _Discourse(doc, nouns, is_a, scorer)
    discourse.read()
    _write(doc, discourse, is_a)


class _Discourse:
    """What the article has spoken of so far, while it is read from left to right."""

    def __init__(self, doc: Doc, nouns: Mapping[str, str], is_a: IsA, scorer: Antecedents | None) -> None:
        self.doc, self.is_a = doc, is_a
        where = nominals.layout(doc)
        self.tokens, self.sentence = where.tokens, where.sentence
        self.furniture, self.quoted = where.furniture, where.quoted
        self.mentions = {mention.head: mention for mention in nominals.collect(doc, where, nouns, is_a)}
        self.others = {mention.head: mention for mention in nominals.elliptic(where, self.mentions)}
        named = [mention for mention in self.mentions.values() if mention.form == "name"]
        self.named = names.link_names(named, is_a)
        self.chains = self._chains(scorer) if scorer is not None and doc._.vectors is not None else None
        self.at: dict[int, Referent] = {}
        self.referents: list[Referent] = []
        self.serial: dict[int, int] = {}
        self.by_lemma: dict[str, list[Referent]] = defaultdict(list)
        self.by_kind: dict[str, list[Referent]] = defaultdict(list)
        self.recent: deque[tuple[Mention, Referent]] = deque()
        # The last resolution of each kind of pronoun, with its sentence.
        self.said: dict[pronouns.Form, tuple[int, Referent | None]] = {}
        self.parts: dict[tuple[int, str], Referent] = {}

    def _chains(self, scorer: Antecedents) -> chains.Chains:
        """Who refers with whom, as the encoder sees it."""
        silent = frozenset(place for place, kind in self.furniture.items() if kind in nominals.SILENT)
        found = candidates(self.doc, scorer, silent, self.is_a)
        return chains.linked(self.doc, found, self.mentions, self.named, self.is_a)

    def read(self) -> None:
        """Resolves every token that refers, in the order of the text."""
        for place, token in enumerate(self.tokens):
            mention = self.mentions.get(place)
            if mention is not None:
                self._refer(token, mention)
                self._row(token, mention)
            elif place in self.others:
                self._shadow(self.others[place])
            elif token.pos_ == "PRON" and place not in self.furniture:
                self._pronoun(token)

    # -- names and descriptions

    def _row(self, token: Token, mention: Mention) -> None:
        """ "X and Y" together, which "they" may mean, is a candidate besides X and Y."""
        if any(child.dep_ == "conj" and child.pos_ in {"NOUN", "PROPN", "PRON"} for child in token.children):
            row = replace(mention, kind=None, number="plural", gender="unknown", form="nominal")
            self.recent.append((row, referent_of(row)))

    def _refer(self, token: Token, mention: Mention) -> None:
        if mention.form == "name":
            self._see(mention, self.named[mention], token)
            return
        mention.modifiers |= self._possessors(token)
        referent = self._identified(token, mention) or self._taken_up(token, mention)
        if referent is not None:
            if not referent.mentions:
                mention.text = self._phrase(token)
            self._specialise(referent, mention)
            referent.add(mention)
            self._see(mention, referent, token)
        elif self._introduces(token, mention):
            self._introduce(token, mention)
        else:
            self._shadow(mention)

    def _specialise(self, referent: Referent, mention: Mention) -> None:
        """A body or place is of the special kind that a description of it tells."""
        if referent.named and mention.kind and self.is_a(mention.kind, referent.kind or mention.kind):
            referent.kind = mention.kind

    def _see(self, mention: Mention, referent: Referent, token: Token) -> None:
        """Makes a referent salient and findable by what it is called here."""
        self._place(mention.head, referent)
        self.recent.append((mention, referent))
        for lemma in self._called(mention, token):
            referent.lemmas.add(lemma)
            if not any(known is referent for known in self.by_lemma[lemma]):
                self.by_lemma[lemma].append(referent)

    def _shadow(self, mention: Mention) -> None:
        """Keeps what we cannot tell among the candidates for pronouns: it is no thing, but it may be meant."""
        mention.kind = None
        self.recent.append((mention, referent_of(mention)))

    def _place(self, head: int, referent: Referent) -> None:
        """Notes that the token refers to the referent, which counts as spoken of from now on."""
        if id(referent) not in self.serial:
            self.serial[id(referent)] = len(self.referents)
            self.referents.append(referent)
            self.by_kind[referent.kind or ""].append(referent)
        self.at[head] = referent

    def _called(self, mention: Mention, token: Token) -> list[str]:
        """The nouns by which later descriptions may take this mention up: its own, its titles, a name's last word."""
        if mention.form == "nominal":
            return [mention.lemma]
        called = [child.lemma_.casefold() for child in token.children if child.dep_ in {"nmod:desc", "compound"}]
        if not self.is_a(mention.kind or "", "Person"):
            return [*called, mention.name[-1].casefold()] if mention.name else called
        inside = [word.text.casefold() for word in self.doc[mention.start : mention.end - 1]]
        return [_RANKS.get(word.rstrip("."), word) for word in called + inside]

    def _possessors(self, token: Token) -> frozenset[str]:
        """Marks of whose it is: the same possessor under any name or pronoun gives the same mark.

        A restrictive clause ("the group that won") identifies by itself: its mark is like no other.
        """
        marks = set()
        for child in token.children:
            if child.dep_ == "nmod:poss":
                marks.add(self._mark(self.at.get(child.i), child))
            elif child.dep_ == "acl:relcl" and not any(t.lower_ == "," for t in child.lefts):
                marks.add(f"@clause {child.i}")
        return frozenset(marks)

    def _mark(self, owner: Referent | None, token: Token) -> str:
        if owner is None:
            return f"@unknown {token.i}"
        # As an adjective of nationality would give it: "Iran's government" is "the Iranian government".
        return names.best_name(owner, self.is_a).casefold() if owner.kind == "Country" else f"@{self.serial[id(owner)]}"

    def _identified(self, token: Token, mention: Mention) -> Referent | None:
        """What an apposition or a copula says this description is."""
        for other in self._equals(token):
            referent = self.at.get(other.i) or self._named_at(other.i)
            if referent is not None and self._can_be(referent, mention):
                return referent
        return None

    @staticmethod
    def _equals(token: Token) -> list[Token]:
        if token.dep_ == "appos":
            return [token.head]
        apposed = [*_apposed_names(token), *_called_as(token)]
        if any(child.dep_ == "cop" for child in token.children) and not _negated(token):
            apposed += [child for child in token.children if child.dep_ == "nsubj" and child.i < token.i]
        classed = [child for child in token.children if child.dep_ == "compound" and _class_noun(token)]
        return apposed + classed

    def _can_be(self, referent: Referent, mention: Mention) -> bool:
        """Whether a description can be of this referent as far as kind, number and gender go."""
        if referent.kind is None or mention.kind is None:
            return referent.kind is mention.kind
        if not agree(referent.number, mention.number) and not self.is_a(referent.kind, "Organization"):
            return False
        return same_gender(referent.gender, mention.gender) and self._kin(referent.kind, mention.kind)

    def _kin(self, one: str, other: str) -> bool:
        """Whether two kinds can be of one thing: one below the other, or both agents that act as a body."""
        if self.is_a(one, other) or self.is_a(other, one):
            return True
        bodies = ("Organization", "Group")
        return any(self.is_a(one, b) for b in bodies) and any(self.is_a(other, b) for b in bodies)

    def _taken_up(self, token: Token, mention: Mention) -> Referent | None:
        """What a description takes up: what the encoder is sure of, else what the rules find."""
        return self._seen(token, mention) or self._antecedent(mention)

    def _seen(self, token: Token, mention: Mention) -> Referent | None:
        """The last thing before a definite description in its chain, if the encoder is sure that it is there."""
        link = self.chains.links.get(token.i) if self.chains is not None else None
        if self.chains is None or link is None or link.probability < _SURER or mention.ordinal is not None:
            return None
        if mention.definiteness not in ("definite", "demonstrative"):
            return None
        for other in sorted(self.chains.others(token.i), reverse=True):
            referent = self.at.get(other) if other < token.i else None
            if referent is not None and self._can_stand_for(referent, mention):
                return referent
        return None

    def _can_stand_for(self, referent: Referent, mention: Mention) -> bool:
        """Whether a description can be of this referent; one of no known kind only of what has a name."""
        if mention.kind is not None:
            return self._can_be(referent, mention)
        return referent.named and referent.kind is not None and agree(referent.number, mention.number)

    def _antecedent(self, mention: Mention) -> Referent | None:
        """The referent that a definite description takes up."""
        if mention.ordinal is not None and mention.definiteness in {"definite", "bare", "possessed"}:
            return self._part(mention)
        if mention.definiteness == "indefinite":
            return None
        if mention.definiteness == "bare":
            return self._same_words(mention) if mention.number == "plural" or mention.modifiers else None
        return self._called_so(mention) or (self._general(mention) if mention.definiteness != "possessed" else None)

    def _same_words(self, mention: Mention) -> Referent | None:
        """Bare nouns mean the same only in the same words ("protesters" … "protesters", "Iranian state television")."""
        for referent in reversed(self.by_lemma.get(mention.lemma, ())):
            first = referent.mentions[0]
            near = mention.modifiers or mention.sentence - referent.last.sentence <= _NEAR
            alike = first.definiteness == "bare" or (mention.number == "singular" and first.form == "nominal")
            if near and alike and first.modifiers == mention.modifiers and self._can_be(referent, mention):
                return referent
        return None

    def _called_so(self, mention: Mention) -> Referent | None:
        """The latest referent that was called by this noun and that no modifier tells apart."""
        fitting = [
            referent
            for referent in self.by_lemma.get(mention.lemma, ())
            if self._can_be_called(referent, mention) and mention.modifiers <= referent.words | referent.context
        ]
        return max(fitting, key=lambda referent: self._recency(referent), default=None)

    def _can_be_called(self, referent: Referent, mention: Mention) -> bool:
        if mention.kind is None or referent.kind is None:
            return referent.kind is mention.kind and agree(referent.number, mention.number)
        return self._can_be(referent, mention) and referent.ordinal is None

    def _recency(self, referent: Referent) -> int:
        return max(m.head for m in referent.mentions if m.head in self.at)

    def _general(self, mention: Mention) -> Referent | None:
        """The most salient thing near by that a general noun, or one for a special kind, can stand for."""
        if mention.kind is None or mention.modifiers:
            return None
        if self.is_a(mention.kind, "Event"):
            return self._event(mention)
        if mention.lemma not in _GENERAL:
            return None
        return self._salient(mention)

    def _event(self, mention: Mention) -> Referent | None:
        fitting = [
            referent
            for kind, referents in self.by_kind.items()
            if kind and self.is_a(kind, "Event") and self._same_sort(kind, mention)
            for referent in referents
            if self._event_number(referent, mention) and not referent.named
        ]
        return max(fitting, key=self._event_salience, default=None)

    def _same_sort(self, kind: str, mention: Mention) -> bool:
        wanted = mention.kind or ""
        if mention.lemma in _ANY_EVENT:
            return mention.lemma == "event" or kind not in _PLANNED
        return wanted != "Event" and (self.is_a(kind, wanted) or {kind, wanted} <= _BLASTS)

    @staticmethod
    def _event_number(referent: Referent, mention: Mention) -> bool:
        """ "The attack" may take up two explosions, "the explosion" may not."""
        if referent.ordinal is not None or referent.parent is not None:
            return False
        general = mention.lemma in _ANY_EVENT or mention.lemma == "attack"
        return (general and mention.number == "singular") or agree(referent.number, mention.number)

    def _event_salience(self, referent: Referent) -> tuple[int, int]:
        return len([m for m in referent.mentions if m.head in self.at]), self._recency(referent)

    def _salient(self, mention: Mention) -> Referent | None:
        scores: dict[int, float] = {}
        found: dict[int, Referent] = {}
        for other, referent in self._near(mention.sentence, _NEAR):
            if referent.kind is None or not self._stands_for(referent, mention):
                continue
            score = other.weight * pronouns.DECAY ** (mention.sentence - other.sentence)
            scores[id(referent)] = max(score, scores.get(id(referent), 0.0))
            found[id(referent)] = referent
        return pronouns.clear_winner(scores, found)

    def _stands_for(self, referent: Referent, mention: Mention) -> bool:
        kind, wanted = referent.kind or "", mention.kind or ""
        below = self.is_a(kind, wanted) or (wanted == "Group" and self.is_a(kind, "Organization"))
        below = below or (kind == "Organization" and mention.lemma in _FIRMS)
        return below and agree(referent.number, mention.number) and same_gender(referent.gender, mention.gender)

    def _near(self, sentence: int, reach: int) -> list[tuple[Mention, Referent]]:
        while self.recent and sentence - self.recent[0][0].sentence > _NEAR:
            self.recent.popleft()
        return [pair for pair in self.recent if sentence - pair[0].sentence <= reach]

    # -- parts: "the first blast" of "two explosions"

    def _part(self, mention: Mention) -> Referent | None:
        """One of several that were spoken of together, or one that was called by this ordinal before."""
        if mention.kind is None or mention.number == "plural":
            return None
        whole = self._whole(mention)
        if whole is None:
            return self._by_ordinal(mention)
        key = (self.serial[id(whole)], str(mention.ordinal))
        if key not in self.parts:
            part = Referent(whole.kind, False, ordinal=mention.ordinal, parent=whole, number="singular")
            self.parts[key] = part
        return self.parts[key]

    def _whole(self, mention: Mention) -> Referent | None:
        kind = mention.kind or ""
        fitting = [
            referent
            for known, referents in self.by_kind.items()
            if known and (self._kin(known, kind) and self._same_noun(known, mention))
            for referent in referents
            if referent.number == "plural" and referent.parent is None and not referent.named
            if self._is_event(known) or mention.lemma in referent.lemmas
            if mention.modifiers <= referent.words | referent.context
        ]
        return max(fitting, key=self._recency, default=None)

    def _is_event(self, kind: str) -> bool:
        return self.is_a(kind, "Event")

    def _same_noun(self, kind: str, mention: Mention) -> bool:
        return not self._is_event(kind) or self._same_sort(kind, mention)

    def _by_ordinal(self, mention: Mention) -> Referent | None:
        for referent in reversed(self.by_lemma.get(mention.lemma, ())):
            if referent.ordinal == mention.ordinal and mention.modifiers <= referent.words | referent.context:
                return referent
        return None

    # -- new referents

    def _introduces(self, token: Token, mention: Mention) -> bool:
        """Whether a description without antecedent brings something new, and not something that we cannot tell."""
        kind = mention.kind
        if kind is None or any(child.dep_ == "cop" for child in token.children):
            return False
        if mention.definiteness == "indefinite" or mention.definiteness == "bare":
            return self._worth_a_thing(token, mention)
        if mention.modifiers or mention.ordinal or self.is_a(kind, "Event"):
            return True
        if mention.lemma in _INSTITUTIONS:
            return True
        return mention.lemma not in _GENERAL | _OFFICES and not self.is_a(kind, "Place")

    def _worth_a_thing(self, token: Token, mention: Mention) -> bool:
        """ "A country where …" names no place; "a village near the border" does."""
        if not self.is_a(mention.kind or "", "Place"):
            return True
        return bool(mention.modifiers) or any(child.dep_ in {"nmod", "appos"} for child in token.children)

    def _phrase(self, token: Token) -> str:
        """The name of what has none, its owner by name: "his wife" → "Tarek Olmo's wife"."""
        owners = [self.at[child.i] for child in token.children if child.dep_ == "nmod:poss" and child.i in self.at]
        named = [owner for owner in owners if owner.named]
        return nominals.phrase(token, names.best_name(named[0], self.is_a) if named else None)

    def _introduce(self, token: Token, mention: Mention) -> None:
        mention.text = self._phrase(token)
        referent = referent_of(mention)
        if mention.kind is not None and self.is_a(mention.kind, "Event"):
            referent.context = self._circumstances(token)
            self._gather(mention, referent)
        self._see(mention, referent, token)

    def _circumstances(self, token: Token) -> set[str]:
        """Words of the places and people named beside an event: "a blast hit Paris" … "the blast in Paris"."""
        words: set[str] = set()
        for beside in (*token.head.children, *token.children):
            mention = self.mentions.get(beside.i)
            if mention is not None and mention.form == "name":
                words.update(word.casefold() for word in mention.name)
                words.add(beside.lemma_.casefold())
        return words

    def _gather(self, mention: Mention, referent: Referent) -> None:
        """ "The explosions" after "an explosion" and "a second explosion": the whole that both are parts of."""
        if mention.number != "plural" or mention.definiteness not in {"definite", "demonstrative"}:
            return
        singles = [r for r in self.by_kind.get(mention.kind or "", ()) if r.number == "singular" and r.parent is None]
        if len(singles) > 1 and any(r.ordinal for r in singles):
            referent.count = len(singles)
            for single in singles:
                single.parent = referent

    # -- pronouns

    def _pronoun(self, token: Token) -> None:
        noun = pronouns.relative_antecedent(token)
        if noun is not None:
            if noun.i in self.at:
                self._stand_in(token, self.at[noun.i])
            return
        if token.lower_ in pronouns.SELF:
            self._myself(token)
        form = pronouns.form_of(token)
        if form is None:
            return
        referent = self._beside(token, form) or self._meant(token, form)
        if referent is not None:
            self._stand_in(token, referent, form)
        self.said[form] = (self.sentence[token.i], referent)

    def _myself(self, token: Token) -> None:
        """ "I" in a quotation is who speaks it."""
        speaker = self._speaker(token) if self.quoted[token.i] else None
        if speaker is not None and self.is_a(speaker.kind or "", "Person") and speaker.number != "plural":
            self._stand_in(token, speaker)

    def _beside(self, token: Token, form: pronouns.Form) -> Referent | None:
        """The person of "X and his father"."""
        first = pronouns.owner_beside(token)
        referent = self.at.get(first.i) if first is not None else None
        if first is None or referent is None or first.i not in self.mentions:
            return None
        return referent if pronouns.fits(self.mentions[first.i], referent, form, self.is_a) else None

    def _meant(self, token: Token, form: pronouns.Form) -> Referent | None:
        """What the encoder is sure of, or what it and the rules agree on; the rules alone where it sees no name."""
        ruled = self._chosen(token, form)
        link = self.chains.links.get(token.i) if self.chains is not None else None
        if self.chains is None or link is None:
            return ruled
        others = self.chains.others(token.i)
        seen = self._thing_of(others, token, form)
        if form.person and seen is not None and self._weakest(token, others) < _LINKED:
            return None
        if seen is ruled or not others:
            return ruled
        if seen is None:
            return self._named_by_rules(token, ruled) if form.person else None
        return seen if ruled is None and link.probability >= _SURER else None

    def _weakest(self, token: Token, others: list[int]) -> float:
        """How probable the least probable link is between a pronoun and the last name before it in its chain: "he" who
        is who "he" was before is no surer than that one."""
        before = [other for other in others if other < token.i]
        named = max((other for other in before if self._named_at(other) is not None), default=-1)
        between = [self.chains.links[i].probability for i in (*before, token.i) if i > named] if self.chains else []
        return min(between, default=1.0)

    def _named_by_rules(self, token: Token, ruled: Referent | None) -> Referent | None:
        """Whom the rules say "he" is, where the encoder joins it to nobody known: they refer to the same then."""
        if ruled is None or not ruled.named or self.chains is None:
            return None
        for mention in ruled.mentions:
            if mention.form == "name":
                self.chains.merge(token.i, mention.head)
        return ruled

    def _thing_of(self, chain: list[int], token: Token, form: pronouns.Form) -> Referent | None:
        """The thing that a pronoun of the chain stands for: the nearest that a word of the chain refers to."""
        for other in sorted(chain, key=lambda other: (other > token.i, abs(other - token.i))):
            referent = self.at.get(other) or self._named_at(other)
            if referent is not None and pronouns.can_mean(form, referent, self.is_a):
                speaks = form.person and self.quoted[token.i] and referent is self._speaker(token)
                return None if speaks else referent
        return None

    def _chosen(self, token: Token, form: pronouns.Form) -> Referent | None:
        number = self.sentence[token.i]
        if self.said.get(form) == (number, None):
            return None  # the same pronoun could not be told a few words before
        candidates = self._near(number, pronouns.WINDOW) + self._ahead(token, form)
        candidates = self._outside_own_speech(token, form, candidates)
        return pronouns.choose(token, form, candidates, number, self.is_a)

    def _stand_in(self, token: Token, referent: Referent, form: pronouns.Form | None = None) -> None:
        gender = form.gender if form is not None else "unknown"
        mention = Mention(
            token.i, token.i + 1, token.i, "pronoun", referent.kind, token.lower_, self.sentence[token.i],
            nominals.weight(token), form.number if form is not None else "unknown", gender,
        )  # fmt: skip
        referent.add(mention)
        self._place(token.i, referent)
        if form is not None:
            self.recent.append((mention, referent))

    def _outside_own_speech(
        self, token: Token, form: pronouns.Form, candidates: list[tuple[Mention, Referent]]
    ) -> list[tuple[Mention, Referent]]:
        """In a quotation "he" is not the speaker; "it" and "they" are only what the quotation itself has named."""
        if not self.quoted[token.i]:
            return candidates
        if not form.person:
            return [pair for pair in candidates if pair[0].sentence == self.sentence[token.i]]
        speaker = self._speaker(token)
        return [pair for pair in candidates if pair[1] is not speaker]

    def _speaker(self, token: Token) -> Referent | None:
        """Who speaks the quotation: the subject of the verb of saying in this sentence, or else of the one before."""
        for verb in pronouns.verbs_of_saying(token, self.quoted):
            for child in verb.children:
                if child.dep_ == "nsubj":
                    return self.at.get(child.i) or self._named_at(child.i)
        return None

    def _named_at(self, head: int) -> Referent | None:
        mention = self.mentions.get(head)
        return self.named.get(mention) if mention is not None else None

    def _ahead(self, token: Token, form: pronouns.Form) -> list[tuple[Mention, Referent]]:
        """The subject of the main clause, for a pronoun in a clause before it ("After he left, Smith …")."""
        if not form.person:
            return []
        clause = next((a for a in token.ancestors if a.dep_ == "advcl"), None)
        if clause is None or clause.head.i < token.i:
            return []
        subjects = [c for c in clause.head.children if c.dep_ in {"nsubj", "nsubj:pass"} and c.i > token.i]
        mentions = [self.mentions[c.i] for c in subjects if c.i in self.mentions]
        return [(mention, self.named[mention]) for mention in mentions if mention in self.named]


def _class_noun(token: Token) -> bool:
    """Whether the noun only says what the name before it is: "the IRNA news agency", "the Hamas group"."""
    if token.lemma_ == "agency":
        return any(child.lower_ == "news" for child in token.children)
    return token.lemma_ in _CLASSES and "Sing" in token.morph.get("Number", [])


def _apposed_names(token: Token) -> Iterator[Token]:
    """The names in apposition, also to what is itself in apposition: "his wife, the painter Mara Lind"."""
    for child in token.children:
        if child.dep_ == "appos" and child.pos_ == "PROPN":
            yield child
        elif child.dep_ == "appos" and child.pos_ == "NOUN" and child.i > token.i:
            yield from _apposed_names(child)


def _called_as(token: Token) -> Iterator[Token]:
    """The name in "a suspect identified as X" and "the victim was named as X"."""
    verbs = [child for child in token.children if child.dep_ == "acl"]
    if token.dep_ == "nsubj:pass" and not _negated(token.head):
        verbs.append(token.head)
    for verb in verbs:
        if verb.lemma_ in _IDENTIFY and verb.pos_ == "VERB":
            yield from (child for child in verb.rights if child.pos_ == "PROPN" and _introduced_by_as(child))


def _introduced_by_as(token: Token) -> bool:
    return token.dep_ in {"obl", "xcomp"} and any(child.lower_ == "as" for child in token.lefts)


def _negated(token: Token) -> bool:
    return any(child.lower_ in {"not", "n't", "n’t", "never"} for child in token.children)


def _write(doc: Doc, discourse: _Discourse, is_a: IsA) -> None:
    """Turns referents into things, in the order in which the article first mentions them."""
    kept = [r for r in discourse.referents if r.kind is not None]
    kept.sort(key=lambda referent: min(m.head for m in referent.mentions))
    index = {id(referent): number for number, referent in enumerate(kept)}
    doc._.things = [_thing(referent, index, is_a) for referent in kept]
    doc._.thing_at = {
        head: index[id(referent)] for head, referent in sorted(discourse.at.items()) if id(referent) in index
    }
    doc._.chains = list(_spelled_out(doc, discourse, kept))


def _spelled_out(doc: Doc, discourse: _Discourse, kept: list[Referent]) -> Iterator[list[Reference]]:
    """All that refers to the same, in whole phrases: as the encoder sees it, or as the rules do."""
    if discourse.chains is not None:
        heads = [chain.tokens for chain in discourse.chains.chains]
    else:
        heads = [[mention.head for mention in referent.mentions] for referent in kept]
    for each in heads:
        found = chains.references(doc, each)
        if len(found) > 1:
            yield found


def _thing(referent: Referent, index: dict[int, int], is_a: IsA) -> Thing:
    mentions = sorted(referent.mentions, key=lambda m: m.head)
    name = names.best_name(referent, is_a) or _described(mentions)
    references = [Reference(m.start, m.end, m.head, m.form) for m in mentions]
    parent = index.get(id(referent.parent)) if referent.parent is not None else None
    aliases = _aliases(mentions, name)
    return Thing(
        index[id(referent)], referent.kind or "", name, referent.named, references, aliases, parent, referent.count
    )


def _described(mentions: list[Mention]) -> str:
    """The name of what has none: its first description."""
    return next((m.text for m in mentions if m.form == "nominal" and m.text), "")


def _aliases(mentions: list[Mention], name: str) -> list[str]:
    """The other names seen, each once, in the order of the text."""
    return list(dict.fromkeys(m.text for m in mentions if m.form == "name" and m.text and m.text != name))
