"""Re-DocRED, KnowledgeNet, FewRel and re3d in; documents with the relations between their things out.

Sets leave out different things. What a set can't tell is left unjudged: labels that it does not look for, and pairs of
things that another relation of its own makes doubtful (it knows where somebody worked, which may be where he lives).
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path
from typing import Any

from kg.extraction import demonyms
from kg.extraction.training.clusters import guessed_words
from kg.extraction.training.corpora import (
    HELD_OUT,
    Sentence,
    name_of,
    re3d_places,
    re3d_sentences,
    redocred_sentences,
    share,
    without_hyphens,
)
from kg.extraction.training.kinds import is_of_a_people
from kg.extraction.training.knowledgenet import knowledgenet
from kg.extraction.training.related import Fact, Related, Span, Thing, both_ways
from kg.extraction.training.wikidata import PROPERTIES

__all__ = ["fewrel", "knowledgenet", "re3d", "redocred"]

_AGENTS, _THINGS = "Person Organization", "Work Weapon Other"
_FITTING: dict[str, tuple[str, str]] = {
    "in": ("Place Organization Event", "Place"),
    "part": (f"Organization Event {_THINGS}", f"Organization Event {_THINGS}"),
    "owned": (f"Place Organization {_THINGS}", f"Place {_AGENTS}"),
    "leaderOf": ("Person", "Place Organization"),
    "bornIn": ("Person", "Place"),
    "diedIn": ("Person", "Place"),
    "livesIn": ("Person", "Place"),
    "citizenOf": ("Person", "Place Nationality"),
    "bornOn": ("Person", "Date"),
    "diedOn": ("Person", "Date"),
    "childOf": ("Person", "Person"),
    "spouse": ("Person", "Person"),
    "siblingOf": ("Person", "Person"),
    "educatedAt": ("Person", "Organization Place"),
    "memberOf": (f"Place {_AGENTS}", "Organization"),
    "employedBy": ("Person", "Organization"),
    "founded": (_AGENTS, "Organization Place"),
    "foundedOn": ("Organization Place", "Date"),
    "happenedOn": ("Event", "Date"),
    "participatedIn": (f"Place {_AGENTS}", "Event"),
    "successorOf": (f"Place {_AGENTS}", f"Place {_AGENTS}"),
    "capitalOf": ("Place", "Place"),
    "createdBy": (_THINGS, _AGENTS),
    "publishedBy": (_THINGS, "Organization"),
    "publishedOn": (_THINGS, "Date"),
    "jurisdiction": ("Organization Other", "Place"),
    "awarded": (f"Work {_AGENTS}", "Other"),
    "adjacentTo": ("Place", "Place"),
    "alliedWith": (_AGENTS, _AGENTS),
    "opponentOf": (_AGENTS, _AGENTS),
}


def _fits(label: str, subject: str, other: str) -> bool:
    """Whether a label may hold between things of these sorts; what is of no known sort fits anything."""
    ends = zip((subject, other), _FITTING[label], strict=True)
    return all(not sort or sort in fitting.split() for sort, fitting in ends)


# --- Re-DocRED ---

_SORTS = {"PER": "Person", "LOC": "Place", "ORG": "Organization", "TIME": "Date", "NUM": "Number", "MISC": "Other"}
_OF_WORKS = frozenset("P50 P57 P58 P86 P123 P161 P162 P170 P175 P178 P264 P272 P449 P495 P577 P676".split())
_OF_EVENTS = frozenset("P276 P580 P582 P585 P710".split())
_EVENT = re.compile(
    r"\b(wars?|battles?|elections?|championships?|festival|cup|olympics?|games|revolution|revolt|rebellion|uprising|siege"
    r"|campaign|conference|tournament|prix|massacre|attacks?|bombings?|crash|earthquake|hurricane|invasion|operation"
    r"|expedition|crusades?|riots?|protests?|holocaust|genocide|blitz|offensive|conflict|summit|referendum)\b",
    re.IGNORECASE,
)
_DOUBTFUL = frozenset(
    "P31 P37 P39 P136 P140 P155 P156 P161 P172 P179 P190 P205 P279 P364 P403 P495 P576 P580 P582 P740 P807 P840 P937"
    " P1056 P1336 P1441 P1412".split()
)
"""Properties between things of which some label may hold as well."""


def redocred(data: Path) -> Iterator[Related]:
    """The documents of Re-DocRED that are not reported on."""
    judged = frozenset(label for label, _ in PROPERTIES.values())
    for article in json.loads((data / "redocred" / "dev_revised.json").read_text(encoding="utf-8")):
        if share(article["title"]) >= HELD_OUT["redocred"]:
            things = _redocred_things(article)
            facts, doubtful = _redocred_facts(article["labels"], [t.sort for t in things])
            known = frozenset(permutations(range(len(things)), 2)) - doubtful
            yield Related(list(redocred_sentences(article)), things, facts, judged, known if doubtful else None)


def _redocred_things(article: dict[str, Any]) -> list[Thing]:
    places, start = list[list[int]](), 0
    for words in article["sents"]:
        split, offset = without_hyphens(words)
        places.append([start + i for i in offset])
        start += len(split)
    relations = defaultdict[int, set[str]](set)
    for each in article["labels"]:
        relations[each["h"]].add(each["r"])
        if each["r"] in ("P1344", "P607"):
            relations[each["t"]].add("P710")
        if each["r"] == "P800":
            relations[each["t"]].add("P170")
    things = []
    for number, mentions in enumerate(article["vertexSet"]):
        spans = []
        for m in mentions:
            words, (first, end) = article["sents"][m["sent_id"]], m["pos"]
            first = _past_articles(words, first, end)
            spans.append((places[m["sent_id"]][first], places[m["sent_id"]][end]))
        things.append(Thing(sorted(set(spans)), _redocred_sort(mentions, relations[number])))
    return things


def _past_articles(words: list[str], start: int, end: int) -> int:
    while start + 1 < end and words[start].lower() in ("the", "a", "an"):
        start += 1
    return start


def _redocred_sort(mentions: list[dict[str, Any]], relations: set[str]) -> str:
    sort = _SORTS[Counter(m["type"] for m in mentions).most_common(1)[0][0]]
    if sort in ("Place", "Other") and all(is_of_a_people(m["name"]) for m in mentions):
        return "Nationality"
    if sort != "Other":
        return sort
    told, called = relations & _OF_EVENTS, any(_EVENT.search(m["name"]) for m in mentions)
    if relations & _OF_WORKS and not (told and called):
        return "Work"
    return "Event" if told or called else "Other"


def _redocred_facts(
    labels: list[dict[str, Any]], sorts: list[str]
) -> tuple[frozenset[Fact], frozenset[tuple[int, int]]]:
    """What holds, and the pairs of which nothing is known."""
    facts, doubtful = set[Fact](), set[tuple[int, int]]()
    for each in labels:
        head, tail = each["h"], each["t"]
        fact = _stated(each["r"], head, tail, sorts)
        if head == tail:
            continue
        if fact and _fits(fact[1], sorts[fact[0]], sorts[fact[2]]):
            facts.add(fact)
        elif fact or each["r"] in _DOUBTFUL:
            doubtful |= {(head, tail), (tail, head)}
    lying = {frozenset((a, b)) for a, label, b in facts if label == "in"}
    held = both_ways(f for f in facts if f[1] != "adjacentTo" or {f[0], f[2]} not in lying)  # a lake inside a region
    return held, frozenset(doubtful - {(a, b) for a, _, b in held})


def _stated(name: str, head: int, tail: int, sorts: list[str]) -> Fact | None:
    """What a property of Wikidata states. Parts of places lie in them, people and states belong to organizations."""
    if name not in PROPERTIES:
        return None
    label, turned = PROPERTIES[name]
    one, other = (tail, head) if turned else (head, tail)
    ends = sorts[one], sorts[other]
    if label == "part" and ends == ("Place", "Place"):
        label = "in"
    elif label == "part" and ends[0] in ("Person", "Place") and ends[1] == "Organization":
        label = "memberOf"
    return one, label, other


# --- FewRel ---

_FEWREL_TOLD = frozenset({"P25", "P26", "P40", "P361", "P463"})
_BODY = re.compile(
    r"\b(army|navy|air force|forces?|corps|division|brigade|regiment|battalion|squadron|fleet|command|guards?|police"
    r"|university|college|school|institute|faculty|laboratory|academy|group|company|corporation|inc\.?|ltd\.?|party"
    r"|front|alliance|coalition|federation|union|league|department|ministry|agency|office|bureau|service|council"
    r"|committee|commission|association|society|organi[sz]ation|church|diocese|bank|airlines|railway|network|records)\b",
    re.IGNORECASE,
)
_FEWREL_ASKED = frozenset("bornIn diedIn livesIn citizenOf childOf spouse siblingOf educatedAt bornOn diedOn".split())
_FEWREL_ALSO = {
    "P26": {"memberOf", "part"},
    "P25": {"memberOf", "part"},
    "P40": {"memberOf", "part"},
    "P463": {"memberOf"},
    "P361": {"part"},
    "P410": {"memberOf", "part"},
    "P412": {"memberOf", "part"},
    "P413": {"memberOf", "part"},
    "P641": {"memberOf", "part"},
}
"""What is known of the pair besides family and homes, by the property that it was chosen for."""


def fewrel(data: Path) -> Iterator[Related]:
    """The sentences of FewRel's validation part: of each only one pair is known."""
    for name, rows in json.loads((data / "fewrel" / "val_wiki.json").read_text(encoding="utf-8")).items():
        for number, row in enumerate(rows):
            split, offset = without_hyphens(row["tokens"])
            things = [_fewrel_thing(row["tokens"], offset, row[end][2]) for end in "ht"]
            if name == "P361" and not _are_bodies(things, split):
                continue  # parts of places, of disciplines, of the body, ...
            stated = _stated(name, 0, 1, ["", ""]) if name in _FEWREL_TOLD else None
            yield Related(
                [Sentence(split, "fewrel", f"fewrel/{name}/{number}")],
                things,
                both_ways([stated] if stated else []),
                _FEWREL_ASKED | _FEWREL_ALSO.get(name, set()),
                frozenset({(0, 1), (1, 0)}),
            )


