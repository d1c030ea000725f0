"""Columns of text as the mapping asks for them: the first alternative that is filled, templates put together.

Invariant: a value that comes from one cell is that cell's text to the letter; where several cells give it, which
columns they were is told beside it. Null means that nothing is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from cenotaph.sources.mapping import ROW, Rule, Template
from cenotaph.sources.readers import RawTable
from cenotaph.sources.readers.table import blank

_NONE = pa.scalar(None, pa.string())


@dataclass(frozen=True, slots=True)
class Found:
    """The values of one claim key: text, the columns it came from, the calendar it was shown in. Null: nothing said."""

    text: pa.ChunkedArray
    columns: pa.ChunkedArray | None
    calendar: pa.ChunkedArray | None


class Cells:
    """The cells of a file, with what says nothing made null.

    Parameters
    ----------
    raw
        The file.
    missing
        Texts that say nothing in this list, such as ``NA``.
    """

    def __init__(self, raw: RawTable, missing: Sequence[str] = ()) -> None:
        self._raw = raw
        self._missing = pa.array([word.strip() for word in missing], pa.string())
        self._said: dict[str, pa.ChunkedArray] = {}
        self.size = raw.cells.num_rows

    def said(self, column: str) -> pa.ChunkedArray:
        """Return a column as written, null where it says nothing; a column that is not there says nothing."""
        if column not in self._said:
            self._said[column] = self._cells(column)
        return self._said[column]

    def _cells(self, column: str) -> pa.ChunkedArray:
        if column not in self._raw.columns:
            return pa.chunked_array([pa.nulls(self.size, pa.string())])
        cells = self._raw.cells.column(column)
        empty = blank(cells)
        if len(self._missing):
            empty = pc.or_(empty, pc.is_in(pc.utf8_trim_whitespace(cells), value_set=self._missing))
        return pc.if_else(empty, _NONE, cells) if pc.any(empty).as_py() else cells

    def key(self, template: Template) -> pa.ChunkedArray:
        """Return the keys of the rows, without outer and doubled spaces."""
        keys = self._said_or_row(template.fields[0]) if template.is_column else self._composed(template, row=True)
        return pc.utf8_trim_whitespace(pc.replace_substring_regex(keys, r"\s+", " "))

    def _said_or_row(self, column: str) -> pa.ChunkedArray:
        if column == ROW and column not in self._raw.columns:
            return pa.chunked_array([self._raw.rows.cast(pa.string())])
        return self.said(column)

    def find(self, rule: Rule) -> Found:
        """Return what a rule finds in each row."""
        if rule.is_column:
            name = rule.alternatives[0].fields[0]
            return Found(self.said(name), None, self._calendar(name))
        text = columns = calendar = None
        for template in rule.alternatives:
            found = self._alternative(template)
            if text is None or columns is None:
                text, columns, calendar = found.text, found.columns, found.calendar
                continue
            first = pc.is_valid(text)
            calendar = _either(first, calendar, found.calendar)
            text, columns = pc.coalesce(text, found.text), pc.if_else(first, columns, found.columns)
        assert text is not None  # noqa: S101 - a rule has at least one alternative
        return Found(text, columns, calendar)

    def _alternative(self, template: Template) -> Found:
        if not template.is_column:
            return Found(self._composed(template), self._used(template), None)
        name = template.fields[0]
        said = self.said(name)
        return Found(said, pc.if_else(pc.is_valid(said), pa.scalar(name), _NONE), self._calendar(name))

    def _calendar(self, column: str) -> pa.ChunkedArray | None:
        hints = self._raw.calendars.get(column)
        return None if hints is None else pa.chunked_array([hints])

    def _composed(self, template: Template, *, row: bool = False) -> pa.ChunkedArray:
        """Put the filled fields together; a literal stands only between two fields that are filled, or at an end."""
        text: pa.ChunkedArray | None = None
        piece: pa.ChunkedArray | None = None
        for literal, column in zip(template.literals, template.fields, strict=False):  # one literal more than fields
            piece = pc.utf8_trim_whitespace(self._said_or_row(column) if row else self.said(column))
            if text is None:
                text = _join(pa.scalar(literal), piece) if literal else piece
            else:
                text = pc.coalesce(_join(text, pa.scalar(literal), piece), text, piece)
        if template.literals[-1] and piece is not None:
            text = pc.if_else(pc.is_valid(piece), _join(text, pa.scalar(template.literals[-1])), text)
        return text

    def _used(self, template: Template) -> pa.ChunkedArray:
        """Return the filled columns of a template, row by row, ``city, state``."""
        used: pa.ChunkedArray | None = None
        for column in template.fields:
            name = pc.if_else(pc.is_valid(self.said(column)), pa.scalar(column), _NONE)
            # Arrow's own way of skipping nulls loses rows that are null throughout (26.0)
            used = name if used is None else pc.coalesce(_join(used, pa.scalar(", "), name), used, name)
        return used


def _join(*parts: pa.ChunkedArray | pa.Scalar) -> pa.ChunkedArray:
    """Join texts without anything between them; null where any is null."""
    return pc.binary_join_element_wise(*parts, pa.scalar(""))


def _either(
    first: pa.ChunkedArray, left: pa.ChunkedArray | None, right: pa.ChunkedArray | None
) -> pa.ChunkedArray | None:
    if left is None and right is None:
        return None
    return pc.if_else(first, _NONE if left is None else left, _NONE if right is None else right)
