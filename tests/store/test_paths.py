"""Whatever way a store of forty documents took, it is the one that these documents and judgements make.

A few such ways here; all 500 with ``pytest tests/store/test_paths.py --hypothesis-profile=thorough``.
"""

from typing import Literal

from hypothesis import given
from hypothesis import strategies as st

from kg.claims import Extraction, Judgement
from kg.errors import UsageError
from kg.resolution import match
from kg.store import review
from kg.store.releases import Release
from tests.conftest import examples
from tests.store.small import bare, dumped, put
from tests.store.strategies import batches, documents, records, releases, reviews

Act = Literal["withdraw", "join", "split", "undo", "rebuild"]
Step = Extraction | Judgement | Release | Act
ACTS: tuple[Act, ...] = ("withdraw", "withdraw", "join", "split", "undo", "rebuild")
PERSON = "person:kim"


class Way:
    """A store that goes a way, with the documents that it holds."""

    def __init__(self, of: list[str], data: st.DataObject) -> None:
        self.store, self.present = bare(), dict[str, Extraction]()
        self._of, self._data = of, data
        self._waiting: list[Extraction] = []

    def go(self, step: Step) -> None:
        """Take a step. Documents may wait for others, to be put in together."""
        if isinstance(step, Extraction):
            self._waiting.append(step)
            if self._data.draw(st.booleans()):
                self.arrive()
        elif isinstance(step, Judgement):
            self.store.judge([step])
        elif isinstance(step, Release):
            self.store.release([step])
        else:
            self._act(step)

    def arrive(self) -> None:
        """Put in those that wait."""
        self.store.put_many([put(it) for it in self._waiting], match)
        self.present |= {it.document.id: it for it in self._waiting}
        self._waiting = []

    def _act(self, act: Act) -> None:
        if act == "withdraw" and self.present:
            gone = self.store.withdraw(self._data.draw(st.sampled_from(sorted(self.present))))
            self.present = {name: it for name, it in self.present.items() if name not in gone}
        elif act == "rebuild":
            assert self.store.rebuild() == (0, 0)
        elif act in ("join", "split", "undo"):
            self._review(act)

    def _review(self, act: Act) -> None:
        one, other = (self._data.draw(st.sampled_from(self._of)) for _ in "ab")
        try:
            if act == "undo":
                review.undo(self.store, PERSON)
            else:
                (review.join if act == "join" else review.split)(self.store, one, other, PERSON)
        except UsageError:
            pass  # the two are one already, not there yet, or nothing is left to undo


@examples(25)
@given(
    batches(44, least=40, rich=True),
    st.lists(st.integers(0, 39).flatmap(lambda it: documents(it, 8, rich=True)), max_size=8),
    st.data(),
)
def test_any_way_to_forty_documents(first: list[Extraction], again: list[Extraction], data: st.DataObject) -> None:
    of = records([*first, *again])
    judged = data.draw(reviews(of, most=8))
    acts = data.draw(st.lists(st.sampled_from(ACTS), max_size=16))
    # Some documents come twice, and some of `again`, which have their ids, after them with other words.
    repeated = data.draw(st.lists(st.sampled_from(first), max_size=4))
    released = data.draw(releases([*first, *again]))
    way = Way(of, data)
    for step in data.draw(st.permutations([*first, *repeated, *again, *judged, *released, *acts])):
        way.go(step)
    way.arrive()
    assert way.store.rebuild() == (0, 0)
    straight = bare()
    straight.judge(way.store.reviews())
    straight.release(way.store.releases())
    straight.put_many([put(it) for _, it in sorted(way.present.items(), reverse=True)], match)
    assert dumped(way.store) == dumped(straight)
