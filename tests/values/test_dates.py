"""Dates as lists write them: what is read, what is flagged, what is kept beside it."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cenotaph.errors import InputError
from cenotaph.values import tables
from cenotaph.values.dates import date
from cenotaph.values.partial_date import Reading

SUMMER = ("1988-06-01", "1988-09-22")
FORMS = [form for row in tables.rows("date_words") for form in row["forms"].split("|")]


def span(text: str, **context: str) -> tuple[str | None, str | None]:
    """Return both ends of a reading as text."""
    found = date(text, **context)  # type: ignore[arg-type]
    return (str(found.earliest) if found.earliest else None, str(found.latest) if found.latest else None)


def test_reference_expressions(reference: Path) -> None:
    """All 66 published expressions are read within their tolerance, and the doubtful ones say so."""
    with (reference / "dates" / "expressions.tsv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    wrong = [row["text"] for row in rows if not all(_near(row, end) for end in ("earliest", "latest"))]
    assert len(rows) == 66
    assert wrong == []


def _near(row: dict[str, str], end: str) -> bool:
    found = getattr(date(row["text"]), end)
    if not row[end] or found is None:
        return not row[end] and found is None
    return bool(abs((found - dt.date.fromisoformat(row[end])).days) <= int(row["tolerance_days"]))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("3 May 1991", "1991-05-03"),
        ("May 3rd, 1991", "1991-05-03"),
        ("the third of May 1991", "1991-05-03"),
        ("3-May-1991", "1991-05-03"),
        ("1991 May 3", "1991-05-03"),
        ("3 mai 1991", "1991-05-03"),
        ("1er mai 1991", "1991-05-01"),
        ("3. Mai 1991", "1991-05-03"),
        ("3. mai 1991", "1991-05-03"),
        ("den 3 maj 1991", "1991-05-03"),
        ("3 de mayo de 1991", "1991-05-03"),
        ("viernes 3 de mayo de 1991", "1991-05-03"),
        ("٣ أيار ١٩٩١", "1991-05-03"),
        ("3ی ئایاری 1991", "1991-05-03"),
        ("۳ مه ۱۹۹۱", "1991-05-03"),
        ("13 اردیبهشت 1370", "1991-05-03"),
        ("۱۳ اردیبهشت ماه سال ۱۳۷۰", "1991-05-03"),
        ("سیزدهم اردیبهشت ۷۰", "1991-05-03"),
        ("13 ordibehesht 70", "1991-05-03"),
        ("13ی گوڵانی 1370", "1991-05-03"),
        ("13 ثور 1370", "1991-05-03"),
        ("۱۳۷۰/۲/۱۳", "1991-05-03"),
        ("13.2.1370", "1991-05-03"),
        ("1991-05-03T08:15:00Z", "1991-05-03"),
        ("03.05.1991 14:30", "1991-05-03"),
        ("19910503", "1991-05-03"),
        ("5/23/1991", "1991-05-23"),
        ("23/5/1991", "1991-05-23"),
        ("2535/02/13", "1976-05-03"),
        ("۱۳ اردیبهشت ۲۵۳۵", "1976-05-03"),
        ("20 April 1991 (O.S.)", "1991-05-03"),
        ("20 April 1991 Old Style", "1991-05-03"),
    ],
)
def test_full_dates(text: str, day: str) -> None:
    """One day, written in nine languages and five calendars, is that day and carries no flag."""
    found = date(text)
    assert (str(found.earliest), str(found.latest), found.flags) == (day, day, ())
    assert found.edtf == day
    assert found.is_full


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("July–August 1988", "1988-07-01", "1988-08-31"),
        ("July 28-30, 1988", "1988-07-28", "1988-07-30"),
        ("28.-30.7.1988", "1988-07-28", "1988-07-30"),
        ("Dec. - Jan. 1989", "1988-12-01", "1989-01-31"),
        ("۵ تا ۱۵ مرداد ۱۳۶۷", "1988-07-27", "1988-08-06"),
        ("بین ۵ مرداد و ۱۰ شهریور ۱۳۶۷", "1988-07-27", "1988-09-01"),
        ("entre le 28 juillet et le 15 août 1988", "1988-07-28", "1988-08-15"),
        ("mellan 28 juli och 15 augusti 1988", "1988-07-28", "1988-08-15"),
        ("بين 28 تموز و15 آب 1988", "1988-07-28", "1988-08-15"),
        ("1988 or 1989", "1988-01-01", "1989-12-31"),
        ("1987–1989", "1987-01-01", "1989-12-31"),
        ("2021-22", "2021-01-01", "2022-12-31"),
        ("winter 1988-89", "1988-12-01", "1989-03-20"),
        ("by August 1988", None, "1988-08-31"),
        ("since 1988", "1988-01-01", None),
        ("1988 or later", "1988-01-01", None),
        ("پیش از شهریور ۱۳۶۷", None, "1988-08-22"),
        ("از مرداد ۱۳۶۷ به بعد", "1988-07-23", None),
        ("før september 1988", None, "1988-08-31"),
        ("antes de septiembre de 1988", None, "1988-08-31"),
        ("Q3 1988", "1988-07-01", "1988-09-30"),
        ("first half of August 1988", "1988-08-01", "1988-08-15"),
        ("نیمه دوم مرداد ۱۳۶۷", "1988-08-07", "1988-08-22"),
        ("mid-1980s", "1984-01-01", "1986-12-31"),
        ("80-tallet", "1980-01-01", "1989-12-31"),
        ("1980er Jahre", "1980-01-01", "1989-12-31"),
        ("دههٔ شصت", "1981-03-21", "1991-03-20"),
        ("198?", "1980-01-01", "1989-12-31"),
        ("19XX", "1900-01-01", "1999-12-31"),
        ("00/00/1988", "1988-01-01", "1988-12-31"),
        ("1367/05/00", "1988-07-23", "1988-08-22"),
        ("??/08/1988", "1988-08-01", "1988-08-31"),
        ("زمستان ۶۷", "1988-12-22", "1989-03-20"),
        ("1408 AH", "1987-08-25", "1988-08-14"),
        ("summer '88", *SUMMER),
        ("verano de 1988", *SUMMER),
        ("صيف 1988", *SUMMER),
        ("هاوینی 1988", *SUMMER),
        ("sommaren 1988", *SUMMER),
    ],
)
def test_intervals(text: str, earliest: str | None, latest: str | None) -> None:
    """Ranges, parts, seasons, decades and open ends are intervals, with nothing filled in."""
    assert span(text) == (earliest, latest)


def test_unknown_day_is_one_of_a_set() -> None:
    """An unknown day of a Solar Hijri month is one of a set; a stretch of time is an interval."""
    assert date("Mordad 1367").edtf == "[1988-07-23..1988-08-22]"
    assert date("28 July - 15 August 1988").edtf == "1988-07-28/1988-08-15"
    assert not date("Mordad 1367").is_full


def test_year_only_is_never_the_first_of_january() -> None:
    """A year alone is the whole year."""
    assert span("1988") == ("1988-01-01", "1988-12-31")
    assert dict(date("1988").parts) == {"year": 1988}


def test_lone_year_of_a_persian_list_keeps_the_solar_year() -> None:
    """1988 in a Persian list may be a converted 1367: that interval stays beside it, without a flag."""
    found = date("1988", language="fa")
    solar = Reading(earliest=dt.date(1988, 3, 21), latest=dt.date(1989, 3, 20), calendar="persian", prior=0.3)
    assert found.alternatives == (solar,)
    assert found.flags == ()
    assert date("1988", language="en").alternatives == ()


def test_open_day_and_month() -> None:
    """A day and month that could be either way are read day first, flagged, the other reading kept."""
    found = date("10/08/1988")
    assert (found.earliest, found.flags) == (dt.date(1988, 8, 10), ("ambiguous",))
    assert [each.earliest for each in found.alternatives] == [dt.date(1988, 10, 8)]


def test_order_of_the_list_decides() -> None:
    """With the list's order, or a language that never writes the month first, nothing is open."""
    assert date("10/08/1988", order="mdy").earliest == dt.date(1988, 10, 8)
    for found in (date("10/08/1988", order="mdy"), date("10/08/1988", language="fr"), date("10.08.1988")):
        assert (found.flags, found.alternatives) == ((), ())


