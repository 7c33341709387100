"""A store on a server is the store in a folder, whatever the server does."""

from collections.abc import Iterator

import httpx
import msgspec
import pyoxigraph as ox
import pytest

from kg.claims import Judgement, Verdict
from kg.config import BASE
from kg.errors import StoreError, UsageError
from kg.store import Store
from kg.store import turns as turns_module
from kg.store import wire as wire_module
from kg.store.remote import RemoteStore
from kg.store.turns import PART, PENDING, State
from tests.remote.server import ENDPOINT, Server
from tests.store.small import add, numbered


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire_module, "_PAUSE", 0.0)


def connect(server: Server, **changed: object) -> RemoteStore:
    return RemoteStore.connect(msgspec.structs.replace(ENDPOINT, **changed), transport=server)


def fill(store: Store) -> None:
    """Documents that come, change and go, and what a person said of two, took back, and said again."""
    for number in range(4):
        add(store, numbered(number))
    store.withdraw("0001")
    one, other = (f"{BASE}doc/0000/{entity}" for entity in ("e1", "e3"))
    said: list[tuple[int, Verdict]] = [(9, "same"), (10, "withdrawn"), (11, "same")]
    for hour, verdict in said:
        at = f"2024-02-01T{hour:02d}:00:00Z"
        store.judge([Judgement(one, other, verdict, 1.0, ("seen",), "person:kim", at)])


@pytest.fixture(scope="module")
def expected() -> Iterator[Store]:
    with Store.memory() as store:
        fill(store)
        yield store


@pytest.mark.parametrize(
    ("server", "changed"),
    [
        ({}, {}),
        ({"union": True}, {}),
        ({"most_rows": 1_200}, {"most_rows": 1_000}),
        ({}, {"most_bytes": 2_000}),
        ({}, {"graphs": "http://server.example/data"}),
        ({}, {"queries": "here"}),
        ({"password": "secret"}, {"user": "kim", "password": "secret", "plain_password": True}),
    ],
    ids=["plain", "union", "few rows", "small requests", "graph store", "answered here", "password"],
)
def test_it_holds_and_answers_the_same(server: dict[str, object], changed: dict[str, object], expected: Store) -> None:
    there = Server(**server)  # type: ignore[arg-type]
    with connect(there, **changed) as store:
        fill(store)
    with connect(there, **changed) as store:
        assert store.dump() == expected.dump()
        assert store.rebuild() == (0, 0)
        assert store.check()
        assert [it.id for it in store.documents()] == ["0000", "0002", "0003"]
        question = "SELECT ?v ?by ?doc { ?v kg:killedBy ?by . GRAPH ?doc { ?doc a kg:Document } }"
        assert sorted(map(str, store.query(question))) == sorted(map(str, expected.query(question)))
        assert store.query("ASK { ?v kg:killedBy ?by }")
        shape = "CONSTRUCT { ?v kg:killedBy ?by } WHERE { ?v kg:killedBy ?by }"
        assert store.query(shape).triples == expected.query(shape).triples
        assert [it.name for it in store.show("Ada Lovell")] == [it.name for it in expected.show("Ada Lovell")]


def test_a_server_that_is_busy_now_and_then_is_asked_again(expected: Store) -> None:
    def busy(number: int) -> httpx.Response | None:
        if number % 3 == 0:
            return httpx.Response(503, headers={"Retry-After": "0"})
        if number % 7 == 0:
            raise httpx.ReadError("cut off")
        return None

    server = Server(busy)
    with connect(server) as store:
        fill(store)
        assert store.dump() == expected.dump()


class _Killed(BaseException):
    """What ends a process."""


def held(data: ox.Store) -> list[str]:
    """What must be the same, straight from where it lies; without log and ontology, which is long."""
    left_out = ("<urn:newskg:log>", "<urn:newskg:ontology>")
    return sorted(str(quad) for quad in data if str(quad.graph_name) not in left_out)


def test_killed_at_any_request_the_next_writer_finishes_or_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns_module, "_is_dead", lambda writer: True)
    whole = Server()
    with connect(whole) as store:
        add(store, numbered(0))
    beginning, before = whole.data.dump(format=ox.RdfFormat.N_QUADS), held(whole.data)
    with connect(whole) as store:
        add(store, numbered(1))
    after = held(whole.data)
    seen = set[bool]()
    for last in range(1, 1_000):
        server = Server()
        server.data.bulk_load(beginning, format=ox.RdfFormat.N_QUADS)

        def kill(number: int, end: int = last) -> None:
            if number >= end:
                raise _Killed

        server.before = kill
        killed = False
        try:
            with connect(server, most_bytes=4_000) as store:
                add(store, numbered(1))
        except _Killed:
            killed = True
        server.before = lambda number: None
        with connect(server) as store:
            found = held(server.data)
            assert found in (before, after)
            seen.add(found == after)
            assert str(add(store, numbered(1))) == ("unchanged" if found == after else "new")
        assert held(server.data) == after
        assert not any(str(quad.predicate) == PENDING or str(quad.predicate) == PART for quad in server.data)
        if not killed:
            break
    assert seen == {True, False} and not killed