def _are_bodies(things: list[Thing], words: list[str]) -> bool:
    """Whether all are events by their names, or all are bodies of people."""
    names = [" ".join(words[slice(*t.mentions[0])]) for t in things]
    return any(all(sign.search(name) and name[0].isupper() for name in names) for sign in (_EVENT, _BODY))


def _fewrel_thing(words: list[str], offset: list[int], mentions: list[list[int]]) -> Thing:
    spans = [(_past_articles(words, m[0], m[-1] + 1), m[-1] + 1) for m in mentions]
    return Thing(sorted({(offset[start], offset[end]) for start, end in spans}), "")


# --- re3d ---

_RE3D_JUDGED = frozenset({"memberOf", "part", "leaderOf", "alliedWith", "opponentOf", "in"})
_RE3D_SORTS = {"Person": "Person", "Organisation": "Organization", "Location": "Place"}
_RE3D_TOLD = frozenset({"BelongsTo", "InChargeOf", "AlliesOf", "FightingAgainst", "CoLocated"})
_RE3D_MAYBE = frozenset({"IsSynonymOf", "Likes", "Dislikes"})
"""Relations that may well be one of those judged."""
_SURE = 0.8
"""Below this confidence the set's own annotators disagreed."""
_VAGUE = frozenset("we us our i you others people civilians population families individuals victims innocent".split())
"""Words of mentions that are no side in a conflict and no body."""
_LIES_IN = re.compile(r"\s*(,|\(|in|of|, in|located in|situated in|based in|, based in)\s+", re.IGNORECASE)


