"""Templates of a system and of the answer key in; recall and precision of every slot out, as MUC-4 scored.

After Chinchor 1992 ("MUC-4 Evaluation Metrics", in the proceedings of MUC-4), the slots and hierarchies of the official
scorer's ``slotconfig`` (version 3.3), and the task's documentation (``templ-doc``):

- A fill is correct (1), partially correct (½), incorrect, spurious or missing; recall is points over what the key asks
  for, precision points over what was answered. A key fill with ``?`` is asked for only if it was answered.
- Of key values parted by ``/``, the one that fits best counts.
- A set fill above the key's in its hierarchy is partially correct (GUN for HANDGUN, ATTACK for any incident).
- A fill that belongs to the wrong fill of another slot is partially correct at most.
- Templates are paired one to one so that points add up to the most. A pair needs at least half a point on the type of
  incident and on what it is about: on a perpetrator, target or victim, or on both its date and its place.
- ALL TEMPLATES: what is in a template without partner is missing or spurious. An optional one is missed by nobody.

At MUC-4 people judged fills that were not equal. Here a program does, strictly, by the rules of :func:`strings`,
:func:`dates`, :func:`places` and :func:`numbers`; figures of the conference are therefore a yardstick, no more.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec
import numpy as np

from kg.bench.assignment import best_pairs
from kg.bench.scores import Score, total
from kg.extraction.training.muc4 import SLOTS, Fill, Kind, Template, iso_date

CORRECT, PARTIAL, WRONG = 1.0, 0.5, 0.0


class Tally(msgspec.Struct, frozen=True):
    """How the fills of a slot were judged. ``points`` counts correct ones whole and partial ones half."""

    correct: int = 0
    partial: int = 0
    incorrect: int = 0
    spurious: int = 0
    missing: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.correct + other.correct,
            self.partial + other.partial,
            self.incorrect + other.incorrect,
            self.spurious + other.spurious,
            self.missing + other.missing,
        )

    @property
    def points(self) -> float:
        """Correct fills and half of the partially correct ones."""
        return self.correct + PARTIAL * self.partial

    @property
    def score(self) -> Score:
        """Recall over what is possible (all but spurious), precision over what is actual (all but missing)."""
        shared = self.correct + self.partial + self.incorrect
        return Score.of(self.points, shared + self.spurious, shared + self.missing)


def score(response: Mapping[str, Sequence[Template]], key: Mapping[str, Sequence[Template]]) -> dict[str, Score]:
    """The score of every slot over all messages of the key; ``all`` is the sum (the row ALL TEMPLATES)."""
    tallies = defaultdict[str, Tally](Tally)
    for message, wanted in key.items():
        for answered, asked in _partners(response.get(message, ()), wanted):
            for slot in SLOTS:
                tallies[slot] += _judged(answered, asked, slot)
    slots = {slot: tallies[slot].score for slot in SLOTS}
    return {**slots, "all": total(slots.values())}


def _partners(
    response: Sequence[Template], key: Sequence[Template]
) -> Iterable[tuple[Template | None, Template | None]]:
    """Every template of both sides once, with its partner or without one."""
    worth = np.array([[_worth(answered, asked) for asked in key] for answered in response])
    pairs = dict(best_pairs(worth)) if response and key else {}
    yield from ((answered, key[pairs[n]] if n in pairs else None) for n, answered in enumerate(response))
    yield from ((None, asked) for n, asked in enumerate(key) if n not in pairs.values())


_ABOUT = ("perpetrator individual", "perpetrator organization", "target id", "victim name", "victim description")


def _worth(response: Template, key: Template) -> float:
    """The points of a pair, 0 if the two may not be paired."""
    points = {slot: _judged(response, key, slot).points for slot in SLOTS}
    alike = any(points[slot] for slot in _ABOUT) or (points["incident date"] and points["incident location"])
    return sum(points.values()) if points["incident type"] and alike else 0.0


def _judged(response: Template | None, key: Template | None, slot: str) -> Tally:
    """The fills of one slot, paired one to one so that their points add up to the most."""
    if key is None:
        return Tally(spurious=len(response.of(slot)) if response else 0)
    asked = key.of(slot)
    needed = [fill for fill in asked if not fill.optional]
    if response is None:
        return Tally(missing=0 if key.optional else len(needed))
    if slot in key.inapplicable:
        return Tally()
    answered = response.of(slot)
    pairs = best_pairs([[credit(a, b, SLOTS[slot][1], slot) for b in asked] for a in answered])
    given = [credit(answered[a], asked[b], SLOTS[slot][1], slot) for a, b in pairs]
    left = len(answered) - len(pairs)
    open_fills = len(needed) - sum(not asked[b].optional for _, b in pairs)
    incorrect = min(left, open_fills)
    return Tally(given.count(CORRECT), given.count(PARTIAL), incorrect, left - incorrect, open_fills - incorrect)


# ---- single fills ---------------------------------------------------------------------------------------------------


def credit(response: Fill, key: Fill, kind: Kind, slot: str) -> float:
    """1, ½ or 0 points for one fill."""
    compare = _COMPARE.get(kind) or (lambda one, other: sets(one, other, _HIERARCHY.get(slot, {})))
    points = max(compare(one, other) for one in response.values for other in key.values)
    if not key.about or _refers(response.about, key.about):
        return points
    return PARTIAL if points == CORRECT else WRONG


def _refers(response: Sequence[str], key: Sequence[str]) -> bool:
    return any(one == other or strings(one, other) for one in response for other in key)


def sets(response: str, key: str, above: Mapping[str, str]) -> float:
    """Correct if equal, partially if the response is above the key in the hierarchy."""
    if response == key:
        return CORRECT
    parent = above.get(key)
    while parent is not None and parent != response:
        parent = above.get(parent)
    return WRONG if parent is None else PARTIAL


_IDLE = frozenset(
    "A AN THE OF IN ON AT BY FOR TO FROM WITH AND OR WHO WHICH THAT HIS HER ITS THEIR OUR MY SOME SEVERAL MANY OTHER "
    "ANOTHER ALL BOTH MR MRS MS DR UNIDENTIFIED UNKNOWN ONE TWO THREE FOUR FIVE SIX SEVEN EIGHT NINE TEN S".split()
)
"""Words without content, titles of courtesy, and the determiners and quantifiers that templ-doc calls unhelpful."""

_ENDS_THE_HEAD = frozenset("OF IN ON AT BY FOR TO FROM WITH WHO WHICH THAT WEARING INVOLVED".split())


def strings(response: str, key: str) -> float:
    """Correct if the content words are equal, or the response has more of them around the same head; else partially
    if any is shared.

    More is right because templ-doc (part 2, slots 9 and 19) grants full credit to modifiers that the key leaves out:
    "ALLEGED GUERRILLAS" for "GUERRILLAS". The head is the last word before a preposition or relative pronoun: "BUS
    DRIVER" is partially correct for "BUS".
    """
    answered, asked = _content(response), _content(key)
    if not set(answered) & set(asked):
        return WRONG
    if set(answered) == set(asked) or (set(asked) <= set(answered) and _head(response) in asked):
        return CORRECT
    return PARTIAL


def _words(text: str) -> list[str]:
    return re.findall(r"[A-Z0-9]+", text.upper().replace("'S", ""))


def _content(text: str) -> list[str]:
    return [word for word in _words(text) if word not in _IDLE] or _words(text)


def _head(text: str) -> str:
    words = _words(text)
    end = next((n for n, word in enumerate(words) if n and word in _ENDS_THE_HEAD), len(words))
    return words[end - 1] if words else ""


def numbers(response: str, key: str) -> float:
    """Correct if equal; partially if only the signs of "about" (``~6``) or of a bound (``6-``) differ."""
    one, other = (text.replace(" ", "") for text in (response, key))
    if one == other:
        return CORRECT
    return PARTIAL if re.findall(r"\d+", one) == re.findall(r"\d+", other) != [] else WRONG


def dates(response: str, key: str) -> float:
    """Correct if equal; partially if one lies in the other, where an open range lies only in one with the same end."""
    one, other = _range(response), _range(key)
    if one is None or other is None or one == other:
        return CORRECT if one == other and one is not None else WRONG
    if one[0] and other[0]:
        inside = (one[0] >= other[0] and one[1] <= other[1]) or (other[0] >= one[0] and other[1] <= one[1])
        return PARTIAL if inside else WRONG
    return PARTIAL if one[1] == other[1] else WRONG


def _range(text: str) -> tuple[str, str] | None:
    """First day ("" if open) and last day, in ISO 8601, of ``D``, ``D - D`` or ``- D``."""
    before, sign, after = text.upper().rpartition("-")
    last = iso_date(after)
    first = iso_date(before) if before.strip() else ""
    if last is None or first is None:
        return None
    return (first if sign else last), last


def places(response: str, key: str) -> float:
    """Correct if the same places are named (their types do not matter), partially if the country is right."""
    one, other = _places(response), _places(key)
    if not one or not other or one[0] != other[0]:
        return WRONG
    return CORRECT if set(one) == set(other) else PARTIAL


def _places(text: str) -> list[str]:
    """``CHILE: SANTIAGO (CITY)`` as its names, the country first; ``A - B`` lies between two places."""
    bare = re.sub(r"\([^)]*\)", "", text.upper())
    return [" ".join(name.split()) for name in re.split(r":| - ", bare) if name.strip()]


_COMPARE: Mapping[Kind, Callable[[str, str], float]] = {
    "string": strings,
    "number": numbers,
    "date": dates,
    "location": places,
}


# ---- hierarchies of set fills -------------------------------------------------------------------------------------


def _under(parent: str, *children: str) -> dict[str, str]:
    return dict.fromkeys(children, parent)


_HIERARCHY: Mapping[str, Mapping[str, str]] = {
    "incident type": _under("ATTACK", "ARSON", "BOMBING", "KIDNAPPING", "HIJACKING", "ROBBERY", "FORCED WORK STOPPAGE"),
    "instrument type": {
        **_under("GUN", "MACHINE GUN", "MORTAR", "HANDGUN", "RIFLE"),
        **_under("EXPLOSIVE", "BOMB", "GRENADE", "MOLOTOV COCKTAIL"),
        **_under("BOMB", "VEHICLE BOMB", "DYNAMITE", "MINE", "AERIAL BOMB"),
        **_under("PROJECTILE", "MISSILE", "ROCKET"),
    },
    "perpetrator confidence": _under("SUSPECTED OR ACCUSED", "SUSPECTED OR ACCUSED BY AUTHORITIES"),
    "target type": _under("POLITICAL FIGURE OFFICE OR RESIDENCE", "GOVERNMENT OFFICE OR RESIDENCE"),
    "target effect": _under("DESTROYED", "SOME DAMAGE"),
    "victim type": {
        **_under("POLITICAL FIGURE", "GOVERNMENT OFFICIAL"),
        **_under("GOVERNMENT OFFICIAL", "FORMER GOVERNMENT OFFICIAL"),
        **_under("ACTIVE MILITARY", "FORMER ACTIVE MILITARY"),
    },
    "victim effect": {**_under("NO INJURY", "NO DEATH"), **_under("NO DEATH", "NO INJURY OR DEATH")},
}
"""For a value the one above it, by slot: the nested lists of the official configuration."""
