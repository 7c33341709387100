"""A Doc and one of its predicates go in; who says it, to or through whom, and how it is meant come out.

The tree is climbed from the predicate to the top. Every governing word on the way may turn the stance ("denied that",
"plans to", "reports that"), name a speaker, or take its clause for granted ("after he was killed"): then what is denied
or planned above no longer touches it. The word lists are in :mod:`kg.extraction.reporting`; here are only the ways
through the tree (Universal Dependencies, English).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from kg.claims import Stance
from kg.extraction import reporting as words
from kg.extraction.layers import Saying
from kg.extraction.reporting import Content

_ROOTS = ("ROOT", "root")  # spaCy writes it large, Universal Dependencies small
_INSERTED = ("parataxis", "dep")  # a parser that is unsure says "dep"
_CLAUSAL = ("ccomp", "xcomp", "csubj", "csubj:pass", "ccomp:outer", "csubj:outer")
_NOUNS = ("NOUN", "PROPN", "PRON", "NUM", "SYM")
_SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:outer", "csubj", "csubj:pass")
_DEEP = 40
"""No sentence is nested deeper; a broken tree would loop."""


@dataclass(slots=True)
class _Quote:
    """A quotation by its tokens, its paragraph, and its speaker once looked for."""

    start: int
    end: int
    paragraph: int
    opens_paragraph: bool
    closed: bool
    saying: Saying | None = None
    asked: bool = False


def say_of(doc: Doc, head: int) -> Saying:
    """Who says the clause or event headed by ``doc[head]``, through whom, and its stance by its wording.

    Responsibility that one side states about another is not made ``alleged`` here, unless the verb itself accuses
    ("blamed", "accused", "suspected"): then its own subject is the speaker.
    """
    if doc._.sayings is None:
        doc._.sayings = {}
    known: dict[int, Saying] = doc._.sayings
    if head not in known:
        saying = _accusation(doc[head], _saying(doc[head], _DEEP))
        known[head] = replace(saying, stance="denied") if _is_called_false(doc[head]) else saying
    return known[head]


def _is_called_false(node: Token) -> bool:
    """ "The story that X had died was false": what an account says is denied with it."""
    return any(
        account.lemma_.lower() in words.ACCOUNTS
        and account.dep_ in ("nsubj", "nsubj:pass")
        and account.head.lower_ in words.FALSE
        and not _negative(account.head)
        for account in node.ancestors
    )


def negated(doc: Doc, head: int) -> bool:
    """Is this very clause or phrase negated ("did not", "not by the army", "nobody"), whatever stands above it?"""
    return _negative(doc[head])


def _accusation(head: Token, saying: Saying) -> Saying:
    """The saying of a verb of accusing is its subject's, and alleged."""
    if head.pos_ != "VERB" or head.lemma_ not in words.ACCUSING:
        return saying
    speaker = _speaker(head)
    via = saying.speaker if speaker is not None and saying.speaker is not None else saying.via
    speaker = saying.speaker if speaker is None else speaker
    return Saying(speaker, via, _under("alleged", saying.stance), reported=True)


def is_accused_by_somebody(verb: Token) -> bool:
    """Is somebody told who accuses, and no court or prosecutor, whose act a charge is?"""
    speaker = _speaker(verb) if verb.pos_ == "VERB" and verb.lemma_ in words.BLAMING else None
    return speaker is not None and verb.doc[speaker].lemma_.lower() not in words.COURTS


def _saying(node: Token, depth: int) -> Saying:
    """What is said of ``node``: its own wording, under all that governs it."""
    above = _above(node, depth)
    stance, hedged = _own(node)
    reported = above.reported or hedged
    return replace(above, stance=_under(stance, above.stance), reported=reported)


def _under(inner: Stance, outer: Stance) -> Stance:
    """The stance of something under a governing stance: denying a denial asserts, whatever is open stays open."""
    if outer == "asserted":
        return inner
    if outer == "denied":
        return "asserted" if inner == "denied" else "denied"
    if inner == "denied":
        return "denied" if outer in ("alleged", "planned") else "possible"
    if outer == "alleged":
        return "alleged" if inner == "asserted" else inner
    return "possible" if "possible" in (inner, outer) else "planned"


# --- a clause's or noun's own wording ------------------------------------------------------------------------------


def _own(node: Token) -> tuple[Stance, bool]:
    """The stance of the words around ``node`` itself, and whether an adverb says that it is only reported."""
    stance: Stance = _modality(node)
    if _negative(node):
        modal = next((word.lower_ for word in _auxiliaries(node) if word.lemma_ in words.MODALS), "")
        stance = "possible" if stance == "possible" and modal in words.STILL_OPEN else "denied"
    hedge = _hedge(node)
    return (_under(stance, hedge) if hedge else stance), hedge == "alleged"


