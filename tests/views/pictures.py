"""Pictures made up by hand: a small one about invented events, and large ones with many hubs and loose ends."""

import random

from kg.views.picture import Evidence, Fact, Paper, Picture, Thing

PAPER = Paper(
    id="a1b2c3d4e5f60718",
    title="Blast at the harbour",
    source="North Wire",
    url="https://north.example/1",
    published="2031-05-04T10:00:00Z",
)
OTHER_PAPER = Paper(id="b1b2c3d4e5f60718", title="Mayor speaks", source="City Post", published="2031-05-06")


def thing(name: str, kind: str, family: str | None = None, **more: object) -> Thing:
    iri = f"urn:newskg:{kind.lower()}/{name.lower().replace(' ', '-')}"
    return Thing(iri, name, kind, family or kind, **{"mentions": 2, "sources": 1, "documents": 1, **more})  # type: ignore[arg-type]


def fact(subject: Thing, predicate: str, target: Thing | str, **more: object) -> Fact:
    """A fact with one piece of evidence, unless ``evidence`` is given."""
    end = target if isinstance(target, str) else target.iri[11:]
    iri = f"urn:newskg:fact/{subject.iri[11:]}-{predicate}-{end}".replace(" ", "-")
    words = f"{subject.label} … {target if isinstance(target, str) else target.label}."
    quote = Evidence(f"{iri}/c", words, PAPER, 10, 10 + len(words))
    ends = {"value": target} if isinstance(target, str) else {"object": target.iri}
    label = "".join(f" {sign.lower()}" if sign.isupper() else sign for sign in predicate)
    given = {"evidence": (quote,), "first_said": "2031-05-04", "last_said": "2031-05-06", **ends, **more}
    return Fact(iri, subject.iri, predicate, label, **given)  # type: ignore[arg-type]


ADA = thing("Ada Brandt", "Person", aliases=("Brandt", "Dr Brandt"), sources=2)
GUARD = thing("Harbour Guard", "ArmedGroup", "Organization")
BLAST = thing("harbour blast", "Explosion", "Event", sources=3, documents=3)
TOWN = thing("Lindhafen", "City", "Place")
LAND = thing("Nordland", "Country")
SMALL = Picture(
    things=(ADA, GUARD, BLAST, TOWN, LAND),
    facts=(
        fact(ADA, "leaderOf", GUARD, time="2029/", sources=2),
        fact(ADA, "bornIn", TOWN, time="1980-02"),
        fact(BLAST, "happenedIn", TOWN, sources=3),
        fact(TOWN, "locatedIn", LAND),
        fact(BLAST, "locatedIn", LAND, inferred=True, evidence=()),
        fact(BLAST, "carriedOutBy", GUARD, stances=("alleged",)),
        fact(BLAST, "claimedBy", GUARD, stances=("asserted", "denied")),
        fact(BLAST, "deaths", "at least 12"),
        fact(BLAST, "deaths", "14", stances=("alleged",)),
        fact(ADA, "bornOn", "1980-02-03"),
    ),
    title="Harbour blast",
)


def crowd(count: int, seed: int = 7) -> Picture:
    """A picture of ``count`` things, linked as news links them: a few hubs, many leaves, some islands."""
    chance = random.Random(seed)
    things = [_someone(number, chance) for number in range(count)]
    facts, weights = [], [1.0]
    for number in range(1, count):
        weights.append(1.0)
        if number > count * 0.78 and chance.random() < 0.4:
            continue
        near = range(max(int(count * 0.78), number - 5), number) if number > count * 0.8 else range(number)
        for _ in range(1 if chance.random() < 0.68 else 2):
            hub = chance.choices(near, weights=weights[near.start : near.stop])[0]
            weights[hub] += 1
            facts.append(_something(things[number], things[hub], chance))
    unique = {item.iri: item for item in facts}
    return Picture(tuple(things), tuple(unique.values()), f"{count} made-up things")


_KINDS = [
    ("Person", "Person", 34),
    ("Organization", "ArmedGroup", 14),
    ("Country", "Country", 6),
    ("Place", "City", 16),
    ("Event", "Strike", 16),
]
_KINDS += [("Position", "Position", 6), ("Group", "Group", 4), ("Weapon", "Weapon", 2), ("Work", "Work", 2)]
_FIRST = (
    "Ada",
    "Bruno",
    "Carla",
    "Dario",
    "Elif",
    "Farid",
    "Greta",
    "Hamid",
    "Irina",
    "Jonas",
    "Karim",
    "Leila",
    "Marta",
)
_LAST = ("Adler", "Brandt", "Castillo", "Demir", "Eriksen", "Farouk", "Grimm", "Haddad", "Ivanov", "Jensen", "Kowalski")


def _someone(number: int, chance: random.Random) -> Thing:
    family, kind, _ = chance.choices(_KINDS, weights=[row[2] for row in _KINDS])[0]
    name = (
        f"{chance.choice(_FIRST)} {chance.choice(_LAST)}"
        if family == "Person"
        else f"{chance.choice(_LAST)} {kind.lower()} {number}"
    )
    made = thing(f"{name}", kind, family, sources=1 + int(chance.paretovariate(1.6)), mentions=chance.randrange(1, 20))
    return Thing(f"{made.iri}-{number}", name, kind, family, (), made.mentions, made.sources, 1)


def _something(a: Thing, b: Thing, chance: random.Random) -> Fact:
    predicate = chance.choice(
        ["memberOf", "locatedIn", "killedBy", "leaderOf", "happenedIn", "carriedOutBy", "accusedOf", "met"]
    )
    stance = chance.choices(["asserted", "alleged", "denied", "possible"], weights=[80, 14, 3, 3])[0]
    return fact(
        a, predicate, b, stances=(stance,), sources=int(chance.paretovariate(1.8)), inferred=chance.random() < 0.07
    )
