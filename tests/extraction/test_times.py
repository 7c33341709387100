"""Words go in, ISO prefixes come out; trees tell which predicate a time belongs to."""

import pytest

from kg.extraction.layers import TimeExpression
from kg.extraction.times import find_times, time_of

from .trees import at, plain, tree

PUBLISHED = "2024-01-03"  # a Wednesday


def values(text: str, published: str | None = PUBLISHED) -> list[tuple[str, str | None]]:
    """The times of a text without a tree: their words and values."""
    doc = plain(text, published)
    return [(doc[time.start : time.end].text, time.value) for time in find_times(doc)]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("It fell on Jan. 3, 2020.", "Jan. 3, 2020", "2020-01-03"),
        ("It fell on 3 January 2020.", "3 January 2020", "2020-01-03"),
        ("It fell on January 3rd, 2020.", "January 3rd, 2020", "2020-01-03"),
        ("It fell on the 3rd of January 2020.", "the 3rd of January 2020", "2020-01-03"),
        ("It fell on 2020-01-03.", "2020-01-03", "2020-01-03"),
        ("KABUL, JAN. 3 - Rebels fled.", "JAN. 3", "2024-01-03"),
        ("It fell on Wednesday, Jan. 3.", "Wednesday, Jan. 3", "2024-01-03"),
        ("It fell on Monday 25 December.", "Monday 25 December", "2023-12-25"),
        ("They met on Dec. 28.", "Dec. 28", "2023-12-28"),
        ("They met on Dec. 28-30.", "Dec. 28-30", "2023-12-28/2023-12-30"),
        ("They met on 13/01/2020.", "13/01/2020", "2020-01-13"),
        ("They met on 01/03/2020.", "01/03/2020", "2020"),
        ("They met on 03.01.2020.", "03.01.2020", "2020-01-03"),
        ("the Sept. 11 attacks", "Sept. 11", "2001-09-11"),
        ("ever since 9/11", "since 9/11", "2001-09-11/"),
        ("on Christmas Day", "Christmas Day", "2023-12-25"),
        ("on New Year's Eve 2019", "New Year's Eve 2019", "2019-12-31"),
        ("in January 2020", "January 2020", "2020-01"),
        ("in late January of 2020", "late January of 2020", "2020-01"),
        ("last January", "last January", "2023-01"),
        ("next January", "next January", "2025-01"),
        ("in November", "November", "2023-11"),
        ("in May last year", "May last year", "2023-05"),
        ("in 2011", "2011", "2011"),
        ("in mid-2011", "mid-2011", "2011"),
        ("in the 1990s", "the 1990s", "1990/1999"),
        ("in the '90s", "the '90s", "1990/1999"),
        ("the war of 1939-45", "1939-45", "1939/1945"),
        ("in the 19th century", "the 19th century", "1801/1900"),
        ("on Wednesday", "Wednesday", "2024-01-03"),
        ("on Friday", "Friday", "2023-12-29"),
        ("early Tuesday", "early Tuesday", "2024-01-02"),
        ("last Wednesday", "last Wednesday", "2023-12-27"),
        ("next Monday", "next Monday", "2024-01-08"),
        ("Tuesday's vote", "Tuesday", "2024-01-02"),
        ("today", "today", "2024-01-03"),
        ("yesterday evening", "yesterday evening", "2024-01-02"),
        ("tomorrow", "tomorrow", "2024-01-04"),
        ("this morning", "this morning", "2024-01-03"),
        ("last night", "last night", "2024-01-02"),
        ("three weeks ago", "three weeks ago", "2023-12-11/2023-12-17"),
        ("two days ago", "two days ago", "2024-01-01"),
        ("a decade ago", "a decade ago", "2014"),
        ("more than a decade ago", "more than a decade ago", "/2014"),
        ("about ten years ago", "about ten years ago", "2013/2015"),
        ("several years ago", "several years ago", None),
        ("years ago", "years ago", None),
        ("last week", "last week", "2023-12-25/2023-12-31"),
        ("last month", "last month", "2023-12"),
        ("earlier this year", "earlier this year", "2024"),
        ("over the past three years", "the past three years", "2021/2024"),
        ("over the weekend", "over the weekend", "2023-12-30/2023-12-31"),
        ("since 2011", "since 2011", "2011/"),
        ("until 2019", "until 2019", "/2019"),
        ("by 2025", "by 2025", "/2025"),
        ("before 2019", "before 2019", "/2018"),
        ("since the 1990s", "since the 1990s", "1990/"),
        ("from 2011 to 2019", "from 2011 to 2019", "2011/2019"),
        ("between 2011 and 2019", "between 2011 and 2019", "2011/2019"),
        ("from November to March 2020", "from November to March 2020", "2019-11/2020-03"),
        ("Dec. 28, 2019 to Jan. 2, 2020", "Dec. 28, 2019 to Jan. 2, 2020", "2019-12-28/2020-01-02"),
    ],
)
def test_value(text: str, words: str, value: str | None) -> None:
    assert values(text) == [(words, value)]


