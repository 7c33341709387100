from datetime import date
from decimal import Decimal
from io import BytesIO

import networkx
from hypothesis import given
from hypothesis import strategies as some

from kg.views import clean

ANYTHING = some.one_of(
    some.none(),
    some.booleans(),
    some.integers(-(2**40), 2**40),
    some.floats(),
    some.text(),
    some.decimals(),
    some.dates(),
)
NAMES = some.text(min_size=1, max_size=8) | some.sampled_from(sorted(clean.RESERVED))


def test_value_makes_every_kind_plain() -> None:
    assert clean.value(Decimal("0.93")) == 0.93
    assert clean.value(date(2031, 5, 4)) == "2031-05-04"
    assert clean.value(["a", None, 3]) == "a; 3"
    assert clean.value({"low": 1}) == "low: 1"
    assert clean.value(float("nan")) is None
    assert clean.value([]) is None
    assert clean.value(True) is True


def test_text_keeps_all_but_what_xml_cannot_hold() -> None:
    assert clean.text("a\x00b\x0b\ud800c\n – قم 😀") == "abc\n – قم 😀"


def test_reserved_names_are_changed_unless_allowed() -> None:
    assert clean.attributes({"id": 1, "type": "x", "label": "y"}, allowed=["label"]) == {
        "id_": 1,
        "type_": "x",
        "label": "y",
    }


def test_one_type_makes_numbers_and_words_words() -> None:
    rows: list[dict[str, clean.Plain]] = [{"a": 1, "b": 1}, {"a": 2.5, "b": "x"}]
    clean.one_type(rows)
    assert rows == [{"a": 1.0, "b": "1"}, {"a": 2.5, "b": "x"}]


@given(some.lists(some.dictionaries(NAMES, ANYTHING, max_size=4), min_size=1, max_size=4))
def test_whatever_comes_in_both_writers_take_and_both_readers_read(rows: list[dict[str, object]]) -> None:
    raw: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for number, row in enumerate(rows):
        raw.add_node(f"n{number}")
        raw.nodes[f"n{number}"].update(row)
        raw.add_edge(f"n{number}", "n0", key=f"k{number}")
        raw.edges[f"n{number}", "n0", f"k{number}"].update(row)
    plain = clean.graph(raw)
    graphml, gexf = BytesIO(), BytesIO()
    networkx.write_graphml(plain, graphml)
    networkx.write_gexf(plain, gexf)
    for out, read in ((graphml, networkx.read_graphml), (gexf, networkx.read_gexf)):
        out.seek(0)
        back = read(out)
        assert (len(back), back.number_of_edges()) == (len(raw), raw.number_of_edges())
