"""How two names contradict each other, compiled: which words of each the other does not answer, and where they stand.

Invariant: symmetric; a name does not contradict itself. A word is answered by its like in the other name, by one slip
of the pen, by its short form, or by a compound that holds it. Imported late, like `name_kernels`.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from cenotaph.values.name_kernels import inlined, unallocating
from cenotaph.values.name_scoring import paired, placed, workbench
from cenotaph.values.name_words import JOINED, limit_of, spellings_of_two, spent_between

A_PART, GIVEN = 1, 2  # both have words that the other has not; these are the given names
_LONG = 5  # letters: in a shorter word another letter makes another name (Nima, Nina)
_LEAST_PART = 3  # letters of a name that stands in a compound, and of the rest of it
_SAME, _ACROSS = 0.98, 0.92  # how much alike a part of a compound is to the name it is, in one script and across two


@inlined
def _one_slip(units: Any, one: int, end: int, two: int, last: int) -> Any:
    """Tell whether two words are one letter apart: changed, left out, put in, or swapped with its neighbour.

    In a short word another letter makes another name, and so does another beginning; a letter may be lost.
    """
    if min(end - one, last - two) < _LEAST_PART:
        return False
    start, long = one, max(end - one, last - two) >= _LONG
    while one < end and two < last and units[0, one] == units[0, two]:
        one, two = one + 1, two + 1
    while end > one and last > two and units[0, end - 1] == units[0, last - 1]:
        end, last = end - 1, last - 1
    if not long and (one == start or (end - one == 1 and last - two == 1)):
        return False
    if max(end - one, last - two) <= 1:
        return True
    swapped = end - one == 2 and last - two == 2
    return swapped and units[0, one] == units[0, last - 1] and units[0, end - 1] == units[0, two]


@inlined
def _holds(letters: Any, left: Any, i: int, right: Any, j: int, tables: Any, work: Any) -> Any:
    """Tell whether a word of the left begins or ends with a word of the right, and the rest may be a name too."""
    first, last = left[i, 0], left[i, 1]
    other = (right[j, 0], right[j, 1])
    if other[1] - other[0] < _LEAST_PART:
        return False
    limit = limit_of(2 * right[j, 2], _SAME if tables[2] == tables[3] else _ACROSS)
    for size in range(2, last - first - _LEAST_PART + 1):
        ends = spent_between(letters, (last - size, last), other, tables, work, limit) <= limit
        if ends or spent_between(letters, (first, first + size), other, tables, work, limit) <= limit:
            return True
    return False


@inlined
def _answers(letters: Any, left: Any, i: int, right: Any, j: int, tables: Any, work: Any) -> Any:
    """Tell which of two words that do not sound alike answers the other: 1 the left, 2 the right, 3 both.

    A compound answers the name it holds; the rest of the compound remains to be answered.
    """
    if left[i, 4] or right[j, 4]:
        return 0
    if _holds(letters, left, i, right, j, tables, work):
        return 1
    if _holds(letters, right, j, left, i, (tables[0], tables[1], tables[3], tables[2]), work):
        return 2
    slip = _one_slip(letters[0], left[i, 0], left[i, 1], right[j, 0], right[j, 1])
    return 3 if slip and not spellings_of_two(left, i, right, j) else 0


@inlined
def _unpaired(n: int, m: int, alike: Any, pairs: Any) -> Any:
    """Return, as bits, the words of either side that have no like in the other."""
    here, there = (1 << n) - 1, (1 << m) - 1
    for i in range(n):
        if pairs[i] >= 0 and alike[i, pairs[i]] >= JOINED:
            here &= ~(1 << i)
            there &= ~(1 << pairs[i])
    return here, there


@inlined
def _unanswered(
    letters: Any, left: Any, n: int, right: Any, m: int, here: int, there: int, tables: Any, work: Any
) -> Any:
    """Return, of the words without a like, those that nothing else answers either."""
    for i in range(n):
        for j in range(m):
            if (here >> i) & 1 and (there >> j) & 1:
                said = _answers(letters, left, i, right, j, tables, work)
                here &= ~((said >> 1) << i)
                there &= ~((said & 1) << j)
    return here, there


@inlined
def _unlike(here: int, n: int, there: int, m: int, alike: Any) -> Any:
    """Tell whether words are left on both sides that are simply different: none is another badly written."""
    for i in range(n):
        for j in range(m):
            if (here >> i) & 1 and (there >> j) & 1 and alike[i, j] > 0:
                return False
    return here != 0 and there != 0 and n > 1 and m > 1


@inlined
def _well_known(side: Any, chosen: int, words: int) -> Any:
    """Tell whether one of the chosen words is a well known given name."""
    for at in range(words):
        if (chosen >> at) & 1 and side[at, 8] > 0:
            return True
    return False


@inlined
def _run(side: Any, chosen: int, words: int) -> Any:
    """Return the first letter, the end, the size and the number of chosen words that stand side by side, else zeros."""
    first, last, size, many = -1, -1, 0, 0
    for at in range(words):
        if (chosen >> at) & 1:
            if many > 0 and side[at, 0] != side[last, 1]:
                return 0, 0, 0, 0
            first = at if many == 0 else first
            last, size, many = at, size + side[at, 2], many + 1
    return (side[first, 0], side[last, 1], size, many) if many > 0 else (0, 0, 0, 0)


@inlined
def _otherwise_spaced(
    letters: Any, left: Any, n: int, right: Any, m: int, here: int, there: int, tables: Any, work: Any
) -> Any:
    """Tell whether what is unanswered are the same letters, cut into more words on one side than on the other."""
    if _well_known(left, here, n) and _well_known(right, there, m):
        return False
    one, end, size, many = _run(left, here, n)
    two, last, other, few = _run(right, there, m)
    if many == 0 or few == 0 or many == few:
        return False
    limit = limit_of(size + other, JOINED)
    return spent_between(letters, (one, end), (two, last), tables, work, limit) <= limit


@inlined
def _given_differ(left: Any, n: int, right: Any, m: int, here: int, there: int, work: Any) -> Any:
    """Tell whether what is unanswered on both sides is the given name.

    A given name is one that is well known as such, else the first word. Where a surname is put first, the shared word
    stands last in one name and first in the other; a shared word that is a given name is no family's.
    """
    if here == 0 or there == 0 or n < 2 or m < 2:
        return False
    ours, theirs = _well_known(left, here, n), _well_known(right, there, m)
    if ours and theirs:
        return True
    given_shared = _well_known(left, ((1 << n) - 1) & ~here, n) and _well_known(right, ((1 << m) - 1) & ~there, m)
    if given_shared and not ours and not theirs:
        return False
    if here & there & 1:
        return True
    pairs = work[7]
    turned = pairs[n - 1] == 0 and here & 1 and (there >> (m - 1)) & 1
    return bool(turned or (pairs[0] == m - 1 and there & 1 and (here >> (n - 1)) & 1))


@inlined
def _is_aside(form: Any, plain: Any, numbers: Any) -> Any:
    """Tell whether a form is only what the name says in brackets: it has no word of the plain form."""
    for one in range(form[0], form[1]):
        for other in range(plain[0], plain[1]):
            if numbers[one] == numbers[other]:
                return False
    return True


@inlined
def _forms_differ(letters: Any, forms: Any, plain: Any, table: Any, tables: Any, work: Any) -> Any:
    """Tell how two forms contradict each other; what stands in brackets alone is a name if all of it is answered."""
    asides = _is_aside(forms[0], plain[0], table[6]), _is_aside(forms[1], plain[1], table[6])
    if asides[0] and asides[1]:
        return GIVEN
    left, right = work[4], work[5]
    one, other, tables = placed(letters, forms[0], forms[1], table, tables)
    n, m = paired(letters, one, other, table, tables, work)
    here, there = _unpaired(n, m, work[1], work[7])
    if _otherwise_spaced(letters, left, n, right, m, here, there, tables, work):
        return 0
    here, there = _unanswered(letters, left, n, right, m, here, there, tables, work)
    if asides[0] or asides[1]:
        return GIVEN if here != 0 or there != 0 else 0
    if _given_differ(left, n, right, m, here, there, work):
        return GIVEN
    return A_PART if _unlike(here, n, there, m, work[1]) else 0


@unallocating
def _into(out: Any, names: Any, letters: Any, words: Any, costs: Any, pairs: Any, work: Any) -> Any:
    forms, starts, abjad = names
    for at in range(len(out)):
        one, other = pairs[0][at], pairs[1][at]
        said = one != other and forms[one] < forms[one + 1] and forms[other] < forms[other + 1]
        out[at] = GIVEN if said else 0
        plain = (
            (starts[forms[one]], starts[forms[one] + 1]),
            (starts[forms[other]], starts[forms[other] + 1]),
        )
        for x in range(forms[one], forms[one + 1]):
            for y in range(forms[other], forms[other + 1]):
                if out[at] > 0:
                    tables = (costs[0], costs[1], abjad[y], abjad[x])
                    here, there = (starts[x], starts[x + 1]), (starts[y], starts[y + 1])
                    out[at] = min(out[at], _forms_differ(letters, (here, there), plain, words, tables, work))


def contradict_pairs(names: Any, letters: Any, words: Any, costs: Any, left: Any, right: Any) -> Any:
    """Return for every pair of names given by number how those forms contradict each other that do so least."""
    out = np.zeros(len(left), dtype=np.uint8)
    _into(out, names, letters, words, costs, (left, right), workbench(len(left)))
    return out
