"""A Doc with amounts and things in, drafts on people out: how old they are, of which country, place and party."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from spacy.tokens import Doc, Token

from kg.claims import Quantity
from kg.extraction import bearers, clauses, demonyms
from kg.extraction.drafts import Draft, thing_of
from kg.extraction.frames import Frames, certainty
from kg.extraction.layers import Amount, Reference, Thing

IsA = Callable[[str, str], bool]

AGE, NATION, ORIGIN = 0.9, 0.85, 0.85
"""Priors of "Ana Costa, 34", of "the French engineer X" and of "X, from Porto"."""

_MEMBERS, _STAFFED = ("Party", "ArmedGroup", "MilitaryUnit"), ("Company", "NewsAgency", "University")
"""What "X of Y" makes somebody a member of, and what it makes them staff of."""

YEARS = "year"
OLDEST = 120
_STEPS = 5
"""How far above a number of years the person may stand in the tree."""


def drafts(doc: Doc, frames: Frames, is_a: IsA) -> Iterator[Draft]:
    """Ages of people; countries, places and parties of people with a name."""
    for amount in doc._.amounts:
        if (
            amount.unit == YEARS
            and amount.low == amount.high
            and (amount.low or OLDEST) < OLDEST
            and _of_age(doc, amount)
        ):
            yield from _age(doc, amount, is_a)
    for noun in doc:
        yield from _from(doc, noun, frames, is_a)
        yield from _staff(doc, noun, frames, is_a)
        yield from _national(doc, noun, is_a)
    for ent in doc.ents:
        if ent.label_ == "Nationality" or (ent.label_ == "Country" and ent.root.dep_ == "compound"):
            yield from _nation(doc, ent.root, frames, is_a)
        yield from _origin(doc, ent.root, is_a)
        yield from _predicated(doc, ent.root, is_a)
        yield from _own_party(doc, ent.root, is_a)


def _of_age(doc: Doc, amount: Amount) -> bool:
    """Whether the years are an age ("34", "34-year-old", "34 years old", "aged 34") and not a while ("34 years")."""
    inside = [t.lower_ for t in doc[amount.start : amount.end]]
    around = doc[amount.end : amount.end + 2].text.lower()
    return "old" in inside or "old" in around.replace("-", " ").split() or not any(w.startswith("year") for w in inside)


def _age(doc: Doc, amount: Amount, is_a: IsA) -> Iterator[Draft]:
    told = _beside_name(doc, amount, is_a)
    if told is not None:
        value = Quantity(amount.low, amount.high, doc[amount.start : amount.end].text, amount.approximate)
        yield Draft(told.index, "age", value, amount.start, AGE, "persons/age")
        return
    number = doc[amount.start : amount.end].root
    then, aged = _at_the_age(doc, amount), number.head.lower_ == "aged"
    for token, teller in _above(number):
        person = thing_of(doc, token)
        if then and token.pos_ in ("VERB", "NOUN", "PROPN", "PRON") and _verb_of(teller).lemma_ not in _DYING:
            return  # "left school at 16" is long ago
        if aged and (person is None or not is_a(person.kind, "Person")):
            continue  # "died at her home in Porto aged 91"
        if person is not None:
            if is_a(person.kind, "Person") and (person.count or 1) == 1:
                value = Quantity(amount.low, amount.high, doc[amount.start : amount.end].text, amount.approximate)
                yield Draft(person.index, "age", value, teller.i, AGE * certainty(token), "persons/age")
            return
        if token.pos_ in ("NOUN", "PROPN") and token.lemma_.lower() not in ("age", "year"):
            return  # "a 92-year-old award": the age of something else


def _beside_name(doc: Doc, amount: Amount, is_a: IsA) -> Thing | None:
    """ "Judge Al Penn told Ana Costa, 34, that …": the person named before the commas, whatever the tree says."""
    start, end = amount.start, amount.end
    if start < 2 or end >= len(doc) or doc[start - 1].text != "," or doc[end].text not in (",", "."):
        return None
    name = next((e for e in doc.ents if e.end == start - 1 and e.label_ == "Person"), None)
    return _named_person(doc, name.root, is_a) if name is not None and end - start == 1 else None


_DYING = frozenset("die pass succumb perish drown collapse kill murder execute assassinate shoot stab".split())


def _at_the_age(doc: Doc, amount: Amount) -> bool:
    """Whether an age is when something happened: "at the age of six", "at 16"."""
    before = [t.lower_ for t in doc[max(0, amount.start - 4) : amount.start]]
    return (
        before[-1:] == ["at"]
        or before[-2:] == ["at", "age"]
        or before[-3:] in (["the", "age", "of"], ["an", "age", "of"])
    )


def _verb_of(token: Token) -> Token:
    """The verb that a word hangs on, or the word itself where it hangs on none."""
    return next((t for t in (token, *token.ancestors) if t.pos_ == "VERB"), token)


def _above(number: Token) -> Iterator[tuple[Token, Token]]:
    """The phrases that an age may be said of, from the nearest: what it is in apposition to, or a subject; each with
    the word that tells it, whose time is that of the age ("died on Monday at the age of 88")."""
    node = number
    for _ in range(_STEPS):
        subjects = [c for c in node.children if c.dep_ in ("nsubj", "nsubj:pass", "nsubj:outer") and c.i != number.i]
        if node.pos_ in ("VERB", "AUX") and not subjects:
            subjects = clauses.surface_subjects(node)[0]
        yield from ((t, node) for t in subjects[:1])
        if subjects or node.head.i == node.i or node.dep_ in ("ccomp", "advcl", "parataxis", "conj"):
            return
        node = node.head
        yield node, number


def _nation(doc: Doc, adjective: Token, frames: Frames, is_a: IsA) -> Iterator[Draft]:
    country = thing_of(doc, adjective)
    if country is None or country.kind != "Country":
        return
    word = adjective.head if adjective.head.ent_type_ == "Nationality" else adjective  # "French-Lebanese"
    if word.dep_ not in ("amod", "compound", "nmod:desc"):
        return
    noun = word.head
    if noun.lemma_.lower() == "character":
        return  # of a story
    for person in _described(doc, noun, frames, is_a):
        named = next((t.i for t in doc[noun.i :] if t.ent_type_ == "Person"), noun.i)
        between = doc[adjective.i + 1 : named if noun.dep_ == "nmod:desc" else noun.i + 1]
        if not any(_is_office(t, frames) for t in (*between, noun)):
            yield Draft(person.index, "citizenOf", country.index, noun.i, NATION, "persons/nation")


def _national(doc: Doc, noun: Token, is_a: IsA) -> Iterator[Draft]:
    """ "Freja Lind, a Dane", "she is a Briton": the noun for one of a people says of which country somebody is."""
    land = demonyms.country_of_people(noun.text)
    if land is None or noun.dep_ == "amod" or not any(c.lower_ in ("a", "an") for c in noun.children):
        return
    copula = any(c.dep_ == "cop" for c in noun.children)
    tokens = clauses.surface_subjects(noun)[0] if copula else [noun.head] if noun.dep_ == "appos" else []
    for token in tokens:
        person = _named_person(doc, token, is_a)
        if person is not None:
            yield Draft(person.index, "citizenOf", _country(doc, land, noun).index, noun.i, NATION, "persons/nation")


def _country(doc: Doc, name: str, noun: Token) -> Thing:
    """The country of this name; made where the document has not spoken of it yet."""
    known: Thing | None = next((t for t in doc._.things if t.kind == "Country" and t.name == name), None)
    if known is not None:
        return known
    made = Thing(len(doc._.things), "Country", name, True, [Reference(noun.i, noun.i + 1, noun.i, "nominal")])
    doc._.things.append(made)
    return made


def _described(doc: Doc, noun: Token, frames: Frames, is_a: IsA) -> Iterator[Thing]:
    """People with a name whom the noun describes: "the engineer X", "X is a novelist"."""
    for token in (noun, noun.head if noun.dep_ in ("nmod:desc", "compound", "appos") else noun):
        person = _named_person(doc, token, is_a)
        if person is not None:
            yield person
            return
    if _is_trade(noun, frames):
        for bearer in bearers.bearers(noun, frames.lexicon.identity):
            person = _named_person(doc, bearer.token, is_a)
            if person is not None:
                yield person


def _is_trade(noun: Token, frames: Frames) -> bool:
    """Whether a noun says what somebody is: one of the lexicon's, or a noun of the form of "novelist", "boxer"."""
    entry = frames.entry_of(noun)
    if entry is not None:
        return entry.kind == "Person"
    return noun.pos_ == "NOUN" and noun.lemma_.lower().endswith(("ist", "er", "or", "ian", "man", "woman"))


