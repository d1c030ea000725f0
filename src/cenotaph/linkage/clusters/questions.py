"""Which doubtful pairs people are asked about where there are more than they can ever answer.

Invariant: each two people that may be one keep a question, their likeliest pair, before any two keep a second one, and
whoever people judged already comes last; what is left out is counted. The worth of a question is that of the review,
``chance x change``, as far as linking knows it: which lists an estimate rests on is not known here, so all count.
"""

from __future__ import annotations

from dataclasses import dataclass

import numba
import numpy as np
import numpy.typing as npt

from cenotaph.linkage.candidates.pairs import packed
from cenotaph.linkage.encoding.encode import Ints, Longs

Floats = npt.NDArray[np.floating]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Open:
    """Pairs of records that are not linked and may be asked about, sorted, ``left < right``."""

    left: Ints
    right: Ints
    probability: Floats


@dataclass(frozen=True, slots=True)
class Persons:
    """The person and the list of each record, and the pairs of records that people judged, shape (pairs, 2)."""

    label: Ints
    lists: Ints
    judged: Ints


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which pairs are asked about (numbers, rising), how many are not, and of how many two people none is."""

    at: Longs
    pairs: int
    persons: int


def choose(open_: Open, persons: Persons, most: int) -> Chosen:
    """Return the pairs whose answer changes most, no more than ``most``.

    Parameters
    ----------
    open_
        The pairs that may be asked about.
    persons
        Whose records they are.
    most
        How many may be kept.
    """
    if len(open_.left) <= most:
        return Chosen(np.arange(len(open_.left)), 0, 0)
    left, right = persons.label[open_.left], persons.label[open_.right]
    two = packed(left, right)
    judged = np.isin(two, packed(persons.label[persons.judged[:, 0]], persons.label[persons.judged[:, 1]]))
    best = _likeliest(two, open_.probability)
    worth = open_.probability.astype(np.float64) * _change(persons, left, right)
    order = np.lexsort((-worth, ~best, judged))  # stable: of equals, the lowest records
    kept = np.zeros(len(order), dtype=bool)
    kept[order[:most]] = True
    unasked = np.setdiff1d(two[~kept & ~judged], two[kept])
    return Chosen(np.flatnonzero(kept), int((~kept).sum()), len(unasked))


def _likeliest(two: Longs, probability: Floats) -> Flags:
    """Mark the likeliest pair of each two people, the lowest of equals."""
    order = np.lexsort((-probability, two))
    found = np.zeros(len(two), dtype=bool)
    found[order[np.flatnonzero(np.diff(two[order], prepend=-1))]] = True
    return found


def _change(persons: Persons, left: Ints, right: Ints) -> Longs:
    """Count what *same* would change: the records of the smaller person, one person, pairs of lists with both."""
    size = np.bincount(persons.label)
    asked = np.unique(np.concatenate((left, right))).astype(np.int64)  # few of all: only their records are looked at
    among = np.zeros(len(size), dtype=bool)
    among[asked] = True
    own = among[persons.label]
    on = np.unique((persons.label[own].astype(np.int64) << 32) | persons.lists[own])
    starts = np.searchsorted(on, np.append(asked, len(size)) << 32)
    one, two = np.searchsorted(asked, left), np.searchsorted(asked, right)
    found: Longs = np.minimum(size[left], size[right]) + 1 + _overlaps(on & 0xFFFFFFFF, starts, one, two)
    return found


@numba.njit(cache=True)
def _overlaps(lists: Longs, starts: Longs, left: Longs, right: Longs) -> Longs:
    """Count the pairs of lists of which one has only the one person, and the other only the other.

    The lists of person p are ``lists[starts[p]:starts[p + 1]]``, rising.
    """
    found = np.empty(len(left), dtype=np.int64)
    for pair in range(len(left)):
        one, last_one = starts[left[pair]], starts[left[pair] + 1]
        two, last_two = starts[right[pair]], starts[right[pair] + 1]
        own, other, both = last_one - one, last_two - two, 0
        while one < last_one and two < last_two:
            if lists[one] == lists[two]:
                both += 1
                one += 1
                two += 1
            elif lists[one] < lists[two]:
                one += 1
            else:
                two += 1
        found[pair] = (own - both) * (other - both)
    return found
