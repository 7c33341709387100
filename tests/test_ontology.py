"""The ontology says what it should, holds together, and is read as it is written."""

import re
import time
from functools import cache
from pathlib import Path

import pyoxigraph
import pyshacl
import pytest
from rdflib import OWL, RDF, RDFS, XSD, Graph, Literal, URIRef

from kg.config import KG, data_folder
from kg.errors import OntologyError
from kg.ontology import Ontology, default

OA = "http://www.w3.org/ns/oa#"

PREDICATES = """
    killedBy diedIn diedOn buriedIn bornIn bornOn comesFrom leaderOf memberOf employedBy holdsPosition candidateFor
    appointed endorsed spouse childOf siblingOf citizenOf livesIn educatedAt founded partOf ownedBy basedIn alliedWith
    opponentOf accusedOf arrested convictedOf sentencedTo locatedIn capitalOf happenedIn happenedOn happenedNear
    distance carriedOutBy orderedBy victim target weapon deaths injuries missing causedBy commemorates subEventOf winner
    claimedBy positionAt officialStatus successorOf met visited attacked age causeOfDeath
    createdBy publishedBy publishedOn foundedOn participatedIn jurisdiction awarded adjacentTo kidnappedBy
"""
TERMS_OF_EVIDENCE = """
    mention named claim stance confidence speaker via time extractor atLeast atMost approximate unit asStated sources
    documents firstSaid lastSaid inferred sourceKind address left right verdict score judge reason
    quarantined releases releasedBy
"""
KINDS = """
    Person Organization ArmedGroup MilitaryUnit NewsAgency Party Company Government University SportsTeam
    InternationalOrganization Group Place Country Region City Site Cemetery Building Airport Hospital Facility
    GeographicFeature Event Attack Bombing Strike Shooting Assassination Kidnapping Explosion Ceremony Protest Conflict
    Election Arrest Trial Meeting Disaster Earthquake Fire Crash Death Position Weapon Work Law Award Agent
"""


def turtle(name: str) -> Graph:
    return Graph().parse(data_folder("ontologies") / name, format="turtle")


NEWS = turtle("news.ttl")
SHAPES = turtle("shapes.ttl")


class TestTerms:
    @pytest.mark.parametrize("name", PREDICATES.split())
    def test_predicate_exists(self, name: str) -> None:
        assert name in default().predicates

    @pytest.mark.parametrize("name", TERMS_OF_EVIDENCE.split())
    def test_term_of_evidence_exists_and_no_claim_states_it(self, name: str) -> None:
        assert name in default().properties
        assert name not in default().predicates

    @pytest.mark.parametrize("name", KINDS.split())
    def test_kind_exists(self, name: str) -> None:
        assert name in default().kinds

    def test_evidence_is_no_kind_of_entity(self) -> None:
        for name in ("Document", "Source", "Claim", "Fact", "Judgement"):
            assert name in default().classes
            assert name not in default().kinds

    def test_each_has_one_english_label_and_a_comment_with_an_example(self) -> None:
        for term in {*default().classes, *default().properties}:
            [label] = NEWS.objects(URIRef(KG + term), RDFS.label)
            [comment] = NEWS.objects(URIRef(KG + term), RDFS.comment)
            assert isinstance(label, Literal)
            assert label.language == "en"
            assert re.fullmatch(r".+\. Example: .+\.'?", str(comment)), term

    def test_labels_of_predicates_differ(self) -> None:
        labels = [each.label for each in default().predicates.values()]
        assert len(labels) == len(set(labels))

    def test_subjects_of_predicates_are_entities(self) -> None:
        for each in default().predicates.values():
            assert set(each.domain) <= default().kinds, each.name

    def test_no_term_is_used_that_is_not_defined(self) -> None:
        known = {*default().classes, *default().properties, "responsibility", "oneTrueValue", "rivalsAmong"}
        for graph in (NEWS, SHAPES):
            used = {str(node) for triple in graph for node in triple if isinstance(node, URIRef) and KG in node}
            assert used <= {KG + name for name in known}


