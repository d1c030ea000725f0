"""The calendars: against two other implementations for two centuries, and back again for every day."""

from __future__ import annotations

import datetime as dt

import jdatetime
import pytest
from convertdate import islamic, julian, persian
from hypothesis import given
from hypothesis import strategies as st

from cenotaph.values import calendars

DAYS = range(calendars.jdn_of(dt.date(1900, 1, 1)), calendars.jdn_of(dt.date(2101, 1, 1)))


def test_jdn_is_the_astronomers() -> None:
    """The day number of 1 January 2000 is the one every almanac prints."""
    assert calendars.jdn_of(dt.date(2000, 1, 1)) == 2_451_545


def test_every_persian_month_agrees_with_jdatetime() -> None:
    """Each month of 1278 to 1479 (1900 to 2100) begins and ends on the same day as in jdatetime."""
    for year in range(1278, 1480):
        for month in range(1, 13):
            last = calendars.month_length("persian", year, month)
            for day in (1, last):
                there = jdatetime.date(year, month, day).togregorian()
                assert calendars.day(calendars.to_jdn("persian", year, month, day)) == there


@pytest.mark.slow
def test_every_persian_new_year_agrees_with_convertdate() -> None:
    """Each 1 Farvardin of 1278 to 1479 is the day that convertdate computes from the equinox."""
    for year in range(1278, 1480):
        assert calendars.day(calendars.to_jdn("persian", year)) == dt.date(*persian.to_gregorian(year, 1, 1))


@pytest.mark.parametrize(("calendar", "peer"), [("islamic", islamic), ("julian", julian)])
def test_days_agree_with_convertdate(calendar: str, peer: object) -> None:
    """Lunar Hijri (civil) and Julian days of 1900 to 2100 agree with convertdate."""
    for jdn in range(DAYS.start, DAYS.stop, 7):
        day = calendars.day(jdn)
        assert day is not None
        assert calendars.from_jdn(calendar, jdn) == peer.from_gregorian(day.year, day.month, day.day)  # type: ignore[attr-defined]


@given(st.sampled_from(calendars.IDS), st.integers(1_800_000, 3_000_000))
def test_there_and_back(calendar: str, jdn: int) -> None:
    """A day number turned into a date and back is the same day, in every calendar."""
    year, month, day = calendars.from_jdn(calendar, jdn)
    assert calendars.to_jdn(calendar, year, month, day) == jdn
    assert calendars.exists(calendar, year, month, day)


def test_imperial_year_is_the_persian_one_plus_1180() -> None:
    """1 Farvardin 2535 of the Imperial calendar is 21 March 1976."""
    assert calendars.day(calendars.to_jdn("imperial", 2535)) == dt.date(1976, 3, 21)


@pytest.mark.parametrize(
    ("calendar", "year", "month", "length"),
    [
        ("persian", 1366, 12, 30),
        ("persian", 1367, 12, 29),
        ("persian", 1367, 6, 31),
        ("gregory", 1900, 2, 28),
        ("julian", 1900, 2, 29),
        ("islamic", 1409, 1, 30),
        ("islamic", 1409, 2, 29),
    ],
)
def test_month_length(calendar: str, year: int, month: int, length: int) -> None:
    """Months have the days of their calendar, leap years included."""
    assert calendars.month_length(calendar, year, month) == length


def test_lunar_slack_is_wider_before_1980() -> None:
    """A lunar date may be a day off, two before 1980; no other calendar may."""
    assert calendars.slack("islamic", calendars.jdn_of(dt.date(1988, 8, 1))) == 1
    assert calendars.slack("islamic", calendars.jdn_of(dt.date(1978, 8, 1))) == 2
    assert calendars.slack("persian", calendars.jdn_of(dt.date(1978, 8, 1))) == 0


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("gregorian", "gregory"),
        ("Solar-Hijri", "persian"),
        ("jalali", "persian"),
        ("lunar hijri", "islamic"),
        ("x", None),
    ],
)
def test_calendar_names(name: str, id: str | None) -> None:
    """Calendars are known by their usual names, and by no other."""
    assert calendars.calendar_id(name) == id


def test_day_outside_the_years_is_none() -> None:
    """A day number beyond year 9999 or before year 1 has no date."""
    assert calendars.day(0) is None
    assert calendars.day(10**9) is None
