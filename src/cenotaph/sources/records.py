"""A file's rows to records: the table that linkage and the registry read, and a reason for every row that gave none.

Invariant: rows = records + refusals, asserted. A record's texts are as written; nothing is read into them here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from cenotaph import values
from cenotaph.model import split_key
from cenotaph.sources.columns import Cells, Found
from cenotaph.sources.keys import Keys, distinct_keys
from cenotaph.sources.mapping import ROW, ListMapping, Rule
from cenotaph.sources.readers import RawTable, Refusal
from cenotaph.sources.readers.table import blank_rows
from cenotaph.values import codes
from cenotaph.values.tokens import is_unknown_name

COLUMNS_OF, CODE_OF, CALENDAR_OF = "@", "#", "%"  # companions of a claim column
CITES, OTHER = "cites.", "other."
_SHOWN = 5  # rows named in a note
_EMPTY = "empty row"
_NOTHING = "no name and nothing else"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapped:
    """The records of one file, without their order, and what became of the other rows."""

    table: pa.Table
    rows: int
    refused: tuple[Refusal, ...]
    notes: tuple[str, ...]


def to_records(raw: RawTable, mapping: ListMapping, *, source: str) -> Mapped:
    """Make records of the rows of a file.

    Parameters
    ----------
    raw
        The file as read.
    mapping
        The list's mapping, fitted to its columns.
    source
        Digest of the captured file.

    Returns
    -------
    Mapped
        The records in the order of the file, the refusals by row.
    """
    cells = Cells(raw, mapping.missing)
    claims = dict(_claims(cells, mapping))
    notes = list(_code_notes(claims, mapping, raw))
    keys = distinct_keys(cells.key(mapping.key), raw.cells)
    reasons = _reasons(raw, keys, claims, mapping)
    kept = np.asarray([reason is None for reason in reasons], bool) if any(reasons) else np.ones(cells.size, bool)
    table = _table(raw, keys, claims, mapping, source)
    table = table if kept.all() else table.filter(pa.array(kept))
    numbers = raw.rows.to_numpy()
    refused = [Refusal(int(numbers[place]), reason) for place, reason in enumerate(reasons) if reason]
    refused = sorted([*raw.refused, *refused], key=lambda refusal: refusal.row)
    rows = cells.size + len(raw.refused)
    assert rows == table.num_rows + len(refused)  # noqa: S101 - the promise of this room
    notes += _key_notes([place for place in keys.renamed if kept[place]], numbers)
    return Mapped(table=_without_idle(table), rows=rows, refused=tuple(refused), notes=tuple(notes))


def _claims(cells: Cells, mapping: ListMapping) -> Iterator[tuple[str, pa.ChunkedArray]]:
    """Yield every claim column and its companions, in the order of the mapping."""
    for rule in mapping.rules:
        found = cells.find(rule)
        yield rule.key, found.text
        yield from _companions(rule, found)
    for name, column in mapping.cites:
        yield CITES + name, _cited(cells.said(column))
        if not _plain_answers(cells.said(column)):
            yield OTHER + column, cells.said(column)  # a page, a note: more than that it is cited
    for column in mapping.unmapped:
        yield OTHER + column, cells.said(column)


def _companions(rule: Rule, found: Found) -> Iterator[tuple[str, pa.ChunkedArray]]:
    if found.columns is not None:
        yield rule.key + COLUMNS_OF, found.columns.dictionary_encode()
    if rule.codes:
        yield rule.key + CODE_OF, _coded(rule, found.text).dictionary_encode()
    if found.calendar is not None:
        yield rule.key + CALENDAR_OF, found.calendar.dictionary_encode()


def _by_distinct(column: pa.ChunkedArray, table: dict[str, str | None]) -> pa.ChunkedArray:
    """Replace every distinct text by what the table has for it."""
    words = pa.array(list(table), pa.string())
    codes_of = pa.array(list(table.values()), pa.string())
    return pc.take(codes_of, pc.index_in(column, value_set=words))


def _distinct(column: pa.ChunkedArray) -> list[str]:
    return [text for text in pc.unique(column).to_pylist() if text is not None]


def _coded(rule: Rule, column: pa.ChunkedArray) -> pa.ChunkedArray:
    exact = {word.strip(): code for word, code in rule.codes.items()}
    folded = {word.casefold(): code for word, code in exact.items()}
    table = {text: exact.get(text.strip(), folded.get(text.strip().casefold())) for text in _distinct(column)}
    return _by_distinct(column, table)


def _cited(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return "1" where a citation column says anything but no."""
    return _by_distinct(column, {text: None if _answer(text) == "no" else "1" for text in _distinct(column)})


