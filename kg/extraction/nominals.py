"""A Doc with trees and entities in, its mentions by name and by description out, with what their words say."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from spacy.tokens import Doc, Span, Token

from kg.extraction import demonyms
from kg.extraction.layers import sentence_numbers
from kg.extraction.mentions import Definiteness, Gender, Mention, Number, word_list
from kg.extraction.names import CITY_WORDS, REGION_WORDS, gender_of

IsA = Callable[[str, str], bool]

# Labels of ``doc.ents`` that are values, not things.
VALUE_KINDS = frozenset(
    word_list(
        """
        Date Time Duration Number Ordinal Cardinal Money Percent Quantity Measure Age Language Url Email
        """
    )
)
# Furniture whose words refer to nothing in the report, and furniture that is read for names only.
SILENT = frozenset({"byline", "caption", "credit", "update", "navigation", "date"})
_NAMES_ONLY = frozenset({"title", "dateline"})

# Relations under which a noun is a part of another phrase's name, not a phrase of its own.
_INSIDE = frozenset(
    {"compound", "compound:prt", "nmod:desc", "flat", "fixed", "goeswith", "case", "mark", "vocative", "xcomp"}
)
# Relations of the words that a phrase keeps as a name.
_NAMING = frozenset({"amod", "compound", "nummod", "nmod", "nmod:poss", "nmod:desc", "nmod:unmarked", "flat"})
# How prominent each relation makes its noun (after Lappin and Leass 1994, scaled to 1; refined on training articles).
_WEIGHTS = {
    "nsubj": 1.0, "nsubj:pass": 1.0, "nsubj:outer": 0.9, "ROOT": 0.7, "obj": 0.65, "iobj": 0.6, "obl:agent": 0.6,
    "nmod:poss": 0.5, "obl": 0.45, "appos": 0.4, "nmod": 0.35, "nmod:desc": 0.3, "compound": 0.25, "amod": 0.2,
}  # fmt: skip
_ARTICLES: dict[str, Definiteness] = {
    "the": "definite", "both": "definite", "this": "demonstrative", "that": "demonstrative", "these": "demonstrative",
    "those": "demonstrative", "a": "indefinite", "an": "indefinite", "some": "indefinite", "another": "indefinite",
    "several": "indefinite", "many": "indefinite",
}  # fmt: skip
_NO_REFERENCE = frozenset({"no", "any", "every", "each", "what", "which", "whatever", "neither", "either"})

# Nouns that tell a person's gender.
_GENDERED: dict[str, Gender] = {
    **dict.fromkeys(
        word_list(
        """
        man boy gentleman father dad husband son brother uncle nephew grandfather grandson stepfather
        widower king prince duke emperor businessman chairman congressman fireman gunman policeman spokesman
        statesman sportsman salesman actor monk priest pope imam groom guy waiter fisherman cameraman hitman
        """
    ),
        "male",
    ),
    **dict.fromkeys(
        word_list(
        """
        woman girl lady mother mum mom wife daughter sister aunt niece grandmother granddaughter stepmother
        widow queen princess duchess empress businesswoman chairwoman congresswoman policewoman spokeswoman
        actress heroine nun bride waitress schoolgirl fiancée fiancee heiress hostess stepdaughter
        girlfriend sportswoman
        """
    ),
        "female",
    ),
}  # fmt: skip

ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "5th": 5, "other": 0, "former": 0, "latter": 0, "last": 0,
}  # fmt: skip
_ORDINAL_WORDS = frozenset(word for word, place in ORDINALS.items() if place) | {"other"}
_CARDINALS = {
    word: number
    for number, word in enumerate(word_list("one two three four five six seven eight nine ten eleven twelve"), start=1)
} | {"pair": 2, "twin": 2, "both": 2, "couple": 2}

# Where a word without a noun stands for one, and those that stand for one person or thing.
_SUBSTITUTES = frozenset({"NUM", "ADJ", "DET", "PRON"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_STANDING = frozenset({"nsubj", "nsubj:pass", "obj", "iobj", "obl"})
_ONE = frozenset({"one", "someone", "somebody", "everyone", "everybody", "anyone", "anybody", "nobody", "everything"})

# How the names of orders and medals begin.
_DECORATIONS = ("Order of Merit", "Order of the", "Order of St", "Medal of", "Legion of Honour", "Legion of Honor")

# Modifiers that praise, blame or colour and do not tell one thing from another.
HARMLESS = frozenset(
    word_list(
        """
        deadly massive huge big large small tragic terrible horrific brutal bloody apparent alleged
        suspected reported powerful late latest twin entire whole very said same recent ongoing current
        young old elderly two three four five famous small beleaguered embattled giant popular prestigious
        troubled fatal violent dead wounded injured
        """
    )
)


@dataclass(frozen=True, slots=True)
class Layout:
    """The tokens of a Doc; for each, the number of its sentence, the furniture it belongs to, whether it is quoted."""

    tokens: list[Token]
    sentence: list[int]
    furniture: dict[int, str]
    quoted: list[bool]


def layout(doc: Doc) -> Layout:
    """Reads sentences, furniture and quotation marks once for all that need them."""
    tokens = list(doc)
    return Layout(tokens, sentence_numbers(doc), _furniture(doc), _quoted(tokens))


def collect(doc: Doc, where: Layout, nouns: Mapping[str, str], is_a: IsA) -> list[Mention]:
    """All mentions by name or description, in the order of their heads. Pronouns are read later, token by token."""
    return sorted(_Reader(doc, where, nouns, is_a).mentions(), key=lambda mention: mention.head)


def phrase(token: Token, owner: str | None = None) -> str:
    """The noun phrase of a head as a name for what has none: no articles, pronouns, clauses or appositions.

    "the two men who fled the scene" → "two men"; "state media in Iran" stays as it is. ``owner`` is the name of what a
    possessive in front stands for: "his wife" → "Tarek Olmo's wife".
    """
    kept = {token.i, *_kept(token)}
    if owner is not None:
        kept -= {place for child in token.lefts if child.dep_ == "nmod:poss" for place in (child.i, *_kept(child, 1))}
    places = sorted(kept)
    words = "".join(_spelled(token.doc[here], there) for here, there in pairwise([*places, places[-1] + 1]))
    name = " ".join(words.split()).strip(" ,")
    return name if owner is None else f"{owner}'s {name}"


def _spelled(token: Token, following: int) -> str:
    """A token, and a space unless the next is glued to it; the capital that only begins the sentence is taken back."""
    glued = following == token.i + 1 and not token.whitespace_
    capital = token.is_sent_start and token.pos_ != "PROPN" and not token.ent_type_ and token.is_title
    return (token.lower_ if capital else token.text) + ("" if glued else " ")


def _kept(head: Token, depth: int = 0) -> Iterator[int]:
    later = 0
    for child in head.children:
        later += child.dep_ == "nmod" and child.i > head.i
        # More than two phrases after the noun, or phrases within phrases within phrases, are a story and no name.
        if not _names(child, head, depth) or (child.dep_ == "nmod" and (later > 2 or depth > 2)):
            continue
        yield child.i
        yield from _kept(child, depth + 1)


def _names(child: Token, head: Token, depth: int) -> bool:
    """Whether a dependent belongs to the name of the phrase."""
    if child.dep_ == "punct":
        return child.text in {"-", "–"}
    if child.dep_ == "det":
        return depth > 0 and child.lower_ in {"the", "a", "an"}
    if child.dep_ == "case":
        return depth > 0
    if child.pos_ == "PRON":
        return False
    if child.dep_ == "advmod":
        return depth > 0 and head.dep_ in {"nummod", "amod"}
    if child.dep_.startswith("obl"):
        return head.dep_ == "amod" and child.i < head.i  # "explosive-laden"
    return child.dep_ in _NAMING


def weight(token: Token) -> float:
    """How prominent a noun's place is; a conjunct is as prominent as the first of its row, a little less each."""
    factor = 1.0
    while token.dep_ == "conj" and token.head.i != token.i:
        token, factor = token.head, factor * 0.9
    return _WEIGHTS.get(token.dep_, 0.3) * factor


