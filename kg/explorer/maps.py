"""Places with their positions in; a map of the part of the world around them, as shapes in a box, out.

The projection is the plain one: degrees of latitude are all as long as each other, those of longitude as long as they
are in the middle of the map. The outline is that of ``world/``; nothing is fetched.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from math import cos, floor, radians

import msgspec

from kg.explorer.asking import Asker
from kg.views.picture import Thing

_WIDTH, _HEIGHT = 760, 360
# Room around the places, and what is drawn beyond the edge, so that cut shapes have no edge to be seen; in pixels.
_PADDING, _BEYOND = 60.0, 8.0
# Pixels a degree of latitude: one place stands in some 20 degrees, about what one knows the shape of.
_NEAREST, _FARTHEST = 18.0, _WIDTH / 360
# So many places are named; the others tell their names when pointed at.
_NAMED = 12
_LETTER = 6.6
"""Pixels of a letter of small text, on average."""

_POINT = re.compile(r"POINT\((-?[\d.]+) (-?[\d.]+)\)")
_POSITIONS = """SELECT ?node (geo:asWKT AS ?name) ?value { … ?node geo:hasGeometry/geo:asWKT ?value }"""

Pair = tuple[float, float]


class Place(msgspec.Struct, frozen=True):
    """A place, where it is (degrees), and how many times it is spoken of."""

    thing: Thing
    latitude: float
    longitude: float
    count: int = 1

    @property
    def words(self) -> str:
        """The position in words."""
        north, east = "N" if self.latitude >= 0 else "S", "E" if self.longitude >= 0 else "W"
        return f"{abs(self.latitude):.2f}° {north}, {abs(self.longitude):.2f}° {east}"


class Pin(msgspec.Struct, frozen=True):
    """A place in the map. ``end`` is the side that its name ends on, none if there is no room for the name."""

    place: Place
    x: float
    y: float
    radius: float
    end: str | None


class Map(msgspec.Struct, frozen=True):
    """Countries as paths, their names where there is room, lines of the grid with their degrees, and the places."""

    width: int
    height: int
    land: tuple[str, ...]
    names: tuple[tuple[float, float, str], ...]
    meridians: tuple[tuple[float, str], ...]
    parallels: tuple[tuple[float, str], ...]
    pins: tuple[Pin, ...]


async def positions(asker: Asker, iris: Iterable[str]) -> dict[str, Pair]:
    """Latitude and longitude of those places that have a position, by IRI."""
    found = await asker.details(_POSITIONS, iris)
    points = {iri: _POINT.fullmatch(min(told["asWKT"])) for iri, told in found.items()}
    return {iri: (float(point[2]), float(point[1])) for iri, point in points.items() if point}


def drawn(places: Sequence[Place]) -> Map | None:
    """The map of some places; none if there are none."""
    if not places:
        return None
    window = _Window.around(places)
    shapes = [shape for ring in _rings() for shape in window.shapes(ring)]
    pins = tuple(_pins(places, window))
    return Map(
        _WIDTH,
        _HEIGHT,
        tuple(_path(points) for _, points in shapes),
        tuple(_names(shapes, pins)),
        tuple((window.x(line), _degrees(line, "E", "W")) for line in window.meridians()),
        tuple((window.y(line), _degrees(line, "N", "S")) for line in window.parallels()),
        pins,
    )


# ---- what part of the world -----------------------------------------------------------------------------------------


class _Window(msgspec.Struct, frozen=True):
    """The middle of the map (degrees), and pixels a degree of latitude and of longitude."""

    latitude: float
    longitude: float
    up: float
    across: float

    @classmethod
    def around(cls, places: Sequence[Place]) -> "_Window":
        south, north = (extreme(it.latitude for it in places) for extreme in (min, max))
        west, east = (extreme(it.longitude for it in places) for extreme in (min, max))
        latitude, longitude = (south + north) / 2, (west + east) / 2
        squeeze = max(cos(radians(latitude)), 0.35)
        fitting = min(
            (_HEIGHT - 2 * _PADDING) / max(north - south, 0.01),
            (_WIDTH - 2 * _PADDING) / max(east - west, 0.01) / squeeze,
        )
        up = min(max(fitting, _FARTHEST), _NEAREST)
        edge = max(90 - _HEIGHT / 2 / up, 0.0)
        return cls(min(max(latitude, -edge), edge), longitude, up, up * squeeze)

    def x(self, longitude: float) -> float:
        return round(_WIDTH / 2 + (longitude - self.longitude) * self.across, 1)

    def y(self, latitude: float) -> float:
        return round(_HEIGHT / 2 - (latitude - self.latitude) * self.up, 1)

    def shapes(self, ring: "_Ring") -> Iterator[tuple[str, list[Pair]]]:
        """What of a country's ring is to be seen, in pixels; beyond the date line the world goes on."""
        for turn in (-360.0, 0.0, 360.0):
            west, south, east, north = ring.box
            if (
                self.x(west + turn) < _WIDTH + _BEYOND
                and self.x(east + turn) > -_BEYOND
                and self.y(north) < _HEIGHT + _BEYOND
                and self.y(south) > -_BEYOND
            ):
                cut = _cut([(self.x(lon + turn), self.y(lat)) for lon, lat in ring.points])
                if len(cut) > 2:
                    yield ring.country, cut

    def _step(self) -> int:
        return next((step for step in (2, 5, 10, 20, 30) if step * self.across > 70), 60)

    def meridians(self) -> list[int]:
        return _every(
            self._step(), self.longitude - _WIDTH / 2 / self.across, self.longitude + _WIDTH / 2 / self.across
        )

    def parallels(self) -> list[int]:
        found = _every(self._step(), self.latitude - _HEIGHT / 2 / self.up, self.latitude + _HEIGHT / 2 / self.up)
        return [line for line in found if abs(line) <= 90]


