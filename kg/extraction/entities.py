"""A Doc with raw named entities in, the same with tidy ones out: names without titles, kinds as their own words tell.

The encoder marks names token by token; what it can't know is done here by general rules. A name carries no title
("Gen.", "President") and no preposition at its edge; "… Cemetery" is a cemetery and "… Province" a region, whatever the
context looked like; the countries of the world are countries.
"""

from collections import Counter
from collections.abc import Callable, Mapping

from spacy.tokens import Doc, Span, Token

from kg.extraction import demonyms

IsA = Callable[[str, str], bool]

_EDGES = frozenset({"ADP", "DET", "CCONJ", "SCONJ", "PUNCT", "AUX", "VERB", "PART", "PRON"})
_CLOSING = frozenset({"'s", "’s", "'", "’"})
_TITLES = frozenset(
    """
    mr mrs ms miss dr prof sir lord lady dame gen lt col maj sgt capt cmdr adm brig gov sen rep rev hon pres
    st supt insp det cpl pvt president general colonel minister senator governor king queen prince princess
    pope captain major admiral judge justice professor sheikh secretary ambassador chancellor premier
    commander lieutenant sergeant representative congressman congresswoman mayor chairman director spokesman
    spokeswoman attorney prime vice deputy crown field brigadier archbishop bishop cardinal ayatollah imam
    rabbi sultan emir emperor commodore foreign home defence defense interior finance
    """.split()
)
_ABBREVIATED = frozenset(
    "gen. lt. col. maj. sgt. capt. cmdr. adm. brig. gov. sen. rep. rev. prof. dr. mr. mrs. ms. pres. cpl.".split()
)
"""Titles that can't be part of a name: all before them in a name is not of it either ("Soradian Gen. X")."""

_REFINED = ("Organization", "Place", "Event", "Other", "Product", "Work")
"""Kinds whose names may tell a finer one by their last word."""


_CAPITALISED = frozenset(
    {"Person", "Organization", "Party", "Country", "Region", "City", "Site", "Place", "Nationality", "Law", "Work"}
)
"""Kinds whose names are written with capitals: "southern" is no place."""

_LAWS = frozenset({"Act", "Treaty", "Accord", "Accords", "Constitution", "Convention", "Protocol", "Bill"})
"""Last words of the names of laws."""

_PARTIES = frozenset("republican democrat democratic labour conservative tory libertarian likud fidesz".split())
_SEATED = frozenset(
    """
    mp sen senator rep representative congressman congresswoman lawmaker gov governor mayor peer councillor
    candidate nominee politician legislator chairman
    """.split()
)
"""Whom a party's name stands before."""
_SITED, _TAUGHT = frozenset({"based", "born"}), frozenset({"educated", "trained"})
_BACKED = frozenset({"backed", "led", "funded", "supported", "sponsored", "allied", "owned", "aligned"})

_NO_LANDS = frozenset("Federal State National Central Police Court County District Province Republic Capitol".split())
"""Words that stand in names of lands and are none alone."""

_SHIPS = frozenset({"MV", "M/V", "HMS", "USS", "RMS", "HMAS", "HMCS", "RRS", "USCGC"})
"""What the names of ships begin with: no person's, though the ship bears one's."""

_FIRMS = frozenset({"Ltd.", "Inc.", "plc", "LLC", "GmbH"})
"""What the name of a company ends with, whatever sentence follows."""

_LANDS = frozenset({"Country", "Region", "City", "Place"})
"""Kinds whose names begin with a capital: "western Norway" is in Norway."""


def tidy(doc: Doc, nouns: Mapping[str, str], is_a: IsA) -> None:
    """Sets ``doc.ents`` again, trimmed and with finer kinds; what is nothing but a title is dropped."""
    ents = [t for span in doc.ents for part in _parted(span) if (t := _trimmed(part)) is not None]
    ents = _storms(_campuses(_joined_words(doc, _agencies(doc, _parties(doc, ents)))))
    ents = [Span(doc, s.start, s.end, label=_kind(s, nouns, is_a)) for s in ents]
    doc.ents = _agreed(doc, _shortened(ents, is_a), is_a)


def _parted(span: Span) -> list[Span]:
    """ "The Lacey Prize for The Lake": a prize and the work that it was given for."""
    for token in span[1:-1]:
        if token.lower_ == "for" and token.nbor(-1).text in _AWARDS:
            work = Span(span.doc, token.i + 1, span.end, label="Work")
            return [Span(span.doc, span.start, token.i, label="Award"), work]
    return [span]