def _modality(node: Token) -> Stance:
    """The stance that auxiliaries, mood, conjunction and punctuation give a clause, or adjectives a noun."""
    stance: Stance = _auxiliary_stance(node)
    for child in node.children:
        if child.dep_ in ("mark", "case", "advmod") and child.lower_ in words.OPEN and node.pos_ != "NOUN":
            return "possible"
        if child.dep_ == "punct" and child.text == "?" and node.dep_ in (*_ROOTS, "parataxis", "ccomp", "conj"):
            return "possible"
        if child.dep_ == "advcl" and _is_condition(child) and _is_open(node):
            return "possible"
        if child.dep_ in ("amod", "compound") and node.pos_ == "NOUN":
            stance = _under(stance, words.QUALITIES.get(child.lower_) or words.QUALITIES.get(child.lemma_, "asserted"))
    return "planned" if stance == "asserted" and _is_imperative(node) else stance


def _auxiliary_stance(node: Token) -> Stance:
    auxiliaries = _auxiliaries(node)
    lemmas = {word.lemma_ for word in auxiliaries}
    for word in auxiliaries:
        if word.lemma_ == "would" or (word.lower_ in ("would", "'d", "’d") and word.lemma_ in ("will", "would")):
            return _would(node, lemmas)
        stance = words.MODALS.get(word.lower_) or (
            words.MODALS.get(word.lemma_) if word.lemma_ not in ("need", "dare") else None
        )
        if stance and word.dep_ == "aux":
            return stance
    under_way = {word.tag_ for word in auxiliaries if word.lemma_ == "be" and word.dep_ == "aux"}
    if node.tag_ == "VBG" and node.lemma_ in words.SETTING_OUT and under_way & {"VBZ", "VBP"}:
        return "planned"  # "is going to Oslo on Sunday"
    to_come = any(
        word.lemma_ == "be" and "Fin" in word.morph.get("VerbForm", []) and word.dep_ in ("aux", "cop")
        for word in auxiliaries
    )
    if (
        to_come
        and node.pos_ in ("VERB", "AUX")
        and any(child.dep_ == "mark" and child.lower_ == "to" for child in node.children)
    ):
        return "planned"  # "is to be buried"
    return "asserted"


def _would(node: Token, lemmas: set[str]) -> Stance:
    """ "Said he would go" is a plan; "would have died" and "would kill, if …" are not."""
    if "have" in lemmas or any(child.dep_ == "advcl" and _is_condition(child) for child in node.children):
        return "possible"
    first = _first(node)
    return "planned" if first.dep_ in ("ccomp", "xcomp", "parataxis") or _inserted(first) is not None else "possible"


def _auxiliaries(node: Token) -> list[Token]:
    """The auxiliaries of a clause, those of the first conjunct where the later one has none of its own."""
    own = [child for child in node.children if child.dep_ in ("aux", "aux:pass", "cop")]
    if own or not _leans(node):
        return own
    return _auxiliaries(node.head)


def _leans(node: Token) -> bool:
    """Does a later conjunct share the auxiliaries of the first: "may be shot and killed", "did not eat or drink"?"""
    if node.dep_ != "conj" or node.pos_ not in ("VERB", "AUX") or node.head.pos_ not in ("VERB", "AUX"):
        return False
    if any(child.dep_ in (*_SUBJECTS, "aux", "aux:pass", "mark") for child in node.children):
        return False
    return "Fin" not in node.morph.get("VerbForm", [])


def _negative(node: Token) -> bool:
    """Is the clause or noun negated by a word of its own, or by the first conjunct's that it shares?"""
    if any(_negates(child, node) for child in node.children):
        return True
    but = any(child.dep_ == "cc" and child.lower_ in ("but", "yet", "instead") for child in node.children)
    return not but and _leans(node) and _negative(node.head)


def _negates(child: Token, node: Token) -> bool:
    word = child.lower_
    if child.dep_ in ("advmod", "cc", "cc:preconj", "neg"):
        if word in words.NEGATIONS:
            return not (child.i + 1 < len(child.doc) and child.nbor().lower_ in words.NOT_NEGATING)
        return word == "longer" and any(below.lower_ == "no" for below in child.children)
    if child.dep_ in ("det", "cc:preconj") and word in ("no", "neither"):
        return node.pos_ in _NOUNS
    if child.dep_ in ("mark", "case") and word in words.LACKING:
        return True
    if child.dep_ in ("nsubj", "nsubj:pass", "obj", "iobj"):
        return node.pos_ != "NOUN" and _is_nobody(child)
    return child.dep_ == "obl" and word in ("time", "point", "way", "circumstances") and _is_nobody(child)


def _is_nobody(noun: Token) -> bool:
    """ "Nobody", "no one", "no soldiers", "none of the men"."""
    return noun.lower_ in words.NOBODY or any(
        child.dep_ == "det" and child.lower_ in ("no", "neither") for child in noun.children
    )


def _hedge(node: Token) -> Stance | None:
    """The stance that an adverb of the clause gives: "reportedly", "perhaps", "almost"."""
    for child in node.children:
        if child.dep_ in ("advmod", "discourse") and child.lower_ in words.HEDGES and node.pos_ not in ("NUM",):
            return words.HEDGES[child.lower_]
    return _hedge(node.head) if _leans(node) else None


def _is_condition(clause: Token) -> bool:
    marks = [child.lower_ for child in clause.children if child.dep_ in ("mark", "advmod")]
    return ("if" in marks or "unless" in marks) and "even" not in marks and "as" not in marks


