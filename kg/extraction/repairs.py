"""A Doc with trees in, the same with a few attachments mended out: those that news wording makes clear.

Each repair is a rule of English newswire with a name; it acts only where the tree as it stands makes no sense.
"""

from collections.abc import Set

from spacy.tokens import Doc, Span, Token
from spacy.tokens.morphanalysis import MorphAnalysis

_SUBJECTS = ("nsubj", "nsubj:pass", "csubj")


def mend(doc: Doc, saying: Set[str], described: Set[str], titles: Set[str]) -> None:
    """Applies every repair to every sentence.

    ``saying`` holds lemmas of reporting verbs, ``described`` nouns for places and people that a name may follow
    ("the capital Oslo"), ``titles`` offices of one word ("president").
    """
    for sentence in list(doc.sents):
        _over_the_root(sentence)
        _opening_participle(sentence)
        _opening_description(sentence)
        for token in sentence:
            if token.dep_ == "flat":
                _name_on_verb(token)
                _title_first(token, titles)
            if token.tag_ == "VBD" and _is_reduced(token):
                token.tag_ = "VBN"
                token.morph = MorphAnalysis(doc.vocab, "Tense=Past|VerbForm=Part")
            if token.dep_ == "conj" and token.ent_type_ == "Person":
                _respective(token)
            if token.dep_ == "xcomp" and token.pos_ == "PROPN":
                _named(token)
            if token.dep_ == "compound" and token.head.i == token.i + 2:
                _hyphened(token)
            if token.i > 1 and token.nbor(-1).text == "-":
                _hyphen_between(token)
            if token.tag_ == "POS" and token.head.dep_ in ("appos", "nmod:desc", "dep"):
                _possessor(token.head)
            if token.lower_ == "co" and token.dep_ != "compound":
                _co_verb(token)
            if token.dep_ == "nsubj" and token.ent_type_ == "Person" and token.head.i < token.i:
                _named_to_office(token, titles)
            if token.lemma_.lower() in _CHILDREN:
                _child_of_subject(token)
            if token.dep_ == "nsubj":
                _second_subject(token)
            if token.dep_ == "nsubj:pass" and not _agent(token):
                _active_subject(token)
            if token.dep_ == "nmod" and token.head.head.lemma_.lower() in ("blame", "pin"):
                _blame_on(token)
            if token.dep_ == "advcl" and token.tag_ == "VBG":
                _charge(token)
            if token.pos_ == "VERB" and token.lemma_.lower() in saying:
                _closing_source(sentence, token)
                _opening_content(sentence, token)
            elif token.pos_ == "NOUN" and token.lemma_.lower() in described:
                _stray_apposition(token)
                _name_after_noun(token)
            if token.pos_ == "PROPN":
                _name_in_phrase(token)
                _over_a_dash(token)
                _described_twice(token, described)
            if token.dep_ == "acl:relcl" and token.pos_ == "VERB":
                _phrase_of_relative(token)
            if token.dep_ == "appos" and token.pos_ == "PROPN":
                _name_in_row(token)
                _holder_of_office(token, described)
            if token.dep_ == "advcl" and token.tag_ == "VB":
                _purpose_of_noun(token)
            if token.dep_ == "nmod:desc" and token.head.pos_ == "VERB":
                _title_on_verb(token)
            if token.dep_ == "obl" and token.pos_ == "PROPN" and token.head.pos_ == "VERB":
                _bare_oblique(token)
            if token.dep_ == "obl" and token.head.i < token.i:
                _late_phrase(token)
            if token.dep_ == "flat":
                _words_before_name(token)
                _name_of_noun(token)


def _over_the_root(sentence: Span) -> None:
    """No arc passes over the root: what does hangs on the root itself; a bare name before a verb is its subject."""
    root = sentence.root
    for token in sentence:
        head = token.head
        if token.i == root.i or head.i == root.i or (token.i < root.i) == (head.i < root.i) or token.is_punct:
            continue
        case = any(c.dep_ == "case" for c in token.children)
        free = root.pos_ == "VERB" and not any(c.dep_ in _SUBJECTS for c in root.children)
        if token.i < root.i and free and not case and token.pos_ in ("NOUN", "PROPN", "PRON"):
            token.dep_ = "nsubj:pass" if any(c.dep_ == "aux:pass" for c in root.children) else "nsubj"
        elif case and token.dep_ == "nmod":
            token.dep_ = "obl"
        token.head = root


