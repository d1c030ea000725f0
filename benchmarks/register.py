"""How long the register of 100,000 invented persons takes, and how long one changed person.

``python benchmarks/register.py`` makes two lists that both name everybody, six claims a record and so twelve a person,
one dated in Gregorian and one in Solar Hijri days, and measures in seconds of processor time: the table of the register;
every person put together with all claims, acts, whereabouts and flags; then, for one person, a reviewer's choice, a
judgement that splits the records, and a corrected record. The same seed gives the same people.
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
from cenotaph.registry import Register, flags_of, register
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
    names = [f"{given} {stem}{end}" for given in words.men + words.women for stem in words.stems for end in words.suffixes]
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


