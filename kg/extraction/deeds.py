"""A verb that tells of an event in, the event with its roles out: "gunmen attacked a bus" is an attack on a bus.

The lexicon says which verbs do (``lex:event``) and what their arguments are to the event: frames whose argument
``lex:itself`` is the event. Here is what the words around the verb must be, so that nothing is made of a metaphor.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from spacy.tokens import Doc, Token

from kg.extraction import clauses
from kg.extraction.drafts import Draft, Value, new_thing, thing_of, time_value
from kg.extraction.frames import IN_PLACE, certainty
from kg.extraction.layers import Thing
from kg.extraction.lexicon import Argument, Entry, Frame, Lexicon
from kg.extraction.nominals import phrase
from kg.extraction.places import named_places, nearby
from kg.extraction.sayings import say_of
from kg.extraction.times import time_of

IsA = Callable[[str, str], bool]
Accepts = Callable[[str, str, str], bool]

TOLD = 0.87
"""Prior of what a verb tells of its event."""

BY_WEAPON = {
    "bomb": "Bombing", "explosive": "Bombing", "explosives": "Bombing", "device": "Bombing", "mine": "Explosion",
    "grenade": "Explosion", "missile": "Strike", "rocket": "Strike", "drone": "Strike", "shell": "Strike",
    "mortar": "Strike",
}  # fmt: skip
"""What sort of event a weapon makes."""

HARMFUL = ("Attack", "Explosion")
"""Kinds of event that strike somebody or something."""

_HURTFUL = (*HARMFUL, "Disaster", "Protest", "Conflict")
"""Kinds of event in which people are hurt."""

FIGHTERS = ("ArmedGroup", "MilitaryUnit", "Country")
"""Who attacks with weapons; a party or a named person may do so with words."""
_ARMED = frozenset(
    """
    gunman militant rebel soldier attacker fighter insurgent terrorist bomber man woman mob police troop troops force
    forces protester demonstrator rioter youth villager guerrilla assailant robber bandit pirate jihadist extremist
    settler inmate prisoner herder knifeman gang guard officer policeman commando marine separatist islamist teenager
    boy suspect hooligan thief raider intruder paramilitary mercenary army military group militia warplane jet
    """.split()
)
"""Who, known by such a noun, attacks with more than words."""
_SOLID = ("Place", "MilitaryUnit", "Entity", "Event")
"""What nobody attacks with mere words."""

_AMBIGUOUS = frozenset({"attack", "hit", "strike", "storm", "target", "raid"})
"""Verbs of violence that are also said of words, prices and crowds."""
_BY_ITSELF = frozenset({"attack", "raid", "storm", "shell", "bomb", "ambush"})
"""Verbs whose passive tells of violence without saying whose."""
_CROWDS = frozenset(
    """
    thousand hundred ten dozen million score person protester demonstrator student worker people teacher farmer nurse
    woman supporter activist resident villager campaigner mourner youth employee miner opponent doctor driver
    pensioner
    """.split()
)
"""Who, if many, demonstrates where they march or rally."""
_OVERTHROWING = frozenset({"overthrow", "topple", "oust", "depose"})
"""Verbs that tell of a coup if soldiers do it; voters may, too."""
_GUNS = frozenset({"gun", "pistol", "rifle", "revolver", "shotgun", "cannon", "shot", "weapon", "musket"})
"""What may be fired at nothing: as a salute, a warning, a start."""
_MOVING = frozenset({"Crash", "Disaster"})

NAMES = {
    "die": "death", "attack": "attack on", "bomb": "bombing", "shell": "shelling", "raid": "raid on",
    "ambush": "ambush", "storm": "storming", "kill": "killing", "injure": "injuring", "dead": "deaths",
    "killed": "killing", "injured": "injuring", "wounded": "wounding", "hospitalized": "hospitalizing",
    "hospitalised": "hospitalising", "missing": "disappearance", "leave": "incident", "slay": "slaying",
    "strike": "strike on", "hit": "strike on", "lose": "deaths", "claim": "deaths", "cost": "deaths",
    "toll": "deaths", "target": "attack on", "open": "shooting", "fire": "attack", "lob": "attack", "hurl": "attack",
    "launch": "attack", "blow": "bombing", "shoot": "shooting", "stab": "stabbing", "kidnap": "kidnapping",
    "abduct": "abduction", "take": "kidnapping", "hijack": "hijacking", "crash": "crash", "collide": "collision",
    "derail": "derailment", "sink": "sinking", "collapse": "collapse", "explode": "explosion",
    "detonate": "explosion", "go": "explosion", "bombard": "bombardment", "besiege": "siege",
    "catch": "fire", "burn": "fire", "fight": "fighting", "clash": "clash", "battle": "battle", "slam": "crash",
    "smash": "crash", "plow": "crash", "plough": "crash", "plunge": "crash", "overturn": "crash", "veer": "crash",
    "skid": "crash", "run": "crash", "nosedive": "crash", "crash-land": "crash", "capsize": "capsizing",
    "set": "arson attack", "overthrow": "coup", "topple": "coup", "oust": "coup", "depose": "coup",
    "protest": "protest", "demonstrate": "demonstration", "rally": "rally", "riot": "riot", "march": "march",
    "gun": "shooting",
}  # fmt: skip
"""Nouns for the events that verbs tell of, where it isn't the form in -ing."""
_OF_SUBJECT = frozenset(
    {"die", "perish", "drown", "crash", "collide", "derail", "capsize", "sink", "collapse", "explode"}
)
_ALONE = frozenset(
    """
    catch burn open fire lob hurl launch blow go detonate fight clash battle slam smash plow plough plunge overturn veer
    skid run nosedive crash-land set overthrow topple oust depose protest demonstrate rally riot march
    """.split()
)
"""Verbs whose noun stands alone as a name."""


