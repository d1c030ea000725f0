"""How long the register of 100,000 invented persons takes, and how long one changed person.

``python benchmarks/register.py`` makes two lists that both name everybody, six claims a record and so twelve a person,
one dated in Gregorian and one in Solar Hijri days, and measures in seconds of processor time the register as the stage
builds it; then, for one person, a reviewer's choice, a judgement that splits the records, and a corrected record. A
person is put together with claims, acts, whereabouts and flags only when somebody asks for it, so what that takes for
everybody is printed without a goal. The same seed gives the same people.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from cenotaph.config import read_config
from cenotaph.demo.world import world
from cenotaph.model import Choice, ListFacts
from cenotaph.registry import Register, flags_of, register, revise
from cenotaph.values import calendars

FIRST, ARRESTS, DEATHS = 2444606, 1500, 2500  # Julian day of 1 January 1981; days over which people were taken, killed
TERMS = ("2 years", "5 years", "10 years", "15 years", "life")
CONFIG = '[case]\ntitle = "Invented"\nlanguages = ["en"]\n'
LISTS = {
    "gazette": ListFacts(name="gazette", states="killed", language="en", date_order="ymd"),
    "families": ListFacts(name="families", language="fa"),
}


@dataclass
class Links:
    """A cluster label for each record."""

    cluster: NDArray[np.int32]
    contested: frozenset[int] = frozenset()


def records(persons: int, seed: int) -> pa.Table:
    """Return the records table: everybody on the first list, then everybody on the second."""
    chance = np.random.default_rng(seed)
    words = world()
    names = [
        f"{given} {stem}{end}" for given in words.men + words.women for stem in words.stems for end in words.suffixes
    ]
    cities = [str(city.name) for city in words.cities]
    who, where = chance.integers(len(names), size=persons), chance.integers(len(cities), size=persons)
    arrest = FIRST + chance.integers(ARRESTS, size=persons)
    death = arrest + 30 + chance.integers(DEATHS, size=persons)
    term = chance.integers(len(TERMS), size=persons)
    said = {
        "name": _both(names, who),
        "arrest.date": pa.concat_arrays([_dates("gregory", arrest), _dates("persian", arrest)]),
        "arrest.place": _both(cities, where),
        "sentence.length": _both(TERMS, term),
        "death.date": pa.concat_arrays([_dates("gregory", death), _dates("persian", death)]),
        "death.place": _both(cities, where),
    }
    numbers = [f"{name}:{number}" for name in LISTS for number in range(persons)]
    return pa.table(
        {
            "record": pa.array(numbers),
            "list": pa.array([name for name in LISTS for _ in range(persons)]).dictionary_encode(),
            "order": pa.array(range(2 * persons), pa.int64()),
            "row": pa.array([*range(1, persons + 1)] * 2, pa.int32()),
            "source": pa.array(["0" * 64] * (2 * persons)).dictionary_encode(),
            **said,
        }
    )


def _both(words: Any, codes: NDArray[np.int64]) -> pa.Array:
    chosen = pa.array(list(words)).take(pa.array(codes))
    return pa.concat_arrays([chosen, chosen])


def _dates(calendar: str, days: NDArray[np.int64]) -> pa.Array:
    return pa.array(["{:04d}-{:02d}-{:02d}".format(*calendars.from_jdn(calendar, day)) for day in days.tolist()])


def case(choices: tuple[Choice, ...] = ()) -> Any:
    """Return what the register needs of a case."""
    config = read_config(CONFIG)
    return SimpleNamespace(
        config=config,
        lists=LISTS,
        choices=choices,
        period=config.case.span,
        public_id=lambda record: hashlib.blake2b(record.encode(), digest_size=10).hexdigest(),
        visibility=lambda _records: "public",
    )


def timed(what: str, goal: float | None, work: Callable[[], Any]) -> Any:
    """Do the work, print how many seconds of processor time it took, and whether that is within its goal."""
    start = time.process_time()
    found = work()
    spent = time.process_time() - start
    held = "" if goal is None else f"   {'within' if spent <= goal else 'OVER'} {goal:.0f} s"
    print(f"{what:<66} {spent:8.2f} s{held}")
    return found


def everybody(made: Register) -> int:
    """Put everybody together, with acts, whereabouts and flags; return how many flags there are."""
    return sum(len(flags_of(person)) for person in made.persons())


def split(links: Links, person: int) -> Links:
    """Return the links after somebody judged the two records of a person to be two people."""
    cluster = links.cluster.copy()
    cluster[len(cluster) // 2 + person] = cluster.max() + 1
    return Links(cluster)


def corrected(table: pa.Table, row: int) -> pa.Table:
    """Return the records with another date of death in one of them."""
    at = table.column_names.index("death.date")
    dates = table.column(at).to_pylist()
    dates[row] = "1987-05"
    return table.set_column(at, "death.date", pa.array(dates))


def main() -> None:
    """Measure, print a line each, and say on how many persons and claims."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--persons", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1988)
    asked = parser.parse_args()
    table = records(asked.persons, asked.seed)
    links, number = Links(np.tile(np.arange(asked.persons, dtype=np.int32), 2)), asked.persons // 2
    print(f"{asked.persons:,} persons, {table.num_rows:,} records, {12 * asked.persons:,} claims; processor time")
    made = timed("register: the table, who is in, by what status", 60, lambda: register(table, links, case()))
    flags = timed("everybody put together: claims, acts, whereabouts, flags", None, lambda: everybody(made))
    print(f"  {flags:,} flags")
    choice = Choice(
        record=f"gazette:{number}", property="death.date", chosen=f"families:{number}", reviewer="r1", sequence=1
    )
    changes: dict[str, Callable[[], Register]] = {
        "a choice of value": lambda: revise(made, table, links, case((choice,))),
        "a judgement that splits a person": lambda: revise(made, table, split(links, number), case()),
    }
    for what, change in changes.items():
        timed(f"one person after {what}", 1, lambda change=change: flags_of(change().person(number)))
    mended = corrected(table, number)
    timed(
        "one person after a corrected record", 1, lambda: flags_of(revise(made, mended, links, case()).person(number))
    )


if __name__ == "__main__":
    sys.exit(main())
