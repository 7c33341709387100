"""Two names of organizations in, their likeness out.

A word that changes makes another body (Bank of England, Bank of Ireland), a word that is left out may not: the rules
go by where it stands and what is left.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

import msgspec

from kg.resolution.bands import Likeness, different, hard, same
from kg.resolution.reference import adjectives, bodies, spellings, words
from kg.resolution.spelling import one_sound, plain

_COUNTRY = "@"
_LONGEST_COUNTRY = 5
_LETTERS_ENOUGH = 4
_ACRONYM = re.compile(r"[^\W\d_a-z][\w&]*[^\W\d_a-z]\w?")


class OrganizationName(msgspec.Struct, frozen=True):
    """A name taken apart: its words of weight in order (countries as ``@iran``), its legal form, its short forms.

    ``letters`` are the letters of a name that is an acronym; ``initials`` those that it may be shortened to.
    """

    words: tuple[str, ...]
    legal: str | None
    letters: str | None
    initials: frozenset[str]
    known: str | None


@lru_cache(maxsize=50_000)
def parse(name: str) -> OrganizationName:
    """Take a name apart.

    >>> parse("Ministry of Defence of Iran").words
    ('@iran', 'defense', 'ministry')
    """
    found = plain(name).split()
    legal = None
    while len(found) > 1 and found[-1] in words("organizations", "legal"):
        legal = found.pop()
    initials = frozenset(_initials(found))
    kept = [_spelled(word) for word in _with_countries(found)]
    weighty = tuple(word for word in kept if word not in words("organizations", "idle"))
    known = bodies().get(" ".join(found).removeprefix("the "))
    return OrganizationName(_settled(weighty or tuple(kept)), legal, _letters(name), initials, known)


def likeness(left: str, right: str) -> Likeness:
    """Whether two names may be of one organization, by the names alone."""
    one, two = parse(left), parse(right)
    if one.known and two.known:
        return same(1.0, f"names of one body: {one.known}") if one.known == two.known else different("two known bodies")
    if one.words == two.words:
        return _equal(one, two)
    return _acronym(one, two) or _acronym(two, one) or _turned(one, two) or _by_words(one.words, two.words)


def is_national(found: tuple[str, ...]) -> bool:
    """Whether words name what every country has, without telling the country."""
    return all(word in words("organizations", "national") for word in found)


def countries_of(found: OrganizationName) -> frozenset[str]:
    """The countries that a name tells, as the reference data name them."""
    return frozenset(word[1:].replace("-", " ") for word in found.words if word.startswith(_COUNTRY))


def without_countries(found: OrganizationName) -> tuple[str, ...]:
    """The words of a name but for its countries."""
    return tuple(word for word in found.words if not word.startswith(_COUNTRY))


# --- taking apart ----------------------------------------------------------------------------------------------------


def _settled(found: tuple[str, ...]) -> tuple[str, ...]:
    """One order for "Department of X" and "X Department", "Navy of Y" and "Y Navy"."""
    marked = tuple(word for word in found if word.startswith(_COUNTRY))
    others = tuple(word for word in found if not word.startswith(_COUNTRY))
    if not others:
        return found
    if others[0] in words("organizations", "turning"):
        others = (*others[1:], others[0])
    elif not is_national(others) or "bank" in others:
        return found
    return (*marked, *others)


def _with_countries(found: list[str]) -> Iterator[str]:
    """The words, with names and adjectives of countries as one marked word each."""
    known = _countries()
    at = 0
    while at < len(found):
        for length in range(min(_LONGEST_COUNTRY, len(found) - at), 0, -1):
            run = " ".join(found[at : at + length])
            country = known.get(run) or (known.get(run[:-1]) if len(run) > 4 and run[-1] == "s" else None)
            if country:
                yield country
                at += length
                break
        else:
            yield found[at]
            at += 1


@lru_cache(maxsize=1)
def _countries() -> Mapping[str, str]:
    marked = {word: _COUNTRY + country.replace(" ", "-") for word, country in adjectives().items()}
    return marked | {"united nations": "unitednations", "philippines": "@philippines"}


def _spelled(word: str) -> str:
    return spellings("organizations").get(word, word)


def _letters(name: str) -> str | None:
    """The letters of an acronym: "U.N.", "CJTF-OIR", "DoD"; None for another name."""
    bare = re.sub(r"[.\s-]", "", name.removeprefix("the ").removeprefix("The "))
    parts = re.split(r"[\s-]", name.replace(".", "").removeprefix("the ").removeprefix("The "))
    if not all(_ACRONYM.fullmatch(part) and sum(map(str.isupper, part)) * 2 > len(part) for part in parts):
        return None
    return plain(bare)


def _initials(found: list[str]) -> Iterator[str]:
    """What the words may be shortened to: the first letters of all, or of those with weight."""
    yield "".join(map(_first, found))
    yield "".join(_first(word) for word in found if word not in words("organizations", "idle"))
    yield "".join(_first(word) for word in found if word not in {"the", "and"})


def _first(word: str) -> str:
    return word if word in ("us", "un", "uk", "eu") else word[0]


# --- comparing -------------------------------------------------------------------------------------------------------


def _equal(one: OrganizationName, two: OrganizationName) -> Likeness:
    if is_national(one.words):
        return hard(0.6, "the same words, which many countries have")
    if one.letters and len(one.letters) < _LETTERS_ENOUGH:
        return hard(0.6, "the same few letters, which others have too")
    if one.legal and two.legal and plain_legal(one.legal) != plain_legal(two.legal):
        return hard(0.6, f"legal forms differ: {one.legal}, {two.legal}")
    return same(1.0, "the same words")


def plain_legal(form: str) -> str:
    """One form for the two ways of writing a legal form."""
    return {"corporation": "corp", "incorporated": "inc", "limited": "ltd"}.get(form, form)


def _acronym(short: OrganizationName, long: OrganizationName) -> Likeness | None:
    if not short.letters or len(long.words) < 2 or short.letters not in long.initials:
        return None
    reason = f"{short.letters.upper()} are the initials of the other name"
    if len(short.letters) >= _LETTERS_ENOUGH:
        return hard(0.6, reason)
    return hard(0.5, reason, "few letters, which fit other names too")


def _turned(one: OrganizationName, two: OrganizationName) -> Likeness | None:
    """The same words in another order, which may make another body."""
    if sorted(one.words) != sorted(two.words):
        return None
    return hard(0.3, "the same words in another order")


def _by_words(left: tuple[str, ...], right: tuple[str, ...]) -> Likeness:
    pairs = _in_order(left, right)
    only_left = [at for at in range(len(left)) if at not in {pair[0] for pair in pairs}]
    only_right = [at for at in range(len(right)) if at not in {pair[1] for pair in pairs}]
    if not pairs:
        return different("no word in common")
    if only_left and only_right:
        return different(
            f"words contradict: {_told(left[at] for at in only_left)}; {_told(right[at] for at in only_right)}"
        )
    if not only_left and not only_right:
        return same(0.9, "spellings of one name")
    long, extra = (left, only_left) if only_left else (right, only_right)
    return _with_extra(long, extra)


def _with_extra(long: tuple[str, ...], extra: list[int]) -> Likeness:
    """One name has words that the other leaves out."""
    rest = tuple(word for at, word in enumerate(long) if at not in extra)
    told = _told(long[at] for at in extra)
    first, last = min(at for at in range(len(long)) if at not in extra), len(long) - 1
    while last in extra:
        last -= 1
    if any(first < at < last for at in extra):
        return different(f"{told} within the name tells another")
    if is_national(rest) and not is_national(tuple(long[at] for at in extra if not long[at].startswith(_COUNTRY))):
        return different(f"{told} tells of whom it is")
    behind = [long[at] for at in extra if at > last]
    if len(extra) == 1 and behind and behind[0].startswith(_COUNTRY) and len(rest) == 1 and not is_national(rest):
        return different(f"{told} behind the name tells another")
    score = 0.5 * sum(map(len, rest)) / sum(map(len, long))
    return hard(score, f"one leaves out {told}")


def _told(found: Iterator[str]) -> str:
    return " ".join(word.removeprefix(_COUNTRY).replace("-", " ") for word in found)


def _in_order(left: tuple[str, ...], right: tuple[str, ...]) -> list[tuple[int, int]]:
    """The longest common run of words, in order, not always neighbours; the first found of equals."""
    best: dict[tuple[int, int], list[tuple[int, int]]] = {}

    def common(i: int, j: int) -> list[tuple[int, int]]:
        if i == len(left) or j == len(right):
            return []
        if (i, j) not in best:
            options = [common(i + 1, j), common(i, j + 1)]
            if _one_word(left[i], right[j]):
                options.insert(0, [(i, j), *common(i + 1, j + 1)])
            best[i, j] = max(options, key=len)
        return best[i, j]

    return common(0, 0)


def _one_word(left: str, right: str) -> bool:
    if left == right or left + "s" == right or right + "s" == left:
        return True
    if left[0] == _COUNTRY or right[0] == _COUNTRY or {left, right} & words("organizations", "national"):
        return False
    return min(len(left), len(right)) > 3 and abs(len(left) - len(right)) < 2 and one_sound(left, right)
