"""The map: what part of the world it shows, and that places stand where they are."""

from kg.explorer.maps import Place, drawn
from kg.views.picture import Thing


def place(name: str, latitude: float, longitude: float, count: int = 1) -> Place:
    return Place(Thing(f"urn:newskg:city/{name.lower()}", name, "city", "Place"), latitude, longitude, count)


def test_no_place_no_map() -> None:
    assert drawn([]) is None


def test_one_place_stands_in_the_middle_among_the_countries_around_it() -> None:
    shown = drawn([place("Bern", 46.95, 7.45)])
    assert shown and [(pin.x, pin.y) for pin in shown.pins] == [(shown.width / 2, shown.height / 2)]
    named = {name for _, _, name in shown.names}
    assert {"France", "Italy", "Germany"} <= named and "Brazil" not in named
    assert {words for _, words in shown.meridians} >= {"0°", "10° E"}
    assert sum(map(len, shown.land)) < 60_000


def test_names_of_countries_stand_inside_the_map_and_apart() -> None:
    shown = drawn([place("Bern", 46.95, 7.45)])
    assert shown
    for x, y, name in shown.names:
        assert 0 < x < shown.width and 0 < y < shown.height, name
        others = [it for it in shown.names if it[2] != name and abs(it[1] - y) < 10]
        assert all(abs(it[0] - x) > 20 for it in others), name


def test_places_far_apart_are_all_in_the_map() -> None:
    shown = drawn([place("Lima", -12.05, -77.05), place("Oslo", 59.91, 10.75, 9), place("Suva", -18.14, 178.44)])
    assert shown and all(0 <= pin.x <= shown.width and 0 <= pin.y <= shown.height for pin in shown.pins)
    by_name = {pin.place.thing.label: pin for pin in shown.pins}
    assert by_name["Lima"].x < by_name["Oslo"].x < by_name["Suva"].x
    assert by_name["Oslo"].y < by_name["Lima"].y
    assert by_name["Oslo"].radius > by_name["Lima"].radius


def test_beyond_the_date_line_the_world_goes_on() -> None:
    shown = drawn([place("Suva", -18.14, 178.44)])
    assert shown and {"170° E", "170° W"} <= {words for _, words in shown.meridians}


def test_near_the_pole_the_map_ends_at_the_pole() -> None:
    shown = drawn([place("Alert", 82.5, -62.3)])
    assert shown and shown.pins[0].y > 0 and all(y >= -1 for y, _ in shown.parallels)


def test_a_name_that_would_stand_on_another_is_left_out() -> None:
    shown = drawn([place("Bern", 46.95, 7.45, 3), place("Thun", 46.95, 7.5)])
    assert shown and [pin.end for pin in shown.pins] == ["start", None]