def re3d(data: Path) -> Iterator[Related]:
    """The documents of re3d that do not measure. Only things of one sentence are known."""
    for folder in sorted(path.parent for path in (data / "re3d").glob("*/documents.json")):
        entities, relations = (_by_document(folder / f"{name}.json") for name in ("entities", "relations"))
        for row in _rows(folder / "documents.json"):
            if share(row["_id"]) >= HELD_OUT["re3d"]:
                yield _re3d_document(row["_id"], row["text"], entities[row["_id"]], relations[row["_id"]])


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def _by_document(path: Path) -> defaultdict[str, list[dict[str, Any]]]:
    rows = defaultdict[str, list[dict[str, Any]]](list)
    for row in _rows(path):
        rows[row["documentId"]].append(row)
    return rows


def _re3d_document(name: str, text: str, entities: list[dict[str, Any]], relations: list[dict[str, Any]]) -> Related:
    sentences = list(re3d_sentences(text, [(e["begin"], e["end"], e["type"]) for e in entities], f"re3d/{name}"))
    things, place = _re3d_things(text, entities, relations)
    known = _of_one_sentence(sentences, things)
    types = {(e["begin"], e["end"]): e["type"] for e in entities}
    facts, doubtful = set[Fact](), set[tuple[int, int]]()
    for r in relations:
        at = [(r[f"{side}Begin"], r[f"{side}End"]) for side in ("source", "target")]
        if at[0] not in place or at[1] not in place or place[at[0]] == place[at[1]]:
            continue
        one, other = place[at[0]], place[at[1]]
        label = _re3d_label(r, text, (things[one].sort, things[other].sort), (types[at[0]], types[at[1]]))
        if label:
            facts.add((one, label, other))
        elif r["type"] in _RE3D_TOLD | _RE3D_MAYBE:
            doubtful |= {(one, other), (other, one)}
    held = both_ways(facts)
    pairs = {(a, b) for a, _, b in held}
    return Related(sentences, things, held, _RE3D_JUDGED, (known - doubtful) | pairs)


