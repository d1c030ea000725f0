"""How two records agree, property by property: a level for each pair, found on distinct values and joined by number.

Invariant: level 0 is missing on either side and never counts as agreement nor as disagreement; the others run from the
closest agreement to the widest disagreement. The best of several names or dates of a record counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cenotaph.linkage.comparison import levels
from cenotaph.linkage.encoding import hashing, spelling
from cenotaph.linkage.encoding.columns import (
    AgeColumn,
    Column,
    DateColumn,
    FatherColumn,
    IdentityColumn,
    NameColumn,
    PlaceColumn,
    TextColumn,
)
from cenotaph.linkage.encoding.encode import Ints, Longs
from cenotaph.values import fathers, identity, names

Floats = npt.NDArray[np.float32]
Levels = npt.NDArray[np.uint8]
NAME_CUTS = (0.97, 0.92, 0.86, 0.78, 0.68, 0.55, 0.4)  # level 1 is at least the first, the last level below the last
SLIP = 5  # the level of names one letter apart, and one farther where they are short
_LONG = 5  # letters
_ALIKE_PLACES = 0.85
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Compared:
    """Levels and bits of every pair, shape (pairs, properties)."""

    levels: Levels
    bits: Floats  # what the agreeing value tells, where it may be asked


def compare(columns: Sequence[Column], left: Ints, right: Ints) -> Compared:
    """Compare pairs of records in every property."""
    found = Compared(np.zeros((len(left), len(columns)), np.uint8), np.zeros((len(left), len(columns)), np.float32))
    for number, column in enumerate(columns):
        for start in range(0, len(left), _CHUNK):
            part = slice(start, start + _CHUNK)
            _compare_column(column, left[part], right[part], found.levels[part, number], found.bits[part, number])
    return found


def _compare_column(column: Column, left: Ints, right: Ints, level: Levels, bits: Floats) -> None:
    """Fill levels and bits of one property; of several slots the closest agreement counts."""
    slots = column.codes.shape[1]
    for one in range(slots):
        for two in range(slots):
            a, b = column.codes[:, one][left], column.codes[:, two][right]  # one axis: several are five times slower
            levels.keep_better(_levels(column, a, b), a, b, column.information, level, bits)


def _levels(column: Column, a: Ints, b: Ints) -> Levels:
    """Return the levels of pairs of distinct values, 0 where either is missing."""
    if isinstance(column, DateColumn):
        return np.asarray(levels.dates(a, b, column.low, column.high, column.parts), dtype=np.uint8)
    if isinstance(column, AgeColumn):
        return np.asarray(levels.ages(a, b, column.low, column.high), dtype=np.uint8)
    if isinstance(column, TextColumn) and column.spelling is not None:
        told = column.spelling
        return np.asarray(spelling.levels(a, b, told.points, told.starts, told.masks), dtype=np.uint8)
    if isinstance(column, FatherColumn | IdentityColumn):
        return _told(column, a, b)
    found: Levels = np.where((a < 0) | (b < 0), 0, np.where(a == b, 1, 2)).astype(np.uint8)
    if isinstance(column, NameColumn | PlaceColumn):
        open_ = np.flatnonzero(found == 2)
        likeness = _names if isinstance(column, NameColumn) else _places
        found[open_] = likeness(column, a[open_], b[open_])  # type: ignore[arg-type]
    return found


def _told(column: FatherColumn | IdentityColumn, a: Ints, b: Ints) -> Levels:
    """Return the levels of fathers' names and of identity numbers, each by what it is."""
    found = np.zeros(len(a), dtype=np.uint8)
    open_ = np.flatnonzero((a >= 0) & (b >= 0))
    if isinstance(column, FatherColumn):
        score: levels.Scorer = lambda x, y: banded(fathers.father_similarity(column.fathers, x, y))  # noqa: E731
    else:
        score = lambda x, y: identity.identity_levels(column.identities, x, y)  # noqa: E731
    found[open_] = _on_distinct(a[open_], b[open_], score)
    return found


