"""Imported registers as records: the lists keep their names, and the file says which records are one person.

Invariant: a record stands where it stood in its own source, with the digest of the file its exporter captured; nothing
of the register's grouping is guessed again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from cenotaph.case import Case
from cenotaph.ledger import Draft, digest
from cenotaph.model import Judgement, Source, Verdict
from cenotaph.sources.capture import source_bytes
from cenotaph.sources.editions import GONE, ORDER
from cenotaph.sources.fingerprint import fingerprint
from cenotaph.sources.readers.register_row import Row
from cenotaph.sources.readers.register_rows import read_rows

PERSON, PASSAGE = "person", "passage"
REGISTER_READER = "register/1"
_ROW_BITS = 32
_FIXED = ("record", "list", ORDER, "row", "source", PERSON, PASSAGE, GONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """The records of one imported register."""

    name: str
    source: Source
    table: pa.Table
    digest: str


def read_registers(case: Case, *, author: str) -> tuple[list[pa.Table], int]:
    """Return the records of every imported register, and how many entries the ledger got for reading them."""
    found = [each for name in case.config.registers if (each := read_register(case, name)) is not None]
    known = {(each.list, each.edition): each for each in case.readings}
    founded = {each.name: known[each.name, 1].founded for each in found if (each.name, 1) in known}
    fresh = [each for each in found if not _is_known(case, each)]
    if fresh:
        with case.open_ledger() as ledger:
            drafts = [Draft(kind="reading", facts=_facts(each), words={}, author=author) for each in fresh]
            for each, sequence in zip(fresh, ledger.append_many(drafts), strict=True):
                founded.setdefault(each.name, sequence)
    return [_placed(each, founded[each.name]) for each in found], len(fresh)


def read_register(case: Case, name: str) -> Imported | None:
    """Read the newest captured file of a register; None when there is none yet."""
    own = [source for source in case.sources if source.list == name]
    if not own:
        return None
    source = own[-1]
    rows = read_rows(source_bytes(case, source), source.filename, source.media_type, case.config.registers[name].form)
    table = table_of(rows)
    return Imported(name=name, source=source, table=table, digest=fingerprint(table))


def table_of(rows: Sequence[Row]) -> pa.Table:
    """Return the records of a register's rows, in their order."""
    records = [row for row in rows if row.what == "record"]
    claims: dict[str, dict[str, Row]] = {row.record: {} for row in records}
    for row in rows:
        if row.what == "claim":
            claims[row.record][row.property] = row
    keys = sorted({key for said in claims.values() for key in said})
    columns: dict[str, list[Any]] = {
        "record": [row.record for row in records],
        "list": [row.list for row in records],
        ORDER: list(range(len(records))),
        "row": [int(row.value) if row.value.isdecimal() else 0 for row in records],
        "source": [row.source for row in records],
        PERSON: [row.person for row in records],
        PASSAGE: [row.locator for row in records],
        GONE: ["1" if row.code == GONE else None for row in records],
    }
    for key in keys:
        found = [claims[row.record].get(key) for row in records]
        columns[key] = [row.value if row is not None else None for row in found]
        columns[f"{key}@"] = [row.locator if row is not None else None for row in found]
        columns[f"{key}%"] = [row.calendar or None if row is not None else None for row in found]
        columns[f"{key}#"] = [row.code or None if row is not None else None for row in found]
    kept = {
        name: texts for name, texts in columns.items() if name in _FIXED[:-1] or any(each is not None for each in texts)
    }
    return pa.table({name: pa.array(texts, _type(name)) for name, texts in kept.items()})


def _type(name: str) -> pa.DataType:
    if name == ORDER:
        return pa.int64()
    if name == "row":
        return pa.int32()
    if name in ("list", "source") or name[-1] in "@#%":
        return pa.dictionary(pa.int32(), pa.string())
    return pa.string()


def _placed(found: Imported, founded: int) -> pa.Table:
    """Give each record its place among all, and each person a name that no other register can give."""
    table = found.table
    order = pa.array([(founded << _ROW_BITS) | place for place in range(table.num_rows)], pa.int64())
    persons = pa.array([f"{found.name} {person}" for person in table.column(PERSON).to_pylist()], pa.string())
    table = table.set_column(table.column_names.index(ORDER), ORDER, order)
    return table.set_column(table.column_names.index(PERSON), PERSON, persons)


def _facts(found: Imported) -> Mapping[str, Any]:
    return {"list": found.name, "edition": 1, "source": found.source.digest, "mapping": digest([]),
            "reader": REGISTER_READER, "rows": found.table.num_rows, "records": found.table.num_rows, "refused": 0,
            "digest": found.digest}  # fmt: skip


def _is_known(case: Case, found: Imported) -> bool:
    facts = _facts(found)
    return any(
        each.list == found.name and all(each.facts.get(key) == facts[key] for key in ("source", "reader", "digest"))
        for each in case.readings
    )


def given_persons(records: pa.Table) -> Iterator[Judgement]:
    """Yield that two records are the same, for each record after the first of a person that a register states."""
    if PERSON not in records.column_names:
        return
    first: dict[str, str] = {}
    for record, person in zip(records.column("record").to_pylist(), records.column(PERSON).to_pylist(), strict=True):
        if person is not None and (founder := first.setdefault(person, record)) != record:
            yield Judgement(left=founder, right=record, verdict=Verdict.SAME, reviewer="import")
