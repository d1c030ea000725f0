"""An invented list of a million rows, and how long the house takes to read, link and register it.

``python benchmarks/million.py --rows 1000000`` writes the list, builds it as far as the register in a process of its
own, and prints seconds, the peak of memory, and what was measured against the truth, which is known. The people are
made like those of the demo (``docs/demo.md``), from the same tables, with two stems to a surname so that there are
enough. The same seed gives the same bytes on every machine.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
from numpy.typing import NDArray

from cenotaph.demo.world import Word, world

PEOPLE = 0.8  # true people per row: one row in five names somebody who was named before
SLIPS, MISSING, DAY_OFF, AGE_OFF, CITY_OFF = 0.05, 0.1, 0.06, 0.15, 0.02
FIRST_DAY, DAYS = "1979-03-21", 3650
CONFIG = """\
# An invented list of an invented country, made by benchmarks/million.py; nobody in it ever lived.
[case]
title = "A million invented people"
invented = true
languages = ["en"]

[publisher]
name = "benchmarks/million.py"
affiliation = "none; invented"
funding = "none; invented"
contact = "nobody@sepandar.example"

[lists.million]
title = "An invented list"
file = "million.csv"
key = "id"
states = "killed"
date_order = "ymd"
columns.name = "name"
columns."name.father" = "father"
columns.sex = { column = "sex", codes = { M = "male", F = "female" } }
columns.age = "age"
columns."death.date" = "date"
columns."death.place" = "city"
columns."death.region" = "province"
calendar."death.date" = "gregorian"
"""
IN_ITS_OWN_PROCESS = """\
import sys
from cenotaph.cli import main
try:
    main()
finally:
    try:
        import resource
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)
    except ImportError:  # Windows
        print(0, file=sys.stderr)
"""

Numbers = NDArray[np.int64]


class Bits:
    """Named streams of whole numbers, a million at a time; PCG64's raw bits never change between versions."""

    def __init__(self, seed: int) -> None:
        self._seed, self._calls = seed, 0

    def below(self, bound: int, count: int) -> Numbers:
        """Return ``count`` numbers from 0 to ``bound - 1``."""
        self._calls += 1
        raw = np.random.PCG64([self._seed, self._calls]).random_raw(count)
        return ((raw >> np.uint64(33)) * np.uint64(bound) >> np.uint64(31)).astype(np.int64)

    def chance(self, rate: float, count: int) -> NDArray[np.bool_]:
        """Return ``count`` answers, yes at the given rate."""
        return self.below(1_000_000, count) < int(rate * 1_000_000)

    def weighed(self, weights: list[float], count: int) -> Numbers:
        """Return ``count`` places, each as likely as its weight."""
        bounds = np.cumsum([int(weight) for weight in weights])
        return np.searchsorted(bounds, self.below(int(bounds[-1]), count), side="right").astype(np.int64)


def million(path: Path, n: int, seed: int = 1988) -> Path:
    """Write ``n`` invented rows to ``path`` (CSV), ``cenotaph.toml`` beside it and ``truth.csv`` beside that.

    Returns
    -------
    Path
        The folder, ready for ``cenotaph build``.
    """
    bits = Bits(seed)
    who = _who(bits, n)
    table = _people(bits, max(1, int(n * PEOPLE))).take(pa.array(who))
    path.parent.mkdir(parents=True, exist_ok=True)
    pacsv.write_csv(_rows(bits, table), path)
    (path.parent / "cenotaph.toml").write_text(CONFIG.replace("million.csv", path.name), encoding="utf-8", newline="\n")
    truth = {"list": pa.array(["million"] * n), "record": _identities(n), "person": pc.cast(pa.array(who), pa.string())}
    pacsv.write_csv(pa.table(truth), path.parent / "truth.csv")
    return path.parent


def _who(bits: Bits, n: int) -> Numbers:
    """Return the true person of each row: everyone once, some again, in a random order."""
    people = max(1, int(n * PEOPLE))
    every = np.concatenate([np.arange(people), bits.below(people, n - people)])
    return every[np.argsort(bits.below(1 << 30, n), kind="stable")]


