"""How alike two names are, compiled: the whole names aligned, their words assigned, the better of the two.

Invariant: symmetric; a name against itself scores 1; a name with no form scores 0 against everything, itself too. Like
`name_kernels` this is imported late, because numba loads slowly.
"""

from __future__ import annotations

from typing import Any

import numba
import numpy as np

from cenotaph.values.name_kernels import FAR, inlined, unallocating
from cenotaph.values.name_words import (
    A_LOST_CONSONANT,
    JOINED,
    LEAST_WHOLE,
    TURNED,
    apart,
    compare_words,
    join,
    limit_of,
    load,
    spent_on,
)

_MOST_WORDS = 8  # as in name_table
_GRID = 100  # letters of a form, and room
_MANY_PAIRS = 4096
_MEMORY = 1 << 18

_INITIAL_WEIGHT = 60  # what an initial counts, where a word counts its size
_REORDERED = 0.985
_OUT_OF_PLACE = 1e-6  # of two pairings worth the same, the one that keeps the order
_LEFT_OVER = 0.12  # how much a word counts that only one of the names has
_OTHER_SUFFIX = 0.93

# Places in `facts`, what a pairing of words left: the size of all words, the cost of those with a counterpart, whether
# they stand in order, the least alike; and for each side of the words without one the weight, how many, the last, a
# well known name, the consonants.
_SIZES, _SPENT, _IN_ORDER, _WORST = range(4)
_LONE, _LONE_WORDS, _LONE_AT, _LONE_KNOWN, _LONE_LETTERS = 4, 6, 8, 10, 12
_FACTS = 14


@inlined
def _pair_weight(left: Any, i: int, right: Any, j: int) -> Any:
    if left[i, 4] or right[j, 4]:
        return _INITIAL_WEIGHT
    return 0.5 * (left[i, 3] + right[j, 3])


@inlined
def _first_choice(n: int, m: int, left: Any, right: Any, work: Any) -> Any:
    """Give every word the word it is most like; false when two want the same one."""
    alike, pairs = work[1], work[7]
    taken = 0
    for i in range(n):
        pairs[i] = -1
        most = 0.0
        for j in range(m):
            worth = alike[i, j] * _pair_weight(left, i, right, j) if alike[i, j] > 0 else 0.0
            if worth > most:
                most = worth
                pairs[i] = j
        if pairs[i] >= 0:
            if (taken >> pairs[i]) & 1:
                return False
            taken |= 1 << pairs[i]
    return True


@inlined
def _take_word(i: int, m: int, left: Any, right: Any, work: Any) -> Any:
    """Extend the best pairings of the words before i by leaving word i alone or giving it a word still free."""
    alike, best, choice = work[1], work[2], work[3]
    for taken in range(1 << m):
        best[i + 1, taken] = best[i, taken]
        choice[i + 1, taken] = -1
    for j in range(m):
        if alike[i, j] > 0:
            worth, bit = alike[i, j] * _pair_weight(left, i, right, j) - _OUT_OF_PLACE * abs(i - j), 1 << j
            for taken in range(1 << m):
                if best[i, taken] >= 0 and not taken & bit and best[i, taken] + worth > best[i + 1, taken | bit]:
                    best[i + 1, taken | bit] = best[i, taken] + worth
                    choice[i + 1, taken | bit] = j


@unallocating
def _best_choice(n: int, m: int, left: Any, right: Any, work: Any) -> Any:
    """Pair words so that the weighted likeness is greatest, by the sets of words already taken."""
    best, choice, pairs = work[2], work[3], work[7]
    full = 1 << m
    for taken in range(full):
        best[0, taken] = -1.0
    best[0, 0] = 0.0
    for i in range(n):
        _take_word(i, m, left, right, work)
    taken = 0
    for other in range(1, full):
        if best[n, other] > best[n, taken]:
            taken = other
    for i in range(n, 0, -1):
        pairs[i - 1] = choice[i, taken]
        if pairs[i - 1] >= 0:
            taken &= ~(1 << pairs[i - 1])


@inlined
def _leave_out(word: Any, at: int, side: int, facts: Any) -> Any:
    """Note a word that has no like."""
    facts[_LONE + side] += _INITIAL_WEIGHT if word[at, 4] else word[at, 3]
    facts[_LONE_WORDS + side] += 1
    facts[_LONE_AT + side] = at
    facts[_LONE_KNOWN + side] = max(facts[_LONE_KNOWN + side], word[at, 8])
    facts[_LONE_LETTERS + side] = int(facts[_LONE_LETTERS + side]) | word[at, 6]
    facts[_SIZES] += word[at, 2]


