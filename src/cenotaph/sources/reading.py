"""Reading a case: every captured edition of every list to one table of records, and what became of each row.

Invariant: rows in = records + refused. A file read before gives the records it gave then, or the reading stops; the
ledger gets one entry for each edition, mapping and reader, and reading again adds nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cenotaph.case import Case
from cenotaph.config import ListTable
from cenotaph.errors import ChainBroken, InputError
from cenotaph.ledger import Draft
from cenotaph.model import Source
from cenotaph.sources.capture import source_bytes
from cenotaph.sources.editions import ORDER, Changes, succeed, together
from cenotaph.sources.fingerprint import fingerprint
from cenotaph.sources.mapping import compile_mapping, hints_of, mapping_digest
from cenotaph.sources.narrative import read_narratives
from cenotaph.sources.readers import READER, RawTable, read_table
from cenotaph.sources.records import to_records
from cenotaph.sources.registers import read_registers
from cenotaph.sources.report import Edition, list_report

_ROW_BITS = 32
_FIRST = ("record", "list", ORDER, "row", "source")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The records of a case and how they were read.

    Parameters
    ----------
    records
        One row a record, founding records first; the columns are described in ``docs/reference/tables.md``.
    report
        Plain data: counts, and for each list its refusals, editions, changes, dates and notes.
    appended
        How many entries the ledger got; none when everything was read before.
    """

    records: pa.Table
    report: Mapping[str, Any]
    appended: int


def read(case: Case, *, author: str = "local") -> Reading:
    """Read every captured list of a case.

    Parameters
    ----------
    case
        The case; load it again afterwards when ``appended`` is not 0.
    author
        The code of who has it read; it signs the new entries.

    Raises
    ------
    InputError
        A file cannot be read, a column of the mapping is not there, or no list was captured. Nothing was written.
    ChainBroken
        A captured file was altered, or gives other records than it gave when it was entered.
    """
    editions = {name: list(editions_of(case, name, table)) for name, table in case.config.lists.items()}
    told = read_narratives(case)
    imported = any(source.list in case.config.registers for source in case.sources)
    if not any((*editions.values(), imported, *(each["captured"] for each in told.report.values()))):
        raise InputError(
            "no list of this case has a captured file; capture one with `cenotaph add`, or name its --data"
        )
    founded, appended = _enter(case, [each for found in editions.values() for each in found], author)
    tables, reports = [], {}
    for name, found in editions.items():
        if found:
            table, changes = _list_table(found, founded)
            tables.append(_unerased(table, case))
            reports[name] = list_report(case.config.lists[name], case.lists[name], found, changes, table)
    registers, entered = read_registers(case, author=author)
    tables += registers
    tables += [told.table] if told.table is not None else []
    if not tables:
        return nothing(case)
    records = _in_order(together(tables))
    report = {**_report(records, reports, editions), "narratives": dict(told.report)}
    return Reading(records=records, report=report, appended=appended + entered)


def nothing(case: Case) -> Reading:
    """Return the reading of a case that has no captured file yet: no record, and every list waiting."""
    coded = pa.dictionary(pa.int32(), pa.string())
    fields = {"record": pa.string(), "list": coded, ORDER: pa.int64(), "row": pa.int32(), "source": coded,
              "name": pa.string()}  # fmt: skip
    table = pa.schema(fields).empty_table()
    waiting: dict[str, list[Edition]] = {name: [] for name in case.config.lists}
    report = {**_report(table, {}, waiting), "narratives": dict(read_narratives(case).report)}
    return Reading(records=table, report=report, appended=0)


def editions_of(case: Case, name: str, table: ListTable) -> Iterator[Edition]:
    """Read the captured files of a list, oldest first."""
    tables = list(raw_tables(case, name, table))
    everywhere = {column for _, raw in tables for column in raw.columns}
    for source, raw in tables:
        mapping = compile_mapping(name, table, raw.columns, filename=_shown(source), elsewhere=everywhere)
        mapped = to_records(raw, mapping, source=source.digest)
        yield Edition(source=source, raw=raw, mapping=mapping, mapped=mapped, digest=fingerprint(mapped.table))