def _campuses(ents: list[Span]) -> list[Span]:
    """ "University of Norland, Arda": the town after the comma belongs to the name of the university."""
    out = list[Span]()
    for ent in ents:
        last = out[-1] if out else None
        if (
            last is not None
            and last.text.startswith("University of ")
            and ent.label_ == "City"
            and last.doc[last.end : ent.start].text == ","
        ):
            out[-1] = Span(last.doc, last.start, ent.end, label=last.label_)
        else:
            out.append(ent)
    return out


def _parties(doc: Doc, ents: list[Span]) -> list[Span]:
    """Parties known by one word, before a title or after "a": "Labour MP X", "X, a Republican"."""
    found = [Span(doc, t.i, t.i + 1, label="Party") for t in doc if _is_party(t)]
    at = {span.start for span in found}
    kept = [e for e in ents if not (len(e) == 1 and e.start in at)]
    inside = {i for e in kept for i in range(e.start, e.end)}
    return sorted([*kept, *(s for s in found if s.start not in inside)], key=lambda s: s.start)


def _is_party(token: Token) -> bool:
    if token.lower_ not in _PARTIES or not token.text[0].isupper():
        return False
    after = token.nbor().lower_.strip(".").removesuffix("s") if token.i + 1 < len(token.doc) else ""
    before = token.nbor(-1).lower_ if token.i else ""
    return after in _SEATED or (before == "a" and token.head.ent_type_ in ("Person", "") and token.pos_ != "ADJ")


def _agencies(doc: Doc, ents: list[Span]) -> list[Span]:
    """ "The Korin news agency": what stands before such a noun with a capital is the agency's name."""
    inside = {i for e in ents for i in range(e.start, e.end)}
    found = list(ents)
    for token in doc[2:]:
        if token.lower_ == "agency" and token.nbor(-1).lower_ == "news":
            start = token.i - 1
            while start and doc[start - 1].pos_ == "PROPN" and start - 1 not in inside:
                start -= 1
            if start < token.i - 1:
                found.append(Span(doc, start, token.i - 1, label="Organization"))
    return sorted(found, key=lambda s: s.start)


def _joined_words(doc: Doc, ents: list[Span]) -> list[Span]:
    """Names joined to a participle by a hyphen, which the encoder passes over: "Oslo-based", "Iran-backed"."""
    inside = {i for e in ents for i in range(e.start, e.end)}
    labels = {e.text: e.label_ for e in ents}
    found = list(ents)
    for token in doc[2:]:
        name = token.nbor(-2)
        if (
            token.lower_ not in (*_SITED, *_BACKED, *_TAUGHT)
            or token.nbor(-1).text not in "-\u2010\u2011"
            or name.i in inside
        ):
            continue
        label = "Country" if demonyms.country(name.text) else labels.get(name.text)
        if label is None and token.lower_ in _SITED and name.text[0].isupper() and name.pos_ == "PROPN":
            label = "City"
        if label is None and token.lower_ in _TAUGHT and name.text[0].isupper() and name.pos_ == "PROPN":
            label = "University"
        if label is not None:
            found.append(Span(doc, name.i, name.i + 1, label=label))
    return sorted(found, key=lambda s: s.start)


_STORM_WORDS = frozenset({"Storm", "Hurricane", "Typhoon", "Cyclone"})


def _storms(ents: list[Span]) -> list[Span]:
    """ "Hurricane Lorenzo", "Tropical Storm Agnes": the word before it belongs to a storm's name."""
    out = list[Span]()
    for ent in ents:
        doc, start = ent.doc, ent.start
        if start and doc[start - 1].text in _STORM_WORDS and len(ent) == 1 and ent.label_ != "Storm":
            start -= 2 if start > 1 and doc[start - 2].text == "Tropical" else 1
            while out and out[-1].end > start:
                out.pop()
            out.append(Span(doc, start, ent.end, label="Storm"))
        else:
            out.append(ent)
    return out


def _trimmed(span: Span) -> Span | None:
    start, end = span.start, span.end
    doc = span.doc
    while start < end and _is_edge(doc[start]):
        start += 1
    while end > start and (_is_edge(doc[end - 1]) or doc[end - 1].text in _CLOSING):
        end -= 1
    if span.label_ in _CAPITALISED:
        while end > start and doc[end - 1].text.islower() and doc[end - 1].pos_ in ("NOUN", "ADJ", "VERB", "ADV"):
            end -= 1
        while start < end - 1 and span.label_ in _LANDS and doc[start].text.islower():
            start += 1
        if not any(c.isupper() or not c.isascii() for c in doc[start:end].text):
            return None
    if span.label_ in _LANDS and doc[start:end].text in _NO_LANDS:
        return None
    end = next((t.i + 1 for t in doc[start + 1 : end] if t.text in _FIRMS), end)
    if span.label_ == "Person":
        start = max([start, *(_end_of_title(t, end) for t in doc[start : end - 1])])
        start = next((t.i + 1 for t in reversed(doc[start : end - 1]) if t.lower_ in _ABBREVIATED), start)
        while start < end - 1 and _is_title(doc[start]):
            start += 1
        if all(t.lower_.strip(".") in _TITLES for t in doc[start:end]) and doc[end - 1].dep_ != "flat":
            return None
    return Span(doc, start, end, label=span.label_) if start < end else None


