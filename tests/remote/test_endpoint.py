"""What the user says of a server."""

from pathlib import Path

import pytest

from kg.config import is_server
from kg.errors import UsageError
from kg.store.endpoint import endpoint


@pytest.mark.parametrize(
    ("store", "there"),
    [
        ("kg.store", False),
        (Path("kg.store"), False),
        ("http://host/sparql", True),
        ("HTTPS://host/sparql", True),
        ("server.toml", True),
        ("https.store", False),
    ],
)
def test_servers_are_told_from_folders(store: str | Path, there: bool) -> None:
    assert is_server(store) is there


def test_a_folder_may_be_called_like_a_file(tmp_path: Path) -> None:
    (tmp_path / "odd.toml").mkdir()
    assert not is_server(tmp_path / "odd.toml")


def test_an_address_takes_its_password_from_the_environment() -> None:
    found = endpoint("http://host/sparql", {"KG_STORE_USER": "kim", "KG_STORE_PASSWORD": "secret"})
    assert (found.query, found.updates) == ("http://host/sparql", "http://host/sparql")
    assert (found.user, found.password) == ("kim", "secret")
    assert "secret" not in repr(found)


def test_a_file_tells_all_and_the_environment_more(tmp_path: Path) -> None:
    file = tmp_path / "server.toml"
    file.write_text('query = "https://host/q"\nupdate = "https://host/u"\nuser = "kim"\npassword = "old"\n')
    file.chmod(0o600)
    found = endpoint(file, {"KG_STORE_PASSWORD": "new"})
    assert (found.updates, found.user, found.password) == ("https://host/u", "kim", "new")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('query = "https://host/q"\npassword = "secret"\n', "chmod 600"),
        ('query = "https://host/q"\nquerry = "x"\n', "querry"),
        ('update = "https://host/q"\n', "query"),
        ("query = \n", "is no settings file"),
        ('query = "host/q"\n', "is no address"),
        ('query = "https://kim:secret@host/q"\n', "no name or password into an address"),
    ],
)
def test_a_file_that_is_none_is_refused(text: str, reason: str, tmp_path: Path) -> None:
    file = tmp_path / "server.toml"
    file.write_text(text)
    file.chmod(0o644)
    with pytest.raises(UsageError, match=reason) as told:
        endpoint(file, {})
    assert "secret" not in str(told.value) and "\n" not in str(told.value)


def test_a_file_that_is_not_there_is_told() -> None:
    with pytest.raises(UsageError, match="can't be read"):
        endpoint("nowhere.toml", {})