@dataclass(slots=True)
class Deeds:
    """Reads one document; remembers the events that its verbs tell of."""

    doc: Doc
    lexicon: Lexicon
    is_a: IsA
    accepts: Accepts
    told: dict[int, Thing] = field(default_factory=dict)
    """Verb (or the weapon that an event is named after) to the event that was made for it."""
    weapons: dict[int, tuple[int, Token]] = field(default_factory=dict)
    """Event to the weapon that it is named after, and the verb that tells what that did."""

    def drafts(self) -> Iterator[Draft]:
        """What the verbs of the document tell of their events."""
        for token in self.doc:
            entry = self.entry(token)
            if entry is None:
                continue
            yield from self._of_object(token, entry)
            if any(f.subject.name == "itself" for f in entry.frames) and not self.is_unreal(token):
                event = self.event(token, entry)
                if event is not None:
                    yield from self.roles(event, token)

    def _of_object(self, verb: Token, entry: Entry) -> Iterator[Draft]:
        """What is told of an attack that is the object: "claimed the bombing"."""
        frames = [f for f in entry.frames if f.subject.name == "attack"]
        if not frames:
            return
        clause = clauses.clause(verb)
        for index, token in self.things(clause.objects, "Event"):
            event = self.doc._.things[index]
            if any(self.is_a(event.kind, kind) for kind in HARMFUL):
                yield from self._drafts(event, clause, frames, certainty(token))

    def entry(self, verb: Token) -> Entry | None:
        """The lexicon's entry of a verb, with its other words if there is a longer one."""
        if verb.pos_ != "VERB":
            return None
        particle = next((c.lower_ for c in verb.children if c.dep_ == "compound:prt"), None)
        near = {w for t in _around(verb) for w in (t.lower_, t.lemma_.lower())}
        for entry in self.lexicon.verbs.get(verb.lemma_.lower(), ()):
            if set(entry.words[1:]) <= near and (particle is None or particle in entry.words):
                return entry
        return None

    def is_unreal(self, verb: Token) -> bool:
        """Whether a verb tells of no event: plans, threats, mere possibilities, habits."""
        return clauses.is_generic(verb) or say_of(self.doc, verb.i).stance not in ("asserted", "alleged")

    def event(self, verb: Token, entry: Entry) -> Thing | None:
        """The event that the verb tells of: its subject if that is one, else one that is made for it."""
        clause = clauses.clause(verb)
        if any(t.lower_ in _SELVES for t in clause.objects) and verb.lemma_.lower() != "blow":
            return None  # "shot himself" attacks nobody
        own = next((t for s in clause.subjects if (t := thing_of(self.doc, s)) and self.is_a(t.kind, "Event")), None)
        if own is not None:
            return own if any(self.is_a(own.kind, k) for k in HARMFUL) else None
        words = [*clause.objects, *(t for found in clause.obliques.values() for t in found)]
        inner = [t for o in words if o.lower_ in entry.words and (t := thing_of(self.doc, o))]
        if inner and inner[0].kind == entry.event and self._is_violent(clause, entry):
            return inner[0]  # "caught fire": the fire
        if any(f.name == "hurt-in" for f in entry.frames):
            return self._within(clause)
        if entry.event is None or not self._is_violent(clause, entry):
            return None
        return self.by_weapon(verb) or self.make(verb, entry.event)

    def _within(self, clause: clauses.Clause) -> Thing | None:
        """The event in which somebody is hurt: "wounded in the blast", "injured when a bomb exploded"."""
        for marker in ("in", "by", "during", "from"):
            for token in clause.obliques.get(marker, []):
                thing = thing_of(self.doc, token)
                if thing is not None and any(self.is_a(thing.kind, k) for k in _HURTFUL):
                    return thing
        armed = self.by_weapon(clause.verb) if clause.passive else None
        if armed is not None:
            return armed
        for child in clause.verb.children:
            if child.dep_ == "advcl" and any(c.lower_ in ("when", "after", "as") for c in child.children):
                entry = self.entry(child)
                if entry is not None and entry.event and not any(f.name == "hurt-in" for f in entry.frames):
                    return self.event(child, entry)
        return None

    def meanwhile(self, verb: Token, kinds: tuple[str, ...]) -> Thing | None:
        """The event that a clause of time under a verb tells of: its subject if that is of such a kind, else
        its verb's: "drowned when a ferry capsized", "died after fire broke out"."""
        for clause in (c for c in verb.children if c.dep_ == "advcl" and _is_of_time(c)):
            subjects = [t for s in clauses.clause(clause).subjects if (t := thing_of(self.doc, s))]
            own = next((t for t in subjects if any(self.is_a(t.kind, kind) for kind in kinds)), None)
            entry = self.entry(clause)
            if own is None and entry is not None and entry.event not in (None, "Arrest") and not _is_toll(entry):
                own = self.event(clause, entry)
            if own is not None:
                return own
        return None

    def _is_violent(self, clause: clauses.Clause, entry: Entry) -> bool:
        """Whether the verb is meant literally, going by who does what to whom."""
        subjects = self._kinds(clause.subjects)
        objects = self._kinds(clause.objects)
        armed = any(self.is_a(kind, "Weapon") for kind in subjects)
        names = {f.name for f in entry.frames}
        if entry.event == "Fire":
            return "Entity" in subjects or any(self.is_a(k, "Site") for k in subjects)
        if entry.event == "Protest":
            return self._is_crowd(clause)
        if clause.verb.lemma_.lower() in _OVERTHROWING:
            return self._has_armed(clause) or any(kind in FIGHTERS for kind in subjects)
        if entry.event in _MOVING:
            subjects |= objects if clause.passive and not clause.subjects else set()
            beside = [c for s in clause.subjects for c in s.children if c.dep_ in ("compound", "nmod:desc", "appos")]
            subjects |= self._kinds(beside)  # "the ferry Linda"
            built = clause.verb.lemma_.lower() == "collapse" and any(self.is_a(k, "Site") for k in subjects)
            return built or "Entity" in subjects
        if "fired" in names:
            fired = any(self.is_a(kind, "Weapon") for kind in objects)
            at = [t for m in ("at", "on", "into") for t in clause.obliques.get(m, [])]
            if any(t.lemma_.lower() in ("air", "sky") for m in ("into", "in") for t in clause.obliques.get(m, [])):
                return False
            aimed = bool(at) or (bool(clause.subjects) and not any(t.lemma_.lower() in _GUNS for t in clause.objects))
            return (fired and aimed) or (armed and not clause.objects) or self._fires_at(clause)
        if "struck-by-it" in names:
            return any(self.is_a(k, "Person") or self.is_a(k, "Group") for k in objects) and not self._kills(
                clause.verb
            )
        if "aimed-at" not in names:
            return True
        return bool(objects) and (armed or self._is_attack(clause, subjects, objects))

    def _is_crowd(self, clause: clauses.Clause) -> bool:
        """Whether many people take to the streets: "thousands marched through Madrid", "students rallied in Lagos"."""
        many = any(t.lemma_.lower() in _CROWDS and t.tag_ != "NN" for t in clause.subjects)
        out = any(m in clause.obliques for m in ("through", "in", "against", "across", "outside", "on", "at"))
        return many and out and not clause.objects and not clause.passive

    def _fires_at(self, clause: clauses.Clause) -> bool:
        """ "Soldiers fired on the crowd": nothing but a gun is fired without saying what."""
        at = self._kinds([t for m in ("at", "on", "into") for t in clause.obliques.get(m, [])])
        solid = any(
            self.is_a(k, "Person") or self.is_a(k, "Group") or self.is_a(k, "Site") or k == "Entity" for k in at
        )
        back = any(c.lower_ == "back" for c in clause.verb.children)
        return clause.verb.lemma_.lower() == "fire" and not (clause.objects or clause.passive or back) and solid

    def _is_attack(self, clause: clauses.Clause, subjects: set[str], objects: set[str]) -> bool:
        lemma = clause.verb.lemma_.lower()
        if not clause.subjects:
            return clause.passive and (lemma not in _AMBIGUOUS or lemma in _BY_ITSELF)
        if lemma not in _AMBIGUOUS or self._arms(clause):
            return any(self.is_a(kind, "Agent") for kind in subjects)
        if any(kind in FIGHTERS for kind in subjects):
            return True
        if lemma in ("hit", "strike", "target"):
            return False
        solid = any(self.is_a(kind, "Place") or kind in _SOLID for kind in objects)
        return self._has_armed(clause) or (solid and "Organization" in subjects)

    def _has_armed(self, clause: clauses.Clause) -> bool:
        return any(t.pos_ == "NOUN" and t.lemma_.lower() in _ARMED for t in clause.subjects)

    def _kills(self, verb: Token) -> bool:
        """ "Shot and killed", "stabbed to death": told as a killing."""
        return any(c.dep_ == "conj" and c.lemma_.lower() in ("kill", "die") for c in verb.children) or any(
            t.lower_ in ("dead", "death") for t in _around(verb)
        )

    def _kinds(self, tokens: list[Token]) -> set[str]:
        return {kind for t in tokens if (kind := self.kind(t))}

    def kind(self, token: Token) -> str | None:
        """The class of what a noun refers to, or of what the lexicon says that it names."""
        thing = thing_of(self.doc, token)
        if thing is not None:
            return thing.kind
        if token.pos_ != "NOUN" and not (token.tag_ == "NNPS" and token.is_sent_start):
            return None
        words = (token.lemma_.lower(), token.lower_, token.lower_.removesuffix("s"))
        return next((kind for word in words if (kind := self.lexicon.kinds.get(word))), None)

    def by_weapon(self, verb: Token) -> Thing | None:
        """The event that a weapon is told to have been: "a roadside bomb killed 12"."""
        if verb.pos_ != "VERB":
            return None
        for token in clauses.clause(verb).subjects:
            weapon = thing_of(self.doc, token)
            if weapon is None or not self.is_a(weapon.kind, "Weapon"):
                continue
            if token.i not in self.told:
                kind = next((k for noun, k in BY_WEAPON.items() if token.lemma_.lower().endswith(noun)), "Attack")
                noun = "strike" if kind == "Strike" else "attack" if kind == "Attack" else "explosion"
                event = self.told[token.i] = new_thing(self.doc, kind, f"{phrase(token)} {noun}", token)
                event.aliases += [phrase(token), noun, *(["bombing"] if kind == "Bombing" else [])]
                self.weapons[event.index] = weapon.index, token.head if token.head.pos_ == "VERB" else verb
            return self.told[token.i]
        return None

    def last(self, place: int, kinds: tuple[str, ...], reach: int) -> Thing | None:
        """The only event of such a kind that was spoken of before a token, at most so many sentences back."""
        at = {t.references[0].head: t for t in self.told.values()}
        found, sentences = dict[int, Thing](), 0
        for i in range(place - 1, -1, -1):
            thing = at.get(i) or thing_of(self.doc, self.doc[i])
            if thing is not None and any(self.is_a(thing.kind, kind) for kind in kinds):
                found[thing.index] = thing
            sentences += bool(self.doc[i].is_sent_start)
            if sentences >= reach:
                break
        return next(iter(found.values())) if len(found) == 1 else None

    def by(self, agent: Thing) -> Thing | None:
        """The event that a verb told the agent to have done."""
        for place, event in self.told.items():
            verb = self.doc[place]
            if verb.pos_ == "VERB" and any(thing_of(self.doc, s) is agent for s in clauses.clause(verb).subjects):
                return event
        return None

    def of_verb(self, verb: Token) -> Thing | None:
        """The event that a governing verb tells of, if its entry names the kind."""
        if verb.i in self.told:
            return self.told[verb.i]
        entry = self.entry(verb)
        if entry is None or not entry.event or entry.event == "Arrest":
            return None
        clause = clauses.clause(verb)
        loose = (
            entry.event in _MOVING
            or not {"fired", "struck-by-it"}.isdisjoint(f.name for f in entry.frames)
            or verb.lemma_.lower() in ("hit", "strike", "target")
        )
        return None if loose and not self._is_violent(clause, entry) else self.make(verb, entry.event)

    def make(self, verb: Token, kind: str) -> Thing:
        """The event of a verb, made once."""
        if verb.i not in self.told:
            killing = kind == "Event" and verb.lemma_.lower() in ("murder", "massacre", "execute", "behead", "slay")
            noun, whom = self._name(verb)
            name = f"{noun} {whom}" if whom else noun.removesuffix(" on")
            event = new_thing(self.doc, "Attack" if killing else kind, name, verb)
            event.aliases.append(noun.removesuffix(" on").removesuffix(" of"))
            self.told[verb.i] = event
        return self.told[verb.i]

    def _name(self, verb: Token) -> tuple[str, str]:
        """What the verb tells of as a noun, and whom or what it struck: "killing of", "17 civilians"."""
        lemma = verb.lemma_.lower()
        noun = NAMES.get(lemma, f"{lemma.removesuffix('e')}ing")
        clause = clauses.clause(verb)
        struck = (clause.subjects if lemma in _OF_SUBJECT else clause.objects)[:1]
        whom = self._called(struck[0]) if struck and lemma not in _ALONE else ""
        return (noun, "") if not whom else (noun if noun.endswith(" on") else f"{noun} of", whom)

    def _called(self, token: Token) -> str:
        """The words of a phrase; of a pronoun, the name of whom it stands for."""
        thing = thing_of(self.doc, token) if token.pos_ in ("PRON", "DET") else None
        return thing.name if thing is not None else phrase(token)

    def roles(self, event: Thing, verb: Token) -> Iterator[Draft]:
        """Who did it, to whom, with what, where and when."""
        entry, clause = self.entry(verb), clauses.clause(verb)
        if event.index in self.weapons:
            yield Draft(event.index, "weapon", self.weapons[event.index][0], verb.i, TOLD, "deeds/by-weapon")
        if entry is not None:
            yield from self._drafts(event, clause, [f for f in entry.frames if f.subject.name == "itself"])

    def _drafts(
        self, event: Thing, clause: clauses.Clause, frames: list[Frame], certain: float = 1.0
    ) -> Iterator[Draft]:
        for frame in frames:
            if frame.predicate == "target" and not self.is_a(event.kind, "Attack"):
                continue  # a blast that hits a town was not aimed at it
            for value, token in self._fillers(clause, frame.object):
                if frame.predicate == "target" and token is not None and token.lower_ in _SELVES:
                    continue  # "blew himself up"
                kind = self.doc._.things[value].kind if isinstance(value, int) else type(value).__name__.lower()
                if value != event.index and self.accepts(frame.predicate, event.kind, kind):
                    sure = TOLD * certain * certainty(token)
                    yield Draft(event.index, frame.predicate, value, clause.verb.i, sure, f"deeds/{frame.name}")

    def _fillers(self, clause: clauses.Clause, argument: Argument) -> Iterator[tuple[int | Value, Token | None]]:
        match argument.name:
            case "subject":
                yield from self.things(clause.subjects, "Agent")
            case "object":
                yield from self.things(clause.objects, None)
            case "struck":
                yield from self._people(clause.objects)
            case "withWeapon":
                yield from self.things(self._arms(clause), "Weapon")
            case "place":
                yield from self.places(clause)
            case "nearby":
                yield from ((t.index, at) for t, at in self._near(clause))
            case "time":
                time = time_of(self.doc, clause.verb.i)
                value = time_value(self.doc, time) if time else None
                if value:
                    yield value, None
            case _:
                marked = [t for marker in argument.markers for t in clause.obliques.get(marker, [])]
                for kind in argument.fillers or (None,):
                    yield from self.things(marked, kind)

    def things(self, tokens: list[Token], kind: str | None) -> Iterator[tuple[int, Token]]:
        """The things that phrases refer to; one that nothing else speaks of is made if the lexicon knows its noun."""
        for token in tokens:
            thing = thing_of(self.doc, token)
            if thing is None and (known := self.kind(token)):
                thing = self.thing(token, known)
            if thing is not None and (kind is None or self.is_a(thing.kind, kind)) and not _is_nobody(token):
                yield thing.index, token

    def thing(self, token: Token, kind: str) -> Thing:
        """A thing made of a noun that nothing else speaks of."""
        thing = new_thing(self.doc, kind, phrase(token), token)
        self.doc._.thing_at[token.i] = thing.index
        return thing

    def _people(self, tokens: list[Token]) -> Iterator[tuple[int, Token]]:
        """Those who are told one by one: a number of people is counted and named by nobody."""
        counted = {a.counted for a in self.doc._.amounts} | {
            i for a in self.doc._.amounts for i in range(a.start, a.end) if a.unit is None
        }
        yield from ((i, t) for i, t in self.things(tokens, "Person") if t.i not in counted)

    def _arms(self, clause: clauses.Clause) -> list[Token]:
        """With what: "with a knife", "using rifles", "armed with guns"."""
        found = [t for t in clause.obliques.get("with", []) if self._is_weapon(t)]
        for child in chain(clause.verb.children, *(s.children for s in clause.subjects)):
            if child.dep_ in ("advcl", "acl", "xcomp", "amod") and child.lemma_.lower() in (
                "use",
                "arm",
                "wield",
                "carry",
            ):
                inner = clauses.clause(child)
                arms = (
                    inner.objects
                    if child.lemma_.lower() in ("use", "wield", "carry")
                    else inner.obliques.get("with", [])
                )
                found += [t for t in arms if self._is_weapon(t) and t not in clause.subjects]
        return found

    def _is_weapon(self, token: Token) -> bool:
        kind = self.kind(token)
        return kind is not None and self.is_a(kind, "Weapon")

    def places(self, clause: clauses.Clause) -> Iterator[tuple[int, Token]]:
        """Where the clause says that it was: in its own phrases, in those of its object, before its "where"."""
        tokens = [t for marker, tokens in clause.obliques.items() if marker in IN_PLACE for t in tokens]
        struck = [*clause.objects, *(t for m in ("on", "at", "into") for t in clause.obliques.get(m, []))]
        entry = self.entry(clause.verb)
        struck += clause.obliques.get("to", []) if entry is not None and "to" in entry.words else []
        struck += [*self._arms(clause), *(clause.subjects if clause.passive else ())]
        tokens += [p for t in struck for m, p in clauses.obliques(t) if m in IN_PLACE]
        tokens += [t for t in clause.objects if self.kind(t) and self.is_a(self.kind(t) or "", "Place")]
        tokens += [t for t in clause.obliques.get("through", []) if self.told.get(clause.verb.i)]
        tokens += where(clause.verb)
        for token in tokens:
            for place, at in named_places(self.doc, token, self.is_a):
                if place.named or place.kind == "Site":
                    yield place.index, at

    def _near(self, clause: clauses.Clause) -> Iterator[tuple[Thing, Token]]:
        struck = [*clause.objects, *(t for m in ("on", "at", "into") for t in clause.obliques.get(m, []))]
        for head in [clause.verb, *struck]:
            yield from nearby(self.doc, head, self.is_a)


