"""How alike two names are, compiled: the whole names aligned, their words assigned, the better of the two.

Invariant: symmetric; a name against itself scores 1; a name with no form scores 0 against everything, itself too. Like
`name_kernels` this is imported late, because numba loads slowly.
"""

from __future__ import annotations

from typing import Any

import numba
import numpy as np

from cenotaph.values.name_kernels import align, unallocating

_MOST_WORDS = 8  # as in name_table
_GRID = 100  # letters of a form, and room
_MANY_PAIRS = 4096
_MEMORY = 1 << 16

_SAME_FIRST_LETTER = 12  # hundredths of an edit within which an initial is the beginning of a word
_INITIAL_WEIGHT = 60  # what an initial counts, where a word counts its size
_NICKNAME = 0.9
_KNOWN = 0.97  # two spellings of one well known name
_REORDERED = 0.985
_OUT_OF_PLACE = 1e-6  # of two pairings worth the same, the one that keeps the order
_LEFT_OVER = 0.12  # how much a word counts that only one of the names has
_OTHER_SUFFIX = 0.93
LEAST_WHOLE = 0.6  # below these two are simply different
LEAST_WORD = 0.6
JOINED = 0.8
_CLEAR = 0.9  # every word this much alike: the whole names can say nothing new
A_CONSONANT = 80  # the least that a consonant without counterpart is taken to cost, in words and in whole names
A_LOST_CONSONANT = 110

_WORST, _CONTRARY = 0, 1  # places in `facts`: the least alike pair; different well known names stand on both sides


@unallocating
def consonants_apart(left: int, right: int) -> Any:
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


@unallocating
def cost_limit(sizes: int, least: float) -> Any:
    """Return the cost beyond which two words of these sizes are less alike than `least`."""
    return int((1.0 - least) * 0.5 * sizes)


@unallocating
def _likeness(
    letters: Any, one: Any, at: int, other: Any, to: int, least: float, apart: int, tables: Any, scratch: Any
) -> Any:
    """Return 1 for the same sounds down to `least`, and 0 for anything less alike."""
    sizes = one[at, 2] + other[to, 2]
    limit = cost_limit(sizes, least)
    if apart * consonants_apart(one[at, 6], other[to, 6]) > limit:
        return 0.0
    spent = align(letters, (one[at, 0], one[at, 1]), (other[to, 0], other[to, 1]), tables, scratch, limit)
    return 0.0 if spent > limit else 1.0 - 2.0 * spent / max(1, sizes)


@unallocating
def _load(form: Any, table: Any, side: Any) -> Any:
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


@unallocating
def share_nickname(nicknames: Any, left: int, right: int) -> Any:
    """Tell whether two words belong to one family of names and short forms."""
    for x in range(3):
        for y in range(3):
            if nicknames[left, x] > 0 and nicknames[left, x] == nicknames[right, y]:
                return True
    return False


@unallocating
def _remembered(letters: Any, left: Any, i: int, right: Any, j: int, tables: Any, work: Any) -> Any:
    """Return the likeness of two words, remembering it: most pairs of names share a pair of words with another.

    Words that the consonants alone tell apart are neither looked up nor remembered: that would cost more than counting.
    """
    if A_CONSONANT * consonants_apart(left[i, 6], right[j, 6]) > cost_limit(left[i, 2] + right[j, 2], LEAST_WORD):
        return 0.0
    known, values = work[8], work[9]
    if left[i, 7] < 0 or right[j, 7] < 0 or len(known) == 0:
        return _likeness(letters, left, i, right, j, LEAST_WORD, A_CONSONANT, tables, work[0])
    key = (np.int64(left[i, 7]) << 33) | (np.int64(right[j, 7]) << 2) | (2 * tables[2] + tables[3])
    slot = ((key >> 33) * 40503 + (key & 0x1FFFFFFFF)) & (len(known) - 1)
    if known[slot] != key:
        values[slot] = _likeness(letters, left, i, right, j, LEAST_WORD, A_CONSONANT, tables, work[0])
        known[slot] = key
    return float(values[slot])


@unallocating
def _compare_words(letters: Any, left: Any, n: int, right: Any, m: int, nicknames: Any, tables: Any, work: Any) -> Any:
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
            if alike[i, j] < _NICKNAME and share_nickname(nicknames, left[i, 5], right[j, 5]):
                alike[i, j] = _NICKNAME


@unallocating
def _unmatched(alike: Any, at: int, size: int) -> Any:
    most = 0.0
    for to in range(size):
        most = max(most, alike[at, to])
    return most < JOINED


@unallocating
def _add_word(many: Any, at: int, after: int, joined: Any) -> Any:
    for column in range(9):
        joined[0, column] = many[at, column]
    joined[0, 1] = many[after, 1]
    joined[0, 2] += many[after, 2]
    joined[0, 3] += many[after, 3]
    joined[0, 6] |= many[after, 6]
    joined[0, 7] = -1
    joined[0, 8] = 0


@unallocating
def _close_up(many: Any, at: int, n: int, joined: Any) -> Any:
    for column in range(9):
        many[at, column] = joined[0, column]
        for rest in range(at + 1, n - 1):
            many[rest, column] = many[rest + 1, column]


