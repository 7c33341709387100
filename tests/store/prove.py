"""Extractions as JSON lines (``kg extract articles/ > said.jsonl``) in; what must hold of a store of them, tried, out.

``python -m tests.store.prove said.jsonl``: three orders of the documents, in batches of any size, give one store; each
of a hundred documents, withdrawn, leaves the store that never had it; and the merged graph is that of the plain
implementation in :mod:`tests.store.plain`. For archives that are no part of the project: a line for each proof, with
the seconds of the processor that it took.
"""

import random
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path

import msgspec
import pyoxigraph as ox

from kg.claims import Extraction
from kg.ontology import default
from kg.resolution import match
from kg.store import Put, Store
from tests.store import plain
from tests.store.small import bare, dumped, put

Puts = Mapping[str, Put]
ORDERS, WITHDRAWALS = 3, 100


def read(file: Path) -> Puts:
    """What a batch hands to the store, by the documents' ids."""
    lines = file.read_bytes().splitlines()
    return {it.document.id: put(it) for it in (msgspec.json.decode(line, type=Extraction) for line in lines)}


def orders(puts: Puts) -> str:
    """One by one and in batches, shuffled; rebuilding changes nothing."""
    found = set()
    for seed in range(ORDERS):
        chance = random.Random(seed)
        names = chance.sample(sorted(puts), len(puts))
        store = bare()
        while names:
            several = [names.pop() for _ in range(min(chance.choice([1, 1, 3, 16]), len(names)))]
            store.put_many([puts[it] for it in several], match)
        assert store.rebuild() == (0, 0)
        found.add(digest(store))
    (one,) = found
    return f"{ORDERS} orders of {len(puts)} documents give one store, {one}; rebuilding changed nothing"


def withdrawals(puts: Puts) -> str:
    """Each of some documents, chosen by chance, is taken out of the full store, compared, and put in again."""
    chosen = random.Random(7).sample(sorted(puts), min(WITHDRAWALS, len(puts)))
    full, rest = filled(puts, sorted(puts)), filled(puts, sorted(puts.keys() - set(chosen)))
    before = digest(full)
    never = dict(without_each(rest, chosen, puts))
    for name in chosen:
        full.withdraw(name)
        assert digest(full) == never[name], f"withdrawing {name} leaves something"
        full.put(*puts[name], match=match)
    assert digest(full) == before
    assert full.rebuild() == (0, 0)
    return (
        f"{len(chosen)} documents withdrawn: each left the store that never had it, one of {len(set(never.values()))}"
    )


def plainly(puts: Puts) -> str:
    """The merged graph and the ledger, computed a second time."""
    dump = filled(puts, sorted(puts)).dump()
    expected, found = plain.merged(plain.graphs(dump), default()), plain.default_graph(dump)
    assert found == expected, f"{len(found - expected)} triples too many, {len(expected - found)} too few"
    return f"{len(found)} triples of the merged graph are those of the plain implementation"


def filled(puts: Puts, names: list[str]) -> Store:
    """A store with some documents."""
    store = bare()
    for start in range(0, len(names), 16):
        store.put_many([puts[it] for it in names[start : start + 16]], match)
    return store


def without_each(rest: Store, names: list[str], puts: Puts) -> Iterator[tuple[str, str]]:
    """For each of some documents the digest of a store that never had it and has all others; ``rest`` has those that
    are none of these. Halves of them are put in together, so that none is put in a hundred times."""
    if len(names) == 1:
        yield names[0], digest(rest)
        return
    half = len(names) // 2
    for out, others in ((names[:half], names[half:]), (names[half:], names[:half])):
        store = copied(rest)
        store.put_many([puts[it] for it in others], match)
        yield from without_each(store, out, puts)


def copied(store: Store) -> Store:
    """Another store with the same in it."""
    new = bare()
    dump = store.engine.dump(format=ox.RdfFormat.N_QUADS)
    assert dump is not None
    new.engine.load(dump, format=ox.RdfFormat.N_QUADS)
    return new


def digest(store: Store) -> str:
    """What is the same for the same documents, the tallies too; not the log."""
    return sha256("\n".join(dumped(store)).encode()).hexdigest()[:16]


def main(file: str) -> None:
    """Try all that must hold."""
    puts = read(Path(file))
    proofs: tuple[Callable[[Puts], str], ...] = (orders, plainly, withdrawals)
    for proof in proofs:
        start = time.process_time()
        print(f"{proof(puts)} ({time.process_time() - start:.0f} s)", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
