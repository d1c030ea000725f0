"""What records are found by: typed atoms such as a name word, its skeleton, a month, a town, a band of ages.

Invariant: atoms are numbers into one vocabulary. A word lies under its skeleton, a day under its month and year: atoms
under one root say the same thing twice, so they are never joined into one key and never counted twice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numba
import numpy as np
import numpy.typing as npt

from cenotaph.linkage.columns import AgeColumn, Column, DateColumn, IdentityColumn, NameColumn, PlaceColumn, TextColumn
from cenotaph.linkage.encode import MISSING, Ints, Longs
from cenotaph.values import skeleton

Atom = tuple[str, str]  # type, value
Chain = list[Atom]  # from the widest to the narrowest
OWN_NAMES = frozenset({"name", "name.given", "name.family", "name.alias"})
_DEEPEST = 3
_LONGEST = 800  # days: a longer interval is found by other things
_MOST = 3  # atoms of a kind for one interval: longer ones say too little


@dataclass(frozen=True, slots=True)
class Atoms:
    """The atoms of every record: record r holds ``atom[offsets[r]:offsets[r + 1]]``, sorted, each once."""

    offsets: Longs
    atom: Ints
    above: Ints  # by atom: the wider atom that holds whenever it does, -1 for a root
    held: Longs  # by atom: how many records hold it

    @property
    def records(self) -> int:
        """Return the number of records."""
        return len(self.offsets) - 1

    @property
    def root(self) -> Ints:
        """Return the root of each atom."""
        found: Ints = np.arange(len(self.above), dtype=np.int32)
        for _ in range(_DEEPEST):
            found = np.where(self.above[found] >= 0, self.above[found], found).astype(np.int32)
        return found

    @property
    def bits(self) -> npt.NDArray[np.float32]:
        """Return how much sharing an atom tells beyond the atom above it."""
        told = np.log2(max(1, self.records) / np.maximum(1, self.held))
        more = np.where(self.above >= 0, np.maximum(0.0, told - told[self.above]), told)
        return more.astype(np.float32)


def of_columns(columns: Sequence[Column], records: int) -> Atoms:
    """Return the atoms of all records from the distinct values of their columns."""
    vocabulary: dict[Atom, int] = {}
    above: list[int] = []
    tables = []
    for column in columns:
        offsets, atoms = [0], []
        for chains in _values(column):
            for chain in chains:
                atoms += _numbers(chain, vocabulary, above)
            offsets.append(len(atoms))
        tables.append((column.codes, np.array(offsets, dtype=np.int64), np.array(atoms, dtype=np.int32)))
    starts, atom = _of_records(tables, records)
    held = np.bincount(atom, minlength=len(above)).astype(np.int64)
    return Atoms(starts, atom, np.array(above, dtype=np.int32), held)


def _numbers(chain: Chain, vocabulary: dict[Atom, int], above: list[int]) -> list[int]:
    """Give the atoms of a chain their numbers, from the root down; an atom keeps the first place it was given."""
    found: list[int] = []
    for atom in chain:
        number = vocabulary.setdefault(atom, len(above))
        if number == len(above):
            above.append(found[-1] if found else MISSING)
        found.append(number)
    return found


def _of_records(tables: Sequence[tuple[Ints, Longs, Ints]], records: int) -> tuple[Longs, Ints]:
    sizes = np.zeros(records, dtype=np.int64)
    for codes, offsets, _ in tables:
        counts = np.append(offsets[1:] - offsets[:-1], 0)  # a missing value (-1) reads the last: none
        sizes += counts[codes].sum(axis=1)
    starts = np.concatenate(([0], np.cumsum(sizes)))
    filled = np.empty(starts[-1], dtype=np.int32)
    at = starts[:-1].copy()
    for codes, offsets, atoms in tables:
        _fill(codes, offsets, atoms, filled, at)
    return _tidy(starts, filled)


@numba.njit(cache=True)
def _fill(codes: Ints, offsets: Longs, atoms: Ints, filled: Ints, at: Longs) -> None:
    for record in range(codes.shape[0]):
        for slot in range(codes.shape[1]):
            value = codes[record, slot]
            if value >= 0:
                for place in range(offsets[value], offsets[value + 1]):
                    filled[at[record]] = atoms[place]
                    at[record] += 1


@numba.njit(cache=True)
def _tidy(starts: Longs, filled: Ints) -> tuple[Longs, Ints]:
    """Sort the atoms of each record and keep each once."""
    offsets = np.empty(len(starts), dtype=np.int64)
    offsets[0] = 0
    size = 0
    for record in range(len(starts) - 1):
        own = np.sort(filled[starts[record] : starts[record + 1]])
        for place in range(len(own)):
            if place == 0 or own[place] != own[place - 1]:
                filled[size] = own[place]
                size += 1
        offsets[record + 1] = size
    return offsets, filled[:size].copy()


def _values(column: Column) -> Iterable[list[Chain]]:
    if isinstance(column, NameColumn):
        return (_name(text, column.key) for text in column.folded)
    if isinstance(column, DateColumn):
        return (_date(column, value) for value in range(len(column.low)))
    if isinstance(column, PlaceColumn):
        return (_place(column, value) for value in range(len(column.locality)))
    if isinstance(column, AgeColumn):
        return (_age(int(low), int(high)) for low, high in zip(column.low, column.high, strict=True))
    if isinstance(column, IdentityColumn):
        return ([[(column.key, each.key)]] for each in column.identities.identities)
    if isinstance(column, TextColumn) and column.kind == "text":
        return ([[(column.key, str(value))]] for value in range(len(column.information)))
    return ([] for _ in range(len(column.information)))


def _name(folded: str, key: str) -> list[Chain]:
    """Return the words of a name under their skeletons; a relative's name is found apart from a person's own."""
    own = "" if key in OWN_NAMES else key
    found: list[Chain] = []
    words = folded.split()
    for word in words:
        bones = skeleton.word_key(word)
        root = [(f"bones {own}", bones)] if len(bones) > 1 else []
        found.append([*root, (f"word {own}", word)])
    # Mohammad Reza and Mohammadreza, تیزباران‌پور and Tizbaranpour: two words here are one there
    whole = (skeleton.word_key(one + other) for one, other in pairwise(words))
    found += [[(f"bones {own}", bones)] for bones in whole if len(bones) > 1]
    return found


def _date(column: DateColumn, value: int) -> list[Chain]:
    low, high = int(column.low[value]), int(column.high[value])
    if low < 1 or high > dt.date.max.toordinal() or high - low > _LONGEST:
        return []
    first, last = dt.date.fromordinal(low), dt.date.fromordinal(high)
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    if len(months) > _MOST:
        return [[(f"year {column.key}", str(year))] for year in range(first.year, last.year + 1)]
    day = [(f"day {column.key}", str(low))] if low == high else []
    return [[(f"year {column.key}", str(month // 12)), (f"month {column.key}", str(month)), *day] for month in months]


def _place(column: PlaceColumn, value: int) -> list[Chain]:
    locality, region = int(column.locality[value]), int(column.region[value])
    wide = [("region", str(region))] if region >= 0 else []
    return [[*wide, ("town", str(locality))] if locality >= 0 else wide]


def _age(low: int, high: int) -> list[Chain]:
    if high - low >= _MOST:
        return []
    return [[("age", str(band))] for band in sorted({low // 3, (high + 1) // 3})]
