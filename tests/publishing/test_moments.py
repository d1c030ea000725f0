"""Dates in words say no more than is known."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cenotaph.publishing.site.moments import persian, span
from cenotaph.publishing.site.words import words

EN, FA = words("en"), words("fa")
D = dt.date


@pytest.mark.parametrize(
    ("earliest", "latest", "english", "farsi"),
    [
        (D(1988, 7, 29), D(1988, 7, 29), "29 July 1988", "۷ مرداد ۱۳۶۷"),
        (D(1988, 7, 23), D(1988, 8, 22), "23 July – 22 August 1988", "مرداد ۱۳۶۷"),
        (D(1988, 3, 21), D(1989, 3, 20), "21 March 1988 – 20 March 1989", "۱۳۶۷"),
        (D(1988, 1, 1), D(1988, 12, 31), "1988", "۱۹۸۸ میلادی"),
        (D(1988, 7, 1), D(1988, 7, 31), "July 1988", "ژوئیهٔ ۱۹۸۸ میلادی"),
        (D(1988, 7, 1), D(1988, 8, 31), "July – August 1988", "ژوئیه تا اوت ۱۹۸۸ میلادی"),
        (D(1988, 6, 22), D(1988, 9, 22), "22 June – 22 September 1988", "تیر تا شهریور ۱۳۶۷"),
        (D(1988, 8, 2), D(1988, 8, 5), "2–5 August 1988", "۱۱ تا ۱۴ مرداد ۱۳۶۷"),
        (D(1987, 1, 1), D(1988, 12, 31), "1987–1988", "۱۹۸۷ تا ۱۹۸۸ میلادی"),
        (D(1988, 8, 2), None, "on or after 2 August 1988", "۱۱ مرداد ۱۳۶۷ یا پس از آن"),
        (None, D(1988, 8, 2), "on or before 2 August 1988", "۱۱ مرداد ۱۳۶۷ یا پیش از آن"),
        (None, None, "", ""),
    ],
)
def test_spans(earliest: dt.date | None, latest: dt.date | None, english: str, farsi: str) -> None:
    """An interval that is a year or a month is named as one, any other by its ends, in the reader's calendar."""
    assert span(earliest, latest, EN) == english
    assert span(earliest, latest, FA) == farsi


@given(st.dates(min_value=D(1850, 1, 1), max_value=D(2080, 1, 1)), st.integers(0, 900))
def test_every_span_is_said(start: dt.date, days: int) -> None:
    """Every interval has words in both languages, without a digit of the other."""
    end = start + dt.timedelta(days=days)
    assert span(start, end, EN).isprintable()
    assert not set(span(start, end, FA)) & set("0123456789")


@given(st.dates(min_value=D(1850, 1, 1), max_value=D(2080, 1, 1)))
def test_days_follow_each_other(day: dt.date) -> None:
    """The Solar Hijri day after a day is the next of its month, or a first."""
    here, after = persian(day), persian(day + dt.timedelta(days=1))
    assert after == (here[0], here[1], here[2] + 1) or after[2] == 1