def _names(column: NameColumn, a: Ints, b: Ints) -> Levels:
    """Return the levels of names that differ; most are unlike at first sight."""
    found = np.full(len(a), len(NAME_CUTS) + 1, dtype=np.uint8)
    open_ = np.flatnonzero(names.may_be_alike(column.table, a, b))
    score: levels.Scorer = lambda x, y: banded(names.similarity(column.table, x, y))  # noqa: E731
    found[open_] = _on_distinct(a[open_], b[open_], score)
    _outside(column, a, b, found)
    _forgive(column, a, b, found)
    return found


def _outside(column: NameColumn, a: Ints, b: Ints, level: Levels) -> None:
    """Compare again, in place, two names that both say something in brackets, without what one or the other says there.

    What is in brackets may stand for a part of a name, but two of one clan are not one person by that.
    """
    both = np.flatnonzero((column.outside[a] >= 0) & (column.outside[b] >= 0))
    one, other = a[both], b[both]
    plain = names.similarity(column.table, column.outside[one], other)
    level[both] = banded(np.maximum(plain, names.similarity(column.table, one, column.outside[other])))


def _forgive(column: NameColumn, a: Ints, b: Ints, level: Levels) -> None:
    """Put names that sound different and yet are one slip of the pen apart at the level of slips, in place."""
    told = column.spelling
    open_ = np.flatnonzero(level > SLIP)
    open_ = open_[spelling.one_slip(a[open_], b[open_], told.points, told.starts, told.masks)]
    letters = np.diff(told.starts)
    level[open_] = np.where(np.maximum(letters[a[open_]], letters[b[open_]]) >= _LONG, SLIP, SLIP + 1)


def _on_distinct(a: Ints, b: Ints, scorer: levels.Scorer) -> Levels:
    """Score each distinct unordered pair of values once and give every pair its score."""
    low, high = np.minimum(a, b).astype(np.uint64), np.maximum(a, b).astype(np.uint64)
    number, first = hashing.numbered((low << np.uint64(32)) | high)
    found: Levels = scorer(a[first], b[first])[number]
    return found


def sorted_distinct(packed: Longs) -> Longs:
    """Return the distinct numbers in order; sorting beats hashing on packed pairs."""
    ordered = np.sort(packed)
    kept = np.ones(len(ordered), dtype=bool)
    kept[1:] = ordered[1:] != ordered[:-1]
    found: Longs = ordered[kept]
    return found


def banded(scores: Floats) -> Levels:
    """Return the level of each likeness of names, 1 for the same."""
    cuts = np.array(NAME_CUTS[::-1], dtype=np.float32)
    found: Levels = (len(cuts) + 1 - np.searchsorted(cuts, scores, side="right")).astype(np.uint8)
    return found


def _places(column: PlaceColumn, a: Ints, b: Ints) -> Levels:
    """Return the levels of places whose texts differ."""
    return _on_distinct(a, b, lambda x, y: _distinct_places(column, x, y))


def _distinct_places(column: PlaceColumn, a: Ints, b: Ints) -> Levels:
    alike = _alike(column.table, a, b, column.locality[a] != column.locality[b])
    near = _kilometres(column, a, b) <= levels.NEAR_KM
    localities, regions = (column.locality[a], column.locality[b]), (column.region[a], column.region[b])
    said = (regions[0] >= 0) & (regions[1] >= 0)
    one_region = said & (
        _alike(column.regions, *regions, said & (regions[0] != regions[1])) | (regions[0] == regions[1])
    )
    return levels.places(localities, (one_region, ~said), alike, near)


def _alike(table: names.NameTable, a: Ints, b: Ints, asked: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Mark, of those that are asked about, the names of places that are written or sound alike, in any script."""
    found = np.zeros(len(a), dtype=bool)
    at = np.flatnonzero(asked)
    at = at[names.may_be_alike(table, a[at], b[at])]
    found[at] = names.similarity(table, a[at], b[at]) >= _ALIKE_PLACES
    return found


def _kilometres(column: PlaceColumn, a: Ints, b: Ints) -> Floats:
    """Return distances on the ground, infinite where a place has no coordinates."""
    north = np.radians(column.latitude)
    east = np.radians(column.longitude)
    x = (east[a] - east[b]) * np.cos((north[a] + north[b]) / 2)
    found: Floats = 6371.0 * np.hypot(x, north[a] - north[b])
    return np.where(np.isnan(found), np.inf, found).astype(np.float32)