def raw_tables(case: Case, name: str, table: ListTable) -> Iterator[tuple[Source, RawTable]]:
    """Yield the captured files of a list as tables of text, oldest first."""
    # a later capture under the same number is its redacted successor
    latest = {source.edition: source for source in case.sources if source.list == name}
    for number in sorted(latest):
        source = latest[number]
        yield source, read_table(source_bytes(case, source), _shown(source), source.media_type, hints_of(table))


def ordered_tables(editions: Sequence[Edition]) -> list[tuple[int, pa.Table]]:
    """Return the records of each edition of a list, ordered among themselves, with the edition's number."""
    return [(each.source.edition, _ordered(each.mapped.table, place)) for place, each in enumerate(editions)]


def _shown(source: Source) -> str:
    """Return the file's name; its name may have been erased."""
    return source.filename or f"sources/{source.digest[:8]}…"


def _enter(case: Case, editions: Sequence[Edition], author: str) -> tuple[dict[tuple[str, int], int], int]:
    """Enter what was read for the first time; return the first reading's sequence of every edition."""
    known = {(each.list, each.edition): each for each in case.readings}
    founded = {slot: each.founded for slot, each in known.items()}
    fresh = []
    for edition in editions:
        facts = facts_of(case, edition)
        before = known.get(_slot(edition))
        if before is None or any(before.facts.get(key) != facts[key] for key in ("source", "mapping", "reader")):
            fresh.append((_slot(edition), Draft(kind="reading", facts=facts, words={}, author=author)))
        elif before.digest != edition.digest:
            raise ChainBroken(
                f"entry {before.sequence}: {_shown(edition.source)} gives other records than when it was entered "
                f"(digest {edition.digest[:12]}…, entered {before.digest[:12]}…), though the file and its mapping are "
                "the same; use the version of Cenotaph that read it, and report this"
            )
    if fresh:
        with case.open_ledger() as ledger:
            sequences = ledger.append_many(draft for _, draft in fresh)
        for (slot, _), sequence in zip(fresh, sequences, strict=True):
            founded.setdefault(slot, sequence)
    return founded, len(fresh)


def _slot(edition: Edition) -> tuple[str, int]:
    return edition.mapping.list, edition.source.edition


def facts_of(case: Case, edition: Edition) -> dict[str, Any]:
    """Return what the ledger keeps of a reading."""
    name, number = _slot(edition)
    return {
        "list": name,
        "edition": number,
        "source": edition.source.digest,
        "mapping": mapping_digest(case.config.lists[name]),
        "reader": READER,
        "rows": edition.mapped.rows,
        "records": edition.mapped.table.num_rows,
        "refused": len(edition.mapped.refused),
        "digest": edition.digest,
    }


def _list_table(
    editions: Sequence[Edition], founded: Mapping[tuple[str, int], int]
) -> tuple[pa.Table, tuple[Changes, ...]]:
    """Return the records of a list, each with the values of the last edition that has it."""
    first, *later = [(each.source.edition, _ordered(each.mapped.table, founded[_slot(each)])) for each in editions]
    table, changes = first[1], []
    for number, following in later:
        table, change = succeed(table, following, number)
        changes.append(change)
    return table, tuple(changes)


def _ordered(table: pa.Table, sequence: int) -> pa.Table:
    """Give each record its place among all: the entry of its edition's first reading, then its row."""
    order = (np.int64(sequence) << _ROW_BITS) | table.column("row").to_numpy().astype(np.int64)
    return table.append_column(ORDER, pa.array(order))


def _unerased(table: pa.Table, case: Case) -> pa.Table:
    """Leave out the records that were erased: no reading may bring them back."""
    if not case.erased:
        return table
    return table.filter(pa.array([not case.is_erased(record) for record in table.column("record").to_pylist()]))


def _in_order(table: pa.Table) -> pa.Table:
    """Sort by order, and put what every record has before what some lists say."""
    order = table.column(ORDER).to_numpy()
    if (np.diff(order) < 0).any():
        table = table.take(pc.sort_indices(table.column(ORDER)))
    return table.select([*_FIRST, *(name for name in table.column_names if name not in _FIRST)])


def _report(records: pa.Table, reports: Mapping[str, Any], editions: Mapping[str, Sequence[Edition]]) -> dict[str, Any]:
    return {
        "records": records.num_rows,
        "refused": sum(report["refused"] for report in reports.values()),
        "lists": dict(reports),
        "waiting": [name for name, found in editions.items() if not found],
    }