def _re3d_things(
    text: str, entities: list[dict[str, Any]], relations: list[dict[str, Any]]
) -> tuple[list[Thing], dict[tuple[int, int], int]]:
    """People, organizations and places, the same name once, synonyms too; and the number of each by its characters."""
    tokens, starts, ends = re3d_places(text)
    words = [text[a:b] for a, b in tokens]
    keys = dict[tuple[int, int], str]()
    mentions = dict[tuple[int, int], tuple[Span, str]]()
    for e in entities:
        at = e["begin"], e["end"]
        if e["type"] in _RE3D_SORTS and at[0] in starts and at[1] in ends:
            span, named = _re3d_mention(words, (starts[at[0]], ends[at[1]]), e["type"])
            mentions[at] = span, _RE3D_SORTS[e["type"]]
            keys[at] = f"{e['type']} {' '.join(words[slice(*span)])}" if named else f"at {at}"
    for r in relations:
        source, target = ((r[f"{side}Begin"], r[f"{side}End"]) for side in ("source", "target"))
        if r["type"] == "IsSynonymOf" and r["confidence"] >= _SURE and source in keys and target in keys:
            old, new = keys[target], keys[source]
            if mentions[source][1] == mentions[target][1]:
                keys = {at: new if key == old else key for at, key in keys.items()}
    numbers = {key: number for number, key in enumerate(dict.fromkeys(keys.values()))}
    things = [Thing([], "") for _ in numbers]
    for at, (span, sort) in sorted(mentions.items()):
        thing = things[numbers[keys[at]]]
        name = " ".join(words[slice(*span)])
        if demonyms.country(name) or is_of_a_people(name):
            sort = "Place" if demonyms.country(name) else "Nationality"
        thing.mentions, thing.sort = sorted({*thing.mentions, span}), thing.sort or sort
    return things, {at: numbers[key] for at, key in keys.items()}


def _re3d_mention(words: list[str], span: Span, label: str) -> tuple[Span, bool]:
    """The name of a mention, or the head word of what only describes, and whether it is a name."""
    name = name_of(words, (*span, label), "re3d")
    if name:
        return name, True
    return guessed_words(words, *span), False


def _of_one_sentence(sentences: list[Sentence], things: list[Thing]) -> frozenset[tuple[int, int]]:
    within = [n for n, s in enumerate(sentences) for _ in s.words]
    held = defaultdict[int, set[int]](set)
    for number, thing in enumerate(things):
        for start, _ in thing.mentions:
            held[within[start]].add(number)
    return frozenset(pair for numbers in held.values() for pair in permutations(sorted(numbers), 2))


def _re3d_label(r: dict[str, Any], text: str, ends: tuple[str, str], types: tuple[str, str]) -> str | None:
    """The label that a relation between things of these sorts states, if it surely states one. ``types`` are those of
    its two mentions: a state is a place, but acts like an organization where the set calls it one."""
    if r["confidence"] < _SURE or _VAGUE & {*f"{r['source']} {r['target']}".lower().split()}:
        return None
    kind, (one, other) = r["type"], ends
    if (
        kind == "BelongsTo"
        and other == "Organization"
        and types[1] == "Organisation"
        and types[0] in ("Person", "Organisation")
    ):
        return "part" if one == "Organization" else "memberOf"
    if kind == "InChargeOf" and ends == ("Person", "Organization"):
        return "leaderOf"
    if kind in ("AlliesOf", "FightingAgainst") and {*types} <= {"Person", "Organisation"}:
        return "alliedWith" if kind == "AlliesOf" else "opponentOf"
    if kind == "CoLocated" and types[1] == "Location" and types[0] in ("Location", "Organisation"):
        joint = _LIES_IN.fullmatch(text[r["sourceEnd"] : r["targetBegin"]])
        if (
            joint
            and demonyms.country(r["source"]) is None
            and (types[0] == "Location" or "based" in joint[1].lower() or joint[1] == ",")
        ):
            return "in"
    return None
