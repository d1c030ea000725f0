"""The inner loops of the names, compiled with numba: tidying folded text, keying it, aligning two names.

Invariant: whole numbers only while aligning, so a score does not depend on the order of its two names. Costs are in
hundredths of one edit. Nothing here knows letters: it sees unit numbers and tables made from `letters.csv`. Import this
module late (inside a function): numba takes longer to load than the rest of the room.
"""

from __future__ import annotations

import numba
import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.uint32]

_SPACE, _APOSTROPHE, _END = 32, 39, 10


@numba.njit(cache=True)
def tidy(points: Points) -> Points:
    """Leave single spaces between words, single apostrophes inside them, and every line end."""
    out = np.empty(len(points), dtype=np.uint32)
    size = 0
    gap = 0
    for point in points:
        if point == _SPACE or point == _APOSTROPHE:
            gap = _SPACE if gap == _SPACE else point
            continue
        if gap and size and point != _END and out[size - 1] != _END:
            out[size] = gap
            size += 1
        gap = 0
        out[size] = point
        size += 1
    return out[:size]


@numba.njit(cache=True, inline="always")
def _span(units, end, length):
    return units[end - 1, length - 1] if end >= length else -1


@numba.njit(cache=True)
def align(ua, a0, a1, ub, b0, b1, cost, drop_a, drop_b, grid):
    """Return the least cost of turning letters a0..a1 of one name into letters b0..b1 of another."""
    na, nb = a1 - a0, b1 - b0
    grid[0, 0] = 0
    for j in range(1, nb + 1):
        best = grid[0, j - 1] + drop_b[ub[b0 + j - 1, 0]]
        for l in range(2, min(j, 4) + 1):
            y = ub[b0 + j - 1, l - 1]
            if y >= 0:
                best = min(best, grid[0, j - l] + drop_b[y])
        grid[0, j] = best
    for i in range(1, na + 1):
        x1 = ua[a0 + i - 1, 0]
        x2 = ua[a0 + i - 1, 1] if i >= 2 else -1
        x3 = ua[a0 + i - 1, 2] if i >= 3 else -1
        x4 = ua[a0 + i - 1, 3] if i >= 4 else -1
        da = drop_a[x1]
        best = grid[i - 1, 0] + da
        if x2 >= 0:
            best = min(best, grid[i - 2, 0] + drop_a[x2])
        if x3 >= 0:
            best = min(best, grid[i - 3, 0] + drop_a[x3])
        if x4 >= 0:
            best = min(best, grid[i - 4, 0] + drop_a[x4])
        grid[i, 0] = best
        for j in range(1, nb + 1):
            y1 = ub[b0 + j - 1, 0]
            best = min(grid[i - 1, j] + da, grid[i, j - 1] + drop_b[y1])
            best = min(best, grid[i - 1, j - 1] + cost[x1, y1])
            if x2 >= 0:
                best = min(best, grid[i - 2, j - 1] + cost[x2, y1])
                best = min(best, grid[i - 2, j] + drop_a[x2])
                if x3 >= 0:
                    best = min(best, grid[i - 3, j - 1] + cost[x3, y1])
                if x4 >= 0:
                    best = min(best, grid[i - 4, j - 1] + cost[x4, y1])
            elif x3 >= 0:
                best = min(best, grid[i - 3, j - 1] + cost[x3, y1])
            y2 = ub[b0 + j - 1, 1]
            if j >= 2 and y2 >= 0:
                best = min(best, grid[i - 1, j - 2] + cost[x1, y2])
                best = min(best, grid[i, j - 2] + drop_b[y2])
                if x2 >= 0:
                    best = min(best, grid[i - 2, j - 2] + cost[x2, y2])
                if x3 >= 0:
                    best = min(best, grid[i - 3, j - 2] + cost[x3, y2])
            y3 = ub[b0 + j - 1, 2]
            if j >= 3 and y3 >= 0:
                best = min(best, grid[i - 1, j - 3] + cost[x1, y3])
                if x2 >= 0:
                    best = min(best, grid[i - 2, j - 3] + cost[x2, y3])
                if x3 >= 0:
                    best = min(best, grid[i - 3, j - 3] + cost[x3, y3])
            y4 = ub[b0 + j - 1, 3]
            if j >= 4 and y4 >= 0:
                best = min(best, grid[i - 1, j - 4] + cost[x1, y4])
                if x2 >= 0:
                    best = min(best, grid[i - 2, j - 4] + cost[x2, y4])
                if x3 >= 0:
                    best = min(best, grid[i - 3, j - 4] + cost[x3, y4])
            if i >= 2 and j >= 2:
                swapped = cost[x1, ub[b0 + j - 2, 0]] + cost[ua[a0 + i - 2, 0], y1]
                best = min(best, grid[i - 2, j - 2] + swapped + 70)
            grid[i, j] = best
    return grid[na, nb]