def test_a_date_against_the_order_is_flagged() -> None:
    """A day that cannot stand in the list's order is read the only way it can, and says so."""
    assert date("25/12/1988", order="mdy").flags == ("order",)
    assert span("25/12/1988", order="mdy") == ("1988-12-25", "1988-12-25")


def test_two_digit_years_by_context() -> None:
    """67 is 1367 in Persian, 1967 in a Western list; 05 may be two centuries."""
    assert span("۶۷/۵/۷") == ("1988-07-29", "1988-07-29")
    assert date("۶۷/۵/۷").flags == ()
    assert date("67/5/7").flags == ("ambiguous",)
    assert span("7 Aug 67") == ("1967-08-07", "1967-08-07")
    assert date("7 Aug 05").flags == ("century",)


def test_calendar_of_the_list() -> None:
    """The list's calendar decides; a year that it cannot hold is read otherwise and flagged."""
    assert span("1409", calendar="islamic")[0] == "1988-08-13"
    assert date("1988-07-29", calendar="solar-hijri").flags == ("calendar",)
    assert span("1367/5/7", calendar="gregorian", language="fa") == ("1988-07-29", "1988-07-29")
    assert date("1367/5/7", calendar="gregorian", language="fa").flags == ("calendar",)


def test_arabic_years_may_be_either_calendar() -> None:
    """1409 in Arabic digits is read as lunar and keeps the solar reading."""
    found = date("١٤٠٩/١/١٢")
    assert (found.calendar, found.flags) == ("islamic", ("ambiguous",))
    assert [each.calendar for each in found.alternatives] == ["persian"]


