"""Messages of MUC-4 with their answer keys in, :class:`Related` out: the parts that words play in incidents.

The strings of the keys are looked for in the texts, which are written in capitals: their words get the case that other
sets give them (:mod:`.casing`), so that what is learnt fits news of today. Of the 1,500 messages the 1,300 of ``dev``
are read; ``tst1`` is to choose on, ``tst2`` measures.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, permutations
from pathlib import Path

from kg.extraction.model.incidents import TYPES
from kg.extraction.names import shortens
from kg.extraction.training import muc4
from kg.extraction.training.casing import Casing
from kg.extraction.training.corpora import Sentence
from kg.extraction.training.muc4 import Fill, Message, Template
from kg.extraction.training.related import Related, Span, Thing
from kg.extraction.training.words import tokenizer

JUDGED = frozenset({"killedBy", "kidnappedBy", "attacked", "incident"}) | frozenset(
    "livesIn spouse childOf siblingOf educatedAt employedBy founded foundedOn bornIn bornOn publishedBy createdBy"
    " awarded participatedIn successorOf".split()
)
"""What the keys tell, and what such news hardly ever tells: a head that has met these only where they hold would see
them wherever a person and a place stand together."""

THINGS = 60
"""Things of a message at most, unless its incidents have more: the others are there as counterexamples."""

LONGEST = 120
"""Words of a sentence at most; longer ones are cut."""

COMMON = 5
"""A description heads fills in this many messages at least to be a counterexample where it is none."""

_SLOTS = {
    "instrument id": "weapon",
    "perpetrator individual": "perpetrator",
    "perpetrator organization": "organization",
    "target id": "target",
    "victim name": "victim",
    "victim description": "victim",
}
_SEVEREST = ("dead", "kidnapped", "hurt", "perpetrator", "organization", "weapon", "target", "unharmed")
_SORTS = {"weapon": "Weapon", "target": "", "organization": "Organization", "perpetrator": "Person"}


def read(data: Path) -> Iterator[Related]:
    """All messages of ``dev``, also those without an incident."""
    casing, given = Casing.of(data), list(messages(data))
    for message, _ in given:
        casing.meet(message.text.split())
    texts = [_located(message, templates, casing) for message, templates in given]
    heads = Counter(head for text in texts for head in text.heads())
    common = frozenset(word for word, n in heads.items() if n >= COMMON)
    for text in texts:
        yield text.related(common)


def messages(data: Path) -> Iterator[tuple[Message, list[Template]]]:
    """The messages that are trained on, with the templates of their keys."""
    folder = data / "muc4" / "dev"
    keys = dict[str, list[Template]]()
    for path in sorted(folder.glob("key-dev-*")):
        keys |= muc4.templates(path)
    for path in sorted(folder.glob("dev-muc3-*")):
        yield from ((message, keys[message.id]) for message in muc4.messages(path) if message.id in keys)


# ---- words ----------------------------------------------------------------------------------------------------------


_MARKUP = re.compile(
    r"\[(?:TEXT|EXCERPTS?|SUMMARY|REPORT|SPEECH|STATEMENT|ARTICLE|EDITORIAL(?: REPORT)?|BULLETIN|COMMUNIQUE|CONTINUED"
    r"|(?:STATION )?COMMENTARY|(?:PASSAGE|WORDS?|PASSAGES|SENTENCE) (?:OMITTED|INDISTINCT)|(?:BEGIN|END) [A-Z ]+)\]"
)
_DATELINE = re.compile(r"\A.{0,120}? -- ")


def _sentences(message: Message) -> list[list[str]]:
    """The words of each sentence, without dateline and markup; sentences are guessed, and end with a paragraph."""
    body = _DATELINE.sub("", _MARKUP.sub(" ", message.text))
    out = list[list[str]]()
    for paragraph in body.split("\n\n"):
        words = [token.text for token in tokenizer()(re.sub(r"(?<=\w)- (?=\w)", "-", " ".join(paragraph.split())))]
        start = 0
        for i, word in enumerate(words):
            ends = word in (".", "!", "?") and words[i + 1 : i + 2] not in (['"'], ["]"], [")"])
            ends |= i > start and word in ('"', "]", ")") and words[i - 1] in (".", "!", "?")
            if ends or i + 1 == len(words) or i + 1 - start == LONGEST:
                out.append(words[start : i + 1])
                start = i + 1
    return out


_PLAIN = re.compile(r"[^\W_]")


def _acronyms(words: Sequence[str]) -> frozenset[str]:
    """Words that stand in brackets after what they shorten, or before it: ``WORDS [ACRONYM]``, ``ACRONYM [WORDS]``."""
    found = set[str]()
    for i, word in enumerate(words):
        closed = "])" if word in "[(" else ""
        end = next((k for k in range(i + 1, min(i + 12, len(words))) if words[k] in closed), 0) if closed else 0
        if i and end and words[i - 1].isalpha():
            before, inside = list(words[max(0, i - 8) : i]), list(words[i + 1 : end])
            if len(inside) == 1 and shortens(inside[0], before):
                found.add(inside[0])
            elif len(inside) > 1 and shortens(before[-1], inside):
                found.add(before[-1])
    return frozenset(found)


# ---- fills in the text ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Found:
    """A string of the key in the text: its words, and the one that heads it."""

    start: int
    end: int
    head: int


@dataclass(slots=True)
class _Said:
    """A fill of a template: what part it plays, under all its names, and where it stands in the text."""

    slot: str
    part: str
    template: int
    fill: Fill
    found: list[_Found]
    also: str = ""


@dataclass(slots=True)
class Text:
    """A message with its fills located. ``words`` are in normal case, ``names`` runs of capitals."""

    message: Message
    sentences: list[Sentence]
    words: list[str]
    said: list[_Said]
    templates: list[Template]
    names: list[Span] = field(default_factory=list)
    modifiers: frozenset[int] = frozenset()

    def heads(self) -> set[str]:
        """Lower-case words that head a fill."""
        return {self.words[f.head] for each in self.said for f in each.found if self.words[f.head].islower()}

    def related(self, common: frozenset[str]) -> Related:
        """The record; ``common`` are the descriptions that are things even where they play no part."""
        groups = _groups(self.said)
        things = _told_apart([_thing(self, group) for group in groups])
        facts = frozenset(_facts(self.templates, self.said, groups))
        parts = _parts(self.said)
        things += _others(self, things, parts, common)[: max(0, THINGS - len(things))]
        return Related(self.sentences, things, facts, JUDGED, parts=parts, incidents=_types(self.templates))


def _located(message: Message, templates: list[Template], casing: Casing) -> Text:
    plain = _sentences(message)
    words = [word for sentence in plain for word in sentence]
    index = _Index(words)
    said = [each for n, template in enumerate(templates) for each in _said(template, n, index)]
    _without_inner(said)
    named, common = _inside(said, "victim name"), _inside(said, "instrument id")
    kept, sentences, at = _acronyms(words), list[Sentence](), 0
    for sentence in plain:
        here = range(at, at + len(sentence))
        cased = casing.normal(
            sentence, {i - at for i in named if i in here}, {i - at for i in common if i in here}, kept
        )
        sentences.append(Sentence(cased, "muc4", message.id))
        at += len(sentence)
    text = Text(message, sentences, [word for s in sentences for word in s.words], said, templates)
    text.modifiers = frozenset(_modifiers(text.words, casing))
    for each in said:
        if each.part != "weapon":
            each.found = [f for f in each.found if f.head not in text.modifiers] or each.found
    text.names = list(_capitalised(text))
    _further(text)
    return text


def _inside(said: Iterable[_Said], slot: str) -> set[int]:
    return {i for each in said if each.slot == slot for f in each.found for i in range(f.start, f.end)}


def _modifiers(words: Sequence[str], casing: Casing) -> Iterator[int]:
    """Lower-case words that stand before a noun or adjective ("the military hospital"), which they only describe."""
    for i, (word, after) in enumerate(pairwise(words)):
        before = word.islower() and not word.endswith("s") and after.islower() and after not in _DAYS
        if before and casing.tag(after) in ("NOUN", "ADJ"):
            yield i


_DAYS = frozenset("today yesterday tomorrow tonight".split())


class _Index:
    """The words of a text without punctuation, and where they stand."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = words
        self.places = [i for i, word in enumerate(words) if _PLAIN.search(word) and word != "'S"]
        self.plain = [_bare(words[i]) for i in self.places]
        self.begins = dict[str, list[int]]()
        for n, word in enumerate(self.plain):
            self.begins.setdefault(word, []).append(n)

    def find(self, string: str) -> list[_Found]:
        """Wherever the words of the string stand in this order, whatever marks stand between them."""
        wanted = _wanted(string)
        for drop in range(2):
            asked = wanted[drop:] if drop and wanted[:1] and wanted[0] in _DETERMINERS else wanted
            found = [
                self._found(n, len(asked))
                for n in self.begins.get(asked[0], ()) if asked and self.plain[n : n + len(asked)] == asked
            ] if asked else []  # fmt: skip
            if found:
                return found
        return []

    def _found(self, n: int, length: int) -> _Found:
        places = self.places[n : n + length]
        plain = [i for i in places if not self._bracketed(i, places[0])] or places
        return _Found(places[0], places[-1] + 1, plain[_head([self.words[i] for i in plain])])

    def _bracketed(self, i: int, first: int) -> bool:
        return self.words[first:i].count("[") > self.words[first:i].count("]")


