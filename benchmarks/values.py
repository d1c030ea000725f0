"""Every figure claimed for names, dates and places, beside other tools in the same run.

Usage: ``python benchmarks/values.py [--reference FOLDER] [--quick]``. The folder holds ``names/*.tsv``,
``dates/expressions.tsv`` and ``places/iran_places_of_death.tsv`` (facts kept beside the project, not in it).
``--quick`` leaves out the one slow tool, nomenklatura. A tool that is not installed is left out with a word.
"""

from __future__ import annotations

import argparse
import warnings
from collections.abc import Iterator
from pathlib import Path

import values_dates_places
import values_names
from values_names import Scorer

MUST = {
    "fa_latin_other_house_style": (0.94, 0.96),
    "fa_latin_one_house_style": (0.985, 0.99),
    "ar_latin": (0.975, 0.985),
    "latin_latin_persian_names": (0.88, 0.92),
    "latin_latin_arabic_names": (0.977, 0.985),
    "surname first": (0.97, None),
    "title added": (0.98, None),
    "initials": (0.72, 0.80),
    "one word dropped": (0.50, 0.60),
    "one Persian letter misread": (0.80, 0.90),
    "one Latin letter misread": (0.85, 0.90),
}


def peers(*, quick: bool) -> Iterator[tuple[str, Scorer]]:
    """Yield the other tools that are installed; nomenklatura only when there is time."""
    found = values_names.peers()
    while True:
        try:
            label, scorer = next(found)
        except StopIteration:
            return
        except ImportError as missing:
            print(f"({missing.name} is not installed: left out)")
            return
        if not (quick and label.startswith("nomenklatura")):
            yield label, scorer


def names(folder: Path, *, quick: bool) -> None:
    """Print the recall at 1 % false positives on hard non-pairs: all pairs, the half looked at, the other half."""
    halves = {"all": None, "seen half": True, "unseen half": False}
    columns = {label: values_names.measure(folder, values_names.ours, half=half) for label, half in halves.items()} | {
        label: values_names.measure(folder, scorer, half=None) for label, scorer in peers(quick=quick)
    }
    print("| recall at 1 % false positives | must | aim |", " | ".join(columns), "|")
    for row in columns["all"]:
        must, aim = MUST.get(row, (None, None))
        asked = " | ".join(f"{goal:.3f}" if goal else "-" for goal in (must, aim))
        print(f"| {row} | {asked} |", " | ".join(f"{found[row]:.3f}" for found in columns.values()), "|")


def search(folder: Path) -> None:
    """Print how often the right Latin name is among the first ten for a Persian one."""
    for label, half in (("all", None), ("unseen half", False)):
        found = values_names.retrieval(folder, half=half)
        print(f"right name found, {label}:", ", ".join(f"{key} {value:.4g}" for key, value in found.items()))
    try:
        print(f"right name in the first 10, rapidfuzz+unidecode: {values_names.plain_retrieval(folder):.4f}")
    except ImportError as missing:
        print(f"({missing.name} is not installed: left out)")


def main() -> None:
    """Print every row."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reference", type=Path, default=values_dates_places.REFERENCE)
    parser.add_argument("--quick", action="store_true", help="leave out nomenklatura")
    chosen = parser.parse_args()
    if not chosen.reference.is_dir():
        parser.error(f"{chosen.reference} is no folder; give the reference folder with --reference DIR")
    warnings.simplefilter("ignore")
    names(chosen.reference / "names", quick=chosen.quick)
    search(chosen.reference / "names")
    for label, rate in values_names.speed(chosen.reference / "names").items():
        print(f"{label:70} {rate:12,.0f}")
    values_dates_places.dates(chosen.reference)
    values_dates_places.places(chosen.reference)


if __name__ == "__main__":
    main()
