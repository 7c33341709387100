"""A verb of a UD tree in, its arguments out as those of the active clause, whatever the wording.

Passives, relative and participial clauses, shared subjects of coordinated verbs and controlled subjects all come out
alike: ``subjects`` did it, ``objects`` had it done to them, ``obliques`` by their preposition.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Token

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "SYM", "X"})


@dataclass(slots=True)
class Clause:
    """The arguments of one verb; tokens are the heads of their phrases, coordinated ones each for itself."""

    verb: Token
    passive: bool
    subjects: list[Token] = field(default_factory=list)
    objects: list[Token] = field(default_factory=list)
    obliques: dict[str, list[Token]] = field(default_factory=dict)
    recipients: list[Token] = field(default_factory=list)
    given: list[Token] = field(default_factory=list)
    """To whom and what, where somebody is given something: "awarded X the prize", "X was given a sentence"."""
    places: list[Token] = field(default_factory=list)
    """Where it is done as the semantic roles have it, whatever the tree hangs the phrase on."""
    words: list[Token] = field(default_factory=list)
    """The other words of a wording of several: "talks" of "hold talks"."""
    shared: bool = False
    """Whether the subject is taken from another clause."""


def clause(verb: Token) -> Clause:
    """Reads the arguments of ``verb`` (its part of speech is VERB, or a participle tagged ADJ)."""
    passive = is_passive(verb)
    surface, shared = surface_subjects(verb)
    found = Clause(verb, passive, shared=shared)
    done_by = _agents_of_gerund(verb, surface)
    own = [t for c in verb.children if c.dep_ == "obj" for t in conjuncts(c) if t not in done_by]
    told = [t for c in verb.children if c.dep_ == "iobj" for t in conjuncts(c)]
    doubled = [c for c in verb.rights if c.dep_ == "obj"]
    if len(doubled) == 2 and not told:
        told, own = (list(conjuncts(c)) for c in doubled)  # "awarded X the prize", read as two objects
    if passive:
        found.objects = surface
        found.subjects = [t for c in verb.children if is_agent(c) for t in conjuncts(c)] or _hyphened(verb)
        own = own or [c for c in verb.children if c.dep_ == "obl:unmarked"]
        found.recipients, found.given = (surface, own) if own else ([], [])
    elif done_by:
        found.subjects, found.objects = done_by, own or surface
    else:
        found.subjects = surface
        found.objects = own or told or _relative_object(verb)
        found.recipients, found.given = (told if own else []), own
    for marker, token in obliques(verb):
        found.obliques.setdefault(marker, []).extend(conjuncts(token))
    if is_hyphened(verb):
        found.obliques.setdefault("at", []).extend(found.subjects)
    if passive and not found.given and "to" in found.obliques:
        found.given = surface  # "the prize was given to X"
    for child in verb.children:
        if child.dep_ in ("advcl", "ccomp", "xcomp", "acl") and child.tag_ == "VBG":
            for mark in (c.lower_ for c in child.children if c.dep_ in ("mark", "case")):
                found.obliques.setdefault(mark, []).append(child)
    _fill_from_roles(found)
    return found


def deed(noun: Token) -> Clause:
    """The arguments of a noun that tells of what somebody did: "X's purchase of Y", "the purchase of Y by X".

    A possessive did it where it stands with an object, and had it done to them where it stands with an agent.
    """
    found = Clause(noun, passive=False)
    for marker, token in obliques(noun):
        found.obliques.setdefault(marker, []).extend(conjuncts(token))
    possessive = [t for c in noun.children if c.dep_ == "nmod:poss" for t in conjuncts(c)]
    agents, objects = found.obliques.pop("by", []), found.obliques.pop("of", [])
    agents += [p for token in objects for marker, p in obliques(token) if marker == "by"]
    found.subjects = agents or possessive or _doer(noun)
    found.objects = objects or (possessive if agents else [])
    found.subjects = [t for t in found.subjects if t not in found.objects]
    _fill_from_roles(found)
    return found


_MEETINGS = frozenset({"talk", "talks", "meeting", "consultation", "negotiation", "discussion"})
_LIGHT = frozenset({"make", "pay", "begin", "start", "end", "conclude", "complete", "take", "announce", "launch"})
"""Verbs whose subject does what their object tells of: "paid a visit"."""


def _doer(noun: Token) -> list[Token]:
    """Who did what a noun without a possessive tells of: "on a visit to Y, X said", "X paid a visit to Y"."""
    verb = noun.head
    if noun.dep_ == "obj" and verb.lemma_ in _LIGHT and not is_passive(verb):
        return surface_subjects(verb)[0]
    known = any(c.dep_ == "det" and c.lower_ not in ("a", "an") for c in noun.children)
    if noun.dep_ == "obl" and preposition(noun) == "for" and noun.lemma_ in _MEETINGS and verb.tag_ in ("VBD", "VBN"):
        return surface_subjects(verb)[0]  # "flew to Y for talks with X"
    if noun.dep_ == "obl" and preposition(noun) in ("on", "during", "after", "following", "at", "in") and not known:
        return surface_subjects(verb)[0]
    return []


def quality(adjective: Token) -> Clause:
    """What an adjective is said of, as its subject, and its phrases: "X is loyal to Y", "X, loyal to Y, …"."""
    found = Clause(adjective, passive=False)
    for marker, token in obliques(adjective):
        found.obliques.setdefault(marker, []).extend(conjuncts(token))
    after = adjective.dep_ in ("amod", "acl", "appos") and adjective.i > adjective.head.i
    found.subjects = list(conjuncts(adjective.head)) if after else surface_subjects(adjective)[0]
    return found


def is_hyphened(verb: Token) -> bool:
    """Whether a participle before a noun is joined to the word before it: "Iran-backed", "Oslo-based"."""
    return verb.dep_ == "amod" and verb.i > 1 and verb.nbor(-1).text in ("-", "\u2010", "\u2011")


def _hyphened(verb: Token) -> list[Token]:
    """Who does it in "Iran-backed", and where it is in "Oslo-based"."""
    return [verb.nbor(-2)] if is_hyphened(verb) else []


SURE = 0.6
"""A role below this probability fills no gap."""


def _fill_from_roles(found: Clause) -> None:
    """Who did it, to whom and where, as the semantic roles have it, where the tree does not tell (PropBank's ARG0, ARG1
    and ARGM-LOC).

    A phrase with a preposition is no object; who undergoes an intransitive verb ("X died") is its subject already.
    """
    frame = (found.verb.doc._.roles or {}).get(found.verb.i)
    if frame is None:
        return
    by_role: dict[str, list[Token]] = {}
    for argument in frame.arguments:
        if argument.probability >= SURE:
            by_role.setdefault(argument.role, []).append(found.verb.doc[argument.word])
    if not found.subjects and not found.passive and not _is_foiled(found.verb):
        found.subjects = [t for a in by_role.get("ARG0", ()) if _can_fill(a, found.objects) for t in conjuncts(a)]
        found.shared = bool(found.subjects)
    if not found.objects and (found.subjects or found.passive):
        undergone = [a for a in by_role.get("ARG1", ()) if _can_fill(a, found.subjects)]
        # What an earlier verb has for its object is not shared by a later one: "killed a woman and injured others".
        own = [a for a in undergone if not (a.dep_ == "obj" and a.i < found.verb.i)]
        found.objects = [t for a in own for t in conjuncts(a)]
    found.places = [t for a in by_role.get("ARGM-LOC", ()) if a.pos_ in NOMINAL for t in conjuncts(a)]


_FOILING = frozenset(
    "foil thwart prevent stop avert disrupt uncover condemn denounce reveal discover expose investigate block".split()
)
"""Verbs whose subject does not do what the noun under them is to do: "foiled a plot to kill X"."""


def _is_foiled(verb: Token) -> bool:
    noun = verb.head
    return verb.dep_ == "acl" and noun.dep_ in ("obj", "nsubj:pass") and noun.head.lemma_.lower() in _FOILING


def _can_fill(token: Token, others: list[Token]) -> bool:
    relative = "Rel" in token.morph.get("PronType", [])
    return token.pos_ in NOMINAL and not relative and not preposition(token) and token not in others


def _agents_of_gerund(verb: Token, surface: list[Token]) -> list[Token]:
    """Who did it in "X's killing by Y", which is no subject's doing although the tree takes it for a verb."""
    if verb.tag_ != "VBG" or not any(c.tag_ == "POS" for token in surface for c in token.children):
        return []
    return [t for c in verb.rights if c.dep_ in ("obj", "obl") and preposition(c) == "by" for t in conjuncts(c)]