def _is_open(node: Token) -> bool:
    """Can a condition still apply to this clause, because it does not tell of the past?"""
    finite = [word for word in (node, *_auxiliaries(node)) if "Fin" in word.morph.get("VerbForm", [])]
    return not any("Past" in word.morph.get("Tense", []) for word in finite)


def _is_imperative(node: Token) -> bool:
    return "Imp" in node.morph.get("Mood", []) and not any(child.dep_ in _SUBJECTS for child in node.children)


# --- what governs it -----------------------------------------------------------------------------------------------


def _above(node: Token, depth: int) -> Saying:
    """What everything above ``node`` says of it."""
    node = _first(node)
    source = _source(node)
    top = depth <= 0 or node.head.i == node.i
    if top and source is not None and source.speaker is not None:
        return source
    above = _quoted(node) if top else _governed(node, node.head, depth - 1)
    if source is None or above.speaker == source.speaker:
        return above
    if source.speaker is None:
        return replace(above, stance=_under(source.stance, above.stance), reported=True)
    via = source.via if source.via is not None else above.speaker
    return Saying(source.speaker, via, _under(source.stance, above.stance), reported=True)


def _first(node: Token) -> Token:
    """The first conjunct: whatever governs it governs the others."""
    while node.dep_ == "conj" and node.head.i != node.i and _alike(node, node.head):
        node = node.head
    return node


def _alike(one: Token, other: Token) -> bool:
    return (one.pos_ in _NOUNS) == (other.pos_ in _NOUNS) or one.pos_ in ("ADJ", "ADV")


def _governed(node: Token, governor: Token, depth: int) -> Saying:
    """The way from a node to its governor, by the relation between them."""
    relation = node.dep_
    if relation in _CLAUSAL:
        return _complement(node, governor, depth)
    if relation == "advcl":
        return _adverbial(node, governor, depth)
    if relation == "acl" or (relation == "acl:relcl" and _is_that_clause(node)):
        return _adnominal(node, governor, depth)
    if relation in ("acl:relcl", "advcl:relcl"):
        return _granted(governor, depth)
    if relation in (*_INSERTED, "conj"):
        return _beside(node, governor, depth)
    if node.pos_ in _NOUNS or relation.startswith(("nsubj", "obj", "obl", "nmod")):
        return _nominal(node, governor, depth)
    return _saying(governor, depth)


def _is_that_clause(node: Token) -> bool:
    """A clause with the conjunction "that" is no relative one, whatever the parser says: "rumours that he had died"."""
    return any(child.dep_ == "mark" and child.lower_ == "that" for child in node.children)


def _content(content: Content, governor: Token, depth: int, speaker: int | None, via: int | None = None) -> Saying:
    """The saying of what ``governor`` makes a content of."""
    outer = _above(governor, depth)
    negative = _negative(governor)
    if negative and governor.pos_ in _NOUNS and outer.stance == "denied":
        outer = replace(outer, stance="asserted")  # "saw no evidence" is denied once, not twice
    around: Stance = _modality(governor)
    hedge = _hedge(governor)
    if hedge and hedge != "denied":
        around = _under(around, hedge)
    stance: Stance = content.negated if negative else content.affirmed
    if not (content.speaks and around == "planned"):
        stance = _under(stance, around)
    stance = _under(stance, outer.stance)
    reported = outer.reported or hedge == "alleged"
    if not content.speaks:
        return replace(outer, stance=stance, reported=reported)
    if speaker is None:
        return Saying(outer.speaker, outer.via if via is None else via, stance, reported=True)
    silent = negative and stance in ("asserted", "possible") and content.affirmed == "asserted"
    if silent:  # whoever did not say it is not its speaker
        return replace(outer, stance=stance, reported=reported)
    return Saying(speaker, outer.speaker if via is None and outer.speaker != speaker else via, stance, reported=True)


def _granted(governor: Token, depth: int) -> Saying:
    """What is taken for granted: said with the sentence, untouched by what is denied or planned around it."""
    said = _saying(governor, depth)
    return replace(said, stance="asserted", reported=said.reported and said.speaker is not None)


def _complement(node: Token, governor: Token, depth: int) -> Saying:
    """A clause that is the object or subject of its governor."""
    if node.dep_ == "xcomp" and governor.lemma_ in words.NAMING and node.pos_ in (*_NOUNS, "ADJ"):
        return _content(words.THAT["claim"], governor, depth, _speaker(governor))
    if governor.pos_ not in ("VERB", "AUX"):
        return _of_predicative(node, governor, depth)
    charge = _charge_of(node, governor)
    if charge is not None:
        return _content(charge, governor, depth, _speaker(governor) if charge.speaks else None)
    if _asks(node):
        return _question(governor, depth)
    content = _content_of(node, governor)
    speaker, via = _voices(governor) if content.speaks else (None, None)
    if speaker is None and governor.lemma_ in words.HEARSAY and _is_passive(governor):
        content = Content("alleged", "denied", speaks=True)
    return _content(content, governor, depth, speaker, via)


def _charge_of(node: Token, governor: Token) -> Content | None:
    """What a verb makes of a gerund that names a charge: "arrested for killing", "accused of ordering"."""
    marks = {child.lower_ for child in node.children if child.dep_ in ("mark", "case")}
    gerund = node.dep_ == "xcomp" and node.tag_ == "VBG"
    return words.OF.get(governor.lemma_) if gerund and _charges(governor, marks) else None


