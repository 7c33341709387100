import pytest

from kg.errors import UsageError
from kg.store import Store
from kg.views import behind, find, network
from kg.views.picture import Fact, Picture
from kg.views.select import literal, picture_of
from kg.views.whole import quantity

ADA = "urn:newskg:person/ada-brandt"
TOWN = "urn:newskg:city/lindhafen"
GUARD = "urn:newskg:armed-group/harbour-guard"


def only(picture: Picture, predicate: str) -> Fact:
    (found,) = [fact for fact in picture.facts if fact.predicate == predicate]
    return found


def test_the_whole_graph_with_its_evidence(store: Store) -> None:
    picture = picture_of(store)
    ada = next(thing for thing in picture.things if thing.iri == ADA)
    assert (ada.label, ada.kind, ada.family, ada.aliases) == ("Ada Brandt", "Person", "Person", ("Brandt",))
    assert (ada.mentions, ada.documents, ada.sources) == (2, 2, 2)
    born = only(picture, "bornIn")
    assert (born.subject, born.object, born.sources, born.documents) == (ADA, TOWN, 2, 2)
    assert (born.first_said, born.last_said) == ("2031-05-04", "2031-05-06")
    assert [item.document.title for item in born.evidence] == ["Blast at the harbour", "Who is <b>Ada Brandt</b>?"]
    assert born.evidence[0].document.source == "North Wire"
    assert born.evidence[0].quote.startswith("Ada Brandt, leader of")


def test_values_stances_times_and_speakers(store: Store) -> None:
    picture = picture_of(store)
    deaths = only(picture, "deaths")
    assert (deaths.object, deaths.value, deaths.raw) == (None, "at least 12", "12")
    assert deaths.evidence[0].speaker == "the mayor"
    assert only(picture, "carriedOutBy").stance == "alleged"
    assert only(picture, "leaderOf").time == "2031-05"
    assert only(picture, "bornOn").value == "1980-02-03"


def test_the_narrowest_kind_and_its_family(store: Store) -> None:
    kinds = {thing.iri: (thing.kind, thing.family) for thing in picture_of(store).things}
    assert kinds[GUARD] == ("ArmedGroup", "Organization")
    assert kinds["urn:newskg:country/nordland"] == ("Country", "Country")


def test_about_and_hops(store: Store) -> None:
    def around(hops: int) -> set[str]:
        return {thing.label for thing in picture_of(store, "Ada Brandt", hops).things}

    assert around(0) == {"Ada Brandt"}
    assert around(1) == {"Ada Brandt", "Harbour Guard", "Lindhafen"}
    assert around(2) == {"Ada Brandt", "Harbour Guard", "Lindhafen", "Lindhafen explosion", "Nordland"}
    assert only(picture_of(store, "Ada Brandt", 0), "bornOn")


def test_without_what_is_only_alleged(store: Store) -> None:
    sure = picture_of(store, include_alleged=False)
    assert "carriedOutBy" not in {fact.predicate for fact in sure.facts}
    assert not [fact for fact in picture_of(store, include_inferred=False).facts if fact.inferred]


def test_construct_gives_its_triples_with_their_evidence(store: Store) -> None:
    found = picture_of(store, query="CONSTRUCT { ?a kg:bornIn ?b ; rdfs:label ?l } { ?a kg:bornIn ?b ; rdfs:label ?l }")
    assert only(found, "bornIn").evidence
    assert len(found.facts) == 1


def test_construct_may_make_links_that_are_no_facts(store: Store) -> None:
    found = picture_of(store, query="CONSTRUCT { ?b <urn:x:birthplaceOf> ?a } { ?a kg:bornIn ?b }")
    (link,) = found.facts
    assert (link.subject, link.object, link.evidence) == (TOWN, ADA, ())


def test_select_gives_the_things_it_names(store: Store) -> None:
    by_iri = picture_of(store, query="SELECT ?a ?b { ?a kg:leaderOf ?b }")
    by_label = picture_of(store, query="SELECT ?n ?m { ?a kg:leaderOf ?b . ?a rdfs:label ?n . ?b rdfs:label ?m }")
    assert [thing.label for thing in by_iri.things] == ["Harbour Guard", "Ada Brandt"]
    assert by_label.facts == by_iri.facts
    assert {fact.predicate for fact in by_iri.facts} == {"leaderOf", "bornOn"}


@pytest.mark.parametrize("name", ["Ada Brandt", "ada  brandt", "Brandt", "brandt ada", "Bran", ADA])
def test_find(store: Store, name: str) -> None:
    assert find(store, name) == [ADA]


def test_find_prefers_the_name_itself(store: Store) -> None:
    assert find(store, "lindhafen") == [TOWN]


@pytest.mark.parametrize("name", ["Ada Brant", 'x" } { ?s ?p', "\\", "urn:nothing", ""])
def test_find_nothing_says_what_is_near(store: Store, name: str) -> None:
    if not name:
        return
    with pytest.raises(UsageError, match="Nothing is called"):
        find(store, name)
    with pytest.raises(UsageError, match="Did you mean Ada Brandt"):
        find(store, "Ada Brant")


def test_wrong_use(store: Store) -> None:
    with pytest.raises(UsageError, match="Choose one"):
        picture_of(store, "Ada Brandt", query="SELECT * { }")
    with pytest.raises(UsageError, match="hops"):
        picture_of(store, "Ada Brandt", -1)


def test_network(store: Store) -> None:
    graph = network(store, "Ada Brandt")
    assert graph.nodes[ADA]["bornOn"] == ["1980-02-03"]
    assert {data["label"] for _, _, data in graph.edges(data=True)} == {"leader of", "born in"}


def test_behind_inferred_facts_stand_the_words_of_others(store: Store) -> None:
    inferred = [fact for fact in picture_of(store).facts if fact.inferred]
    assert set(behind(store, [fact.iri for fact in inferred])) == {fact.iri for fact in inferred}
    assert behind(store, []) == {}


def test_quantity() -> None:
    assert quantity("12", None) == "at least 12"
    assert quantity("12", "12") == "12"
    assert quantity("20", "25", unit="ft") == "20 to 25 ft"
    assert quantity(None, "9", approximate=True) == "about at most 9"


def test_literal() -> None:
    assert literal('a"b\\\n') == '"a\\"b\\\\\\n"'
