"""A Doc with trees and things in, drafts on events out: how many died, were hurt or are missing, and in what.

The event is the one that the clause names ("the blast killed 12", "12 died in the crash"), else the one that the
governing verb tells of ("gunmen attacked a village, killing 12"), else the last one of its sort that was spoken of.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc, Token

from kg.claims import Quantity
from kg.extraction import clauses
from kg.extraction.amounts import count_of
from kg.extraction.deeds import Deeds
from kg.extraction.drafts import Draft, thing_of, time_value
from kg.extraction.layers import Amount, Thing
from kg.extraction.places import nearby
from kg.extraction.times import time_of

IsA = Callable[[str, str], bool]

TRANSITIVE = {
    "kill": "deaths", "slay": "deaths", "murder": "deaths", "massacre": "deaths", "slaughter": "deaths",
    "execute": "deaths",
    "behead": "deaths", "injure": "injuries", "wound": "injuries", "hurt": "injuries", "maim": "injuries",
    "hospitalize": "injuries", "hospitalise": "injuries",
}  # fmt: skip
INTRANSITIVE = {"die": "deaths", "perish": "deaths", "drown": "deaths", "suffocate": "deaths", "asphyxiate": "deaths"}
STATES = {
    "dead": "deaths", "killed": "deaths", "injured": "injuries", "wounded": "injuries", "hurt": "injuries",
    "missing": "missing",
    "hospitalized": "injuries", "hospitalised": "injuries", "unaccounted": "missing",
}  # fmt: skip
DEADLY = ("Attack", "Explosion", "Disaster")
"""Kinds of event that a count without an event of its own may belong to."""

_DURING = (*DEADLY, "Conflict", "Protest")
"""Kinds of event in which people die, where a clause of time tells of one: "killed when clashes broke out"."""

_PEACEFUL = ("Ceremony", "Election", "Meeting", "Trial", "Arrest")
"""Kinds of event that are only an occasion of killings told beside them."""
_REPORTED = frozenset({"report", "list", "declare", "pronounce", "confirm"})
"""Verbs that give somebody out as dead or missing."""
_LOSSES = {"death": "deaths", "fatality": "deaths", "injury": "injuries"}
_SLAUGHTERS = frozenset({"massacre", "slaughter", "killing", "murder", "execution", "beheading", "slaying", "lynching"})
"""Nouns of events in which all those die whom a phrase with "of" counts."""
_TREATING = frozenset({"take", "treat", "rush", "airlift", "admit", "hospitalise", "hospitalize", "bring", "fly"})
"""Verbs that tell of somebody hurt, with a hospital or a wound."""
_RECOVERING = frozenset({"recover", "pull", "retrieve", "find", "discover", "unearth", "dig", "count", "exhume"})
"""Verbs that tell of bodies."""
_MORE = frozenset({"more", "other", "another", "further", "additional"})
WOUNDS = frozenset({"burn", "injury", "wound", "cut", "bruise", "concussion", "fracture", "laceration", "inhalation"})
_COSTING = frozenset({"cause", "result", "lead", "claim", "produce", "inflict"})
"""Verbs that say what an event cost."""
_STAYING = frozenset({"remain", "stay", "go"})
"""Verbs that say that somebody is, stays or gets missing."""
_THOSE = frozenset({"them", "whom", "those", "these", "us"})
""" "Three of them": some of those counted before."""

IN_A_ROW = 6
"""How many words may stand between the parts of one count ("12 soldiers and three civilians")."""

REACH = 2
"""How many sentences back such an event may have been mentioned."""

# Priors: the clause names the event; the governing verb tells of it; it is the last one spoken of; none is known.
NAMED, GOVERNED, SALIENT, ALONE = 0.93, 0.87, 0.78, 0.85

_TOLL_VERBS = frozenset(
    [
        "rise",
        "climb",
        "stand",
        "reach",
        "increase",
        "jump",
        "grow",
        "hit",
        "pass",
        "exceed",
        "put",
        "raise",
        "bring",
        "revise",
        "update",
        "be",
    ]
)


@dataclass(slots=True)
class Events:
    """Reads one document; remembers the events that its verbs tell of."""

    doc: Doc
    deeds: Deeds
    is_a: IsA
    amounts: dict[int, Amount] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for amount in self.doc._.amounts:
            for i in range(amount.start, amount.end):
                self.amounts[i] = amount
            if amount.counted is not None:
                self.amounts.setdefault(amount.counted, amount)

    def drafts(self) -> Iterator[Draft]:
        """All counts of the document, and what is known of the events that its verbs tell of."""
        for token in self.doc:
            if token.pos_ in ("VERB", "ADJ", "NOUN", "AUX"):
                yield from self._counts(token)
        yield from self._parts()
        yield from self.deeds.drafts()

    def _counts(self, token: Token) -> Iterator[Draft]:
        lemma = token.lemma_.lower()
        if token.pos_ == "VERB" and lemma in TRANSITIVE:
            yield from self._harmed(token, TRANSITIVE[lemma], clauses.clause(token).objects)
        elif token.pos_ == "VERB" and self._kills(token):
            counted = [t for t in clauses.clause(token).objects if t.i in self.amounts]
            yield from self._harmed(token, "deaths", counted) if counted else ()
        elif token.pos_ == "VERB" and lemma in INTRANSITIVE:
            clause = clauses.clause(token)
            yield from self._harmed(token, INTRANSITIVE[lemma], clause.subjects or clause.objects)
        elif token.pos_ == "VERB" and lemma == "leave":
            yield from self._left(token)
            yield from self._left_hurt(token)
        elif token.pos_ == "VERB" and lemma in _TREATING:
            yield from self._treated(token)
            yield from self._lives(token)
        elif token.pos_ == "VERB" and lemma in _RECOVERING:
            yield from self._bodies(token)
        elif token.pos_ == "VERB" and lemma in ("claim", "cost", "take", "lose"):
            yield from self._lives(token)
        elif token.lower_ in STATES and token.pos_ in ("ADJ", "VERB"):
            yield from self._state(token)
        elif lemma in _LOSSES and token.pos_ == "NOUN":
            yield from self._losses(token)
        elif lemma == "loss" and token.pos_ == "NOUN" and token.head.pos_ == "VERB":
            lives = [p for m, p in clauses.obliques(token) if m == "of" and p.lemma_.lower() == "life"]
            yield from self._harmed(token.head, "deaths", lives)
        elif lemma in _SLAUGHTERS and token.pos_ == "NOUN":
            yield from self._slaughter(token)
        elif lemma in ("toll", "count", "number") and token.pos_ == "NOUN":
            yield from self._toll(token)

    def _kills(self, verb: Token) -> bool:
        """Whether a wording of the lexicon tells that its object dies: "shot dead", "gunned down"."""
        entry = self.deeds.entry(verb)
        return entry is not None and any(f.name == "killing" for f in entry.frames)

    def _harmed(self, verb: Token, predicate: str, tokens: list[Token]) -> Iterator[Draft]:
        if clauses.is_generic(verb) or (tokens and self._has_own_subject(verb)) or self._lumped(verb):
            return
        beside = self._beside(verb)
        if not tokens and verb.dep_ == "conj" and clauses.is_passive(verb.head):
            tokens = clauses.clause(verb).subjects  # "one was killed and two others hurt"
        whole = [t for t in tokens if clauses.preposition(t) != "including"]
        whole = [_antecedent(verb, t) for t in whole]
        counts = [a for t in whole if (a := self._count(t))]
        counts += [a for t in whole if counts for a in self._stray(t)]
        counts = counts[:1] + [a for a in counts[1:] if not self._is_of_those(a)]
        counts += [a for t in whole[1:] if counts and (a := self._relative(t))]
        found = [beside] if beside else self._together(counts)
        if found:
            yield from self._draft(verb, predicate, found)

    def _stray(self, token: Token) -> Iterator[Amount]:
        """ "Five children in a bus and two drivers": the drivers hang on the bus."""
        for below in token.subtree:
            kind = self.deeds.kind(below) if below.dep_ == "conj" and below.head is not token else None
            beside = self.deeds.kind(below.head) if kind is not None else None
            amount = self.amounts.get(below.i)
            if kind is None or amount is None or amount.counted != below.i or beside is None:
                continue
            people = self.is_a(kind, "Person") or self.is_a(kind, "Group")
            if people and not self.is_a(beside, "Person") and not self.is_a(beside, "Group"):
                yield amount

    def _is_of_those(self, amount: Amount) -> bool:
        """ "20 people, three of them children": the three are among the 20."""
        after = [t.lower_ for t in self.doc[amount.end : amount.end + 2]]
        return after[:1] == ["of"] and after[1:] != [] and after[1] in _THOSE

    def _relative(self, token: Token) -> Amount | None:
        """One more: "a woman and her son"."""
        owner = next((c for c in token.children if c.dep_ == "nmod:poss"), None)
        thing = thing_of(self.doc, token)
        if (
            owner is None
            or token.tag_ != "NN"
            or token.i in self.amounts
            or thing is None
            or not self.is_a(thing.kind, "Person")
        ):
            return None
        return Amount(owner.left_edge.i, token.i + 1, 1, 1, counted=token.i)

    def _lumped(self, verb: Token) -> bool:
        """ "60 people were killed and injured": one number for both tells neither."""
        other = verb.head if verb.dep_ == "conj" else next((c for c in verb.rights if c.dep_ == "conj"), None)
        if other is None or abs(other.i - verb.i) != 2:
            return False
        harm = TRANSITIVE.get(other.lemma_.lower()) or STATES.get(other.lower_)
        return harm is not None and harm != TRANSITIVE.get(verb.lemma_.lower())

    def _has_own_subject(self, verb: Token) -> bool:
        """Whether a coordinated verb has words of its own before it ("and scores injured"): it shares nobody."""
        if verb.dep_ != "conj" or self._beside(verb):
            return False
        own = [t for c in verb.lefts for t in c.subtree if t.dep_ not in ("cc", "advmod", "punct", "aux", "aux:pass")]
        return bool(own) and not any(c.dep_.startswith("nsubj") for c in verb.children)

    def _together(self, amounts: list[Amount]) -> list[Amount]:
        """The amounts that one count is made of: those in a row, with no verb between them."""
        kept = sorted({(a.start, a.end): a for a in amounts}.values(), key=lambda a: a.start)[:1]
        for amount in sorted(amounts, key=lambda a: a.start):
            between = self.doc[kept[-1].end : amount.start]
            near = 0 < len(between) <= IN_A_ROW and not any(t.pos_ in ("VERB", "AUX") for t in between)
            if amount.start > kept[-1].start and near and any(t.text in ("and", ",") for t in between):
                kept.append(amount)
        return kept

    def _beside(self, verb: Token) -> Amount | None:
        """A bare number of its own beside a participle: "and 40 injured", "injuring 50"."""
        amount = self.amounts.get(verb.i - 1) if verb.dep_ == "conj" and verb.tag_ in ("VBN", "VBD", "JJ") else None
        if amount is None and verb.tag_ == "VBG":
            amount = next((a for i in (1, 2) if (a := self.amounts.get(verb.i + i)) and a.start == verb.i + 1), None)
        return (
            amount
            if amount is not None and amount.unit is None and (amount.end == verb.i or amount.start == verb.i + 1)
            else None
        )

    def _left(self, verb: Token) -> Iterator[Draft]:
        """ "left 12 people dead", "left 12 dead and 40 injured" """
        before = verb.i
        for state in sorted((t for t in verb.subtree if t.lower_ in STATES and t.i > verb.i), key=lambda t: t.i):
            near = (self.amounts.get(i) for i in range(state.i - 1, before, -1))
            found = next((a for a in near if a is not None and a.unit is None), None)
            before = state.i
            if found:
                yield from self._draft(verb, STATES[state.lower_], [found])

    def _left_hurt(self, verb: Token) -> Iterator[Draft]:
        """ "Left eleven in hospital", "left 40 people with burns"."""
        clause = clauses.clause(verb)
        ill = [t for t in clause.obliques.get("in", []) if t.lemma_.lower() == "hospital"]
        hurt = [t for t in clause.obliques.get("with", []) if t.lemma_.lower() in WOUNDS]
        hurt += [
            p for o in clause.objects for m, p in clauses.obliques(o) if m == "with" and p.lemma_.lower() in WOUNDS
        ]
        found = self._together([a for t in clause.objects if (a := self._count(t))])
        if found and (ill or hurt):
            yield from self._of_known(verb, "injuries", found)

    def _treated(self, verb: Token) -> Iterator[Draft]:
        """ "Six people were taken to hospital", "40 were treated for burns"."""
        clause = clauses.clause(verb)
        sites = [t for m in ("to", "in", "at") for t in clause.obliques.get(m, []) if self._is_hospital(t)]
        wounds = [t for m in ("for", "with") for t in clause.obliques.get(m, []) if t.lemma_.lower() in WOUNDS]
        if not clause.passive or clauses.is_generic(verb) or not (sites or wounds):
            return
        if any(t.lemma_.lower() in ("body", "corpse") for t in clause.objects):
            return
        found = self._together([a for t in clause.objects if (a := self._count(t))])
        if found:
            yield from self._of_known(verb, "injuries", found)

    def _of_known(self, head: Token, predicate: str, amounts: list[Amount]) -> Iterator[Draft]:
        """The draft only if the event is told by other words: no hospital and no search makes one."""
        if head.i not in self.deeds.told and self._event(head)[1] == ALONE:
            self.deeds.told.pop(head.i, None)
            return
        yield from self._draft(head, predicate, amounts)

    def _is_hospital(self, token: Token) -> bool:
        kind = self.deeds.kind(token)
        return token.lemma_.lower() == "hospital" or (kind is not None and self.is_a(kind, "Hospital"))

    def _bodies(self, verb: Token) -> Iterator[Draft]:
        """ "Rescuers pulled five bodies from the rubble", "recovered the bodies of 41 miners"."""
        for body in clauses.clause(verb).objects:
            if body.lemma_.lower() not in ("body", "corpse") or any(c.lower_ in _MORE for c in body.children):
                continue
            whose = [p for m, p in clauses.obliques(body) if m == "of"]
            found = [a for t in (*whose, body) if (a := self._count(t)) and (a.high or 2) > 1]
            if found and not clauses.is_generic(verb):
                yield from self._of_known(verb, "deaths", found[:1])

    def _slaughter(self, noun: Token) -> Iterator[Draft]:
        """ "The massacre of 80 villagers": so many died in it."""
        event = thing_of(self.doc, noun)
        of = [a for m, p in clauses.obliques(noun) if m == "of" and (a := self._count(p)) and (a.high or 2) > 1]
        if event is not None and of and self.is_a(event.kind, "Event"):
            yield Draft(event.index, "deaths", self._sum(of[:1]), noun.i, NAMED, "events/slaughter")

    def _lives(self, verb: Token) -> Iterator[Draft]:
        """ "claimed 12 lives", "claimed the lives of 12 people", "12 people lost their lives" """
        lives = next((c for c in verb.children if c.dep_ == "obj" and c.lemma_.lower() == "life"), None)
        if lives is None:
            return
        whose = [c for c in lives.children if c.dep_ == "nmod"] or [lives]
        tokens = (
            clauses.clause(verb).subjects
            if verb.lemma_.lower() == "lose"
            else [t for w in whose for t in clauses.conjuncts(w)]
        )
        yield from self._harmed(verb, "deaths", tokens)

    def _state(self, state: Token) -> Iterator[Draft]:
        """ "12 were missing", "12 dead in blast", "with 40 wounded" """
        subjects = [t for c in state.children if c.dep_ in ("nsubj", "nsubj:pass") for t in clauses.conjuncts(c)]
        reported = state.dep_ == "xcomp" and state.head.lemma_.lower() in {*_REPORTED, *_STAYING}
        subjects += _told_of(state.head) if reported else []
        counted = [c for c in state.children if c.dep_ in ("nummod", "nmod:unmarked", "obl:unmarked")]
        head = (
            [state.head]
            if state.dep_ in ("amod", "acl") and state.head.pos_ in ("NOUN", "NUM") and state.i > state.head.i
            else []
        )
        found = [a for t in [*subjects, *counted, *head] if (a := self._count(t))]
        if found and (state.pos_ == "ADJ" or state.lemma_.lower() not in TRANSITIVE):
            told = self._draft(state, STATES[state.lower_], found[:1])
            yield from (replace(d, head=state.head.i) for d in told) if reported else told

    def _toll(self, noun: Token) -> Iterator[Draft]:
        """ "the death toll rose to 12", "put the toll at 12", "a death toll of 12" """
        before = noun.doc[max(0, noun.i - 2) : noun.i].text.lower()
        if noun.lemma_.lower() == "count" or "injur" in before:
            return
        of = next((p.lower_ for m, p in clauses.obliques(noun) if m == "of"), "")
        predicate = "deaths" if noun.lemma_.lower() == "toll" else STATES.get(of) or {"deaths": "deaths"}.get(of)
        if predicate is None:
            return
        verb = noun.head if noun.dep_.startswith(("nsubj", "obj")) and noun.head.lemma_.lower() in _TOLL_VERBS else None
        number = noun.head if noun.dep_.startswith("nsubj") and noun.head.i in self.amounts else None
        near = [number] if number is not None else [
            c for c in (verb.children if verb is not None else noun.children)
            if c.dep_ in ("obl", "obj", "nmod", "nummod")
            and c.i != noun.i
            and clauses.preposition(c) in ("", "to", "at", "of")
        ]  # fmt: skip
        found = [a for t in near if t is not None and (a := self.amounts.get(t.i))]
        if found:
            yield from self._draft(noun, predicate, found[-1:])

    def _losses(self, noun: Token) -> Iterator[Draft]:
        """ "The crash caused the deaths of 12 people", "led to 12 deaths and 30 injuries": of an event that did."""
        verb = _first(noun).head
        if verb.lemma_.lower() not in _COSTING or clauses.is_generic(verb):
            return
        of = [a for m, p in clauses.obliques(noun) if m == "of" and (a := self._count(p))]
        own = self.amounts.get(noun.i)
        found = of[:1] or ([own] if own is not None and own.counted == noun.i else [])
        subjects = [t for s in clauses.clause(verb).subjects if (t := thing_of(self.doc, s))]
        for event in (t for t in subjects if self.is_a(t.kind, "Event")):
            for amount in found:
                total = self._sum([amount])
                yield Draft(event.index, _LOSSES[noun.lemma_.lower()], total, verb.i, NAMED, "events/losses")

    def _count(self, token: Token) -> Amount | None:
        amount = self.amounts.get(token.i)
        if amount is not None:
            return None if amount.unit or self._is_part(amount) else amount
        if token.pos_ != "NOUN" or token.morph.get("Number", []) == ["Plur"]:
            return None
        thing = thing_of(self.doc, token)
        return (
            count_of(self.doc, token.i)
            if thing is not None and self.is_a(thing.kind, "Person") and not thing.named
            else None
        )

    def _is_part(self, amount: Amount) -> bool:
        """ "all but one", "one of them", "from a previous 93": numbers that are no count of these dead."""
        before = [t.lower_ for t in self.doc[max(0, amount.start - 3) : amount.start]]
        after = self.doc[amount.end].lower_ if amount.end < len(self.doc) else ""
        return (
            "but" in before[-1:]
            or "previous" in before
            or "from" in before[-2:]
            or (amount.high == 1 and after == "of")
        )

    def _draft(self, head: Token, predicate: str, amounts: list[Amount]) -> Iterator[Draft]:
        event, sure = self._event(head)
        total = self._sum(amounts)
        if total.high == 0 and sure == ALONE:
            return  # "nobody was hurt", in what nobody knows
        if total.low == 1 and total.high is None:
            return  # "the first had also died": no toll
        if total.low is not None or total.high:
            yield Draft(event.index, predicate, total, head.i, sure, "events/count")
        if event.index in self.deeds.weapons:
            weapon, verb = self.deeds.weapons[event.index]
            yield Draft(event.index, "weapon", weapon, head.i, sure, "events/weapon")
            yield from self._where_and_when(event, verb)
        elif event.index in {t.index for t in self.deeds.told.values()}:
            yield from self._circumstances(event)

    def _sum(self, amounts: list[Amount]) -> Quantity:
        """ "12 soldiers and three civilians" is 15: bounds add up, an open bound stays open."""
        chosen = sorted({(a.start, a.end): a for a in amounts}.values(), key=lambda a: a.start)
        low = None if any(a.low is None for a in chosen) else sum(a.low or 0 for a in chosen)
        high = None if any(a.high is None for a in chosen) else sum(a.high or 0 for a in chosen)
        text = self.doc[chosen[0].start : chosen[-1].end].text
        first, last = chosen[0].start, chosen[-1].end
        before = list(self.doc[max(0, first - 2) : first])
        told = bool(before) and before[-1].pos_ == "VERB"  # "also wounded 17": all those wounded
        some = not told and any(t.lower_ in ("also", "including") for t in before)
        if some or any(t.lower_ == "also" for t in self.doc[last : last + 6]):
            high = None  # "two of the guests also died": some of the whole
        return Quantity(low, high, text, approximate=any(a.approximate for a in chosen))

    def _event(self, head: Token) -> tuple[Thing, float]:
        for token in self._near(head):
            thing = thing_of(self.doc, token)
            named = thing is not None and self.is_a(thing.kind, "Event") and not self._is_part_of_wording(token)
            if thing is not None and named and not self._is_occasion(token, thing):
                return thing, NAMED
        armed = self.deeds.by_weapon(head)
        if armed is not None:
            return armed, NAMED
        beyond = self._beyond_place(head)
        if beyond is not None:
            return beyond, GOVERNED
        during = self._meanwhile(head)
        if during is not None:
            return during, GOVERNED
        if _in_relative(head):
            return self.deeds.make(head, self._own_kind(head)), ALONE
        if head.dep_ == "conj" and _harms(head.head) and not _has_own_time(head):
            return self._event(head.head)
        governor = head
        while (
            governor.dep_ in ("advcl", "xcomp", "conj", "acl", "acl:relcl", "ccomp", "parataxis", "obj", "nsubj")
            and governor.head.i != governor.i
        ):
            governor = governor.head
            told = self.deeds.of_verb(governor)
            if told is not None:
                return told, GOVERNED
        last = self._last(head)
        return (last, SALIENT) if last is not None else (self.deeds.make(head, self._own_kind(head)), ALONE)

    def _is_part_of_wording(self, token: Token) -> bool:
        """ "Opened fire, killing three": no fire did, but the shooting that the words together tell of."""
        entry = self.deeds.entry(token.head)
        return entry is not None and token.lower_ in entry.words and entry.event != self.deeds.kind(token)

    def _is_occasion(self, token: Token, event: Thing) -> bool:
        """ "Attacked a church during Sunday mass, killing 17": the mass killed nobody."""
        peaceful = any(self.is_a(event.kind, kind) for kind in _PEACEFUL)
        return peaceful and clauses.preposition(token) in ("during", "at", "after", "in", "from", "when")

    def _own_kind(self, head: Token) -> str:
        """What a killing by itself is: an attack, if somebody did it."""
        doers = clauses.clause(head).subjects if head.pos_ == "VERB" and TRANSITIVE.get(head.lemma_.lower()) else []
        return "Attack" if any(k and self.is_a(k, "Agent") for k in map(self.deeds.kind, doers)) else "Event"

    def _meanwhile(self, head: Token) -> Thing | None:
        """ "Drowned when a ferry capsized", "were shot dead after gunmen stormed a bar": what happened then."""
        row = [head, *(c for c in head.rights if c.dep_ == "conj")] + ([head.head] if head.dep_ == "conj" else [])
        for verb in (v for v in row if v.i in (head.i, head.head.i) or _harms(v) or self._kills(v)):
            event = self.deeds.meanwhile(verb, _DURING)
            if event is not None and not _harms(self.doc[event.references[0].head]):
                return event
        return None

    def _beyond_place(self, verb: Token) -> Thing | None:
        """ "The attack was in a mosque, which left 12 dead", "attacks in Kano which killed 12": no place did; and not
        the army, in "a battle with the army that left 12 dead"."""
        kind = self.deeds.kind(verb.head) if verb.dep_ == "acl:relcl" else None
        if kind is None or self.is_a(kind, "Person") or self.is_a(kind, "Event"):
            return None
        within = ("nsubj", "nsubj:pass", "obl")
        if not any(c.dep_ in within and c.lower_ in ("which", "that") for c in verb.children):
            return None
        noun = verb.head
        while noun.dep_ == "nmod":
            noun = noun.head
            above = thing_of(self.doc, noun)
            if above is not None and self.is_a(above.kind, "Event"):
                return above
        if kind != "Entity" and not self.is_a(kind, "Place"):
            return None
        governor = verb.head if any(c.dep_ == "cop" for c in verb.head.children) else verb.head.head
        told = self.deeds.of_verb(governor)
        subjects = [t for c in governor.children if c.dep_.startswith("nsubj") and (t := thing_of(self.doc, c))]
        return told or next((t for t in subjects if self.is_a(t.kind, "Event")), None)

    def _near(self, head: Token) -> Iterator[Token]:
        """The phrases of the clause in which its event may stand, and those of the clauses it hangs on."""
        node: Token | None = head
        while node is not None:
            if node.pos_ in ("VERB", "AUX"):
                clause = clauses.clause(node)
                yield from (t for t in clause.subjects if node.i == head.i or not clause.passive)
                yield from (
                    t
                    for marker in ("in", "by", "during", "from", "after", "at", "when")
                    for t in clause.obliques.get(marker, [])
                )
                if node.i != head.i:
                    yield from clause.objects
                else:  # "were killed and others hurt in the fire"
                    after = (c for c in node.rights if c.dep_ == "conj" and c.pos_ in ("VERB", "ADJ"))
                    yield from (
                        p for c in after for m, p in clauses.obliques(c) if m in ("in", "by", "during", "after")
                    )
            else:
                yield from (t for _, p in clauses.obliques(node) for t in clauses.conjuncts(p))
                yield from (c for c in node.children if c.dep_ in ("nmod:poss", "compound", "nsubj"))
            if node.dep_ == "acl:relcl":
                yield node.head  # of "Dayton, where ten died", not what else the sentence is about
                return
            node = (
                node.head
                if node.dep_ in ("advcl", "xcomp", "conj", "acl", "obj", "nsubj", "obl") and node.head.i != node.i
                else None
            )

    def _last(self, head: Token) -> Thing | None:
        """The last event of a deadly kind before the head, within reach."""
        sentences = 0
        for i in range(head.i - 1, -1, -1):
            token = self.doc[i]
            if token.is_sent_start:
                sentences += 1
            if sentences > REACH:
                return None
            thing = thing_of(self.doc, token) or self._told(token)
            if thing is not None and any(self.is_a(thing.kind, kind) for kind in DEADLY):
                return thing
        return None

    def _told(self, verb: Token) -> Thing | None:
        """The event that an earlier verb tells of, where that is no mere toll ("a train derailed … six were hurt")."""
        entry = self.deeds.entry(verb)
        if entry is None or entry.event in (None, "Arrest", "Conflict", "Kidnapping") or _harms(verb):
            return None
        return None if self.deeds.is_unreal(verb) else self.deeds.event(verb, entry)

    def _circumstances(self, event: Thing) -> Iterator[Draft]:
        """Who did it, where and when, for an event that a verb tells of."""
        verb = self.doc[event.references[0].head]
        clause = clauses.clause(verb)
        if event.kind == "Attack":
            for token in clause.subjects:
                agent = thing_of(self.doc, token)
                if agent is not None and self.is_a(agent.kind, "Agent"):
                    yield Draft(event.index, "carriedOutBy", agent.index, verb.i, GOVERNED, "events/verb")
        yield from self._where_and_when(event, verb)

    def _where_and_when(self, event: Thing, verb: Token) -> Iterator[Draft]:
        clause = clauses.clause(verb)
        for index, _ in self.deeds.places(clause):
            yield Draft(event.index, "happenedIn", index, verb.i, GOVERNED, "events/verb")
        for place, _ in nearby(self.doc, verb, self.is_a):
            yield Draft(event.index, "happenedNear", place.index, verb.i, GOVERNED, "events/verb")
        time = time_of(self.doc, verb.i)
        value = time_value(self.doc, time) if time else None
        if value:
            yield Draft(event.index, "happenedOn", value, verb.i, GOVERNED, "events/verb")

    def _parts(self) -> Iterator[Draft]:
        for thing in self.doc._.things:
            if thing.parent is not None and self.is_a(thing.kind, "Event"):
                yield Draft(thing.index, "subEventOf", thing.parent, thing.references[0].head, NAMED, "events/part")


def _harms(verb: Token) -> bool:
    """Whether the word itself tells of the dead, hurt or missing."""
    lemma = verb.lemma_.lower()
    return lemma in TRANSITIVE or lemma in INTRANSITIVE or verb.lower_ in STATES


def _has_own_time(verb: Token) -> bool:
    return time_of(verb.doc, verb.i) is not None and time_of(verb.doc, verb.i) != time_of(verb.doc, verb.head.i)


def _first(noun: Token) -> Token:
    while noun.dep_ == "conj":
        noun = noun.head
    return noun


def _antecedent(verb: Token, token: Token) -> Token:
    """ "12 people who died": whom the pronoun stands for."""
    relative = verb.dep_ == "acl:relcl" and token.lower_ in ("who", "that", "which")
    return verb.head if relative else token


def _told_of(verb: Token) -> list[Token]:
    """Of whom a verb says that they are dead or missing: "were reported missing", "remain missing"."""
    clause = clauses.clause(verb)
    return clause.subjects if verb.lemma_.lower() in _STAYING else clause.objects


def _in_relative(head: Token) -> bool:
    """Whether the clause is relative: then its event is the noun's, or its own, but not the last one spoken of."""
    while head.dep_ == "conj":
        head = head.head
    return head.dep_ == "acl:relcl"
