"""Scored pairs as Arrow tables: rows of the records table, probability, weight and what each property adds.

Invariant: left < right; sorted by left, then right, unless an order of usefulness was asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from cenotaph.linkage.encoding.encode import Ints, Longs
from cenotaph.linkage.solving import Scored
from cenotaph.linkage.weights.model import Kind


def pair_table(
    scored: Scored, chosen: npt.NDArray[np.int64], rows: Longs, kinds: Sequence[Kind], *, keep_order: bool = False
) -> pa.Table:
    """Return chosen pairs (numbers into the scored ones) as a table over rows of the records table."""
    one, two = rows[scored.left[chosen]], rows[scored.right[chosen]]
    left, right = np.minimum(one, two).astype(np.int32), np.maximum(one, two).astype(np.int32)
    at = np.arange(len(chosen)) if keep_order else _order(left, right, len(rows))
    picked = chosen[at]
    table: dict[str, npt.NDArray[Any]] = {
        "left": left[at],
        "right": right[at],
        "probability": scored.probability[picked],
        "weight": scored.weight[picked],
        "w.prior": scored.prior[picked],
        "w.event": scored.event[picked],
        "w.settled": scored.held[picked],
    }
    if scored.company.any():
        table["w.company"] = scored.company[picked]
    parts, levels = scored.parts[picked].T.copy(), scored.levels[picked].T.copy()
    table |= {f"w.{kind.key}": part for kind, part in zip(kinds, parts, strict=True)}
    table |= {f"a.{kind.key}": level for kind, level in zip(kinds, levels, strict=True)}
    table["guards"] = scored.refused[picked]
    return pa.table(table)


def rows_of(one: npt.NDArray[np.integer[Any]], two: npt.NDArray[np.integer[Any]]) -> pa.Table:
    """Return pairs of rows as a table, in order."""
    left, right = np.minimum(one, two).astype(np.int32), np.maximum(one, two).astype(np.int32)
    order = np.lexsort((right, left))
    return pa.table({"left": left[order], "right": right[order]})


def _order(left: Ints, right: Ints, size: int) -> Longs:
    """Return the order by left, then right: by one sort of packed numbers while a pair and its place fit into one."""
    bits, place = int(size).bit_length(), len(left).bit_length()
    if 2 * bits + place > 63:
        return np.lexsort((right, left))
    packed = (((left.astype(np.int64) << bits) | right) << place) | np.arange(len(left))
    packed.sort()
    return packed & ((1 << place) - 1)
