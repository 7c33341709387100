"""What is one report, printed twice, and what are two reports."""

import random

import pytest

from kg.fingerprints import are_alike, bands, fingerprint, is_fingerprint

RNG = random.Random(3)
WORDS = [f"w{RNG.randrange(4000)}" for _ in range(400)]
REPORT = " ".join(WORDS)


def mark(text: str) -> str:
    found = fingerprint(text)
    assert found is not None
    return found


@pytest.mark.parametrize(
    "reprint",
    [
        "By our own staff in Arda, Monday. " + REPORT,
        " ".join(WORDS[:280]),
        REPORT.upper().replace(" ", "\n\n"),
        " ".join(word for i, word in enumerate(WORDS) if i % 40),
    ],
    ids=["another head", "cut by a third", "other typography", "edited here and there"],
)
def test_a_reprint_is_alike(reprint: str) -> None:
    assert are_alike(mark(REPORT), mark(reprint))
    assert set(bands(mark(REPORT))) & set(bands(mark(reprint)))


def test_another_report_that_quotes_the_same_words_is_not() -> None:
    other = " ".join([*(f"v{RNG.randrange(4000)}" for _ in range(300)), *WORDS[:60]])
    assert not are_alike(mark(REPORT), mark(other))


def test_a_note_has_no_fingerprint() -> None:
    assert fingerprint(" ".join(WORDS[:49])) is None
    assert fingerprint(" ".join(WORDS[:50])) is not None
    assert fingerprint("") is None


def test_a_fingerprint_is_known_when_seen() -> None:
    assert is_fingerprint(mark(REPORT))
    assert mark(REPORT) == mark(REPORT)
    assert len(mark(REPORT)) == 192
    for other in ("", "x", mark(REPORT)[:-4], "ü" * 192, mark(REPORT)[:-1] + "!"):
        assert not is_fingerprint(other)
