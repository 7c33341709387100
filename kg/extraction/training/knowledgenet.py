"""KnowledgeNet in; its passages with the relations between their things out.

The set marks only what takes part in a fact. So that there is something between which nothing holds, every other run of
capitalised words and every date is a thing, too, unless it may be another mention of a thing that is marked.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import permutations
from pathlib import Path
from typing import Any

from kg.extraction.training.clusters import cut, guessed_words
from kg.extraction.training.corpora import HELD_OUT, is_name, past_titles, share
from kg.extraction.training.kinds import is_of_a_people
from kg.extraction.training.related import Fact, Related, Span, Thing, both_ways

_PROPERTIES: dict[str, tuple[str, bool, str, str]] = {
    "CEO": ("leaderOf", True, "Organization", "Person"),
    "CHILD_OF": ("childOf", False, "Person", "Person"),
    "DATE_FOUNDED": ("foundedOn", False, "Organization", "Date"),
    "DATE_OF_BIRTH": ("bornOn", False, "Person", "Date"),
    "DATE_OF_DEATH": ("diedOn", False, "Person", "Date"),
    "EDUCATED_AT": ("educatedAt", False, "Person", "Organization"),
    "EMPLOYEE_OR_MEMBER_OF": ("employedBy", False, "Person", "Organization"),
    "FOUNDED_BY": ("founded", True, "Organization", "Person"),
    "HEADQUARTERS": ("in", False, "Organization", "Place"),
    "NATIONALITY": ("citizenOf", False, "Person", "Place"),
    "PLACE_OF_BIRTH": ("bornIn", False, "Person", "Place"),
    "PLACE_OF_RESIDENCE": ("livesIn", False, "Person", "Place"),
    "POLITICAL_AFFILIATION": ("memberOf", False, "Person", "Organization"),
    "SPOUSE": ("spouse", False, "Person", "Person"),
    "SUBSIDIARY_OF": ("part", False, "Organization", "Organization"),
}
"""Property to its label, whether the other way round, and the sorts of its subject and object."""

_JOINED = re.compile(
    r"\b(party|team|band|orchestra|choir|quartet|parliament|congress|senate|assembly|house of|academy|society"
    r"|association|union|club|fc|league|army|navy|air force|corps|guards?|militia|duma|rada|knesset|bundestag"
    r"|legislature|order of|federation|brotherhood|movement|front)\b",
    re.IGNORECASE,
)
"""What somebody is a member of rather than employed by."""

_LEADS = re.compile(
    r"\b(president|chair\w*|head\w*|director|leads?|leader|led|chief(?! executive)|minister|governor|mayor|command\w*"
    r"|captain|manag\w+|principal|dean|king|queen|emperor|secretary|partner)\b",
    re.IGNORECASE,
)
"""Words for leaders whom the set leaves unmarked where they are no chief executives."""

_PRONOUNS = frozenset(
    "i me my we us our you your he him his she her hers it its they them their theirs who whom whose which where that"
    " this these those himself herself itself themselves one".split()
)
_NO_NAMES = _PRONOUNS | frozenset(
    "the a an in on at of for to from by with and or but as after before when while during since until also although"
    " if then there here however both all many most some more other another such not no its".split()
)
_LINKS = frozenset("of de la von van der & - – ’s 's".split())
_MONTH = (
    "january february march april may june july august september october november december jan feb mar apr jun jul aug"
    " sep sept oct nov dec"
).split()


_WORD = re.compile(
    r"(?:[A-Z]\.)+|(?:Mr|Mrs|Ms|Dr|St|Jr|Sr|Inc|Co|Corp|Ltd|Prof|Rev|Gen|Col|Lt|Capt|Sgt)\.|['’]s\b|\w+(?=['’]s\b)"
    r"|\d+(?:[.,]\d+)+|\w+(?:[.'’]\w+)*|[^\w\s]"
)


@dataclass(slots=True)
class _Named:
    """A thing in the making: its spans, what it is known by (entity or words), and its sort."""

    spans: set[Span] = field(default_factory=set)
    keys: set[str] = field(default_factory=set)
    sort: str = ""


def knowledgenet(data: Path) -> Iterator[Related]:
    """The passages of folds 1 and 2 but for those that are held out; fold 3 is reported on."""
    rows = defaultdict[tuple[str, str, str], list[dict[str, Any]]](list)
    for line in (data / "knowledgenet" / "facts-folds-1-3.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["fold"] in ("1", "2") and share(row["doc"]) >= HELD_OUT["knowledgenet"]:
            rows[row["doc"], row["passageStart"], row["passageText"]].append(row)
    for (document, start, text), held in rows.items():
        yield _passage(f"knowledgenet/{document}/{start}", text, held)


def _passage(name: str, text: str, rows: list[dict[str, Any]]) -> Related:
    found = [(m.start(), m.end()) for m in _WORD.finditer(text)]
    words = [text[start:end] for start, end in found]
    told = [(row, *_ends(row, words, found)) for row in rows if not row.get("noFact")]
    marked = _things([thing for _, *ends in told for thing in ends])
    at = {span: number for number, thing in enumerate(marked) for span in thing.spans}
    facts = set[Fact]()
    for row, subject, other in told:
        one, two = (at[next(iter(end.spans))] for end in (subject, other))
        label, turned = _label(row)
        if one != two:
            facts.add((two, label, one) if turned else (one, label, two))
    asked = {row["property"] for row in rows}
    things = [*marked, *_others(marked, words, asked)]
    held, judged = both_ways(facts), _judged(asked, facts, text)
    doubtful = _doubtful(things, len(marked), judged, text, words) | _maybe_same(things, held, words)
    known = frozenset(permutations(range(len(things)), 2)) - doubtful | {(a, b) for a, _, b in held}
    spans = [Thing(sorted(thing.spans), _sort(thing, words)) for thing in things]
    return Related(list(cut(words, "knowledgenet", name)), spans, held, judged, known if doubtful else None)


def _label(row: dict[str, Any]) -> tuple[str, bool]:
    label, turned, *_ = _PROPERTIES[row["property"]]
    joined = label == "employedBy" and _JOINED.search(row["objectText"])
    return ("memberOf" if joined else label), turned


def _judged(asked: set[str], facts: set[Fact], text: str) -> frozenset[str]:
    """The labels that were looked for. Who is employed may be a member, and the other way round: that isn't known."""
    judged = {_PROPERTIES[name][0] for name in asked}
    told = {label for _, label, _ in facts}
    if "EMPLOYEE_OR_MEMBER_OF" in asked:
        judged |= {"employedBy", "memberOf"}
        if told & {"employedBy", "memberOf"}:
            judged -= {"employedBy", "memberOf"} - told
    if "leaderOf" not in told and _LEADS.search(text):
        judged.discard("leaderOf")
    return frozenset(judged)