def _opening_participle(sentence: Span) -> None:
    """ "Born in Porto in 1932, she studied law.": the participle that opens a sentence hangs on its clause."""
    opening = sentence.root
    late = [
        c
        for c in opening.rights
        if c.dep_ in ("parataxis", "ccomp", "conj", "advcl") and c.pos_ in ("VERB", "NOUN", "ADJ")
    ]
    if opening.tag_ != "VBN" or any(c.dep_ in (*_SUBJECTS, "aux", "aux:pass") for c in opening.children):
        return
    clause = next((c for c in late if any(s.dep_ in _SUBJECTS and s.i < c.i for s in c.children)), None)
    first = next(t for t in sentence if not t.is_punct and not t.is_space)
    if clause is None or opening.i - first.i > 2 or not any(t.text == "," for t in sentence.doc[opening.i : clause.i]):
        return
    _swap_root(opening, clause, "advcl")


def _opening_description(sentence: Span) -> None:
    """ "The daughter of a miner, Costa joined the party.": the name after the comma is the subject of the verb."""
    noun = sentence.root
    if noun.pos_ != "NOUN" or any(c.dep_ in (*_SUBJECTS, "cop") for c in noun.children):
        return
    name = next((c for c in noun.rights if c.dep_ == "appos" and c.pos_ == "PROPN"), None)
    verb = next((c for c in noun.rights if c.dep_ == "parataxis" and c.pos_ == "VERB"), None)
    if name is None or verb is None or name.i > verb.i or any(c.dep_ in _SUBJECTS for c in verb.children):
        return
    name.head, name.dep_ = verb, "nsubj:pass" if any(c.dep_ == "aux:pass" for c in verb.children) else "nsubj"
    _swap_root(noun, verb, "dep")
    noun.head, noun.dep_ = name, "appos"


def _swap_root(root: Token, clause: Token, relation: str) -> None:
    """Makes the clause the root of its sentence and what was its root hang on it."""
    rest = [c for c in root.children if c.i != clause.i and c.i > clause.i]
    label = root.dep_
    clause.head, clause.dep_ = clause, label
    root.head, root.dep_ = clause, relation
    for child in rest:
        child.head = clause


def _name_on_verb(name: Token) -> None:
    """ "Pope Francis on Sunday named …": a name before a verb without a subject is its subject."""
    verb = name.head
    if verb.pos_ == "VERB" and name.i < verb.i and not any(c.dep_ in _SUBJECTS for c in verb.children):
        name.dep_ = "nsubj:pass" if any(c.dep_ == "aux:pass" for c in verb.children) else "nsubj"


def _title_first(name: Token, titles: Set[str]) -> None:
    """ "Cardinal Simon Obi": the name is the head, the title before it describes it."""
    title = name.head
    if (
        name.dep_ != "flat"
        or title.i + 1 != name.i
        or title.lower_ not in titles
        or title.ent_type_ not in ("", "Person")
    ):
        return
    rest = [c for c in title.children if c.i != name.i]
    if title.head.i == title.i or name.i + 1 >= len(name.doc) or not any(c.dep_ == "flat" for c in rest):
        return  # "Dean Harmer": a first name
    name.head, name.dep_ = title.head, title.dep_
    for child in rest:
        if child.dep_ != "flat" or child.i > name.i:
            child.head = name
    title.head, title.dep_ = name, "nmod:desc"


def _is_reduced(verb: Token) -> bool:
    """ "The album, released in 1996, won": a past form without a subject in a noun's own clause is a participle."""
    if any(c.dep_ in (*_SUBJECTS, "aux", "aux:pass") for c in verb.children):
        return False
    return verb.dep_ == "acl" or (verb.dep_ == "conj" and verb.head.dep_ == "acl" and verb.head.tag_ == "VBN")


def _respective(name: Token) -> None:
    """ "The presidents of Peru and Chile, X and Y": people are no countries, but in apposition to the noun."""
    land = name.head
    noun = land.head
    if land.ent_type_ in ("", "Person") or land.dep_ != "nmod" or noun.tag_ not in ("NNS", "NNPS"):
        return
    if name.left_edge.i < 1 or not any(t.text == "," for t in name.doc[land.i : name.i]):
        return
    others = [c for c in land.children if c.dep_ == "conj" and c.ent_type_ == "Person" and c.i > name.i]
    name.head, name.dep_ = noun, "appos"
    for other in others:
        other.head = name


