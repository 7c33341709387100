"""A few lines in the formats of GUM and OntoGUM."""

from kg.bench.gum import CoreferenceText, clusters, laid_out
from kg.bench.lab import Reference

CONLLU = """\
# newpar
# text = Port's trade rose.
1-2\tPort's\t_\t_\t_\t_\t_\t_\t_\t_
1\tPort\tport\tNOUN\tNN\t_\t3\tnmod:poss\t_\t_
2\t's\t's\tPART\tPOS\t_\t1\tcase\t_\t_
3\ttrade\ttrade\tNOUN\tNN\t_\t4\tnsubj\t_\t_
4\trose\trise\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No
4.1\t_\t_\t_\t_\t_\t_\t_\t_\t_
5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

# newpar
1\tIt\tit\tPRON\tPRP\t_\t2\tnsubj\t_\t_
2\tfell\tfall\tVERB\tVBD\t_\t0\troot\t_\t_
"""

CONLL = """\
# begin document
0\tPort\t(1(2)
1\t's\t1)
2\ttrade\t_
3\trose\t_
4\t.\t_

5\tIt\t(2)
6\tfell\t_
# end document
"""


def test_the_text_as_it_was_printed() -> None:
    text, starts = laid_out(CONLLU)
    assert text == "Port's trade rose.\n\nIt fell"
    assert [text[start:][:2] for start in starts] == ["Po", "'s", "tr", "ro", ".\n", "It", "fe"]


def test_nested_and_single_brackets() -> None:
    assert clusters(CONLL) == (frozenset({(0, 1)}), frozenset({(0, 0), (5, 5)}))


def test_chains_become_clusters_of_tokens_without_singletons() -> None:
    text, starts = laid_out(CONLLU)
    document = CoreferenceText("x", text, starts, clusters(CONLL))
    port, it, trade = (
        Reference(0, 4, 0, "nominal"),
        Reference(20, 22, 20, "pronoun"),
        Reference(0, 12, 7, "nominal"),
    )
    assert document.clusters_of([(port, it), (trade,)]) == [frozenset({(0, 0), (5, 5)})]
    assert document.tokens(0, 12) == (0, 2)
