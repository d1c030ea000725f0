"""Reading an overlap table that somebody published: one 0/1 column a list, and a column ``count``."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from cenotaph.errors import InputError
from cenotaph.model import ListFacts, Panel

_COUNT = "count"


def read_cells(path: str | Path) -> Panel:
    """Read an overlap table from a CSV file.

    Parameters
    ----------
    path
        A UTF-8 file; its header names the lists and ``count``. Row ``1,0,1,42`` says that 42 people are on the first
        and third list and not on the second. Lines that begin with # are comments; a row of zeros may stand with
        count 0.

    Raises
    ------
    InputError
        The header or a row cannot be used; the message names the line.
    """
    rows = _rows(Path(path))
    header = [name.strip() for name in rows[0][1]]
    lists = _lists(header, Path(path).name)
    cells: dict[tuple[int, ...], int] = {}
    lines: dict[tuple[int, ...], int] = {}
    for line, row in rows[1:]:
        where = f"{Path(path).name}:{line}"
        pattern, count = _cell(header, row, where)
        if pattern in cells:
            said = ",".join(map(str, pattern))
            raise InputError(f"{where}: the pattern {said} stands in line {lines[pattern]} already; give each one row")
        cells[pattern], lines[pattern] = count, line
    return Panel(
        lists=tuple(ListFacts(name=name) for name in lists),
        patterns=np.array(list(cells), np.uint8).reshape(-1, len(lists)),
        counts=np.array(list(cells.values()), np.int64),
    )


def _rows(path: Path) -> list[tuple[int, list[str]]]:
    """Return the rows that hold something, with the line each ends on."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            reader = csv.reader(handle)
            rows = [(reader.line_num, row) for row in reader if _says_something(row)]
    except FileNotFoundError as error:
        raise InputError(f"{path.name}: no such file; check the path") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path.name}: not a CSV text in UTF-8 ({error}); save it as CSV UTF-8") from error
    if not rows:
        raise InputError(f"{path.name}: the file is empty; the first row must name the lists and `count`")
    return rows


def _says_something(row: list[str]) -> bool:
    return any(cell.strip() for cell in row) and not row[0].lstrip().startswith("#")


def _lists(header: list[str], where: str) -> list[str]:
    if header.count(_COUNT) != 1:
        raise InputError(f"{where}: the header has no single column `count`; it says {', '.join(header)}")
    lists = [name for name in header if name != _COUNT]
    if not lists or len(set(lists)) != len(lists) or "" in lists:
        raise InputError(f"{where}: each list needs a column with a name of its own, not {', '.join(header)}")
    return lists


def _cell(header: list[str], row: list[str], where: str) -> tuple[tuple[int, ...], int]:
    if len(row) != len(header):
        raise InputError(f"{where}: {len(row)} values where the header has {len(header)}")
    said = dict(zip(header, (cell.strip() for cell in row), strict=True))
    count = said.pop(_COUNT)
    if not (count.isascii() and count.isdigit()):
        raise InputError(f"{where}: count is {count!r}; write a whole number of people, without separators")
    _check(said.items(), where)
    pattern = tuple(int(value) for value in said.values())
    if not any(pattern) and int(count):
        raise InputError(f"{where}: people on no list cannot have been counted; leave the row of zeros out")
    return pattern, int(count)


def _check(said: Iterable[tuple[str, str]], where: str) -> None:
    for name, value in said:
        if value not in {"0", "1"}:
            raise InputError(f"{where}: {name} is {value!r}; write 1 when the list names these people, else 0")