_DETERMINERS = frozenset("THE A AN".split())


def _wanted(string: str) -> list[str]:
    words = [token.text for token in tokenizer()(" ".join(string.upper().split()))]
    return [_bare(word) for word in words if _PLAIN.search(word) and word != "'S"]


def _bare(word: str) -> str:
    return re.sub(r"[\W_]", "", word)


_ENDS_HEAD = frozenset(
    "OF WHO WHOM WHOSE WHICH THAT IN ON AT WITH FROM FOR TO BY UPON BETWEEN AMONG UNDER OVER NEAR ABOUT BEFORE AFTER AS"
    " AND OR WHERE WHEN WEARING CARRYING DRESSED TRAVELING BELONGING LOCATED OWNED INVOLVED INSIDE OUTSIDE".split()
)


def _head(words: Sequence[str]) -> int:
    """The last word before a preposition, a clause or a participle."""
    end = next((i for i, word in enumerate(words) if i and word in _ENDS_HEAD), len(words))
    return end - 1


def _said(template: Template, number: int, index: _Index) -> Iterator[_Said]:
    for slot, part in _SLOTS.items():
        for fill in template.of(slot):
            became = _became(template, fill) if part == "victim" else part
            found = [f for value in fill.values for f in index.find(value)]
            yield _Said(slot, became, number, fill, list(dict.fromkeys(found)), " ".join(fill.about[:1]))