def number_of(token: Token) -> Number:
    """Grammatical number of a noun or pronoun."""
    features = str(token.morph)
    return "plural" if "Number=Plur" in features else "singular" if "Number=Sing" in features else "unknown"


def definiteness(children: list[Token]) -> Definiteness | None:
    """How a noun with these dependents is introduced; None for what refers to nothing ("no attack", "any party")."""
    found: Definiteness = "bare"
    for child in children:
        if child.dep_ in {"det", "det:predet"}:
            if child.lower_ in _NO_REFERENCE:
                return None
            found = _ARTICLES.get(child.lower_, found)
        elif child.dep_ == "nmod:poss" and found == "bare":
            found = "possessed"
        elif child.dep_ == "nummod" and found == "bare":
            found = "indefinite"
    return found


def modifiers(children: list[Token]) -> frozenset[str]:
    """The words that tell a phrase with these dependents from others of its noun, nationalities as their country.

    Articles, numbers, ordinals and what colours only are left out; possessors are added by the caller, as referents.
    """
    words: set[str] = set()
    for child in children:
        if child.dep_ in {"amod", "compound", "nmod", "nmod:desc", "nmod:unmarked", "acl"} and child.pos_ != "PRON":
            words.update(_modifier_words(child))
    return frozenset(words - HARMLESS - _ORDINAL_WORDS)