def _doubtful(
    things: list[_Named], marked: int, judged: frozenset[str], text: str, words: list[str]
) -> frozenset[tuple[int, int]]:
    """Pairs of which nothing is known: places may lie in places, and others may lead."""
    out = set[tuple[int, int]]()
    for a, b in permutations(range(len(things)), 2):
        lies = "in" in judged and (_may_lie_in(things[a], things[b], words) or things[a].sort == "Place")
        leads = "leaderOf" in judged and (a >= marked or b >= marked) and _LEADS.search(text)
        if lies or leads:
            out.add((a, b))
    return frozenset(out)


def _maybe_same(things: list[_Named], facts: frozenset[Fact], words: list[str]) -> frozenset[tuple[int, int]]:
    """Pairs that may be told with a pronoun or description instead: nothing says for which name those stand."""
    unnamed = {
        n
        for n, t in enumerate(things)
        if not any(words[s][0].isupper() and words[s].casefold() not in _PRONOUNS for s, _ in t.spans)
    }
    out = set[tuple[int, int]]()
    for a, _, b in facts:
        for end, other in ((a, b), (b, a)):
            if end in unnamed and things[end].sort != "Date":
                out |= {
                    pair
                    for n, t in enumerate(things)
                    if t.sort in ("", things[end].sort) and n != other
                    for pair in ((n, other), (other, n))
                }
    return frozenset(out)


def _sort(thing: _Named, words: list[str]) -> str:
    names = [" ".join(words[start:end]) for start, end in thing.spans]
    return "Nationality" if thing.sort == "Place" and all(map(is_of_a_people, names)) else thing.sort


def _may_lie_in(thing: _Named, other: _Named, words: list[str]) -> bool:
    """Whether only names, commas and "in" stand between the two ("Oxford, England")."""
    return any(
        end <= start < end + 8
        and all(w[0].isupper() or w.lower() in (",", "in", "of", "the", "(") for w in words[end:start])
        for _, end in thing.spans
        for start, _ in other.spans
    )


# --- what is marked ---


def _ends(row: dict[str, Any], words: list[str], found: list[Span]) -> tuple[_Named, _Named]:
    """Subject and object of a row."""
    _, _, *sorts = _PROPERTIES[row["property"]]
    subject, other = (
        _end(row, side, sort, words, found) for side, sort in zip(("subject", "object"), sorts, strict=True)
    )
    return subject, other


def _end(row: dict[str, Any], side: str, sort: str, words: list[str], found: list[Span]) -> _Named:
    first, last = (row[f"{side}{edge}"] - int(row["passageStart"]) for edge in ("Start", "End"))
    inside = [i for i, (start, end) in enumerate(found) if start < last and end > first]
    span = _mention(words, inside[0], inside[-1] + 1, sort)
    told = " ".join(words[slice(*span)]).casefold()
    keys = set[str]() if told in _PRONOUNS else {told}
    entity = re.search(r"Q\d+$", row[f"{side}Uri"] or "")
    return _Named({span}, keys | ({entity[0]} if entity else set()), sort)


