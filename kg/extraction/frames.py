"""A Doc with trees, things and times in, drafts of claims out: the lexicon's frames matched over the trees.

Verbs are matched with the arguments of their active clause (:mod:`.clauses`); nouns with what they belong to and with
whom they describe (:mod:`.bearers`). A draft is made only if the ontology accepts the kinds of its two sides.
"""

from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import dataclass, replace
from functools import partial

from spacy.tokens import Doc, Token

from kg.claims import Text
from kg.extraction import bearers, clauses
from kg.extraction.drafts import Draft, Value, datatype, thing_of, time_value
from kg.extraction.layers import Thing
from kg.extraction.lexicon import Argument, Entry, Frame, Lexicon
from kg.extraction.places import BANKS, named_places
from kg.extraction.positions import FORMER, position, title_of
from kg.extraction.times import time_of

Accepts = Callable[[str, str, str], bool]

IN_PLACE = frozenset({"in", "at", "inside", "outside", "within", "on", "across"})
"""Prepositions of a place in which something is or happens ("near" is not in)."""

OF_ONE = frozenset({"killedBy", "diedIn", "diedOn", "bornIn", "bornOn", "buriedIn", "causeOfDeath"})
"""What is told of people one by one."""

PASSING = frozenset({"killedBy", "diedIn", "diedOn"})
"""What happens once: in the simple present it is said of no one case ("strikes that kill civilians")."""

OF_NAMED = frozenset(
    "leaderOf memberOf spouse childOf siblingOf founded comesFrom citizenOf livesIn bornIn bornOn educatedAt employedBy"
    " candidateFor successorOf alliedWith opponentOf createdBy publishedBy publishedOn awarded participatedIn"
    " foundedOn".split()
)
"""What is worth telling only of somebody with a name: "a man born in Leeds" can't be found again."""

LASTING = frozenset("leaderOf memberOf employedBy spouse livesIn ownedBy partOf basedIn alliedWith".split())
"""States, which hold for a time and may be over."""

OF_TRIED = frozenset({"accusedOf", "convictedOf", "sentencedTo"})
"""What laws and warnings say of anybody, too."""

TO_NAMED = frozenset("employedBy alliedWith educatedAt endorsed successorOf adjacentTo appointed".split())
"""What is worth telling only with a name at its end: "works for a bank" can't be found again."""

OUTLAWS = frozenset(
    """
    militant rebel gunman kidnapper abductor captor bandit pirate jihadist jihadi insurgent extremist terrorist rioter
    separatist guerrilla robber gang mob gangster hijacker islamist secessionist hostage-taker militia militiaman
    """.split()
)
"""Who takes people away but arrests nobody."""

# Priors of a wording, coarse: set by hand, then checked by reading what each gave on real articles.
VERB, NOUN, TITLE, DESCRIPTION = 0.9, 0.85, 0.92, 0.8
# What makes a reading less sure.
PRONOUN, NOMINAL, SHARED_SUBJECT = 0.9, 0.92, 0.93

_DEPUTY = frozenset(
    [
        "deputy",
        "vice",
        "acting",
        "interim",
        "assistant",
        "associate",
        "deposed",
        "would-be",
        "minority",
        "majority",
        "opposition",
        "aspiring",
        "designate",
        "elect",
    ]
)
_TASKS = frozenset({"lead", "head", "run", "serve", "replace", "succeed", "chair", "oversee", "be", "become", "fill"})
_POSTS = frozenset({"post", "role", "position", "job", "seat", "mate", "successor", "head", "envoy"})
FOR_LIFE = frozenset(
    """
    gen general lt lieutenant col colonel maj major sgt sergeant capt captain adm admiral cmdr commander brig private
    cardinal bishop archbishop father rev reverend prof professor dr doctor prince princess sir lord lady dame
    """.split()
)
"""Ranks and titles that stay with who is sacked or retires."""
_GOING = frozenset({"resign", "retire", "step", "quit"})
"""Verbs of leaving an office whose subject leaves it; of the others the object does."""
_NOT_GONE = frozenset("not n't never will would may might could should".split())
_CHARGES = frozenset({"charge", "count", "suspicion", "allegation", "accusation"})
_TERMS = frozenset({"year", "month", "week", "day", "life", "decade", "hour", "euro", "dollar", "pound", "time"})
_JAILS = frozenset({"prison", "jail", "custody", "labour", "labor"})
_REMAINS = frozenset({"remains", "remain", "body", "ash", "ashes", "corpse", "coffin", "casket"})
_HARMED = frozenset("dead injured wounded hurt missing homeless hospitalised hospitalized".split())
_WORDY = frozenset(
    """
    bill law plan policy record budget freedom right democracy idea proposal reform constitution legacy independence
    character reputation privacy liberty value principle agreement deal
    """.split()
)
"""What is attacked in words."""
_WHO = frozenset({"Person", "Organization", "NewsAgency", "Government", "Party", "Company"})
"""Whoever is named where a charge is looked for says it, or brings it; it is no charge."""
_ONE_OF_MANY = frozenset({"leader"})
""" "An iconic leader of the party" is one of several."""
_NARROWING = frozenset({"staff", "state", "mission", "operations"})
""" "chief of staff" leads no staff."""