def _content_of(node: Token, governor: Token) -> Content:
    """What a verb makes of its complement; gerunds go by the table of finite clauses ("denied carrying it out")."""
    lemma = governor.lemma_
    if node.dep_ != "xcomp":
        return words.THAT.get(lemma, _PASSED_THAT)
    if node.pos_ != "VERB" and lemma in words.MAKING:
        return _PASSED_TO
    content = words.TO.get(lemma)
    if not _has_to(node) and _with_particle(governor) != lemma:
        return words.THING.get(_with_particle(governor), content or _PASSED_TO)  # "ruled out running"
    if node.tag_ == "VBG" and lemma in words.MULLING:
        return _MULLED
    if not _has_to(node) and lemma in words.THAT:
        said = words.THAT[lemma]
        content = said if node.pos_ == "VERB" or said.affirmed != "asserted" else content
    return content or _PASSED_TO


_PASSED_TO = Content("asserted", "denied")
_MULLED = Content("possible", "denied")
_PASSED_THAT = Content("asserted", "possible")


def _asks(node: Token) -> bool:
    """Is this an indirect question ("who killed him"), which takes its event for granted?"""
    if node.dep_ != "ccomp":
        return False
    if not any(
        word.lower_ in words.QUESTIONING and word.i < node.i for child in node.children for word in _phrase(child)
    ):
        return False
    return not any(child.dep_ == "mark" and child.lower_ == "that" for child in node.children)


def _phrase(child: Token) -> Iterator[Token]:
    """A phrase and the words right under it ("which group", "whose house")."""
    if child.dep_ in (*_SUBJECTS, "obj", "obl", "advmod", "det", "nmod", "attr"):
        yield child
        yield from (below for below in child.children if below.dep_ in ("det", "nmod:poss"))


def _question(governor: Token, depth: int) -> Saying:
    content = words.THAT.get(governor.lemma_, _PASSED_THAT)
    above = _granted(governor, depth)
    if not content.speaks or _negative(governor):
        return above
    speaker, via = _voices(governor)
    return Saying(speaker, via, "asserted", reported=True) if speaker is not None else above


def _of_predicative(node: Token, governor: Token, depth: int) -> Saying:
    """A clause under an adjective or noun: "it is unclear whether", "was likely to", "the plan is to"."""
    if governor.pos_ in _NOUNS:
        return _of_noun(node, governor, depth)
    if _asks(node):
        return _granted(governor, depth)
    content = words.ADJECTIVES.get(governor.lower_) or words.TO.get(governor.lemma_) if node.dep_ == "xcomp" else None
    content = content or words.ADJECTIVES.get(governor.lower_, _PASSED_THAT)
    if governor.lower_ in ("able", "unable", "first", "last", "quick", "slow"):
        content = words.ADJECTIVES.get(governor.lower_, _PASSED_TO)
    return _content(replace(content, speaks=False), governor, depth, None)


def _of_noun(node: Token, noun: Token, depth: int) -> Saying:
    """A clause under a noun: "reports that …", "a plot to …", "the fact that …"; a ranked noun states a fact."""
    content = words.NOUNS.get(noun.lemma_)
    if content is None and _has_to(node):
        ranked = noun.lower_ in words.RANKED or any(child.lower_ in words.RANKED for child in noun.children)
        content = _PASSED_THAT if ranked or noun.pos_ != "NOUN" else Content("planned", "denied")
    if content is None:
        return _granted(noun, depth) if node.dep_ == "acl" else _content(_PASSED_THAT, noun, depth, None)
    return _content(content, noun, depth, _author(noun) if content.speaks else None)


def _adnominal(node: Token, noun: Token, depth: int) -> Saying:
    """A clause inside a noun phrase; a participle ("the man killed on Friday") is taken for granted."""
    finite = any(child.dep_ == "mark" for child in node.children)
    if finite or _has_to(node):
        return _of_noun(node, noun, depth)
    return _granted(noun, depth)


def _adverbial(node: Token, governor: Token, depth: int) -> Saying:
    """A clause beside its governor: condition, purpose, charge, result, or something taken for granted."""
    marks = {child.lower_ for child in node.children if child.dep_ in ("mark", "case", "advmod")}
    phrasal = _with_particle(governor)
    if node.tag_ == "VBG" and not marks and phrasal != governor.lemma_ and phrasal in words.THING:
        return _content(words.THING[phrasal], governor, depth, None)  # "ruled out running"
    if governor.lemma_ == "quote" and node.lemma_ == "say":
        return _saying(governor, depth)
    if _charges(governor, marks):
        content = words.OF.get(governor.lemma_)
        if content is not None:
            return _content(content, governor, depth, _speaker(governor) if content.speaks else None)
    if _has_to(node):
        return _purpose(node, governor, depth)
    if marks & words.LACKING or marks & words.OPEN or marks & words.GIVEN:
        return _granted(governor, depth)
    return _result(governor, depth)