class TestProfile:
    """What OWL 2 RL allows (OWL 2 Profiles, section 4), as far as this ontology could leave it."""

    def test_only_its_constructs_are_used(self) -> None:
        used = {str(node) for triple in NEWS for node in triple if str(node).startswith(str(OWL))}
        allowed = """Ontology versionInfo Class ObjectProperty DatatypeProperty AnnotationProperty disjointWith
            propertyChainAxiom SymmetricProperty TransitiveProperty IrreflexiveProperty AsymmetricProperty"""
        assert used <= {str(OWL) + name for name in allowed.split()}

    def test_datatypes_are_its_own_or_only_hints(self) -> None:
        allowed = {XSD.string, XSD.decimal, XSD.nonNegativeInteger, XSD.boolean, RDFS.Literal}
        for property_ in NEWS.subjects(RDF.type, OWL.DatatypeProperty):
            assert set(NEWS.objects(property_, RDFS.range)) <= allowed

    def test_transitive_properties_and_chains_are_not_irreflexive(self) -> None:
        """OWL 2 DL: only simple properties may be."""
        composed = {*NEWS.subjects(RDF.type, OWL.TransitiveProperty), *NEWS.subjects(OWL.propertyChainAxiom, None)}
        strict = {*NEWS.subjects(RDF.type, OWL.IrreflexiveProperty), *NEWS.subjects(RDF.type, OWL.AsymmetricProperty)}
        assert not composed & strict

    def test_narrower_domains_and_ranges_lie_within_the_stated_ones(self) -> None:
        for side in ("domain", "range"):
            includes = URIRef(f"https://schema.org/{side}Includes")
            for term, narrow in NEWS.subject_objects(includes):
                wide = NEWS.value(term, RDFS[side])
                above = set(NEWS.transitive_objects(narrow, RDFS.subClassOf))
                assert wide in {*above, RDFS.Resource, RDFS.Literal}, (term, narrow)


