"""The places there are: cities (GeoNames, CC BY 4.0), regions, countries, and sites that no gazetteer has.

Invariant: one spelling leads to every place that bears it; choosing among them is the business of `places`.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from importlib.resources import files

from cenotaph.values import tables
from cenotaph.values.date_words import fold
from cenotaph.values.skeleton import skeleton, skeleton_all

_WORD = re.compile(r"[^\W_]+")
_EZAFE = frozenset(("e", "ye", "i", "y"))
ABBREVIATED = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount"}
_SHORTEST_SKELETON = 3
_NEAR = 0.05
_ALIKE = 0.7  # share of letters in common, below which equal consonants are chance


@dataclass(frozen=True, slots=True)
class Entry:
    """One place of the gazetteer: ``kind`` is site, city, region or country."""

    id: str
    kind: str
    names: tuple[str, ...]
    country: str
    region: str = ""
    latitude: float | None = None
    longitude: float | None = None
    population: int = 0
    city: str = ""  # of a site
    what: str = ""  # prison, cemetery, court … of a site
    accuracy_km: float = 0.0
    years: tuple[str, ...] = ()  # of the names, "first/last" or ""
    citation: str = ""


def words(text: str) -> tuple[str, ...]:
    """Return the folded words of a place name; apostrophes join, hyphens part."""
    return _words(fold(text))


def _words(folded: str) -> tuple[str, ...]:
    return tuple([ABBREVIATED.get(each, each) for each in _WORD.findall(folded.replace("'", ""))])


def keys(text: str) -> tuple[str, ...]:
    """Return the keys under which a name is found: its letters, and the same without ezafe (``Shahr-e Kord``)."""
    return _keys(words(text))


def _keys(parts: tuple[str, ...]) -> tuple[str, ...]:
    tight = "".join(parts)
    without = "".join([each for each in parts if each not in _EZAFE])
    return (tight,) if tight == without or not without else (tight, without)


@cache
def _lines() -> list[list[str]]:
    """Return the lines of the gazetteer: id, country, region, latitude, longitude, population, names."""
    packed = (files("cenotaph.values") / "data" / "gazetteer.csv.gz").read_bytes()
    return list(csv.reader(io.StringIO(gzip.decompress(packed).decode("utf-8"))))[1:]


def _numbers() -> list[str]:
    return [line[0] for line in _lines()]


def _cities() -> Iterator[Entry]:
    aliases = {row["id"]: row["names"].split("|") for row in tables.rows("place_aliases")}
    regions = {(row["country"], row["code"]): row["id"] for row in tables.rows("regions") if row["code"]}
    for number, country, region, latitude, longitude, population, written in _lines():
        names = (*written.split("|"), *aliases.get(number, ()))
        yield Entry(f"geonames:{number}", "city", names, country, regions.get((country, region), ""),
                    float(latitude), float(longitude), int(population))  # fmt: skip


def _regions() -> Iterator[Entry]:
    for row in tables.rows("regions"):
        names, years = _dated(row["names"])
        yield Entry(row["id"], "region", names, row["country"], row["id"], years=years)


def _countries() -> Iterator[Entry]:
    for row in tables.rows("countries"):
        yield Entry(row["code"], "country", tuple(row["names"].split("|")), row["code"])


def _dated(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Split ``name|name@1981/`` into names and the years in which each was used."""
    pairs = [each.partition("@") for each in text.split("|") if each]
    return tuple(name for name, _, _ in pairs), tuple(years for _, _, years in pairs)


def _sites(cities: Mapping[str, Entry]) -> Iterator[Entry]:
    """Yield the hand-made sites; one without coordinates of its own has those of its city."""
    for row in tables.rows("sites"):
        city = cities.get(keys(row["city"])[0] + row["region"]) if row["city"] else None
        names, years = _dated(row["names"])
        country, dash, _ = row["region"].partition("-")
        latitude, longitude = (city.latitude, city.longitude) if city else (None, None)
        if row["latitude"]:
            latitude, longitude = float(row["latitude"]), float(row["longitude"])
        yield Entry(
            f"site:{row['id']}", "site", names, country, row["region"] if dash else "", latitude, longitude,
            city=city.id if city else "", what=row["kind"], accuracy_km=float(row["accuracy_km"]), years=years,
            citation=row["citation"],
        )  # fmt: skip


