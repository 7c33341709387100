"""Two names or IRIs, a refused claim, or the machine's doubts, in; questions with their evidence, and what a person
decided, out.

A person speaks of things; the ledger knows records. So a word on two things becomes judgements on their records: on the
pair that persons judged already, else that of the machine's doubt, else the first key record of each. Nothing is ever
deleted: an undo is a judgement too (``withdrawn``).
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple
from typing import Literal as OneOf

import msgspec

from kg.claims import Judgement, Verdict
from kg.clusters import Conflict, Pair, is_person, pair_of, standing, verdicts
from kg.errors import StoreError, UsageError
from kg.store.identities import Compared, Identities, Turn
from kg.store.names import ALIAS
from kg.store.releases import Release, standing_releases
from kg.store.show import Quote, find
from kg.store.terms import text_of
from kg.store.who import Candidate, Who

if TYPE_CHECKING:
    from kg.store.local import Store

# So many candidates, or other names, are told.
_TOLD = 10


class Side(msgspec.Struct, frozen=True):
    """One of the two in question: a record, and the thing that it is at present (IRIs).

    ``called`` is the name of the record, ``name`` that of the thing; ``documents`` is how many speak of the thing.
    """

    record: str
    thing: str
    called: str
    name: str
    kind: str
    aliases: tuple[str, ...]
    documents: int
    quotes: tuple[Quote, ...]


class Question(msgspec.Struct, frozen=True):
    """Are these one? ``score`` (a probability) and ``reasons`` are the machine's; ``against`` tells why it holds other
    records of the two to be different, which a ``same`` would overrule."""

    left: Side
    right: Side
    score: float
    reasons: tuple[str, ...]
    against: tuple[str, ...]


class Decision(msgspec.Struct, frozen=True):
    """What was decided: the judgements that were appended, what the two sides are now, and the conflicts around them.

    ``things`` holds the thing of each side after it: twice the same if they are one. A decision on claims that were
    refused has ``releases`` and nothing else.
    """

    judgements: tuple[Judgement, ...] = ()
    things: tuple[Candidate, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    releases: tuple[Release, ...] = ()


class AmbiguousError(UsageError):
    """Words that do not tell what is meant; ``candidates`` are what they may mean."""

    def __init__(self, message: str, candidates: Iterable[Candidate]) -> None:
        """A message of one line, and what to choose from."""
        super().__init__(message)
        self.candidates = tuple(candidates)


# --- questions -------------------------------------------------------------------------------------------------------


def questions(store: "Store", about: str | None = None, *, again: bool = False) -> Iterator[Question]:
    """What the machine is unsure of, the most useful first: by the documents that speak of the two, then by the score.

    Each two things are asked about once, and not if a person has judged them (``again``: unless they were unsure).
    Decisions that are taken while the iterator runs count for what it gives next.

    Raises :class:`kg.errors.UsageError` if nothing is called ``about``.
    """
    only = {node[1:-1] for node in find(store, about)} if about is not None else None
    if only is not None and not only:
        raise UsageError(f"Nothing is called “{about}”. `kg show` tells the names of things.")
    return _questions(Who(store), only, again)


def stands(store: "Store", question: Question) -> bool:
    """Whether the two in question are still two things."""
    who = Who(store)
    one, other = who.thing(question.left.record), who.thing(question.right.record)
    return bool(one and other and one != other)


def _questions(who: Who, only: set[str] | None, again: bool) -> Iterator[Question]:
    asked: set[Pair] = set()
    for doubt in _in_order(who, only):
        one, other = (who.thing(record) or "" for record in pair_of(doubt))
        two = _sorted((one, other))
        if one and other and one != other and two not in asked and _is_open(who, two, again):
            asked.add(two)
            yield _question(who, doubt, one, other)


def _in_order(who: Who, only: set[str] | None) -> list[Judgement]:
    ranked: list[tuple[int, float, Pair]] = []
    found: dict[Pair, Judgement] = {}
    counted: dict[str, int] = {}
    for doubt in who.doubts():
        things = {thing for record in pair_of(doubt) if (thing := who.thing(record))}
        if len(things) == 2 and (only is None or only & things):
            counted |= {thing: who.documents(thing) for thing in things - counted.keys()}
            found[pair_of(doubt)] = doubt
            ranked.append((-sum(counted[thing] for thing in things), -doubt.score, pair_of(doubt)))
    return [found[pair] for *_, pair in sorted(ranked)]


def _is_open(who: Who, two: Pair, again: bool) -> bool:
    """Whether no person has said anything of two things."""
    for it in who.said():
        things = {who.thing(it.left), who.thing(it.right)}
        if things == set(two) and not (again and it.verdict == "unsure"):
            return False
    return True


def _question(who: Who, doubt: Judgement, one: str, other: str) -> Question:
    held = verdicts(who.across(who.records(one), who.records(other))).values()
    against = {reason for it in held if it.verdict == "different" for reason in it.reasons}
    left, right = pair_of(doubt)
    sides = _side(who, left, one), _side(who, right, other)
    return Question(*sides, doubt.score, doubt.reasons, tuple(sorted(against)))


def _side(who: Who, record: str, thing: str) -> Side:
    found, called = who.candidate(thing), who.called(record)
    names = {text_of(alias) for alias in who.merged.objects(f"<{thing}>", ALIAS)} - {called, found.name}
    aliases = tuple(sorted(names)[:_TOLD])
    return Side(record, thing, called, found.name, found.kind, aliases, found.documents, who.quotes(record))


# --- decisions -------------------------------------------------------------------------------------------------------


def decide(store: "Store", question: Question, verdict: Verdict, by: str) -> Decision:
    """Append a person's answer to a question: ``same``, ``different`` or ``unsure``. ``by`` is ``person:NAME``."""
    pair = question.left.record, question.right.record
    return _decided(store, {pair}, verdict, by, pair)


