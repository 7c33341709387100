"""Sentences as trees go in; who says what, through whom, and how it is meant come out."""

from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from kg.claims import Stance
from kg.extraction.layers import Saying, register
from kg.extraction.sayings import negated, say_of

from .trees import at, english, tree

STANCES = get_args(Stance)


def said(doc: Doc, form: str) -> tuple[Stance, str | None, str | None, bool]:
    """Stance, speaker, via, and whether it is reported, for the word ``form``."""
    saying = say_of(doc, at(doc, form))
    speaker = None if saying.speaker is None else doc[saying.speaker].text
    via = None if saying.via is None else doc[saying.via].text
    return saying.stance, speaker, via, saying.reported


BLAST = "The/DET/det<blast blast/NOUN/nsubj<hit hit=hit/VERB+Tense=Past|VerbForm=Fin"


# Each case: the sentence, the word asked for, and stance, speaker, via, reported.
CASES = {
    "plain": (
        "Rebels/NOUN/nsubj<stormed stormed=storm/VERB+Tense=Past|VerbForm=Fin/ROOT the/DET/det<base"
        " base/NOUN/obj<stormed .",
        "stormed",
        ("asserted", None, None, False),
    ),
    "said that": (
        "Police/NOUN/nsubj<said said=say/VERB/ROOT that/SCONJ/mark<killed rebels/NOUN/nsubj<killed"
        " killed=kill/VERB+Tense=Past|VerbForm=Fin/ccomp<said ten/NUM/obj<killed .",
        "killed",
        ("asserted", "Police", None, True),
    ),
    "inserted at the end": (
        f"{BLAST}/ROOT the/DET/det<school school/NOUN/obj<hit , police/NOUN/nsubj<said said=say/VERB/parataxis<hit .",
        "hit",
        ("asserted", "police", None, True),
    ),
    "the inserted verb itself": (
        f"{BLAST}/ROOT the/DET/det<school school/NOUN/obj<hit , police/NOUN/nsubj<said said=say/VERB/parataxis<hit .",
        "said",
        ("asserted", None, None, False),
    ),
    "as X said": (
        f"As/SCONJ/mark<said police/NOUN/nsubj<said said=say/VERB/advcl<hit , {BLAST}/ROOT a/DET/det<school"
        f" school/NOUN/obj<hit .",
        "hit",
        ("asserted", "police", None, True),
    ),
    "inverted": (
        f"“ {BLAST}/ccomp<said it/PRON/obj<hit , ” said=say/VERB/ROOT Mayor/NOUN/nmod:desc<Ruiz"
        " Ruiz/PROPN/nsubj<said .",
        "hit",
        ("asserted", "Ruiz", None, True),
    ),
    "participle inherits": (
        f"{BLAST}/ROOT it/PRON/obj<hit , killing=kill/VERB+VerbForm=Part/advcl<hit ten/NUM/obj<killing ,"
        f" police/NOUN/nsubj<said"
        " said=say/VERB/parataxis<hit .",
        "killing",
        ("asserted", "police", None, True),
    ),
    "after colon": (
        "Ruiz/PROPN/nsubj<said said=say/VERB/ROOT : We/PRON/nsubj<won"
        " won=win/VERB+Tense=Past|VerbForm=Fin/parataxis<said .",
        "won",
        ("asserted", "Ruiz", None, True),
    ),
    "told an agency": (
        "Ruiz/PROPN/nsubj<told told=tell/VERB/ROOT the/DET/det<agency Norpress/PROPN/compound<agency"
        " agency/NOUN/obj<told"
        " rebels/NOUN/nsubj<fled fled=flee/VERB+Tense=Past|VerbForm=Fin/ccomp<told .",
        "fled",
        ("asserted", "Ruiz", "agency", True),
    ),
    "in an interview with": (
        "In/ADP/case<interview an/DET/det<interview interview/NOUN/obl<said with/ADP/case<Norpress"
        " Norpress/PROPN/nmod<interview"
        " ,"
        " Ruiz/PROPN/nsubj<said said=say/VERB/ROOT rebels/NOUN/nsubj<fled"
        " fled=flee/VERB+Tense=Past|VerbForm=Fin/ccomp<said .",
        "fled",
        ("asserted", "Ruiz", "Norpress", True),
    ),
    "according to": (
        f"According=accord/VERB/case<Ruiz to/ADP/fixed<According Ruiz/PROPN/obl<hit , {BLAST}/ROOT a/DET/det<school"
        " school/NOUN/obj<hit .",
        "hit",
        ("asserted", "Ruiz", None, True),
    ),
    "citing": (
        "Norpress/PROPN/nsubj<reported reported=report/VERB/ROOT rebels/NOUN/nsubj<fled"
        " fled=flee/VERB+Tense=Past|VerbForm=Fin/ccomp<reported"
        " , citing=cite/VERB+VerbForm=Part/advcl<reported police/NOUN/obj<citing .",
        "fled",
        ("asserted", "police", "Norpress", True),
    ),
    "citing a ground": (
        "Norpress/PROPN/nsubj<reported reported=report/VERB/ROOT rebels/NOUN/nsubj<fled"
        " fled=flee/VERB+Tense=Past|VerbForm=Fin/ccomp<reported"
        " , citing=cite/VERB+VerbForm=Part/advcl<reported fears=fear/NOUN/obj<citing .",
        "fled",
        ("asserted", "Norpress", None, True),
    ),
    "quoted by": (
        "Ruiz/PROPN/nsubj:pass<quoted was=be/AUX/aux:pass<quoted quoted=quote/VERB/ROOT by/ADP/case<Norpress"
        " Norpress/PROPN/obl:agent<quoted as/SCONJ/mark<saying saying=say/VERB/advcl<quoted rebels/NOUN/nsubj<fled"
        " fled=flee/VERB+Tense=Past|VerbForm=Fin/ccomp<saying .",
        "fled",
        ("asserted", "Ruiz", "Norpress", True),
    ),
    "it added": (
        "It/PRON/nsubj<added added=add/VERB/ROOT that/SCONJ/mark<fled rebels/NOUN/nsubj<fled"
        " fled=flee/VERB+Tense=Past|VerbForm=Fin/ccomp<added .",
        "fled",
        ("asserted", "It", None, True),
    ),
    "a statement from": (
        "A/DET/det<statement statement/NOUN/nsubj<said from/ADP/case<ministry the/DET/det<ministry"
        " ministry/NOUN/nmod<statement said=say/VERB/ROOT rebels/NOUN/nsubj<fled"
        " fled=flee/VERB+Tense=Past|VerbForm=Fin/ccomp<said .",
        "fled",
        ("asserted", "ministry", None, True),
    ),
    "saying without a subject": (
        "Ruiz/PROPN/nsubj<resigned resigned=resign/VERB+Tense=Past|VerbForm=Fin/ROOT ,"
        " saying=say/VERB+VerbForm=Part/advcl<resigned"
        " rebels/NOUN/nsubj<fled fled=flee/VERB+Tense=Past|VerbForm=Fin/ccomp<saying .",
        "fled",
        ("asserted", "Ruiz", None, True),
    ),
    "second verb of the same speaker": (
        "Ruiz/PROPN/nsubj<resigned resigned=resign/VERB+Tense=Past|VerbForm=Fin/ROOT and/CCONJ/cc<said"
        " said=say/VERB+Tense=Past|VerbForm=Fin/conj<resigned"
        " rebels/NOUN/nsubj<fled fled=flee/VERB+Tense=Past|VerbForm=Fin/ccomp<said .",
        "fled",
        ("asserted", "Ruiz", None, True),
    ),
    "claimed": (
        "Ruiz/PROPN/nsubj<claimed claimed=claim/VERB/ROOT rebels/NOUN/nsubj<fled"
        " fled=flee/VERB+Tense=Past|VerbForm=Fin/ccomp<claimed .",
        "fled",
        ("alleged", "Ruiz", None, True),
    ),
    "somebody's claim": (
        "Ruiz/PROPN/nmod:poss<claim 's/PART/case<Ruiz claim/NOUN/nsubj<angered that/SCONJ/mark<fled"
        " rebels/NOUN/nsubj<fled"
        " fled=flee/VERB+Tense=Past|VerbForm=Fin/acl<claim angered=anger/VERB+Tense=Past|VerbForm=Fin/ROOT"
        " them/PRON/obj<angered .",
        "fled",
        ("alleged", "Ruiz", None, True),
    ),
    "reportedly": (
        "Rebels/NOUN/nsubj<fled reportedly/ADV/advmod<fled fled=flee/VERB+Tense=Past|VerbForm=Fin/ROOT .",
        "fled",
        ("alleged", None, None, True),
    ),
    "blamed": (
        "Ruiz/PROPN/nsubj<blamed blamed=blame/VERB+Tense=Past|VerbForm=Fin/ROOT rebels/NOUN/obj<blamed"
        " for/ADP/case<attack"
        " the/DET/det<attack attack/NOUN/obl<blamed .",
        "blamed",
        ("alleged", "Ruiz", None, True),
    ),
    "blamed for what happened": (
        "Ruiz/PROPN/nsubj<blamed blamed=blame/VERB+Tense=Past|VerbForm=Fin/ROOT rebels/NOUN/obj<blamed"
        " for/ADP/case<attack"
        " the/DET/det<attack attack/NOUN/obl<blamed .",
        "attack",
        ("asserted", None, None, False),
    ),
    "accused of": (
        "Ruiz/PROPN/nsubj<accused accused=accuse/VERB+Tense=Past|VerbForm=Fin/ROOT them/PRON/obj<accused"
        " of/SCONJ/mark<burning"
        " burning=burn/VERB+VerbForm=Ger/advcl<accused farms=farm/NOUN/obj<burning .",
        "burning",
        ("alleged", "Ruiz", None, True),
    ),
    "is believed to": (
        "He/PRON/nsubj:pass<believed is=be/AUX/aux:pass<believed believed=believe/VERB/ROOT to/PART/mark<killed"
        " have/AUX/aux<killed killed=kill/VERB+VerbForm=Part|Tense=Past/xcomp<believed her/PRON/obj<killed .",
        "killed",
        ("alleged", None, None, True),
    ),
    "was said to have": (
        "He/PRON/nsubj:pass<said was=be/AUX/aux:pass<said said=say/VERB/ROOT to/PART/mark<fled have/AUX/aux<fled"
        " fled=flee/VERB+VerbForm=Part/xcomp<said .",
        "fled",
        ("alleged", None, None, True),
    ),
    "nested speakers": (
        "Norpress/PROPN/nsubj<said said=say/VERB/ROOT police/NOUN/nsubj<believe believe/VERB/ccomp<said"
        " rebels/NOUN/nsubj<fled"
        " fled=flee/VERB+Tense=Past|VerbForm=Fin/ccomp<believe .",
        "fled",
        ("alleged", "police", "Norpress", True),
    ),
    "not": (
        "Rebels/NOUN/nsubj<kill did=do/AUX/aux<kill not/PART/advmod<kill kill/VERB+VerbForm=Inf/ROOT"
        " him/PRON/obj<kill .",
        "kill",
        ("denied", None, None, False),
    ),
    "not only": (
        "Rebels/NOUN/nsubj<killed not/PART/advmod<killed only/ADV/advmod<killed killed=kill/VERB+VerbForm=Fin/ROOT"
        " him/PRON/obj<killed .",
        "killed",
        ("asserted", None, None, False),
    ),
    "no longer": (
        "Ruiz/PROPN/nsubj<mayor is=be/AUX+VerbForm=Fin/cop<mayor no/ADV/advmod<longer longer/ADV/advmod<mayor"
        " mayor/NOUN/ROOT .",
        "mayor",
        ("denied", None, None, False),
    ),
    "nobody": (
        "Nobody/PRON/nsubj:pass<killed was=be/AUX/aux:pass<killed killed=kill/VERB+VerbForm=Part/ROOT .",
        "killed",
        ("denied", None, None, False),
    ),
    "denied that": (
        "Ruiz/PROPN/nsubj<denied denied=deny/VERB+Tense=Past|VerbForm=Fin/ROOT that/SCONJ/mark<fled"
        " rebels/NOUN/nsubj<fled"
        " fled=flee/VERB+Tense=Past|VerbForm=Fin/ccomp<denied .",
        "fled",
        ("denied", "Ruiz", None, True),
    ),
    "does not believe": (
        "Ruiz/PROPN/nsubj<believe does=do/AUX/aux<believe not/PART/advmod<believe believe/VERB/ROOT"
        " rebels/NOUN/nsubj<fled"
        " fled=flee/VERB+Tense=Past|VerbForm=Fin/ccomp<believe .",
        "fled",
        ("denied", "Ruiz", None, True),
    ),
    "did not say that": (
        "Ruiz/PROPN/nsubj<say did=do/AUX/aux<say not/PART/advmod<say say/VERB/ROOT that/SCONJ/mark<fled"
        " rebels/NOUN/nsubj<fled"
        " fled=flee/VERB+Tense=Past|VerbForm=Fin/ccomp<say .",
        "fled",
        ("possible", None, None, False),
    ),
    "did not say who": (
        "Ruiz/PROPN/nsubj<say did=do/AUX/aux<say not/PART/advmod<say say/VERB/ROOT who/PRON/nsubj<killed"
        " killed=kill/VERB+Tense=Past|VerbForm=Fin/ccomp<say him/PRON/obj<killed .",
        "killed",
        ("asserted", None, None, False),
    ),
    "without": (
        "Rebels/NOUN/nsubj<left left=leave/VERB+Tense=Past|VerbForm=Fin/ROOT without/SCONJ/mark<killing"
        " killing=kill/VERB+VerbForm=Ger/advcl<left him/PRON/obj<killing .",
        "killing",
        ("denied", None, None, False),
    ),
    "failed to": (
        "Rebels/NOUN/nsubj<failed failed=fail/VERB+Tense=Past|VerbForm=Fin/ROOT to/PART/mark<kill"
        " kill/VERB+VerbForm=Inf/xcomp<failed him/PRON/obj<kill .",
        "kill",
        ("denied", None, None, False),
    ),
    "neither nor": (
        "He/PRON/nsubj<killed neither/CCONJ/cc:preconj<killed killed=kill/VERB+VerbForm=Fin/ROOT nor/CCONJ/cc<robbed"
        " robbed=rob/VERB+VerbForm=Fin/conj<killed anyone/PRON/obj<robbed .",
        "robbed",
        ("denied", None, None, False),
    ),
    "may have": (
        "Rebels/NOUN/nsubj<killed may/AUX/aux<killed have/AUX/aux<killed killed=kill/VERB+VerbForm=Part/ROOT"
        " him/PRON/obj<killed .",
        "killed",
        ("possible", None, None, False),
    ),
    "may not": (
        "Rebels/NOUN/nsubj<killed may/AUX/aux<killed not/PART/advmod<killed have/AUX/aux<killed"
        " killed=kill/VERB+VerbForm=Part/ROOT him/PRON/obj<killed .",
        "killed",
        ("possible", None, None, False),
    ),
    "could not": (
        "Rebels/NOUN/nsubj<reach could=can/AUX/aux<reach not/PART/advmod<reach reach/VERB+VerbForm=Inf/ROOT"
        " him/PRON/obj<reach .",
        "reach",
        ("denied", None, None, False),
    ),
    "if": (
        "If/SCONJ/mark<attack rebels/NOUN/nsubj<attack attack/VERB+VerbForm=Fin/advcl<flee ,"
        " villagers=villager/NOUN/nsubj<flee"
        " flee/VERB+Tense=Pres|VerbForm=Fin/ROOT .",
        "attack",
        ("possible", None, None, False),
    ),
    "whether": (
        "It/PRON/expl<unclear is=be/AUX/cop<unclear unclear/ADJ/ROOT whether/SCONJ/mark<fled rebels/NOUN/nsubj<fled"
        " fled=flee/VERB+Tense=Past|VerbForm=Fin/csubj<unclear .",
        "fled",
        ("possible", None, None, False),
    ),
    "unclear who": (
        "It/PRON/expl<unclear is=be/AUX/cop<unclear unclear/ADJ/ROOT who/PRON/nsubj<fired"
        " fired=fire/VERB+Tense=Past|VerbForm=Fin/ccomp<unclear .",
        "fired",
        ("asserted", None, None, False),
    ),
    "seems to": (
        "He/PRON/nsubj<seems seems=seem/VERB+VerbForm=Fin/ROOT to/PART/mark<fled have/AUX/aux<fled"
        " fled=flee/VERB/xcomp<seems .",
        "fled",
        ("possible", None, None, False),
    ),
    "fears that": (
        "Fears=fear/NOUN/nsubj<grew that/SCONJ/mark<fled rebels/NOUN/nsubj<fled fled=flee/VERB+VerbForm=Fin/acl<Fears"
        " grew=grow/VERB+VerbForm=Fin/ROOT .",
        "fled",
        ("possible", None, None, False),
    ),
    "tried to": (
        "He/PRON/nsubj<tried tried=try/VERB+VerbForm=Fin/ROOT to/PART/mark<kill kill/VERB+VerbForm=Inf/xcomp<tried"
        " her/PRON/obj<kill .",
        "kill",
        ("possible", None, None, False),
    ),
    "question": (
        "Did=do/AUX/aux<kill he/PRON/nsubj<kill kill/VERB+VerbForm=Inf/ROOT her/PRON/obj<kill ?",
        "kill",
        ("possible", None, None, False),
    ),
    "will": (
        "He/PRON/nsubj:pass<buried will/AUX/aux<buried be/AUX/aux:pass<buried buried=bury/VERB+VerbForm=Part/ROOT"
        " Friday/PROPN/obl:unmarked<buried .",
        "buried",
        ("planned", None, None, False),
    ),
    "is to be": (
        "He/PRON/nsubj:pass<buried is=be/AUX+VerbForm=Fin/aux<buried to/PART/mark<buried be/AUX/aux:pass<buried"
        " buried=bury/VERB+VerbForm=Part/ROOT .",
        "buried",
        ("planned", None, None, False),
    ),
    "said he would": (
        "He/PRON/nsubj<said said=say/VERB/ROOT she/PRON/nsubj<leave would/AUX/aux<leave"
        " leave/VERB+VerbForm=Inf/ccomp<said .",
        "leave",
        ("planned", "He", None, True),
    ),
    "vowed to": (
        "Rebels/NOUN/nsubj<vowed vowed=vow/VERB+VerbForm=Fin/ROOT to/PART/mark<kill"
        " kill/VERB+VerbForm=Inf/xcomp<vowed him/PRON/obj<kill .",
        "kill",
        ("planned", "Rebels", None, True),
    ),
    "plan to": (
        "Police/NOUN/nsubj<found found=find/VERB+VerbForm=Fin/ROOT a/DET/det<plan plan/NOUN/obj<found to/PART/mark<kill"
        " kill/VERB+VerbForm=Inf/acl<plan him/PRON/obj<kill .",
        "kill",
        ("planned", None, None, False),
    ),
    "ordered the killing": (
        "Ruiz/PROPN/nsubj<ordered ordered=order/VERB+VerbForm=Fin/ROOT troops=troop/NOUN/obj<ordered to/PART/mark<kill"
        " kill/VERB+VerbForm=Inf/xcomp<ordered him/PRON/obj<kill .",
        "kill",
        ("planned", "Ruiz", None, True),
    ),
    "purpose": (
        "He/PRON/nsubj<flew flew=fly/VERB+VerbForm=Fin/ROOT there/ADV/advmod<flew to/PART/mark<kill"
        " kill/VERB+VerbForm=Inf/advcl<flew"
        " her/PRON/obj<kill .",
        "kill",
        ("planned", None, None, False),
    ),
    "the first to": (
        "She/PRON/nsubj<woman was=be/AUX/cop<woman the/DET/det<woman first/ADJ/amod<woman woman/NOUN/ROOT"
        " to/PART/mark<win"
        " win/VERB+VerbForm=Inf/acl<woman it/PRON/obj<win .",
        "win",
        ("asserted", None, None, False),
    ),
    "managed to": (
        "He/PRON/nsubj<managed managed=manage/VERB+VerbForm=Fin/ROOT to/PART/mark<flee"
        " flee/VERB+VerbForm=Inf/xcomp<managed .",
        "flee",
        ("asserted", None, None, False),
    ),
    "after, inside a denial": (
        "He/PRON/nsubj<buried was=be/AUX/aux:pass<buried not/PART/advmod<buried buried=bury/VERB+VerbForm=Part/ROOT"
        " after/SCONJ/mark<killed he/PRON/nsubj:pass<killed was=be/AUX/aux:pass<killed"
        " killed=kill/VERB+VerbForm=Part/advcl<buried .",
        "killed",
        ("asserted", None, None, False),
    ),
    "relative clause inside a denial": (
        "Ruiz/PROPN/nsubj<denied denied=deny/VERB+VerbForm=Fin/ROOT he/PRON/nsubj<met"
        " met=meet/VERB+VerbForm=Fin/ccomp<denied"
        " the/DET/det<man man/NOUN/obj<met who/PRON/nsubj<killed killed=kill/VERB+VerbForm=Fin/acl:relcl<man"
        " her/PRON/obj<killed .",
        "killed",
        ("asserted", "Ruiz", None, True),
    ),
    "shared auxiliary": (
        "He/PRON/nsubj:pass<shot may/AUX/aux<shot have/AUX/aux<shot been/AUX/aux:pass<shot"
        " shot=shoot/VERB+VerbForm=Part/ROOT and/CCONJ/cc<killed"
        " killed=kill/VERB+VerbForm=Part/conj<shot .",
        "killed",
        ("possible", None, None, False),
    ),
    "shared negation": (
        "Rebels/NOUN/nsubj<kill did=do/AUX/aux<kill not/PART/advmod<kill kill/VERB+VerbForm=Inf/ROOT or/CCONJ/cc<hurt"
        " hurt/VERB+VerbForm=Inf/conj<kill anyone/PRON/obj<hurt .",
        "hurt",
        ("denied", None, None, False),
    ),
    "not shared after but": (
        "He/PRON/nsubj:pass<killed was=be/AUX/aux:pass<killed not/PART/advmod<killed"
        " killed=kill/VERB+VerbForm=Part/ROOT but/CCONJ/cc<wounded"
        " wounded=wound/VERB+VerbForm=Part/conj<killed .",
        "wounded",
        ("asserted", None, None, False),
    ),
    "finite conjunct has its own": (
        "He/PRON/nsubj<flee did=do/AUX/aux<flee not/PART/advmod<flee flee/VERB+VerbForm=Inf/ROOT and/CCONJ/cc<shot"
        " shot=shoot/VERB+Tense=Past|VerbForm=Fin/conj<flee her/PRON/obj<shot .",
        "shot",
        ("asserted", None, None, False),
    ),
    "noun: alleged": (
        "The/DET/det<attack alleged/ADJ/amod<attack attack/NOUN/nsubj<shook shook=shake/VERB+VerbForm=Fin/ROOT"
        " them/PRON/obj<shook .",
        "attack",
        ("alleged", None, None, False),
    ),
    "noun: foiled": (
        "Police/NOUN/nsubj<foiled foiled=foil/VERB+VerbForm=Fin/ROOT an/DET/det<attack attack/NOUN/obj<foiled .",
        "attack",
        ("denied", None, None, False),
    ),
    "noun: denied": (
        "Rebels/NOUN/nsubj<denied denied=deny/VERB+VerbForm=Fin/ROOT the/DET/det<attack attack/NOUN/obj<denied .",
        "attack",
        ("denied", "Rebels", None, True),
    ),
    "noun: denied involvement": (
        "Rebels/NOUN/nsubj<denied denied=deny/VERB+VerbForm=Fin/ROOT involvement/NOUN/obj<denied in/ADP/case<attack"
        " the/DET/det<attack"
        " attack/NOUN/nmod<involvement .",
        "attack",
        ("asserted", None, None, False),
    ),
    "noun: attempt": (
        "He/PRON/nsubj<survived survived=survive/VERB+VerbForm=Fin/ROOT an/DET/det<attempt"
        " assassination/NOUN/compound<attempt"
        " attempt/NOUN/obj<survived .",
        "assassination",
        ("possible", None, None, False),
    ),
    "noun: reports of": (
        "Reports=report/NOUN+Number=Plur/nsubj<spread of/ADP/case<killing a/DET/det<killing killing/NOUN/nmod<Reports"
        " spread/VERB+Tense=Past|VerbForm=Fin/ROOT .",
        "killing",
        ("alleged", None, None, True),
    ),
    "noun: accused of murder": (
        "Police/NOUN/nsubj<accused accused=accuse/VERB+VerbForm=Fin/ROOT him/PRON/obj<accused of/ADP/case<murder"
        " murder/NOUN/obl<accused .",
        "murder",
        ("alleged", "Police", None, True),
    ),
    "noun: may launch": (
        "Rebels/NOUN/nsubj<launch may/AUX/aux<launch launch/VERB+VerbForm=Inf/ROOT an/DET/det<attack"
        " attack/NOUN/obj<launch .",
        "attack",
        ("possible", None, None, False),
    ),
    "noun: could hurt the attack's victims": (
        "Rebels/NOUN/nsubj<praise may/AUX/aux<praise praise/VERB+VerbForm=Inf/ROOT the/DET/det<attack"
        " attack/NOUN/obj<praise .",
        "attack",
        ("asserted", None, None, False),
    ),
    "noun: the attack did not happen": (
        "The/DET/det<attack attack/NOUN/nsubj<happen did=do/AUX/aux<happen not/PART/advmod<happen"
        " happen/VERB+VerbForm=Inf/ROOT .",
        "attack",
        ("denied", None, None, False),
    ),
    "called it an attack": (
        "Ruiz/PROPN/nsubj<called called=call/VERB+VerbForm=Fin/ROOT the/DET/det<blast blast/NOUN/obj<called"
        " an/DET/det<attack"
        " attack/NOUN/xcomp<called .",
        "attack",
        ("alleged", "Ruiz", None, True),
    ),
    "no evidence that": (
        "Ruiz/PROPN/nsubj<saw saw=see/VERB+VerbForm=Fin/ROOT no/DET/det<evidence evidence/NOUN/obj<saw"
        " that/SCONJ/mark<fled rebels/NOUN/nsubj<fled"
        " fled=flee/VERB+VerbForm=Fin/acl<evidence .",
        "fled",
        ("possible", None, None, True),
    ),
    "denied doing": (
        "Ruiz/PROPN/nsubj<denied denied=deny/VERB+VerbForm=Fin/ROOT killing=kill/VERB+VerbForm=Ger/xcomp<denied"
        " her/PRON/obj<killing .",
        "killing",
        ("denied", "Ruiz", None, True),
    ),
    "feared dead": (
        "Ten/NUM/nsubj:pass<feared are=be/AUX+VerbForm=Fin/aux:pass<feared feared=fear/VERB+VerbForm=Part/ROOT"
        " dead/ADJ/xcomp<feared .",
        "dead",
        ("alleged", None, None, True),
    ),
    "elected president": (
        "Ruiz/PROPN/nsubj:pass<elected was=be/AUX+VerbForm=Fin/aux:pass<elected elected=elect/VERB+VerbForm=Part/ROOT"
        " president/NOUN/xcomp<elected .",
        "president",
        ("asserted", None, None, False),
    ),
    "noun: by a strike that may be": (
        "He/PRON/nsubj:pass<killed may/AUX/aux<killed have/AUX/aux<killed been/AUX/aux:pass<killed"
        " killed=kill/VERB+VerbForm=Part/ROOT by/ADP/case<strike a/DET/det<strike strike/NOUN/obl:agent<killed .",
        "strike",
        ("possible", None, None, False),
    ),
    "noun: after an attack": (
        "He/PRON/nsubj<resign may/AUX/aux<resign resign/VERB+VerbForm=Inf/ROOT after/ADP/case<attack an/DET/det<attack"
        " attack/NOUN/obl<resign .",
        "attack",
        ("asserted", None, None, False),
    ),
    "imperative": (
        "Free/VERB+Mood=Imp|VerbForm=Fin/ROOT the/DET/det<hostages hostages=hostage/NOUN/obj<Free .",
        "Free",
        ("planned", None, None, False),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_saying(name: str) -> None:
    text, form, expected = CASES[name]
    assert said(tree(text), form) == expected


FIRST = (
    "“ We/PRON/nsubj<won won=win/VERB+Tense=Past|VerbForm=Fin/ccomp<said , ” said=say/VERB/ROOT Ruiz/PROPN/nsubj<said ."
)
LONG = (
    "“ We/PRON/nsubj<won won=win/VERB+Tense=Past|VerbForm=Fin/ROOT .\n"
    "They/PRON/nsubj<fled fled=flee/VERB+Tense=Past|VerbForm=Fin/ccomp<said , ” said=say/VERB/ROOT"
    " Ruiz/PROPN/nsubj<said ."
)
NEXT = "“ They/PRON/nsubj<fled fled=flee/VERB+Tense=Past|VerbForm=Fin/ROOT . ”"


def test_a_quotation_keeps_its_speaker_over_sentences() -> None:
    assert said(tree(LONG), "won") == ("asserted", "Ruiz", None, True)


def test_a_second_quotation_of_a_paragraph_has_the_same_speaker() -> None:
    assert said(tree(f"{FIRST}\n{NEXT}"), "fled") == ("asserted", "Ruiz", None, True)


def test_a_paragraph_that_is_all_quotation_goes_on() -> None:
    assert said(tree(f"{FIRST}\n\n{NEXT}"), "fled") == ("asserted", "Ruiz", None, True)


def test_a_quotation_announced_by_a_colon() -> None:
    lead = "Ruiz/PROPN/nsubj<said said=say/VERB+VerbForm=Fin/ROOT :"
    assert said(tree(f"{lead}\n{NEXT}"), "fled") == ("asserted", "Ruiz", None, True)


def test_after_the_quotation_the_article_speaks_again() -> None:
    own = "Troops=troop/NOUN/nsubj<returned returned=return/VERB+Tense=Past|VerbForm=Fin/ROOT ."
    doc = tree(f"{FIRST}\n{own}")
    assert say_of(doc, at(doc, "returned")) == Saying()


def test_words_in_quotation_marks_are_no_speech() -> None:
    text = "The/DET/det<peace “ peace/NOUN/nsubj<held ” held=hold/VERB+Tense=Past|VerbForm=Fin/ROOT ."
    assert said(tree(text), "held") == ("asserted", None, None, False)


def test_sayings_are_remembered_on_the_doc() -> None:
    doc = tree(FIRST)
    assert say_of(doc, at(doc, "won")) is say_of(doc, at(doc, "won"))


def test_negation_of_a_phrase() -> None:
    text = (
        "He/PRON/nsubj:pass<killed was=be/AUX/aux:pass<killed killed=kill/VERB+VerbForm=Part/ROOT"
        " not/PART/advmod<rebels by/ADP/case<rebels"
        " rebels/NOUN/obl:agent<killed but/CCONJ/cc<troops by/ADP/case<troops troops/NOUN/conj<rebels ."
    )
    doc = tree(text)
    assert negated(doc, at(doc, "rebels"))
    assert not negated(doc, at(doc, "killed"))
    assert not negated(doc, at(doc, "troops"))


FORMS = ("said", "deny", "not", "to", "if", "may", "quote", "citing", "attack", "as", "“", "”", "no")
RELATIONS = ("ccomp", "xcomp", "advcl", "acl", "acl:relcl", "conj", "parataxis", "nsubj", "obj", "obl", "nmod", "mark")
TAGS = ("VERB", "NOUN", "AUX")
ROWS = st.tuples(st.sampled_from(FORMS), st.sampled_from(TAGS), st.sampled_from(RELATIONS), st.integers(0, 11))


@settings(deadline=None)
@given(st.lists(ROWS, min_size=1, max_size=12))
def test_no_tree_however_broken_stops_it(rows: list[tuple[str, str, str, int]]) -> None:
    register()
    forms, tags, relations, heads = ([*column] for column in zip(*rows, strict=True))
    heads = [min(head, place) for place, head in enumerate(heads)]
    relations = ["ROOT" if head == place else relations[place] for place, head in enumerate(heads)]
    doc = Doc(english().vocab, words=forms, lemmas=forms, pos=tags, deps=relations, heads=heads)
    assert all(say_of(doc, place).stance in STANCES for place in range(len(doc)))