@cache
def entries() -> Mapping[str, Entry]:
    """Return every place by its id."""
    cities = list(_cities())
    by_name: dict[str, Entry] = {}
    wanted = {row["region"] for row in tables.rows("sites")}
    for city in sorted((each for each in cities if each.region in wanted), key=lambda each: each.population):
        by_name["".join(words(city.names[0])) + city.region] = city
    found: Iterable[Entry] = (*_sites(by_name), *_regions(), *_countries(), *cities)
    return {each.id: each for each in found}


def city_keys(names: Iterable[str]) -> set[str]:
    """Return all keys under which a place of these names is found; folded in one call, which is most of the work."""
    folded = fold("|".join(names)).split("|")
    return {key for name in folded for key in _keys(_words(name))} - {""}


@cache
def _index() -> Mapping[str, tuple[str, ...]]:
    """Return the places of each key; the keys of cities were worked out when the gazetteer was built."""
    packed = (files("cenotaph.values") / "data" / "gazetteer_keys.txt.gz").read_bytes()
    lines = gzip.decompress(packed).decode("utf-8").split("\n")
    ready = {f"geonames:{number}": line for number, line in zip(_numbers(), lines, strict=True)}
    changed = {f"geonames:{row['id']}" for row in tables.rows("place_aliases")}
    index: dict[str, list[str]] = {}
    for id, entry in entries().items():
        for key in city_keys(entry.names) if id in changed or id not in ready else ready[id].split("|"):
            index.setdefault(key, []).append(id)
    return {key: tuple(ids) for key, ids in index.items() if key}


@cache
def _skeletons(country: str) -> Mapping[str, tuple[str, ...]]:
    index: dict[str, set[str]] = {}
    near = [each for each in entries().values() if each.country == country and each.kind in {"city", "site"}]
    ids = [each.id for each in near for _ in each.names]
    for id, key in zip(ids, skeleton_all([name for each in near for name in each.names]), strict=True):
        index.setdefault(key.replace(" ", ""), set()).add(id)
    return {key: tuple(sorted(ids)) for key, ids in index.items() if len(key) >= _SHORTEST_SKELETON}


@cache
def predecessors(region: str) -> frozenset[str]:
    """Return a region and those it was once part of: Karaj was in Tehran province until 2010."""
    parents = {row["id"]: row["predecessor"] for row in tables.rows("regions")}
    found: set[str] = set()
    while region and region not in found:
        found.add(region)
        region = parents.get(region, "")
    return frozenset(found)


def called(name: str) -> tuple[Entry, ...]:
    """Return the places that bear a name."""
    ids = dict.fromkeys(each for key in keys(name) for each in _index().get(key, ()))
    return tuple(entries()[each] for each in ids)


def sounding(name: str, country: str) -> tuple[Entry, ...]:
    """Return the cities and sites of a country whose names have the same consonants: Khoramabad, Khorramabad."""
    ids = _skeletons(country).get(skeleton(name).replace(" ", ""), ())
    alike = {each: max(_alike(name, other) for other in entries()[each].names) for each in ids}
    best = max(alike.values(), default=0.0)
    return tuple(entries()[each] for each in ids if best >= _ALIKE and alike[each] >= best - _NEAR)


def _alike(name: str, other: str) -> float:
    a, b = "".join(words(name)), "".join(words(other))
    return SequenceMatcher(None, a, b, autojunk=False).ratio()


@cache
def is_main_name(id: str, key: str) -> bool:
    """Say whether a key is the first name of a place, not one of its other names."""
    main = entries()[id].names[0]
    return key in keys(main) or (not key.isascii() and skeleton(key) == skeleton("".join(words(main))))