def _mention(words: list[str], start: int, end: int, sort: str) -> Span:
    """A name without article, title and quotation marks; a date as it is; the head word of what only describes."""
    while start + 1 < end and (words[start].lower() in ("the", "a", "an") or not words[start][0].isalnum()):
        start += 1
    while end - 1 > start and (words[end - 1] in ("'s", "’s") or words[end - 1] in "\"'’”,.;:"):
        end -= 1
    if sort == "Date" or end - start == 1:
        return start, end
    if sort == "Person":
        start = past_titles(words, start, end)
    if is_name([w for w in words[start:end] if w[0].isalnum()] or words[start:end]):
        return start, end
    plain = words[start][:1].isupper() and words[end - 1][:1].isupper() and words[start].casefold() not in _NO_NAMES
    return (start, end) if plain and "and" not in words[start:end] else guessed_words(words, start, end)


def _things(ends: list[_Named]) -> list[_Named]:
    """The ends of facts, those joined that share a span, an entity or their words."""
    things = list[_Named]()
    for end in ends:
        same = [t for t in things if t.spans & end.spans or t.keys & end.keys]
        things = [t for t in things if not any(t is s for s in same)]
        sorts = [t.sort for t in same]
        joined = _Named({*end.spans}, {*end.keys}, end.sort if not sorts or end.sort in sorts else sorts[0])
        for t in same:
            joined.spans |= t.spans
            joined.keys |= t.keys
        things.append(joined)
    return things


# --- what is not ---


def _others(marked: list[_Named], words: list[str], asked: set[str]) -> list[_Named]:
    """Names and dates that take part in no fact. A shorter form of a marked person's name is one more mention of it."""
    taken = {i for thing in marked for start, end in thing.spans for i in range(start, end)}
    others = dict[str, _Named]()
    for (start, end), sort in [*((s, "Date") for s in _dates(words)), *((s, "") for s in _names(words))]:
        told = " ".join(words[start:end])
        if taken & set(range(start, end)):
            continue
        taken |= set(range(start, end))
        akin = [t for t in marked if _is_akin(words[start:end], t, words)]
        if akin:
            if len(akin) == 1 and told.casefold() in _all_words(akin[0], words) | akin[0].keys:
                akin[0].spans.add((start, end))
        elif not ("POLITICAL_AFFILIATION" in asked and _JOINED.search(told)):
            others.setdefault(told.casefold(), _Named(sort=sort)).spans.add((start, end))
    return list(others.values())


def _all_words(thing: _Named, words: list[str]) -> set[str]:
    """The words that a thing is named by, if it is a person: each may stand for the whole."""
    if thing.sort != "Person":
        return set()
    return {w.casefold() for start, end in thing.spans for w in words[start:end]} - _PRONOUNS


def _is_akin(name: list[str], thing: _Named, words: list[str]) -> bool:
    """Whether a name shares a word with those of a thing, or one is the initials of the other."""
    mine = {w.casefold() for w in name} - _LINKS
    for start, end in thing.spans:
        theirs = words[start:end]
        if mine & ({w.casefold() for w in theirs} - _LINKS - _PRONOUNS):
            return True
        if [_initials(theirs)] == name or [_initials(name)] == theirs:
            return True
    return False


def _initials(name: list[str]) -> str:
    return "".join(w[0] for w in name if w[0].isupper())


def _names(words: list[str]) -> Iterator[Span]:
    """Runs of capitalised words, with what links them. A single word that begins a sentence may be any word."""
    i = 0
    while i < len(words):
        if not words[i][0].isupper() or words[i].casefold() in _NO_NAMES:
            i += 1
            continue
        end = i + 1
        while end < len(words):
            link = 1 if words[end] in _LINKS and end + 1 < len(words) else 0
            if not words[end + link][0].isupper() or words[end + link].casefold() in _NO_NAMES:
                break
            end += link + 1
        begins = i == 0 or words[i - 1] in '.!?"“'
        start = past_titles(words, i, end)
        if not (begins and end - i == 1) and words[i].casefold() not in _MONTH:
            yield start, end
        i = end


def _dates(words: list[str]) -> Iterator[Span]:
    """Years, and days with their month and year."""
    i = 0
    while i < len(words):
        end = i
        while end < len(words) and (_dated(words[end]) or (words[end] == "," and end > i and _is_year(words, end + 1))):
            end += 1
        if any(words[k].casefold() in _MONTH[:4] + _MONTH[5:] or _is_year(words, k) for k in range(i, end)):
            yield i, end
        i = max(end, i + 1)


def _dated(word: str) -> bool:
    return word.casefold() in _MONTH or re.fullmatch(r"\d{1,2}(st|nd|rd|th)?|1[5-9]\d\d|20\d\d", word) is not None


def _is_year(words: list[str], i: int) -> bool:
    return i < len(words) and re.fullmatch(r"1[5-9]\d\d|20\d\d", words[i]) is not None