def _became(template: Template, victim: Fill) -> str:
    """What a victim came to: by the effects about it, or about the name that it describes."""
    called = {*victim.values, *victim.about}
    effects = {value for fill in template.of("victim effect") if called & set(fill.about) for value in fill.values}
    if "DEATH" in effects:
        return "dead"
    if _first(template, "incident type") == "KIDNAPPING" and _first(template, "incident stage") == "ACCOMPLISHED":
        return "kidnapped"
    return "hurt" if "INJURY" in effects else "unharmed"


def _first(template: Template, slot: str) -> str:
    return next((fill.values[0] for fill in template.of(slot)), "")


def _without_inner(said: list[_Said]) -> None:
    """What stands within a longer string of another fill, under another head, is no mention ("Army" in "Army of …")."""
    spans = {(f.start, f.end, f.head) for each in said for f in each.found}
    for each in said:
        own = {f.head for f in each.found}
        each.found = [
            f for f in each.found
            if not any(s <= f.start and f.end <= e and (e - s) > f.end - f.start and f.head != h and h not in own
                       for s, e, h in spans)
        ] or each.found  # fmt: skip


def _capitalised(text: Text) -> Iterator[Span]:
    """Names: runs of words with a capital, without titles and what only begins a sentence."""
    at = 0
    for sentence in text.sentences:
        words, start = [*sentence.words, "."], -1
        for i, word in enumerate(words):
            links = start >= 0 and word.lower() in _LINKS and words[i + 1][:1].isupper()
            if word[:1].isupper() and start < 0:
                start = i
            elif not word[:1].isupper() and not links and start >= 0:
                first = start
                while first < i and words[first].lower().strip(".") in _OPENERS | _TITLES:
                    first += 1
                if first < i and (first or i > 1):
                    yield at + first, at + i
                start = -1
        at += len(sentence.words)


