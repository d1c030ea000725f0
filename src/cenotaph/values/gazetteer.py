"""The places there are: cities (GeoNames, CC BY 4.0), regions, countries, and sites that no gazetteer has.

Invariant: one spelling leads to every place that bears it; choosing among them is the business of `places`.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache
from importlib.resources import files

from cenotaph.values import tables
from cenotaph.values.date_words import fold
from cenotaph.values.skeleton import skeleton
from cenotaph.values.words import skeleton_all

_WORD = re.compile(r"[^\W_]+")
_EZAFE = frozenset(("e", "ye", "i", "y"))
ABBREVIATED = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount"}
_SHORTEST_SKELETON = 3
_CITY = "geonames:"
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


@lru_cache(maxsize=65_536)
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


@cache
def _aliases() -> Mapping[str, tuple[str, ...]]:
    return {row["id"]: tuple(row["names"].split("|")) for row in tables.rows("place_aliases")}


@cache
def _states() -> Mapping[tuple[str, str], str]:
    """Return the regions by country and the code the gazetteer has for them."""
    return {(row["country"], row["code"]): row["id"] for row in tables.rows("regions") if row["code"]}


def _city(line: list[str]) -> Entry:
    number, country, region, latitude, longitude, population, written = line
    names = (*written.split("|"), *_aliases().get(number, ()))
    return Entry(f"{_CITY}{number}", "city", names, country, _states().get((country, region), ""),
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


def _towns_of_sites() -> set[tuple[str, str]]:
    """Return the key and the region of every town in which a hand-made site lies."""
    return {(keys(row["city"])[0], row["region"]) for row in tables.rows("sites") if row["city"]}


def _largest(key: str, region: str) -> Entry | None:
    """Return the largest city of a region that bears a name as its first."""
    lines = (_lines()[number] for number in _lines_of(key))
    near = [line for line in lines if _states().get((line[1], line[2]), "") == region]
    named = [line for line in near if "".join(words(line[6].partition("|")[0])) == key]
    return _city(sorted(named, key=lambda line: int(line[5]))[-1]) if named else None  # of two as large the later


class _Places(Mapping[str, Entry]):
    """Every place by its id; a city is read when it is asked for, since there are many and few are ever named."""

    def __init__(self) -> None:
        self._lines = {f"{_CITY}{line[0]}": line for line in _lines()}
        by_name = {f"{key}{region}": city for key, region in _towns_of_sites() if (city := _largest(key, region))}
        found: Iterable[Entry] = (*_sites(by_name), *_regions(), *_countries())
        self._read = {each.id: each for each in found}
        self.few = tuple(self._read.values())

    def __getitem__(self, id: str) -> Entry:
        if id not in self._read:
            self._read[id] = _city(self._lines[id])
        return self._read[id]

    def __contains__(self, id: object) -> bool:
        return id in self._read or id in self._lines

    def __iter__(self) -> Iterator[str]:
        yield from (each.id for each in self.few)
        yield from self._lines

    def __len__(self) -> int:
        return len(self.few) + len(self._lines)

    def names_within(self, country: str) -> list[tuple[str, str]]:
        """Return the id and every name of the cities and sites of a country; no city is read for it."""
        sites = [(each.id, name) for each in self.few if each.country == country and each.kind == "site"
                 for name in each.names]  # fmt: skip
        lines = ((line[0], line[6].split("|")) for line in _lines() if line[1] == country)
        named = ((number, (*written, *_aliases().get(number, ()))) for number, written in lines)
        return [*sites, *((f"{_CITY}{number}", name) for number, names in named for name in names)]


@cache
def entries() -> _Places:
    """Return every place by its id."""
    return _Places()


def city_keys(names: Iterable[str]) -> set[str]:
    """Return all keys under which a place of these names is found; folded in one call, which is most of the work."""
    folded = fold("|".join(names)).split("|")
    return {key for name in folded for key in _keys(_words(name))} - {""}


@cache
def _ready() -> list[str]:
    """Return the keys of cities in order, worked out when the gazetteer was built: key, tab, the lines it leads to."""
    packed = (files("cenotaph.values") / "data" / "gazetteer_keys.txt.gz").read_bytes()
    return gzip.decompress(packed).decode("utf-8").split("\n")


@cache
def _few_keys() -> Mapping[str, tuple[str, ...]]:
    """Return the places of each key, but for the cities whose keys are ready."""
    index: dict[str, list[str]] = {}
    renamed = [
        entries()[f"{_CITY}{number}"] for number in sorted(_aliases(), key=int) if f"{_CITY}{number}" in entries()
    ]
    for entry in (*entries().few, *renamed):
        for key in city_keys(entry.names):
            index.setdefault(key, []).append(entry.id)
    return {key: tuple(ids) for key, ids in index.items()}


def _lines_of(key: str) -> list[int]:
    """Return which lines of the gazetteer a key leads to."""
    at = bisect_left(_ready(), f"{key}\t")
    said = _ready()[at].partition("\t") if at < len(_ready()) else ("", "", "")
    return [int(line) for line in said[2].split("|")] if said[0] == key and key else []


@cache
def ids_of(key: str) -> tuple[str, ...]:
    """Return the places of a key: sites, regions, countries, then cities in the order of the gazetteer."""
    few = _few_keys().get(key, ())
    numbers = [_lines()[line][0] for line in _lines_of(key)]
    cities = [number for number in numbers if number not in _aliases()]
    renamed = [id.removeprefix(_CITY) for id in few if id.startswith(_CITY)]
    others = [id for id in few if not id.startswith(_CITY)]
    return (*others, *(f"{_CITY}{number}" for number in sorted((*cities, *renamed), key=int)))


@cache
def _skeletons(country: str) -> Mapping[str, tuple[str, ...]]:
    index: dict[str, set[str]] = {}
    named = entries().names_within(country)
    for (id, _), key in zip(named, skeleton_all([name for _, name in named]), strict=True):
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
    ids = dict.fromkeys(each for key in keys(name) for each in ids_of(key))
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
