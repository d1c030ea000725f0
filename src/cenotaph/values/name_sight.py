"""Two names at first sight, compiled: whether they may be alike at all, by the consonants of their words.

Invariant: never false of two names whose score is above 0; it is what makes a million records cheap, and nothing else.
Imported late, like `name_kernels`.
"""

from __future__ import annotations

from typing import Any

from cenotaph.values.name_kernels import unallocating
from cenotaph.values.name_words import (
    A_CONSONANT,
    A_LOST_CONSONANT,
    JOINED,
    LEAST_WHOLE,
    LEAST_WORD,
    apart,
    limit_of,
    share_nickname,
)


@unallocating
def _share_known(known: Any, one: int, other: int) -> Any:
    """Tell whether two words may be spellings of one well known name."""
    for x in range(2):
        for y in range(2):
            if known[one, x] > 0 and known[one, x] == known[other, y]:
                return True
    return False


@unallocating
def _open_words(table: Any, one: int, other: int) -> Any:
    """Tell whether two words, each by its place in the table, may be alike at all."""
    sizes, initials, nicknames, consonants, known = table[1], table[3], table[4], table[5], table[7]
    if initials[one] or initials[other] or _share_known(known, one, other):
        return True
    if A_CONSONANT * apart(consonants[one], consonants[other]) <= limit_of(sizes[one] + sizes[other], LEAST_WORD):
        return True
    return nicknames[one, 0] > 0 and nicknames[other, 0] > 0 and share_nickname(nicknames, one, other)


@unallocating
def _open_joined(table: Any, many: Any, few: Any) -> Any:
    """Tell whether two neighbouring words of one form, written as one, may be alike a word of the other form.

    The last word and the first are neighbours too, as they are in `name_words.join`.
    """
    sizes, consonants = table[1], table[5]
    for one in range(many[0], many[1]):
        after = one + 1 if one + 1 < many[1] else many[0]
        for other in range(few[0], few[1]):
            size = sizes[one] + sizes[after] + sizes[other]
            lost = apart(consonants[one] | consonants[after], consonants[other])
            if A_CONSONANT * lost <= limit_of(size, JOINED):
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
    if A_LOST_CONSONANT * apart(here, there) <= limit_of(size, LEAST_WHOLE):
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
