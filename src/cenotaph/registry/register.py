"""All persons at one head of the ledger.

Invariant: records in = records of persons, each in exactly one person. The table holds one row a person with what can
be computed by column; a person with every claim is put together when asked for, and never cached here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from cenotaph.case import Case
from cenotaph.errors import NotFound
from cenotaph.model import Choice
from cenotaph.registry import facts
from cenotaph.registry.acts import acts
from cenotaph.registry.assembly import Assembly
from cenotaph.registry.columns import Columns
from cenotaph.registry.criteria import Criteria, load_criteria
from cenotaph.registry.flattened import flattened_columns
from cenotaph.registry.persons import Fate, Person, Reading
from cenotaph.registry.readings import ClaimReader, Seen
from cenotaph.registry.table import Measures, Standings, build_table, measure
from cenotaph.registry.whereabouts import whereabouts
from cenotaph.values import Flattening


class Linked(Protocol):
    """What registry needs of links: a cluster label for each record, and the clusters reviewers contradict."""

    @property
    def cluster(self) -> NDArray[np.int32]:
        """Labels, shape (records,)."""

    @property
    def contested(self) -> frozenset[int]:
        """Labels of clusters that hold a live contradiction."""


@dataclass(frozen=True, slots=True)
class Register:
    """Every person, with the table of facts about them and the criteria they were judged by."""

    table: pa.Table
    criteria: Criteria
    flattened: Mapping[tuple[str, str], Flattening]
    case: Case
    assembly: Assembly
    groups: facts.Groups
    measures: Measures
    standings: Standings
    records: pa.Table

    def __len__(self) -> int:
        return self.groups.size

    def person(self, index: int) -> Person:
        """Put one person together with every claim.

        Raises
        ------
        NotFound
            There is no person with this index.
        """
        if not 0 <= index < len(self):
            raise NotFound(f"person {index}: the register has persons 0 to {len(self) - 1}")
        return _assemble(self, index)

    def persons(self, *, included: bool = False) -> Iterator[Person]:
        """Iterate over persons in the order of their founding records; only the included ones on request."""
        marks = self.table.column("included").to_pylist() if included else [True] * len(self)
        return (self.person(index) for index, mark in enumerate(marks) if mark)

    def counts(self) -> dict[str, object]:
        """Count persons by inclusion and status."""
        return {
            "persons": len(self),
            "records": self.assembly.columns.size,
            "included": int(np.sum(self.table.column("included").to_numpy())),
            "why": _tally(self.table.column("why")),
            "status": _tally(self.table.filter(self.table.column("included")).column("status")),
        }


def register(records: pa.Table, links: Linked, case: Case) -> Register:
    """Make the register from records, links and what the people of the case decided.

    Parameters
    ----------
    records
        The records table, one row a record.
    links
        A cluster label for each record.
    case
        Lists, choices, consents, criteria and the secret of public ids.
    """
    return _made(records, links, case, {})


def revise(before: Register, records: pa.Table, links: Linked, case: Case) -> Register:
    """Make the register anew after a change, taking over what the change cannot have touched.

    The result is the one `register` gives. What was read of a text is not read again; while the records are the same
    table, neither are they measured again. So a choice, a judgement or a corrected record shows at once.

    Parameters
    ----------
    before
        The register before the change.
    records, links, case
        As they are now; a table of records that did not change must be the same object to be taken over.
    """
    if case.lists != before.case.lists or case.config.case != before.case.config.case:
        return register(records, links, case)
    return _made(records, links, case, before.assembly.reader.memory, before if records is before.records else None)


def _made(
    records: pa.Table, links: Linked, case: Case, memory: dict[Seen, Reading], before: Register | None = None
) -> Register:
    columns = before.assembly.columns if before else Columns(records)
    flattened = before.flattened if before else flattened_columns(columns, case.lists)
    reader = ClaimReader(case.lists, country=case.config.case.country, flattened=flattened, memory=memory)
    assembly = Assembly(columns, case.lists, reader, _by_record(case.choices))
    groups = facts.group(links.cluster, columns.order)
    criteria = load_criteria(case.config.criteria.status)
    is_measured = before is not None and before.criteria.properties == criteria.properties
    measures = before.measures if before and is_measured else measure(assembly, case.period, criteria)
    contested = np.isin(links.cluster[groups.rows[groups.starts[:-1]]], sorted(links.contested))
    table = build_table(assembly, groups, measures, contested=contested, criteria=criteria)
    return Register(
        table=table,
        criteria=criteria,
        flattened=flattened,
        case=case,
        assembly=assembly,
        groups=groups,
        measures=measures,
        standings=Standings(table),
        records=records,
    )


def _by_record(choices: Sequence[Choice]) -> dict[str, list[Choice]]:
    found: dict[str, list[Choice]] = {}
    for choice in choices:
        found.setdefault(choice.record, []).append(choice)
    return found


def _assemble(register: Register, index: int) -> Person:
    assembly, case = register.assembly, register.case
    rows = register.groups.members(index)
    ids = tuple(assembly.columns.record[row].as_py() for row in rows)
    public = [case.public_id(record) for record in ids]
    found, doubts = assembly.told(rows)
    standing = register.standings.of(index)
    return Person(
        id=ids[0],
        public_id=public[0],
        aliases=tuple(public[1:]),
        records=ids,
        names=assembly.names(rows),
        values=found,
        acts=acts(found, doubts),
        namings=assembly.namings(rows),
        independent=standing["independent"],
        fate=_fate(standing["fate_bits"]),
        fates=_stated(register, rows),
        whereabouts=whereabouts(found),
        status=standing["status"],
        included=standing["included"],
        why=standing["why"],
        contested=standing["contested"],
        visibility=case.visibility(ids),
        flags=tuple(sorted({flag for value in found for claim in value.claims for flag in claim.flags})),
    )


def _fate(bits: int) -> Fate:
    """Return the most definite statement any source makes; what contradicts it is in ``Person.fates``."""
    return next((Fate(fate) for fate, bit in facts.FATE_BITS.items() if bits & bit), Fate.UNKNOWN)


def _stated(register: Register, rows: Sequence[int]) -> Mapping[str, tuple[str, ...]]:
    columns = register.assembly.columns
    stated = register.measures.stated[rows]
    names = [columns.text("list", row) or "" for row in rows]
    return {
        fate: tuple(dict.fromkeys(name for name, bits in zip(names, stated, strict=True) if bits & bit))
        for fate, bit in facts.FATE_BITS.items()
        if any(bits & bit for bits in stated)
    }


def _tally(column: pa.ChunkedArray) -> dict[str, int]:
    return {
        row["values"]: row["counts"]
        for row in sorted(column.value_counts().to_pylist(), key=lambda r: str(r["values"]))
    }