@dataclass(frozen=True, slots=True)
class Filler:
    """One filler of an argument: a thing with the token that refers to it, or a value."""

    value: int | Value
    token: Token | None = None


class Frames:
    """Matches the lexicon over one document after another."""

    def __init__(self, lexicon: Lexicon, accepts: Accepts, is_a: Callable[[str, str], bool]) -> None:
        self.lexicon = lexicon
        self.accepts = accepts
        self.is_a = is_a

    def drafts(self, doc: Doc) -> Iterator[Draft]:
        """All that the lexicon finds, in the order of the text."""
        for token in doc:
            if token.pos_ == "VERB" or (token.pos_ == "ADJ" and token.tag_ == "VBN"):
                yield from self._verb(token)
                if token.pos_ == "ADJ" or token.tag_ == "JJ":
                    yield from self._adjective(token)
            elif token.pos_ == "ADJ":
                yield from self._adjective(token)
                if token.dep_ == "amod" and token.head.pos_ == "PROPN" and token.head.i > token.i:
                    yield from self._noun(token)  # "Porto resident X", read as an adjective
            elif token.pos_ in ("NOUN", "PROPN"):
                yield from self._noun(token)

    def _verb(self, verb: Token) -> Iterator[Draft]:
        for entry in self.lexicon.verbs.get(verb.lemma_.lower(), ()):
            found = self._matched(entry, verb)
            if found is None or not entry.frames or (entry.needs_office and not self._to_office(verb)):
                continue
            if verb.lemma_.lower() == "leave" and any(c.lower_ in _HARMED for c in verb.subtree if c.i > verb.i):
                continue  # "left 30 rebels dead"
            clause = clauses.clause(verb)
            for word in found:
                for marker, token in clauses.obliques(word):
                    clause.obliques.setdefault(marker, []).extend(clauses.conjuncts(token))
            clause.words = found
            generic = clauses.is_generic(verb)
            frames = [f for f in entry.frames if not (generic and f.predicate in PASSING)]
            yield from self._in_clause(frames, clause)
            return

    def _to_office(self, verb: Token) -> bool:
        """Whether the verb has an office, a body or a task with it: "named X minister", "picked X to head the bank"."""
        for child in verb.children:
            posted = child.lemma_.lower() in _POSTS or self._is_office(child)
            if child.dep_ in ("xcomp", "obl", "advcl", "obj", "nsubj:pass") and posted:
                return True
            if child.dep_ == "obl" and clauses.preposition(child) == "to" and thing_of(child.doc, child) is not None:
                return True
            if child.dep_ in ("xcomp", "advcl") and child.lemma_ in _TASKS:
                return True
        return False

    def _in_clause(self, frames: Iterable[Frame], clause: clauses.Clause) -> Iterator[Draft]:
        for frame in frames:
            for draft in self._join(frame, clause.verb, partial(self._of_clause, clause), VERB):
                yield self._past(clause.verb, self._turned(frame.turn, clause.verb, draft))

    def _turned(self, turn: str | None, verb: Token, draft: Draft) -> Draft:
        """The state that a wording tells the begin or the end of: "joined in 1998" holds since then."""
        return replace(draft, time=turned(verb, turn), ends=turn == "ends") if turn else draft

    def _past(self, verb: Token, draft: Draft) -> Draft:
        """What somebody once did, or used to do, is over: "formerly worked for the bank", "was once married to X"."""
        published = verb.doc._.published
        if draft.predicate not in LASTING or draft.time or not published or not _is_over(verb):
            return draft
        return replace(draft, time=f"/{published[:10]}", ends=True)

    def _adjective(self, adjective: Token) -> Iterator[Draft]:
        """ "X is loyal to Y", "X, loyal to Y": frames of an adjective with what it is said of as subject."""
        for entry in self.lexicon.adjectives.get(adjective.lower_, ()):
            yield from self._in_clause(entry.frames, clauses.quality(adjective))

    def _matched(self, entry: Entry, verb: Token) -> list[Token] | None:
        """The dependants that are the entry's other words; None if one is missing."""
        found = list[Token]()
        for word in entry.words[1:]:
            near = [
                t
                for t in [*verb.children, *(g for c in verb.children if c.dep_ in ("obj", "obl") for g in c.children)]
                if word in (t.lower_, t.lemma_.lower())
            ]
            if not near or any(c.lower_ in ("not", "n't", "no", "never") for c in near[0].children):
                return None
            found.append(near[0])
        if len(entry.words) == 1 and any(c.dep_ == "compound:prt" for c in verb.children):
            return None
        return found

    def _of_clause(self, clause: clauses.Clause, argument: Argument) -> Iterator[Filler]:
        """The fillers of an argument in a verb's clause."""
        doc = clause.verb.doc
        match argument.name:
            case "subject":
                yield from self._marked(doc, argument, clause.subjects)
            case "object":
                yield from self._marked(doc, argument, clause.objects)
            case "each":
                if (not clause.objects or clause.words) and "with" not in clause.obliques:
                    yield from self._things(doc, clause.subjects)
            case "recipient":
                yield from self._things(doc, clause.recipients or clause.obliques.get("to", []))
            case "given":
                yield from self._marked(doc, argument, clause.given)
            case "quality":
                yield from self._things(doc, [t for w in clause.words for t in bearers.qualities(w)])
            case "time":
                yield from self._time(clause.verb, *(clause.subjects if clause.passive else ()))
            case "place":
                yield from self._places(doc, clause)
            case "inEvent":
                if clause.passive or not clause.objects:
                    for marker in argument.markers:
                        found = [f.value for f in self._things(doc, clause.obliques.get(marker, []))]
                        alone = not clause.subjects or not clause.passive
                        yield from (Filler(i) for i in found if self._is_deadly(doc._.things[i], marker, alone))
            case "destination" if clause.objects and not clause.words:
                return  # "flew supplies to Y" is no visit
            case _:
                tokens = [on for m in argument.markers for t in clause.obliques.get(m, []) for on in _water_of(t)]
                yield from self._marked(doc, argument, tokens or self._inner(argument, clause))

    def _is_deadly(self, event: Thing, marker: str, alone: bool) -> bool:
        """One dies in an attack or a crash; "in the war" or "at the rally" names no killer, nor does "in the incident"
        beside one who is told (not ``alone``)."""
        plain = event.kind == "Event" and marker == "in" and alone
        return plain or any(self.is_a(event.kind, k) for k in ("Attack", "Explosion", "Disaster"))

    def _inner(self, argument: Argument, clause: clauses.Clause) -> list[Token]:
        """A charge that the tree hangs on the accused: "charged X with fraud"."""
        if not argument.words:
            return []
        return [
            p for t in clause.objects for m, p in clauses.obliques(t) if m in argument.markers and p.i > clause.verb.i
        ]

    def _places(self, doc: Doc, clause: clauses.Clause) -> Iterator[Filler]:
        tokens = [t for marker, found in clause.obliques.items() if marker in IN_PLACE for t in found]
        within = [*(clause.subjects if clause.passive else ()), *(t for t in tokens if self._is_event(t))]
        tokens += [p for head in within for m, p in clauses.obliques(head) if m in IN_PLACE]
        if not tokens:
            tokens = [t for t in clause.places if clauses.preposition(t) in IN_PLACE]
        if not tokens and clause.verb.lemma_.lower() in ("kill", "injure", "wound", "hurt"):
            tokens = [p for t in clause.objects for m, p in clauses.obliques(t) if m == "in" and p.pos_ == "PROPN"]
        tokens += clause.subjects if clauses.is_hyphened(clause.verb) else []
        yield from self._in_places(doc, tokens)

    def _is_event(self, token: Token) -> bool:
        thing = thing_of(token.doc, token)
        return thing is not None and self.is_a(thing.kind, "Event")

    def _in_places(self, doc: Doc, tokens: list[Token]) -> Iterator[Filler]:
        for token in dict.fromkeys(tokens):
            for thing, named in named_places(doc, token, self.is_a):
                yield Filler(thing.index, named)

    def _marked(self, doc: Doc, argument: Argument, tokens: list[Token]) -> Iterator[Filler]:
        if argument.words:
            heads = [c for t in tokens for c in charges(t)] if argument.charge else tokens
            fitting = [t for t in heads if argument.term in (None, is_term(t)) and not _is_no_charge(t)]
            yield from (Filler(Text(words), t) for t in fitting if (words := phrase(t)))
            return
        offices = [t for t in tokens if argument.office and self._is_office(t)]
        yield from (Filler(self._office(t).index, t) for t in offices)
        for filler in self._things(doc, [t for t in tokens if t not in offices]):
            if self._fills(doc._.things[filler.value], argument):
                yield filler

    def _fills(self, thing: Thing, argument: Argument) -> bool:
        unnamed = argument.named and (not thing.named or thing.name.islower())
        if unnamed or any(self.is_a(thing.kind, k) for k in argument.excluded):
            return False
        return not argument.fillers or any(self.is_a(thing.kind, k) for k in argument.fillers)

    def _is_office(self, noun: Token) -> bool:
        entry = self.entry_of(noun)
        return (entry is not None and entry.office) or noun.lower_ in self.lexicon.offices

    def _office(self, noun: Token) -> Thing:
        """The position that a noun of office names: "mayor of Porto"."""
        owners = [t for t in bearers.owners(noun, noun) if thing_of(noun.doc, t) is not None]
        owner = thing_of(noun.doc, owners[0]) if owners else None
        title = self.lexicon.offices.get(noun.lower_) or title_of(noun, {t.i for t in owners})
        return position(noun.doc, title, noun, owner)

    def _things(self, doc: Doc, tokens: list[Token]) -> Iterator[Filler]:
        seen = set[int]()
        for token in (t for found in tokens for body in remains_of(found) for t in self._meant(doc, body)):
            thing = thing_of(doc, token)
            if thing is not None and thing.index not in seen:
                seen.add(thing.index)
                yield Filler(thing.index, token)

    def _meant(self, doc: Doc, token: Token) -> list[Token]:
        """The names in apposition to a description, "the tycoon X", "two men, X and Y", or whose title it is."""
        thing = thing_of(doc, token)
        if thing is not None and thing.named:
            return [token]
        names = [t for c in token.children if c.dep_ == "appos" for t in clauses.conjuncts(c)]
        if any(c.lower_ in ("a", "an") for c in token.lefts) and self._is_of_somebody(token):
            return [token]  # "a brother of the founder, X": it may be the founder's name
        names += [token.head] if token.dep_ == "nmod:desc" and thing is None else []
        named = [
            t for t in names if (other := thing_of(doc, t)) is not None and other.named and self._fit(thing, other)
        ]
        return named or [token]

    def _is_of_somebody(self, noun: Token) -> bool:
        """Whether somebody without a name is told between the noun and what stands beside it."""
        of = [p for marker, p in clauses.obliques(noun) if marker == "of"]
        return any((t := thing_of(p.doc, p)) is not None and self.is_a(t.kind, "Person") for p in of)

    def _fit(self, described: Thing | None, named: Thing) -> bool:
        """Whether a thing with a name can be what a description describes."""
        if described is None or self.is_a(named.kind, described.kind) or self.is_a(described.kind, named.kind):
            return True
        return described.kind == "Group" and named.kind == "Person"

    def _time(self, *heads: Token) -> Iterator[Filler]:
        """The time of the first head that has one; a passive's agent may carry it ("by a strike in 2020")."""
        for head in heads:
            time = time_of(head.doc, head.i)
            value = time_value(head.doc, time) if time else None
            if value:
                yield Filler(value)
                return

    def _join(
        self, frame: Frame, head: Token, fillers: Callable[[Argument], Iterator[Filler]], prior: float
    ) -> Iterator[Draft]:
        objects = list(fillers(frame.object))
        if not objects:
            return
        pair = frame.object.name == "each" or frame.subject == frame.object
        for subject in fillers(frame.subject):
            for other in objects:
                if pair and subject.token and other.token and subject.token.i >= other.token.i:
                    continue  # "X and Y met" tells of one meeting
                draft = self._draft(frame, head, subject, other, prior)
                if draft:
                    yield draft

    def _draft(self, frame: Frame, head: Token, subject: Filler, other: Filler, prior: float) -> Draft | None:
        things = head.doc._.things
        if not isinstance(subject.value, int) or subject.value == other.value:
            return None
        left = things[subject.value]
        kind = things[other.value].kind if isinstance(other.value, int) else datatype(other.value)
        if isinstance(other.value, int) and not self._is_meant(frame, head, things[other.value], other.token):
            return None
        if not self.accepts(frame.predicate, left.kind, kind):
            return None
        if isinstance(other.value, int) and self._is_vague(things[other.value]):
            return None
        if not worth_telling(
            head.doc, frame.predicate, left, things[other.value] if isinstance(other.value, int) else None
        ):
            return None
        if (
            frame.predicate == "locatedIn"
            and other.token is not None
            and _is_on_water(things[other.value], other.token)
        ):
            return None
        if frame.predicate in OF_ONE and not left.named and self._counted(subject.token):
            return None
        if frame.predicate == "candidateFor" and left.kind == "Country":
            return None  # "Norway's bid for a seat"
        if frame.predicate in OF_TRIED and not left.named and not self._is_case(head, subject.token):
            return None
        sure = prior * certainty(subject.token) * certainty(other.token)
        if frame.predicate == "arrested" and isinstance(other.value, int) and self._is_outlaw(left, subject.token):
            return Draft(other.value, "kidnappedBy", left.index, head.i, sure, f"frames/{frame.name}")
        return Draft(left.index, frame.predicate, other.value, head.i, sure, f"frames/{frame.name}")

    def _is_vague(self, place: Thing) -> bool:
        """ "a country", "the town": a place that nobody could find by it; a site or a grave is one."""
        return not place.named and place.kind in ("Country", "City", "Region", "Place", "GeographicFeature")

    def _is_meant(self, frame: Frame, head: Token, thing: Thing, token: Token | None) -> bool:
        """Whether who "held" somebody is an outlaw; who "fires back at his critics" attacks nobody."""
        if frame.name == "attacking-on":
            return not any(c.lower_ == "back" for c in head.children)
        return frame.name != "holding" or self._is_outlaw(thing, token)

    def _is_outlaw(self, thing: Thing, token: Token | None) -> bool:
        """Whether somebody has no right to arrest: whom militants seize is kidnapped."""
        called = token.lemma_.lower() if token is not None and token.pos_ == "NOUN" else ""
        return thing.kind == "ArmedGroup" or called in OUTLAWS

    def _is_case(self, verb: Token, accused: Token | None) -> bool:
        """Whether it is told of somebody in particular: "people accused of crimes", "for not charging a president" are
        anybody."""
        who = verb.head if verb.dep_ in ("acl", "acl:relcl") else accused
        if who is not None and who is not accused and _is_bare(who):
            return False
        if accused is None or _tells_of_one(verb):
            return True
        return verb.tag_ == "VBN" and accused.pos_ != "PRON" and not _is_bare(accused)

    def _counted(self, token: Token | None) -> bool:
        """Whether a number stands with the noun: its dead are counted (:mod:`.events`), not told one by one."""
        return token is not None and any(
            a.counted == token.i or a.start <= token.i < a.end for a in token.doc._.amounts
        )

    def _noun(self, noun: Token) -> Iterator[Draft]:
        entry = self.entry_of(noun)
        if entry is None:
            yield from self._sensed(noun)
            return
        if not entry.frames:
            return
        if any(c.lower_ in _DEPUTY and c.dep_ != "conj" for c in noun.children):
            return
        if any(c.dep_ == "nmod" and c.lemma_ in _NARROWING for c in noun.children):
            return
        if _is_in_words(noun):
            return
        if noun.doc[noun.i + 1 : noun.i + 5].text.lower() == "-in-law":
            return  # no son of theirs
        if noun.lemma_.lower() in _ONE_OF_MANY and any(c.lower_ in ("a", "an") for c in noun.children):
            return
        if entry.doing:
            clause = clauses.deed(noun)
            yield from self._in_clause([f for f in entry.frames if not _of_noun_itself(f)], clause)
        for bearer in bearers.bearers(noun, self.lexicon.identity):
            alone = bearer.how == "itself" and not self._worth_telling(noun)
            time = self.time_held(noun, bearer)
            prior = TITLE if bearer.how == "title" else NOUN if bearer.how != "itself" else DESCRIPTION
            for frame in entry.frames:
                if bearer.how == "itself" and frame.subject.name == "itself" and frame.predicate in OF_NAMED:
                    continue  # "the president of Peru" tells of nobody new who that is
                if (alone and "itself" in _sides(frame)) or (entry.doing and not _of_noun_itself(frame)):
                    continue
                for draft in self._join(frame, bearer.head, partial(self._of_noun, noun, bearer), prior):
                    yield replace(draft, time=draft.time or time, ends=bearer.how == "former")

    def _sensed(self, noun: Token) -> Iterator[Draft]:
        """A noun without an entry that tells a deed in the sense of some verb's entry: "the hiring of X by Y"."""
        role_frame = (noun.doc._.roles or {}).get(noun.i)
        if role_frame is None or role_frame.probability < clauses.SURE:
            return
        entry = self.lexicon.senses.get(role_frame.sense)
        if entry is not None:
            yield from self._in_clause(entry.frames, clauses.deed(noun))

    def _worth_telling(self, noun: Token) -> bool:
        """Of things known by a description only, events are told; "a member of the party" says nothing that lasts."""
        thing = thing_of(noun.doc, noun)
        return thing is not None and (thing.named or self.is_a(thing.kind, "Event") or thing.kind == "Site")

    def time_held(self, noun: Token, bearer: bearers.Bearer) -> str | None:
        """When somebody is or was what a noun says, where the wording tells it: "former", "since 2011", "became"."""
        published = noun.doc._.published
        own = time_of(noun.doc, noun.i)
        if bearer.how == "former":
            return turned(bearer.head, "ends")
        if own is not None and own.value and "/" in own.value:
            return own.value
        if former_of(noun) is not None:
            return f"/{published[:10]}" if published else None
        for_life = noun.lower_.strip(".") in FOR_LIFE
        if bearer.how == "title" and not for_life and (leaving := self._leaves(bearer.token)) is not None:
            return turned(leaving, "ends")
        turn = self.lexicon.turns.get(bearer.head.lemma_.lower()) if bearer.how == "identity" else None
        return turned(bearer.head, turn) if turn else None

    def _leaves(self, holder: Token) -> Token | None:
        """The verb that tells that the holder of an office leaves it: "sacked Minister X", "Mayor X resigned"."""
        verb = holder.head
        if verb.tag_ not in ("VBD", "VBN") or "as-former" not in self.lexicon.identity.get(verb.lemma_.lower(), set()):
            return None
        clause, words = clauses.clause(verb), {c.lower_ for c in verb.children}
        if words & _NOT_GONE or {"as", "from"} & clause.obliques.keys():
            return None
        if verb.lemma_.lower() == "step" and not words & {"down", "aside"}:
            return None
        left = clause.subjects if verb.lemma_.lower() in _GOING else clause.objects
        return verb if holder in left else None

    def _of_noun(self, noun: Token, bearer: bearers.Bearer, argument: Argument) -> Iterator[Filler]:
        doc = noun.doc
        match argument.name:
            case "itself":
                yield from self._marked(doc, argument, [bearer.token])
            case "owner":
                yield from self._marked(doc, argument, self._owners(noun, bearer))
            case "possessor":
                whose = [t for c in noun.children if c.dep_ == "nmod:poss" for t in clauses.conjuncts(c)]
                yield from self._marked(doc, argument, whose)
            case "each":
                plural = noun.morph.get("Number", []) == ["Plur"]
                yield from self._things(doc, list(clauses.conjuncts(bearer.token)) if plural else [])
            case "quality":
                yield from self._adjectives_office(noun)
            case "time":
                yield from self._time(noun)
            case "place":
                found = [t for t in self._phrases(noun, IN_PLACE) if not self._is_topic(noun, t)]
                yield from self._in_places(doc, found)
            case _:
                tokens = self._phrases(noun, set(argument.markers))
                if argument.modifier:
                    tokens += bearers.owners(noun, bearer.token)
                if argument.name == "by":
                    tokens += [t for t in bearers.modifiers(noun) if self._is_agent(doc, t)]
                yield from self._marked(doc, argument, tokens)

    def _owners(self, noun: Token, bearer: bearers.Bearer) -> list[Token]:
        """What the noun belongs to: "the Liberal chairman of the committee" chairs the committee, no party."""
        found = bearers.owners(noun, bearer.token)
        after = [t for t in found if t.i > noun.i]
        return [t for t in found if not after or t.i > noun.i or not self._is_party(t)]

    def _is_party(self, token: Token) -> bool:
        thing = thing_of(token.doc, token)
        return thing is not None and thing.kind == "Party"

    def _adjectives_office(self, noun: Token) -> Iterator[Filler]:
        """The office that an adjective names: "presidential candidate"."""
        for child in noun.lefts:
            title = self.lexicon.offices.get(child.lower_)
            if title is not None:
                yield Filler(position(noun.doc, title, child, None).index, child)

    def _is_topic(self, noun: Token, phrase: Token) -> bool:
        """ "A meeting on Syria" is about it; an attack on a town is in it."""
        thing, place = thing_of(noun.doc, noun), thing_of(noun.doc, phrase)
        land = place is not None and place.kind in ("Country", "City", "Region")
        hostile = thing is not None and any(self.is_a(thing.kind, k) for k in ("Attack", "Explosion", "Disaster"))
        return clauses.preposition(phrase) == "on" and land and not hostile

    def _phrases(self, noun: Token, markers: Set[str]) -> list[Token]:
        """Phrases with one of the prepositions on the noun or on its owner: "the killing of X by Y"."""
        heads = [noun, *(bearers.owners(noun, noun) if not markers & {"of"} else [])]
        return [t for head in heads for m, p in clauses.obliques(head) if m in markers for t in clauses.conjuncts(p)]

    def _is_agent(self, doc: Doc, token: Token) -> bool:
        """Whether what stands before an event ("a U.S. strike", "an Israeli raid") names who may have done it."""
        thing = thing_of(doc, token)
        return thing is not None and (thing.kind == "Country" or self.is_a(thing.kind, "Organization"))

    def entry_of(self, noun: Token) -> Entry | None:
        """The lexicon's entry of a noun, with the words before it if there is a longer one."""
        lemma = noun.lemma_.lower().rstrip(".")
        for entry in self.lexicon.nouns.get(lemma, self.lexicon.nouns.get(noun.lower_, ())):
            n = len(entry.words)
            before = [t.lower_ for t in noun.doc[max(0, noun.i - 2 * n) : noun.i] if t.text != "-"]  # "vice-president"
            if n == 1 or before[1 - n :] == list(entry.words[:-1]):
                return entry
        return None


