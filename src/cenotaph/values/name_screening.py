"""Which names cannot be alike, by the consonants of their words alone, compiled: most pairs, at little cost.

Invariant: a pair that is turned away here scores 0 in `name_scoring`; one that is let through may score anything.
"""

from __future__ import annotations

from typing import Any

from cenotaph.values.name_kernels import unallocating
from cenotaph.values.name_scoring import (
    A_CONSONANT,
    A_LOST_CONSONANT,
    JOINED,
    LEAST_WHOLE,
    LEAST_WORD,
    consonants_apart,
    cost_limit,
    share_nickname,
)


@unallocating
def _open_words(table: Any, one: int, other: int) -> Any:
    """Tell whether two words, each by its place in the table, may be alike at all."""
    sizes, initials, nicknames, consonants, known = table[1], table[3], table[4], table[5], table[7]
    if initials[one] or initials[other] or (known[one] and known[one] == known[other]):
        return True
    if A_CONSONANT * consonants_apart(consonants[one], consonants[other]) <= cost_limit(
        sizes[one] + sizes[other], LEAST_WORD
    ):
        return True
    return nicknames[one, 0] > 0 and nicknames[other, 0] > 0 and share_nickname(nicknames, one, other)


@unallocating
def _open_joined(table: Any, many: Any, few: Any) -> Any:
    """Tell whether two neighbouring words of one form, written as one, may be alike a word of the other form."""
    sizes, consonants = table[1], table[5]
    for one in range(many[0], many[1] - 1):
        for other in range(few[0], few[1]):
            size = sizes[one] + sizes[one + 1] + sizes[other]
            lost = consonants_apart(consonants[one] | consonants[one + 1], consonants[other])
            if A_CONSONANT * lost <= cost_limit(size, JOINED):
                return True
    return False


@unallocating
def _open_forms(table: Any, left: Any, right: Any) -> Any:
    """Tell whether two forms may be alike at all, by the consonants of their words; never false of two that are."""
    sizes, consonants = table[1], table[5]
    here = there = size = 0
    for one in range(left[0], left[1]):
        here |= consonants[one]
        size += sizes[one]
        for other in range(right[0], right[1]):
            if _open_words(table, one, other):
                return True
    for other in range(right[0], right[1]):
        there |= consonants[other]
        size += sizes[other]
    if A_LOST_CONSONANT * consonants_apart(here, there) <= cost_limit(size, LEAST_WHOLE):
        return True
    return _open_joined(table, left, right) or _open_joined(table, right, left)


@unallocating
def may_be_alike(out: Any, forms: Any, words: Any, table: Any, pairs: Any) -> Any:
    """Mark the pairs of names, given by number, whose score must be worked out: it is 0 for all others."""
    left, right = pairs
    for at in range(len(left)):
        one, other = left[at], right[at]
        out[at] = False
        for x in range(forms[one], forms[one + 1]):
            for y in range(forms[other], forms[other + 1]):
                out[at] |= _open_forms(table, (words[x], words[x + 1]), (words[y], words[y + 1]))
