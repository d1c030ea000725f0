"""The levels of dates, ages and places, and what is believed of each before any record is seen.

Invariant: level 0 is missing; ``PRIOR[kind][level]`` is the believed share of level among two records of one person,
and ``STRANGERS[kind]`` among two strangers; both only start what the records then teach.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numba
import numpy as np
import numpy.typing as npt

from cenotaph.linkage.encoding.encode import Ints

Floats = npt.NDArray[np.float32]
Levels = npt.NDArray[np.uint8]
Flags = npt.NDArray[np.bool_]
Scorer = Callable[[Ints, Ints], Levels]
NEAR_KM = 30.0
DEEPEST = 12  # levels of the kind that has most
FARTHEST_AGE = 6  # the level of ages more than fifteen years apart

PRIOR: Mapping[str, tuple[float, ...]] = {
    "name": (0.0, 0.62, 0.14, 0.09, 0.06, 0.04, 0.025, 0.015, 0.01),
    # same day · 1-2 days · one digit or day and month swapped · one part differs · a week · a month · a year ·
    # farther · overlaps, a month wide · overlaps, wider · coarse and apart
    "date": (0.0, 0.60, 0.07, 0.05, 0.04, 0.04, 0.04, 0.04, 0.02, 0.05, 0.04, 0.01),
    # same · one year · three years · seven years · fifteen · farther · within a band
    "age": (0.0, 0.54, 0.10, 0.05, 0.03, 0.015, 0.005, 0.26),
    # same · alike · near · one only says the region · same region, elsewhere · other region
    "place": (0.0, 0.60, 0.12, 0.07, 0.10, 0.08, 0.03),
    "code": (0.0, 0.97, 0.03),
    "text": (0.0, 0.60, 0.15, 0.25),
    # same · one slip of the pen · different · numbers of two kinds of document
    "identity": (0.0, 0.88, 0.04, 0.04, 0.04),
}
# the levels at which one of two records of one person errs, or its author knew no better; to be vague is no error
ERRORS: Mapping[str, tuple[int, ...]] = {
    "name": (2, 3, 4, 5, 6, 7, 8),
    "date": (2, 3, 4, 5, 6, 7, 8, 11),
    "age": (2, 3, 4, 5, 6),
    "place": (2, 3, 5, 6),
    "code": (2,),
    "text": (2, 3),
    "identity": (2, 3),
}
STRANGERS: Mapping[str, tuple[float, ...]] = {
    "name": (0.0, 0.002, 0.002, 0.004, 0.008, 0.02, 0.08, 0.25, 0.634),
    "date": (0.0, 0.003, 0.006, 0.006, 0.014, 0.01, 0.03, 0.25, 0.581, 0.02, 0.05, 0.03),
    "age": (0.0, 0.03, 0.06, 0.11, 0.16, 0.26, 0.30, 0.08),
    "place": (0.0, 0.03, 0.01, 0.02, 0.04, 0.10, 0.80),
    "code": (0.0, 0.60, 0.40),
    "text": (0.0, 0.10, 0.03, 0.87),
    "identity": (0.0, 0.002, 0.002, 0.956, 0.04),
}
# how alike are the names of two relatives, who share the family's or the clan's and have given names of their own
RELATIVES = (0.0, 0.0, 0.01, 0.03, 0.11, 0.35, 0.30, 0.15, 0.05)

# What each level means, by a code that any language can say; the first is level 0.
MEANINGS: Mapping[str, tuple[str, ...]] = {
    "name": ("missing", "same-name", "nearly", "alike", "rather-alike", "somewhat-alike", "little-alike",
             "hardly-alike", "unlike"),
    "date": ("missing", "same-day", "two-days", "slip", "one-part", "week", "month", "year", "farther", "overlap",
             "overlap-wide", "coarse-apart"),
    "age": ("missing", "same-age", "one-year", "three-years", "seven-years", "fifteen-years", "generation", "band"),
    "place": ("missing", "same-place", "place-alike", "near", "region-only", "same-region", "other-region"),
    "code": ("missing", "same", "different"),
    "text": ("missing", "same", "text-alike", "different"),
    "identity": ("missing", "same-number", "number-slip", "other-number", "other-kind"),
}  # fmt: skip


def of_event(key: str, kind: str) -> bool:
    """Tell whether two people of one event share a property: its day or its place, not those of their births."""
    return kind in ("date", "place") and not key.startswith("birth")


@numba.njit(cache=True)
def dates(a: Ints, b: Ints, low: Ints, high: Ints, parts: Ints) -> Levels:
    """Return the levels of pairs of dates; intervals that overlap are compatible, not equal."""
    out = np.empty(len(a), dtype=np.uint8)
    for pair in range(len(a)):
        x, y = a[pair], b[pair]
        if x < 0 or y < 0:
            out[pair] = 0
            continue
        if low[x] == high[x] and low[y] == high[y]:
            out[pair] = _full_dates(abs(low[x] - low[y]), parts[x], parts[y])
            continue
        slip = _slip(parts[x], parts[y])
        if slip > 0:
            out[pair] = slip
            continue
        apart = max(low[x] - high[y], low[y] - high[x])
        coarse = max(high[x] - low[x], high[y] - low[y])
        out[pair] = (9 if coarse <= 45 else 10) if apart <= 0 else (11 if apart > 31 else 7)
    return out


@numba.njit(cache=True, inline="always")
def _full_dates(days: int, x: Ints, y: Ints) -> int:
    if days == 0:
        return 1
    if days <= 2:
        return 2
    slip = _slip(x, y)
    if slip > 0:
        return slip
    if days <= 7:
        return 5
    if days <= 31:
        return 6
    return 7 if days <= 366 else 8


@numba.njit(cache=True, inline="always")
def _slip(x: Ints, y: Ints) -> int:
    """Return the level of two dates that one slip of the pen makes one, 0 where none does or a part is not stated."""
    if x[0] == 0 or y[0] == 0:
        return 0
    if x[0] == y[0] and x[1] == y[2] and x[2] == y[1]:
        return 3
    if _digits(x, y) <= 1:
        return 3
    return 4 if (x[0] == y[0]) + (x[1] == y[1]) + (x[2] == y[2]) == 2 else 0


@numba.njit(cache=True, inline="always")
def _digits(x: Ints, y: Ints) -> int:
    """Count the digits in which two dates differ when written with all their digits; two swapped ones are one."""
    differ = 0
    for part in range(3):
        one, two = x[part], y[part]
        before, other = -1, -1
        for _ in range(4):
            here, there = one % 10, two % 10
            if here == there or (here == other and there == before):
                before, other = -1, -1
            else:
                differ += 1
                before, other = here, there
            one //= 10
            two //= 10
    return differ


@numba.njit(cache=True)
def ages(a: Ints, b: Ints, low: Ints, high: Ints) -> Levels:
    """Return the levels of pairs of ages by the years between their bands."""
    out = np.empty(len(a), dtype=np.uint8)
    for pair in range(len(a)):
        if a[pair] < 0 or b[pair] < 0:
            out[pair] = 0
            continue
        years = max(low[a[pair]] - high[b[pair]], low[b[pair]] - high[a[pair]])
        if years <= 0:
            exact = low[a[pair]] == high[a[pair]] and low[b[pair]] == high[b[pair]]
            out[pair] = 1 if exact else 7
        elif years <= 1:
            out[pair] = 2
        elif years <= 3:
            out[pair] = 3
        elif years <= 7:
            out[pair] = 4
        else:
            out[pair] = 5 if years <= 15 else 6
    return out


@numba.njit(cache=True)
def keep_better(here: Levels, a: Ints, b: Ints, information: Floats, level: Levels, bits: Floats) -> None:
    """Let closer agreements, and of equal ones the more telling, take the place of what was found before."""
    for pair in range(len(here)):
        if here[pair] > 0:
            told = min(information[a[pair]], information[b[pair]])
            if level[pair] == 0 or here[pair] < level[pair] or (here[pair] == level[pair] and told > bits[pair]):
                level[pair], bits[pair] = here[pair], told


def places(localities: tuple[Ints, Ints], regions: tuple[Flags, Flags], alike: Flags, near: Flags) -> Levels:
    """Return the levels of pairs of places.

    Parameters
    ----------
    localities
        The number of either place, -1 where not said.
    regions
        Whether both lie in one region, and whether that of either is not said.
    alike, near
        Whether the names of the two are alike, and whether they lie close together.
    """
    (a, b), (one_region, unsaid) = localities, regions
    same = (a >= 0) & (a == b)
    vague = (a < 0) | (b < 0)
    return np.select(
        [same, alike & ~vague & (one_region | unsaid), near & ~vague, vague & one_region, one_region],
        [1, 2, 3, 4, 5],
        6,
    ).astype(np.uint8)
