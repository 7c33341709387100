"""A picture in, one HTML file out that opens without a network and shows every fact with the words that state it.

All words of articles are hostile until shown: the data travels as JSON whose ``<`` is escaped, the script sets text
only, and the page's own policy lets nothing run or load but the style and the script whose hashes it names.
"""

import base64
import hashlib
import html
from collections.abc import Iterable
from importlib.resources import files
from typing import IO

import msgspec

from kg.views import clean, layout
from kg.views.picture import Evidence, Fact, Paper, Picture, Thing
from kg.views.whole import Whole


def write(shown: Picture | Whole, out: IO[bytes]) -> None:
    """Write the page. Two exports of one picture are the same byte for byte."""
    picture = shown if isinstance(shown, Picture) else shown.picture()
    style, script = _part("page.css"), _part("page.js")
    filled = {
        "@policy@": policy(style, script),
        "@title@": html.escape(clean.text(picture.title)),
        "@style@": style,
        "@data@": embedded(content(picture)),
        "@script@": script,
    }
    page = _part("page.html")
    for mark, part in filled.items():
        before, _, after = page.partition(mark)
        out.write(before.encode())
        out.write(part.encode("utf-8", "replace"))
        page = after
    out.write(page.encode())


def policy(style: str, script: str) -> str:
    """The Content-Security-Policy: this style and this script by their hashes, nothing else, no request at all."""
    return (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def embedded(data: object) -> str:
    """JSON that can stand in a script element: nothing in it can close the element or open a comment."""
    text = msgspec.json.encode(data).decode()
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def content(picture: Picture) -> dict[str, object]:
    """What the script draws: things with their places, facts by number of their things, documents once each."""
    number = {thing.iri: place for place, thing in enumerate(picture.things)}
    papers = _papers(picture.facts)
    points = layout.positions(len(number), [(number[fact.subject], number[target]) for fact, target in picture.links])
    said = _said(picture.facts)
    return {
        "title": clean.text(picture.title),
        "left_out": picture.left_out,
        "things": [
            _thing(thing) | said.get(thing.iri, {}) | {"x": round(float(x), 2), "y": round(float(y), 2)}
            for thing, (x, y) in zip(picture.things, points, strict=True)
        ],
        "facts": [_fact(fact, number, papers) for fact in picture.facts],
        "papers": [_paper(paper) for paper in papers],
    }


def _part(name: str) -> str:
    return files(__name__).joinpath(name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _papers(facts: Iterable[Fact]) -> dict[Paper, int]:
    papers = dict.fromkeys(item.document for fact in facts for item in fact.evidence)
    return {paper: place for place, paper in enumerate(papers)}


def _thing(thing: Thing) -> dict[str, object]:
    return {
        "iri": clean.text(thing.iri),
        "label": clean.text(thing.label),
        "kind": clean.text(thing.kind),
        "family": thing.family,
        "aliases": [clean.text(alias) for alias in thing.aliases],
        "mentions": thing.mentions,
        "sources": thing.sources,
        "documents": thing.documents,
        **_measures(thing),
    }


def _measures(thing: Thing) -> dict[str, object]:
    if thing.measures is None:
        return {}
    found = thing.measures
    shares = {"PageRank": f"{found.pagerank:.4f}", "betweenness": f"{found.betweenness:.4f}"}
    return {"measures": {**shares, "community": found.community}}


def _fact(fact: Fact, number: dict[str, int], papers: dict[Paper, int]) -> dict[str, object]:
    told: dict[str, object] = {
        "s": number[fact.subject],
        "label": clean.text(fact.label),
        "stance": fact.stance,
        "sources": fact.sources,
        "evidence": [_evidence(item, papers) for item in fact.evidence],
    }
    ends: dict[str, object] = {"value": clean.text(fact.value)} if fact.object is None else {"o": number[fact.object]}
    seldom = {"first": fact.first_said, "last": fact.last_said, "time": fact.time, "inferred": fact.inferred}
    return told | ends | {name: value for name, value in seldom.items() if value}


def _evidence(item: Evidence, papers: dict[Paper, int]) -> dict[str, object]:
    told: dict[str, object] = {
        "p": papers[item.document],
        "quote": clean.text(item.quote),
        "start": item.start,
        "end": item.end,
        "stance": item.stance,
    }
    seldom = {"speaker": item.speaker, "via": item.via}
    return told | {name: clean.text(value) for name, value in seldom.items() if value}


def _paper(paper: Paper) -> dict[str, object]:
    return {name: clean.text(value) for name, value in msgspec.structs.asdict(paper).items() if value}


def _said(facts: Iterable[Fact]) -> dict[str, dict[str, str]]:
    """First and last day on which a thing was spoken of, cut to what its facts know."""
    days: dict[str, list[str]] = {}
    for fact in facts:
        for end in {fact.subject, fact.object or fact.subject}:
            days.setdefault(end, []).extend(day for day in (fact.first_said, fact.last_said) if day)
    return {thing: {"first": min(known), "last": max(known)} for thing, known in days.items() if known}