def _is_over(verb: Token) -> bool:
    """Whether a verb of the past tells, by a word beside it, of what is no longer."""
    used = verb.dep_ == "xcomp" and verb.head.lemma_ == "use" and verb.head.tag_ == "VBD"
    once = any(c.lower_ in ("once", "formerly", "previously") and c.dep_ == "advmod" for c in verb.children)
    past = verb.tag_ == "VBD" or any(c.tag_ == "VBD" for c in verb.children if c.dep_ in ("aux", "aux:pass"))
    return used or (once and past and time_of(verb.doc, verb.i) is None)


def _is_in_words(noun: Token) -> bool:
    """Whether an attack is one in words only: "an attack on the bill", "an assault on press freedom"."""
    aims = [p for m, p in clauses.obliques(noun) if m in ("on", "against")]
    return noun.lemma_.lower() in ("attack", "assault") and any(p.lemma_.lower() in _WORDY for p in aims)


def _sides(frame: Frame) -> set[str]:
    return {frame.subject.name, frame.object.name}


def _of_noun_itself(frame: Frame) -> bool:
    return bool({"itself", "owner"} & _sides(frame))


def turned(head: Token, turn: str | None) -> str | None:
    """The time of a state that begins or ends with what ``head`` tells; what is over ends by the day of publication."""
    time = time_of(head.doc, head.i)
    value = time.value if time else None
    if value is None or turn is None:
        published = head.doc._.published
        return f"/{published[:10]}" if turn == "ends" and published else None
    if "/" in value:
        return value
    return f"{value}/" if turn == "begins" else f"/{value}"


