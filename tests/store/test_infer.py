"""What follows from what: taking triples in and out step by step gives what computing from nothing gives."""

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.store.evidence import Triple
from kg.store.infer import Memory, everything, in_doubt, premises, settle
from kg.store.rules import Rule, Rules, Step


class Made(Rules):
    """Rules without an ontology."""

    def __init__(self, rules: list[Rule]) -> None:
        self.by_head, self.by_need = {}, {}
        for rule in rules:
            self.by_head.setdefault(rule.head, []).append(rule)
            for place, step in enumerate(rule.path):
                self.by_need.setdefault(step.predicate, []).append((rule, place))


def _rule(head: str, *path: str) -> Rule:
    return Rule(f"<{head}>", tuple(Step(f"<{step.lstrip('^')}>", step.startswith("^")) for step in path))


# Sub-properties into symmetric ones, inverses, chains of inferred triples, a recursive rule, a path back to its start.
RULES = Made(
    [
        _rule("q", "p"),
        _rule("q", "^q"),
        _rule("r", "^p"),
        _rule("p", "^r"),
        _rule("s", "p", "q"),
        _rule("t", "s", "^p", "q"),
        _rule("t", "t", "t"),
        _rule("p", "u", "t"),
    ]
)
triples = st.tuples(
    st.sampled_from(["<a>", "<b>", "<c>", "<d>"]),
    st.sampled_from(["<p>", "<q>", "<r>", "<s>", "<u>"]),
    st.sampled_from(["<a>", "<b>", "<c>", "<d>", '"x"']),
).filter(lambda it: it[0] != it[2])


@settings(max_examples=150, deadline=None)
@given(st.sets(triples, max_size=7), st.sets(triples, max_size=3), st.sets(triples, max_size=3))
def test_a_change_gives_what_computing_anew_gives(stated: set[Triple], gone: set[Triple], come: set[Triple]) -> None:
    after_stated = (stated - gone) | come
    before, expected = everything(stated, RULES), everything(after_stated, RULES)
    doubtful = in_doubt(stated ^ after_stated, before, RULES)
    after = settle(doubtful, after_stated, before, RULES)
    assert {it for it in {*before, *doubtful} if it in after} == set(expected)


@given(st.sets(triples, max_size=8))
def test_whatever_was_not_stated_has_its_reasons(stated: set[Triple]) -> None:
    closed = everything(stated, RULES)
    for triple in set(closed) - stated:
        assert premises(triple, closed, RULES) <= set(closed)
        assert premises(triple, closed, RULES)


def test_literals_are_no_subjects_and_nothing_is_related_to_itself() -> None:
    closed = everything([("<a>", "<p>", '"x"'), ("<a>", "<p>", "<b>"), ("<b>", "<q>", "<a>")], RULES)
    assert all(subject.startswith("<") and subject != value for subject, _, value in closed)
    assert isinstance(closed, Memory)