def _purpose(node: Token, governor: Token, depth: int) -> Saying:
    """ "Flew there to kill him" is a plan, "only to be killed" a fact; adjectives have their own table."""
    if any(child.lower_ == "only" for child in node.children):
        return _result(governor, depth)
    if governor.pos_ == "ADJ":
        return _of_predicative(node, governor, depth)
    if governor.tag_ == "VBD" and node.lemma_ in words.LEFT_TO.get(governor.lemma_, ()) and not _negative(governor):
        return _result(governor, depth)
    return _content(Content("planned", "planned"), governor, depth, None)


def _result(governor: Token, depth: int) -> Saying:
    """A participle goes with its clause ("could explode, killing many"), but not with its negation."""
    above = _above(governor, depth)
    hedge = _hedge(governor)
    stance = _under(_modality(governor), above.stance)
    if hedge and hedge != "denied":
        stance = _under(stance, hedge)
    return replace(above, stance=stance, reported=above.reported or hedge == "alleged")


def _beside(node: Token, governor: Token, depth: int) -> Saying:
    """A clause put beside another: an inserted "police said", what follows "He said:", or a new thought."""
    if node.dep_ in _INSERTED and _is_content_of(node, governor):
        return _content(words.THAT[governor.lemma_], governor, depth, *_voices(governor))
    if node.dep_ in _INSERTED and _reports(node):
        return _top(governor, depth)
    return replace(_above(governor, depth), stance="asserted") if node.dep_ in _INSERTED else _above(governor, depth)


def _top(governor: Token, depth: int) -> Saying:
    """What stands above an inserted "police said": the context of its host, without the insertion itself."""
    return Saying() if governor.head.i == governor.i else _governed(governor, governor.head, depth)


def _is_content_of(node: Token, verb: Token) -> bool:
    """Is ``node`` what ``verb`` says, after a colon or a quotation mark, the verb having no other object?"""
    if not _reports(verb) or node.i < verb.i or any(child.dep_ in ("ccomp", "xcomp", "obj") for child in verb.children):
        return False
    between = verb.doc[verb.i + 1 : node.i]
    return any(token.text in (":", '"', "“") for token in between)


def _nominal(node: Token, governor: Token, depth: int) -> Saying:
    """A noun of event under a verb or another noun: "foiled an attack", "coup plot", "accused of murder"."""
    if node.dep_ == "obj" and governor.lemma_ in words.CEASING:
        return _granted(governor, depth)
    content = _nominal_content(node, governor)
    if content is not None:
        author = _author(governor) if governor.pos_ in _NOUNS else _speaker(governor)
        return _content(content, governor, depth, author if content.speaks else None)
    if node.dep_.startswith("nsubj") and governor.lemma_ in words.HAPPENING:
        return _saying(governor, depth)
    if governor.pos_ in ("VERB", "AUX") and _is_indefinite(node) and _takes_part(node):
        return _saying(governor, depth)
    if node.dep_ in ("appos", "conj", "flat"):
        return _above(governor, depth)
    return _granted(governor, depth)


def _takes_part(node: Token) -> bool:
    """Is the noun as real as its verb: subject, object, agent or means, not "after an attack"?"""
    return node.dep_.startswith(("nsubj", "obj", "obl:agent")) or (
        node.dep_ == "obl" and _has_case(node, "by", "in", "with")
    )


_CLAIMED = frozenset("attack blast bombing shooting explosion killing raid ambush assassination kidnapping".split())
_COMMANDING = frozenset({"order", "authorize", "authorise"})
_YEAR = re.compile(r"(1[5-9]|20)\d\d")
_AUTHORS = frozenset({"Person", "Organization", "ArmedGroup", "Government", "MilitaryUnit", "Party", "Company"})
"""Kinds of names of those who speak, order and plan."""


def _is_past(noun: Token) -> bool:
    """Whether a noun of event has a year with it that is over: "the 2002 massacre", "the attacks of 2015"."""
    published = noun.doc._.published
    years = [t.text for c in noun.children for t in (c, *c.children) if _YEAR.fullmatch(t.text)]
    return bool(published) and any(year < published[:4] for year in years)


def _nominal_content(node: Token, governor: Token) -> Content | None:
    if node.lemma_ in words.UNTOUCHED:
        return None
    cases = {child.lower_ for child in node.children if child.dep_ == "case"}
    if governor.pos_ in _NOUNS:
        if "of" in cases and node.ent_type_ in _AUTHORS:
            return None  # "on the orders of X": whose they are, not what they are
        if node.pos_ == "PROPN":
            return None  # "the pledge made at the Summit of Oslo": what has a name is no plan
        led = {"of", "about", "at", "on", "for"} if governor.lemma_ in words.WANTED_FOR else {"of", "about", "at", "on"}
        below = node.dep_ == "compound" or (node.dep_.startswith("nmod") and bool(cases & led))
        return (
            words.NOUNS.get(governor.lemma_)
            if (below and governor.lemma_ != "report") or _is_reports_of(governor, cases)
            else None
        )
    if node.dep_ == "obj" or (node.dep_ == "nsubj:pass" and _child(governor, "obj", "xcomp") is None):
        if governor.lemma_ in ("order", "plan", "plot", "authorize", "authorise") and _is_past(node):
            return None  # "ordered the 2002 massacre": it came about
        if governor.lemma_ in _COMMANDING and node.lemma_ in _CLAIMED and not _is_indefinite(node):
            return None  # "ordered the killing of X": what is known already has come about
        if governor.lemma_ == "claim" and node.lemma_ in _CLAIMED:
            return None  # "the blast was claimed by X": nobody doubts that there was one
        return words.THING.get(_with_particle(governor))
    if node.dep_ == "obl" and governor.lemma_ == "call" and "for" in cases:
        return words.THAT["demand"]
    charged = node.dep_ == "obl" and _is_indefinite(node) and governor.lemma_ not in ("blame", "fault")
    return words.OF.get(governor.lemma_) if charged and _charges(governor, cases - {"over"}) else None