_NAMING = frozenset({"name", "appoint", "pick", "choose", "select", "nominate", "elect"})


def _named(name: Token) -> None:
    """ "Named Bishop X to lead the diocese": X is the object of a verb that has none."""
    verb = name.head
    free = not any(c.dep_ in ("obj", "iobj", "nsubj:pass", "aux:pass") for c in verb.children)
    if verb.lemma_ in _NAMING and name.ent_type_ == "Person" and free:
        name.dep_ = "obj"


def _hyphened(part: Token) -> None:
    """ "The party's secretary-general": what stands before a word of two parts belongs to the whole."""
    if part.nbor().text not in ("-", "\u2010", "\u2011") or part.head.pos_ not in ("NOUN", "PROPN"):
        return
    for child in list(part.lefts):
        if child.dep_ in ("nmod:poss", "det", "amod", "compound"):
            child.head = part.head


def _hyphen_between(last: Token) -> None:
    """ "The secretary-general of the council, X": of a noun of two parts the last is the head."""
    first = last.nbor(-2)
    beside = last.lower_ == "general" or (last.head.i == first.i and last.dep_ in ("appos", "flat"))
    nouns = first.pos_ == last.pos_ == "NOUN" and not first.ent_type_ and first.head.i != last.i
    if not beside or not nouns or first.whitespace_ or last.nbor(-1).whitespace_:
        return
    last.head, last.dep_ = (first.head, first.dep_) if first.head.i != first.i else (last, first.dep_)
    for child in list(first.children):
        if child.i not in (last.i, last.i - 1):
            child.head = last
    first.head, first.dep_ = last, "compound"


def _possessor(owner: Token) -> None:
    """ "The Salt Road, Ana Costa's first novel": with an apostrophe it is whose the noun after it is."""
    if owner.head.i > owner.i and owner.head.pos_ in ("NOUN", "PROPN"):
        owner.dep_ = "nmod:poss"


def _co_verb(part: Token) -> None:
    """ "X, who co-founded Y": the verb is the second part."""
    if part.i + 2 >= len(part.doc) or part.nbor().text != "-":
        return
    verb = part.nbor(2)
    if verb.pos_ != "VERB" or verb.head.i not in (part.i, part.head.i):
        return
    verb.head, verb.dep_ = (part.head, part.dep_) if part.head.i != part.i else (verb, part.dep_)
    for child in list(part.children):
        if child.i != verb.i:
            child.head = verb
    part.head, part.dep_ = verb, "compound"


def _named_to_office(name: Token, titles: Set[str]) -> None:
    """ "The king appointed X prime minister": a second subject behind the verb is whom it names, the office what to."""
    verb = name.head
    first = [c for c in verb.lefts if c.dep_ in _SUBJECTS]
    if verb.lemma_ not in _NAMING or not first or any(c.dep_ == "obj" for c in verb.children):
        return
    name.dep_ = "obj"
    for child in name.rights:
        if child.dep_ == "appos" and child.pos_ == "NOUN" and child.lemma_.lower() in titles:
            child.head, child.dep_ = verb, "xcomp"


_CHILDREN = frozenset({"son", "daughter"})


def _child_of_subject(child: Token) -> None:
    """ "X was born in Porto, the daughter of Y": whom the clause is about is the child."""
    verb = child.head
    parented = any(c.dep_ == "nmod" and c.i > child.i for c in child.children)
    if child.dep_ not in ("parataxis", "dep", "obl:unmarked", "advcl") or verb.pos_ != "VERB" or not parented:
        return
    before = next(t.i for t in child.subtree if not t.is_punct) - 1
    clause = verb.head if verb.dep_ == "advcl" else verb
    subject = next((c for v in (verb, clause) for c in v.children if c.dep_ in ("nsubj", "nsubj:pass")), None)
    if subject is not None and before > 0 and child.doc[before].text == ",":
        child.head, child.dep_ = subject, "appos"