@pytest.mark.parametrize(
    "text",
    [
        "Theresa May said so.",
        "They may march.",
        "The March on the capital drew many.",
        "He reads the Sunday Times.",
        "It opened on Black Friday.",
        "They meet every Monday and on Sundays.",
        "He led Friday prayers.",
        "He held out for three days.",
        "The 42-year-old was 40 days at sea.",
        "It cost $2011 and weighed 2000 pounds.",
        "More than 2000 people came.",
        "At 10:30 a.m. it rang.",
        "It is a 2000-year-old temple at 2,300 feet.",
        "At the same time, prices rose.",
        "At the time of the attack he slept.",
    ],
)
def test_what_is_no_time(text: str) -> None:
    assert values(text) == []


def test_without_a_date_of_publication_nothing_relative_has_a_value() -> None:
    text = "On Friday, Jan. 3, last year, tomorrow, in May and two weeks ago, but in 2011."
    assert [value for _, value in values(text, None)] == [None] * 5 + ["2011"]


def test_a_month_of_publication_is_enough_for_what_is_no_finer() -> None:
    assert values("Last month, on Friday.", "2024-01") == [("Last month", "2023-12"), ("Friday", None)]


def test_the_zone_of_publication_does_not_move_its_day() -> None:
    assert values("On Wednesday.", "2024-01-03T23:50:00-05:00") == [("Wednesday", "2024-01-03")]


def test_a_day_said_with_its_year_once_keeps_it() -> None:
    assert values("On Oct. 7, 2021, it began. Since Oct. 7, much happened.")[1] == ("Since Oct. 7", "2021-10-07/")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("He was shot on Jan. 1, 2020. He died two days later.", "2020-01-03"),
        ("He was shot on Jan. 1, 2020. A day earlier he had written.", "2019-12-31"),
        ("He was shot on Jan. 1, 2020. The following day she fled.", "2020-01-02"),
        ("He was shot on Jan. 1, 2020. That year she fled.", "2020"),
        ("He was shot on Jan. 1, 2020. She fled the same day.", "2020-01-01"),
        ("He was shot on Jan. 1, 2020. She fled a month later.", "2020-02"),
        ("He was shot in January 2020. At the time, he led the guard.", "2020-01"),
        ("He was shot in January 2020. Two days later she fled.", None),
        ("He was shot in January 2020. Two days after the blast she fled.", None),
        ("He was shot. At the time, he led the guard.", None),
        ("It was 2020. A. B. C. D. E. F. G. At the time, he led the guard.", None),
    ],
)
def test_anaphora(text: str, value: str | None) -> None:
    doc = plain(text, PUBLISHED)
    time = find_times(doc)[-1]
    assert (time.value, time.anaphoric) == (value, True)