def _modifier_words(child: Token) -> Iterator[str]:
    for token in (child, *(t for t in child.children if t.dep_ in {"compound", "flat", "amod", "conj"})):
        yield (demonyms.country_of(token.text) or token.lemma_).casefold()


def count_of(children: list[Token]) -> int | None:
    """How many: "two explosions" → 2; None where no exact number is said."""
    for child in children:
        if child.dep_ in {"nummod", "amod", "det:predet", "det"}:
            number = _CARDINALS.get(child.lower_) or (int(child.text) if child.text.isdecimal() else None)
            if number and number > 1 and not any(True for _ in child.children):
                return number
    return None


def ordinal_of(children: list[Token]) -> str | None:
    """The ordinal of "the second explosion", or "other"."""
    found = (child.lower_ for child in children if child.dep_ == "amod" and child.lower_ in _ORDINAL_WORDS)
    return next(found, None)


class _Reader:
    """Reads the mentions of one Doc."""

    def __init__(self, doc: Doc, where: Layout, nouns: Mapping[str, str], is_a: IsA) -> None:
        self.doc, self.nouns, self.is_a = doc, nouns, is_a
        self.tokens, self.sentence, self.furniture = where.tokens, where.sentence, where.furniture
        self.entity_at = {span.root.i: span for span in doc.ents}
        self.covered = {place for span in doc.ents for place in range(span.start, span.end)}

    def mentions(self) -> Iterator[Mention]:
        for span in self.doc.ents:
            silent = self.furniture.get(span.start) in SILENT or span.label_ in VALUE_KINDS
            if not silent and any(letter.isalnum() for letter in span.text):
                yield from self._of_entity(span)
        for place, token in enumerate(self.tokens):
            if token.pos_ in _NOUNS and place not in self.covered and place not in self.furniture:
                yield from self._of_noun(token)

    # -- names

    def _of_entity(self, span: Span) -> Iterator[Mention]:
        if span.label_ in {"Nationality", "Country"}:
            yield from self._of_nationality(span)
            return
        kind = span.label_
        text = _stripped(span)
        known = demonyms.country(text)
        if known and text != "Georgia" and self.is_a(kind, "Place") and kind not in {"City", "GeographicFeature"}:
            kind = "Country"
        cue = self._class_word(span)
        if cue is not None:
            kind = _kind_of_class_word(cue)
        yield self._name(span, kind, tuple(known.split()) if known and kind == "Country" else _proper(span, cue), cue)

    def _of_nationality(self, span: Span) -> Iterator[Mention]:
        head, text = span.root, _stripped(span)
        people = demonyms.country_of_people(text)
        if people and head.pos_ in {"NOUN", "PROPN"} and not _modifies(head) and demonyms.country(text) is None:
            yield self._people(span)
            return
        country = demonyms.country_of(text)
        if country is None and span.label_ == "Country":
            country = text
        if country is not None:
            yield self._name(span, "Country", tuple(country.split()), None)
        elif number_of(head) == "plural":
            yield self._name(span, "Group", _words(span), None)

    def _people(self, span: Span) -> Mention:
        """ "Iranians", "a Dane": a group or a person, not the country."""
        head = span.root
        kind = "Person" if number_of(head) == "singular" else "Group"
        children = list(head.children)
        mention = self._nominal(head, children, kind, definiteness(children) or "bare")
        mention.lemma = _stripped(span).casefold()
        return mention

    def _name(self, span: Span, kind: str, words: tuple[str, ...], cue: Token | None) -> Mention:
        head = span.root
        kind = self._special(span, kind)
        low = self.furniture.get(span.start) in _NAMES_ONLY
        gender = self._name_gender(span) if self.is_a(kind, "Person") else "unknown"
        # The surface words decide nothing for a country ("the U.S."): it is one thing, in the singular.
        number: Number = "singular" if self.is_a(kind, "Place") or self.is_a(kind, "Person") else number_of(head)
        return Mention(
            span.start, span.end, head.i, "name", kind, cue.lemma_.casefold() if cue is not None else head.lower_,
            self.sentence[head.i], weight(head) * (0.3 if low else 1.0), number, gender, "definite",
            _countries(words), name=words, text=_stripped(span),
        )  # fmt: skip

    def _special(self, span: Span, kind: str) -> str:
        """The special kind that a name's last word or a noun beside it tells: a "… Cemetery", "the news agency …"."""
        if kind in {"Work", "Organization"} and _stripped(span).startswith(_DECORATIONS):
            return "Award"
        beside = [child for child in span.root.children if child.dep_ in {"nmod:desc", "compound"}]
        told = [
            self.nouns.get(span[-1].lower_),
            *(self._kind(child, list(child.children)) for child in beside if child.pos_ == "NOUN"),
        ]
        special = (found for found in told if found and found != kind and self.is_a(found, kind))
        return next(special, kind) if not self.is_a(kind, "Person") else kind

    def _name_gender(self, span: Span) -> Gender:
        told = gender_of(tuple(token.text for token in span))
        if told != "unknown":
            return told
        titles = (t for t in span.root.children if t.i < span.start and t.dep_ in {"nmod:desc", "compound", "flat"})
        return next((g for t in titles if (g := self._title_gender(t)) != "unknown"), "unknown")

    @staticmethod
    def _title_gender(token: Token) -> Gender:
        told = gender_of((token.text, ""))
        return told if told != "unknown" else _GENDERED.get(token.lemma_.casefold(), "unknown")

    def _class_word(self, span: Span) -> Token | None:
        """The "province" of "Herat province" or "the province of Herat"; None where the name is a country's."""
        head = span.root
        if not self.is_a(span.label_, "Place") or span.label_ == "Country" or demonyms.country(_stripped(span)):
            return None
        last = self.doc[span.end - 1]
        if len(span) > 1 and last.lower_ in REGION_WORDS:
            return last
        if len(span) > 2 and span[0].lower_ in REGION_WORDS and span[1].lower_ == "of":
            return span[0]
        noun = head.head
        if noun.lemma_.casefold() not in REGION_WORDS | CITY_WORDS or noun.i in self.covered:
            return None
        beside = head.dep_ == "compound" and noun.i == span.end
        below = head.dep_ in {"nmod", "appos", "nmod:desc"}
        of = below and any(child.lower_ == "of" and child.dep_ == "case" for child in head.children)
        return noun if beside or of else None

    # -- descriptions

    def _of_noun(self, token: Token) -> Iterator[Mention]:
        if token.dep_ in _INSIDE or (token.dep_ == "conj" and token.head.dep_ in _INSIDE):
            return
        children = list(token.children)
        named = self._class_word_mention(token, children) or self._namesake(token, children)
        if named is not None:
            yield named
            return
        how = definiteness(children)
        if how is None:
            yield self._nominal(token, children, None, "indefinite")
        elif not _predicative(children, how):
            yield self._nominal(token, children, self._kind(token, children), how)

    def _class_word_mention(self, token: Token, children: list[Token]) -> Mention | None:
        """The class word itself refers to the place that it is the class of: "the city of Baghdad"."""
        if token.lemma_.casefold() not in REGION_WORDS | CITY_WORDS:
            return None
        for child in children:
            span = self.entity_at.get(child.i)
            if span is not None and self._class_word(span) == token:
                return self._placed(token, _words(span), _kind_of_class_word(token))
        return None

    def _namesake(self, token: Token, children: list[Token]) -> Mention | None:
        """ "a province of the same name": a place of its own with the name of the one it was set beside."""
        name = next((c for c in children if c.lemma_ == "name" and c.dep_ == "nmod"), None)
        if name is None or not any(c.lower_ == "same" for c in name.children):
            return None
        owner = self._namer(token)
        kind = self._kind(token, children)
        return self._placed(token, _words(owner), kind) if owner is not None and kind is not None else None

    def _namer(self, token: Token) -> Span | None:
        above = (self.entity_at[a.i] for a in token.ancestors if a.i in self.entity_at)
        before = (span for span in reversed(self.doc.ents) if span.end <= token.i)
        for span in (*above, *before):
            if self.is_a(span.label_, "Place"):
                return span
        return None

    def _placed(self, token: Token, words: tuple[str, ...], kind: str) -> Mention:
        start, end = _extent(token)
        return Mention(
            start, end, token.i, "name", kind, token.lemma_.casefold(), self.sentence[token.i], weight(token),
            "singular", name=words, text=" ".join(words),
        )  # fmt: skip

    def _nominal(self, token: Token, children: list[Token], kind: str | None, how: Definiteness) -> Mention:
        number = number_of(token)
        if kind is not None and number == "plural" and self.is_a(kind, "Person"):
            kind = "Group"
        start, end = _extent(token) if kind is not None else (token.i, token.i + 1)
        lemma = token.lemma_.casefold()
        return Mention(
            start, end, token.i, "nominal", kind, lemma, self.sentence[token.i], weight(token), number,
            _GENDERED.get(lemma, "unknown"), how, modifiers(children), count_of(children), ordinal_of(children),
            named=False,
        )  # fmt: skip

    def _kind(self, token: Token, children: list[Token]) -> str | None:
        """The lexicon's kind of a noun, with the word before it if the lexicon has both ("news agency")."""
        lemma = token.lemma_.casefold()
        if lemma == "bank" and self._of_water(token, children):
            return None
        for child in children:
            if child.dep_ in {"compound", "amod"} and child.i < token.i:
                kind = self.nouns.get(f"{child.lemma_.casefold()} {lemma}")
                if kind is not None:
                    return kind
        return self.nouns.get(lemma) or self._kind_beside(token, children)

    def _of_water(self, token: Token, children: list[Token]) -> bool:
        """ "The banks of the Neris" lend no money."""
        of = [c for c in children if c.dep_ == "nmod" and any(g.lower_ == "of" for g in c.children)]
        wet = any((span := self.entity_at.get(c.i)) is not None and span.label_ == "GeographicFeature" for c in of)
        return wet or (bool(of) and number_of(token) == "plural")

    def _kind_beside(self, token: Token, children: list[Token]) -> str | None:
        """Of a noun that the lexicon does not know: a person, where it stands in apposition to the name of one."""
        if token.pos_ != "NOUN" or number_of(token) != "singular":
            return None
        near = [token.head] if token.dep_ == "appos" else [c for c in children if c.dep_ == "appos"]
        person = any((span := self.entity_at.get(t.i)) is not None and span.label_ == "Person" for t in near)
        return "Person" if person else None


