"""What is marked as furniture: golden articles, paragraphs one by one, and offsets that are true for any text."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.claims import FurnitureKind
from kg.documents.bylines import is_byline
from kg.documents.captions import credit_start
from kg.documents.furniture import furniture
from kg.documents.heading import heading
from kg.documents.notices import is_section, notice
from tests.documents.articles import REPORT, marked, read_text

GOLDEN: dict[str, tuple[str, list[tuple[FurnitureKind, str]]]] = {
    "raw crawl": (
        f" date 2031-05-06 {REPORT}\n\nRescuers arrive at the site. Halden News via OPA - Norden Images\n\nMore was"
        " said.\n\nGen. Marlo Venn in 2016. Ostra Agency / via Norden Images file\n\nThis is a developing story,"
        " please check back here for updates.",
        [
            ("date", "date 2031-05-06"),
            ("caption", "Rescuers arrive at the site."),
            ("credit", "Halden News via OPA - Norden Images"),
            ("caption", "Gen. Marlo Venn in 2016."),
            ("credit", "Ostra Agency / via Norden Images file"),
            ("update", "This is a developing story, please check back here for updates."),
        ],
    ),
    "agency": (
        f"Wall falls in Halden\n\nHALDEN, Jan. 3 (Lantern Wire) - {REPORT}\n\n{REPORT} (Reporting by Jane Doe; Editing"
        " by J. Roe)",
        [
            ("title", "Wall falls in Halden"),
            ("dateline", "HALDEN, Jan. 3 (Lantern Wire) -"),
            ("byline", "(Reporting by Jane Doe; Editing by J. Roe)"),
        ],
    ),
    "newspaper": (
        f"Wall falls in Halden\nMayor to blame, residents say\nBy Jane Doe and Mark van der Berg\nPublished: 3 January"
        f" 2024, 10:15 GMT\nShare this article\n\n{REPORT}\n\nThe street on Wednesday\nPhoto: Ann Lee\n\n{REPORT}\n\n"
        "Related: Who built it?\n© 2024 The Harbour Post",
        [
            ("title", "Wall falls in Halden"),
            ("title", "Mayor to blame, residents say"),
            ("byline", "By Jane Doe and Mark van der Berg"),
            ("date", "Published: 3 January 2024, 10:15 GMT"),
            ("navigation", "Share this article"),
            ("caption", "The street on Wednesday"),
            ("credit", "Photo: Ann Lee"),
            ("navigation", "Related: Who built it?"),
            ("navigation", "© 2024 The Harbour Post"),
        ],
    ),
    "wiki": (
        f"Wall falls in Halden\n\nSunday, September 15, 2019 \n\n{REPORT}\n\nRelated news\n\n* Older wall falls\n\n"
        'Sources\n\nJane Doe. "Wall falls" — Lantern Wire, September 14, 2019',
        [
            ("title", "Wall falls in Halden"),
            ("date", "Sunday, September 15, 2019"),
            ("navigation", "Related news"),
            ("navigation", "* Older wall falls"),
            ("navigation", "Sources"),
            ("navigation", 'Jane Doe. "Wall falls" — Lantern Wire, September 14, 2019'),
        ],
    ),
    "labelled": (
        f"Title: Wall falls\nDate: 2024-01-03\nBy: Jane Doe\nSource: Lantern Wire\nURL: https://example.org/a\n\n{REPORT}",
        [
            ("title", "Title: Wall falls"),
            ("date", "Date: 2024-01-03"),
            ("byline", "By: Jane Doe"),
            ("byline", "Source: Lantern Wire"),
            ("navigation", "URL: https://example.org/a"),
        ],
    ),
    "plain": (f"{REPORT}\n\nNobody was hurt, he said.\n\n{REPORT}", []),
    "hard wrapped": (
        "Two people died when a wall fell in the town of Halden, and officials\nsaid on Wednesday that it was the third"
        " such accident in a year. The\nmayor has asked for an inquiry.",
        [],
    ),
    "interview": (
        f"QUESTION: Who built the wall?\n\nSECRETARY DOE: {REPORT}\n\nQUESTION: Why?\n\nSECRETARY DOE: Ask.",
        [],
    ),
}


@pytest.mark.parametrize("style", GOLDEN)
def test_golden_articles(style: str, tmp_path: Path) -> None:
    text, expected = GOLDEN[style]
    document = read_text(tmp_path, text)
    assert marked(document) == expected
    assert document.text == text


@pytest.mark.parametrize(
    ("line", "agency", "published"),
    [
        ("KABUL, Jan. 3 (Reuters) -", "Reuters", None),
        ("Kabul, Jan 3 (Norden Wire) —", "Norden Wire", None),
        ("PARIS, 3 January 2024 (AFP) –", "AFP", "2024-01-03"),
        ("TEHRAN, Jan. 3, 2024 (Xinhua) --", "Xinhua", "2024-01-03"),
        ("SAN JUAN, Puerto Rico (AP) —", "AP", None),
        ("JERUSALEM/GAZA, Oct 7 (Reuters) -", "Reuters", None),
        ("Port-au-Prince, July 7 (Norden) -", "Norden", None),
        ("ST. LOUIS (AP) —", "AP", None),
        ("NEW YORK, March 5, 2021 /PRNewswire/ --", None, "2021-03-05"),
        ("(Reuters) -", "Reuters", None),
        ("SEOUL (Reuters):", "Reuters", None),
        ("WASHINGTON, D.C. –", None, None),
        ("LONDON —", None, None),
        ("ISLAMABAD:", None, None),
        ("PUERTO LIND, 3 JAN 90 (RADIO ALTAMAR) --", "RADIO ALTAMAR", "1990-01-03"),
        ("PUERTO LIND (NORLAND), 22 AUGUST 03 --", None, "2003-08-22"),
        ("NO CITY, 9 OCT [ALTAMAR WIRE] --", "ALTAMAR WIRE", None),
        ("PUERTO LIND, NO DATE --", None, None),
    ],
)
def test_datelines(line: str, agency: str | None, published: str | None) -> None:
    text = f"{line} {REPORT}\n\n{REPORT}"
    found = heading(text)
    assert [(piece.kind, text[piece.span.start : piece.span.end]) for piece in found.furniture] == [("dateline", line)]
    assert (found.agency, found.published) == (agency, published)


@pytest.mark.parametrize("start", ["UN -", "NATO - the alliance -", "The UN - a body -", "QUESTION:", "In May 2011 -"])
def test_what_only_looks_like_a_dateline(start: str) -> None:
    assert heading(f"{start} {REPORT}\n\n{REPORT}").furniture == ()


@pytest.mark.parametrize(
    "words",
    [
        "By Jane Doe",
        "BY JANE DOE",
        "By Jane Doe and John Roe",
        "By JANE DOE, Associated Press",
        "By Jane Doe in Kabul and John Roe in Paris",
        "By Ludwig van den Berg | Staff writer",
        "By The Associated Press",
        "Reporting by Jane Doe; editing by John Roe",
        "(Additional reporting by Jane Doe in Kabul.)",
        "Associated Press writer Jane Doe in Cairo contributed to this report.",
    ],
)
def test_bylines(words: str) -> None:
    assert is_byline(words)


@pytest.mark.parametrize(
    "words",
    [
        "By Tuesday evening the toll had risen",
        "By law the mayor must resign",
        "By Wednesday",
        "By John Roe's own count five people died.",
        "Reporting by state media said that five had died.",
        "Edited by nature, the coast is short",
        "He contributed a lot",
    ],
)
def test_sentences_are_no_bylines(words: str) -> None:
    assert not is_byline(words)


@pytest.mark.parametrize(
    ("caption", "credit"),
    [
        ("A view of the site. ", "(AP Photo/Jane Doe, File)"),
        ("The president arrives ", "(Photo by John Roe/Norden Images)"),
        ("A man walks ", "[File: Jane Doe/AFP]"),
        ("Soldiers stand guard in Kabul. ", "REUTERS/Jane Doe"),
        ("A man walks. ", "Photograph: Jane Doe/Reuters"),
        ("Mourners gather, May 2, 2011. ", "Jane Doe/Norden Wire/File"),
        ("Mourners gather in Halden. ", "Jane Doe for Norden Wire"),
        ("Smoke rises. “It shook,” he said. ", "Ostra Handout / EPA"),
        ("Residents look at damage. ", "Handout via REUTERS"),
        ("The tomb. ", "Lantern Wire file photo"),
        ("Children. ", "Image: Jane Doe (flickr)."),
        ("Troops patrol. ", "© Jane Doe"),
        ("", "Photo: Jane Doe"),
        ("", "Getty Images"),
        ("", "AFP - Getty Images"),
    ],
)
def test_captions_end_where_their_credit_begins(caption: str, credit: str) -> None:
    assert credit_start(caption + credit) == len(caption)


@pytest.mark.parametrize(
    "words",
    [
        "The talks were held in Oslo. Paris and London agreed",
        "He said it was a photo: a forgery.",
        "The plane flew to Rome via Athens",
        "It was signed. He went from Oslo to Rome via Paris on Monday",
        "He wrote for The Guardian",
        "The deal (signed in Oslo/Norway) stands.",
        "He was told to wait (file a complaint)",
        "Boeing 737/747",
        REPORT,
    ],
)
def test_sentences_are_no_captions(words: str) -> None:
    assert credit_start(words) is None


@pytest.mark.parametrize(
    "words",
    [
        "This is a developing story. It will be updated.",
        "This is a breaking news story.",
        "This article has been updated.",
        "(This story corrects the spelling of a name)",
        "An earlier version of this article said two.",
        "Please check back for updates.",
        "More to follow",
        "Updated at 10:15 GMT",
        "Last updated January 3, 2024",
        "Correction: The wall fell on Tuesday.",
    ],
)
def test_update_lines(words: str) -> None:
    assert notice(words) == "update"


@pytest.mark.parametrize(
    "words",
    [
        "Share this article",
        "Read more: Two die",
        "READ ALSO: Two die",
        "Subscribe to our newsletter",
        "Sign up for alerts",
        "Get the latest news in your inbox",
        "We use cookies to improve your visit.",
        "Accept all cookies",
        "Privacy policy",
        "© 2024 The Harbour Post",
        "Copyright 2024 The Harbour Post. All rights reserved.",
        "Home | World | Asia",
        "Skip to content",
        "Advertisement",
        "Follow us on Twitter",
        "3 min read",
        "Tags: wall, Halden",
        "For more information, contact the press office.",
    ],
)
def test_navigation(words: str) -> None:
    assert notice(words) == "navigation"


@pytest.mark.parametrize(
    "words",
    [
        "We use force only when needed, the army said.",
        "Sources said that two people had died.",
        "Related deaths rose last year.",
        "News of the death spread quickly.",
        "World leaders met in Oslo on Monday.",
        "Home to two million people, the city was calm.",
        "Opposition leader Jane Doe was arrested.",
        "Save the Children said two people had died.",
        "Search for survivors goes on.",
        "Register to vote by Monday, the mayor said.",
        "Copyright law was changed in May.",
        "Updates came slowly on Monday. Two people died.",
        "Print media were banned.",
        "More than 100 people were killed.",
        REPORT,
    ],
)
def test_the_report_is_not_furniture(words: str) -> None:
    assert notice(words) is None
    assert not is_section(words)


_PIECES = [
    "\n", "\n\n", " ", ". ", "date 2024-01-03 ", "KABUL, Jan. 3 (Reuters) - ", "By Jane Doe", "Photo: Jane Doe",
    " via ", "Title", "Sources", "This is a developing story.", "(Reporting by Jane Doe)", "Getty Images",
    "Two died.", "\u2028",
]  # fmt: skip


@settings(deadline=None)
@given(st.lists(st.sampled_from(_PIECES) | st.text(max_size=20), max_size=12).map("".join))
def test_every_span_lies_in_the_text_and_none_overlaps(text: str) -> None:
    above = heading(text)
    found = furniture(text, above, above.title, ["Photo: Jane Doe"])
    end = 0
    for piece in found:
        assert end <= piece.span.start < piece.span.end <= len(text)
        words = text[piece.span.start : piece.span.end]
        assert words == words.strip()
        end = piece.span.end


@pytest.mark.parametrize(
    "unit", ["By A ", "A, A ", "Photo: ", "(A/", "KABUL ", "© ", "a. A/", "Related ", "January 3, 2024 "]
)
def test_no_pattern_runs_away(unit: str) -> None:
    text = unit * 20_000
    above = heading(text)
    assert len(furniture(text, above)) <= 1


@pytest.mark.parametrize(
    "paragraph", ["Photo: Jane Doe", "Sources", "Related news", "By Jane Doe", "It ended. (It did)"]
)
def test_very_many_paragraphs_take_linear_time(paragraph: str) -> None:
    text = f"{paragraph}\n\n" * 5_000 + REPORT
    assert len(furniture(text, heading(text))) <= 5_001


MARKED = (
    "PUERTO LIND, 3 JAN 90 (RADIO ALTAMAR) -- [REPORT] [ANA VANCE] [TEXT] THE WALL FELL. [WORDS INDISTINCT] THE COAST "
    "LEAGUE [CL] WAS [WORD INDISTINCT] BLAMED. [END RECORDING]"
)


def test_marks_between_sentences() -> None:
    found = furniture(MARKED, heading(MARKED))
    assert [(piece.kind, MARKED[piece.span.start : piece.span.end]) for piece in found] == [
        ("dateline", "PUERTO LIND, 3 JAN 90 (RADIO ALTAMAR) --"),
        ("navigation", "[REPORT] [ANA VANCE] [TEXT]"),
        ("navigation", "[WORDS INDISTINCT]"),
        ("navigation", "[END RECORDING]"),
    ]
