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


def test_a_participle_that_opens_a_sentence_hangs_on_its_clause() -> None:
    doc = tree(
        "Born=bear/VERB/ROOT in/ADP/case<Porto Porto/PROPN/obl<Born , she/PRON/nsubj<studied "
        "studied=study/VERB/parataxis<Born law/NOUN/obj<studied ."
    )
    doc[0].tag_ = "VBN"
    mend(doc, set(), set(), set())
    assert (doc[at(doc, "Born")].dep_, doc[at(doc, "Born")].head.text) == ("advcl", "studied")
    assert doc[at(doc, "studied")].head.text == "studied"


def test_a_description_that_opens_a_sentence_describes_the_name_after_it() -> None:
    doc = tree(
        "The/DET/det<daughter daughter/NOUN/ROOT of/ADP/case<miner a/DET/det<miner miner/NOUN/nmod<daughter , "
        "Costa/PROPN/appos<daughter joined=join/VERB/parataxis<daughter the/DET/det<party party/NOUN/obj<joined ."
    )
    mend(doc, set(), set(), set())
    name, noun = doc[at(doc, "Costa")], doc[at(doc, "daughter")]
    assert (name.dep_, name.head.text) == ("nsubj", "joined")
    assert (noun.dep_, noun.head.text) == ("appos", "Costa")


def test_a_name_before_a_verb_without_a_subject_is_its_subject() -> None:
    doc = tree(
        "Francis/PROPN/flat<named on/ADP/case<Sunday Sunday/PROPN/obl<named named=name/VERB/ROOT him/PRON/obj<named ."
    )
    mend(doc, set(), set(), set())
    assert doc[at(doc, "Francis")].dep_ == "nsubj"


def test_a_title_is_no_head_of_a_name() -> None:
    words = "Cardinal/PROPN/nsubj<retired Simon/PROPN/flat<Cardinal Obi/PROPN/flat<Cardinal retired=retire/VERB/ROOT ."
    doc, other = tree(words), tree(words)
    mend(doc, set(), set(), {"cardinal"})
    assert (doc[1].dep_, doc[1].head.text, doc[0].head.text) == ("nsubj", "retired", "Simon")
    mend(other, set(), set(), set())
    assert other[1].head.text == "Cardinal"


def test_what_stands_before_a_word_of_two_parts_belongs_to_the_whole() -> None:
    doc = tree(
        "The/DET/det<party party/NOUN/nmod:poss<secretary 's/PART/case<party secretary/NOUN/compound<general - "
        "general/NOUN/nsubj<left left=leave/VERB/ROOT ."
    )
    mend(doc, set(), set(), set())
    assert doc[at(doc, "party")].head.text == "general"


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