def _named_person(doc: Doc, token: Token, is_a: IsA) -> Thing | None:
    thing = thing_of(doc, token)
    return thing if thing is not None and thing.named and is_a(thing.kind, "Person") else None


def _origin(doc: Doc, name: Token, is_a: IsA) -> Iterator[Draft]:
    """Where a person is from or lives ("X, from Porto", "X, 34, of Porto", "Kenya's X"); of which party or staff."""
    person = _named_person(doc, name, is_a)
    if person is None or any(c.lower_ == "the" for c in name.lefts):
        return  # "the Mozart of Norway" is somebody else
    aged = any(c.pos_ == "NUM" and c.dep_ in ("amod", "appos", "nummod") for c in name.children)
    first = name.head if name.dep_ == "conj" else name
    titled = any(c.dep_ in ("nmod:desc", "compound") for c in first.lefts) or first.dep_ in ("appos", "flat")
    described = any(c.dep_ in ("nmod:desc", "compound", "amod") for c in name.lefts)
    for owner in (c for c in name.lefts if c.dep_ == "nmod:poss" and not (titled and described)):
        country = thing_of(doc, owner)
        if country is not None and country.kind == "Country":
            yield Draft(person.index, "citizenOf", country.index, name.i, ORIGIN, "persons/nation")
    for marker, phrase in clauses.obliques(name):
        other = thing_of(doc, phrase)
        if other is None or not other.named:
            continue
        if marker == "from" and is_a(other.kind, "Place"):
            yield Draft(person.index, "comesFrom", other.index, phrase.i, ORIGIN, "persons/from")
        elif marker == "of" and _has_members(other, is_a):
            yield Draft(person.index, "memberOf", other.index, phrase.i, ORIGIN, "persons/party")
        elif marker == "of" and _has_staff(other, is_a):
            yield Draft(person.index, "employedBy", other.index, phrase.i, ORIGIN, "persons/staff")
        elif marker == "of" and other.kind == "Country" and (not titled or _is_ranked(first)):
            yield Draft(person.index, "citizenOf", other.index, phrase.i, ORIGIN, "persons/nation")
        elif marker == "of" and aged and is_a(other.kind, "Place") and other.kind != "Country":
            yield Draft(person.index, "livesIn", other.index, phrase.i, ORIGIN, "persons/of")


