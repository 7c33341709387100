"""A served store with what the pages have to show: a toll that rises, a contradiction, a denial, hostile words."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.claims import Claim, Document, Entity, EntityRef, Extraction, Mention, Quantity, Source, Span
from kg.explorer.rooms import beside, rooms
from kg.mapping import to_nquads
from kg.resolution import match, resolve
from kg.store import Store
from kg.web.settings import Settings
from tests.views.story import filled
from tests.web.served import TOKEN, Served, served

HOSTILE = "<script>document.title='owned'</script>"

LATER = (
    "Ada Brandt was born in Sandvik. Between 30 and 40 people died in the Lindhafen explosion, said the ministry. "
    f"The Harbour Guard did not carry it out, its speaker {HOSTILE} said. The Harbour Guard carried it out, police say."
)


def later() -> Extraction:
    """A report of another source: another birth place, a higher toll, a denial and its opposite."""
    document = Document(
        "c" * 16,
        LATER,
        "javascript:alert(1)",
        Source("south-post", "South Post " + HOSTILE, "newspaper", None),
        "Toll rises " + HOSTILE,
        "2031-05-07",
    )
    born, died, denied, stated = LATER.split(". ")
    entities = (
        Entity("e1", "Person", "Ada Brandt"),
        Entity("e2", "City", "Sandvik"),
        Entity("e3", "Explosion", "Lindhafen explosion"),
        Entity("e4", "ArmedGroup", "Harbour Guard", (HOSTILE,)),
        Entity("e5", "Person", HOSTILE),
        Entity("e6", "City", "Lindhafen"),
    )
    claims = (
        _claim(born, "e1", "bornIn", EntityRef("e2")),
        _claim(died, "e3", "deaths", Quantity(30, 40, "Between 30 and 40")),
        _claim(died, "e3", "happenedIn", EntityRef("e6")),
        _claim(denied, "e3", "carriedOutBy", EntityRef("e4"), stance="denied", speaker="e5"),
        _claim(stated, "e3", "carriedOutBy", EntityRef("e4")),
    )
    names = {"e1": "Ada Brandt", "e2": "Sandvik", "e3": "Lindhafen explosion", "e4": "Harbour Guard", "e5": HOSTILE}
    mentions = tuple(
        Mention(Span(LATER.index(name), LATER.index(name) + len(name)), entity, "name")
        for entity, name in names.items()
    )
    return Extraction(document, entities, mentions, claims)


def _claim(quote: str, subject: str, predicate: str, value: object, **more: object) -> Claim:
    start = LATER.index(quote)
    return Claim(subject, predicate, value, Span(start, start + len(quote)), **more)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The story in three reports, with its pages."""
    folder: Path = tmp_path_factory.mktemp("explored") / "kg.store"
    with Store.open(folder) as store:
        filled(store)
        told = later()
        store.put(to_nquads(told), *resolve(told), match)
    with served(Settings(store=folder, token=TOKEN, timeout=60.0), rooms(), beside()) as it:
        it.client.headers["accept"] = "text/html"
        yield it


@pytest.fixture(scope="session")
def nothing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """An empty store, with its pages."""
    folder: Path = tmp_path_factory.mktemp("nothing") / "kg.store"
    Store.open(folder).close()
    with served(Settings(store=folder, token=TOKEN, timeout=60.0), rooms(), beside()) as it:
        it.client.headers["accept"] = "text/html"
        yield it
