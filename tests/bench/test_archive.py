"""The invented archive: the same every time, and like news in what matters to a store."""

from collections import Counter, defaultdict
from itertools import pairwise

from kg.bench.archive import archive, reports
from kg.fingerprints import are_alike, fingerprint
from kg.mapping import check_shapes

SOME = list(archive(300))


def test_the_same_seed_gives_the_same_archive_of_any_length() -> None:
    assert list(archive(20)) == SOME[:20]
    assert list(archive(20, seed=1)) != SOME[:20]


def test_every_offset_points_at_the_words_and_every_claim_fits_the_ontology() -> None:
    for found in SOME:
        names = {entity.id: entity.name for entity in found.entities}
        text = found.document.text
        assert all(text[it.span.start : it.span.end] == names[it.entity] for it in found.mentions)
        assert all(text[it.evidence.start : it.evidence.end].endswith(".") for it in found.claims)
        assert not check_shapes(found)


def test_a_report_has_about_four_claims() -> None:
    assert 3 < sum(len(it.claims) for it in SOME) / len(SOME) < 5


def test_some_are_known_well_and_most_names_are_rare() -> None:
    told = Counter(name for it in SOME for name in {entity.name for entity in it.entities if entity.kind == "Person"})
    assert told.most_common(1)[0][1] > 5
    assert sum(count == 1 for count in told.values()) > len(told) / 2


def test_people_share_surnames_and_are_named_by_them_alone() -> None:
    people = {entity.name for it in SOME for entity in it.entities if entity.kind == "Person"}
    surnames = Counter(name.split()[-1] for name in people if " " in name)
    assert surnames.most_common(1)[0][1] > 3
    assert surnames.keys() & people


def test_papers_print_reports_again_and_other_reports_are_not_alike() -> None:
    marks = {it.document.id: mark for it in SOME if (mark := fingerprint(it.document.text))}
    assert len(marks) == len(SOME)
    stories = defaultdict(list)
    for it in SOME:
        stories[(it.document.title or "").split()[-1]].append(marks[it.document.id])
    printed = [group for group in stories.values() if len(group) > 1]
    assert 0.05 < len(printed) / len(SOME) < 0.25
    assert all(are_alike(*pair) for group in printed for pair in pairwise(group))
    assert not any(are_alike(one[0], other[0]) for one, other in pairwise(stories.values()))


def test_whoever_is_meant_is_told() -> None:
    names: dict[str, set[str]] = defaultdict(set)
    for report in reports(300):
        known = {entity.id: entity for entity in report.said.entities}
        assert report.meant.keys() <= known.keys()
        for entity, whom in report.meant.items():
            names[whom].add(known[entity].name)
    assert any(len(them) > 2 for whom, them in names.items() if whom.startswith("person "))
    assert any(len(them) > 1 for whom, them in names.items() if whom.startswith("body "))
