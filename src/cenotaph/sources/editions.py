"""Successive editions of a list, compared by key: what is new, what changed, what is gone.

Invariant: nobody leaves the records because a later edition dropped them. A removal is a claim too, so the record stays
with its last values and is marked ``gone``; ids and order are those of its first appearance.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

GONE, ORDER = "gone", "order"
_MARK = "1"
_ABOUT_THE_ROW = ("record", "list", "row", "source", "passage", "person", ORDER, GONE)
_COMPANIONS = ("@", "#", "%")


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What a later edition did to the records of an earlier one; records by id, changed ones with their claims."""

    edition: int
    new: tuple[str, ...]
    changed: Mapping[str, tuple[str, ...]]
    gone: tuple[str, ...]
    returned: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the changes as plain data."""
        return {
            "edition": self.edition,
            "new": list(self.new),
            "changed": {record: list(keys) for record, keys in self.changed.items()},
            "gone": list(self.gone),
            "returned": list(self.returned),
        }

    @property
    def note(self) -> str:
        """The changes in one sentence."""
        back = f", {len(self.returned):,} back again" if self.returned else ""
        return (
            f"edition {self.edition}: {len(self.new):,} new, {len(self.changed):,} changed, {len(self.gone):,} gone"
            f"{back}; the gone are kept and marked"
        )


def succeed(earlier: pa.Table, later: pa.Table, edition: int) -> tuple[pa.Table, Changes]:
    """Let an edition follow on the records so far.

    Parameters
    ----------
    earlier
        The records of the list so far, with ``order``, and ``gone`` where an edition dropped them.
    later
        The records of the new edition, with ``order``.
    edition
        The number of the new edition.

    Returns
    -------
    tuple[pyarrow.Table, Changes]
        The new edition's records with their first order, then those that it dropped.
    """
    found = pc.index_in(later.column("record"), value_set=earlier.column("record").combine_chunks())
    known = pc.is_valid(found).to_numpy()
    before = earlier.take(pc.drop_null(found))
    dropped = earlier.filter(pc.invert(pc.is_in(earlier.column("record"), value_set=_ids(later))))
    order = later.column(ORDER).to_numpy().copy()
    order[known] = before.column(ORDER).to_numpy()
    later = later.set_column(later.column_names.index(ORDER), ORDER, pa.array(order))
    changes = Changes(
        edition=edition,
        new=tuple(later.filter(pa.array(~known)).column("record").to_pylist()),
        changed=_changed(before, later.filter(pa.array(known))),
        gone=tuple(dropped.filter(pc.invert(_is_gone(dropped))).column("record").to_pylist()),
        returned=tuple(before.filter(_is_gone(before)).column("record").to_pylist()),
    )
    return together([later, _marked(dropped)]), changes


def _ids(table: pa.Table) -> pa.Array:
    return table.column("record").combine_chunks()


def _is_gone(table: pa.Table) -> pa.ChunkedArray:
    if GONE not in table.column_names:
        return pa.chunked_array([pa.array(np.zeros(table.num_rows, bool))])
    return pc.is_valid(table.column(GONE))


def _marked(table: pa.Table) -> pa.Table:
    mark = pa.array([_MARK] * table.num_rows, pa.string())
    if GONE in table.column_names:
        return table.set_column(table.column_names.index(GONE), GONE, mark)
    return table.append_column(GONE, mark) if table.num_rows else table


def _changed(before: pa.Table, after: pa.Table) -> dict[str, tuple[str, ...]]:
    """Return the claims that differ, by record, for rows that stand side by side."""
    found: dict[int, list[str]] = {}
    for key in dict.fromkeys([*after.column_names, *before.column_names]):
        if key in _ABOUT_THE_ROW or key.endswith(_COMPANIONS):
            continue
        differs = pc.not_equal(_text(before, key), _text(after, key)).to_numpy()
        for place in np.flatnonzero(differs).tolist():
            found.setdefault(place, []).append(key)
    records = after.column("record")
    return {records[place].as_py(): tuple(keys) for place, keys in sorted(found.items())}


def _text(table: pa.Table, key: str) -> pa.ChunkedArray:
    if key not in table.column_names:
        return pa.chunked_array([pa.array([""] * table.num_rows, pa.string())])
    return pc.fill_null(table.column(key), "")


def together(tables: Sequence[pa.Table]) -> pa.Table:
    """Put tables one under the other; a claim that one of them lacks is null there."""
    return pa.concat_tables(tables, promote_options="default").unify_dictionaries()
