"""Sepandar, a country that does not exist: its places, its names, and what happened in them.

Everything here is read from the tables in ``demo/data``. Given names are common ones; surnames are made by joining a
made-up stem with an ordinary ending; places were made up and are in no gazetteer. A test keeps it so.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources

COUNTRY_FA, COUNTRY = "سپندار", "Sepandar"
FIRST_DAY = (1371, 5, 1)  # Solar Hijri; 23 July 1992
LAST_DAY = (1372, 4, 31)  # 22 July 1993


@dataclass(frozen=True, slots=True)
class Word:
    """One word in Persian script, in two house styles of Latin transliteration, and as others write it."""

    fa: str
    press: str
    scholar: str
    others: tuple[str, ...] = ()
    weight: float = 1.0

    def __str__(self) -> str:
        """Return the press spelling."""
        return self.press


@dataclass(frozen=True, slots=True)
class City:
    """A made-up city in a made-up province."""

    name: Word
    province: Word
    weight: float
    capital: bool


@dataclass(frozen=True, slots=True)
class World:
    """All tables of the invented country."""

    men: tuple[Word, ...]
    women: tuple[Word, ...]
    stems: tuple[Word, ...]
    suffixes: tuple[Word, ...]
    cities: tuple[City, ...]
    prisons: dict[str, tuple[Word, ...]]
    cemeteries: dict[str, tuple[Word, ...]]
    occupations: tuple[Word, ...]


def _rows(name: str) -> list[dict[str, str]]:
    text = resources.files("cenotaph.demo").joinpath("data", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _word(row: dict[str, str]) -> Word:
    others = tuple(row["others"].split("|")) if row.get("others") else ()
    return Word(row["fa"], row["press"], row["scholar"], others, float(row.get("weight") or 1))


def _city(row: dict[str, str]) -> City:
    name = Word(row["city_fa"], row["city_press"], row["city_scholar"])
    province = Word(row["province_fa"], row["province_press"], row["province_scholar"])
    return City(name, province, float(row["weight"]), row["capital"] == "1")


def _sites(kind: str) -> dict[str, tuple[Word, ...]]:
    rows = [row for row in _rows("sites.csv") if row["kind"] == kind]
    provinces = dict.fromkeys(row["province_press"] for row in rows)
    return {each: tuple(_word(row) for row in rows if row["province_press"] == each) for each in provinces}


@cache
def world() -> World:
    """Read the tables of the invented country."""
    given = _rows("given.csv")
    return World(
        men=tuple(_word(row) for row in given if row["sex"] == "male"),
        women=tuple(_word(row) for row in given if row["sex"] == "female"),
        stems=tuple(_word(row) for row in _rows("stems.csv")),
        suffixes=tuple(_word(row) for row in _rows("suffixes.csv")),
        cities=tuple(_city(row) for row in _rows("cities.csv")),
        prisons=_sites("prison"),
        cemeteries=_sites("cemetery"),
        occupations=tuple(
            Word(row["fa"], row["en"], row["en"], (), float(row["weight"])) for row in _rows("occupations.csv")
        ),
    )