def _shortened(ents: list[Span], is_a: IsA) -> list[Span]:
    """ "Savanna Airways … Savanna": a body goes on by the first word of its name, whatever that alone looks like.

    A place after a preposition stays one, and so does a word that is part of a person's name or names a country.
    """
    people = {token.text for ent in ents if ent.label_ == "Person" and len(ent) > 1 for token in ent}
    bodies = dict[str, str]()
    out = list[Span]()
    for ent in ents:
        label = bodies.get(ent.text) if len(ent) == 1 and ent.text not in people else None
        short = ent.label_ in ("Person", "City", "Site", "Place", "Other", "Product") and not _after_place_word(ent)
        out.append(Span(ent.doc, ent.start, ent.end, label=label) if label is not None and short else ent)
        if len(ent) > 1 and is_a(ent.label_, "Organization") and ent[0].pos_ == "PROPN":
            bodies.setdefault(ent[0].text, ent.label_)
    return out


def _agreed(doc: Doc, ents: list[Span], is_a: IsA) -> list[Span]:
    """One name, one sort of thing: where a text calls a place a person once, the majority decides.

    A surname stays a person's although a town has it too.
    """
    counts: dict[str, Counter[str]] = {}
    for ent in ents:
        counts.setdefault(ent.text, Counter())[_sort(ent.label_, is_a)] += 1
    surnames = {ent[-1].text for ent in ents if ent.label_ == "Person" and len(ent) > 1}
    labels = {(e.text, _sort(e.label_, is_a)): e.label_ for e in reversed(ents)}
    out = []
    for ent in ents:
        (best, most), sort = counts[ent.text].most_common(1)[0], _sort(ent.label_, is_a)
        if sort == "Person" and len(ent) == 1 and counts[ent.text]["Place"] and ent.text not in surnames:
            sort, best, most = "Person", "Place", most + 1  # people are introduced by a fuller name
        if ent.text in surnames and sort != "Person" and not _after_place_word(ent):
            out.append(Span(doc, ent.start, ent.end, label="Person"))
            continue
        surname = ent.text in surnames
        if surname and counts[ent.text]["Person"]:
            best, most = "Person", most + 1
        keep = sort == best or most == counts[ent.text][sort] or not sort or not best or (surname and best != "Person")
        out.append(ent if keep else Span(doc, ent.start, ent.end, label=labels[ent.text, best]))
    return out


def _after_place_word(ent: Span) -> bool:
    return ent.start > 0 and ent.doc[ent.start - 1].lower_ in {
        "in",
        "near",
        "at",
        "from",
        "to",
        "of",
        "outside",
        "around",
    }


def _sort(label: str, is_a: IsA) -> str:
    return next((s for s in ("Person", "Organization", "Place") if is_a(label, s)), "")


def _is_edge(token: Token) -> bool:
    if token.is_space:
        return True
    return (
        token.pos_ in _EDGES
        and not token.tag_.startswith("NNP")
        and not (token.text[0].isupper() and token.pos_ == "VERB")
    )


def _end_of_title(token: Token, end: int) -> int:
    """Where the name goes on after a title that the tree marks inside it ("Secretary of State X"); 0 if it is none."""
    if token.dep_ != "nmod:desc" or not token.i < token.head.i < end:
        return 0
    last = max(t.i for t in token.subtree if t.i < token.head.i) + 1
    return last if last <= token.head.i else 0


def _is_title(token: Token) -> bool:
    """A title, or what stands before one ("Iranian Gen.")."""
    if token.lower_.strip(".") in _TITLES:
        return True
    before_title = token.i + 1 < len(token.doc) and token.nbor().lower_.strip(".") in _TITLES
    return before_title and (token.pos_ == "ADJ" or demonyms.country(token.text) is not None)


