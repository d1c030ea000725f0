"""What each person hangs on: of the links that hold a cluster together, the weakest, and who stands on either side.

Invariant: the strongest links hold first, so the weakest of them is the one without which the cluster falls in two, and
every other pair across the two sides is weaker still. Ties go to the lowest rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numba
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from cenotaph.linkage.encoding.encode import Ints

Longs = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Weakest:
    """The weakest link of every cluster of two records and more.

    Attributes
    ----------
    table : pyarrow.Table
        Like ``Links.pairs``, one row a cluster, and before that ``person`` (row of the founding record), ``records`` in
        all, ``side`` (those that would go if the link fell: the smaller side).
    side : ndarray of bool, shape (records,)
        The records of each cluster's right-hand side, should its weakest link fall.
    """

    table: pa.Table
    side: Flags


def weakest(pairs: pa.Table, cluster: Ints) -> Weakest:
    """Return what each cluster hangs on.

    Parameters
    ----------
    pairs
        ``Links.pairs``.
    cluster
        ``Links.cluster``.
    """
    left, right = (pairs.column(side).to_numpy() for side in ("left", "right"))
    inside = np.flatnonzero(cluster[left] == cluster[right])
    weight = pairs.column("weight").to_numpy()[inside]
    order = inside[np.lexsort((right[inside], left[inside], -weight))]
    last = _last_joined(left[order], right[order], cluster)
    held = np.flatnonzero(last >= 0)  # by label: a cluster of one record hangs on nothing
    chosen = order[last[held]]
    side = _beyond(left[order], right[order], last, cluster)
    sizes = np.bincount(cluster, minlength=len(cluster))[held]
    beyond = np.bincount(cluster[side], minlength=len(cluster))[held]
    table = pairs.take(pa.array(chosen))
    for name, values in (("side", np.minimum(beyond, sizes - beyond)), ("records", sizes), ("person", held)):
        table = table.add_column(0, name, pa.array(values.astype(np.int32)))
    return Weakest(table, side)


@numba.njit(cache=True)
def _root(parent: Ints, record: int) -> Any:
    while parent[record] != record:
        parent[record] = parent[parent[record]]
        record = parent[record]
    return record


@numba.njit(cache=True)
def _last_joined(left: Ints, right: Ints, cluster: Ints) -> Longs:
    """Return for each label the pair, of those in falling order of weight, that made its cluster whole; -1 for none."""
    parent = np.arange(len(cluster)).astype(np.int32)
    last = np.full(len(cluster), -1, dtype=np.int64)
    for pair in range(len(left)):
        one, two = _root(parent, left[pair]), _root(parent, right[pair])
        if one != two:
            parent[max(one, two)] = min(one, two)
            last[cluster[left[pair]]] = pair
    return last


@numba.njit(cache=True)
def _beyond(left: Ints, right: Ints, last: Longs, cluster: Ints) -> Flags:
    """Mark the records that the right-hand record of the weakest link keeps when the link falls."""
    parent = np.arange(len(cluster)).astype(np.int32)
    for pair in range(len(left)):
        if pair < last[cluster[left[pair]]]:  # what comes after it crosses it, or joins nothing
            one, two = _root(parent, left[pair]), _root(parent, right[pair])
            parent[max(one, two)] = min(one, two)
    side = np.zeros(len(cluster), dtype=np.bool_)
    for record in range(len(cluster)):
        pair = last[cluster[record]]
        side[record] = pair >= 0 and _root(parent, record) == _root(parent, right[pair])
    return side