def join(store: "Store", one: str, other: str, by: str, because: str | None = None) -> Decision:
    """Two things are one. Names, or IRIs of things, of entities of documents, of key records.

    Raises :class:`AmbiguousError` for a name that may mean several things or nothing, and
    :class:`kg.errors.UsageError` for an unknown IRI, or if the two are one already.
    """
    who = Who(store)
    left, right = _meant(who, one), _meant(who, other)
    if left.thing == right.thing:
        raise UsageError(f"“{one}” and “{other}” are one thing already: {left.thing}.")
    pair = who.chosen(left.records, right.records)
    return _decided(store, {pair} | _spoken_apart(who, left, right), "same", by, pair, because)


def split(store: "Store", one: str, other: str, by: str, because: str | None = None) -> Decision:
    """Two things are not one. Out of one thing the ``other`` goes; if only one of the two is an entity, that.

    Two that are apart already stay so from now on. Raises as :func:`join` does, and :class:`AmbiguousError` where both
    mean the same records.
    """
    who = Who(store)
    left, right = _meant(who, one, exact=True), _meant(who, other, exact=True)
    if left.thing != right.thing:
        pair = who.chosen(_meant(who, one).records, _meant(who, other).records)
        return _decided(store, {pair}, "different", by, pair, because)
    if _is_entity(who, left) and not _is_entity(who, right):
        left, right = right, left
    stay, leave = left.records - right.records, right.records - left.records
    if not stay or not leave:
        known = [who.described(record) for record in sorted(who.records(left.thing))]
        raise AmbiguousError(f"“{one}” and “{other}” mean the same records. Give two of their IRIs.", known)
    return _decided(store, who.cuts(left.thing, stay, leave), "different", by, (min(stay), min(leave)), because)


def release(store: "Store", claims: Iterable[str], by: str, because: str | None = None) -> Decision:
    """Let claims that were refused count as any others, in one step: by the ids that ``kg check`` lists, or IRIs.

    Raises :class:`kg.errors.UsageError` if one is no refused claim, or was released by this person already.
    """
    found = {iri: words for words in claims for iri in [_refused(store, words)]}
    for iri in {it.claim for it in standing_releases(store.releases()) if it.judge == by}.intersection(found):
        raise UsageError(f"{found[iri]} is released already. `kg undo` takes back what you decided last.")
    return _released(store, found, "released", by, because)


def undo(store: "Store", by: str) -> Decision:
    """Take back what a person decided last: what counted before counts again. May be repeated, step by step.

    Raises :class:`kg.errors.UsageError` if there is nothing (more) to take back.
    """
    said = [it for it in standing(store.reviews()) if it.judge == by]
    freed = [it for it in standing_releases(store.releases()) if it.judge == by]
    last = max([*(it.at or "" for it in said), *(it.at for it in freed)], default=None)
    if last is None:
        raise UsageError(f"{by.removeprefix('person:')} has decided nothing that could be undone.")
    if claims := [it.claim for it in freed if it.at == last]:
        return _released(store, claims, "withdrawn", by)
    pairs = {pair_of(it) for it in said if it.at == last}
    return _decided(store, pairs, "withdrawn", by, min(pairs))


def _refused(store: "Store", words: str) -> str:
    """The IRI of the refused claim that an id or an IRI means."""
    known = {node[1:-1] for node in store.refused()}
    found = [iri for iri in known if words in (iri, iri.rpartition("/")[2])]
    if len(found) != 1:
        raise UsageError(
            f"“{words}” is no claim that was refused. `kg check` lists those, with what to release them by."
        )
    return found[0]