_SELVES = frozenset({"himself", "herself", "itself", "themselves"})
_WHEN = frozenset({"when", "after", "as", "while"})


def _is_of_time(clause: Token) -> bool:
    return any(c.lower_ in _WHEN and c.i < clause.i and c.dep_ in ("mark", "advmod") for c in clause.children)


def _is_toll(entry: Entry) -> bool:
    """Whether the wording tells of the dead or hurt of some event: "kill", "shoot dead", "wound"."""
    return any(f.name in ("killing", "hurt-in") for f in entry.frames)


def where(verb: Token) -> list[Token]:
    """The place of which the clause of a verb is told: "Kano, where a bomb exploded"."""
    clause = verb
    while clause.dep_ == "conj" and clause.head.pos_ == "VERB":
        clause = clause.head
    relative = clause.dep_ in ("acl:relcl", "advcl:relcl") and any(c.lower_ == "where" for c in clause.children)
    return [clause.head] if relative else []


def _around(verb: Token) -> list[Token]:
    """The words that may belong to a verb's entry: what hangs on it, and on its objects and obliques."""
    return [*verb.children, *(g for c in verb.children if c.dep_ in ("obj", "obl", "xcomp") for g in c.children)]


def _is_nobody(token: Token) -> bool:
    """ "No one", "nobody": nobody did it."""
    return token.lower_ in ("nobody", "none", "nothing") or any(c.lower_ == "no" for c in token.children)