def test_lunar_dates_are_intervals() -> None:
    """A lunar day is three days wide, five before 1980; a weekday narrows it to one."""
    assert span("12 Muharram 1409") == ("1988-08-24", "1988-08-26")
    assert span("12 Muharram 1399") == ("1978-12-11", "1978-12-15")
    assert span("Thursday 12 Muharram 1409") == ("1988-08-25", "1988-08-25")


def test_double_dates_must_agree() -> None:
    """Two calendars that agree give what both say; two that disagree are a conflict."""
    assert date("28 Tir 1367 (19 July 1988)").flags == ()
    assert span("1367 (1988)") == ("1988-03-21", "1988-12-31")
    assert span("28 Tir (19 July 1988)") == ("1988-07-19", "1988-07-19")
    found = date("28 Tir 1367 (20 August 1988)")
    assert (found.flags, found.alternatives[0].earliest) == (("conflict",), dt.date(1988, 8, 20))


def test_wrong_weekday_is_flagged() -> None:
    """A weekday that is not the day's is said."""
    assert date("پنجشنبه ۶ مرداد ۱۳۶۷").flags == ()
    assert date("جمعه ۶ مرداد ۱۳۶۷").flags == ("weekday",)


def test_qualifiers() -> None:
    """About and perhaps are flags and EDTF signs, wherever they stand."""
    assert (date("circa 1960").flags, date("circa 1960").edtf) == (("approximate",), "1960~")
    assert (date("1988 (?)").flags, date("probably August 1988").edtf) == (("uncertain",), "1988-08?")
    assert date("حدود سال ۱۳۴۰").flags == ("approximate",)


