"""How alike two names are, compiled: the whole names aligned, their words assigned, the better of the two.

Invariant: symmetric; a name against itself scores 1; a name with no form scores 0 against everything, itself too. Like
`name_kernels` this is imported late, because numba loads slowly.
"""

from __future__ import annotations

from typing import Any

import numba
import numpy as np

from cenotaph.values.name_kernels import align

_MOST_WORDS = 8
_GRID = 100
_SAME_FIRST_LETTER = 12
_INITIAL_WEIGHT = 60
_NICKNAME = 0.9
_REORDERED = 0.985
_WORDWISE = 0.99
_LEFT_OVER = 0.12
_OTHER_SUFFIX = 0.93
_LEAST_WHOLE = 0.6
_LEAST_WORD = 0.6
_JOINED = 0.8
_CLEAR = 0.9
_KNOWN = 0.97
_A_LOST_CONSONANT = 110
_A_CONSONANT = 80  # the least that a consonant without any counterpart costs


@numba.njit(cache=True)
def _apart(left: int, right: int) -> int:
    """Count the consonants, of the fuller side, that the other name does not have at all."""
    here, there = left & ~right, right & ~left
    count_here = count_there = 0
    while here:
        here &= here - 1
        count_here += 1
    while there:
        there &= there - 1
        count_there += 1
    return max(count_here, count_there)


@numba.njit(cache=True)
def _likeness(letters: Any, one: Any, at: int, other: Any, to: int, least: float, apart: int, tables: Any, scratch: Any) -> float:
    """Return 1 for the same sounds down to `least`, and 0 for anything less alike."""
    sizes = one[at, 2] + other[to, 2]
    limit = int((1.0 - least) * 0.5 * sizes)
    if apart * _apart(one[at, 6], other[to, 6]) > limit:
        return 0.0
    spent = align(letters, (one[at, 0], one[at, 1]), (other[to, 0], other[to, 1]), tables, scratch, limit)
    return 0.0 if spent > limit else 1.0 - 2.0 * spent / max(1, sizes)


@numba.njit(cache=True)
def _load(form: Any, table: Any, side: Any) -> int:
    """Copy the words of a form to a small array, and after them the whole form as one word; return how many.

    Columns: first letter, end, size, weight, initial, word, set of consonants, distinct word, known name.
    """
    starts, sizes, weights, initials, consonants, numbers = table[0], table[1], table[2], table[3], table[5], table[6]
    known = table[7]
    count = form[1] - form[0]
    side[count, 0], side[count, 1], side[count, 2], side[count, 6] = starts[form[0]], starts[form[1]], 0, 0
    for at in range(count):
        word = form[0] + at
        side[at, 0], side[at, 1] = starts[word], starts[word + 1]
        side[at, 2], side[at, 3] = sizes[word], weights[word]
        side[at, 4], side[at, 5], side[at, 6] = initials[word], word, consonants[word]
        side[at, 7], side[at, 8] = numbers[word], known[word]
        side[count, 2] += sizes[word]
        side[count, 6] |= consonants[word]
    return count


@numba.njit(cache=True)
def _share_nickname(nicknames: Any, left: int, right: int) -> bool:
    for x in range(3):
        for y in range(3):
            if nicknames[left, x] > 0 and nicknames[left, x] == nicknames[right, y]:
                return True
    return False


@numba.njit(cache=True)
def _remembered(letters: Any, left: Any, i: int, right: Any, j: int, tables: Any, work: Any) -> float:
    """Return the likeness of two words, remembering it: most pairs of names share a pair of words with another."""
    known, values = work[8], work[9]
    if left[i, 7] < 0 or right[j, 7] < 0 or len(known) == 0:
        return _likeness(letters, left, i, right, j, _LEAST_WORD, _A_CONSONANT, tables, work[0])
    key = (np.int64(left[i, 7]) << 33) | (np.int64(right[j, 7]) << 2) | (2 * tables[2] + tables[3])
    slot = ((key >> 33) * 40503 + (key & 0x1FFFFFFFF)) & (len(known) - 1)
    if known[slot] != key:
        values[slot] = _likeness(letters, left, i, right, j, _LEAST_WORD, _A_CONSONANT, tables, work[0])
        known[slot] = key
    return float(values[slot])


