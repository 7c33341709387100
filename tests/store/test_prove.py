"""The proofs for archives that are no part of the project, tried on a small one that is."""

from pathlib import Path

import msgspec
import pytest

from kg.store import Store
from tests.store import prove
from tests.store.small import numbered


@pytest.fixture
def said(tmp_path: Path) -> Path:
    file = tmp_path / "said.jsonl"
    file.write_bytes(b"\n".join(msgspec.json.encode(numbered(number)) for number in range(10)))
    return file


def test_all_that_must_hold(said: Path, capsys: pytest.CaptureFixture[str]) -> None:
    prove.main(str(said))
    orders, plainly, withdrawals = capsys.readouterr().out.splitlines()
    assert orders.startswith("3 orders of 10 documents give one store, ")
    assert "triples of the merged graph are those of the plain implementation" in plainly
    assert withdrawals.startswith("10 documents withdrawn: each left the store that never had it, one of 10")


def test_what_a_withdrawal_leaves_is_seen(said: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    withdraw = Store.withdraw

    def careless(store: Store, name: str) -> list[str]:
        found = withdraw(store, name)
        store.engine.update("INSERT DATA { <urn:a> <urn:p> 'left' }")
        return found

    monkeypatch.setattr(Store, "withdraw", careless)
    with pytest.raises(AssertionError, match="leaves something"):
        prove.withdrawals(prove.read(said))