def _has_members(body: Thing, is_a: IsA) -> bool:
    """Whether "X of Y" makes X a member: by the sort of body, or by what its name calls it."""
    if any(is_a(body.kind, kind) for kind in _MEMBERS):
        return True
    return body.kind == "Organization" and body.name.split()[-1].lower() in _JOINED


def _has_staff(body: Thing, is_a: IsA) -> bool:
    """Whether "X of Y" makes X one of its staff."""
    own = body.name.split(" of ")[0].lower().split()  # "National Institute of Hygiene" is an institute
    called = body.kind == "Organization" and bool({own[0], own[-1]} & _MANNED)
    return called or any(is_a(body.kind, kind) for kind in _STAFFED)


_JOINED = frozenset("party bloc front alliance league movement coalition rifles regiment brigade battalion".split())
"""Last words of the names of bodies whose people are members."""
_MANNED = frozenset(
    """
    institute university college research securities capital bank hospital clinic agency bureau laboratory observatory
    museum times post herald gazette courier tribune news radio academy partners consulting analytics economics
    """.split()
)
"""Words in the names of bodies whose people are staff."""


def staffed(doc: Doc, found: Iterable[Draft], is_a: IsA) -> Iterator[Draft]:
    """The drafts, those as staff who are told to have joined, left or belonged to a body that has no members."""
    for draft in found:
        if draft.predicate == "memberOf" and isinstance(draft.object, int):
            one, body = doc._.things[draft.subject], doc._.things[draft.object]
            if is_a(one.kind, "Person") and body.named and _has_staff(body, is_a):
                yield replace(draft, predicate="employedBy")
                continue
        yield draft


def _is_ranked(name: Token) -> bool:
    """ "Lieutenant General X of India": an officer is of the country, where an office would be the country's."""
    return any(c.lower_.strip(".") in RANKS for c in name.lefts if c.dep_ in ("nmod:desc", "compound"))


def _staff(doc: Doc, noun: Token, frames: Frames, is_a: IsA) -> Iterator[Draft]:
    """ "X, a glaciologist at the University of Y", "the film critic with the Y Post, X": a trade."""
    if noun.pos_ != "NOUN" or not _is_hired(noun, frames):
        return
    bodies = [t for marker, p in clauses.obliques(noun) if marker in ("at", "with") and (t := thing_of(doc, p))]
    for body in (t for t in bodies if t.named and is_a(t.kind, "Organization") and not _has_members(t, is_a)):
        for bearer in bearers.bearers(noun, frames.lexicon.identity):
            person = _named_person(doc, bearer.token, is_a) if bearer.how != "itself" else None
            if person is not None:
                time = frames.time_held(noun, bearer)
                yield Draft(
                    person.index,
                    "employedBy",
                    body.index,
                    bearer.head.i,
                    ORIGIN * certainty(bearer.token),
                    "persons/staff",
                    time,
                    ends=bearer.how == "former",
                )


