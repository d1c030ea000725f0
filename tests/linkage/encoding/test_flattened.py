"""Days that were filled in."""

from __future__ import annotations

import datetime as dt

import numpy as np

from cenotaph.linkage.encoding.flattened import filled, widen
from cenotaph.values import dates


def _widened(texts: list[str], counts: list[int]) -> list[int]:
    read = [dates.date(text, "gregory", order="ymd") for text in texts]
    low = np.array([one.earliest.toordinal() for one in read if one.earliest], dtype=np.int32)
    high = low.copy()
    hints = np.zeros(len(read), dtype=np.int32)
    widen(read, hints, filled(read, hints, np.array(counts), {}), low, high)
    return (high - low).tolist()


def test_a_list_full_of_first_januaries_says_only_years() -> None:
    """Forty of sixty people killed on 1 January are people of whom the year is known."""
    assert _widened(["1988-01-01", "1988-05-17", "1988-09-23"], [40, 10, 10]) == [365, 0, 0]


def test_a_list_with_a_chance_share_of_firsts_is_believed() -> None:
    """One 1 January among days of the whole year is a day like others."""
    days = [dt.date(1987, 1, 1) + dt.timedelta(days=3 * number) for number in range(120)]
    assert set(_widened([day.isoformat() for day in days], [1] * 120)) == {0}
