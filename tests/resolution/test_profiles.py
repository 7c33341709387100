"""Which entities share a key record, what is judged of two key records, and what is left unsaid."""

from kg.clusters import Profile
from kg.resolution.profiles import key_of, match, signature
from kg.resolution.records import Record

NONE: frozenset[str] = frozenset()


def _person(document: str, name: str, *positions: str, home: str | None = None, born: str | None = None) -> Record:
    return Record(document, "e1", "Person", (name,), positions=frozenset(positions), home=home, born=born)


def _profile(record: Record) -> Profile:
    return key_of(record).profile


def test_what_only_one_document_can_tell_is_no_part_of_a_signature() -> None:
    record = Record("d1", "e1", "Person", ("Gen. Kjell Brattbakk", "Brattbakk"), neighbours=frozenset({"molde"}))
    assert signature(record) == Record("", "", "Person", ("Kjell Brattbakk",))


def test_a_rare_name_is_one_key_whatever_else_is_told() -> None:
    general, minister = _person("d1", "Kjell Brattbakk", "general"), _person("d2", "Gen. Kjell Brattbakk", "minister")
    one, other = key_of(general), key_of(minister)
    assert one.profile.record != other.profile.record
    assert one.name == other.name == "urn:newskg:key/person/kjell-brattbakk"
    assert match(one.profile, other.profile) is None, "it follows from the bare name"


def test_the_same_told_of_a_name_is_the_same_key() -> None:
    one, other = _person("d1", "Kjell Brattbakk", "general"), _person("d2", "Kjell Brattbakk", "general")
    assert _profile(one) == _profile(other)


def test_a_common_name_is_nobody_in_particular() -> None:
    one, other = key_of(_person("d1", "John Smith")), key_of(_person("d2", "John Smith"))
    assert one.name is None
    assert one.profile.record != other.profile.record
    assert not one.profile.looks & other.profile.blocks, "nobody compares what one document each knows"


def test_a_common_name_with_its_office_is_somebody() -> None:
    one, other = (_person(it, "John Smith", "governor of maine", home="united states") for it in ("d1", "d2"))
    assert _profile(one) == _profile(other)
    assert key_of(one).name is None


def test_a_common_name_with_its_office_is_one_key_in_every_setting() -> None:
    here, there = (_person(it, "John Smith", "governor of maine", home=it) for it in ("canada", "mexico"))
    assert _profile(here) == _profile(there)
    assert signature(here).home is None
    assert signature(_person("d1", "John Smith", home="canada")).home == "canada", "which is all that is told"


def test_a_rare_surname_alone_keeps_its_setting() -> None:
    assert signature(_person("d1", "Brattbakk", "vicar", home="norway")).home == "norway"


def test_spellings_of_one_name_are_judged_the_same() -> None:
    found = match(_profile(_person("d1", "Qassem Soleymani")), _profile(_person("d2", "Ghassem Suleimani")))
    assert found is not None
    assert found.verdict == "same"
    assert any("spellings of one name" in reason for reason in found.reasons)
    assert found == match(_profile(_person("d2", "Ghassem Suleimani")), _profile(_person("d1", "Qassem Soleymani")))


def test_years_of_birth_keep_two_bearers_of_a_name_apart() -> None:
    found = match(
        _profile(_person("d1", "Kjell Brattbakk", born="1931")), _profile(_person("d2", "Kjell Brattbakk", born="1962"))
    )
    assert found is not None
    assert found.verdict == "different"


def test_a_father_and_his_son_are_two() -> None:
    son = Record("d1", "e1", "Person", ("Kjell A. Brattbakk",), apart=frozenset({"kjell brattbakk"}))
    found = match(_profile(son), _profile(_person("d2", "Kjell Brattbakk")))
    assert found is not None
    assert found.verdict == "different"


def test_a_ministry_is_that_of_the_land_the_report_is_from() -> None:
    norway, iceland = (
        Record(it, "e1", "Government", ("Ministry of Defence",), home=it) for it in ("norway", "iceland")
    )
    again = Record("d3", "e7", "Government", ("the Ministry of Defence",), home="norway")
    assert _profile(norway) == _profile(again)
    assert _profile(norway).record != _profile(iceland).record
    assert key_of(norway).name is None


def test_other_names_need_no_word() -> None:
    assert match(_profile(_person("d1", "Kjell Brattbakk")), _profile(_person("d2", "Olga Brattbakk"))) is None
