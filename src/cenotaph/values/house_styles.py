"""The house styles of Latin spelling: Goudarzi, Goodarzi and Gudarzi have one key.

Invariant: a key is only for looking up well known names by any spelling of the same letters; names that are not in the
table are compared letter by letter and never by this key. The table is `house_styles.csv`, applied from the top.
"""

from __future__ import annotations

import re
from functools import cache

from cenotaph.values.tables import rows


@cache
def _styles() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(row["from"]), row["to"]) for row in rows("house_styles"))


def house_key(word: str) -> str:
    """Return one spelling for a folded Latin word in any house style; a word in another script as it is.

    Examples
    --------
    >>> house_key("goudarzi") == house_key("goodarzi") == house_key("gudarzi")
    True
    """
    if not word.isascii():
        return word
    for pattern, said in _styles():
        word = pattern.sub(said, word)
    return word
