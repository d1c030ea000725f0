"""The house styles of Latin spelling: Goudarzi, Goodarzi and Gudarzi have one key.

Invariant: a key is only for looking up well known names by any spelling of the same letters; names that are not in the
table are compared letter by letter and never by this key. The table is `house_styles.csv`, applied from the top.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from cenotaph.values.tables import rows


@cache
def _styles() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(row["from"], re.MULTILINE), row["to"]) for row in rows("house_styles"))


def house_key(word: str) -> str:
    """Return one spelling for a folded Latin word in any house style; a word in another script as it is.

    Examples
    --------
    >>> house_key("goudarzi") == house_key("goodarzi") == house_key("gudarzi")
    True
    """
    if not word.isascii():
        return word
    return _rewritten(word)


def house_keys(words: Sequence[str]) -> list[str]:
    """Return the key of each folded word, as `house_key` does one by one; words hold no white space."""
    latin = [at for at, word in enumerate(words) if word.isascii()]
    found = list(words)
    if not latin:
        return found
    for at, key in zip(latin, _rewritten("\n".join(words[at] for at in latin)).split("\n"), strict=True):
        found[at] = key
    return found


def _rewritten(lines: str) -> str:
    """Apply the table to words, one a line: no pattern of it reaches over the end of a line."""
    for pattern, said in _styles():
        lines = pattern.sub(said, lines)
    return lines
