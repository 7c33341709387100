"""Servers that are not ours hold the same graph as a folder and give the same answers: Virtuoso 7, Oxigraph's own."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import msgspec
import pytest

from kg.claims import Document, Extraction, Judgement
from kg.cli import run
from kg.config import data_folder
from kg.errors import StoreError
from kg.extraction import load
from kg.graph import Graph
from kg.mapping import to_nquads
from kg.resolution import match, resolve
from kg.store import Store
from kg.store.endpoint import Endpoint
from kg.store.remote import RemoteStore
from kg.views import menu
from tests.queries.test_queries import CASES
from tests.remote.started import oxigraph, virtuoso
from tests.store.small import numbered

pytestmark = pytest.mark.remote

SAMPLES = data_folder("samples")
STARTED = {"virtuoso": virtuoso, "oxigraph": oxigraph}

ASKED = sorted(
    {(case.query, tuple(case.parameters.items())) for case in CASES}
    | {(path.stem, ()) for path in data_folder("queries").glob("*.rq")}
)

AMISS: dict[str, set[str]] = {
    "oxigraph": set(),
    # It refuses paths of any length between two variables (located-in, part-of) and names that OPTIONAL may leave out
    # (sources), counts what such paths find more than once (kinds), takes a filter for true whose variable has no value
    # (reprints), fails over a FILTER within EXISTS (changes), and picks another of several quotes (timeline).
    "virtuoso": {"changes", "kinds", "located-in", "part-of", "reprints", "sources", "timeline"},
}
"""Queries that a server answers wrongly, or not at all, by itself; all are right with ``queries = "here"``."""


class _Once:
    """A reader that reads each document once, for all stores."""

    def __init__(self) -> None:
        self._reader = load()
        self._read: dict[str, Extraction] = {}

    def extract(self, documents: Iterable[Document], /) -> Iterator[Extraction]:
        for document in documents:
            if document.id not in self._read:
                self._read[document.id] = next(iter(self._reader.extract([document])))
            yield self._read[document.id]


@pytest.fixture(scope="module")
def reader() -> _Once:
    return _Once()


@pytest.fixture(scope="module")
def local(reader: _Once) -> Iterator[Graph]:
    with Graph(Store.memory()) as graph:
        graph.ingest([SAMPLES], reader)
        yield graph


@pytest.fixture(scope="module", params=STARTED)
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Endpoint]]:
    with STARTED[request.param](tmp_path_factory.mktemp(request.param)) as settings:
        yield request.param, msgspec.convert(settings, Endpoint)


@pytest.fixture(scope="module")
def filled(server: tuple[str, Endpoint], reader: _Once) -> tuple[str, Endpoint]:
    name, endpoint = server
    with Graph(RemoteStore.connect(endpoint)) as graph:
        done = graph.ingest([SAMPLES], reader)
        assert done.new and not done.refused
    return name, endpoint


def on(endpoint: Endpoint, base: str) -> Endpoint:
    """A store of its own on the same server."""
    return msgspec.structs.replace(endpoint, base=base)


def test_the_graph_is_the_same(filled: tuple[str, Endpoint], local: Graph) -> None:
    with RemoteStore.connect(filled[1], read_only=True) as store:
        assert store.dump() == local.store.dump()
        assert store.check()
        assert store.differences() == local.store.differences()


@pytest.mark.parametrize("where", ["there", "here"])
def test_the_answers_are_the_same(where: str, filled: tuple[str, Endpoint], local: Graph) -> None:
    name, endpoint = filled
    endpoint = msgspec.structs.replace(endpoint, queries=where, seconds=20.0)
    with Graph(RemoteStore.connect(endpoint, read_only=True)) as graph:
        other = {query for query, values in ASKED if not _is_same(graph, local, query, dict(values))}
    assert other == (AMISS[name] if where == "there" else set())


def _is_same(there: Graph, here: Graph, query: str, values: dict[str, str]) -> bool:
    """Whether two graphs answer alike. What a query leaves unordered may come in any order."""
    asked = menu.named(query)
    if any(it.required and it.name not in values for it in asked.parameters):
        return True
    given = menu.bound(asked, values)
    expected = sorted(map(str, here.query(asked.text, **given)))
    try:
        return sorted(map(str, there.query(asked.text, **given))) == expected
    except Exception:
        return False


def _add(store: Store, number: int) -> None:
    """Put a document in a store of any base, as a batch does."""
    extraction = numbered(number)
    store.put(to_nquads(extraction, store.base), *resolve(extraction, store.base), match=match)


def test_what_is_changed_changes_alike(server: tuple[str, Endpoint]) -> None:
    with Store.memory(base="urn:changed:") as here, RemoteStore.connect(on(server[1], "urn:changed:")) as there:
        for store in (here, there):
            for number in range(5):
                _add(store, number)
        assert there.dump() == here.dump()
        people = sorted(it.node[1:-1] for it in here.evidence(here.document_nodes()[0]).entities)[:2]
        for change in _changes(people[0], people[1]):
            for store in (here, there):
                change(store)
            assert there.dump() == here.dump()
            assert there.rebuild() == (0, 0)
        assert there.check()


def _changes(one: str, other: str) -> list[Callable[[Store], object]]:
    def said(verdict: str, hour: int) -> Callable[[Store], object]:
        row = {"left": one, "right": other, "verdict": verdict, "score": 1.0, "reasons": ["seen"]}
        judgement = msgspec.convert({**row, "judge": "person:kim", "at": f"2024-02-01T{hour:02d}:00:00Z"}, Judgement)
        return lambda store: store.judge([judgement])

    return [
        lambda store: store.withdraw("0001"),
        said("same", 9),
        said("withdrawn", 10),
        said("same", 11),
        lambda store: store.withdraw("https://a.example/1"),
        lambda store: _add(store, 1),
    ]


_WRITER = """
import sys
import msgspec
from kg.store.endpoint import Endpoint
from kg.store.remote import RemoteStore
from tests.remote.test_servers import _add
with RemoteStore.connect(msgspec.json.decode(sys.argv[1], type=Endpoint)) as store:
    for number in range(40):
        _add(store, number)
        print(number, flush=True)
