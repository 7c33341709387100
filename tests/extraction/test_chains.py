"""Chains of words that refer, from trees, names and the odds that a scorer might give."""

from kg.extraction import chains, names, nominals
from kg.extraction.antecedence import Candidates
from kg.extraction.mentions import Referent
from kg.extraction.model import pairs
from tests.extraction.things import NOUNS, article, is_a
from tests.extraction.trees import at

Odds = dict[str, list[tuple[str, float]]]


def linked(text: str, entities: dict[str, str], odds: Odds) -> list[list[str]]:
    """The chains of more than one phrase, in words; ``odds`` by the form of a word, or ``form~2`` for its second."""
    doc = article(text, entities)
    where = nominals.layout(doc)
    mentions = {m.head: m for m in nominals.collect(doc, where, NOUNS, is_a)}
    named = names.link_names([m for m in mentions.values() if m.form == "name"], is_a)

    def place(form: str) -> int:
        word, _, nth = form.partition("~")
        return at(doc, word, int(nth or 1))

    tokens = [token.i for token in doc if pairs.refers(token.pos_, token.dep_)]
    before = {token: list[tuple[int, float]]() for token in tokens}
    before |= {place(form): [(place(other), value) for other, value in found] for form, found in odds.items()}
    out = chains.linked(doc, Candidates(tokens, before), mentions, named, is_a)
    found = (chains.references(doc, chain.tokens) for chain in out.chains)
    return [[doc[r.start : r.end].text for r in each] for each in found if len(each) > 1]


TWO = """
The/DET/det<mayor mayor/NOUN/nsubj<met met=meet/VERB/ROOT the/DET/det<editor editor/NOUN/obj<met .
She/PRON+Number=Sing/nsubj<thanked thanked=thank/VERB/ROOT him/PRON+Number=Sing/obj<thanked .
"""


def test_a_word_joins_the_likeliest_chain() -> None:
    odds = {"She": [("mayor", 2.0), ("editor", 0.5)], "him": [("editor", 1.5), ("mayor", 0.2)]}
    assert linked(TWO, {}, odds) == [["The mayor", "She"], ["the editor", "him"]]


def test_two_arguments_of_one_verb_do_not_refer_to_the_same() -> None:
    odds = {"She": [("mayor", 2.0)], "him": [("mayor", 3.0), ("editor", 0.5)]}
    assert linked(TWO, {}, odds) == [["The mayor", "She"], ["the editor", "him"]]


def test_what_nothing_likely_goes_before_stands_alone() -> None:
    assert linked(TWO, {}, {"She": [("mayor", -2.2)], "him": []}) == []


def test_gender_number_and_kind_outweigh_odds() -> None:
    text = """
Maria/PROPN+Number=Sing/nsubj<saw Olmo/PROPN+Number=Sing/flat<Maria saw=see/VERB/ROOT the/DET/det<dogs \
dogs=dog/NOUN+Number=Plur/obj<saw in/ADP/case<Oslo Oslo/PROPN+Number=Sing/obl<saw .
He/PRON+Number=Sing/nsubj<left left=leave/VERB/ROOT .
It/PRON+Number=Sing/nsubj<grew grew=grow/VERB/ROOT .
"""
    odds = {"He": [("Maria", 3.0), ("dogs", 2.0), ("Oslo", 1.0)], "It": [("Maria", 3.0), ("dogs", 2.0), ("Oslo", 1.0)]}
    assert linked(text, {"Maria Olmo": "Person", "Oslo": "City"}, odds) == [["Oslo", "It"]]


def test_names_that_the_rules_keep_apart_stay_apart() -> None:
    text = """
Anna/PROPN+Number=Sing/nsubj<met Lind/PROPN+Number=Sing/flat<Anna met=meet/VERB/ROOT Vera/PROPN+Number=Sing/obj<met \
Holm/PROPN+Number=Sing/flat<Vera .
Lind/PROPN+Number=Sing/nsubj<spoke spoke=speak/VERB/ROOT .
"""
    entities = {"Anna Lind": "Person", "Vera Holm": "Person", "Lind": "Person"}
    odds = {"Vera": [("Anna", 9.0)], "Lind~2": [("Vera", 9.0)]}
    assert linked(text, entities, odds) == [["Anna Lind", "Lind"]]


def test_the_subject_after_the_phrase_of_a_pronoun_is_meant() -> None:
    text = """
Vera/PROPN+Number=Sing/nsubj<met met=meet/VERB/ROOT Anna/PROPN+Number=Sing/obj<met .
In/ADP/case<speech her/PRON+Number=Sing/nmod:poss<speech speech/NOUN/obl<thanked Anna/PROPN+Number=Sing/nsubj<thanked \
thanked=thank/VERB/ROOT Oslo/PROPN/obj<thanked .
"""
    entities = {"Vera": "Person", "Anna": "Person", "Oslo": "City"}
    assert linked(text, entities, {"her": [("Vera", 1.0)]}) == [["Anna", "her", "Anna"]]


