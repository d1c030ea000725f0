"""What must be known of every person at once, computed by column: fate, period, independence.

Everything here has one value a person and is cheap at a million records; the claims themselves are put together only
for the person somebody asks for (`assembly`).
"""

from __future__ import annotations

import datetime as dt
import itertools
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cenotaph import values
from cenotaph.model import ListFacts, split_key
from cenotaph.registry.columns import Column, Columns
from cenotaph.registry.independence import Independence
from cenotaph.registry.persons import Fate, Reading
from cenotaph.registry.readings import ClaimReader
from cenotaph.values import PartialDate, vocabularies

KILLED, DISAPPEARED, ALIVE, DIED = 1, 2, 4, 8
FATE_BITS: Mapping[str, int] = {
    Fate.KILLED: KILLED,
    Fate.DIED: DIED,
    Fate.DISAPPEARED: DISAPPEARED,
    Fate.ALIVE: ALIVE,
}
STATED = KILLED | DIED | DISAPPEARED  # what makes somebody no living person to the register
INSIDE, OUTSIDE = 1, 2
_PACKED = 2**62
# A claim of such an act states the death, or the disappearance, by itself; a killing only where its words say so.
_STATING: Mapping[str, int] = {"death": DIED, "burial": DIED, "disappearance": DISAPPEARED}
_KILLING = "killing"


