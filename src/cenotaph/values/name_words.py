"""The words of two names beside each other, compiled: how alike every two are, and which the other writes as one.

Invariant: symmetric as the alignment is; what is remembered of a pair of words is its cost and nothing else. Imported
late, like `name_kernels`.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from cenotaph.values.name_kernels import FAR, align, inlined

JOINED = 0.8  # two words this much alike are counterparts
TURNED = -2  # instead of the number of a distinct word: the last word of a form and its first, as one
_SAME_FIRST_LETTER = 12  # hundredths of an edit within which an initial is the beginning of a word
_NICKNAME = 0.9
_KNOWN = 0.97  # two spellings of one well known name
LEAST_WORD = 0.6  # below this two words are simply different
A_CONSONANT = 80  # the least that a consonant without counterpart is taken to cost
LEAST_WHOLE = 0.6  # below this two names are simply different
A_LOST_CONSONANT = 110  # the least that a consonant without counterpart is taken to cost in whole names
_COST_BITS = 14  # of a remembered pair of words
_FORGOTTEN = (1 << _COST_BITS) - 1


@inlined
def _ones(bits: int) -> Any:
    """Count the bits of a number; 64 bits without a sign, because only so the compiler sees one machine instruction."""
    whole = np.uint64(bits)
    pairs = whole - ((whole >> np.uint64(1)) & np.uint64(0x5555555555555555))
    fours = (pairs & np.uint64(0x3333333333333333)) + ((pairs >> np.uint64(2)) & np.uint64(0x3333333333333333))
    eights = (fours + (fours >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return np.int64((eights * np.uint64(0x0101010101010101)) >> np.uint64(56))


@inlined
def apart(left: int, right: int) -> Any:
    """Count the consonants, of the fuller side, that the other name does not have at all."""
    return max(_ones(left & ~right), _ones(right & ~left))


@inlined
def limit_of(sizes: int, least: float) -> Any:
    """Return the cost beyond which two words of these sizes are less alike than `least`."""
    return int((1.0 - least) * 0.5 * sizes)


@inlined
def spent_on(
    letters: Any, one: Any, at: int, other: Any, to: int, limit: int, consonant: int, tables: Any, work: Any
) -> Any:
    """Return the cost of reading one word as another, or `FAR` when it is over the limit."""
    if limit < 0 or consonant * apart(one[at, 6], other[to, 6]) > limit:
        return FAR
    spent = align(letters, (one[at, 0], one[at, 1]), (other[to, 0], other[to, 1]), tables, work[0], limit)
    return FAR if spent > limit else spent


@inlined
def spent_between(letters: Any, one: Any, other: Any, tables: Any, work: Any, limit: int) -> Any:
    """Return the cost of reading one run of letters as another, more than the limit when it is over it."""
    return align(letters, one, other, tables, work[0], limit)


@inlined
def _likeness(letters: Any, one: Any, at: int, other: Any, to: int, least: float, tables: Any, work: Any) -> Any:
    """Return 1 for the same sounds down to `least`, and 0 for anything less alike."""
    sizes = one[at, 2] + other[to, 2]
    spent = spent_on(letters, one, at, other, to, limit_of(sizes, least), A_CONSONANT, tables, work)
    return 0.0 if spent == FAR else 1.0 - 2.0 * spent / max(1, sizes)


@inlined
def load(form: Any, table: Any, side: Any) -> Any:
    """Copy the words of a form to a small array, and after them the whole form as one word; return how many.

    Columns: first letter, end, size, weight, initial, word, set of consonants, distinct word, two well known names.
    """
    starts, sizes, weights, initials, consonants, numbers = table[0], table[1], table[2], table[3], table[5], table[6]
    known, ends = table[7], table[8]
    count = form[1] - form[0]
    side[count, 0], side[count, 1], side[count, 2], side[count, 6] = starts[form[0]], ends[form[1] - 1], 0, 0
    for at in range(count):
        word = form[0] + at
        side[at, 0], side[at, 1] = starts[word], ends[word]
        side[at, 2], side[at, 3] = sizes[word], weights[word]
        side[at, 4], side[at, 5], side[at, 6] = initials[word], word, consonants[word]
        side[at, 7], side[at, 8], side[at, 9] = numbers[word], known[word, 0], known[word, 1]
        side[count, 2] += sizes[word]
        side[count, 6] |= consonants[word]
    return count


@inlined
def share_nickname(nicknames: Any, left: int, right: int) -> Any:
    """Tell whether two words are of one family of short names; the families of a word stand before its zeros."""
    if nicknames[left, 0] == 0 or nicknames[right, 0] == 0:
        return False
    for x in range(3):
        for y in range(3):
            if nicknames[left, x] > 0 and nicknames[left, x] == nicknames[right, y]:
                return True
    return False


@inlined
def _remembered(letters: Any, left: Any, i: int, right: Any, j: int, tables: Any, work: Any) -> Any:
    """Return the likeness of two words, remembering it: most pairs of names share a pair of words with another.

    Words that the consonants alone tell apart are neither looked up nor remembered: that would cost more than counting.
    What is remembered is one number: the two words, the two scripts, and the cost (`_FORGOTTEN` when over the limit).
    """
    sizes = left[i, 2] + right[j, 2]
    limit = limit_of(sizes, LEAST_WORD)
    if A_CONSONANT * apart(left[i, 6], right[j, 6]) > limit:
        return 0.0
    memory = work[8]
    if left[i, 7] < 0 or right[j, 7] < 0 or len(memory) == 0:
        return _likeness(letters, left, i, right, j, LEAST_WORD, tables, work)
    key = (np.int64(left[i, 7]) << 25) | (np.int64(right[j, 7]) << 2) | (2 * tables[2] + tables[3])
    slot = ((key >> 25) * 40503 + (key & 0x1FFFFFF)) & (len(memory) - 1)
    if memory[slot] >> _COST_BITS != key:
        found = spent_on(letters, left, i, right, j, limit, A_CONSONANT, tables, work)
        memory[slot] = (key << _COST_BITS) | min(found, _FORGOTTEN)
    spent = memory[slot] & _FORGOTTEN
    return 0.0 if spent > limit else 1.0 - 2.0 * spent / max(1, sizes)


@inlined
def _known(left: Any, i: int, right: Any, j: int) -> Any:
    """Return 1 for two spellings of one well known name, -1 for two different ones, else 0."""
    if left[i, 8] == 0 or right[j, 8] == 0:
        return 0
    same = left[i, 8] == right[j, 8] or left[i, 8] == right[j, 9] or left[i, 9] == right[j, 8]
    return 1 if same or (left[i, 9] > 0 and left[i, 9] == right[j, 9]) else -1


@inlined
def spellings_of_two(left: Any, i: int, right: Any, j: int) -> Any:
    """Tell whether two words are spellings of two different well known names."""
    return _known(left, i, right, j) < 0


@inlined
def compare_words(letters: Any, left: Any, n: int, right: Any, m: int, nicknames: Any, tables: Any, work: Any) -> Any:
    """Fill the likeness of every word to every word; an initial is like any word that begins with it."""
    alike = work[1]
    for i in range(n):
        for j in range(m):
            if left[i, 4] or right[j, 4]:
                near = tables[0][letters[0][0, left[i, 0]], letters[0][0, right[j, 0]]]
                alike[i, j] = 1.0 if near <= _SAME_FIRST_LETTER else 0.0
                continue
            known = _known(left, i, right, j)
            if known < 0:
                alike[i, j] = 0.0
                continue
            alike[i, j] = _remembered(letters, left, i, right, j, tables, work)
            if known > 0:
                alike[i, j] = max(alike[i, j], _KNOWN)
            if alike[i, j] < _NICKNAME and share_nickname(nicknames, left[i, 5], right[j, 5]):
                alike[i, j] = _NICKNAME


@inlined
def _clear_counterparts(n: int, m: int, alike: Any, clear: Any) -> Any:
    """Note for each word, as bits, the words of the other name that are clearly its counterpart."""
    for i in range(n):
        clear[i] = 0
        for j in range(m):
            if alike[i, j] >= JOINED:
                clear[i] |= 1 << j


@inlined
def _open_words(at: int, after: int, n: int, m: int, clear: Any) -> Any:
    """Return, as bits, the words that two words may be if written as one, without taking a counterpart from any."""
    others = 0
    for i in range(n):
        if i not in (at, after):
            others |= clear[i]
    theirs = (clear[at] | clear[after]) & ~others
    if theirs == 0:
        return ~others & ((1 << m) - 1)
    return theirs if theirs & (theirs - 1) == 0 else 0


@inlined
def _add_word(many: Any, at: int, after: int, joined: Any) -> Any:
    """Write two words as one; the letters of the second follow those of the first, also around the end of a form."""
    for column in range(10):
        joined[0, column] = many[at, column]
    joined[0, 1] = many[at, 1] + many[after, 1] - many[after, 0] if after < at else many[after, 1]
    joined[0, 2] += many[after, 2]
    joined[0, 3] += many[after, 3]
    joined[0, 6] |= many[after, 6]
    joined[0, 7] = TURNED if after < at else -1
    joined[0, 8] = joined[0, 9] = 0


@inlined
def _close_up(many: Any, at: int, after: int, n: int, joined: Any, clear: Any) -> Any:
    """Put two words written as one in the place of the first of them."""
    clear[at] |= clear[after]
    for column in range(10):
        many[at, column] = joined[0, column]
    for rest in range(after, n - 1):
        clear[rest] = clear[rest + 1]
        for column in range(10):
            many[rest, column] = many[rest + 1, column]


@inlined
def _joins(
    letters: Any, many: Any, at: int, after: int, n: int, few: Any, m: int, alike: Any, tables: Any, work: Any
) -> Any:
    """Tell whether the other name writes two words as one, and lay that one out."""
    open_words = _open_words(at, after, n, m, work[9])
    if open_words == 0 or many[at, 4] or many[after, 4]:
        return False
    size, consonants = many[at, 2] + many[after, 2], many[at, 6] | many[after, 6]
    for j in range(m):
        if (open_words >> j) & 1 and not few[j, 4]:
            alone = max(alike[at, j], alike[after, j])
            least = max(JOINED, alone)
            if A_CONSONANT * apart(consonants, few[j, 6]) > limit_of(size + few[j, 2], least):
                continue
            _add_word(many, at, after, work[6])
            together = _likeness(letters, work[6], 0, few, j, least, tables, work)
            if together > alone:
                alike[at, j] = together  # a third word must better this: a given name is no part of a family's
                return True
    return False


@inlined
def join(letters: Any, many: Any, n: int, few: Any, m: int, alike: Any, tables: Any, work: Any) -> Any:
    """Write neighbouring words as one where the other name does; return how many words are left.

    The last word and the first are neighbours too: a family name of two words put first may leave one of them behind.
    The letters of the first word follow those of the last in the table when a form has three words or more.
    """
    _clear_counterparts(n, m, alike, work[9])
    whole = n > 2 and many[0, 7] >= 0 and many[n - 1, 7] >= 0
    if whole and _joins(letters, many, n - 1, 0, n, few, m, alike, tables, work):
        _close_up(many, n - 1, 0, n, work[6], work[9])
        return n - 1
    for at in range(n - 2, -1, -1):
        if _joins(letters, many, at, at + 1, n, few, m, alike, tables, work):
            _close_up(many, at, at + 1, n, work[6], work[9])
            n -= 1
    return n