def test_captions_and_reporting_verbs_date_nothing() -> None:
    text = (
        "He/PRON/nsubj:pass<shot was=be/AUX/aux:pass<shot shot=shoot/VERB+VerbForm=Part|Tense=Past/ROOT"
        " in/ADP/case<2011"
        " 2011/NUM/obl<shot , police/NOUN/nsubj<said said=say/VERB+Tense=Past|VerbForm=Fin/parataxis<shot"
        " Tuesday/PROPN/obl:unmarked<said .\n"
        "At/ADP/case<time the/DET/det<time time/NOUN/obl<ruled he/PRON/nsubj<ruled"
        " ruled=rule/VERB+Tense=Past|VerbForm=Fin/ROOT ."
    )
    doc = tree(text, PUBLISHED)
    assert [time.value for time in find_times(doc)] == ["2011", "2024-01-02", "2011"]


FRIDAY = {
    "past": (
        "They/PRON/nsubj<met met=meet/VERB+Tense=Past|VerbForm=Fin/ROOT Friday/PROPN/obl:unmarked<met .",
        "2023-12-29",
    ),
    "will": (
        "They/PRON/nsubj<meet will/AUX/aux<meet meet/VERB+VerbForm=Inf/ROOT Friday/PROPN/obl:unmarked<meet .",
        "2024-01-05",
    ),
    "present": (
        "They/PRON/nsubj<meet meet/VERB+Tense=Pres|VerbForm=Fin/ROOT Friday/PROPN/obl:unmarked<meet .",
        "2024-01-05",
    ),
    "said": (
        "He/PRON/nsubj<says says=say/VERB+Tense=Pres|VerbForm=Fin/ROOT so Friday/PROPN/obl:unmarked<says .",
        "2023-12-29",
    ),
    "set to": (
        "Talks=talk/NOUN/nsubj:pass<set are=be/AUX+Tense=Pres|VerbForm=Fin/aux:pass<set"
        " set/VERB+VerbForm=Part|Tense=Past/ROOT"
        " to/PART/mark<open open/VERB+VerbForm=Inf/xcomp<set Friday/PROPN/obl:unmarked<open .",
        "2024-01-05",
    ),
    "killed": (
        "He/PRON/nsubj:pass<killed was=be/AUX+Tense=Past|VerbForm=Fin/aux:pass<killed"
        " killed=kill/VERB+VerbForm=Part|Tense=Past/ROOT"
        " in/ADP/case<attack Friday/PROPN/nmod:poss<attack 's/PART/case<Friday attack/NOUN/obl<killed .",
        "2023-12-29",
    ),
    "ahead of": (
        "He/PRON/nsubj<spoke spoke=speak/VERB+Tense=Past|VerbForm=Fin/ROOT ahead/ADV/case<election of/ADP/fixed<ahead"
        " Friday/PROPN/nmod:poss<election 's/PART/case<Friday election/NOUN/obl<spoke .",
        "2024-01-05",
    ),
    "unsure": (
        "He/PRON/nsubj<spoke spoke=speak/VERB+Tense=Past|VerbForm=Fin/ROOT of/ADP/case<election"
        " Friday/PROPN/nmod:poss<election 's/PART/case<Friday election/NOUN/obl<spoke .",
        None,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FRIDAY)
def test_tense_tells_which_friday(name: str) -> None:
    text, value = FRIDAY[name]
    assert [time.value for time in find_times(tree(text, PUBLISHED))] == [value]


def test_a_count_after_a_month_is_no_day() -> None:
    text = (
        "In/ADP/case<March March/PROPN/obl<died 20/NUM/nummod<people people/NOUN/nsubj<died"
        " died=die/VERB+Tense=Past|VerbForm=Fin/ROOT ."
    )
    doc = tree(text, PUBLISHED)
    assert find_times(doc) == [TimeExpression(1, 2, "2023-03")]


def test_the_preposition_of_a_noun_opens_no_interval() -> None:
    text = (
        "He/PRON/nsubj<left left=leave/VERB+Tense=Past|VerbForm=Fin/ROOT before/ADP/case<vote the/DET/det<vote"
        " 2014/NUM/compound<vote vote/NOUN/obl<left ."
    )
    assert [time.value for time in find_times(tree(text, PUBLISHED))] == ["2014"]


# --- which predicate a time dates ----------------------------------------------------------------------------------

SENTENCE = (
    "He/PRON/nsubj:pass<killed was=be/AUX+Tense=Past|VerbForm=Fin/aux:pass<killed"
    " killed=kill/VERB+VerbForm=Part|Tense=Past/ROOT"
    " by/ADP/case<strike a/DET/det<strike strike/NOUN/obl:agent<killed in/ADP/case<Baghdad Baghdad/PROPN/obl<killed"
    " in/ADP/case<January January/PROPN/nmod<Baghdad 2020/NUM/nmod:unmarked<January ,"
    " wounding=wound/VERB+VerbForm=Part/advcl<killed ten/NUM/obj<wounding ,"
    " police/NOUN/nsubj<said said=say/VERB+Tense=Past|VerbForm=Fin/parataxis<killed Wednesday/PROPN/obl:unmarked<said ."
)


@pytest.mark.parametrize(
    ("form", "value"), [("killed", "2020-01"), ("wounding", "2020-01"), ("said", "2024-01-03"), ("strike", None)]
)
def test_time_of(form: str, value: str | None) -> None:
    doc = tree(SENTENCE, PUBLISHED)
    time = time_of(doc, at(doc, form))
    assert (time.value if time else None) == value


def test_time_of_a_noun() -> None:
    text = (
        "The/DET/det<killing January/PROPN/compound<killing 2020/NUM/nmod:unmarked<January killing/NOUN/nsubj<shocked"
        " shocked=shock/VERB+Tense=Past|VerbForm=Fin/ROOT them/PRON/obj<shocked last/ADJ/amod<year"
        " year/NOUN/obl:unmarked<shocked ."
    )
    doc = tree(text, PUBLISHED)
    killing, shocked = time_of(doc, at(doc, "killing")), time_of(doc, at(doc, "shocked"))
    assert killing is not None and killing.value == "2020-01"
    assert shocked is not None and shocked.value == "2023"


def test_a_time_below_the_place_dates_the_event_and_the_verb() -> None:
    text = (
        "A/DET/det<strike strike/NOUN/obl:agent<killed in/ADP/case<capital the/DET/det<capital capital/NOUN/nmod<strike"
        " Baghdad/PROPN/appos<capital in/ADP/case<January January/PROPN/nmod<Baghdad 2020/NUM/nmod:unmarked<January"
        " killed=kill/VERB+Tense=Past|VerbForm=Part/ROOT ."
    )
    doc = tree(text, PUBLISHED)
    for form in ("strike", "killed"):
        time = time_of(doc, at(doc, form))
        assert time is not None and time.value == "2020-01"


def test_conjoined_verbs_share_a_time() -> None:
    text = (
        "On/ADP/case<Monday Monday/PROPN/obl<stormed , rebels/NOUN/nsubj<stormed"
        " stormed=storm/VERB+Tense=Past|VerbForm=Fin/ROOT it/PRON/obj<stormed"
        " and/CCONJ/cc<killed killed=kill/VERB+Tense=Past|VerbForm=Fin/conj<stormed him/PRON/obj<killed ."
    )
    doc = tree(text, PUBLISHED)
    time = time_of(doc, at(doc, "killed"))
    assert time is not None and time.value == "2024-01-01"


def test_an_event_has_the_time_of_the_verb_that_says_it_happened() -> None:
    text = (
        "The/DET/det<attack attack/NOUN/nsubj<happened happened=happen/VERB+Tense=Past|VerbForm=Fin/ROOT"
        " on/ADP/case<Monday"
        " Monday/PROPN/obl<happened ."
    )
    doc = tree(text, PUBLISHED)
    time = time_of(doc, at(doc, "attack"))
    assert time is not None and time.value == "2024-01-01"


def test_an_empty_document_has_no_times() -> None:
    assert find_times(plain("")) == []