def test_winter_and_hemisphere_keep_their_other_reading() -> None:
    """A Western winter lies in two years, a Spanish one on either side of the earth."""
    assert date("winter 1988").flags == ("ambiguous",)
    assert date("زمستان ۱۳۶۷").flags == ()
    assert date("otoño de 1973").flags == ("hemisphere",)
    assert date("otoño de 1973").alternatives[0].earliest == dt.date(1973, 3, 1)


@pytest.mark.parametrize("text", ["31/02/2014", "30 Esfand 1367", "31 June 1988", "2014-02-30"])
def test_days_that_do_not_exist(text: str) -> None:
    """An impossible day leaves its month, flagged."""
    found = date(text)
    assert found.flags == ("no-such-day",)
    assert found.earliest != found.latest


@pytest.mark.parametrize("text", ["", "  ", "Unknown", "n/a", "-", "نامعلوم", "غير معروف", "نەزانراو", "date inconnue"])
def test_unknown_is_said(text: str) -> None:
    """A text that states there is no date is unknown, not unreadable."""
    assert date(text).flags == ("unknown",)
    assert not date(text).is_known


@pytest.mark.parametrize(
    "text", ["hello", "10 Foo 1988", "abc 1988", "12345", "45/13/1988", "14 1955", "67", "x" * 10_000, "🙂", "1" * 500]
)
def test_what_is_no_date_is_unreadable(text: str) -> None:
    """A word or a number that fits nowhere makes the whole text unreadable: nothing is guessed."""
    found = date(text)
    assert (found.flags, found.earliest, found.latest, found.edtf) == (("unreadable",), None, None, None)


def test_day_without_year() -> None:
    """A day without a year is unreadable and says what is missing."""
    assert date("Until 22 October").flags == ("unreadable", "no-year")


def test_wrong_arguments_are_refused() -> None:
    """A calendar or an order that does not exist is the caller's mistake."""
    with pytest.raises(InputError, match="calendar `mayan` does not exist"):
        date("1988", calendar="mayan")
    with pytest.raises(InputError, match="date order `dym` does not exist"):
        date("1988", order="dym")


CONTEXTS = {
    "calendar": st.sampled_from([None, "gregory", "persian", "islamic", "julian", "imperial"]),
    "language": st.sampled_from([None, "fa", "ar", "ckb", "en", "es"]),
    "order": st.sampled_from([None, "ymd", "dmy", "mdy"]),
}
PIECES = st.one_of(
    st.sampled_from(FORMS), st.integers(0, 2700).map(str), st.sampled_from([*"/-.,()[]?~%–'=", "..", "؟"])
)


@given(st.text(), *CONTEXTS.values())
def test_no_text_raises(text: str, calendar: str | None, language: str | None, order: str | None) -> None:
    """Any text, in any context, gives a date whose ends are in order."""
    found = date(text, calendar, language, order=order)
    assert found.earliest is None or found.latest is None or found.earliest <= found.latest
    assert found.raw == text


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=8), st.sampled_from(["", " "]), *CONTEXTS.values())
def test_no_mixture_raises(
    pieces: list[str], joint: str, calendar: str | None, language: str | None, order: str | None
) -> None:
    """Words of the table, numbers and signs in any mixture give ordered ends, or none and a flag."""
    found = date(joint.join(pieces), calendar, language, order=order)
    assert found.is_known or found.flags
    for each in (found, *found.alternatives):
        assert each.earliest is None or each.latest is None or each.earliest <= each.latest