_LINKS = frozenset("de la del los las y".split())
_TITLES = frozenset(
    "president general colonel col gen maj major captain capt lieutenant lt minister secretary director chief bishop"
    " archbishop father monsignor msgr dr mr mrs ms ambassador deputy senator sen judge commander correspondent"
    " engineer professor brigadier admiral officer police former vice prime foreign".split()
)
_OPENERS = frozenset(
    "the a an in on at it he she they we i this that these those but and or as for from to of with by after before when"
    " while according meanwhile today yesterday there his her their our its no not one two three if some all another"
    " other during since however also both several many most although".split()
)


def _further(text: Text) -> None:
    """Later mentions: a part of a victim's name that holds more than the first name, "the" with the head of a fill."""
    for each in text.said:
        if each.slot == "victim name":
            names = [[text.words[i].lower() for i in range(f.start, f.end)] for f in each.found]
            rests = [set(name[1:]) for name in names if len(name) > 1]
            for start, end in text.names:
                words = {word.lower() for word in text.words[start:end]}
                if any(words & rest and words <= set(name) for rest, name in zip(rests, names, strict=False)):
                    each.found.append(_Found(start, end, end - 1))
    taken = {i for each in text.said for f in each.found for i in range(f.start, f.end)}
    for each in text.said:
        first = min((f.head for f in each.found), default=len(text.words))
        heads = {text.words[f.head] for f in each.found if text.words[f.head].islower()}
        for i in range(first + 2, len(text.words)):
            if text.words[i] in heads and i not in taken | text.modifiers and text.words[i - 1].lower() in _DEFINITE:
                each.found.append(_Found(i, i + 1, i))
        each.found = list(dict.fromkeys(each.found))


_DEFINITE = frozenset({"the", "these", "those", "this", "both"})


# ---- the record -----------------------------------------------------------------------------------------------------


def _parts(said: Iterable[_Said]) -> dict[int, str]:
    """The part of every head word, the severest where several are told."""
    parts = dict[int, str]()
    for each in sorted(said, key=lambda s: _SEVEREST.index(s.part), reverse=True):
        parts |= dict.fromkeys((f.head for f in each.found), each.part)
    return dict(sorted(parts.items()))


def _groups(said: Sequence[_Said]) -> list[list[_Said]]:
    """The fills that are one thing: those that share a head word or a string, and a name with its description."""
    groups = list[list[_Said]]()
    for each in said:
        if each.found:
            same = [group for group in groups if any(_same(each, other) for other in group)]
            groups = [group for group in groups if group not in same]
            groups.append([*(other for group in same for other in group), each])
    return groups


def _same(one: _Said, other: _Said) -> bool:
    if one.also and other.also:
        return one.also == other.also
    if one.also or other.also:  # what describes a name may describe others as well
        return one.also in other.fill.values or other.also in one.fill.values
    return bool(
        {f.head for f in one.found} & {f.head for f in other.found} or {*one.fill.values} & {*other.fill.values}
    )


