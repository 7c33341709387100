from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.views.menu import bound, menu, named, parsed

QUERY = """\
# title: Who leads what
# answers: Leaders.
# parameter: of (text, required) — what is led
# parameter: since (date, optional) — first day
# parameter: least (number, optional) — sources at least
# example: kg query leaders of="Quds Force"
# Another remark.

SELECT ?x { ?x kg:leaderOf ?y } # title: not this one
"""


def test_the_head_of_a_query_says_what_it_takes() -> None:
    query = parsed("leaders", QUERY)
    assert (query.title, query.answers) == ("Who leads what", "Leaders.")
    assert [(it.name, it.type, it.required) for it in query.parameters] == [
        ("of", "text", True),
        ("since", "date", False),
        ("least", "number", False),
    ]
    assert query.parameters[0].meaning == "what is led"
    assert query.examples == ('kg query leaders of="Quds Force"',)


def test_bound() -> None:
    query = parsed("leaders", QUERY)
    assert bound(query, {"of": "7", "least": "2"}) == {"of": "7", "least": 2}
    with pytest.raises(UsageError, match="needs of"):
        bound(query, {})
    with pytest.raises(UsageError, match="no parameter off"):
        bound(query, {"off": "x"})
    with pytest.raises(UsageError, match="takes a number"):
        bound(query, {"of": "x", "least": "many"})


def test_a_query_without_a_head_takes_any_parameter() -> None:
    assert bound(parsed("mine.rq", "SELECT * { ?s ?p ?o }"), {"s": "x"}) == {"s": "x"}


def test_the_shipped_menu_is_complete() -> None:
    queries = menu()
    assert len(queries) >= 15
    for query in queries.values():
        assert query.title, query.name
        assert query.answers, query.name


def test_named(tmp_path: Path) -> None:
    assert named("killed-by").name == "killed-by"
    with pytest.raises(UsageError, match="no query called"):
        named("nope")
    with pytest.raises(UsageError, match="can't be read"):
        named(str(tmp_path / "none.rq"))
    (tmp_path / "mine.rq").write_text("ASK {}")
    assert named(str(tmp_path / "mine.rq")).text == "ASK {}"


def test_a_head_that_cannot_be_read_is_told() -> None:
    with pytest.raises(UsageError, match="can't be read"):
        parsed("x", "# parameter: ???\n")