class TestMeaning:
    def test_whoever_an_agents_event_killed_was_killed_by_the_agent(self) -> None:
        assert default().chains == {"killedBy": (("killedBy", "carriedOutBy"),)}

    def test_a_capital_lies_in_its_country(self) -> None:
        assert default().subproperties["capitalOf"] == ("locatedIn",)

    def test_characteristics(self) -> None:
        assert default().transitive == {"locatedIn", "partOf", "subEventOf"}
        assert default().symmetric == {"spouse", "siblingOf", "alliedWith", "opponentOf", "met", "adjacentTo"}
        assert default().functional == {
            *("bornIn", "bornOn", "diedIn", "diedOn", "happenedOn", "foundedOn", "publishedOn"),
            *("deaths", "injuries", "missing"),
        }
        assert default().rivals == {"killedBy": "Agent", "carriedOutBy": "Agent"}
        assert default().inverses == {}

    def test_blame_is_marked(self) -> None:
        assert default().responsibility >= {
            "killedBy",
            "kidnappedBy",
            "carriedOutBy",
            "orderedBy",
            "causedBy",
            "accusedOf",
        }
        assert not default().responsibility & {"deaths", "happenedIn", "claimedBy", "buriedIn"}

    def test_a_country_is_a_place_and_an_agent(self) -> None:
        assert default().superclasses("Country") == ("Agent", "Entity", "Place")

    @pytest.mark.parametrize(
        ("kind", "other", "expected"),
        [
            ("Bombing", "Event", True),
            ("Event", "Bombing", False),
            ("City", "City", True),
            ("City", "Agent", False),
            ("Nonsense", "Nonsense", False),
        ],
    )
    def test_is_a(self, kind: str, other: str, expected: bool) -> None:
        assert default().is_a(kind, other) is expected

    def test_subclasses(self) -> None:
        assert set(default().subclasses("Disaster")) >= {"Earthquake", "Fire", "Crash"}
        assert default().subclasses("Shooting") == ()

    @pytest.mark.parametrize(
        ("predicate", "subject", "value", "expected"),
        [
            ("killedBy", "Person", "Strike", True),
            ("killedBy", "Person", "Country", True),
            ("killedBy", "Person", "Cemetery", False),
            ("killedBy", "City", "Person", False),
            ("buriedIn", "Person", "Cemetery", True),
            ("capitalOf", "City", "Region", True),
            ("bornOn", "Person", "time", True),
            ("bornOn", "Person", "xsd:gYear", True),
            ("bornOn", "Person", "text", False),
            ("deaths", "Bombing", "quantity", True),
            ("deaths", "Bombing", "xsd:integer", True),
            ("deaths", "Bombing", "Person", False),
            ("deaths", "Person", "quantity", False),
            ("distance", "Explosion", "xsd:decimal", True),
            ("distance", "Explosion", "xsd:integer", True),
            ("officialStatus", "NewsAgency", "text", True),
            ("officialStatus", "NewsAgency", "quantity", False),
            ("accusedOf", "Person", "text", True),
            ("accusedOf", "Country", "Attack", True),
            ("accusedOf", "Person", "City", False),
            ("causedBy", "Explosion", "Weapon", True),
            ("causedBy", "Explosion", "text", False),
            ("partOf", "City", "Country", False),
            ("createdBy", "Work", "Person", True),
            ("publishedBy", "Work", "NewsAgency", True),
            ("publishedOn", "Work", "time", True),
            ("foundedOn", "Company", "xsd:gYear", True),
            ("foundedOn", "Person", "time", False),
            ("participatedIn", "Country", "Conflict", True),
            ("jurisdiction", "Position", "Region", True),
            ("jurisdiction", "Person", "Region", False),
            ("awarded", "Person", "Award", True),
            ("adjacentTo", "City", "GeographicFeature", True),
            ("kidnappedBy", "Person", "ArmedGroup", True),
            ("kidnappedBy", "City", "ArmedGroup", False),
            ("stance", "Person", "text", False),
            ("nonsense", "Person", "Person", False),
            ("spouse", "Nonsense", "Person", False),
            ("spouse", "Person", "nonsense", False),
            ("killedBy", "Person", "Claim", False),
        ],
    )
    def test_accepts(self, predicate: str, subject: str, value: str, expected: bool) -> None:
        assert default().accepts(predicate, subject, value) is expected

    def test_labels(self) -> None:
        assert default().label("killedBy") == "killed by"
        assert default().label(KG + "Person") == "person"
        assert default().label("somethingElse") == "something else"


class TestReading:
    def test_is_fast(self) -> None:
        """Well under half a second by itself; the bound leaves room for a busy machine."""
        started = time.process_time()
        Ontology.load()
        assert time.process_time() - started < 0.5

    def test_default_is_read_once(self) -> None:
        assert default() is default()

    @pytest.mark.parametrize(
        ("added", "message"),
        [
            ("kg:x a owl:Class .", "kg:x has no rdfs:label"),
            ('kg:x a owl:Class ; rdfs:label "x" .', "kg:x has no rdfs:comment"),
            ('kg:x a owl:Class ; rdfs:label "x" ; rdfs:comment "x" ; rdfs:subClassOf kg:No .', "kg:x names 'No'"),
            ('kg:x a owl:Class ; rdfs:label "x" ; rdfs:comment "x" ; rdfs:subClassOf kg:x .', "above itself"),
            ('kg:x a owl:ObjectProperty ; rdfs:label "x" ; rdfs:comment "x" .', "kg:x has no rdfs:domain"),
            (
                'kg:x a rdf:Property ; rdfs:label "x" ; rdfs:comment "x" ; rdfs:domain kg:Persn ; rdfs:range kg:A .',
                "kg:x names 'Persn' in its domain",
            ),
            ("kg:p owl:propertyChainAxiom ( kg:p kg:q ) .", "kg:p names 'q' in owl:propertyChainAxiom"),
            ("kg:p owl:inverseOf kg:q .", "kg:p names 'q' in owl:inverseOf"),
            ("kg:p rdfs:subPropertyOf kg:q .", "kg:p names 'q' in rdfs:subPropertyOf"),
            ("kg:p kg:q .", "line 6"),
            ("kg:p kg:q", "ends in the middle of a statement"),
        ],
    )
    def test_a_wrong_edit_is_told(self, tmp_path: Path, added: str, message: str) -> None:
        with pytest.raises(OntologyError, match=re.escape(message)):
            Ontology.load(small(tmp_path, added))

    def test_a_missing_file_is_told(self, tmp_path: Path) -> None:
        with pytest.raises(OntologyError, match="can't be read"):
            Ontology.load(tmp_path)

    def test_inverses_go_both_ways(self, tmp_path: Path) -> None:
        added = 'kg:q a owl:ObjectProperty ; rdfs:label "q" ; rdfs:comment "q" ; rdfs:domain kg:A ; rdfs:range kg:A .'
        ontology = Ontology.load(small(tmp_path, added + "kg:q owl:inverseOf kg:p ."))
        assert ontology.inverses == {"p": "q", "q": "p"}