"""


def test_killed_while_writing_the_next_goes_on(server: tuple[str, Endpoint]) -> None:
    endpoint = on(server[1], "urn:killed:")
    words = [sys.executable, "-c", _WRITER, msgspec.json.encode(endpoint).decode()]
    for documents in (1, 3):
        with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]) as writer:
            assert writer.stdout is not None
            for _ in range(documents):
                writer.stdout.readline()
            time.sleep(0.013 * documents)
            writer.kill()
        with RemoteStore.connect(endpoint) as store:
            assert len(store) >= documents
            assert store.rebuild() == (0, 0)
            assert store.check()
    with Store.memory(base="urn:killed:") as here, RemoteStore.connect(endpoint) as there:
        for number in range(6):
            _add(here, number)
            _add(there, number)
        extra = [it.id for it in there.documents() if it.id not in {known.id for known in here.documents()}]
        for identifier in extra:
            there.withdraw(identifier)
        assert there.dump() == here.dump()


def test_the_commands_work_there(
    filled: tuple[str, Endpoint], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "server.toml"
    settings = {name: it for name, it in msgspec.structs.asdict(filled[1]).items() if isinstance(it, str)}
    file.write_text("".join(f'{name} = "{value}"\n' for name, value in settings.items()))
    file.chmod(0o600)
    for command in ("query documents", "changes", "check", f"export {tmp_path}/graph.trig", "rebuild"):
        assert run([*command.split(), "--store", str(file)]) == 0, capfd.readouterr().err
    assert run(["show", "Qunu", "--store", str(file)]) == 0
    assert (tmp_path / "graph.trig").stat().st_size > 100_000
    assert run(["serve", "--store", str(file)]) == 2
    assert "is served already" in capfd.readouterr().err


# Of the two it is Virtuoso that asks for a password; Oxigraph's server has none to get wrong.
@pytest.mark.parametrize("server", ["virtuoso"], indirect=True)
def test_a_wrong_password_is_told(server: tuple[str, Endpoint]) -> None:
    _, endpoint = server
    with pytest.raises(StoreError, match="refuses the name and the password"):
        RemoteStore.connect(msgspec.structs.replace(endpoint, password="wrong"))
