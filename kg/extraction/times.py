"""A Doc goes in; its time expressions come out with their values, and which of them dates a given predicate.

The day an article appeared anchors what is relative ("Wednesday", "last month"): ``doc._.published``, an ISO 8601
prefix or date-time. What is said before anchors the rest ("a day earlier", "at the time"). A value that cannot be known
is None: no date is ever guessed. The words are in :mod:`kg.extraction.timewords`, the sums in
:mod:`kg.extraction.isodates`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc, Token

from kg.extraction import isodates
from kg.extraction import timewords as words
from kg.extraction.isodates import Moment
from kg.extraction.layers import TimeExpression

_REACH = 4
"""How many sentences back "at the time" and "a day earlier" may look for their date."""

_JOINING = {"iso", "month_day", "day_month", "month", "year", "weekday", "holiday", "slashed"}
_NOMINAL = ("NOUN", "PROPN", "PRON", "NUM", "SYM")
_ADNOMINAL = ("nmod", "nmod:poss", "nmod:unmarked", "compound", "nummod", "amod", "appos", "flat", "acl", "nmod:desc")
_ADVERBIAL = ("obl", "obl:unmarked", "advmod", "obl:tmod", "nmod:tmod", "obl:npmod")


@dataclass(slots=True)
class _Found:
    """A time while it is worked out, in characters. ``month`` and ``day`` are kept while the year is only inferred."""

    start: int
    end: int
    kind: str
    value: str | None = None
    anaphoric: bool = False
    month: int | None = None
    day: int | None = None
    inferred_year: bool = False


@dataclass(slots=True)
class _Reading:
    """One document being read: its text, its anchor, and what has been found so far."""

    doc: Doc
    text: str
    anchor: Moment | None
    starts: list[int]
    parsed: bool
    found: list[_Found] = field(default_factory=list)

    def token(self, place: int) -> Token:
        """The token at a character."""
        return self.doc[max(0, bisect_right(self.starts, place) - 1)]

    def before(self, place: int) -> str:
        """The few words of the same line before a character."""
        return self.text[max(0, place - 40) : place].rpartition("\n")[2]


def find_times(doc: Doc) -> list[TimeExpression]:
    """The time expressions of a document, in order. Ages, durations and times of the day are none."""
    if not len(doc):
        return []
    text = doc.text
    reading = _Reading(doc, text, _anchor(doc), [token.idx for token in doc], doc.has_annotation("DEP"))
    for match in words.SCANNER.finditer(text):
        found = _resolve(reading, match)
        if found is not None:
            reading.found.append(found)
    return [_expression(reading, found) for found in _joined(reading)]


def time_of(doc: Doc, head: int) -> TimeExpression | None:
    """The time that modifies the predicate ``doc[head]`` by the tree: "killed in 2020", "the 2020 killing", or None.

    Conjoined and participial clauses ("killing dozens") share the time of the clause they belong to; the time of a
    reporting verb ("police said Friday") is never the time of what it reports.
    """
    by_head = _by_head(doc)
    return _time_of(doc, doc[head], by_head, 4) if by_head else None


def ends(doc: Doc, time: TimeExpression) -> tuple[TimeExpression, ...]:
    """The two days of "26 March 1859 - 30 April 1936", each with its own words; a time that has no two, as it is."""
    first, sign, last = (time.value or "").partition("/")
    dashes = [i for i in range(time.start + 1, time.end - 1) if doc[i].text in "-\u2013\u2014"]
    if not (sign and first and last and len(dashes) == 1):
        return (time,)
    return TimeExpression(time.start, dashes[0], first), TimeExpression(dashes[0] + 1, time.end, last)


def _anchor(doc: Doc) -> Moment | None:
    published = doc._.published
    return isodates.read(published if isinstance(published, str) or published is None else published.isoformat())


# --- from a match to a value ---------------------------------------------------------------------------------------


def _resolve(reading: _Reading, match: re.Match[str]) -> _Found | None:
    """The time that a match of the scanner stands for, or None where its words mean something else."""
    kind = match.lastgroup or ""
    parts = words.RULES[kind].match(reading.text, match.start())
    if parts is None:
        return None
    found = _Found(match.start(), match.end(), kind)
    return found if _RESOLVERS[kind](reading, parts, found) else None


def _iso(_reading: _Reading, match: re.Match[str], found: _Found) -> bool:
    moment = isodates.read(match["value"])
    found.value = moment.iso if moment else None
    return moment is not None


def _slashed(_reading: _Reading, match: re.Match[str], found: _Found) -> bool:
    """1/3/2020 is January or March: only the year is sure, unless one number is no month. Dots put the day first."""
    first, second, year = int(match["a"]), int(match["b"]), int(match["year"])
    readings = {isodates.made(year, second, first)}
    if match["mark"] == "/":
        readings.add(isodates.made(year, first, second))
    known = [moment for moment in readings if moment]
    found.value = known[0].iso if len(known) == 1 else str(year)
    return bool(known)


def _eleventh(_reading: _Reading, _match: re.Match[str], found: _Found) -> bool:
    found.value = "2001-09-11"
    return True


def _month_day(reading: _Reading, match: re.Match[str], found: _Found) -> bool:
    """A day of a month, in either order, or a few days of it; the year may be missing, a weekday may stand before."""
    if not _capital(match["month"]) or _counts(reading, match):
        return _month_only(reading, match, found)
    found.month, found.day = words.MONTHS[match["month"][:3].lower()], int(match["day"])
    moment = _dated(reading, match, found)
    found.value = moment.iso if moment else None
    if moment and match["last"]:
        last = isodates.made(moment.year, moment.month, int(match["last"]))
        found.value = f"{moment.iso}/{last.iso}" if last and int(match["last"]) > found.day else moment.iso
    return isodates.made(2000, found.month, found.day) is not None


def _counts(reading: _Reading, match: re.Match[str]) -> bool:
    """Is the day really a count: "in March 20 people died"?"""
    if not reading.parsed or match["year"] or match.start("day") < match.start("month"):
        return False
    token = reading.token(match.start("day"))
    return token.dep_ == "nummod" and token.head.i > token.i


def _month_only(reading: _Reading, match: re.Match[str], found: _Found) -> bool:
    if not _capital(match["month"]) or match.start("day") < match.start("month"):
        return False
    found.end, found.kind = match.end("month"), "month"
    found.start = match.start("month")
    return _put_month(reading, found, match["month"], None, None, None)


def _dated(reading: _Reading, match: re.Match[str], found: _Found) -> Moment | None:
    """The day with its year: said, famous, told by the weekday, said elsewhere in the text, or the nearest."""
    assert found.month and found.day
    if match["year"]:
        return isodates.made(int(match["year"]), found.month, found.day)
    famous = words.FAMOUS.get((found.month, found.day))
    if famous and famous[1].match(reading.text, match.end()):
        return isodates.made(famous[0], found.month, found.day)
    found.inferred_year = True
    if reading.anchor is None:
        return None
    weekday = words.WEEKDAYS[match["weekday"][:3].lower()] if match["weekday"] else None
    if weekday is not None:
        return isodates.on_weekday(reading.anchor, found.month, found.day, weekday)
    return _same_day_said(reading, found) or _nearest(reading, found)


def _same_day_said(reading: _Reading, found: _Found) -> Moment | None:
    """ "Jan. 3" after "Jan. 3, 2020" is the same day."""
    for earlier in reversed(reading.found):
        if earlier.day == found.day and earlier.month == found.month and not earlier.inferred_year and earlier.value:
            return isodates.read(isodates.begin(earlier.value))
    return None


def _nearest(reading: _Reading, found: _Found) -> Moment | None:
    assert reading.anchor and found.month
    direction = _direction(reading, found.start)
    return isodates.yearless(reading.anchor, found.month, found.day, direction)


def _holiday(reading: _Reading, match: re.Match[str], found: _Found) -> bool:
    name = re.sub(r"\s+", " ", re.sub(r"['’]?s?\s", " ", match["holiday"])).lower().replace("christma ", "christmas ")
    found.month, found.day = words.HOLIDAYS[name]
    if match["year"]:
        found.value = f"{match['year']}-{found.month:02d}-{found.day:02d}"
    elif reading.anchor:
        moment = _nearest(reading, found)
        found.value = moment.iso if moment else None
    return True


def _month(reading: _Reading, match: re.Match[str], found: _Found) -> bool:
    if not _capital(match["month"]):
        return False
    if not (match["which"] or match["year"] or match["whose"] or _is_month(reading, match)):
        return False
    return _put_month(reading, found, match["month"], match["which"], match["year"], match["whose"])


def _put_month(
    reading: _Reading, found: _Found, name: str, which: str | None, year: str | None, whose: str | None
) -> bool:
    """Gives ``found`` the month ``name`` of the year that the words around it tell: "last May", "May of last year"."""
    found.month = words.MONTHS[name[:3].lower()]
    if year:
        found.value = f"{year}-{found.month:02d}"
    elif whose and "year" in (cut := _relative_year(reading, found, whose)):
        found.value = f"{cut['year']}-{found.month:02d}"
    elif not whose and reading.anchor:
        found.inferred_year = True
        moment = _month_beside(reading, found, (which or "").lower())
        found.value = moment.iso if moment else None
    return True


def _relative_year(reading: _Reading, found: _Found, whose: str) -> dict[str, int]:
    way = whose.lower().split()[-1]
    if way in ("same", "that"):
        reference = _reference(reading, found)
        return {"year": int(reference[:4])} if reference and "/" not in reference else {}
    step = {"last": -1, "this": 0, "next": 1}[way]
    return {"year": reading.anchor.year + step} if reading.anchor else {}


def _month_beside(reading: _Reading, found: _Found, which: str) -> Moment | None:
    """The month before, at or after the anchor that ``which`` (last, next, this or nothing) and the tense choose."""
    assert reading.anchor and found.month
    if which == "last":
        return _strictly(reading.anchor, found.month, -1)
    if which == "next":
        return _strictly(reading.anchor, found.month, 1)
    if which == "this":
        return isodates.made(reading.anchor.year, found.month)
    return _nearest(reading, found)


def _strictly(anchor: Moment, month: int, direction: int) -> Moment | None:
    if anchor.month is None:
        return None
    same = (anchor.month - month) * direction >= 0
    return isodates.made(anchor.year + direction if same else anchor.year, month)


def _is_month(reading: _Reading, match: re.Match[str]) -> bool:
    """Is a bare month one, and not the name or verb that looks like it: "Theresa May", "May said", "the March"?"""
    token = reading.token(match.start("month"))
    if token.ent_type_ == "Person" or token.pos_ in ("VERB", "AUX"):
        return False
    after = reading.text[match.end() : match.end() + 2]
    if words.MONTH_LEADS.search(reading.before(match.start())):
        return not (reading.parsed and token.dep_ in ("nsubj", "nsubj:pass", "flat", "ROOT", "root"))
    if after in ("'s", "’s"):
        return match["month"] not in ("May", "April", "June", "August")
    return reading.parsed and token.dep_ in ("compound", "nmod:unmarked", "obl:unmarked") and token.head.pos_ != "PROPN"


def _decade(_reading: _Reading, match: re.Match[str], found: _Found) -> bool:
    first = int(match["decade"]) * 10 if match["decade"] else 1900 + int(match["short"]) * 10
    found.value = f"{first}/{first + 9}"
    return True


def _century(_reading: _Reading, match: re.Match[str], found: _Found) -> bool:
    last = int(match["century"]) * 100
    found.value = f"{last - 99}/{last}"
    return True


def _years(_reading: _Reading, match: re.Match[str], found: _Found) -> bool:
    """1939-45 and 2019-2020; 2020-01 with a smaller number is a month."""
    first, last = match["first"], match["last"]
    if len(last) == 2 and int(last) <= int(first[2:]):
        moment = isodates.made(int(first), int(last) if int(last) <= 12 else None)
        found.value = moment.iso if moment and moment.month else None
        return found.value is not None
    last = last if len(last) == 4 else first[:2] + last
    found.value = f"{first}/{last}"
    return int(last) > int(first)


def _year(reading: _Reading, match: re.Match[str], found: _Found) -> bool:
    start, end = match.span("year")
    if words.YEAR_BLOCKS.match(reading.text, end) or not _is_year(reading, start, found.start):
        return False
    found.value = match["year"]
    return True


def _is_year(reading: _Reading, place: int, start: int) -> bool:
    """Is a bare number a year? By the word before it, or as the modifier of one thing ("the 2020 strike")."""
    number = int(reading.text[place : place + 4])
    led = words.YEAR_LEADS.search(reading.before(start)) or start < place
    if not reading.parsed:
        return bool(led) and number >= 1500
    token = reading.token(place)
    if token.dep_ == "nummod" and token.head.i > token.i:
        return number >= 1800 and "Plur" not in token.head.morph.get("Number", []) and token.head.pos_ != "SYM"
    if token.dep_ in ("compound", "nmod:unmarked", "amod") and token.head.pos_ in _NOMINAL:
        return number >= 1800
    medieval = token.dep_ == "obl" and words.YEAR_IN.search(reading.before(start)) is not None
    return bool(led) and (number >= 1500 or medieval) and token.dep_ not in ("obj", "nsubj", "nsubj:pass")


def _relative_day(reading: _Reading, match: re.Match[str], found: _Found) -> bool:
    word = re.sub(r"\s+", " ", match["word"].lower())
    steps = {
        "yesterday": -1,
        "last night": -1,
        "tomorrow": 1,
        "the day before yesterday": -2,
        "the day after tomorrow": 2,
    }
    if reading.anchor and reading.anchor.day:
        found.value = isodates.shift(reading.anchor, "day", steps.get(word, 0))
    return True


def _weekday(reading: _Reading, match: re.Match[str], found: _Found) -> bool:
    before = reading.before(found.start)
    if not _capital(match["weekday"]) or words.NAMED_DAYS.search(before):
        return False
    if words.NAMED_AFTER.match(reading.text, match.end("weekday")):
        return False
    name = words.WEEKDAYS[match["weekday"][:3].lower()]
    which = (match["which"] or "").lower().strip()
    if which.startswith(("the", "that")):
        found.value = _weekday_after(reading, found, name, which)
        found.anaphoric = True
    elif reading.anchor and reading.anchor.date:
        found.value = _weekday_near(reading, found, name, which)
    return True


def _weekday_after(reading: _Reading, found: _Found, name: int, which: str) -> str | None:
    """ "The following Monday" and "that Monday", counted from the last date said."""
    day = _reference_day(reading, found)
    if day is None or day.date is None:
        return None
    if "same" in which or "that" in which:
        return day.iso if day.date.weekday() == name else None
    return isodates.weekday(day.date, name, -1 if "previous" in which else 1, strict=True)


def _weekday_near(reading: _Reading, found: _Found, name: int, which: str) -> str | None:
    assert reading.anchor and reading.anchor.date
    today = reading.anchor.date
    if which in ("last", "this past"):
        return isodates.weekday(today, name, -1, strict=True)
    if which in ("next", "this coming"):
        return isodates.weekday(today, name, 1, strict=True)
    if today.weekday() == name:
        return today.isoformat()
    token = reading.token(found.start)
    if reading.parsed and _unsure(token):
        return None
    return isodates.weekday(today, name, _direction(reading, found.start) or -1)


def _ago(reading: _Reading, match: re.Match[str], found: _Found) -> bool:
    unit, way = _unit(match["unit"]), match["way"].lower()
    count = words.NUMBERS.get((match["count"] or "").lower()) or _digits(match["count"])
    plural = match.group().lower().rstrip().split()[-2].endswith("s")
    if match["count"] is None and not plural:
        return False
    if way == "ago":
        found.value = _hedged(reading.anchor, unit, count, (match["hedge"] or "").lower())
        return True
    found.anaphoric = True
    if _relates(reading, match, way):
        return True
    reference = _reference_day(reading, found)
    if reference and count and not match["hedge"]:
        found.value = isodates.shift(
            reference, unit, count if way in ("later", "after", "afterward", "afterwards") else -count
        )
    return True


def _hedged(anchor: Moment | None, unit: str, count: int | None, hedge: str) -> str | None:
    """ "Three weeks ago", and with a hedge the interval that it leaves open."""
    if anchor is None or count is None:
        return None
    value = isodates.shift(anchor, unit, -count)
    if value is None or hedge in ("", "just", "only", "barely"):
        return value
    if hedge.split()[-1] in ("than", "over", "least") and not hedge.startswith("less"):
        return f"/{isodates.end(value)}"
    if hedge.startswith(("less", "nearly", "almost", "just under")):
        return f"{isodates.begin(value)}/{anchor.iso[: len(isodates.begin(value))]}"
    early, late = isodates.shift(anchor, unit, -count - 1), isodates.shift(anchor, unit, 1 - count)
    return f"{isodates.begin(early)}/{isodates.end(late)}" if early and late else None


def _relates(reading: _Reading, match: re.Match[str], way: str) -> bool:
    """Does "two days after" go on ("… the attack"), so that it is counted from something else than the last date?"""
    if way not in ("before", "after", "prior"):
        return False
    return (
        re.match(r"\s*(?:[.,;:)!?—–-]|and\b|but\b|$|\n|in\b|at\b|on\b|by\b|when\b)", reading.text[match.end() :][:8])
        is None
    )


def _span(reading: _Reading, match: re.Match[str], found: _Found) -> bool:
    """ "The past three years", up to now; "the next two days", from now."""
    count = words.NUMBERS.get((match["count"] or "").lower()) or _digits(match["count"])
    unit, way = _unit(match["unit"]), match["way"].lower()
    if match["count"] is None or way == "previous":
        return False
    if unit == "hour" and count:
        unit, count = "day", -(-count // 24)
    if reading.anchor and count:
        found.value = _until_now(reading.anchor, unit, count if way in ("next", "coming") else -count)
    return True


def _until_now(anchor: Moment, unit: str, count: int) -> str | None:
    away = isodates.shift(anchor, "day", 7 * count) if unit == "week" else isodates.shift(anchor, unit, count)
    if away is None:
        return None
    now = anchor.iso[: len(away)]
    return f"{away}/{now}" if count < 0 else f"{now}/{away}"


def _next_to(reading: _Reading, match: re.Match[str], found: _Found) -> bool:
    """ "The following day" of the last date; "the past week" and "the last decade" up to now."""
    which, unit = match["which"].lower(), _unit(match["unit"])
    if which in ("past", "last", "coming"):
        if match["unit"].lower() not in ("week", "month", "year", "decade"):
            return False
        found.value = _until_now(reading.anchor, unit, 1 if which == "coming" else -1) if reading.anchor else None
        return True
    found.anaphoric = True
    reference = _reference(reading, found)
    day = _reference_day(reading, found)
    if which == "same":
        found.value = isodates.cut(reference, unit) if reference else None
    elif day:
        found.value = isodates.shift(day, unit, -1 if which == "previous" else 1)
    return True


def _day_before(reading: _Reading, match: re.Match[str], found: _Found) -> bool:
    found.anaphoric = True
    way = match["way"].lower()
    if way != "earlier" and _relates(reading, match, way):
        return True
    day = _reference_day(reading, found)
    found.value = isodates.shift(day, _unit(match["unit"]), 1 if way == "after" else -1) if day else None
    return True


def _that_day(reading: _Reading, match: re.Match[str], found: _Found) -> bool:
    found.anaphoric = True
    reference = _reference(reading, found)
    found.value = isodates.cut(reference, _unit(match["unit"])) if reference else None
    return True


def _weekend(reading: _Reading, match: re.Match[str], found: _Found) -> bool:
    if reading.anchor is None or reading.anchor.date is None:
        return True
    which = (match["which"] or "").lower()
    ahead = which in ("next", "this coming") or (
        not which.endswith(("last", "past")) and _direction(reading, found.start) > 0
    )
    found.value = isodates.weekend(reading.anchor.date, 1 if ahead else -1)
    return True


def _relative(reading: _Reading, match: re.Match[str], found: _Found) -> bool:
    step = {"last": -1, "this": 0, "next": 1}[match["which"].lower()]
    unit = _unit(match["unit"])
    found.value = isodates.shift(reading.anchor, unit, step) if reading.anchor else None
    if found.value and unit in ("decade", "century"):
        found.value = _era(int(found.value), 10 if unit == "decade" else 100)
    return True


def _era(year: int, length: int) -> str:
    first = year - year % length
    return f"{first}/{first + length - 1}"


def _then(reading: _Reading, match: re.Match[str], found: _Found) -> bool:
    token = reading.token(match.end() - 1)
    if token.lower_ == "time":
        if reading.parsed and any(child.dep_.startswith(("acl", "nmod")) for child in token.children):
            return False
        initial = match.group()[0].isupper()
        if (
            not reading.parsed
            and not initial
            and re.match(r"\s+(?:the|he|she|it|they|we|I|to)\b", reading.text[match.end() :][:8])
        ):
            return False
    found.anaphoric = True
    found.value = _reference(reading, found)
    return True


_Resolver = Callable[["_Reading", "re.Match[str]", "_Found"], bool]
_RESOLVERS: dict[str, _Resolver] = {
    "iso": _iso,
    "slashed": _slashed,
    "eleventh": _eleventh,
    "month_day": _month_day,
    "day_month": _month_day,
    "holiday": _holiday,
    "month": _month,
    "decade": _decade,
    "century": _century,
    "years": _years,
    "year": _year,
    "relative_day": _relative_day,
    "weekday": _weekday,
    "ago": _ago,
    "span": _span,
    "next_to": _next_to,
    "day_before": _day_before,
    "that_day": _that_day,
    "weekend": _weekend,
    "relative": _relative,
    "then": _then,
}


def _capital(word: str) -> bool:
    return word[0].isupper()


def _digits(count: str | None) -> int | None:
    return int(count) if count and count.isdigit() else None


def _unit(word: str) -> str:
    """The unit a word counts in; a night or morning is its day."""
    unit = word.lower().rstrip("s")
    if unit.startswith("centur"):
        return "century"
    return "day" if unit in ("night", "morning", "evening", "afternoon") else unit


# --- what was said before ------------------------------------------------------------------------------------------


def _reference(reading: _Reading, found: _Found) -> str | None:
    """The last date of the story said shortly before ``found``: no caption's, no reporting verb's, no open interval."""
    for earlier in reversed(reading.found):
        if _sentences_between(reading, earlier.end, found.start) > _REACH:
            return None
        if earlier.value and _is_reference(reading, earlier):
            return earlier.value
    return None


def _is_reference(reading: _Reading, earlier: _Found) -> bool:
    if words.SPAN_LEADS.search(reading.before(earlier.start)) or earlier.kind in ("decade", "century", "span"):
        return False
    if any(piece.span.start <= earlier.start < piece.span.end for piece in reading.doc._.furniture):
        return False
    governor = _governor(reading.token(earlier.start)) if reading.parsed else None
    return governor is None or governor.lemma_ not in words.REPORTING


def _reference_day(reading: _Reading, found: _Found) -> Moment | None:
    value = _reference(reading, found)
    return isodates.read(value) if value and "/" not in value else None


def _sentences_between(reading: _Reading, start: int, end: int) -> int:
    first, last = reading.token(start).i, reading.token(end).i
    if not reading.doc.has_annotation("SENT_START"):
        return len(re.findall(r"[.!?]\s", reading.text[start:end]))
    return sum(bool(token.is_sent_start) for token in reading.doc[first + 1 : last + 1])


# --- tense ---------------------------------------------------------------------------------------------------------


def _direction(reading: _Reading, place: int) -> int:
    """-1 where the clause around a character tells of the past, 1 of the future, 0 where the tree does not say."""
    return tense(reading.token(place)) if reading.parsed else 0


def tense(token: Token) -> int:
    """-1, 0 or 1: whether the predicate that governs ``token`` lies in the past, is unclear, or lies ahead."""
    if _ahead(token):
        return 1
    governor = _governor(token)
    return _tense_of(governor, 5) if governor is not None else 0


def _governor(token: Token) -> Token | None:
    """The verb, or the nominal with a copula, that a time stands under."""
    node = token
    while node.head.i != node.i:
        node = node.head
        if node.pos_ in ("VERB", "AUX") or any(child.dep_ == "cop" for child in node.children):
            return node
    return None


def _tense_of(verb: Token, depth: int) -> int:
    auxiliaries = [child for child in verb.children if child.dep_ in ("aux", "aux:pass", "cop")]
    if not auxiliaries and verb.dep_ == "conj" and "Fin" not in verb.morph.get("VerbForm", []) and depth:
        return _tense_of(verb.head, depth - 1)
    finite = [word for word in (*auxiliaries, verb) if "Fin" in word.morph.get("VerbForm", [])]
    if any(word.lemma_ in words.MODALS for word in auxiliaries):
        return -1 if any(word.lemma_ == "have" for word in auxiliaries) else 1
    if "Inf" in verb.morph.get("VerbForm", []) or not finite:
        return _tense_unfinished(verb, depth)
    if any("Past" in word.morph.get("Tense", []) for word in finite):
        return 1 if verb.lemma_ in ("schedule", "slate") else -1
    return (
        -1
        if any(word.lemma_ == "have" for word in auxiliaries) or verb.lemma_ in words.REPORTING
        else _present(verb, auxiliaries)
    )


def _present(verb: Token, auxiliaries: list[Token]) -> int:
    """A present tense with a date is a plan ("the trial opens Monday"), unless it is a passive ("is killed")."""
    passive = any(word.dep_ == "aux:pass" for word in auxiliaries)
    return 1 if not passive or verb.lemma_ in words.FUTURE else 0


def _tense_unfinished(verb: Token, depth: int) -> int:
    """Infinitives and participles: ahead after what plans ("set to begin"), as their clause otherwise."""
    if verb.lemma_ in ("schedule", "slate", "plan", "expect", "set") and "Past" in verb.morph.get("Tense", []):
        return 1
    infinitive = "Inf" in verb.morph.get("VerbForm", [])
    if infinitive and (
        verb.head.lemma_ in words.FUTURE
        or verb.dep_.startswith("acl")
        or any(c.dep_ in ("aux", "cop") and c.lemma_ == "be" for c in verb.children)
    ):
        return 1
    if "Past" in verb.morph.get("Tense", []) and not infinitive and verb.dep_ not in ("conj", "xcomp"):
        return -1
    if depth and verb.head.i != verb.i:
        governor = _governor(verb)
        return _tense_of(governor, depth - 1) if governor is not None else 0
    return 0


def _ahead(token: Token) -> bool:
    """Is the time in "ahead of Sunday's election", "the upcoming …" or "his next hearing on May 5"?"""
    event = token.head
    if event.pos_ in _NOMINAL and any(c.lower_ in words.TO_COME for c in event.lefts):
        return True
    if event.pos_ not in _NOMINAL or event.lemma_ not in words.SCHEDULED:
        return False
    cases = [child for child in event.children if child.dep_ in ("case", "amod", "mark")]
    return any(word.lemma_.lower() in words.AHEAD for case in cases for word in case.subtree)


def _unsure(token: Token) -> bool:
    """Is it unclear whether the weekday of a scheduled event has passed: "a candidate in Sunday's election said"?"""
    event = token.head
    if token.dep_ not in _ADNOMINAL or event.lemma_ not in words.SCHEDULED or _ahead(token):
        return False
    governor = _governor(event)
    return governor is None or (_tense_of(governor, 5) <= 0 and governor.lemma_ not in words.HELD)


# --- intervals -----------------------------------------------------------------------------------------------------


def _joined(reading: _Reading) -> list[_Found]:
    """The times with their prepositions: "since 2011", "from May to July 2020"."""
    joined: list[_Found] = []
    for found in reading.found:
        if joined and _joins(reading, joined[-1], found):
            joined[-1] = _interval(reading, joined[-1], found)
        else:
            joined.append(found)
    return [_led(reading, found) for found in joined]


def _joins(reading: _Reading, left: _Found, right: _Found) -> bool:
    if left.value is None or right.value is None or "/" in left.value or not {left.kind, right.kind} <= _JOINING:
        return False
    between = reading.text[left.end : right.start]
    if words.TO.fullmatch(between):
        return True
    return bool(words.AND.fullmatch(between)) and reading.before(left.start).lower().rstrip().endswith("between")


def _interval(reading: _Reading, left: _Found, right: _Found) -> _Found:
    """One interval of two times; a first month without a year takes the year of the second."""
    assert left.value and right.value
    begin = left.value
    if left.inferred_year and left.month and right.month and not right.inferred_year:
        year = int(right.value[:4]) - (left.month > right.month)
        moment = isodates.made(year, left.month, left.day)
        begin = moment.iso if moment else begin
    end = isodates.end(right.value)
    value = f"{begin}/{end}" if begin[:4] <= end[:4] else None
    lead = re.search(r"\b(?:from|between)\s+$", reading.before(left.start), re.I)
    start = left.start - len(lead.group()) if lead else left.start
    return _Found(start, right.end, "interval", value)


def _led(reading: _Reading, found: _Found) -> _Found:
    """A time after "since", "until", "by", "before" or "after" as the interval they open."""
    lead = words.SPAN_LEADS.search(reading.before(found.start))
    if lead is None or found.kind == "interval" or not _leads(reading, found, lead):
        return found
    word = lead["lead"].lower().split()[0]
    onwards = word == "from" and words.ONWARDS.match(reading.text, found.end)
    value = _open("since" if onwards else word, found.value)
    if value is None:
        return found
    return _Found(found.start - len(lead.group()), found.end, found.kind, value, found.anaphoric)


def _leads(reading: _Reading, found: _Found, lead: re.Match[str]) -> bool:
    """Does the preposition belong to the time, and not to the noun it stands in ("before the 2014 protests")?"""
    if not reading.parsed:
        return not re.search(r"\bthe\s+$", lead.group(), re.I) or (
            reading.text[found.start : found.end][-1] in "s0123456789" and found.kind == "decade"
        )
    token = reading.token(found.start - len(lead.group()))
    inside = range(reading.token(found.start).i, reading.token(found.end - 1).i + 1)
    return token.head.i in inside or token.dep_ == "fixed"


def _open(lead: str, value: str | None) -> str | None:
    """The interval that a preposition opens; None where it opens none."""
    if value is None or lead in ("from", "between"):
        return None
    if lead in ("since", "starting", "beginning", "after"):
        begin = isodates.begin(value) or isodates.end(value)
        return f"{begin}/"
    if lead in ("before", "prior"):
        previous = isodates.before(value)
        return f"/{previous}" if previous else None
    return f"/{isodates.end(value) or isodates.begin(value)}"


def _expression(reading: _Reading, found: _Found) -> TimeExpression:
    start, end = reading.token(found.start).i, reading.token(found.end - 1).i + 1
    return TimeExpression(start, end, found.value, found.anaphoric)


# --- which time dates what -----------------------------------------------------------------------------------------


def _by_head(doc: Doc) -> dict[int, TimeExpression]:
    """The times of a document by the token through which they hang in the tree."""
    times = doc._.times
    if times is None:
        times = doc._.times = find_times(doc)
    return {_top(doc, time): time for time in times} if doc.has_annotation("DEP") else {}


def _top(doc: Doc, time: TimeExpression) -> int:
    """The token of a time whose head lies outside it: "ago" of "two days ago", "January" of "January 2020"."""
    inside = range(time.start, time.end)
    tops = [token for token in doc[time.start : time.end] if token.head.i not in inside or token.head.i == token.i]
    tops = [token for token in tops if token.dep_ not in ("case", "mark", "punct", "advmod", "cc")] or tops
    return tops[-1].i if tops else time.end - 1


def _time_of(doc: Doc, head: Token, times: dict[int, TimeExpression], depth: int) -> TimeExpression | None:
    own = _own_time(head, times) or _time_before_when(doc, head)
    if own is not None or not depth:
        return own
    sharer = _sharer(head)
    shared = _time_of(doc, sharer, times, depth - 1) if sharer is not None else None
    return None if shared is not None and _is_of_first_alone(head, shared) else shared


def _own_time(head: Token, times: dict[int, TimeExpression]) -> TimeExpression | None:
    """A time right below the head; else one below a place or agent of it ("in Baghdad in January")."""
    children = [child for child in head.children if child.dep_ not in ("punct", "conj", "parataxis", "ccomp")]
    direct = [times[child.i] for child in children if child.i in times and child.dep_ in (*_ADVERBIAL, *_ADNOMINAL)]
    if direct:
        return max(direct, key=lambda time: (time.value is not None, len(isodates.begin(time.value or ""))))
    passing = [_nested_time(child, times, 2) for child in children if _passes(child)]
    return next((time for time in passing if time is not None), None)


def _time_before_when(doc: Doc, head: Token) -> TimeExpression | None:
    """The time that a clause with "when" tells more of: "in 1996, when a ferry sank", "the worst since May, when …"."""
    when = next((c.i for c in head.children if c.lower_ == "when" and c.i < head.i), 0)
    end = when - 1 if when > 1 and doc[when - 1].text == "," else when
    told = next((time for time in doc._.times if time.end == end and time.value), None) if when else None
    if told is None or "/" not in told.value.rstrip("/"):
        return told and replace(told, value=told.value.rstrip("/"))
    return None


def _nested_time(noun: Token, times: dict[int, TimeExpression], depth: int) -> TimeExpression | None:
    """A time below a noun, or below the places that it stands beside ("a strike in the capital Baghdad in January")."""
    for child in noun.children:
        if child.i in times and child.dep_ in _ADNOMINAL:
            return times[child.i]
        if depth and (_passes(child) or child.dep_ in ("appos", "nmod:unmarked", "compound")):
            found = _nested_time(child, times, depth - 1)
            if found is not None:
                return found
    return None


def _passes(child: Token) -> bool:
    """Does a time under this dependent date the predicate as well?"""
    if child.dep_ == "obl:agent":
        return True
    if child.dep_ not in ("obl", "nmod"):
        return False
    return any(
        case.dep_ == "case" and case.lower_ in ("in", "at", "near", "during", "on", "outside")
        for case in child.children
    )


def _sharer(head: Token) -> Token | None:
    """The clause whose time this one shares: of "shot and killed", of "exploded, killing", of "tried to kill", of "left
    the firm in 2019 to found her own"."""
    marked = any(child.dep_ in ("mark", "case") and child.lower_ != "to" for child in head.children)
    if head.dep_ == "advcl" and not marked and "Part" in head.morph.get("VerbForm", []):
        return head.head
    if head.dep_ == "xcomp" and head.head.lemma_ not in words.REPORTING:
        return None if _is_reason(head) else head.head
    if head.dep_ == "advcl" and head.tag_ == "VB" and head.head.lemma_ in words.DEPARTING:
        return head.head
    if head.dep_ == "conj" and head.head.pos_ == head.pos_ == "VERB":
        return head.head if _shares_time(head) else None
    if head.dep_ in ("nsubj", "obj") and head.pos_ == "NOUN" and head.head.lemma_ in words.LIGHT:
        return head.head
    return _following_conjunct(head)