@dataclass(frozen=True, slots=True)
class Groups:
    """Persons as runs of record rows: ``rows[starts[i]:starts[i + 1]]`` are person ``i``'s, founding record first."""

    rows: NDArray[np.int64]
    starts: NDArray[np.int64]

    @property
    def size(self) -> int:
        """Return the number of persons."""
        return len(self.starts) - 1

    def members(self, person: int) -> list[int]:
        """Return the rows of a person's records, the founding record first."""
        return [int(row) for row in self.rows[self.starts[person] : self.starts[person + 1]]]

    def any_bits(self, bits: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Return the union of a bit field over each person's records."""
        if not len(self.rows):
            return np.zeros(0, np.uint8)
        return np.bitwise_or.reduceat(bits[self.rows], self.starts[:-1])

    def all_true(self, marks: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Return whether a mark stands on every record of each person."""
        if not len(self.rows):
            return np.zeros(0, np.bool_)
        return np.logical_and.reduceat(marks[self.rows], self.starts[:-1])


def group(cluster: NDArray[np.int32], order: NDArray[np.int64]) -> Groups:
    """Sort records into persons, persons by their founding record, records by when they were entered."""
    by_order = np.argsort(order, kind="stable")
    _, first, label = np.unique(cluster[by_order], return_index=True, return_inverse=True)
    rank = np.argsort(np.argsort(first))[label]
    sorted_by_person = np.argsort(rank, kind="stable")
    counts = np.bincount(rank, minlength=len(first))
    return Groups(by_order[sorted_by_person], np.concatenate([[0], np.cumsum(counts)]).astype(np.int64))


def fates(columns: Columns, lists: Mapping[str, ListFacts]) -> NDArray[np.uint8]:
    """Return for each record the bits of what it states: killed, died, disappeared, alive.

    Who is stated killed is stated dead: such a record has the bit of the killing alone.
    """
    names = columns["list"]
    bits = _by_code(names, [FATE_BITS.get(lists[name].states or "", 0) for name in names.texts])
    for key in columns.keys:
        name = split_key(key)[0]
        column = columns[key]
        if name == "fate":
            bits |= _by_code(column, [FATE_BITS.get(values.code("fate", text) or "", 0) for text in column.texts])
        elif (act := values.property_of(key).act) in _STATING:
            bits |= _by_code(column, [_stating(key, act, text) for text in column.texts])
    return np.where(bits & KILLED, bits & ~np.uint8(DIED), bits)


def _stating(key: str, act: str, text: str) -> int:
    """Return what a claim of a death, burial or disappearance states by being made."""
    if not _says(text):
        return 0
    vocabulary = values.property_of(key).vocabulary
    is_killing = bool(vocabulary) and vocabularies.is_under(vocabulary, text, _KILLING)
    return KILLED if is_killing else _STATING[act]


def _says(text: str) -> bool:
    """Tell a statement from an empty cell, a dash or a word for "unknown"."""
    if any(sign.isdigit() for sign in text):
        return True
    return any(sign.isalpha() for sign in text) and not values.is_unknown_name(text)


def _by_code(column: Column, table: Sequence[int]) -> NDArray[np.uint8]:
    """Look a small number up for each record; records that say nothing get 0."""
    return np.asarray([*table, 0], np.uint8)[column.codes]


def period_bits(
    columns: Columns, reader: ClaimReader, period: tuple[dt.date | None, dt.date | None]
) -> NDArray[np.uint8]:
    """Return for each record whether its date of death may lie in the period (INSIDE) or cannot (OUTSIDE); 0 unknown.

    Where a record gives no date of death, its date of disappearance is looked at.
    """
    bits = np.zeros(columns.size, np.uint8)
    for name in ("death.date", "disappearance.date"):
        for key in [key for key in columns.keys if split_key(key)[0] == name]:
            found = by_list(columns, reader, key, lambda reading: _position(reading, period))
            bits = np.where(bits == 0, np.maximum(found, 0).astype(np.uint8), bits)
    return bits


def by_list(columns: Columns, reader: ClaimReader, key: str, measure: Callable[[Reading], int]) -> NDArray[np.int64]:
    """Measure each record's reading of a key; -1 where nothing is said. Each distinct text of a list is read once."""
    column, lists, calendars = columns[key], columns["list"], columns.get(f"{key}%")
    calendar_codes = calendars.codes if calendars is not None else np.full(columns.size, -1, np.int32)
    said = np.flatnonzero(column.codes >= 0)
    found, inverse = distinct([lists.codes[said], calendar_codes[said], column.codes[said]])
    measured = [
        measure(
            reader.read(
                lists.texts[a],
                key,
                column.texts[c],
                calendar=calendars.texts[b] if calendars is not None and b >= 0 else None,
            )
        )
        for a, b, c in found.tolist()
    ]
    out = np.full(columns.size, -1, np.int64)
    out[said] = np.asarray(measured, np.int64)[inverse] if len(said) else []
    return out


def distinct(codes: Sequence[NDArray[Any]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the distinct rows of several columns of whole numbers, and for each row which of them it is.

    Columns are packed into one number where that fits in 64 bits: numbers are sorted many times faster than rows.
    """
    wide = [np.asarray(column, np.int64) for column in codes]
    if not len(wide[0]):
        return np.zeros((0, len(wide)), np.int64), np.zeros(0, np.int64)
    lows = [int(column.min()) for column in wide]
    sizes = [int(column.max()) - low + 1 for column, low in zip(wide, lows, strict=True)]
    if math.prod(sizes) >= _PACKED:
        rows, inverse = np.unique(np.stack(wide, axis=1), axis=0, return_inverse=True)
        return rows, inverse.reshape(-1)
    key = np.zeros(len(wide[0]), np.int64)
    for column, low, size in zip(wide, lows, sizes, strict=True):
        key = key * size + (column - low)
    _, first, inverse = np.unique(key, return_index=True, return_inverse=True)
    return np.stack([column[first] for column in wide], axis=1), inverse


def _position(reading: Reading, period: tuple[dt.date | None, dt.date | None]) -> int:
    if not isinstance(reading, PartialDate) or (reading.earliest is None and reading.latest is None):
        return 0
    start, end = period
    before = reading.latest is not None and start is not None and reading.latest < start
    after = reading.earliest is not None and end is not None and reading.earliest > end
    return OUTSIDE if before or after else INSIDE


@dataclass(frozen=True, slots=True)
class Origins:
    """Where each record has it from: ``sets[codes[row]]`` are the lists it counts for."""

    codes: NDArray[np.int64]
    sets: tuple[frozenset[str], ...]


def origins(columns: Columns) -> Origins:
    """Return the lists behind each record: its own, or those that a compiler cites for it."""
    names, texts = columns["list"], columns["list"].texts
    cited = [columns[f"cites.{name}"].codes >= 0 for name in columns.cites]
    found, codes = distinct([names.codes, *cited])
    return Origins(codes, tuple(_origins(texts[row[0]], columns.cites, row[1:]) for row in found.tolist()))


def independent(found: Origins, groups: Groups, counts: Independence) -> NDArray[np.int64]:
    """Return for each person how many independent lists name it; a compiler that cites counts through what it cites."""
    codes = found.codes[groups.rows].tolist()
    starts = groups.starts.tolist()
    known: dict[frozenset[int], int] = {}
    out = np.zeros(groups.size, np.int64)
    for person, (a, b) in enumerate(itertools.pairwise(starts)):
        key = frozenset(codes[a:b])
        if key not in known:
            known[key] = counts.count(frozenset().union(*(found.sets[code] for code in key)))
        out[person] = known[key]
    return out


def _origins(name: str, cites: Sequence[str], cited: Sequence[int]) -> frozenset[str]:
    return frozenset(other for other, yes in zip(cites, cited, strict=True) if yes) or frozenset({name})