def is_agent(token: Token) -> bool:
    """Whether the token heads the by-phrase of a passive."""
    return token.dep_ == "obl:agent" or (
        token.dep_ == "obl" and preposition(token) == "by" and token.head.tag_ == "VBN"
    )


def is_passive(verb: Token) -> bool:
    """Whether the surface subject is the one it was done to."""
    deps = {c.dep_ for c in verb.children}
    if deps & {"nsubj:pass", "aux:pass", "csubj:pass", "obl:agent"}:
        return True
    if verb.tag_ != "VBN" or "obj" in deps:
        return False
    if verb.dep_ in ("acl", "amod", "advcl", "acl:relcl"):
        return not deps & {"aux", "nsubj"}
    if verb.dep_ in ("conj", "xcomp") and not deps & {"aux", "nsubj"}:
        return is_passive(verb.head) if verb.head.pos_ == "VERB" else False
    return False


def surface_subjects(verb: Token, depth: int = 0) -> tuple[list[Token], bool]:
    """The subject as written, and whether it belongs to another clause (coordination, control, modification)."""
    own = [t for c in verb.children if c.dep_ in ("nsubj", "nsubj:pass", "nsubj:outer") for t in conjuncts(c)]
    if own or depth > 4:
        return own, False
    head, dep = verb.head, verb.dep_
    if dep == "conj" and head.pos_ in ("VERB", "AUX", "ADJ", "NOUN", "NUM"):
        return surface_subjects(head, depth + 1)[0] if not _modifies_noun(head) else _modified(head, depth), True
    controllers = [t for c in head.children if c.dep_ == "obj" for t in conjuncts(c)]
    controllers = controllers or [t for c in head.children if c.dep_ == "iobj" for t in conjuncts(c)]
    if dep == "xcomp" or (dep == "advcl" and _is_task(verb)):
        return controllers or surface_subjects(head, depth + 1)[0], True
    if _modifies_noun(verb):
        return _modified(verb, depth), False
    if dep == "advcl" and verb.tag_ in ("VBG", "VBN", "VB") and _is_predicate(head):
        return surface_subjects(head, depth + 1)[0], True
    return [], False