def _charges(governor: Token, marks: set[str]) -> bool:
    """Do these prepositions lead to what somebody is charged with or kept from? "With" only after "charge"."""
    return bool(marks & {"of", "from", "for", "over"}) or ("with" in marks and governor.lemma_ in ("charge", "indict"))


def _is_reports_of(noun: Token, cases: set[str]) -> bool:
    """ "Reports of fighting" pass on a rumour; "the report on the killing" is a report."""
    return noun.lemma_ == "report" and "of" in cases and "Plur" in noun.morph.get("Number", [])


def _with_particle(verb: Token) -> str:
    particle = next((child.lower_ for child in verb.children if child.dep_ == "compound:prt"), None)
    return f"{verb.lemma_}_{particle}" if particle else verb.lemma_


def _is_indefinite(noun: Token) -> bool:
    """ "An attack", "attacks", "any attack": not yet known to the reader, so as open as its clause."""
    if noun.pos_ == "PROPN":
        return False
    determiners = [child for child in noun.children if child.dep_ in ("det", "nmod:poss")]
    return all(word.lower_ in words.INDEFINITE for word in determiners)


def _has_to(node: Token) -> bool:
    """Whether it is an infinitive; "confessed to killing" is none."""
    return node.tag_ != "VBG" and any(child.dep_ == "mark" and child.lower_ == "to" for child in node.children)


# --- who says it ---------------------------------------------------------------------------------------------------


def _source(node: Token) -> Saying | None:
    """Who is named as the source of a clause beside it: "according to X", an inserted "X said", "citing X"."""
    for child in _with_conjuncts(node):
        if child.dep_ in ("obl", "nmod", "advcl", "parataxis") and _is_according(child):
            return Saying(child.i, None, "asserted", reported=True)
    verb = _inserted(node)
    return _said_by(verb) if verb is not None else None


def _said_by(verb: Token) -> Saying:
    """The saying of a clause into which "X said" is inserted."""
    content = words.THAT[verb.lemma_]
    speaker, via = _voices(verb)
    stance: Stance = content.affirmed if speaker is not None or verb.lemma_ not in words.HEARSAY else "alleged"
    return Saying(speaker, via, stance, reported=True)


def _voices(verb: Token) -> tuple[int | None, int | None]:
    """The speaker of what a verb reports, and to or through whom; who is cited speaks through who cites."""
    cited = _cited(verb)
    return (_speaker(verb), _via(verb)) if cited is None else (cited, _speaker(verb))


def _with_conjuncts(node: Token) -> Iterator[Token]:
    """The children of a clause and of those conjoined with it."""
    yield from node.children
    for child in node.children:
        if child.dep_ == "conj":
            yield from child.children


def _is_according(noun: Token) -> bool:
    return any(child.dep_ == "case" and child.lower_ == "according" for child in noun.children)


def _inserted(node: Token) -> Token | None:
    """The verb of "police said", put beside or into the clause: "…, police said", "as X reported"."""
    for child in _with_conjuncts(node):
        if child.dep_ in _INSERTED and _reports(child) and not _is_content_of(node, child) and not _has_object(child):
            return child
        if child.dep_ in ("advcl", "parataxis") and _reports(child) and not _has_object(child) and _is_as(child):
            return child
    subjects = [child for child in node.children if child.dep_ in ("nsubj", "nsubj:pass")]
    said = (verb for subject in subjects for verb in _between_commas(subject))
    return next((verb for verb in said if _reports(verb) and not _has_object(verb)), None)


def _between_commas(noun: Token) -> Iterator[Token]:
    """ "Her son, she told him, had been killed": the verb that a parser takes for a clause about the son."""
    for child in (c for c in noun.children if c.dep_ == "acl:relcl"):
        subject = next((c for c in child.children if c.dep_ == "nsubj" and c.pos_ in ("PRON", "PROPN", "NOUN")), None)
        relative = subject is None or "Rel" in subject.morph.get("PronType", [])
        if not relative and subject is not None and subject.left_edge.nbor(-1).text == ",":
            yield child


def _is_as(clause: Token) -> bool:
    """ "As police said", but not "as promised"."""
    return words.THAT[clause.lemma_].affirmed in ("asserted", "alleged") and any(
        child.dep_ in ("mark", "advmod") and child.lower_ == "as" for child in clause.children
    )


def _has_object(verb: Token) -> bool:
    """Does a reporting verb have its own content, so that it isn't about its host?"""
    told = verb.lemma_ in words.ADDRESSED
    return any(child.dep_ in ("ccomp", "xcomp") or (child.dep_ == "obj" and not told) for child in verb.children)


