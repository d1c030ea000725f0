"""CSV and TSV: cells split by a delimiter that is detected, quoted cells that may hold line ends.

Invariant: Arrow's parser (fast) and Python's (patient: it also says where a cell is too long) give the same cells and
the same refusals for every text; Python's is used where Arrow gives up.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from pyarrow import csv as arrow_csv

from cenotaph.errors import InputError
from cenotaph.messages import Message
from cenotaph.sources.readers.encoding import to_utf8
from cenotaph.sources.readers.table import (
    CELL_LIMIT,
    HEADER_DEPTH,
    NO_HINTS,
    Hints,
    RawTable,
    Refusal,
    cell_too_long,
    find_header,
    header_match,
    ragged,
    unique_names,
)

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_SAMPLE = 1 << 20
_SAMPLE_ROWS = 60
_BLOCK = 1 << 24
_END = "\x00"  # no text file holds it, so a last row that is not this one was swallowed by an open quotation mark


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the table begins and how it is split."""

    delimiter: str
    header: tuple[str, ...]
    skipped: int  # rows above the header
    offset: int  # bytes up to the first data row


def read_delimited(data: bytes, filename: str, hints: Hints = NO_HINTS) -> RawTable:
    """Read a CSV or TSV file.

    Parameters
    ----------
    data
        The bytes of the file.
    filename
        For messages.
    hints
        The columns that the mapping names help to find the header and the delimiter.

    Raises
    ------
    InputError
        The bytes are no text, a quotation mark is never closed, or a cell is too long.
    """
    text = to_utf8(data, filename, hints.encoding)
    layout = _layout(text.data, filename, hints)
    body = text.data[layout.offset :] if layout.offset else text.data
    width = len(layout.header)
    parsed = parse(body, width, layout.delimiter, filename)
    notes: list[str] = [Message("{n} rows above the header left out", n=layout.skipped)] if layout.skipped else []
    if text.guessed:
        notes.append(
            f"the encoding {text.encoding} is a guess: look at a few names, and state the right one in cenotaph.toml "
            "if they are wrong (encoding = …)"
        )
    return RawTable(
        cells=pa.table(list(parsed.columns), names=list(unique_names(layout.header))),
        rows=parsed.rows,
        refused=parsed.refused,
        facts={"encoding": text.encoding, "delimiter": DELIMITERS.get(layout.delimiter, layout.delimiter)},
        notes=tuple(notes),
    )


def _layout(data: bytes, filename: str, hints: Hints) -> Layout:
    whole = len(data) <= _SAMPLE
    sample = data[:_SAMPLE].decode("utf-8", errors="ignore")
    delimiters = [hints.delimiter] if hints.delimiter else list(DELIMITERS)
    layouts = [_layout_with(sample, delimiter, hints.columns, whole=whole) for delimiter in delimiters]
    best = max(layouts, key=lambda pair: pair[0])
    if not any(cell.strip() for cell in best[1].header):
        long = cell_too_long(filename, "the header") if len(data) > CELL_LIMIT else ""
        raise InputError(long or f"{filename}: no table found in it; the first row should name the columns")
    return best[1]


def _layout_with(
    sample: str, delimiter: str, wanted: Sequence[str], *, whole: bool
) -> tuple[tuple[int, float, int], Layout]:
    """Score one delimiter: wanted columns found, share of rows as wide as the header, number of columns."""
    stream = io.StringIO(sample, newline="")
    rows, lines = [], []
    with _limit():
        reader = csv.reader(stream, delimiter=delimiter)
        try:
            for row in reader:
                rows.append(row)
                lines.append(reader.line_num)
                if len(rows) >= _SAMPLE_ROWS:
                    break
        except csv.Error:
            pass  # a cell beyond the limit: `parse` says which
    if not rows:
        return (0, 0.0, 0), Layout(delimiter, (), 0, 0)
    if not whole and len(rows) > 1 and len(rows) < _SAMPLE_ROWS:
        rows.pop()  # cut off by the end of the sample
    place = find_header(rows[:HEADER_DEPTH], wanted)
    header, below = rows[place], [row for row in rows[place + 1 :] if row]
    steady = sum(len(row) == len(header) for row in below) / len(below) if below else 1.0
    offset = _offset(sample, lines[place])
    score = (header_match(header, wanted), steady if len(header) > 1 else 0.0, len(header))
    return score, Layout(delimiter, tuple(header), sum(any(row) for row in rows[:place]), offset)