def _plain_answers(column: pa.ChunkedArray) -> bool:
    return all(_answer(text) for text in _distinct(column))


def _answer(text: str) -> str | None:
    plain = text.strip()
    if plain.replace(".", "", 1).isdecimal():  # 0, 1, and 0.0, 1.0 as spreadsheets write them
        return "yes" if float(plain) == 1 else "no" if float(plain) == 0 else None
    return values.code("answer", plain)


def _reasons(raw: RawTable, keys: Keys, claims: dict[str, pa.ChunkedArray], mapping: ListMapping) -> list[str | None]:
    """Return for each row why it gives no record, or None."""
    size = raw.cells.num_rows
    reasons: list[str | None] = [None] * size
    numbers = raw.rows.to_numpy()
    for place, original in keys.repeats.items():
        reasons[place] = f"exact repeat of row {numbers[original]}"
    columns = ", ".join(f"`{name}`" for name in mapping.key.fields if name != ROW)
    for mask, reason in (
        (_says_nothing(claims, size), _NOTHING),
        (pc.is_null(keys.keys).to_numpy(), f"no key: nothing in {columns}"),
        (blank_rows(raw.cells), _EMPTY),
    ):
        for place in np.flatnonzero(mask).tolist():
            reasons[place] = reason
    return reasons


def _says_nothing(claims: dict[str, pa.ChunkedArray], size: int) -> NDArray[np.bool_]:
    mask = np.ones(size, bool)
    for key, column in claims.items():
        if not key.endswith((COLUMNS_OF, CODE_OF, CALENDAR_OF)) and mask.any():
            mask &= pc.is_null(column).to_numpy()
    return mask


def _table(
    raw: RawTable, keys: Keys, claims: dict[str, pa.ChunkedArray], mapping: ListMapping, source: str
) -> pa.Table:
    fixed = {
        "record": pc.binary_join_element_wise(pa.scalar(mapping.list), keys.keys, pa.scalar(":")),
        "list": _constant(mapping.list, raw.cells.num_rows),
        "row": raw.rows,
        "source": _constant(source, raw.cells.num_rows),
    }
    return pa.table({**fixed, **claims})


def _constant(text: str, size: int) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(np.zeros(size, np.int32)), pa.array([text], pa.string()))


def _without_idle(table: pa.Table) -> pa.Table:
    """Leave out unmapped columns in which no record says anything."""
    idle = [
        name
        for name in table.column_names
        if name.startswith(OTHER) and table.column(name).null_count == table.num_rows
    ]
    return table.drop_columns(idle) if idle else table


def _key_notes(renamed: Sequence[int], numbers: NDArray[np.int32]) -> Iterator[str]:
    if renamed:
        yield (
            f"{len(renamed)} rows repeat the key of an earlier row and differ from it: kept, with #2, #3 … behind the "
            f'key (rows {_some(renamed, numbers)}). A template such as key = "{{number}}-{{name}}" tells them apart '
            "in a later edition too"
        )


def _code_notes(claims: dict[str, pa.ChunkedArray], mapping: ListMapping, raw: RawTable) -> Iterator[str]:
    for rule in mapping.rules:
        name = split_key(rule.key)[0]
        if name in codes.kinds():
            bare = _uncoded(claims, rule, name)
            if len(bare):
                yield (
                    f"{rule.key}: {len(bare)} rows say a word that has no code (rows "
                    f'{_some(bare.tolist(), raw.rows.to_numpy())}); add it to the codes of the column, as "unknown" '
                    "if it says nothing"
                )


def _uncoded(claims: dict[str, pa.ChunkedArray], rule: Rule, name: str) -> NDArray[np.int64]:
    said, coded = claims[rule.key], claims.get(rule.key + CODE_OF)
    unknown = [text for text in _distinct(said) if values.code(name, text) is None and not is_unknown_name(text)]
    bare = pc.is_in(said, value_set=pa.array(unknown, pa.string())).to_numpy()
    return np.flatnonzero(bare & pc.is_null(coded).to_numpy() if coded is not None else bare)


def _some(places: Sequence[int], numbers: NDArray[np.int32]) -> str:
    shown = ", ".join(str(numbers[place]) for place in places[:_SHOWN])
    return shown + (" …" if len(places) > _SHOWN else "")
