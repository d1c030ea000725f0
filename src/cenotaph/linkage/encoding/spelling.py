"""How alike two texts are spelt (telephone numbers, trades, identity numbers): letters, not sounds.

Invariant: symmetric; two texts are alike when no more than one letter in five must be changed, left out, put in or
swapped with its neighbour.
"""

from __future__ import annotations

from dataclasses import dataclass

import numba
import numpy as np
import numpy.typing as npt

from cenotaph.linkage.encoding.encode import Ints, Longs

Points = npt.NDArray[np.uint32]
Masks = npt.NDArray[np.uint64]
_END = 10
_LETTERS_A_SLIP = 5
_MOST_LETTERS = 64


@dataclass(frozen=True, slots=True)
class Spelling:
    """Folded texts side by side: text t is ``points[starts[t]:starts[t + 1]]``, its letters as a set in ``masks``."""

    points: Points
    starts: Longs
    masks: Masks


def spell(lines: Points, chosen: Longs) -> Spelling:
    """Return the spelling of chosen lines."""
    ends = np.flatnonzero(lines == _END)
    starts = np.concatenate(([0], ends[:-1] + 1)) if len(ends) else np.empty(0, np.int64)
    return Spelling(*_spelt(lines, starts[chosen], ends[chosen]))


@numba.njit(cache=True)
def _spelt(lines: Points, first: Longs, last: Longs) -> tuple[Points, Longs, Masks]:
    starts = np.zeros(len(first) + 1, dtype=np.int64)
    for text in range(len(first)):
        starts[text + 1] = starts[text] + min(_MOST_LETTERS, last[text] - first[text])
    points, masks = np.empty(starts[-1], dtype=np.uint32), np.zeros(len(first), dtype=np.uint64)
    for text in range(len(first)):
        for place in range(starts[text + 1] - starts[text]):
            point = lines[first[text] + place]
            points[starts[text] + place] = point
            masks[text] |= np.uint64(1) << (np.uint64(point) & np.uint64(63))
    return points, starts, masks


@numba.njit(cache=True)
def levels(a: Ints, b: Ints, points: Points, starts: Longs, masks: Masks) -> npt.NDArray[np.uint8]:
    """Return the levels of pairs of texts, missing on a side (-1), the same, alike, different: 0, 1, 2, 3."""
    out = np.empty(len(a), dtype=np.uint8)
    rows = np.empty((3, _MOST_LETTERS + 1), dtype=np.int32)
    for pair in range(len(a)):
        x, y = a[pair], b[pair]
        if x < 0 or y < 0:
            out[pair] = 0
        elif x == y:
            out[pair] = 1
        else:
            out[pair] = (
                2
                if _alike(points, (starts[x], starts[x + 1]), (starts[y], starts[y + 1]), (masks[x], masks[y]), rows)
                else 3
            )
    return out


@numba.njit(cache=True)
def one_slip(a: Ints, b: Ints, points: Points, starts: Longs, masks: Masks) -> npt.NDArray[np.bool_]:
    """Mark the pairs of texts that differ by one letter changed, left out, put in or swapped with its neighbour."""
    out = np.empty(len(a), dtype=np.bool_)
    for pair in range(len(a)):
        x, y = a[pair], b[pair]
        differ = masks[x] ^ masks[y]
        differ &= differ - np.uint64(differ > 0)
        differ &= differ - np.uint64(differ > 0)
        out[pair] = differ == 0 and _by_one(points, (starts[x], starts[x + 1]), (starts[y], starts[y + 1]))
    return out


@numba.njit(cache=True)
def _by_one(points: Points, left: tuple[int, int], right: tuple[int, int]) -> bool:
    """Walk over what two texts share at their beginnings and at their ends, and look at what is left."""
    (one, end), (two, last) = left, right
    while one < end and two < last and points[one] == points[two]:
        one, two = one + 1, two + 1
    while end > one and last > two and points[end - 1] == points[last - 1]:
        end, last = end - 1, last - 1
    if max(end - one, last - two) <= 1:
        return True
    swapped = end - one == 2 and last - two == 2
    return swapped and points[one] == points[last - 1] and points[end - 1] == points[two]


@numba.njit(cache=True)
def _alike(points: Points, left: tuple[int, int], right: tuple[int, int], masks: tuple[int, int], rows: Ints) -> bool:
    size, other = left[1] - left[0], right[1] - right[0]
    slips = max(size, other) // _LETTERS_A_SLIP
    differ = np.uint64(masks[0] ^ masks[1])
    count = abs(size - other) if abs(size - other) > slips else 0
    while differ and count <= 2 * slips:  # a slip changes at most two of the letters that occur
        differ &= differ - np.uint64(1)
        count += 1
    if abs(size - other) > slips or count > 2 * slips:
        return False
    return _slips(points, left, right, rows) <= slips


@numba.njit(cache=True)
def _slips(points: Points, left: tuple[int, int], right: tuple[int, int], rows: Ints) -> int:
    """Count the letters changed, left out, put in, or swapped with their neighbour."""
    size = right[1] - right[0]
    for column in range(size + 1):
        rows[0, column] = column
    for row in range(1, left[1] - left[0] + 1):
        here, above, before = rows[row % 3], rows[(row - 1) % 3], rows[(row - 2) % 3]
        letter = points[left[0] + row - 1]
        here[0] = row
        for column in range(1, size + 1):
            other = points[right[0] + column - 1]
            best = min(min(above[column], here[column - 1]) + 1, above[column - 1] + (letter != other))
            if (
                row > 1
                and column > 1
                and points[left[0] + row - 2] == other
                and letter == points[right[0] + column - 2]
            ):
                best = min(best, before[column - 2] + 1)
            here[column] = best
    return int(rows[(left[1] - left[0]) % 3, size])