@given(st.dates(dt.date(1850, 1, 1), dt.date(2100, 1, 1)))
def test_iso_dates_are_themselves(day: dt.date) -> None:
    """Every ISO date is read as itself, unflagged."""
    found = date(day.isoformat())
    assert (found.earliest, found.latest, found.flags) == (day, day, ())


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("first week of August 1988", "1988-08-01", "1988-08-07"),
        ("last week of July 1988", "1988-07-22", "1988-07-31"),
        ("mid-to-late 1988", "1988-05-01", "1988-12-31"),
        ("28, 29 July 1988", "1988-07-28", "1988-07-29"),
        ("29.VII.1988", "1988-07-29", "1988-07-29"),
        ("1988-Q3", "1988-07-01", "1988-09-30"),
        ("ما بين تموز وأيلول 1988", "1988-07-01", "1988-09-30"),
        ("سال‌های ۱۳۶۰ تا ۱۳۶۷", "1981-03-21", "1989-03-20"),
        ("Dhu al-Hijjah 1408", "1988-07-15", "1988-08-14"),
        ("26 October (8 November) 1917", "1917-11-08", "1917-11-08"),
        ("jusqu'en 1988", None, "1988-12-31"),
        ("28 July 1988 (Somewhere)", "1988-07-28", "1988-07-28"),
    ],
)
def test_how_people_write(text: str, earliest: str | None, latest: str | None) -> None:
    """Weeks, Roman months, elisions, joined conjunctions, double style and a remark in brackets are read."""
    assert span(text) == (earliest, latest)


def test_short_numeric_year_without_any_context_is_open() -> None:
    """19.5.67 with nothing else known may be 1967 or 1367; the list's order or language settles it."""
    assert date("19.5.67").flags == ("ambiguous",)
    assert [each.calendar for each in date("19.5.67").alternatives] == ["persian"]
    assert date("19.5.67", order="dmy").flags == ()
    assert date("19.5.67", language="de").flags == ()


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("spring 1989 or 1990", "[1989-03-01..1989-06-20,1990-03-01..1990-06-20]"),
        ("بهار ۱۳۶۷ یا ۱۳۶۸", "[1988-03-21..1988-06-21,1989-03-21..1989-06-21]"),
        ("1990 or 1988", "[1988,1990]"),
        ("July 1988 or 1989", "[1988-07,1989-07]"),
        ("5 یا 7 مرداد 1367", "[1988-07-27,1988-07-29]"),
        ("5 مرداد 1367 یا 1369", "[1988-07-27,1990-07-27]"),
        ("1986, 1988 or 1990", "[1986,1988,1990]"),
        ("mars ou mai 2020", "[2020-03,2020-05]"),
        ("mars eller mai 2020", "[2020-03,2020-05]"),
        ("marzo o mayo de 2020", "[2020-03,2020-05]"),
        ("آذار أو أيار 2020", "[2020-03,2020-05]"),
        ("März oder Mai 2020", "[2020-03,2020-05]"),
    ],
)
def test_one_date_or_another_leaves_out_what_lies_between(text: str, edtf: str) -> None:
    """The word "or" names one of several dates: a gap stays a gap, is flagged, and reads back as written."""
    found = date(text)
    assert (found.edtf, "either" in found.flags) == (edtf, True)
    assert date(edtf).edtf == edtf


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("summer or autumn 1988", "1988-06-01", "1988-12-21"),
        ("1367 یا 1368", "1988-03-21", "1990-03-20"),
        ("July, August or September 1988", "1988-07-01", "1988-09-30"),
        ("29, 30 and 31 July 1988", "1988-07-29", "1988-07-31"),
        ("between 1986 and 1988", "1986-01-01", "1988-12-31"),
        ("۶۷-۶۸", "1988-03-21", "1990-03-20"),
    ],
)
def test_dates_that_touch_leave_no_gap(text: str, earliest: str, latest: str) -> None:
    """Neighbours joined by "or", and everything within "between", are one stretch and carry no flag."""
    assert span(text) == (earliest, latest)
    assert date(text).flags == ()


def test_the_other_reading_of_a_lent_season_is_kept() -> None:
    """In "spring 1989 or 1990" the second may be the whole year: that reading stands beside the two springs."""
    assert [str(each.latest) for each in date("spring 1989 or 1990").alternatives] == ["1990-12-31"]