def is_described(thing: Thing) -> bool:
    """Whether somebody is known by descriptions only; of whom a text calls "she" throughout it tells like of a name."""
    return not thing.named and any(r.form == "nominal" for r in thing.references)


def former_of(noun: Token) -> Token | None:
    """The word that says that somebody no longer is it ("former President X"), wherever the tree hangs it."""
    for before in reversed(noun.doc[max(0, noun.i - 2) : noun.i]):
        if before.lower_ in FORMER:
            return before
        if before.text != "-":  # "then-president"
            break
    return next((c for c in noun.children if c.lower_ in FORMER), None)


def remains_of(token: Token) -> list[Token]:
    """Whose body it is, where a body is spoken of: "the remains of X were buried"."""
    if token.lemma_.lower() not in _REMAINS:
        return [token]
    whose = [
        c for c in token.children if c.dep_ == "nmod:poss" or (c.dep_ == "nmod" and clauses.preposition(c) == "of")
    ]
    return [t for c in whose for t in clauses.conjuncts(c)] or [token]


def certainty(token: Token | None) -> float:
    """How much a reference by pronoun or description takes from a claim's confidence."""
    if token is None or token.pos_ == "PROPN":
        return 1.0
    return PRONOUN if token.pos_ == "PRON" else NOMINAL