def _offset(sample: str, lines: int) -> int:
    """Return how many bytes the first lines take."""
    stream = io.StringIO(sample, newline="")
    return sum(len(stream.readline().encode("utf-8")) for _ in range(lines))


@dataclass(frozen=True, slots=True)
class Parsed:
    """The body of a delimited file."""

    columns: tuple[pa.ChunkedArray, ...]
    rows: pa.Array
    refused: tuple[Refusal, ...]


def parse(body: bytes, width: int, delimiter: str, filename: str) -> Parsed:
    """Parse what stands below the header, with Arrow where it can and with Python where it cannot."""
    try:
        return parse_arrow(body, width, delimiter, filename)
    except pa.ArrowInvalid:  # a row larger than a block
        return parse_python(body, width, delimiter, filename)


def parse_arrow(body: bytes, width: int, delimiter: str, filename: str) -> Parsed:
    """Parse with Arrow's reader."""
    bad: list[tuple[int, int]] = []

    def refuse(row: arrow_csv.InvalidRow) -> str:
        bad.append((row.number, row.actual_columns))
        return "skip"

    names = [f"c{place}" for place in range(width)]
    table = arrow_csv.read_csv(
        pa.BufferReader(_closed(body, width, delimiter)),
        # one thread: only then does Arrow number the rows it refuses
        read_options=arrow_csv.ReadOptions(column_names=names, use_threads=False, block_size=_BLOCK),
        parse_options=arrow_csv.ParseOptions(
            delimiter=delimiter, newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=refuse
        ),
        convert_options=arrow_csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()),
            null_values=[],
            strings_can_be_null=False,
            quoted_strings_can_be_null=False,
        ),
    )
    total = table.num_rows + len(bad)
    if not table.num_rows or table.column(0)[-1].as_py() != _END:
        raise InputError(_open_quote(filename, total))
    table = table.slice(0, table.num_rows - 1)
    mask = np.ones(total - 1, bool)
    mask[[number - 1 for number, _ in bad]] = False
    return Parsed(
        columns=tuple(table.columns),
        rows=pa.array(np.flatnonzero(mask).astype(np.int32) + 1),
        refused=tuple(Refusal(number, ragged(cells, width)) for number, cells in bad),
    )


def parse_python(body: bytes, width: int, delimiter: str, filename: str) -> Parsed:
    """Parse with Python's reader, row by row."""
    columns: list[list[str]] = [[] for _ in range(width)]
    numbers, refused, number, last = [], [], 0, ""
    with _limit(), io.TextIOWrapper(io.BytesIO(_closed(body, width, delimiter)), "utf-8", newline="") as stream:
        for number, row in enumerate(_rows(stream, delimiter, filename), start=1):
            last = row[0] if row else ""
            cells = row or [""] * width  # a blank line is a row of empty cells
            if len(cells) != width:
                refused.append(Refusal(number, ragged(len(cells), width)))
                continue
            numbers.append(number)
            for column, cell in zip(columns, cells, strict=True):
                column.append(cell)
    if last != _END:
        raise InputError(_open_quote(filename, number))
    return Parsed(
        columns=tuple(pa.chunked_array([pa.array(column[:-1], pa.string())]) for column in columns),
        rows=pa.array(numbers[:-1], pa.int32()),
        refused=tuple(refused),
    )


def _rows(stream: Iterable[str], delimiter: str, filename: str) -> Iterator[list[str]]:
    number = 1
    try:
        for row in csv.reader(stream, delimiter=delimiter):
            yield row
            number += 1
    except csv.Error as error:
        raise InputError(cell_too_long(filename, f"row {number}")) from error


def _closed(body: bytes, width: int, delimiter: str) -> bytes:
    """Return the body with a last row of our own, so that an open quotation mark cannot swallow the end unseen."""
    gap = b"" if not body or body.endswith((b"\n", b"\r")) else b"\n"
    return b"".join((body, gap, (_END + delimiter * (width - 1)).encode("ascii"), b"\n"))


def _open_quote(filename: str, row: int) -> str:
    return (
        f'{filename}: row {row}: a quotation mark (") is opened and never closed, so the rest of the file would be one '
        "cell; close it or write it twice"
    )


@contextmanager
def _limit() -> Iterator[None]:
    """Let Python's reader take cells up to our limit; the limit is global to the module, so it is put back."""
    before = csv.field_size_limit(CELL_LIMIT)
    try:
        yield
    finally:
        csv.field_size_limit(before)
