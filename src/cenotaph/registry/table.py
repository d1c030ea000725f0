"""The table of the register: one row a person, every column computed for all persons at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from cenotaph.model import split_key
from cenotaph.registry import facts
from cenotaph.registry.assembly import Assembly
from cenotaph.registry.columns import Columns, encode
from cenotaph.registry.criteria import Criteria, Facts

Period = tuple[dt.date | None, dt.date | None]
Marks = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Measures:
    """What each record says of what everybody is judged by; shape (records,) each.

    Attributes
    ----------
    stated
        Fate bits.
    where
        Whether the date of death lies in the period of the case.
    gone
        Whether a later edition of the list dropped the record.
    origins
        The lists behind it.
    said
        For each property some criterion asks for, whether the record says something of it.
    """

    stated: NDArray[np.uint8]
    where: NDArray[np.uint8]
    gone: Marks
    origins: facts.Origins
    said: Mapping[str, NDArray[np.uint8]]


def measure(assembly: Assembly, period: Period, criteria: Criteria) -> Measures:
    """Measure every record; nothing here depends on which records are one person."""
    columns = assembly.columns
    return Measures(
        stated=facts.fates(columns, assembly.lists),
        where=facts.period_bits(columns, assembly.reader, period),
        gone=_gone(columns),
        origins=facts.origins(columns),
        said={name: _said(columns, name) for name in sorted(criteria.properties)},
    )


def build_table(
    assembly: Assembly, groups: facts.Groups, measures: Measures, *, contested: Marks, criteria: Criteria
) -> pa.Table:
    """Compute what is known of every person.

    Parameters
    ----------
    contested
        Persons whose records hold a live contradiction, shape (persons,).

    Returns
    -------
    pyarrow.Table
        ``person`` (founding record), ``records``, ``independent``, ``fate_bits``, ``contested``, ``withdrawn``,
        ``why``, ``included``, ``status``; one row a person, in the order of founding records.
    """
    bits = groups.any_bits(measures.stated)
    why = _why(bits, groups.any_bits(measures.where))
    withdrawn = groups.all_true(measures.gone)
    independent = facts.independent(measures.origins, groups, assembly.independence)
    status = _statuses(groups, criteria, measures, [independent, contested, withdrawn, bits])
    return pa.table(
        {
            "person": assembly.columns.record.take(pa.array(groups.rows[groups.starts[:-1]])),
            "records": pa.array(np.diff(groups.starts)),
            "independent": pa.array(independent),
            "fate_bits": pa.array(bits),
            "contested": pa.array(contested),
            "withdrawn": pa.array(withdrawn),
            "why": pa.array(why.tolist(), pa.string()).dictionary_encode(),
            "included": pa.array(why == "included"),
            "status": pa.array(status, pa.string()).dictionary_encode(),
        }
    )


class Standings:
    """The table of the register by person, for who asks for one person at a time."""

    def __init__(self, table: pa.Table) -> None:
        self._numbers = {
            name: table.column(name).to_numpy() for name in ("independent", "fate_bits", "included", "contested")
        }
        self._words = {name: encode(table.column(name)) for name in ("why", "status")}

    def of(self, person: int) -> dict[str, Any]:
        """Return what the table says of a person."""
        numbers = {name: column[person].item() for name, column in self._numbers.items()}
        return numbers | {name: column.text(person) for name, column in self._words.items()}


def _gone(columns: Columns) -> Marks:
    gone = columns.get("gone")
    if gone is None:
        return np.zeros(columns.size, np.bool_)
    return np.asarray([*(text in ("1", "true", "True") for text in gone.texts), False])[gone.codes]


def _why(bits: NDArray[np.uint8], where: NDArray[np.uint8]) -> NDArray[np.str_]:
    stated = (bits & facts.STATED) > 0
    return np.select([~stated, where == facts.OUTSIDE], ["no-death-stated", "outside-period"], "included")


def _statuses(
    groups: facts.Groups, criteria: Criteria, measures: Measures, measured: Sequence[NDArray[Any]]
) -> list[str]:
    """Judge each distinct combination of facts once."""
    asked = list(measures.said)
    said = [groups.any_bits(marks) > 0 for marks in measures.said.values()]
    distinct, inverse = facts.distinct([*measured, *said])
    names = [criteria.status_of(_facts(row, asked)) for row in distinct.tolist()]
    return [names[code] for code in inverse.tolist()]


def _facts(row: list[int], asked: list[str]) -> Facts:
    independent, contested, withdrawn, bits, *said = row
    return Facts(
        independent=independent,
        contested=bool(contested),
        withdrawn=bool(withdrawn),
        fate_disputed=bool(bits & facts.ALIVE and bits & facts.STATED),
        properties=frozenset(name for name, yes in zip(asked, said, strict=True) if yes),
    )


def _said(columns: Columns, name: str) -> NDArray[np.uint8]:
    marks = np.zeros(columns.size, np.uint8)
    for key in columns.keys:
        if split_key(key)[0] == name:
            marks |= (columns[key].codes >= 0).astype(np.uint8)
    return marks