_NAMING = frozenset({"name", "appoint", "pick", "choose", "select", "nominate", "elect", "hire", "tap", "recruit"})
"""Verbs that give somebody a task or an office."""


def _is_task(verb: Token) -> bool:
    """What the one does who is named: "named X to lead the bank", "appointed X as minister, replacing Y"."""
    if verb.head.lemma_ not in _NAMING or is_passive(verb.head):
        return False
    return verb.tag_ == "VB" or verb.lemma_ in ("replace", "succeed")


def _is_predicate(head: Token) -> bool:
    """Whether a word has a subject: a verb, or what follows a copula ("Founded in 1254, the town was home to Y")."""
    return head.pos_ in ("VERB", "AUX") or any(c.dep_ == "cop" for c in head.children)


def _modifies_noun(verb: Token) -> bool:
    """Whether the verb modifies a noun that is its subject: "forces holding the town", "the man killed there"."""
    if verb.dep_ == "amod":
        return verb.tag_ == "VBN"
    if verb.dep_ == "acl":
        return verb.tag_ in ("VBN", "VBG", "VBD") or (verb.tag_ == "VB" and _is_ranked(verb.head))
    return False


_RANKS = frozenset({"first", "second", "third", "last", "only", "sole", "next"})


def _is_ranked(noun: Token) -> bool:
    """ "The first woman to", "the youngest ever to": who is so ranked did it."""
    return any(c.dep_ == "amod" and (c.lower_ in _RANKS or c.tag_ == "JJS") for c in noun.children)


