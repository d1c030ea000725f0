"""Dates written as 1988-08-05 in the calendar of today, the shape of nearly all dates, read at once.

Invariant: what is read here means exactly what `values.dates` and the reading of slips in `columns` say it means; all
other texts are left to them.
"""

from __future__ import annotations

from collections.abc import Sequence

import numba
import numpy as np
import numpy.typing as npt

from cenotaph.linkage.encoding.encode import Ints, Longs
from cenotaph.values.folding import as_lines

Bytes = npt.NDArray[np.uint8]
Flags = npt.NDArray[np.bool_]
_FIRST_YEAR, _LAST_YEAR = 1500, 2199  # those between may be meant in another calendar
_OLD_YEARS = (1000, 1249)  # of today's calendar where the day can be: no other calendar is at them
_NO_YEARS = ((0, 999), (2201, 2479), (2541, 2599), (2800, 9999))  # meant by no calendar
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def read(texts: Sequence[str], ordered: Flags) -> tuple[Ints, Ints, Ints]:
    """Return the first and last day of each text, and year, month and day.

    The days are 0 where a text must be read with more care, and -1 where its year is of no calendar: it says nothing.

    Parameters
    ----------
    texts
        Dates as written.
    ordered
        Whether the list of each is known to write year, month, day, so that a slip can be told from another order.
    """
    content = np.frombuffer(as_lines(texts).encode("utf-8", "replace"), dtype=np.uint8)
    days = np.zeros((2, len(texts)), dtype=np.int32)
    parts = np.zeros((len(texts), 3), dtype=np.int32)
    _read(content, ordered, np.array(_LENGTHS, dtype=np.int64), days, parts)
    return days[0], days[1], parts


@numba.njit(cache=True)
def _read(content: Bytes, ordered: Flags, lengths: Longs, days: Ints, parts: Ints) -> None:
    start, line = 0, 0
    for end in range(len(content)):
        if content[end] != 10:
            continue
        if end - start == 10 and _shaped(content, start):
            year, month, day = (
                _number(content, start, 4),
                _number(content, start + 5, 2),
                _number(content, start + 8, 2),
            )
            first, last = _meant((year, month, day), lengths, int(ordered[line]))
            days[0, line], days[1, line] = first, last
            if last > 0 and month > 0 and day > 0:
                parts[line, 0], parts[line, 1], parts[line, 2] = year, month, day
        start, line = end + 1, line + 1


@numba.njit(cache=True)
def _meant(written: tuple[int, int, int], lengths: Longs, ordered: int) -> tuple[int, int]:
    """Return first and last day, 0 where more care is needed, -1 where the year is of no calendar."""
    year, month, day = written
    if month > 0 and day > 0 and ordered:
        for first_year, last_year in _NO_YEARS:
            if first_year <= year <= last_year:
                return -1, -1
    if _FIRST_YEAR <= year <= _LAST_YEAR:
        return _interval(written, lengths, ordered)
    if _OLD_YEARS[0] <= year <= _OLD_YEARS[1] and month > 0:
        first, last = _interval(written, lengths, 0)
        if first == last:
            return first, last
    return 0, 0


@numba.njit(cache=True)
def _interval(written: tuple[int, int, int], lengths: Longs, ordered: int) -> tuple[int, int]:
    """Return first and last day: a day that cannot be is its month, month and day swapped, or else its year.

    A month or a day of 0 stands for unknown.
    """
    year, month, day = written
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    before = year - 1
    start = before * 365 + before // 4 - before // 100 + before // 400
    if month == 0 or (day == 0 and month > 12):
        return (start + 1, start + 365 + leap) if month == 0 and day <= 31 else (0, 0)
    if ordered == 0 and (month > 12 or day > lengths[month - 1] + (leap and month == 2)):
        return 0, 0
    if 12 < month <= 31 and day <= 12:
        month, day = day, month
    if month > 12 or day > 31:
        return start + 1, start + 365 + leap
    for passed in range(month - 1):
        start += lengths[passed] + (leap and passed == 1)
    length = lengths[month - 1] + (leap and month == 2)
    return (start + day, start + day) if 0 < day <= length else (start + 1, start + length)


@numba.njit(cache=True, inline="always")
def _shaped(content: Bytes, start: int) -> bool:
    for at in range(10):
        letter = content[start + at]
        if at in (4, 7):
            if letter != 45:
                return False
        elif letter < 48 or letter > 57:
            return False
    return True


@numba.njit(cache=True, inline="always")
def _number(content: Bytes, start: int, digits: int) -> int:
    value = 0
    for at in range(start, start + digits):
        value = value * 10 + content[at] - 48
    return value