def test_a_second_writer_has_to_wait_and_one_that_is_overtaken_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    server = Server()
    with connect(server) as first:
        add(first, numbered(0))
        with pytest.raises(StoreError, match="is being written by process"):
            connect(server)
        with RemoteStore.connect(ENDPOINT, read_only=True, transport=server) as reader:
            assert len(reader) == 1
        monkeypatch.setattr(turns_module, "_is_dead", lambda writer: True)
        with connect(server) as second:
            add(second, numbered(1))
            with pytest.raises(StoreError, match="Another writer has come between us"):
                add(first, numbered(2))
            with pytest.raises(StoreError, match="Open the store again"):
                add(first, numbered(2))
            add(second, numbered(3))
    with connect(server) as store:
        assert [it.id for it in store.documents()] == ["0000", "0001", "0003"]
        assert store.check()


def test_a_reader_writes_nothing() -> None:
    server = Server()
    with connect(server) as store:
        add(store, numbered(0))
    written = len(server.updates)
    with RemoteStore.connect(ENDPOINT, read_only=True, transport=server) as store:
        assert store.check() and len(store) == 1
        with pytest.raises(StoreError, match="reading only"):
            store.withdraw("0000")
    assert len(server.updates) == written


def test_others_data_on_the_server_is_left_alone() -> None:
    server = Server()
    server.data.update("INSERT DATA { <urn:a> <urn:b> 'c' . GRAPH <urn:theirs> { <urn:a> <urn:b> 'd' } }")
    with connect(server) as store:
        add(store, numbered(0))
        assert store.check()
        assert "urn:theirs" not in store.dump() and "<urn:a>" not in store.dump()
        store.withdraw("0000")
        store.rebuild()
    assert server.data.query("ASK { <urn:a> <urn:b> 'c' . GRAPH <urn:theirs> { <urn:a> <urn:b> 'd' } }")


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (httpx.Response(401), "asks for a name and a password"),
        (httpx.Response(403, text="No,\nnot you."), "does not allow this .*No, not you"),
        (httpx.Response(404), "no SPARQL endpoint at http://server.example/query"),
        (httpx.Response(302, headers={"Location": "http://elsewhere.example/"}), "where we don't follow"),
        (httpx.Response(500, text="x" * 10_000), "fails .*x{300}…"),
        (httpx.Response(503), "stays busy"),
        (httpx.Response(200, text="<html>Welcome</html>"), "is no SPARQL result"),
        (httpx.Response(200, text="Welcome"), "is no SPARQL result"),
    ],
)
def test_what_goes_wrong_is_told_in_one_line(answer: httpx.Response, reason: str) -> None:
    with pytest.raises(StoreError, match=reason) as told:
        connect(Server(lambda number: answer))
    assert "\n" not in str(told.value) and len(str(told.value)) < 600


def test_a_server_that_is_not_there_is_told_soon() -> None:
    def nobody(number: int) -> None:
        raise httpx.ConnectError("connection refused")

    server = Server(nobody)
    with pytest.raises(StoreError, match="can't be reached: connection refused"):
        connect(server)
    assert server.number == 3


def test_a_wrong_password_is_told_and_never_shown() -> None:
    given = {"user": "kim", "password": "not-that-one", "plain_password": True}
    with pytest.raises(StoreError, match="refuses the name and the password") as told:
        connect(Server(password="secret"), **given)
    assert "not-that-one" not in str(told.value)
    assert "not-that-one" not in repr(msgspec.structs.replace(ENDPOINT, **given))


def test_no_password_leaves_as_plain_text_unless_allowed() -> None:
    seen: list[str | None] = []

    class Watched(Server):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            seen.append(request.headers.get("Authorization"))
            return super().handle_request(request)

    with pytest.raises(StoreError, match="without encryption"):
        connect(Watched(password="secret"), user="kim", password="secret")
    assert seen == [None]


def test_a_mistake_in_a_query_is_the_askers() -> None:
    with connect(Server()) as store, pytest.raises(UsageError, match="can't read the query"):
        store.query("SELECT ?x WHERE { ?x ?y }")


def test_there_is_no_store_until_one_is_made() -> None:
    with pytest.raises(StoreError, match="There is no store at"):
        RemoteStore.connect(ENDPOINT, read_only=True, create=False, transport=Server())


def test_the_engine_of_another_server_is_not_ours() -> None:
    with connect(Server()) as store, pytest.raises(StoreError, match="in a folder only"):
        _ = store.engine


def test_states_tell_who_writes() -> None:
    server = Server()
    with connect(server) as store:
        assert store._turn is not None
        state = store._turn.state()
        assert isinstance(state, State) and len(state.turns) == 1 and not state.pending