@inlined
def _weigh(n: int, m: int, left: Any, right: Any, work: Any, facts: Any) -> Any:
    """Return the score of a pairing: likeness by weight; words that have no like count, less so on one side only."""
    alike, pairs = work[1], work[7]
    facts[:] = 0
    worth = total = 0.0
    used, last = 0, -1
    ordered = facts[_WORST] = 1.0
    for i in range(n):
        j = pairs[i]
        if j < 0:
            _leave_out(left, i, 0, facts)
            continue
        weight = _pair_weight(left, i, right, j)
        worth += alike[i, j] * weight
        facts[_WORST] = min(facts[_WORST], alike[i, j])
        total += weight
        facts[_SIZES] += left[i, 2] + right[j, 2]
        facts[_SPENT] += 0.5 * (1.0 - alike[i, j]) * (left[i, 2] + right[j, 2])
        if j < last or left[i, 7] == TURNED or right[j, 7] == TURNED:
            ordered = _REORDERED
        last = j
        used |= 1 << j
    for j in range(m):
        if not (used >> j) & 1:
            _leave_out(right, j, 1, facts)
    differ = min(facts[_LONE], facts[_LONE + 1])
    spare = max(facts[_LONE], facts[_LONE + 1]) - differ
    facts[_IN_ORDER] = ordered == 1.0
    return ordered * worth / max(1.0, total + differ + _LEFT_OVER * spare)


@inlined
def _paired(letters: Any, n: int, m: int, table: Any, tables: Any, work: Any) -> Any:
    """Pair the words of two forms, after joining words that the other writes as one; return how many are left."""
    left, right = work[4], work[5]
    back = (tables[0], tables[1], tables[3], tables[2])
    compare_words(letters, left, n, right, m, table[4], tables, work)
    fewer = join(letters, left, n, right, m, work[1], tables, work)
    if fewer < n:
        n = fewer
        compare_words(letters, left, n, right, m, table[4], tables, work)
    less = join(letters, right, m, left, n, work[1].T, back, work)
    if less < m:
        m = less
        compare_words(letters, left, n, right, m, table[4], tables, work)
    if not _first_choice(n, m, left, right, work):
        _best_choice(n, m, left, right, work)
    return n, m


@inlined
def paired(letters: Any, form_a: Any, form_b: Any, table: Any, tables: Any, work: Any) -> Any:
    """Load two forms that `placed` put in order, and pair their words; return how many words each has then."""
    n, m = load(form_a, table, work[4]), load(form_b, table, work[5])
    return _paired(letters, n, m, table, tables, work)


@inlined
def placed(letters: Any, form_a: Any, form_b: Any, table: Any, tables: Any) -> Any:
    """Return two forms in one order, whichever was asked first, with the tables for them."""
    if _comes_first(letters[0], table[0], table[8], form_a, form_b):
        return form_a, form_b, tables
    return form_b, form_a, (tables[0], tables[1], tables[3], tables[2])


@inlined
def _words_score(letters: Any, n: int, m: int, table: Any, tables: Any, work: Any, facts: Any) -> Any:
    """Score the best pairing of the words of two forms."""
    n, m = _paired(letters, n, m, table, tables, work)
    return _weigh(n, m, work[4], work[5], work, facts)


@inlined
def _comes_first(units: Any, starts: Any, ends: Any, form_a: Any, form_b: Any) -> Any:
    """Put two forms in one order, whichever was asked first, so that every sum is made the same way."""
    first, second = starts[form_a[0]], starts[form_b[0]]
    size, other = ends[form_a[1] - 1] - first, ends[form_b[1] - 1] - second
    for at in range(min(size, other)):
        if units[0, first + at] != units[0, second + at]:
            return units[0, first + at] < units[0, second + at]
    return size < other or (size == other and form_a[1] - form_a[0] <= form_b[1] - form_b[0])


