"""The tables about sites and actors, read row by row: a cell is what its heading says it is, and keeps its place.

Invariant: rows in = rows given + refused, each refusal with its reason; what stands under a heading that no field has
is kept as unmapped. Nothing is read into a cell here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cenotaph.case import Case
from cenotaph.config import RowsTable
from cenotaph.errors import InputError
from cenotaph.messages import Message
from cenotaph.model import Row, Source
from cenotaph.sources.capture import source_bytes
from cenotaph.sources.mapping import hints_of_rows
from cenotaph.sources.readers import RawTable, Refusal, read_table
from cenotaph.sources.readers.table import clean_name
from cenotaph.values import table_forms

Columns = Mapping[str, str]  # a column of the file -> the field it gives, ``name`` or ``name@fa``


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRows:
    """One table as read: its rows, the rows that gave none, the columns that are no field."""

    name: str
    about: str
    rows: tuple[Row, ...]
    refused: tuple[Refusal, ...]
    unmapped: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the report of the reading: rows and headings, never what stands in a cell."""
        return {
            "about": self.about,
            "rows": len(self.rows) + len(self.refused),
            "read": len(self.rows),
            "refused": [{"row": each.row, "reason": each.reason} for each in self.refused],
            "unmapped": list(self.unmapped),
        }


def read_rows(case: Case) -> tuple[TableRows, ...]:
    """Read the last captured edition of every table about sites or actors.

    Raises
    ------
    InputError
        A file lacks a column that every row needs.
    ChainBroken
        A captured file is gone or was altered.
    """
    last = {source.table: source for source in case.sources if source.table is not None}
    named = case.config.tables.items()
    return tuple(_read(case, name, table, last[name]) for name, table in named if name in last)


def _read(case: Case, name: str, table: RowsTable, source: Source) -> TableRows:
    filename = source.filename or f"sources/{source.digest[:8]}…"  # its name may have been erased
    raw = read_table(source_bytes(case, source), filename, source.media_type, hints_of_rows(table))
    columns = _columns(name, table, raw, filename)
    rows: list[Row] = []
    refused = list(raw.refused)
    for row in _rows(name, table, raw, columns, source.digest):
        reason = _lacking(row)
        if reason:
            refused.append(Refusal(row.number, reason))
        else:
            rows.append(row)
    unmapped = tuple(column for column in raw.columns if column not in columns)
    refused.sort(key=lambda each: each.row)
    return TableRows(name=name, about=table.about, rows=tuple(rows), refused=tuple(refused), unmapped=unmapped)


def _columns(name: str, table: RowsTable, raw: RawTable, filename: str) -> dict[str, str]:
    """Return which field each column gives: the headings of the mapping first, then the known ones."""
    own = {clean_name(heading): field for field, heading in table.columns.items()}
    absent = sorted(set(own) - set(raw.columns))
    if absent:
        raise InputError(_no_column(name, absent[0], raw, filename))
    found = {column: own[column] for column in raw.columns if column in own}
    for column in raw.columns:
        known = table_forms.field_of(table.about, column)
        if column not in found and known is not None:
            field, language = known
            key = f"{field}@{language}" if language else field
            if key not in found.values():
                found[column] = key
    for each in table_forms.fields(table.about).values():
        if each.required and each.name not in {key.split("@")[0] for key in found.values()}:
            raise InputError(_no_column(name, each.headings[0], raw, filename))
    return found


def _no_column(name: str, wanted: str, raw: RawTable, filename: str) -> Message:
    return Message(
        "{table} {file} has no column {wanted}; its columns are {there}. Name the column so, or say which it is "
        "under {columns}",
        table=f"[tables.{name}]",
        file=filename,
        wanted=f"`{wanted}`",
        there=[f"`{column}`" for column in raw.columns],
        columns=f"[tables.{name}.columns]",
    )


def _rows(name: str, table: RowsTable, raw: RawTable, columns: Columns, digest: str) -> Iterator[Row]:
    numbers = raw.rows.to_pylist()
    written = {column: raw.cells.column(column).to_pylist() for column in raw.columns}
    shown = {column: hints.to_pylist() for column, hints in raw.calendars.items()}
    for at, number in enumerate(numbers):
        said = {column: cells[at].strip() for column, cells in written.items() if (cells[at] or "").strip()}
        yield Row(
            table=name,
            about=table.about,
            number=number,
            source=digest,
            cells={columns[column]: text for column, text in said.items() if column in columns},
            columns={field: column for column, field in columns.items()},
            calendars={
                columns[column]: hints[at] for column, hints in shown.items() if column in columns and hints[at]
            },
            unmapped={column: text for column, text in said.items() if column not in columns},
            language=table.language,
            calendar=table.calendar,
            date_order=table.date_order,
            is_public=table.audience == "public",
        )


def _lacking(row: Row) -> str:
    """Return why a row says nothing that can be used; empty where it does."""
    if not row.cells and not row.unmapped:
        return "empty row"
    needed = [each.name for each in table_forms.fields(row.about).values() if each.required]
    said = {key.split("@")[0] for key in row.cells}
    missing = [name for name in needed if name not in said]
    return f"nothing under {', '.join(missing)}: every row needs it" if missing else ""