@unallocating
def _join(letters: Any, many: Any, n: int, few: Any, m: int, alike: Any, tables: Any, work: Any) -> Any:
    """Write neighbouring unmatched words as one where the other name does; return how many words are left."""
    scratch, joined = work[0], work[6]
    for at in range(n - 2, -1, -1):
        if many[at, 4] or many[at + 1, 4]:
            continue
        if not (_unmatched(alike, at, m) and _unmatched(alike, at + 1, m)):
            continue
        _add_word(many, at, at + 1, joined)
        for j in range(m):
            if not few[j, 4] and _likeness(letters, joined, 0, few, j, JOINED, A_CONSONANT, tables, scratch) > 0:
                _close_up(many, at, n, joined)
                n -= 1
                break
    return n


@unallocating
def _pair_weight(left: Any, i: int, right: Any, j: int) -> Any:
    if left[i, 4] or right[j, 4]:
        return _INITIAL_WEIGHT
    return 0.5 * (left[i, 3] + right[j, 3])


@unallocating
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


@unallocating
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


@unallocating
def _weigh(n: int, m: int, left: Any, right: Any, work: Any, facts: Any) -> Any:
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
    facts[_WORST] = least if lone_left + lone_right == 0 else 0.0
    facts[_CONTRARY] = 1.0 if known_left and known_right else 0.0
    return ordered * worth / max(1.0, total + differ + _LEFT_OVER * spare)


@unallocating
def _words_score(letters: Any, n: int, m: int, table: Any, tables: Any, work: Any, facts: Any) -> Any:
    """Score the best pairing of the words of two forms, after joining words that the other writes as one."""
    left, right = work[4], work[5]
    back = (tables[0], tables[1], tables[3], tables[2])
    _compare_words(letters, left, n, right, m, table[4], tables, work)
    fewer = _join(letters, left, n, right, m, work[1], tables, work)
    if fewer < n:
        n = fewer
        _compare_words(letters, left, n, right, m, table[4], tables, work)
    less = _join(letters, right, m, left, n, work[1].T, back, work)
    if less < m:
        m = less
        _compare_words(letters, left, n, right, m, table[4], tables, work)
    if not _first_choice(n, m, left, right, work):
        _best_choice(n, m, left, right, work)
    return _weigh(n, m, left, right, work, facts)


@unallocating
def _comes_first(units: Any, starts: Any, form_a: Any, form_b: Any) -> Any:
    """Put two forms in one order, whichever was asked first, so that every sum is made the same way."""
    first, second = starts[form_a[0]], starts[form_b[0]]
    size, other = starts[form_a[1]] - first, starts[form_b[1]] - second
    for at in range(min(size, other)):
        if units[0, first + at] != units[0, second + at]:
            return units[0, first + at] < units[0, second + at]
    return size < other or (size == other and form_a[1] - form_a[0] <= form_b[1] - form_b[0])


@unallocating
def _forms_score(letters: Any, form_a: Any, form_b: Any, table: Any, tables: Any, work: Any, facts: Any) -> Any:
    """Score one form against another: the better of the whole names and their words."""
    left, right = work[4], work[5]
    if not _comes_first(letters[0], table[0], form_a, form_b):
        form_a, form_b, tables = form_b, form_a, (tables[0], tables[1], tables[3], tables[2])
    n, m = _load(form_a, table, left), _load(form_b, table, right)
    said = _words_score(letters, n, m, table, tables, work, facts)
    if facts[_WORST] >= _CLEAR or facts[_CONTRARY] > 0:
        return said
    least = max(said, LEAST_WHOLE)
    return max(said, _likeness(letters, left, n, right, m, least, A_LOST_CONSONANT, tables, work[0]))


@numba.njit(cache=True)
def _workbench(pairs: int) -> Any:
    """Lay out the scratch arrays of one call; a memory of word pairs pays only when there are many pairs of names."""
    memory = 0 if pairs < _MANY_PAIRS else _MEMORY
    words = np.zeros((_MOST_WORDS + 1, _MOST_WORDS + 1), np.int32)
    return (
        (np.zeros((_GRID, _GRID), np.int32), np.zeros((6, 3 * _GRID), np.int32)),
        np.zeros((_MOST_WORDS, _MOST_WORDS)),
        np.zeros((_MOST_WORDS + 1, 1 << _MOST_WORDS)),
        np.zeros((_MOST_WORDS + 1, 1 << _MOST_WORDS), np.int64),
        words,
        words.copy(),
        words[:1].copy(),
        np.zeros(_MOST_WORDS, np.int64),
        np.full(memory, -1, np.int64),
        np.zeros(memory),
    )


def score_pairs(names: Any, letters: Any, words: Any, costs: Any, left: Any, right: Any) -> Any:
    """Score every pair of names given by number: the best of their forms, less for another suffix (Jr., III)."""
    out = np.zeros(len(left), dtype=np.float32)
    _score_into(out, names, letters, words, costs, (left, right), (_workbench(len(left)), np.zeros(2)))
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
