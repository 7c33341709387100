"""The store on disk: opening, locking, refusing, and being killed in the middle."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.claims import Claim, EntityRef, Judgement, Span
from kg.config import data_folder
from kg.errors import StoreError, UsageError
from kg.mapping import to_nquads
from kg.ontology import Ontology
from kg.resolution import resolve
from kg.store import Store
from tests.store.small import add, dumped, extraction, numbered, store_of

ONE = extraction(1, "https://a.example/1", "2024-01-03", None, [Claim("e1", "spouse", EntityRef("e3"), Span(0, 43))])
TWO = extraction(2, "desk/two words.txt", None, None, [Claim("e1", "killedBy", EntityRef("e6"), Span(0, 43))])


def test_it_is_there_again_when_opened_again(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s") as store:
        assert add(store, ONE) == "new"
        assert add(store, ONE) == "unchanged"
        before = store.dump()
    with Store.open(tmp_path / "s") as store:
        assert store.dump() == before
        assert store.has("0001")
        assert not store.has("0002")
        assert "0001" in store
        (info,) = store.documents()
        assert (info.id, info.title, info.issued) == ("0001", "Title 1", "2024-01-03")
        assert info.address == "https://a.example/1"
    with Store.open(tmp_path / "s", read_only=True) as store:
        assert store.dump() == before
        with pytest.raises(StoreError, match="reading only"):
            add(store, TWO)


def test_one_writer_at_a_time(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s"), pytest.raises(StoreError, match="another process"):
        Store.open(tmp_path / "s")
    Store.open(tmp_path / "s").close()


def test_what_is_no_store_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(StoreError, match="no store"):
        Store.open(tmp_path)
    with pytest.raises(StoreError, match="no store at"):
        Store.open(tmp_path / "s", create=False)
    with pytest.raises(StoreError, match="no store at"):
        Store.open(tmp_path / "s", read_only=True)
    with pytest.raises(StoreError, match="closed"):
        closed = Store.memory()
        closed.close()
        closed.dump()


def test_leftovers_of_a_killed_load_are_removed(tmp_path: Path) -> None:
    Store.open(tmp_path / "s").close()
    leftover = tmp_path / "s" / "oxigraph" / "bulk-1.sst"
    leftover.write_bytes(b"x")
    Store.open(tmp_path / "s").close()
    assert not leftover.exists()


def test_a_document_read_anew_replaces_itself() -> None:
    store = store_of([ONE])
    again = extraction(1, "https://a.example/1", "2024-01-03", None, [])
    assert add(store, again) == "changed"
    assert dumped(store) == dumped(store_of([again]))


@pytest.mark.parametrize("name", ["0001", "urn:newskg:doc/0001", "https://a.example/1"])
def test_withdraw_by_id_iri_or_address(name: str) -> None:
    store = store_of([ONE, TWO])
    assert store.withdraw(name) == ["0001"]
    assert store.withdraw("desk/two words.txt") == ["0002"]
    with pytest.raises(UsageError, match="No document"):
        store.withdraw(name)


@pytest.mark.parametrize(
    ("nquads", "reason"),
    [
        ("", "one graph"),
        ("nonsense", "can't be read"),
        ("<urn:a> <urn:b> <urn:c> .\n", "one graph"),
        ("<urn:a> <urn:b> <urn:c> <urn:newskg:ontology> .\n", "one graph"),
        ("_:a <urn:b> <urn:c> <urn:newskg:doc/1> .\n", "blank"),
        ("<urn:a> <urn:b> _:c <urn:newskg:doc/1> .\n", "blank"),
        (
            "<urn:a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/newskg#Person> "
            "<urn:newskg:doc/1> .\n",
            "not within",
        ),
    ],
)
def test_a_graph_that_is_none_is_refused(nquads: str, reason: str) -> None:
    with pytest.raises(StoreError, match=reason):
        Store.memory().put(nquads)


def test_judgements_are_checked() -> None:
    store = store_of([ONE])
    machine, person = "machine:other/1", "person:kim"
    entity, key = "urn:newskg:doc/0001/e1", "urn:newskg:key/person/x-y"
    with pytest.raises(StoreError, match="one judgement per entity"):
        store.put(
            to_nquads(TWO),
            [*resolve(TWO).judgements, Judgement("urn:newskg:doc/0002/e1", key, "same", 1.0, (), machine)],
        )
    with pytest.raises(StoreError, match="persons"):
        store.judge([Judgement(entity, key, "same", 1.0, (), machine)])
    with pytest.raises(StoreError, match="time"):
        store.judge([Judgement(entity, key, "same", 1.0, (), person)])
    with pytest.raises(StoreError, match="IRIs"):
        store.judge([Judgement("no iri", key, "same", 1.0, (), person, "2024")])
    # Nothing of all this left a trace.
    assert dumped(store) == dumped(store_of([ONE]))


def test_another_ontology_is_loaded_and_what_follows_from_it_follows(tmp_path: Path) -> None:
    said = [
        Claim("e1", "killedBy", EntityRef("e5"), Span(0, 43)),
        Claim("e5", "carriedOutBy", EntityRef("e6"), Span(0, 43)),
    ]
    folder = tmp_path / "ontologies"
    folder.mkdir()
    news = (data_folder("ontologies") / "news.ttl").read_text()
    chain = "owl:propertyChainAxiom ( kg:killedBy kg:carriedOutBy ) ;"
    assert chain in news
    (folder / "news.ttl").write_text(news.replace(chain, ""))
    with Store.open(tmp_path / "s") as store:
        add(store, extraction(1, None, None, None, said))
        shipped = store.dump()
        assert store.query("ASK { ?f kg:inferred true }")
    with Store.open(tmp_path / "s", ontology=Ontology.load(folder)) as store:
        assert not store.query("ASK { ?f kg:inferred true }")
        assert not store.query("ASK { GRAPH <urn:newskg:ontology> { ?p owl:propertyChainAxiom ?list } }")
        assert not store.check().findings
    with Store.open(tmp_path / "s") as store:
        assert store.dump() == shipped


def test_another_base(tmp_path: Path) -> None:
    base = "https://news.example/"
    with Store.open(tmp_path / "s", base=base) as store:
        store.put(to_nquads(ONE, base), *resolve(ONE, base))
    with Store.open(tmp_path / "s") as store:
        assert store.base == base
        assert store.query(f"ASK {{ <{base}person/ada-lovell> kg:spouse ?b }}")
        assert store.rebuild() == (0, 0)
        assert not store.check().findings


# Everything is imported and read once; then each line on its input makes it start a child that opens the store, says
# its number, and writes until it is done or killed.
WRITERS = """
import os, sys
from kg.store import Store
from kg.resolution import match
from tests.store.small import numbered, put, store_of

