"""Comparing two dates by their intervals."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cenotaph.values.dates import date
from cenotaph.values.partial_date import gap_days, overlap

TEXTS = st.sampled_from(
    [
        "1988",
        "1988-07-29",
        "Mordad 1367",
        "10/08/1988",
        "circa 1960",
        "before 1980",
        "after 1988",
        "x",
        "1367",
        "summer 1988",
    ]
)


def test_part_of_the_same_is_whole() -> None:
    """A day within a month within a year agrees fully."""
    assert overlap(date("1988-07-29"), date("Mordad 1367")) == 1.0
    assert overlap(date("1988-07-29"), date("1988")) == 1.0


def test_disjoint_is_nothing_and_has_a_gap() -> None:
    """Two days apart share nothing; the days between them are counted."""
    assert overlap(date("1988-07-29"), date("1988-08-02")) == 0.0
    assert gap_days(date("1988-07-29"), date("1988-08-02")) == 4
    assert gap_days(date("1988-07-29"), date("1988")) == 0
    assert gap_days(date("1988-07-29"), date("unknown")) is None


def test_alternative_counts_at_most_its_prior() -> None:
    """The 8th of October is a lesser reading of 10/08."""
    assert overlap(date("10/08/1988"), date("1988-10-08")) == 0.4
    assert overlap(date("1988", language="fa"), date("1989-02-01")) == 0.3


def test_approximate_dates_are_wider() -> None:
    """About 1960 does not contradict 1961, but 1970."""
    assert overlap(date("circa 1960"), date("1961")) > 0.9
    assert overlap(date("circa 1960"), date("1970")) == 0.0


def test_nothing_known_shares_nothing() -> None:
    """An unreadable date agrees with no date."""
    assert overlap(date("x"), date("1988")) == 0.0


@given(TEXTS, TEXTS)
def test_overlap_is_a_symmetric_share(a: str, b: str) -> None:
    """Overlap is between 0 and 1, the same both ways, and whole for a date with itself."""
    left, right = date(a), date(b)
    assert 0.0 <= overlap(left, right) == overlap(right, left) <= 1.0
    assert overlap(left, left) == (1.0 if left.is_known else 0.0)
