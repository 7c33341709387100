"""PropBank over the English Web Treebank in, who does what to whom for each predicate out, arguments by their heads."""

from dataclasses import dataclass
from pathlib import Path

import msgspec

FILE = "propbank-ewt/propbank_ewt_joined.jsonl"


@dataclass(frozen=True, slots=True)
class Frame:
    """A predicate with its sense (``kill.01``) and its arguments: role and word, spans being named by their heads."""

    predicate: int
    sense: str
    arguments: tuple[tuple[str, int], ...]


class _Predicate(msgspec.Struct):
    i: int
    sense: str
    args: list[tuple[str, int, int]]


class _Sentence(msgspec.Struct):
    sent_id: str
    tokens: list[str]
    preds: list[_Predicate]


Spans = dict[str, list[_Predicate]]


def read(data: Path) -> Spans:
    """The predicates of each sentence of the treebank, by its ``sent_id``; arguments are spans still."""
    decode = msgspec.json.Decoder(_Sentence).decode
    with (data / FILE).open("rb") as file:
        return {s.sent_id: s.preds for s in map(decode, file)}


def frames(predicates: list[_Predicate], heads: list[int]) -> list[Frame]:
    """The same with the head of each argument: its first word that hangs on a word outside."""
    return [
        Frame(p.i, p.sense, tuple((role, _head(start, end, heads)) for role, start, end in p.args)) for p in predicates
    ]


def _head(start: int, end: int, heads: list[int]) -> int:
    return next((i for i in range(start, end) if not start <= heads[i] < end), start)