@numba.njit(cache=True)
def _compare_words(letters: Any, left: Any, n: int, right: Any, m: int, nicknames: Any, tables: Any, work: Any) -> None:
    """Fill the likeness of every word to every word; an initial is like any word that begins with it."""
    alike = work[1]
    for i in range(n):
        for j in range(m):
            if left[i, 4] or right[j, 4]:
                near = tables[0][letters[0][0, left[i, 0]], letters[0][0, right[j, 0]]]
                alike[i, j] = 1.0 if near <= _SAME_FIRST_LETTER else 0.0
                continue
            if left[i, 8] and right[j, 8] and left[i, 8] != right[j, 8]:
                alike[i, j] = 0.0
                continue
            alike[i, j] = _remembered(letters, left, i, right, j, tables, work)
            if left[i, 8] and left[i, 8] == right[j, 8]:
                alike[i, j] = max(alike[i, j], _KNOWN)
            if alike[i, j] < _NICKNAME and nicknames[left[i, 5], 0]:
                if _share_nickname(nicknames, left[i, 5], right[j, 5]):
                    alike[i, j] = _NICKNAME


@numba.njit(cache=True)
def _unmatched(alike: Any, at: int, size: int, by_row: bool) -> bool:
    for to in range(size):
        if (alike[at, to] if by_row else alike[to, at]) >= _JOINED:
            return False
    return True


@numba.njit(cache=True)
def _add_word(many: Any, at: int, after: int, joined: Any) -> None:
    for column in range(9):
        joined[0, column] = many[at, column]
    joined[0, 1] = many[after, 1]
    joined[0, 2] += many[after, 2]
    joined[0, 3] += many[after, 3]
    joined[0, 6] |= many[after, 6]
    joined[0, 7] = -1
    joined[0, 8] = 0


@numba.njit(cache=True)
def _close_up(many: Any, at: int, n: int, joined: Any) -> None:
    for column in range(9):
        many[at, column] = joined[0, column]
        for rest in range(at + 1, n - 1):
            many[rest, column] = many[rest + 1, column]


@numba.njit(cache=True)
def _join(letters: Any, many: Any, n: int, few: Any, m: int, by_row: bool, tables: Any, work: Any) -> int:
    """Write neighbouring unmatched words as one where the other name has them as one; return how many words are left."""
    scratch, alike, joined = work[0], work[1], work[6]
    for at in range(n - 2, -1, -1):
        if many[at, 4] or many[at + 1, 4]:
            continue
        if not (_unmatched(alike, at, m, by_row) and _unmatched(alike, at + 1, m, by_row)):
            continue
        _add_word(many, at, at + 1, joined)
        for j in range(m):
            if not few[j, 4] and _likeness(letters, joined, 0, few, j, _JOINED, _A_CONSONANT, tables, scratch) > 0:
                _close_up(many, at, n, joined)
                n -= 1
                break
    return n


@numba.njit(cache=True)
def _pair_weight(left: Any, i: int, right: Any, j: int) -> float:
    if left[i, 4] or right[j, 4]:
        return _INITIAL_WEIGHT
    return 0.5 * (left[i, 3] + right[j, 3])


@numba.njit(cache=True)
def _first_choice(n: int, m: int, left: Any, right: Any, work: Any) -> bool:
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


@numba.njit(cache=True)
def _best_choice(n: int, m: int, left: Any, right: Any, work: Any) -> None:
    """Pair words so that the weighted likeness is greatest, by the sets of words already taken."""
    alike, best, choice, pairs = work[1], work[2], work[3], work[7]
    full = 1 << m
    for taken in range(full):
        best[0, taken] = 0.0 if taken == 0 else -1.0
    for i in range(n):
        for taken in range(full):
            best[i + 1, taken] = best[i, taken]
            choice[i + 1, taken] = -1
        for taken in range(full):
            for j in range(m):
                if best[i, taken] >= 0 and alike[i, j] > 0 and not (taken >> j) & 1:
                    worth = best[i, taken] + alike[i, j] * _pair_weight(left, i, right, j)
                    if worth > best[i + 1, taken | (1 << j)]:
                        best[i + 1, taken | (1 << j)] = worth
                        choice[i + 1, taken | (1 << j)] = j
    taken = 0
    for other in range(full):
        if best[n, other] > best[n, taken]:
            taken = other
    for i in range(n, 0, -1):
        pairs[i - 1] = choice[i, taken]
        if pairs[i - 1] >= 0:
            taken &= ~(1 << pairs[i - 1])


