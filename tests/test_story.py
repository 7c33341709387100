"""One article from raw text to SPARQL answers: our own with invented names, and the one that the project began with."""

from pathlib import Path

import pytest

import kg
from kg.extraction import NewsReader, load
from kg.graph import Graph
from tests.questions import Cast, answered, must_not, questions

HERE = Path(__file__).parent
SEED = HERE.parent.parent / "shared" / "seed" / "kerman-2024-01-03.txt"

STORY = Cast(
    general="Teodor Velmar",
    killer_country="France",
    giver_of_orders="Henri Castel",
    force="Night Brigade",
    force_parent="People's Guard",
    country="Moldova",
    killing_city="N'Djamena",
    killing_country="Chad",
    city="Ostrana",
    cemetery="Ostrana Heroes Cemetery",
    official="Milos Arden",
    position="deputy mayor for transport",
    agency_distance="SONA",
    agency_blame="Vesna",
    agency_cause="Korin",
    day="2023-05-17",
    killing_month="2019-03",
    far=1900,
    near=1500,
)

CAST = Cast(
    general="Qassem Soleimani",
    killer_country="United States",
    giver_of_orders="Donald Trump",
    force="Quds Force",
    force_parent="Revolutionary Guard",
    country="Iran",
    killing_city="Baghdad",
    killing_country="Iraq",
    city="Kerman",
    cemetery="Kerman Martyrs Cemetery",
    official="Rahman Jalali",
    position="deputy governor for security",
    agency_distance="ISNA",
    agency_blame="IRNA",
    agency_cause="Tasnim",
    day="2024-01-03",
    killing_month="2020-01",
    far=2300,
    near=2000,
)

INVENTED = {
    "Qassem": "Anvar",
    "Soleimani": "Karimzadeh",
    "Kerman": "Tarvand",
    "Rahman": "Navid",
    "Jalali": "Sohrabi",
    "Donald": "Walter",
    "Trump": "Greer",
    "Quds": "Shahin",
    "Revolutionary Guard": "Border Guard",
    "ISNA": "PARNA",
    "IRNA": "SIRNA",
    "Tasnim": "Nasim",
    "Mehr": "Sahar",
    "Anadolu": "Belgor",
    "Iraq": "Chad",
    "Baghdad": "N'Djamena",
    "Iranian": "Moldovan",
    "Iran": "Moldova",
    "a U.S.": "a French",
    "the U.S.": "France",
    "United States": "France",
    "Afghanistan": "Bolivia",
    "Lebanon": "Peru",
    "Syria": "Ghana",
    "Palestinian": "Nepalese",
    "Israel-Hamas": "Kenya-Sorana",
    "Israel": "Kenya",
    "more than 100": "more than 70",
    "140": "95",
    "2,300": "1,700",
    "2,000": "2,600",
    "January 2020": "March 2018",
    "2016": "2014",
    "2024-01-03": "2021-06-09",
}
"""Every name, number and date of the shared article, replaced when the test runs. Countries become other countries."""


@pytest.fixture(scope="module")
def reader() -> NewsReader:
    """The packaged reader."""
    return load()


def _graph(text: Path, folder: Path, reader: NewsReader) -> Graph:
    graph = kg.open(folder / "kg.store")
    assert graph.ingest(text, reader).refused == ()
    return graph


def _renamed(text: str) -> str:
    for old, new in INVENTED.items():
        text = text.replace(old, new)
    return text


def _check(graph: Graph, cast: Cast, least: int) -> None:
    with graph:
        found = answered(graph, questions(cast))
        assert sum(found.values()) >= least, [name for name, right in found.items() if not right]
        stated = [name for name, wrong in answered(graph, must_not(cast)).items() if wrong]
        assert not stated
        assert graph.check()


def test_our_own_article_with_invented_names(tmp_path: Path, reader: NewsReader) -> None:
    _check(_graph(HERE / "story.txt", tmp_path, reader), STORY, least=16)


@pytest.mark.shared_data
@pytest.mark.skipif(not SEED.exists(), reason="the article that the project began with is not beside the project")
def test_the_first_article(tmp_path: Path, reader: NewsReader) -> None:
    _check(_graph(SEED, tmp_path, reader), CAST, least=16)


@pytest.mark.shared_data
@pytest.mark.skipif(not SEED.exists(), reason="the article that the project began with is not beside the project")
def test_the_first_article_with_other_names(tmp_path: Path, reader: NewsReader) -> None:
    renamed = tmp_path / "renamed.txt"
    renamed.write_text(_renamed(SEED.read_text(encoding="utf-8")), encoding="utf-8")
    names = {name: _renamed(value) for name, value in vars(CAST).items() if isinstance(value, str)}
    numbers = {"far": 1700, "near": 2600, "deaths": 71, "injuries": 95, "killing_month": "2018-03"}
    _check(_graph(renamed, tmp_path, reader), Cast(**{**vars(CAST), **names, **numbers}), least=16)
