"""The words and signs of numbers in English news: the tables that :mod:`kg.extraction.amounts` reads with."""

import re


def _units(**names: str) -> dict[str, str]:
    return {name: unit for unit, words in names.items() for name in words.split()}


def _phrases(**phrases: str) -> list[tuple[tuple[str, ...], str]]:
    """Phrases split by ``|`` as tuples of words with their kind, the longest first."""
    pairs = [(tuple(phrase.split()), kind) for kind, text in phrases.items() for phrase in text.split("|")]
    return sorted(pairs, key=lambda pair: -len(pair[0]))


_SMALL = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen
"""
_TENS = """twenty thirty forty fifty sixty seventy eighty ninety"""

ONES = {word: number for number, word in enumerate(_SMALL.split())}
TENS = {word: 10 * number for number, word in enumerate(_TENS.split(), 2)}
SCALES = {
    "dozen": 12,
    "hundred": 100,
    "thousand": 1_000,
    "million": 1_000_000,
    "mn": 1_000_000,
    "billion": 1_000_000_000,
    "bn": 1_000_000_000,
    "trillion": 10**12,
    "tn": 10**12,
}
SUFFIXES = {"k": 1_000, "m": 1_000_000, "mn": 1_000_000, "bn": 1_000_000_000, "b": 1_000_000_000, "tn": 10**12}
"""What may be glued to a number or to an amount of money: "$1.2m"."""

VAGUE: dict[str, tuple[float, float | None, bool]] = {
    "dozens": (24, None, True),
    "scores": (40, None, True),
    "hundreds": (200, None, True),
    "thousands": (2_000, None, True),
    "millions": (2_000_000, None, True),
    "billions": (2_000_000_000, None, True),
    "several": (3, None, True),
    "few": (3, None, True),
    "handful": (3, None, True),
    "couple": (2, 2, True),
    "pair": (2, 2, False),
    "duo": (2, 2, False),
    "trio": (3, 3, False),
    "quartet": (4, 4, False),
}
"""Words for a number left unsaid: the least, the most, approximate. A plural ("dozens") is at least two of them."""

AFTER_A = {"few", "couple", "pair", "handful", "trio", "duo", "quartet"}
"""Those that are numbers only after "a": "few came" says how small a number is."""

TENS_OF = {"tens": 20, "dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2_000, "millions": 2_000_000}
NOBODY = {"nobody", "none", "no-one"}
STARTS = {*ONES, *TENS, *SCALES, *VAGUE, *NOBODY, "half", "tens", "no"} - {"mn", "bn", "tn"}
"""Words an amount can start with, beside digits."""

BEFORE = _phrases(
    more="more than|over|above|well over|in excess of|upwards of|upward of|north of|just over|greater than|exceeding"
    "|exceeded|exceeds|exceed|surpassed|surpasses|topped|tops",
    least="at least|no fewer than|no less than|not less than|not fewer than|a minimum of|minimum of",
    most="up to|as many as|as much as|as high as|no more than|at most|not more than|a maximum of|maximum of|a high of",
    less="fewer than|less than|under|below",
    nearly="nearly|almost|close to|just under|just below|approaching",
    about="about|around|some|roughly|approximately|an estimated|estimated|circa|ca.|near|more or less|perhaps|maybe",
)
"""What stands before a number and bounds it."""

AFTER = _phrases(least="or more|and more|and counting|plus|+|- plus", most="or fewer|or less", about="or so")
"""What stands after a number and bounds it."""

UNITS = _units(
    ft="foot feet ft",
    yd="yard yards",
    mi="mile miles",
    km="kilometer kilometers kilometre kilometres km kms",
    m="meter meters metre metres m",
    cm="centimeter centimeters centimetre centimetres cm",
    mm="millimeter millimeters millimetre millimetres mm",
    kg="kilogram kilograms kilogramme kilogrammes kilo kilos kg",
    g="gram grams gramme grammes",
    t="ton tons tonne tonnes",
    lb="pound pounds lb lbs",
    ha="hectare hectares",
    acre="acre acres",
    l="liter liters litre litres",
    gal="gallon gallons",
    bbl="barrel barrels",
    mph="mph",
    MW="megawatt megawatts mw",
    GW="gigawatt gigawatts gw",
    USD="dollar dollars usd",
    EUR="euro euros eur",
    JPY="yen",
    RUB="ruble rubles rouble roubles",
    INR="rupee rupees",
    CNY="yuan renminbi",
    second="second seconds",
    minute="minute minutes min mins",
    hour="hour hours hr hrs",
    day="day days",
    night="night nights",
    week="week weeks",
    month="month months",
    year="year years yr yrs",
    decade="decade decades",
    century="century centuries",
    degree="degree degrees °c °f °",
) | {"inch": "in", "inches": "in", "percent": "%", "pct": "%", "%": "%", "kph": "km/h", "km/h": "km/h", "kmh": "km/h"}
"""Words of units by their sign."""

MONEY = {
    "$": "USD",
    "US$": "USD",
    "A$": "AUD",
    "AU$": "AUD",
    "C$": "CAD",
    "CA$": "CAD",
    "HK$": "HKD",
    "NZ$": "NZD",
    "S$": "SGD",
    "£": "GBP",
    "€": "EUR",
    "¥": "JPY",
    "₹": "INR",
    "₪": "ILS",
}
"""Signs of money by their ISO 4217 code; a plain "$" is the American."""

_NUMBERED = """
    no no. number article section chapter flight page route highway unit room channel level phase volume episode season
    resolution act amendment group day week type version gate district apollo boeing airbus formula # interstate line
    grade part step round category stage
"""
NUMBERED = frozenset(_NUMBERED.split())
"""What stands before the number of a name: "Article 5"."""

CLOCK = {"a.m.", "p.m.", "am", "pm", "gmt", "th", "st", "nd", "rd", "o'clock", "a.m", "p.m"}
"""What stands after a time of the day or an ordinal."""

DIGITS = re.compile(
    r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<suffix>k|m|mn|bn|b|tn)?(?P<more>\+)?", re.I
)
RANGE = re.compile(r"(\d[\d,]*(?:\.\d+)?)[-–—](\d[\d,]*(?:\.\d+)?)")
GLUED = re.compile(
    r"(?P<number>\d[\d,]*(?:\.\d+)?|[a-z]+)-?(?P<unit>year|month|week|day|hour|minute|foot|feet|ft|mile|km|kg|mm|cm"
    r"|kilometers?|kilometres?|meters?|metres?|tonne|ton|pound|acre|m|%)(?:-(?P<rest>olds?|long|high|tall|wide|deep))?",
    re.I,
)
"""A number with its unit in one token: "42-year-old", "10km"."""
