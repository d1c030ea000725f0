"""How alike two names are, compiled: the whole names aligned, their words assigned, the better of the two.

Invariant: symmetric; a name against itself scores 1; a name with no form scores 0 against everything, itself too. Like
`name_kernels` this is imported late, because numba loads slowly.
"""

from __future__ import annotations

from typing import Any

import numba
import numpy as np

from cenotaph.values.name_kernels import align

_INITIAL_SIZE = 60
_NICKNAME = 0.9
_REORDERED = 0.985
_TOKENWISE = 0.99
_LEFT_OVER = 0.3
_OTHER_SUFFIX = 0.93
_GRID = 100


@numba.njit(cache=True)
def _share_nickname(nicknames: Any, left: int, right: int) -> bool:
    for x in range(3):
        for y in range(3):
            if nicknames[left, x] > 0 and nicknames[left, x] == nicknames[right, y]:
                return True
    return False


@numba.njit(cache=True)
def _word_scores(table: Any, left: int, right: int, tables: Any, grid: Any, alike: Any, weight: Any) -> None:
    """Fill `alike` and `weight` for every word of one form against every word of another."""
    letters, units, sizes, weights, kinds, nicknames = table
    cost, drop_left, drop_right = tables
    for i in range(left[0], left[1]):
        for j in range(right[0], right[1]):
            a0, a1, b0, b1 = letters[i], letters[i + 1], letters[j], letters[j + 1]
            at, to = i - left[0], j - right[0]
            if kinds[i] or kinds[j]:
                near = cost[units[a0, 0], units[b0, 0]]
                alike[at, to] = 1.0 if near <= 12 else 0.0
                weight[at, to] = _INITIAL_SIZE
                continue
            spent = align(units, a0, a1, units, b0, b1, cost, drop_left, drop_right, grid)
            alike[at, to] = max(0.0, 1.0 - 2.0 * spent / max(1, sizes[i] + sizes[j]))
            weight[at, to] = 0.5 * (weights[i] + weights[j])
            if alike[at, to] < _NICKNAME and _share_nickname(nicknames, i, j):
                alike[at, to] = _NICKNAME


@numba.njit(cache=True)
def _assign(rows: int, columns: int, alike: Any, weight: Any, best: Any, choice: Any) -> float:
    """Give every row its own column so that the weighted likeness is greatest; rows <= columns <= 8."""
    full = 1 << columns
    best[0, :full] = -1.0
    best[0, 0] = 0.0
    for row in range(rows):
        best[row + 1, :full] = -1.0
        for taken in range(full):
            if best[row, taken] < 0:
                continue
            for column in range(columns):
                if not taken >> column & 1:
                    worth = best[row, taken] + alike[row, column] * weight[row, column]
                    now = taken | 1 << column
                    if worth > best[row + 1, now]:
                        best[row + 1, now] = worth
                        choice[row + 1, now] = column
    last = 0
    for taken in range(full):
        if best[rows, taken] > best[rows, last]:
            last = taken
    return last


@numba.njit(cache=True)
def _paired(rows: int, columns: int, taken: int, choice: Any, pairs: Any) -> None:
    """Read the chosen column of each row back from the table of choices."""
    for row in range(rows, 0, -1):
        pairs[row - 1] = choice[row, taken]
        taken &= ~(1 << pairs[row - 1])


@numba.njit(cache=True)
def _words_score(table: Any, left: Any, right: Any, tables: Any, work: Any) -> float:
    """Score the best assignment of the words of two forms; the form with fewer words is `left`."""
    grid, alike, weight, best, choice, pairs = work
    rows, columns = left[1] - left[0], right[1] - right[0]
    _word_scores(table, left, right, tables, grid, alike, weight)
    _paired(rows, columns, _assign(rows, columns, alike, weight, best, choice), choice, pairs)
    worth = total = 0.0
    used = 0
    ordered = True
    for row in range(rows):
        worth += alike[row, pairs[row]] * weight[row, pairs[row]]
        total += weight[row, pairs[row]]
        used |= 1 << pairs[row]
        ordered = ordered and (row == 0 or pairs[row] > pairs[row - 1])
    for column in range(columns):
        if not used >> column & 1:
            total += _LEFT_OVER * table[3][right[0] + column]
    return (1.0 if ordered else _REORDERED) * worth / max(1.0, total)


@numba.njit(cache=True)
def _forms_score(table: Any, left: Any, right: Any, tables: Any, work: Any) -> float:
    """Score one form against another: the better of the whole names and their words."""
    letters, units, sizes = table[0], table[1], table[2]
    spent = align(units, letters[left[0]], letters[left[1]], units, letters[right[0]], letters[right[1]],
                  tables[0], tables[1], tables[2], work[0])
    size = sizes[left[0] : left[1]].sum() + sizes[right[0] : right[1]].sum()
    whole = max(0.0, 1.0 - 2.0 * spent / max(1, size))
    if whole >= _TOKENWISE or left[1] - left[0] + right[1] - right[0] == 2 and not table[5][left[0], 0]:
        return whole
    if left[1] - left[0] <= right[1] - right[0]:
        return max(whole, _TOKENWISE * _words_score(table, left, right, tables, work))
    swapped = (tables[0], tables[2], tables[1])
    return max(whole, _TOKENWISE * _words_score(table, right, left, swapped, work))


@numba.njit(cache=True)
def score_pairs(forms: Any, words: Any, table: Any, facts: Any, tables: Any, left: Any, right: Any) -> Any:
    """Score every pair of names given by number: the best of their forms, less for another suffix (Jr., III)."""
    abjad, suffixes = facts
    cost, drop = tables
    out = np.zeros(len(left), dtype=np.float32)
    work = (np.zeros((_GRID, _GRID), np.int32), np.zeros((8, 8)), np.zeros((8, 8)), np.zeros((9, 256)),
            np.zeros((9, 256), np.int64), np.zeros(8, np.int64))
    for at in range(len(left)):
        one, other = left[at], right[at]
        score = 0.0
        for x in range(forms[one], forms[one + 1]):
            for y in range(forms[other], forms[other + 1]):
                costs = (cost, drop[abjad[y]], drop[abjad[x]])
                span_x, span_y = (words[x], words[x + 1]), (words[y], words[y + 1])
                score = max(score, _forms_score(table, span_x, span_y, costs, work))
        if suffixes[one] and suffixes[other] and suffixes[one] != suffixes[other]:
            score *= _OTHER_SUFFIX
        out[at] = score
    return out
