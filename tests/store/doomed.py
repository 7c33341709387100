"""A folder and a number of a step in; a store there, which takes steps from that one on until it is killed, out.

Run as ``python -m tests.store.doomed FOLDER STEP``. The number of each step is printed once it is done. What a step
does follows from its number and the store alone: whoever knows the number knows what the store must hold.
"""

import random
import sys
from itertools import count

from kg.claims import Judgement, Verdict
from kg.resolution import match
from kg.store import Store
from tests.store.small import numbered, put

MANY = 24
_RECORDS = [f"urn:newskg:key/{name}" for name in ("person/ada-lovell", "person/bram-okoro", "armed-group/red-hand")]
_RECORDS += [f"urn:newskg:doc/{number:04x}/{entity}" for number in (1, 2, 3) for entity in ("e1", "e3")]


def step(store: Store, number: int) -> None:
    """Do what is to be done with a number: mostly put in and take out; judge; break the merged view and rebuild it."""
    chance = random.Random(number)
    if number % 10 == 3:
        store.judge(_judged(chance, number))
    elif number % 10 == 6:
        # What a program that writes into the engine does wrong, or a crash that the engine does not survive.
        store.engine.update("DELETE { ?s ?p ?o } WHERE { ?s ?p ?o . FILTER(?p != rdf:type) }", prefixes=_PREFIXES)
    elif number % 10 == 7:
        store.rebuild()
    elif chance.random() < 0.35 and len(store):
        store.withdraw(chance.choice(store.documents()).id)
    else:
        several = chance.sample(range(MANY), chance.choice([1, 1, 2, 6]))
        store.put_many([put(numbered(it)) for it in several], match)


def is_broken(number: int) -> bool:
    """Whether the merged view is broken after this step, and whole after the next."""
    return number % 10 == 6


_PREFIXES = {"rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#"}


def _judged(chance: random.Random, number: int) -> list[Judgement]:
    """A person joins or splits some records, or takes it back."""
    verdict: Verdict = chance.choice(["same", "same", "different", "withdrawn"])
    at = f"2024-02-01T10:{number // 60 % 60:02d}:{number % 60:02d}Z"
    pairs = [chance.sample(_RECORDS, 2) for _ in range(chance.choice([1, 2]))]
    return [Judgement(min(pair), max(pair), verdict, 1.0, (), "person:kim", at) for pair in pairs]


def main(folder: str, first: str) -> None:
    """Go on from a step for ever."""
    with Store.open(folder) as store:
        for number in count(int(first)):
            step(store, number)
            print(number, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
