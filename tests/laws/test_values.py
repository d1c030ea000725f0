"""What holds for every name and every date, whatever was typed."""

from __future__ import annotations

import datetime as dt

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cenotaph.values import names
from cenotaph.values.dates import date

days = st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31))
MONTHS = ("فروردین", "مرداد", "اسفند")
partial_dates = st.one_of(
    days.map(lambda day: f"{day:%Y-%m-%d}"),
    days.map(lambda day: f"{day:%Y-%m}"),
    days.map(lambda day: f"{day:%Y}"),
    days.map(lambda day: f"c. {day:%Y}"),
    days.map(lambda day: f"before {day:%Y}"),
    st.tuples(st.sampled_from(MONTHS), st.integers(1300, 1450)).map(lambda said: f"{said[0]} {said[1]}"),
    st.tuples(days, days).map(lambda ends: f"{min(ends):%Y-%m-%d}/{max(ends):%Y-%m-%d}"),
    st.tuples(days, days).map(lambda ends: f"{ends[0]:%Y-%m-%d} or {ends[1]:%Y-%m-%d}"),
    st.tuples(days, days, days).map(lambda three: f"{three[0]:%Y}, {three[1]:%Y} or {three[2]:%Y}"),
)


@given(partial_dates)
def test_a_date_written_as_edtf_reads_as_the_same_date(text: str) -> None:
    """Writing a date as EDTF and reading that again gives the same interval and the same EDTF."""
    first = date(text)
    again = date(first.edtf)
    assert (again.earliest, again.latest, again.edtf) == (first.earliest, first.latest, first.edtf)
    assert ("either" in again.flags) == ("either" in first.flags)


@given(st.one_of(partial_dates, st.text(max_size=40)))
def test_an_interval_never_runs_backwards(text: str) -> None:
    """The earliest day is not after the latest, of the date and of every other reading."""
    found = date(text)
    for reading in (found, *found.alternatives):
        if reading.earliest and reading.latest:
            assert reading.earliest <= reading.latest


@settings(deadline=None)
@given(st.text(max_size=30), st.text(max_size=30))
def test_a_text_without_a_key_matches_nothing(empty: str, other: str) -> None:
    """What has no search key is like nothing, not even like itself."""
    assume(not names.search_keys(empty))
    assert names.compare(empty, other).score == 0
    assert names.compare(empty, empty).score == 0


@settings(deadline=None)
@given(st.text(max_size=60))
def test_folding_keeps_the_keys_of_a_name(text: str) -> None:
    """A name and its folded form are found by the same keys, so an index may hold either."""
    assert names.search_keys(names.fold(text)) == names.search_keys(text)