def elliptic(where: Layout, known: Mapping[int, Mention]) -> list[Mention]:
    """Numbers, adjectives and indefinite pronouns that stand for a noun ("200 more", "many", "the wounded")."""
    return [
        Mention(
            token.i, token.i + 1, token.i, "nominal", None, token.lower_, where.sentence[token.i], weight(token),
            "singular" if token.lower_ in _ONE else "plural", named=False,
        )
        for token in where.tokens
        if token.pos_ in _SUBSTITUTES and token.dep_ in _STANDING and token.i not in known
        if token.pos_ != "PRON" or set(token.morph.get("PronType", [])) & {"Ind", "Tot", "Neg"}
    ]  # fmt: skip


def _quoted(tokens: list[Token]) -> list[bool]:
    """Whether each token stands between quotation marks; a new paragraph starts outside."""
    inside, flags = False, []
    for token in tokens:
        text = token.text
        if text == '"':
            inside = not inside
        elif text in {"“", "``"}:
            inside = True
        elif text in {"”", "''"} or "\n" in text:
            inside = False
        flags.append(inside)
    return flags


def _furniture(doc: Doc) -> dict[int, str]:
    """The kind of furniture that each token of furniture belongs to."""
    kinds: dict[int, str] = {}
    for piece in doc._.furniture or ():
        span = doc.char_span(piece.span.start, piece.span.end, alignment_mode="expand")
        if span is not None:
            kinds.update((token.i, piece.kind) for token in span)
    return kinds