def _modified(verb: Token, depth: int = 0) -> list[Token]:
    """The noun that a participle modifies, and who is said to be (one of) it: "X was among 12 people killed"."""
    noun = verb.head
    if noun.pos_ not in NOMINAL:
        return []
    top = noun.head if noun.dep_ == "nmod" and noun.head.lemma_ == "one" else noun
    same = any(c.dep_ == "cop" for c in top.children)
    subjects = [c for c in top.children if c.dep_ == "nsubj"] if same and preposition(top) in ("", "among") else []
    if noun.dep_ == "xcomp" and noun.head.lemma_ in ("become", "remain"):
        subjects = surface_subjects(noun.head, depth + 1)[0]  # "X became the first woman to lead Y"
    return [noun, *(t for s in subjects for t in conjuncts(s))]


def _relative_object(verb: Token) -> list[Token]:
    """The noun of a relative clause that lacks its object: "the man they killed"."""
    if verb.dep_ == "acl:relcl" and any(c.dep_ == "nsubj" for c in verb.children):
        subject = next(c for c in verb.children if c.dep_ == "nsubj")
        if "Rel" not in subject.morph.get("PronType", []) and not any(
            c.dep_ in ("obl", "ccomp", "xcomp", "aux:pass") and c.tag_ in ("WDT", "WP") for c in verb.children
        ):
            return [verb.head] if subject.i > verb.head.i else []
    return []


def conjuncts(token: Token) -> Iterator[Token]:
    """The token and what is coordinated with it, if nominal."""
    yield token
    for child in token.children:
        if (
            child.dep_ == "conj"
            and child.pos_ in NOMINAL
            and not any(c.lower_ == "not" and c.i < child.i for c in child.children)
            and not any(c.dep_.startswith("nsubj") for c in child.children)
        ) or (child.dep_ in ("nmod", "obl") and preposition(child) == "including"):
            yield from conjuncts(child)


def obliques(head: Token) -> Iterator[tuple[str, Token]]:
    """(preposition, phrase head) of the prepositional phrases of a verb or noun, by-agents left out for verbs."""
    for child in head.children:
        instead = child.dep_ == "advcl" and child.pos_ in NOMINAL and is_ruled_out(child)
        if child.dep_ in ("obl", "nmod", "obl:agent") or instead:
            marker = preposition(child)
            if marker and not is_ruled_out(child):
                yield marker, child
            elif marker:
                yield from ((preposition(c) or marker, c) for c in _instead(child))


def _instead(token: Token) -> list[Token]:
    """What holds in place of a phrase that is ruled out: "not in Lviv but in Sambir"."""
    beside = [c for c in token.children if c.dep_ == "conj"]
    beside += [g for c in beside for g in c.children if g.dep_ == "conj"]
    return [c for c in beside if any(g.lower_ == "but" for g in c.children)]


def is_ruled_out(token: Token) -> bool:
    """Whether a phrase is put beside the true one: "not in Lviv but in Sambir", "neither in Lviv nor in Kyiv"."""
    return any(c.lower_ in ("not", "neither", "nor") and c.i < token.i for c in token.children)


def preposition(token: Token) -> str:
    """The preposition of a phrase in lower case; several words are joined (``because of``)."""
    for child in token.children:
        if child.dep_ == "case" and child.text not in ("'s", "’s", "'", "’"):
            rest = [c.lower_ for c in child.children if c.dep_ == "fixed"]
            return " ".join([child.lower_, *rest])
    return ""


def is_generic(verb: Token) -> bool:
    """Whether the verb is in the simple present: "strikes that kill civilians" tells of no one strike."""
    finite = [verb, *(c for c in verb.children if c.dep_ in ("aux", "aux:pass"))]
    if any(t.tag_ in ("VBD", "VBN") and t.dep_ in ("aux", "aux:pass") for t in finite):
        return False
    if verb.tag_ == "VBN":
        return any(t.dep_ == "aux:pass" and t.tag_ in ("VBZ", "VBP") for t in finite) and not any(
            t.lemma_ == "have" for t in finite
        )
    return verb.tag_ in ("VBZ", "VBP") or (verb.tag_ == "VB" and not any(c.dep_ == "aux" for c in verb.children))