def _kind(span: Span, nouns: Mapping[str, str], is_a: IsA) -> str:
    label = span.label_
    if _is_water(span):
        return "GeographicFeature"
    if label in ("City", "Region", "Place") and _is_studied_at(span):
        return "University"
    if label == "Organization" and len(span) == 1 and span[0].dep_ == "amod" and demonyms.country_of(span.text):
        return "Nationality"  # "produced by the American X"
    if label in ("City", "Person", "Organization") and _is_vehicle(span, nouns):
        return "Entity"
    if (
        label in ("Country", "Nationality", "Place", "Region", "City", "Organization")
        and demonyms.country(span.text) is not None
    ):
        return "Nationality" if label == "Nationality" or span[-1].pos_ == "ADJ" else "Country"
    if len(span) > 1 and span[0].text in _SHIPS:
        return "Product"
    if label == "Country" and demonyms.country_of(span.text) is None:
        return "Place"
    described = _described(span, nouns) if is_a(label, "Place") else None
    if described is not None:
        return described
    if label in ("Other", "Product", "Work") and span[-1].text in _AWARDS:
        return "Award"
    if label in ("Other", "Product", "Work", "Event", "Organization") and _apposed(span, nouns) == "Work":
        return "Work"
    if len(span) < 2 or label == "Person":
        return label
    if span[-1].text in _LAWS and label in ("Other", "Work", "Product"):
        return "Law"
    named = nouns.get(" ".join(t.lower_ for t in span[-2:])) or nouns.get(span[-1].lower_)
    if named is None or not any(is_a(label, k) or label == k for k in _REFINED):
        return label
    if is_a(label, "Place") and is_a(named, "Organization"):
        return label
    if label == "Work" and is_a(named, "GeographicFeature"):
        return label
    return named if any(is_a(named, k) for k in ("Organization", "Place", "Event", "Award")) else label


_AWARDS = frozenset({"Prize", "Award", "Awards", "Medal", "Trophy", "Cross"})
_FEATURES = frozenset("Lake Lough Loch River Mount Cape Gulf Bay Strait Rio Río".split())
_BANKS = frozenset("bank banks shore shores mouth estuary".split())


def _is_water(span: Span) -> bool:
    """ "Lake X", "Mount X", "the banks of the X": a work of nature, whatever the context looked like."""
    doc, start = span.doc, span.start
    if span.label_ in ("Person", "Work", "Event", "Law", "Award"):
        return False
    if len(span) > 1 and span[0].text in _FEATURES:
        return span.label_ in ("City", "Region", "Place", "Other", "GeographicFeature") and len(span) < 4
    before = [t.lower_ for t in doc[max(0, start - 3) : start]]
    return len(before) == 3 and before[0] in _BANKS and before[1:] == ["of", "the"]


_STUDYING = {
    "at": frozenset({"study", "educate", "read", "enrol", "enroll", "lecture"}),
    "from": frozenset({"graduate"}),
}


def _is_studied_at(span: Span) -> bool:
    """ "Studied at Coimbra": the university is called by its town."""
    verb = span.root.head
    marker = next((c.lower_ for c in span.root.children if c.dep_ == "case"), "")
    return span.root.dep_ in ("obl", "nmod") and verb.lemma_ in _STUDYING.get(marker, ())


def _is_vehicle(span: Span, nouns: Mapping[str, str]) -> bool:
    """Whether a name is that of a ship or another vehicle: "the ferry Linda"."""
    before = span.doc[span.start - 1] if span.start else None
    beside = (
        before is not None and before.pos_ == "NOUN" and before.i in (span.root.head.i, *(c.i for c in span.root.lefts))
    )
    return before is not None and beside and nouns.get(before.lemma_.lower()) == "Entity"


def _apposed(span: Span, nouns: Mapping[str, str]) -> str | None:
    """What a noun before or beside a name says that it is: "the film X", "X, a novel"."""
    root = span.root
    near = [root.head] if root.dep_ == "appos" else [c for c in root.lefts if c.i < span.start and c.pos_ == "NOUN"]
    near += [c for c in root.children if c.dep_ == "appos" and c.pos_ == "NOUN"]
    return next((nouns[n.lemma_.lower()] for n in near if n.lemma_.lower() in nouns), None)


def _described(span: Span, nouns: Mapping[str, str]) -> str | None:
    """The sort of land that an apposition says a place is: "the capital Oslo", "Oslo, a city in Norway"."""
    root = span.root
    near = [root.head] if root.dep_ == "appos" else []
    near += [c for c in root.children if c.dep_ == "appos" and c.pos_ == "NOUN"]
    for noun in near:
        kind = nouns.get(noun.lemma_.lower())
        if kind in ("City", "Region", "Country"):
            return kind
    return None
