"""Wordings of killings, leadership, burials and the rest, through the whole reader: what is found and must not be."""

from functools import cache

import pytest

from kg.claims import Extraction
from kg.extraction import NewsReader
from tests.extraction import cases

CASES = cases.read()
PINNED = 0.95
"""Share of the expected claims that must be found: a floor. Raise it when the model gets better."""


@cache
def _extractions(reader: NewsReader) -> list[Extraction]:
    return list(reader.extract([case.document for case in CASES]))


@pytest.mark.parametrize("number", range(len(CASES)), ids=lambda n: CASES[n].text[:60])
def test_nothing_false_is_stated(reader: NewsReader, number: int) -> None:
    found = _extractions(reader)[number]
    stated = [claim for claim in CASES[number].must_not if cases.matches(found, claim)]
    assert not stated, cases.shown(found)


def test_most_of_what_is_said_is_found(reader: NewsReader) -> None:
    missing = [
        f"{case.text} -> {' | '.join(expected)}"
        for case, found in zip(CASES, _extractions(reader), strict=True)
        for expected in case.must
        if not cases.matches(found, expected)
    ]
    total = sum(len(case.must) for case in CASES)
    assert len(missing) <= (1 - PINNED) * total, "\n".join(missing)


def test_evidence_is_the_sentence(reader: NewsReader) -> None:
    for case, found in zip(CASES, _extractions(reader), strict=True):
        for claim in found.claims:
            quote = case.text[claim.evidence.start : claim.evidence.end]
            assert quote and quote == quote.strip()
        for mention in found.mentions:
            assert 0 <= mention.span.start < mention.span.end <= len(case.text)


def test_confidence_is_a_probability_with_two_decimals(reader: NewsReader) -> None:
    for found in _extractions(reader):
        for claim in found.claims:
            assert 0.5 <= claim.confidence <= 1
            assert round(claim.confidence, 2) == claim.confidence
