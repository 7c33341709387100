"""The words that give times in English news: the patterns and tables that :mod:`kg.extraction.times` reads with.

Every pattern has a name and named groups. They are tried together, in this order, from left to right over the text; the
first that fits at a place wins. All ignore case, and what must be capitalised ("March", "Sunday") is checked later.
"""

import re

MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
WEEKDAYS = {name: number for number, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))}


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.)"
)
_MONTH_BESIDE_DAY = _MONTH[:-1] + r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b)"
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\.)"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])"
_YEAR = r"(?:1\d|20)\d\d(?![\d%])(?![.,]\d)"
_TH = r"(?:st|nd|rd|th)"
_DASH = r"\s*(?:-|–|—|to)\s*"
_OF_DAY = r"(?:\s+(?:morning|afternoon|evening|night|noon|midnight))?"
_EARLY = r"(?:(?:early|late|mid)[\s-]+)"
_SMALL = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_COUNT = (
    rf"(?:\d{{1,3}}|an?|{'|'.join((_SMALL + ' ' + _TENS).split())}|hundred|several|a few|a couple(?: of)?|many|some)"
)
_UNIT = r"(?:second|minute|hour|day|night|week|month|year|decade|centur(?:y|ie))"

_HEDGE = (
    "(?:more than|over|well over|at least|just over|less than|nearly|almost|about|around|some|roughly|approximately"
    "|just under|barely|only|just)"
)
_PART = "(?:day|night|morning|evening|afternoon|week|month|year)"
_SOON = "(?:earlier|later|early|late)"

# A space stands for any white space.
_PATTERNS = {
    "iso": r"(?P<value>\d{4}-\d\d-\d\d)(?:T\d\d:?\d\d[\d:.]*(?:Z|[+-]\d\d:?\d\d)?)?(?![\d-])",
    "slashed": r"(?P<a>\d{1,2})(?P<mark>[/.])(?P<b>\d{1,2})(?P=mark)(?P<year>(?:19|20)\d\d)(?!\d)",
    "eleventh": r"9/11(?![\d/])",
    "month_day": (
        rf"(?:(?P<weekday>{_WEEKDAY}),? )?(?P<month>{_MONTH_BESIDE_DAY}) (?P<day>{_DAY}){_TH}?(?![\d%:])(?![,.]\d)"
        rf"(?:{_DASH}(?P<last>{_DAY}){_TH}?(?![\d%:,])(?! {_MONTH}))?(?:,? (?P<year>{_YEAR}))?"
    ),
    "day_month": (
        rf"(?:(?P<weekday>{_WEEKDAY}),? )?(?:the )?(?P<day>{_DAY})(?:{_TH})?(?:{_DASH}(?P<last>{_DAY}){_TH}?)?"
        rf" (?:of )?(?P<month>{_MONTH_BESIDE_DAY})(?:,? (?P<year>{_YEAR}))?"
    ),
    "holiday": (
        r"(?P<holiday>Christmas (?:Eve|Day)|New Year['’]?s (?:Eve|Day)|Boxing Day)"
        rf"(?:,? (?:of )?(?P<year>{_YEAR}))?"
    ),
    "month": (
        rf"(?:(?P<which>last|next|this|this past|this coming) )?{_EARLY}?(?P<month>{_MONTH})"
        rf"(?:,? (?:of )?(?P<year>{_YEAR})| (?:of )?(?P<whose>last|this|next|the same|that) year)?"
    ),
    "decade": rf"(?:the )?{_EARLY}?(?:(?P<decade>(?:1[5-9]|20)\d)0s|['’](?P<short>[2-9])0s)\b",
    "century": rf"(?:the )?{_EARLY}?(?P<century>1[0-9]|2[01]){_TH}[\s-]century",
    "years": r"(?P<first>(?:1[5-9]|20)\d\d)\s?[-–—/]\s?(?P<last>(?:1[5-9]|20)\d\d|\d\d)(?![\d-])(?![,.]\d)",
    "year": rf"{_EARLY}?(?P<year>{_YEAR})(?![:/]\d|-\d)",
    "relative_day": (
        rf"(?:{_SOON} )?(?P<word>the day before yesterday|the day after tomorrow|today|tonight|yesterday|tomorrow"
        rf"|overnight(?! (?:stay|bag|flight))|this (?:morning|afternoon|evening)|last night){_OF_DAY}"
    ),
    "weekday": (
        rf"(?:{_SOON} )?(?P<which>(?:last|next|this|this past|this coming|the (?:following|next|previous|same)|that) )?"
        rf"(?P<weekday>{_WEEKDAY}){_OF_DAY}"
    ),
    "ago": (
        rf"(?:(?P<hedge>{_HEDGE}) )?(?:(?P<count>{_COUNT}) )?(?P<unit>{_UNIT})s?"
        r" (?P<way>ago|earlier|later|before|after|prior|afterwards?)(?! than)"
    ),
    "span": rf"(?:the )?(?P<way>past|last|previous|next|coming) (?:(?P<count>{_COUNT}) )?(?P<unit>{_UNIT})s",
    "next_to": rf"the (?P<which>following|next|previous|same|past|last|coming) (?P<unit>{_PART}|decade)(?!\w)",
    "day_before": rf"the (?P<unit>{_PART}) (?P<way>before|after|earlier)(?!\w)",
    "that_day": rf"(?:(?:earlier|later) )?that (?:same )?(?P<unit>{_PART})(?!\w)",
    "weekend": r"(?:(?P<which>last|this|next|this past|this coming)|over the|at the) weekend(?!\w| (?:of|in) [A-Z])",
    "relative": rf"(?:{_SOON} )?(?P<which>last|next|this) (?P<unit>week|month|year|decade|century)(?!\w)",
    "then": (
        r"(?:at (?:the|that) time(?! (?:of|that|when)\b)|back then"
        r"|(?<=since\s)then|(?<=by\s)then|(?<=until\s)then)(?!\w)"
    ),
}

