"""How many bits each value tells, as a whole collection taught it: kept, it tells the same of later records.

Invariant: of the collection it was learnt from, it says what the columns themselves say; a value that was not seen then
tells what a value seen once told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from cenotaph.linkage.encoding import listwise
from cenotaph.linkage.encoding.columns import (
    AgeColumn,
    Column,
    DateColumn,
    IdentityColumn,
    NameColumn,
    PlaceColumn,
    TextColumn,
)
from cenotaph.linkage.encoding.encode import Ints
from cenotaph.linkage.encoding.information import bits, of_names
from cenotaph.values import words

Hashes = npt.NDArray[np.uint64]
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Table:
    """Bits by hash of a value, sorted by hash, and those of a value that is not among them."""

    values: Hashes
    bits: Floats
    unseen: float

    def of(self, asked: Hashes) -> Floats:
        """Return the bits of values."""
        if not len(self.values):
            return np.full(len(asked), self.unseen, dtype=np.float32)
        at = np.minimum(np.searchsorted(self.values, asked), len(self.values) - 1)
        found: Floats = np.where(self.values[at] == asked, self.bits[at], np.float32(self.unseen)).astype(np.float32)
        return found


Frequencies = Mapping[str, tuple[Table, ...]]


def learn(columns: Sequence[Column]) -> dict[str, tuple[Table, ...]]:
    """Return what the values of columns tell, by property."""
    return {column.key: _learn(column) for column in columns}


def told(columns: Sequence[Column], known: Frequencies) -> list[Column]:
    """Return columns whose values tell what is known of them."""
    return [replace(column, information=_told(column, known[column.key])) for column in columns]


def learn_lists(columns: Sequence[Column]) -> dict[str, listwise.Counts]:
    """Return how the words of names differ from list to list, by property; of most properties there is nothing."""
    found = {column.key: column.listwise for column in columns if isinstance(column, NameColumn)}
    return {key: own.counts for key, own in found.items() if own is not None}


def told_lists(
    columns: Sequence[Column], known: Mapping[str, listwise.Counts], lists: Ints, names: Sequence[str]
) -> list[Column]:
    """Return columns whose names tell in two lists what is known of them there."""
    return [
        replace(
            own,
            listwise=listwise.bound(known[own.key], own.telling, lists, names) if own.key in known else None,
        )
        if isinstance(own, NameColumn)
        else own
        for own in columns
    ]


def _learn(column: Column) -> tuple[Table, ...]:
    held = np.bincount(column.codes[column.codes >= 0], minlength=len(column.information)).astype(np.int64)
    if isinstance(column, NameColumn):
        unseen = float(bits(np.zeros(1), int(held.sum()))[0])
        return Table(column.telling.hashes, column.word_bits, unseen), _counted(column.telling.lines, held)
    meaning = _meaning(column)
    named = meaning != 0 if isinstance(column, PlaceColumn) else np.ones(len(meaning), dtype=bool)
    return (_counted(meaning[named], held[named]),)


def _counted(meaning: Hashes, held: npt.NDArray[np.int64]) -> Table:
    """Return the table of what values mean, where several may mean the same."""
    values, number = np.unique(meaning, return_inverse=True)
    counts = np.bincount(number.reshape(-1), weights=held, minlength=len(values))
    return _table(values, counts, int(held.sum()))


def _table(values: Hashes, counts: npt.NDArray[Any], total: int) -> Table:
    order = np.argsort(values, kind="stable")
    return Table(values[order], bits(counts, total)[order], float(bits(np.zeros(1), total)[0]))


def _told(column: Column, known: tuple[Table, ...]) -> Floats:
    if isinstance(column, NameColumn):
        said = column.telling
        by_word, whole = known[0].of(said.hashes), known[1].of(said.lines)
        return of_names(said.texts, said.number.astype(np.int32), by_word, whole)
    meaning = _meaning(column)
    found = known[0].of(meaning)
    if isinstance(column, PlaceColumn):
        found[meaning == 0] = 0.0  # it names no locality
    return found


def _meaning(column: Column) -> Hashes:
    """Return for each value a hash of what it means, the same wherever it stands."""
    if isinstance(column, DateColumn | AgeColumn):
        return ((column.low.astype(np.int64) << 32) + column.high).astype(np.uint64)
    if isinstance(column, PlaceColumn):
        return column.keys[0]
    if isinstance(column, IdentityColumn):
        return words.hashes([each.key for each in column.identities.identities])
    if isinstance(column, TextColumn):
        return column.hashes
    raise TypeError(f"{column.key}: no property of linkage")
