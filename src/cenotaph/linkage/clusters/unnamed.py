"""People without a name: two records may be one person only where nobody else is known of that day, place and age.

Invariant: a third record that could be meant as well, on either list, keeps the two apart; what it does not say of its
age does not rule it out.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from cenotaph.linkage.encoding.encode import Ints, Longs

Flags = npt.NDArray[np.bool_]


def alone(agree: Flags, possible: Flags, pairs: tuple[Ints, Ints], lists: Ints) -> Flags:
    """Mark the pairs that agree and of whose records neither could be another record of either list.

    Parameters
    ----------
    agree
        Whether the two share day, place and age.
    possible
        Whether they share day and place, and their ages do not contradict each other.
    pairs
        The two records of each pair.
    lists
        The list of each record.
    """
    left, right = pairs
    width = int(lists.max(initial=0)) + 1
    rivals = np.concatenate((_key(left, lists[right], width)[possible], _key(right, lists[left], width)[possible]))
    keys, counts = np.unique(rivals, return_counts=True)
    at = np.flatnonzero(agree)
    one, two = left[at], right[at]
    single = _count(keys, counts, _key(one, lists[two], width)) == 1
    single &= _count(keys, counts, _key(two, lists[one], width)) == 1
    for side in (one, two):
        at_home = _count(keys, counts, _key(side, lists[side], width))
        single &= at_home == (lists[one] == lists[two])
    found = np.zeros(len(left), dtype=bool)
    found[at[single]] = True
    return found


def _key(records: Ints, lists: Ints, width: int) -> Longs:
    return np.asarray(records.astype(np.int64) * width + lists)


def _count(keys: Longs, counts: Longs, asked: Longs) -> Longs:
    """Return how often each asked key occurs."""
    if not len(keys):
        return np.zeros(len(asked), dtype=np.int64)
    at = np.minimum(np.searchsorted(keys, asked), len(keys) - 1)
    return np.where(keys[at] == asked, counts[at], 0)
