"""Whole noun phrases of heads, as OntoNotes would mark them."""

import pytest

from kg.extraction.phrases import extent
from tests.extraction.trees import at, tree


@pytest.mark.parametrize(
    ("head", "phrase"),
    [
        ("mayor", "The old mayor of Arda, who resigned"),
        ("Arda", "Arda"),
        ("sister", "her sister"),
        ("Bren", "Bren’s"),
        ("boats", "the boats"),
        ("left", "left"),
    ],
)
def test_a_phrase_has_its_articles_and_clauses_but_no_preposition_and_no_conjunct(head: str, phrase: str) -> None:
    doc = tree(
        """
The/DET/det<mayor old/ADJ/amod<mayor mayor/NOUN/nsubj<met of/ADP/case<Arda Arda/PROPN/nmod<mayor ,/PUNCT/punct<resigned
 who/PRON+PronType=Rel/nsubj<resigned resigned=resign/VERB/acl:relcl<mayor ,/PUNCT/punct<mayor met=meet/VERB/ROOT
 her/PRON/nmod:poss<sister sister/NOUN/obj<met and/CCONJ/cc<brother Bren/PROPN/nmod:poss<brother ’s/PART/case<Bren
 brother/NOUN/conj<sister before/SCONJ/mark<left the/DET/det<boats boats=boat/NOUN/nsubj<left
 left=leave/VERB/advcl<met .
""".replace("\n ", " ")
    )
    start, end = extent(doc[at(doc, head)])
    assert doc[start:end].text == phrase
