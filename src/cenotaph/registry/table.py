"""The table of the register: one row a person, every column computed for all persons at once."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from cenotaph.model import split_key
from cenotaph.registry import facts
from cenotaph.registry.assembly import Assembly
from cenotaph.registry.columns import Columns
from cenotaph.registry.criteria import Criteria, Facts

Period = tuple[dt.date | None, dt.date | None]
Marks = NDArray[np.bool_]


def build_table(
    assembly: Assembly,
    groups: facts.Groups,
    stated: NDArray[np.uint8],
    *,
    contested: Marks,
    period: Period,
    criteria: Criteria,
) -> pa.Table:
    """Compute what is known of every person.

    Parameters
    ----------
    stated
        Fate bits of each record, shape (records,).
    contested
        Persons whose records hold a live contradiction, shape (persons,).
    period
        First and last day of the case, either open.

    Returns
    -------
    pyarrow.Table
        ``person`` (founding record), ``records``, ``independent``, ``fate_bits``, ``contested``, ``withdrawn``,
        ``why``, ``included``, ``status``; one row a person, in the order of founding records.
    """
    columns = assembly.columns
    bits = groups.any_bits(stated)
    where = groups.any_bits(facts.period_bits(columns, assembly.reader, period))
    withdrawn = groups.all_true(_gone(columns))
    independent = facts.independent(columns, groups, assembly.independence)
    why = _why(bits, where)
    status = _statuses(columns, groups, criteria, np.stack([independent, contested, withdrawn, bits], axis=1))
    return pa.table(
        {
            "person": columns.record.take(pa.array(groups.rows[groups.starts[:-1]])),
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


def _gone(columns: Columns) -> Marks:
    gone = columns.get("gone")
    if gone is None:
        return np.zeros(columns.size, np.bool_)
    return np.asarray([*(text in ("1", "true", "True") for text in gone.texts), False])[gone.codes]


def _why(bits: NDArray[np.uint8], where: NDArray[np.uint8]) -> NDArray[np.str_]:
    stated = (bits & facts.STATED) > 0
    return np.select([~stated, where == facts.OUTSIDE], ["no-death-stated", "outside-period"], "included")


def _statuses(columns: Columns, groups: facts.Groups, criteria: Criteria, measured: NDArray[np.int64]) -> list[str]:
    """Judge each distinct combination of facts once."""
    asked = sorted(criteria.properties)
    said = [groups.any_bits(_said(columns, name))[:, None] > 0 for name in asked]
    distinct, inverse = np.unique(np.concatenate([measured, *said], axis=1), axis=0, return_inverse=True)
    names = [criteria.status_of(_facts(row, asked)) for row in distinct.tolist()]
    return [names[code] for code in inverse.reshape(-1)]


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
