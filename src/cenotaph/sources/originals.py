"""The captured rows as they are: what a group sees when it opens its own files, and what a newer file changed.

Invariant: no cell is read into anything here, and nothing of an erased record is handed out: only rows of records that
the caller names.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow as pa

from cenotaph.case import Case
from cenotaph.sources.editions import succeed
from cenotaph.sources.readers import RawTable
from cenotaph.sources.reading import editions_of, ordered_tables, raw_tables


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """One captured file: its list, its digest and its rows as written."""

    list: str
    digest: str
    raw: RawTable


@dataclass(frozen=True, slots=True, kw_only=True)
class RowChange:
    """What the newest edition of a list did to one record, value by value; ``kind`` as in `Changes`."""

    list: str
    edition: int
    kind: str  # new | changed | gone | returned
    record: str
    key: str = ""
    before: str = ""
    after: str = ""


def originals(case: Case) -> Iterator[Original]:
    """Yield every captured file of every list, oldest first."""
    for name, table in case.config.lists.items():
        for source, raw in raw_tables(case, name, table):
            yield Original(list=name, digest=source.digest, raw=raw)


def latest_changes(case: Case) -> Iterator[RowChange]:
    """Yield what the newest edition of each list changed; nothing for a list with one edition."""
    for name, table in case.config.lists.items():
        editions = list(editions_of(case, name, table))
        if len(editions) > 1:
            yield from _changes(case, name, ordered_tables(editions))


def _changes(case: Case, name: str, editions: list[tuple[int, pa.Table]]) -> Iterator[RowChange]:
    so_far = editions[0][1]
    for number, table in editions[1:-1]:
        so_far, _ = succeed(so_far, table, number)
    number, last = editions[-1]
    _, found = succeed(so_far, last, number)
    for kind, records in (("new", found.new), ("gone", found.gone), ("returned", found.returned)):
        for record in records:
            if not case.is_erased(record):
                yield RowChange(list=name, edition=number, kind=kind, record=record)
    before, after = _by_record(so_far), _by_record(last)
    for record, keys in found.changed.items():
        for key in keys:
            if not case.is_erased(record):
                yield RowChange(
                    list=name, edition=number, kind="changed", record=record, key=key,
                    before=_said(so_far, before[record], key), after=_said(last, after[record], key),
                )  # fmt: skip


def _by_record(table: pa.Table) -> dict[str, int]:
    return {record: row for row, record in enumerate(table.column("record").to_pylist())}


def _said(table: pa.Table, row: int, key: str) -> str:
    return (table.column(key)[row].as_py() or "") if key in table.column_names else ""
