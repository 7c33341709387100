"""A Doc goes in; its counts and measures come out, with the bounds that the words around the numbers give them.

Numbers are read from the tokens, what they count from the tree. Dates, years, ordinals, scores, shares ("half of",
"one in five"), and the numbers of things ("Flight 370", "Article 5") are no amounts. The meaning of the bounds is that
of :class:`kg.claims.Quantity`; bounds of counts are whole numbers, so "more than 100" starts at 101.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.extraction import numberwords as lists
from kg.extraction.layers import Amount
from kg.extraction.times import find_times


@dataclass(slots=True)
class _Number:
    """A number while it is read: its tokens, its least and greatest value, and whether it is exact."""

    start: int
    end: int
    low: float | None
    high: float | None
    approximate: bool = False
    unit: str | None = None
    vague: bool = False
    dashed: bool = False


def find_amounts(doc: Doc) -> list[Amount]:
    """The counts and measures of a document, in order; no two share a token."""
    times = doc._.times if doc._.times is not None else find_times(doc)
    taken = {place for time in times for place in range(time.start, time.end)}
    words = [token.lower_ for token in doc]
    amounts: list[Amount] = []
    place = 0
    while place < len(words):
        number = _number(doc, words, place) if _triggers(words[place]) and place not in taken else None
        if number is None or _is_label(doc, words, number):
            place += 1
            continue
        amount = _amount(doc, words, number, taken)
        if amount is not None:
            amounts.append(amount)
        place = max(number.end, amount.end if amount else 0)
    return amounts


def count_of(doc: Doc, noun: int) -> Amount | None:
    """How many the noun phrase headed by ``doc[noun]`` speaks of: its number, or what "a woman", "both", "no one" say.

    None where the words do not tell ("the soldiers", "soldiers").
    """
    if doc._.amounts is None:
        doc._.amounts = find_amounts(doc)
    amounts: list[Amount] = doc._.amounts
    for amount in amounts:
        if amount.counted == noun or (
            amount.counted is None and amount.unit is None and amount.start <= noun < amount.end
        ):
            return amount
    return _of_determiner(doc[noun])


def _of_determiner(noun: Token) -> Amount | None:
    plural = "Plur" in noun.morph.get("Number", [])
    for child in noun.children:
        if child.dep_ != "det" and not child.dep_.startswith("nummod"):
            continue
        if child.lower_ in ("a", "an", "one", "another") and not plural:
            return Amount(child.i, noun.i + 1, 1, 1, counted=noun.i)
        if child.lower_ == "no":
            return Amount(child.i, noun.i + 1, 0, 0, counted=noun.i)
        if child.lower_ == "both" and plural:
            return Amount(child.i, noun.i + 1, 2, 2, counted=noun.i)
    return None


# --- reading the number --------------------------------------------------------------------------------------------


def _triggers(word: str) -> bool:
    """Can an amount start with this word?"""
    return word[0].isdigit() or word in lists.STARTS or ("-" in word and word.split("-")[0] in lists.STARTS)


def _number(doc: Doc, words: list[str], place: int) -> _Number | None:
    """The number that starts at ``place``, without the words that bound it."""
    word = words[place]
    if word == "no":
        follows = words[place + 1 : place + 2] == ["one"]
        return _Number(place, place + 2, 0, 0, vague=True) if follows else None
    if word in lists.NOBODY:
        return _Number(place, place + 1, 0, 0, vague=True)
    tens = _tens_of(words, place)
    if tens is not None:
        return tens
    if word in lists.VAGUE:
        return _vague(words, place)
    return _glued(words, place) or _ranged(words, place) or _exact(doc, words, place)


def _tens_of(words: list[str], place: int) -> _Number | None:
    """ "Hundreds of thousands", "tens of millions"."""
    of, scale = [*words[place + 1 : place + 3], "", ""][:2]
    if words[place] not in lists.TENS_OF or of != "of" or not scale.endswith("s") or scale[:-1] not in lists.SCALES:
        return None
    least = float(lists.TENS_OF[words[place]] * lists.SCALES[scale[:-1]])
    return _Number(place, place + 3, least, None, approximate=True, vague=True)


def _vague(words: list[str], place: int) -> _Number | None:
    """ "Dozens", "several", "a couple"; "few" alone says how small a number is, not how great."""
    word = words[place]
    led = place > 0 and words[place - 1] == "a"
    if word in lists.AFTER_A and not led:
        return None
    if word in ("scores", "pair", "trio", "duo", "quartet") and words[place + 1 : place + 2] != ["of"]:
        return None
    if word == "few" and place > 1 and words[place - 2] == "quite":
        place -= 1
    low, high, approximate = lists.VAGUE[word]
    end = next(k for k in range(place, len(words)) if words[k] == word) + 1
    return _Number(place - led if word in lists.AFTER_A else place, end, low, high, approximate, vague=True)


def _glued(words: list[str], place: int) -> _Number | None:
    """One token of number and unit: "42-year-old", "10km", "9mm"."""
    match = lists.GLUED.fullmatch(words[place])
    if match is None or match["unit"].lower() == "m":
        return None
    number = _plain(match["number"])
    return (
        _Number(place, place + 1, number, number, unit=lists.UNITS[match["unit"].lower()])
        if number is not None
        else None
    )


def _ranged(words: list[str], place: int) -> _Number | None:
    """ "20-30" in one token or three; where the first is not the smaller it is a score or a label."""
    match = lists.RANGE.fullmatch(words[place])
    if match:
        first, last = _plain(match[1]), _plain(match[2])
        known = first is not None and last is not None and first < last
        return _Number(place, place + 1, first, last, dashed=True) if known else _Number(place, place + 1, None, None)
    return None


def _exact(doc: Doc, words: list[str], place: int) -> _Number | None:
    """A number in digits or words: "1,200", "1.2 million", "twenty-three", "a hundred and five", "half a million"."""
    start = place
    if words[place] == "half":
        return _half(words, place)
    if words[place] in lists.SCALES:
        if place == 0 or words[place - 1] not in ("a", "one"):
            return None
        start, value, place = place - 1, 1.0, place
    else:
        read = _small(words, place)
        if read is None:
            return None
        value, place = read
    value, place = _scaled(words, place, value)
    if words[start] == "one" and place == start + 1 and not _is_number_one(doc[start]):
        return None
    plus = words[place - 1].endswith("+")
    return _Number(start, place, value, None if plus else value)


def _half(words: list[str], place: int) -> _Number | None:
    scale = place + 1 + (words[place + 1 : place + 2] == ["a"])
    if scale < len(words) and words[scale] in lists.SCALES:
        value = lists.SCALES[words[scale]] / 2
        return _Number(place, scale + 1, value, value)
    return None


def _small(words: list[str], place: int) -> tuple[float, int] | None:
    """A number below its scale words, and where it ends."""
    word = words[place]
    match = lists.DIGITS.fullmatch(word)
    if match:
        value = float(match["number"].replace(",", "")) * lists.SUFFIXES.get((match["suffix"] or "").lower(), 1)
        return value, place + 1
    if "-" in word:
        tens, _, ones = word.partition("-")
        known = tens in lists.TENS and 0 < lists.ONES.get(ones, 0) < 10
        return (lists.TENS[tens] + float(lists.ONES[ones]), place + 1) if known else None
    if word in lists.TENS:
        return _tens(words, place)
    return (float(lists.ONES[word]), place + 1) if word in lists.ONES else None


def _tens(words: list[str], place: int) -> tuple[float, int]:
    """Twenty, twenty-three in three tokens, or "twenty three"."""
    value = float(lists.TENS[words[place]])
    ones = place + 1 + (words[place + 1 : place + 2] == ["-"])
    if ones < len(words) and 0 < lists.ONES.get(words[ones], 0) < 10:
        return value + lists.ONES[words[ones]], ones + 1
    return value, place + 1


def _scaled(words: list[str], place: int, value: float) -> tuple[float, int]:
    """Multiplies by the scale words that follow and adds what comes after them ("two hundred and six")."""
    total = 0.0
    while place < len(words):
        word = words[place]
        hyphen = word == "-" and words[place + 1 : place + 2] and words[place + 1] in lists.SCALES
        if hyphen:
            place += 1
            word = words[place]
        if word not in lists.SCALES:
            break
        value *= lists.SCALES[word]
        place += 1
        rest = place + (words[place : place + 1] == ["and"] and word in ("hundred", "thousand"))
        more = (
            _small(words, rest)
            if rest < len(words) and words[rest] in (lists.ONES.keys() | lists.TENS.keys())
            else None
        )
        if more is not None and more[0] < lists.SCALES[word]:
            following = more[1]
            if (
                following < len(words)
                and words[following] in lists.SCALES
                and lists.SCALES[words[following]] < lists.SCALES[word]
            ):
                total, value, place = total + value, more[0], following
            else:
                value, place = value + more[0], following
    return total + value, place


def _is_number_one(token: Token) -> bool:
    """ "One" as a number ("one soldier", "one of the men"), not as a pronoun ("this one", "one another")."""
    if token.pos_ and token.pos_ != "NUM":
        return False
    following = token.doc[token.i + 1].lower_ if token.i + 1 < len(token.doc) else ""
    before = token.doc[token.i - 1].lower_ if token.i else ""
    blocked = ("another", "day", "time", "thing", "way", "side", "hand", "reason", "point", "in")
    return following not in blocked and before not in ("this", "that", "each", "every", "the", "no", "which", "any")


def _plain(word: str) -> float | None:
    word = word.lower().replace(",", "")
    if word in lists.ONES or word in lists.TENS:
        return float(lists.ONES.get(word, 0) or lists.TENS.get(word, 0))
    return float(word) if re.fullmatch(r"\d+(?:\.\d+)?", word) else None


# --- what is no amount ---------------------------------------------------------------------------------------------


def _is_label(doc: Doc, words: list[str], number: _Number) -> bool:
    """Is the number a name, a score, a clock time, a share, or part of a word ("three-nation", "high-five")?"""
    if number.low is None and number.high is None:
        return True
    return (
        _is_clock(words, number)
        or _is_numbered(doc[number.start], words[number.start - 1] if number.start else "")
        or _is_score(words, number)
        or _is_share(words, number)
        or _is_compound(words, number)
    )


def _is_clock(words: list[str], number: _Number) -> bool:
    """ "10:30", "9/11", "5 p.m.", "3 rd"."""
    after = [*words[number.end : number.end + 2], "", ""]
    if number.start and words[number.start - 1] in ("/", ":", "#"):
        return True
    if words[max(0, number.start - 2) : number.start] == ["no", "."]:
        return True
    return after[0] in lists.CLOCK or (after[0] in ("/", ":") and after[1][:1].isdigit())


def _is_compound(words: list[str], number: _Number) -> bool:
    """ "Three-nation", "18-fold", "high-five"; a unit after the hyphen makes a measure ("12-mile")."""
    after = words[number.end : number.end + 2]
    if len(after) == 2 and after[0] == "-" and after[1].isalpha():
        return after[1] not in lists.UNITS and after[1] not in ("plus", "magnitude")
    return number.start > 1 and words[number.start - 1] == "-" and words[number.start - 2].isalpha()


def _is_numbered(first: Token, before: str) -> bool:
    """ "Flight 370", "Article 5", "Apollo 11": the number follows the noun that it belongs to."""
    if not first.text[0].isdigit():
        return before in lists.NUMBERED and first.dep_ != "nummod" and first.dep_ != ""
    if first.dep_ == "conj" and first.head.i < first.i and first.head.text[0].isdigit():
        return _is_numbered(first.head, first.doc[first.head.i - 1].lower_ if first.head.i else "")
    if before in lists.NUMBERED:
        return True
    follows = first.head.i < first.i and first.i > 0 and first.nbor(-1).pos_ in ("PROPN", "NOUN")
    return (follows and first.dep_ in ("nummod", "nmod:unmarked", "compound", "list", "appos")) or first.dep_ == "flat"


def _is_score(words: list[str], number: _Number) -> bool:
    """ "3-0" in three tokens, the first not the smaller; "2-1"."""
    dashes = ("-", "–")
    if number.start > 1 and words[number.start - 1] in dashes and words[number.start - 2][0].isdigit():
        return True
    after = words[number.end : number.end + 2]
    if len(after) < 2 or after[0] not in dashes or not after[1][0].isdigit():
        return False
    last = _plain(after[1])
    return last is None or number.low is None or last <= number.low


def _is_share(words: list[str], number: _Number) -> bool:
    """ "One in five", "two-thirds", "two out of three"."""
    if words[max(0, number.start - 2) : number.start] == ["one", "in"]:
        return True
    after = words[number.end : number.end + 3]
    hyphened = after[1:2] if after[:1] == ["-"] else after[:1]
    if hyphened and re.fullmatch(r"(?:third|quarter|fifth|sixth|seventh|eighth|ninth|tenth)s?", hyphened[0]):
        return True
    return (
        len(after) > 1
        and after[0] == "in"
        and (after[1] in lists.ONES or after[1] in lists.TENS or after[1].isdigit())
        and number.high == 1
    )


# --- bounds, unit, and what is counted -----------------------------------------------------------------------------


def _amount(doc: Doc, words: list[str], number: _Number, taken: set[int]) -> Amount | None:
    number = _to_range(words, number, taken)
    unit_end = _put_unit(doc, words, number)
    counted = None if number.unit else _counted(doc, number)
    if number.dashed and not number.unit and counted is None and doc.has_annotation("DEP"):
        return None  # "1 - 2" that counts nothing is a score
    kind, number.start = _leading(doc, words, number, counted)
    after, number.end = _trailing(words, max(number.end, unit_end))
    if after is None and counted == number.end:  # "66 people or more": the bound stands behind what is counted
        after, _ = _trailing(words, counted + 1)
    _bound(number, kind or after)
    return Amount(number.start, number.end, number.low, number.high, number.approximate, counted, number.unit)


def _to_range(words: list[str], number: _Number, taken: set[int]) -> _Number:
    """ "20 to 30", "between 20 and 30", "20 - 30", "two or three" as one number with two bounds."""
    place = number.end
    if number.vague or place + 1 >= len(words) or place + 1 in taken:
        return number
    joint, before = words[place], words[number.start - 1] if number.start else ""
    if joint not in ("to", "-", "–", "or") and not (joint == "and" and before == "between"):
        return number
    read = _small(words, place + 1)
    if read is None:
        return number
    value, end = _scaled(words, read[1], read[0])
    if joint == "to" and before in ("from", "to"):
        return number
    low = number.low or 0
    if words[end - 1] in lists.SCALES and words[number.end - 1] not in lists.SCALES and low < 100:
        low *= lists.SCALES[words[end - 1]]  # "1 to 2 million"
    if value <= low:
        return number
    return _Number(number.start - (before == "between"), end, low, value, unit=number.unit, dashed=joint in ("-", "–"))


def _put_unit(doc: Doc, words: list[str], number: _Number) -> int:
    """Sets the unit that follows or precedes the number; returns where the amount ends with it."""
    if number.unit:
        return number.end + 2 * (words[number.end : number.end + 2] == ["-", "old"])
    sign = doc[number.start - 1].text if number.start else ""
    if sign in lists.MONEY:
        return _money(doc, words, number, sign)
    before = words[max(0, number.start - 2) : number.start]
    if before[-1:] in (["magnitude"], ["aged"], ["age"]) or before == ["age", "of"]:
        number.unit = "magnitude" if before[-1] == "magnitude" else "year"
    end = _unit_after(words, number)
    if number.unit is None and _is_age(doc, number):
        number.unit = "year"
    return end


def _money(doc: Doc, words: list[str], number: _Number, sign: str) -> int:
    """ "$ 5", "NZ $ 5", and "$ 1.2 m" in three tokens."""
    start = number.start - 1
    country = doc[start - 1].text if start else ""
    abroad = bool(country) and country + sign in lists.MONEY
    number.unit, number.start = lists.MONEY[country + sign if abroad else sign], start - abroad
    suffix = (
        lists.SUFFIXES.get(words[number.end])
        if number.end < len(words) and not doc[number.end - 1].whitespace_
        else None
    )
    if suffix and number.low is not None and number.high is not None:
        number.low, number.high, number.end = number.low * suffix, number.high * suffix, number.end + 1
    return number.end


def _unit_after(words: list[str], number: _Number) -> int:
    place = number.end + (words[number.end : number.end + 1] == ["-"])
    rest = words[place : place + 2]
    if not rest:
        return number.end
    if rest[0] in ("square", "cubic", "nautical") and len(rest) > 1 and rest[1] in lists.UNITS:
        number.unit = f"{lists.UNITS[rest[1]]}{'2' if rest[0] == 'square' else '3'}" if rest[0] != "nautical" else "nmi"
        return place + 2
    if rest == ["per", "cent"] or rest[0] == "magnitude":
        number.unit = "%" if rest[0] == "per" else "magnitude"
        return place + len(rest) if rest[0] == "per" else place + 1
    if (rest[0] in lists.UNITS and rest[0] not in ("second", "m")) or (rest[0] == "m" and place == number.end):
        number.unit = lists.UNITS[rest[0]]
        old = place + 1 + (words[place + 1 : place + 2] == ["-"])
        return old + 1 if words[old : old + 1] in (["old"], ["olds"]) else place + 1
    return number.end


def _is_age(doc: Doc, number: _Number) -> bool:
    """ "Ana Lopez, 42, …", "she was 42": a bare number in apposition to a name, or said of one person."""
    token = doc[number.end - 1]
    if any(child.dep_ == "cop" for child in token.children):
        return any(child.dep_ == "nsubj" and child.lower_ in ("he", "she", "i") for child in token.children)
    commas = (
        number.start > 0
        and doc[number.start - 1].text == ","
        and number.end < len(doc)
        and doc[number.end].text in ",.)"
    )
    return (
        commas
        and token.dep_ in ("appos", "nmod:unmarked", "amod")
        and token.head.i < token.i
        and (number.high or 0) < 120
    )


def _counted(doc: Doc, number: _Number) -> int | None:
    """The token of what is counted, by the tree: "12 soldiers", "dozens of people", "two of the attackers"."""
    if not doc.has_annotation("DEP"):
        return None
    top = next(
        (token for token in reversed(doc[number.start : number.end]) if not number.start <= token.head.i < number.end),
        None,
    )
    if top is None:
        top = doc[number.end - 1]
    for token in doc[number.start : number.end]:
        below = _of_noun(token, number)
        if below is not None:
            return below
    if top.dep_ in ("nummod", "amod", "det", "nmod:unmarked", "compound", "nmod") and top.head.pos_ in (
        "NOUN",
        "PROPN",
        "ADJ",
        "PRON",
    ):
        return top.head.i if top.head.i >= number.end else None
    return None


def _of_noun(top: Token, number: _Number) -> int | None:
    """The noun after "of": "people" in "hundreds of thousands of people"."""
    for child in top.children:
        if child.dep_ == "nmod" and child.i >= number.end and any(case.lower_ == "of" for case in child.children):
            return child.i
    return None


def _leading(doc: Doc, words: list[str], number: _Number, counted: int | None) -> tuple[str | None, int]:
    """What the words before the number make of it, and where the amount starts with them."""
    start = number.start
    if start and words[start - 1] in ("a", "an", "the", "another") and number.vague:
        start -= words[start - 1] in ("a", "an")
    for phrase, kind in lists.BEFORE:
        length = len(phrase)
        if (
            length <= start
            and tuple(words[start - length : start]) == phrase
            and _bounds(doc[start - 1], phrase, counted)
        ):
            return kind, start - length
    return None, start


def _bounds(last: Token, phrase: tuple[str, ...], counted: int | None) -> bool:
    """Does a word like "over" bound the number, or is it the preposition of the noun ("over two killings")?"""
    if len(phrase) > 1 or phrase[0] not in ("over", "under", "above", "below", "about", "around", "near"):
        return True
    return last.dep_ != "case" or counted is None or last.head.i != counted


def _trailing(words: list[str], end: int) -> tuple[str | None, int]:
    for phrase, kind in lists.AFTER:
        if tuple(words[end : end + len(phrase)]) == phrase:
            return kind, end + len(phrase)
    return None, end


def _bound(number: _Number, kind: str | None) -> None:
    """Opens or moves the bounds of a number by the kind of words around it."""
    if kind is None or (
        number.low is not None and number.high is not None and number.low < number.high and kind != "about"
    ):
        return
    low, high = number.low, number.high if number.high is not None or not number.vague else number.low
    step = 1 if number.unit is None and not number.vague else 0
    if kind == "more":
        number.low, number.high = (low or 0) + step, None
    elif kind == "least":
        number.high = None
    elif kind == "most":
        number.low, number.high = None, high
    elif kind == "less":
        number.low, number.high = None, (high or 0) - step
    elif kind == "nearly":
        number.low, number.approximate = None if high else low, True
    else:
        number.approximate = True