def small(folder: Path, added: str) -> Path:
    """A folder with an ontology of one class and one property, and a line added to it."""
    lines = [
        f"@prefix kg: <{KG}> .",
        f"@prefix owl: <{OWL}> .",
        f"@prefix rdf: <{RDF}> . @prefix rdfs: <{RDFS}> .",
        'kg:A a owl:Class ; rdfs:label "a" ; rdfs:comment "a" .',
        'kg:p a owl:ObjectProperty ; rdfs:label "p" ; rdfs:comment "p" ; rdfs:domain kg:A ; rdfs:range kg:A .',
        added,
    ]
    (folder / "news.ttl").write_text("\n".join(lines), encoding="utf-8")
    return folder


@cache
def shipped() -> str:
    return default().ntriples()


class TestNTriples:
    def test_holds_every_statement_and_no_blank_node(self) -> None:
        text = shipped()
        graph = Graph().parse(data=text, format="nt")
        assert "_:" not in {line[:2] for line in text.splitlines()}
        assert not re.search(r"\s_:", re.sub(r'"(\\.|[^"\\])*"', "", text))
        assert len(graph) == len(text.splitlines())
        assert set(graph.subjects(RDF.type, OWL.Class)) >= set(NEWS.subjects(RDF.type, OWL.Class))

    def test_is_sorted_and_the_same_every_time(self) -> None:
        lines = shipped().splitlines()
        assert lines == sorted(set(lines))
        assert default().ntriples() == shipped()

    def test_blank_nodes_are_named_by_what_they_say(self, tmp_path: Path) -> None:
        list_ = "kg:p owl:propertyChainAxiom ( kg:p kg:p ) ."
        first, second = (Ontology.load(small(tmp_path, text)).ntriples() for text in (list_, f"{list_} {list_}"))
        assert first == second
        assert first.count("urn:newskg:ontology/node/") == 6

    def test_a_circle_of_blank_nodes_is_told(self, tmp_path: Path) -> None:
        with pytest.raises(OntologyError, match="circle of blank nodes"):
            Ontology.load(small(tmp_path, "_:a kg:p _:b . _:b kg:p _:a .")).ntriples()


@cache
def document_lines() -> str:
    """The shortest document of the small world that the queries are tested on, as N-Triples."""
    world = pyoxigraph.Store()
    world.load(path=str(Path(__file__).parent / "queries" / "data.trig"), format=pyoxigraph.RdfFormat.TRIG)
    graph = pyoxigraph.NamedNode("urn:newskg:doc/4444444444444444")
    dumped = world.dump(format=pyoxigraph.RdfFormat.N_TRIPLES, from_graph=graph)
    assert dumped is not None
    return dumped.decode()


