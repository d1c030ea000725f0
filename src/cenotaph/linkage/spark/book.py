"""What every machine must know: the distinct values of each property, read, and how records are found by them.

Invariant: the book holds nothing of any one record; a part's records are columns of the book with the part's own codes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from cenotaph.linkage.candidates import atoms
from cenotaph.linkage.candidates.sieve import Sieve
from cenotaph.linkage.encoding.columns import Column, NameColumn
from cenotaph.linkage.encoding.encode import Ints, Longs


@dataclass(frozen=True, slots=True)
class Book:
    """The columns without their records, what their values tell, and the number of each told atom."""

    columns: tuple[Column, ...]
    widths: tuple[int, ...]  # slots of each column
    told: tuple[atoms.Told, ...]
    number: Ints
    sieve: Sieve
    records: int
    parts: int

    def part_of(self, position: npt.NDArray[np.integer[Any]]) -> Longs:
        """Return the part of each record: parts are ranges of canonical positions."""
        found: Longs = position.astype(np.int64) * self.parts // max(1, self.records)
        return found

    def of_records(self, codes: Ints) -> list[Column]:
        """Return the columns of some records."""
        ends = np.cumsum(self.widths)
        lists = np.ascontiguousarray(codes[:, -1])
        return [_with_records(column, np.ascontiguousarray(codes[:, end - width : end]), lists)
                for column, width, end in zip(self.columns, self.widths, ends, strict=True)]  # fmt: skip

    def atoms_of(self, codes: Ints) -> tuple[Longs, Ints]:
        """Return the atoms of some records."""
        return atoms.numbered(self.of_records(codes), self.told, self.number, len(codes))


def codes_of(columns: Sequence[Column], lists: Ints) -> Ints:
    """Return the codes of all columns side by side, the list of each record last, shape (records, slots + 1)."""
    return np.concatenate([*(column.codes for column in columns), lists[:, None]], axis=1)


def _with_records(column: Column, codes: Ints, lists: Ints) -> Column:
    """Return a column of other records, of which it is known on which lists they are."""
    if isinstance(column, NameColumn) and column.listwise is not None:
        return replace(column, codes=codes, listwise=column.listwise.of_records(lists))
    return replace(column, codes=codes)


def bound(columns: Sequence[Column], sieve: Sieve, found: tuple[Sequence[atoms.Told], Ints], parts: int) -> Book:
    """Put together what every machine must know."""
    told, number = found
    widths = tuple(column.codes.shape[1] for column in columns)
    empty = tuple(_with_records(column, column.codes[:0], np.empty(0, np.int32)) for column in columns)
    return Book(empty, widths, tuple(told), number, sieve, sieve.records, parts)