_HIRED = ("ist", "ologist", "ographer", "lawyer", "solicitor", "critic", "curator", "banker", "nurse", "historian")
_NOT_HIRED = frozenset(
    """
    artist soloist guitarist bassist pianist cellist violinist activist protagonist specialist finalist medallist
    medalist motorist tourist cyclist novelist loyalist lobbyist separatist extremist terrorist feminist socialist
    communist capitalist nationalist altoist vocalist florist
    """.split()
)


def _is_hired(noun: Token, frames: Frames) -> bool:
    """Whether a noun tells a trade that is done for a body, and no other rule reads it."""
    entry, word = frames.entry_of(noun), noun.lemma_.lower()
    return (entry is None or not entry.frames) and word.endswith(_HIRED) and word not in _NOT_HIRED


def _from(doc: Doc, noun: Token, frames: Frames, is_a: IsA) -> Iterator[Draft]:
    """ "X, a retired teacher from Porto", "the driver X from Porto", "X is a farmer from Porto"."""
    if noun.pos_ != "NOUN" or not _is_trade(noun, frames):
        return
    places = [t for marker, p in clauses.obliques(noun) if marker == "from" and (t := thing_of(doc, p)) is not None]
    for place in (t for t in places if t.named and is_a(t.kind, "Place")):
        for bearer in bearers.bearers(noun, frames.lexicon.identity):
            person = _named_person(doc, bearer.token, is_a) if bearer.how != "itself" else None
            if person is not None:
                yield Draft(person.index, "comesFrom", place.index, noun.i, ORIGIN, "persons/from")


def _own_party(doc: Doc, name: Token, is_a: IsA) -> Iterator[Draft]:
    """ "Costa's Socialist Party", "her Liberal Alliance": whose party it is belongs to it."""
    party = thing_of(doc, name)
    if party is None or not party.named or not is_a(party.kind, "Party"):
        return
    for owner in (c for c in name.lefts if c.dep_ == "nmod:poss"):
        person = _named_person(doc, owner, is_a)
        if person is not None:
            yield Draft(person.index, "memberOf", party.index, name.i, ORIGIN * certainty(owner), "persons/party")


def _predicated(doc: Doc, name: Token, is_a: IsA) -> Iterator[Draft]:
    """What a name beside a person's says of them: "X, a Republican", "X is a Democrat", "X is from Porto"."""
    other = thing_of(doc, name)
    if other is None or not other.named:
        return
    copula = any(c.dep_ == "cop" for c in name.children)
    subjects = clauses.surface_subjects(name)[0] if copula else [name.head] if name.dep_ == "appos" else []
    article = any(c.lower_ in ("a", "an") for c in name.children)
    for subject in subjects:
        person = _named_person(doc, subject, is_a)
        if person is None:
            continue
        if is_a(other.kind, "Party") and article:
            yield Draft(person.index, "memberOf", other.index, name.i, ORIGIN, "persons/party")
        elif copula and clauses.preposition(name) == "from" and is_a(other.kind, "Place"):
            yield Draft(person.index, "comesFrom", other.index, name.i, ORIGIN, "persons/from")


def _is_office(noun: Token, frames: Frames) -> bool:
    """Whether the adjective says what the office is of ("the French president"), not where its holder is from.

    So does any title in capitals but a rank: a "U.S. Attorney" serves the country, a "U.S. Gen." is from there, too.
    """
    if noun.pos_ not in ("NOUN", "PROPN") or noun.ent_type_ == "Person":
        return False
    entry = frames.entry_of(noun)
    titled = noun.text[:1].isupper() and noun.lower_.strip(".") not in RANKS
    return titled or noun.lemma_.lower() in SERVANTS or (entry is not None and entry.office and not _is_rank(noun))


def _is_rank(noun: Token) -> bool:
    return noun.lower_.strip(".") in RANKS


RANKS = frozenset(
    "gen general lt lieutenant col colonel maj major sgt sergeant capt captain adm admiral cmdr commander brig pvt"
    " private cpl corporal soldier".split()
)
SERVANTS = frozenset(
    "envoy official ambassador diplomat attorney government candidate lawmaker prosecutor spokesman".split()
)