def _released(
    store: "Store", claims: Iterable[str], verdict: OneOf["released", "withdrawn"], by: str, because: str | None = None
) -> Decision:
    """Append a word on each claim, all of one moment: one step, which one undo takes back."""
    _check_person(by)
    at, reasons = _moment(store), (because,) if because else ()
    releases = tuple(Release(claim, verdict, by, at, reasons) for claim in sorted(claims))
    store.release(releases)
    return Decision(releases=releases)


def _spoken_apart(who: Who, left: "_Meant", right: "_Meant") -> set[Pair]:
    """The records meant that persons said are different, with all that they said of the two things in the same step."""
    meant = verdicts(who.across(left.records, right.records)).values()
    steps = {(it.judge, it.at) for it in meant if it.verdict == "different" and is_person(it)}
    found = verdicts(who.across(who.records(left.thing), who.records(right.thing)))
    return {pair for pair, it in found.items() if it.verdict == "different" and (it.judge, it.at) in steps}


def _decided(
    store: "Store", pairs: Iterable[Pair], verdict: Verdict, by: str, shown: Pair, because: str | None = None
) -> Decision:
    """Append a judgement on each pair, all of one moment: one step, which one undo takes back."""
    _check_person(by)
    at, reasons = _moment(store), (because,) if because else ()
    judged = [Judgement(*pair, verdict, 1.0, reasons, by, at) for pair in sorted(set(map(_sorted, pairs)))]
    store.judge(judged)
    who = Who(store)
    things = tuple(who.candidate(thing) for record in shown if (thing := who.thing(record)))
    return Decision(tuple(judged), things, _conflicts_around(who, judged))


def _sorted(pair: Pair) -> Pair:
    return min(pair), max(pair)


def _check_person(by: str) -> None:
    if not by.removeprefix("person:").strip() or not by.startswith("person:"):
        raise UsageError("Tell who decides: a name (--by NAME).")


def _moment(store: "Store") -> str:
    """Now, to the microsecond; a second after whatever was said last, should the clock be behind."""
    now = datetime.now(UTC)
    last = max([*(it.at or "" for it in store.reviews()), *(it.at for it in store.releases())], default="")
    if _written(now) > last:
        return _written(now)
    try:
        return _written(datetime.fromisoformat(last).replace(tzinfo=UTC) + timedelta(seconds=1))
    except (ValueError, OverflowError) as error:
        raise StoreError(f"A judgement is dated {last}, which is not before now. Set the clock right.") from error


def _written(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%S.%f}Z"


# --- conflicts -------------------------------------------------------------------------------------------------------


def of_persons(conflicts: Iterable[Conflict], reviews: Iterable[Judgement]) -> tuple[Conflict, ...]:
    """The conflicts in which a person's word has a part: those of machines among themselves are settled by score."""
    said = {pair_of(it) for it in standing(reviews)}
    return tuple(it for it in conflicts if _sorted((it.left, it.right)) in said or _sorted(it.apart) in said)


def _conflicts_around(who: Who, judged: list[Judgement]) -> tuple[Conflict, ...]:
    after = tuple(who.store.reviews())
    turn = Turn(reviews_before=tuple(it for it in after if it not in judged), reviews_after=after)
    found = Identities(turn, who.merged, who.kept, who.ledger, Compared(who.ledger, who.base), who.base)
    return of_persons(found.after.conflicts, after)


# --- what is meant ---------------------------------------------------------------------------------------------------


class _Meant(NamedTuple):
    """A thing, and those of its records that are spoken of."""

    thing: str
    records: frozenset[str]


def _is_entity(who: Who, meant: _Meant) -> bool:
    return not any(map(who.is_key, meant.records))


def _meant(who: Who, words: str, *, exact: bool = False) -> _Meant:
    """What a name or an IRI means; ``exact``: the IRI of a thing means the key record that it is called after."""
    if words.startswith(who.base):
        return _by_iri(who, words, exact)
    found = [node[1:-1] for node in find(who.store, words)]
    fitting = [thing for thing in found if who.is_called(f"<{thing}>", words, who.merged)]
    if len(fitting) == 1:
        return _Meant(fitting[0], who.named(fitting[0], words))
    known = [who.candidate(thing) for thing in (fitting or found)[:_TOLD]]
    what = f"may mean {len(fitting)} things: give an IRI" if fitting else "is the name of nothing here"
    raise AmbiguousError(f"“{words}” {what}.", known)


def _by_iri(who: Who, iri: str, exact: bool) -> _Meant:
    if thing := who.thing(iri):
        return _Meant(thing, frozenset({iri}))
    key = f"{who.base}key/{iri.removeprefix(who.base)}"
    given_up = who.redirected(iri)
    if (exact or given_up) and (thing := who.thing(key)):
        return _Meant(thing, frozenset({key}))
    records = who.records(given_up or iri)
    if not records:
        raise UsageError(f"There is nothing with the IRI {iri}. `kg show NAME` tells those of things.")
    return _Meant(given_up or iri, frozenset(records))