def _holder_of_office(name: Token, described: Set[str]) -> None:
    """ "The mayor of Porto, X, resigned": the name between commas is the mayor's and not the town's."""
    place = name.head
    office, comma = place.head, name.i - 1
    if name.ent_type_ != "Person" or place.pos_ != "PROPN" or place.ent_type_ in ("", "Person"):
        return
    if place.dep_ != "nmod" or office.pos_ != "NOUN" or office.lemma_.lower() not in described:
        return
    if comma > place.i and name.doc[comma].text == "," and office.morph.get("Number", []) == ["Sing"]:
        name.head = office


_CHARGING = frozenset(
    """
    accuse suspect blame convict acquit arrest detain charge indict jail imprison prosecute try fine stop prevent keep
    bar ban dissuade deter criticise criticize condemn thank praise sue sentence hold investigate question
    """.split()
)


def _charge(gerund: Token) -> None:
    """ "Accused X of killing Y": the gerund's subject is the accused, as that of a complement is."""
    marks = {c.lower_ for c in gerund.children if c.dep_ in ("mark", "case")}
    if gerund.head.lemma_.lower() in _CHARGING and marks & {"of", "for", "from", "with", "over"}:
        gerund.dep_ = "xcomp"


def _second_subject(noun: Token) -> None:
    """ "The court acquitted X": what follows a verb that has its subject before it is no second one."""
    verb = noun.head
    taken = any(c.dep_ in ("obj", "iobj", "ccomp", "aux:pass", "cop") for c in verb.children)
    first = any(c.dep_ == "nsubj" and c.i < verb.i and "Rel" not in c.morph.get("PronType", []) for c in verb.children)
    between = any(t.is_punct for t in noun.doc[verb.i : noun.left_edge.i])
    if noun.i > verb.i and verb.pos_ == "VERB" and first and not taken and not between:
        noun.dep_ = "obj"


def _blame_on(blamed: Token) -> None:
    """ "Blamed the attack on X": X hangs on the verb and was not attacked."""
    noun = blamed.head
    if noun.dep_ in ("obj", "nsubj:pass") and any(c.dep_ == "case" and c.lower_ == "on" for c in blamed.children):
        blamed.head, blamed.dep_ = noun.head, "obl"


def _agent(phrase: Token) -> bool:
    """What stands after a passive verb with "by" did it: no subject has a preposition. Whether that was so."""
    found = phrase.i > phrase.head.i and any(c.dep_ == "case" and c.lower_ == "by" for c in phrase.children)
    if found:
        phrase.dep_ = "obl:agent"
    return found


def _active_subject(subject: Token) -> None:
    """A verb without a passive's auxiliary that has an object or content of its own is active."""
    verb = subject.head
    deps = {c.dep_ for c in verb.children}
    if not deps & {"aux:pass", "obl:agent"} and (verb.tag_ == "VBD" or deps & {"obj", "ccomp"}):
        subject.dep_ = "nsubj"


def _closing_source(sentence: Span, verb: Token) -> None:
    """ "…, state media in Oslo reported Monday.": what stands between the comma and the verb is the verb's subject."""
    if any(c.dep_ in _SUBJECTS for c in verb.children) or verb.dep_ in ("acl", "acl:relcl", "amod", "xcomp", "advcl"):
        return
    comma = next((t for t in reversed(verb.doc[sentence.start : verb.i]) if t.text in (",", "”", '"')), None)
    if comma is None or comma.i - sentence.start < 4 or not 1 <= verb.i - comma.i - 1 <= 12:
        return
    phrase = verb.doc[comma.i + 1 : verb.i]
    heads = [t for t in phrase if not phrase.start <= t.head.i < phrase.end]
    if (
        len(heads) != 1
        or heads[0].pos_ not in ("NOUN", "PROPN", "PRON")
        or any(t.pos_ in ("VERB", "AUX") for t in phrase)
    ):
        return
    if any(c.dep_ == "case" for c in heads[0].children):
        return
    root = sentence.root
    if root.i == heads[0].i:
        return
    heads[0].head, heads[0].dep_ = verb, "nsubj"
    if root.i != verb.i:
        verb.head, verb.dep_ = root, "parataxis"


def _opening_content(sentence: Span, verb: Token) -> None:
    """ "The first blast struck the station, an agency reported.": the clause before is what was reported."""
    if sentence.root.i != verb.i:
        return
    subject = next((c for c in verb.children if c.dep_ in _SUBJECTS), None)
    for child in verb.lefts:
        if child.pos_ in ("VERB", "ADJ", "AUX") and child.dep_ == "dep" and subject is not None and child.i < subject.i:
            child.dep_ = "ccomp"