def _is_on_water(place: Thing, token: Token) -> bool:
    """Whether something lies on a river or sea, and so not in it."""
    wet = {"river", "lake", "sea", "lough", "loch", "bay", "gulf", "ocean", "canal", "strait", "estuary", "fjord"}
    return clauses.preposition(token) == "on" and bool(wet & set(place.name.lower().split()))


def _water_of(token: Token) -> list[Token]:
    """ "On the banks of the Neris": the river, for its bank."""
    if token.lemma_.lower() not in BANKS:
        return [token]
    return [p for marker, p in clauses.obliques(token) if marker == "of"] or [token]


def _is_placed(child: Token) -> bool:
    """Whether a phrase under a noun only says where or when it was."""
    return child.dep_ in ("nmod", "obl") and clauses.preposition(child) in ("at", "in", "on", "near", "during")


def _is_reason(child: Token) -> bool:
    """ "12 years for fraud": what a sentence was given for is no part of it."""
    return child.dep_ in ("nmod", "obl") and clauses.preposition(child) in ("for", "over", "after")


def _is_no_charge(token: Token) -> bool:
    """Whether a phrase is no charge or punishment: somebody's name, or a term of office, not "a term in prison"."""
    if token.ent_type_ in _WHO:
        return True
    return token.lemma_.lower() == "term" and not _JAILS & {t.lower_ for t in token.subtree}