def _reports(token: Token) -> bool:
    """Is this a verb whose subject speaks?"""
    content = words.THAT.get(token.lemma_) if token.pos_ == "VERB" else None
    return content is not None and content.speaks


def _cited(node: Token) -> int | None:
    """Whom "citing X" or "quoting X" names beside a verb."""
    for child in node.children:
        if child.dep_ == "advcl" and child.lemma_ in ("cite", "quote") and "Past" not in child.morph.get("Tense", []):
            return next((below.i for below in child.children if below.dep_ == "obj" and _can_speak(below)), None)
    return None


def _can_speak(noun: Token) -> bool:
    """Can this noun be a source ("citing officials"), and not a ground ("citing privacy rules")?"""
    return noun.pos_ == "PROPN" or noun.ent_type_ in ("Person", "Organization") or noun.lemma_ in words.SOURCES


def _speaker(verb: Token, depth: int = 6) -> int | None:
    """The head of whoever says what ``verb`` governs, None where it is left unsaid."""
    if verb.pos_ in _NOUNS:
        return _author(verb)
    if verb.lemma_ in ("quote", "cite"):
        return _child(verb, "nsubj:pass", "obj")
    if _is_passive(verb):
        agent = _child(verb, "obl:agent")
        return _spokesman(verb.doc[agent]) if agent is not None else None
    subject = _child(verb, "nsubj", "nsubj:outer", "nsubj:pass")
    if subject is not None:
        return _spokesman(_antecedent(verb.doc[subject], verb))
    return _controller(verb, depth - 1) if depth else None


def _controller(verb: Token, depth: int) -> int | None:
    """The unsaid subject of a verb: its first conjunct's, that of the clause around it, or the noun it is under."""
    head = verb.head
    if head.i == verb.i:
        return None
    if verb.dep_ == "conj" or verb.dep_ in ("xcomp", "advcl"):
        return (
            _speaker(head, depth)
            if head.lemma_ in ("quote", "cite") or not _is_passive(head)
            else _child(head, "nsubj:pass")
        )
    return _spokesman(head) if verb.dep_ == "acl" and head.pos_ in _NOUNS else None


def _antecedent(subject: Token, verb: Token) -> Token:
    """What a relative pronoun stands for."""
    relative = subject.lower_ in ("who", "which", "that", "whom")
    return verb.head if relative and _first(verb).dep_ == "acl:relcl" and verb.dep_ == "acl:relcl" else subject


def _spokesman(noun: Token) -> int:
    """The author of a statement where one is named with it, else the speaker itself."""
    if noun.lemma_ in words.STATEMENTS:
        author = _author(noun)
        return noun.i if author is None else author
    return noun.i


def _author(noun: Token) -> int | None:
    """Whose claim, report or statement a noun is: "the ministry's", "by the ministry", "from the ministry"."""
    for child in noun.children:
        if child.dep_ == "nmod:poss":
            return child.i
        if child.dep_ == "nmod" and _has_case(child, "by", "from") and not child.lower_.endswith("day"):
            return child.i
    return _holder(noun)


def _holder(noun: Token) -> int | None:
    """Who makes the claim of "made claims that" and "issued a statement that"."""
    verb = noun.head
    light = (
        "make",
        "issue",
        "release",
        "raise",
        "repeat",
        "publish",
        "file",
        "give",
        "level",
        "have",
        "voice",
        "express",
    )
    if noun.dep_ == "obj" and verb.lemma_ in light and not _is_passive(verb):
        return _child(verb, "nsubj")
    return None


def _is_passive(verb: Token) -> bool:
    relations = {child.dep_ for child in verb.children}
    if "aux:pass" in relations or ("nsubj:pass" in relations and "Fin" not in verb.morph.get("VerbForm", [])):
        return True
    if verb.dep_ == "conj" and _leans(verb):
        return _is_passive(verb.head) and "Past" in verb.morph.get("Tense", [])
    participle = "Part" in verb.morph.get("VerbForm", []) and "Past" in verb.morph.get("Tense", [])
    return (
        participle and verb.dep_ in ("acl", "advcl", "amod") and not any(child.dep_ == "aux" for child in verb.children)
    )


def _via(verb: Token) -> int | None:
    """To or through whom it is said: "told X", "said to X", "in an interview with X", "quoted by X"."""
    if verb.dep_ == "advcl" and verb.head.lemma_ == "quote":
        return _via(verb.head)
    if verb.lemma_ == "quote":
        return _child(verb, "obl:agent") if _is_passive(verb) else _child(verb, "nsubj")
    if verb.lemma_ in words.ADDRESSED:
        told = _child(verb, "nsubj:pass") if _is_passive(verb) else _child(verb, "iobj", "obj")
        if told is not None:
            return told
    return _through(verb)


def _through(verb: Token) -> int | None:
    for child in verb.children:
        if child.dep_ != "obl":
            continue
        cases = {case.lower_ for case in child.children if case.dep_ == "case"}
        if cases == {"to"} and child.pos_ in ("PROPN", "NOUN", "PRON") and verb.lemma_ not in ("point",):
            return child.i
        if child.lemma_ in words.OUTLETS:
            partner = next(
                (below for below in child.children if below.dep_ == "nmod" and _has_case(below, "with", "to")), None
            )
            if partner is not None:
                return partner.i
    return None


