"""Properties ready to be compared."""

from __future__ import annotations

import numpy as np
import pytest

from cenotaph.linkage import levels
from cenotaph.linkage.columns import DateColumn, date_column
from cenotaph.linkage.encode import Coded


def dates_of(*texts: str) -> DateColumn:
    """Return the column of a list that writes the year first."""
    codes = np.arange(len(texts), dtype=np.int32).reshape(-1, 1)
    coded = Coded("birth.date", codes, texts, np.zeros(len(texts), np.int32))
    return date_column(coded, ((None, "ymd", None),))


def level(one: str, other: str) -> int:
    """Return the level at which two dates agree."""
    column = dates_of(one, other)
    a, b = np.array([0], dtype=np.int32), np.array([1], dtype=np.int32)
    return int(levels.dates(a, b, column.low, column.high, column.parts)[0])


@pytest.mark.parametrize("slip", ["1967-13-10", "1967-19-10", "1967-11-90"])
def test_a_day_that_cannot_be_is_one_slip_from_the_day_that_was_meant(slip: str) -> None:
    """A month of 13 or a day of 90 is compared digit by digit, like any other slip of one digit."""
    assert level(slip, "1967-11-10") == level("1967-12-10", "1967-11-10") == 3


def test_a_day_that_cannot_be_still_states_its_year() -> None:
    """An unreadable month leaves an interval of the whole year, so the record can be found by it."""
    column = dates_of("1973-19-14")
    assert (column.codes >= 0).all()
    assert int(column.high[0] - column.low[0]) == 364


def test_a_month_of_zero_is_unknown_and_no_slip() -> None:
    """1967-00-10 overlaps 1967 as a year does; it is not one digit away from October."""
    assert level("1967-00-10", "1967-10-10") == level("1967", "1967-10-10")
