"""Filling in a review workbook as people do, with openpyxl, and looking at what stands afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import openpyxl

from cenotaph.case import Case

Edit = tuple[str, int, str, Any]  # sheet id, its n-th row (from 0), column id, what is written
HEADER = 2


def pair(row: int, verdict: str, reason: str = "looked at both") -> list[Edit]:
    """Fill in a pair as a person would."""
    return [("pairs", row, "verdict", verdict), ("pairs", row, "reason", reason)]


def pick(row: int, number: Any, reason: str = "the better source") -> list[Edit]:
    """Fill in a conflict as a person would."""
    return [("conflicts", row, "choice", number), ("conflicts", row, "reason", reason)]


def sheet_of(book: Any, name: str) -> Any:
    """Return a sheet by its mark, whatever it is called."""
    return next(sheet for sheet in book if str(sheet["A1"].value).split()[1:2] == [name])


def columns_of(sheet: Any) -> dict[str, int]:
    """Return the number of each column by its name for the program."""
    return {str(cell.value): cell.column for cell in sheet[1]}


def fill(path: Path, edits: Iterable[Edit], out: Path, then: Callable[[Any], None] | None = None) -> Path:
    """Write into cells of a workbook, do whatever else is asked to it, and save it elsewhere."""
    book = openpyxl.load_workbook(path)
    for name, row, column, value in edits:
        sheet = sheet_of(book, name)
        sheet.cell(HEADER + 1 + row, columns_of(sheet)[column]).value = value
    if then is not None:
        then(book)
    book.save(out)
    return out


def table(path: Path, name: str) -> dict[str, dict[str, Any]]:
    """Return the rows of a sheet by their hidden key."""
    sheet = sheet_of(openpyxl.load_workbook(path), name)
    columns = columns_of(sheet)
    rows = list(sheet.iter_rows(min_row=HEADER + 1, values_only=True))
    found = [{column: row[place - 1] for column, place in columns.items()} | {"key": row[0]} for row in rows]
    return {row["key"]: row for row in found if row["key"]}


def live(folder: Path) -> tuple[set[tuple[str, str, str, str]], set[tuple[str, str, str]]]:
    """Return the judgements and choices that stand."""
    case = Case.load(folder)
    return (
        {(each.left, each.right, str(each.verdict), each.reason) for each in case.judgements},
        {(each.record, each.property, each.chosen) for each in case.choices},
    )


def entries(folder: Path) -> int:
    """Return how many entries the ledger has."""
    return Case.load(folder).decided.entries


def codes(found: dict[str, Any]) -> list[str]:
    """Return the codes of an import's report."""
    return [line["code"] for line in found["report"]]


def own_cells(path: Path) -> dict[str, dict[str, Any]]:
    """Return what the sheet of people holds of the group's own columns, by row."""
    rows = table(path, "people")
    return {key: {name: value for name, value in row.items() if name.startswith("own")} for key, row in rows.items()}