@pytest.mark.parametrize(
    ("text", "flags"),
    [("7 Mordad 1367 / 29 July 1988", ()), ("7 Mordad 1367 / 30 July 1988", ("conflict",)),
     ("7 Mordad 1367 - 30 July 1988", ("conflict",))],
)  # fmt: skip
def test_one_date_in_two_calendars_must_agree(text: str, flags: tuple[str, ...]) -> None:
    """A day beside its conversion is one day; where the two are days apart the first counts and the text is flagged."""
    assert (span(text), date(text).flags) == (("1988-07-29", "1988-07-29"), flags)


def test_kurdish_years() -> None:
    """2725 counts from 700 BC and names its calendar; 2600 may also count from 612 BC, which is kept beside it."""
    found = date("2 بانەمەڕ 2725")
    assert (str(found.earliest), found.calendar, found.decided, found.flags) == (
        "2025-04-22", "persian", "Kurdish year", ())  # fmt: skip
    early = date("2 بانەمەڕ 2600")
    assert (str(early.earliest), early.flags) == ("1900-04-22", ("ambiguous",))
    assert [str(each.earliest) for each in early.alternatives] == ["1988-04-22"]


@pytest.mark.parametrize(
    "text", ["هفتم مرداد شصت و هفت", "۷ مرداد هزار و سیصد و شصت و هفت", "29 07 1988", "7 asad 1367", "7 مرداد ۶۷"]
)
def test_numbers_in_words_and_numbers_with_spaces(text: str) -> None:
    """Persian number words are one number, digits parted by spaces a numeric date, Afghan months known in Latin."""
    assert (span(text), date(text).flags) == (("1988-07-29", "1988-07-29"), ())


@pytest.mark.parametrize("text", ["32353", "32353.0", "Morad 1367", "Augst 1988", "99/99/9999", "1988-13-45"])
def test_what_is_no_date_is_never_guessed(text: str) -> None:
    """Serial numbers of a spreadsheet, misspelt months and impossible days are unreadable and say so."""
    assert date(text).flags == ("unreadable",)
    assert not date(text).is_known


@pytest.mark.parametrize(
    "text", ["arrested in 1981 and executed in 1988", "b. 1961 d. 1988", "بازداشت ۱۳۶۰، اعدام ۱۳۶۷"]
)
def test_two_events_are_not_one_date(text: str) -> None:
    """A text that dates an arrest and a death is unreadable, not one of the two."""
    assert date(text).flags == ("unreadable",)


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("before the end of August 1988", None, "1988-08-31"),
        ("پیش از پایان مرداد ۱۳۶۷", None, "1988-08-22"),
        ("after the beginning of August 1988", "1988-08-01", None),
    ],
)
def test_before_the_end_of_a_month_is_still_in_it(text: str, earliest: str | None, latest: str | None) -> None:
    """The end of a month bounds by its last day, the beginning by its first."""
    assert span(text) == (earliest, latest)


def test_a_bare_year_that_may_be_lunar_says_so() -> None:
    """1408 is 2029 by the sun and 1988 by the moon: flagged, with the other kept; 1404 is not doubted."""
    found = date("15/12/1408")
    assert "ambiguous" in found.flags
    assert "1988" in {str(each.earliest)[:4] for each in found.alternatives}
    assert date("18/10/1404").flags == ()


def test_a_bare_kurdish_year_needs_the_language_of_the_list() -> None:
    """2688 in a Kurdish list is 1367 without a flag; elsewhere its calendar is flagged."""
    assert span("2688", language="ckb") == ("1988-03-21", "1989-03-20")
    assert (date("2688", language="ckb").flags, date("2688").flags) == ((), ("calendar",))


@pytest.mark.parametrize("text", ["August 1988, exact date unknown", "August 1988 (exact day unknown)"])
def test_a_remark_that_the_day_is_unknown_is_no_date(text: str) -> None:
    """Words that only say that more is not known leave the month as it is."""
    assert span(text) == ("1988-08-01", "1988-08-31")