def _thing(text: Text, group: list[_Said]) -> Thing:
    found = {f for each in group for f in each.found}
    part = min((each.part for each in group), key=_SEVEREST.index)
    sort = _SORTS.get(part, "Person")
    return Thing(sorted({_mention(text.words, f) for f in found}), sort)


def _told_apart(things: list[Thing]) -> list[Thing]:
    """Without the mentions that describe several named people, but for those who have no other."""
    held = Counter(span for thing in things for span in thing.mentions)
    return [Thing([s for s in thing.mentions if held[s] == 1] or thing.mentions, thing.sort) for thing in things]


def _mention(words: Sequence[str], found: _Found) -> Span:
    """The name that ends with the head word, or the head of a description alone."""
    start = found.head
    if words[found.head][:1].isupper():
        while start > found.start and (words[start - 1][:1].isupper() or words[start - 1].lower() in _INSIDE):
            start -= 1
        while words[start].lower() in _INSIDE or words[start].lower() in ("the", "a", "an"):
            start += 1
    return min(start, found.head), found.head + 1


_INSIDE = frozenset("of the de la y - '".split())


def _facts(templates: Sequence[Template], said: Sequence[_Said], groups: Sequence[list[_Said]]) -> Iterator[
    tuple[int, str, int]
]:  # fmt: skip
    number = {id(each): n for n, group in enumerate(groups) for each in group}
    for n, template in enumerate(templates):
        here = [each for each in said if each.template == n and each.found]
        doers = [s for s in here if s.slot.startswith("perpetrator") and not _doubtful(template, s.fill)]
        for one, other in permutations(here, 2):
            if number[id(one)] != number[id(other)]:
                yield number[id(one)], "incident", number[id(other)]
        for doer in doers:
            for each in here:
                if number[id(each)] != number[id(doer)]:
                    yield from _done(number[id(doer)], number[id(each)], each, template)


def _done(doer: int, what: int, said: _Said, template: Template) -> Iterator[tuple[int, str, int]]:
    if said.part == "dead":
        yield what, "killedBy", doer
    if said.part == "kidnapped" or (said.part == "dead" and _first(template, "incident type") == "KIDNAPPING"):
        yield what, "kidnappedBy", doer
    if said.part in ("target", "hurt", "unharmed"):
        yield doer, "attacked", what


def _doubtful(template: Template, doer: Fill) -> bool:
    """Acquitted, or named without being accused."""
    sure = [fill for fill in template.of("perpetrator confidence") if set(fill.about) & set(doer.values)]
    return any(fill.values[0] in ("ACQUITTED", "POSSIBLE") for fill in sure)


def _types(templates: Sequence[Template]) -> frozenset[str] | None:
    """The types of the incidents; not known where one is told that need not be."""
    needed = {_first(t, "incident type") for t in templates if not t.optional}
    possible = {_first(t, "incident type") for t in templates}
    return frozenset(needed & set(TYPES)) if possible == needed else None


def _others(text: Text, things: Sequence[Thing], parts: Mapping[int, str], common: frozenset[str]) -> list[Thing]:
    """Other names and common descriptions, the most frequent first; the same words are the same thing."""
    taken = {i for thing in things for start, end in thing.mentions for i in range(start, end)} | text.modifiers
    known = {text.words[i] for i in parts}
    groups = dict[str, list[Span]]()
    for start, end in text.names:
        if not taken & set(range(start, end)):
            groups.setdefault(" ".join(text.words[start:end]).lower(), []).append((start, end))
    for i, word in enumerate(text.words):
        if word in common and i not in taken and word not in known:
            groups.setdefault(word, []).append((i, i + 1))
    for last in [name for name in groups if " " not in name]:
        whole = [name for name in groups if name.endswith(f" {last}")]
        if len(whole) == 1:
            groups[whole[0]] = sorted([*groups[whole[0]], *groups.pop(last)])
    return [Thing(spans, "") for spans in sorted(groups.values(), key=lambda spans: (-len(spans), spans[0]))]
