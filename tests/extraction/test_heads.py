"""Relations, incidents and case as the reader takes them from the encoder's vectors; arrays made up here."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from spacy.tokens import Doc

from kg import ontology
from kg.claims import Time
from kg.extraction import recasing, relating
from kg.extraction.drafts import Draft
from kg.extraction.incidents import Incidents
from kg.extraction.layers import TimeExpression
from kg.extraction.model import relations
from kg.extraction.model.incidents import PARTS, TYPES
from kg.extraction.model.pieces import CASES, case_of
from kg.extraction.model.relations import FEATURES, LABELS, Found, Mentions, Relations
from tests.extraction.things import NOUNS, article
from tests.extraction.trees import at, plain

PERSON, CITY = relations.SORTS.index("Person"), relations.SORTS.index("Place")


def mentions() -> Mentions:
    """Thing 0 is mentioned at words 0 and 40 (another window), 1 at 5, 7, 9, 11 and 30, 2 at 80 (two windows on)."""
    rows = [(0, PERSON, 0, 0, 1, 0, 0), (0, PERSON, 2, 40, 40, 3, 1), (2, CITY, 0, 80, 80, 6, 2)]
    return Mentions.of(rows + [(1, CITY, 0, place, place, place // 10, 0) for place in (5, 7, 9, 11, 30)])


def test_two_things_are_looked_at_where_they_are_nearest() -> None:
    known = mentions()
    head, tail = relations.pairs(known)
    assert {(int(known.thing[h]), int(known.thing[t])) for h, t in zip(head, tail, strict=True)} == {
        (a, b) for a in range(3) for b in range(3) if a != b
    }
    between = [
        (int(known.first[h]), int(known.first[t])) for h, t in zip(head, tail, strict=True) if known.thing[h] == 0
    ]
    assert [pair for pair in between if pair[1] < 40] == [(0, 5), (0, 7), (0, 9), (0, 11)]  # one window before two
    near, other = relations.pairs(known, apart=1)
    assert {(0, 2), (2, 0)} == {
        (int(known.thing[h]), int(known.thing[t])) for h, t in zip(near, other, strict=True) if 2 in known.thing[[h, t]]
    }


def test_what_is_known_of_pairs_are_ids_of_one_table() -> None:
    known = mentions()
    head, tail = relations.pairs(known)
    ids = relations.features(known, head, tail)
    assert ids.shape == (len(head), 5)
    assert (ids >= 0).all() and (ids < FEATURES).all()
    turned = relations.features(known, tail, head)
    assert (ids[:, 0] != turned[:, 0]).all()  # which comes first
    assert (ids[:, 4] == turned[:, 4]).all()


@pytest.fixture
def weights() -> dict[str, Any]:
    rng = np.random.default_rng(5)
    width, hidden, key, context, labels = 12, 8, 4, 6, len(LABELS)
    shapes = {
        "head": (hidden, width), "tail": (hidden, width), "head_query": (key, width), "tail_query": (key, width),
        "key": (key, width), "value": (context, width), "score": (labels, hidden),
    }  # fmt: skip
    made: dict[str, Any] = {f"{name}.weight": rng.normal(size=shape) / 9 for name, shape in shapes.items()}
    made |= {f"{name}.bias": rng.normal(size=shape[0]) for name, shape in shapes.items()}
    made |= {"product.weight": rng.normal(size=(hidden, hidden)), "context.weight": rng.normal(size=(hidden, context))}
    made |= {
        "features.weight": rng.normal(size=(FEATURES, hidden)),
        "weights.weight": rng.normal(size=(FEATURES, labels)),
    }
    return made


def test_relations_do_not_depend_on_how_things_are_numbered(weights: dict[str, Any]) -> None:
    vectors = np.random.default_rng(1).normal(size=(90, 12))
    windows = np.repeat([0, 1, 2], [35, 35, 20])
    known = mentions()
    found = Relations(weights).read(vectors, windows, known)
    assert found.probability.shape == (len(found.head), len(LABELS))
    assert ((found.probability > 0) & (found.probability < 1)).all()
    renumbered = np.array([7, 3, 5])[known.thing]
    again = Relations(weights).read(
        vectors,
        windows,
        Mentions(renumbered, known.sort, known.form, known.first, known.last, known.sentence, known.window),
    )
    by_ends = {(h, t): p for h, t, p in zip(again.head.tolist(), again.tail.tolist(), again.probability, strict=True)}
    for h, t, p in zip(found.head.tolist(), found.tail.tolist(), found.probability, strict=True):
        assert np.allclose(p, by_ends[(7, 3, 5)[h], (7, 3, 5)[t]])
    assert set(np.unique(found.places)) <= {0, 5, 7, 9, 11, 30, 40, 80}


def test_nothing_is_read_where_nothing_is_mentioned(weights: dict[str, Any]) -> None:
    found = Relations(weights).read(np.zeros((3, 12)), np.zeros(3), Mentions.of([]))
    assert found.probability.shape == (0, len(LABELS))


class Told(Relations):
    """A head that tells the same of whatever it is asked."""

    def __init__(self, *told: tuple[int, str, int]) -> None:
        self.told, self.labels = told, tuple(LABELS)
        self.asked: Mentions | None = None

    def read(self, vectors: Any, windows: Any, mentions: Mentions) -> Found:
        self.asked = mentions
        probability = np.zeros((len(self.told), len(LABELS)))
        for row, (_, label, _) in enumerate(self.told):
            probability[row, list(LABELS).index(label)] = 0.9
        heads, tails = (np.array([t[k] for t in self.told]) for k in (0, 2))
        places = np.tile(np.array([0, 3]), (*probability.shape, 1))
        return Found(heads, tails, probability, places)


def town() -> Doc:
    doc = article(
        "Mara/PROPN/nsubj<leads Lind/PROPN/flat<Mara leads=lead/VERB/ROOT Norton/PROPN/obj<leads since/ADP/case<2011 "
        "2011/NUM/obl<leads .",
        {"Mara Lind": "Person", "Norton": "City"},
    )
    doc._.times = [TimeExpression(5, 6, "2011")]
    doc._.window = np.zeros(len(doc), dtype=int)
    return doc


def read(doc: Doc, *told: tuple[int, str, int]) -> list[Draft]:
    known = ontology.default()
    return list(relating.Relating(Told(*told), Told(), known.accepts, known.is_a).drafts(doc))


def test_a_label_states_the_property_that_fits_the_kinds() -> None:
    (draft,) = read(town(), (0, "citizenOf", 1))
    assert (draft.subject, draft.predicate, draft.object, draft.rule) == (0, "comesFrom", 1, "relations/citizenOf")
    assert draft.confidence == pytest.approx(0.9)


def test_times_are_objects_and_never_subjects() -> None:
    (draft,) = read(town(), (0, "diedOn", 2), (2, "diedOn", 0))
    assert draft.object == Time("2011", "2011")


def test_what_the_ontology_does_not_accept_is_not_stated() -> None:
    assert not read(town(), (1, "spouse", 0), (0, "incident", 1))


def test_what_is_told_already_is_not_told_again() -> None:
    first, other = Draft(0, "leaderOf", 1, 2, 0.8, "frames/x"), Draft(0, "leaderOf", 1, 3, 0.9, "relations/leaderOf")
    new = Draft(0, "bornIn", 1, 3, 0.9, "relations/bornIn")
    assert list(relating.beside([first], [other, new])) == [first, new]


def ambush(sure: float = 0.9, **played: str) -> Doc:
    """A village is ambushed; the words that are named play these parts, as sure as told."""
    doc = article(
        "Rebels=rebel/NOUN+Number=Plur/nsubj<ambushed ambushed=ambush/VERB/ROOT the/DET/det<convoy "
        "convoy/NOUN/obj<ambushed with/ADP/case<rifles rifles=rifle/NOUN+Number=Plur/obl<ambushed .\n"
        "Mara/PROPN/nsubj:pass<killed Lind/PROPN/flat<Mara was=be/AUX/aux:pass<killed killed=kill/VERB/ROOT .",
        {"Mara Lind": "Person"},
    )
    doc._.part = np.full((len(doc), len(PARTS)), np.log(0.02))
    doc._.part[:, 0] = np.log(0.9)
    doc._.incident = np.full((len(doc), len(TYPES)), -9.0)
    for word, part in played.items():
        i = at(doc, word)
        doc._.part[i] = np.log(0.01)
        doc._.part[i, 0] = np.log(1 - sure)
        doc._.part[i, PARTS.index(part)] = np.log(sure)
    return doc


def told(doc: Doc) -> Iterator[tuple[str, str, str]]:
    known = ontology.default()
    incidents = Incidents(doc, NOUNS, known.is_a, known.accepts)
    incidents.introduce()
    for draft in incidents.drafts():
        assert isinstance(draft.object, int)
        things = doc._.things
        yield things[draft.subject].name, draft.predicate, things[draft.object].name


def test_words_that_play_a_part_belong_to_the_incident_that_a_word_tells_of() -> None:
    doc = ambush(Rebels="perpetrator", convoy="target", rifles="weapon", Lind="dead")
    doc._.incident[at(doc, "ambushed"), TYPES.index("ATTACK")] = 3.0
    assert set(told(doc)) == {
        ("attack", "carriedOutBy", "rebels"), ("attack", "target", "convoy"), ("attack", "weapon", "rifles"),
        ("Mara Lind", "killedBy", "attack"), ("attack", "victim", "Mara Lind"),
    }  # fmt: skip


def test_where_no_word_near_tells_of_an_incident_only_the_surest_victims_and_targets_do() -> None:
    def elsewhere(sure: float = 0.9, **parts: str) -> Doc:
        doc = ambush(sure, **parts)
        doc._.incident[at(doc, "Mara"), TYPES.index("ATTACK")] = 3.0  # a name: no word for the incident
        return doc

    assert not list(told(elsewhere(0.4, Rebels="perpetrator", convoy="target")))
    assert not list(told(elsewhere(Rebels="perpetrator")))
    assert not list(told(ambush(Rebels="perpetrator", convoy="target")))  # no word of the text does
    assert not list(told(elsewhere(Rebels="perpetrator", convoy="target")))  # none of its sentence does
    assert list(told(elsewhere(Rebels="perpetrator", Lind="hurt"))) == [("attack", "victim", "Mara Lind")]


def test_a_name_may_be_unsure_between_the_parts_of_one_role() -> None:
    doc = ambush(0.3, Lind="organization")
    doc._.part[at(doc, "Lind"), [0, PARTS.index("perpetrator")]] = np.log([0.4, 0.3])
    doc._.incident[at(doc, "killed"), TYPES.index("ATTACK")] = 3.0
    assert list(told(doc)) == [("attack", "carriedOutBy", "Mara Lind")]


def test_who_is_told_to_have_been_hit_did_not_do_it() -> None:
    doc = ambush(Lind="perpetrator")
    doc._.incident[at(doc, "killed"), TYPES.index("ATTACK")] = 3.0
    known = ontology.default()
    incidents = Incidents(doc, NOUNS, known.is_a, known.accepts)
    assert not list(incidents.drafts([Draft(0, "killedBy", 1, 0, 0.9, "frames/x")]))


def test_words_without_a_part_are_no_things() -> None:
    doc = ambush()
    assert not list(told(doc))
    assert [thing.name for thing in doc._.things] == ["Mara Lind"]


@pytest.mark.parametrize(
    ("text", "shouted"),
    [
        ("GUERRILLAS BLEW UP A BRIDGE NEAR THE TOWN OF NORTON ON MONDAY, THE ARMY SAID TODAY.", True),
        ("Guerrillas blew up a bridge near the town of Norton on Monday, the army said today.", False),
        ("NATO, THE UN AND THE EU", False),  # too short to tell
        ("1984 2001 " * 20, False),
    ],
)
def test_texts_in_capitals_are_told(text: str, shouted: bool) -> None:
    assert recasing.is_shouted(text) is shouted


class Recaser:
    """A graph that gives each word the case of a table."""

    pieces: Any = None

    def __init__(self, cases: dict[str, str]) -> None:
        self.cases = cases

    def run(self, words: list[list[str]], forced: list[list[int]]) -> list[dict[str, Any]]:
        return [{"case": np.array([CASES.index(self.cases.get(w, "lower")) for w in row])} for row in words]


def test_a_text_in_capitals_keeps_its_length(monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.extraction.model.windows import Window

    doc = plain("THE ARMY OF PERU'S O'BRIEN-LEE KILLED İKE OF THE FMLN .")
    words = [token.i for token in doc]
    monkeypatch.setattr(recasing, "windows", lambda doc, pieces: [Window(words, 0, [0])])
    cases = dict.fromkeys(("THE", "PERU", "O'BRIEN", "LEE", "O'BRIEN-LEE"), "title") | {"FMLN": "upper"}
    made = recasing.recased(doc, Recaser(cases))  # type: ignore[arg-type]
    assert len(made) == len(doc.text)
    assert made == "The army of Peru's O'Brien-Lee killed İKE of The FMLN ."


def test_acronyms_stay_in_capitals() -> None:
    text = "THE FREE COAST LEAGUE (FCL) AND THE RLE [ROJA LIGA ESTELAR] MET (TODAY) IN LINDO [PERU]"
    assert recasing.acronyms(text) == {"FCL", "RLE"}


def test_cases_of_words() -> None:
    assert [CASES[case_of(word)] for word in ("peru", "Peru", "FMLN", "A", "McCoy", "1984")] == [
        "lower", "title", "upper", "upper", "other", "other",
    ]  # fmt: skip
