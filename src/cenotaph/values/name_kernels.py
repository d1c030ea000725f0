"""The inner loops of the names, compiled with numba: tidying folded text, keying it, aligning two names.

Invariant: whole numbers only while aligning, so a score does not depend on the order of its two names. Costs are in
hundredths of one edit. Nothing here knows letters: it sees unit numbers and tables made from `letters.csv`. Import this
module late (inside a function): numba takes longer to load than the rest of the room.
"""

from __future__ import annotations

from typing import Any

import numba
import numpy as np

FAR = 1 << 20
SWAP = 70  # two neighbouring letters written in the other order
SWAPPABLE = 15
_SPACE, _APOSTROPHE, _END = 32, 39, 10

# The inner loops make no array, so they need not count who holds one: that counting takes 40 % of a comparison. A loop
# that does make one fails to compile. They let go of the interpreter, so threads may score parts side by side.
_UNALLOCATING: dict[str, Any] = {"cache": True, "nogil": True, "_nrt": False, "error_model": "numpy"}
unallocating = numba.njit(**_UNALLOCATING)
# Small functions stand in their callers: handed from one to the other, a bench of ten arrays is some ninety numbers,
# and moving them took half of a comparison. It is left to the machine-code stage; `_inlined` copies the source itself.
inlined = numba.njit(**_UNALLOCATING, forceinline=True)
_inlined = numba.njit(**_UNALLOCATING, inline="always")


@numba.njit(cache=True)
def tidy(points: Any) -> Any:
    """Leave single spaces between words, single apostrophes inside them, and every line end."""
    out = np.empty(len(points), dtype=np.uint32)
    size = 0
    gap = 0
    for point in points:
        if point in (_SPACE, _APOSTROPHE):
            gap = _SPACE if gap == _SPACE else point
            continue
        if gap and size and point != _END and out[size - 1] != _END:
            out[size] = gap
            size += 1
        gap = 0
        out[size] = point
        size += 1
    return out[:size]


@_inlined
def _first_row(letters: Any, start: int, size: int, drop: Any, side: int, scratch: Any) -> Any:
    """Lay out the units of the columns side by side and fill the row that leaves their letters out.

    Row 0 of `columns` holds the single units, row 1 their drop, row 2 how many longer units ended before each column;
    rows 3 to 5 hold the longer units: the column each starts after, the unit, its drop.
    """
    units, longer = letters
    grid, columns = scratch
    many = best = 0
    grid[0, 0] = 0
    for j in range(size):
        unit = units[0, start + j]
        columns[0, j], columns[1, j], columns[2, j] = unit, drop[side, unit], many
        best += columns[1, j]
        if longer[start + j]:
            for k in range(1, 4):
                unit = units[k, start + j]
                if unit >= 0 and j >= k:
                    columns[3, many], columns[4, many], columns[5, many] = j - k, unit, drop[side, unit]
                    best = min(best, grid[0, j - k] + columns[5, many])
                    many += 1
        grid[0, j + 1] = best
    columns[2, size] = many


@_inlined
def _seed_row(units: Any, at: int, i: int, cost: Any, drop: Any, side: int, scratch: Any, size: int) -> Any:
    """Begin row i with what the units of several letters that end there can reach."""
    grid, columns = scratch
    for j in range(size + 1):
        grid[i, j] = FAR
    for k in range(1, 4):
        unit = units[k, at]
        if unit < 0 or i <= k:
            continue
        before, left_out = i - k - 1, drop[side, np.uint32(unit)]
        grid[i, 0] = min(grid[i, 0], grid[before, 0] + left_out)
        for j in range(1, size + 1):
            best = min(grid[before, j] + left_out, grid[before, j - 1] + cost[np.uint32(unit), columns[0, j - 1]])
            for m in range(columns[2, j - 1], columns[2, j]):
                best = min(best, grid[before, columns[3, m]] + cost[np.uint32(unit), columns[4, m]])
            grid[i, j] = min(grid[i, j], best)


@_inlined
def _fill_row(i: int, x: int, x_before: int, seeded: Any, cost: Any, drop: int, scratch: Any, size: int) -> Any:
    """Fill row i by the letter x: left out, read as a letter, swapped with the one before, or read as a longer unit.

    First what comes from the rows above, no cell of which waits for its neighbour; then what comes from the left.
    """
    grid, columns = scratch
    last = FAR
    for j in range(size):
        here = cost[x, columns[0, j]]
        best = min(grid[i - 1, j + 1] + drop, grid[i - 1, j] + here)
        if last <= SWAPPABLE and x_before >= 0:
            best = min(best, grid[i - 2, j - 1] + last + cost[np.uint32(x_before), columns[0, j]] + SWAP)
        grid[i, j + 1] = min(best, grid[i, j + 1]) if seeded else best
        last = here
    best = min(grid[i - 1, 0] + drop, grid[i, 0]) if seeded else grid[i - 1, 0] + drop
    grid[i, 0] = best
    least, m = best, 0
    for j in range(size):
        best = min(best + columns[1, j], grid[i, j + 1])
        while m < columns[2, j + 1]:
            start = columns[3, m]
            best = min(best, min(grid[i - 1, start] + cost[x, columns[4, m]], grid[i, start] + columns[5, m]))
            m += 1
        grid[i, j + 1] = best
        least = min(least, best)
    return least


@unallocating
def align(letters: Any, left: Any, right: Any, costs: Any, scratch: Any, limit: int) -> Any:
    """Return the least cost of reading one run of letters as another, or `FAR` as soon as it must exceed `limit`.

    Parameters
    ----------
    letters : tuple of arrays
        Units that end at each letter, shape (4, letters), and whether any is longer than one letter.
    left, right : pair of int
        First and last + 1 letter of each side.
    costs : tuple
        The letter table: cost of two units, drop of one; which row of `drop` serves the left and the right side (the
        script of the other side decides).
    scratch : tuple of arrays of int32
        A grid of at least letters + 1 each way, and the columns, shape (6, at least 3 * letters).
    limit : int
        The cost beyond which the two are simply different.
    """
    units, longer = letters
    cost, drop, side, other = costs
    size = right[1] - right[0]
    _first_row(letters, right[0], size, drop, other, scratch)
    least_1 = least_2 = least_3 = 0
    x_before = np.int64(-1)
    for i in range(1, left[1] - left[0] + 1):
        at = left[0] + i - 1
        x = np.uint32(units[0, at])
        if longer[at]:
            _seed_row(units, at, i, cost, drop, side, scratch, size)
        least = _fill_row(i, x, x_before, longer[at], cost, drop[side, x], scratch, size)
        if min(min(least, least_1), min(least_2, least_3)) > limit:
            return FAR
        least_1, least_2, least_3 = least, least_1, least_2
        x_before = np.int64(x)
    return min(scratch[0][left[1] - left[0], size], FAR)