def _every(step: int, low: float, high: float) -> list[int]:
    return [line for line in range(floor(low / step) * step, floor(high) + 1, step) if line > low]


def _degrees(line: int, plus: str, minus: str) -> str:
    line = (line + 180) % 360 - 180 if abs(line) > 180 else line
    return f"{abs(line)}° {plus if line > 0 else minus}" if line else "0°"


# ---- land -----------------------------------------------------------------------------------------------------------


class _Ring(msgspec.Struct, frozen=True):
    """One part of a country: its outline and the box around it (west, south, east, north), in degrees."""

    country: str
    points: tuple[Pair, ...]
    box: tuple[float, float, float, float]


class _Outline(msgspec.Struct, frozen=True):
    """``world/countries.json``; its README tells how to read it."""

    unit: float
    arcs: list[list[int]]
    countries: list[tuple[str, list[list[int]]]]


@cache
def _rings() -> tuple[_Ring, ...]:
    data = files(__package__).joinpath("world", "countries.json").read_bytes()
    outline = msgspec.json.decode(data, type=_Outline)
    lines = [_line(arc, outline.unit) for arc in outline.arcs]
    return tuple(_ring(country, numbers, lines) for country, rings in outline.countries for numbers in rings)


def _line(steps: Sequence[int], unit: float) -> list[Pair]:
    x = y = 0
    points = []
    for across, up in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + across, y + up
        points.append((x * unit, y * unit))
    return points


def _ring(country: str, numbers: Sequence[int], lines: Sequence[list[Pair]]) -> _Ring:
    points: list[Pair] = []
    for number in numbers:
        # Each line begins where the one before ends.
        points += (lines[number] if number >= 0 else lines[~number][::-1])[bool(points) :]
    across, up = zip(*points, strict=True)
    return _Ring(country, tuple(points), (min(across), min(up), max(across), max(up)))


def _cut(points: list[Pair]) -> list[Pair]:
    """A shape without what lies beyond the map (Sutherland and Hodgman 1974: one edge of the box after the other)."""
    low, right, bottom = -_BEYOND, _WIDTH + _BEYOND, _HEIGHT + _BEYOND
    for axis, bound, sign in ((0, low, 1), (0, right, -1), (1, low, 1), (1, bottom, -1)):
        points = list(_inside(points, lambda it, axis=axis, bound=bound, sign=sign: sign * (it[axis] - bound)))  # type: ignore[misc]
    return points


def _inside(points: Sequence[Pair], depth: Callable[[Pair], float]) -> Iterator[Pair]:
    """The part of a shape at which ``depth`` is not negative; it is linear."""
    for one, other in zip([*points[-1:], *points[:-1]], points, strict=True):
        before, here = depth(one), depth(other)
        if (before < 0) != (here < 0):
            share = before / (before - here)
            yield one[0] + share * (other[0] - one[0]), one[1] + share * (other[1] - one[1])
        if here >= 0:
            yield other


def _path(points: Sequence[Pair]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "Z"


def _names(shapes: Iterable[tuple[str, list[Pair]]], pins: Sequence[Pin]) -> Iterator[tuple[float, float, str]]:
    """The names of countries where there is room for them, the roomiest first; none stands on another or on a place."""
    widest: dict[str, tuple[float, float, float]] = {}
    for country, points in shapes:
        widest[country] = max([*_rows(points), widest.get(country, (0.0, 0.0, 0.0))])
    taken = [(pin.x, pin.y, 100.0 if pin.end else 10.0) for pin in pins]
    for country, (width, x, y) in sorted(widest.items(), key=lambda it: (-it[1][0], it[0])):
        half = len(country) * _LETTER / 2 + 4
        if width > 2 * half and all(abs(y - row) > 16 or abs(x - other) > half + room for other, row, room in taken):
            taken.append((x, y, half))
            yield round(x, 1), round(y, 1), country


def _rows(points: Sequence[Pair]) -> Iterator[tuple[float, float, float]]:
    """How wide a shape is inside, and the middle of it there, on some lines across the map."""
    for row in range(20, _HEIGHT - 20, 12):
        edges = zip([*points[-1:], *points[:-1]], points, strict=True)
        crossed = sorted(
            min(max(x + (row - y) / (v - y) * (u - x), 0.0), _WIDTH)
            for (x, y), (u, v) in edges
            if (y < row) != (v < row)
        )
        for left, right in zip(crossed[::2], crossed[1::2], strict=False):
            yield right - left, (left + right) / 2, float(row)


# ---- places ---------------------------------------------------------------------------------------------------------


def _pins(places: Sequence[Place], window: _Window) -> Iterator[Pin]:
    """The places, those spoken of most first; a name that would stand on another is left out."""
    taken: list[tuple[float, float, float]] = []
    for place in sorted(places, key=lambda it: (-it.count, it.thing.label)):
        x, y = window.x(place.longitude), window.y(place.latitude)
        end = "start" if x < _WIDTH * 0.7 else "end"
        length = len(place.thing.label) * _LETTER * 1.2 + 14
        left, right = (x, x + length) if end == "start" else (x - length, x)
        free = len(taken) < _NAMED and all(abs(y - row) > 16 or right < low or left > high for row, low, high in taken)
        if free:
            taken.append((y, left, right))
        yield Pin(place, x, y, round(5 + min(place.count - 1, 25) ** 0.5, 1), end if free else None)
