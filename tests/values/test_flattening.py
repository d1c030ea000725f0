"""Columns whose partial dates were filled in with firsts."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

from cenotaph.values.dates import date
from cenotaph.values.flattening import flattening

SCATTERED = [date((dt.date(1988, 1, 1) + dt.timedelta(days=37 * step)).isoformat()) for step in range(300)]


def test_real_column_is_suspicious(cases: Path) -> None:
    """139 of the 711 full dates of the founding list are firsts of a month."""
    with (cases / "iran-1988" / "omid.csv").open(encoding="utf-8") as lines:
        column = [date(row["date"], language="fa") for row in csv.DictReader(lines)]
    found = flattening(column)
    assert (found.total, found.full, found.firsts_of_month, found.suspicious) == (3379, 711, 139, True)
    assert "139 of 711" in found.note
    assert found.commonest_count >= 50


def test_scattered_days_are_not() -> None:
    """Days spread over the months are not suspicious, and there is no note."""
    found = flattening(SCATTERED)
    assert (found.suspicious, found.note) == (False, "")


def test_first_of_january_is_found() -> None:
    """A tenth of 1 Januaries among scattered days is flattening."""
    found = flattening([*SCATTERED, *[date(f"{year}-01-01") for year in range(1960, 1990)]])
    assert found.suspicious
    assert found.firsts_of_year >= 30


def test_first_of_farvardin_is_found_in_a_converted_list() -> None:
    """1 Farvardins stay firsts of the year after conversion to 21 March."""
    found = flattening([*SCATTERED, *[date(f"1 Farvardin {year}") for year in range(1340, 1370)]])
    assert (found.calendar, found.suspicious) == ("persian", True)


def test_partial_dates_do_not_count() -> None:
    """Years and months are no full dates, whatever their interval begins with."""
    found = flattening([date("1988"), date("1988-09"), date("Mordad 1367"), date("unknown")])
    assert (found.total, found.full, found.suspicious) == (4, 0, False)