SURNAME = """
She/PRON+Number=Sing/nsubj<moved moved=move/VERB/ROOT to/ADP/case<Oslo Oslo/PROPN+Number=Sing/obl<moved .
Holm/PROPN+Number=Sing/nsubj<met met=meet/VERB/ROOT Vera/PROPN+Number=Sing/obj<met Lind/PROPN+Number=Sing/flat<Vera .
"""
SURNAME_ENTITIES = {"Oslo": "City", "Holm": "Person", "Vera Lind": "Person"}


def test_whom_a_passage_calls_only_she_is_whom_it_names_later_by_surname() -> None:
    assert linked(SURNAME, SURNAME_ENTITIES, {}) == [["She", "Holm"]]


def test_who_is_named_in_full_later_may_be_somebody_else() -> None:
    text = SURNAME.replace("Holm/PROPN", "Police/NOUN")
    assert linked(text, {"Oslo": "City", "Vera Lind": "Person"}, {}) == []


def test_a_relative_pronoun_speaks_for_its_noun() -> None:
    text = """
The/DET/det<editor editor/NOUN/nsubj<left who/PRON+PronType=Rel/nsubj<lost lost=lose/VERB/acl:relcl<editor \
his/PRON+Number=Sing/nmod:poss<keys keys=key/NOUN+Number=Plur/obj<lost left=leave/VERB/ROOT .
"""
    assert linked(text, {}, {"his": [("who", 1.0)]}) == [["The editor who lost his keys", "his"]]


def test_nobody_is_made_her_own_successor() -> None:
    text = """
Vera/PROPN+Number=Sing/nsubj<left left=leave/VERB/ROOT .
Anna/PROPN+Number=Sing/nsubj:pass<named was/AUX/aux:pass<named named=name/VERB/ROOT \
her/PRON+Number=Sing/nmod:poss<heir heir/NOUN+Number=Sing/xcomp<named .
"""
    odds = {"her": [("Vera", 1.0), ("Anna", 3.0)]}
    assert linked(text, {"Vera": "Person", "Anna": "Person"}, odds) == [["Vera", "her"]]


def test_definite_phrases_in_the_same_words_refer_to_the_same_and_bare_ones_need_not() -> None:
    text = """
The/DET/det<dam new/ADJ/amod<dam dam/NOUN/nsubj<holds holds=hold/VERB/ROOT water/NOUN/obj<holds .
Farmers=farmer/NOUN+Number=Plur/nsubj<need need/VERB/ROOT water/NOUN/obj<need from/ADP/case<dam the/DET/det<dam \
new/ADJ/amod<dam dam/NOUN/obl<need .
"""
    assert linked(text, {}, {}) == [["The new dam", "the new dam"]]


def test_a_phrase_does_not_refer_to_what_it_contains() -> None:
    text = """
A/DET/det<girl girl/NOUN/nsubj<came came=come/VERB/ROOT .
Her/PRON+Number=Sing/nmod:poss<mother mother/NOUN/nsubj<waited waited=wait/VERB/ROOT .
"""
    odds = {"Her": [("girl", 2.0)], "mother": [("Her", 3.0), ("girl", 3.0)]}
    assert linked(text, {}, odds) == [["A girl", "Her"]]


def test_a_phrase_with_a_name_in_apposition_is_the_name_s() -> None:
    text = """
The/DET/det<judge judge/NOUN/nsubj<left ,/PUNCT/punct<Mara Mara/PROPN+Number=Sing/appos<judge \
Lind/PROPN+Number=Sing/flat<Mara ,/PUNCT/punct<Mara left=leave/VERB/ROOT early/ADV/advmod<left .
Lind/PROPN+Number=Sing/nsubj<slept slept=sleep/VERB/ROOT .
"""
    [chain] = linked(text, {"Mara Lind": "Person", "Lind": "Person"}, {})
    assert chain == ["The judge, Mara Lind", "Lind"]


def test_relative_pronouns_and_nouns_before_nouns_are_in_no_chain() -> None:
    text = """
The/DET/det<steel steel/NOUN/nsubj<came that/PRON+PronType=Rel/obj<bought we/PRON/nsubj<bought \
bought=buy/VERB/acl:relcl<steel came=come/VERB/ROOT .
The/DET/det<price steel/NOUN/compound<price price/NOUN/nsubj<rose rose=rise/VERB/ROOT .
"""
    assert linked(text, {}, {"that": [("steel", 5.0)], "steel~2": [("steel", 5.0)]}) == []


def test_chains_merge_unless_both_are_named() -> None:
    made = chains.Chains()
    lind, holm = (Referent("Person", True) for _ in range(2))
    for tokens, known in (([0, 4], [lind]), ([2, 6], []), ([3], [holm])):
        made.links |= {token: chains.Link(len(made.chains), 0.9) for token in tokens}
        made.chains.append(chains.Chain(tokens, names=known))
    made.merge(6, 0)
    made.merge(3, 0)
    made.merge(9, 0)
    assert sorted(made.others(2)) == [0, 4, 6]
    assert made.others(3) == []