def _tells_of_one(verb: Token) -> bool:
    """Whether a verb tells what was done once: "a crowd was charged", but not "people charged with crimes may be …"."""
    if verb.pos_ != "VERB":
        return True
    finite = [verb, *(c for c in verb.children if c.dep_ in ("aux", "aux:pass"))]
    return any(t.tag_ == "VBD" or t.lower_ in ("has", "have") for t in finite)


def _is_bare(token: Token) -> bool:
    """Whether a phrase has nothing that tells which or how many: "people", "officials"; "the two men" has."""
    plural = token.morph.get("Number", []) == ["Plur"] and token.pos_ != "PRON"
    return plural and not any(c.dep_ in ("det", "nummod", "nmod:poss", "amod", "compound") for c in token.lefts)


def charges(noun: Token) -> list[Token]:
    """What stands under a noun of charging: "fraud" of "charges of fraud"; nothing under any other noun."""
    if noun.lemma_.lower() not in _CHARGES:
        return []
    under = [p for m, p in clauses.obliques(noun) if m in ("of", "for")]
    return under or [c for c in noun.lefts if c.dep_ == "compound"]


def is_term(noun: Token) -> bool:
    """Whether a phrase is a time or a sum, not a deed: "nine years", "500 euros"."""
    return noun.lemma_.lower() in _TERMS or noun.pos_ == "NUM" or noun.ent_type_ in ("Date", "Money")