RULES = {name: re.compile(pattern.replace(" ", r"\s+"), re.IGNORECASE) for name, pattern in _PATTERNS.items()}


def _together() -> str:
    """All patterns as one, each under its own name; a back reference is loosened, as the rule itself reads again."""
    bare = {name: re.sub(r"[(][?]P<[a-z]+>", "(?:", rule.pattern) for name, rule in RULES.items()}
    return "|".join(f"(?P<{name}>{pattern})" for name, pattern in bare.items()).replace("(?P=mark)", "[/.]")


SCANNER = re.compile(rf"(?<![\w$£€#/.,:-])(?:{_together()})(?![A-Za-z])", re.IGNORECASE)

HOLIDAYS = {
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "new year eve": (12, 31),
    "new year day": (1, 1),
    "boxing day": (12, 26),
}
"""Holidays with a fixed day, their apostrophes taken out."""

NUMBERS = {
    **{word: number for number, word in enumerate(_SMALL.split(), 1)},
    **{word: 10 * number for number, word in enumerate(_TENS.split(), 2)},
    "a": 1, "an": 1, "hundred": 100,
}  # fmt: skip
"""Counts that shift a date. "several", "a few" and "many" do not: they give no date."""

NAMED_DAYS = re.compile(
    r"(?:black|good|bloody|super|ash|easter|cyber|palm|holy|maundy|giving|fat|shrove|every|each|sheffield|ruby|most"
    r"|of\sa)\s+$",
    re.I,
)
"""Words before a weekday that make it a name or a habit: "Black Friday", "every Monday"."""

NAMED_AFTER = re.compile(
    r"\s+(?:times|telegraph|mirror|express|mail|herald|post|world|prayers?|mass|school|night\s+(?:live|football)|best"
    r"|worship|services?)\b|,?\s+the\s+13th",
    re.I,
)
"""Words after a weekday that do the same: "Sunday Times", "Friday prayers"."""