def document(claims: int = 1) -> Graph:
    """The document with its first claims only: the time that pyshacl takes grows with them."""
    graph = Graph().parse(data=document_lines(), format="nt")
    for claim in sorted(graph.subjects(RDF.type, URIRef(KG + "Claim")), key=str)[claims:]:
        graph.remove((claim, None, None))
    return graph


def violations(graph: Graph) -> str:
    conforms, _, report = pyshacl.validate(graph + NEWS, shacl_graph=SHAPES)
    return "" if conforms else str(report)


CLAIM = URIRef("urn:newskg:doc/4444444444444444/c1")
PERSON = URIRef("urn:newskg:doc/4444444444444444/e1")


class TestShapes:
    def test_a_good_document_conforms(self) -> None:
        assert violations(document(claims=3)) == ""

    @pytest.mark.parametrize(
        ("property_", "value", "message"),
        [
            (RDF.predicate, URIRef(KG + "nonsense"), "the ontology knows it"),
            (RDF.predicate, URIRef(KG + "locatedIn"), "the predicate's domain"),
            (RDF.predicate, URIRef(KG + "holdsPosition"), "the predicate's range"),
            (RDF.object, Literal("somebody"), "of no datatype"),
            (RDF.object, PERSON, "Nothing stands to itself"),
            (URIRef(OA + "start"), Literal(30), "A quote starts"),
            (URIRef(OA + "start"), Literal(-1), "A quote starts"),
            (URIRef(OA + "exact"), Literal("Mara Quill likes Kestovia."), "not what the document's text says"),
            (URIRef(KG + "stance"), Literal("certain"), "A stance is"),
            (URIRef(KG + "confidence"), Literal(2), "A confidence is"),
            (URIRef(KG + "time"), Literal("last week"), "A time is"),
            (URIRef(KG + "atLeast"), Literal(-3), "A lower bound"),
        ],
    )
    def test_a_bad_claim_is_reported(self, property_: URIRef, value: URIRef | Literal, message: str) -> None:
        graph = document()
        graph.set((CLAIM, property_, value))
        assert message in violations(graph)

    def test_a_negative_count_is_reported(self) -> None:
        graph = document()
        graph.set((CLAIM, RDF.predicate, URIRef(KG + "deaths")))
        graph.set((CLAIM, RDF.subject, URIRef("urn:newskg:doc/4444444444444444/e3")))
        graph.set((CLAIM, RDF.object, Literal(-2)))
        assert "of no datatype" in violations(graph)

    @pytest.mark.parametrize("property_", [RDF.subject, RDF.object, RDF.predicate, URIRef(KG + "stance")])
    def test_a_claim_without_its_parts_is_reported(self, property_: URIRef) -> None:
        graph = document()
        graph.remove((CLAIM, property_, None))
        assert violations(graph)

    def test_an_entity_of_two_kinds_is_reported(self) -> None:
        graph = document()
        graph.add((PERSON, RDF.type, URIRef(KG + "City")))
        assert "two kinds that exclude each other" in violations(graph)

    def test_a_document_without_text_is_reported(self) -> None:
        graph = document()
        graph.remove((None, URIRef("https://schema.org/articleBody"), None))
        assert "A document has one text" in violations(graph)

    def test_a_fact_without_claims_or_grounds_is_reported(self) -> None:
        graph = document()
        fact = URIRef("urn:newskg:fact/1")
        for property_ in (RDF.subject, RDF.predicate, RDF.object):
            value = graph.value(CLAIM, property_)
            assert value is not None
            graph.add((fact, property_, value))
        graph.add((fact, RDF.type, URIRef(KG + "Fact")))
        assert "A fact rests on claims" in violations(graph)

    def test_a_judgement_with_a_strange_verdict_is_reported(self) -> None:
        graph = document()
        judgement = URIRef("urn:newskg:judgement/1")
        graph.add((judgement, RDF.type, URIRef(KG + "Judgement")))
        graph.add((judgement, URIRef(KG + "verdict"), Literal("perhaps")))
        assert "A verdict is same, different, unsure or withdrawn" in violations(graph)
