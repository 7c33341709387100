"""When two names are one."""

import pytest

from kg.bench.names import normal, same


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("The U.S. Embassy", "us embassy"),
        ("Agência", "agencia"),
        ("Lind's", "lind"),
        ("the Martyrs’ Cemetery", "martyrs cemetery"),
        ("a", "a"),
        ("rear-guard", "rear guard"),
    ],
)
def test_normal(text: str, plain: str) -> None:
    assert normal(text) == plain


@pytest.mark.parametrize(
    ("text", "wanted", "is_same"),
    [
        ("Mara Lind", "mara lind", True),
        ("Gen. Mara Lind", "Mara Lind", True),
        ("Lind", "Mara Lind", True),
        ("Mara", "Mara Lind", False),
        ("Tom Lind", "Mara Lind", False),
        ("the attack on the embassy", "attack", True),
        ("the attack on the embassy", "embassy", False),
        ("Bank of Lindhafen", "Lindhafen", False),
        ("Bank of Lindhafen", "Bank of Lindhafen", True),
        ("Lindhafen, a port in the north", "Lindhafen", True),
        ("Lindhafen, a port in the north", "port", False),
        ("Mara Lind", "", False),
        ("", "Mara Lind", False),
    ],
)
def test_same(text: str, wanted: str, is_same: bool) -> None:
    assert same(text, wanted) is is_same
    assert same(wanted, text) is is_same