@numba.njit(cache=True)
def _weigh(n: int, m: int, left: Any, right: Any, work: Any, facts: Any) -> float:
    """Return the score of a pairing: likeness by weight; words that have no like count, less so on one side only."""
    alike, pairs = work[1], work[7]
    worth = total = lone_left = lone_right = 0.0
    used, last = 0, -1
    known_left = known_right = False
    ordered = least = 1.0
    for i in range(n):
        j = pairs[i]
        if j < 0:
            known_left = known_left or left[i, 8] > 0
            lone_left += _INITIAL_WEIGHT if left[i, 4] else left[i, 3]
            continue
        weight = _pair_weight(left, i, right, j)
        worth += alike[i, j] * weight
        least = min(least, alike[i, j])
        total += weight
        if j < last:
            ordered = _REORDERED
        last = j
        used |= 1 << j
    for j in range(m):
        if not (used >> j) & 1:
            known_right = known_right or right[j, 8] > 0
            lone_right += _INITIAL_WEIGHT if right[j, 4] else right[j, 3]
    differ = min(lone_left, lone_right)
    spare = max(lone_left, lone_right) - differ
    facts[0], facts[1], facts[2], facts[3], facts[4] = worth, total, differ, spare, ordered
    facts[7] = 1.0 if known_left and known_right else 0.0
    facts[5] = least if lone_left + lone_right == 0 else 0.0
    return ordered * worth / max(1.0, total + differ + _LEFT_OVER * spare)


@numba.njit(cache=True)
def _words_score(letters: Any, n: int, m: int, table: Any, tables: Any, work: Any, facts: Any) -> float:
    """Score the best pairing of the words of two forms, after joining words that the other writes as one."""
    left, right = work[4], work[5]
    back = (tables[0], tables[1], tables[3], tables[2])
    _compare_words(letters, left, n, right, m, table[4], tables, work)
    fewer = _join(letters, left, n, right, m, True, tables, work)
    less = m if fewer < n else _join(letters, right, m, left, n, False, back, work)
    if fewer < n or less < m:
        n, m = fewer, less
        _compare_words(letters, left, n, right, m, table[4], tables, work)
    if not _first_choice(n, m, left, right, work):
        _best_choice(n, m, left, right, work)
    return _weigh(n, m, left, right, work, facts)


@numba.njit(cache=True)
def _forms_score(letters: Any, form_a: Any, form_b: Any, table: Any, tables: Any, work: Any, facts: Any) -> float:
    """Score one form against another: the better of the whole names and their words."""
    left, right = work[4], work[5]
    n, m = _load(form_a, table, left), _load(form_b, table, right)
    said = _WORDWISE * _words_score(letters, n, m, table, tables, work, facts)
    facts[6] = 0.0
    if facts[5] >= _CLEAR or facts[7] > 0:
        return said
    whole = _likeness(letters, left, n, right, m, max(said, _LEAST_WHOLE), _A_LOST_CONSONANT, tables, work[0])
    facts[6] = whole
    return max(said, whole)


@numba.njit(cache=True)
def score_pairs(forms: Any, words: Any, letters: Any, table: Any, facts: Any, tables: Any, left: Any, right: Any, every: Any) -> Any:
    """Score every pair of names given by number: the best of their forms, less for another suffix (Jr., III)."""
    abjad, suffixes = facts
    cost, drop = tables
    out = np.zeros(len(left), dtype=np.float32)
    memory = min(1 << 16, max(0, len(left) // 1024) * 1024)
    memory = 0 if memory < 4096 else 1 << int(np.log2(memory))
    work = ((np.zeros((_GRID, _GRID), np.int32), np.zeros((6, 3 * _GRID), np.int32)), np.zeros((8, 8)), np.zeros((9, 256)),
            np.zeros((9, 256), np.int64), np.zeros((9, 9), np.int32), np.zeros((9, 9), np.int32),
            np.zeros((1, 9), np.int32), np.zeros(8, np.int64),
            np.full(memory, -1, np.int64), np.zeros(memory, np.float64))
    now = np.zeros(8)
    for at in range(len(left)):
        one, other = left[at], right[at]
        score = -1.0
        for x in range(forms[one], forms[one + 1]):
            for y in range(forms[other], forms[other + 1]):
                costs = (cost, drop, abjad[y], abjad[x])
                s = _forms_score(letters, (words[x], words[x + 1]), (words[y], words[y + 1]), table, costs, work, now)
                if s > score:
                    score = s
                    if len(every):
                        every[at] = now
        if suffixes[one] and suffixes[other] and suffixes[one] != suffixes[other]:
            score *= _OTHER_SUFFIX
        out[at] = max(score, 0.0)
    return out