def phrase(head: Token, longest: int = 14) -> str:
    """The words of a phrase without its preposition and clauses; empty if it is too long to be a name for anything."""
    dropped = {"case", "mark", "acl:relcl", "punct", "parataxis", "cc", "conj", "acl", "advcl", "appos", "det"}
    left = [t for c in head.lefts if c.dep_ not in dropped for t in c.subtree]
    placed = head.pos_ == "NOUN" and not is_term(head)  # "pleaded guilty to the crime at the court"
    kept = [c for c in head.rights if c.dep_ not in dropped and not (placed and _is_placed(c))]
    right = [t for c in kept if not (is_term(head) and _is_reason(c)) for t in c.subtree]
    words = sorted([*left, head, *right], key=lambda t: t.i)
    end = words[-1].i + 1
    jailed = is_term(head) and head.doc[end : end + 2].text.startswith(("in ", "behind "))
    if jailed and head.doc[end + 1].lower_ in _JAILS | {"bars"}:
        end += 2  # "nine years in prison", wherever the tree hangs it
    text = head.doc[words[0].i : end].text
    return " ".join(text.split()) if len(words) <= longest else ""


def is_findable(doc: Doc, thing: Thing) -> bool:
    """Whether a thing has a name, or a name in its description: "the Bigard seminary", but not "a Paris bank"."""
    first = min(thing.references, key=lambda r: r.start)
    bare = first.form == "nominal" and doc[first.start].lower_ in ("a", "an")
    return thing.named or (thing.name != thing.name.lower() and not bare)


def worth_telling(doc: Doc, predicate: str, subject: Thing, other: Thing | None) -> bool:
    """Whether those that a statement is about can be found again. Of whom a text calls "she" throughout, much can be
    told; of somebody known by descriptions only, little (:data:`OF_NAMED`)."""
    described = not subject.named and any(r.form == "nominal" for r in subject.references)
    return not (predicate in OF_NAMED and described) and not (
        predicate in TO_NAMED and other and not is_findable(doc, other)
    )