def _is_reason(gerund: Token) -> bool:
    """ "Was jailed on Monday for killing X", "was accused on Monday of killing X": the killing was another day."""
    marks = [child.lower_ for child in gerund.children if child.dep_ in ("mark", "case")]
    return gerund.tag_ == "VBG" and not {"for", "of", "over", "with", "after"}.isdisjoint(marks)


def _shares_time(head: Token) -> bool:
    """Conjoined verbs share a time that stands before the first: "On Friday gunmen stormed X and killed Y"."""
    subject = any(child.dep_.startswith(("nsubj", "csubj")) for child in head.children)
    return not subject


def _is_of_first_alone(head: Token, time: TimeExpression) -> bool:
    """ "Was born in 1920 in Oslo and studied law": a time between two verbs is the first one's, unless they tell of one
    day ("was attacked on Friday and killed")."""
    between = head.dep_ == "conj" and head.head.i < time.start < head.i
    one_day = len(isodates.begin(time.value or "")) >= len("2020-01-01") and head.head.lemma_ != "bear"
    return between and not one_day


def _following_conjunct(head: Token) -> Token | None:
    """The verb of "was shot and killed on Friday" that carries the time of both."""
    for child in head.children:
        if child.dep_ == "conj" and child.pos_ == head.pos_ == "VERB" and child.i - head.i == 2:
            return child
    return None
