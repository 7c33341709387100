"""Who may read, who may write, and what the log keeps to itself."""

import json
from base64 import b64encode
from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.web.access import _Rate
from kg.web.settings import token_from
from tests.web.served import TOKEN, UPDATE, Served, eventually, plain, served

INSERT = "INSERT DATA { <urn:s> <urn:p> 1 }"


def write(server: Served, **headers: str) -> int:
    headers = {"content-type": UPDATE, **{name.replace("_", "-"): value for name, value in headers.items()}}
    return server.client.post("/sparql", content=INSERT, headers=headers).status_code


def basic(words: str) -> str:
    return "Basic " + b64encode(words.encode()).decode()


@pytest.mark.parametrize(
    "authorization",
    [
        "",
        "Bearer",
        "Bearer wrong",
        f"Bearer {TOKEN}x",
        f"Bearer {TOKEN[:-1]}",
        f"Token {TOKEN}",
        TOKEN,
        basic("me:wrong"),
        "Basic ???",
        "Bearer \xff\xfe",
    ],
)
def test_no_writing_without_the_token(empty: Served, authorization: str) -> None:
    answer = empty.client.post(
        "/sparql",
        content=INSERT,
        headers={b"content-type": UPDATE.encode(), b"authorization": authorization.encode("latin-1")},
    )
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert not empty.ask("ASK { ?s ?p ?o }")


def test_the_token_as_bearer_or_password(empty: Served) -> None:
    assert write(empty, authorization=f"Bearer {TOKEN}") == 204
    assert write(empty, authorization=f"bearer {TOKEN}") == 204
    assert write(empty, authorization=basic(f"anybody:{TOKEN}")) == 204


def test_the_token_counts_for_nothing_in_an_address(empty: Served) -> None:
    for name in ("token", "access_token", "authorization"):
        answer = empty.client.post(f"/sparql?{name}={TOKEN}", content=INSERT, headers={"content-type": UPDATE})
        assert answer.status_code == 401


def test_graph_store_writes_need_it_too(empty: Served) -> None:
    for method in ("PUT", "POST", "DELETE"):
        assert empty.client.request(method, "/graphs?default").status_code == 401


def test_pages_of_other_sites_may_not_write(empty: Served) -> None:
    token = f"Bearer {TOKEN}"
    assert write(empty, authorization=token, origin="https://elsewhere.example") == 403
    assert write(empty, authorization=token, origin="null") == 403
    assert write(empty, authorization=token, sec_fetch_site="cross-site") == 403
    assert write(empty, authorization=token, origin=empty.url) == 204
    assert write(empty, authorization=token, sec_fetch_site="same-origin") == 204


@pytest.mark.parametrize(
    "host", ["elsewhere.example", "127.0.0.1.elsewhere.example", "localhost@elsewhere.example", "", "a b"]
)
def test_another_name_is_another_server(empty: Served, host: str) -> None:
    """Else a page could have its own name point to this computer, and read (DNS rebinding)."""
    answer = empty.client.get("/sparql?query=ASK%7B%7D", headers={"host": host})
    assert answer.status_code in {400, 421}


def test_its_own_names(empty: Served) -> None:
    port = empty.url.rpartition(":")[2]
    for host in ("localhost", f"localhost:{port}", f"127.0.0.1:{port}", f"[::1]:{port}"):
        assert empty.client.get("/sparql?query=ASK%7B%7D", headers={"host": host}).status_code == 200


def test_no_page_reads_unless_told(empty: Served) -> None:
    answer = empty.get("ASK {}", headers={"origin": "https://elsewhere.example"})
    assert "access-control-allow-origin" not in answer.headers
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"


def test_every_answer_keeps_browsers_quiet(empty: Served) -> None:
    for path in ("/", "/sparql", "/sparql?query=ASK", "/nothing", "/health"):
        headers = empty.client.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert "sandbox" in headers["content-security-policy"]
        assert "default-src 'none'" in headers["content-security-policy"]


def test_the_log_has_a_line_for_each_request_and_no_secrets(empty: Served) -> None:
    empty.get('ASK { ?s ?p "hush" }')
    empty.client.get('/x"%0d%0ainjected%0a{"status":1}', headers={"authorization": "Bearer hush"})
    before = empty.log.getvalue().count('"POST"')
    write(empty, authorization="Bearer hush")
    # The line follows the answer.
    assert eventually(lambda: empty.log.getvalue().count('"POST"') > before and empty.log.getvalue().endswith("\n"))
    text = empty.log.getvalue()
    assert "hush" not in text
    assert "query=" not in text
    lines = [json.loads(line) for line in text.splitlines()]
    assert lines[-1] | {"at": "", "ms": 0} == {
        "at": "",
        "ms": 0,
        "from": "127.0.0.1",
        "method": "POST",
        "path": "/sparql",
        "status": 401,
        "bytes": lines[-1]["bytes"],
    }


@pytest.fixture(scope="module")
def another(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("another") / "store"


def test_read_only_and_shared_with_one_site(another: Path) -> None:
    site = "https://friend.example"
    with served(plain(another, read_only=True, origins=(site,), url="https://kg.example", workers=1)) as server:
        assert write(server, authorization=f"Bearer {TOKEN}") == 403
        assert server.client.put("/graphs?default", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 403
        assert server.get("ASK {}", headers={"origin": site}).headers["access-control-allow-origin"] == site
        assert (
            "access-control-allow-origin" not in server.get("ASK {}", headers={"origin": "https://x.example"}).headers
        )
        ask = {"access-control-request-method": "POST", "access-control-request-headers": "content-type"}
        allowed = server.client.options("/sparql", headers={"origin": site, **ask})
        assert (allowed.status_code, allowed.headers["access-control-allow-origin"]) == (204, site)
        assert server.client.options("/sparql", headers={"origin": "https://x.example", **ask}).status_code == 403
        # Behind a proxy it is asked by the name that the operator gave it, and tells that name.
        assert server.client.get("/", headers={"host": "kg.example"}).text.count("https://kg.example/") >= 5


def test_without_a_token_nobody_writes(another: Path) -> None:
    with served(plain(another, token=None, workers=1)) as server:
        for authorization in ("Bearer", "Bearer None", "", basic(":")):
            assert write(server, authorization=authorization) == 403


def test_token_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KG_TOKEN", raising=False)
    assert token_from(None) is None
    monkeypatch.setenv("KG_TOKEN", TOKEN)
    assert token_from(None) == ("unnamed", TOKEN)
    file = tmp_path / "token"
    file.write_text("another-long-token\n")
    assert token_from(file) == ("unnamed", "another-long-token")
    file.write_text("kim  another-long-token\n")
    assert token_from(file) == ("kim", "another-long-token")
    for bad in ("", "short", "fifteen letters and a space", "ümlauts-are-no-good"):
        file.write_text(bad)
        with pytest.raises(UsageError, match="openssl rand"):
            token_from(file)


def test_the_rate_of_one_address_is_not_that_of_another() -> None:
    now = 0.0
    rate = _Rate(2.0, lambda: now)
    assert [rate.allows("192.0.2.1") for _ in range(5)] == [True] * 4 + [False]
    assert rate.allows("192.0.2.2")
    now = 0.5
    assert [rate.allows("192.0.2.1") for _ in range(2)] == [True, False]
