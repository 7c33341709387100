"""Attachments that make no sense, mended."""

from kg.extraction.repairs import mend
from tests.extraction.trees import at, tree


def test_a_name_between_a_noun_and_its_modifier_belongs_to_the_noun() -> None:
    doc = tree(
        "The/DET/det<agency official/ADJ/amod<agency Korin/PROPN/appos<official news/NOUN/compound<agency "
        "agency=agency/NOUN/nsubj<said said=say/VERB/ROOT nothing/PRON/obj<said ."
    )
    mend(doc, {"say"}, set(), set())
    name = doc[at(doc, "Korin")]
    assert (name.head.text, name.dep_) == ("agency", "compound")


def test_a_name_after_the_noun_stays() -> None:
    doc = tree(
        "The/DET/det<agency official/ADJ/amod<agency agency=agency/NOUN/nsubj<said Korin/PROPN/appos<agency "
        "said=say/VERB/ROOT nothing/PRON/obj<said ."
    )
    mend(doc, {"say"}, set(), set())
    name = doc[at(doc, "Korin")]
    assert (name.head.text, name.dep_) == ("agency", "appos")


def test_what_a_passive_verb_has_by_did_it() -> None:
    doc = tree(
        "The/DET/det<bus bus=bus/NOUN/nsubj:pass<hit was=be/AUX/aux:pass<hit hit=hit/VERB/ROOT by/ADP/case<truck "
        "the/DET/det<truck truck=truck/NOUN/nsubj:pass<hit ."
    )
    mend(doc, set(), set(), set())
    assert [doc[at(doc, word)].dep_ for word in ("bus", "truck")] == ["nsubj:pass", "obl:agent"]


def test_of_two_descriptions_in_a_row_each_has_its_own_name() -> None:
    doc = tree(
        "The/DET/det<envoy envoy=envoy/NOUN/nsubj<spoke ,/PUNCT/punct<envoy Dorn/PROPN/appos<envoy ,/PUNCT/punct<envoy "
        "and/CCONJ/cc<premier the/DET/det<premier premier=premier/NOUN/conj<envoy ,/PUNCT/punct<premier "
        "Hult/PROPN/appos<envoy ,/PUNCT/punct<envoy spoke=speak/VERB/ROOT ."
    )
    mend(doc, set(), set(), set())
    assert doc[at(doc, "Dorn")].head.text == "envoy"
    assert doc[at(doc, "Hult")].head.text == "premier"


def test_a_name_between_with_and_a_participle_is_its_subject() -> None:
    doc = tree(
        "Senators/NOUN/nsubj<attacked attacked=attack/VERB/ROOT the/DET/det<inquiry inquiry/NOUN/obj<attacked "
        ",/PUNCT/punct<calling with/SCONJ/mark<calling Dole/PROPN/obl<attacked calling=call/VERB/advcl<attacked "
        "it/PRON/obj<calling a/DET/det<sham sham/NOUN/xcomp<calling ."
    )
    doc[at(doc, "calling")].tag_ = "VBG"
    mend(doc, set(), set(), set())
    name = doc[at(doc, "Dole")]
    assert (name.head.text, name.dep_) == ("calling", "nsubj")
