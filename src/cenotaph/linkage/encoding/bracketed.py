"""Names that say something in brackets: a clan, a tribe, a second name. It is an optional part of the name.

Invariant: a name that says something outside its brackets too has a place behind the others; all others have none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from cenotaph.linkage.encoding.encode import MISSING, Ints
from cenotaph.values import names
from cenotaph.values.folding import as_lines

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


def outside(texts: Sequence[str]) -> tuple[Ints, list[str]]:
    """Return where behind the texts each name stands without its brackets (-1: it has none), and these names."""
    place = np.full(len(texts), MISSING, dtype=np.int32)
    plain: list[str] = []
    lines = as_lines(texts)
    if "(" not in lines and "[" not in lines:
        return place, plain
    for at, text in enumerate(texts):
        if "(" in text or "[" in text:
            said = _BRACKETS.sub(" ", text).strip()
            if said != text and not names.is_unknown_name(said):
                place[at] = len(texts) + len(plain)
                plain.append(said)
    return place, plain


def without(texts: Sequence[str], place: Ints, plain: Sequence[str]) -> list[str]:
    """Return the texts with those in place that stand without their brackets."""
    return [plain[at - len(texts)] if at >= 0 else text for at, text in zip(place.tolist(), texts, strict=True)]
