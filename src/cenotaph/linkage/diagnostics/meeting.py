"""By what two records find each other, or why they never met: the keys they share and how far these single them out.

Invariant: what is told here is what candidates are found by; nothing is decided.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from cenotaph.linkage.candidates import atoms
from cenotaph.linkage.diagnostics.recall import candidate_pairs
from cenotaph.linkage.encoding import encode, prepare
from cenotaph.linkage.encoding.columns import Column
from cenotaph.linkage.settings import LinkSettings
from cenotaph.model import ListFacts


@dataclass(frozen=True, slots=True)
class Meeting:
    """How two records stand to each other before any comparison.

    Attributes
    ----------
    compared : bool
        Whether they are among the candidates.
    apart : bool
        Whether both are of one list that holds nobody twice.
    shared : Mapping of str to float
        Bits that the shared keys of each property tell: log2 of all records to those that have the key.
    needed : float
        Bits that single out one record.
    records : int
        How many there are.
    """

    compared: bool
    apart: bool
    shared: Mapping[str, float]
    needed: float
    records: int


def meeting(
    records: pa.Table,
    lists: Mapping[str, ListFacts],
    pair: tuple[int, int],
    *,
    settings: LinkSettings | None = None,
) -> Meeting:
    """Tell by what two records, given by their rows, are found.

    Parameters
    ----------
    records, lists, settings
        As `link` took them.
    pair
        Rows of the records table.
    """
    rows = encode.canonical_rows(records)
    numbers, names = encode.encode_lists(records, rows, lists)
    columns = prepare.prepare(records, rows, numbers, [lists[name] for name in names])
    one, two = (int(np.flatnonzero(rows == row)[0]) for row in pair)
    shared = {column.key: _bits(column, one, two) for column in columns}
    apart = numbers[one] == numbers[two] and lists[names[numbers[one]]].unique
    left, right = candidate_pairs(records, lists, settings=settings)
    met = (np.minimum(left, right) == min(pair)) & (np.maximum(left, right) == max(pair))
    needed = float(np.log2(max(1, len(rows))))
    told = {key: bits for key, bits in shared.items() if bits > 0.0}
    return Meeting(bool(met.any()), bool(apart), told, needed, len(rows))


def _bits(column: Column, one: int, two: int) -> float:
    """Return what the keys of a property tell that both records have; a wider key within a narrower tells once."""
    found = atoms.of_columns([column], len(column.codes))
    here, there = (found.atom[found.offsets[at] : found.offsets[at + 1]] for at in (one, two))
    return float(found.bits[np.intersect1d(here, there)].sum())
