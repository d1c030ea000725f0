"""JSON: a list of objects, an object that holds such a list, or one object a line.

Invariant: numbers stay as they are written (``53.0`` is not ``53``), nested objects become columns with dotted names,
and what is no object is refused row by row.
"""

from __future__ import annotations

import json
from typing import Any

import pyarrow as pa

from cenotaph.errors import InputError
from cenotaph.sources.readers.encoding import to_utf8
from cenotaph.sources.readers.table import NO_HINTS, Hints, RawTable, Refusal, from_rows

LIST_KEY = "records"
_NOT_OBJECT = "no object: a record is written { … } with a name for each value"


class _Number(str):
    """A number by its digits as written."""

    __slots__ = ()


def read_json(data: bytes, filename: str, hints: Hints = NO_HINTS) -> RawTable:
    """Read a JSON or JSON Lines file.

    Raises
    ------
    InputError
        The text is no JSON, or holds no list of objects.
    """
    text = to_utf8(data, filename, hints.encoding)
    items = _items(text.data.decode("utf-8"), filename)
    rows = [_flat(item) if isinstance(item, dict) else None for item in items]
    _check_text(rows, filename)
    header = tuple(dict.fromkeys(name for row in rows if row for name in row))
    kept = [[row.get(name, "") for name in header] for row in rows if row is not None]
    table = from_rows(header, kept)
    numbers = [number for number, row in enumerate(rows, start=1) if row is not None]
    return RawTable(
        cells=table.cells,
        rows=pa.array(numbers, pa.int32()),
        refused=tuple(Refusal(number, _NOT_OBJECT) for number, row in enumerate(rows, start=1) if row is None),
        facts={"encoding": text.encoding},
    )


def _check_text(rows: list[dict[str, str] | None], filename: str) -> None:
    """Raise where an escape stands for half a character (a lone surrogate) or for the null character."""
    for number, row in enumerate(rows, start=1):
        text = "".join([*row, *row.values()]) if row else ""
        if "\x00" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
            raise InputError(f"{filename}: row {number}: half a character, or a null one; correct its \\u… escapes")


def _items(text: str, filename: str) -> list[Any]:
    try:
        found = _parse(text)
    except RecursionError as error:
        raise InputError(f"{filename}: its lists are nested too deep; a record is one flat object") from error
    except json.JSONDecodeError as error:
        return _lines(text, filename, error)
    if isinstance(found, dict):
        found = found.get(LIST_KEY, [found] if _is_record(found) else None)
    if not isinstance(found, list):
        raise InputError(
            f"{filename}: no list of records in it; write [{{…}}, {{…}}], or one object a line, or an object whose "
            f'"{LIST_KEY}" is such a list'
        )
    return found


def _is_record(found: dict[str, Any]) -> bool:
    """Tell the only line of a JSON Lines file from an object that wraps something else."""
    return not any(isinstance(value, list | dict) for value in found.values())


def _lines(text: str, filename: str, whole: json.JSONDecodeError) -> list[Any]:
    items = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            items.append(_parse(line))
        except json.JSONDecodeError as error:
            if not any(isinstance(item, dict) for item in items):  # not one object a line at all
                raise InputError(f"{filename}: line {whole.lineno}: no JSON ({whole.msg}); save it again") from whole
            raise InputError(f"{filename}: line {number}: no JSON ({error.msg}); correct that line") from error
    return items


def _parse(text: str) -> Any:
    return json.loads(text, parse_int=_Number, parse_float=_Number, parse_constant=_Number, object_pairs_hook=_object)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Keep both values of a name that an object gives twice."""
    found: dict[str, Any] = {}
    for name, value in pairs:
        count, free = 1, name
        while free in found:
            count += 1
            free = f"{name} ({count})"
        found[free] = value
    return found


def _flat(item: dict[str, Any], prefix: str = "") -> dict[str, str]:
    row: dict[str, str] = {}
    for name, value in item.items():
        if isinstance(value, dict):
            row.update(_flat(value, f"{prefix}{name}."))
        else:
            row[prefix + name] = _cell(value)
    return row


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return str(value)
    return json.dumps(value, ensure_ascii=False)