def _name_after_noun(noun: Token) -> None:
    """ "Iraq's capital Baghdad": a name right after such a noun, hung on it or on its head, is in apposition to it."""
    if noun.i + 1 >= len(noun.doc):
        return
    name = noun.nbor()
    if name.pos_ != "PROPN" or name.head.i not in (noun.head.i, noun.i) or name.head.i == name.i or name.dep_ == "conj":
        return
    if not any(c.dep_ in ("case", "cc") for c in name.children):
        name.head, name.dep_ = noun, "appos"


def _name_in_phrase(name: Token) -> None:
    """ "The semi-official Korin news agency": a name between a noun and its modifier belongs to the noun."""
    modifier = name.head
    noun = modifier.head
    if modifier.dep_ in ("amod", "compound") and modifier.i < name.i < noun.i and noun.pos_ in ("NOUN", "PROPN"):
        name.head, name.dep_ = noun, "compound"


def _over_a_dash(name: Token) -> None:
    """ "They said Sunday — murder carrying …": no name is the first word of what stands behind a dash."""
    dashed = any(t.text in ("—", "–", "--") for t in name.doc[name.i + 1 : name.head.i])
    verb = name.nbor(-1) if name.i else name
    if name.dep_ in ("compound", "amod") and dashed and verb.pos_ == "VERB":
        name.head, name.dep_ = verb, "obl:unmarked"


def _described_twice(name: Token, described: Set[str]) -> None:
    """ "Singer, actor and campaigner X died": one person, of whom all the nouns before the name tell."""
    first = name.head.head if name.head.dep_ == "conj" and name.dep_ == "appos" else name.head
    if name.ent_type_ != "Person" or first.pos_ != "NOUN" or name.i < first.i or not _is_one_of(first, described):
        return
    nouns = [c for c in first.rights if c.dep_ == "conj" and c.i < name.i and c.pos_ == "NOUN"]
    nouns += [c for c in name.lefts if c.dep_ == "nmod:desc" and name.dep_ == "conj"]
    last = name.nbor(-1)
    if name.dep_ not in ("conj", "appos") or last not in nouns or not all(_is_one_of(n, set()) for n in nouns):
        return
    name.head, name.dep_ = (first.head, first.dep_) if first.head.i != first.i else (name, first.dep_)
    for child in list(first.children):
        if child.i > name.i or child.dep_ == "case":
            child.head = name
    first.head, first.dep_ = name, "nmod:desc"


def _is_one_of(noun: Token, described: Set[str]) -> bool:
    """Whether a noun can describe one person beside others: "actor" can, "his wife" and "the soldiers" can't."""
    owned = any(c.dep_ == "nmod:poss" or (described == set() and c.dep_ == "det") for c in noun.children)
    return (
        noun.morph.get("Number", []) == ["Sing"] and not owned and (not described or noun.lemma_.lower() in described)
    )


def _stray_apposition(noun: Token) -> None:
    """ "X, who came from Oslo, the capital of …": after a name and a comma, it describes that name and no earlier one;
    nor is it the "subject" of a verb before it."""
    first = next(t for t in noun.doc[noun.left_edge.i : noun.i + 1] if not t.is_punct)
    if not noun.dep_.startswith(("nsubj", "appos")) or noun.head.i > noun.i or first.i < 2:
        return
    comma, name = first.nbor(-1), first.nbor(-2)
    if noun.dep_ == "appos" and not (noun.head.is_ancestor(name) and name.head.pos_ == "VERB"):
        return
    if comma.text == "," and name.pos_ == "PROPN" and first.lower_ in ("the", "a", "an"):
        while name.dep_ == "flat" and name.head.i < name.i:
            name = name.head
        noun.head, noun.dep_ = name, "appos"


def _phrase_of_relative(verb: Token) -> None:
    """ "X, who came from Oslo, was buried": what follows a relative clause's verb belongs to it."""
    if verb.i + 2 >= len(verb.doc):
        return
    marker = verb.nbor()
    phrase = marker.head
    if marker.pos_ == "ADP" and marker.dep_ == "case" and phrase.dep_ == "obl" and phrase.head.i > phrase.i > verb.i:
        phrase.head = verb