def _has_case(noun: Token, *cases: str) -> bool:
    return any(child.dep_ == "case" and child.lower_ in cases for child in noun.children)


def _child(token: Token, *relations: str) -> int | None:
    """The first child in one of these relations, the relations in order."""
    for relation in relations:
        for child in token.children:
            if child.dep_ == relation:
                return child.i
    return None


# --- quotations longer than a sentence -----------------------------------------------------------------------------


def _quoted(root: Token) -> Saying:
    """The saying of a sentence by the quotation it stands in; the article's own where it stands in none."""
    quotes = _quotes(root.doc)
    place = next((number for number, quote in enumerate(quotes) if quote.start < root.i < quote.end), None)
    return Saying() if place is None else _quote_saying(root.doc, quotes, place) or Saying()


def _quote_saying(doc: Doc, quotes: list[_Quote], place: int) -> Saying | None:
    quote = quotes[place]
    if not quote.asked:
        quote.asked = True
        quote.saying = _attributed(doc, quote) or _announced(doc, quote) or _continued(doc, quotes, place)
    return quote.saying


def _attributed(doc: Doc, quote: _Quote) -> Saying | None:
    """The speaker that the tree names for some clause of the quotation: "… ," the minister said."""
    for token in doc[quote.start : quote.end]:
        if token.dep_ not in (*_ROOTS, "ccomp", "parataxis"):
            continue
        host = token.head
        if token.dep_ not in _ROOTS and _reports(host) and not quote.start < host.i < quote.end:
            return Saying(*_voices(host), reported=True)
        verb = _inserted(token)
        if verb is not None and not quote.start < verb.i < quote.end:
            return replace(_said_by(verb), stance="asserted")
    return None


def _announced(doc: Doc, quote: _Quote) -> Saying | None:
    """The speaker of "The minister said:" before the quotation."""
    before = next((token for token in reversed(doc[max(0, quote.start - 3) : quote.start]) if not token.is_space), None)
    if before is None or before.text not in (":", ","):
        return None
    verb = before.sent.root
    return Saying(*_voices(verb), reported=True) if _reports(verb) and verb.i < quote.start else None


def _continued(doc: Doc, quotes: list[_Quote], place: int) -> Saying | None:
    """The speaker of the quotation before: in the same paragraph, or where that one is still open at its end."""
    if place == 0:
        return None
    quote, earlier = quotes[place], quotes[place - 1]
    adjacent = earlier.paragraph == quote.paragraph and not _sentences_between(doc, earlier, quote)
    spills = earlier.paragraph == quote.paragraph - 1 and quote.opens_paragraph
    spills = spills and (not earlier.closed or _ends_paragraph(doc, quote))
    return _quote_saying(doc, quotes, place - 1) if adjacent or spills else None


def _ends_paragraph(doc: Doc, quote: _Quote) -> bool:
    """Is nothing after the quotation in its paragraph? A paragraph that is all quotation goes on with its speaker."""
    return quote.end + 1 >= len(doc) or not quote.closed or "\n" in doc[quote.end + 1].text


def _sentences_between(doc: Doc, earlier: _Quote, quote: _Quote) -> bool:
    """Does the article say something of its own between two quotations?"""
    between = doc[earlier.end : quote.start]
    return any(token.dep_ in _ROOTS and not _reports(token) for token in between)


def _quotes(doc: Doc) -> list[_Quote]:
    """The quotations of a document, in order; worked out once."""
    quotes: list[_Quote] | None = doc.user_data.get("kg.quotes")
    if quotes is None:
        quotes = doc.user_data["kg.quotes"] = list(_find_quotes(doc))
    return quotes


def _find_quotes(doc: Doc) -> Iterator[_Quote]:
    """Pairs quotation marks, straight or curly; a paragraph's end closes what is open."""
    opened: int | None = None
    paragraph, begins, at_start = 0, True, False
    for token in doc:
        if "\n" in token.text:
            if opened is not None:
                yield _unclosed(doc, opened, token.i, paragraph, at_start)
            opened, begins = None, True
            paragraph += 1
            continue
        if opened is None and token.text in _OPENING:
            opened, at_start = token.i, begins
        elif opened is not None and token.text in _CLOSING:
            yield _Quote(opened, token.i, paragraph, at_start, closed=True)
            opened = None
        begins = False
    if opened is not None:
        yield _unclosed(doc, opened, len(doc), paragraph, at_start)


def _unclosed(doc: Doc, start: int, end: int, paragraph: int, at_start: bool) -> _Quote:
    """A quotation open at its paragraph's end: it goes on if the next paragraph opens one, else a mark is missing."""
    following = next((token for token in doc[end:] if not token.is_space), None)
    goes_on = following is not None and following.text in _OPENING
    return _Quote(start, end if goes_on else min(end, doc[start].sent.end), paragraph, at_start, closed=not goes_on)


_OPENING = ("“", '"', "``")
_CLOSING = ("”", '"', "''", "’’")
