"""What records are found by: typed atoms such as a name word, its skeleton, a month, a town, a band of ages.

Invariant: atoms are numbers into one vocabulary. A word lies under its skeleton, a day under its month and year: atoms
under one root say the same thing twice, so they are never joined into one key and never counted twice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numba
import numpy as np
import numpy.typing as npt

from cenotaph.linkage.encoding import hashing
from cenotaph.linkage.encoding.columns import (
    AgeColumn,
    Column,
    DateColumn,
    IdentityColumn,
    NameColumn,
    PlaceColumn,
    TextColumn,
)
from cenotaph.linkage.encoding.encode import MISSING, Ints, Longs
from cenotaph.values import word_kernels, words
from cenotaph.values.words import Words

Hashes = npt.NDArray[np.uint64]
OWN_NAMES = frozenset({"name", "name.given", "name.family", "name.alias"})
_DEEPEST = 3
_LONGEST = 800  # days: a longer interval is found by other things
_EPOCH = dt.date(1970, 1, 1).toordinal()
_MOST = 3  # atoms of a kind for one interval: longer ones say too little
_MOST_HELD = 40  # atoms of a record: a page in the column of names must not be joined by every two of its words


@dataclass(frozen=True, slots=True)
class Told:
    """What the distinct values of a column tell: each atom as a hash, with its value and the wider atom, 0 for none."""

    value: Longs
    atom: Hashes
    above: Hashes


@dataclass(frozen=True, slots=True)
class Atoms:
    """The atoms of every record: record r holds ``atom[offsets[r]:offsets[r + 1]]``, sorted, each once."""

    offsets: Longs
    atom: Ints
    name: Hashes  # by atom: its hash
    above: Ints  # by atom: the wider atom that holds whenever it does, -1 for a root
    held: Longs  # by atom: how many records hold it, twice where one says it twice

    @property
    def records(self) -> int:
        """Return the number of records."""
        return len(self.offsets) - 1

    @property
    def shortened(self) -> int:
        """Return how many records hold as many atoms as a record may; their commonest ones may have been left out."""
        return shortened(self.offsets)

    @property
    def root(self) -> Ints:
        """Return the root of each atom."""
        found: Ints = np.arange(len(self.above), dtype=np.int32)
        for _ in range(_DEEPEST):
            found = np.where(self.above[found] >= 0, self.above[found], found).astype(np.int32)
        return found

    @property
    def told(self) -> npt.NDArray[np.float32]:
        """Return how many bits each atom tells, with all that is above it."""
        return np.log2(max(1, self.records) / np.maximum(1, self.held)).astype(np.float32)

    @property
    def bits(self) -> npt.NDArray[np.float32]:
        """Return how much sharing an atom tells beyond the atom above it."""
        told = self.told
        more = np.where(self.above >= 0, np.maximum(0.0, told - told[self.above]), told)
        return more.astype(np.float32)


def of_columns(columns: Sequence[Column], records: int, told: Sequence[Told] | None = None) -> Atoms:
    """Return the atoms of all records from the distinct values of their columns.

    An atom that one record holds finds nobody and is left out. Common atoms have low numbers.
    """
    told = told_by(columns) if told is None else told
    found, number = vocabulary(columns, records, told)
    starts, atom = numbered(columns, told, number, records)
    return replace(found, offsets=starts, atom=atom)


def vocabulary(columns: Sequence[Column], records: int, told: Sequence[Told]) -> tuple[Atoms, Ints]:
    """Return the atoms that two records or more hold, of no record yet, and by told atom its number (-1: left out)."""
    counts = [np.bincount(column.codes[column.codes >= 0], minlength=len(column.information)) for column in columns]
    names = np.concatenate([each.atom for each in told]) if told else np.empty(0, np.uint64)
    number, first = hashing.ranked(names)
    whole = names[first]
    held = np.bincount(number, weights=_repeated(told, counts), minlength=len(whole))
    order = np.argsort(-held, kind="stable")[: int((held > 1).sum())]  # the common ones first: they are read most
    place = np.full(len(whole), MISSING, dtype=np.int32)
    place[order] = np.arange(len(order))
    wider = np.concatenate([each.above for each in told])[first][order] if told else np.empty(0, np.uint64)
    above = np.full(len(order), MISSING, dtype=np.int32)
    under = np.flatnonzero(wider)
    rank, each = hashing.ranked(wider[under])  # few are wider than many: only these are searched for, in order
    above[under] = place[np.minimum(np.searchsorted(whole, wider[under][each]), len(place) - 1)][rank]
    nothing = np.broadcast_to(np.int64(0), (records + 1,))
    found = Atoms(nothing, np.empty(0, np.int32), whole[order], above,
                  held[order].astype(np.int64))  # fmt: skip
    return found, place[number]


def told_by(columns: Sequence[Column]) -> list[Told]:
    """Return what the distinct values of each column tell."""
    return [_values(column) for column in columns]


def numbered(columns: Sequence[Column], told: Sequence[Told], number: Ints, records: int) -> tuple[Longs, Ints]:
    """Return the atoms of records where each told atom has the given number (in one row, -1 for those left out)."""
    return _of_records(_tables(columns, told, number), records)


def _repeated(told: Sequence[Told], counts: Sequence[Longs]) -> Longs:
    parts = [count[each.value] for each, count in zip(told, counts, strict=True)]
    return np.concatenate(parts) if parts else np.empty(0, np.int64)


def _tables(columns: Sequence[Column], told: Sequence[Told], number: Ints) -> list[tuple[Ints, Longs, Ints]]:
    """Return for each column its codes and, by value, the numbers of its atoms."""
    found, start = [], 0
    for column, each in zip(columns, told, strict=True):
        own = number[start : start + len(each.atom)]
        start += len(each.atom)
        order = np.argsort(each.value[own >= 0], kind="stable")
        sizes = np.bincount(each.value[own >= 0], minlength=len(column.information))
        found.append((column.codes, np.concatenate(([0], np.cumsum(sizes))), own[own >= 0][order]))
    return found


def _of_records(tables: Sequence[tuple[Ints, Longs, Ints]], records: int) -> tuple[Longs, Ints]:
    sizes = np.zeros(records, dtype=np.int64)
    for codes, offsets, _ in tables:
        _count(codes, offsets, sizes)
    starts = np.concatenate(([0], np.cumsum(sizes)))
    filled = np.empty(starts[-1], dtype=np.int32)
    at = starts[:-1].copy()
    for codes, offsets, atoms in tables:
        _fill(codes, offsets, atoms, filled, at)
    return _tidy(starts, filled)


def shortened(offsets: Longs) -> int:
    """Return how many records hold as many atoms as a record may, from where the atoms of each begin."""
    return int((np.diff(offsets) >= _MOST_HELD).sum())


@numba.njit(cache=True)
def _count(codes: Ints, offsets: Longs, sizes: Longs) -> None:
    for record in range(codes.shape[0]):
        for slot in range(codes.shape[1]):
            value = codes[record, slot]
            if value >= 0:
                sizes[record] += offsets[value + 1] - offsets[value]


@numba.njit(cache=True)
def _fill(codes: Ints, offsets: Longs, atoms: Ints, filled: Ints, at: Longs) -> None:
    for record in range(codes.shape[0]):
        for slot in range(codes.shape[1]):
            value = codes[record, slot]
            if value >= 0:
                for place in range(offsets[value], offsets[value + 1]):
                    filled[at[record]] = atoms[place]
                    at[record] += 1


@numba.njit(cache=True, inline="always")
def _sort(own: Ints) -> None:
    """Sort a few numbers in place."""
    for place in range(1, len(own)):
        one, at = own[place], place
        while at > 0 and own[at - 1] > one:
            own[at] = own[at - 1]
            at -= 1
        own[at] = one


@numba.njit(cache=True)
def _tidy(starts: Longs, filled: Ints) -> tuple[Longs, Ints]:
    """Sort the atoms of each record and keep each once, of very many the rarest."""
    offsets = np.empty(len(starts), dtype=np.int64)
    offsets[0] = 0
    size = 0
    for record in range(len(starts) - 1):
        own = filled[starts[record] : starts[record + 1]]
        _sort(own)
        for place in range(len(own)):
            if size == offsets[record] or own[place] != filled[size - 1]:
                filled[size] = own[place]
                size += 1
        spare = size - offsets[record] - _MOST_HELD
        if spare > 0:
            for place in range(offsets[record], size - spare):
                filled[place] = filled[place + spare]
            size -= spare
        offsets[record + 1] = size
    return offsets, filled[:size].copy()


def _values(column: Column) -> Told:
    if isinstance(column, NameColumn):
        return _names(column.words, "" if column.key in OWN_NAMES else column.key)
    if isinstance(column, DateColumn):
        return _dates(column)
    if isinstance(column, PlaceColumn):
        return _places(column)
    if isinstance(column, AgeColumn):
        return _ages(column.low, column.high)
    if isinstance(column, IdentityColumn):
        numbers = words.hashes([each.key for each in column.identities.identities])
        return _told([(np.arange(len(numbers)), _named(column.key, numbers), None)])
    if isinstance(column, TextColumn) and column.kind == "text":
        return _told([(np.arange(len(column.hashes)), _named(column.key, column.hashes), None)])
    return _told([])


def _told(parts: Sequence[tuple[Longs, Hashes, Hashes | None]]) -> Told:
    """Put atoms together: the values that have them, the atoms, and the wider atoms, None for roots."""
    if not parts:
        return Told(np.empty(0, np.int64), np.empty(0, np.uint64), np.empty(0, np.uint64))
    above = [np.zeros(len(atom), np.uint64) if wider is None else wider for _, atom, wider in parts]
    return Told(np.concatenate([value for value, _, _ in parts]), np.concatenate([atom for _, atom, _ in parts]),
                np.concatenate(above))  # fmt: skip


def _named(kind: str, values: npt.NDArray[Any]) -> Hashes:
    """Return the atoms of a kind for values that are whole numbers or hashes."""
    seed = words.hashes([kind])[0]
    return hashing.mixed(values.astype(np.uint64) ^ seed)


def _names(found: Words, own: str) -> Told:
    """Return the words of names under their skeletons; a relative's name is found apart from a person's own.

    Two neighbouring words are also taken as one: Mohammad Reza is Mohammadreza elsewhere.
    """
    hashes, sizes = _hashed(words.keys(found), len(found.hashes))
    bones = np.where(sizes > 1, _named(f"bones {own}", hashes), 0).astype(np.uint64)
    value = np.repeat(np.arange(len(found.counts)), found.counts)
    lines, texts = words.neighbour_keys(found)
    joint, lengths = _hashed(lines, len(texts))
    has, long = bones[found.number] > 0, lengths > 1
    return _told([
        (value[has], bones[found.number][has], None),
        (value, _named(f"word {own}", found.hashes)[found.number], bones[found.number]),
        (texts[long], _named(f"bones {own}", joint)[long], None),
    ])  # fmt: skip


def _hashed(lines: npt.NDArray[np.uint32], size: int) -> tuple[Hashes, Ints]:
    return word_kernels.hash_lines(lines, size), word_kernels.key_sets(lines, size)[1]


def _dates(column: DateColumn) -> Told:
    """Return days under their months under their years, of intervals that are not too long."""
    low, high = column.low, column.high
    value = np.flatnonzero((low >= 1) & (high <= dt.date.max.toordinal()) & (high - low <= _LONGEST))
    first, last = _month(low[value]), _month(high[value])
    day = np.where(low[value] == high[value], low[value], 0)
    parts: list[tuple[Longs, Hashes, Hashes | None]] = []
    for step in range(_MOST):
        near = (last - first < _MOST) & (first + step <= last)
        month = first[near] + step
        year, of_month = _named(f"year {column.key}", month // 12), _named(f"month {column.key}", month)
        parts += [(value[near], year, None), (value[near], of_month, year)]
        one = near & (day > 0)
        parts.append((value[one], _named(f"day {column.key}", day[one]), _named(f"month {column.key}", first[one])))
        far = (last - first >= _MOST) & (first // 12 + step <= last // 12)
        parts.append((value[far], _named(f"year {column.key}", first[far] // 12 + step), None))
    return _told(parts)


def _month(days: Ints) -> Longs:
    """Return the number of the month of each day, counted from the year 0."""
    found: Longs = (days.astype(np.int64) - _EPOCH).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    return found + 1970 * 12


def _places(column: PlaceColumn) -> Told:
    locality, region = column.keys
    value = np.arange(len(locality))
    wide, near = region > 0, locality > 0
    wider = np.where(wide, _named("region", region), 0).astype(np.uint64)
    return _told([(value[wide], wider[wide], None), (value[near], _named("town", locality)[near], wider[near])])


def _ages(low: Ints, high: Ints) -> Told:
    value = np.flatnonzero(high - low < _MOST)
    first, last = low[value] // 3, (high[value] + 1) // 3
    two = first != last
    return _told([(value, _named("age", first), None), (value[two], _named("age", last[two]), None)])