def _people(bits: Bits, count: int) -> pa.Table:
    """Make the true people, a column a property; days are counted from the first."""
    land = world()
    given, father = _words(bits, (*land.men, *land.women), count), _words(bits, land.men, count)
    first, second = _words(bits, land.stems, count), _words(bits, land.stems, count)
    surname = pc.binary_join_element_wise(first, pc.utf8_lower(second), _words(bits, land.suffixes, count), "")
    city = bits.below(len(land.cities), count)
    quarter = pc.cast(pa.array(bits.below(30, count) + 1), pa.string())
    women = {word.press for word in land.women}
    return pa.table(
        {
            "given": given,
            "surname": surname,
            "father": father,
            "sex": pc.if_else(pc.is_in(given, pa.array(sorted(women))), "F", "M"),
            "age": pa.array(15 + bits.below(15, count) + bits.below(15, count)),
            "day": pa.array(bits.below(DAYS, count)),
            "city": pc.binary_join_element_wise(_taken([each.name.press for each in land.cities], city), quarter, " "),
            "province": _taken([each.province.press for each in land.cities], city),
        }
    )


def _rows(bits: Bits, people: pa.Table) -> pa.Table:
    """Write each row as a tired person would: slips, gaps, days and ages a little off."""
    n = people.num_rows
    day = np.asarray(people["day"]) + np.where(bits.chance(DAY_OFF, n), bits.below(21, n) - 10, 0)
    age = np.asarray(people["age"]) + np.where(bits.chance(AGE_OFF, n), bits.below(3, n) - 1, 0)
    dates = np.datetime_as_string(np.datetime64(FIRST_DAY) + day.astype("timedelta64[D]"), unit="D")
    name = pc.binary_join_element_wise(people["given"], _slipped(bits, people["surname"]), " ")
    written = {
        "id": _identities(n),
        "name": name,
        "father": _gapped(bits, people["father"]),
        "sex": people["sex"],
        "age": _gapped(bits, pc.cast(pa.array(age), pa.string())),
        "date": _gapped(bits, pa.array(dates)),
        "city": people["city"],
        "province": people["province"],
    }
    return pa.table(written)


def _slipped(bits: Bits, names: pa.ChunkedArray) -> pa.ChunkedArray:
    """Take a letter out of some names, or double one."""
    n = len(names)
    lost = pc.replace_substring(names, "a", "", max_replacements=1)
    doubled = pc.replace_substring(names, "r", "rr", max_replacements=1)
    wrong = pc.if_else(pa.array(bits.chance(0.5, n)), lost, doubled)
    return pc.if_else(pa.array(bits.chance(SLIPS, n)), wrong, names)


def _gapped(bits: Bits, values: pa.Array) -> pa.Array:
    return pc.if_else(pa.array(bits.chance(MISSING, len(values))), "", values)


def _words(bits: Bits, words: tuple[Word, ...], count: int) -> pa.Array:
    return _taken([word.press for word in words], bits.weighed([word.weight for word in words], count))


def _taken(texts: list[str], places: Numbers) -> pa.Array:
    return pa.array(texts).take(pa.array(places))


def _identities(n: int) -> pa.Array:
    return pc.binary_join_element_wise("M", pc.cast(pa.array(np.arange(1, n + 1)), pa.string()), "")


def _measured(folder: Path, *arguments: str) -> tuple[float, float, dict[str, object]]:
    """Run ``cenotaph`` in its own process; return its seconds, the peak of its memory in GB, and its answer."""
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", IN_ITS_OWN_PROCESS, *arguments], cwd=folder, capture_output=True, text=True, check=False
    )
    seconds = time.perf_counter() - start
    if done.returncode:
        raise SystemExit(f"cenotaph {' '.join(arguments)} failed:\n{done.stderr}")
    unit = 1 if sys.platform == "darwin" else 1024  # macOS counts bytes, Linux kibibytes
    return seconds, int(done.stderr.split()[-1]) * unit / 1e9, json.loads(done.stdout)


def main() -> None:
    """Write the list, run the stages and print one table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1988)
    parser.add_argument("--folder", type=Path, help="keep the case here instead of in a temporary folder")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        start = time.perf_counter()
        million(folder / "million.csv", options.rows, options.seed)
        print(f"{'stage':<10}{'seconds':>10}{'peak GB':>10}   {options.rows:,} rows")
        print(f"{'write':<10}{time.perf_counter() - start:>10.1f}")
        for stage in ("read", "link", "register"):
            seconds, peak, _ = _measured(folder, "build", ".", "--until", stage, "--json")
            print(f"{stage:<10}{seconds:>10.1f}{peak:>10.2f}", flush=True)
        _, _, found = _measured(folder, "evaluate", ".", "truth.csv", "--json")
        print("pairwise  ", json.dumps(found["pairwise"]))


if __name__ == "__main__":
    main()