@inlined
def _whole(
    letters: Any, left: Any, n: int, right: Any, m: int, least: float, tables: Any, work: Any, facts: Any
) -> Any:
    """Return the likeness of two whole names if it is at least `least`, else 0, aligning no letter twice.

    Words in the same order that have a counterpart are aligned already. If one word is left on each side, at the same
    place, only these two remain to be read; if words are left on one side only, they are what the whole name costs;
    if more are left on both, spaces may stand elsewhere and every letter is aligned.
    """
    if facts[_LONE_KNOWN] > 0 and facts[_LONE_KNOWN + 1] > 0:
        return 0.0
    here, there = facts[_LONE_WORDS], facts[_LONE_WORDS + 1]
    placed = facts[_WORST] >= JOINED
    if placed and here == there == 0:
        return 1.0 - 2.0 * facts[_SPENT] / max(1.0, facts[_SIZES])
    if not placed or here != 1 or there != 1:
        limit = limit_of(left[n, 2] + right[m, 2], least)
        if placed and A_LOST_CONSONANT * apart(int(facts[_LONE_LETTERS]), int(facts[_LONE_LETTERS + 1])) > limit:
            return 0.0
        spent = spent_on(letters, left, n, right, m, limit, A_LOST_CONSONANT, tables, work)
        return 0.0 if spent == FAR else 1.0 - 2.0 * spent / max(1, left[n, 2] + right[m, 2])
    i, j = int(facts[_LONE_AT]), int(facts[_LONE_AT + 1])
    if i != j or facts[_IN_ORDER] == 0 or left[i, 4] or right[j, 4]:
        return 0.0
    limit = limit_of(facts[_SIZES], least) - int(facts[_SPENT])
    spent = spent_on(letters, left, i, right, j, limit, A_LOST_CONSONANT, tables, work)
    return 0.0 if spent == FAR else 1.0 - 2.0 * (facts[_SPENT] + spent) / max(1.0, facts[_SIZES])


@inlined
def _forms_score(letters: Any, form_a: Any, form_b: Any, table: Any, tables: Any, work: Any, facts: Any) -> Any:
    """Score one form against another: the better of the whole names and their words."""
    left, right = work[4], work[5]
    form_a, form_b, tables = placed(letters, form_a, form_b, table, tables)
    n, m = load(form_a, table, left), load(form_b, table, right)
    said = _words_score(letters, n, m, table, tables, work, facts)
    return max(said, _whole(letters, left, n, right, m, max(said, LEAST_WHOLE), tables, work, facts))


@numba.njit(cache=True)
def workbench(pairs: int) -> Any:
    """Lay out the scratch arrays of one call; a memory of word pairs pays only when there are many pairs of names."""
    memory = 0 if pairs < _MANY_PAIRS else _MEMORY
    words = np.zeros((_MOST_WORDS + 1, 10), np.int32)
    return (
        (np.zeros((_GRID, _GRID), np.int32), np.zeros((6, 3 * _GRID), np.uint32)),
        np.zeros((_MOST_WORDS, _MOST_WORDS)),
        np.zeros((_MOST_WORDS + 1, 1 << _MOST_WORDS)),
        np.zeros((_MOST_WORDS + 1, 1 << _MOST_WORDS), np.int64),
        words,
        words.copy(),
        words[:1].copy(),
        np.zeros(_MOST_WORDS, np.int64),
        np.full(memory, -1, np.int64),
        np.zeros(_MOST_WORDS, np.int64),
    )


def score_pairs(names: Any, letters: Any, words: Any, costs: Any, left: Any, right: Any) -> Any:
    """Score every pair of names given by number: the best of their forms, less for another suffix (Jr., III)."""
    out = np.zeros(len(left), dtype=np.float32)
    _score_into(out, names, letters, words, costs, (left, right), (workbench(len(left)), np.zeros(_FACTS)))
    return out


@unallocating
def _score_into(out: Any, names: Any, letters: Any, words: Any, costs: Any, pairs: Any, bench: Any) -> Any:
    forms, starts, abjad, suffixes = names
    left, right = pairs
    work, facts = bench
    for at in range(len(left)):
        one, other = left[at], right[at]
        score = 0.0
        for x in range(forms[one], forms[one + 1]):
            for y in range(forms[other], forms[other + 1]):
                tables = (costs[0], costs[1], abjad[y], abjad[x])
                here, there = (starts[x], starts[x + 1]), (starts[y], starts[y + 1])
                score = max(score, _forms_score(letters, here, there, words, tables, work, facts))
        if suffixes[one] and suffixes[other] and suffixes[one] != suffixes[other]:
            score *= _OTHER_SUFFIX
        out[at] = score