def _stripped(span: Span) -> str:
    """The words of a name without possessive, article and outer punctuation."""
    text = " ".join(span.text.split())
    for ending in ("'s", "’s"):
        text = text.removesuffix(ending)
    text = text.rstrip("'’\"”,; ").lstrip("\"“'‘ ")
    return text[4:] if text[:4].casefold() == "the " and len(text) > 4 else text


def _words(span: Span) -> tuple[str, ...]:
    return tuple(_stripped(span).split())


def _proper(span: Span, cue: Token | None) -> tuple[str, ...]:
    """The words of a place's name without the class word inside it: "Kerman Province", "Province of Kerman"."""
    words = _words(span)
    if cue is None or cue.i not in range(span.start, span.end) or len(words) < 2:
        return words
    if words[-1].casefold() == cue.lower_:
        return words[:-1]
    return words[2:] if words[0].casefold() == cue.lower_ and words[1] == "of" and len(words) > 2 else words


def _countries(words: tuple[str, ...]) -> frozenset[str]:
    """The countries in a name as modifiers have them: "Indonesian Navy" can be "the navy of Indonesia"."""
    return frozenset(known.casefold() for word in words if (known := demonyms.country_of(word)))


def _modifies(token: Token) -> bool:
    return token.dep_ in {"amod", "compound", "nmod:desc", "flat"}


def _kind_of_class_word(token: Token) -> str:
    return "Region" if token.lemma_.casefold() in REGION_WORDS else "City"


def _predicative(children: list[Token], how: Definiteness) -> bool:
    """Whether a noun only says what somebody is ("was a general", "served as a minister", "denounced as attacks")."""
    if any(child.dep_ == "cop" for child in children):
        return how in {"bare", "indefinite"}
    return any(child.dep_ == "case" and child.lower_ in {"as", "like", "than"} for child in children)


def _extent(token: Token) -> tuple[int, int]:
    kept = {token.i, *_kept(token), *(c.i for c in token.lefts if c.dep_ in {"det", "nmod:poss"})}
    return min(kept), max(kept) + 1
