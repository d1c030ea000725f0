"""A period as EDTF writes it: ``2013/2017``, ``2015/..``, ``1988-07/1988-09-30``, ``1988``.

Invariant: nothing is guessed. A form that is not one of these is refused, because what lies outside a period leaves the
register's counts.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re

from cenotaph.errors import ConfigError

Period = tuple[dt.date | None, dt.date | None]
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_OPEN = ".."


def read_period(text: str) -> Period:
    """Return the first and the last day of an EDTF date or interval; None where it is open.

    Raises
    ------
    ConfigError
        The text is no such period, or it ends before it begins.

    Examples
    --------
    >>> read_period("2013/2017")
    (datetime.date(2013, 1, 1), datetime.date(2017, 12, 31))
    >>> read_period("2015-02/..")
    (datetime.date(2015, 2, 1), None)
    """
    start, slash, end = text.partition("/")
    first, last = _first(text, start), _last(text, end if slash else start)
    if (first is None and last is None) or (first and last and last < first):
        raise _refusal(text)
    return first, last


def _first(text: str, part: str) -> dt.date | None:
    if part == _OPEN:
        return None
    year, month, day = _parts(text, part)
    return _date(text, year, month or 1, day or 1)


def _last(text: str, part: str) -> dt.date | None:
    if part == _OPEN:
        return None
    year, month, day = _parts(text, part)
    start = _date(text, year, month or 12, day or 1)
    return start if day else start.replace(day=calendar.monthrange(start.year, start.month)[1])


def _parts(text: str, part: str) -> tuple[int, int, int]:
    found = _DATE.fullmatch(part)
    if found is None:
        raise _refusal(text)
    return int(found[1]), int(found[2] or 0), int(found[3] or 0)


def _date(text: str, year: int, month: int, day: int) -> dt.date:
    try:
        return dt.date(year, month, day)
    except ValueError as error:
        raise _refusal(text) from error


def _refusal(text: str) -> ConfigError:
    return ConfigError(f'"{text}" is no period; write it as "2013/2017", "1988-07-28/.." or "1988"')
