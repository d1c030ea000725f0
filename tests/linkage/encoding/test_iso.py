"""Dates written year-month-day, read at once."""

from __future__ import annotations

import numpy as np
import pytest

from cenotaph.linkage.encoding import columns, iso
from cenotaph.linkage.encoding.columns import date_column
from cenotaph.linkage.encoding.encode import Coded


@pytest.mark.parametrize("calendar", [None, "gregory"])
@pytest.mark.parametrize("year", [5, 950, 999, 1000, 1100, 1249, 1250, 1345, 1430, 1460, 1461, 1500, 1900, 1967, 1988,
                                  2199, 2200, 2201, 2479, 2480, 2541, 2600, 2760, 2799, 2800, 7031])  # fmt: skip
@pytest.mark.parametrize("order", ["ymd", None])
def test_what_is_read_at_once_means_what_is_read_one_by_one(
    year: int, calendar: str | None, order: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every month and day of two digits, possible or not, gives the interval and parts of the careful reading."""
    texts = tuple(f"{year:04d}-{month:02d}-{day:02d}" for month in range(40) for day in range(40))
    coded = Coded(
        "birth.date", np.arange(len(texts), dtype=np.int32).reshape(-1, 1), texts, np.zeros(len(texts), np.int32)
    )
    at_once = date_column(coded, ((calendar, order, None),))
    nothing = np.zeros(len(texts), dtype=np.int32)
    monkeypatch.setattr(
        columns.iso, "read", lambda *_: (nothing.copy(), nothing.copy(), np.zeros((len(texts), 3), np.int32))
    )
    one_by_one = date_column(coded, ((calendar, order, None),))
    for name in ("codes", "low", "high", "full", "parts"):
        assert np.array_equal(getattr(at_once, name), getattr(one_by_one, name)), name


def test_a_year_that_may_be_of_another_calendar_is_left_to_the_careful_reading() -> None:
    """1367-05-14 is no Gregorian day."""
    low, high, _ = iso.read(["1367-05-14", "1988-08-05", "5 Mordad 1367"], np.ones(3, dtype=bool))
    assert low.tolist() == high.tolist() == [0, 725954, 0]