MONTH_LEADS = re.compile(
    r"(?:\b(?:in|since|until|till|by|during|through|throughout|from|between|of|before|after|and|to|or|around|for)"
    r"|[-–—,(]|^)\s*$",
    re.I,
)
"""What stands before a month that is one, when neither day nor year is beside it ("in May", not "May said")."""

SPAN_LEADS = re.compile(
    r"\b(?P<lead>since|until|till|by|before|after|prior\s+to|starting|beginning|from|between)"
    r"\s+(?:(?:on|in|at\s+least|about|around|the)\s+)*$",
    re.I,
)
"""A preposition that makes an interval of the time after it."""

ONWARDS = re.compile(r",?\s+(?:until|till|onwards?)\b", re.I)
"""What follows a time after "from" from which on something held: "from 2001 until her death"."""

TO = re.compile(r"\s*(?:to|until|till|through|-|–|—)\s*", re.I)
AND = re.compile(r"\s*and\s*", re.I)
"""What joins two times to an interval; ``and`` only after "between"."""

YEAR_LEADS = re.compile(
    r"(?:\b(?:in|since|until|till|by|during|through|throughout|from|between|of|before|after|and|to|or|around|circa"
    r"|early|late|mid|year|back\sin)|[(,])\s*$",
    re.I,
)
"""What stands before a bare number that is a year, where no tree says so."""

YEAR_IN = re.compile(r"\bin\s*$", re.I)
"""What stands before a number below 1500 that is a year: "founded in 1254"."""

YEAR_BLOCKS = re.compile(
    r"\s*(?:GMT|UTC|hours|hrs|feet|ft|meters?|metres?|kilomet|km|miles?|people|p\.?m|a\.?m|percent|BC|B\.C|BCE|rpm|MW"
    r"|years?\s+old)\b"
)
"""What stands after a number that is no year."""

FAMOUS = {(9, 11): (2001, re.compile(r"\s+(?:terror\w*\s+)?(?:attack|hijack|commission|memorial|victim)", re.I))}
"""Days known without their year by what happened on them: the year, and the word after the day that tells."""

REPORTING = _words("""
    say tell report announce add state confirm note write tweet post explain declare claim comment
""")
"""Verbs whose own time ("said Wednesday") is no time of the story."""

FUTURE = _words("""
    plan expect set schedule slate intend prepare aim hope want vow pledge promise threaten be due bind ready
    likely decide agree go book want need ask order urge call wait
""")
"""What makes an infinitive or a participle after it ("set to begin", "scheduled for") lie ahead."""

MODALS = _words("will shall wo may might can could should must would 'll ’ll")
"""Auxiliaries that put a date ahead of the article's, unless "have" follows."""

AHEAD = _words("ahead before until upcoming for advance")
"""Words between a scheduled event's verb and its day that put the day ahead: "ahead of Sunday's election"."""

TO_COME = _words("next upcoming forthcoming")
"""Adjectives of what lies ahead, whatever the tense of its clause."""

SCHEDULED = _words("""
    election vote referendum poll ballot runoff summit meeting conference game match final semifinal race debate
    hearing trial deadline ceremony inauguration funeral talk session concert primary
""")
"""Events known in advance: their weekday may lie before or after the article's."""

HELD = _words("""
    win lose hold vote boycott beat defeat play attend host follow erupt end begin start kill die attack injure
""")
"""Verbs that tell that such an event is over when they are in the past."""

DEPARTING = frozenset({"leave", "quit", "depart", "resign", "return"})
"""Verbs whose time is that of what somebody left for: "left in 2019 to found a firm"."""

LIGHT = _words("happen occur take come follow begin start erupt hit strike unfold be")
"""Verbs that say of their subject only that, and when, it happened."""