def _name_in_row(name: Token) -> None:
    """ "The ambassador, X, and the premier, Y": Y is the premier, not the ambassador as well."""
    first, comma = name.head, name.i - 1
    others = [c for c in first.rights if c.dep_ == "appos" and c.pos_ == "PROPN" and c.i < name.i]
    if comma < 1 or name.doc[comma].text != ",":
        return
    before = name.doc[comma - 1]
    for noun in (c for c in first.rights if c.dep_ == "conj" and c.pos_ == "NOUN"):
        described = any(c.dep_ == "appos" and c.pos_ == "PROPN" for c in noun.children)
        if others and others[-1].i < noun.i and before in noun.subtree and not described:
            name.head = noun


_AIMS = frozenset("plot plan attempt bid conspiracy scheme threat effort proposal offer call".split())


def _purpose_of_noun(verb: Token) -> None:
    """ "Foiled a plot to bomb a market": the plot was to bomb it; who foiled it did not want to."""
    to = next((c for c in verb.lefts if c.lower_ == "to" and c.dep_ == "mark"), None)
    noun = to.nbor(-1) if to is not None and to.i else verb
    if noun.lemma_.lower() in _AIMS and noun.head.i == verb.head.i and noun.dep_ in ("obj", "nsubj:pass"):
        verb.head, verb.dep_ = noun, "acl"


def _title_on_verb(title: Token) -> None:
    """ "The commander X was shot": a title describes the name after it; the name is the verb's subject."""
    verb = title.head
    name = title.nbor() if title.i + 1 < len(title.doc) else title
    if name.pos_ == "PROPN" and name.head.i in (title.i, verb.i) and title.i < verb.i:
        passive = any(c.dep_ == "aux:pass" for c in verb.children)
        name.head, name.dep_ = verb, "nsubj:pass" if passive else "nsubj"
        title.head = name


def _bare_oblique(name: Token) -> None:
    """ "gunned down X": a name after the verb without a preposition is its object, if it has none; "with X calling it a
    sham": it is the participle's subject."""
    verb = name.head
    before = name.nbor(-1) if name.i else name
    if before.lower_ == "with" and before.head.tag_ == "VBG" and before.head.i > name.i:
        name.head, name.dep_ = before.head, "nsubj"
        return
    bare = not any(c.dep_ == "case" for c in name.children) and name.ent_type_ != "Date"
    if bare and name.i > verb.i and not any(c.dep_ in ("obj", "aux:pass", "obl:agent") for c in verb.children):
        name.dep_ = "obj"


def _late_phrase(phrase: Token) -> None:
    """ "X was buried after he was killed by a mine in May": what closes the sentence belongs to the later clause."""
    outer = phrase.head
    later = [c for c in outer.rights if c.dep_ == "advcl" and c.i < phrase.i and any(m.dep_ == "mark" for m in c.lefts)]
    if not later or not any(c.dep_ == "case" for c in phrase.children):
        return
    inner = later[-1]
    if inner.right_edge.i + 1 == phrase.left_edge.i and not any(t.is_punct for t in outer.doc[inner.i : phrase.i]):
        phrase.head = inner


_STORMS = frozenset({"storm", "hurricane", "typhoon", "cyclone"})


def _name_of_noun(name: Token) -> None:
    """ "Radio host X, known for …, died": the name is the head, the noun before it a title."""
    noun = name.head
    before = noun.i + 1 == name.i and noun.pos_ == "NOUN" and noun.lemma_.lower() not in _STORMS
    if not before or name.ent_type_ != "Person" or noun.ent_type_ == "Person" or name.pos_ != "PROPN":
        return
    name.head, name.dep_ = (noun.head, noun.dep_) if noun.head.i != noun.i else (name, noun.dep_)
    for child in list(noun.rights):
        if child.i != name.i:
            child.head = name
    noun.head, noun.dep_ = name, "nmod:desc"


def _words_before_name(part: Token) -> None:
    """ "for Gen. X Y": what stands before a name hangs on its first word, whichever word of the name it was hung on."""
    name = part.head
    for child in list(part.lefts):
        if child.i < name.i and child.dep_ in ("case", "det", "amod", "nmod:desc", "nmod:poss"):
            child.head = name