puts = [put(numbered(number)) for number in range(int(sys.argv[2]))]
store_of([]).put(*puts[0])
for _ in sys.stdin:
    child = os.fork()
    if child:
        os.waitpid(child, 0)
        print("ended", flush=True)
        continue
    store = Store.open(sys.argv[1])
    print(os.getpid(), flush=True)
    for number, each in enumerate(puts):
        if not store.has(f"{number:04x}"):
            store.put(*each, match=match)
    os._exit(0)
"""
MANY = 100


def _kill_one(writers: "subprocess.Popen[str]", seconds: float) -> None:
    """Start a writer and kill it so many seconds after it opened the store."""
    assert writers.stdin is not None
    assert writers.stdout is not None
    writers.stdin.write("go\n")
    writers.stdin.flush()
    child = int(writers.stdout.readline())
    time.sleep(seconds)
    with contextlib.suppress(ProcessLookupError):  # it was done before
        os.kill(child, signal.SIGKILL)
    assert writers.stdout.readline() == "ended\n"


def _check_documents(store: Store) -> int:
    """The number of documents, after a look that each is whole and the merged view theirs."""
    nodes = store.document_nodes()
    for number, node in enumerate(nodes):
        assert node == f"<urn:newskg:doc/{number:04x}>"
        assert len(list(store.graph(node).triples())) == to_nquads(numbered(number)).count("\n")
    assert store.rebuild() == (0, 0)
    return len(nodes)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked and killed")
def test_killed_at_twenty_moments_it_holds_whole_documents_and_a_rerun_completes_it(tmp_path: Path) -> None:
    path, moments = tmp_path / "s", random.Random(20)
    sizes = []
    command = [sys.executable, "-c", WRITERS, str(path), str(MANY)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as writers:
        for _ in range(20):
            _kill_one(writers, moments.uniform(0, 0.1))
            with Store.open(path) as store:
                sizes.append(_check_documents(store))
    assert sizes == sorted(sizes)
    with Store.open(path) as store:
        for number in range(MANY):
            assert add(store, numbered(number)) == ("unchanged" if number < sizes[-1] else "new")
        found = dumped(store)
    assert found == dumped(store_of([numbered(number) for number in range(MANY)]))
